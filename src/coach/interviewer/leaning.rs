//! Questions that lean on the one before: "and for writes?", "what about reads?", "per day or per second?".
//!
//! Knows what was asked last and what came back; which words lean is data. Where the subject is not clear, it is asked for.

use super::facts::{tell, told};
use super::understanding::{Asking, asked_for, meant_by_few_words};
use crate::coach::reply::Reply;
use crate::coach::session::Session;
use crate::rubric::{Fact, Leaning, Problem};

/// What a candidate has asked last, and the fact that was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::coach) struct Subject {
    /// The question as it was asked.
    pub question: String,
    /// The fact that was told first.
    pub fact: String,
}

/// What comes back for what leans on a question that there is not.
pub(super) const OF_WHAT: &str = "Of what? Ask it as a whole question, and I say what I know.";

/// What is said where nothing more is known than what was told.
const NO_MORE: &str = "I have nothing more exact";

/// Answers a question that leans on the one before; none where it stands for itself.
pub(super) fn answer(session: &mut Session<'_>, question: &str) -> Option<Vec<Reply>> {
    let talk = session.talk();
    let turn = talk.leaning(question)?;
    let Some(subject) = session.subject.clone() else {
        // How many writes there are is not what was asked, whatever the word alone reminds of.
        let is_nothing = matches!(turn, Leaning::Measures | Leaning::Operates);
        return is_nothing.then(|| vec![Reply::Says(OF_WHAT.to_owned())]);
    };
    let problem = session.problem;
    let fact = fact(problem, &subject.fact)?;
    match turn {
        Leaning::Measures => Some(tell(session, fact)),
        Leaning::Turns | Leaning::Operates => {
            Some(turned(session, (question, turn), &subject, fact))
        }
        Leaning::Names => named(session, question, &subject, fact),
    }
}

fn fact<'p>(problem: &'p Problem, id: &str) -> Option<&'p Fact> {
    problem.facts.iter().find(|fact| fact.id == id)
}

/// The same question for something else, such as writes or the peak: the fact that was told says so, another one does, or
/// no more is known.
fn turned(
    session: &mut Session<'_>,
    (question, turn): (&str, Leaning),
    subject: &Subject,
    fact: &Fact,
) -> Vec<Reply> {
    let questions = &session.talk().questions;
    if questions.has_one_of(question, &fact.answer) {
        return tell(session, fact);
    }
    if let Some(other) = joined(session, question, subject).filter(|other| other.id != fact.id) {
        return told(session, &whole(question, subject), vec![other]);
    }
    let alone = asked_for(session, &Asking::new(session, question));
    if turn == Leaning::Turns && !alone.is_empty() {
        return told(session, question, alone);
    }
    let words = format!("{NO_MORE}: {}", fact.answer);
    vec![Reply::Says(words)]
}

/// Something else by its name: what that is by itself, what the same question says of it, or what was told of it already.
fn named(
    session: &mut Session<'_>,
    question: &str,
    subject: &Subject,
    fact: &Fact,
) -> Option<Vec<Reply>> {
    let asking = Asking::new(session, question);
    let alone = asked_for(session, &asking);
    if !alone.is_empty() || !meant_by_few_words(session, &asking).is_empty() {
        return None;
    }
    if let Some(other) = joined(session, question, subject) {
        return Some(told(session, &whole(question, subject), vec![other]));
    }
    let questions = &session.talk().questions;
    let is_told = questions.has_one_of(question, &fact.answer);
    is_told.then(|| tell(session, fact))
}

/// The fact that both questions together ask for: how the first one asks, of what the second one names.
fn joined<'p>(session: &Session<'p>, question: &str, subject: &Subject) -> Option<&'p Fact> {
    let talk = session.talk();
    let frame = talk.frame(&subject.question);
    let joined = format!("{frame} {}", talk.leaning_on(question));
    let facts = asked_for(session, &Asking::new(session, &joined));
    facts.into_iter().next()
}

/// Both questions, as they are recorded.
fn whole(question: &str, subject: &Subject) -> String {
    format!("{} {question}", subject.question)
}
