//! Changes to a YAML text that leave all else as it stands: entries more in a map, an item more in a list.
//!
//! Knows how collections look, in brackets and on lines of their own; knows not what is added.

use super::tree::{Content, Node};
use crate::source::Span;

/// Words in place of a span.
pub type Edit = (Span, String);

/// Adds entries to a map, each a key and a value as they stand in brackets; nothing where the map's look leaves no place.
#[must_use]
pub fn add_entries(text: &str, map: &Node<'_>, entries: &[(String, String)]) -> Option<Edit> {
    let Content::Map(there) = &map.content else {
        return None;
    };
    let entry = |(key, value): &(String, String)| format!("{key}: {value}");
    let new: Vec<String> = entries.iter().map(entry).collect();
    if in_brackets(text, map, '{') {
        return before_bracket(text, map, '}', &new.join(", "));
    }
    let column = column(text, outer(text, &there.first()?.0).start);
    Some(on_lines(text, map, &new, &" ".repeat(column)))
}

/// Adds an item to a list, as it stands in brackets; nothing where the list's look leaves no place.
#[must_use]
pub fn add_item(text: &str, list: &Node<'_>, item: &str) -> Option<Edit> {
    let Content::List(there) = &list.content else {
        return None;
    };
    if in_brackets(text, list, '[') {
        return before_bracket(text, list, ']', item);
    }
    let first = outer(text, there.first()?);
    let before = text.get(..first.start)?.trim_end();
    let dash = before.strip_suffix('-')?.len();
    let indent = " ".repeat(column(text, dash));
    Some(on_lines(text, list, &[format!("- {item}")], &indent))
}

/// Takes an item out of a list that stands on lines of its own, with its lines; nothing where it shares a line, or is the last.
#[must_use]
pub fn without_item(text: &str, list: &Node<'_>, at: usize) -> Option<Edit> {
    let Content::List(there) = &list.content else {
        return None;
    };
    let item = there.get(at).filter(|_| there.len() > 1)?;
    if in_brackets(text, list, '[') {
        return None;
    }
    let start = line_start(text, item.span.start);
    let next = there
        .get(at + 1)
        .map(|next| line_start(text, next.span.start));
    let end = next.unwrap_or_else(|| line_end(text, item.span.end));
    let begins = text
        .get(start..item.span.start)?
        .trim_start()
        .starts_with('-');
    (begins && start < end).then(|| (Span::new(start, end), String::new()))
}

/// Takes an entry out of a map that stands on lines of its own, with its lines; nothing where it shares a line.
#[must_use]
pub fn without_entry(text: &str, key: &Node<'_>, value: &Node<'_>) -> Option<Edit> {
    let start = line_start(text, key.span.start);
    let before = text.get(start..outer(text, key).start)?;
    let span = Span::new(start, line_end(text, value.span.end));
    before.trim().is_empty().then(|| (span, String::new()))
}

/// Adds a part to the end of a file: lines that are an entry of its outermost map.
#[must_use]
pub fn add_part(text: &str, part: &str) -> Edit {
    let newline = newline(text);
    let gap = if text.is_empty() || text.ends_with('\n') {
        ""
    } else {
        newline
    };
    let lines = part.replace('\n', newline);
    (Span::new(text.len(), text.len()), format!("{gap}{lines}"))
}

/// A scalar with its quotes.
#[must_use]
pub fn outer(text: &str, node: &Node<'_>) -> Span {
    let span = node.span;
    let quote = |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).copied();
    let before = quote(span.start.checked_sub(1));
    let is_quoted = node.text().is_some()
        && matches!(before, Some(b'"' | b'\''))
        && before == quote(Some(span.end));
    if is_quoted {
        Span::new(span.start - 1, span.end + 1)
    } else {
        span
    }
}

/// The text after edits, none of which overlap.
#[must_use]
pub fn edited(text: &str, edits: &[Edit]) -> String {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort();
    let mut edited = String::with_capacity(text.len());
    let mut at = 0;
    for (span, words) in edits {
        if text.get(span.start..span.end).is_some() {
            edited.push_str(text.get(at..span.start).unwrap_or_default());
            edited.push_str(words);
            at = span.end;
        }
    }
    edited.push_str(text.get(at..).unwrap_or_default());
    edited
}

fn in_brackets(text: &str, node: &Node<'_>, bracket: char) -> bool {
    let rest = text.get(node.span.start..).unwrap_or_default();
    rest.starts_with(bracket)
}

/// Before the bracket that ends a collection, behind what stands there and its comma.
fn before_bracket(text: &str, node: &Node<'_>, bracket: char, words: &str) -> Option<Edit> {
    let inside = text
        .get(node.span.start..node.span.end)?
        .strip_suffix(bracket)?;
    let filled = inside.trim_end();
    if filled.rsplit('\n').next()?.contains('#') {
        return None;
    }
    let at = node.span.start + filled.len();
    let comma = match filled.chars().last() {
        Some('{' | '[') => "",
        Some(',') => " ",
        _ => ", ",
    };
    Some((Span::new(at, at), format!("{comma}{words}")))
}

/// On lines behind the last one of a collection.
fn on_lines(text: &str, node: &Node<'_>, lines: &[String], indent: &str) -> Edit {
    let newline = newline(text);
    let at = line_end(text, node.span.end);
    let is_open = text.get(..at).is_some_and(|before| !before.ends_with('\n'));
    let mut words = String::new();
    for line in lines {
        if is_open {
            words.push_str(&format!("{newline}{indent}{line}"));
        } else {
            words.push_str(&format!("{indent}{line}{newline}"));
        }
    }
    (Span::new(at, at), words)
}

