//! The questions of the interviewer, one after the other: what is open, what comes next.
//!
//! Knows how far each question has come; which are worth asking is the planning's business.

use super::attacks::{self, Strike};
use super::planning::{deep_dives, probes};
use super::reactions::{heard, is_answered, said_so_far, some_of};
use super::twist;
use crate::assess::{self, Finding, Outcome};
use crate::coach::reply::Reply;
use crate::coach::session::Session;
use crate::model::Step;

/// A question of the interviewer.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::coach) struct Question {
    /// What the answer is recorded under.
    pub topic: String,
    /// The step in which it is asked.
    pub step: Step,
    /// The question.
    pub ask: String,
    /// Concepts that a good answer has.
    pub looks_for: Vec<String>,
    /// What a good answer has, in words.
    pub good: String,
    /// The rule whose finding made it a question.
    pub rule: Option<String>,
    /// What it breaks, for an attack.
    pub strike: Option<Strike>,
    /// It comes between the others, and is not counted among them.
    pub is_extra: bool,
    /// What was said of it before it was asked.
    pub told: Vec<String>,
    /// How far it has come.
    pub asked: Asked,
}

/// How far a question has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::coach) enum Asked {
    /// It will be asked.
    Waiting,
    /// It was asked.
    Open,
    /// It was answered in part and asked again.
    FollowedUp,
    /// It was answered.
    Answered,
    /// It was skipped.
    Skipped,
}

/// The question that a plain line would answer.
pub(in crate::coach) fn open_question<'s>(session: &'s Session<'_>) -> Option<&'s Question> {
    session.state.questions.get(open_at(session)?)
}

/// Where that question stands.
pub(super) fn open_at(session: &Session<'_>) -> Option<usize> {
    let step = session.state.step;
    let open = |question: &Question| question.step == step && question.is_open();
    session.state.questions.iter().position(open)
}

/// What the interviewer asks when a step is entered.
pub(in crate::coach) fn enter(session: &mut Session<'_>) -> Vec<Reply> {
    match session.state.step {
        Step::Detailed => plan(session, deep_dives),
        Step::Scale => plan(session, probes),
        _ => return Vec::new(),
    }
    let mut replies = Vec::new();
    if session.state.step == Step::Scale && !has_strike(session) {
        // A journey may have been drawn since the questions were planned.
        let attacks = attacks::plan(session);
        session.state.questions.extend(attacks);
        replies.extend((!has_strike(session)).then(nothing_to_break));
    }
    replies.extend(match open_question(session) {
        Some(question) => vec![Reply::Says(format!("We were at this: {}", question.ask))],
        None => ask_next(session),
    });
    replies
}

fn has_strike(session: &Session<'_>) -> bool {
    let mut questions = session.state.questions.iter();
    questions.any(|question| question.strike.is_some())
}

fn nothing_to_break() -> Reply {
    let words = "There is no journey that I could break. `flow NAME = a -> b -> c` says which way users take; `back` and `next` \
                 come here again.";
    Reply::Note(words.to_owned())
}

/// Leaves the open question and asks the next; none when no question is open.
pub(in crate::coach) fn skip(session: &mut Session<'_>) -> Option<Vec<Reply>> {
    open_question(session)?;
    close(session, Asked::Skipped);
    Some(ask_next(session))
}

/// Marks the open question as dealt with.
pub(super) fn close(session: &mut Session<'_>, how: Asked) {
    let at = open_at(session);
    if let Some(question) = at.and_then(|at| session.state.questions.get_mut(at)) {
        question.asked = how;
    }
}

/// Asks the next question of the step, or says that there is none. What the design survives needs no answer.
pub(super) fn ask_next(session: &mut Session<'_>) -> Vec<Reply> {
    if twist::is_due(session) {
        return twist::strike(session);
    }
    let step = session.state.step;
    let mut replies = Vec::new();
    while let Some(at) = next_waiting(session, step) {
        let number = numbered(session, step);
        let stands = still_stands(session, at);
        let told = told_before(session, at);
        let touched = touched_on(session, &told).unwrap_or_default();
        let Some(question) = session.state.questions.get_mut(at) else {
            break;
        };
        if !stands {
            question.asked = Asked::Answered;
            let words = format!(
                "{number} I was to ask: \"{}\" You have spoken of that since.",
                question.ask
            );
            // An exam does not say what was right.
            replies.extend((!session.options.exam).then_some(Reply::Says(words)));
            continue;
        }
        question.asked = Asked::Open;
        question.told = told;
        replies.push(Reply::Says(format!("{number} {}{touched}", question.ask)));
        match attacks::first(session, at) {
            Some((told, true)) => {
                replies.extend(told);
                close(session, Asked::Answered);
            }
            told => {
                replies.extend(told.into_iter().flat_map(|(told, _)| told));
                return replies;
            }
        }
    }
    replies.push(Reply::Says(no_more(step).to_owned()));
    replies
}

