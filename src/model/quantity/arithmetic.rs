//! A number with its dimension, and the arithmetic that keeps both right.
//!
//! Must not know text: faults are told apart here and put into words where the text is known.

use super::decimal::Decimal;
use super::dimension::Dimension;

/// A number with its dimension.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Quantity {
    /// The number, in base units: seconds and bytes.
    pub value: f64,
    /// What it counts.
    pub dimension: Dimension,
}

/// Why an operation has no result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fault {
    /// The two sides of a sum differ in dimension.
    Dimensions,
    /// The divisor is zero.
    ZeroDivisor,
    /// The result is beyond what a float holds.
    TooLarge,
    /// Nothing finite comes out.
    Undefined,
    /// An exponent of a unit is out of bounds.
    TooManyUnits,
}

impl Quantity {
    /// A bare number.
    #[must_use]
    pub const fn number(value: f64) -> Self {
        Self::new(value, Dimension::NUMBER)
    }

    /// So many times a second.
    #[must_use]
    pub const fn rate(per_second: f64) -> Self {
        Self::new(per_second, Dimension::RATE)
    }

    /// So many bytes.
    #[must_use]
    pub const fn size(bytes: f64) -> Self {
        Self::new(bytes, Dimension::SIZE)
    }

    /// So many seconds.
    #[must_use]
    pub const fn duration(seconds: f64) -> Self {
        Self::new(seconds, Dimension::DURATION)
    }

    /// So many bytes a second.
    #[must_use]
    pub const fn throughput(bytes_per_second: f64) -> Self {
        Self::new(bytes_per_second, Dimension::THROUGHPUT)
    }

    const fn new(value: f64, dimension: Dimension) -> Self {
        Self { value, dimension }
    }

    pub(super) fn plus(self, other: Self) -> Result<Self, Fault> {
        if self.dimension != other.dimension {
            return Err(Fault::Dimensions);
        }
        finite(self.value + other.value, Some(self.dimension))
    }

    pub(super) fn minus(self, other: Self) -> Result<Self, Fault> {
        self.plus(other.negated())
    }

    pub(super) fn times(self, other: Self) -> Result<Self, Fault> {
        finite(
            self.value * other.value,
            self.dimension.times(other.dimension),
        )
    }

    pub(super) fn over(self, other: Self) -> Result<Self, Fault> {
        if other.value == 0.0 {
            return Err(Fault::ZeroDivisor);
        }
        finite(
            self.value / other.value,
            self.dimension.over(other.dimension),
        )
    }

    /// A bare number raised to a bare number.
    pub(super) fn power(base: f64, exponent: f64) -> Result<Self, Fault> {
        if base == 0.0 && exponent < 0.0 {
            return Err(Fault::ZeroDivisor);
        }
        finite(base.powf(exponent), Some(Dimension::NUMBER))
    }

    /// The value with its decimal point moved, as exact as if it had been typed so: 99.99% is
    /// the same number as 0.9999, and 1.005k is whole.
    pub(super) fn shifted(self, exponent: i32) -> Result<Self, Fault> {
        let size = match Decimal::exact(self.value.abs()) {
            Some(decimal) => decimal.shifted(exponent).value(),
            None => {
                let typed = format!("{}e{exponent}", self.value.abs());
                typed.parse().unwrap_or(f64::NAN)
            }
        };
        finite(size.copysign(self.value), Some(self.dimension))
    }

    pub(super) fn negated(self) -> Self {
        Self::new(-self.value, self.dimension)
    }
}

/// Refuses what is no number, and makes a negative zero an ordinary one.
fn finite(value: f64, dimension: Option<Dimension>) -> Result<Quantity, Fault> {
    let dimension = dimension.ok_or(Fault::TooManyUnits)?;
    if value.is_nan() {
        return Err(Fault::Undefined);
    }
    if value.is_infinite() {
        return Err(Fault::TooLarge);
    }
    Ok(Quantity::new(value + 0.0, dimension))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_and_quotients_carry_their_dimensions() {
        let month = Quantity::duration(2_592_000.0);
        let rate = Quantity::number(100e6).over(month).expect("a rate");
        assert_eq!(rate.dimension, Dimension::RATE);
        let grown = rate.times(Quantity::size(500.0)).expect("a throughput");
        assert_eq!(grown.dimension, Dimension::THROUGHPUT);
    }

    #[test]
    fn unlike_dimensions_do_not_add() {
        let sum = Quantity::size(1.0).plus(Quantity::duration(1.0));
        assert_eq!(sum, Err(Fault::Dimensions));
    }

    #[test]
    fn results_beyond_floats_are_faults() {
        let huge = Quantity::number(1e300);
        assert_eq!(huge.times(huge), Err(Fault::TooLarge));
        assert_eq!(huge.over(Quantity::number(0.0)), Err(Fault::ZeroDivisor));
        assert_eq!(huge.over(Quantity::number(-0.0)), Err(Fault::ZeroDivisor));
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "exact is what is claimed")]
    fn moving_the_point_is_exact() {
        let shifted = |value: f64, exponent| {
            Quantity::number(value)
                .shifted(exponent)
                .expect("finite")
                .value
        };
        assert_eq!(shifted(99.99, -2), 0.9999);
        assert_eq!(shifted(1.005, 3), 1_005.0);
        assert_eq!(Quantity::number(1e300).shifted(12), Err(Fault::TooLarge));
    }

    #[test]
    fn zero_has_no_sign() {
        let zero = Quantity::number(-5.0).times(Quantity::number(0.0));
        assert!(zero.is_ok_and(|zero| zero.value.is_sign_positive()));
    }
}
