//! The report as JUnit XML, which nearly every build server shows: a design is a suite, each rule that applies to it a test.
//!
//! Knows the elements, as the schema of Jenkins' xUnit plug-in has them. A test fails where its finding fails the design, so
//! that a build server and the exit code agree.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::summary::wanted;
use super::{Checked, Gate, Reporter, Summary, plain, templates};
use crate::assess::{Assessment, Finding, Outcome};
use crate::catalog::Catalog;
use crate::source::Gravity;

/// Writes a suite for each design.
#[derive(Debug, Default)]
pub(super) struct JUnit;

/// The suite of a design.
pub(super) fn draft(checked: &Checked) -> String {
    let mut cases = errors(checked);
    if let Some(assessment) = &checked.assessment {
        cases.extend(score(checked.gate, assessment));
        let found = by_rule(assessment);
        let found_by = |rule: &str| found.get(rule).map(Vec::as_slice).unwrap_or_default();
        let rules = rules(assessment).into_iter();
        cases.extend(rules.map(|name| rule(checked, found_by(name), name)));
    }
    let mut suite = Suite::of(&checked.source.name, cases);
    let inferred = checked.inferred();
    suite.remark = inferred.map(|flows| format!("Not stated: {flows}"));
    templates::markup("junit.xml.hbs", &suite)
}

impl Reporter for JUnit {
    fn begin(&mut self, _: &Catalog) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"sysdrill\">\n".to_owned()
    }

    fn design(&mut self, _: &Checked, suite: String) -> String {
        suite
    }

    fn end(&mut self, _: &Summary) -> String {
        "</testsuites>\n".to_owned()
    }
}

#[derive(Debug, Serialize)]
struct Suite<'a> {
    path: &'a str,
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
    cases: Vec<Case<'a>>,
    remark: Option<String>,
}

impl<'a> Suite<'a> {
    fn of(path: &'a str, cases: Vec<Case<'a>>) -> Self {
        let count = |of: fn(&Case<'_>) -> bool| cases.iter().filter(|case| of(case)).count();
        Self {
            path,
            tests: cases.len(),
            failures: count(|case| case.failure.is_some()),
            errors: count(|case| case.error.is_some()),
            skipped: count(|case| case.skipped.is_some()),
            cases,
            remark: None,
        }
    }
}

/// A test. It passes where it neither fails nor errs nor is skipped; what is less grave than the threshold is a remark.
#[derive(Debug, Default, Serialize)]
struct Case<'a> {
    name: &'a str,
    failure: Option<Outcry>,
    error: Option<Outcry>,
    skipped: Option<Outcry>,
    remark: Option<String>,
}

/// Why a test did not pass.
#[derive(Debug, Serialize)]
struct Outcry {
    sort: &'static str,
    message: String,
    text: String,
}

/// Why a file could not be checked, or what is odd in it.
fn errors(checked: &Checked) -> Vec<Case<'static>> {
    let mut texts = Vec::new();
    let mut first = None;
    for issue in &checked.issues {
        let at = checked.region(issue.span).start;
        let help = issue.help.as_ref();
        let help = help
            .map(|help| format!("\nhelp: {help}"))
            .unwrap_or_default();
        texts.push(format!(
            "line {}, column {}: {}{help}",
            at.line, at.column, issue.message
        ));
        if issue.gravity == Gravity::Error && first.is_none() {
            first = Some(issue.message.clone());
        }
    }
    if texts.is_empty() {
        return Vec::new();
    }
    let text = texts.join("\n");
    let mut case = Case {
        name: "readable",
        ..Case::default()
    };
    match first {
        Some(message) => {
            case.error = Some(Outcry {
                sort: "unreadable",
                message: plain::line(&message),
                text,
            });
        }
        None => case.remark = Some(text),
    }
    vec![case]
}

/// The findings of each rule, in their order.
fn by_rule(assessment: &Assessment) -> BTreeMap<&str, Vec<&Finding>> {
    let mut found: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in &assessment.findings {
        found.entry(&finding.rule).or_default().push(finding);
    }
    found
}

/// The rules that apply, in the order of the steps, then those of which only open questions are known; each once.
fn rules(assessment: &Assessment) -> Vec<&str> {
    let steps = assessment.score.steps.iter();
    let scored = steps.flat_map(|step| &step.rules).map(|rule| &rule.rule);
    let found = assessment.findings.iter().map(|finding| &finding.rule);
    let mut told = BTreeSet::new();
    let all = scored.chain(found).map(String::as_str);
    all.filter(|rule| told.insert(*rule)).collect()
}

/// The score against the gate, where there is one.
fn score(gate: Gate, assessment: &Assessment) -> Option<Case<'static>> {
    let least = gate.min_score?;
    let score = &assessment.score;
    let said = wanted(score, least);
    let mut case = Case {
        name: "score",
        ..Case::default()
    };
    if gate.is_missed_by(score) {
        case.failure = Some(Outcry {
            sort: "score",
            message: said,
            text: String::new(),
        });
    } else {
        case.remark = Some(said);
    }
    Some(case)
}

/// What a rule says of a design, given what it found.
fn rule<'a>(checked: &Checked, found: &[&Finding], rule: &'a str) -> Case<'a> {
    let mut case = Case {
        name: rule,
        ..Case::default()
    };
    let failing: Vec<&Finding> = found
        .iter()
        .copied()
        .filter(|finding| checked.gate.stops(finding))
        .collect();
    let remarked: Vec<&Finding> = found
        .iter()
        .copied()
        .filter(|finding| finding.outcome == Outcome::Missed && finding.allowed.is_none())
        .collect();
    if let Some(first) = failing.first() {
        case.failure = Some(Outcry {
            sort: first.severity.word(),
            message: plain::line(&first.message),
            text: explained(checked, found),
        });
    } else if !remarked.is_empty() {
        case.remark = Some(explained(checked, found));
    } else if let Some(first) = found.first() {
        let (sort, message) = match &first.allowed {
            Some(accepted) => ("accepted", format!("accepted: {accepted}")),
            None => ("not_stated", first.message.clone()),
        };
        case.skipped = Some(Outcry {
            sort,
            message: plain::line(&message),
            text: explained(checked, found),
        });
    }
    case
}

/// Findings with their places, reasons and cures.
fn explained(checked: &Checked, findings: &[&Finding]) -> String {
    let texts: Vec<String> = findings
        .iter()
        .map(|finding| paragraph(checked, finding))
        .collect();
    texts.join("\n\n")
}

fn paragraph(checked: &Checked, finding: &Finding) -> String {
    let at = checked.region(checked.span(finding.place)).start;
    let mut lines = vec![format!(
        "{}:{}:{}: {}: {}",
        checked.source.name, at.line, at.column, finding.severity, finding.message
    )];
    for (word, texts) in [("given", &finding.grounds), ("because", &finding.seen)] {
        if !texts.is_empty() {
            lines.push(format!("{word}: {}", texts.join("; ")));
        }
    }
    lines.push(format!("why: {}", finding.why));
    lines.push(format!("help: {}", finding.fix));
    lines.extend(
        finding
            .reference
            .iter()
            .map(|page| format!("read: sysdrill ref {page}")),
    );
    lines.extend(
        finding
            .allowed
            .iter()
            .map(|accepted| format!("accepted: {accepted}")),
    );
    let lines: Vec<String> = lines.iter().map(|line| plain::line(line)).collect();
    lines.join("\n")
}
