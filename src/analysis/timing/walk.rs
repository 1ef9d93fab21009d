//! The time of a flow as a distribution, from the ends of its plan to its starts, on a grid that fits.
//!
//! Knows plans and distributions; asks no scenario.

use std::borrow::Cow;
use std::cell::RefCell;

use super::super::distribution::{Distribution, Grid};
use super::plan::{Branch, Made, Plan, Step};

/// What is read off the time of a flow, in seconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown {
    /// Half of the requests take less.
    pub p50: f64,
    /// All but one in a hundred take less.
    pub p99: f64,
    /// The mean.
    pub mean: f64,
}

/// How closely times are computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharpness {
    /// Within a few per cent, in a quarter of the time.
    Rough,
    /// Within half a per cent, or a step of a grid where constants are mixed.
    Fine,
}

impl Sharpness {
    fn grid(self, longest: f64) -> Grid {
        match self {
            Self::Rough => Grid::roughly_up_to(longest),
            Self::Fine => Grid::up_to(longest),
        }
    }
}

/// How often first attempts outlast the timeouts of connections.
type CutOff = Vec<(usize, f64)>;

/// Times that were computed before: other questions, other readings of the inputs and other inputs often come to the same
/// plan.
#[derive(Debug, Default)]
pub struct Walks {
    fine: RefCell<Vec<Walk>>,
    rough: RefCell<Vec<Base>>,
}

/// A plan with what came of it.
#[derive(Debug)]
struct Walk {
    plan: Plan,
    shown: Option<Shown>,
    /// Computed only where it was asked for.
    cut_off: Option<CutOff>,
}

/// The first rough walk of a flow with the times of its steps, which plans that differ in few of them share.
#[derive(Debug)]
struct Base {
    flow: usize,
    plan: Plan,
    grid: Grid,
    done: Vec<Distribution>,
}

/// More plans than this are not remembered.
const MOST: usize = 64;

impl Walks {
    /// What is read off the time of a plan, if the grid can be made to fit.
    pub(super) fn shown(&self, plan: Plan) -> Option<Shown> {
        let known = self.find(&plan, |walk| Some(walk.shown));
        known.unwrap_or_else(|| {
            let (shown, _) = plan.refined(Sharpness::Fine, None);
            self.note(plan, shown, None);
            shown
        })
    }

    /// The same, roughly, for a plan of a flow: on the grid of the flow's first plan wherever its result fits on it, with the
    /// times of the steps that are the same taken over.
    pub(super) fn roughly(&self, flow: usize, plan: Plan) -> Option<Shown> {
        let mut bases = self.rough.borrow_mut();
        if let Some(base) = bases.iter().find(|base| base.flow == flow) {
            let near = base.with(&plan);
            return near.or_else(|| plan.refined(Sharpness::Rough, None).0);
        }
        let (shown, longest) = plan.refined(Sharpness::Rough, None);
        let grid = Sharpness::Rough.grid(longest * 1.5);
        let done = plan.steps_over(grid, &mut None, None);
        let done = done.into_iter().map(Cow::into_owned).collect();
        if bases.len() < MOST {
            bases.push(Base {
                flow,
                plan,
                grid,
                done,
            });
        }
        shown
    }

    /// The same with how often first attempts outlast their timeouts.
    pub(super) fn whole(&self, plan: Plan) -> Option<(Shown, CutOff)> {
        let known = self.find(&plan, |walk| {
            let cut_off = walk.cut_off.clone()?;
            Some((walk.shown, cut_off))
        });
        let (shown, cut_off) = known.unwrap_or_else(|| {
            let mut cut_off = Vec::new();
            let (shown, _) = plan.refined(Sharpness::Fine, Some(&mut cut_off));
            self.note(plan, shown, Some(cut_off.clone()));
            (shown, cut_off)
        });
        Some((shown?, cut_off))
    }

    fn find<T>(&self, plan: &Plan, read: impl Fn(&Walk) -> Option<T>) -> Option<T> {
        let walks = self.fine.borrow();
        let mut same = walks.iter().filter(|walk| walk.plan == *plan);
        same.find_map(read)
    }

    fn note(&self, plan: Plan, shown: Option<Shown>, cut_off: Option<CutOff>) {
        let mut walks = self.fine.borrow_mut();
        if walks.len() < MOST {
            walks.push(Walk {
                plan,
                shown,
                cut_off,
            });
        }
    }
}

impl Base {
    /// What is read off the time of a plan that differs in some steps, unless it is too long or too short for the grid.
    fn with(&self, plan: &Plan) -> Option<Shown> {
        let done = plan.steps_over(self.grid, &mut None, Some(self));
        let whole = plan.whole_over(self.grid, &done);
        let [p50, p99] = whole.quantiles([0.5, 0.99]);
        let (p50, p99) = (p50?, p99?);
        let share = p99 / self.grid.end();
        let fits = share < 0.7 && share > 0.04;
        let mean = whole.mean();
        fits.then_some(Shown { p50, p99, mean })
    }

