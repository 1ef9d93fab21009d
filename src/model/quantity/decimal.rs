//! Numbers by their decimal digits: cut to some significant ones, with the point moved, as text. All of it is exact, as if
//! the digits had been printed and read again, which takes ten times as long.
//!
//! Must not know units, nor how many digits mean something.

/// A whole number of a power of ten; never negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    digits: u64,
    exponent: i32,
}

/// The powers of ten that floats hold exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// Whole numbers below this are floats, and no two of so many digits are the same float.
const EXACT: u64 = 1_000_000_000_000_000;

/// Digits before the point up to which a number is written in full.
const LONGEST: i32 = 15;

/// The same for small numbers: the first digit is the fourth behind the point.
const FIRST: i32 = -3;

/// A value with so many significant digits. What is no number stays as it is.
#[must_use]
pub fn significant(value: f64, digits: u32) -> f64 {
    if !value.is_finite() {
        return value;
    }
    let size = Decimal::of(value.abs(), digits).value();
    size.copysign(value)
}

impl Decimal {
    /// A number that is finite and not negative, with so many significant digits; half goes to the even digit.
    pub(super) fn of(value: f64, digits: u32) -> Self {
        Self::reckoned(value, digits).unwrap_or_else(|| Self::printed(value, digits))
    }

    /// The digits of a number, and perhaps a point, of which so many digits stand behind; none where they are too many.
    pub(super) fn written(text: &[u8], places: usize) -> Option<Self> {
        if text.len() > LONGEST.unsigned_abs() as usize {
            return None;
        }
        let digits = text.iter().filter(|byte| byte.is_ascii_digit());
        let digits = digits.fold(0, |number, byte| number * 10 + u64::from(byte - b'0'));
        let exponent = -i32::try_from(places).ok()?;
        Some(Self { digits, exponent })
    }

    /// The digits that print a number that is finite and not negative, where six places are enough.
    pub(super) fn exact(value: f64) -> Option<Self> {
        (0..=6).find_map(|places| {
            let digits = whole(value * power(places)?)?;
            let decimal = Self {
                digits,
                exponent: -places,
            };
            (decimal.value().to_bits() == value.to_bits()).then_some(decimal)
        })
    }

    /// The same with its point moved.
    pub(super) const fn shifted(self, places: i32) -> Self {
        Self {
            exponent: self.exponent + places,
            ..self
        }
    }

    /// The nearest float.
    pub(super) fn value(self) -> f64 {
        // Both numbers are exact, so that the result is rounded once.
        match power(self.exponent.abs()) {
            Some(power) if self.exponent < 0 => float(self.digits) / power,
            Some(power) => float(self.digits) * power,
            None => {
                let written = format!("{}e{}", self.digits, self.exponent);
                written.parse().unwrap_or(f64::INFINITY)
            }
        }
    }

    /// By moving the point behind the last digit that stays. Nothing where an error of that could change a digit.
    fn reckoned(value: f64, digits: u32) -> Option<Self> {
        if value == 0.0 {
            return Some(Self {
                digits: 0,
                exponent: 0,
            });
        }
        let most = 10_u64.checked_pow(digits).filter(|most| *most <= EXACT)?;
        let digits = i32::try_from(digits).ok()?;
        let mut exponent = least_exponent(value) + 1 - digits;
        let mut scaled = moved(value, -exponent)?;
        if scaled >= float(most) {
            exponent += 1;
            scaled = moved(value, -exponent)?;
        }
        let below = truncated(scaled);
        let rest = scaled - float(below);
        // One rounding, by at most half of a unit in the last place.
        let error = scaled * f64::EPSILON;
        if (rest - 0.5).abs() <= error {
            return None;
        }
        Some(Self {
            digits: below + u64::from(rest > 0.5),
            exponent,
        })
    }

