//! A design as templates see it: the JSON report's view of it, with its findings apart by what is to be done with them.
//!
//! Knows views; how they look stands in the templates.

use serde::Serialize;

use super::Checked;
use super::json::{self, DesignView, ErrorView, FindingView};
use super::plain::shortened;
use super::reviewed::{self, ReviewView};
use crate::assess::{Assessment, Finding, Outcome};
use crate::model::{Place, Severity};
use crate::source::Gravity;

/// Characters of a line that are shown before and behind what is marked, and of that.
const SHOWN: usize = 100;

/// All that is said of a design.
#[derive(Debug, Serialize)]
pub(super) struct Section<'a> {
    number: usize,
    path: &'a str,
    title: Option<&'a str>,
    author: Option<&'a str>,
    /// Whether findings that cost nothing are left out, and what went well.
    quiet: bool,
    errors: Vec<ErrorView<'a>>,
    design: Option<DesignView<'a>>,
    wrong: Vec<Told<'a>>,
    accepted: Vec<Told<'a>>,
    open: Vec<FindingView<'a>>,
    /// The flows that nobody has stated.
    inferred: Option<String>,
    reviews: Vec<ReviewView<'a>>,
}

/// A finding with the line that it is about.
#[derive(Debug, Serialize)]
struct Told<'a> {
    finding: FindingView<'a>,
    excerpt: Option<Excerpt>,
}

/// A line of a design; what a finding is about is marked.
#[derive(Debug, Serialize)]
struct Excerpt {
    line: usize,
    before: String,
    marked: String,
    after: String,
}

/// A fault that nobody accepted.
pub(super) fn is_wrong(finding: &Finding) -> bool {
    finding.outcome == Outcome::Missed && finding.allowed.is_none()
}

/// The view of a design, which has a number in its report.
pub(super) fn section(checked: &Checked, number: usize, quiet: bool) -> Section<'_> {
    let assessment = checked.assessment.as_ref();
    let issues = checked.issues.iter();
    let told = |of: fn(&Finding) -> bool| {
        let findings = assessment
            .into_iter()
            .flat_map(|assessment| &assessment.findings);
        findings.filter(move |finding| of(finding))
    };
    Section {
        number,
        path: &checked.source.name,
        title: checked.head.title.as_deref(),
        author: checked.head.author.as_deref(),
        quiet,
        errors: issues
            .filter(|issue| issue.gravity == Gravity::Error)
            .map(|issue| json::error(checked, issue))
            .collect(),
        design: assessment.map(|assessment: &Assessment| json::design(checked, assessment)),
        wrong: told(is_wrong)
            .filter(|finding| !quiet || finding.severity > Severity::Note)
            .map(|finding| with_line(checked, finding))
            .collect(),
        accepted: told(|finding| finding.allowed.is_some())
            .filter(|_| !quiet)
            .map(|finding| with_line(checked, finding))
            .collect(),
        inferred: checked.inferred(),
        reviews: assessment.map_or_else(Vec::new, |it| reviewed::views(checked, it)),
        open: told(|finding| !is_wrong(finding) && finding.allowed.is_none())
            .map(|finding| json::finding(checked, finding))
            .collect(),
    }
}

fn with_line<'a>(checked: &'a Checked, finding: &'a Finding) -> Told<'a> {
    Told {
        finding: json::finding(checked, finding),
        excerpt: excerpt(checked, finding.place),
    }
}

/// The line of a place; none for what is about a design as a whole.
fn excerpt(checked: &Checked, place: Place) -> Option<Excerpt> {
    if place == Place::Design {
        return None;
    }
    let span = checked.span(place);
    let text = checked.source.text.as_str();
    let (before, behind) = text.split_at_checked(span.start)?;
    let before = before.rsplit('\n').next()?;
    let behind = behind.lines().next()?;
    let (marked, after) = behind
        .split_at_checked(span.end - span.start)
        .unwrap_or((behind, ""));
    let first = before.chars().count().saturating_sub(SHOWN);
    let ellipsis = if first > 0 { "…" } else { "" };
    let before: String = before.chars().skip(first).collect();
    Some(Excerpt {
        line: checked.region(span).start.line,
        before: format!("{ellipsis}{before}"),
        marked: shortened(marked, SHOWN),
        after: shortened(after, SHOWN),
    })
}
