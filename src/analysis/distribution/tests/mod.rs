//! Distributions against closed forms, against simulated durations, and what holds for any of them.
//!
//! Knows exact answers; knows nothing of how the code comes to its own.

mod closed_forms;
mod constants;
mod expression;
mod properties;
mod simulated;

use super::{Distribution, Grid};

/// What the program only asks for together with other things.
impl Distribution {
    /// An exponential distribution with this mean, in seconds.
    fn exponential(grid: Grid, mean: f64) -> Self {
        Self::at(grid, 0.0).plus_exponential(mean)
    }

    /// This and an independent exponential with this mean, in seconds.
    fn plus_exponential(&self, mean: f64) -> Self {
        self.clone().plus_stay(mean, None)
    }

    /// This and an independent wait: with a probability an exponential with a mean in seconds, else nothing.
    fn plus_wait(&self, wait: (f64, f64)) -> Self {
        self.clone().plus_stay(0.0, Some(wait))
    }

    /// The duration, in seconds, that is not exceeded with probability `p`.
    fn quantile(&self, p: f64) -> Option<f64> {
        let [found] = self.quantiles([p]);
        found
    }

    /// The probability of a duration beyond the grid.
    fn beyond(&self) -> f64 {
        self.beyond
    }
}
