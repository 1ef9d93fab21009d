//! What is read off a distribution: its mean, its percentiles, what lies beyond the grid.
//!
//! Knows how the mass of a point is spread around it; knows no way of making a distribution.

use super::Distribution;

/// Rounding in a sum of probabilities.
const ROUNDING: f64 = 1e-12;

/// The durations that the mass of a point stands for, in steps of the grid.
pub(super) struct Span {
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Distribution {
    /// Several such durations; the probabilities grow.
    #[must_use]
    pub fn quantiles<const N: usize>(&self, probabilities: [f64; N]) -> [Option<f64>; N] {
        let (mut below, mut point, mut last) = (0.0, 0, 0);
        probabilities.map(|p| {
            let wanted = p.clamp(0.0, 1.0);
            while let Some(mass) = self.mass.get(point) {
                if *mass > 0.0 {
                    if below + mass >= wanted {
                        return Some(self.duration(point, (wanted - below) / mass));
                    }
                    last = point;
                }
                below += mass;
                point += 1;
            }
            (wanted <= below + ROUNDING).then(|| self.duration(last, 1.0))
        })
    }

    /// The duration below which a share of the mass of a point lies, in seconds.
    fn duration(&self, point: usize, share: f64) -> f64 {
        let span = self.span(point);
        (span.low + share * (span.high - span.low)) * self.grid.step
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

    /// Where the mass of a point lies: evenly from half a step below it to half a step above. On a side where it stands out
    /// from its neighbour by more than twice it is taken for a constant or an edge and reaches less far, down to not at all:
    /// what never lasts longer than 5 ms has no percentile above 5 ms.
    pub(super) fn span(&self, point: usize) -> Span {
        let mass_at = |at: usize| self.mass.get(at).copied().unwrap_or(0.0);
        let mass = mass_at(point);
        let middle = u16::try_from(point).map_or(0.0, f64::from) + self.offset;
        let below = point.checked_sub(1).map_or(0.0, mass_at);
        Span {
            low: middle - reach(mass, below),
            high: middle + reach(mass, mass_at(point + 1)),
        }
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
