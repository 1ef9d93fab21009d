//! `key=value key=value` with bare words before: what `set` and `flow` are made of.
//!
//! Knows where keys and values stand; knows no key.

use std::ops::Range;

/// A piece of a line with its bytes in the text that was split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece<'l> {
    /// The text, trimmed.
    pub text: &'l str,
    /// Where it stands.
    pub span: Range<usize>,
}

/// What stands before the first key, and the pairs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pairs<'l> {
    /// The text before the first key.
    pub head: Piece<'l>,
    /// Keys and values, as written.
    pub pairs: Vec<(Piece<'l>, Piece<'l>)>,
}

/// Splits a text at its keys: a word, then `=`. A value goes on to the next key.
pub(super) fn split(text: &str) -> Pairs<'_> {
    let keys: Vec<(Range<usize>, usize)> = text
        .match_indices('=')
        .filter_map(|(at, _)| Some((key_before(text, at)?, at + 1)))
        .collect();
    let head = piece(
        text,
        0..keys.first().map_or(text.len(), |(key, _)| key.start),
    );
    let ends = keys
        .iter()
        .skip(1)
        .map(|(key, _)| key.start)
        .chain([text.len()]);
    let pairs = keys
        .iter()
        .zip(ends)
        .map(|((key, value), end)| (piece(text, key.clone()), piece(text, *value..end)));
    Pairs {
        head,
        pairs: pairs.collect(),
    }
}

/// The words of a piece, each with its bytes.
pub(super) fn words<'l>(piece: &Piece<'l>) -> Vec<Piece<'l>> {
    let mut words = Vec::new();
    let mut at = 0;
    for word in piece.text.split_whitespace() {
        let start = piece
            .text
            .get(at..)
            .and_then(|rest| rest.find(word))
            .map_or(at, |found| at + found);
        at = start + word.len();
        words.push(Piece {
            text: word,
            span: piece.span.start + start..piece.span.start + at,
        });
    }
    words
}

/// The word before an `=`; spaces may stand between.
fn key_before(text: &str, equals: usize) -> Option<Range<usize>> {
    let before = text.get(..equals)?.trim_end();
    let is_key = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let start = before
        .rfind(|c: char| !is_key(c))
        .map_or(0, |at| at + before.get(at..).map_or(1, first_length));
    let starts_well = before
        .get(start..)?
        .starts_with(|c: char| c.is_ascii_alphabetic());
    starts_well.then_some(start..before.len())
}

fn first_length(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// A part of a text without space, commas and quotes around it.
fn piece(text: &str, range: Range<usize>) -> Piece<'_> {
    let raw = text.get(range.clone()).unwrap_or_default();
    let around = |c: char| c.is_whitespace() || c == ',';
    let trimmed = raw.trim_start_matches(around);
    let start = range.start + raw.len() - trimmed.len();
    let trimmed = trimmed.trim_end_matches(around);
    let within = |quote: char| trimmed.strip_prefix(quote)?.strip_suffix(quote);
    match within('"').or_else(|| within('\'')) {
        Some(inner) => Piece {
            text: inner,
            span: start + 1..start + 1 + inner.len(),
        },
        None => Piece {
            text: trimmed,
            span: start..start + trimmed.len(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> (String, Vec<(String, String)>) {
        let pairs = split(text);
        for (key, value) in &pairs.pairs {
            assert_eq!(text.get(key.span.clone()), Some(key.text));
            assert_eq!(text.get(value.span.clone()), Some(value.text));
        }
        let owned = |piece: &Piece<'_>| piece.text.to_owned();
        (
            owned(&pairs.head),
            pairs
                .pairs
                .iter()
                .map(|(key, value)| (owned(key), owned(value)))
                .collect(),
        )
    }

    #[test]
    fn values_go_on_to_the_next_key() {
        let (head, pairs) = texts("api replicas=6 latency = 100 ms, zones=3");
        assert_eq!(head, "api");
        let pairs: Vec<(&str, &str)> = pairs
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
            .collect();
        assert_eq!(
            pairs,
            [("replicas", "6"), ("latency", "100 ms"), ("zones", "3")]
        );
    }

    #[test]
    fn quotes_are_taken_off_and_odd_text_stays_text() {
        assert_eq!(
            texts("api notes=\"a b\"").1,
            [("notes".to_owned(), "a b".to_owned())]
        );
        assert_eq!(texts("é= =x").1.len(), 0);
        assert_eq!(texts("a -> b").0, "a -> b");
        assert_eq!(texts("a k=").1, [("k".to_owned(), String::new())]);
    }

    #[test]
    fn words_know_where_they_stand() {
        let pairs = split("  web  -> lb x=1");
        let words = words(&pairs.head);
        assert_eq!(
            words.iter().map(|word| word.text).collect::<Vec<_>>(),
            ["web", "->", "lb"]
        );
        assert_eq!(words.first().map(|word| word.span.clone()), Some(2..5));
    }
}
