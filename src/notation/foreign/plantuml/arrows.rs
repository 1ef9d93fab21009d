//! Arrows of PlantUML: `a -right-> [b] : calls`, `a .[#grey].> b`, `a <--> b`.
//!
//! Knows one line; knows not what is declared.

use super::words::label;
use crate::notation::foreign::diagram::Heads;
use crate::notation::foreign::named::Line;
use crate::source::Span;

/// An arrow, or one that only moves things and joins nothing.
pub(super) enum Drawn {
    Line(Line),
    Hidden,
}

/// What a name can be put in.
const ENCLOSED: &[(char, char)] = &[('"', '"'), ('[', ']'), ('(', ')'), (':', ':')];

/// What can stand at the end of an arrow beside a head: it says what a thing is to another, and not who calls.
const MARKS: &[char] = &[
    '*', 'o', '+', '#', '^', 'x', '}', '{', '0', '(', ')', '@', '/', '\\',
];

/// Ways that an arrow can be told to go.
const WAYS: &[&str] = &[
    "left", "right", "up", "down", "le", "ri", "do", "l", "r", "u", "d",
];

/// Reads a line as an arrow.
pub(super) fn arrow(line: &str, span: Span) -> Option<Drawn> {
    let (from, rest) = name(line.trim())?;
    let (at_start, rest) = tail(rest.trim_start());
    let (body, rest) = body(rest)?;
    let (at_end, rest) = head(rest);
    let (to, rest) = name(rest.trim_start())?;
    let rest = rest.trim_start();
    let rest = match rest
        .strip_prefix("<<")
        .and_then(|rest| rest.split_once(">>"))
    {
        Some((_, rest)) => rest.trim_start(),
        None => rest,
    };
    let written = match rest.strip_prefix(':') {
        Some(label) => label.trim().trim_matches('"'),
        None if rest.is_empty() || rest.starts_with('#') => "",
        None => return None,
    };
    if body.contains("hidden") {
        return Some(Drawn::Hidden);
    }
    let style = |word: &str| {
        body.split(|c: char| !c.is_alphabetic())
            .any(|other| other == word)
    };
    let strokes = body.split('[').next().unwrap_or_default();
    Some(Drawn::Line(Line {
        from: from.to_owned(),
        to: to.to_owned(),
        heads: Heads::of(at_start, at_end),
        is_dashed: strokes.contains(['.', '~']) || style("dashed") || style("dotted"),
        label: label(written).0,
        span,
    }))
}

/// The name at the start of a text, without what encloses it, and what follows.
pub(super) fn name(text: &str) -> Option<(&str, &str)> {
    for (opening, closing) in ENCLOSED {
        if let Some(inner) = text.strip_prefix(*opening) {
            let (name, rest) = inner.split_once(*closing)?;
            return (!name.trim().is_empty()).then(|| (name.trim(), rest));
        }
    }
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '@' | '$');
    let mut end = text.find(|c| !is_of_name(c)).unwrap_or(text.len());
    // A dot can be the first of an arrow.
    while text.get(..end).is_some_and(|name| name.ends_with('.')) {
        end -= 1;
    }
    (end > 0).then(|| text.split_at(end))
}

/// Whether an arrow has a head at its start, and what follows.
fn tail(text: &str) -> (bool, &str) {
    if let Some(rest) = text.strip_prefix('<') {
        return (true, rest.trim_start_matches(['<', '|']));
    }
    (false, text.trim_start_matches(MARKS))
}

/// The strokes of an arrow with what is said of them, and what follows.
fn body(text: &str) -> Option<(&str, &str)> {
    let is_stroke = |c: char| matches!(c, '-' | '.' | '=' | '~');
    let mut rest = text.trim_start_matches(is_stroke);
    if rest.len() == text.len() {
        return None;
    }
    if let Some(inner) = rest.strip_prefix('[') {
        rest = inner.split_once(']')?.1;
    }
    let goes_on = |rest: &str| rest.starts_with(|c| is_stroke(c) || c == '[');
    let way = WAYS
        .iter()
        .find_map(|way| rest.strip_prefix(way).filter(|rest| goes_on(rest)));
    rest = way.unwrap_or(rest);
    if let Some(inner) = rest.strip_prefix('[') {
        rest = inner.split_once(']')?.1;
    }
    rest = rest.trim_start_matches(is_stroke);
    // A ball in the middle: `-0)-`.
    let behind = rest.trim_start_matches(['(', '0', ')']);
    if behind.len() < rest.len() && behind.starts_with(is_stroke) {
        rest = behind.trim_start_matches(is_stroke);
    }
    Some(text.split_at(text.len() - rest.len()))
}

/// Whether an arrow has a head at its end, and what follows.
fn head(text: &str) -> (bool, &str) {
    if let Some(rest) = text.strip_prefix('>').or_else(|| text.strip_prefix("|>")) {
        return (true, rest.trim_start_matches('>'));
    }
    match text.split_once(char::is_whitespace) {
        Some((mark, rest)) if mark.chars().all(|c| MARKS.contains(&c)) => (false, rest),
        _ => (false, text),
    }
}
