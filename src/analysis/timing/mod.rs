//! Latency: how long the synchronous part of a flow takes, as a distribution.
//!
//! Knows times, waiting, hits and misses, timeouts and retries; reads the load of each component and computes none.

mod fit;
mod plan;
mod walk;

use std::f64::consts::LN_2;

use super::flows::FlowFacts;
use super::journey::{Call, Journey};
use super::load::{Load, Use};
use super::queueing::Station;
use super::scenario::{Capacity, Scenario, Stance};
use crate::model::{Attribute, Component};
use plan::Plan;
pub use walk::{Sharpness, Walks};

/// How long a flow takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Timing {
    /// Half of the requests take less, in seconds.
    pub p50: f64,
    /// All but one in a hundred take less, in seconds.
    pub p99: f64,
    /// For each connection with a timeout: how often a first attempt takes longer than it.
    pub cut_off: Vec<(usize, f64)>,
    /// For each visit: the mean that its own work, waiting included, takes.
    pub own: Vec<f64>,
}

/// Why a flow has no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untimed {
    /// Requests come faster than this component serves them: the queue grows without end.
    Saturated(usize),
    /// What a change leaves of the flow does not work.
    Down,
    /// Something has no basis; the scenario notes what.
    Unknown,
    /// There are more visits on it than are gone through.
    TooLong,
}

/// More visits than this are not gone through, each with a distribution. The flows of a design share ten times as many.
pub const MOST_VISITS: usize = 400;

/// How many visits a flow may have that is one of so many.
#[must_use]
pub fn most_visits(flows: usize) -> usize {
    (MOST_VISITS * 10 / flows.max(1)).clamp(20, MOST_VISITS)
}

/// What a component does to a request.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stop {
    /// The mean time of one request by itself, in seconds.
    service: f64,
    /// With which probability a request waits, and the mean wait of those that do, in seconds.
    wait: Option<(f64, f64)>,
}

impl Stop {
    /// Nothing.
    const NONE: Self = Self {
        service: 0.0,
        wait: None,
    };

    /// The mean time of a request, waiting included, in seconds.
    fn mean(&self) -> f64 {
        let (waits, wait) = self.wait.unwrap_or((0.0, 0.0));
        self.service + waits * wait
    }
}

/// What of a flow the time is asked of, and with which inputs.
pub struct Timed<'t> {
    /// The flow.
    pub facts: &'t FlowFacts,
    /// Its position.
    pub flow: usize,
    /// All flows, stated or inferred: others load the same components.
    pub flows: &'t [FlowFacts],
    /// What arrives at each component.
    pub loads: &'t [Load],
    /// The utilisation of a component.
    pub uses: &'t dyn Fn(usize) -> Use,
    /// The inputs.
    pub scenario: &'t Scenario<'t>,
}

