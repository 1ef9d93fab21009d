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

/// What is said to a line about the talk.
pub(super) fn taken(session: &Session<'_>, aside: &Aside) -> Vec<Reply> {
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
        Some(Sequel::Feedback) => says(said)
            .into_iter()
            .chain(commands::feedback(session))
            .collect(),
    }
}
