//! What holds for any text, sense or nonsense.

use std::ops::Range;

use proptest::prelude::*;

use super::super::expression::worked_out;
use super::super::reading::Reading;
use super::super::simple::simple;
use super::super::{Figure, NoNames, Quantity, evaluate, names_in};
use super::{Estimates, close};

const PIECES: [&str; 64] = [
    "1",
    "2.5",
    "0",
    "1e9",
    "1e300",
    "1,000",
    "5_0",
    ".5",
    "k",
    "M",
    "B",
    "T",
    "million",
    "%",
    "x",
    "+",
    "-",
    "*",
    "/",
    "×",
    "÷",
    "^",
    "**",
    ":",
    "(",
    ")",
    "of",
    "per",
    "to",
    "in",
    "B",
    "KB",
    "GiB",
    "Gbit",
    "Mbps",
    "bytes",
    "ms",
    "s",
    "m",
    "min",
    "day",
    "month",
    "years",
    "qps",
    "users",
    "read_qps",
    "record_size",
    "nothing",
    "broken",
    "requests",
    "Gb",
    "seconsd",
    "~",
    "≈",
    ",",
    ".",
    "_",
    "é",
    "µs",
    "–",
    "$",
    "\n",
    "active user",
    "sign-ups",
];

fn soup() -> impl Strategy<Value = String> {
    let piece = (prop::sample::select(PIECES.to_vec()), any::<bool>());
    prop::collection::vec(piece, 0..14).prop_map(|pieces| {
        let spaced =
            |(piece, space): (&str, bool)| format!("{piece}{}", if space { " " } else { "" });
        pieces.into_iter().map(spaced).collect()
    })
}

/// Sums of products of amounts, most of which have a value.
fn sensible() -> impl Strategy<Value = String> {
    let number = prop::sample::select(vec!["3", "2.5", "10k", "100M", "1.5B", "20%", "3x", "7:2"]);
    let unit = prop::sample::select(vec![
        "", " B", " GB", " GiB", " ms", " days", " qps", "/s", "/day", " posts",
    ]);
    let operator = prop::sample::select(vec![" * ", " / ", " + ", " - ", " per ", "*"]);
    let target = prop::sample::select(vec![
        "",
        "",
        "",
        " to GB",
        " to MiB",
        " to /day",
        " to years",
        " to TB/year",
        " to qps",
        " to %",
    ]);
    let part = (number, unit, operator)
        .prop_map(|(number, unit, operator)| format!("{number}{unit}{operator}"));
    let parts = prop::collection::vec(part, 0..4).prop_map(|parts| parts.concat());
    (parts, 1..9_999_u32, target).prop_map(|(parts, last, target)| format!("{parts}{last}{target}"))
}

/// What simple figures look like, and what only looks like one.
fn simple_looking() -> impl Strategy<Value = String> {
    let number = prop::sample::select(vec![
        "3",
        "0",
        "007",
        "99.95",
        "100",
        "0.1",
        "1500",
        "1_000",
        "1,000",
        "1.2.3",
        "5.",
        ".5",
        "1e5",
        "123456789012345",
        "1234567890123456",
        "-1",
        "~7",
        "2^3",
        "",
    ]);
    let space = prop::sample::select(vec!["", " ", "  ", "\t"]);
    let unit = prop::sample::select(vec![
        "", "%", "x", "X", "k", "K", "M", "B", "T", "s", "ms", "h", "m", "min", "day", "days",
        "month", "year", "years", "KB", "kB", "MB", "GB", "GiB", "TB", "Gb", "users", "nothing",
        "M users", "h30m",
    ]);
    let below = prop::sample::select(vec![
        "", "/s", "/ s", " / day", "/month", "/k", "/B", "/GB", "/x", "/users", "/nothing", "/s/s",
        " per s", " to GB", " ",
    ]);
    (number, space, unit, below)
        .prop_map(|(number, space, unit, below)| format!("{number}{space}{unit}{below}"))
}

fn is_inside(span: &Range<usize>, text: &str) -> bool {
    text.get(span.clone()).is_some()
}

