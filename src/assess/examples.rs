//! The examples of rules, run: what a rule lets pass, what it finds, what it leaves open.
//!
//! Knows rule files by their shape; opens none.

use super::{Outcome, ask};
use crate::catalog::Catalog;
use crate::notation::design::read_fragment;
use crate::notation::yaml::{self, Limits, Node};
use crate::source::{Issue, Issues, Source, Span};

/// An example that did not do what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleFailure {
    /// The rule.
    pub rule: String,
    /// Where the example stands in the rule's file.
    pub span: Span,
    /// `passes`, `fails` or `unstated`.
    pub wanted: &'static str,
    /// What the engine saw.
    pub saw: Vec<String>,
}

/// What came of the examples of a file.
#[derive(Debug, Default)]
pub struct ExampleRun {
    /// How many examples ran.
    pub run: usize,
    /// Those that failed.
    pub failures: Vec<ExampleFailure>,
    /// Mistakes in the examples themselves.
    pub issues: Vec<Issue>,
}

/// Runs every example of a rule file.
#[must_use]
pub fn run_examples(source: &Source, catalog: &Catalog) -> ExampleRun {
    let mut issues = Issues::default();
    let mut all = ExampleRun::default();
    let limits = Limits {
        bytes: 8 << 20,
        nodes: 1_000_000,
        ..Limits::default()
    };
    let Some(file) = yaml::parse(&source.text, &limits, &mut issues) else {
        return all;
    };
    for rule in value(&file, "rules")
        .map(yaml::one_or_many)
        .unwrap_or_default()
    {
        let Some(id) = value(rule, "id").and_then(Node::text) else {
            continue;
        };
        let Some(tests) = value(rule, "tests") else {
            continue;
        };
        for wanted in ["passes", "fails", "unstated"] {
            for example in value(tests, wanted)
                .map(yaml::one_or_many)
                .unwrap_or_default()
            {
                all.run += 1;
                run_one(id, wanted, example, catalog, &mut all);
            }
        }
    }
    all
}

fn value<'n, 't>(node: &'n Node<'t>, key: &str) -> Option<&'n Node<'t>> {
    node.entries()
        .iter()
        .find(|(name, _)| name.text() == Some(key))
        .map(|(_, value)| value)
}

fn run_one(
    id: &str,
    wanted: &'static str,
    example: &Node<'_>,
    catalog: &Catalog,
    all: &mut ExampleRun,
) {
    let mut reading = read_fragment(example, &catalog.knowledge.vocabulary);
    let Some(rule) = catalog.rule(id) else { return };
    if reading.design.problem.is_none() {
        reading.design.problem.clone_from(&rule.problem);
    }
    let errors = reading
        .issues
        .iter()
        .filter(|issue| issue.gravity == crate::source::Gravity::Error);
    let errors: Vec<Issue> = errors.cloned().collect();
    if !errors.is_empty() {
        all.issues.extend(errors);
        return;
    }
    let level = rule.levels.first().copied();
    let outcomes = ask(&reading.design, catalog, level, |asked| {
        asked.outcomes(rule)
    });
    let has = |outcome: Outcome| outcomes.iter().any(|(other, _)| *other == outcome);
    let right = match wanted {
        "passes" => !has(Outcome::Missed) && !has(Outcome::NotStated),
        "fails" => has(Outcome::Missed),
        _ => has(Outcome::NotStated) && !has(Outcome::Missed),
    };
    if !right {
        let saw = outcomes
            .into_iter()
            .map(|(outcome, message)| format!("{}: {message}", outcome.word()))
            .collect();
        all.failures.push(ExampleFailure {
            rule: id.to_owned(),
            span: example.span,
            wanted,
            saw,
        });
    }
}
