//! Availability of a flow: the exact probability that it works, what stops it, and what each single failure leaves.
//!
//! Knows what a flow needs and what each component survives; knows no rates.

mod cuts;
mod domains;
mod part;

use std::collections::{BTreeMap, BTreeSet};

use super::Stance;
use super::flows::{self, FlowFacts};
use super::reliability::{Diagram, Gate, Structure, bounds};
use super::scenario::Scenario;
use super::whatif::Zone;
use crate::model::{Design, FlowKind, Route, Vocabulary};
use cuts::MOST_CUTS;
pub use cuts::{Lost, StatedCuts};
use domains::{Domains, MOST_DOMAINS};
use part::component_up;
pub(super) use part::enough_up;
pub use part::stands;

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
    let counts = |at: usize| {
        design.components.get(at).is_some_and(|component| {
            !vocabulary.kinds.info(component.kind).origin
                && (!flows::is_bypassed(component, vocabulary) || facts.last.contains(&at))
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
    let mut arrivals = Vec::new();
    for starts in &journey.arrivals {
        if let [only] = starts.as_slice() {
            arrivals.push(*only);
        } else {
            gates.push(Gate::Any(starts.clone()));
            arrivals.push(gates.len() - 1);
        }
    }
    gates.push(Gate::All(arrivals));
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
        let read_as_up = scenario.stance == Stance::Best;
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
}
