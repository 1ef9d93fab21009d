//! The end: the design as a file, read back and judged as `sysdrill check` does it, so that both give the same score.
//!
//! Knows how writing, reading and judging come together; knows no file system.

use super::interviewer;
use super::reply::{Finish, Reply};
use super::session::Session;
use crate::notation::design;
use crate::notation::yaml::Limits;
use crate::report;
use crate::source::Source;

/// What the judged file is called where no path is known.
const NAME: &str = "design";

/// The design file as it stands.
pub(super) fn written(session: &Session<'_>) -> String {
    design::write(&session.design(), session.vocabulary())
}

/// Ends the session with the report.
pub(super) fn finish(session: &mut Session<'_>) -> Vec<Reply> {
    session.over = true;
    let text = written(session);
    let source = Source::new(NAME, text.clone());
    let checked = report::check_text(source, session.catalog, None, &Limits::default());
    let mut replies: Vec<Reply> = interviewer::review(session).into_iter().collect();
    replies.push(Reply::Finished(Box::new(Finish { text, checked })));
    replies
}
