//! The end: the design as a file, read back and judged as `sysdrill check` does it, so that both give the same score; and
//! what to learn from it.
//!
//! Knows how writing, reading and judging come together; knows no file system.

use super::interviewer;
use super::reply::{Finish, Listing, Reply};
use super::session::Session;
use crate::assess::{Assessment, Finding, Outcome};
use crate::model::Severity;
use crate::notation::design;
use crate::notation::yaml::Limits;
use crate::report;
use crate::source::Source;

/// What the judged file is called where no path is known.
const NAME: &str = "design";

/// At most so many findings are told; nobody works on more.
const MOST_FINDINGS: usize = 10;

/// At most so many facts are named that would have decided something.
const MOST_OPEN: usize = 5;

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
    let mut report: Vec<Listing> = checked.assessment.iter().flat_map(lessons).collect();
    let attacks = checked.assessment.iter();
    report
        .extend(attacks.filter_map(|assessment| interviewer::fared(session, &assessment.attacks)));
    report.extend(interviewer::review(session));
    vec![Reply::Finished(Box::new(Finish {
        text,
        checked,
        report,
    }))]
}

/// What the judgement says to the candidate, without empty parts.
fn lessons(assessment: &Assessment) -> Vec<Listing> {
    let parts = [
        Listing::new("What to work on", to_work_on(assessment)),
        Listing::new("Not stated", not_stated(assessment)),
        Listing::new("What went well", well(assessment)),
    ];
    parts
        .into_iter()
        .filter(|part| !part.rows.is_empty())
        .collect()
}

/// The gravest findings, each with what to do.
fn to_work_on(assessment: &Assessment) -> Vec<(String, String)> {
    let counts = |finding: &&Finding| {
        finding.outcome == Outcome::Missed
            && finding.severity > Severity::Note
            && finding.allowed.is_none()
    };
    let found: Vec<&Finding> = assessment.findings.iter().filter(counts).collect();
    let row = |finding: &&Finding| {
        (
            finding.severity.word().to_owned(),
            format!("{} {}", finding.message.trim(), finding.fix.trim()),
        )
    };
    let mut rows: Vec<(String, String)> = found.iter().take(MOST_FINDINGS).map(row).collect();
    if found.len() > MOST_FINDINGS {
        let more = found.len() - MOST_FINDINGS;
        rows.push((
            "...".to_owned(),
            format!("and {more} more, which `sysdrill check` shows with their lines"),
        ));
    }
    rows
}

fn not_stated(assessment: &Assessment) -> Vec<(String, String)> {
    let open = assessment
        .findings
        .iter()
        .filter(|finding| finding.outcome == Outcome::NotStated);
    open.take(MOST_OPEN)
        .map(|finding| ("open".to_owned(), finding.message.clone()))
        .collect()
}

fn well(assessment: &Assessment) -> Vec<(String, String)> {
    assessment
        .strengths
        .iter()
        .map(|strength| ("good".to_owned(), strength.message.clone()))
        .collect()
}
