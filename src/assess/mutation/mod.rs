//! Good designs, broken one change at a time: what no rule notices is a gap in the rubric.
//!
//! Knows how a design is broken and how its judgement changed; which rule should notice is for people to say.

mod graph;
mod words;

use std::collections::BTreeSet;

use super::{Finding, Outcome, ask};
use crate::catalog::Catalog;
use crate::model::{Design, Level, Vocabulary};

/// What an operator did to a design.
#[derive(Clone, Debug, PartialEq)]
pub struct Broken {
    /// What was broken: a component, `from -> to`, a figure, a topic.
    pub subject: String,
    /// The design with the change.
    pub design: Design,
}

/// A way of breaking a design.
pub struct Operator {
    /// Its name.
    pub name: &'static str,
    /// What it does, in a few words.
    pub doc: &'static str,
    /// Every single change of this kind that a design allows.
    pub apply: fn(&Design, &Vocabulary) -> Vec<Broken>,
}

macro_rules! operators {
    ($($name:literal $apply:path, $doc:literal;)+) => {
        /// Every operator.
        pub const OPERATORS: &[Operator] =
            &[$(Operator { name: $name, doc: $doc, apply: $apply }),+];
    };
}

operators! {
    "drop-component" graph::drop_component, "a component is taken out with its connections";
    "cut-connection" graph::cut_connection, "a connection is taken out";
    "one-replica" graph::one_replica, "a component has one instance in one zone";
    "one-zone" graph::one_zone, "all stands in one zone";
    "no-failover" graph::no_failover, "nothing takes over when a leader fails";
    "wait-for-it" graph::wait_for_it, "what nobody waited for is waited for";
    "cache-behind-store" graph::cache_behind_store, "the cache stands behind the store that it should spare";
    "no-expiry" graph::no_expiry, "entries of a cache live for ever, and are never dropped";
    "other-family" graph::other_family, "a store is one of another family";
    "no-timeout" graph::no_timeout, "a caller waits without limit";
    "wild-retries" graph::wild_retries, "a caller tries ten times what must not be done twice";
    "dead-letters-dropped" graph::no_dead_letters, "messages that fail have nowhere to go";
    "no-limit" graph::no_limit, "nothing limits callers";
    "hundredfold-load" graph::hundredfold_load, "a journey comes a hundred times as often";
    "coarse-partition" words::coarse_partition, "data is partitioned by a field of a few values";
    "estimate-off" words::estimate_off, "an estimate is a hundred times too large";
    "estimate-dropped" words::estimate_dropped, "an estimate is left out";
    "answer-dropped" words::answer_dropped, "an answer is left out";
    "decision-dropped" words::decision_dropped, "a decision is left out";
    "reason-dropped" words::reason_dropped, "a decision has no reason and no alternative";
    "requirement-dropped" words::requirement_dropped, "a requirement is left out";
    "target-dropped" words::target_dropped, "a journey has no targets";
    "endpoint-dropped" words::endpoint_dropped, "an operation of the interface is left out";
    "table-dropped" words::table_dropped, "a table is left out";
}

/// A mutant for each entry of a list that has a name: `change` changes a copy of the design at the entry's position.
fn each<T>(
    design: &Design,
    list: &[T],
    name: impl Fn(&T) -> Option<String>,
    change: impl Fn(&mut Design, usize),
) -> Vec<Broken> {
    let entries = list.iter().enumerate();
    entries
        .filter_map(|(at, entry)| {
            let subject = name(entry)?;
            let mut design = design.clone();
            change(&mut design, at);
            Some(Broken { subject, design })
        })
        .collect()
}

/// A mutant and who noticed it.
#[derive(Clone, Debug, PartialEq)]
pub struct Mutant {
    /// The operator.
    pub operator: &'static str,
    /// What was broken.
    pub subject: String,
    /// The rules with a finding that the whole design does not draw, each once, in order.
    pub noticed_by: Vec<String>,
    /// How far the score fell, in points of a hundred; below zero where it rose.
    pub fell: f64,
}

impl Mutant {
    /// The words that name the mutant in a list of equivalents: `operator subject`.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{} {}", self.operator, self.subject)
    }

    /// A rule complains that did not complain before.
    #[must_use]
    pub fn is_noticed(&self) -> bool {
        !self.noticed_by.is_empty()
    }
}

/// Breaks a design in every way, and judges each of the broken ones.
#[must_use]
pub fn mutants(design: &Design, catalog: &Catalog, level: Option<Level>) -> Vec<Mutant> {
    let (whole, score) = judged(design, catalog, level);
    OPERATORS
        .iter()
        .flat_map(|operator| {
            let broken = (operator.apply)(design, &catalog.knowledge.vocabulary);
            broken.into_iter().map(move |broken| (operator, broken))
        })
        .map(|(operator, broken)| {
            let (found, after) = judged(&broken.design, catalog, level);
            let new = found.difference(&whole).map(|(rule, ..)| rule.clone());
            let noticed_by: BTreeSet<String> = new.collect();
            Mutant {
                operator: operator.name,
                subject: broken.subject,
                noticed_by: noticed_by.into_iter().collect(),
                fell: score - after,
            }
        })
        .collect()
}

/// Findings as what tells one from another: rule, subjects, whether it was missed.
type Found = BTreeSet<(String, Vec<String>, bool)>;

fn judged(design: &Design, catalog: &Catalog, level: Option<Level>) -> (Found, f64) {
    ask(design, catalog, level, |asked| {
        let verdict = asked.verdict();
        let known = |finding: Finding| {
            (
                finding.rule,
                finding.subjects,
                finding.outcome == Outcome::Missed,
            )
        };
        (
            verdict.findings.into_iter().map(known).collect(),
            verdict.score.percent,
        )
    })
}
