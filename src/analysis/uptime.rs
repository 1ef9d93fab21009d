//! Availability of a flow: the exact probability that it works, what stops it, and what each single failure leaves.
//!
//! Knows what a flow needs and what each component survives; knows no rates.

use std::collections::{BTreeMap, BTreeSet};

use super::flows::{self, FlowFacts};
use super::reliability::{
    Cuts, Diagram, Gate, Loss, Part, Place, Structure, at_least, bounds, minimal_cuts,
};
use super::scenario::{Count, Leadership, Scenario, single_leader};
use super::survival::property;
use super::whatif::Zone;
use crate::model::{Attribute, Design, FlowKind, Route, Surrounding, Vocabulary};

/// What a flow needs, ready for questions.
#[derive(Debug)]
pub struct Needs {
    /// What has to be up, by component.
    pub structure: Structure,
    /// The components that it depends on.
    pub parts: BTreeSet<usize>,
    diagram: Option<Diagram>,
    kind: Option<FlowKind>,
    /// Sets of losses that are kept at a gate.
    most_cuts: usize,
}

/// Decision diagrams larger than this are not built: bounds take their place. The flows of a design share four times as
/// many nodes.
pub const MOST_NODES: usize = 100_000;

/// Steps of factoring where a diagram would be too large.
const MOST_STEPS: usize = 4_000;

/// More zones and regions than this are not gone through one by one.
const MOST_DOMAINS: usize = 8;

/// An availability, exact where both ends are the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uptime {
    /// It is at least this.
    pub lower: f64,
    /// It is at most this.
    pub upper: f64,
}

/// What a flow, one of so many, needs to work. None for a flow that leads nowhere.
#[must_use]
pub fn needs(
    facts: &FlowFacts,
    flows: usize,
    design: &Design,
    vocabulary: &Vocabulary,
) -> Option<Needs> {
    if facts.journey.visits.is_empty() {
        return None;
    }
    let counts = |component: usize| {
        design.components.get(component).is_some_and(|component| {
            !vocabulary.kinds.info(component.kind).origin
                && !flows::is_bypassed(component, vocabulary)
        })
    };
    let (structure, parts) = structure(facts, &counts);
    let most = (MOST_NODES * 4 / flows.max(1)).clamp(1_000, MOST_NODES);
    let diagram = Diagram::of(&structure, most);
    Some(Needs {
        structure,
        parts,
        diagram,
        kind: facts.flow.kind,
        most_cuts: (MOST_CUTS * 10 / flows.max(1)).clamp(50, MOST_CUTS),
    })
}

/// The gates of a flow: one for each visit, which works when its component and what it needs to call work.
fn structure(facts: &FlowFacts, counts: &dyn Fn(usize) -> bool) -> (Structure, BTreeSet<usize>) {
    let journey = &facts.journey;
    let is_between = matches!(facts.flow.route, Route::Between { .. });
    let mut gates: Vec<Gate> = vec![Gate::All(Vec::new()); journey.visits.len()];
    let mut up: BTreeMap<usize, usize> = BTreeMap::new();
    for (visit, component) in journey.visits.iter().enumerate() {
        let mut inputs = Vec::new();
        if counts(*component) {
            inputs.push(*up.entry(*component).or_insert_with(|| {
                gates.push(Gate::Up(*component));
                gates.len() - 1
            }));
        }
        let called = |call: &super::Call| call.is_needed() && (is_between || !call.back);
        for (choice, calls) in journey.groups_of(visit, called) {
            let targets: Vec<usize> = calls.iter().map(|call| call.to).collect();
            if choice.is_some() && targets.len() > 1 {
                gates.push(Gate::Any(targets));
                inputs.push(gates.len() - 1);
            } else {
                inputs.extend(targets);
            }
        }
        if let Some(slot) = gates.get_mut(visit) {
            *slot = Gate::All(inputs);
        }
    }
    gates.push(if journey.one_start_is_enough {
        Gate::Any(journey.starts.clone())
    } else {
        Gate::All(journey.starts.clone())
    });
    let root = gates.len() - 1;
    (Structure { gates, root }, up.into_keys().collect())
}

impl Needs {
    /// A diagram was small enough, so that probabilities are exact.
    #[must_use]
    pub const fn is_exact(&self) -> bool {
        self.diagram.is_some()
    }

