//! All analyses of a design under a change, each with worst, usual and best inputs: what is certain, what depends on an
//! assumed input, and what has no basis.
//!
//! Knows how results are put together and remembered; each analysis stands in its own file.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::flows::FlowFacts;
use super::load::{self, Load, Moment, Pushed, Use};
use super::scenario::{Key, Scenario, Stance};
use super::timing::{self, Sharpness, Timed, Timing, Untimed, Walks};
use super::truth::Truth;
use super::uptime::{self, Needs, StatedCuts, Uptime};
use super::verdict::Reckoning;
use super::whatif::WhatIf;
use super::{Subject, journey::Journey};
use crate::model::Attribute;

/// Something with each reading of the inputs, in the order of [`Stance::ALL`].
type Readings<T> = [OnceCell<T>; 3];

/// Something for each flow, in their order.
type PerFlow<T> = OnceCell<Vec<T>>;

/// What was computed before. Belongs to one subject under one change.
#[derive(Debug, Default)]
pub struct Findings {
    loads: Readings<LoadReading>,
    needs: PerFlow<OnceCell<Option<Needs>>>,
    uptimes: PerFlow<Readings<(Option<Uptime>, Inputs)>>,
    timings: PerFlow<Readings<TimingReading>>,
    cuts: PerFlow<OnceCell<StatedCuts>>,
    walks: Walks,
}

/// The analyses of a subject under a change.
#[derive(Clone, Copy, Debug)]
pub struct Study<'a> {
    /// The design with its flows.
    pub subject: &'a Subject<'a>,
    /// What is changed.
    pub change: &'a WhatIf,
    found: &'a Findings,
}

/// The inputs that a result rests on beside those that are stated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Those that are assumed.
    pub assumed: BTreeSet<Key>,
    /// Facts without a basis.
    pub missing: BTreeSet<String>,
}

/// More inputs than this are not told of one result.
const MOST_INPUTS: usize = 64;

impl Inputs {
    /// What a scenario was asked since it was last taken.
    pub(super) fn taken(scenario: &Scenario<'_>) -> Self {
        Self {
            assumed: scenario.take_used(),
            missing: scenario.take_missing(),
        }
    }

    /// As [`Inputs::taken`], added to these.
    pub(super) fn join_taken(&mut self, scenario: &Scenario<'_>) {
        self.join(&Self::taken(scenario));
    }

    pub(super) fn join(&mut self, other: &Self) {
        let room = MOST_INPUTS.saturating_sub(self.assumed.len());
        self.assumed.extend(other.assumed.iter().take(room));
        let room = MOST_INPUTS.saturating_sub(self.missing.len());
        self.missing
            .extend(other.missing.iter().take(room).cloned());
    }
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
    /// The utilisation of each component on average.
    pub uses: Vec<Use>,
    /// The utilisation of each component at the peak.
    pub peak_uses: Vec<Use>,
    /// What the pushing of each flow rests on.
    pushed_on: Vec<Inputs>,
    /// What the utilisation of each component rests on.
    used_on: Vec<Inputs>,
    /// The flows that reach each component.
    reached_by: Vec<Vec<usize>>,
}

impl LoadReading {
    /// Whether an assumed input was asked for.
    fn rests_on(&self, key: Key) -> bool {
        let mut inputs = self.pushed_on.iter().chain(&self.used_on);
        // Of very many not all are noted.
        inputs.any(|on| on.assumed.contains(&key) || on.assumed.len() >= MOST_INPUTS)
    }
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

/// What first gives way when the load of all flows grows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limit {
    /// The factor of the load at which it is saturated.
    pub factor: Reckoning,
    /// The component, with usual inputs.
    pub bottleneck: Option<usize>,
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

