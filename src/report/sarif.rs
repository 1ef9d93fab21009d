//! The report as SARIF 2.1.0 (OASIS Standard): what code scanning services and editors read.
//!
//! Knows the format's objects and how our words translate to them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::json::text;
use super::summary::SCORE;
use super::{Checked, Region, Reporter, Summary, paths, plain};
use crate::assess::{Finding, Outcome, fingerprint};
use crate::catalog::Catalog;
use crate::model::{Place, Severity};
use crate::rubric::Rule;
use crate::source::{Gravity, Issue};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The name of the folder that paths are relative to; services put the repository's root in its place.
const ROOT: &str = "%SRCROOT%";

/// Related locations of a result at most: what services show.
const RELATED: usize = 100;

/// Writes results as designs come; the rules that they speak of come after them.
#[derive(Debug, Default)]
pub(super) struct Sarif {
    /// What is said of each rule of the catalog.
    described: BTreeMap<String, Value>,
    /// The rules of the results, in the order in which they were met.
    met: Vec<String>,
    notifications: Vec<Value>,
    any: bool,
}

impl Reporter for Sarif {
    fn begin(&mut self, catalog: &Catalog) -> String {
        let rules = catalog.rules.iter();
        self.described = rules
            .map(|rule| (rule.id.clone(), descriptor(rule)))
            .collect();
        let score = self.described.entry(SCORE.to_owned());
        score.or_insert_with(score_descriptor);
        let base =
            json!({ROOT: {"description": {"text": "The folder that the paths are relative to."}}});
        format!(
            "{{\"$schema\": {}, \"version\": \"2.1.0\", \"runs\": [{{\n\
            \"columnKind\": \"unicodeCodePoints\",\n\"originalUriBaseIds\": {},\n\"results\": [",
            text(SCHEMA),
            text(&base)
        )
    }

    fn design(&mut self, checked: &Checked, _: String) -> String {
        let issues = checked.issues.iter();
        self.notifications
            .extend(issues.map(|issue| notification(checked, issue)));
        let inferred = checked.inferred();
        self.notifications
            .extend(inferred.map(|flows| remark(checked, &format!("Not stated: {flows}"))));
        let Some(assessment) = &checked.assessment else {
            return String::new();
        };
        let score = checked.low_score();
        let score = score.map(|said| low_score(checked, &said, self.index(SCORE)));
        let mut results: Vec<Value> = score.into_iter().collect();
        for finding in &assessment.findings {
            let index = self.index(&finding.rule);
            results.push(result(checked, finding, index));
        }
        let mut written = String::new();
        for result in results {
            if std::mem::replace(&mut self.any, true) {
                written.push(',');
            }
            written.push('\n');
            written.push_str(&text(&result));
        }
        written
    }

    fn end(&mut self, summary: &Summary) -> String {
        let rules: Vec<Value> = self
            .met
            .iter()
            .map(|rule| {
                self.described
                    .remove(rule)
                    .unwrap_or_else(|| json!({ "id": rule }))
            })
            .collect();
        let tool = json!({"driver": {
            "name": "sysdrill",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "fullName": env!("CARGO_PKG_DESCRIPTION"),
            "rules": rules,
        }});
        let invocation = json!({
            "executionSuccessful": summary.errors == 0,
            "toolExecutionNotifications": self.notifications,
        });
        format!(
            "\n],\n\"invocations\": [{}],\n\"tool\": {}\n}}]}}\n",
            text(&invocation),
            text(&tool)
        )
    }
}

impl Sarif {
    /// The place of a rule among those that were met.
    fn index(&mut self, rule: &str) -> usize {
        let known = self.met.iter().position(|other| other == rule);
        known.unwrap_or_else(|| {
            self.met.push(rule.to_owned());
            self.met.len() - 1
        })
    }
}

/// A message. Brackets and braces would be links and placeholders (sections 3.11.5 and 3.11.6 of the standard).
fn message(said: &str) -> Value {
    let mut escaped = String::with_capacity(said.len());
    for c in plain::line(said).chars() {
        match c {
            '\\' | '[' | ']' => escaped.push('\\'),
            '{' | '}' => escaped.push(c),
            _ => {}
        }
        escaped.push(c);
    }
    json!({ "text": escaped })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Blocker | Severity::Major => "error",
        Severity::Minor => "warning",
        Severity::Note => "note",
    }
}

