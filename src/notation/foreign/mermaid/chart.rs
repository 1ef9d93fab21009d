//! The lines of a flowchart: boxes, arrows between them, and subgraphs around them.
//!
//! Knows statements; brackets and arrows are read by their own files.

use std::collections::BTreeMap;

use super::links::{Link, link};
use super::shapes::{BRACKETS, outline_named};
use crate::model::Outline;
use crate::notation::foreign::cursor::Cursor;
use crate::notation::foreign::diagram::{Arrow, Diagram, End, Frame, Shape};
use crate::notation::foreign::label::Label;
use crate::notation::foreign::named::leave_out;
use crate::source::{Issues, Span};

/// Statements that say how something looks, and nothing of what there is.
const LOOKS: &[&str] = &[
    "classDef",
    "class",
    "style",
    "linkStyle",
    "click",
    "direction",
    "accTitle",
    "accDescr",
    "title",
    "accTitle:",
    "accDescr:",
];

/// Arrows of a chart at most: a short line can join each of many boxes with each.
const MOST_ARROWS: usize = 20_000;

/// Reads a chart from behind its first word.
pub(super) fn read(cursor: Cursor<'_>, span: Span, issues: &mut Issues) -> Diagram {
    let mut chart = Chart {
        cursor,
        issues,
        diagram: Diagram {
            span,
            ..Diagram::default()
        },
        names: BTreeMap::new(),
        ends: Vec::new(),
        open: Vec::new(),
        is_full: false,
    };
    chart.cursor.skip_line();
    while !chart.cursor.is_done() {
        chart.statement();
    }
    chart.finish()
}

struct Chart<'t, 'i> {
    cursor: Cursor<'t>,
    issues: &'i mut Issues,
    diagram: Diagram,
    /// The boxes by their names.
    names: BTreeMap<String, usize>,
    /// Of each arrow the names that it joins.
    ends: Vec<(usize, usize)>,
    /// The subgraphs that are open, the outermost first.
    open: Vec<usize>,
    /// More arrows were drawn than are read, and that was told.
    is_full: bool,
}

