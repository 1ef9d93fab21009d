//! Attacks on a design: what can be broken, what that leaves of each flow, and how much it hurts.
//!
//! Knows what can be lost and what load does; knows no interview, no points, no words for people beyond names.

use std::collections::BTreeSet;

use super::assumption;
use super::failure;
use super::flows::{self, FlowFacts};
use super::load::Moment;
use super::scenario::{Key, Scenario, Stance};
use super::study::{Findings, Study};
use super::truth::Truth;
use super::uptime::stands;
use super::verdict::Question;
use super::whatif::{WhatIf, WhatIfError, Zone};
use crate::model::Connection;

/// What is done to a design.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// One machine of a component dies, the one that leads if any does.
    Machine,
    /// All of something that can be done without dies: a cache, what others run.
    Whole,
    /// A zone is lost.
    Zone,
    /// The load grows.
    Load,
}

/// What is left of a flow.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// It goes on as before.
    Stands,
    /// It works, with a part of it gone.
    Degraded,
    /// Something on it gets more than it can serve.
    Overloaded {
        /// The component that gets most of what it serves.
        component: String,
        /// How much that is: 1 is all it can serve. Where that is not stated, it is the least that it can be.
        share: f64,
        /// It is the least by what can be assumed, and may be more.
        at_least: bool,
        /// The factor of the stated load at which it is full, where the load grows.
        full_at: Option<f64>,
        /// It gets too much at the peak without the attack, too.
        before: bool,
    },
    /// It depends on facts that are not stated: "zones of api".
    Open(Vec<String>),
    /// It does not work, for want of these components.
    Down(Vec<String>),
}

/// A flow with what is left of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Blow {
    /// The flow.
    pub flow: String,
    /// What is left of it.
    pub fate: Fate,
}

/// An attack with what it does.
#[derive(Clone, Debug, PartialEq)]
pub struct Attack {
    /// What is done.
    pub sort: Sort,
    /// The change as people write it: "kill zone:1", "load 10x".
    pub order: String,
    /// What is left of each flow.
    pub blows: Vec<Blow>,
}

/// The factors by which the load grows.
pub const LOADS: [&str; 2] = ["10x", "100x"];

/// Machines and parts of larger designs are not all tried.
const MOST_TARGETS: usize = 200;

impl Fate {
    /// The flow still does what it is for.
    #[must_use]
    pub const fn is_survived(&self) -> bool {
        matches!(self, Self::Stands | Self::Degraded)
    }

    /// The word in reports for machines.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Stands => "up",
            Self::Degraded => "degraded",
            Self::Overloaded { .. } => "overloaded",
            Self::Open(_) => "unknown",
            Self::Down(_) => "down",
        }
    }

    /// How bad it is, from 0.
    const fn weight(&self) -> usize {
        match self {
            Self::Stands => 0,
            Self::Degraded => 1,
            Self::Open(_) => 2,
            Self::Overloaded { before: true, .. } => 3,
            Self::Overloaded { .. } => 4,
            Self::Down(_) => 5,
        }
    }
}

impl Attack {
    /// Every flow still does what it is for.
    #[must_use]
    pub fn is_survived(&self) -> bool {
        survived(&self.blows)
    }

    /// How much it hurts, all flows together.
    #[must_use]
    pub fn damage(&self) -> usize {
        self.blows.iter().map(|blow| blow.fate.weight()).sum()
    }

    /// The worst that it does to a flow.
    #[must_use]
    pub fn worst(&self) -> usize {
        let weights = self.blows.iter().map(|blow| blow.fate.weight());
        weights.max().unwrap_or(0)
    }
}

/// Whether every flow still does what it is for; where there is no flow, nothing survives.
#[must_use]
pub fn survived(blows: &[Blow]) -> bool {
    !blows.is_empty() && blows.iter().all(|blow| blow.fate.is_survived())
}

