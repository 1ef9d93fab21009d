//! The interviewer: knows the problem's facts and tells them when asked, and asks about this very design.
//!
//! Knows the problem pack and what the rules find; knows no commands.

mod agenda;
mod attacks;
mod confirmation;
mod facts;
mod help;
mod leaning;
mod mistakes;
mod planning;
mod reactions;
mod terms;
mod twist;
mod understanding;
mod undrawn;
mod weaknesses;

pub(super) use agenda::{Question, enter, open_question, skip};
pub(super) use attacks::{fared, orders, renamed};
pub(super) use facts::{
    answer, answer_unmarked, contradicted, figure_meant, keep_questions, overruled,
};
pub(super) use help::{Grade, help};
pub(super) use leaning::Subject;
pub(super) use mistakes::{is_mistaken, mistaken, overheard, pressed, rule_after};
pub(super) use reactions::{answered, enough, given_up, is_to_the_point, record, review, settle};
pub(super) use terms::explained;
pub(super) use twist::{Twisted, review as changed};

use super::clock;
use super::reply::Reply;
use super::session::Session;
use crate::model::Step;
use crate::model::spelling::enumerated;

/// What is said first: how the interview goes, and the problem in a sentence.
pub(super) fn welcome(session: &Session<'_>) -> Vec<Reply> {
    let problem = session.problem;
    let level = session.options.level;
    let steps: Vec<String> = Step::ALL
        .iter()
        .map(|step| part_of_the_hour(session, *step))
        .collect();
    let total: u64 = Step::ALL
        .iter()
        .map(|step| session.clock.minutes(*step))
        .sum();
    let clock = if session.clock.is_running() {
        format!(", {total} minutes")
    } else {
        String::new()
    };
    let mode = if session.options.exam {
        ", exam: no check, no hints"
    } else {
        ""
    };
    let head = format!(
        "{} ({level}{clock}{mode}): {}",
        problem.title,
        enumerated(&steps)
    );
    vec![
        Reply::Heading(head),
        Reply::Says(problem.prompt.clone()),
        super::guide::introduction(session),
    ]
}

fn part_of_the_hour(session: &Session<'_>, step: Step) -> String {
    if session.clock.is_running() {
        format!("{} {}", clock::name(step), session.clock.minutes(step))
    } else {
        clock::name(step)
    }
}
