//! `ref`: the quick reference, without leaving the interview.
//!
//! Knows no page; looking up is the report's business.

use crate::coach::line::Request;
use crate::coach::reply::Reply;
use crate::coach::session::Session;
use crate::report;

/// `ref [WORDS]`.
pub(super) fn look_up(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    let words = request.rest.trim();
    if words.is_empty() {
        return vec![Reply::Picture(report::contents(session.catalog))];
    }
    match report::looked_up(words, session.catalog) {
        Ok(text) => vec![Reply::Picture(text)],
        Err(help) => vec![Reply::trouble(format!("nothing on `{words}`"), help)],
    }
}
