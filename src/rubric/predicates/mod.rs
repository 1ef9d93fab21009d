//! The predicates that conditions are made of: a row and a body each.
//!
//! Knows how each is read; what they ask stands in their own files.

mod backlog;
mod conflict;
mod cut;
mod existence;
mod load;
mod number;
mod path;
mod said;
mod targets;

pub(super) use existence::BESIDE_FEATURES;
pub(super) use number::measure;

use super::comparison::COMPARISON;
use super::condition::Condition;
use super::name::{Name, numbered};
use super::reader::RuleReader;
use super::trace::Trace;
use crate::analysis::Truth;
use crate::model::{Level, spelling};
use crate::notation::yaml::{
    Node, Shape, Term, all_of, flag, list_of, one_or_many, text_of, texts_of,
};

/// A row: the key of a condition, how its value is read, and what it says.
pub struct Predicate {
    /// The key.
    pub name: &'static str,
    /// Reads the value.
    pub read: fn(&Node<'_>, &mut RuleReader<'_>) -> Option<Condition>,
    /// What it says, in a line.
    pub doc: &'static str,
    /// What its value looks like.
    pub shape: Shape,
}

/// Every predicate.
pub const PREDICATES: &[Predicate] = &[
    Predicate {
        name: "all",
        read: all,
        doc: "all of a list of conditions hold",
        shape: Shape::List(&Shape::Of(Term::Condition)),
    },
    Predicate {
        name: "any",
        read: any,
        doc: "one of a list of conditions holds",
        shape: Shape::List(&Shape::Of(Term::Condition)),
    },
    Predicate {
        name: "not",
        read: not,
        doc: "a condition does not hold",
        shape: Shape::Of(Term::Condition),
    },
    Predicate {
        name: "use",
        read: named,
        doc: "a named condition holds",
        shape: Shape::Many(&Shape::Of(Term::NamedCondition)),
    },
    Predicate {
        name: "component",
        read: existence::component,
        doc: "some component matches, or so many do",
        shape: Shape::Of(Term::Selector("component")),
    },
    Predicate {
        name: "connection",
        read: existence::connection,
        doc: "some connection matches, or so many do",
        shape: Shape::Of(Term::Selector("connection")),
    },
    Predicate {
        name: "flow",
        read: existence::flow,
        doc: "some flow matches, or so many do",
        shape: Shape::Of(Term::Selector("flow")),
    },
    Predicate {
        name: "entity",
        read: existence::entity,
        doc: "some table matches, or so many do",
        shape: Shape::Of(Term::Selector("entity")),
    },
    Predicate {
        name: "endpoint",
        read: existence::endpoint,
        doc: "some endpoint matches, or so many do",
        shape: Shape::Of(Term::Selector("endpoint")),
    },
    Predicate {
        name: "decision",
        read: existence::decision,
        doc: "some decision matches, or so many do",
        shape: Shape::Of(Term::Selector("decision")),
    },
    Predicate {
        name: "figure",
        read: existence::figure,
        doc: "some stated figure matches, or so many do",
        shape: Shape::Of(Term::Selector("figure")),
    },
    Predicate {
        name: "allowance",
        read: existence::allowance,
        doc: "some acceptance of a finding matches, or so many do",
        shape: Shape::Of(Term::Selector("allowance")),
    },
    Predicate {
        name: "every",
        read: existence::every,
        doc: "all that match one selector match another",
        shape: Shape::Any,
    },
    Predicate {
        name: "this",
        read: existence::this,
        doc: "the subject bound by `for_each` matches",
        shape: Shape::Any,
    },
    Predicate {
        name: "path",
        read: path::read,
        doc: "there is a way, and what lies on it",
        shape: Shape::Map(path::PATH),
    },
    Predicate {
        name: "text",
        read: said::text,
        doc: "something is said, and not denied",
        shape: Shape::Map(said::TEXT),
    },
    Predicate {
        name: "section",
        read: said::section,
        doc: "how many entries a part has",
        shape: Shape::Map(said::SECTION),
    },
    Predicate {
        name: "estimate",
        read: number::read,
        doc: "a figure is stated, right, plausible, or in proportion",
        shape: Shape::Joined(&[number::ESTIMATE, COMPARISON]),
    },
    Predicate {
        name: "problem",
        read: problem,
        doc: "the design answers a problem, or this one",
        shape: Shape::Text,
    },
    Predicate {
        name: "level",
        read: level,
        doc: "it is judged at one of these levels",
        shape: Shape::Many(&Shape::Of(Term::Level)),
    },
    Predicate {
        name: "conflict",
        read: conflict::read,
        doc: "two parts of the design contradict each other",
        shape: Shape::Word(conflict::WORDS),
    },
    Predicate {
        name: "availability",
        read: targets::availability,
        doc: "the computed availability of a flow meets its target, or a bound",
        shape: Shape::Of(Term::Comparison),
    },
    Predicate {
        name: "latency",
        read: targets::latency,
        doc: "the computed latency of a flow meets its target, or bounds",
        shape: Shape::Either(&[Shape::Text, Shape::Map(targets::LATENCY)]),
    },
    Predicate {
        name: "utilisation",
        read: load::utilisation,
        doc: "how much of their capacity the load asks of components",
        shape: Shape::Joined(&[load::AT, COMPARISON]),
    },
    Predicate {
        name: "saturates_at",
        read: load::saturates_at,
        doc: "the factor of the load at which the first component is saturated",
        shape: Shape::Of(Term::Comparison),
    },
    Predicate {
        name: "cut",
        read: cut::cut,
        doc: "so few losses stop a flow",
        shape: Shape::Map(cut::CUT),
    },
    Predicate {
        name: "backlog",
        read: backlog::backlog,
        doc: "what carries messages is fed faster than it is drained",
        shape: Shape::Either(&[Shape::Word(&[backlog::GROWS]), Shape::Map(load::AT)]),
    },
];