impl Timed<'_> {
    /// How long the synchronous part of the flow takes.
    ///
    /// Service times are exponential with the stated median. A component of capacity k a instance and mean service time S
    /// is a queue with k S servers (Little 1961), M/M/c, one for each instance. The time of the caller is that of its own
    /// work and of its calls; percentiles are read off the distribution of the whole.
    ///
    /// # Errors
    /// When a component is saturated, or something has no basis.
    pub fn timing(&self, walks: &Walks) -> Result<Timing, Untimed> {
        let stops = self.stops()?;
        let own = stops.iter().map(Stop::mean).collect();
        let (shown, cut_off) = walks.whole(self.plan(&stops)).ok_or(Untimed::Unknown)?;
        Ok(Timing {
            p50: shown.p50,
            p99: shown.p99,
            cut_off,
            own,
        })
    }

    /// The times at p50 and p99 alone. Where no more has changed since a flow was walked than what one component does to
    /// a request, less is to be done.
    ///
    /// # Errors
    /// As for the whole timing.
    pub fn percentiles(
        &self,
        walks: &Walks,
        sharpness: Sharpness,
        only: Option<usize>,
    ) -> Result<(f64, f64), Untimed> {
        let known = only.filter(|_| walks.has_walked(self.flow));
        let shown = match (known, sharpness) {
            (Some(component), _) => {
                let stop = self.stop(component, &mut false)?;
                walks.changed(self.flow, (component, stop), sharpness)
            }
            (None, Sharpness::Fine(near)) => walks.shown(self.plan(&self.stops()?), near),
            (None, Sharpness::Rough) => walks.roughly(self.flow, self.plan(&self.stops()?)),
        };
        let shown = shown.ok_or(Untimed::Unknown)?;
        Ok((shown.p50, shown.p99))
    }

    /// The mean, in seconds, where there is one.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        self.plan(&self.stops().ok()?).mean()
    }

    /// What each component that is waited for does to a request.
    fn stops(&self) -> Result<Vec<Stop>, Untimed> {
        let journey = &self.facts.journey;
        let waited = awaited(journey);
        let mut stops = Vec::with_capacity(journey.visits.len());
        let mut open = self.facts.flow.rate.is_none();
        if open {
            self.scenario
                .miss(format!("rate of {}", self.facts.flow.id));
        }
        for (visit, component) in journey.visits.iter().enumerate() {
            stops.push(if waited.get(visit) == Some(&true) {
                self.stop(*component, &mut open)?
            } else {
                Stop::NONE
            });
        }
        if open && self.scenario.stance == Stance::Worst {
            return Err(Untimed::Unknown);
        }
        Ok(stops)
    }

    /// What a component does to a request; and whether something that it rests on is not stated.
    fn stop(&self, at: usize, open: &mut bool) -> Result<Stop, Untimed> {
        let scenario = self.scenario;
        let Some(component) = scenario.component(at) else {
            return Ok(Stop::NONE);
        };
        if scenario.vocabulary.kinds.info(component.kind).origin || scenario.is_gone(at) {
            return Ok(Stop::NONE);
        }
        let median = match (scenario.latency(at), scenario.stance) {
            (Some(median), _) => median,
            (None, Stance::Best) => 0.0,
            (None, _) => return Err(Untimed::Unknown),
        };
        let service = median / LN_2;
        if let Some(flow) = self.loads.get(at).and_then(|load| load.open.first()) {
            if let Some(facts) = self.flows.get(*flow) {
                scenario.miss(format!("rate of {}", facts.flow.id));
            }
            *open = true;
        }
        let used = (self.uses)(at);
        *open |= used == Use::Unknown;
        let wait = match used {
            Use::Share(share) if share >= 1.0 && self.grows_in_time(at) => None,
            Use::Share(share) if share >= 1.0 => return Err(Untimed::Saturated(at)),
            Use::Share(share) => self.wait(at, share, service),
            _ => None,
        };
        Ok(Stop { service, wait })
    }

    /// Instances come with the load, unless they come too late.
    fn grows_in_time(&self, at: usize) -> bool {
        let component = self.scenario.component(at);
        let scales = |component: &Component| {
            component.attributes.yes_no(Attribute::Autoscaling) == Some(true)
        };
        self.scenario.stance != Stance::Worst && component.is_some_and(scales)
    }

    /// The wait at a component that is busy for a share of the time.
    fn wait(&self, at: usize, share: f64, service: f64) -> Option<(f64, f64)> {
        let Capacity::EachServes(each) = self.scenario.capacity(at) else {
            return None;
        };
        let station = Station {
            // By Little's law; one that is busy now and then is one server all the same.
            servers: whole((each * service).round(), 1.0),
            capacity: each,
            rate: each * share,
        };
        Some(station).filter(|_| each > 0.0)?.wait()
    }

    fn plan(&self, stops: &[Stop]) -> Plan {
        let kind = self.facts.flow.kind;
        let reads = kind.is_none() || !self.scenario.writes(self.flow, kind);
        Plan::of(&self.facts.journey, stops, self.scenario, reads)
    }
}

/// The visits that the caller of the flow waits for.
fn awaited(journey: &Journey) -> Vec<bool> {
    let mut waited = vec![false; journey.visits.len()];
    for start in journey.starts() {
        if let Some(slot) = waited.get_mut(start) {
            *slot = true;
        }
    }
    for visit in &journey.order {
        if waited.get(*visit) != Some(&true) {
            continue;
        }
        for call in journey
            .calls_of(*visit)
            .iter()
            .filter(|call| is_awaited(call))
        {
            if let Some(slot) = waited.get_mut(call.to) {
                *slot = true;
            }
        }
    }
    waited
}

const fn is_awaited(call: &Call) -> bool {
    !call.asynchronous && !call.back
}

/// A whole number of at least so much; a million is as good as any more.
fn whole(number: f64, least: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped, positive"
    )]
    let whole = number.clamp(least, 1e6) as u64;
    whole
}
