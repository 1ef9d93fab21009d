//! Latency: how long the synchronous part of a flow takes, as a distribution.
//!
//! Knows times, waiting, hits and misses, timeouts and retries; reads the load of each component and computes none.

use std::f64::consts::LN_2;

use super::distribution::{Distribution, Grid};
use super::flows::FlowFacts;
use super::journey::{Call, Journey};
use super::load::{self, Load, Use};
use super::queueing::Station;
use super::scenario::{Capacity, Scenario, Stance};
use crate::model::{Attribute, Surrounding};

/// How long a flow takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Timing {
    /// Half of the requests take less, in seconds.
    pub p50: f64,
    /// All but one in a hundred take less, in seconds.
    pub p99: f64,
    /// The mean, in seconds.
    pub mean: f64,
    /// For each connection with a timeout: how often a first attempt takes longer than it.
    pub cut_off: Vec<(usize, f64)>,
    /// For each visit: the mean that its own work, waiting included, takes.
    pub own: Vec<f64>,
}

/// Why a flow has no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untimed {
    /// Requests come faster than this component serves them: the queue grows without end.
    Saturated(usize),
    /// Something has no basis; the scenario notes what.
    Unknown,
    /// There are more visits on it than are gone through.
    TooLong,
}

/// More visits than this are not gone through, each with a distribution. The flows of a design share ten times as many.
pub const MOST_VISITS: usize = 400;

/// How many visits a flow may have that is one of so many.
#[must_use]
pub fn most_visits(flows: usize) -> usize {
    (MOST_VISITS * 10 / flows.max(1)).clamp(20, MOST_VISITS)
}

/// What each component does to a request.
struct Stop {
    /// Mean time of one request by itself, in seconds.
    service: f64,
    /// Where requests may have to wait.
    station: Option<Station>,
}

/// How long the synchronous part of a flow takes, given the load of each component.
///
/// Service times are exponential with the stated median. A component of capacity k a instance and mean service time S is
/// a queue with k S servers (Little 1961), M/M/c, one for each instance. The time of the caller is that of its own work
/// and of its calls; percentiles are read off the distribution of the whole.
///
/// # Errors
/// When a component is saturated, or something has no basis.
pub fn timing(
    facts: &FlowFacts,
    flow: usize,
    loads: &[Load],
    uses: &[Use],
    scenario: &Scenario<'_>,
) -> Result<Timing, Untimed> {
    let journey = &facts.journey;
    let waited = awaited(journey);
    let mut stops = Vec::with_capacity(journey.visits.len());
    let mut open = facts.flow.rate.is_none();
    if open {
        scenario.miss(format!("rate of {}", facts.flow.id));
    }
    for (visit, component) in journey.visits.iter().enumerate() {
        let is_waited_for = waited.get(visit) == Some(&true);
        stops.push(if is_waited_for {
            stop(*component, loads, uses, scenario, &mut open)?
        } else {
            Stop {
                service: 0.0,
                station: None,
            }
        });
    }
    if open && scenario.stance == Stance::Worst {
        return Err(Untimed::Unknown);
    }
    let reads = facts.flow.kind.is_none() || !scenario.writes(flow, facts.flow.kind);
    let walk = Walk {
        journey,
        scenario,
        stops,
        waited,
        reads,
    };
    walk.refined()
}

/// The visits that the caller of the flow waits for.
fn awaited(journey: &Journey) -> Vec<bool> {
    let mut waited = vec![false; journey.visits.len()];
    for start in &journey.starts {
        if let Some(slot) = waited.get_mut(*start) {
            *slot = true;
        }
    }
    for visit in &journey.order {
        if waited.get(*visit) != Some(&true) {
            continue;
        }
        for call in journey
            .calls_of(*visit)
            .iter()
            .filter(|call| is_awaited(call))
        {
            if let Some(slot) = waited.get_mut(call.to) {
                *slot = true;
            }
        }
    }
    waited
}

