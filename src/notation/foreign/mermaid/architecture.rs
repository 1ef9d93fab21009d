//! Charts of Mermaid that begin with `architecture-beta`: services in groups, lines between their sides.
//!
//! Knows how they are written; knows no icon.

use std::collections::BTreeSet;

use crate::notation::foreign::bends::{Bent, straightened};
use crate::notation::foreign::cursor::Cursor;
use crate::notation::foreign::diagram::{Arrow, Diagram, End, Heads, Shape};
use crate::notation::foreign::label::Label;
use crate::notation::foreign::named::{Board, Line, leave_out};
use crate::source::{Issues, Span};

/// The sides that lines can begin and end at.
const SIDES: &[&str] = &["L", "R", "T", "B"];

/// What the help says of a line that is none.
const HELP: &str = "it is left out; services are written `service api(server)[API] in eu`, and lines `api:R --> L:db`";

/// Reads a chart from behind its first line.
pub(super) fn read(mut cursor: Cursor<'_>, span: Span, issues: &mut Issues) -> Diagram {
    let mut board = Board::default();
    let mut junctions = BTreeSet::new();
    cursor.skip_line();
    while !cursor.is_done() {
        cursor.skip_spaces();
        let line = cursor.line().trim_end();
        let place = cursor.span(cursor.at, cursor.at + line.len());
        let (word, rest) = line.split_once([' ', '\t']).unwrap_or((line, ""));
        match word {
            "" => {}
            _ if line.starts_with("%%") || word.starts_with("acc") => {}
            "title" => board.entitle(rest),
            "group" | "service" | "junction" => {
                let Some(declared) = Declared::of(rest) else {
                    leave_out(&mut cursor, HELP, issues);
                    continue;
                };
                match word {
                    "group" => board.frame(declared.name, declared.label, declared.within, place),
                    _ => {
                        let mut shape = Shape::new(declared.name.to_owned(), declared.label, place);
                        shape.hint = declared.icon.map(words);
                        board.add_within(shape, declared.within);
                    }
                }
                if word == "junction" {
                    junctions.insert(declared.name.to_owned());
                }
            }
            _ => match joined(line, place) {
                Some(joined) => board.join(joined),
                None => {
                    leave_out(&mut cursor, HELP, issues);
                    continue;
                }
            },
        }
        cursor.skip_line();
    }
    without_junctions(board.finish(span), &junctions)
}

/// What is declared behind `group`, `service` or `junction`.
struct Declared<'t> {
    name: &'t str,
    icon: Option<&'t str>,
    label: Label,
    within: Option<&'t str>,
}

impl<'t> Declared<'t> {
    /// `name(icon)[title] in group`; what stands in parentheses alone is the title.
    fn of(text: &'t str) -> Option<Self> {
        let text = text.trim();
        let end = text.find(|c: char| !is_of_name(c)).unwrap_or(text.len());
        let (name, mut rest) = text.split_at(end);
        let mut bracketed = |opening: char, closing: char| {
            let (inside, behind) = rest
                .trim_start()
                .strip_prefix(opening)?
                .split_once(closing)?;
            rest = behind;
            Some(inside.trim().trim_matches('"'))
        };
        let (icon, title) = (bracketed('(', ')'), bracketed('[', ']'));
        let within = rest.trim().strip_prefix("in ").map(str::trim);
        let is_whole = rest.trim().is_empty() || within.is_some();
        (is_whole && !name.is_empty()).then(|| Self {
            name,
            icon: icon.filter(|_| title.is_some()),
            label: Label::of(title.or(icon).unwrap_or(name)),
            within,
        })
    }
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

/// The name of an icon as words: `logos:aws-s3` is `aws s3`.
fn words(icon: &str) -> String {
    let name = icon.rsplit(':').next().unwrap_or(icon);
    name.replace(['-', '_'], " ")
}

/// A line between services, such as `db:L -- R:server`.
fn joined(line: &str, span: Span) -> Option<Line> {
    let starts = ["<--", "<-[", "--", "-["].iter();
    let start = starts.filter_map(|start| line.find(start)).min()?;
    let (from, rest) = line.split_at(start);
    let (at_start, rest) = without(rest, "<");
    let (label, rest) = match rest.strip_prefix("-[") {
        Some(inside) => inside.split_once("]-")?,
        None => ("", rest.strip_prefix("--")?),
    };
    let (at_end, to) = without(rest, ">");
    Some(Line {
        from: service(from)?.to_owned(),
        to: service(to)?.to_owned(),
        heads: Heads::of(at_start, at_end),
        is_dashed: false,
        label: Label::of(label),
        span,
    })
}

/// Whether a text begins with a head, and what follows.
fn without<'t>(text: &'t str, head: &str) -> (bool, &'t str) {
    text.strip_prefix(head)
        .map_or((false, text), |rest| (true, rest))
}

/// The service at an end of a line, which has its side before or behind it.
fn service(written: &str) -> Option<&str> {
    let mut parts = written
        .trim()
        .split(':')
        .filter(|part| !SIDES.contains(part));
    let name = parts.next()?;
    let name = name.strip_suffix("{group}").unwrap_or(name);
    let is_name = !name.is_empty() && name.chars().all(is_of_name);
    (is_name && parts.next().is_none()).then_some(name)
}

/// The diagram with arrows from service to service where lines met at junctions.
fn without_junctions(mut diagram: Diagram, junctions: &BTreeSet<String>) -> Diagram {
    let is_dot = |at: usize| {
        diagram
            .boxes
            .get(at)
            .is_some_and(|one| junctions.contains(&one.name))
    };
    let bent =
        diagram
            .arrows
            .iter()
            .zip(0..)
            .filter_map(|(arrow, of)| match (arrow.from, arrow.to) {
                (End::Shape(from), End::Shape(to)) => Some(Bent {
                    of,
                    from,
                    to,
                    heads: arrow.heads,
                    is_dashed: arrow.is_dashed,
                    label: arrow.label.clone(),
                }),
                _ => None,
            });
    let bent: Vec<Bent> = bent.collect();
    let straight = straightened(&bent, is_dot).into_iter().filter_map(|line| {
        let span = diagram.arrows.get(line.of)?.span;
        let (from, to) = (End::Shape(line.from), End::Shape(line.to));
        let (heads, is_dashed, label) = (line.heads, line.is_dashed, line.label);
        Some(Arrow {
            from,
            to,
            heads,
            is_dashed,
            label,
            span,
        })
    });
    let of_frames = diagram.arrows.iter().filter(|arrow| {
        [arrow.from, arrow.to]
            .iter()
            .any(|end| matches!(end, End::Frame(_)))
    });
    let arrows: Vec<Arrow> = straight.chain(of_frames.cloned()).collect();
    diagram.arrows = arrows;
    // Nothing is written on a dot that nothing is joined with.
    for shape in diagram
        .boxes
        .iter_mut()
        .filter(|one| junctions.contains(&one.name))
    {
        shape.label = Label::default();
    }
    diagram
}
