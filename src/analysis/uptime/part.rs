//! Whether a component does its part in a flow, and how often.
//!
//! Knows instances, zones and leaders; knows no structure.

use crate::analysis::Stance;
use crate::analysis::reliability::at_least;
use crate::analysis::scenario::{Count, Leadership, Scenario};
use crate::analysis::whatif::Zone;
use crate::model::{Attribute, FlowKind, Surrounding};

/// The probability that a component does its part, given which zones stand: enough of its instances are up, and where a
/// single leader takes the writes, no failover is under way.
///
/// An instance that is down a share 1 - a of the time and takes R to repair fails (1 - a)/R times a second; each failure
/// of a leader costs writes the time T that failover takes, so that they are lost for (1 - a) T/R (Treynor et al., The
/// Calculus of Service Availability, ACM Queue 15, 2017).
pub(super) fn component_up(
    at: usize,
    kind: Option<FlowKind>,
    scenario: &Scenario<'_>,
    zone_stands: &dyn Fn(Zone) -> bool,
) -> Option<f64> {
    if !stands(at, kind, scenario) {
        return Some(0.0);
    }
    let each = scenario.availability(at)?;
    if scenario.is_whole(at) {
        return Some(each);
    }
    let Count::Of(left) = scenario.left(at) else {
        return Some(1.0);
    };
    let Count::Of(replicas) = scenario.replicas(at) else {
        return Some(1.0);
    };
    let zones = scenario.zones(at, replicas);
    let standing = scenario.standing(at, replicas).map_or(left, |zones| {
        let up = zones.iter().filter(|(zone, _)| zone_stands(*zone));
        up.map(|(_, instances)| instances).sum()
    });
    let leader = if replicas == 1 {
        Leadership::Shared
    } else {
        scenario.leadership(at, kind)
    };
    let needed = scenario.needed(at, replicas);
    let home = zones.as_ref().and_then(|zones| zones.first());
    let leader_stands = home.is_none_or(|(zone, _)| zone_stands(*zone));
    Some(match leader {
        Leadership::Fixed if !leader_stands => 0.0,
        leader => enough_up(leader, (needed, standing), each, scenario),
    })
}

/// The probability that so many of the standing instances are up, each one with a probability, as those who take the writes
/// ask for: a leader that nothing replaces is one of them, and one that is replaced is away meanwhile.
pub(in crate::analysis) fn enough_up(
    leader: Leadership,
    (needed, standing): (u64, u64),
    each: f64,
    scenario: &Scenario<'_>,
) -> f64 {
    match leader {
        Leadership::Fixed if standing == 0 => 0.0,
        Leadership::Fixed => each * at_least(needed.saturating_sub(1), standing - 1, each),
        Leadership::Shared => at_least(needed, standing, each),
        Leadership::Moves { seconds, .. } => {
            let repair = scenario.surrounding(Surrounding::RepairTime);
            let gap = (1.0 - each) * (seconds / repair).min(1.0);
            at_least(needed, standing, each) * (1.0 - gap)
        }
    }
}

/// Whether a component does its part with what is left of it. Where instances were lost, the leader may be among them; of zones
/// it stands in the first.
#[must_use]
pub fn stands(at: usize, kind: Option<FlowKind>, scenario: &Scenario<'_>) -> bool {
    let change = scenario.change;
    if change.killed.contains(&at) {
        return false;
    }
    if change.loses_none() {
        return true;
    }
    if scenario.is_whole(at) {
        return outlives_regions(at, scenario);
    }
    let (Count::Of(left), Count::Of(replicas)) = (scenario.left(at), scenario.replicas(at)) else {
        return true;
    };
    if left == replicas {
        return true;
    }
    if left < scenario.needed(at, replicas) {
        return false;
    }
    let may_lose_leader = change.lost.contains_key(&at)
        || scenario.zones(at, replicas).is_none_or(|zones| {
            let home = zones.first();
            home.is_none_or(|(zone, _)| scenario.is_lost(*zone))
        });
    let is_kept = || {
        !matches!(
            scenario.leadership(at, kind),
            Leadership::Fixed | Leadership::Moves { by_hand: true, .. }
        )
    };
    !may_lose_leader || is_kept()
}

/// What a provider runs outlives zones; a region only where it says that it stands in several, or is no part of the system.
fn outlives_regions(at: usize, scenario: &Scenario<'_>) -> bool {
    if scenario.change.regions.is_empty() {
        return true;
    }
    scenario.component(at).is_some_and(|component| {
        scenario.vocabulary.kinds.info(component.kind).provided
            || component
                .attributes
                .count(Attribute::Regions)
                .is_some_and(|regions| regions > 1)
            || (component.attributes.count(Attribute::Regions).is_none()
                && scenario.stance == Stance::Best)
    })
}