/// Whether a quantity has a dimension that can be typed again.
fn has_name(quantity: Quantity) -> bool {
    quantity.dimension.name().starts_with("a ")
}

proptest! {
    #![proptest_config(crate::same_cases(256))]

    #[test]
    fn any_text_has_a_finite_value_or_an_error_inside_it(text in prop_oneof![soup(), sensible(), ".{0,40}"]) {
        match evaluate(&text, &Estimates) {
            Ok(figure) => {
                prop_assert!(figure.quantity.value.is_finite());
                prop_assert!(!figure.shown().is_empty());
            }
            Err(error) => {
                prop_assert!(is_inside(&error.span, &text), "{:?}", error);
                prop_assert!(!error.message.is_empty());
                prop_assert!(error.help.is_some(), "{}", error.message);
            }
        }
        prop_assert!(names_in(&text).iter().all(|name| text.contains(name.as_str())));
    }

    #[test]
    fn simple_figures_are_what_the_grammar_makes_of_them(text in prop_oneof![simple_looking(), soup(), sensible()]) {
        if let Some((quantity, style)) = simple(&text) {
            let (expected, expected_style) = worked_out(&text, &Estimates, Reading::AsWritten).expect(&text);
            prop_assert_eq!(quantity.value.to_bits(), expected.value.to_bits(), "{:?}", &text);
            prop_assert_eq!((quantity.dimension, style), (expected.dimension, expected_style), "{:?}", &text);
            prop_assert!(names_in(&text).is_empty());
        }
    }

    #[test]
    fn what_is_shown_reads_back_within_rounding(text in prop_oneof![soup(), sensible()]) {
        let figure = match evaluate(&text, &NoNames) {
            Ok(figure) if has_name(figure.quantity) => figure,
            _ => return Ok(()),
        };
        let shown = figure.shown();
        let again = Figure::parse(&shown);
        prop_assert!(again.is_ok(), "{text:?} is shown as {shown:?}: {again:?}");
        let again = again.expect("just checked").quantity;
        prop_assert_eq!(again.dimension, figure.quantity.dimension);
        prop_assert!(close(again.value, figure.quantity.value, 0.0051), "{:?} is shown as {:?}", text, shown);
    }

    #[test]
    fn quantities_of_any_size_read_back(digits in 1.0..10.0_f64, power in -12..24_i32, kind in 0..5_usize, negative: bool) {
        let value = digits * 10_f64.powi(power) * if negative { -1.0 } else { 1.0 };
        let makers = [Quantity::number, Quantity::rate, Quantity::size, Quantity::duration, Quantity::throughput];
        let quantity = makers.get(kind).expect("five kinds")(value);
        let again = Figure::parse(&quantity.to_string()).expect("shown quantities are expressions").quantity;
        prop_assert_eq!(again.dimension, quantity.dimension);
        prop_assert!(close(again.value, value, 0.0051), "{value} is shown as {quantity}");
        let full = Figure::parse(&Figure::worked_out(quantity).text).expect("a text for files is an expression").quantity;
        prop_assert_eq!((full.dimension, full.value.to_bits()), (quantity.dimension, value.to_bits()));
    }

    #[test]
    fn spaces_around_operators_change_no_sum(numbers in prop::collection::vec(1..1_000_u32, 1..6)) {
        let written: Vec<String> = numbers.iter().map(u32::to_string).collect();
        let values = ["+", " + ", " +", "  +  "].map(|plus| Figure::parse(&written.join(plus)).map(|figure| figure.quantity));
        let sum = numbers.iter().map(|number| f64::from(*number)).sum();
        prop_assert!(values.iter().all(|value| *value == Ok(Quantity::number(sum))));
    }
}

#[test]
fn most_figures_are_simple() {
    for text in [
        "3",
        " 12 ",
        "99.95%",
        "3x",
        "10k",
        "1.5B",
        "500 B",
        "50ms",
        "4 h",
        "2000/s",
        "100M/month",
        "5 MB/s",
    ] {
        assert!(simple(text).is_some(), "{text}");
    }
}
