//! Each single failure and what it leaves of each flow: the N-1 table.
//!
//! Knows what can be lost; whether a flow works with what is left is answered by the study of that loss.

use std::collections::BTreeSet;

use super::flows::FlowFacts;
use super::load::Moment;
use super::scenario::{Count, Scenario, Stance};
use super::study::{Findings, Study};
use super::truth::Truth;
use super::uptime::Lost;
use super::whatif::{WhatIf, Zone};
use crate::model::Attribute;

/// What a failure leaves of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It goes on as before.
    Up,
    /// It works, with something of it gone or too little left for its peak.
    Degraded,
    /// Whether it works depends on what is not stated.
    Unknown,
    /// It does not work.
    Down,
}

impl State {
    /// The word in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Degraded => "degraded",
            Self::Unknown => "unknown",
            Self::Down => "down",
        }
    }
}

/// A single failure.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// What is lost.
    pub lost: Lost,
    /// What it leaves of each flow, in the order of the flows.
    pub states: Vec<State>,
}

/// The single failures of a design.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Failures {
    /// Instances, components, zones and regions.
    pub table: Vec<Failure>,
    /// All of them were gone through.
    pub complete: bool,
}

/// Calls of flows times failures: more are not gone through.
const MOST_WORK: usize = 4_000_000;

/// Each single failure: one instance of each component, each component as a whole, each zone and each region.
#[must_use]
pub fn failures(study: &Study<'_>) -> Failures {
    let all = candidates(study);
    let size: usize = study
        .flows()
        .iter()
        .map(|facts| facts.journey.calls.len() + facts.journey.visits.len() + 1)
        .sum::<usize>()
        + study.subject.design.components.len();
    let most = MOST_WORK / size.max(1) + 1;
    let complete = all.len() <= most;
    let table = all
        .into_iter()
        .take(most)
        .map(|lost| failure(lost, study))
        .collect();
    Failures { table, complete }
}

/// Everything that can be lost on its own: of what is on a flow.
fn candidates(study: &Study<'_>) -> Vec<Lost> {
    let design = study.subject.design;
    let scenario = study.scenario(Stance::Worst);
    let on_flows: BTreeSet<usize> = study
        .flows()
        .iter()
        .flat_map(|facts| facts.components.iter().copied())
        .collect();
    let mut all = Vec::new();
    let mut zones: BTreeSet<Zone> = BTreeSet::new();
    for at in on_flows {
        let Some(component) = design.components.get(at) else {
            continue;
        };
        if study.subject.vocabulary.kinds.info(component.kind).origin {
            continue;
        }
        if ENDS.iter().all(|end| study.scenario(*end).is_gone(at)) {
            continue;
        }
        let states = component.attributes.count(Attribute::Replicas).is_some();
        let alone = states && scenario.left(at) == Count::Of(1);
        if !scenario.is_whole(at) && !alone {
            all.push(Lost::Instance(at, None));
        }
        all.push(Lost::Component(at));
        zones.extend(stated_zones(at, &scenario));
    }
    let regions: BTreeSet<u64> = zones.iter().map(|zone| zone.region).collect();
    all.extend(zones.into_iter().map(Lost::Zone));
    if regions.len() > 1 {
        all.extend(regions.into_iter().map(Lost::Region));
    }
    all
}

/// The zones in which the instances of a component are stated to stand.
pub(super) fn stated_zones(at: usize, scenario: &Scenario<'_>) -> Vec<Zone> {
    let Some(component) = scenario.component(at) else {
        return Vec::new();
    };
    let attributes = &component.attributes;
    let stated = attributes.count(Attribute::Zones).is_some()
        || attributes.count(Attribute::Regions).is_some();
    let replicas = attributes.count(Attribute::Replicas);
    let spread = replicas.filter(|_| stated && !scenario.is_whole(at));
    let zones = spread.and_then(|replicas| scenario.standing(at, replicas));
    zones.into_iter().flatten().map(|(zone, _)| zone).collect()
}

/// The change that a loss is.
#[must_use]
pub fn change(lost: Lost) -> WhatIf {
    with(WhatIf::default(), lost)
}

