//! What is said of spans of a text: mistakes and findings, each with its weight.
//!
//! Knows how a judgement becomes remarks; judges nothing.

use crate::assess::{Finding, Outcome};
use crate::catalog::Catalog;
use crate::model::{Severity, spelling};
use crate::report::{Checked, plain};
use crate::source::{Gravity, Issue, Span};

/// How an editor shows a remark, the least conspicuous first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Hardly at all.
    Hint,
    /// As something to know.
    Information,
    /// As a warning.
    Warning,
    /// As an error.
    Error,
}

/// Something that is said of a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Where it is.
    pub span: Span,
    /// How it is shown.
    pub weight: Weight,
    /// The id of the rule that says it; none of a mistake.
    pub rule: Option<String>,
    /// What is said, the complaint on the first line.
    pub message: String,
    /// Where what decided it stands.
    pub related: Vec<(Span, String)>,
    /// What stands there is of no use.
    pub is_needless: bool,
    /// The word that was perhaps meant in place of what stands there.
    pub meant: Option<String>,
}

/// Places of evidence that are named at most.
const MOST_RELATED: usize = 16;

/// Mistakes in a text.
pub fn of_issues(issues: &[Issue]) -> Vec<Remark> {
    let remark = |issue: &Issue| Remark {
        span: issue.span,
        weight: match issue.gravity {
            Gravity::Error => Weight::Error,
            Gravity::Warning => Weight::Warning,
        },
        rule: None,
        message: said(&issue.message, [("help", issue.help.as_deref())]),
        related: Vec::new(),
        is_needless: false,
        meant: issue
            .help
            .as_deref()
            .and_then(spelling::proposed)
            .map(str::to_owned),
    };
    issues.iter().map(remark).collect()
}

/// The mistakes of a design and what is found in it. What is accepted is not said again.
pub fn of_checked(checked: &Checked, catalog: &Catalog) -> Vec<Remark> {
    let mut remarks = of_issues(&checked.issues);
    let findings = checked.assessment.iter().flat_map(|one| &one.findings);
    let findings = findings.filter(|finding| finding.allowed.is_none());
    remarks.extend(findings.map(|finding| of_finding(finding, checked, catalog)));
    remarks
}

/// A finding.
pub(super) fn of_finding(finding: &Finding, checked: &Checked, catalog: &Catalog) -> Remark {
    let span = checked.span(finding.place);
    let evidence = finding.evidence.iter();
    let evidence = evidence.map(|(place, name)| (checked.span(*place), plain::line(name)));
    let rule = catalog.rule(&finding.rule);
    let seen = finding.seen.join("; ");
    let missing = finding.missing.join(", ");
    let filled = |text: &'_ str| (!text.is_empty()).then(|| text.to_owned());
    let because = filled(&seen);
    let open = filled(&missing).filter(|_| !finding.is_fault());
    Remark {
        span,
        weight: weight(finding),
        rule: Some(finding.rule.clone()),
        message: said(
            &finding.message,
            [
                ("because", because.as_deref()),
                ("not stated", open.as_deref()),
                ("help", Some(finding.fix.as_str())),
            ],
        ),
        related: evidence
            .filter(|(other, _)| *other != span)
            .take(MOST_RELATED)
            .collect(),
        is_needless: rule.is_some_and(|rule| rule.occasion.is_some()),
        meant: None,
    }
}

/// As a terminal shows it; an open question is no fault.
const fn weight(finding: &Finding) -> Weight {
    match (finding.outcome, finding.severity) {
        (Outcome::Missed, Severity::Blocker | Severity::Major) => Weight::Error,
        (Outcome::Missed, Severity::Minor) => Weight::Warning,
        (Outcome::Missed, Severity::Note) => Weight::Information,
        _ => Weight::Hint,
    }
}

/// A complaint with lines below it.
fn said<const N: usize>(complaint: &str, below: [(&str, Option<&str>); N]) -> String {
    let mut text = plain::line(complaint);
    for (label, words) in below {
        if let Some(words) = words {
            text.push_str(&format!("\n{label}: {}", plain::line(words)));
        }
    }
    text
}
