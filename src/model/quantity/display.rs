//! Quantities for people: three significant digits and the unit that suits.
//!
//! Must not know what was typed.

use std::fmt;

use super::arithmetic::Quantity;
use super::decimal::{Decimal, significant};
use super::dimension::Dimension;
use super::unit::Unit;

/// How a figure was written, so that it can be shown the same way.
#[derive(Clone, PartialEq, Debug)]
pub enum Style {
    /// As a number with the unit that suits it best.
    Plain,
    /// As a percentage: `99.99%`.
    Percent,
    /// As a factor: `3x`.
    Factor,
    /// As a ratio: `100:1`.
    Ratio,
    /// In the unit that `to` asked for.
    In(Unit),
}

/// How many digits people are shown.
const DIGITS: u32 = 3;

const MINUTE: f64 = 60.0;
const HOUR: f64 = 3_600.0;
const DAY: f64 = 86_400.0;
const YEAR: f64 = 365.0 * DAY;

/// Sizes, the largest first.
const SIZES: &[(f64, &str)] = &[
    (1e18, "EB"),
    (1e15, "PB"),
    (1e12, "TB"),
    (1e9, "GB"),
    (1e6, "MB"),
    (1e3, "KB"),
    (1.0, "B"),
];

/// Durations below two minutes, the longest first.
const BELOW_MINUTES: &[(f64, &str)] = &[(1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")];

/// Where numbers get too long for words.
const BEYOND: f64 = 1e15;

/// Letters for powers of ten, the largest first.
const MAGNITUDES: &[(f64, &str)] = &[(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")];

/// Shows base units in words for people: `3.86k/s`, `33 GB`, `24 h`, `5 years`, `1.5M`.
impl fmt::Display for Quantity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&shown(*self))
    }
}

impl Style {
    /// Any quantity in this style; where the style does not fit its dimension, plainly.
    #[must_use]
    pub fn show(&self, quantity: Quantity) -> String {
        let is_number = quantity.dimension == Dimension::NUMBER;
        match self {
            Self::Percent if is_number => signed(quantity.value, percent),
            Self::Factor if is_number => signed(quantity.value, |out, value| {
                write_rounded(out, value);
                out.push('x');
            }),
            Self::Ratio if is_number => signed(quantity.value, ratio),
            Self::In(unit) if unit.fits(quantity) => {
                signed(quantity.value / unit.one.value, |out, count| {
                    unit.counted(out, count);
                })
            }
            _ => shown(quantity),
        }
    }
}

impl Unit {
    fn fits(&self, quantity: Quantity) -> bool {
        self.one.dimension == quantity.dimension && self.one.value > 0.0
    }

    /// So many of this unit: `36.5 TB`, `1 day`, `3.33M/day`, `5%`.
    fn counted(&self, out: &mut String, count: f64) {
        if self.symbol == "%" {
            percent(out, count / 100.0);
            return;
        }
        let start = out.len();
        compact(out, count);
        let symbol = self.in_number(out.get(start..) == Some("1"));
        if !symbol.starts_with('/') {
            out.push(' ');
        }
        out.push_str(&symbol);
    }

    /// The symbol with its first word in the singular or the plural, where that word has both.
    fn in_number(&self, one: bool) -> String {
        const WORDS: [&str; 9] = [
            "second", "minute", "hour", "day", "week", "month", "year", "byte", "bit",
        ];
        let (word, below) = self
            .symbol
            .split_at(self.symbol.find('/').unwrap_or(self.symbol.len()));
        let singular = word.strip_suffix('s').unwrap_or(word);
        if !WORDS.contains(&singular) {
            return self.symbol.clone();
        }
        format!("{singular}{}{below}", if one { "" } else { "s" })
    }
}

fn shown(quantity: Quantity) -> String {
    signed(quantity.value, |out, value| {
        plain(out, value, quantity.dimension);
    })
}

/// A value with its sign apart: never a negative zero, and words for what is no number.
fn signed(value: f64, write: impl Fn(&mut String, f64)) -> String {
    let mut out = String::new();
    if value.is_nan() {
        out.push('?');
        return out;
    }
    if value < 0.0 {
        out.push('-');
    }
    if value.is_infinite() {
        out.push('∞');
    } else {
        write(&mut out, value.abs());
    }
    out
}

fn plain(out: &mut String, value: f64, dimension: Dimension) {
    match dimension {
        Dimension::NUMBER => number(out, value),
        Dimension::RATE => rate(out, value),
        Dimension::SIZE => in_best(out, value, SIZES),
        Dimension::THROUGHPUT => throughput(out, value),
        Dimension::DURATION => duration(out, value),
        _ => {
            let symbol = dimension.symbol();
            compact(out, value);
            match symbol.strip_prefix('1') {
                Some(below) => out.push_str(below),
                None => unit(out, &symbol),
            }
        }
    }
}

/// A unit after its number.
fn unit(out: &mut String, symbol: &str) {
    out.push(' ');
    out.push_str(symbol);
}

/// A bare number; just below 1 it keeps its nines, because 0.9999 available is not 1.
fn number(out: &mut String, value: f64) {
    if value > 0.99 && value < 1.0 {
        nines(value).write(out);
    } else {
        compact(out, value);
    }
}

/// A rate, in the unit of time that makes it no small fraction.
fn rate(out: &mut String, per_second: f64) {
    let at_least = |least: f64, period: f64| rounded(per_second * period) >= least;
    let (unit, period) = if per_second == 0.0 || at_least(0.1, 1.0) {
        ("/s", 1.0)
    } else if at_least(1.0, MINUTE) {
        ("/min", MINUTE)
    } else if at_least(0.1, DAY) {
        ("/day", DAY)
    } else {
        ("/year", YEAR)
    };
    compact(out, per_second * period);
    out.push_str(unit);
}

fn throughput(out: &mut String, per_second: f64) {
    if rounded(per_second) >= 1.0 || per_second == 0.0 {
        in_best(out, per_second, SIZES);
        out.push_str("/s");
    } else {
        in_best(out, per_second * DAY, SIZES);
        out.push_str("/day");
    }
}

fn duration(out: &mut String, seconds: f64) {
    match rounded(seconds / YEAR) {
        1.0 => out.push_str("1 year"),
        years if years > 1.0 => in_best(out, seconds, &[(YEAR, "years")]),
        _ if rounded(seconds / DAY) >= 2.0 => in_best(out, seconds, &[(DAY, "days")]),
        _ if seconds == 0.0 => out.push_str("0 s"),
        _ if rounded(seconds) < 2.0 * MINUTE => in_best(out, seconds, BELOW_MINUTES),
        _ => in_best(out, seconds, &[(HOUR, "h"), (MINUTE, "min")]),
    }
}

/// A value in the largest unit of which there is at least one, or else in the smallest.
fn in_best(out: &mut String, value: f64, units: &[(f64, &str)]) {
    let enough = |(one, _): &&(f64, &str)| rounded(value / one) >= 1.0;
    let best = units.iter().find(enough).or(units.last());
    if let Some((one, symbol)) = best {
        compact(out, value / one);
        unit(out, symbol);
    }
}

fn percent(out: &mut String, share: f64) {
    if share > 0.5 && share < 1.0 {
        Decimal::of(nines(share).value() * 100.0, 14).write(out);
    } else {
        write_rounded(out, share * 100.0);
    }
    out.push('%');
}

fn ratio(out: &mut String, value: f64) {
    if value > 0.0 && value < 1.0 {
        out.push_str("1:");
        write_rounded(out, 1.0 / value);
    } else {
        write_rounded(out, value);
        out.push_str(":1");
    }
}

/// A share below 1, with three digits of what it lacks to 1.
fn nines(share: f64) -> Decimal {
    Decimal::of(1.0 - rounded(1.0 - share), 14)
}

/// `950`, `3.86k`, `1.5M`, `0.0123`; scientific beyond trillions and far below 1.
fn compact(out: &mut String, value: f64) {
    let size = rounded(value);
    let fits = |(one, _): &&(f64, &str)| size >= *one && size < BEYOND;
    match MAGNITUDES.iter().find(fits) {
        Some((one, letter)) => {
            write_rounded(out, value / one);
            out.push_str(letter);
        }
        None => write_rounded(out, value),
    }
}

/// A value with three significant digits, or what is beyond floats.
fn write_rounded(out: &mut String, value: f64) {
    if value.is_finite() {
        Decimal::of(value, DIGITS).write(out);
    } else {
        out.push_str("inf");
    }
}

/// A value with three significant digits.
fn rounded(value: f64) -> f64 {
    significant(value, DIGITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_read_well() {
        let table = [
            (Quantity::rate(38.580_246), "38.6/s"),
            (Quantity::rate(3_858.024_6), "3.86k/s"),
            (Quantity::rate(5.0 / 60.0), "5/min"),
            (Quantity::rate(1_000.0 / DAY), "1k/day"),
            (Quantity::rate(1.0 / YEAR), "1/year"),
            (Quantity::rate(0.0), "0/s"),
            (Quantity::size(33e9), "33 GB"),
            (Quantity::size(36.524e12), "36.5 TB"),
            (Quantity::size(999.6), "1 KB"),
            (Quantity::size(500.0), "500 B"),
            (Quantity::size(0.0), "0 B"),
            (Quantity::size(1.5e21), "1.5k EB"),
            (Quantity::throughput(1_902_587.5), "1.9 MB/s"),
            (Quantity::throughput(100.0 / DAY), "100 B/day"),
            (Quantity::duration(0.1), "100 ms"),
            (Quantity::duration(0.9999), "1 s"),
            (Quantity::duration(100.0), "100 s"),
            (Quantity::duration(119.99), "2 min"),
            (Quantity::duration(250.0), "4.17 min"),
            (Quantity::duration(86_400.0), "24 h"),
            (Quantity::duration(30.0 * DAY), "30 days"),
            (Quantity::duration(YEAR), "1 year"),
            (Quantity::duration(5.0 * YEAR), "5 years"),
            (Quantity::duration(2.5e-6), "2.5 µs"),
            (Quantity::duration(0.0), "0 s"),
            (Quantity::number(1.5e6), "1.5M"),
            (Quantity::number(999.6), "1k"),
            (Quantity::number(2e12), "2T"),
            (Quantity::number(1e15), "1e15"),
            (Quantity::number(0.000_012_34), "1.23e-5"),
            (Quantity::number(0.9999), "0.9999"),
            (Quantity::number(-0.0), "0"),
            (Quantity::number(-1_500.0), "-1.5k"),
            (Quantity::number(f64::NAN), "?"),
            (Quantity::number(f64::NEG_INFINITY), "-∞"),
        ];
        for (quantity, expected) in table {
            assert_eq!(quantity.to_string(), expected, "{quantity:?}");
        }
    }

    #[test]
    fn odd_dimensions_are_shown_in_base_units() {
        let odd = |time, size| Quantity {
            value: 5.0,
            dimension: Dimension { time, size },
        };
        assert_eq!(odd(2, 1).to_string(), "5 bytes·s²");
        assert_eq!(odd(-2, 0).to_string(), "5/s²");
    }

    #[test]
    fn a_style_that_does_not_fit_gives_way() {
        assert_eq!(Style::Percent.show(Quantity::size(5e9)), "5 GB");
        assert_eq!(Style::Factor.show(Quantity::number(2.5)), "2.5x");
        assert_eq!(Style::Percent.show(Quantity::number(1.2)), "120%");
        assert_eq!(Style::Percent.show(Quantity::number(0.123_456)), "12.3%");
    }
}