impl<'t> Chart<'t, '_> {
    /// Over spaces, line ends and comments.
    fn skip_lines(&mut self) {
        loop {
            self.cursor.go_to(self.cursor.rest().trim_start());
            if !self.cursor.rest().starts_with("%%") {
                return;
            }
            self.cursor.skip_line();
        }
    }

    fn statement(&mut self) {
        self.skip_lines();
        if self.take_end() {
            return;
        }
        let line = self.cursor.line();
        let word = line
            .split([' ', '\t', ';', '\r'])
            .next()
            .unwrap_or_default();
        match word {
            "" => self.cursor.at += usize::from(!line.is_empty()),
            "end" => {
                self.open.pop();
                self.cursor.at += word.len();
            }
            "subgraph" => self.subgraph(),
            _ if LOOKS.contains(&word) && !self.begins_arrow(word) => self.cursor.skip_line(),
            _ => self.boxes_and_arrows(),
        }
    }

    /// Reads what ends a statement, if it is next.
    fn take_end(&mut self) -> bool {
        let is_next = self.cursor.rest().starts_with(';');
        self.cursor.at += usize::from(is_next);
        is_next
    }

    /// Whether a word that could say how something looks is the name of a box.
    fn begins_arrow(&self, word: &str) -> bool {
        let after = self.cursor.rest().get(word.len()..).unwrap_or_default();
        link(after.trim_start_matches([' ', '\t'])).is_some()
    }

    fn subgraph(&mut self) {
        let start = self.cursor.at;
        self.cursor.at += "subgraph".len();
        let line = self.cursor.line();
        // The codes of characters between quotes end in one too: `a#38;b`.
        let mut is_quoted = false;
        let mut pieces = line.split(|c: char| {
            is_quoted ^= c == '"';
            c == ';' && !is_quoted
        });
        let written = pieces.next().unwrap_or_default().trim();
        self.cursor.at += line.len();
        let (name, label) = match written.find(['[', '"']) {
            Some(at) => {
                let (name, label) = written.split_at(at);
                let label = label.trim_matches(['[', ']', ' ']).trim_matches('"');
                (name.trim(), label)
            }
            None => (written, written),
        };
        let name = if name.is_empty() { label } else { name };
        let frame = Frame {
            name: name.to_owned(),
            label: Label::of(label),
            within: self.open.last().copied(),
            span: self.cursor.span(start, self.cursor.at),
        };
        self.open.push(self.diagram.frames.len());
        self.diagram.frames.push(frame);
    }

    /// `a & b --> c --> d`.
    fn boxes_and_arrows(&mut self) {
        let Some(mut before) = self.stage() else {
            return self.unread();
        };
        loop {
            self.cursor.skip_spaces();
            let start = self.cursor.at;
            let Some(link) = link(self.cursor.rest()) else {
                break;
            };
            self.cursor.at += link.length;
            self.skip_lines();
            let Some(after) = self.stage() else {
                return self.unread();
            };
            self.join(
                &before,
                &after,
                &link,
                self.cursor.span(start, start + link.length),
            );
            before = after;
        }
        self.cursor.skip_spaces();
        if !matches!(self.cursor.rest().chars().next(), None | Some('\n' | ';'))
            && !self.cursor.rest().starts_with("%%")
        {
            self.unread();
        }
    }

    fn unread(&mut self) {
        leave_out(
            &mut self.cursor,
            "it is left out; arrows are written `a --> b`",
            self.issues,
        );
    }

    /// Boxes with `&` between them.
    fn stage(&mut self) -> Option<Vec<usize>> {
        let mut all = vec![self.one()?];
        loop {
            self.cursor.skip_spaces();
            let Some(rest) = self.cursor.rest().strip_prefix('&') else {
                return Some(all);
            };
            self.cursor.go_to(rest);
            self.skip_lines();
            all.push(self.one()?);
        }
    }

    fn join(&mut self, before: &[usize], after: &[usize], link: &Link<'_>, span: Span) {
        if link.is_hidden {
            return;
        }
        let all = self.ends.len() + before.len().saturating_mul(after.len());
        if all > MOST_ARROWS {
            return self.refuse(span);
        }
        for from in before {
            for to in after {
                self.ends.push((*from, *to));
                self.diagram.arrows.push(Arrow {
                    from: End::Shape(*from),
                    to: End::Shape(*to),
                    heads: link.heads,
                    is_dashed: link.is_dashed,
                    label: Label::of(link.label),
                    span,
                });
            }
        }
    }

    /// Complains, once, of more arrows than are read: a design without the rest would be another one.
    fn refuse(&mut self, span: Span) {
        if !std::mem::replace(&mut self.is_full, true) {
            let message = format!("more than {MOST_ARROWS} arrows");
            let help = "`a & b --> c & d` joins each with each: draw arrows between subgraphs, or import a part of the chart";
            self.issues.error(span, message, help.to_owned());
        }
    }

    /// A box: its name, and what stands behind it.
    fn one(&mut self) -> Option<usize> {
        self.cursor.skip_spaces();
        let start = self.cursor.at;
        let name = name(self.cursor.rest())?;
        self.cursor.at += name.len();
        let (mut label, mut outline) = (None, None);
        if let Some((written, drawn)) = self.bracketed() {
            label = Some(written);
            outline = drawn;
        }
        if let Some(properties) = self.properties() {
            label = property(properties, "label").or(label);
            outline = property(properties, "shape")
                .and_then(outline_named)
                .or(outline);
        }
        if let Some(class) = self.cursor.rest().strip_prefix(":::") {
            let end = class.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | ',')));
            self.cursor.at += ":::".len() + end.unwrap_or(class.len());
        }
        Some(self.note(
            name,
            label,
            outline,
            self.cursor.span(start, self.cursor.at),
        ))
    }

    /// The label in brackets, if they are next.
    fn bracketed(&mut self) -> Option<(&'t str, Option<Outline>)> {
        let rest = self.cursor.rest();
        let brackets = BRACKETS.iter().find(|one| rest.starts_with(one.opening))?;
        let inner = rest.get(brackets.opening.len()..)?;
        let (label, length) = quoted(inner, brackets.closing)
            .or_else(|| unquoted(inner, brackets.opening, brackets.closing))?;
        self.cursor.at += brackets.opening.len() + length;
        // A bracket too many is a slip that changes nothing.
        let rest = self.cursor.rest();
        self.cursor.at += rest.len() - rest.trim_start_matches([']', ')', '}']).len();
        Some((label, brackets.outline))
    }

    /// What stands in `@{ ... }`, if it is next.
    fn properties(&mut self) -> Option<&'t str> {
        let inner = self.cursor.rest().strip_prefix("@{")?;
        let end = inner.find('}')?;
        self.cursor.at += "@{".len() + end + 1;
        inner.get(..end)
    }

    /// The box of a name: its first label and its first frame count.
    fn note(
        &mut self,
        name: &str,
        label: Option<&str>,
        outline: Option<Outline>,
        span: Span,
    ) -> usize {
        let at = *self.names.entry(name.to_owned()).or_insert_with(|| {
            let shape = Shape::new(name.to_owned(), Label::default(), span);
            self.diagram.boxes.push(shape);
            self.diagram.boxes.len() - 1
        });
        if let Some(shape) = self.diagram.boxes.get_mut(at) {
            if let Some(label) = label.filter(|_| shape.label.is_empty()) {
                shape.label = Label::of(label);
                shape.span = span;
            }
            shape.outline = shape.outline.or(outline);
            shape.frame = shape.frame.or(self.open.last().copied());
        }
        at
    }

    /// Names without a label are their own; those of subgraphs are no boxes.
    fn finish(mut self) -> Diagram {
        let mut ends: Vec<End> = Vec::new();
        let mut kept = Vec::new();
        for shape in self.diagram.boxes.drain(..) {
            let is_frame = |frame: &Frame| frame.name == shape.name;
            let frame = self.diagram.frames.iter().position(is_frame);
            match frame.filter(|_| shape.label.is_empty()) {
                Some(frame) => ends.push(End::Frame(frame)),
                None => {
                    ends.push(End::Shape(kept.len()));
                    kept.push(shape);
                }
            }
        }
        for shape in kept.iter_mut().filter(|shape| shape.label.is_empty()) {
            shape.label = Label::plain(&shape.name);
        }
        self.diagram.boxes = kept;
        for (arrow, (from, to)) in self.diagram.arrows.iter_mut().zip(&self.ends) {
            if let (Some(from), Some(to)) = (ends.get(*from), ends.get(*to)) {
                (arrow.from, arrow.to) = (*from, *to);
            }
        }
        self.diagram
    }
}

