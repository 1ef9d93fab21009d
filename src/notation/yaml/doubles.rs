//! What stands under keys that stand twice in a map. A tree has the first value alone; whoever looks for mistakes wants those of
//! the others as well.
//!
//! Knows texts and their mistakes; what is read of a text is the caller's business.

use super::tree::{self, Limits};
use crate::source::{Gravity, Issue, Span};

/// Values of one key that are looked at beside the first, at most.
const MOST: usize = 4;

/// The mistakes of a text, and those of the values that its tree is without. Each of them is read by giving the text anew, with
/// blanks in place of the entries before it, so that all else stands where it stood.
#[must_use]
pub fn with_doubles(
    text: &str,
    limits: &Limits,
    mut issues: Vec<Issue>,
    read: impl Fn(&str) -> Vec<Issue>,
) -> Vec<Issue> {
    // Whatever stands twice is an error.
    if !issues.iter().any(|issue| issue.gravity == Gravity::Error) {
        return issues;
    }
    let mut text = text.to_owned();
    for _ in 0..MOST {
        let Some((next, unread)) = without_firsts(&text, limits) else {
            break;
        };
        let is_within = |span: Span| {
            let behind = unread.partition_point(|value| value.start <= span.start);
            let value = behind.checked_sub(1).and_then(|at| unread.get(at));
            value.is_some_and(|value| span.end <= value.end)
        };
        issues.extend(
            read(&next)
                .into_iter()
                .filter(|issue| is_within(issue.span)),
        );
        text = next;
    }
    issues.sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
    issues.dedup();
    issues
}

/// A text with blanks in place of each first entry of a key that stands twice, with the places of the second values; none
/// where no key does, and where what is left is no YAML.
#[must_use]
pub fn without_firsts(text: &str, limits: &Limits) -> Option<(String, Vec<Span>)> {
    let doubles = tree::doubles(text, limits);
    if doubles.is_empty() {
        return None;
    }
    let mut bytes = text.as_bytes().to_vec();
    for double in &doubles {
        let range = double.first.start..double.first.end;
        for byte in bytes.get_mut(range).into_iter().flatten() {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }
    let text = String::from_utf8(bytes).ok()?;
    tree::parse(&text, limits, &mut crate::source::Issues::default())?;
    Some((
        text,
        apart(doubles.iter().map(|double| double.value).collect()),
    ))
}

/// Spans in their order, without those that stand within others.
fn apart(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut end = 0;
    spans.retain(|span| {
        let is_within = span.end <= end;
        end = end.max(span.end);
        !is_within
    });
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rest(text: &str) -> Option<(String, Vec<&str>)> {
        let (rest, values) = without_firsts(text, &Limits::default())?;
        let written = |span: &Span| text.get(span.start..span.end).expect("a part");
        Some((rest, values.iter().map(written).collect()))
    }

    #[test]
    fn the_first_of_two_entries_makes_room_for_the_second() {
        for (text, left, value) in [
            ("a: 1\nb: 2\na: 3\n", "    \nb: 2\na: 3\n", "3"),
            ("x: {a: 1, a: [2]}\n", "x: {      a: [2]}\n", "[2]"),
            ("x: {'a': é, \"a\": 2}\n", "x: {         \"a\": 2}\n", "2"),
            (
                "x:\n  a:\n    - b # c\n  a: d\n",
                "x:\n    \n           \n  a: d\n",
                "d",
            ),
        ] {
            assert_eq!(rest(text), Some((left.to_owned(), vec![value])), "{text}");
        }
        for text in ["a: 1\nb: 2\n", "a: [", "a: &x 1\na: *x\n"] {
            assert_eq!(rest(text), None, "{text}");
        }
    }

    #[test]
    fn spans_apart_hold_whatever_stood_in_any_of_them() {
        let spans = [(4, 9), (0, 2), (5, 6), (4, 7), (9, 9), (12, 14)];
        let spans = spans.map(|(start, end)| Span::new(start, end));
        let kept = [(0, 2), (4, 9), (12, 14)].map(|(start, end)| Span::new(start, end));
        assert_eq!(apart(spans.to_vec()), kept);
    }

    #[test]
    fn a_key_that_stands_a_thousand_times_is_read_a_few_times() {
        let text = "a: 1\n".repeat(1000);
        let reads = std::cell::Cell::new(0);
        let error = Issue {
            gravity: Gravity::Error,
            span: Span::default(),
            message: "m".to_owned(),
            help: None,
        };
        let read = |_: &str| {
            reads.set(reads.get() + 1);
            vec![error.clone()]
        };
        let told = with_doubles(&text, &Limits::default(), vec![error.clone()], read);
        assert_eq!((told.len(), reads.get()), (1, MOST));
    }
}
