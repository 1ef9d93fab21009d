//! A figure: what was typed, what it is worth, and how to show it the same way.
//!
//! Must not know grammar, nor where figures stand in a design.

use super::arithmetic::Quantity;
use super::display::Style;
use super::error::ExpressionError;
use super::expression::worked_out;
use super::reading::Reading;
use super::scope::{NoNames, Scope};
use super::simple::simple;
use crate::model::spelling::trimmed;

/// A number with its unit, as it was written.
#[derive(Clone, PartialEq, Debug)]
pub struct Figure {
    /// The text as typed, trimmed.
    pub text: String,
    /// What it is worth, in base units.
    pub quantity: Quantity,
    /// How it was written.
    pub style: Style,
}

impl Figure {
    /// Reads a figure; no names are in scope.
    ///
    /// # Errors
    /// When the text has no value, with the part of the text that is at fault.
    pub fn parse(text: &str) -> Result<Self, ExpressionError> {
        evaluate(text, &NoNames)
    }

    /// A value that was worked out of others, with a text that reads back as this very value: as it is shown where three
    /// digits say all of it, else with all digits in the base unit.
    #[must_use]
    pub fn worked_out(quantity: Quantity) -> Self {
        let shown = quantity.to_string();
        let is_all = Self::parse(&shown).is_ok_and(|figure| figure.quantity == quantity);
        let in_full = || {
            let symbol = quantity.dimension.symbol();
            match symbol.strip_prefix('1') {
                Some(below) => format!("{}{below}", quantity.value),
                None => format!("{} {symbol}", quantity.value),
            }
        };
        Self {
            text: if is_all { shown } else { in_full() },
            quantity,
            style: Style::Plain,
        }
    }

    /// The value for people, in the style it was written in. A sole percentage, factor or ratio
    /// keeps its digits; all else is rounded to three.
    #[must_use]
    pub fn shown(&self) -> String {
        self.literal()
            .unwrap_or_else(|| self.style.show(self.quantity))
    }

    /// The text without spaces, when it is nothing but a percentage, a factor or a ratio.
    fn literal(&self) -> Option<String> {
        if matches!(self.style, Style::Plain | Style::In(_)) {
            return None;
        }
        let is_sign = |c: char| c.is_ascii_digit() || "-._,:%xXkKMBT".contains(c);
        let tidy: String = self
            .text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '~' | '≈'))
            .collect();
        let says_this =
            |figure: Self| figure.quantity == self.quantity && figure.style == self.style;
        (tidy.chars().all(is_sign) && Self::parse(&tidy).is_ok_and(says_this)).then_some(tidy)
    }
}

/// Works out an expression.
///
/// # Errors
/// When the text is no expression, a name is unknown, units don't go together, or the result is no
/// finite number. The first fault is reported, with the part of the text that it is in.
pub fn evaluate(text: &str, scope: &dyn Scope) -> Result<Figure, ExpressionError> {
    read(text, scope, Reading::AsWritten).map_err(|error| ExpressionError {
        help: other_reading(text, scope).or(error.help),
        ..error
    })
}

fn other_reading(text: &str, scope: &dyn Scope) -> Option<String> {
    let mut others = Reading::others(text).into_iter();
    others.find_map(|(reading, help)| read(text, scope, reading).is_ok().then_some(help))
}

fn read(text: &str, scope: &dyn Scope, reading: Reading) -> Result<Figure, ExpressionError> {
    let simple = simple(text).filter(|_| reading == Reading::AsWritten);
    let (quantity, style) = match simple {
        Some(simple) => simple,
        None => worked_out(text, scope, reading)?,
    };
    let text = trimmed(text).to_owned();
    Ok(Figure {
        text,
        quantity,
        style,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        Figure::parse(text).expect(text).shown()
    }

    #[test]
    fn figures_are_shown_as_they_were_written() {
        let table = [
            ("99.99%", "99.99%"),
            ("99.990 %", "99.990%"),
            ("~5%", "5%"),
            ("-5%", "-5%"),
            ("3x", "3x"),
            ("100:1", "100:1"),
            ("3 : 2", "3:2"),
            ("99.99% availability", "99.99%"),
            ("3x average", "3x"),
            ("1:100 writes", "1:100"),
            ("100M/month * 500 B * 5 years to TB", "3.04 TB"),
            ("300 TB / 5 years to MB/s", "1.9 MB/s"),
            ("1 day to hours", "24 hours"),
            ("24 h to days", "1 day"),
            ("2 days to day", "2 days"),
            ("100M/month to per second", "38.6/second"),
            ("100M/month to /day", "3.33M/day"),
            (
                "100M users * 10 requests/day to requests/s",
                "11.6k requests/s",
            ),
            ("1 - 97.5% to %", "2.5%"),
            ("24h", "24 h"),
            ("4 GB + 1 GB", "5 GB"),
        ];
        for (text, expected) in table {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn another_quantity_is_shown_in_the_same_style() {
        let stated = Figure::parse("40 TB to TB").expect("a size");
        assert_eq!(stated.style.show(Quantity::size(36.5e12)), "36.5 TB");
        assert_eq!(Style::Percent.show(Quantity::number(0.999_937)), "99.9937%");
        assert_eq!(Style::Ratio.show(Quantity::number(0.001)), "1:1000");
    }

    #[test]
    fn a_text_that_says_something_else_is_not_shown() {
        let figure = Figure {
            text: "50%".to_owned(),
            quantity: Quantity::number(0.25),
            style: Style::Percent,
        };
        assert_eq!(figure.shown(), "25%");
    }
}
