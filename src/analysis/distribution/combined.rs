//! Several distributions made into one: sums, mixtures, the slower of two.
//!
//! Knows probabilities on a common grid; knows nothing of what the durations are.

use std::borrow::Cow;

use super::fourier::convolved;
use super::{Distribution, Grid, View, trimmed};

impl Distribution {
    /// The sum of two independent durations.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        debug_assert_eq!(self.grid, other.grid, "one computation, one grid");
        let cells = self.grid.cells();
        let mut sum = Self {
            grid: self.grid,
            offset: self.offset,
            mass: convolved(&self.mass, &other.mass, cells),
            beyond: 0.0,
        };
        // What comes out on the grid is what must come out, less what is pushed off it. Where nothing is, it is scaled: what
        // rounding adds or takes would double with each doubling of a sum.
        let either_beyond = self.beyond + other.beyond * (1.0 - self.beyond);
        let total = sum.total();
        let pushed_off = 1.0 - either_beyond - total;
        if self.mass.len() + other.mass.len() > cells && pushed_off > 0.0 {
            sum.beyond = pushed_off;
        } else if total > 0.0 {
            sum.scale((1.0 - either_beyond) / total);
        }
        sum.beyond += either_beyond;
        sum.move_by(other.offset);
        sum
    }

    /// The sum of `n` independent durations like this one; zero for none.
    #[must_use]
    pub fn times(&self, n: u64) -> Self {
        by_doubling(self, n, Self::plus).unwrap_or_else(|| Self::at(self.grid, 0.0))
    }

    /// The slower of two independent durations: the product of the distribution functions.
    #[must_use]
    pub fn slower(&self, other: &Self) -> Self {
        debug_assert_eq!(self.grid, other.grid, "one computation, one grid");
        let offset = common_offset(&[(1.0, self.view()), (1.0, other.view())]);
        let (one, other) = (self.at_offset(offset), other.at_offset(offset));
        let points = one.mass.len().max(other.mass.len());
        let tails = either(&one.tails(points), &other.tails(points));
        self.with_tails(offset, &tails)
    }

    /// The slowest of `n` independent durations like this one, zero for none: the distribution function to the power `n`
    /// (Dean and Barroso, The Tail at Scale, Communications of the ACM 56, 2013).
    #[must_use]
    pub fn slowest_of(&self, n: u64) -> Self {
        by_doubling(&self.tails(self.mass.len()), n, |a, b| either(a, b)).map_or_else(
            || Self::at(self.grid, 0.0),
            |tails| self.with_tails(self.offset, &tails),
        )
    }

    /// One of several durations, each with a probability in proportion to its weight. A weight that is negative or not
    /// finite counts as none; without any weight the duration is zero.
    #[must_use]
    pub fn mixed(grid: Grid, parts: &[(f64, &Self)]) -> Self {
        let views = parts.iter().map(|(weight, part)| (*weight, part.view()));
        mixture(grid, views.collect())
    }

    /// This and one of several constants in seconds, each with a probability in proportion to its weight.
    #[must_use]
    pub fn delayed_by_one_of(&self, delays: &[(f64, f64)]) -> Self {
        let later = |seconds: f64| self.later(self.grid.steps(seconds));
        let views = delays
            .iter()
            .map(|(weight, seconds)| (*weight, later(*seconds)));
        let mut parts: Vec<(f64, View<'_>)> = views.collect();
        if !shared_out(&mut parts) {
            return Self::at(self.grid, 0.0);
        }
        // All have the same peak.
        let offset = sharpest_offset(&parts, |(weight, _)| *weight);
        Self::added_up(self.grid, &parts, offset)
    }

    /// This times a weight and another time with one.
    pub(super) fn or(mut self, weight: f64, other: View<'_>, its: f64) -> Self {
        let offset = common_offset(&[(weight, self.view()), (its, other)]);
        if offset.to_bits() != self.offset.to_bits() {
            return Self::weighted(self.grid, &[(weight, self.view()), (its, other)]);
        }
        self.scale(weight);
        let points = (other.whole + other.kept.len() + 1).min(self.grid.cells());
        if self.mass.len() < points {
            self.mass.resize(points, 0.0);
        }
        self.beyond += its * other.beyond + other.add_to(&mut self.mass, its, offset);
        self.mass = trimmed(self.mass);
        self
    }

    /// The weighted sum of the probabilities, with the weights as they are.
    pub(super) fn weighted(grid: Grid, parts: &[(f64, View<'_>)]) -> Self {
        Self::added_up(grid, parts, common_offset(parts))
    }

    /// The weighted sum of the probabilities on points that lie so far above those of the grid.
    fn added_up(grid: Grid, parts: &[(f64, View<'_>)], offset: f64) -> Self {
        // Where a mass is split, a part of the last goes to the next point.
        let points = parts
            .iter()
            .map(|(_, part)| part.whole + part.kept.len() + 1);
        let mut mass = vec![0.0; points.max().unwrap_or(0).min(grid.cells())];
        let mut beyond = 0.0;
        for &(weight, part) in parts {
            debug_assert_eq!(grid, part.grid, "one computation, one grid");
            beyond += weight * part.beyond + part.add_to(&mut mass, weight, offset);
        }
        Self {
            grid,
            offset,
            mass: trimmed(mass),
            beyond,
        }
    }

    /// The same with its points on those of the grid.
    #[must_use]
    pub fn on_grid(&self) -> Self {
        self.at_offset(0.0).into_owned()
    }

    /// Puts its points on those of the grid.
    pub(super) fn put_on_grid(&mut self) {
        if self.offset > 0.0 {
            self.blur(self.offset);
            self.offset = 0.0;
        }
    }

    /// The same with its points elsewhere: each mass is split between its two new neighbours so that the mean is kept.
    fn at_offset(&self, offset: f64) -> Cow<'_, Self> {
        let up = self.offset - offset;
        if up == 0.0 {
            return Cow::Borrowed(self);
        }
        let mut moved = if up > 0.0 {
            let mut moved = self.clone();
            moved.blur(up);
            moved
        } else {
            self.sooner(-up)
        };
        moved.offset = offset;
        Cow::Owned(moved)
    }

    /// One step sooner with a probability, but for the first point.
    fn sooner(&self, probability: f64) -> Self {
        let later = 1.0 - probability;
        let after = self.mass.iter().skip(1).chain(std::iter::once(&0.0));
        let mass = self.mass.iter().zip(after);
        let mut mass: Vec<f64> = mass.map(|(own, a)| later * own + probability * a).collect();
        if let (Some(new), Some(old)) = (mass.first_mut(), self.mass.first()) {
            *new += probability * old;
        }
        Self { mass, ..*self }
    }

    /// The probability of more than each of so many points. From the end, so that the small ones are exact.
    fn tails(&self, points: usize) -> Vec<f64> {
        let mut above = self.beyond;
        let mut tails = vec![above; points.max(self.mass.len())];
        let (own, _) = tails.split_at_mut(self.mass.len());
        for (tail, mass) in own.iter_mut().zip(&self.mass).rev() {
            *tail = above;
            above += mass;
        }
        tails
    }

    /// The distribution with these probabilities of more than each point.
    fn with_tails(&self, offset: f64, tails: &[f64]) -> Self {
        let before = std::iter::once(&1.0).chain(tails);
        Self {
            grid: self.grid,
            offset,
            mass: before
                .zip(tails)
                .map(|(b, own)| (b - own).max(0.0))
                .collect(),
            beyond: tails.last().copied().unwrap_or(1.0),
        }
    }
}

impl View<'_> {
    /// Adds its masses, times a weight, to those of points that lie elsewhere; what then lies beyond the last. Each mass is
    /// split between its two new neighbours so that the mean is kept.
    fn add_to(&self, sums: &mut [f64], weight: f64, offset: f64) -> f64 {
        let up = self.offset - offset;
        let (earlier, own) = sums.split_at_mut(self.whole.min(sums.len()));
        let (moves, stays) = (weight * up.abs(), weight * (1.0 - up.abs()));
        if up == 0.0 {
            for (sum, mass) in own.iter_mut().zip(self.kept) {
                *sum += weight * mass;
            }
            return 0.0;
        }
        if up > 0.0 {
            return add_split(own, self.kept, stays, moves);
        }
        let Some((first, rest)) = self.kept.split_first() else {
            return 0.0;
        };
        match (earlier.last_mut(), own.first_mut()) {
            (Some(earlier), _) => *earlier += moves * first,
            // There is no point before the first.
            (None, Some(own)) => *own += moves * first,
            (None, None) => {}
        }
        if let (Some(own), Some(mass)) = (own.first_mut(), rest.first()) {
            *own += moves * mass;
        }
        add_split(own, self.kept, stays, 0.0)
            + add_split(
                own.get_mut(1..).unwrap_or_default(),
                rest.get(1..).unwrap_or_default(),
                moves,
                0.0,
            )
    }
}

/// Adds masses to as many numbers, each in two parts: to its own and to the next; what would come after the last number.
fn add_split(sums: &mut [f64], masses: &[f64], own: f64, next: f64) -> f64 {
    let (Some(first), Some((sum, rest))) = (masses.first(), sums.split_first_mut()) else {
        return 0.0;
    };
    *sum += own * first;
    let later = masses.get(1..).unwrap_or_default();
    for ((sum, mass), before) in rest.iter_mut().zip(later).zip(masses) {
        *sum += own * mass + next * before;
    }
    let last = next * masses.last().unwrap_or(&0.0);
    match rest.get_mut(later.len()) {
        Some(after) => {
            *after += last;
            0.0
        }
        None => last,
    }
}

/// One of several durations, each with a probability in proportion to its weight.
fn mixture(grid: Grid, mut parts: Vec<(f64, View<'_>)>) -> Distribution {
    if shared_out(&mut parts) {
        Distribution::weighted(grid, &parts)
    } else {
        Distribution::at(grid, 0.0)
    }
}

/// Makes weights probabilities; false where none of them counts.
fn shared_out(parts: &mut [(f64, View<'_>)]) -> bool {
    let heaviest = parts.iter().map(|part| counted(part.0)).fold(0.0, f64::max);
    if heaviest <= 0.0 {
        return false;
    }
    // Over the heaviest first: the sum of several huge weights may not be finite.
    for (weight, _) in &mut *parts {
        *weight = counted(*weight) / heaviest;
    }
    let all: f64 = parts.iter().map(|part| part.0).sum();
    for (weight, _) in parts {
        *weight /= all;
    }
    true
}

/// A weight that counts.
fn counted(weight: f64) -> f64 {
    if weight.is_finite() {
        weight.max(0.0)
    } else {
        0.0
    }
}

/// The probability that one or the other of two independent events happens, for each point.
fn either(ones: &[f64], others: &[f64]) -> Vec<f64> {
    let pairs = ones.iter().zip(others);
    pairs.map(|(a, b)| a + b - a * b).collect()
}

/// `n` of the same combined, in about `2 log2(n)` steps; `None` for none.
fn by_doubling<T: Clone>(one: &T, n: u64, combine: impl Fn(&T, &T) -> T) -> Option<T> {
    let mut all = one.clone();
    for bit in (0..n.checked_ilog2()?).rev() {
        all = combine(&all, &all);
        if n >> bit & 1 == 1 {
            all = combine(&all, one);
        }
    }
    Some(all)
}

/// Where the points of a combination lie: at those of the sharpest part, whose percentiles a move would change most, of
/// several the lowest; but not above those of a part that has mass on its first point, for that could not be split.
fn common_offset(parts: &[(f64, View<'_>)]) -> f64 {
    let mut offsets = parts.iter().map(|part| part.1.offset);
    let first = offsets.next().unwrap_or(0.0);
    if offsets.all(|offset| offset.to_bits() == first.to_bits()) {
        return first;
    }
    sharpest_offset(parts, |(weight, part)| weight * peak(part.kept))
}

/// As [`common_offset`], where it is known how sharp each part is.
fn sharpest_offset(parts: &[(f64, View<'_>)], sharpness: impl Fn(&(f64, View<'_>)) -> f64) -> f64 {
    let sharpest = parts
        .iter()
        .map(|part| (sharpness(part), part.1.offset))
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1)))
        .map_or(0.0, |(_, offset)| offset);
    parts
        .iter()
        .filter(|(_, part)| part.whole == 0 && part.kept.first() > Some(&0.0))
        .fold(sharpest, |offset, part| offset.min(part.1.offset))
}

/// The largest mass, in eight chains beside each other.
fn peak(mass: &[f64]) -> f64 {
    let larger = |a: f64, b: f64| if b > a { b } else { a };
    let mut peaks = [0.0; 8];
    for eight in mass.chunks(8) {
        for (peak, mass) in peaks.iter_mut().zip(eight) {
            *peak = larger(*peak, *mass);
        }
    }
    peaks.into_iter().fold(0.0, larger)
}