/// Everything that can be tried on a design, with what it does.
#[must_use]
pub fn attacks(study: &Study<'_>) -> Vec<Attack> {
    let orders = machines(study)
        .chain(wholes(study))
        .chain(zones(study))
        .chain(LOADS.map(|factor| (Sort::Load, format!("load {factor}"))));
    let struck = |(sort, order): (Sort, String)| {
        // A component may be called like a word that changes something else.
        let change = WhatIf::parse(&order, study.subject.design).ok()?;
        let blows = strike(&order, study).ok().filter(|_| !change.is_empty())?;
        Some(Attack { sort, order, blows })
    };
    orders.filter_map(struck).collect()
}

/// What a change leaves of each flow.
///
/// # Errors
/// When the change is none, such as when what it kills is not drawn any more.
pub fn strike(order: &str, study: &Study<'_>) -> Result<Vec<Blow>, WhatIfError> {
    let change = WhatIf::parse(order, study.subject.design)?;
    let found = Findings::default();
    let after = Study::new(study.subject, &change, &found);
    let flows = study.flows().iter().enumerate();
    let blow = |(at, facts): (usize, &FlowFacts)| Blow {
        flow: facts.flow.id.clone(),
        fate: fate(at, study, &after),
    };
    Ok(flows.map(blow).collect())
}

fn fate(flow: usize, before: &Study<'_>, after: &Study<'_>) -> Fate {
    let (Some(facts), Some(needs)) = (before.flows().get(flow), before.needs(flow)) else {
        return Fate::Open(vec![before.no_way(flow)]);
    };
    let kind = facts.flow.kind;
    let fallen = |scenario: &Scenario<'_>| -> Vec<usize> {
        let parts = needs.parts.iter().copied();
        parts.filter(|at| !stands(*at, kind, scenario)).collect()
    };
    match after.works_by(needs) {
        Truth::No => {
            let best = fallen(&after.scenario(Stance::Best));
            let id = |at: &usize| before.subject.design.id(*at).to_owned();
            Fate::Down(best.iter().map(id).collect())
        }
        Truth::NotStated => {
            let worst = after.scenario(Stance::Worst);
            let _ = fallen(&worst);
            let design = before.subject.design;
            let facts = worst.take_used().into_iter();
            Fate::Open(facts.map(|key| assumption::name(key, design)).collect())
        }
        Truth::Yes => strained(facts, before, after),
    }
}

/// What is left of a flow of which enough stands: too much may be asked of that.
fn strained(facts: &FlowFacts, before: &Study<'_>, after: &Study<'_>) -> Fate {
    let grows = after.change.load.is_some();
    let overload = overload(&facts.components, before, after);
    match overload {
        Some(full @ Fate::Overloaded { .. }) => full,
        // Ten times what is not stated is not known either.
        _ if grows && facts.flow.rate.is_none() => {
            Fate::Open(vec![format!("rate of {}", facts.flow.id)])
        }
        Some(open) => open,
        None if !grows && failure::loses_any(facts, &after.scenario(Stance::Worst)) => {
            Fate::Degraded
        }
        // Growth takes no part away: it is too much for something, or for nothing.
        None => Fate::Stands,
    }
}

/// What gets the most of what it can serve, if that is too much: at the stated load times a factor, or at the peak. Where
/// that depends on what is not stated, it is open, unless no more is asked of it than before. What comes and goes with the
/// load is left out.
fn overload(components: &BTreeSet<usize>, before: &Study<'_>, after: &Study<'_>) -> Option<Fate> {
    let grows = after.change.load.is_some();
    let moment = if grows { Moment::Average } else { Moment::Peak };
    let fixed = components.iter().copied().filter(|at| !after.scales(*at));
    let mut full: Option<(usize, f64)> = None;
    let mut open = BTreeSet::new();
    for at in fixed {
        // Of what nothing is known, nothing is said.
        let Some(share) = after.use_of(at, moment, Stance::Usual).share() else {
            continue;
        };
        match failure::is_full(at, moment, after) {
            Truth::No => {}
            Truth::Yes if full.is_some_and(|(_, most)| most >= share) => {}
            Truth::Yes => full = Some((at, share)),
            Truth::NotStated if !grows && !asks_more(at, before, after) => {}
            Truth::NotStated => open.extend(deciding(at, moment, after)),
        }
    }
    let Some((at, share)) = full else {
        let is_open = !open.is_empty();
        return is_open.then(|| Fate::Open(open.into_iter().collect()));
    };
    let least = after.use_of(at, moment, Stance::Best).share();
    let least = least.filter(|least| *least < share * (1.0 - ROUNDING));
    let share = least.unwrap_or(share);
    Some(Fate::Overloaded {
        component: before.subject.design.id(at).to_owned(),
        share,
        at_least: least.is_some(),
        full_at: after.change.load.map(|factor| factor / share),
        before: !grows && failure::is_full(at, Moment::Peak, before).is_yes(),
    })
}

