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

    fn target(self) -> f64 {
        match self {
            Self::Availability(_, target) | Self::P99(_, target) | Self::P50(_, target) => target,
            Self::Carries(..) => 1.0,
        }
    }

    /// The number that the answer is about, with an input that is set and others that are usual.
    fn value_with(self, study: &Study<'_>, set: &BTreeMap<Key, f64>) -> Option<f64> {
        match self {
            Self::Availability(flow, _) => study.availability_with(flow, set),
            Self::P99(flow, _) => study.time_with(flow, false, set),
            Self::P50(flow, _) => study.time_with(flow, true, set),
            Self::Carries(component, moment) => study.use_with(component, moment, set),
        }
    }

    /// The assumed inputs that decide the answer by themselves, each with the value at which it turns.
    #[must_use]
    pub fn flips(self, study: &Study<'_>, reckoning: &Reckoning) -> Vec<Flip> {
        let keys = reckoning.inputs.assumed.iter().take(MOST_KEYS);
        keys.filter_map(|key| self.flip(study, *key, reckoning.usual))
            .collect()
    }

    /// What lies between a usual input and its better end passes if the usual one does, and what lies between it and the
    /// worse end fails if it fails: so one of the ends need not be tried where the usual number is known.
    fn flip(self, study: &Study<'_>, key: Key, usual: Option<f64>) -> Option<Flip> {
        let ends = assumption::ends(key, study.subject.vocabulary, study.subject.design)?;
        let value = |input: f64| self.value_with(study, &BTreeMap::from([(key, input)]));
        let passes = |value: f64| self.passes(value, self.target());
        let usually = usual.map(passes);
        let tried = |input: f64, known: bool| (input, if known { None } else { value(input) });
        let before = tried(ends.worst, usually == Some(false));
        let after = tried(ends.best, usually == Some(true));
        let passes_at = |number: Option<f64>| number.map(passes).or(usually);
        let (worst, best) = (passes_at(before.1)?, passes_at(after.1)?);
        if worst == best {
            return None;
        }
        let between = Between {
            target: self.target(),
            before,
            after,
        };
        let turned = |number: Option<f64>| number.map(passes) == Some(best);
        Some(Flip {
            key,
            value: between.search(&ends, value, turned),
        })
    }
}

/// More assumed inputs than this are not tried one by one.
const MOST_KEYS: usize = 24;

/// Halvings of a range: enough for three digits that people read.
const HALVINGS: usize = 14;

/// Guesses that are made beside the halvings.
const GUESSES: usize = 4;

/// Where a verdict turns lies between two inputs: one at which it has not and one at which it has. Each with the number
/// that the verdict is about.
struct Between {
    target: f64,
    before: (f64, Option<f64>),
    after: (f64, Option<f64>),
}

impl Between {
    /// The value nearest to the worst end from which on the verdict is that of the best end, found by halving the range.
    ///
    /// A number is costly. So a guess or two go before a halving, and what lies beyond inputs that were tried is known.
    fn search(
        mut self,
        ends: &Ends,
        number: impl Fn(f64) -> Option<f64>,
        turned: impl Fn(Option<f64>) -> bool,
    ) -> f64 {
        let (mut before, mut after) = (ends.worst, ends.best);
        let mut guesses = 0;
        for _ in 0..HALVINGS {
            let middle = ends.middle(before, after);
            if ends.is_whole && (middle - before).abs() < 0.5 {
                break;
            }
            while self.has_turned_at(middle, ends).is_none() {
                let guess = self.guess(ends).filter(|_| guesses < GUESSES);
                guesses += usize::from(guess.is_some());
                let input = guess.unwrap_or(middle);
                let found = number(input);
                if turned(found) {
                    self.after = (input, found);
                } else {
                    self.before = (input, found);
                }
            }
            if self.has_turned_at(middle, ends) == Some(true) {
                after = middle;
            } else {
                before = middle;
            }
        }
        after
    }

    /// Whether the verdict has turned at an input, where what was tried tells.
    fn has_turned_at(&self, input: f64, ends: &Ends) -> Option<bool> {
        let way = (ends.best - ends.worst).signum();
        let is_further = |than: f64| (input - than) * way >= 0.0;
        if is_further(self.after.0) {
            Some(true)
        } else if !is_further(self.before.0) || input.to_bits() == self.before.0.to_bits() {
            Some(false)
        } else {
            None
        }
    }

    /// Where the number is the target if it grows evenly between the two; a little beyond, on the side of the nearer one,
    /// so that the guesses come from both sides.
    fn guess(&self, ends: &Ends) -> Option<f64> {
        let (before, after) = (self.before.1?, self.after.1?);
        let part = (self.target - before) / (after - before);
        let part = if part < 0.5 {
            part * 1.02
        } else {
            1.0 - (1.0 - part) * 1.02
        };
        let input = self.before.0 + part * (self.after.0 - self.before.0);
        let input = if ends.is_whole { input.round() } else { input };
        let inside = |input: &f64| {
            let (low, high) = (
                self.before.0.min(self.after.0),
                self.before.0.max(self.after.0),
            );
            low < *input && *input < high
        };
        Some(input).filter(inside)
    }
}