/// The name of a box at the start of a text: a dash is part of one unless it begins an arrow.
fn name(text: &str) -> Option<&str> {
    let mut end = text.len();
    for (at, c) in text.char_indices() {
        let next = text.get(at + c.len_utf8()..).unwrap_or_default();
        let goes_on = match c {
            '-' => at > 0 && next.starts_with(|c: char| c.is_alphanumeric()),
            '.' => at > 0 && next.starts_with(|c: char| c.is_alphanumeric()),
            c => {
                c.is_alphanumeric()
                    || matches!(c, '_' | '/' | '\'')
                    || (!c.is_ascii() && !c.is_whitespace())
            }
        };
        if !goes_on {
            end = at;
            break;
        }
    }
    text.get(..end).filter(|name| !name.is_empty())
}

/// A quoted label and how long it is with its quotes and closing bracket.
fn quoted<'t>(inner: &'t str, closing: &[&str]) -> Option<(&'t str, usize)> {
    let text = inner.trim_start_matches([' ', '\t']).strip_prefix('"')?;
    let end = text.find('"')?;
    let after = text.get(end + 1..)?;
    let behind = after.trim_start();
    let close = closing.iter().find(|close| behind.starts_with(**close))?;
    let length = inner.len() - behind.len() + close.len();
    text.get(..end).map(|label| (label, length))
}

/// A label without quotes, in which brackets of the same sort may be opened and closed again.
fn unquoted<'t>(inner: &'t str, opening: &str, closing: &[&str]) -> Option<(&'t str, usize)> {
    let line = inner.split('\n').next()?;
    let open = opening.chars().next()?;
    let mut depth = 0_usize;
    for (at, c) in line.char_indices() {
        let here = line.get(at..).unwrap_or_default();
        if depth == 0
            && let Some(close) = closing.iter().find(|close| here.starts_with(**close))
        {
            return Some((line.get(..at)?, at + close.len()));
        }
        if c == open {
            depth += 1;
        } else if closing.iter().any(|close| close.ends_with(c)) {
            depth = depth.saturating_sub(1);
        }
    }
    None
}

/// The value of a key in `label: "x", shape: y`.
fn property<'t>(properties: &'t str, key: &str) -> Option<&'t str> {
    let at = properties.find(&format!("{key}:"))?;
    let value = properties.get(at + key.len() + 1..)?.trim_start();
    match value.strip_prefix('"') {
        Some(value) => value.split('"').next(),
        None => value.split([',', '\n']).next().map(str::trim),
    }
}