fn several(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Vec<Condition>> {
    let _ = reader.some_of(node);
    let items = list_of(node, reader.issues).iter();
    all_of(items.map(|item| Condition::read(item, reader)))
}

fn all(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    several(node, reader).map(Condition::all)
}

fn any(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    several(node, reader).map(Condition::any)
}

fn not(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    let condition = Condition::read(node, reader)?;
    Some(Condition::new(move |scene, trace| {
        !condition.test(scene, trace)
    }))
}

fn named(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    let names = all_of(one_or_many(node).iter().map(|item| {
        let name = text_of(item, reader.issues)?.to_owned();
        reader.uses_condition(&name, item.span);
        Some(Name::new(name))
    }))?;
    Some(Condition::new(move |scene, trace| {
        let all = &scene.knowledge.conditions;
        let known = names
            .iter()
            .filter_map(|name| name.meaning(|text| numbered(all, |other| other == text)));
        known.fold(Truth::Yes, |truth, (number, condition)| {
            let answer = if trace.is_on() {
                condition.test(scene, trace)
            } else {
                scene.held(*number, || condition.test(scene, trace))
            };
            truth.and(answer)
        })
    }))
}

/// `yes`, `no`, or the slug of a problem.
fn problem(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    let word = text_of(node, reader.issues)?;
    if crate::model::value::yes_no(word).is_some() {
        let wanted = flag(node, reader.issues)?;
        return Some(Condition::new(move |scene, _| {
            Truth::from(scene.subject.design.problem.is_some() == wanted)
        }));
    }
    let slug = word.to_owned();
    reader.uses_problem(&slug, node.span);
    Some(Condition::new(move |scene, _| {
        Truth::from(scene.subject.design.problem.as_ref() == Some(&slug))
    }))
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "a row of a table of readers that may fail"
)]
fn level(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    let levels = levels(node, reader);
    Some(Condition::new(move |scene, _: &mut Trace| {
        Truth::from(levels.contains(&scene.level))
    }))
}

/// Reads a list of levels.
pub fn levels(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Vec<Level> {
    let known: Vec<&str> = Level::ALL.iter().map(|level| level.word()).collect();
    let mut levels = Vec::new();
    let _ = reader.some_of(node);
    for word in texts_of(node, reader.issues) {
        match Level::from_word(&word) {
            Some(level) => levels.push(level),
            None => reader.issues.error(
                node.span,
                format!("unknown level `{word}`"),
                spelling::did_you_mean(&word, &known),
            ),
        }
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_predicates_share_a_name_and_all_are_documented() {
        let mut names: Vec<&str> = PREDICATES.iter().map(|row| row.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), PREDICATES.len());
        let docs = include_str!("../../../docs/rule-language.md");
        for row in PREDICATES {
            assert!(
                docs.contains(&format!("`{}", row.name)),
                "{} is not in docs/rule-language.md",
                row.name
            );
            assert!(!row.doc.is_empty());
        }
    }
}
