//! The session: an event in, replies out. The same events give the same replies.
//!
//! Knows where an interview stands; what a line does is the business of `lines`.

mod lines;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use super::clock::{self, Clock};
use super::commands::{self, Pending};
use super::completion::{self, Completing};
use super::event::{Event, Line};
use super::history::{History, State};
use super::interviewer::{self, Subject};
use super::offers::Offers;
use super::paste::{self, Piece};
use super::reply::Reply;
use crate::catalog::Catalog;
use crate::model::{Design, Level, SessionRecord, Step, Vocabulary};
use crate::rubric::{Problem, Talk};

/// What an interview is about and how it is held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each can be chosen beside the others"
)]
pub struct Options {
    /// The slug of the problem.
    pub problem: String,
    /// The level that the candidate interviews for.
    pub level: Level,
    /// What chance depends on.
    pub seed: u64,
    /// No feedback and no hints.
    pub exam: bool,
    /// One thing changes in the middle of the interview.
    pub twist: bool,
    /// No time is kept.
    pub untimed: bool,
    /// It is the tutorial.
    pub tutorial: bool,
    /// Whose interview it is.
    pub author: Option<String>,
    /// When it began, as RFC 3339.
    pub started: Option<String>,
}

/// Why a session can't begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownProblem {
    /// What is wrong: a lower-case fragment.
    pub message: String,
    /// The slugs that are near, or all.
    pub help: Option<String>,
}

/// What the last line was warned of: the same line again means it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Warning {
    /// Ctrl-C.
    Interrupt,
    /// Ctrl-D.
    End,
    /// Ending before the last step.
    Finish,
}

/// What is said to Ctrl-C in a block.
const BLOCK_DROPPED: &str = "That block is left out; the arrow up brings it back.";

/// A mock interview.
pub struct Session<'c> {
    pub(super) catalog: &'c Catalog,
    pub(super) problem: &'c Problem,
    pub(super) options: Options,
    pub(super) state: State,
    pub(super) history: History,
    pub(super) clock: Clock,
    /// How many grades of each hint were given.
    pub(super) hints: BTreeMap<String, usize>,
    /// A drawing that waits until its names are understood.
    pub(super) pending: Option<Pending>,
    /// What is left of a paste while that waits.
    pub(super) queue: VecDeque<Piece>,
    /// The design from an editor that had mistakes.
    pub(super) broken: Option<String>,
    /// What was asked last, on which the next question may lean.
    pub(super) subject: Option<Subject>,
    /// The last plain line, which `must` alone can still record.
    pub(super) last_plain: Option<String>,
    /// The line that stated something last, or was offered last, which "no wait, 2" and "same for the api" speak of.
    pub(super) last_stated: Option<String>,
    /// The lines that sentences probably mean, which `yes` has done.
    pub(super) offers: Offers,
    /// Which list the items to come belong to.
    pub(super) heading: Option<commands::Shelf>,
    /// The steps that were entered, and those left without anything written down though that was told.
    pub(super) entered: BTreeSet<Step>,
    pub(super) left_empty: BTreeSet<Step>,
    /// It was told how names of several words are spelt.
    pub(super) spelt_names: bool,
    /// What this line is warned of.
    pub(super) warned: Option<Warning>,
    /// What the line before was warned of.
    pub(super) warned_before: Option<Warning>,
    /// The state was changed by `undo` or `redo`, which is no change to take back.
    pub(super) moved: bool,
    pub(super) over: bool,
    /// Plain lines in a row that were not understood.
    pub(super) lost: usize,
    /// Plain lines that were offered as a guess.
    pub(super) guessed: usize,
    /// The feedback that was given in the talk last.
    pub(super) feedback: Option<String>,
}

impl<'c> Session<'c> {
    /// Begins an interview: the session, and what the interviewer says first.
    ///
    /// # Errors
    /// When there is no such problem; the error names the nearest slug.
    pub fn begin(
        catalog: &'c Catalog,
        options: Options,
    ) -> Result<(Self, Vec<Reply>), UnknownProblem> {
        let Some(problem) = catalog.problem(&options.problem) else {
            return Err(unknown(catalog, &options.problem));
        };
        let state = State {
            design: blank(problem, &options),
            step: Step::Requirements,
            questions: Vec::new(),
            told: BTreeSet::new(),
            asked: Vec::new(),
            twist: None,
        };
        let clock = Clock::new(options.untimed, |step| catalog.minutes(problem, step));
        let session = Self {
            catalog,
            problem,
            options,
            state,
            history: History::default(),
            clock,
            hints: BTreeMap::new(),
            pending: None,
            queue: VecDeque::new(),
            broken: None,
            subject: None,
            last_plain: None,
            last_stated: None,
            offers: Offers::default(),
            heading: None,
            entered: BTreeSet::from([Step::Requirements]),
            left_empty: BTreeSet::new(),
            spelt_names: false,
            warned: None,
            warned_before: None,
            moved: false,
            over: false,
            lost: 0,
            guessed: 0,
            feedback: None,
        };
        let replies = interviewer::welcome(&session);
        Ok((session, replies))
    }

