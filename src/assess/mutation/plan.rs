//! Which breaks an expert calls worse, and what is not said of a thing that is missing.
//!
//! Knows the shape of the file; its conditions are those of rules.

use std::collections::BTreeMap;

use super::{OPERATORS, Operator, Over};
use crate::model::spelling;
use crate::notation::yaml::{self, Fields, Key, Limits, Node, Shape};
use crate::rubric::{Condition, Knowledge, RuleReader, Selector, UseSite};
use crate::source::Issues;

/// Where the file stands.
pub const PLAN: &str = "rubrics/mutation.yaml";

/// The keys of the file.
pub const PLAN_FILE: &[Key] = &[Key::new(
    "mutation",
    Shape::List(&Shape::Map(KEYS)),
    "How good designs are broken to test the rules.",
)];

const KEYS: &[Key] = &[
    Key::needed("operator", Shape::Text, "The way of breaking designs."),
    Key::new(
        "worse",
        Shape::Any,
        "Where an expert calls that worse: a selector of what is broken, or a condition on the design.",
    ),
    Key::new(
        "where",
        Shape::Any,
        "Of a break of single things, a condition with the thing bound that must not fail there: what only computing tells.",
    ),
    Key::new(
        "silences",
        Shape::Many(&Shape::Text),
        "Concepts that are not said of what is missing.",
    ),
    Key::needed(
        "because",
        Shape::Text,
        "Why it is worse there, and not elsewhere.",
    ),
];

/// What is known of all operators.
#[derive(Debug, Default)]
pub struct Plan(BTreeMap<String, Practice>);

/// What is known of an operator.
#[derive(Debug, Default)]
pub struct Practice {
    /// The subjects of which the break is worse; all where nothing is said.
    pub subjects: Option<Selector>,
    /// The designs for which it is worse, of a break of the whole; of a break of single things, what must not fail, with
    /// the thing bound.
    pub designs: Option<Condition>,
    /// Concepts that are not said of what is missing.
    pub silences: Vec<String>,
}

static PLAIN: Practice = Practice {
    subjects: None,
    designs: None,
    silences: Vec::new(),
};

impl Plan {
    /// What is known of an operator.
    #[must_use]
    pub fn of(&self, operator: &str) -> &Practice {
        self.0.get(operator).unwrap_or(&PLAIN)
    }

    /// Reads the file. Complains of operators and concepts that there are not.
    #[must_use]
    pub fn read(text: &str, knowledge: &Knowledge, issues: &mut Issues) -> Self {
        let Some(node) = yaml::parse(text, &Limits::default(), issues) else {
            return Self::default();
        };
        let mut plan = Self::default();
        let Some(fields) = Fields::of(&node, "a plan of mutants", issues) else {
            return plan;
        };
        fields.known(PLAN_FILE, issues);
        for entry in fields.list("mutation", issues) {
            let Some((name, practice)) = practice(entry, knowledge, issues) else {
                continue;
            };
            if plan.0.contains_key(&name) {
                let help = "say all of it in one entry".to_owned();
                issues.error(entry.span, format!("`{name}` stands twice"), help);
            }
            plan.0.insert(name, practice);
        }
        plan
    }
}

fn practice(
    node: &Node<'_>,
    knowledge: &Knowledge,
    issues: &mut Issues,
) -> Option<(String, Practice)> {
    let fields = Fields::of(node, "an operator", issues)?;
    fields.known(KEYS, issues);
    let because = fields.required("because", issues);
    let name = fields.required("operator", issues);
    let operator = name
        .as_deref()
        .and_then(|name| operator(&fields, name, issues));
    let mut practice = Practice {
        silences: fields.texts("silences", issues),
        ..Practice::default()
    };
    let mut reader = RuleReader::new(&knowledge.vocabulary, issues, true);
    let each = operator.and_then(|operator| match operator.over {
        Over::Each(noun, _) => Some(noun),
        _ => None,
    });
    let (worse, also) = (fields.get("worse"), fields.get("where"));
    if let (Some(node), Some(noun)) = (worse, each) {
        practice.subjects = Selector::read(noun, node, &mut reader);
    }
    let condition = if each.is_some() { also } else { worse };
    if let Some(node) = condition.filter(|_| operator.is_some()) {
        practice.designs = Condition::read(node, &mut reader);
    }
    if let Some(node) = also.filter(|_| operator.is_some() && each.is_none()) {
        let help = "say it under `worse`, which is a condition there".to_owned();
        let message = "`where` is of breaks of single things".to_owned();
        reader.issues.error(node.span, message, help);
    }
    let used = std::mem::take(&mut reader.names.uses);
    let asked = used.into_iter().filter_map(|(site, span)| match site {
        UseSite::Concept(concept) => Some((concept, span)),
        _ => None,
    });
    let span = fields.get("silences").map_or(fields.span, |node| node.span);
    let silenced = practice
        .silences
        .iter()
        .map(|concept| (concept.clone(), span));
    for (concept, span) in asked.chain(silenced) {
        if !knowledge.concepts.0.contains_key(&concept) {
            let help = "name a concept that there is".to_owned();
            issues.error(span, format!("unknown concept `{concept}`"), help);
        }
    }
    because
        .and(operator)
        .map(|operator| (operator.name.to_owned(), practice))
}

/// The operator of a name; complains where there is none.
fn operator(fields: &Fields<'_, '_>, name: &str, issues: &mut Issues) -> Option<&'static Operator> {
    let operator = OPERATORS.iter().find(|operator| operator.name == name);
    if operator.is_none() {
        let known: Vec<&str> = OPERATORS.iter().map(|operator| operator.name).collect();
        let span = fields.get("operator").map_or(fields.span, |node| node.span);
        let help = spelling::did_you_mean(name, &known);
        issues.error(span, format!("unknown operator `{name}`"), help);
    }
    operator
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_complains_of_operators_and_concepts_that_there_are_not() {
        let text = "mutation:\n  - {operator: no-timeouts, because: it waits}\n  - operator: one-zone\n    silences: [nothing-known]\n    because: it falls\n    worse: {flows: {}}\n  - {operator: no-limit, because: it floods, where: {section: {name: api}}}\n";
        let mut issues = Issues::default();
        let plan = Plan::read(text, &Knowledge::default(), &mut issues);
        let told: Vec<String> = issues
            .into_sorted()
            .into_iter()
            .map(|issue| issue.message)
            .collect();
        assert_eq!(
            told,
            [
                "unknown operator `no-timeouts`",
                "unknown concept `nothing-known`",
                "unknown condition `flows`",
                "`where` is of breaks of single things",
            ]
        );
        assert!(plan.of("no-timeout").silences.is_empty());
    }
}
