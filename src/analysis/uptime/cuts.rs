//! The smallest sets of losses that stop a flow.
//!
//! Knows where instances stand by what is stated; knows no probability.

use super::{Needs, stands};
use crate::analysis::reliability::{Cuts, Loss, Part, Place, minimal_cuts};
use crate::analysis::scenario::{Scenario, single_leader};
use crate::analysis::survival::failover;
use crate::analysis::whatif::Zone;
use crate::model::{Attribute, Component, FlowKind};

/// More sets of losses than this are not listed.
pub(super) const MOST_CUTS: usize = 2_000;

/// Sets of losses that stop a flow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatedCuts {
    /// Each set, the smallest first.
    pub minimal: Vec<Vec<Lost>>,
    /// None is left out for want of time.
    pub complete: bool,
    /// Components that were left out, with the fact that is not stated.
    pub open: Vec<(usize, &'static str)>,
}

/// Something that is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lost {
    /// One instance of a component, in a zone where zones are stated.
    Instance(usize, Option<Zone>),
    /// All of a component.
    Component(usize),
    /// A zone with all that stands in it.
    Zone(Zone),
    /// A region with all that stands in it.
    Region(u64),
}

impl Needs {
    /// The smallest sets of losses that surely stop the flow, at most three at a time: instances, zones where they are
    /// stated, and what a provider runs as a whole. Components whose redundancy is not stated are left out, and named. After a
    /// change, what is gone already is no loss; what the change stops is stopped by no further one.
    #[must_use]
    pub fn cuts(&self, scenario: &Scenario<'_>) -> StatedCuts {
        let mut zones: Vec<Zone> = Vec::new();
        let mut parts = Vec::new();
        let mut open = Vec::new();
        for component in &self.parts {
            match places(*component, self.kind, scenario, &mut zones) {
                Ok((up, needed)) => parts.push(Part {
                    variable: *component,
                    up,
                    needed,
                }),
                Err(fact) => open.push((*component, fact)),
            }
        }
        let Cuts { minimal, complete } = minimal_cuts(&self.structure, &parts, 3, self.most_cuts);
        StatedCuts {
            minimal: minimal
                .into_iter()
                .filter(|cut| !cut.is_empty())
                .map(|cut| cut.into_iter().map(|loss| named(loss, &zones)).collect())
                .collect(),
            complete,
            open,
        }
    }
}

fn named(loss: Loss, zones: &[Zone]) -> Lost {
    let zone = |at: usize| zones.get(at).copied();
    match loss {
        Loss::Instance {
            variable,
            zone: place,
        } => Lost::Instance(variable, place.and_then(zone)),
        Loss::Zone(at) => zone(at).map_or(Lost::Region(0), Lost::Zone),
    }
}

/// Where the instances of a component stand, by what is stated, and how many are needed; or the fact that is missing. Nowhere
/// where it is gone.
fn places(
    at: usize,
    kind: Option<FlowKind>,
    scenario: &Scenario<'_>,
    zones: &mut Vec<Zone>,
) -> Result<(Vec<Place>, u64), &'static str> {
    let one = |zone| (vec![Place { zone, instances: 1 }], 1);
    let gone = (Vec::new(), 1);
    let Some(component) = scenario.component(at) else {
        return Ok(one(None));
    };
    let is_left = stands(at, kind, scenario);
    if scenario.is_whole(at) || scenario.change.killed.contains(&at) {
        return Ok(if is_left { one(None) } else { gone });
    }
    let attributes = &component.attributes;
    let replicas = attributes.count(Attribute::Replicas).ok_or("replicas")?;
    let lost = scenario.change.lost.get(&at).copied().unwrap_or(0);
    let states_zones = attributes.count(Attribute::Zones).is_some()
        || attributes.count(Attribute::Regions).is_some();
    // A zone that is gone takes what is stated to stand in it.
    let is_gone = !is_left && (states_zones || lost > 0);
    let standing = states_zones.then(|| scenario.standing(at, replicas));
    let spread = standing.flatten();
    let mut number = |zone: Zone| {
        let known = zones.iter().position(|other| *other == zone);
        known.unwrap_or_else(|| {
            zones.push(zone);
            zones.len() - 1
        })
    };
    let needed = scenario.needed(at, replicas);
    // Where all of them are needed, the leader is no more than the others.
    let is_led = replicas > needed && has_leader(component, kind, scenario);
    let moves = failover(component, scenario.vocabulary);
    match moves.filter(|_| is_led) {
        None if is_led => return Err("failover"),
        _ if is_gone => return Ok(gone),
        Some(moves) if moves != "automatic" => {
            let first = spread.as_ref().and_then(|zones| zones.first());
            return Ok(one(first.map(|(zone, _)| number(*zone))));
        }
        _ => {}
    }
    let all = match spread {
        Some(spread) => spread
            .into_iter()
            .map(|(zone, instances)| Place {
                zone: Some(number(zone)),
                instances,
            })
            .collect(),
        None => vec![Place {
            zone: None,
            instances: replicas.saturating_sub(lost),
        }],
    };
    Ok((all, needed))
}

/// Whether a single instance takes what a flow writes to a component, as far as is known.
fn has_leader(component: &Component, kind: Option<FlowKind>, scenario: &Scenario<'_>) -> bool {
    kind != Some(FlowKind::Read) && single_leader(component, scenario.vocabulary) != Some(false)
}
