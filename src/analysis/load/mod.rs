//! Load: what the rates of all flows make of each component.
//!
//! Knows reads, writes and the attempts of callers that try again; knows no times.

mod carried;
mod pushed;
mod utilisation;

use std::collections::BTreeMap;

pub use carried::carry_on;
pub use pushed::{Pushed, push, weights};
pub(super) use utilisation::as_number;
pub use utilisation::{Use, at_leader, utilisation, wanted, with_retries};

use super::flows::FlowFacts;
use super::journey::Call;
use super::scenario::Scenario;
use crate::model::{Attribute, FlowKind};

/// Requests a second that arrive at a component.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Load {
    /// Those that read.
    pub reads: f64,
    /// Those that write.
    pub writes: f64,
    /// Those of callers that try again when they fail, with the number of further attempts.
    pub retried: Vec<(u64, f64)>,
    /// Those that are read from carriers of messages in partitions, each with its rate: no more instances than there are
    /// partitions get any of them.
    pub parted: Vec<(usize, f64)>,
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
        Self {
            reads: self.reads * factor,
            writes: self.writes * factor,
            retried: times(&self.retried, factor),
            parted: times(&self.parted, factor),
            open: self.open.clone(),
        }
    }
}

fn times<K: Copy>(rates: &[(K, f64)], factor: f64) -> Vec<(K, f64)> {
    let rates = rates.iter();
    rates.map(|(key, rate)| (*key, rate * factor)).collect()
}

/// Which of the stated rates of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// On average.
    Average,
    /// At the peak, where one is stated.
    Peak,
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
            note(&mut load.retried, retries, rate * sent);
        }
    }
    let parted = |way| parted(way, scenario);
    for ((component, carrier), sent) in once_each(ways.iter().zip(pushed).map(parted)) {
        if let Some(load) = loads.get_mut(component) {
            note(&mut load.parted, carrier, rate * sent);
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

/// How many messages of a flow are read from carriers in partitions, by the component that reads them and the carrier.
fn parted(
    (facts, pushed): (&FlowFacts, &Pushed),
    scenario: &Scenario<'_>,
) -> Vec<((usize, usize), f64)> {
    let journey = &facts.journey;
    let calls = journey.calls.iter().zip(&pushed.calls);
    let read = calls.filter_map(|(call, sent)| {
        let carrier = journey.component(call.from);
        scenario.partitions(carrier).filter(|_| !call.back)?;
        Some(((journey.component(call.to), carrier), *sent))
    });
    read.collect()
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

/// More numbers of retries, and more carriers, than this are not told apart at one component.
const MOST_TOLD_APART: usize = 16;

fn note<K: PartialEq>(rates: &mut Vec<(K, f64)>, key: K, rate: f64) {
    for (known, sum) in rates.iter_mut() {
        if *known == key {
            *sum += rate;
            return;
        }
    }
    if rates.len() < MOST_TOLD_APART {
        rates.push((key, rate));
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
