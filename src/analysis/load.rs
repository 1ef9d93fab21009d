//! Load: rates pushed along the calls of each flow, and what they make of each component.
//!
//! Knows shares, calls, hits and misses, leaders and replicas; knows no times.

use std::collections::BTreeMap;

use super::flows::FlowFacts;
use super::journey::{Call, Journey};
use super::queueing;
use super::scenario::{Capacity, Count, Scenario};
use crate::model::{Attribute, FlowKind, Surrounding};

/// Requests that one request of a flow causes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pushed {
    /// How many arrive at each visit.
    pub visits: Vec<f64>,
    /// How many each call makes, repeated attempts included.
    pub calls: Vec<f64>,
}

/// Requests a second that arrive at a component.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Load {
    /// Those that read.
    pub reads: f64,
    /// Those that write.
    pub writes: f64,
    /// Those of callers that try again when they fail, with the number of further attempts.
    pub retried: Vec<(u64, f64)>,
    /// The flows that arrive here too and state no rate.
    pub open: Vec<usize>,
}

impl Load {
    /// All requests a second.
    #[must_use]
    pub fn rate(&self) -> f64 {
        self.reads + self.writes
    }

    /// The load with so many times the requests.
    #[must_use]
    pub fn times(&self, factor: f64) -> Self {
        let retried = self.retried.iter();
        Self {
            reads: self.reads * factor,
            writes: self.writes * factor,
            retried: retried
                .map(|(retries, rate)| (*retries, rate * factor))
                .collect(),
            open: self.open.clone(),
        }
    }
}

/// Which of the stated rates of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// On average.
    Average,
    /// At the peak, where one is stated.
    Peak,
}

/// How much of what a component can serve is asked of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Use {
    /// The share; 1 and more is saturated.
    Share(f64),
    /// It grows with the load.
    Grows,
    /// It is gone.
    Gone,
    /// Its capacity has no basis.
    Unknown,
}

impl Use {
    /// The share, where it is one.
    #[must_use]
    pub const fn share(self) -> Option<f64> {
        match self {
            Self::Share(share) => Some(share),
            _ => None,
        }
    }
}

/// What one request of a flow causes along its calls.
///
/// A call carries what arrives at its caller, times its share, times its calls a request. Reads that a cache answers go
/// no further; what is called on a miss is called by the misses. Alternatives share what arrives, by their stated shares
/// where they state them and evenly otherwise; those that are gone leave theirs to the others. What is gone passes nothing
/// on, and callers that try again send every attempt.
#[must_use]
pub fn push(facts: &FlowFacts, flow: usize, scenario: &Scenario<'_>) -> Pushed {
    let journey = &facts.journey;
    let reads = !scenario.writes(flow, facts.flow.kind) || facts.flow.kind.is_none();
    let mut visits = start_shares(journey);
    let mut calls = vec![0.0; journey.calls.len()];
    for visit in &journey.order {
        let arriving = visits.get(*visit).copied().unwrap_or(0.0);
        let component = journey.component(*visit);
        if arriving <= 0.0 || scenario.is_gone(component) {
            continue;
        }
        let first = journey.first_call(*visit);
        let own = journey.calls_of(*visit);
        let weights = weights(own, reads, scenario, journey);
        let missed = if reads {
            1.0 - scenario.hit_ratio(component).unwrap_or(0.0)
        } else {
            1.0
        };
        for (at, (call, weight)) in own.iter().zip(weights).enumerate() {
            if call.back {
                continue;
            }
            let passed = if call.asynchronous { 1.0 } else { missed };
            let sent = arriving * passed * weight * repeats(call, journey, scenario);
            let sent = sent.min(MOST_SENT);
            if let (Some(slot), Some(target)) = (calls.get_mut(first + at), visits.get_mut(call.to))
            {
                *slot = sent;
                *target += sent;
            }
        }
    }
    Pushed { visits, calls }
}

/// More requests than this are not caused by one: it keeps reports finite.
const MOST_SENT: f64 = 1e60;

/// The share of a flow's requests that begins at each visit.
#[must_use]
pub fn start_shares(journey: &Journey) -> Vec<f64> {
    let mut visits = vec![0.0; journey.visits.len()];
    #[expect(clippy::cast_precision_loss, reason = "chains of a file are few")]
    let each = if journey.one_start_is_enough {
        1.0 / journey.starts.len() as f64
    } else {
        1.0
    };
    for start in &journey.starts {
        if let Some(slot) = visits.get_mut(*start) {
            *slot = each;
        }
    }
    visits
}

