//! Distributions of durations on a uniform grid: percentiles are read off the distribution of the whole, never added up.
//!
//! A distribution is a mass at each of at most 1024 points, a step apart, and a mass beyond the last. Its points may lie a
//! fraction of a step off the grid's, so that constants are exact. What is continuous is put on the points with its mean and
//! its variance kept; both are then exact in every sum, whatever the number of steps. What a point
//! shows does not rest on later ones: a grid that ends sooner is as exact up to its end.
//!
//! Knows seconds and probabilities; knows no design and no percentile that matters more than another.

mod combined;
mod fourier;
mod reading;
mod retries;
#[cfg(test)]
mod tests;

/// How many points a distribution has at most: a power of two, for the Fourier transform.
const CELLS: u16 = 1024;
/// A mass of no more than this does not count, nor do all the points of a distribution with such masses together.
const NOTHING: f64 = 1e-16;
/// An exponential is no more than that after so many means.
const MEANS: f64 = 37.0;
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

    /// A grid of so many steps up to so many seconds, of 1024 at most. What it shows is as exact as on any other with steps
    /// of that length.
    #[must_use]
    pub fn of(cells: u16, seconds: f64) -> Self {
        let cells = cells.clamp(1, CELLS);
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
        let mut constant = Self {
            grid,
            offset: 0.0,
            mass: vec![1.0],
            beyond: 0.0,
        };
        constant.move_by(grid.steps(seconds));
        constant
    }

    /// This and a constant, in seconds.
    #[must_use]
    pub fn delayed(&self, seconds: f64) -> Self {
        self.moved(self.grid.steps(seconds))
    }

    /// This, an independent exponential with a mean in seconds, and an independent wait: with a probability an exponential
    /// with a mean in seconds, else nothing (Kleinrock, Queueing Systems I, 1975, section 3.8). Mean and variance are kept
    /// for any mean, also for one that is much smaller than a step.
    ///
    /// On the points an exponential is the geometric distribution with its mean `m` and its variance `m^2`, in steps: a
    /// first-order recursive filter with the transfer function `(1 + 1/z) / ((2m + 1) - (2m - 1)/z)`, which is the
    /// exponential's own under the bilinear transform (Oppenheim and Schafer, Discrete-Time Signal Processing, section 7.1).
    #[must_use]
    pub fn plus_stay(mut self, service: f64, wait: Option<(f64, f64)>) -> Self {
        let grid = self.grid;
        let steps = |mean: f64| grid.steps(mean).min(LONGEST);
        let service = steps(service);
        let (waits, wait) = wait.map_or((0.0, 0.0), |(waits, mean)| (waits, steps(mean)));
        let (waits, wait) = if waits > NOTHING {
            (waits, wait)
        } else {
            (0.0, 0.0)
        };
        if service < SHORT {
            self = self.plus_short(1.0, service);
        }
        if wait < SHORT {
            self = self.plus_short(waits, wait);
        }
        match (service < SHORT, wait < SHORT) {
            (true, true) => return self,
            (false, true) => self.filter(1.0, service),
            (true, false) => self.filter(waits, wait),
            (false, false) => self.filter_twice(service, waits, wait),
        }
        self.mass = trimmed(self.mass);
        self
    }

    /// Adds, with a probability, an exponential with a mean in steps.
    fn filter(&mut self, probability: f64, mean: f64) {
        let (gain, decay) = coefficients(mean);
        let at_once = 1.0 - probability;
        self.make_room_for(mean);
        let (mut before, mut later) = (0.0, 0.0);
        for slot in &mut self.mass {
            later = gain * (*slot + before) + decay * later;
            before = *slot;
            *slot = at_once * before + probability * later;
        }
        self.beyond += probability * left(before, later, mean);
    }

    /// Adds an exponential and then, with a probability, another one.
    fn filter_twice(&mut self, service: f64, waits: f64, wait: f64) {
        let ((gain, decay), (wait_gain, wait_decay)) = (coefficients(service), coefficients(wait));
        let (at_once, wait_gain) = (1.0 - waits, wait_gain * waits);
        self.make_room_for(service + wait);
        let (mut before, mut served, mut waited) = (0.0, 0.0, 0.0);
        for slot in &mut self.mass {
            let now = gain * (*slot + before) + decay * served;
            before = *slot;
            waited = wait_gain * (now + served) + wait_decay * waited;
            served = now;
            *slot = at_once * served + waited;
        }
        self.beyond += left(before, served, service) + left(waits * served, waited, wait);
    }

    /// Adds points where an exponential with a mean in steps reaches that is to be added: as far as it counts.
    fn make_room_for(&mut self, mean: f64) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at least 0; what is beyond the grid is cut off"
        )]
        let reach = (MEANS * (mean + 1.0)) as usize;
        let points = self.mass.len().saturating_add(reach).min(self.grid.cells());
        self.mass.resize(points, 0.0);
    }

    /// The same for a mean below half a step, where that filter has no positive form: a constant, and one step more with
    /// the probability that makes the variance right. At half a step it is the filter.
    fn plus_short(mut self, probability: f64, mean: f64) -> Self {
        if probability * mean <= 0.0 {
            return self;
        }
        let variance = probability * (2.0 - probability) * mean * mean;
        let step = 2.0 * variance / (1.0 + (1.0 - 4.0 * variance).max(0.0).sqrt());
        self.blur(step);
        self.move_by((probability * mean - step).max(0.0));
        self
    }

    /// Makes it one step later with a probability.
    fn blur(&mut self, later: f64) {
        let sooner = 1.0 - later;
        let mut before = 0.0;
        for slot in &mut self.mass {
            let own = *slot;
            *slot = sooner * own + later * before;
            before = own;
        }
        if self.mass.len() < self.grid.cells() {
            self.mass.push(later * before);
        } else {
            self.beyond += later * before;
        }
    }

    /// With a probability this, else nothing.
    #[must_use]
    pub fn sometimes(mut self, probability: f64) -> Self {
        self.put_on_grid();
        self.scale(probability);
        match self.mass.first_mut() {
            Some(first) => *first += 1.0 - probability,
            None => self.mass.push(1.0 - probability),
        }
        self
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

    /// Makes it later by so many steps.
    fn move_by(&mut self, steps: f64) {
        if self.offset + steps < 1.0 {
            self.offset += steps;
        } else {
            *self = self.moved(steps);
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

    /// Multiplies every probability.
    fn scale(&mut self, factor: f64) {
        for mass in &mut self.mass {
            *mass *= factor;
        }
        self.beyond *= factor;
    }
}

/// Below this mean, in steps, the filter of an exponential has no positive form.
const SHORT: f64 = 0.5;

/// The filter of an exponential with a mean in steps: what it takes of a number and of the one before, and what is left of
/// what it gave out before.
fn coefficients(mean: f64) -> (f64, f64) {
    let gain = 1.0 / (2.0 * mean + 1.0);
    (gain, (2.0 * mean - 1.0) * gain)
}

/// What that filter would still give out after the last number: its next value over 1 - decay, that is 2 x gain.
fn left(taken: f64, given: f64, mean: f64) -> f64 {
    0.5 * taken + (mean - 0.5) * given
}

/// Without what no longer counts at the end.
fn trimmed(mut mass: Vec<f64>) -> Vec<f64> {
    let last = mass.iter().rposition(|mass| *mass > NOTHING);
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
