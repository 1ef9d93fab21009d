//! What the time of a flow is computed from, in numbers: who is called after whom, how often, and how long each takes by
//! itself. All that a scenario says of it is asked here; two scenarios with the same plan have the same times.
//!
//! Knows journeys and scenarios; knows no distribution.

use super::super::journey::{Call, Journey};
use super::super::load;
use super::super::scenario::{Scenario, Stance};
use super::{Stop, awaited, is_awaited, whole};
use crate::model::{Attribute, Surrounding};

/// A flow, in numbers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Plan {
    /// The visits that are waited for, callees before callers.
    pub steps: Vec<Step>,
    /// The steps at which requests arrive: one of each list, whose steps share the requests.
    pub arrivals: Vec<Vec<usize>>,
    /// More than the mean of the longest way, in seconds: all that is called, one after the other, misses and all.
    pub longest: f64,
}

/// A visit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Step {
    /// The component that is visited.
    pub component: usize,
    /// What is called; alternatives together.
    pub branches: Vec<Branch>,
    /// Branches whose time is added to that of another, by position: the other first.
    pub after: Vec<(usize, usize)>,
    /// The branches are called at once.
    pub at_once: bool,
    /// The share of requests that needs no calls.
    pub hits: Option<f64>,
    /// Its own work.
    pub stop: Stop,
}

/// Calls that are made together: alternatives, or one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Branch {
    /// The calls, each with the share of requests that takes it.
    pub parts: Vec<(f64, Made)>,
    choice: Option<usize>,
    target: usize,
    /// The cache that is asked first.
    cache: Option<usize>,
}

/// A call, made once or several times.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Made {
    /// The step that is called.
    pub to: usize,
    /// The network there and back: times in seconds with their probabilities.
    pub hops: Vec<(f64, f64)>,
    /// The connection, and after how many seconds the caller gives up, and how often it tries again.
    pub timeout: Option<(usize, f64, u64)>,
    /// How often it is made.
    pub number: u64,
    /// The probability of once more.
    pub part: f64,
    /// Several are made at once.
    pub at_once: bool,
}

impl Plan {
    /// The plan of a journey whose visits take so long.
    pub fn of(journey: &Journey, stops: &[Stop], scenario: &Scenario<'_>, reads: bool) -> Self {
        let mut draft = Draft {
            journey,
            scenario,
            reads,
            planned: vec![None; journey.visits.len()],
            steps: Vec::new(),
        };
        let waited = awaited(journey);
        for visit in journey.order.iter().rev() {
            if waited.get(*visit) == Some(&true) {
                let step = draft.step(*visit, stops.get(*visit).copied());
                if let Some(slot) = draft.planned.get_mut(*visit) {
                    *slot = Some(draft.steps.len());
                }
                draft.steps.push(step);
            } else {
                draft.note_ways(*visit);
            }
        }
        let longest = draft.longest();
        let arrivals = journey.arrivals.iter().map(|starts| {
            let steps = starts
                .iter()
                .filter_map(|start| *draft.planned.get(*start)?);
            steps.collect()
        });
        Self {
            arrivals: arrivals.collect(),
            steps: draft.steps,
            longest,
        }
    }

    /// After how many seconds the caller over a connection gives up; without end where none is planned.
    pub fn timeout(&self, connection: usize) -> f64 {
        let branches = self.steps.iter().flat_map(|step| &step.branches);
        let calls = branches.flat_map(|branch| &branch.parts);
        let mut timeouts = calls.filter_map(|(_, made)| made.timeout);
        let of_it = timeouts.find(|(at, ..)| *at == connection);
        of_it.map_or(f64::INFINITY, |(_, timeout, _)| timeout)
    }
}

/// A plan while it is drawn up.
struct Draft<'d> {
    journey: &'d Journey,
    scenario: &'d Scenario<'d>,
    reads: bool,
    /// The step of each visit that has one.
    planned: Vec<Option<usize>>,
    steps: Vec<Step>,
}

