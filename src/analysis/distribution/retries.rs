//! A call that is given up after a while and made again.
//!
//! Knows one caller that makes one attempt after the other; knows no load that the retries make.

use std::ops::Range;

use super::{Distribution, NOTHING, sum};

/// The part of a step within which an answer at the timeout still counts as in time.
const ROUNDING: f64 = 1e-9;

impl Distribution {
    /// The time until an answer, or until the caller gives up, where an attempt takes as long as this, is given up after
    /// `timeout` seconds and is followed at once by another, up to `retries` times; and the probability that the caller
    /// gives up. Attempts are independent. The time of a success at attempt `k` is `k - 1` timeouts and what remains of
    /// this below the timeout.
    ///
    /// What lies beyond the grid counts as given up when there is a finite timeout, wherever it lies: an upper bound.
    #[must_use]
    pub fn with_retries(self, timeout: f64, retries: u64) -> (Self, f64) {
        if timeout == f64::INFINITY {
            return (self, 0.0);
        }
        let timeout = self.grid.steps(timeout);
        let count = retries.saturating_add(1);
        let gives_up = |failure: f64| failure.powi(i32::try_from(count).unwrap_or(i32::MAX));
        let failure = self.later_than(timeout);
        let is_beyond = timeout >= f64::from(self.grid.cells) + self.offset;
        if failure <= NOTHING || is_beyond {
            // All that the timeout changes does not count, or lies beyond the grid.
            return (self, gives_up(failure));
        }
        let answered = self.sooner_than(timeout);
        let (sum, gives_up) = answered.repeated(timeout, failure, count);
        // What rounding left out of one attempt counts once for each: the two outcomes are made to sum up to 1.
        let all = sum.total() + gives_up;
        let zero = Self::at(sum.grid, 0.0);
        let last = zero.later(timeout * as_f64(count));
        (sum.or(1.0 / all, last, gives_up / all), gives_up / all)
    }

    /// How often this lasts longer than a timeout, in seconds: the probability that one attempt is given up.
    #[must_use]
    pub fn outlasting(&self, timeout: f64) -> f64 {
        if timeout == f64::INFINITY {
            return 0.0;
        }
        self.later_than(self.grid.steps(timeout))
    }

    /// The points within a step of a limit in steps: of them alone a part lies on each side.
    fn near(&self, limit: f64) -> Range<usize> {
        let near = (limit - self.offset).clamp(-1.0, f64::from(self.grid.cells));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "from 0 to the number of cells and two"
        )]
        let (from, to) = ((near - 1.0).max(0.0) as usize, (near + 2.0) as usize);
        from.min(self.mass.len())..to.min(self.mass.len())
    }

    /// The share of the mass of a point that lies below a limit in steps.
    fn share_below(&self, limit: f64, point: usize) -> f64 {
        let span = self.span(point);
        let width = (span.high - span.low).max(ROUNDING);
        ((limit - span.low + 2.0 * ROUNDING) / width).clamp(0.0, 1.0)
    }

    /// The part below a limit in steps.
    fn sooner_than(mut self, limit: f64) -> Self {
        let near = self.near(limit);
        let shares: Vec<f64> = near
            .clone()
            .map(|point| self.share_below(limit, point))
            .collect();
        self.mass.truncate(near.end);
        for (mass, share) in self.mass.iter_mut().skip(near.start).zip(shares) {
            *mass *= share;
        }
        self.beyond = 0.0;
        self
    }

    /// The probability of what lies above a limit in steps.
    fn later_than(&self, limit: f64) -> f64 {
        let near = self.near(limit);
        let late = self.mass.get(near.end..).unwrap_or_default();
        let points = self.mass.iter().enumerate().take(near.end).skip(near.start);
        let parts = points.map(|(point, mass)| mass * (1.0 - self.share_below(limit, point)));
        let probability = self.beyond + sum(late) + parts.sum::<f64>();
        // Above 1 by no more than rounding, which so many attempts would raise to infinity.
        probability.min(1.0)
    }

    /// `count` times this, each later than the one before and as much less likely; and how likely the next one would be.
    /// By doubling, so that any count takes few steps and each part is moved to its place at once.
    fn repeated(self, later: f64, less: f64, count: u64) -> (Self, f64) {
        if count == 1 {
            return (self, less);
        }
        let after = |first: &Self, weight: f64, second: &Self, steps: f64| {
            Self::weighted(
                self.grid,
                &[(1.0, first.view()), (weight, second.later(steps))],
            )
        };
        let (mut sum, mut power) = (self.clone(), less);
        for bit in (0..count.ilog2()).rev() {
            sum = after(&sum, power, &sum, later * as_f64(count >> (bit + 1)));
            power *= power;
            if count >> bit & 1 == 1 {
                sum = after(&self, less, &sum, later);
                power *= less;
            }
        }
        (sum, power)
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "beyond 2^53 attempts one more or less is nothing"
)]
fn as_f64(count: u64) -> f64 {
    count as f64
}