/// Calls a request, and attempts a call: all of them where the callee is gone.
fn repeats(call: &Call, journey: &Journey, scenario: &Scenario<'_>) -> f64 {
    let Some(connection) = scenario.connection(call.connection) else {
        return 1.0;
    };
    let attributes = &connection.attributes;
    let calls = attributes.number(Attribute::Calls).unwrap_or(1.0);
    let retries = attributes.count(Attribute::Retries).unwrap_or(0);
    let failure = if scenario.is_gone(journey.component(call.to)) {
        1.0
    } else {
        0.0
    };
    calls * queueing::attempts(retries, failure)
}

/// The part of the requests of a visit that takes each of its calls, hits of the visit itself not counted.
#[must_use]
pub fn weights(
    calls: &[Call],
    reads: bool,
    scenario: &Scenario<'_>,
    journey: &Journey,
) -> Vec<f64> {
    let stated: Vec<Option<f64>> = calls
        .iter()
        .map(|call| stated_share(call, reads, scenario))
        .collect();
    let mut weights: Vec<f64> = stated.iter().map(|share| share.unwrap_or(1.0)).collect();
    let mut choices: Vec<usize> = calls.iter().filter_map(|call| call.choice).collect();
    choices.sort_unstable();
    choices.dedup();
    for choice in choices {
        let is_here = |at: &usize| {
            calls
                .get(*at)
                .is_some_and(|call| call.choice == Some(choice))
        };
        let all: Vec<usize> = (0..calls.len()).filter(is_here).collect();
        share_out(&all, &stated, &mut weights, |at| {
            let to = calls.get(at).map(|call| journey.component(call.to));
            to.is_some_and(|to| scenario.is_gone(to))
        });
    }
    weights
}

fn stated_share(call: &Call, reads: bool, scenario: &Scenario<'_>) -> Option<f64> {
    let attributes = &scenario.connection(call.connection)?.attributes;
    let share = attributes.number(Attribute::Share);
    let cache = attributes.word(Attribute::OnMiss);
    let missed = cache.filter(|_| reads).map(|cache| {
        let cache = scenario.design.component(cache);
        1.0 - cache.and_then(|at| scenario.hit_ratio(at)).unwrap_or(0.0)
    });
    match (share, missed) {
        (Some(share), Some(missed)) => Some(share * missed),
        (share, missed) => share.or(missed),
    }
}

/// Shares among alternatives: stated ones as stated, the rest evenly among the others, all of it among those that stand.
fn share_out(
    all: &[usize],
    stated: &[Option<f64>],
    weights: &mut [f64],
    is_gone: impl Fn(usize) -> bool,
) {
    let share = |at: &usize| stated.get(*at).copied().flatten();
    let sum: f64 = all.iter().filter_map(share).sum();
    let open = all.iter().filter(|at| share(at).is_none()).count();
    #[expect(clippy::cast_precision_loss, reason = "alternatives of one caller")]
    let rest = (1.0 - sum).max(0.0) / open.max(1) as f64;
    let total = sum.max(1.0);
    let standing: Vec<usize> = all.iter().copied().filter(|at| !is_gone(*at)).collect();
    let before: f64 = all.iter().map(|at| share(at).unwrap_or(rest) / total).sum();
    let left: f64 = standing
        .iter()
        .map(|at| share(at).unwrap_or(rest) / total)
        .sum();
    for at in all {
        let own = share(at).unwrap_or(rest) / total;
        if let Some(slot) = weights.get_mut(*at) {
            *slot = match (standing.is_empty(), standing.contains(at)) {
                (true, _) => own,
                (false, true) if left > 0.0 => own * before / left,
                (false, _) => 0.0,
            };
        }
    }
}