impl Draft<'_> {
    fn step(&self, visit: usize, stop: Option<Stop>) -> Step {
        let component = self.journey.component(visit);
        let branches = self.branches(visit);
        let (after, left) = in_order(&branches);
        let hits = self.scenario.hit_ratio(component).filter(|_| self.reads);
        Step {
            component,
            branches,
            after,
            at_once: left < 2 || self.scenario.at_once(component),
            hits,
            stop: stop.unwrap_or(Stop::NONE),
        }
    }

    /// Asks for the ways from a visit that nobody waits for: what they rest on is told all the same.
    fn note_ways(&self, visit: usize) {
        let calls = self.journey.calls_of(visit).iter();
        for call in calls.filter(|call| is_awaited(call)) {
            self.hops(call);
        }
    }

    fn branches(&self, visit: usize) -> Vec<Branch> {
        let calls = self.journey.calls_of(visit);
        let weights = load::weights(calls, self.reads, self.scenario, self.journey);
        let mut branches: Vec<Branch> = Vec::new();
        for (call, weight) in calls
            .iter()
            .zip(weights)
            .filter(|(call, _)| is_awaited(call))
        {
            let Some(to) = self.planned.get(call.to).copied().flatten() else {
                continue;
            };
            let made = self.made(call, to);
            let same = call.choice.and_then(|choice| {
                branches
                    .iter_mut()
                    .find(|branch| branch.choice == Some(choice))
            });
            match same {
                Some(branch) => branch.parts.push((weight, made)),
                None => branches.push(Branch {
                    choice: call.choice,
                    target: self.journey.component(call.to),
                    cache: self.cache_of(call),
                    parts: vec![(weight, made)],
                }),
            }
        }
        branches
    }

    /// The cache whose misses take a call, where reads come this way.
    fn cache_of(&self, call: &Call) -> Option<usize> {
        let attributes = &self.scenario.connection(call.connection)?.attributes;
        let cache = attributes.word(Attribute::OnMiss).filter(|_| self.reads)?;
        self.scenario.design.component(cache)
    }

    /// A call: there and back, as often as it is made, within its timeout.
    fn made(&self, call: &Call, to: usize) -> Made {
        let once = Made {
            to,
            hops: self.hops(call),
            timeout: None,
            number: 1,
            part: 0.0,
            at_once: false,
        };
        let connection = self.scenario.connection(call.connection);
        let (Some(at), Some(connection)) = (call.connection, connection) else {
            return once;
        };
        let attributes = &connection.attributes;
        let retries = attributes.count(Attribute::Retries).unwrap_or(0);
        let timeout = attributes.number(Attribute::Timeout);
        let calls = attributes.number(Attribute::Calls).unwrap_or(1.0);
        let number = whole(calls.floor(), 0.0);
        let part = Some(calls - calls.floor()).filter(|part| *part > 1e-9);
        let most = number + u64::from(part.is_some());
        Made {
            timeout: timeout.map(|timeout| (at, timeout, retries)),
            number,
            part: part.unwrap_or(0.0),
            at_once: most > 1 && self.scenario.at_once(self.journey.component(call.from)),
            ..once
        }
    }

    /// More than the mean of the longest way: all that is called, one after the other, misses and all.
    fn longest(&self) -> f64 {
        let mut times: Vec<f64> = Vec::with_capacity(self.steps.len());
        for step in &self.steps {
            let calls = step.branches.iter().flat_map(|branch| &branch.parts);
            let called: f64 = calls
                .map(|(_, made)| {
                    let target = times.get(made.to).copied().unwrap_or(0.0);
                    let hops = made.hops.iter().map(|(_, time)| *time);
                    let calls = load::as_number(made.number) + made.part;
                    (target + hops.fold(0.0, f64::max)) * calls.clamp(1.0, 100.0)
                })
                .sum();
            times.push((step.stop.mean() + called).min(1e9));
        }
        let starts = self.journey.starts();
        let planned = starts.filter_map(|start| *self.planned.get(start)?);
        planned.filter_map(|start| times.get(start)).sum()
    }

    /// The network on the way to a callee and back: times with their probabilities. The way from a client to the system
    /// is not part of it.
    fn hops(&self, call: &Call) -> Vec<(f64, f64)> {
        let scenario = self.scenario;
        let (from, to) = (
            self.journey.component(call.from),
            self.journey.component(call.to),
        );
        let info = |at: usize| {
            let component = scenario.component(at);
            component.map(|component| scenario.vocabulary.kinds.info(component.kind))
        };
        let (caller, callee) = (info(from), info(to));
        if caller.is_some_and(|kind| kind.origin) {
            return Vec::new();
        }
        if caller.is_some_and(|kind| kind.remote) || callee.is_some_and(|kind| kind.remote) {
            return vec![(1.0, scenario.surrounding(Surrounding::WideRoundTrip))];
        }
        let count = |at: usize, name| {
            scenario
                .component(at)
                .and_then(|c| c.attributes.count(name))
        };
        let regions = |at: usize| load::as_number(count(at, Attribute::Regions).unwrap_or(1));
        let abroad = (1.0 - regions(to) / regions(from)).max(0.0);
        let zones = count(from, Attribute::Zones).max(count(to, Attribute::Zones));
        let across = match zones {
            Some(zones) => 1.0 - 1.0 / load::as_number(zones.max(1)),
            None if scenario.stance == Stance::Worst => 1.0,
            None => 0.0,
        };
        let hops = [
            (abroad, Surrounding::RegionRoundTrip),
            ((1.0 - abroad) * across, Surrounding::ZoneRoundTrip),
            (
                (1.0 - abroad) * (1.0 - across),
                Surrounding::InZoneRoundTrip,
            ),
        ];
        let taken = hops.into_iter().filter(|(weight, _)| *weight > 0.0);
        taken
            .map(|(weight, what)| (weight, scenario.surrounding(what)))
            .collect()
    }
}

/// What is called on a miss comes after the cache: which branches follow which, and how many are left beside each other.
fn in_order(branches: &[Branch]) -> (Vec<(usize, usize)>, usize) {
    if branches.iter().all(|branch| branch.cache.is_none()) {
        return (Vec::new(), branches.len());
    }
    let mut follows = vec![false; branches.len()];
    let mut after = Vec::new();
    for (at, branch) in branches.iter().enumerate() {
        let cache = branch
            .cache
            .and_then(|cache| branches.iter().position(|other| other.target == cache));
        let Some(cache) = cache.filter(|cache| *cache != at) else {
            continue;
        };
        // A cache that comes after another is part of a circle of misses, which is left as it is.
        if follows.get(cache) == Some(&false) {
            after.push((cache, at));
            if let Some(slot) = follows.get_mut(at) {
                *slot = true;
            }
        }
    }
    let left = branches.len() - after.len();
    (after, left)
}