const fn is_awaited(call: &Call) -> bool {
    !call.asynchronous && !call.back
}

fn stop(
    at: usize,
    loads: &[Load],
    uses: &[Use],
    scenario: &Scenario<'_>,
    open: &mut bool,
) -> Result<Stop, Untimed> {
    let none = Stop {
        service: 0.0,
        station: None,
    };
    let Some(component) = scenario.component(at) else {
        return Ok(none);
    };
    if scenario.vocabulary.kinds.info(component.kind).origin || scenario.is_gone(at) {
        return Ok(none);
    }
    let median = match (scenario.latency(at), scenario.stance) {
        (Some(median), _) => median,
        (None, Stance::Best) => 0.0,
        (None, _) => return Err(Untimed::Unknown),
    };
    let service = median / LN_2;
    if let Some(flow) = loads.get(at).and_then(|load| load.open.first()) {
        let id = scenario.design.flows.get(*flow).map(|flow| flow.id.clone());
        scenario.miss(format!("rate of {}", id.unwrap_or_default()));
        *open = true;
    }
    let share = match uses.get(at) {
        Some(Use::Share(share)) => *share,
        Some(Use::Unknown) => {
            *open = true;
            return Ok(Stop {
                service,
                station: None,
            });
        }
        _ => {
            return Ok(Stop {
                service,
                station: None,
            });
        }
    };
    if share >= 1.0 {
        return Err(Untimed::Saturated(at));
    }
    let each = match scenario.capacity(at) {
        Capacity::EachServes(each) if each > 0.0 => each,
        _ => {
            return Ok(Stop {
                service,
                station: None,
            });
        }
    };
    Ok(Stop {
        service,
        station: Some(Station {
            // By Little's law; one that is busy now and then is one server all the same.
            servers: whole((each * service).round(), 1.0),
            capacity: each,
            rate: each * share,
        }),
    })
}

/// A whole number of at least so much; a million is as good as any more.
fn whole(number: f64, least: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped, positive"
    )]
    let whole = number.clamp(least, 1e6) as u64;
    whole
}

/// A walk over the journey from its ends to its starts.
struct Walk<'w> {
    journey: &'w Journey,
    scenario: &'w Scenario<'w>,
    stops: Vec<Stop>,
    waited: Vec<bool>,
    reads: bool,
}

