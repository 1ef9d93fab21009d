//! The time of a flow as a distribution, from the ends of its plan to its starts; and what came of plans before.
//!
//! Knows plans and distributions; asks no scenario and chooses no grid.

use std::borrow::Cow;
use std::cell::RefCell;

use super::super::distribution::{Distribution, Grid};
use super::Stop;
use super::fit::{CutOff, FINE, FITS, ROUGH, Shown};
use super::plan::{Branch, Made, Plan, Step};

/// How closely times are computed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sharpness {
    /// Within a few per cent, in a fraction of the time.
    Rough,
    /// Within half a per cent, or a step of a grid where constants are mixed; in the time of one walk where p99 is near so
    /// many seconds.
    Fine(f64),
}

/// How far the grid of a flow's first plan reaches on which others are walked roughly, in p99 of that plan.
const COMMON: f64 = 1.6;

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

/// The least part of a rough grid up to p99 that shows it within a few per cent.
const ENOUGH: f64 = 0.12;

/// More plans than this are not remembered.
const MOST: usize = 64;

impl Walks {
    /// What is read off the time of a plan, if the grid can be made to fit. It is looked for near so many seconds first.
    pub(super) fn shown(&self, plan: Plan, near: f64) -> Option<Shown> {
        let known = self.find(&plan, |walk| Some(walk.shown));
        known.unwrap_or_else(|| {
            let shown = plan.fitted(FINE, Some(near), None, None);
            self.note(plan, shown, None);
            shown
        })
    }

    /// The same, roughly, for a plan of a flow: on the grid of the flow's first plan wherever its result fits on it, with the
    /// times of the steps that are the same taken over.
    pub(super) fn roughly(&self, flow: usize, plan: Plan) -> Option<Shown> {
        let mut bases = self.rough.borrow_mut();
        if let Some(base) = bases.iter().find(|base| base.flow == flow) {
            let near = base.with(Other::Plan(&plan));
            return near.or_else(|| plan.fitted(ROUGH, None, None, None));
        }
        let shown = plan.fitted(ROUGH, None, None, None);
        if bases.len() < MOST
            && let Some(shown) = shown
        {
            let grid = Grid::of(ROUGH, shown.p99 * COMMON);
            let done = plan.steps_over(grid, &mut None, None, None);
            let done = done.into_iter().map(Cow::into_owned).collect();
            bases.push(Base {
                flow,
                plan,
                grid,
                done,
            });
        }
        shown
    }

    /// Whether a plan of a flow was walked roughly.
    pub(super) fn has_walked(&self, flow: usize) -> bool {
        self.rough.borrow().iter().any(|base| base.flow == flow)
    }

    /// What is read off the time of the first plan of a flow with another stop at a component.
    pub(super) fn changed(
        &self,
        flow: usize,
        change: Change,
        sharpness: Sharpness,
    ) -> Option<Shown> {
        let bases = self.rough.borrow();
        let base = bases.iter().find(|base| base.flow == flow)?;
        let fitted = |cells, near| base.plan.fitted(cells, near, None, Some(change));
        match sharpness {
            Sharpness::Fine(near) => fitted(FINE, Some(near)),
            Sharpness::Rough => base
                .with(Other::Stop(change))
                .or_else(|| fitted(ROUGH, None)),
        }
    }

