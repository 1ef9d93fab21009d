//! Lines about the talk itself: greetings, "what now?", "is that right?", "what do you mean?".
//!
//! Knows what follows such a line; its words and what is said to them are data of the language.

use super::commands;
use super::guide;
use super::interviewer;
use super::reply::Reply;
use super::session::Session;
use crate::rubric::{Aside, Sequel};

/// The aside that a line is; none where it is about something else.
pub(super) fn heard<'c>(session: &Session<'c>, line: &str) -> Option<&'c Aside> {
    let asked = interviewer::open_question(session).is_some();
    session.talk().aside(line, asked)
}

/// What is said to who asks again how it looks, and has changed nothing.
const AS_BEFORE: &str = "As it did: nothing of it has changed since. `check` shows it again.";

/// The aside that a line ends with, behind what stands before it and its own words.
pub(super) fn closing<'c, 'l>(
    session: &Session<'c>,
    line: &'l str,
) -> Option<(&'l str, &'l str, &'c Aside)> {
    let asked = interviewer::open_question(session).is_some();
    session.talk().closing_aside(line, asked)
}

/// What is said to a line about the talk, and done.
pub(super) fn taken(session: &mut Session<'_>, aside: &Aside, line: &str) -> Vec<Reply> {
    let open = interviewer::open_question(session).map(|question| question.ask.clone());
    let in_exam = aside.in_exam.clone().filter(|_| session.options.exam);
    let said = in_exam.or_else(|| aside.say.clone());
    let says = |said: Option<String>| said.map(Reply::Says);
    match aside.then {
        None => says(said).into_iter().collect(),
        Some(Sequel::Question) => {
            let question = open.unwrap_or_else(|| session.problem.prompt.clone());
            let all: Vec<String> = said.into_iter().chain([question]).collect();
            vec![Reply::Says(all.join(" "))]
        }
        Some(Sequel::Step) => says(said)
            .into_iter()
            .chain([guide::introduction(session)])
            .chain(says(open))
            .collect(),
        Some(Sequel::Feedback) => says(said).into_iter().chain(feedback(session)).collect(),
        Some(Sequel::Drawing) => commands::drawn(session),
        Some(Sequel::Next) => commands::gone_on(session, line),
        Some(Sequel::Back) => commands::gone_back(session, line),
    }
}

/// Feedback; who has heard it already is told that it is the same.
fn feedback(session: &mut Session<'_>) -> Vec<Reply> {
    let told = commands::feedback(session);
    let now = Some(format!("{told:?}"));
    if session.options.exam || session.feedback != now {
        session.feedback = now;
        return told;
    }
    vec![Reply::Says(AS_BEFORE.to_owned())]
}
