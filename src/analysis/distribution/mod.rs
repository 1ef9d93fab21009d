//! Distributions of durations on a uniform grid: percentiles are read off the distribution of the whole, never added up.
//!
//! A distribution is a mass at each of 1024 points (a rough one: 256), a step apart, and a mass beyond the last. Its points
//! may lie a fraction of a step off the grid's, so that constants are exact. What is continuous is put on the points with
//! its mean and its variance kept; both are then exact in every sum, whatever the number of steps.
//!
//! Knows seconds and probabilities; knows no design and no percentile that matters more than another.

mod combined;
mod fourier;
mod reading;
mod retries;
#[cfg(test)]
mod tests;

/// How many points a distribution has: a power of two, for the Fourier transform.
const CELLS: u16 = 1024;
/// How many points a rough one has.
const FEW_CELLS: u16 = 256;
/// An exponential is no more than the rounding of 1 after so many means.
const MEANS: f64 = 46.0;
/// Longer than this many steps on average is all beyond the grid; keeps the arithmetic away from infinity.
const LONGEST: f64 = 1e12;

/// The durations that distributions of one computation can tell apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    step: f64,
    cells: u16,
}

impl Grid {
    /// A grid of 1024 steps up to so many seconds. Four to eight times the 99th percentile keeps the error of percentiles
    /// of what is continuous below 0.5%, or below a thirtieth of a step for those of a few steps; where constants are
    /// mixed it is within a step.
    #[must_use]
    pub fn up_to(seconds: f64) -> Self {
        Self::of(CELLS, seconds)
    }

    /// A grid of a quarter of the steps, on which errors are four times as large and a computation takes a quarter of the
    /// time: for a first look.
    #[must_use]
    pub fn roughly_up_to(seconds: f64) -> Self {
        Self::of(FEW_CELLS, seconds)
    }

    fn of(cells: u16, seconds: f64) -> Self {
        Self {
            step: seconds.clamp(1e-12, 1e12) / f64::from(cells),
            cells,
        }
    }

    fn cells(self) -> usize {
        usize::from(self.cells)
    }

    /// The longest duration on the grid, in seconds.
    #[must_use]
    pub fn end(self) -> f64 {
        self.step * f64::from(self.cells)
    }

    /// A duration in steps; what is negative or no number counts as zero.
    fn steps(self, seconds: f64) -> f64 {
        seconds.max(0.0) / self.step
    }
}

/// The distribution of a duration.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    grid: Grid,
    /// How far the points lie above those of the grid, in steps: at least 0, below 1.
    offset: f64,
    /// The probability of each point, up to the last that counts.
    mass: Vec<f64>,
    /// The probability of all that is longer.
    beyond: f64,
}

/// A distribution that was moved, without a copy.
#[derive(Clone, Copy)]
struct View<'m> {
    grid: Grid,
    /// So many points without mass come first.
    whole: usize,
    /// As that of a distribution.
    offset: f64,
    /// The masses of the other points.
    kept: &'m [f64],
    /// As that of a distribution.
    beyond: f64,
}

impl Distribution {
    /// A constant, in seconds.
    #[must_use]
    pub fn at(grid: Grid, seconds: f64) -> Self {
        let zero = Self {
            grid,
            offset: 0.0,
            mass: vec![1.0],
            beyond: 0.0,
        };
        zero.delayed(seconds)
    }

    /// An exponential distribution with this mean, in seconds.
    #[must_use]
    pub fn exponential(grid: Grid, mean: f64) -> Self {
        Self::at(grid, 0.0).plus_exponential(mean)
    }

    /// This and a constant, in seconds.
    #[must_use]
    pub fn delayed(&self, seconds: f64) -> Self {
        self.moved(self.grid.steps(seconds))
    }

    /// This and an independent exponential with this mean, in seconds. Its mean and variance are kept for any mean, also
    /// for one that is much smaller than a step.
    #[must_use]
    pub fn plus_exponential(&self, mean: f64) -> Self {
        self.plus_sometimes(1.0, mean)
    }

    /// This and an independent wait: with a probability an exponential with a mean in seconds, else nothing (Kleinrock,
    /// Queueing Systems I, 1975, section 3.8).
    #[must_use]
    pub fn plus_wait(&self, (probability, mean): (f64, f64)) -> Self {
        if probability > 0.0 {
            self.plus_sometimes(probability, mean)
        } else {
            self.clone()
        }
    }

    /// This and, with a probability, an independent exponential.
    ///
    /// On the points it is the geometric distribution with its mean `m` and its variance `m^2`, in steps: a first-order
    /// recursive filter with the transfer function `(1 + 1/z) / ((2m + 1) - (2m - 1)/z)`, which is the exponential's own
    /// under the bilinear transform (Oppenheim and Schafer, Discrete-Time Signal Processing, section 7.1).
    fn plus_sometimes(&self, probability: f64, mean: f64) -> Self {
        let mean = self.grid.steps(mean).min(LONGEST);
        if mean < 0.5 {
            return self.plus_short(probability, mean);
        }
        let gain = 1.0 / (2.0 * mean + 1.0);
        let decay = (2.0 * mean - 1.0) * gain;
        let at_once = 1.0 - probability;
        let own = self.with_room_for(mean);
        let later = recursive(gain, decay, &own);
        // What the filter would still give out after the last point: its next value over 1 - decay, that is 2 x gain.
        let (before, last) = (own.last(), later.last());
        let rest = 0.5 * before.unwrap_or(&0.0) + decay * last.unwrap_or(&0.0) / (2.0 * gain);
        let pairs = own.iter().zip(later);
        let mass = pairs.map(|(mass, later)| at_once * mass + probability * later);
        Self {
            mass: trimmed(mass.collect()),
            beyond: self.beyond + probability * rest,
            ..*self
        }
    }