    /// Takes an event.
    pub fn turn(&mut self, event: &Event) -> Vec<Reply> {
        if self.over {
            return Vec::new();
        }
        let mut replies: Vec<Reply> = self
            .clock
            .advance(event.at, self.state.step)
            .into_iter()
            .collect();
        self.warned_before = self.warned.take();
        replies.extend(match &event.line {
            Line::Text(text) if !paste::is_special(self.talk(), text) => self.text(text),
            Line::Text(text) | Line::Pasted(text) => self.pasted(text),
            Line::Edited(text) => self.edited(text),
            Line::Interrupt => self.leaving(Warning::Interrupt),
            Line::Dropped => vec![Reply::Note(BLOCK_DROPPED.to_owned())],
            Line::End => self.leaving(Warning::End),
        });
        replies.extend(self.rest_of_paste());
        if !self.over {
            replies.extend(self.clock.nudge(self.state.step));
        }
        replies
    }

    /// The prompt: the step and the time left, such as `[3/5 high-level 9:40] > `.
    pub fn prompt(&self, at: Duration) -> String {
        let step = self.state.step;
        let (number, count) = (step.index() + 1, Step::ALL.len());
        format!(
            "[{number}/{count} {}{}] > ",
            clock::name(step),
            self.clock.shown(step, at)
        )
    }

    /// The design so far, with the record of the session.
    pub fn design(&self) -> Design {
        let mut record = SessionRecord {
            started: self.options.started.clone(),
            ..SessionRecord::default()
        };
        record.hints = u64::try_from(self.hints.values().sum::<usize>()).unwrap_or(u64::MAX);
        for step in Step::ALL {
            record
                .spent
                .extend(self.clock.record(*step).map(|spent| (*step, spent)));
        }
        record.attacks = interviewer::orders(self);
        let stated = record != SessionRecord::default();
        Design {
            session: stated.then_some(record),
            ..self.state.design.clone()
        }
    }

    /// Whether nothing was recorded yet that is worth a file.
    pub fn is_untouched(&self) -> bool {
        self.state.design == blank(self.problem, &self.options)
    }

    /// Where the session stands, for who comes back to it: the step, and what was asked last.
    pub fn recap(&self) -> Vec<Reply> {
        let step = self.state.step;
        let heading = format!("{}/{} {}", step.index() + 1, Step::ALL.len(), step.title());
        let waiting = self
            .pending
            .as_ref()
            .and_then(|pending| pending.question(&self.state.design));
        let open =
            || interviewer::open_question(self).map(|question| Reply::Says(question.ask.clone()));
        let said = waiting.or_else(open);
        [Reply::Heading(heading)].into_iter().chain(said).collect()
    }

    /// Comes back to a session that was left.
    pub const fn rejoin(&mut self) {
        self.over = false;
        self.warned = None;
    }

    /// Whether the session has ended; nothing is answered any more then.
    pub const fn is_over(&self) -> bool {
        self.over
    }

    /// Goes back to a step that was left by mistake.
    pub(super) const fn return_to(&mut self, step: Step) {
        self.state.step = step;
    }

    /// The step that the interview is in.
    pub const fn step(&self) -> Step {
        self.state.step
    }

    pub(super) const fn vocabulary(&self) -> &'c Vocabulary {
        &self.catalog.knowledge.vocabulary
    }

    /// The words of a talk.
    pub(super) fn talk(&self) -> &'c Talk {
        self.catalog.talk()
    }

    /// The line that made the last change, where there is one to take back.
    pub(super) fn last_change(&self) -> Option<&str> {
        self.history.last()
    }
}

impl Completing for Session<'_> {
    fn complete(&self, line: &str, cursor: usize) -> (usize, Vec<String>) {
        completion::complete(self, line, cursor)
    }

    fn usage(&self, line: &str) -> Option<&'static str> {
        completion::usage(line)
    }
}

/// A design with nothing but its head.
fn blank(problem: &Problem, options: &Options) -> Design {
    Design {
        problem: Some(problem.id.clone()),
        title: Some(problem.title.clone()),
        author: options.author.clone(),
        level: Some(options.level),
        ..Design::default()
    }
}

fn unknown(catalog: &Catalog, slug: &str) -> UnknownProblem {
    UnknownProblem {
        message: format!("unknown problem `{slug}`"),
        help: catalog.problem_meant(slug),
    }
}