    /// The probability that the flow works. None where the availability of a component has no basis; at best such a
    /// component is always up.
    ///
    /// Given which zones and regions are up, components fail independently of each other, and the probability is exact by
    /// a decision diagram in which each component occurs once; zones and regions whose availability is stated are gone
    /// through (the law of total probability).
    #[must_use]
    pub fn uptime(&self, scenario: &Scenario<'_>) -> Option<Uptime> {
        let domains = Domains::of(self, scenario);
        if domains.count() > MOST_DOMAINS || (domains.count() > 0 && self.diagram.is_none()) {
            let all = domains.all_up();
            let given = self.given(scenario, &|_| true)?;
            return Some(Uptime {
                lower: given.lower * all,
                upper: given.upper,
            });
        }
        let mut sum = Uptime {
            lower: 0.0,
            upper: 0.0,
        };
        for (chance, lost) in domains.states() {
            let given = self.given(scenario, &|zone| !lost.contains(&zone))?;
            sum.lower += chance * given.lower;
            sum.upper += chance * given.upper;
        }
        Some(Uptime {
            lower: sum.lower.clamp(0.0, 1.0),
            upper: sum.upper.clamp(0.0, 1.0),
        })
    }

    fn given(&self, scenario: &Scenario<'_>, stands: &dyn Fn(Zone) -> bool) -> Option<Uptime> {
        let up = self.ups(scenario, stands)?;
        let of = |component: usize| up.get(&component).copied().unwrap_or(1.0);
        if let Some(diagram) = &self.diagram {
            let exact = diagram.probability(&of);
            return Some(Uptime {
                lower: exact,
                upper: exact,
            });
        }
        let (lower, upper) = bounds(&self.structure, &of, MOST_STEPS);
        Some(Uptime { lower, upper })
    }

    /// The probability that each component is up, given which zones stand.
    fn ups(
        &self,
        scenario: &Scenario<'_>,
        stands: &dyn Fn(Zone) -> bool,
    ) -> Option<BTreeMap<usize, f64>> {
        let mut all = BTreeMap::new();
        let mut open = false;
        for component in &self.parts {
            match component_up(*component, self.kind, scenario, stands) {
                Some(up) => {
                    all.insert(*component, up);
                }
                None => open = true,
            }
        }
        let read_as_up = scenario.stance == super::Stance::Best;
        (!open || read_as_up).then_some(all)
    }

    /// By how much the availability of the flow grows with that of each component (Birnbaum, On the importance of
    /// different components in a multicomponent system, 1969), all zones up. None where it can't be told exactly.
    #[must_use]
    pub fn importance(&self, scenario: &Scenario<'_>) -> Option<BTreeMap<usize, f64>> {
        let up = self.ups(scenario, &|_| true)?;
        let of = |component: usize| up.get(&component).copied().unwrap_or(1.0);
        Some(self.diagram.as_ref()?.importance(&of))
    }

    /// Whether the flow works with what is left.
    #[must_use]
    pub fn works(&self, scenario: &Scenario<'_>) -> bool {
        self.structure
            .works(&|component| stands(component, self.kind, scenario))
    }

    /// The smallest sets of losses that surely stop the flow, at most three at a time: instances, zones where they are
    /// stated, and what a provider runs as a whole. Components whose redundancy is not stated are left out, and named.
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
                .map(|cut| cut.into_iter().map(|loss| named(loss, &zones)).collect())
                .collect(),
            complete,
            open,
        }
    }
}

/// More sets of losses than this are not listed.
const MOST_CUTS: usize = 2_000;

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

/// Where the instances of a component stand, by what is stated, and how many are needed; or the fact that is missing.
fn places(
    at: usize,
    kind: Option<FlowKind>,
    scenario: &Scenario<'_>,
    zones: &mut Vec<Zone>,
) -> Result<(Vec<Place>, u64), &'static str> {
    let alone = |zone| {
        let place = Place { zone, instances: 1 };
        Ok((vec![place], 1))
    };
    let Some(component) = scenario.component(at) else {
        return alone(None);
    };
    if scenario.is_whole(at) {
        return alone(None);
    }
    let attributes = &component.attributes;
    let replicas = attributes.count(Attribute::Replicas).ok_or("replicas")?;
    let states_zones = attributes.count(Attribute::Zones).is_some()
        || attributes.count(Attribute::Regions).is_some();
    let spread = states_zones.then(|| scenario.zones(at, replicas)).flatten();
    let mut number = |zone: Zone| {
        let known = zones.iter().position(|other| *other == zone);
        known.unwrap_or_else(|| {
            zones.push(zone);
            zones.len() - 1
        })
    };
    let has_leader = kind != Some(FlowKind::Read)
        && single_leader(component, scenario.vocabulary) != Some(false);
    if replicas > 1 && has_leader {
        let stated = attributes.word(Attribute::Failover);
        match stated.or_else(|| property(component, scenario.vocabulary, Attribute::Failover)) {
            Some("automatic") => {}
            Some(_) => {
                let first = spread.as_ref().and_then(|zones| zones.first());
                return alone(first.map(|(zone, _)| number(*zone)));
            }
            None => return Err("failover"),
        }
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
            instances: replicas,
        }],
    };
    Ok((all, scenario.needed(at, replicas)))
}

