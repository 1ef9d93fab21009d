//! Several lines at once, pasted or typed: which of them belong together, and when there are more to come.
//!
//! Knows the shapes of lines; what each does is the session's business.

use super::guide;
use super::line::{self, Said};
use super::prose;
use crate::notation::arrows;
use crate::notation::design::DESIGN;
use crate::notation::yaml::Shape;
use crate::rubric::Talk;

/// What encloses an answer of several lines.
const FENCE: &str = "\"\"\"";

/// What a line ends with that goes on in the next.
const GOES_ON: char = '\\';

/// Whether a line heads a list of requirements.
pub(super) type Heads<'a> = &'a dyn Fn(&str) -> bool;

/// A part of a paste, with the number of its first line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its first line, counted from one, where it is one of several.
    pub number: Option<usize>,
    /// What it is.
    pub content: Content,
}

/// What a part of a paste is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// A line as if it had been typed alone.
    Line(String),
    /// Lines of prose, as one text.
    Words(String),
    /// The line that states a table, of what states it elsewhere.
    Table(String),
    /// Some keys of a design file.
    Design(String),
}

/// How a text ends that is not whole yet; none where it is.
pub fn waits_for(text: &str) -> Option<&'static str> {
    let lines: Vec<&str> = text.split('\n').collect();
    let last = lines.last().copied().unwrap_or_default();
    if is_fenced_open(&lines) {
        return Some("(\"\"\" ends the text, Ctrl-C leaves it out)");
    }
    if continued(last).is_some() {
        return Some("(goes on in the next line)");
    }
    let is_ended = last.trim().is_empty();
    if !is_ended && last_table(&lines).is_some_and(|table| prose::is_open_table(&table)) {
        return Some("(a bracket is open; Ctrl-C leaves the table out)");
    }
    let opens = lines.first().is_some_and(|first| opens_design(first));
    let is_closed = if lines.len() == 1 {
        last.trim_end().ends_with(['}', ']'])
    } else {
        last.trim().is_empty()
    };
    (opens && !is_closed).then_some("(an empty line ends the block, Ctrl-C leaves it out)")
}

/// Whether a single line is more than it seems: a block of a design file, or a text between fences.
pub(super) fn is_special(talk: &Talk, line: &str) -> bool {
    opens_design(line)
        || fence(line).is_some()
        || chains(talk, line).is_some()
        || prose::table(line).is_some()
        || (prose::begins_table(line) && line.contains('('))
}

/// What the last line that creates a table begins, to the end of the text.
fn last_table(lines: &[&str]) -> Option<String> {
    let at = lines.iter().rposition(|line| prose::begins_table(line))?;
    Some(lines.get(at..)?.join(" "))
}

/// The line that states the table that a line creates, and how many of the lines behind it belong to that.
fn created(line: &str, behind: &[(usize, &str)]) -> Option<(String, usize)> {
    let uncommented = |line: &str| line.split("--").next().unwrap_or_default().to_owned();
    let mut text = uncommented(line);
    let mut taken = 0;
    if prose::begins_table(line) {
        let mut behind = behind.iter();
        while prose::table(&text).is_none() {
            let (_, more) = behind.next()?;
            text = format!("{text} {}", uncommented(more));
            taken += 1;
        }
    }
    Some((prose::table(&text)?, taken))
}

/// The drawings of a line that has several, with semicolons between them.
fn chains<'l>(talk: &Talk, line: &'l str) -> Option<Vec<&'l str>> {
    let parts: Vec<&str> = line.split(';').map(str::trim).collect();
    let draws =
        |part: &&str| arrows::has_arrow(part) && matches!(line::sort(talk, part), Said::Drawing);
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    (parts.len() > 1 && parts.iter().all(draws)).then_some(parts)
}

/// Whether a fence is open behind the last line.
fn is_fenced_open(lines: &[&str]) -> bool {
    let mut open = false;
    for line in lines {
        match (open, fence(line)) {
            (false, Some(at)) => open = closing(line.get(at + FENCE.len()..)).is_none(),
            (true, _) => open = closing(Some(line)).is_none(),
            (false, None) => {}
        }
    }
    open
}

/// Where a line opens a fence: at its beginning or at its end.
fn fence(line: &str) -> Option<usize> {
    let start = line.len() - line.trim_start().len();
    if line.trim_start().starts_with(FENCE) {
        return Some(start);
    }
    line.trim_end().strip_suffix(FENCE).map(str::len)
}

