//! What is read off a distribution: its mean, its percentiles, what lies beyond the grid.
//!
//! Knows how the mass of a point is spread around it; knows no way of making a distribution.

use super::Distribution;

/// Rounding in a sum of probabilities.
const ROUNDING: f64 = 1e-12;

/// The mass of a point and the durations that it stands for, in steps of the grid.
pub(super) struct Span {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) mass: f64,
}

impl Distribution {
    /// The duration, in seconds, that is not exceeded with probability `p`: 0.99 for the 99th percentile. `None` when it
    /// lies beyond the grid.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<f64> {
        // Added up in the order of the search below, so that rounding is the same.
        let within = self.mass.iter().sum::<f64>();
        let wanted = p.clamp(0.0, 1.0);
        if wanted > within + ROUNDING {
            return None;
        }
        let wanted = wanted.min(within);
        let mut below = 0.0;
        for span in self.spans() {
            if span.mass > 0.0 && below + span.mass >= wanted {
                let share = (wanted - below) / span.mass;
                return Some((span.low + share * (span.high - span.low)) * self.grid.step);
            }
            below += span.mass;
        }
        None
    }

    /// The mean in seconds; what lies beyond the grid counts as at its end.
    #[must_use]
    pub fn mean(&self) -> f64 {
        let points = (0_u16..).map(f64::from).zip(&self.mass);
        let steps: f64 = points
            .map(|(point, mass)| (point + self.offset) * mass)
            .sum();
        steps * self.grid.step + self.beyond * self.grid.end()
    }

    /// The probability of a duration beyond the grid.
    #[must_use]
    pub fn beyond(&self) -> f64 {
        self.beyond
    }

    /// Where the mass of each point lies: evenly from half a step below it to half a step above. On a side where it stands
    /// out from its neighbour by more than twice it is taken for a constant or an edge and reaches less far, down to not at
    /// all: what never lasts longer than 5 ms has no percentile above 5 ms.
    pub(super) fn spans(&self) -> impl Iterator<Item = Span> {
        let before = std::iter::once(&0.0).chain(&self.mass);
        let after = self.mass.iter().skip(1).chain(std::iter::once(&0.0));
        let points = (0_u16..).map(f64::from).zip(&self.mass);
        points
            .zip(before.zip(after))
            .map(|((point, &mass), (before, after))| Span {
                low: point + self.offset - reach(mass, *before),
                high: point + self.offset + reach(mass, *after),
                mass,
            })
    }
}

/// How far a mass reaches towards its neighbour, in steps.
fn reach(mass: f64, neighbour: f64) -> f64 {
    if neighbour >= 0.5 * mass {
        0.5
    } else {
        neighbour / mass
    }
}