    /// The same with how often first attempts outlast their timeouts.
    pub(super) fn whole(&self, plan: Plan) -> Option<(Shown, CutOff)> {
        let known = self.find(&plan, |walk| {
            let cut_off = walk.cut_off.clone()?;
            Some((walk.shown, cut_off))
        });
        let (shown, cut_off) = known.unwrap_or_else(|| {
            let mut cut_off = Vec::new();
            let shown = plan.fitted(FINE, None, Some(&mut cut_off), None);
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

/// What is walked instead of the plan of a base.
#[derive(Clone, Copy)]
enum Other<'p> {
    Plan(&'p Plan),
    Stop(Change),
}

/// Another stop at a component.
pub(super) type Change = (usize, Stop);

impl Base {
    /// What is read off the time of a plan that differs in some steps, unless it is too long or too short for the grid.
    fn with(&self, other: Other<'_>) -> Option<Shown> {
        let (plan, change) = match other {
            Other::Plan(plan) => (plan, None),
            Other::Stop(change) => (&self.plan, Some(change)),
        };
        let done = plan.steps_over(self.grid, &mut None, Some(self), change);
        let whole = plan.whole_over(self.grid, done);
        let [p50, p99] = whole.quantiles([0.5, 0.99]);
        let (p50, p99) = (p50?, p99?);
        let share = p99 / self.grid.end();
        (ENOUGH..FITS.end)
            .contains(&share)
            .then_some(Shown { p50, p99 })
    }

    /// The time of a step, where it is the same as in a plan and all that it calls is.
    fn same(
        &self,
        at: usize,
        step: &Step,
        change: Option<Change>,
        done: &[Cow<'_, Distribution>],
    ) -> Option<&Distribution> {
        let is_own = |own: &Step| match change {
            Some((component, _)) => step.component != component,
            None => own == step,
        };
        let is_same = |made: &Made| matches!(done.get(made.to), Some(Cow::Borrowed(_)));
        let mut calls = step.branches.iter().flat_map(|branch| &branch.parts);
        let same =
            calls.all(|(_, made)| is_same(made)) && self.plan.steps.get(at).is_some_and(is_own);
        self.done.get(at).filter(|_| same)
    }
}

impl Plan {
    /// The time of the whole flow over a grid; and, where it is asked for, how often first attempts outlast their timeouts.
    pub(super) fn over(
        &self,
        grid: Grid,
        cut_off: &mut Option<CutOff>,
        change: Option<Change>,
    ) -> Distribution {
        let done = self.steps_over(grid, cut_off, None, change);
        self.whole_over(grid, done).into_owned()
    }

    /// The time of each step; those that are the same as in a walk before are taken from there.
    fn steps_over<'b>(
        &self,
        grid: Grid,
        cut_off: &mut Option<CutOff>,
        base: Option<&'b Base>,
        change: Option<Change>,
    ) -> Vec<Cow<'b, Distribution>> {
        let mut done: Vec<Cow<'b, Distribution>> = Vec::with_capacity(self.steps.len());
        for (at, step) in self.steps.iter().enumerate() {
            let same = base.and_then(|base| base.same(at, step, change, &done));
            let time = match same {
                Some(time) => Cow::Borrowed(time),
                None => {
                    let below = Below {
                        steps: &self.steps,
                        done: &done,
                        grid,
                        change,
                    };
                    Cow::Owned(step.time(below, cut_off))
                }
            };
            done.push(time);
        }
        done
    }

    /// The time of the whole flow, given that of each step.
    fn whole_over<'b>(
        &self,
        grid: Grid,
        mut done: Vec<Cow<'b, Distribution>>,
    ) -> Cow<'b, Distribution> {
        let mut starts = self.arrivals.iter().flatten();
        if let (Some(start), None) = (starts.next(), starts.next())
            && *start < done.len()
        {
            return done.swap_remove(*start);
        }
        let times = |starts: &Vec<usize>| {
            let times = starts.iter().filter_map(|start| done.get(*start));
            let parts: Vec<(f64, &Distribution)> = times.map(|time| (1.0, time.as_ref())).collect();
            match parts.as_slice() {
                [(_, only)] => only.on_grid(),
                _ => Distribution::mixed(grid, &parts),
            }
        };
        let arrivals = self.arrivals.iter().filter(|starts| !starts.is_empty());
        let whole = arrivals.map(times).reduce(|all, next| all.slower(&next));
        Cow::Owned(whole.unwrap_or_else(|| Distribution::at(grid, 0.0)))
    }
}

/// The steps of a plan and the times of those that a step can call.
#[derive(Clone, Copy)]
struct Below<'d> {
    steps: &'d [Step],
    done: &'d [Cow<'d, Distribution>],
    grid: Grid,
    change: Option<Change>,
}

impl Below<'_> {
    fn no_time(&self) -> Distribution {
        Distribution::at(self.grid, 0.0)
    }

    /// A time and the stop of a step after it.
    fn stopped(&self, time: Distribution, step: &Step) -> Distribution {
        let changed = self.change.filter(|(at, _)| *at == step.component);
        let stop = changed.map_or(step.stop, |(_, stop)| stop);
        time.plus_stay(stop.service, stop.wait)
    }
}

impl Step {
    fn time(&self, below: Below<'_>, cut_off: &mut Option<CutOff>) -> Distribution {
        let called = self.called(below, cut_off).map(Cow::into_owned);
        let time = match (called, self.hits) {
            (Some(called), Some(hits)) => called.sometimes(1.0 - hits),
            (Some(called), None) => called,
            (None, _) => below.no_time(),
        };
        below.stopped(time, self)
    }

    /// The time until all calls are answered.
    fn called<'d>(
        &self,
        below: Below<'d>,
        cut_off: &mut Option<CutOff>,
    ) -> Option<Cow<'d, Distribution>> {
        if let [only] = self.branches.as_slice() {
            return Some(only.time(below, cut_off));
        }
        let times = self.branches.iter();
        let mut times: Vec<Option<Called<'_, 'd>>> = times
            .map(|branch| Some(branch.called(below, cut_off)))
            .collect();
        for (first, then) in &self.after {
            let then = times.get_mut(*then).and_then(Option::take);
            if let (Some(slot), Some(then)) = (times.get_mut(*first), then) {
                *slot = slot.take().map(|first| first.plus(then, below));
            }
        }
        let all = times.into_iter().flatten();
        let all = all.reduce(|all, next| {
            if self.at_once {
                let (all, next) = (all.time(below), next.time(below));
                Called::Time(Cow::Owned(all.slower(&next)))
            } else {
                all.plus(next, below)
            }
        });
        all.map(|all| all.time(below))
    }
}

