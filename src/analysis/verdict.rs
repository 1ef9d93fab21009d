//! What can be said of a number that rests on assumptions: its range, whether it meets a bound, and where that flips.
//!
//! Knows worst, usual and best readings; knows not what they are of.

use super::assumption::{self, Ends};
use super::inputs::Inputs;
use super::load::Moment;
use super::scenario::Key;
use super::study::{Latency, Study};
use super::timing::Sharpness;
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

/// Two readings as people read a range: from low to high.
pub(super) fn ends(worst: Option<f64>, best: Option<f64>) -> Option<(f64, f64)> {
    let (worst, best) = (worst?, best?);
    Some((worst.min(best), worst.max(best)))
}

impl Reckoning {
    /// A number of which nothing can be said for want of a fact.
    #[must_use]
    pub fn unknown(missing: String) -> Self {
        let mut reckoning = Self::default();
        reckoning.inputs.missing.insert(missing);
        reckoning
    }

    /// The same, with one more fact that is missing.
    fn without(mut self, fact: &str) -> Self {
        self.inputs.missing.insert(fact.to_owned());
        self
    }

    /// The lower and the higher end, whichever is the worse one; none where an end is open.
    #[must_use]
    pub fn ends(&self) -> Option<(f64, f64)> {
        ends(self.worst, self.best)
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

/// At p99 requests take at least so many times as long as at p50, however evenly the parts work.
const LEAST_SPREAD: f64 = 2.0;

/// What the verdict on a time at p99 rests on when p50 leaves room.
const SPREAD: &str = "how far p99 of the parts lies above p50";

/// Times that are computed roughly, and are right where all inputs are usual, are nearer to the fine ones than this part of
/// them.
const ROUGHLY: f64 = 0.1;

/// The factor between two inputs that tell how fast a number grows.
const BESIDE: f64 = 1.05;

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
                    latency.p99.clone()
                } else {
                    latency.p50.clone()
                };
                let truth = if latency.endless == [true; 3] {
                    Truth::No
                } else {
                    reckoning.meets(|value| self.passes(value, target))
                };
                if truth == Truth::No && self.may_vary_less(&latency, target) {
                    return Verdict {
                        truth: Truth::NotStated,
                        reckoning: reckoning.without(SPREAD),
                    };
                }
                (truth, reckoning)
            }
            Self::Carries(component, moment) => {
                let (_, reckoning) = study.utilisation(component, moment);
                (reckoning.meets(|value| self.passes(value, 1.0)), reckoning)
            }
        };
        Verdict { truth, reckoning }
    }

    /// Whether a target for p99 is met if the times of the parts vary little: how much they do is nowhere stated, and that
    /// they are exponential is a worse reading than some parts deserve.
    fn may_vary_less(self, latency: &Latency, target: f64) -> bool {
        let p50 = latency.p50.best;
        matches!(self, Self::P99(..))
            && p50.is_some_and(|p50| self.passes(p50 * LEAST_SPREAD, target))
    }

    fn passes(self, value: f64, target: f64) -> bool {
        match self {
            Self::Availability(..) => value >= target - SLACK * (1.0 - target).max(SLACK),
            Self::P99(..) | Self::P50(..) => value <= target * (1.0 + SLACK),
            Self::Carries(..) => value < target,
        }
    }

    const fn target(self) -> f64 {
        match self {
            Self::Availability(_, target) | Self::P99(_, target) | Self::P50(_, target) => target,
            Self::Carries(..) => 1.0,
        }
    }

    /// The number that the answer is about, with an input that is set and others that are usual.
    fn value_with(
        self,
        study: &Study<'_>,
        set: Option<(Key, f64)>,
        sharpness: Sharpness,
    ) -> Option<f64> {
        match self {
            Self::Availability(flow, _) => study.availability_with(flow, set),
            Self::P99(flow, _) => study.time_with(flow, false, set, sharpness),
            Self::P50(flow, _) => study.time_with(flow, true, set, sharpness),
            Self::Carries(component, moment) => study.use_with(component, moment, set),
        }
    }

    /// The assumed inputs that decide the answer by themselves, each with the value at which it turns.
    #[must_use]
    pub fn flips(self, study: &Study<'_>, reckoning: &Reckoning) -> Vec<Flip> {
        let is_time = matches!(self, Self::P99(..) | Self::P50(..));
        let rough = is_time.then(|| self.value_with(study, None, Sharpness::Rough));
        let factor = rough
            .flatten()
            .zip(reckoning.usual)
            .map(|(rough, usual)| usual / rough)
            .filter(|factor| factor.is_finite());
        let trial = |key| Trial {
            question: self,
            study,
            key,
            factor,
        };
        let keys = reckoning.inputs.assumed.iter().take(MOST_KEYS);
        keys.filter_map(|key| trial(*key).flip(reckoning.usual))
            .collect()
    }
}

/// One assumed input, tried with the others usual.
struct Trial<'t> {
    question: Question,
    study: &'t Study<'t>,
    key: Key,
    /// By how much a rough number is to be multiplied so that with usual inputs it is the fine one. None where numbers are
    /// fine at once.
    factor: Option<f64>,
}