/// Where the rest of a line closes a fence.
fn closing(rest: Option<&str>) -> Option<usize> {
    rest.and_then(|rest| rest.find(FENCE))
}

/// A line without the sign that it goes on.
fn continued(line: &str) -> Option<&str> {
    line.trim_end().strip_suffix(GOES_ON)
}

/// Whether a line begins a block of a design file: `components:`, `sysdrill: 1`, `flows: {..}`.
fn opens_design(line: &str) -> bool {
    let Some((key, rest)) = line.split_once(':') else {
        return false;
    };
    let rest = rest.split(" #").next().unwrap_or_default().trim();
    let Some(key) = DESIGN.iter().find(|known| known.name == key) else {
        return false;
    };
    let holds_more = matches!(key.shape, Shape::Map(_) | Shape::Named(_) | Shape::List(_));
    if holds_more {
        rest.is_empty() || rest.starts_with(['{', '['])
    } else {
        key.is_needed && !rest.is_empty()
    }
}

/// Whether lines are a block of a design file, whatever scalars stand before its first map or list.
fn is_design<'l>(lines: impl Iterator<Item = &'l str>) -> bool {
    let own = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let mut lines = lines.filter(own);
    let head = |line: &str| {
        let key = line.split_once(": ").map(|(key, _)| key);
        DESIGN.iter().any(|known| Some(known.name) == key)
    };
    lines
        .find(|line| !head(line) || opens_design(line))
        .is_some_and(opens_design)
}

/// The parts of a text of one or several lines. Items of lists are prose, unless it is known what heads them: each is a line
/// of its own then.
pub(super) fn pieces(talk: &Talk, text: &str, heads: Option<Heads<'_>>) -> Vec<Piece> {
    let lines: Vec<(usize, &str)> = text
        .split('\n')
        .enumerate()
        .map(|(at, line)| (at + 1, line))
        .filter(|(_, line)| !line.starts_with("```"))
        .collect();
    if is_design(lines.iter().map(|(_, line)| *line)) {
        // Numbers of lines count from the first of the paste, whatever was left out of it.
        let kept = text
            .split('\n')
            .map(|line| if line.starts_with("```") { "" } else { line });
        return vec![Piece {
            number: None,
            content: Content::Design(kept.collect::<Vec<_>>().join("\n")),
        }];
    }
    let mut joined = joined(talk, &lines, heads);
    if let [alone] = joined.as_mut_slice() {
        alone.number = None;
        return joined;
    }
    sorted(talk, joined, heads)
}

/// Lines with those that they go on in, and without remarks.
fn joined(talk: &Talk, lines: &[(usize, &str)], heads: Option<Heads<'_>>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = lines.iter();
    while let Some((number, line)) = rest.next() {
        let table = created(line, rest.as_slice());
        let content = if let Some((table, taken)) = table {
            rest.by_ref().take(taken).for_each(drop);
            Content::Table(table)
        } else if let Some(at) = fence(line) {
            fenced(line, at, &mut rest)
        } else {
            let mut text = (*line).to_owned();
            while let Some(begun) = continued(&text) {
                let begun = begun.trim_end().to_owned();
                let Some((_, more)) = rest.next() else {
                    text = begun;
                    break;
                };
                text = format!("{begun} {}", more.trim());
            }
            if let Some(chains) = chains(talk, &text) {
                pieces.extend(chains.into_iter().map(|chain| Piece {
                    number: Some(*number).filter(|_| lines.len() > 1),
                    content: Content::Line(chain.to_owned()),
                }));
                continue;
            }
            Content::Line(text.trim().to_owned())
        };
        pieces.push(Piece {
            number: Some(*number),
            content,
        });
    }
    if lines.len() > 1 {
        let heads = |text: &str| heads.is_some_and(|heads| heads(text));
        pieces.retain(|piece| match &piece.content {
            Content::Line(text) => heads(text) || !is_remark(text),
            _ => true,
        });
    }
    pieces
}

/// Nothing, or a remark as drawings and design files have them.
fn is_remark(text: &str) -> bool {
    text.is_empty() || text.starts_with(['#', ';']) || text.starts_with("//")
}

