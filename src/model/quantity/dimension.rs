//! What kind of thing a number counts: the exponents of seconds and bytes.
//!
//! Must not know any unit, nor how quantities are written.

/// Exponents of the base units.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Dimension {
    /// The exponent of seconds.
    pub time: i8,
    /// The exponent of bytes.
    pub size: i8,
}

/// The dimensions that people have words for: the dimension, its article and its word.
const NAMED: [(Dimension, &str); 5] = [
    (Dimension::NUMBER, "number"),
    (Dimension::DURATION, "duration"),
    (Dimension::SIZE, "size"),
    (Dimension::RATE, "rate"),
    (Dimension::THROUGHPUT, "throughput"),
];

impl Dimension {
    /// A bare number.
    pub const NUMBER: Self = Self { time: 0, size: 0 };
    /// Seconds.
    pub const DURATION: Self = Self { time: 1, size: 0 };
    /// Bytes.
    pub const SIZE: Self = Self { time: 0, size: 1 };
    /// Times a second.
    pub const RATE: Self = Self { time: -1, size: 0 };
    /// Bytes a second.
    pub const THROUGHPUT: Self = Self { time: -1, size: 1 };

    /// What people call it, with its article: "a rate"; its units where it has no name: "bytes·s²".
    #[must_use]
    pub fn name(self) -> String {
        let named = NAMED.iter().find(|(dimension, _)| *dimension == self);
        named.map_or_else(|| self.symbol(), |(_, word)| format!("a {word}"))
    }

    /// The dimension that goes by a word: `number`, `duration`, `size`, `rate` or `throughput`.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        let named = NAMED.iter().find(|(_, name)| *name == word);
        named.map(|(dimension, _)| *dimension)
    }

    /// The base units: "bytes·s²", "bytes/s²", "1/s²", "1/(bytes·s)".
    pub(super) fn symbol(self) -> String {
        let factors = [(self.size, "bytes"), (self.time, "s")];
        let powers = |negative: bool| -> Vec<String> {
            let on_this_side = factors
                .iter()
                .filter(|(exponent, _)| *exponent != 0 && (*exponent < 0) == negative);
            on_this_side
                .map(|(exponent, unit)| power(unit, *exponent))
                .collect()
        };
        let (above, below) = (powers(false), powers(true));
        let above_text = if above.is_empty() {
            "1".to_owned()
        } else {
            above.join("·")
        };
        match below.as_slice() {
            [] => above_text,
            [one] => format!("{above_text}/{one}"),
            several => format!("{above_text}/({})", several.join("·")),
        }
    }

    /// The dimension of a product; none when an exponent runs out of bounds.
    pub(super) fn times(self, other: Self) -> Option<Self> {
        Some(Self {
            time: self.time.checked_add(other.time)?,
            size: self.size.checked_add(other.size)?,
        })
    }

    /// The dimension of a quotient; none when an exponent runs out of bounds.
    pub(super) fn over(self, other: Self) -> Option<Self> {
        Some(Self {
            time: self.time.checked_sub(other.time)?,
            size: self.size.checked_sub(other.size)?,
        })
    }
}

fn power(unit: &str, exponent: i8) -> String {
    let size = exponent.unsigned_abs();
    if size == 1 {
        return unit.to_owned();
    }
    let digits = size.to_string();
    let raised = digits.chars().map(|digit| match digit {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        _ => '⁰',
    });
    format!("{unit}{}", raised.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_named_dimension_is_found_by_its_name() {
        for (dimension, word) in NAMED {
            assert_eq!(Dimension::from_name(word), Some(dimension));
            assert_eq!(dimension.name(), format!("a {word}"));
        }
        assert_eq!(Dimension::from_name("speed"), None);
    }

    #[test]
    fn dimensions_without_a_name_are_spelled_in_base_units() {
        let spelled = |time, size| Dimension { time, size }.name();
        assert_eq!(spelled(2, 1), "bytes·s²");
        assert_eq!(spelled(-2, 1), "bytes/s²");
        assert_eq!(spelled(-2, 0), "1/s²");
        assert_eq!(spelled(-1, -1), "1/(bytes·s)");
        assert_eq!(spelled(0, -1), "1/bytes");
        assert_eq!(spelled(-10, 127), "bytes¹²⁷/s¹⁰");
    }

    #[test]
    fn exponents_out_of_bounds_are_refused() {
        let last = Dimension { time: 127, size: 0 };
        assert_eq!(last.times(Dimension::DURATION), None);
        assert_eq!(last.over(Dimension::RATE), None);
    }
}
