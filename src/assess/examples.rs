//! The examples of rules, run: what a rule lets pass, what it finds, what it leaves open, and whether its change mends it.
//!
//! Knows rule files by their shape; opens none.

use super::{Asked, Finding, Outcome, ask};
use crate::catalog::Catalog;
use crate::model::{Design, Level};
use crate::notation::design::read_fragment;
use crate::notation::yaml::{self, Limits, Node};
use crate::rubric::Rule;
use crate::source::{Gravity, Issue, Issues, Source, Span};

/// A design in the file of a rule, with what the rule is to say of it.
#[derive(Clone, Debug)]
pub struct Example {
    /// The rule.
    pub rule: String,
    /// `passes`, `fails` or `unstated`.
    pub wanted: &'static str,
    /// The design, of the rule's problem.
    pub design: Design,
    /// Where it stands in the rule's file.
    pub span: Span,
}

/// An example that did not do what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleFailure {
    /// The rule.
    pub rule: String,
    /// Where the example stands in the rule's file.
    pub span: Span,
    /// What it stands for: `passes`, `fails`, `unstated`, or `change`, which is to mend what fails.
    pub wanted: &'static str,
    /// What the rule does with it and why, in words.
    pub saw: Vec<String>,
}

impl ExampleFailure {
    /// What is wrong, in words.
    #[must_use]
    pub fn message(&self) -> String {
        match self.wanted {
            CHANGE => format!("{}: its `change` does not mend this example", self.rule),
            wanted => format!("{}: an example under `{wanted}` does otherwise", self.rule),
        }
    }
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

/// What a failing example stands for beside that, where its rule has a change.
const CHANGE: &str = "change";

/// The designs that are mended after so many changes are: one for each subject that a rule found.
const CHANGES: usize = 32;

/// A file of rules or concepts as a tree; its mistakes were told when it was loaded.
pub(super) fn parsed(source: &Source) -> Option<Node<'_>> {
    let limits = Limits {
        bytes: 8 << 20,
        nodes: 1_000_000,
        ..Limits::default()
    };
    yaml::parse(&source.text, &limits, &mut Issues::default())
}

/// Every example of a rule file, with the mistakes in those that are left out for them.
#[must_use]
pub fn examples(source: &Source, catalog: &Catalog) -> (Vec<Example>, Vec<Vec<Issue>>) {
    let mut found = Vec::new();
    let mut mistakes = Vec::new();
    let Some(file) = parsed(source) else {
        return (found, mistakes);
    };
    for node in value(&file, "rules")
        .map(yaml::one_or_many)
        .unwrap_or_default()
    {
        let rule = value(node, "id")
            .and_then(Node::text)
            .and_then(|id| catalog.rule(id));
        let (Some(rule), Some(tests)) = (rule, value(node, "tests")) else {
            continue;
        };
        for wanted in ["passes", "fails", "unstated"] {
            let nodes = value(tests, wanted).map(yaml::one_or_many);
            for node in nodes.unwrap_or_default() {
                match example(rule, wanted, node, catalog) {
                    Ok(example) => found.push(example),
                    Err(issues) => mistakes.push(issues),
                }
            }
        }
    }
    (found, mistakes)
}

pub(super) fn value<'n, 't>(node: &'n Node<'t>, key: &str) -> Option<&'n Node<'t>> {
    node.entries()
        .iter()
        .find(|(name, _)| name.text() == Some(key))
        .map(|(_, value)| value)
}

fn example(
    rule: &Rule,
    wanted: &'static str,
    node: &Node<'_>,
    catalog: &Catalog,
) -> Result<Example, Vec<Issue>> {
    let reading = read_fragment(node, &catalog.knowledge.vocabulary);
    let issues = reading.issues.into_iter();
    let errors: Vec<Issue> = issues
        .filter(|issue| issue.gravity == Gravity::Error)
        .collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut design = reading.design;
    if design.problem.is_none() {
        design.problem.clone_from(&rule.problem);
    }
    Ok(Example {
        rule: rule.id.clone(),
        wanted,
        design,
        span: node.span,
    })
}

/// Runs every example of a rule file.
#[must_use]
pub fn run_examples(source: &Source, catalog: &Catalog) -> ExampleRun {
    let (examples, broken) = examples(source, catalog);
    let mut all = ExampleRun {
        run: examples.len() + broken.len(),
        issues: broken.into_iter().flatten().collect(),
        ..ExampleRun::default()
    };
    for example in &examples {
        if let Some(rule) = catalog.rule(&example.rule) {
            all.failures.extend(failure(example, rule, catalog));
        }
    }
    all
}

/// The level that an example is judged at: its own, or that of designs which name none, or the first that the rule is asked of.
fn level(design: &Design, rule: &Rule) -> Option<Level> {
    let usual = Some(Level::default()).filter(|usual| rule.levels.contains(usual));
    let of_rule = usual.or_else(|| rule.levels.first().copied());
    design.level.or(of_rule)
}

/// What is wrong with an example.
fn failure(example: &Example, rule: &Rule, catalog: &Catalog) -> Option<ExampleFailure> {
    let level = level(&example.design, rule);
    let outcomes = |design: &Design| ask(design, catalog, level, |asked| asked.outcomes(rule));
    let failure = |wanted, design: &Design| ExampleFailure {
        rule: rule.id.clone(),
        span: example.span,
        wanted,
        saw: ask(design, catalog, level, |asked| asked.account(rule)),
    };
    if !does(&outcomes(&example.design), example.wanted) {
        return Some(failure(example.wanted, &example.design));
    }
    if example.wanted != "fails" || rule.change.is_empty() {
        return None;
    }
    let mended = mended(example.design.clone(), rule, catalog);
    let is_missed = outcomes(&mended).contains(&Outcome::Missed);
    is_missed.then(|| failure(CHANGE, &mended))
}

/// Whether what a rule says of an example is what the example stands for.
fn does(outcomes: &[Outcome], wanted: &str) -> bool {
    let has = |outcome: Outcome| outcomes.contains(&outcome);
    match wanted {
        "passes" => !has(Outcome::Missed) && !has(Outcome::NotStated),
        "fails" => has(Outcome::Missed),
        _ => has(Outcome::NotStated) && !has(Outcome::Missed),
    }
}

/// A design with the change of a rule made to all that the rule finds, one after the other.
#[must_use]
pub fn mended(mut design: Design, rule: &Rule, catalog: &Catalog) -> Design {
    let level = level(&design, rule);
    for _ in 0..CHANGES {
        let found = ask(&design, catalog, level, |asked: &Asked<'_>| {
            asked.found(rule)
        });
        let change = |finding: &Finding| finding.mended(&design).filter(|other| *other != design);
        match found.iter().find_map(change) {
            Some(changed) => design = changed,
            None => break,
        }
    }
    design
}