/// Whether more of what a component serves is asked of it at the peak after a loss than before, in any reading.
fn asks_more(at: usize, before: &Study<'_>, after: &Study<'_>) -> bool {
    [Stance::Worst, Stance::Usual, Stance::Best]
        .iter()
        .any(|it| {
            let of = |study: &Study<'_>| study.use_of(at, Moment::Peak, *it).share();
            match (of(before), of(after)) {
                (Some(before), Some(after)) => after > before * (1.0 + ROUNDING),
                (before, after) => before.is_some() != after.is_some(),
            }
        })
}

/// Shares that differ by less are the same.
const ROUNDING: f64 = 1e-9;

/// The facts on which it depends whether a component carries its load: those that decide it by themselves, or all.
fn deciding(at: usize, moment: Moment, after: &Study<'_>) -> Vec<String> {
    let design = after.subject.design;
    let (_, reckoning) = after.utilisation(at, moment);
    let flips = Question::Carries(at, moment).flips(after, &reckoning);
    let keys: Vec<Key> = if flips.is_empty() {
        reckoning.inputs.assumed.iter().copied().collect()
    } else {
        flips.into_iter().map(|flip| flip.key).collect()
    };
    let facts = keys.into_iter().map(|key| assumption::name(key, design));
    facts.collect()
}

/// What is on a flow and belongs to the system.
fn targets(study: &Study<'_>) -> impl Iterator<Item = usize> {
    let design = study.subject.design;
    let kinds = &study.subject.vocabulary.kinds;
    let all: BTreeSet<usize> = study
        .flows()
        .iter()
        .flat_map(|facts| facts.components.iter().copied())
        .collect();
    let own = all.into_iter().filter(move |at| {
        let component = design.components.get(*at);
        component.is_some_and(|component| !kinds.info(component.kind).origin)
    });
    own.take(MOST_TARGETS)
}

fn machines(study: &Study<'_>) -> impl Iterator<Item = (Sort, String)> {
    let scenario = study.scenario(Stance::Worst);
    let design = study.subject.design;
    let run = targets(study).filter(move |at| !scenario.is_whole(*at));
    run.map(|at| (Sort::Machine, format!("kill {}=1", design.id(at))))
}

/// Of what a flow can do without, and of what others run and the design only calls, everything can fail at once.
fn wholes(study: &Study<'_>) -> impl Iterator<Item = (Sort, String)> {
    let design = study.subject.design;
    let vocabulary = study.subject.vocabulary;
    let is_needed = |at: usize| study.flows().iter().any(|facts| facts.needed.contains(&at));
    let can_go = move |at: &usize| {
        design.components.get(*at).is_some_and(|component| {
            let info = vocabulary.kinds.info(component.kind);
            let calls = |connection: &Connection| connection.from == *at;
            (flows::is_bypassed(component, vocabulary) && !is_needed(*at))
                || (info.provided && info.remote && !design.connections.iter().any(calls))
        })
    };
    targets(study)
        .filter(can_go)
        .map(|at| (Sort::Whole, format!("kill {}", design.id(at))))
}

/// The zones that are stated, and the first in any case: where nothing says so, everything stands in it.
fn zones(study: &Study<'_>) -> impl Iterator<Item = (Sort, String)> {
    let scenario = study.scenario(Stance::Worst);
    let mut zones = BTreeSet::new();
    for at in targets(study) {
        zones.extend(failure::stated_zones(at, &scenario));
    }
    zones.insert(Zone {
        region: 1,
        number: 1,
    });
    zones
        .into_iter()
        .map(|zone| (Sort::Zone, format!("kill {zone}")))
}
