//! What the report shows of a design, its findings and its mistakes; templates see the same.
//!
//! Knows the keys; the inner types can change behind them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::assess::{Assessment, Cap, Finding, Score, round};
use crate::model::Severity;
use crate::report::attacked::{self, AttackView};
use crate::report::computed::{self, AnalysisView};
use crate::report::reviewed::{self, ReviewView};
use crate::report::{Checked, Region, RuleCount, Statistics, Summary};
use crate::source::Issue;

/// A design of the report.
#[derive(Debug, Serialize)]
pub(in crate::report) struct DesignView<'a> {
    path: &'a str,
    problem: Option<&'a str>,
    title: Option<&'a str>,
    author: Option<&'a str>,
    level: &'static str,
    /// The day that allowances with an end were held against, where there are any.
    today: Option<&'a str>,
    score: ScoreView<'a>,
    /// What it fails by, in words.
    failed_by: Vec<String>,
    findings: Vec<FindingView<'a>>,
    strengths: Vec<StrengthView<'a>>,
    warnings: Vec<ErrorView<'a>>,
    analysis: AnalysisView<'a>,
    attacks: Vec<AttackView<'a>>,
    /// What mentors say, where there is any of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reviews: Vec<ReviewView<'a>>,
}

/// The sum of the points.
#[derive(Debug, Serialize)]
pub(in crate::report) struct ScoreView<'a> {
    percent: f64,
    earned: f64,
    possible: f64,
    band: &'static str,
    capped_by: Option<&'a str>,
    cap_reason: Option<String>,
    hints: f64,
    steps: Vec<StepView<'a>>,
}

#[derive(Debug, Serialize)]
struct StepView<'a> {
    step: &'static str,
    earned: f64,
    possible: f64,
    percent: f64,
    rules: Vec<RuleView<'a>>,
}

#[derive(Debug, Serialize)]
struct RuleView<'a> {
    rule: &'a str,
    title: &'a str,
    earned: f64,
    weight: f64,
}

/// A finding with its place.
#[derive(Debug, Serialize)]
pub(in crate::report) struct FindingView<'a> {
    rule: &'a str,
    outcome: &'static str,
    severity: &'static str,
    step: &'static str,
    title: &'a str,
    message: &'a str,
    subjects: &'a [String],
    /// What it is known by from run to run.
    fingerprint: String,
    location: Location,
    evidence: Vec<EvidenceView<'a>>,
    grounds: &'a [String],
    seen: &'a [String],
    missing: &'a [String],
    why: &'a str,
    fix: &'a str,
    /// The attributes that mend it when they are stated at its place.
    change: Option<BTreeMap<&'static str, String>>,
    ask: &'a str,
    reference: Option<&'a str>,
    allowed: Option<&'a str>,
    /// Who accepted it, and the last day on which that holds.
    owner: Option<&'a str>,
    until: Option<&'a str>,
    /// A baseline accepted it, and not the design.
    baselined: bool,
}

#[derive(Debug, Serialize)]
struct EvidenceView<'a> {
    text: &'a str,
    location: Location,
}

#[derive(Debug, Serialize)]
struct StrengthView<'a> {
    rule: &'a str,
    step: &'static str,
    message: &'a str,
    location: Location,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct ErrorView<'a> {
    path: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    location: Location,
}

#[derive(Debug, Serialize)]
struct Location {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct TotalsView {
    designs: usize,
    failed: usize,
    errors: usize,
}

/// What a rule found in all designs.
#[derive(Debug, Serialize)]
pub(in crate::report) struct CountView<'a> {
    rule: &'a str,
    title: &'a str,
    severity: Option<&'static str>,
    missed: usize,
    not_stated: usize,
    allowed: usize,
    designs: usize,
}

/// The statistics as the report shows them; templates see the same.
pub(in crate::report) fn counts(statistics: &Statistics) -> Vec<CountView<'_>> {
    statistics.rows().into_iter().map(counted).collect()
}

fn counted<'a>((rule, count): (&'a str, &'a RuleCount)) -> CountView<'a> {
    CountView {
        rule,
        title: &count.title,
        severity: count.severity.map(Severity::word),
        missed: count.missed,
        not_stated: count.not_stated,
        allowed: count.allowed,
        designs: count.designs,
    }
}

