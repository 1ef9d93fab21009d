//! What is said of spans of a text: mistakes and findings, each with its weight.
//!
//! Knows how a judgement becomes remarks; judges nothing.

use crate::assess::{Finding, Outcome};
use crate::catalog::Catalog;
use crate::model::{Place, Severity, spelling};
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

impl Remark {
    /// A mistake with nothing said beside it.
    #[must_use]
    pub const fn error(span: Span, message: String) -> Self {
        Self {
            span,
            weight: Weight::Error,
            rule: None,
            message,
            related: Vec::new(),
            is_needless: false,
            meant: None,
        }
    }
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
    let score = checked.assessment.as_ref().map(|one| &one.score);
    let low = score.and_then(|score| checked.gate.too_low(score));
    remarks.extend(low.map(|message| Remark::error(checked.span(Place::Design), message)));
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
        weight: weight(finding, checked),
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

/// What fails a build job is an error, and nothing else of what is found; an open question is no fault.
fn weight(finding: &Finding, checked: &Checked) -> Weight {
    match (finding.outcome, finding.severity) {
        _ if checked.gate.stops(finding) => Weight::Error,
        (Outcome::Missed, Severity::Blocker | Severity::Major | Severity::Minor) => Weight::Warning,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notation::yaml::Limits;
    use crate::report::{Gate, check_text};
    use crate::source::Source;

    #[test]
    fn what_fails_a_build_job_is_an_error_and_nothing_else_that_is_found() {
        let catalog = Catalog::embedded();
        let text = "sysdrill: 1\ncomponents: {web: client, api: {kind: service, replicas: 2}, db: sql_db}\nconnections: [web -> api -> db]\n";
        let errors = |fail_on, min_score| {
            let checked = check_text(Source::new("a", text), catalog, None, &Limits::default());
            let checked = checked.with_gate(Gate { fail_on, min_score });
            let found = checked.assessment.iter().flat_map(|one| &one.findings);
            let stopping = found.filter(|finding| checked.gate.stops(finding)).count();
            let remarks = of_checked(&checked, catalog);
            let errors = remarks
                .iter()
                .filter(|remark| remark.weight == Weight::Error);
            let of_score = |remark: &&Remark| remark.message.contains("at least 100% wanted");
            let low = errors.clone().filter(of_score).count();
            (errors.count() - low, stopping, low)
        };
        assert_eq!(errors(None, None), (0, 0, 0));
        assert_eq!(errors(None, Some(100.0)), (0, 0, 1));
        for least in Severity::ALL {
            let (shown, stopping, _) = errors(Some(*least), None);
            assert_eq!(shown, stopping, "{least:?}");
        }
        assert!(errors(Some(Severity::Major), None).0 > 0);
    }
}
