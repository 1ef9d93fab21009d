//! Questions after the meaning of a term: "whats a token bucket" opens the quick reference, and asks the interviewer nothing.
//!
//! Knows which terms have a page; knows no page.

use super::agenda::open_question;
use super::facts::figure_meant;
use crate::catalog::Page;
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
    let term = term.strip_prefix("the ").unwrap_or(&term);
    if open_question(session).is_none() && talk.is_bare(line, term) {
        return decided_by_nothing(session, term);
    }
    page(session, term)
}

/// What is said to who asks for a part or a practice by its name alone: whether it is needed is the candidate's to say, and the
/// reference has a page on it. None where it has not, or where the page is called otherwise.
fn decided_by_nothing(session: &Session<'_>, term: &str) -> Option<Vec<Reply>> {
    let (shown, _) = found(session, term)?;
    let words = format!(
        "Nothing that I know decides that. Tell me what you would do about it, and why; `ref {shown}` has a page on it."
    );
    Some(vec![Reply::Says(words)])
}

fn page(session: &Session<'_>, term: &str) -> Option<Vec<Reply>> {
    pages(session, &[term.to_owned()])
}

/// The page of a term, and how it is looked up; none of the problem itself, which has a solution of it.
fn found<'t, 'c>(session: &Session<'c>, term: &'t str) -> Option<(&'t str, &'c Page)> {
    let pages = &session.catalog.pages;
    let singular = term.strip_suffix('s').unwrap_or(term);
    let mut spelt = [term, singular].into_iter();
    let term = spelt.find(|term| pages.has(term))?;
    let (_, page) = pages.find(term).into_iter().next()?;
    let is_own = page.id.ends_with(&format!("/{}", session.problem.id));
    (!is_own).then_some((term, page))
}

/// The pages of terms, and once more what is asked; none where one of them has no page.
fn pages(session: &Session<'_>, terms: &[String]) -> Option<Vec<Reply>> {
    let shown = |term: &String| {
        let (term, _) = found(session, term)?;
        let text = report::looked_up(term, session.catalog).ok()?;
        Some(Reply::Picture(text))
    };
    let shown: Option<Vec<Reply>> = terms.iter().map(shown).collect();
    let open = open_question(session).map(|question| Reply::Says(question.ask.clone()));
    Some(shown?.into_iter().chain(open).collect())
}