/// The end of the line on which something ends, its line break included.
pub(in crate::notation) fn line_end(text: &str, end: usize) -> usize {
    let filled = text.get(..end).unwrap_or(text).trim_end().len();
    let rest = text.get(filled..).unwrap_or_default();
    rest.find('\n').map_or(text.len(), |at| filled + at + 1)
}

/// Where the line of a byte begins.
pub(in crate::notation) fn line_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or(text);
    before.rfind('\n').map_or(0, |at| at + 1)
}

/// The column of a byte, from 0.
pub(in crate::notation) fn column(text: &str, at: usize) -> usize {
    let line = text.get(line_start(text, at)..at).unwrap_or_default();
    line.chars().count()
}

/// How lines end here.
pub(in crate::notation) fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests {
    use super::super::{Limits, parse};
    use super::*;
    use crate::source::Issues;

    /// The tree of a text without its spans.
    fn shape(node: &Node<'_>) -> String {
        match &node.content {
            Content::Null => "~".to_owned(),
            Content::Scalar { text, .. } => format!("{text:?}"),
            Content::List(items) => {
                let items: Vec<String> = items.iter().map(shape).collect();
                format!("[{}]", items.join(", "))
            }
            Content::Map(entries) => {
                let entries = entries.iter();
                let entries: Vec<String> = entries
                    .map(|(key, value)| format!("{}: {}", shape(key), shape(value)))
                    .collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }

    fn read(text: &str) -> Node<'_> {
        let mut issues = Issues::default();
        let node = parse(text, &Limits::default(), &mut issues).expect(text);
        assert!(issues.is_empty(), "{:?}\n{text}", issues.into_sorted());
        node
    }

    /// The value of `a`.
    fn inner<'n, 't>(root: &'n Node<'t>) -> &'n Node<'t> {
        &root.entries().first().unwrap().1
    }

    const MAPS: &[&str] = &[
        "a: {x: 1}\nb: 2\n",
        "a: {}\n",
        "a: {x: 1, }\n",
        "a: {\n  x: 1\n}\nb: 2",
        "a:\n  x: 1\n",
        "a:\n  x: 1",
        "a:\n  x: 1 # why\n  # more\nb: 2\n",
        "a:\n  x: 'it''s'\n\n\nb: 2\n",
        "a:\n  x: \"q\"\r\nb: 2\r\n",
        "a:\n  x: |\n    lines\n    more\nb: 2\n",
        "a:\n  x: {y: [1,\n    2]}\nb: 2\n",
        "a:\n    'x y': 1\nb: 2\n",
        "a:\n  x:\n    - 1\n    - 2\nb: 2\n",
    ];

    #[test]
    fn entries_are_added_to_maps_however_they_look() {
        for text in MAPS {
            let root = read(text);
            let entries = [
                ("n".to_owned(), "3".to_owned()),
                ("m".to_owned(), "x".to_owned()),
            ];
            let edit = add_entries(text, inner(&root), &entries).expect(text);
            let changed = edited(text, std::slice::from_ref(&edit));
            assert_eq!(edit.0.start, edit.0.end, "nothing is replaced in {text}");
            let before = shape(inner(&root));
            let comma = if before == "{}" { "" } else { ", " };
            let expected = format!(
                "{}{comma}\"n\": \"3\", \"m\": \"x\"}}",
                &before[..before.len() - 1]
            );
            assert_eq!(shape(inner(&read(&changed))), expected, "{changed}");
            assert_eq!(changed.matches("\r\n").count() > 0, text.contains("\r\n"));
        }
    }

    #[test]
    fn items_are_added_to_lists_and_taken_out_however_they_look() {
        for text in [
            "a: [1, 2]\nb: 2\n",
            "a: []\n",
            "a: [\n  1,\n  2, # two\n]\n",
            "a:\n- 1\n- 2\nb: 2\n",
            "a:\n  - x: 1\n    y: 2\n  - {x: 2}\n",
            "a:\n  - \"1\"\n  - 'two' # why\n\nb: 2",
            "a:\n  - x -> y: {z: 1}",
        ] {
            let root = read(text);
            let list = inner(&root);
            if let Some(edit) = add_item(text, list, "{n: 3}") {
                let changed = edited(text, &[edit]);
                let before = shape(list);
                let comma = if before == "[]" { "" } else { ", " };
                let expected = format!("{}{comma}{{\"n\": \"3\"}}]", &before[..before.len() - 1]);
                assert_eq!(shape(inner(&read(&changed))), expected, "{changed}");
            }
            let Content::List(items) = &list.content else {
                panic!("{text}")
            };
            for at in 0..items.len() {
                let Some(edit) = without_item(text, list, at) else {
                    continue;
                };
                let changed = edited(text, &[edit]);
                let mut left: Vec<String> = items.iter().map(shape).collect();
                left.remove(at);
                assert_eq!(
                    shape(inner(&read(&changed))),
                    format!("[{}]", left.join(", ")),
                    "{changed}"
                );
            }
        }
    }

    #[test]
    fn a_part_stands_at_the_end() {
        for text in ["a: 1\n", "a: 1", "a: 1\r\n"] {
            let changed = edited(text, &[add_part(text, "b:\n  - 2\n")]);
            assert_eq!(shape(&read(&changed)), "{\"a\": \"1\", \"b\": [\"2\"]}");
        }
    }
}