/// Whether a line draws and says nothing beside: it is no part of the prose around it. Bars are of tables and of boxes.
fn is_drawing(talk: &Talk, text: &str) -> bool {
    arrows::has_arrow(text)
        && (!text.contains('|') || text.contains('('))
        && matches!(line::sort(talk, text), Said::Drawing)
        && !guide::says_something(text)
}

/// What stands between two fences, after the words before the first.
fn fenced<'l>(
    line: &str,
    at: usize,
    rest: &mut impl Iterator<Item = &'l (usize, &'l str)>,
) -> Content {
    let before = line.get(..at).unwrap_or_default().trim().to_owned();
    let mut inner: Vec<&str> = Vec::new();
    let mut next = line.get(at + FENCE.len()..);
    while let Some(line) = next {
        if let Some(end) = closing(Some(line)) {
            inner.push(line.get(..end).unwrap_or_default());
            break;
        }
        inner.push(line);
        next = rest.next().map(|(_, line)| *line);
    }
    if before.is_empty() && is_design(inner.iter().copied()) {
        return Content::Design(inner.join("\n"));
    }
    let words = one_text(inner.into_iter());
    if before.is_empty() {
        Content::Words(words)
    } else {
        Content::Line(format!("{before} {words}"))
    }
}

fn one_text<'l>(lines: impl Iterator<Item = &'l str>) -> String {
    let lines = lines.map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

/// Several lines: prose is one text, all else is taken line by line.
fn sorted(talk: &Talk, pieces: Vec<Piece>, heads: Option<Heads<'_>>) -> Vec<Piece> {
    let is_listed =
        |text: &str| heads.is_some_and(|heads| heads(text) || line::item(text).is_some());
    let plain: Vec<bool> = pieces
        .iter()
        .map(|piece| match &piece.content {
            Content::Line(text) => {
                let is_plain = matches!(line::sort(talk, text), Said::Plain);
                is_plain && !is_listed(text) && prose::likely_table(talk, text).is_none()
            }
            _ => false,
        })
        .collect();
    let is_alone = |content: &Content| match content {
        Content::Line(text) => {
            let is_head = heads.is_some_and(|heads| heads(text));
            is_head || is_drawing(talk, text) || prose::is_operation(text)
        }
        _ => false,
    };
    let is_prose = plain.first() == Some(&true)
        && plain.iter().filter(|plain| **plain).count() * 2 > plain.len();
    let mut sorted: Vec<Piece> = Vec::new();
    for (piece, plain) in pieces.into_iter().zip(plain) {
        let belongs = plain || (is_prose && !is_alone(&piece.content));
        match (sorted.last_mut(), piece.content) {
            (
                Some(Piece {
                    content: Content::Words(words),
                    ..
                }),
                Content::Line(text),
            ) if belongs => {
                words.push(' ');
                words.push_str(&text);
            }
            (_, Content::Line(text)) if belongs => sorted.push(Piece {
                number: piece.number,
                content: Content::Words(text),
            }),
            (_, content) => sorted.push(Piece {
                number: piece.number,
                content,
            }),
        }
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    fn seen(text: &str) -> Vec<String> {
        let shown = |piece: &Piece| {
            let number = piece.number.unwrap_or_default();
            match &piece.content {
                Content::Line(text) => format!("{number} line {text}"),
                Content::Words(text) => format!("{number} words {text}"),
                Content::Table(text) => format!("{number} table {text}"),
                Content::Design(text) => format!("{number} design {text}"),
            }
        };
        pieces(Catalog::embedded().talk(), text, None)
            .iter()
            .map(shown)
            .collect()
    }

    #[test]
    fn drawings_behind_prose_and_headings_of_lists_are_lines_of_their_own() {
        assert_eq!(
            seen(
                "First the picture,\nas I see it,\nin short:\nweb ---> LB --> API Gateway\nAPI Gateway → S3"
            ),
            [
                "1 words First the picture, as I see it, in short:",
                "4 line web ---> LB --> API Gateway",
                "5 line API Gateway → S3"
            ]
        );
        let heads = |line: &str| line::heading(line).is_some();
        let text = "## Out of scope\n- payments\n**Quality**\n- fast";
        let pieces = super::pieces(Catalog::embedded().talk(), text, Some(&heads));
        let lines = text.lines().map(|line| Content::Line(line.to_owned()));
        assert!(pieces.into_iter().map(|piece| piece.content).eq(lines));
    }

    #[test]
    fn a_text_is_whole_when_what_it_opened_is_closed() {
        for (text, whole) in [
            ("must shorten links", true),
            ("must shorten \\", false),
            ("must shorten \\\nlinks", true),
            ("\"\"\"", false),
            ("\"\"\"one", false),
            ("\"\"\"one\"\"\"", true),
            ("\"\"\"\none\ntwo \"\"\"", true),
            ("answer caching: \"\"\"", false),
            ("answer caching: \"\"\"\none\n\"\"\"", true),
            ("components:", false),
            ("components:\n  api: service", false),
            ("components:\n  api: service\n", true),
            ("components: {api: service}", true),
            ("sysdrill: 1", false),
            ("api:", false),
            ("api: POST /v1/urls -> 201", true),
            ("data: url", true),
            ("api -> db", true),
            ("title: x", true),
            ("CREATE TABLE t (", false),
            ("CREATE TABLE t (\n  id INT", false),
            ("CREATE TABLE t (\n  id INT,\n  name TEXT);", true),
        ] {
            assert_eq!(waits_for(text).is_none(), whole, "{text}");
        }
    }

    #[test]
    fn arrows_and_commands_are_lines_of_their_own() {
        assert_eq!(
            seen("# drawn\nweb -> lb\n\nlb -> api x3\nset api zones=2\n"),
            [
                "2 line web -> lb",
                "4 line lb -> api x3",
                "5 line set api zones=2"
            ]
        );
    }

    #[test]
    fn tables_and_operations_are_lines_of_their_own_also_behind_prose() {
        assert_eq!(
            seen(
                "Objects are kept so:\nCREATE TABLE objects (\n  id INT, -- the key\n  name TEXT,\n  PRIMARY KEY (id)\n);\nand are read so:\nGET /v1/objects/{id} -> 200\nby all of us."
            ),
            [
                "1 words Objects are kept so:",
                "2 table data objects: key id, fields name",
                "7 words and are read so:",
                "8 line GET /v1/objects/{id} -> 200",
                "9 words by all of us."
            ]
        );
        assert_eq!(
            seen("users(id pk, name)"),
            ["0 table data users: key id, fields name"]
        );
        assert_eq!(
            seen("create table users first\nthen the rest"),
            ["1 words create table users first then the rest"]
        );
    }

    #[test]
    fn several_drawings_of_a_line_are_lines_of_their_own() {
        assert_eq!(
            seen("web -> api; api -> db, cache;"),
            ["0 line web -> api", "0 line api -> db, cache"]
        );
        let flow = "flow open = web -> api; api -> db";
        assert_eq!(seen(flow), [format!("0 line {flow}")]);
        assert!(!is_special(
            Catalog::embedded().talk(),
            "first a -> b; then it is read"
        ));
    }

    #[test]
    fn prose_is_one_text_even_where_a_line_of_it_looks_like_a_command() {
        assert_eq!(
            seen("First we look\nat the cache, and then\nout of it comes the row."),
            ["1 words First we look at the cache, and then out of it comes the row."]
        );
        assert_eq!(
            seen("must a\nso that\nit works\nmust b"),
            ["1 line must a", "2 words so that it works", "4 line must b"]
        );
    }

    #[test]
    fn fences_and_backslashes_join_lines() {
        assert_eq!(
            seen("answer caching: \"\"\"\nlook aside,\n  then the store\n\"\"\"\nnext"),
            [
                "1 line answer caching: look aside, then the store",
                "5 line next"
            ]
        );
        assert_eq!(seen("\"\"\"a -> b\nc?\"\"\""), ["0 words a -> b c?"]);
        assert_eq!(
            seen("must shorten \\\n  links"),
            ["0 line must shorten links"]
        );
    }

    #[test]
    fn keys_of_a_design_file_are_a_block_also_out_of_a_document() {
        let yaml = "sysdrill: 1\ntitle: x\n\ncomponents:\n  api: service";
        assert_eq!(seen(yaml), [format!("0 design {yaml}")]);
        let marked = format!("```yaml\n{yaml}\n```");
        assert_eq!(seen(&marked), [format!("0 design \n{yaml}\n")]);
        assert_eq!(
            seen("\"\"\"\nconnections:\n  - a -> b\n\"\"\""),
            ["0 design \nconnections:\n  - a -> b\n"]
        );
    }
}
