//! The report of an interview as a document to keep or to hand to a mentor.
//!
//! Knows that a document begins with what the terminal ends with; how it is written is the report's business.

use super::reply::Finish;
use crate::report;

/// The report of an interview as Markdown.
#[must_use]
pub fn markdown(finish: &Finish) -> String {
    report::interview_markdown(&finish.checked, &parts(finish))
}

/// The report of an interview as a page of HTML, with the picture of what was drawn.
#[must_use]
pub fn html(finish: &Finish) -> String {
    report::interview_html(&finish.checked, &parts(finish), finish.picture.as_deref())
}

fn parts(finish: &Finish) -> Vec<report::Part<'_>> {
    let parts = finish.report.iter().rev();
    parts
        .map(|listing| (listing.title.as_str(), listing.rows.as_slice()))
        .collect()
}
