//! The time of each flow, with each reading of the inputs.
//!
//! Knows what is remembered and what it rests on; how time is reckoned is that analysis's matter.

use super::{LoadReading, Study};
use crate::analysis::inputs::Inputs;
use crate::analysis::load::{Moment, Use};
use crate::analysis::scenario::{Scenario, Stance};
use crate::analysis::timing::{self, Timed, Timing, Untimed};
use crate::analysis::uptime::Needs;
use crate::analysis::verdict::Reckoning;

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
    /// No answer comes, read likewise: a component is saturated, or the flow does not work.
    pub endless: [bool; 3],
    /// There are more visits than are gone through.
    pub too_long: bool,
}

impl<'a> Study<'a> {
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
    pub(in crate::analysis) fn timed<'t>(
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
        let is_down = |needs: &Needs| !needs.works(scenario);
        if !self.change.is_empty() && self.needs(flow).is_some_and(is_down) {
            return Err(Untimed::Down);
        }
        if facts.journey.visits.len() > timing::most_visits(self.flows().len()) {
            return Err(Untimed::TooLong);
        }
        Ok(Timed {
            facts,
            flow,
            flows: self.flows(),
            loads: &loads.average,
            uses,
            scenario,
        })
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
        let slots = latency.saturated.iter_mut().zip(&mut latency.endless);
        for (reading, (saturated, endless)) in readings.iter().zip(slots) {
            let Some(reading) = reading else { continue };
            inputs.join(&reading.inputs);
            match &reading.timing {
                Err(Untimed::Saturated(component)) => {
                    (*saturated, *endless) = (Some(*component), true);
                }
                Err(Untimed::Down) => *endless = true,
                Err(Untimed::TooLong) => latency.too_long = true,
                Ok(_) | Err(Untimed::Unknown) => {}
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
}
