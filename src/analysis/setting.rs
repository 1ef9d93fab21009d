//! Results under one input that is set, the others usual.
//!
//! Knows which results a set input leaves as they are; knows not what they are held against.

use std::borrow::Cow;

use super::load::{self, Moment, Use};
use super::scenario::{Key, Scenario, Stance};
use super::study::{LoadReading, Study};
use super::timing::{Sharpness, Untimed};

impl<'a> Study<'a> {
    /// The load of everything with usual inputs but for one that is set.
    fn loads_with(&self, scenario: &Scenario<'_>) -> Cow<'a, LoadReading> {
        let usual = self.loads(Stance::Usual);
        if scenario.set.is_some_and(|(key, _)| usual.rests_on(key)) {
            Cow::Owned(self.loads_in(scenario))
        } else {
            Cow::Borrowed(usual)
        }
    }

    /// A result under one input that is set, the others usual.
    pub(super) fn availability_with(&self, flow: usize, set: Option<(Key, f64)>) -> Option<f64> {
        let mut scenario = self.scenario(Stance::Usual);
        scenario.set = set;
        Some(self.needs(flow)?.uptime(&scenario)?.lower)
    }

    /// As [`Study::availability_with`], for the time at p99 or p50; infinite when saturated.
    pub(super) fn time_with(
        &self,
        flow: usize,
        p50: bool,
        set: Option<(Key, f64)>,
        sharpness: Sharpness,
    ) -> Option<f64> {
        let mut scenario = self.scenario(Stance::Usual);
        scenario.set = set;
        let loads = self.loads_with(&scenario);
        let is_usual = matches!(loads, Cow::Borrowed(_));
        let only = set.filter(|_| is_usual).and_then(|(key, _)| key.stop());
        let uses = |at| use_in(at, Moment::Average, &loads, &scenario);
        let times = self
            .timed(flow, &loads, &uses, &scenario)
            .and_then(|timed| timed.percentiles(&self.found.walks, sharpness, only));
        match times {
            Ok((half, nearly_all)) => Some(if p50 { half } else { nearly_all }),
            Err(Untimed::Saturated(_) | Untimed::Down) => Some(f64::INFINITY),
            Err(_) => None,
        }
    }

    /// As [`Study::availability_with`], for the utilisation of a component.
    pub(super) fn use_with(
        &self,
        component: usize,
        moment: Moment,
        set: Option<(Key, f64)>,
    ) -> Option<f64> {
        let mut scenario = self.scenario(Stance::Usual);
        scenario.set = set;
        let loads = self.loads_with(&scenario);
        use_in(component, moment, &loads, &scenario).share()
    }
}

/// The utilisation of a component in a scenario.
fn use_in(at: usize, moment: Moment, loads: &LoadReading, scenario: &Scenario<'_>) -> Use {
    let arriving = loads.arriving(at, moment);
    arriving.map_or(Use::Unknown, |load| load::utilisation(at, load, scenario))
}