impl Walk<'_> {
    /// The timing on a grid that fits: the first guess is generous, the next one is made from what it shows.
    fn refined(&self) -> Result<Timing, Untimed> {
        let mut longest = (self.longest() * 8.0).clamp(1e-6, 1e9);
        let mut shown = None;
        let mut cut_off: Vec<(usize, f64)> = Vec::new();
        for round in 0..4 {
            let (whole, mut seen) = self.over(Grid::up_to(longest));
            // A grid that ends before a timeout can't tell what outlasts it; a wider one before it could.
            seen.retain(|(at, _)| round == 0 || self.timeout(*at) < longest);
            if round == 0 {
                self.look_further(longest, &mut seen);
            }
            cut_off.retain(|(at, _)| seen.iter().all(|(other, _)| other != at));
            cut_off.append(&mut seen);
            let (p50, p99, edge) = (
                whole.quantile(0.5),
                whole.quantile(0.99),
                whole.quantile(0.999),
            );
            let next = match (p99, edge) {
                (Some(_), Some(edge)) if edge < longest / 6.0 => edge * 2.0,
                (Some(_), _) => longest,
                (None, _) => longest * 8.0,
            };
            if let (Some(p50), Some(p99)) = (p50, p99) {
                shown = Some((p50, p99, whole.mean()));
            }
            let next = next.clamp(1e-6, 1e12);
            if (next / longest - 1.0).abs() < 1e-9 {
                break;
            }
            longest = next;
        }
        let (p50, p99, mean) = shown.ok_or(Untimed::Unknown)?;
        Ok(Timing {
            p50,
            p99,
            mean,
            cut_off,
            own: self.own(),
        })
    }

    /// Measures anew, on a grid wide enough for all of them, what outlasts the timeouts beyond a first grid.
    fn look_further(&self, longest: f64, seen: &mut Vec<(usize, f64)>) {
        // What outlasts the grid bounds what outlasts them.
        let beyond = |(at, share): &&(usize, f64)| *share > 1e-6 && self.timeout(*at) >= longest;
        let furthest = seen.iter().filter(beyond).map(|(at, _)| self.timeout(*at));
        let furthest = furthest.filter(|time| time.is_finite()).fold(0.0, f64::max);
        if furthest > 0.0 {
            let (_, further) = self.over(Grid::up_to((furthest * 2.0).min(1e9)));
            seen.retain(|(at, _)| self.timeout(*at) < longest);
            seen.extend(
                further
                    .iter()
                    .filter(|(at, _)| self.timeout(*at) >= longest),
            );
        }
    }

    /// How long the caller waits over a connection, in seconds; without end where it does not say.
    fn timeout(&self, connection: usize) -> f64 {
        let stated = self.scenario.connection(Some(connection));
        stated
            .and_then(|connection| connection.attributes.number(Attribute::Timeout))
            .unwrap_or(f64::INFINITY)
    }

    fn own(&self) -> Vec<f64> {
        let own = |stop: &Stop| {
            let wait = stop.station.as_ref().and_then(Station::mean_wait);
            stop.service + wait.unwrap_or(0.0)
        };
        self.stops.iter().map(own).collect()
    }

    /// More than the mean of the longest way: all that is called, one after the other, misses and all.
    fn longest(&self) -> f64 {
        let mut times = self.own();
        for visit in self.journey.order.iter().rev() {
            let mut sum = times.get(*visit).copied().unwrap_or(0.0);
            for call in self
                .journey
                .calls_of(*visit)
                .iter()
                .filter(|call| is_awaited(call))
            {
                let target = times.get(call.to).copied().unwrap_or(0.0);
                let attributes = self
                    .scenario
                    .connection(call.connection)
                    .map(|c| &c.attributes);
                let calls = attributes
                    .and_then(|a| a.number(Attribute::Calls))
                    .unwrap_or(1.0);
                let hops = self.hops(call).into_iter().map(|(_, time)| time);
                sum += (target + hops.fold(0.0, f64::max)) * calls.clamp(1.0, 100.0);
            }
            if let Some(slot) = times.get_mut(*visit) {
                *slot = sum.min(1e9);
            }
        }
        let starts = self
            .journey
            .starts
            .iter()
            .filter_map(|start| times.get(*start));
        starts.sum()
    }

    /// The time of the whole flow over a grid, and how often first attempts outlast their timeouts.
    fn over(&self, grid: Grid) -> (Distribution, Vec<(usize, f64)>) {
        let mut cut_off = Vec::new();
        let mut done: Vec<Option<Distribution>> = vec![None; self.journey.visits.len()];
        for visit in self.journey.order.iter().rev() {
            if self.waited.get(*visit) == Some(&true) {
                let time = self.at_visit(*visit, &done, grid, &mut cut_off);
                if let Some(slot) = done.get_mut(*visit) {
                    *slot = Some(time);
                }
            }
        }
        let starts = self.journey.starts.iter();
        let begun: Vec<Distribution> = starts
            .filter_map(|start| done.get(*start).cloned().flatten())
            .collect();
        let whole = if self.journey.one_start_is_enough {
            let parts: Vec<(f64, &Distribution)> = begun.iter().map(|time| (1.0, time)).collect();
            Distribution::mixed(grid, &parts)
        } else {
            let slower = |all: Distribution, next: &Distribution| all.slower(next);
            begun.iter().fold(Distribution::at(grid, 0.0), slower)
        };
        (whole, cut_off)
    }

    fn at_visit(
        &self,
        visit: usize,
        done: &[Option<Distribution>],
        grid: Grid,
        cut_off: &mut Vec<(usize, f64)>,
    ) -> Distribution {
        let component = self.journey.component(visit);
        let mut time = self.calls_made(visit, done, grid, cut_off);
        let hits = self.scenario.hit_ratio(component).filter(|_| self.reads);
        if let (Some(hits), Some(called)) = (hits, &time) {
            let none = Distribution::at(grid, 0.0);
            time = Some(Distribution::mixed(
                grid,
                &[(hits, &none), (1.0 - hits, called)],
            ));
        }
        let time = time.unwrap_or_else(|| Distribution::at(grid, 0.0));
        let Some(stop) = self.stops.get(visit) else {
            return time;
        };
        let worked = if stop.service > 0.0 {
            time.plus_exponential(stop.service)
        } else {
            time
        };
        let waited = stop
            .station
            .as_ref()
            .and_then(|station| worked.plus_wait(station));
        waited.unwrap_or(worked)
    }

    /// The time until all calls of a visit are answered.
    fn calls_made(
        &self,
        visit: usize,
        done: &[Option<Distribution>],
        grid: Grid,
        cut_off: &mut Vec<(usize, f64)>,
    ) -> Option<Distribution> {
        let calls = self.journey.calls_of(visit);
        let weights = load::weights(calls, self.reads, self.scenario, self.journey);
        let none = Distribution::at(grid, 0.0);
        let mut branches: Vec<Branch> = Vec::new();
        for (call, weight) in calls
            .iter()
            .zip(weights)
            .filter(|(call, _)| is_awaited(call))
        {
            let Some(answer) = done.get(call.to).and_then(Option::as_ref) else {
                continue;
            };
            let time = self.called(call, answer, grid, cut_off);
            let same = call.choice.and_then(|choice| {
                branches
                    .iter_mut()
                    .find(|branch| branch.choice == Some(choice))
            });
            match same {
                Some(branch) => branch.parts.push((weight, time)),
                None => branches.push(Branch {
                    choice: call.choice,
                    target: self.journey.component(call.to),
                    after: self.cache_of(call),
                    parts: vec![(weight, time)],
                }),
            }
        }
        let times = branches
            .iter()
            .map(|branch| branch.time(grid, &none))
            .collect();
        let times = in_order(&branches, times);
        self.together(self.journey.component(visit), times)
    }

    /// Branches at once or one after the other.
    fn together(&self, component: usize, times: Vec<Distribution>) -> Option<Distribution> {
        let at_once = times.len() < 2 || self.scenario.at_once(component);
        times.into_iter().reduce(|all, next| {
            if at_once {
                all.slower(&next)
            } else {
                all.plus(&next)
            }
        })
    }

    /// The cache whose misses take a call, where reads come this way.
    fn cache_of(&self, call: &Call) -> Option<usize> {
        let attributes = &self.scenario.connection(call.connection)?.attributes;
        let cache = attributes.word(Attribute::OnMiss).filter(|_| self.reads)?;
        self.scenario.design.component(cache)
    }

    /// The time of a call: there and back, as often as it is made, within its timeout.
    fn called(
        &self,
        call: &Call,
        answer: &Distribution,
        grid: Grid,
        cut_off: &mut Vec<(usize, f64)>,
    ) -> Distribution {
        let hops = self.hops(call);
        let moved: Vec<(f64, Distribution)> = hops
            .iter()
            .map(|(weight, time)| (*weight, answer.delayed(*time)))
            .collect();
        let parts: Vec<(f64, &Distribution)> =
            moved.iter().map(|(weight, time)| (*weight, time)).collect();
        let one = match parts.as_slice() {
            [] => answer.clone(),
            [(_, only)] => (*only).clone(),
            _ => Distribution::mixed(grid, &parts),
        };
        let Some(connection) = self.scenario.connection(call.connection) else {
            return one;
        };
        let attributes = &connection.attributes;
        let one = match attributes.number(Attribute::Timeout) {
            Some(timeout) => {
                let (_, first) = one.with_retries(timeout, 0);
                cut_off.extend(call.connection.map(|at| (at, first)));
                let retries = attributes.count(Attribute::Retries).unwrap_or(0);
                one.with_retries(timeout, retries).0
            }
            None => one,
        };
        let calls = attributes.number(Attribute::Calls).unwrap_or(1.0);
        self.repeated(&one, calls, self.journey.component(call.from), grid)
    }

    /// So many calls, at once or one after the other; of a fraction, one more with that probability.
    fn repeated(&self, one: &Distribution, calls: f64, caller: usize, grid: Grid) -> Distribution {
        let number = whole(calls.floor(), 0.0);
        let part = calls - calls.floor();
        let many = |number: u64| match number {
            0 => Distribution::at(grid, 0.0),
            1 => one.clone(),
            _ if self.scenario.at_once(caller) => one.slowest_of(number),
            _ => one.times(number),
        };
        if part <= 1e-9 {
            return many(number);
        }
        let (fewer, more) = (many(number), many(number + 1));
        Distribution::mixed(grid, &[(1.0 - part, &fewer), (part, &more)])
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
            scenario
                .component(at)
                .map(|component| scenario.vocabulary.kinds.info(component.kind))
        };
        if info(from).is_some_and(|kind| kind.origin) {
            return Vec::new();
        }
        if info(from).is_some_and(|kind| kind.remote) || info(to).is_some_and(|kind| kind.remote) {
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
        let mut hops = vec![
            (abroad, Surrounding::RegionRoundTrip),
            ((1.0 - abroad) * across, Surrounding::ZoneRoundTrip),
            (
                (1.0 - abroad) * (1.0 - across),
                Surrounding::InZoneRoundTrip,
            ),
        ];
        hops.retain(|(weight, _)| *weight > 0.0);
        hops.into_iter()
            .map(|(weight, what)| (weight, scenario.surrounding(what)))
            .collect()
    }
}

