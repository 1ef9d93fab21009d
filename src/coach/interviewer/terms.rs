//! Questions after the meaning of a term: "whats a token bucket" opens the quick reference, and asks the interviewer nothing.
//!
//! Knows which terms have a page; knows no page.

use super::agenda::open_question;
use super::facts::figure_meant;
use crate::coach::reply::Reply;
use crate::coach::session::Session;
use crate::report;

/// What is shown to who asks what a term means; none where no page is called that, or where the term measures something and
/// the interviewer has to say how much: "what is the latency?".
pub(in crate::coach) fn explained(session: &Session<'_>, line: &str) -> Option<Vec<Reply>> {
    let talk = session.talk();
    if let Some(terms) = talk.compared(line) {
        return pages(session, &terms);
    }
    // "What is the peak load?" asks how much there is of it.
    if talk.reading(line).is_some() {
        return None;
    }
    let term = talk.defined(line)?;
    let is_measure = figure_meant(session, &term).is_some();
    // "What is availability here?" wants to know how much; "eventual consistency" says of which sort it is.
    if is_measure || talk.is_of_requirements(&term) {
        return None;
    }
    page(session, &term)
}

/// What is shown where nothing else is known of a question: the page of what it is after, "the cap theorem" as well.
pub(super) fn looked_up(session: &Session<'_>, line: &str) -> Option<Vec<Reply>> {
    let talk = session.talk();
    let term = talk.defined(line).unwrap_or_else(|| talk.noun(line));
    page(session, term.strip_prefix("the ").unwrap_or(&term))
}

fn page(session: &Session<'_>, term: &str) -> Option<Vec<Reply>> {
    pages(session, &[term.to_owned()])
}

/// The pages of terms, and once more what is asked; none where one of them has no page.
fn pages(session: &Session<'_>, terms: &[String]) -> Option<Vec<Reply>> {
    let pages = &session.catalog.pages;
    let shown = |term: &String| {
        let singular = term.strip_suffix('s').unwrap_or(term);
        let mut spelt = [term.as_str(), singular].into_iter();
        let term = spelt.find(|term| pages.has(term))?;
        // The page of the problem has a solution of it.
        let found = pages.find(term).into_iter().next()?;
        if found.1.id.ends_with(&format!("/{}", session.problem.id)) {
            return None;
        }
        let text = report::looked_up(term, session.catalog).ok()?;
        Some(Reply::Picture(text))
    };
    let shown: Option<Vec<Reply>> = terms.iter().map(shown).collect();
    let open = open_question(session).map(|question| Reply::Says(question.ask.clone()));
    Some(shown?.into_iter().chain(open).collect())
}
