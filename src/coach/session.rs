//! The session: an event in, replies out. The same events give the same replies.
//!
//! Knows the order of things in a turn; what lines mean is the business of `line` and the commands.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use super::asides;
use super::clock::{self, Clock};
use super::commands::{self, Pending};
use super::completion::Completing;
use super::event::{Event, LONGEST_LINE, LONGEST_PASTE, Line};
use super::history::{History, State};
use super::interviewer::{self, Subject};
use super::line::{self, Request, Said};
use super::offers::{self, Offers};
use super::paste::{self, Content, Piece};
use super::proposals::{self, Proposal};
use super::reply::Reply;
use super::{completion, guide};
use crate::catalog::Catalog;
use crate::model::spelling::counted;
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

/// What is said to a `yes` or `no` that nothing was offered to.
const NOTHING_OFFERED: &str = "Nothing waits for a yes or a no. Go on whenever you like.";

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

    /// Several lines at once: one after the other, prose and blocks of a design file as a whole.
    fn pasted(&mut self, text: &str) -> Vec<Reply> {
        if text.len() > LONGEST_PASTE {
            let help = "a design file is opened by `edit`".to_owned();
            let message = format!("more than {LONGEST_PASTE} bytes at once");
            return vec![Reply::trouble(message, help)];
        }
        // What an earlier paste has left goes on waiting: this may be the answer that it waits for.
        let mut pieces = VecDeque::from(paste::pieces(self.talk(), text, self.takes_items()));
        pieces.append(&mut self.queue);
        self.queue = pieces;
        let first = self.queue.pop_front();
        first.map(|piece| self.piece(&piece)).unwrap_or_default()
    }

    /// Goes on with a paste as long as no name in it has to be explained.
    fn rest_of_paste(&mut self) -> Vec<Reply> {
        let mut replies = Vec::new();
        while !self.over && self.pending.is_none() {
            let Some(piece) = self.queue.pop_front() else {
                break;
            };
            self.warned_before = self.warned.take();
            replies.extend(self.piece(&piece));
        }
        replies
    }

    fn piece(&mut self, piece: &Piece) -> Vec<Reply> {
        let located = |replies: Vec<Reply>, text: &str| {
            let replies = replies.into_iter();
            replies
                .map(|reply| reply.of_line(piece.number, text))
                .collect()
        };
        match &piece.content {
            Content::Words(text) if self.pending.is_none() && self.has_open_question() => {
                self.changing(text, |session| interviewer::answered(session, text))
            }
            Content::Line(text) | Content::Words(text) => located(self.text(text), text),
            Content::Design(text) => self.changing("a block of the design file", |session| {
                commands::merged(session, text)
            }),
        }
    }

    /// The line that made the last change, where there is one to take back.
    pub(super) fn last_change(&self) -> Option<&str> {
        self.history.last()
    }

    fn has_open_question(&self) -> bool {
        interviewer::open_question(self).is_some()
    }

    fn edited(&mut self, text: &str) -> Vec<Reply> {
        self.changing("edit", |session| commands::edited(session, text))
    }

    fn text(&mut self, text: &str) -> Vec<Reply> {
        if text.len() > LONGEST_LINE {
            let help = "say it in several lines".to_owned();
            return vec![Reply::trouble(
                format!("a line of more than {LONGEST_LINE} bytes"),
                help,
            )];
        }
        let typed = line::clean(text);
        let talk = self.talk();
        if let Some(reply) = self.offers.declined(talk.declines(&typed)) {
            return vec![reply];
        }
        self.offers.said_otherwise(line::sort(talk, &typed));
        let agreed = self.offers.agreed(talk, talk.agrees(&typed));
        let is_agreed = agreed.is_some();
        let lines = agreed.unwrap_or_else(|| vec![typed]);
        let mut replies = self.changing(&lines.join("; "), |session| {
            lines.iter().flat_map(|line| session.said(line)).collect()
        });
        if is_agreed {
            replies.extend(offers::rest(self));
        }
        replies
    }

    /// Does what may change the state, and notes the state before it under the name of what did.
    fn changing(&mut self, name: &str, act: impl FnOnce(&mut Self) -> Vec<Reply>) -> Vec<Reply> {
        let before = self.state.clone();
        self.moved = false;
        let mut replies = act(self);
        if self.state != before {
            self.last_plain = None;
        }
        if self.state != before && !self.moved {
            interviewer::keep_questions(self, &before);
            let drawn = before.design.clone();
            self.history.note(before, name);
            replies.extend(interviewer::settle(self, &drawn));
            replies.extend(interviewer::pressed(self));
        }
        replies
    }

    fn said(&mut self, line: &str) -> Vec<Reply> {
        let Some(item) = line::item(line).filter(|_| self.takes_items()) else {
            return self.heard(line, false);
        };
        let replies = self.heard(item, true).into_iter();
        replies.map(|reply| reply.of_line(None, item)).collect()
    }

    /// A requirement without the words before it that say nothing: "ok so must have groups".
    fn without_lead<'l>(&self, line: &'l str) -> &'l str {
        let talk = self.talk();
        let bare = talk.without_fillers(line);
        let is_requirement = match line::sort(talk, bare) {
            Said::Command(command, request) => {
                let states = command.steps.contains(&Step::Requirements);
                let is_text = command.completes == commands::Completes::Nothing;
                states && is_text && !request.rest.is_empty() && !talk.is_unmarked_question(bare)
            }
            _ => false,
        };
        if is_requirement { bare } else { line }
    }

    fn heard(&mut self, line: &str, is_item: bool) -> Vec<Reply> {
        let line = self.without_lead(line);
        // "- delete objects" is a requirement, and no command of another step.
        let is_requirement =
            |command: &commands::Command| command.steps.contains(&Step::Requirements);
        let said = match line::sort(self.talk(), line) {
            Said::Command(command, _) if is_item && !is_requirement(command) => Said::Plain,
            said => said,
        };
        let mut replies = Vec::new();
        if let Some(pending) = self.pending.take() {
            match commands::answer_kind(self, pending, line, said) {
                Ok(answered) => return answered,
                Err(told) => replies.extend(told),
            }
        }
        if !matches!(said, Said::Plain) {
            self.lost = 0;
        }
        if matches!(said, Said::Figure | Said::Drawing | Said::Command(..)) {
            self.subject = None;
        }
        let last_plain = self.last_plain.take();
        if matches!(said, Said::Nothing | Said::Command(..)) {
            self.last_plain = last_plain;
        }
        let heard = match said {
            Said::Nothing => Vec::new(),
            Said::Question => match commands::way_to(self, line) {
                Some(told) => told,
                None => interviewer::answer(self, line),
            },
            Said::Figure => self.figure(line),
            Said::Plain if is_item => commands::item(self, line),
            Said::Plain => self.plain(line),
            Said::Drawing => {
                let replies = commands::draw(self, line);
                self.or_as_an_answer(line, replies)
            }
            Said::Command(command, request) => {
                let replies = (command.run)(self, request);
                self.or_as_an_answer(line, replies)
            }
        };
        if states(said) && !are_troubles(&heard) {
            self.last_stated = Some(line.to_owned());
        }
        replies.extend(heard);
        replies
    }

    /// A figure; once there is a drawing, `db replicas=5` is said of what is drawn.
    fn figure(&mut self, line: &str) -> Vec<Reply> {
        let is_drawn = self.state.step >= Step::HighLevel;
        if let Some(set) = commands::as_set(self, line).filter(|_| is_drawn) {
            return self.heard(&set, false);
        }
        let replies = commands::state_figure(self, Request::whole(line), false);
        self.or_as_an_answer(line, replies)
    }

    /// Whether an item of a list is a requirement; elsewhere it is a part of an answer.
    fn takes_items(&self) -> bool {
        self.state.step == Step::Requirements && !self.has_open_question()
    }

    /// A sentence that only looked like a command answers the open question.
    fn or_as_an_answer(&mut self, line: &str, replies: Vec<Reply>) -> Vec<Reply> {
        if !are_troubles(&replies) {
            return replies;
        }
        let is_prose = guide::is_prose(line) || line::is_sentence(self.talk(), line);
        if is_prose && self.has_open_question() {
            return self.while_asked(line);
        }
        match proposals::mistaken(self, line) {
            Some(proposal) => self.offered(proposal),
            None => replies,
        }
    }

    fn plain(&mut self, line: &str) -> Vec<Reply> {
        // Without a mark it is a question only where it can be nothing else.
        if let Some(aside) = asides::heard(self, line).filter(|aside| !aside.after_facts) {
            return asides::taken(self, aside);
        }
        if self.state.step >= Step::HighLevel
            && let Some(replies) = commands::whatif_ordered(self, line)
        {
            return replies;
        }
        if self.has_open_question() {
            return self.while_asked(line);
        }
        if let Some(replies) = self.nothing_offered(line) {
            return replies;
        }
        if let Some(replies) = interviewer::answer_unmarked(self, line) {
            return replies;
        }
        if let Some(reply) = interviewer::given_up(self, line) {
            return vec![reply];
        }
        if let Some(replies) = interviewer::overheard(self, line) {
            return replies;
        }
        if self.state.step >= Step::HighLevel && commands::names_components(self, line) {
            return commands::draw(self, line);
        }
        let is_slip = guide::meant(self, line).is_some();
        self.last_plain = (!is_slip).then(|| line.to_owned());
        if let Some(proposal) = proposals::of(self, line).filter(|_| !is_slip) {
            self.lost = 0;
            return self.offered(proposal);
        }
        self.lost += 1;
        guide::lost(self, line)
    }

    /// What is said to a bare `yes` or `no` that nothing was offered to.
    fn nothing_offered(&self, line: &str) -> Option<Vec<Reply>> {
        let talk = self.talk();
        if !talk.agrees(line) && !talk.declines(line) {
            return None;
        }
        Some(vec![Reply::Note(NOTHING_OFFERED.to_owned())])
    }

    fn offered(&mut self, proposal: Proposal) -> Vec<Reply> {
        if let Some(last) = proposal
            .lines
            .last()
            .filter(|line| states(line::sort(self.talk(), line)))
        {
            self.last_stated = Some(last.clone());
        }
        self.offers.make(proposal.lines, proposal.is_guess);
        vec![Reply::Note(proposal.words)]
    }

    /// A plain line while an answer is waited for: who asks back or changes what stands written answers nothing.
    fn while_asked(&mut self, line: &str) -> Vec<Reply> {
        let talk = self.talk();
        if let Some(replies) = interviewer::explained(self, line) {
            return replies;
        }
        if let Some(reply) = interviewer::given_up(self, line) {
            return vec![reply];
        }
        if let Some(question) = talk.asks_back(line) {
            return interviewer::answer(self, question);
        }
        if let Some(change) = proposals::while_asked(self, line) {
            return self.offered(change);
        }
        let mut replies = interviewer::answered(self, line);
        if let Some(also) = proposals::also(self, line) {
            replies.extend(self.offered(also));
        }
        replies
    }

    /// Ctrl-C and Ctrl-D: forgiven once, obeyed twice.
    fn leaving(&mut self, by: Warning) -> Vec<Reply> {
        if self.warned_before == Some(by) {
            return commands::leave(self);
        }
        self.warned = Some(by);
        let again = if by == Warning::End {
            "Ctrl-D"
        } else {
            "Ctrl-C"
        };
        let dropped = self.pending.take().map(|pending| pending.dropped());
        let left = std::mem::take(&mut self.queue).len();
        let left = (left > 0).then(|| {
            let rest = counted(left, "further line", "further lines");
            Reply::Note(format!("The rest of the paste, {rest}, is left out, too."))
        });
        let note = format!(
            "Leave? {again} again or `quit` leaves with everything saved; any line goes on."
        );
        dropped
            .into_iter()
            .chain(left)
            .chain([Reply::Note(note)])
            .collect()
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

/// Whether a line states something, rather than leads through the interview.
fn states(said: Said<'_>) -> bool {
    match said {
        Said::Figure | Said::Drawing => true,
        Said::Command(command, request) => !command.steps.is_empty() && !request.rest.is_empty(),
        Said::Nothing | Said::Question | Said::Plain => false,
    }
}

/// Whether a line could not be done at all.
fn are_troubles(replies: &[Reply]) -> bool {
    let is_trouble = |reply: &Reply| matches!(reply, Reply::Trouble(_));
    !replies.is_empty() && replies.iter().all(is_trouble)
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