/// What is said of a rule.
fn descriptor(rule: &Rule) -> Value {
    let mut help = message(&format!(
        "{} What to do: {} More: sysdrill explain {}",
        rule.why,
        rule.fix.text(),
        rule.id
    ));
    let mut markdown = format!(
        "{}\n\n**What to do:** {}\n\nMore: `sysdrill explain {}`",
        plain::markdown(&rule.why),
        plain::markdown(&rule.fix.text()),
        rule.id
    );
    if let Some(page) = &rule.reference {
        markdown.push_str(&format!(", `sysdrill ref {page}`"));
    }
    if let Value::Object(help) = &mut help {
        help.insert("markdown".to_owned(), json!(markdown));
    }
    let tags: Vec<&str> = [rule.step.word()]
        .into_iter()
        .chain(rule.problem.as_deref())
        .collect();
    json!({
        "id": rule.id,
        "shortDescription": message(&rule.title),
        "fullDescription": message(&rule.why),
        "help": help,
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": {"tags": tags, "severity": rule.severity.word()},
    })
}

/// What is said of a score that is too low, which is no rule's business.
fn score_descriptor() -> Value {
    let help = "What to do: mend what costs most; `sysdrill check FILE --points` shows what each rule earned.";
    json!({
        "id": SCORE,
        "shortDescription": message("The score is below the gate"),
        "fullDescription": message(
            "Designs below a percentage fail here, by --min-score or by min_score in sysdrill.yaml."
        ),
        "help": {"text": help, "markdown": help},
        "defaultConfiguration": {"level": "error"},
    })
}

fn region(region: Region) -> Value {
    json!({
        "startLine": region.start.line,
        "startColumn": region.start.column,
        "endLine": region.end.line,
        "endColumn": region.end.column,
    })
}

/// A spot in the file of a design.
fn physical(checked: &Checked, at: Region) -> Value {
    let uri = paths::uri(&checked.source.name);
    let artifact = if uri.starts_with("file:") {
        json!({ "uri": uri })
    } else {
        json!({"uri": uri, "uriBaseId": ROOT})
    };
    json!({"artifactLocation": artifact, "region": region(at)})
}

fn location(checked: &Checked, place: Place) -> Value {
    physical(checked, checked.region(checked.span(place)))
}

/// A finding. What can't be judged from what is stated is open, which is neither a pass nor a fault.
fn result(checked: &Checked, finding: &Finding, index: usize) -> Value {
    let (kind, level) = match finding.outcome {
        Outcome::Missed => ("fail", level(finding.severity)),
        _ => ("open", "none"),
    };
    let subjects: Vec<Value> = finding
        .subjects
        .iter()
        .map(|subject| json!({"fullyQualifiedName": subject}))
        .collect();
    let mut primary = json!({"physicalLocation": location(checked, finding.place)});
    if let (Value::Object(primary), false) = (&mut primary, subjects.is_empty()) {
        primary.insert("logicalLocations".to_owned(), Value::Array(subjects));
    }
    let evidence = finding.evidence.iter().take(RELATED).enumerate();
    let related: Vec<Value> = evidence
        .map(|(id, (place, name))| {
            json!({"id": id, "physicalLocation": location(checked, *place), "message": message(name)})
        })
        .collect();
    json!({
        "ruleId": finding.rule,
        "ruleIndex": index,
        "kind": kind,
        "level": level,
        "message": message(&finding.message),
        "locations": [primary],
        "relatedLocations": related,
        "partialFingerprints": {"sysdrill/v1": finding.fingerprint()},
        "suppressions": suppressions(finding),
        "properties": {"severity": finding.severity.word(), "step": finding.step.word()},
    })
}

/// A score that is too low. It stays the same result while it rises and falls.
fn low_score(checked: &Checked, said: &str, index: usize) -> Value {
    json!({
        "ruleId": SCORE,
        "ruleIndex": index,
        "kind": "fail",
        "level": "error",
        "message": message(said),
        "locations": [{"physicalLocation": location(checked, Place::Design)}],
        "partialFingerprints": {"sysdrill/v1": fingerprint([SCORE])},
        "suppressions": [],
    })
}

/// Who accepted it, the design or a baseline. An empty list says that a finding is not accepted; without one, nothing would be known.
fn suppressions(finding: &Finding) -> Vec<Value> {
    let kind = if finding.baselined {
        "external"
    } else {
        "inSource"
    };
    let accepted = finding.allowed.iter();
    accepted
        .map(|accepted| {
            let why = plain::line(&accepted.to_string());
            json!({"kind": kind, "status": "accepted", "justification": why})
        })
        .collect()
}

/// Something to know of a design that is neither a finding nor a mistake.
fn remark(checked: &Checked, said: &str) -> Value {
    json!({
        "level": "note",
        "message": message(said),
        "locations": [{"physicalLocation": location(checked, Place::Design)}],
    })
}

/// A mistake in a file.
fn notification(checked: &Checked, issue: &Issue) -> Value {
    let level = match issue.gravity {
        Gravity::Error => "error",
        Gravity::Warning => "warning",
    };
    let help = issue.help.as_ref().map(|help| format!(" (help: {help})"));
    json!({
        "level": level,
        "message": message(&format!("{}{}", issue.message, help.unwrap_or_default())),
        "locations": [{"physicalLocation": physical(checked, checked.region(issue.span))}],
    })
}