    /// The time of a step, where it is the same as in a plan and all that it calls is.
    fn same(
        &self,
        at: usize,
        step: &Step,
        done: &[Cow<'_, Distribution>],
    ) -> Option<&Distribution> {
        let is_same = |made: &Made| matches!(done.get(made.to), Some(Cow::Borrowed(_)));
        let mut calls = step.branches.iter().flat_map(|branch| &branch.parts);
        let same = self.plan.steps.get(at) == Some(step) && calls.all(|(_, made)| is_same(made));
        self.done.get(at).filter(|_| same)
    }
}

impl Plan {
    /// What is read off the time on a grid that fits, and where that grid ends, in seconds: the first guess is generous and
    /// rough, the next one is made from what it shows.
    fn refined(
        &self,
        sharpness: Sharpness,
        mut cut_off: Option<&mut CutOff>,
    ) -> (Option<Shown>, f64) {
        let mut longest = (self.longest * 8.0).clamp(1e-6, 1e9);
        let mut shown = None;
        for round in 0..4 {
            let here = if round == 0 {
                Sharpness::Rough
            } else {
                sharpness
            };
            let mut seen = cut_off.as_ref().map(|_| Vec::new());
            let whole = self.over(here.grid(longest), &mut seen);
            if let (Some(cut_off), Some(seen)) = (&mut cut_off, seen) {
                self.note_cut_off(round == 0, longest, seen, cut_off);
            }
            let [p50, p99, edge] = whole.quantiles([0.5, 0.99, 0.999]);
            let next = match (p99, edge) {
                (Some(_), Some(edge)) if edge < longest / 6.0 => edge * 2.0,
                (Some(_), _) => longest,
                (None, _) => longest * 8.0,
            };
            if let (Some(p50), Some(p99)) = (p50, p99) {
                let mean = whole.mean();
                shown = Some(Shown { p50, p99, mean });
            }
            let next = next.clamp(1e-6, 1e12);
            if here == sharpness && (next / longest - 1.0).abs() < 1e-9 {
                break;
            }
            longest = next;
        }
        (shown, longest)
    }

    /// Takes over what a grid tells of timeouts. One that ends before a timeout can't tell what outlasts it; a wider one
    /// before it could.
    fn note_cut_off(&self, is_first: bool, longest: f64, mut seen: CutOff, cut_off: &mut CutOff) {
        seen.retain(|(at, _)| is_first || self.timeout(*at) < longest);
        if is_first {
            self.look_further(longest, &mut seen);
        }
        cut_off.retain(|(at, _)| seen.iter().all(|(other, _)| other != at));
        cut_off.append(&mut seen);
    }

    /// Measures anew, on a grid wide enough for all of them, what outlasts the timeouts beyond a first grid.
    fn look_further(&self, longest: f64, seen: &mut CutOff) {
        // What outlasts the grid bounds what outlasts them.
        let beyond = |(at, share): &&(usize, f64)| *share > 1e-6 && self.timeout(*at) >= longest;
        let furthest = seen.iter().filter(beyond).map(|(at, _)| self.timeout(*at));
        let furthest = furthest.filter(|time| time.is_finite()).fold(0.0, f64::max);
        if furthest > 0.0 {
            let mut further = Some(Vec::new());
            self.over(Grid::up_to((furthest * 2.0).min(1e9)), &mut further);
            let further = further.unwrap_or_default();
            seen.retain(|(at, _)| self.timeout(*at) < longest);
            let is_beyond = |(at, _): &(usize, f64)| self.timeout(*at) >= longest;
            seen.extend(further.into_iter().filter(is_beyond));
        }
    }

    /// The time of the whole flow over a grid; and, where it is asked for, how often first attempts outlast their timeouts.
    fn over(&self, grid: Grid, cut_off: &mut Option<CutOff>) -> Distribution {
        self.whole_over(grid, &self.steps_over(grid, cut_off, None))
    }

    /// The time of each step; those that are the same as in a walk before are taken from there.
    fn steps_over<'b>(
        &self,
        grid: Grid,
        cut_off: &mut Option<CutOff>,
        base: Option<&'b Base>,
    ) -> Vec<Cow<'b, Distribution>> {
        let mut done: Vec<Cow<'b, Distribution>> = Vec::with_capacity(self.steps.len());
        for (at, step) in self.steps.iter().enumerate() {
            let same = base.and_then(|base| base.same(at, step, &done));
            let time = match same {
                Some(time) => Cow::Borrowed(time),
                None => Cow::Owned(step.time(&done, grid, cut_off)),
            };
            done.push(time);
        }
        done
    }

    /// The time of the whole flow, given that of each step.
    fn whole_over(&self, grid: Grid, done: &[Cow<'_, Distribution>]) -> Distribution {
        let mut begun = self.starts.iter().filter_map(|start| done.get(*start));
        if self.one_start_is_enough {
            let parts: Vec<(f64, &Distribution)> = begun.map(|time| (1.0, time.as_ref())).collect();
            return Distribution::mixed(grid, &parts);
        }
        let Some(first) = begun.next() else {
            return Distribution::at(grid, 0.0);
        };
        begun.fold(first.on_grid(), |all, next| all.slower(next))
    }
}

