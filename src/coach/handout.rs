//! The report of an interview as a document to keep or to hand to a mentor.
//!
//! Knows that a document begins with what the terminal ends with; how it is written is the report's business.

use super::reply::Finish;
use crate::report::{self, Checked};

/// The report of an interview as Markdown.
#[must_use]
pub fn markdown(finish: &Finish) -> String {
    written(finish, report::interview_markdown)
}

/// The report of an interview as a page of HTML.
#[must_use]
pub fn html(finish: &Finish) -> String {
    written(finish, report::interview_html)
}

fn written(finish: &Finish, write: fn(&Checked, &[report::Part<'_>]) -> String) -> String {
    let parts = finish.report.iter().rev();
    let parts: Vec<report::Part<'_>> = parts
        .map(|listing| (listing.title.as_str(), listing.rows.as_slice()))
        .collect();
    write(&finish.checked, &parts)
}
