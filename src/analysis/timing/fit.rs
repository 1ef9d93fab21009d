//! The grid that fits the time of a plan, and what is read off it.
//!
//! Knows plans and how far their times reach; asks no scenario.

use std::ops::Range;

use super::super::distribution::Grid;
use super::plan::Plan;
use super::walk::Change;

/// What is read off the time of a flow, in seconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown {
    /// Half of the requests take less.
    pub p50: f64,
    /// All but one in a hundred take less.
    pub p99: f64,
}

/// How often first attempts outlast the timeouts of connections.
pub(super) type CutOff = Vec<(usize, f64)>;

/// The steps of a grid for a first look.
const FIRST: u16 = 64;
/// How far it reaches, in times that are more than the mean.
const GENEROUS: f64 = 8.0;
/// The steps of a rough grid.
pub(super) const ROUGH: u16 = 96;
/// The steps of a fine grid: p99 takes 128 of them or more, as it does of one of 1,024 steps up to eight times p99 or less.
pub(super) const FINE: u16 = 224;
/// How far a grid reaches that is to fit, in p99.
const ROOM: f64 = 1.22;
/// The parts of a grid between which p99 lies where it fits: what lies beyond p99 changes nothing below it.
pub(super) const FITS: Range<f64> = 0.58..0.98;
/// A grid is fitted no more often.
const MOST_ROUNDS: usize = 6;
/// How far a grid reaches that shows a mean, in p99.
const REACH: f64 = 4.0;

impl Plan {
    /// What is read off the time on a grid of so many steps that fits. The first guess is generous and on few steps, the next
    /// one is made from what it shows; where it is known what p99 is near, that is the first guess.
    pub(super) fn fitted(
        &self,
        cells: u16,
        near: Option<f64>,
        mut cut_off: Option<&mut CutOff>,
        change: Option<Change>,
    ) -> Option<Shown> {
        let guess = near.map_or(self.longest * GENEROUS, |near| near * ROOM);
        let mut end = guess.clamp(1e-6, 1e9);
        let mut is_look = near.is_none();
        let mut shown = None;
        for _ in 0..MOST_ROUNDS {
            let grid = Grid::of(if is_look { FIRST } else { cells }, end);
            let mut seen = cut_off.as_ref().map(|_| Vec::new());
            let whole = self.over(grid, &mut seen, change);
            if let (Some(cut_off), Some(seen)) = (&mut cut_off, seen) {
                self.take_over(is_look, end, seen, cut_off);
            }
            let [p50, p99] = whole.quantiles([0.5, 0.99]);
            if let (Some(p50), Some(p99)) = (p50, p99) {
                shown = Some(Shown { p50, p99 });
            }
            let next = p99.map_or(end * 8.0, |p99| p99 * ROOM).clamp(1e-6, 1e12);
            let fits = p99.is_some_and(|p99| FITS.contains(&(p99 / end)));
            if !is_look && (fits || (next / end - 1.0).abs() < 1e-9) {
                break;
            }
            is_look &= p99.is_none();
            end = next;
        }
        if let Some(cut_off) = cut_off {
            self.look_further(end, cut_off);
        }
        shown
    }

    /// The mean in seconds. Unlike percentiles it needs all of what takes long.
    pub(super) fn mean(&self) -> Option<f64> {
        let p99 = self.fitted(FINE, None, None, None)?.p99;
        Some(self.over(Grid::up_to(p99 * REACH), &mut None, None).mean())
    }

    /// Takes over what a grid tells of timeouts. One that ends before a timeout can't tell what outlasts it; a wider one
    /// before it could.
    fn take_over(&self, is_look: bool, end: f64, mut seen: CutOff, cut_off: &mut CutOff) {
        seen.retain(|(at, _)| is_look || self.timeout(*at) < end);
        cut_off.retain(|(at, _)| seen.iter().all(|(other, _)| other != at));
        cut_off.append(&mut seen);
    }

    /// Measures anew, on a grid wide enough for all of them, what outlasts the timeouts beyond the end of a grid.
    fn look_further(&self, end: f64, cut_off: &mut CutOff) {
        // What outlasts the grid bounds what outlasts them.
        let beyond = |(at, share): &&(usize, f64)| *share > 1e-6 && self.timeout(*at) >= end;
        let furthest = cut_off
            .iter()
            .filter(beyond)
            .map(|(at, _)| self.timeout(*at));
        let furthest = furthest.filter(|time| time.is_finite()).fold(0.0, f64::max);
        if furthest > 0.0 {
            let mut further = Some(Vec::new());
            self.over(Grid::up_to((furthest * 2.0).min(1e9)), &mut further, None);
            let further = further.unwrap_or_default();
            cut_off.retain(|(at, _)| self.timeout(*at) < end);
            let is_beyond = |(at, _): &(usize, f64)| self.timeout(*at) >= end;
            cut_off.extend(further.into_iter().filter(is_beyond));
        }
    }
}
