//! All analyses of a design under a change, each with worst, usual and best inputs: what is certain, what depends on an
//! assumed input, and what has no basis.
//!
//! Knows how results are put together and remembered; each analysis stands in its own file.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::Subject;
use super::flows::FlowFacts;
use super::inputs::{Inputs, MOST_INPUTS};
use super::load::{self, Load, Moment, Pushed, Use};
use super::scenario::{Key, Scenario, Stance};
use super::timing::{self, Timed, Timing, Untimed, Walks};
use super::truth::Truth;
use super::uptime::{self, Needs, StatedCuts, Uptime};
use super::verdict::Reckoning;
use super::whatif::WhatIf;

/// Something with each reading of the inputs, in the order of [`Stance::ALL`].
type Readings<T> = [OnceCell<T>; 3];

/// Something for each flow, in their order.
type PerFlow<T> = OnceCell<Vec<T>>;

/// What was computed before. Belongs to one subject under one change.
#[derive(Debug, Default)]
pub struct Findings {
    loads: Readings<LoadReading>,
    uses: OnceCell<Vec<OnceCell<UseOf>>>,
    needs: PerFlow<OnceCell<Option<Needs>>>,
    uptimes: PerFlow<Readings<(Option<Uptime>, Inputs)>>,
    timings: PerFlow<Readings<TimingReading>>,
    latencies: PerFlow<OnceCell<Latency>>,
    cuts: PerFlow<OnceCell<StatedCuts>>,
    pub(super) walks: Walks,
}

/// The analyses of a subject under a change.
#[derive(Clone, Copy, Debug)]
pub struct Study<'a> {
    /// The design with its flows.
    pub subject: &'a Subject<'a>,
    /// What is changed.
    pub change: &'a WhatIf,
    pub(super) found: &'a Findings,
}

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
    pub(super) fn rests_on(&self, key: Key) -> bool {
        let mut inputs = self.pushed_on.iter().chain([&self.shared_on]);
        // Of very many not all are noted.
        inputs.any(|on| on.assumed.contains(&key) || on.assumed.len() >= MOST_INPUTS)
    }

    pub(super) fn arriving(&self, component: usize, moment: Moment) -> Option<&Load> {
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
struct UseOf {
    average: [Use; 3],
    peak: [Use; 3],
    inputs: Inputs,
}

/// The time of a flow, read in one way.
#[derive(Clone, Debug)]
pub struct TimingReading {
    /// The time, or why there is none.
    pub timing: Result<Timing, Untimed>,
    inputs: Inputs,
}

/// The time of a flow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Latency {
    /// Half of the requests take less.
    pub p50: Reckoning,
    /// All but one in a hundred take less.
    pub p99: Reckoning,
    /// The component that is saturated, read as in [`Stance::ALL`].
    pub saturated: [Option<usize>; 3],
    /// There are more visits than are gone through.
    pub too_long: bool,
}

impl<'a> Study<'a> {
    /// The analyses of a subject under a change.
    #[must_use]
    pub const fn new(subject: &'a Subject<'a>, change: &'a WhatIf, found: &'a Findings) -> Self {
        Self {
            subject,
            change,
            found,
        }
    }

