//! Lines about the talk itself: greetings, "what now?", "is that right?", "what do you mean?".
//!
//! Knows what follows such a line; its words and what is said to them are data of the language.

use super::commands;
use super::guide;
use super::interviewer;
use super::reply::Reply;
use super::session::Session;
use crate::rubric::Sequel;

/// What is said to a line about the talk; none where it is about something else.
pub(super) fn taken(session: &mut Session<'_>, line: &str) -> Option<Vec<Reply>> {
    let open = interviewer::open_question(session).map(|question| question.ask.clone());
    let talk = &session.catalog.knowledge.language.talk;
    let aside = talk.aside(line, open.is_some())?;
    let said = aside.say.clone();
    let says = |said: Option<String>| said.map(Reply::Says);
    Some(match aside.then {
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
    })
}