    /// By the standard library.
    fn printed(value: f64, digits: u32) -> Self {
        let places = usize::try_from(digits.saturating_sub(1)).unwrap_or(0);
        let text = format!("{value:.places$e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let places = i32::try_from(places).unwrap_or(0);
        Self {
            digits: mantissa.replace('.', "").parse().unwrap_or(0),
            exponent: exponent.parse().unwrap_or(0) - places,
        }
    }

    /// Writes all the digits, or the scientific form where those would be many.
    pub(super) fn write(self, out: &mut String) {
        let Self { digits, exponent } = self.without_zeros();
        let mut buffer = [0; 20];
        let digits = spelled(digits, &mut buffer);
        // How many digits stand before the point, which may be far off.
        let point = exponent + i32::try_from(digits.len()).unwrap_or(0);
        match usize::try_from(point) {
            _ if !(FIRST..=LONGEST).contains(&point) => {
                with_point(digits, 1, out);
                out.push_str(&format!("e{}", point - 1));
            }
            Ok(point) if point > 0 => with_point(digits, point, out),
            _ => {
                out.push_str("0.");
                (point..0).for_each(|_| out.push('0'));
                out.push_str(digits);
            }
        }
    }

    fn without_zeros(mut self) -> Self {
        while self.digits.is_multiple_of(10) && self.digits != 0 {
            self.digits /= 10;
            self.exponent += 1;
        }
        self
    }
}

/// Digits with a point after so many of them, or zeros up to there.
fn with_point(digits: &str, point: usize, out: &mut String) {
    match digits.split_at_checked(point) {
        Some((whole, rest)) if !rest.is_empty() => {
            out.push_str(whole);
            out.push('.');
            out.push_str(rest);
        }
        _ => {
            out.push_str(digits);
            (digits.len()..point).for_each(|_| out.push('0'));
        }
    }
}

/// A power of ten, as long as it is exact.
fn power(exponent: i32) -> Option<f64> {
    let exponent = usize::try_from(exponent).ok()?;
    POWERS.get(exponent).copied()
}

/// A number with its point moved, rounded once.
fn moved(value: f64, places: i32) -> Option<f64> {
    let power = power(places.abs())?;
    Some(if places < 0 {
        value / power
    } else {
        value * power
    })
}

/// The power of ten at or below a number, or the one below that.
fn least_exponent(value: f64) -> i32 {
    // The binary exponent, times the logarithm of two.
    let bits = i32::try_from((value.to_bits() >> 52) & 0x7ff).unwrap_or(0) - 1023;
    (bits * 1233) >> 12
}

/// A number that is whole and of at most 15 digits.
fn whole(value: f64) -> Option<u64> {
    let digits = truncated(value);
    let is_whole = float(digits).to_bits() == value.to_bits();
    (is_whole && digits < EXACT).then_some(digits)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what is cut off is asked for, and nothing here is negative"
)]
const fn truncated(value: f64) -> u64 {
    value as u64
}

#[expect(
    clippy::cast_precision_loss,
    reason = "digits are fewer than 16, or come from a float"
)]
const fn float(digits: u64) -> f64 {
    digits as f64
}

/// The digits of a number.
fn spelled(mut number: u64, buffer: &mut [u8; 20]) -> &str {
    let mut start = buffer.len();
    for slot in buffer.iter_mut().rev() {
        *slot = b'0' + u8::try_from(number % 10).unwrap_or(0);
        number /= 10;
        start -= 1;
        if number == 0 {
            break;
        }
    }
    let digits = buffer.get(start..).unwrap_or_default();
    std::str::from_utf8(digits).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(value: f64, digits: u32) -> String {
        let mut out = String::new();
        Decimal::of(value, digits).write(&mut out);
        out
    }

    /// What the standard library makes of it.
    fn printed(value: f64, digits: u32) -> f64 {
        let places = digits as usize - 1;
        format!("{value:.places$e}").parse().unwrap()
    }

    fn in_full(value: f64) -> String {
        if value == 0.0 || (1e-4..1e15).contains(&value) {
            value.to_string()
        } else {
            format!("{value:e}")
        }
    }

    /// Numbers as they come, numbers of few digits, and those in the middle between two of them.
    fn number() -> impl Strategy<Value = f64> {
        let typed = (0_u64..2_000_000, -12_i32..12)
            .prop_map(|(digits, exponent)| format!("{digits}e{exponent}").parse().unwrap());
        let halves = (0_u64..20_000, -12_i32..12)
            .prop_map(|(digits, exponent)| format!("{digits}5e{exponent}").parse().unwrap());
        prop_oneof![
            typed,
            halves,
            (any::<f64>()).prop_map(f64::abs),
            (-15.0..20.0_f64).prop_map(|power| 10_f64.powf(power)),
        ]
        // The smallest floats hold fewer digits than fifteen, so that other digits name the same one. The largest are none
        // any more when they are rounded up.
        .prop_filter("finite, and of full precision", |value: &f64| {
            *value == 0.0 || (value.is_normal() && *value < 1e308)
        })
    }

    proptest! {
        #![proptest_config(crate::same_cases(2_000))]

        #[test]
        fn digits_are_those_that_would_be_printed(value in number(), digits in 1_u32..=15) {
            let expected = printed(value, digits);
            prop_assert_eq!(significant(value, digits).to_bits(), expected.to_bits());
            prop_assert_eq!(written(value, digits), in_full(expected));
            prop_assert_eq!(significant(-value, digits).to_bits(), (-expected).to_bits());
        }

        #[test]
        fn the_point_moves_as_if_it_had_been_typed_elsewhere(value in number(), places in -3_i32..13) {
            if let Some(decimal) = Decimal::exact(value) {
                let typed: f64 = format!("{value}e{places}").parse().unwrap();
                prop_assert_eq!(decimal.shifted(places).value().to_bits(), typed.to_bits());
            }
        }
    }

    #[test]
    fn few_digits_need_no_printing() {
        for value in [0.0, 1.0, 99.99, 0.125, 1234.5, 2_592_000.0, 999_999.6] {
            assert!(Decimal::exact(value).is_some(), "{value}");
            assert!(Decimal::reckoned(value, 6).is_some(), "{value}");
        }
        assert_eq!(significant(f64::INFINITY, 3).to_string(), "inf");
    }
}