/// What a step waits for.
enum Called<'b, 'd> {
    /// A time.
    Time(Cow<'d, Distribution>),
    /// One call of a step that calls nothing: its way and its stay are added to another time with less work than a time of
    /// its own would be.
    Alone(&'b Made, &'d Step),
}

impl<'d> Called<'_, 'd> {
    fn time(self, below: Below<'d>) -> Cow<'d, Distribution> {
        match self {
            Self::Time(time) => time,
            Self::Alone(made, _) => match below.done.get(made.to) {
                Some(answer) => made.there_and_back(answer),
                None => Cow::Owned(below.no_time()),
            },
        }
    }

    /// One after the other.
    fn plus(self, other: Self, below: Below<'d>) -> Self {
        let sum = match (self, other) {
            (Self::Alone(made, step), other) | (other, Self::Alone(made, step)) => {
                let other = other.time(below);
                let moved = made.there_and_back(&other).into_owned();
                below.stopped(moved, step)
            }
            (one, other) => one.time(below).plus(&other.time(below)),
        };
        Self::Time(Cow::Owned(sum))
    }
}

impl Branch {
    fn called<'b, 'd>(&'b self, below: Below<'d>, cut_off: &mut Option<CutOff>) -> Called<'b, 'd> {
        if let [(weight, made)] = self.parts.as_slice()
            && *weight >= 1.0
            && (made.number, made.timeout) == (1, None)
            && made.part <= 0.0
            && let Some(step) = below.steps.get(made.to)
            && step.branches.is_empty()
        {
            return Called::Alone(made, step);
        }
        Called::Time(self.time(below, cut_off))
    }

    /// The time of one of the parts, or none of them for the share of requests that takes none.
    fn time<'d>(&self, below: Below<'d>, cut_off: &mut Option<CutOff>) -> Cow<'d, Distribution> {
        if let [(weight, made)] = self.parts.as_slice() {
            let time = made.time(below, cut_off);
            return if *weight < 1.0 {
                Cow::Owned(time.into_owned().sometimes(*weight))
            } else {
                time
            };
        }
        let sum: f64 = self.parts.iter().map(|(weight, _)| weight).sum();
        let made = self.parts.iter();
        let mut times: Vec<(f64, Cow<'_, Distribution>)> = made
            .map(|(weight, made)| (*weight, made.time(below, cut_off)))
            .collect();
        if sum < 1.0 {
            times.push((1.0 - sum, Cow::Owned(below.no_time())));
        }
        mixed(below.grid, &times)
    }
}

impl Made {
    /// The time of a call: there and back, as often as it is made, within its timeout.
    fn time<'d>(&self, below: Below<'d>, cut_off: &mut Option<CutOff>) -> Cow<'d, Distribution> {
        let Some(answer) = below.done.get(self.to) else {
            return Cow::Owned(below.no_time());
        };
        let mut one = self.there_and_back(answer);
        if let Some((connection, timeout, retries)) = self.timeout {
            if let Some(cut_off) = cut_off {
                cut_off.push((connection, one.outlasting(timeout)));
            }
            one = Cow::Owned(one.into_owned().with_retries(timeout, retries).0);
        }
        self.repeated(one, below)
    }

    /// A time and the network on the way.
    fn there_and_back<'d>(&self, time: &'d Distribution) -> Cow<'d, Distribution> {
        match self.hops.as_slice() {
            [] => Cow::Borrowed(time),
            [(_, hop)] => Cow::Owned(time.delayed(*hop)),
            hops => Cow::Owned(time.delayed_by_one_of(hops)),
        }
    }

    /// So many calls, at once or one after the other; of a fraction, one more with that probability.
    fn repeated<'d>(&self, one: Cow<'d, Distribution>, below: Below<'_>) -> Cow<'d, Distribution> {
        let many = |number: u64| match number {
            0 => Cow::Owned(below.no_time()),
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
        mixed(below.grid, &[(1.0 - self.part, fewer), (self.part, more)])
    }
}

/// One of several times.
fn mixed<'d>(grid: Grid, times: &[(f64, Cow<'_, Distribution>)]) -> Cow<'d, Distribution> {
    let parts: Vec<(f64, &Distribution)> = times
        .iter()
        .map(|(weight, time)| (*weight, time.as_ref()))
        .collect();
    Cow::Owned(Distribution::mixed(grid, &parts))
}
