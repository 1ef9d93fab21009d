//! `must`, `quality`, `out`, `assume`: what the system has to do, how well, what not, and what is taken as given.
//!
//! Knows lists of sentences; what a good requirement is, is the rules' business.

use super::estimates;
use crate::coach::line::Request;
use crate::coach::reply::Reply;
use crate::coach::session::Session;
use crate::model::Requirements;

/// `must TEXT`
pub(super) fn must(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    record(
        session,
        request.rest,
        "must",
        "requirements",
        |requirements| &mut requirements.functional,
    )
}

/// `quality TEXT`
pub(super) fn quality(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    record(
        session,
        request.rest,
        "quality",
        "requirements",
        |requirements| &mut requirements.non_functional,
    )
}

/// `out TEXT`
pub(super) fn out(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    record(
        session,
        request.rest,
        "out",
        "requirements",
        |requirements| &mut requirements.out_of_scope,
    )
}

/// `assume NAME = VALUE`
pub(super) fn assume(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    estimates::state_figure(session, request, true)
}

type List = fn(&mut Requirements) -> &mut Vec<String>;

/// Adds a sentence to a list; without one, the last plain line is meant, or else the list is shown.
fn record(session: &mut Session<'_>, text: &str, word: &str, view: &str, list: List) -> Vec<Reply> {
    let said = if text.is_empty() {
        session.last_plain.take().unwrap_or_default()
    } else {
        text.to_owned()
    };
    if said.is_empty() {
        return super::views::listing(session, view);
    }
    let list = list(&mut session.state.design.requirements);
    if let Some(at) = list
        .iter()
        .position(|other| other.eq_ignore_ascii_case(&said))
    {
        return vec![Reply::Note(format!(
            "That is written down already, as `{word}` {}.",
            at + 1
        ))];
    }
    list.push(said.clone());
    vec![Reply::Echo(format!("{word} {}: {said}", list.len()))]
}
