//! Numbers and units as people write them: in words, with an `m` for millions, by a time.
//!
//! Knows a number and the word behind it; knows no sentence.

use crate::model::Figure;
use crate::model::quantity::Dimension;

/// Words behind a number that belong to it.
pub(super) const MAGNITUDES: &str = "thousand million millions billion billions trillion mio bn";

/// Numbers in words, which count before a magnitude: "ten million"; elsewhere "one" is hardly ever a number.
const NUMBERS: &[(&str, &str)] = &[
    ("a", "1"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("twenty", "20"),
    ("thirty", "30"),
    ("forty", "40"),
    ("fifty", "50"),
    ("sixty", "60"),
    ("eighty", "80"),
    ("hundred", "100"),
];

/// The digits of a number in a word.
pub(in crate::coach) fn number_in_words(word: &str) -> Option<&'static str> {
    let mut numbers = NUMBERS.iter();
    numbers
        .find(|(number, _)| *number == word)
        .map(|(_, digits)| *digits)
}

/// Whether a number was typed with a small `m` behind it, which is a minute to who counts none.
pub(super) fn is_millions(typed: &str) -> bool {
    let digits = typed.strip_suffix('m').unwrap_or_default();
    !digits.is_empty()
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// The digits before a `B`, which is a billion or a byte.
pub(super) fn before_b(number: &str) -> Option<&str> {
    let digits = number.strip_suffix(['B', 'b'])?;
    let is_number = digits
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    (is_number && digits.parse::<f64>().is_ok()).then_some(digits)
}

/// Whether an amount is given in bits, of which eight are a byte: in `Mbps` and not in `MBps`.
pub(in crate::coach) fn is_in_bits(amount: &str) -> bool {
    amount.contains("bps") || amount.contains("bit")
}

/// So many bytes.
pub(super) fn in_bytes(digits: &str) -> String {
    format!("{digits} B")
}

/// Whether a word is a unit of time.
pub(super) fn is_time(word: &str) -> bool {
    Figure::parse(&format!("1 {word}"))
        .is_ok_and(|figure| figure.quantity.dimension == Dimension::DURATION)
}

/// A number by a time: `50M/day`.
pub(super) fn by_the(number: &str, time: &str) -> Option<String> {
    let sign = if number.contains(' ') { " / " } else { "/" };
    let rate = format!("{number}{sign}{time}");
    Figure::parse(&rate).is_ok().then_some(rate)
}

/// A number with a word behind it that is a unit.
pub(super) fn with_unit(number: &str, word: &str) -> Option<String> {
    let text = format!("{number} {word}");
    let dimension = |text: &str| {
        Figure::parse(text)
            .ok()
            .map(|figure| figure.quantity.dimension)
    };
    let is_unit = word.starts_with(char::is_alphabetic) && dimension(&text)? != dimension(number)?;
    is_unit.then_some(text)
}
