//! A call that is given up after a while and made again.
//!
//! Knows one caller that makes one attempt after the other; knows no load that the retries make.

use super::{Distribution, sum};

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
    pub fn with_retries(&self, timeout: f64, retries: u64) -> (Self, f64) {
        if timeout == f64::INFINITY {
            return (self.clone(), 0.0);
        }
        let timeout = self.grid.steps(timeout);
        let (answered, failure) = self.cut(timeout);
        let count = retries.saturating_add(1);
        let (sum, gives_up) = answered.repeated(timeout, failure, count);
        // What rounding left out of one attempt counts once for each: the two outcomes are made to sum up to 1.
        let all = sum.total() + gives_up;
        let zero = Self::at(self.grid, 0.0);
        let last = zero.later(timeout * as_f64(count));
        let time = Self::weighted(
            self.grid,
            &[(1.0 / all, sum.view()), (gives_up / all, last)],
        );
        (time, gives_up / all)
    }

    /// How often this lasts longer than a timeout, in seconds: the probability that one attempt is given up.
    #[must_use]
    pub fn outlasting(&self, timeout: f64) -> f64 {
        if timeout == f64::INFINITY {
            return 0.0;
        }
        let (answered, failure) = self.cut(self.grid.steps(timeout));
        failure / (answered.total() + failure)
    }

    /// The part below a limit in steps, and the probability of the rest. Only of the points within a step of the limit does
    /// a part count.
    fn cut(&self, limit: f64) -> (Self, f64) {
        let near = (limit - self.offset).clamp(-1.0, f64::from(self.grid.cells));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "from 0 to the number of cells and two"
        )]
        let (from, to) = ((near - 1.0).max(0.0) as usize, (near + 2.0) as usize);
        let (kept, late) = self.mass.split_at(to.min(self.mass.len()));
        let mut mass = kept.to_vec();
        let mut rest = self.beyond + sum(late);
        for (point, mass) in mass.iter_mut().enumerate().skip(from) {
            let span = self.span(point);
            let width = (span.high - span.low).max(ROUNDING);
            let share = ((limit - span.low + 2.0 * ROUNDING) / width).clamp(0.0, 1.0);
            rest += span.mass * (1.0 - share);
            *mass *= share;
        }
        let part = Self {
            mass,
            beyond: 0.0,
            ..*self
        };
        // Above 1 by no more than rounding, which so many attempts would raise to infinity.
        (part, rest.min(1.0))
    }

    /// `count` times this, each later than the one before and as much less likely; and how likely the next one would be.
    /// By doubling, so that any count takes few steps and each part is moved to its place at once.
    fn repeated(&self, later: f64, less: f64, count: u64) -> (Self, f64) {
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
                sum = after(self, less, &sum, later);
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
