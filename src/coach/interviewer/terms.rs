//! Questions after the meaning of a term: "whats a token bucket" opens the quick reference, and asks the interviewer nothing.
//!
//! Knows which terms have a page; knows no page.

use super::agenda::open_question;
use crate::coach::reply::Reply;
use crate::coach::session::Session;
use crate::report;
use crate::rubric::identify;

/// What is shown to who asks what a term means; none where no page is called that, or where the term measures something and
/// the interviewer has to say how much: "what is the latency?".
pub(in crate::coach) fn explained(session: &Session<'_>, line: &str) -> Option<Vec<Reply>> {
    let talk = &session.catalog.knowledge.language.talk;
    let term = talk.defined(line)?;
    let figures = &session.catalog.knowledge.figures;
    let is_measure = identify(&term, figures, Some(session.problem)).is_some();
    if is_measure || talk.is_of_requirements(&term) {
        return None;
    }
    page(session, &term)
}

/// What is shown where nothing else is known of a question: the page of what it is after, "the cap theorem" as well.
pub(super) fn looked_up(session: &Session<'_>, line: &str) -> Option<Vec<Reply>> {
    let talk = &session.catalog.knowledge.language.talk;
    let term = talk.defined(line)?;
    page(session, term.strip_prefix("the ").unwrap_or(&term))
}

fn page(session: &Session<'_>, term: &str) -> Option<Vec<Reply>> {
    let pages = &session.catalog.pages;
    let singular = term.strip_suffix('s').unwrap_or(term);
    let mut terms = [term, singular].into_iter();
    let term = terms.find(|term| pages.has(term))?;
    let text = report::looked_up(term, session.catalog).ok()?;
    let open = open_question(session).map(|question| Reply::Says(question.ask.clone()));
    Some([Reply::Picture(text)].into_iter().chain(open).collect())
}
