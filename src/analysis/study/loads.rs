//! The load of everything and what becomes of each component, with each reading of the inputs.
//!
//! Knows what is remembered and what it rests on; how load is pushed is that analysis's matter.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::Study;
use crate::analysis::flows::FlowFacts;
use crate::analysis::inputs::{Inputs, MOST_INPUTS};
use crate::analysis::load::{self, Load, Moment, Pushed, Use};
use crate::analysis::scenario::{Key, Scenario, Stance};
use crate::analysis::verdict::Reckoning;

/// The load of everything, read in one way.
#[derive(Clone, Debug)]
pub struct LoadReading {
    /// What one request of each flow causes.
    pub pushed: Vec<Pushed>,
    /// What arrives at each component on average.
    pub average: Vec<Load>,
    /// What arrives at each component when all flows are at their peaks.
    pub peak: Vec<Load>,
    /// What the pushing of each flow rests on.
    pushed_on: Vec<Inputs>,
    /// What all rates rest on.
    shared_on: Inputs,
    /// The flows that reach each component.
    reached_by: Vec<Vec<usize>>,
    /// What becomes of each component, where it was asked for.
    used: Vec<OnceCell<Used>>,
}

impl LoadReading {
    /// Whether what arrives anywhere rests on an assumed input.
    pub(in crate::analysis) fn rests_on(&self, key: Key) -> bool {
        let mut inputs = self.pushed_on.iter().chain([&self.shared_on]);
        // Of very many not all are noted.
        inputs.any(|on| on.assumed.contains(&key) || on.assumed.len() >= MOST_INPUTS)
    }

    pub(in crate::analysis) fn arriving(&self, component: usize, moment: Moment) -> Option<&Load> {
        match moment {
            Moment::Average => self.average.get(component),
            Moment::Peak => self.peak.get(component),
        }
    }
}

/// The utilisation of a component, read in one way.
#[derive(Clone, Debug)]
struct Used {
    average: Use,
    peak: Use,
    on: Inputs,
}

impl Used {
    const fn at(&self, moment: Moment) -> Use {
        match moment {
            Moment::Average => self.average,
            Moment::Peak => self.peak,
        }
    }
}

/// The utilisation of a component with each reading of the inputs, in the order of [`Stance::ALL`].
#[derive(Clone, Debug)]
pub(super) struct UseOf {
    average: [Use; 3],
    peak: [Use; 3],
    inputs: Inputs,
}

