//! Queues that are fed faster than they are drained: how fast they grow, when messages are lost, how long the rest of a
//! peak takes.
//!
//! Knows carriers of messages and who reads from them; knows no times of requests.

use std::collections::{BTreeMap, BTreeSet};

use super::flows::FlowFacts;
use super::load::{self, Moment, Pushed, Use};
use super::scenario::{Scenario, Stance};
use super::study::{LoadReading, Study};
use super::verdict::Reckoning;
use crate::model::Attribute;
use crate::model::kind::Delivery;

/// What one reader of a queue, or all that share it, does with its messages.
#[derive(Clone, Debug, PartialEq)]
pub struct Backlog {
    /// The queue, stream or topic.
    pub queue: usize,
    /// Who reads: one component where each gets every message, all where they share them.
    pub readers: Vec<usize>,
    /// On average.
    pub average: Balance,
    /// At the peak.
    pub peak: Balance,
    /// How long messages are kept, in seconds, where it is stated.
    pub retention: Option<f64>,
}

/// Messages a second in and out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Balance {
    /// In.
    pub fed: Reckoning,
    /// Out, when there is always something to read.
    pub drained: Reckoning,
    /// By how much the queue grows; 0 where it is drained as fast as it is fed.
    pub growth: Reckoning,
}

impl Backlog {
    /// The time in seconds until messages are lost, when the queue grows on average: the oldest message waits longer and
    /// longer, by the part of the messages that is not drained, until it is older than what is kept.
    #[must_use]
    pub fn time_to_loss(&self) -> Option<f64> {
        let (fed, growth) = (self.average.fed.usual?, self.average.growth.usual?);
        let retention = self.retention?;
        (growth > 0.0).then(|| retention * fed / growth)
    }

    /// The messages that an hour at the peak leaves behind, and the time in seconds to drain them afterwards; none for
    /// the time where the average leaves no room.
    #[must_use]
    pub fn after_an_hour_of_peak(&self) -> Option<(f64, Option<f64>)> {
        const HOUR: f64 = 3_600.0;
        let left = self.peak.growth.usual? * HOUR;
        let room = self.average.drained.usual? - self.average.fed.usual?;
        (left > 0.0).then(|| (left, (room > 0.0).then(|| left / room)))
    }
}

/// The balance of every carrier of messages that a flow with a rate feeds.
#[must_use]
pub fn backlogs(study: &Study<'_>) -> Vec<Backlog> {
    let readers = readers(study);
    let of = |(queue, readers): (usize, Vec<usize>)| {
        let (average, peak) = [Moment::Average, Moment::Peak]
            .map(|moment| balance(queue, &readers, moment, study))
            .into();
        let found = study.subject.design.components.get(queue);
        Backlog {
            queue,
            readers,
            average,
            peak,
            retention: found.and_then(|c| c.attributes.number(Attribute::Retention)),
        }
    };
    readers.into_iter().map(of).collect()
}

/// Each carrier of messages with those who read from it: all together where they share its messages, one by one where
/// each gets all.
fn readers(study: &Study<'_>) -> Vec<(usize, Vec<usize>)> {
    let mut all: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for facts in study.flows() {
        for call in facts.journey.calls.iter().filter(|call| !call.back) {
            let from = facts.journey.component(call.from);
            if delivery(from, study).is_some() {
                all.entry(from)
                    .or_default()
                    .insert(facts.journey.component(call.to));
            }
        }
    }
    let mut groups = Vec::new();
    for (queue, readers) in all {
        match delivery(queue, study) {
            Some(Delivery::Each) => {
                groups.extend(readers.into_iter().map(|one| (queue, vec![one])));
            }
            _ => groups.push((queue, readers.into_iter().collect())),
        }
    }
    groups
}

fn delivery(at: usize, study: &Study<'_>) -> Option<Delivery> {
    let component = study.subject.design.components.get(at)?;
    study.subject.vocabulary.kinds.info(component.kind).delivery
}

fn balance(queue: usize, readers: &[usize], moment: Moment, study: &Study<'_>) -> Balance {
    let mut inputs = super::inputs::Inputs::default();
    let read = Stance::ALL.map(|stance| {
        let scenario = study.scenario(stance);
        let loads = study.loads(stance);
        let known = sides(queue, readers, moment, study, loads, &scenario);
        inputs.assumed.extend(scenario.take_used());
        inputs.missing.extend(scenario.take_missing());
        known
    });
    for at in readers.iter().chain([&queue]) {
        let (_, on) = study.utilisation(*at, moment);
        inputs.assumed.extend(on.inputs.assumed);
        inputs.missing.extend(on.inputs.missing);
    }
    let of = |value: fn(&Sides) -> Option<f64>| {
        let [worst, usual, best] = read.map(|sides| value(&sides?));
        Reckoning {
            worst,
            usual,
            best,
            inputs: inputs.clone(),
        }
    };
    Balance {
        fed: of(|sides| Some(sides.fed)),
        drained: of(|sides| sides.drained),
        growth: of(|sides| sides.growth),
    }
}