/// Calls that are made together: alternatives, or one.
struct Branch {
    choice: Option<usize>,
    target: usize,
    /// The cache that is asked first.
    after: Option<usize>,
    parts: Vec<(f64, Distribution)>,
}

impl Branch {
    /// The time of one of the parts, or none of them for the share of requests that takes none.
    fn time(&self, grid: Grid, none: &Distribution) -> Distribution {
        let sum: f64 = self.parts.iter().map(|(weight, _)| weight).sum();
        let mut parts: Vec<(f64, &Distribution)> = self
            .parts
            .iter()
            .map(|(weight, time)| (*weight, time))
            .collect();
        if sum < 1.0 {
            parts.push((1.0 - sum, none));
        }
        match parts.as_slice() {
            [(_, only)] => (*only).clone(),
            _ => Distribution::mixed(grid, &parts),
        }
    }
}

/// What is called on a miss comes after the cache.
fn in_order(branches: &[Branch], times: Vec<Distribution>) -> Vec<Distribution> {
    let mut firsts: Vec<Option<Distribution>> = times.into_iter().map(Some).collect();
    for (at, branch) in branches.iter().enumerate() {
        let cache = branch
            .after
            .and_then(|cache| branches.iter().position(|other| other.target == cache));
        let Some(cache) = cache.filter(|cache| *cache != at) else {
            continue;
        };
        let after = firsts.get_mut(at).and_then(Option::take);
        match (firsts.get_mut(cache), after) {
            (Some(Some(first)), Some(after)) => *first = first.plus(&after),
            // The cache itself comes after another: a circle of misses, which is left as it is.
            (_, Some(after)) => {
                if let Some(slot) = firsts.get_mut(at) {
                    *slot = Some(after);
                }
            }
            (_, None) => {}
        }
    }
    firsts.into_iter().flatten().collect()
}