impl<'a> Study<'a> {
    /// The load of everything with one reading of the inputs.
    ///
    /// # Panics
    /// Never: there is a slot for each stance.
    #[must_use]
    pub fn loads(&self, stance: Stance) -> &'a LoadReading {
        let slot = self.found.loads.get(stance as usize);
        slot.expect("three stances, three slots")
            .get_or_init(|| self.loads_in(&self.scenario(stance)))
    }

    /// The load of everything in a scenario.
    pub(in crate::analysis) fn loads_in(&self, scenario: &Scenario<'_>) -> LoadReading {
        let flows = self.flows();
        let mut pushed = Vec::with_capacity(flows.len());
        let mut pushed_on = Vec::with_capacity(flows.len());
        for (at, facts) in flows.iter().enumerate() {
            pushed.push(load::push(facts, at, scenario));
            pushed_on.push(Inputs::taken(scenario));
        }
        load::carry_on(flows, &mut pushed, scenario);
        let average = load::loads(flows, &pushed, Moment::Average, scenario);
        let peak = load::loads(flows, &pushed, Moment::Peak, scenario);
        LoadReading {
            reached_by: reached_by(flows, &pushed, average.len()),
            used: vec![OnceCell::new(); average.len()],
            pushed,
            average,
            peak,
            pushed_on,
            shared_on: Inputs::taken(scenario),
        }
    }

    /// What becomes of a component with one reading of the inputs.
    fn used(&self, component: usize, stance: Stance) -> Option<&'a Used> {
        let loads = self.loads(stance);
        let slot = loads.used.get(component)?;
        let (average, peak) = (loads.average.get(component)?, loads.peak.get(component)?);
        Some(slot.get_or_init(|| {
            let scenario = self.scenario(stance);
            Used {
                average: load::utilisation(component, average, &scenario),
                peak: load::utilisation(component, peak, &scenario),
                on: Inputs::taken(&scenario),
            }
        }))
    }

    /// The utilisation of a component with one reading of the inputs.
    #[must_use]
    pub fn use_of(&self, component: usize, moment: Moment, stance: Stance) -> Use {
        let used = self.used(component, stance);
        used.map_or(Use::Unknown, |used| used.at(moment))
    }

    /// What the load of the components of a flow rests on.
    pub(super) fn pushed_on(&self, flow: usize, loads: &LoadReading) -> Inputs {
        let mut inputs = Inputs::default();
        let flows = self
            .flow(flow)
            .into_iter()
            .flat_map(|facts| &facts.components);
        let flows: BTreeSet<usize> = flows
            .filter_map(|component| loads.reached_by.get(*component))
            .flatten()
            .copied()
            .collect();
        for other in flows {
            if let Some(more) = loads.pushed_on.get(other) {
                inputs.join(more);
            }
        }
        inputs
    }

    /// The utilisation of a component: what it is with usual inputs, and as a number with each reading.
    #[must_use]
    pub fn utilisation(&self, component: usize, moment: Moment) -> (Use, Reckoning) {
        let components = &self.subject.design.components;
        let slots = || components.iter().map(|_| OnceCell::new()).collect();
        let slots = self.found.uses.get_or_init(slots);
        let Some(slot) = slots.get(component) else {
            return (Use::Unknown, Reckoning::default());
        };
        let found = slot.get_or_init(|| self.find_uses(component));
        let [worst, usual, best] = match moment {
            Moment::Average => found.average,
            Moment::Peak => found.peak,
        };
        let missing = &found.inputs.missing;
        let open = missing.iter().any(|fact| fact.starts_with("rate of "));
        let reckoning = Reckoning {
            worst: worst.share().filter(|_| !open),
            usual: usual.share(),
            best: best.share(),
            inputs: found.inputs.clone(),
        };
        (usual, reckoning)
    }

    fn find_uses(&self, component: usize) -> UseOf {
        let mut inputs = Inputs::default();
        for stance in Stance::ALL {
            self.join_used_on(component, stance, &mut inputs);
        }
        let at = |moment| Stance::ALL.map(|stance| self.use_of(component, moment, stance));
        UseOf {
            average: at(Moment::Average),
            peak: at(Moment::Peak),
            inputs,
        }
    }

    /// Adds what the utilisation of a component rests on.
    pub(in crate::analysis) fn join_used_on(
        &self,
        component: usize,
        stance: Stance,
        inputs: &mut Inputs,
    ) {
        let loads = self.loads(stance);
        if let Some(used) = self.used(component, stance) {
            inputs.join(&used.on);
            inputs.join(&loads.shared_on);
        }
        for flow in loads.reached_by.get(component).into_iter().flatten() {
            if let Some(more) = loads.pushed_on.get(*flow) {
                inputs.join(more);
            }
        }
        let arriving = loads.average.get(component).into_iter();
        let open = arriving.flat_map(|load| &load.open);
        for facts in open.filter_map(|flow| self.flow(*flow)) {
            inputs.missing.insert(format!("rate of {}", facts.flow.id));
        }
    }
}

fn reached_by(flows: &[FlowFacts], pushed: &[Pushed], components: usize) -> Vec<Vec<usize>> {
    let mut reached = vec![Vec::new(); components];
    for (flow, (facts, pushed)) in flows.iter().zip(pushed).enumerate() {
        for (component, arriving) in facts.journey.visits.iter().zip(&pushed.visits) {
            let slot = reached.get_mut(*component).filter(|_| *arriving > 0.0);
            if let Some(slot) = slot.filter(|slot| slot.last() != Some(&flow)) {
                slot.push(flow);
            }
        }
    }
    reached
}
