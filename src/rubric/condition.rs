//! Conditions: a map of predicates that all hold, a list of conditions that all hold, and their composition.
//!
//! Knows composition; each predicate stands in the table.

use super::features;
use super::noun::Noun;
use super::predicates::{self, PREDICATES};
use super::reader::RuleReader;
use super::scene::Scene;
use super::trace::Trace;
use crate::analysis::Truth;
use crate::model::spelling;
use crate::notation::yaml::{Content, Fields, Node, all_of};

/// A question about a design.
pub struct Condition(Ask);

type Ask = Box<dyn Fn(&Scene<'_>, &mut Trace) -> Truth + Send + Sync>;

impl std::fmt::Debug for Condition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a condition")
    }
}

impl Condition {
    /// A condition that asks what a function answers.
    pub fn new(ask: impl Fn(&Scene<'_>, &mut Trace) -> Truth + Send + Sync + 'static) -> Self {
        Self(Box::new(ask))
    }

    /// The answer, and on the way what was seen.
    pub fn test(&self, scene: &Scene<'_>, trace: &mut Trace) -> Truth {
        (self.0)(scene, trace)
    }

    /// Reads a condition.
    pub fn read(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Self> {
        reader.check_levels(node);
        if let Content::List(items) = &node.content {
            let conditions = items.iter().map(|item| Self::read(item, reader));
            return all_of(conditions).map(Self::all);
        }
        if let Some(text) = node.text() {
            let help =
                format!("write `{{use: {text}}}` for a named condition, or a key and what it asks");
            reader
                .issues
                .error(node.span, "a text in place of a condition", help);
            return None;
        }
        let fields = Fields::of(node, "a condition", reader.issues)?;
        if fields.entries().is_empty() {
            reader.issues.error(
                node.span,
                "an empty condition",
                "remove it, or say what has to hold".to_owned(),
            );
            return None;
        }
        let entries = fields.entries().iter();
        all_of(entries.map(|(key, value)| predicate(key, value, reader))).map(Self::all)
    }

    /// All of them hold.
    #[must_use]
    pub fn all(mut conditions: Vec<Self>) -> Self {
        if conditions.len() == 1
            && let Some(only) = conditions.pop()
        {
            return only;
        }
        Self::new(move |scene, trace| {
            let mut truth = Truth::Yes;
            if !trace.is_on() {
                return silently(&conditions, scene, Truth::Yes, Truth::and);
            }
            for condition in &conditions {
                let mut part = trace.fork();
                let answer = condition.test(scene, &mut part);
                if answer.is_no() && !truth.is_no() {
                    // What decides the answer is what is worth telling.
                    *trace = part;
                    return Truth::No;
                }
                truth = truth.and(answer);
                trace.join(part);
            }
            truth
        })
    }

    /// One of them holds.
    #[must_use]
    pub fn any(conditions: Vec<Self>) -> Self {
        Self::new(move |scene, trace| {
            let mut truth = Truth::No;
            if !trace.is_on() {
                return silently(&conditions, scene, Truth::No, Truth::or);
            }
            for condition in &conditions {
                let mut part = trace.fork();
                let answer = condition.test(scene, &mut part);
                if answer.is_yes() {
                    *trace = part;
                    return Truth::Yes;
                }
                truth = truth.or(answer);
                trace.join(part);
            }
            truth
        })
    }
}

/// What a key of a condition asks.
fn predicate(key: &Node<'_>, value: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    let name = key.text().unwrap_or_default();
    let Some(row) = PREDICATES.iter().find(|row| row.name == name) else {
        let help = in_a_selector(name).unwrap_or_else(|| {
            let known: Vec<&str> = PREDICATES.iter().map(|row| row.name).collect();
            spelling::one_of(name, &known)
        });
        reader
            .issues
            .error(key.span, format!("unknown condition `{name}`"), help);
        return None;
    };
    (row.read)(value, reader)
}

/// What to write for a key that stands beside a selector and belongs into it.
fn in_a_selector(name: &str) -> Option<String> {
    let knows = |noun: &&Noun| features::names(**noun).contains(&name);
    let noun = if predicates::BESIDE_FEATURES.contains(&name) {
        Noun::ALL.first()
    } else {
        Noun::ALL.iter().find(knows)
    };
    let noun = noun?.word();
    Some(format!(
        "it stands inside of a selector: `{noun}: {{..., {name}: ...}}`"
    ))
}

/// The answer of several together, `start` where there are none; for when nobody asks what was seen.
fn silently(
    conditions: &[Condition],
    scene: &Scene<'_>,
    start: Truth,
    join: fn(Truth, Truth) -> Truth,
) -> Truth {
    let mut trace = Trace::off();
    let mut truth = start;
    for condition in conditions {
        truth = join(truth, condition.test(scene, &mut trace));
        if truth == !start {
            break;
        }
    }
    truth
}
