//! Attacks on a design: what can be broken, what that leaves of each flow, and how much it hurts.
//!
//! Knows what can be lost and what load does; knows no interview, no points, no words for people beyond names.

use std::collections::BTreeSet;

use super::assumption;
use super::failure::{self, State};
use super::flows;
use super::load::Moment;
use super::scenario::{Scenario, Stance};
use super::study::{Findings, Study};
use super::uptime::stands;
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
        /// How much that is: 1 is all it can serve.
        share: f64,
        /// The factor of the stated load at which it is full, where the load grows.
        full_at: Option<f64>,
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
            Self::Overloaded { .. } => 3,
            Self::Down(_) => 4,
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
    let blow = |(at, facts): (usize, &flows::FlowFacts)| Blow {
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
    let state = failure::usual_state(flow, before, after);
    match state {
        State::Down => {
            let best = fallen(&after.scenario(Stance::Best));
            let id = |at: &usize| before.subject.design.id(*at).to_owned();
            Fate::Down(best.iter().map(id).collect())
        }
        State::Unknown => {
            let worst = after.scenario(Stance::Worst);
            let _ = fallen(&worst);
            let design = before.subject.design;
            let facts = worst.take_used().into_iter();
            Fate::Open(facts.map(|key| assumption::name(key, design)).collect())
        }
        // Growth takes no part away: it is too much for something, or for nothing.
        State::Degraded if after.change.load.is_none() => {
            overload(&facts.components, before, after).unwrap_or(Fate::Degraded)
        }
        State::Up | State::Degraded => {
            let full = overload(&facts.components, before, after);
            // Ten times what is not stated is not known either.
            let unknown = after.change.load.is_some() && facts.flow.rate.is_none();
            full.unwrap_or_else(|| {
                if unknown {
                    Fate::Open(vec![format!("rate of {}", facts.flow.id)])
                } else {
                    Fate::Stands
                }
            })
        }
    }
}

/// What gets the most of what it can serve, if that is too much: at the stated load times a factor; or at the peak, where
/// there was enough before a loss. What comes and goes with the load is left out.
fn overload(components: &BTreeSet<usize>, before: &Study<'_>, after: &Study<'_>) -> Option<Fate> {
    let grows = after.change.load.is_some();
    let share = |study: &Study<'_>, moment, at| study.use_of(at, moment, Stance::Usual).share();
    let of = |at: usize| {
        let (before, now) = if grows {
            (Some(0.0), share(after, Moment::Average, at))
        } else {
            (
                share(before, Moment::Peak, at),
                share(after, Moment::Peak, at),
            )
        };
        now.filter(|now| *now >= 1.0 && before.is_some_and(|before| before < 1.0))
    };
    let full = components.iter().copied().filter(|at| !after.scales(*at));
    let full = full.filter_map(|at| Some((at, of(at)?)));
    let (at, share) = full.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
    Some(Fate::Overloaded {
        component: before.subject.design.id(at).to_owned(),
        share,
        full_at: after.change.load.map(|factor| factor / share),
    })
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
    let can_go = move |at: &usize| {
        design.components.get(*at).is_some_and(|component| {
            let info = vocabulary.kinds.info(component.kind);
            let calls = |connection: &Connection| connection.from == *at;
            flows::is_bypassed(component, vocabulary)
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
