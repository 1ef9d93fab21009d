//! What stands beside the name of a box, piece by piece: how many there are of it, or words that say something else.
//!
//! Knows the attributes that are counted by their interface; knows no kinds.

use crate::model::attribute::{Attribute, Bearer};
use crate::model::value::ValueType;

/// The pieces of what is written beside a name: lines, and what stands between commas in them.
pub(super) fn pieces<'t>(lines: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let pieces = lines.flat_map(|line| split(bare(line))).map(str::trim);
    pieces.filter(|piece| !piece.is_empty()).collect()
}

/// A line at its commas, other than those in brackets and those of numbers.
fn split(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, c) in line.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 && line.get(at + 1..).is_some_and(|rest| rest.starts_with(' ')) => {
                pieces.extend(line.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.extend(line.get(start..));
    pieces
}

/// A line without brackets around all of it.
fn bare(line: &str) -> &str {
    let within = |open, close| line.strip_prefix(open)?.strip_suffix(close);
    let inner = within('(', ')').or_else(|| within('[', ']'));
    let inner = inner.filter(|inner: &&str| !inner.contains(['(', ')', '[', ']']));
    inner.unwrap_or(line).trim()
}

/// Words for instances that are no names of attributes.
const INSTANCES: &[&str] = &["servers", "machines", "brokers", "pods", "hosts", "workers"];

/// The most that is believed of a drawing.
const MOST: u64 = 10_000;

/// What a piece says there are so many of: `3 nodes`, `2 zones`, `4 shards`, `x3`.
pub(super) fn count(piece: &str) -> Option<(Attribute, u64)> {
    let believed = |digits: &str| {
        let number = digits.parse().ok();
        number.filter(|number| (1..=MOST).contains(number))
    };
    if let Some(digits) = times(piece) {
        return Some((Attribute::Replicas, believed(digits)?));
    }
    let (number, word) = piece.split_once(' ')?;
    let number = believed(number)?;
    let word = word.trim().to_lowercase();
    let plural = if word.ends_with('s') {
        word
    } else {
        format!("{word}s")
    };
    let attribute = Attribute::called(&plural, Bearer::Component);
    let attribute = attribute.or_else(|| {
        INSTANCES
            .contains(&plural.as_str())
            .then_some(Attribute::Replicas)
    })?;
    matches!(attribute.row().value, ValueType::Count { .. }).then_some((attribute, number))
}

/// The digits of `x3`, `3x` and the like.
fn times(word: &str) -> Option<&str> {
    let signs = ['x', '\u{d7}'];
    let digits = word.strip_prefix(signs).map(str::trim_start);
    digits.or_else(|| word.strip_suffix(signs))
}

/// A name without the number of copies: `API x3`, `API (x3)`, `3x API`.
pub(super) fn counted(name: &str) -> (&str, Option<u64>) {
    let number = |text: &str| {
        text.parse()
            .ok()
            .filter(|copies| (2..=MOST).contains(copies))
    };
    let last = name.rsplit_once(' ').and_then(|(before, last)| {
        let last = last.trim_matches(['(', ')']);
        Some((before.trim_end(), Some(number(times(last)?)?)))
    });
    let first = || {
        let (first, after) = name.split_once(' ')?;
        let digits = first.strip_suffix(['x', '\u{d7}'])?;
        Some((after.trim_start(), Some(number(digits)?)))
    };
    last.or_else(first).unwrap_or((name, None))
}

/// A name, and what stands behind it in brackets.
pub(super) fn parted(name: &str) -> (&str, Option<&str>) {
    let within = |open, close| name.strip_suffix(close)?.rsplit_once(open);
    match within('(', ')').or_else(|| within('[', ']')) {
        Some((before, aside)) if !before.trim().is_empty() => {
            (before.trim_end(), Some(aside.trim()))
        }
        _ => (name, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_from_what_is_said_beside_it() {
        for (written, expected) in [
            ("API x3", ("API", Some(3), None)),
            ("Web (x12)", ("Web", Some(12), None)),
            ("3x Worker", ("Worker", Some(3), None)),
            ("Worker \u{d7}2", ("Worker", Some(2), None)),
            ("Cache (Redis)", ("Cache", None, Some("Redis"))),
            ("Feed [Go] x4", ("Feed", Some(4), Some("Go"))),
            ("Level x0", ("Level x0", None, None)),
            ("(all)", ("(all)", None, None)),
            ("x3", ("x3", None, None)),
        ] {
            let (name, copies) = counted(written);
            let (name, aside) = parted(name);
            assert_eq!((name, copies, aside), expected, "{written}");
        }
    }

    #[test]
    fn what_is_counted_is_an_attribute() {
        for (piece, expected) in [
            ("3 nodes", Some("replicas 3")),
            ("2 replicas", Some("replicas 2")),
            ("1 zone", Some("zones 1")),
            ("3 AZs", Some("zones 3")),
            ("16 shards", Some("shards 16")),
            ("5 brokers", Some("replicas 5")),
            ("x3", Some("replicas 3")),
            ("\u{d7}4", Some("replicas 4")),
            ("2x", Some("replicas 2")),
            ("x", None),
            ("x86", Some("replicas 86")),
            ("5 minutes", None),
            ("0 nodes", None),
            ("nodes 3", None),
        ] {
            let told = count(piece);
            let told = told.map(|(attribute, number)| format!("{} {number}", attribute.row().name));
            assert_eq!(told.as_deref(), expected, "{piece}");
        }
    }

    #[test]
    fn lines_fall_into_pieces_at_their_commas() {
        let lines = [
            "(2 nodes, HA)",
            "a (b, c), 1,000 rows",
            "(x) and (y)",
            "[Go]",
        ];
        let expected = [
            "2 nodes",
            "HA",
            "a (b, c)",
            "1,000 rows",
            "(x) and (y)",
            "Go",
        ];
        assert_eq!(pieces(lines.into_iter()), expected);
    }
}
