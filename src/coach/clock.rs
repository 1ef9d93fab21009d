//! The time of a session: spent by step, left in this one, and a nudge when it is over.
//!
//! Is told the time and reads no clock; never cuts anybody off.

use std::time::Duration;

use super::reply::{Listing, Reply};
use crate::model::{Figure, Step};

/// Where the time of a session goes.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    /// No time is kept.
    untimed: bool,
    /// How long each step should take.
    plan: Vec<Duration>,
    /// How long each step took so far.
    spent: Vec<Duration>,
    /// How much of the nudging of each step is done.
    nudged: Vec<Nudge>,
    /// The last moment that was accounted for.
    now: Duration,
    /// Nothing counts until the next event.
    paused: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Nudge {
    None,
    Soon,
    Over,
}

/// The candidate is told when so much is left of a step.
const SOON: Duration = Duration::from_secs(60);

impl Clock {
    /// A clock for steps of so many minutes.
    pub fn new(untimed: bool, minutes: impl Fn(Step) -> u64) -> Self {
        let steps = Step::ALL.len();
        Self {
            untimed,
            plan: Step::ALL
                .iter()
                .map(|step| Duration::from_secs(60 * minutes(*step)))
                .collect(),
            spent: vec![Duration::ZERO; steps],
            nudged: vec![Nudge::None; steps],
            now: Duration::ZERO,
            paused: false,
        }
    }

    /// Accounts for the time up to a moment. A pause ends with it, and is told and not counted.
    pub fn advance(&mut self, at: Duration, step: Step) -> Option<Reply> {
        let passed = at.saturating_sub(self.now);
        self.now = self.now.max(at);
        if std::mem::take(&mut self.paused) {
            let words = format!("Going on after a pause of {}.", in_colons(passed));
            return Some(Reply::Note(words));
        }
        if let Some(spent) = self.spent.get_mut(step.index()) {
            *spent += passed;
        }
        None
    }

    /// Stops until the next event.
    pub const fn pause(&mut self) {
        self.paused = true;
    }

    /// What there is to say about the time of a step, each thing once.
    pub fn nudge(&mut self, step: Step) -> Option<Reply> {
        let due = match self.left(step, self.now)? {
            Left::Over(_) => Nudge::Over,
            Left::Still(left) if left <= SOON => Nudge::Soon,
            Left::Still(_) => return None,
        };
        let done = self
            .nudged
            .get_mut(step.index())
            .filter(|done| **done < due)?;
        *done = due;
        Some(match due {
            Nudge::Over => Reply::Says(format!(
                "The time for {} is over. Finish the thought; `next` when you are ready.",
                name(step)
            )),
            _ => Reply::Note(format!("Less than a minute left for {}.", name(step))),
        })
    }

    /// How long a step should take, in minutes.
    pub fn minutes(&self, step: Step) -> u64 {
        self.plan
            .get(step.index())
            .map_or(0, |plan| plan.as_secs() / 60)
    }

    /// How long a step took so far.
    pub fn spent(&self, step: Step) -> Duration {
        self.spent.get(step.index()).copied().unwrap_or_default()
    }

    /// The time of a step as a figure of the design file; none when no time is kept, or none was spent.
    pub fn record(&self, step: Step) -> Option<Figure> {
        let spent = self.spent(step);
        (!self.untimed && spent.as_secs() > 0).then(|| Figure::parse(&in_figures(spent)).ok())?
    }

    /// What the prompt says of the time: `9:40`, `+1:20 over`; nothing when no time is kept.
    pub fn shown(&self, step: Step, at: Duration) -> String {
        match self.left(step, at) {
            None => String::new(),
            Some(_) if self.paused => " paused".to_owned(),
            Some(Left::Still(left)) => format!(" {}", in_colons(left)),
            Some(Left::Over(over)) => format!(" +{} over", in_colons(over)),
        }
    }

    /// What there is to say of the time left, after a comma; nothing when no time is kept.
    pub fn left_in_words(&self, step: Step) -> String {
        match self.left(step, self.now) {
            None => String::new(),
            Some(Left::Still(left)) => format!(", {} left", in_colons(left)),
            Some(Left::Over(over)) => format!(", {} over", in_colons(over)),
        }
    }