/// What arrives at each component when all flows run at their stated rates, times what is changed.
#[must_use]
pub fn loads(
    flows: &[FlowFacts],
    pushed: &[Pushed],
    moment: Moment,
    scenario: &Scenario<'_>,
) -> Vec<Load> {
    let mut loads = vec![Load::default(); scenario.design.components.len()];
    for (first, ways, pushed) in by_requests(flows, pushed) {
        let Some(one) = ways.first() else {
            continue;
        };
        let rate = rate(one, moment).map(|rate| rate * scenario.change.load_factor());
        let writes = one.flow.kind == Some(FlowKind::Write)
            || (one.flow.kind.is_none() && scenario.writes(first, None));
        if let Some(rate) = rate {
            add(rate, writes, (ways, pushed), &mut loads, scenario);
        } else {
            let open = (first..).zip(ways.iter().zip(pushed));
            open.for_each(|(flow, way)| note_open(flow, way, &mut loads));
        }
    }
    loads
}

/// The flows together that are ways of the same requests: the position of the first of them, all of them, and what is pushed
/// along each.
pub(super) fn by_requests<'f>(
    flows: &'f [FlowFacts],
    pushed: &'f [Pushed],
) -> impl Iterator<Item = (usize, &'f [FlowFacts], &'f [Pushed])> {
    let mut next = 0;
    let together = flows.chunk_by(FlowFacts::shares_requests);
    together.filter_map(move |ways| {
        let first = next;
        next += ways.len();
        Some((first, ways, pushed.get(first..next)?))
    })
}

/// Adds so many requests a second that take some ways.
fn add(
    rate: f64,
    writes: bool,
    (ways, pushed): (&[FlowFacts], &[Pushed]),
    loads: &mut [Load],
    scenario: &Scenario<'_>,
) {
    for (component, arriving) in once_each(ways.iter().zip(pushed).map(arriving)) {
        match loads.get_mut(component) {
            Some(load) if writes => load.writes += rate * arriving,
            Some(load) => load.reads += rate * arriving,
            None => {}
        }
    }
    let retried = |way| retried(way, scenario);
    for ((component, retries), sent) in once_each(ways.iter().zip(pushed).map(retried)) {
        if let Some(load) = loads.get_mut(component) {
            note_policy(&mut load.retried, retries, rate * sent);
        }
    }
}

/// Notes a flow without a rate wherever it arrives.
fn note_open(flow: usize, way: (&FlowFacts, &Pushed), loads: &mut [Load]) {
    for (component, _) in arriving(way) {
        if let Some(load) = loads.get_mut(component) {
            load.open.push(flow);
        }
    }
}

/// How many of the requests of a flow arrive at each of its visits, by component.
fn arriving((facts, pushed): (&FlowFacts, &Pushed)) -> Vec<(usize, f64)> {
    let visits = facts.journey.visits.iter().copied();
    let visits = visits.zip(pushed.visits.iter().copied());
    visits.filter(|(_, arriving)| *arriving > 0.0).collect()
}

/// How many calls of a flow are made by callers that try again, by the component that is called and the further attempts.
fn retried(
    (facts, pushed): (&FlowFacts, &Pushed),
    scenario: &Scenario<'_>,
) -> Vec<((usize, u64), f64)> {
    let calls = facts.journey.calls.iter().zip(&pushed.calls);
    let policy = |(call, sent): (&Call, &f64)| {
        let attributes = &scenario.connection(call.connection)?.attributes;
        let retries = attributes.count(Attribute::Retries).filter(|n| *n > 0)?;
        Some(((facts.journey.component(call.to), retries), *sent))
    };
    calls.filter_map(policy).collect()
}

/// What several ways of the same requests have in common counts once: of each the way on which there is most of it. A sole
/// way is left as it is.
pub(super) fn once_each<K: Copy + Ord>(
    mut ways: impl ExactSizeIterator<Item = Vec<(K, f64)>>,
) -> Vec<(K, f64)> {
    if ways.len() == 1 {
        return ways.next().unwrap_or_default();
    }
    let mut most: BTreeMap<K, f64> = BTreeMap::new();
    for way in ways {
        let mut own: BTreeMap<K, f64> = BTreeMap::new();
        for (key, part) in way {
            *own.entry(key).or_default() += part;
        }
        for (key, sum) in own {
            let slot = most.entry(key).or_default();
            *slot = slot.max(sum);
        }
    }
    most.into_iter().collect()
}

/// More numbers of retries than this are not told apart at one component.
const MOST_POLICIES: usize = 16;

fn note_policy(policies: &mut Vec<(u64, f64)>, retries: u64, rate: f64) {
    for (known, sum) in policies.iter_mut() {
        if *known == retries {
            *sum += rate;
            return;
        }
    }
    if policies.len() < MOST_POLICIES {
        policies.push((retries, rate));
    }
}