/// The probability that a component does its part, given which zones stand: enough of its instances are up, and where a
/// single leader takes the writes, no failover is under way.
///
/// An instance that is down a share 1 - a of the time and takes R to repair fails (1 - a)/R times a second; each failure
/// of a leader costs writes the time T that failover takes, so that they are lost for (1 - a) T/R (Treynor et al., The
/// Calculus of Service Availability, ACM Queue 15, 2017).
fn component_up(
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
    let standing = zones.as_ref().map_or(left, |zones| {
        let up = zones
            .iter()
            .filter(|(zone, _)| zone_stands(*zone) && !scenario.is_lost(*zone));
        let up: u64 = up.map(|(_, instances)| instances).sum();
        up.min(left)
    });
    let leader = if replicas == 1 {
        Leadership::Shared
    } else {
        scenario.leadership(at, kind)
    };
    let needed = scenario.needed(at, replicas);
    Some(match leader {
        Leadership::Fixed => {
            let home = zones.as_ref().and_then(|zones| zones.first());
            if home.is_none_or(|(zone, _)| zone_stands(*zone)) {
                each
            } else {
                0.0
            }
        }
        Leadership::Shared => at_least(needed, standing, each),
        Leadership::Moves { seconds, .. } => {
            let repair = scenario.surrounding(Surrounding::RepairTime);
            let gap = (1.0 - each) * (seconds / repair).min(1.0);
            at_least(needed, standing, each) * (1.0 - gap)
        }
    })
}

/// Whether a component does its part with what is left of it. Where instances were lost, the leader may be among them.
#[must_use]
pub fn stands(at: usize, kind: Option<FlowKind>, scenario: &Scenario<'_>) -> bool {
    let change = scenario.change;
    if change.killed.contains(&at) {
        return false;
    }
    if change.lost.is_empty() && change.zones.is_empty() && change.regions.is_empty() {
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
    !matches!(
        scenario.leadership(at, kind),
        Leadership::Fixed | Leadership::Moves { by_hand: true, .. }
    )
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
                && scenario.stance == super::Stance::Best)
    })
}

/// The zones and regions that matter to a flow and whose availability is stated.
struct Domains {
    zones: Vec<Zone>,
    regions: Vec<u64>,
    zone_up: f64,
    region_up: f64,
}

impl Domains {
    fn of(needs: &Needs, scenario: &Scenario<'_>) -> Self {
        let platform = scenario.design.platform.as_ref();
        let zone_up = platform.and_then(|p| p.zone_availability.as_ref());
        let region_up = platform.and_then(|p| p.region_availability.as_ref());
        let mut zones: BTreeSet<Zone> = BTreeSet::new();
        if zone_up.is_some() || region_up.is_some() {
            for component in needs.parts.iter().filter(|at| !scenario.is_whole(**at)) {
                if let Count::Of(replicas) = scenario.replicas(*component) {
                    let spread = scenario.zones(*component, replicas).into_iter().flatten();
                    zones.extend(spread.map(|(zone, _)| zone));
                }
            }
        }
        let regions: BTreeSet<u64> = zones.iter().map(|zone| zone.region).collect();
        let value =
            |figure: Option<&crate::model::Figure>| figure.map_or(1.0, |f| f.quantity.value);
        Self {
            zone_up: value(zone_up),
            region_up: value(region_up),
            zones: zones.into_iter().collect(),
            regions: regions.into_iter().collect(),
        }
    }

    fn count(&self) -> usize {
        let zones = if self.zone_up < 1.0 {
            self.zones.len()
        } else {
            0
        };
        let regions = if self.region_up < 1.0 {
            self.regions.len()
        } else {
            0
        };
        zones + regions
    }

    fn all_up(&self) -> f64 {
        let power = |up: f64, number: usize| up.powf(super::load::as_number(number as u64));
        power(self.zone_up, self.zones.len()) * power(self.region_up, self.regions.len())
    }

    /// Every combination of what is up, with its probability and the zones that are lost.
    fn states(&self) -> Vec<(f64, BTreeSet<Zone>)> {
        let mut states = vec![(1.0, BTreeSet::new())];
        let in_region = |region: u64| {
            let all = self.zones.iter().copied();
            all.filter(move |zone| zone.region == region)
                .collect::<Vec<_>>()
        };
        let zones = self.zones.iter().map(|zone| (self.zone_up, vec![*zone]));
        let regions = self
            .regions
            .iter()
            .map(|region| (self.region_up, in_region(*region)));
        for (up, lost) in zones.chain(regions).filter(|(up, _)| *up < 1.0) {
            let with = |(chance, gone): &(f64, BTreeSet<Zone>)| {
                let more = gone.iter().chain(&lost).copied().collect();
                (chance * (1.0 - up), more)
            };
            let fallen: Vec<_> = states.iter().map(with).collect();
            for state in &mut states {
                state.0 *= up;
            }
            states.extend(fallen);
        }
        states
    }
}