#[derive(Clone, Copy)]
struct Sides {
    fed: f64,
    drained: Option<f64>,
    growth: Option<f64>,
}

fn sides(
    queue: usize,
    readers: &[usize],
    moment: Moment,
    study: &Study<'_>,
    loads: &LoadReading,
    scenario: &Scenario<'_>,
) -> Option<Sides> {
    let fed = delivered(queue, readers, moment, study, loads, scenario);
    let total: f64 = fed.values().sum();
    if total <= 0.0 {
        return None;
    }
    let mut drained = Some(0.0);
    let mut growth = Some(0.0);
    let mut is_ample = false;
    for (reader, rate) in fed {
        match pace(reader, moment, study, loads, scenario) {
            Pace::Share(share) if share > 0.0 => {
                drained = drained.map(|sum| sum + rate / share);
                growth = growth.map(|sum| sum + rate * super::queueing::loss(share));
            }
            Pace::Share(_) | Pace::Ample => {
                drained = None;
                is_ample = true;
            }
            Pace::Stopped => growth = growth.map(|sum| sum + rate),
            Pace::Unknown => {
                drained = None;
                growth = None;
            }
        }
    }
    // Whoever is free takes the next message, so that what one reader does not get done others do.
    if readers.len() > 1 && !states_shares(queue, study) {
        growth = match drained {
            _ if is_ample => Some(0.0),
            Some(drained) => Some((total - drained).max(0.0)),
            None => growth,
        };
    }
    Some(Sides {
        fed: total,
        drained,
        growth,
    })
}

/// Whether a design says how much of a queue goes to whom.
fn states_shares(queue: usize, study: &Study<'_>) -> bool {
    let all = study.subject.design.connections.iter();
    let mut read = all.filter(|edge| edge.from == queue);
    read.any(|edge| edge.attributes.get(Attribute::Share).is_some())
}

/// Messages a second that each reader gets from a queue.
fn delivered(
    queue: usize,
    readers: &[usize],
    moment: Moment,
    study: &Study<'_>,
    loads: &LoadReading,
    scenario: &Scenario<'_>,
) -> BTreeMap<usize, f64> {
    let read = |(facts, pushed): (&FlowFacts, &Pushed)| -> Vec<(usize, f64)> {
        let journey = &facts.journey;
        let calls = journey.calls.iter().zip(&pushed.calls);
        let calls = calls.filter(|(call, _)| journey.component(call.from) == queue);
        let read = calls.map(|(call, sent)| (journey.component(call.to), *sent));
        read.filter(|(to, _)| readers.contains(to)).collect()
    };
    let mut all = BTreeMap::new();
    for (_, ways, pushed) in load::by_requests(study.flows(), &loads.pushed) {
        let Some(rate) = ways.first().and_then(|one| load::rate(one, moment)) else {
            continue;
        };
        let rate = rate * scenario.change.load_factor();
        for (to, sent) in load::once_each(ways.iter().zip(pushed).map(read)) {
            *all.entry(to).or_default() += rate * sent;
        }
    }
    all
}

/// How much of its time a reader needs for what it gets.
enum Pace {
    Share(f64),
    Ample,
    Stopped,
    Unknown,
}

/// The utilisation of a reader or of what it waits for, whichever is the higher.
fn pace(
    reader: usize,
    moment: Moment,
    study: &Study<'_>,
    loads: &LoadReading,
    scenario: &Scenario<'_>,
) -> Pace {
    let mut most: Option<f64> = None;
    for component in waited_for(reader, study) {
        let arriving = match moment {
            Moment::Average => loads.average.get(component),
            Moment::Peak => loads.peak.get(component),
        };
        let Some(arriving) = arriving else { continue };
        match load::utilisation(component, arriving, scenario) {
            Use::Share(share) => most = Some(most.unwrap_or(0.0).max(share)),
            Use::Unknown => return Pace::Unknown,
            Use::Gone => return Pace::Stopped,
            Use::Grows => {}
        }
    }
    most.map_or(Pace::Ample, Pace::Share)
}

/// A reader and what it waits for before it reads the next message.
fn waited_for(reader: usize, study: &Study<'_>) -> BTreeSet<usize> {
    let mut found = BTreeSet::from([reader]);
    for facts in study
        .flows()
        .iter()
        .filter(|facts| facts.components.contains(&reader))
    {
        let journey = &facts.journey;
        let mut waited = vec![false; journey.visits.len()];
        for visit in &journey.order {
            let starts = journey.component(*visit) == reader;
            if !starts && waited.get(*visit) != Some(&true) {
                continue;
            }
            found.insert(journey.component(*visit));
            for call in journey
                .calls_of(*visit)
                .iter()
                .filter(|call| !call.asynchronous && !call.back)
            {
                if let Some(slot) = waited.get_mut(call.to) {
                    *slot = true;
                }
            }
        }
    }
    found
}