pub(in crate::report) const fn totals(summary: &Summary) -> TotalsView {
    TotalsView {
        designs: summary.designs,
        failed: summary.failed,
        errors: summary.errors,
    }
}

fn location(region: Region) -> Location {
    Location {
        line: region.start.line,
        column: region.start.column,
        end_line: region.end.line,
        end_column: region.end.column,
    }
}

/// A mistake in a file.
pub(in crate::report) fn error<'a>(checked: &'a Checked, issue: &'a Issue) -> ErrorView<'a> {
    ErrorView {
        path: &checked.source.name,
        message: &issue.message,
        help: issue.help.as_deref(),
        location: location(checked.region(issue.span)),
    }
}

/// A design as the report shows it; templates see the same.
pub(in crate::report) fn design<'a>(
    checked: &'a Checked,
    assessment: &'a Assessment,
) -> DesignView<'a> {
    DesignView {
        path: &checked.source.name,
        problem: checked.head.problem.as_deref(),
        title: checked.head.title.as_deref(),
        author: checked.head.author.as_deref(),
        level: assessment.level.word(),
        today: assessment.today.as_deref(),
        score: score(&assessment.score),
        failed_by: checked.objections(),
        findings: assessment
            .findings
            .iter()
            .map(|it| finding(checked, it))
            .collect(),
        strengths: assessment
            .strengths
            .iter()
            .map(|strength| StrengthView {
                rule: &strength.rule,
                step: strength.step.word(),
                message: &strength.message,
                location: location(checked.region(checked.span(strength.place))),
            })
            .collect(),
        warnings: checked
            .issues
            .iter()
            .map(|issue| error(checked, issue))
            .collect(),
        analysis: computed::view(&assessment.analysis),
        attacks: attacked::views(&assessment.attacks),
        reviews: reviewed::views(checked, assessment),
    }
}

/// A score as reports show it.
pub(in crate::report) fn score(score: &Score) -> ScoreView<'_> {
    let steps = score.steps.iter().map(|step| StepView {
        step: step.step.word(),
        earned: step.earned,
        possible: step.possible,
        percent: step.percent(),
        rules: step
            .rules
            .iter()
            .map(|rule| RuleView {
                rule: &rule.rule,
                title: &rule.title,
                earned: round(rule.earned, 2),
                weight: rule.weight,
            })
            .collect(),
    });
    ScoreView {
        percent: score.percent,
        earned: score.earned,
        possible: score.possible,
        band: score.band.word(),
        capped_by: score.cap.as_ref().map(|cap| cap.rule.as_str()),
        cap_reason: score.cap.as_ref().map(Cap::reason),
        hints: score.hints,
        steps: steps.collect(),
    }
}

fn change(finding: &Finding) -> Option<BTreeMap<&'static str, String>> {
    let stated = finding.change.iter();
    let change: BTreeMap<_, _> = stated
        .map(|(attribute, value)| (attribute.row().name, value.shown()))
        .collect();
    (!change.is_empty()).then_some(change)
}

/// A finding as reports show it.
pub(in crate::report) fn finding<'a>(
    checked: &'a Checked,
    finding: &'a Finding,
) -> FindingView<'a> {
    let accepted = finding.allowed.as_ref();
    FindingView {
        rule: &finding.rule,
        outcome: finding.outcome.word(),
        severity: finding.severity.word(),
        step: finding.step.word(),
        title: &finding.title,
        message: &finding.message,
        subjects: &finding.subjects,
        fingerprint: finding.fingerprint(),
        location: location(checked.region(checked.span(finding.place))),
        evidence: finding
            .evidence
            .iter()
            .map(|(place, text)| EvidenceView {
                text,
                location: location(checked.region(checked.span(*place))),
            })
            .collect(),
        grounds: &finding.grounds,
        seen: &finding.seen,
        missing: &finding.missing,
        why: &finding.why,
        fix: &finding.fix,
        change: change(finding),
        ask: &finding.ask,
        reference: finding.reference.as_deref(),
        allowed: accepted.map(|accepted| accepted.reason.as_str()),
        owner: accepted.and_then(|accepted| accepted.owner.as_deref()),
        until: accepted.and_then(|accepted| accepted.until.as_deref()),
        baselined: finding.baselined,
    }
}