    /// The masses, and zeros where an exponential with a mean in steps reaches that is added: as far as it counts.
    fn with_room_for(&self, mean: f64) -> Vec<f64> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at least 0; what is beyond the grid is cut off"
        )]
        let reach = (MEANS * (mean + 1.0)) as usize;
        let points = self.mass.len().saturating_add(reach).min(self.grid.cells());
        let mut mass = Vec::with_capacity(points);
        mass.extend_from_slice(&self.mass);
        mass.resize(points, 0.0);
        mass
    }

    /// The same for a mean below half a step, where that filter has no positive form: a constant, and one step more with
    /// the probability that makes the variance right. At half a step it is the filter.
    fn plus_short(&self, probability: f64, mean: f64) -> Self {
        let variance = probability * (2.0 - probability) * mean * mean;
        let step = 2.0 * variance / (1.0 + (1.0 - 4.0 * variance).max(0.0).sqrt());
        self.blurred(step)
            .moved((probability * mean - step).max(0.0))
    }

    /// One step later with a probability.
    fn blurred(&self, later: f64) -> Self {
        let sooner = 1.0 - later;
        let before = std::iter::once(&0.0).chain(&self.mass);
        let own = self.mass.iter().chain(std::iter::once(&0.0));
        let mut mass: Vec<f64> = own
            .zip(before)
            .map(|(own, b)| sooner * own + later * b)
            .collect();
        let mut beyond = self.beyond;
        if mass.len() > self.grid.cells() {
            beyond += mass.pop().unwrap_or(0.0);
        }
        Self {
            mass,
            beyond,
            ..*self
        }
    }

    /// Later by so many steps, a fraction of one included.
    fn moved(&self, steps: f64) -> Self {
        let view = self.later(steps);
        let mut mass = Vec::new();
        if !view.kept.is_empty() {
            mass.reserve_exact(view.whole + view.kept.len());
            mass.resize(view.whole, 0.0);
            mass.extend_from_slice(view.kept);
        }
        Self {
            grid: self.grid,
            offset: view.offset,
            mass,
            beyond: view.beyond,
        }
    }

    /// Later by so many steps, without a copy.
    fn later(&self, steps: f64) -> View<'_> {
        let whole = (self.offset + steps)
            .floor()
            .min(f64::from(self.grid.cells));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number from 0 to the number of cells"
        )]
        let points = whole as usize;
        let room = self.grid.cells() - points;
        let (kept, pushed_off) = self.mass.split_at(room.min(self.mass.len()));
        View {
            grid: self.grid,
            whole: points,
            offset: if kept.is_empty() {
                0.0
            } else {
                self.offset + steps - whole
            },
            kept,
            beyond: self.beyond + sum(pushed_off),
        }
    }

    /// As it is, without a copy.
    fn view(&self) -> View<'_> {
        self.later(0.0)
    }

    /// The probability of the points and of all beyond: 1 but for rounding, less for a part of a distribution.
    fn total(&self) -> f64 {
        sum(&self.mass) + self.beyond
    }

    /// Every probability multiplied.
    fn scaled(mut self, factor: f64) -> Self {
        for mass in &mut self.mass {
            *mass *= factor;
        }
        self.beyond *= factor;
        self
    }
}

/// The filter `y(n) = decay y(n-1) + gain (x(n) + x(n-1))`, looking four points ahead: written as a function of `y(n-4)` and
/// of five inputs, four chains of it can be computed beside each other.
fn recursive(gain: f64, decay: f64, numbers: &[f64]) -> Vec<f64> {
    const AHEAD: usize = 4;
    let mut fed = vec![0.0; AHEAD];
    fed.extend_from_slice(numbers);
    let before = |steps: usize| fed.get(AHEAD - steps..).unwrap_or_default();
    let both = gain * (1.0 + decay);
    let near = before(0).iter().zip(before(1)).zip(before(2));
    let all = near.zip(before(3).iter().zip(before(4)));
    let twice = decay * decay;
    let filtered = all.map(|(((x0, x1), x2), (x3, x4))| {
        gain * x0 + both * x1 + both * decay * x2 + both * twice * x3 + gain * decay * twice * x4
    });
    let mut filtered: Vec<f64> = filtered.collect();
    let far = twice * twice;
    let mut last = [0.0; AHEAD];
    for four in filtered.chunks_exact_mut(AHEAD) {
        for (number, last) in four.iter_mut().zip(&mut last) {
            *number += far * *last;
            *last = *number;
        }
    }
    filtered
}

/// Without what no longer counts at the end: all of it together is less than the rounding of 1.
fn trimmed(mut mass: Vec<f64>) -> Vec<f64> {
    let last = mass.iter().rposition(|mass| *mass > 1e-20);
    mass.truncate(last.map_or(0, |last| last + 1));
    mass
}

/// The sum in eight chains beside each other, which no later one has to wait for.
fn sum(numbers: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let eights = numbers.chunks_exact(8);
    let rest: f64 = eights.remainder().iter().sum();
    for eight in eights {
        for (sum, number) in sums.iter_mut().zip(eight) {
            *sum += number;
        }
    }
    sums.iter().sum::<f64>() + rest
}