/// A change, and a loss on top of it.
fn with(mut change: WhatIf, lost: Lost) -> WhatIf {
    match lost {
        Lost::Instance(at, _) => {
            *change.lost.entry(at).or_default() += 1;
        }
        Lost::Component(at) => {
            change.killed.insert(at);
        }
        Lost::Zone(zone) => {
            change.zones.insert(zone);
        }
        Lost::Region(region) => {
            change.regions.insert(region);
        }
    }
    change
}

/// Instances that a change took from a zone are not taken from the others when the zone goes too.
fn count_once(change: &mut WhatIf, lost: Lost, study: &Study<'_>) {
    let goes = |zone: Zone| match lost {
        Lost::Zone(gone) => zone == gone,
        Lost::Region(region) => zone.region == region,
        Lost::Instance(..) | Lost::Component(_) => false,
    };
    let before = study.scenario(Stance::Worst);
    for (at, instances) in &mut change.lost {
        let Count::Of(replicas) = before.replicas(*at) else {
            continue;
        };
        let in_it = |zones: Option<Vec<(Zone, u64)>>| -> u64 {
            let zones = zones.into_iter().flatten();
            let here = zones.filter(|(zone, _)| goes(*zone));
            here.map(|(_, instances)| instances).sum()
        };
        let (drawn, left) = (before.zones(*at, replicas), before.standing(*at, replicas));
        *instances = instances.saturating_sub(in_it(drawn).saturating_sub(in_it(left)));
    }
}

fn failure(lost: Lost, study: &Study<'_>) -> Failure {
    let mut change = with(study.change.clone(), lost);
    count_once(&mut change, lost, study);
    let found = Findings::default();
    let after = Study::new(study.subject, &change, &found);
    let states = (0..study.flows().len())
        .map(|flow| state(flow, study, &after))
        .collect();
    Failure { lost, states }
}

/// What is left of a flow: nothing is decided by what is not stated.
fn state(flow: usize, before: &Study<'_>, after: &Study<'_>) -> State {
    let Some(facts) = before.flows().get(flow) else {
        return State::Unknown;
    };
    // What a flow needs does not change: the diagram of the study before serves both.
    let Some(needs) = before.needs(flow) else {
        return State::Unknown;
    };
    let works = after.works_by(needs);
    let ends = ENDS.map(|it| after.scenario(it));
    let loses = both(ends.map(|it| loses_any(facts, &it)));
    let is_worse = loses.or(overloads(&facts.components, after));
    match (works, is_worse) {
        (Truth::No, _) => State::Down,
        (Truth::NotStated, _) | (Truth::Yes, Truth::NotStated) => State::Unknown,
        (Truth::Yes, Truth::Yes) => State::Degraded,
        (Truth::Yes, Truth::No) => State::Up,
    }
}

/// The readings between which all others lie.
const ENDS: [Stance; 2] = [Stance::Worst, Stance::Best];

/// What is so in two readings; not stated where that is not the same.
const fn both(readings: [bool; 2]) -> Truth {
    match readings {
        [true, true] => Truth::Yes,
        [false, false] => Truth::No,
        _ => Truth::NotStated,
    }
}

/// Something of the flow is gone, although it works without it.
pub(super) fn loses_any(facts: &FlowFacts, after: &Scenario<'_>) -> bool {
    let kind = facts.flow.kind;
    let gone = |at: &usize| !super::uptime::stands(*at, kind, after) || lost_all(*at, after);
    facts.components.iter().any(gone)
}

fn lost_all(at: usize, after: &Scenario<'_>) -> bool {
    !after.is_whole(at) && after.left(at) == Count::Of(0)
}

/// Whether too little is left for the peak of what does not grow by itself.
fn overloads(components: &BTreeSet<usize>, after: &Study<'_>) -> Truth {
    let fixed = components.iter().filter(|at| !after.scales(**at));
    let is_full = fixed.map(|at| is_full(*at, Moment::Peak, after));
    is_full.fold(Truth::No, Truth::or)
}

/// Whether a component gets more than it can serve, whatever is taken of what is not stated.
pub(super) fn is_full(at: usize, moment: Moment, study: &Study<'_>) -> Truth {
    both(ENDS.map(|stance| {
        let share = study.use_of(at, moment, stance).share();
        share.is_some_and(|share| share >= 1.0)
    }))
}