/// What was said already, elsewhere, of what a question is after, where it would be a good answer.
fn told_before(session: &Session<'_>, at: usize) -> Vec<String> {
    let Some(question) = session.state.questions.get(at) else {
        return Vec::new();
    };
    let said = said_so_far(&session.state.design).join("\n");
    let heard = heard(session, question, &said);
    if is_answered(question, &heard) {
        heard
    } else {
        Vec::new()
    }
}

/// A remark where something of that was said; an exam does not say what was right.
fn touched_on(session: &Session<'_>, told: &[String]) -> Option<String> {
    (!told.is_empty() && !session.options.exam).then(|| {
        format!(
            " You have told me some of that ({}): what is left to say?",
            some_of(told)
        )
    })
}

/// Which question of how many comes next: `(2/5)`.
fn numbered(session: &Session<'_>, step: Step) -> String {
    let questions = session.state.questions.iter();
    let of_step = questions.filter(|question| question.step == step && !question.is_extra);
    let count = of_step.clone().count();
    let before = of_step.filter(|question| question.has_been(step)).count();
    format!("({}/{count})", before + 1)
}

const fn no_more(step: Step) -> &'static str {
    match step {
        Step::Scale => "That is all from me. Repair what you like; `finish` ends the interview.",
        Step::Requirements | Step::Estimation | Step::HighLevel => "Go on with what you were at.",
        Step::Detailed => {
            "That is what I wanted to look at. Data, interface and decisions count as well; `next` goes on."
        }
    }
}

fn next_waiting(session: &Session<'_>, step: Step) -> Option<usize> {
    let waits = |question: &Question| question.step == step && question.asked == Asked::Waiting;
    session.state.questions.iter().position(waits)
}

/// Whether the fault behind a question is still there; questions without one always stand.
fn still_stands(session: &Session<'_>, at: usize) -> bool {
    let rule = session
        .state
        .questions
        .get(at)
        .and_then(|question| question.rule.as_deref());
    rule.is_none_or(|rule| fault(session, rule).is_some())
}

/// What is said of a fault that the design still has.
pub(super) fn fault(session: &Session<'_>, rule: &str) -> Option<String> {
    finding(session, rule).map(|finding| finding.message)
}

/// A fault that the design still has.
pub(super) fn finding(session: &Session<'_>, rule: &str) -> Option<Finding> {
    let findings = assess::ask(&session.design(), session.catalog, None, |asked| {
        asked.verdict().findings
    });
    findings
        .into_iter()
        .find(|finding| finding.rule == rule && finding.outcome == Outcome::Missed)
}

impl Question {
    /// A question that waits, after nothing that can be listened for.
    pub fn new(topic: impl Into<String>, step: Step, ask: String) -> Self {
        Self {
            topic: topic.into(),
            step,
            ask,
            looks_for: Vec::new(),
            good: String::new(),
            rule: None,
            strike: None,
            is_extra: false,
            told: Vec::new(),
            asked: Asked::Waiting,
        }
    }

    /// Whether a plain line would answer it.
    pub const fn is_open(&self) -> bool {
        matches!(self.asked, Asked::Open | Asked::FollowedUp)
    }

    fn has_been(&self, step: Step) -> bool {
        self.step == step && self.asked != Asked::Waiting
    }
}

/// Adds questions that were not planned before.
fn plan(session: &mut Session<'_>, questions: fn(&Session<'_>) -> Vec<Question>) {
    let step = session.state.step;
    let dealt_with = session
        .state
        .questions
        .iter()
        .any(|question| question.step == step);
    if !dealt_with {
        let planned = questions(session);
        session.state.questions.extend(planned);
    }
}