    fn flow(&self, at: usize) -> Option<&'a FlowFacts> {
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
    #[must_use]
    pub fn loads_in(&self, scenario: &Scenario<'_>) -> LoadReading {
        let flows = self.flows();
        let mut pushed = Vec::with_capacity(flows.len());
        let mut pushed_on = Vec::with_capacity(flows.len());
        for (at, facts) in flows.iter().enumerate() {
            pushed.push(load::push(facts, at, scenario));
            pushed_on.push(Inputs::taken(scenario));
        }
        let average = load::loads(flows, &pushed, Moment::Average, scenario);
        let peak = load::loads(flows, &pushed, Moment::Peak, scenario);
        let shared = Inputs::taken(scenario);
        let mut uses = Vec::with_capacity(average.len());
        let mut peak_uses = Vec::with_capacity(average.len());
        let mut used_on = Vec::with_capacity(average.len());
        for (at, (load, peak)) in average.iter().zip(&peak).enumerate() {
            uses.push(load::utilisation(at, load, scenario));
            peak_uses.push(load::utilisation(at, peak, scenario));
            let mut inputs = Inputs::taken(scenario);
            inputs.join(&shared);
            used_on.push(inputs);
        }
        LoadReading {
            reached_by: reached_by(flows, &pushed, average.len()),
            pushed,
            average,
            peak,
            uses,
            peak_uses,
            pushed_on,
            used_on,
        }
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
            let loads = self.loads(stance);
            let mut reading = self.timing_in(flow, loads, &self.scenario(stance));
            reading.inputs.join(&self.pushed_on(flow, loads));
            reading
        }))
    }

    /// The mean time of a flow with one reading of the inputs, in seconds.
    #[must_use]
    pub fn mean_time(&self, flow: usize, stance: Stance) -> Option<f64> {
        let scenario = self.scenario(stance);
        let timed = self.timed(flow, self.loads(stance), &scenario).ok()?;
        timed.mean().ok()
    }

    fn timing_in(
        &self,
        flow: usize,
        loads: &LoadReading,
        scenario: &Scenario<'_>,
    ) -> TimingReading {
        let timing = self
            .timed(flow, loads, scenario)
            .and_then(|timed| timed.timing(&self.found.walks));
        TimingReading {
            timing,
            inputs: Inputs::taken(scenario),
        }
    }

    /// A flow of which the time can be asked.
    fn timed<'t>(
        &'t self,
        flow: usize,
        loads: &'t LoadReading,
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
            uses: &loads.uses,
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
        let mut inputs = Inputs::default();
        let [worst, usual, best] = Stance::ALL.map(|stance| {
            let loads = self.loads(stance);
            let uses = match moment {
                Moment::Average => &loads.uses,
                Moment::Peak => &loads.peak_uses,
            };
            inputs.join(&self.used_on(component, loads));
            uses.get(component).copied().unwrap_or(Use::Unknown)
        });
        let open = inputs
            .missing
            .iter()
            .any(|fact| fact.starts_with("rate of "));
        let reckoning = Reckoning {
            worst: worst.share().filter(|_| !open),
            usual: usual.share(),
            best: best.share(),
            inputs,
        };
        (usual, reckoning)
    }

    fn used_on(&self, component: usize, loads: &LoadReading) -> Inputs {
        let mut inputs = loads.used_on.get(component).cloned().unwrap_or_default();
        for flow in loads.reached_by.get(component).into_iter().flatten() {
            if let Some(more) = loads.pushed_on.get(*flow) {
                inputs.join(more);
            }
        }
        let open = loads
            .average
            .get(component)
            .map(|load| load.open.as_slice());
        for facts in open
            .into_iter()
            .flatten()
            .filter_map(|flow| self.flow(*flow))
        {
            inputs.missing.insert(format!("rate of {}", facts.flow.id));
        }
        inputs
    }

    /// What of a flow first gives way when the load of all flows grows. What scales by itself never does.
    #[must_use]
    pub fn limit(&self, flow: usize) -> Limit {
        let Some(facts) = self.flow(flow) else {
            return Limit::default();
        };
        let components: Vec<usize> = facts.components.iter().copied().collect();
        self.limit_of(&components)
    }

    /// What of some components first gives way when the load of all flows grows.
    #[must_use]
    pub fn limit_of(&self, components: &[usize]) -> Limit {
        let mut inputs = Inputs::default();
        let mut bottleneck = None;
        let [worst, usual, best] = Stance::ALL.map(|stance| {
            let loads = self.loads(stance);
            let mut least: Option<(f64, usize)> = None;
            let mut open = false;
            for component in components.iter().copied().filter(|at| !self.scales(*at)) {
                match loads.uses.get(component) {
                    Some(Use::Share(share)) if *share > 0.0 => {
                        let factor = (1.0 / share).min(MOST_FACTOR);
                        if least.is_none_or(|(least, _)| factor < least) {
                            least = Some((factor, component));
                        }
                    }
                    Some(Use::Unknown) => open = true,
                    _ => {}
                }
                let arrives = loads.average.get(component);
                open |= arrives.is_some_and(|load| !load.open.is_empty());
            }
            if stance == Stance::Usual {
                bottleneck = least.map(|(_, component)| component);
            }
            if let Some((_, component)) = least {
                inputs.join(&self.used_on(component, loads));
            }
            least
                .map(|(factor, _)| factor)
                .filter(|_| !(open && stance == Stance::Worst))
        });
        Limit {
            factor: Reckoning {
                worst,
                usual,
                best,
                inputs,
            },
            bottleneck,
        }
    }

    /// Instances come and go with the load.
    #[must_use]
    pub fn scales(&self, component: usize) -> bool {
        let found = self.subject.design.components.get(component);
        found.is_some_and(|c| c.attributes.yes_no(Attribute::Autoscaling) == Some(true))
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

    /// A result under inputs that are set one by one, the others usual.
    pub(super) fn availability_with(&self, flow: usize, set: &BTreeMap<Key, f64>) -> Option<f64> {
        let mut scenario = self.scenario(Stance::Usual);
        scenario.set.clone_from(set);
        Some(self.needs(flow)?.uptime(&scenario)?.lower)
    }

    /// As [`Study::availability_with`], for the time at p99 or p50; infinite when saturated.
    pub(super) fn time_with(
        &self,
        flow: usize,
        p50: bool,
        set: &BTreeMap<Key, f64>,
        sharpness: Sharpness,
    ) -> Option<f64> {
        let mut scenario = self.scenario(Stance::Usual);
        scenario.set.clone_from(set);
        let usual = self.loads(Stance::Usual);
        let other;
        let loads = if set.keys().any(|key| usual.rests_on(*key)) {
            other = self.loads_in(&scenario);
            &other
        } else {
            usual
        };
        let times = self
            .timed(flow, loads, &scenario)
            .and_then(|timed| timed.percentiles(&self.found.walks, sharpness));
        match times {
            Ok((half, nearly_all)) => Some(if p50 { half } else { nearly_all }),
            Err(Untimed::Saturated(_)) => Some(f64::INFINITY),
            Err(_) => None,
        }
    }

    /// As [`Study::availability_with`], for the utilisation of a component.
    pub(super) fn use_with(
        &self,
        component: usize,
        moment: Moment,
        set: &BTreeMap<Key, f64>,
    ) -> Option<f64> {
        let mut scenario = self.scenario(Stance::Usual);
        scenario.set.clone_from(set);
        let loads = self.loads_in(&scenario);
        let uses = match moment {
            Moment::Average => loads.uses,
            Moment::Peak => loads.peak_uses,
        };
        uses.get(component).copied()?.share()
    }

    /// How many attempts one request can become at a component when what it calls fails: the product of the attempts
    /// along the worst way to it (Beyer et al., Site Reliability Engineering, 2016, chapter 22).
    #[must_use]
    pub fn amplification(&self, component: usize) -> f64 {
        let of = |facts: &FlowFacts| amplification(&facts.journey, component, self.subject);
        let on_it = |facts: &&FlowFacts| facts.components.contains(&component);
        self.flows()
            .iter()
            .filter(on_it)
            .map(of)
            .fold(1.0, f64::max)
    }
}

/// Factors beyond this say no more than that there is no end to it; they keep reports finite.
const MOST_FACTOR: f64 = 1e15;

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

fn amplification(journey: &Journey, component: usize, subject: &Subject<'_>) -> f64 {
    let mut attempts = vec![1.0_f64; journey.visits.len()];
    for visit in &journey.order {
        let here = attempts.get(*visit).copied().unwrap_or(1.0);
        for call in journey
            .calls_of(*visit)
            .iter()
            .filter(|call| !call.asynchronous && !call.back)
        {
            let connection = call
                .connection
                .and_then(|at| subject.design.connections.get(at));
            let retries = connection.and_then(|c| c.attributes.count(Attribute::Retries));
            let factor = load::as_number(retries.unwrap_or(0).min(1_000_000) + 1);
            if let Some(slot) = attempts.get_mut(call.to) {
                *slot = slot.max((here * factor).min(1e12));
            }
        }
    }
    let of_it = journey.visits.iter().zip(&attempts);
    let of_it = of_it
        .filter(|(at, _)| **at == component)
        .map(|(_, attempts)| *attempts);
    of_it.fold(1.0, f64::max)
}