    /// What each step took of its time, and all of them; none when no time is kept.
    pub fn listing(&self, here: Option<Step>) -> Option<Listing> {
        let row = |step: &Step| {
            let mark = if here == Some(*step) { " (here)" } else { "" };
            let words = format!(
                "{} of {}:00{mark}",
                in_colons(self.spent(*step)),
                self.minutes(*step)
            );
            (name(*step), words)
        };
        let spent: Duration = self.spent.iter().sum();
        let planned: Duration = self.plan.iter().sum();
        let all = format!("{} of {}", in_colons(spent), in_colons(planned));
        let rows = Step::ALL.iter().map(row).chain([("all".to_owned(), all)]);
        (!self.untimed).then(|| Listing::new("Time", rows.collect()))
    }

    /// Whether time is kept.
    pub const fn is_running(&self) -> bool {
        !self.untimed
    }

    fn left(&self, step: Step, at: Duration) -> Option<Left> {
        let plan = self.plan.get(step.index()).filter(|_| !self.untimed)?;
        let spent = self.spent(step) + at.saturating_sub(self.now);
        Some(match plan.checked_sub(spent) {
            Some(left) => Left::Still(left),
            None => Left::Over(spent.saturating_sub(*plan)),
        })
    }
}

enum Left {
    Still(Duration),
    Over(Duration),
}

/// A step as it is named in a sentence and at the prompt: `high-level`.
pub(super) fn name(step: Step) -> String {
    step.word().replace('_', "-")
}

/// A duration as clocks show it: `9:40`.
pub(super) fn in_colons(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// A duration as design files have it: `4m10s`.
fn in_figures(time: Duration) -> String {
    match (time.as_secs() / 60, time.as_secs() % 60) {
        (0, seconds) => format!("{seconds}s"),
        (minutes, 0) => format!("{minutes}m"),
        (minutes, seconds) => format!("{minutes}m{seconds}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn going_over_is_told_once_and_never_blocks() {
        let mut clock = Clock::new(false, |_| 5);
        let _ = clock.advance(at(250), Step::Scale);
        assert!(matches!(clock.nudge(Step::Scale), Some(Reply::Note(_))));
        assert!(clock.nudge(Step::Scale).is_none());
        let _ = clock.advance(at(380), Step::Scale);
        assert!(matches!(clock.nudge(Step::Scale), Some(Reply::Says(_))));
        assert!(clock.nudge(Step::Scale).is_none());
        assert_eq!(clock.shown(Step::Scale, at(380)), " +1:20 over");
    }

    #[test]
    fn the_prompt_counts_down_between_events_too() {
        let mut clock = Clock::new(false, |_| 10);
        let _ = clock.advance(at(10), Step::HighLevel);
        assert_eq!(clock.shown(Step::HighLevel, at(20)), " 9:40");
    }

    #[test]
    fn time_is_recorded_as_a_figure_of_its_step() {
        let mut clock = Clock::new(false, |_| 10);
        let _ = clock.advance(at(250), Step::Requirements);
        let _ = clock.advance(at(260), Step::Estimation);
        let texts: Vec<String> = Step::ALL
            .iter()
            .filter_map(|step| clock.record(*step))
            .map(|figure| figure.text)
            .collect();
        assert_eq!(texts, ["4m10s", "10s"]);
    }

    #[test]
    fn a_pause_counts_for_nothing_and_ends_with_the_next_line() {
        let mut clock = Clock::new(false, |_| 5);
        assert!(clock.advance(at(60), Step::Scale).is_none());
        clock.pause();
        assert_eq!(clock.shown(Step::Scale, at(500)), " paused");
        assert!(clock.advance(at(600), Step::Scale).is_some());
        assert!(clock.advance(at(630), Step::Scale).is_none());
        assert_eq!(clock.shown(Step::Scale, at(630)), " 3:30");
    }

    #[test]
    fn without_time_there_is_nothing_to_tell() {
        let mut clock = Clock::new(true, |_| 1);
        let _ = clock.advance(at(9999), Step::Requirements);
        assert!(clock.nudge(Step::Requirements).is_none());
        assert_eq!(clock.shown(Step::Requirements, at(9999)), "");
        assert!(clock.record(Step::Requirements).is_none());
    }
}
