//! What a line does in a session, and what several at once do.
//!
//! Knows the order in which a line is tried: what waits for an answer, what it looks like, what it may mean; what it means is the
//! business of `line` and the commands.

use std::collections::VecDeque;

use super::{Session, Warning};
use crate::coach::asides;
use crate::coach::commands;
use crate::coach::event::{LONGEST_LINE, LONGEST_PASTE};
use crate::coach::guide;
use crate::coach::interviewer;
use crate::coach::line::{self, Request, Said};
use crate::coach::offers;
use crate::coach::paste::{self, Content, Piece};
use crate::coach::proposals::{self, Proposal};
use crate::coach::prose;
use crate::coach::reply::Reply;
use crate::coach::sketch;
use crate::model::Step;
use crate::model::spelling::counted;
use crate::rubric::Sequel;

/// What is said to a `yes` or `no` that nothing was offered to.
const NOTHING_OFFERED: &str = "Nothing waits for a yes or a no. Go on whenever you like.";

impl Session<'_> {
    /// Several lines at once: one after the other, prose and blocks of a design file as a whole.
    pub(super) fn pasted(&mut self, text: &str) -> Vec<Reply> {
        if text.len() > LONGEST_PASTE {
            let help = "a design file is opened by `edit`".to_owned();
            let message = format!("more than {LONGEST_PASTE} bytes at once");
            return vec![Reply::trouble(message, help)];
        }
        // What an earlier paste has left goes on waiting: this may be the answer that it waits for.
        let heads = |line: &str| commands::heads_list(self, line);
        let heads: Option<paste::Heads<'_>> = self.takes_items().then_some(&heads);
        let mut pieces = VecDeque::from(paste::pieces(self.talk(), text, heads));
        pieces.append(&mut self.queue);
        self.queue = pieces;
        let first = self.queue.pop_front();
        first.map(|piece| self.piece(&piece)).unwrap_or_default()
    }

    /// Goes on with a paste as long as no name in it has to be explained.
    pub(super) fn rest_of_paste(&mut self) -> Vec<Reply> {
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
            Content::Line(text) | Content::Words(text) | Content::Table(text) => {
                located(self.text(text), text)
            }
            Content::Design(text) => self.changing("a block of the design file", |session| {
                commands::merged(session, text)
            }),
        }
    }

    fn has_open_question(&self) -> bool {
        interviewer::open_question(self).is_some()
    }

    pub(super) fn edited(&mut self, text: &str) -> Vec<Reply> {
        self.changing("edit", |session| commands::edited(session, text))
    }

    pub(super) fn text(&mut self, text: &str) -> Vec<Reply> {
        if text.len() > LONGEST_LINE {
            let help = "say it in several lines".to_owned();
            return vec![Reply::trouble(
                format!("a line of more than {LONGEST_LINE} bytes"),
                help,
            )];
        }
        let typed = line::clean(text);
        let talk = self.talk();
        let retracted = self.offers.retracted(talk.changing.retracts(&typed));
        if let Some(reply) = retracted.or_else(|| self.offers.declined(talk.declines(&typed))) {
            return vec![reply];
        }
        let chosen = self.offers.chosen(&typed);
        self.offers.said_otherwise(line::sort(talk, &typed));
        let agreed = self.offers.agreed(talk, talk.agrees(&typed)).or(chosen);
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
        if self.takes_items()
            && self.pending.is_none()
            && let Some(replies) = commands::headed(self, line)
        {
            return replies;
        }
        let Some(item) = line::item(line).filter(|_| self.takes_items()) else {
            return self.heard(line, false);
        };
        let replies = self.heard(item, true).into_iter();
        replies.map(|reply| reply.of_line(None, item)).collect()
    }

    /// A requirement or a command without the words before it that say nothing: "ok so must have groups", "ok next".
    fn without_lead<'l>(&self, line: &'l str) -> &'l str {
        let talk = self.talk();
        let bare = talk.without_fillers(line);
        let is_command = match line::sort(talk, bare) {
            // "Ok next" goes on.
            Said::Command(command, _) if command.takes == commands::Takes::Nothing => true,
            Said::Command(command, request) => {
                let states = command.steps.contains(&Step::Requirements);
                let is_text = command.completes == commands::Completes::Nothing;
                states && is_text && !request.rest.is_empty() && !talk.is_unmarked_question(bare)
            }
            _ => false,
        };
        if is_command { bare } else { line }
    }

    fn heard(&mut self, line: &str, is_item: bool) -> Vec<Reply> {
        let line = self.without_lead(line);
        // "- delete objects" is a requirement, and no command of another step.
        let is_requirement =
            |command: &commands::Command| command.steps.contains(&Step::Requirements);
        let said = match line::sort(self.talk(), line) {
            Said::Command(command, _)
                if is_item && !is_requirement(command) && !prose::is_operation(line) =>
            {
                Said::Plain
            }
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
        if let Some(rewritten) = commands::rewritten(self, line) {
            replies.extend(rewritten);
            return replies;
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
        if let Some(taken_back) = self.taken_back(line) {
            return taken_back;
        }
        match proposals::mistaken(self, line) {
            Some(proposal) => self.offered(proposal),
            None => replies,
        }
    }

    fn plain(&mut self, line: &str) -> Vec<Reply> {
        // Without a mark it is a question only where it can be nothing else.
        if let Some(aside) = asides::heard(self, line).filter(|aside| !aside.after_facts) {
            return asides::taken(self, aside, line);
        }
        if let Some(replies) = self.closed(line) {
            return replies;
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
        if let Some(replies) = self.taken_back(line) {
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
        let is_drawn = self.state.step >= Step::HighLevel;
        if let Some(name) = sketch::missing(self, line).filter(|_| is_drawn) {
            let words = format!("`{name}` is not drawn, so there is nothing to take out.");
            return vec![Reply::Note(words)];
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

    /// A line that ends with an aside: "we take the second, let us go on". What stands before it waits to be written down, and
    /// where an answer is waited for it is one, unless it says nothing.
    fn closed(&mut self, line: &str) -> Option<Vec<Reply>> {
        let (before, words, aside) = asides::closing(self, line)?;
        let talk = self.talk();
        if self.has_open_question() {
            let says_nothing = talk.says_nothing(before) || talk.gives_up(before);
            let is_of_the_talk = says_nothing || asides::heard(self, before).is_some();
            return is_of_the_talk.then(|| asides::taken(self, aside, words));
        }
        let proposal = proposals::of(self, before).filter(Proposal::says_something);
        if aside.then != Some(Sequel::Next) && proposal.is_some() {
            return None;
        }
        if let Some(proposal) = proposal {
            self.offers.keep(talk, proposal.lines);
        }
        Some(asides::taken(self, aside, words))
    }

    /// What is said to a bare `yes` or `no` that nothing was offered to.
    fn nothing_offered(&self, line: &str) -> Option<Vec<Reply>> {
        let talk = self.talk();
        if !talk.agrees(line) && !talk.declines(line) {
            return None;
        }
        Some(vec![Reply::Note(NOTHING_OFFERED.to_owned())])
    }

    /// Takes the last change back for who says "scratch that", and tells which one that was.
    fn taken_back(&mut self, line: &str) -> Option<Vec<Reply>> {
        let talk = self.talk();
        if !talk.changing.retracts(line) || self.has_open_question() {
            return None;
        }
        Some(commands::taken_back(self))
    }

    fn offered(&mut self, proposal: Proposal) -> Vec<Reply> {
        if let Some(last) = proposal
            .lines
            .last()
            .filter(|line| states(line::sort(self.talk(), line)))
        {
            self.last_stated = Some(last.clone());
        }
        self.guessed += usize::from(proposal.is_guess);
        self.offers.make(proposal.lines, proposal.is_guess);
        self.offers.ask(proposal.choices);
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
    pub(super) fn leaving(&mut self, by: Warning) -> Vec<Reply> {
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
