//! Figures of one number with at most one unit and what it is divided by: `3`, `99.9%`, `500 B`, `100M/month`. Nearly every
//! figure of a design is one, and is read here at once. All else is left to the grammar, every mistake included, and what
//! is read here is what the grammar makes of it.
//!
//! Must not know names, nor what to complain of.

use super::arithmetic::Quantity;
use super::decimal::Decimal;
use super::display::Style;
use super::lexer::LONGEST;
use super::unit::{self, Meaning};
use crate::model::spelling::trimmed;

/// The value of a figure and how to show it, if it is a simple one. No name can stand in those.
pub(super) fn simple(text: &str) -> Option<(Quantity, Style)> {
    if text.len() > LONGEST {
        return None;
    }
    let (number, after) = number(trimmed(text))?;
    let unit = after.trim_start_matches(' ');
    let (decimal, style) = match unit {
        "" => (number, Style::Plain),
        "%" => (number.shifted(-2), Style::Percent),
        "x" => (number, Style::Factor),
        _ => {
            let is_attached = unit.len() == after.len();
            return Some((with_unit(number, unit, is_attached)?, Style::Plain));
        }
    };
    Some((Quantity::number(decimal.value()), style))
}

/// A number with a power of ten or a unit, either of them perhaps divided by another unit.
fn with_unit(number: Decimal, unit: &str, is_attached: bool) -> Option<Quantity> {
    let (above, below) = match unit.split_once('/') {
        Some((above, below)) => (above.trim_end_matches(' '), Some(below)),
        None => (unit, None),
    };
    let quantity = match above {
        "" => Quantity::number(number.value()),
        "B" if is_attached => Quantity::number(number.shifted(9).value()),
        word => match unit::common(word)? {
            Meaning::Magnitude(exponent) => Quantity::number(number.shifted(exponent).value()),
            Meaning::Unit(one) => Quantity::number(number.value()).times(one).ok()?,
            _ => return None,
        },
    };
    let Some(below) = below else {
        return Some(quantity);
    };
    match unit::common(below.trim_start_matches(' '))? {
        Meaning::Unit(one) => quantity.over(one).ok(),
        _ => None,
    }
}

/// Digits, perhaps with a point between them, and what follows them.
fn number(text: &str) -> Option<(Decimal, &str)> {
    let bytes = text.as_bytes();
    let digits = |start: usize| {
        let rest = bytes.get(start..).unwrap_or_default();
        rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let whole = digits(0);
    let places = match bytes.get(whole) {
        Some(b'.') => Some(digits(whole + 1)).filter(|places| *places > 0)?,
        _ => 0,
    };
    let end = whole + places + usize::from(places > 0);
    let written = bytes.get(..end).filter(|_| whole > 0)?;
    let decimal = Decimal::written(written, places)?;
    Some((decimal, text.get(end..)?))
}