    /// A reading of the inputs.
    #[must_use]
    pub fn scenario(&self, stance: Stance) -> Scenario<'a> {
        let subject = self.subject;
        Scenario::new(subject.design, subject.vocabulary, stance, self.change)
    }

    /// The flows.
    #[must_use]
    pub fn flows(&self) -> &'a [FlowFacts] {
        &self.subject.flows
    }

    pub(super) fn flow(&self, at: usize) -> Option<&'a FlowFacts> {
        self.flows().get(at)
    }

    fn slots<T>(&self) -> Vec<T>
    where
        T: Default,
    {
        self.flows().iter().map(|_| T::default()).collect()
    }

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
    pub(super) fn loads_in(&self, scenario: &Scenario<'_>) -> LoadReading {
        let flows = self.flows();
        let mut pushed = Vec::with_capacity(flows.len());
        let mut pushed_on = Vec::with_capacity(flows.len());
        for (at, facts) in flows.iter().enumerate() {
            pushed.push(load::push(facts, at, scenario));
            pushed_on.push(Inputs::taken(scenario));
        }
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

    /// What a flow needs; none for a flow that leads nowhere.
    #[must_use]
    pub fn needs(&self, flow: usize) -> Option<&'a Needs> {
        let slots = self.found.needs.get_or_init(|| self.slots());
        let facts = self.flow(flow)?;
        let subject = self.subject;
        slots
            .get(flow)?
            .get_or_init(|| {
                let flows = subject.flows.len();
                uptime::needs(facts, flows, subject.design, subject.vocabulary)
            })
            .as_ref()
    }

    /// The availability of a flow: with the worst inputs its lower bound, with the best its upper one.
    #[must_use]
    pub fn availability(&self, flow: usize) -> Reckoning {
        let Some(needs) = self.needs(flow) else {
            return Reckoning::unknown(self.no_way(flow));
        };
        let slots = self.found.uptimes.get_or_init(|| self.slots());
        let mut inputs = Inputs::default();
        let [worst, usual, best] = Stance::ALL.map(|stance| {
            let slot = slots.get(flow).and_then(|of| of.get(stance as usize));
            let (uptime, on) = slot?.get_or_init(|| {
                let scenario = self.scenario(stance);
                let uptime = needs.uptime(&scenario);
                (uptime, Inputs::taken(&scenario))
            });
            inputs.join(on);
            *uptime
        });
        Reckoning {
            worst: worst.map(|uptime| uptime.lower),
            usual: usual.map(|uptime| f64::midpoint(uptime.lower, uptime.upper)),
            best: best.map(|uptime| uptime.upper),
            inputs,
        }
    }

    /// Why nothing is known of a flow.
    #[must_use]
    pub fn no_way(&self, flow: usize) -> String {
        let Some(facts) = self.flow(flow) else {
            return "the flow".to_owned();
        };
        if facts.walked {
            format!("a way for {}", facts.flow.id)
        } else {
            format!(
                "{}: the flows before it are too many and too long",
                facts.flow.id
            )
        }
    }

    /// The smallest sets of losses that stop a flow.
    #[must_use]
    pub fn cuts(&self, flow: usize) -> Option<&'a StatedCuts> {
        let needs = self.needs(flow)?;
        let slots = self.found.cuts.get_or_init(|| self.slots());
        let cut = || needs.cuts(&self.scenario(Stance::Worst));
        Some(slots.get(flow)?.get_or_init(cut))
    }

    /// The time of a flow with one reading of the inputs.
    #[must_use]
    pub fn timing(&self, flow: usize, stance: Stance) -> Option<&'a TimingReading> {
        let slots = self.found.timings.get_or_init(|| self.slots());
        let slot = slots.get(flow)?.get(stance as usize)?;
        Some(slot.get_or_init(|| {
            let scenario = self.scenario(stance);
            let timing = self.timed_at(flow, &scenario, |timed| timed.timing(&self.found.walks));
            let mut inputs = Inputs::taken(&scenario);
            inputs.join(&self.pushed_on(flow, self.loads(stance)));
            TimingReading { timing, inputs }
        }))
    }

    /// The mean time of a flow with one reading of the inputs, in seconds.
    #[must_use]
    pub fn mean_time(&self, flow: usize, stance: Stance) -> Option<f64> {
        let scenario = self.scenario(stance);
        let mean = |timed: &Timed<'_>| timed.mean().ok_or(Untimed::Unknown);
        self.timed_at(flow, &scenario, mean).ok()
    }

    /// What is asked of the time of a flow in a scenario in which no input is set.
    fn timed_at<T>(
        &self,
        flow: usize,
        scenario: &Scenario<'_>,
        ask: impl FnOnce(&Timed<'_>) -> Result<T, Untimed>,
    ) -> Result<T, Untimed> {
        let stance = scenario.stance;
        let uses = |at| self.use_of(at, Moment::Average, stance);
        ask(&self.timed(flow, self.loads(stance), &uses, scenario)?)
    }

    /// A flow of which the time can be asked.
    pub(super) fn timed<'t>(
        &'t self,
        flow: usize,
        loads: &'t LoadReading,
        uses: &'t dyn Fn(usize) -> Use,
        scenario: &'t Scenario<'t>,
    ) -> Result<Timed<'t>, Untimed> {
        let facts = self.flow(flow).ok_or(Untimed::Unknown)?;
        if facts.journey.visits.is_empty() {
            return Err(Untimed::Unknown);
        }
        if facts.journey.visits.len() > timing::most_visits(self.flows().len()) {
            return Err(Untimed::TooLong);
        }
        Ok(Timed {
            facts,
            flow,
            loads: &loads.average,
            uses,
            scenario,
        })
    }

    /// What the load of the components of a flow rests on.
    fn pushed_on(&self, flow: usize, loads: &LoadReading) -> Inputs {
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

    /// The time of a flow.
    #[must_use]
    pub fn latency(&self, flow: usize) -> Latency {
        let slots = self.found.latencies.get_or_init(|| self.slots());
        let found = slots.get(flow);
        found.map_or_else(Latency::default, |slot| {
            slot.get_or_init(|| self.find_latency(flow)).clone()
        })
    }

    fn find_latency(&self, flow: usize) -> Latency {
        let mut latency = Latency::default();
        let mut inputs = Inputs::default();
        let readings = Stance::ALL.map(|stance| self.timing(flow, stance));
        for (at, reading) in readings.iter().enumerate() {
            let Some(reading) = reading else { continue };
            inputs.join(&reading.inputs);
            match (&reading.timing, latency.saturated.get_mut(at)) {
                (Err(Untimed::Saturated(component)), Some(slot)) => *slot = Some(*component),
                (Err(Untimed::TooLong), _) => latency.too_long = true,
                _ => {}
            }
        }
        let of = |value: fn(&Timing) -> f64| {
            let [worst, usual, best] =
                readings.map(|reading| reading?.timing.as_ref().ok().map(value));
            Reckoning {
                worst,
                usual,
                best,
                inputs: inputs.clone(),
            }
        };
        latency.p50 = of(|timing| timing.p50);
        latency.p99 = of(|timing| timing.p99);
        latency
    }

    /// How often a first attempt over a connection outlasts its timeout, over all flows that take it.
    #[must_use]
    pub fn cut_off(&self, connection: usize) -> Reckoning {
        let mut inputs = Inputs::default();
        let mut known = false;
        let [worst, usual, best] = Stance::ALL.map(|stance| {
            let mut most: Option<f64> = None;
            for (flow, facts) in self.flows().iter().enumerate() {
                if !facts.connections.contains(&connection) {
                    continue;
                }
                let Some(reading) = self.timing(flow, stance) else {
                    continue;
                };
                known = true;
                inputs.join(&reading.inputs);
                let Ok(timing) = &reading.timing else {
                    continue;
                };
                let of_it = timing.cut_off.iter().filter(|(at, _)| *at == connection);
                most = of_it.fold(most, |most, (_, often)| {
                    Some(most.unwrap_or(0.0).max(*often))
                });
            }
            most
        });
        if !known {
            inputs.missing.insert("a flow over it".to_owned());
        }
        Reckoning {
            worst,
            usual,
            best,
            inputs,
        }
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
    pub(super) fn join_used_on(&self, component: usize, stance: Stance, inputs: &mut Inputs) {
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

    /// Whether a flow works with what the change leaves of it.
    #[must_use]
    pub fn works(&self, flow: usize) -> Truth {
        let Some(needs) = self.needs(flow) else {
            return Truth::NotStated;
        };
        let at_worst = needs.works(&self.scenario(Stance::Worst));
        if at_worst || self.change.is_empty() {
            return Truth::from(at_worst);
        }
        if needs.works(&self.scenario(Stance::Best)) {
            Truth::NotStated
        } else {
            Truth::No
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