impl Trial<'_> {
    fn value(&self, input: f64, sharpness: Sharpness) -> Option<f64> {
        let set = Some((self.key, input));
        self.question.value_with(self.study, set, sharpness)
    }

    /// Closely: what is compared lies near the target.
    const fn fine(&self) -> Sharpness {
        Sharpness::Fine(self.question.target())
    }

    /// The number, roughly.
    fn roughly(&self, input: f64) -> Option<f64> {
        match self.factor {
            Some(factor) => Some(factor * self.value(input, Sharpness::Rough)?),
            None => self.value(input, self.fine()),
        }
    }

    /// The number, so that it can be told whether the target is met.
    fn surely(&self, input: f64) -> Option<f64> {
        let rough = self.roughly(input)?;
        if self.factor.is_none() || (rough / self.question.target() - 1.0).abs() > ROUGHLY {
            return Some(rough);
        }
        self.value(input, self.fine())
    }

    fn passes(&self, number: f64) -> bool {
        self.question.passes(number, self.question.target())
    }

    /// What lies between a usual input and its better end passes if the usual one does, and what lies between it and the
    /// worse end fails if it fails: so one of the ends need not be tried where the usual number is known.
    fn flip(&self, usual: Option<f64>) -> Option<Flip> {
        let study = self.study;
        let ends = assumption::ends(self.key, study.subject.vocabulary, study.subject.design)?;
        let usually = usual.map(|number| self.passes(number));
        let tried = |input: f64, known: bool| match (known, ends.usual) {
            (true, Some(input)) => (input, usual),
            (true, None) => (input, None),
            (false, _) => (input, self.surely(input)),
        };
        let before = tried(ends.worst, usually == Some(false));
        let after = tried(ends.best, usually == Some(true));
        let passes_at = |number: Option<f64>| number.map(|number| self.passes(number)).or(usually);
        let (worst, best) = (passes_at(before.1)?, passes_at(after.1)?);
        if worst == best {
            return None;
        }
        let between = Between {
            target: self.question.target(),
            before,
            after,
        };
        let turned = |number: Option<f64>| number.map(|number| self.passes(number)) == Some(best);
        let value = if ends.is_whole || self.factor.is_none() {
            between
                .search(&ends, 0.0, |input| self.surely(input), turned)
                .input
        } else {
            let found = between.search(&ends, CLOSE, |input| self.roughly(input), turned);
            self.corrected(&found, &ends).unwrap_or(found.input)
        };
        Some(Flip {
            key: self.key,
            value,
        })
    }

    /// Where the fine number is the target, given where the rough one nearly is: one step by Newton's method.
    fn corrected(&self, found: &Found, ends: &Ends) -> Option<f64> {
        let (low, high) = (ends.worst.min(ends.best), ends.worst.max(ends.best));
        let (input, here) = (found.input, found.number?);
        let (beside, there) = if found.is_other_beside() {
            (found.other.0, found.other.1?)
        } else {
            let up = input * BESIDE;
            let beside = if up <= high { up } else { input / BESIDE };
            (beside, self.roughly(beside)?)
        };
        let fine = self.value(input, self.fine())?;
        let slope = (there - here) / (beside - input) * (fine / here);
        let corrected = input + (self.question.target() - fine) / slope;
        corrected.is_finite().then(|| corrected.clamp(low, high))
    }
}

/// More assumed inputs than this are not tried one by one.
const MOST_KEYS: usize = 24;

/// Inputs that are tried in a range.
const TRIALS: usize = 18;

/// Guesses that are made before a range is halved.
const GUESSES: usize = 6;

/// A range that is narrower than this part of its end is one number for people, who read three digits.
const NARROW: f64 = 1e-3;

/// A rough number that differs from the target by less than this part is where a fine one goes on.
const CLOSE: f64 = 0.002;

/// An input near which a verdict turns, and its number; and those of another input that was tried before.
struct Found {
    input: f64,
    number: Option<f64>,
    other: (f64, Option<f64>),
}

impl Found {
    /// The other input tells how fast the number grows here: it is near, and far enough for the difference to count.
    fn is_other_beside(&self) -> bool {
        let apart = (self.other.0 / self.input - 1.0).abs();
        self.other.1.is_some_and(f64::is_finite) && (NEAR..BESIDE * BESIDE - 1.0).contains(&apart)
    }
}

/// Inputs that differ by less than this part may have the same number but for its rounding.
const NEAR: f64 = 1e-3;

/// Where a verdict turns lies between two inputs: one at which it has not and one at which it has. Each with the number
/// that the verdict is about.
struct Between {
    target: f64,
    before: (f64, Option<f64>),
    after: (f64, Option<f64>),
}

impl Between {
    /// The value nearest to the worst end from which on the verdict is that of the best end; or any whose number is as close
    /// to the target.
    ///
    /// A number is costly. So a few guesses go before the range is halved.
    fn search(
        mut self,
        ends: &Ends,
        close: f64,
        number: impl Fn(f64) -> Option<f64>,
        turned: impl Fn(Option<f64>) -> bool,
    ) -> Found {
        for trial in 0..TRIALS {
            if self.is_narrow(ends) {
                break;
            }
            let guess = self.guess(ends).filter(|_| trial < GUESSES);
            let input = guess.unwrap_or_else(|| ends.middle(self.before.0, self.after.0));
            let found = number(input);
            let has_turned = turned(found);
            if found.is_some_and(|found| (found / self.target - 1.0).abs() < close) {
                return Found {
                    input,
                    number: found,
                    other: if has_turned { self.before } else { self.after },
                };
            }
            if has_turned {
                self.after = (input, found);
            } else {
                self.before = (input, found);
            }
        }
        let (input, number) = self.after;
        Found {
            input,
            number,
            other: self.before,
        }
    }

    fn is_narrow(&self, ends: &Ends) -> bool {
        let width = (self.after.0 - self.before.0).abs();
        if ends.is_whole {
            return width < 1.5;
        }
        width <= NARROW * ends.grain(self.after.0)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_told_from_low_to_high_whichever_end_is_the_worse() {
        assert_eq!(ends(Some(2.0), Some(1.0)), Some((1.0, 2.0)));
        assert_eq!(ends(Some(0.99), Some(1.0)), Some((0.99, 1.0)));
        assert_eq!(ends(None, Some(1.0)), None);
    }
}
