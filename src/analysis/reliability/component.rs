//! Redundancy inside a component: k out of n instances.
//!
//! Knows counts and probabilities; knows no structure.

use std::f64::consts::{FRAC_2_SQRT_PI, PI, SQRT_2};

/// The variance of the number of instances that are up from which its distribution is approximated: sums would take as
/// many terms as the root of it, and the error, about its inverse, is that of rounding.
const LARGE_VARIANCE: f64 = 1e9;

/// The probability that at least `needed` of `instances` are up, each one independently with probability `up`: the
/// reliability of a k-out-of-n system (Barlow & Proschan 1975, section 2.1). Counts beyond 2^53 are rounded.
///
/// One of n by the complement; else by summing the smaller tail of the binomial distribution from the term at the border,
/// which comes from Loader's saddle-point form (*Fast and accurate computation of binomial probabilities*, 2000); where
/// that would take too many terms, by the saddle-point approximation of the tail (Lugannani & Rice 1980; for lattices,
/// Daniels, *Tail probability approximations*, 1987).
pub fn at_least(needed: u64, instances: u64, up: f64) -> f64 {
    if needed == 0 || (up >= 1.0 && needed <= instances) {
        return 1.0;
    }
    if needed > instances || up <= 0.0 {
        return 0.0;
    }
    let binomial = Binomial {
        n: float(instances),
        up,
        down: 1.0 - up,
    };
    let probability = match needed {
        1 => -(binomial.n * (-up).ln_1p()).exp_m1(),
        all if float(all) >= binomial.n => binomial.all(),
        _ if binomial.variance() > LARGE_VARIANCE => binomial.approximate_tail(float(needed)),
        _ => binomial.tail(float(needed)),
    };
    probability.clamp(0.0, 1.0)
}

/// Seconds of downtime that an availability from 0 to 1 means in a year of 365 days: (1 - A) x 365 x 86,400 s.
pub fn downtime_a_year(availability: f64) -> f64 {
    const YEAR: f64 = 365.0 * 86_400.0;
    (1.0 - availability).clamp(0.0, 1.0) * YEAR
}

/// How many of n instances are up.
#[derive(Clone, Copy)]
pub(super) struct Binomial {
    /// How many instances there are.
    pub n: f64,
    /// The probability that one is up.
    pub up: f64,
    /// The probability that one is down.
    pub down: f64,
}

impl Binomial {
    fn variance(self) -> f64 {
        self.n * self.up * self.down
    }

    /// How far a count lies above the mean. By the less likely outcome, whose probability is the one known best, and
    /// without the rounding of the mean.
    fn above_mean(self, count: f64) -> f64 {
        if self.up <= self.down {
            self.up.mul_add(-self.n, count)
        } else {
            self.down.mul_add(self.n, count - self.n)
        }
    }

    /// The probability that all are up.
    fn all(self) -> f64 {
        let log = if self.up <= self.down {
            self.up.ln()
        } else {
            (-self.down).ln_1p()
        };
        (self.n * log).exp()
    }

    /// P(count or more are up), for 1 < count < n: the smaller tail, or what it leaves.
    pub(super) fn tail(self, count: f64) -> f64 {
        if self.above_mean(count) > 0.0 {
            return self.falling(count);
        }
        let mirrored = Self {
            up: self.down,
            down: self.up,
            ..self
        };
        1.0 - mirrored.falling(self.n - count + 1.0)
    }

    /// The sum of the terms from a count above the mean up: each is smaller than the one before.
    fn falling(self, count: f64) -> f64 {
        let mut term = self.term(count);
        let mut sum = 0.0;
        let mut at = count;
        while term > sum * f64::EPSILON * 1e-3 {
            sum += term;
            term *= (self.n - at) / (at + 1.0) * (self.up / self.down);
            at += 1.0;
        }
        sum
    }

    /// P(exactly count are up), for 0 < count <= n.
    fn term(self, count: f64) -> f64 {
        let rest = self.n - count;
        if rest <= 0.0 {
            return self.all();
        }
        let corrections = stirling_error(self.n) - stirling_error(count) - stirling_error(rest);
        (corrections - self.deviance(count)).exp() * (self.n / (2.0 * PI * count * rest)).sqrt()
    }

    /// How unlikely a count is against the mean, as an exponent: Loader's D0 of both outcomes.
    fn deviance(self, count: f64) -> f64 {
        let above = self.above_mean(count);
        deviance(count, self.n * self.up, above)
            + deviance(self.n - count, self.n * self.down, -above)
    }

    /// P(count or more are up), for 0 < count < n and a large variance.
    pub(super) fn approximate_tail(self, count: f64) -> f64 {
        /// Where the two large terms of the correction would cancel, their limit serves.
        const NEAR: f64 = 0.05;
        let above = self.above_mean(count);
        let deviation = (2.0 * self.deviance(count)).sqrt().copysign(above);
        let density = (-deviation * deviation / 2.0).exp() / (2.0 * PI).sqrt();
        let correction = if deviation.abs() < NEAR {
            (1.0 + self.up) / (3.0 * self.variance().sqrt())
        } else {
            let spread = (count * (self.n - count) / self.n).sqrt();
            count * self.down / (above * spread) - 1.0 / deviation
        };
        upper_normal_tail(deviation) + density * correction
    }
}

/// Loader's D0: x ln(x / mean) + mean - x, where `above` is x - mean; by a series where the terms would cancel.
fn deviance(x: f64, mean: f64, above: f64) -> f64 {
    let ratio = above / (x + mean);
    if ratio.abs() >= 0.1 {
        return x * (x / mean).ln() - above;
    }
    let mut sum = above * ratio;
    let mut power = 2.0 * x * ratio;
    for odd in (3..).step_by(2).map(f64::from) {
        power *= ratio * ratio;
        let next = sum + power / odd;
        if next.to_bits() == sum.to_bits() {
            break;
        }
        sum = next;
    }
    sum
}

/// ln(n!) less Stirling's formula for it, for whole n of at least 1 (Abramowitz & Stegun 6.1.41).
fn stirling_error(n: f64) -> f64 {
    if n < 16.0 {
        let mut factorial = 1.0;
        let mut factor = 2.0;
        while factor <= n {
            factorial *= factor;
            factor += 1.0;
        }
        return f64::ln(factorial) - (n + 0.5) * n.ln() + n - 0.5 * (2.0 * PI).ln();
    }
    let square = n * n;
    let series = 1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / (1188.0 * square)) / square;
    (1.0 / 12.0 - (1.0 / 360.0 - series / square) / square) / n
}

/// P(a standard normal variable > x): a series near the middle (Abramowitz & Stegun 7.1.6), a continued fraction beyond
/// (7.1.14).
pub(super) fn upper_normal_tail(x: f64) -> f64 {
    let far = x.abs() / SQRT_2;
    let tail = if far < 2.5 {
        let mut term = far;
        let mut sum = far;
        for odd in (3..).step_by(2).map(f64::from) {
            term *= 2.0 * far * far / odd;
            sum += term;
            if term <= sum * f64::EPSILON {
                break;
            }
        }
        0.5 - 0.5 * FRAC_2_SQRT_PI * (-far * far).exp() * sum
    } else {
        let fraction = (1..=100)
            .rev()
            .fold(far, |fraction, step| far + 0.5 * f64::from(step) / fraction);
        0.25 * FRAC_2_SQRT_PI * (-far * far).exp() / fraction
    };
    if x < 0.0 { 1.0 - tail } else { tail }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts beyond 2^53 are rounded, as documented"
)]
fn float(count: u64) -> f64 {
    count as f64
}
