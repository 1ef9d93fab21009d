//! What can be said of a number that rests on assumptions: its range, whether it meets a bound, and where that flips.
//!
//! Knows worst, usual and best readings; knows not what they are of.

use std::collections::BTreeMap;

use super::assumption::{self, Ends};
use super::load::Moment;
use super::scenario::Key;
use super::study::{Inputs, Study};
use super::truth::Truth;

/// A number with each reading of the inputs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reckoning {
    /// With the inputs that make it worst; none where something has no basis.
    pub worst: Option<f64>,
    /// With usual inputs.
    pub usual: Option<f64>,
    /// With the inputs that make it best.
    pub best: Option<f64>,
    /// What it rests on beside what is stated.
    pub inputs: Inputs,
}

impl Reckoning {
    /// A number of which nothing can be said for want of a fact.
    #[must_use]
    pub fn unknown(missing: String) -> Self {
        let mut reckoning = Self::default();
        reckoning.inputs.missing.insert(missing);
        reckoning
    }

    /// Whether a bound is met: certainly, certainly not, or depending on what is not stated.
    #[must_use]
    pub fn meets(&self, passes: impl Fn(f64) -> bool) -> Truth {
        let worst = self.worst.is_some_and(&passes);
        let best = self.best.is_none_or(&passes);
        match (worst, best) {
            (true, _) => Truth::Yes,
            (false, false) => Truth::No,
            (false, true) => Truth::NotStated,
        }
    }

    /// All readings are the same number, as far as people care.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        match (self.worst, self.best) {
            (Some(worst), Some(best)) => (worst - best).abs() <= 1e-9 * worst.abs().max(best.abs()),
            _ => false,
        }
    }
}

/// Where a verdict turns: an assumed input and the value at which it does, the other inputs being usual.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flip {
    /// The input.
    pub key: Key,
    /// The value, in base units.
    pub value: f64,
}

/// What a target is held against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Question {
    /// The availability of a flow is at least this.
    Availability(usize, f64),
    /// The time of a flow at p99 is at most this, in seconds.
    P99(usize, f64),
    /// The time of a flow at p50 is at most this, in seconds.
    P50(usize, f64),
    /// The utilisation of a component is below 1.
    Carries(usize, Moment),
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// What can be said.
    pub truth: Truth,
    /// The number that it is about.
    pub reckoning: Reckoning,
}

/// Equal to this part is as good as met.
const SLACK: f64 = 1e-9;

impl Question {
    /// The answer.
    #[must_use]
    pub fn answer(self, study: &Study<'_>) -> Verdict {
        let (truth, reckoning) = match self {
            Self::Availability(flow, target) => {
                let reckoning = study.availability(flow);
                (
                    reckoning.meets(|value| self.passes(value, target)),
                    reckoning,
                )
            }
            Self::P99(flow, target) | Self::P50(flow, target) => {
                let latency = study.latency(flow);
                let reckoning = if matches!(self, Self::P99(..)) {
                    latency.p99
                } else {
                    latency.p50
                };
                let truth = if latency.saturated.iter().all(Option::is_some) {
                    Truth::No
                } else {
                    reckoning.meets(|value| self.passes(value, target))
                };
                (truth, reckoning)
            }
            Self::Carries(component, moment) => {
                let (_, reckoning) = study.utilisation(component, moment);
                (reckoning.meets(|value| self.passes(value, 1.0)), reckoning)
            }
        };
        Verdict { truth, reckoning }
    }

    fn passes(self, value: f64, target: f64) -> bool {
        match self {
            Self::Availability(..) => value >= target - SLACK * (1.0 - target).max(SLACK),
            Self::P99(..) | Self::P50(..) => value <= target * (1.0 + SLACK),
            Self::Carries(..) => value < target,
        }
    }

    fn passes_with(self, study: &Study<'_>, set: &BTreeMap<Key, f64>) -> Option<bool> {
        let (value, target) = match self {
            Self::Availability(flow, target) => (study.availability_with(flow, set)?, target),
            Self::P99(flow, target) => (study.time_with(flow, false, set)?, target),
            Self::P50(flow, target) => (study.time_with(flow, true, set)?, target),
            Self::Carries(component, moment) => (study.use_with(component, moment, set)?, 1.0),
        };
        Some(self.passes(value, target))
    }

    /// The assumed inputs that decide the answer by themselves, each with the value at which it turns.
    #[must_use]
    pub fn flips(self, study: &Study<'_>, reckoning: &Reckoning) -> Vec<Flip> {
        let keys = reckoning.inputs.assumed.iter().take(MOST_KEYS);
        keys.filter_map(|key| self.flip(study, *key)).collect()
    }

    fn flip(self, study: &Study<'_>, key: Key) -> Option<Flip> {
        let ends = assumption::ends(key, study.subject.vocabulary, study.subject.design)?;
        let passes = |value: f64| self.passes_with(study, &BTreeMap::from([(key, value)]));
        let (worst, best) = (passes(ends.worst)?, passes(ends.best)?);
        if worst == best {
            return None;
        }
        let turns = |value: f64| passes(value) == Some(best);
        Some(Flip {
            key,
            value: search(&ends, turns),
        })
    }
}

/// More assumed inputs than this are not tried one by one.
const MOST_KEYS: usize = 24;

/// Halvings of a range: enough for three digits that people read.
const HALVINGS: usize = 14;

/// The value nearest to the worst end from which on the verdict is that of the best end.
fn search(ends: &Ends, turned: impl Fn(f64) -> bool) -> f64 {
    let (mut before, mut after) = (ends.worst, ends.best);
    for _ in 0..HALVINGS {
        let middle = ends.middle(before, after);
        if ends.is_whole && (middle - before).abs() < 0.5 {
            break;
        }
        if turned(middle) {
            after = middle;
        } else {
            before = middle;
        }
    }
    after
}
