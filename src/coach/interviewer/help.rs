//! Help with the open question: what it is after, then a good answer; where it is after a fault, what takes that away.
//!
//! Knows questions and their concepts; knows no price.

use super::agenda::{Question, finding, open_question};
use super::reactions::{answer_to, heard, titles};
use crate::coach::session::Session;

/// So many concepts are a direction.
const MOST_NAMED: usize = 2;

/// How much a piece of help tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::coach) enum Grade {
    /// Where to look.
    Direction,
    /// What a good answer has.
    Answer,
}

/// The help that there is with the open question, from less to more, under a name by which it is counted.
pub(in crate::coach) fn help(session: &Session<'_>) -> Option<(String, Vec<(Grade, String)>)> {
    let question = open_question(session)?;
    let pieces = match &question.rule {
        Some(rule) => {
            let fix = finding(session, rule).map(|finding| finding.fix.trim().to_owned());
            fix.map(|fix| (Grade::Answer, fix)).into_iter().collect()
        }
        None => in_words(session, question),
    };
    (!pieces.is_empty()).then(|| (format!("question {}", question.topic), pieces))
}

fn in_words(session: &Session<'_>, question: &Question) -> Vec<(Grade, String)> {
    if question.good.is_empty() {
        return Vec::new();
    }
    let said = answer_to(session, question).unwrap_or_default();
    let heard = heard(session, question, said);
    let unheard: Vec<String> = titles(session, question)
        .filter(|title| !heard.contains(title))
        .take(MOST_NAMED)
        .collect();
    let direction = (!unheard.is_empty()).then(|| {
        // Titles are sentences in part, and have commas of their own.
        let words = format!("I listen, among other things, for: {}.", unheard.join("; "));
        (Grade::Direction, words)
    });
    let answer = (Grade::Answer, question.good.clone());
    direction.into_iter().chain([answer]).collect()
}