impl Step {
    fn time(
        &self,
        done: &[Cow<'_, Distribution>],
        grid: Grid,
        cut_off: &mut Option<CutOff>,
    ) -> Distribution {
        let mut time = self.called(done, grid, cut_off);
        if let (Some(hits), Some(called)) = (self.hits, &time) {
            let none = Distribution::at(grid, 0.0);
            time = Some(Distribution::mixed(
                grid,
                &[(hits, &none), (1.0 - hits, called)],
            ));
        }
        let mut time = time.unwrap_or_else(|| Distribution::at(grid, 0.0));
        if self.service > 0.0 {
            time = time.plus_exponential(self.service);
        }
        match self.wait {
            Some(wait) => time.plus_wait(wait),
            None => time,
        }
    }

    /// The time until all calls are answered.
    fn called(
        &self,
        done: &[Cow<'_, Distribution>],
        grid: Grid,
        cut_off: &mut Option<CutOff>,
    ) -> Option<Distribution> {
        let times = self.branches.iter();
        let mut times: Vec<Option<Distribution>> = times
            .map(|branch| Some(branch.time(done, grid, cut_off)))
            .collect();
        for (first, then) in &self.after {
            let then = times.get_mut(*then).and_then(Option::take);
            if let (Some(Some(first)), Some(then)) = (times.get_mut(*first), then) {
                *first = first.plus(&then);
            }
        }
        times.into_iter().flatten().reduce(|all, next| {
            if self.at_once {
                all.slower(&next)
            } else {
                all.plus(&next)
            }
        })
    }
}

impl Branch {
    /// The time of one of the parts, or none of them for the share of requests that takes none.
    fn time(
        &self,
        done: &[Cow<'_, Distribution>],
        grid: Grid,
        cut_off: &mut Option<CutOff>,
    ) -> Distribution {
        let sum: f64 = self.parts.iter().map(|(weight, _)| weight).sum();
        let made = self.parts.iter();
        let mut times: Vec<(f64, Cow<'_, Distribution>)> = made
            .map(|(weight, made)| (*weight, made.time(done, grid, cut_off)))
            .collect();
        if sum < 1.0 {
            times.push((1.0 - sum, Cow::Owned(Distribution::at(grid, 0.0))));
        }
        mixed(grid, times).into_owned()
    }
}

impl Made {
    /// The time of a call: there and back, as often as it is made, within its timeout.
    fn time<'d>(
        &self,
        done: &'d [Cow<'_, Distribution>],
        grid: Grid,
        cut_off: &mut Option<CutOff>,
    ) -> Cow<'d, Distribution> {
        let Some(answer) = done.get(self.to) else {
            return Cow::Owned(Distribution::at(grid, 0.0));
        };
        let mut one = match self.hops.as_slice() {
            [] => Cow::Borrowed(answer.as_ref()),
            [(_, time)] => Cow::Owned(answer.delayed(*time)),
            hops => Cow::Owned(answer.delayed_by_one_of(hops)),
        };
        if let Some((connection, timeout, retries)) = self.timeout {
            if let Some(cut_off) = cut_off {
                cut_off.push((connection, one.outlasting(timeout)));
            }
            one = Cow::Owned(one.with_retries(timeout, retries).0);
        }
        self.repeated(one, grid)
    }

    /// So many calls, at once or one after the other; of a fraction, one more with that probability.
    fn repeated<'d>(&self, one: Cow<'d, Distribution>, grid: Grid) -> Cow<'d, Distribution> {
        let many = |number: u64| match number {
            0 => Cow::Owned(Distribution::at(grid, 0.0)),
            1 => one.clone(),
            _ if self.at_once => Cow::Owned(one.slowest_of(number)),
            _ => Cow::Owned(one.times(number)),
        };
        if self.part <= 0.0 {
            return if self.number == 1 {
                one
            } else {
                many(self.number)
            };
        }
        let (fewer, more) = (many(self.number), many(self.number + 1));
        mixed(grid, vec![(1.0 - self.part, fewer), (self.part, more)])
    }
}

/// One of several times; one alone as it is.
fn mixed(grid: Grid, mut times: Vec<(f64, Cow<'_, Distribution>)>) -> Cow<'_, Distribution> {
    if times.len() == 1 {
        return times
            .pop()
            .map_or_else(|| Cow::Owned(Distribution::at(grid, 0.0)), |(_, only)| only);
    }
    let parts: Vec<(f64, &Distribution)> = times
        .iter()
        .map(|(weight, time)| (*weight, time.as_ref()))
        .collect();
    Cow::Owned(Distribution::mixed(grid, &parts))
}