/// The stated rate of a flow.
#[must_use]
pub fn rate(facts: &FlowFacts, moment: Moment) -> Option<f64> {
    match moment {
        Moment::Average => facts.flow.rate.as_ref().map(|figure| figure.quantity.value),
        Moment::Peak => facts.flow.peak_rate().map(|peak| peak.value),
    }
}

/// How much of what a component can serve a load asks of it.
///
/// With a single leader every write is applied by every replica, and reads spread over them: each copy of a shard gets
/// w + r/n (Kleppmann, Designing Data-Intensive Applications, 2017, chapter 5). Without one, all requests spread. The
/// fullest shard counts.
#[must_use]
pub fn utilisation(at: usize, load: &Load, scenario: &Scenario<'_>) -> Use {
    if scenario.is_gone(at) {
        return Use::Gone;
    }
    let each = match scenario.capacity(at) {
        Capacity::EachServes(each) => each,
        Capacity::Grows => return Use::Grows,
        Capacity::Unknown => return Use::Unknown,
    };
    let asked = asked_of_one(at, load, scenario);
    if asked <= 0.0 {
        return Use::Share(0.0);
    }
    Use::Share((asked / each).min(MOST))
}

/// Shares beyond this say no more than that there is no end to it; they keep reports finite.
const MOST: f64 = 1e12;

/// Requests a second that the busiest instance of a component gets.
#[must_use]
pub fn asked_of_one(at: usize, load: &Load, scenario: &Scenario<'_>) -> f64 {
    let copies = match scenario.left(at) {
        Count::Of(replicas) => 1.0 / as_number(replicas.max(1)),
        Count::Plenty => 0.0,
    };
    let part = match scenario.shards(at) {
        Count::Of(1) => 1.0,
        Count::Of(shards) => {
            (scenario.surrounding(Surrounding::HotShard) / as_number(shards.max(1))).min(1.0)
        }
        Count::Plenty => 0.0,
    };
    let spread = if load.writes > 0.0 && scenario.has_single_leader(at) {
        let reads_at_leader = scenario
            .component(at)
            .is_some_and(|c| c.attributes.word(Attribute::Consistency) == Some("strong"));
        load.writes + load.reads * if reads_at_leader { 1.0 } else { copies }
    } else {
        load.rate() * copies
    };
    spread * part
}

/// How many instances a load needs to stay below saturation, and how many shards where a single leader could not take
/// the writes; none where capacity has no basis or grows by itself.
#[must_use]
pub fn wanted(at: usize, load: &Load, scenario: &Scenario<'_>) -> Option<(u64, u64)> {
    let Capacity::EachServes(each) = scenario.capacity(at) else {
        return None;
    };
    if each <= 0.0 {
        return None;
    }
    if load.writes <= 0.0 || !scenario.has_single_leader(at) {
        return Some((above(load.rate() / each), 1));
    }
    // Half of each leader is left to reads.
    let shards = above(load.writes / (each / 2.0));
    let left = each - load.writes / as_number(shards);
    let replicas = above(load.reads / as_number(shards) / left.max(each / 1e6));
    Some((replicas, shards))
}

/// The least whole number above a share, so that it is not used up.
fn above(share: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped, positive"
    )]
    let whole = share.floor().clamp(0.0, 1e15) as u64;
    whole + 1
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts are far below 2^52, or a little off"
)]
pub(super) const fn as_number(count: u64) -> f64 {
    count as f64
}

/// The utilisation that settles when failed requests are sent again: overload loses 1 - 1/u of the requests, their
/// callers send them again, and so on to the fixed point (Beyer et al., Site Reliability Engineering, 2016, chapter 22).
#[must_use]
pub fn with_retries(load: &Load, share: f64) -> f64 {
    let rate = load.rate();
    if share <= 1.0 || rate <= 0.0 {
        return share;
    }
    let mut settled = share;
    for _ in 0..64 {
        let failure = queueing::loss(settled);
        let again: f64 = load
            .retried
            .iter()
            .map(|(retries, part)| part * (queueing::attempts(*retries, failure) - 1.0))
            .sum();
        settled = (share * (1.0 + again / rate)).min(MOST);
    }
    settled
}
