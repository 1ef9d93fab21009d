//! Good designs, broken one change at a time: what no rule notices is a gap in the rubric.
//!
//! Knows how a design is broken and how its judgement changed; which breaks an expert calls worse is data ([`Plan`]), and
//! which rule should notice is for people to say.

mod drawing;
mod equivalent;
mod plan;
mod silence;
mod statements;

use std::collections::BTreeSet;

pub use equivalent::{Equivalent, equivalents};
pub use plan::{PLAN, PLAN_FILE, Plan, Practice};

use super::{Asked, Finding, Outcome, ask};
use crate::catalog::Catalog;
use crate::model::{Design, Level, Part, Place, Vocabulary};
use crate::rubric::{Bound, Condition, Noun, Problem, Topic, Trace};
use silence::{Speech, silence};

/// What an operator did to a design.
#[derive(Clone, Debug, PartialEq)]
pub struct Broken {
    /// What was broken: a component, `from -> to`, a figure, a topic.
    pub subject: String,
    /// The design with the change.
    pub design: Design,
}

/// A change of a copy of a design; `false` where there is nothing to change.
type Change = fn(&mut Design, usize, &Vocabulary) -> bool;

/// What an operator is applied to.
pub enum Over {
    /// Each subject of a noun.
    Each(Noun, Change),
    /// The design as a whole.
    Whole(Change),
    /// Each requirement without which it is another problem: nothing is said of it.
    Requirements,
    /// All topics of the problem for a closer look: nothing is said of them.
    DeepDives,
    /// All questions of the problem after weak points: nothing is said of them.
    Probes,
}

/// A way of breaking a design.
pub struct Operator {
    /// Its name.
    pub name: &'static str,
    /// What it does, in a few words.
    pub doc: &'static str,
    /// Where it is applied, and what it changes there.
    pub over: Over,
}

macro_rules! operators {
    ($($name:literal $over:expr, $doc:literal;)+) => {
        /// Every operator.
        pub const OPERATORS: &[Operator] =
            &[$(Operator { name: $name, over: $over, doc: $doc }),+];
    };
}

use Noun::{Component, Connection, Decision, Entity, Figure, Flow};
use Over::{DeepDives, Each, Probes, Requirements, Whole};

operators! {
    "drop-component" Each(Component, drawing::drop_component), "a component is taken out with its connections";
    "cut-connection" Each(Connection, drawing::cut_connection), "a connection is taken out";
    "one-replica" Each(Component, drawing::one_replica), "a component has one instance in one zone";
    "one-zone" Whole(drawing::one_zone), "all stands in one zone";
    "no-failover" Each(Component, drawing::no_failover), "nothing takes over when a leader fails";
    "wait-for-it" Each(Connection, drawing::wait_for_it), "what nobody waited for is waited for";
    "cache-behind-store" Each(Component, drawing::cache_behind_store), "the cache stands behind the store that it should spare";
    "no-expiry" Each(Component, drawing::no_expiry), "copies live for ever, and are never dropped";
    "other-family" Each(Component, drawing::other_family), "a store is one of another family";
    "long-expiry" Each(Component, drawing::long_expiry), "copies are kept for a year, and never dropped before";
    "weak-consistency" Each(Component, drawing::weak_consistency), "a store promises that reads see writes some time later";
    "late-copies" Each(Component, drawing::late_copies), "a store copies what it has acknowledged before";
    "no-timeout" Each(Connection, drawing::no_timeout), "a caller waits without limit";
    "wild-retries" Each(Connection, drawing::wild_retries), "a caller tries ten times what must not be done twice";
    "dead-letters-dropped" Each(Component, drawing::no_dead_letters), "messages that fail have nowhere to go";
    "no-limit" Whole(drawing::no_limit), "nothing limits callers";
    "no-encryption" Whole(drawing::no_encryption), "nothing is encrypted";
    "no-authentication" Whole(drawing::no_authentication), "nobody is asked who they are";
    "hundredfold-load" Each(Flow, drawing::hundredfold_load), "a journey comes a hundred times as often";
    "small-capacity" Each(Component, drawing::small_capacity), "an instance carries a hundredth";
    "coarse-partition" Each(Component, statements::coarse_partition), "a store is split by a field of a few values";
    "coarse-key" Each(Entity, statements::coarse_key), "the key of a table has a few values";
    "estimate-off" Each(Figure, statements::estimate_off), "an estimate is a hundred times too large";
    "estimates-dropped" Whole(statements::estimates_dropped), "nothing is estimated";
    "rates-dropped" Whole(statements::rates_dropped), "no rate is estimated";
    "sizes-dropped" Whole(statements::sizes_dropped), "no size is estimated";
    "reason-dropped" Each(Decision, statements::reason_dropped), "a decision has no reason and no alternative";
    "decisions-dropped" Whole(statements::decisions_dropped), "no decision is written down";
    "answers-dropped" Whole(statements::answers_dropped), "no question is answered";
    "functions-dropped" Whole(statements::functions_dropped), "what the system does is left out";
    "qualities-dropped" Whole(statements::qualities_dropped), "how well it does it is left out";
    "scope-dropped" Whole(statements::scope_dropped), "nothing is out of scope, asked or assumed";
    "journeys-dropped" Whole(statements::journeys_dropped), "no journey is walked through";
    "targets-dropped" Whole(statements::targets_dropped), "no journey has a target";
    "interface-dropped" Whole(statements::interface_dropped), "there is no interface";
    "data-dropped" Whole(statements::data_dropped), "there is no data model";
    "requirement-unsaid" Requirements, "nothing is said of what the problem is about";
    "hard-parts-unsaid" DeepDives, "nothing is said of any hard part";
    "weak-points-unsaid" Probes, "nothing is said of any weak point";
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

/// Breaks a design in every way that the plan calls worse, and judges those of the broken ones whose number is `wanted`.
#[must_use]
pub fn mutants(
    design: &Design,
    catalog: &Catalog,
    plan: &Plan,
    level: Option<Level>,
    wanted: &dyn Fn(usize) -> bool,
) -> Vec<Mutant> {
    let (whole, score) = judged(design, catalog, level);
    let broken: Vec<(&Operator, Broken)> = ask(design, catalog, level, |asked| {
        let of = |operator| broken(operator, plan, asked).into_iter();
        OPERATORS
            .iter()
            .flat_map(|operator| of(operator).map(move |broken| (operator, broken)))
            .collect()
    });
    let wanted = broken
        .into_iter()
        .enumerate()
        .filter(|(number, _)| wanted(*number));
    wanted
        .map(|(_, (operator, broken))| {
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

/// The mutants that an operator makes of a design.
fn broken(operator: &Operator, plan: &Plan, asked: &Asked<'_>) -> Vec<Broken> {
    let scene = &asked.scene;
    let design = scene.subject.design;
    let practice = plan.of(operator.name);
    let gone = Speech::of(scene, practice.silences.iter().map(String::as_str));
    let changed = |at: usize, subject: String, change: Change| {
        let mut broken = design.clone();
        let is_changed = change(&mut broken, at, scene.subject.vocabulary);
        is_changed.then(|| Broken {
            subject,
            design: silence(broken, &gone),
        })
    };
    match operator.over {
        Over::Each(noun, change) => (0..noun.count(scene))
            .filter(|at| is_worse(practice, noun, *at, asked))
            .filter_map(|at| changed(position(noun, at, asked)?, noun.name(scene, at), change))
            .collect(),
        Over::Whole(change) => {
            let worse = practice.designs.as_ref();
            let worse = worse.is_none_or(|worse| asked.holds(worse));
            let broken = worse.then(|| changed(0, "all".to_owned(), change));
            broken.flatten().into_iter().collect()
        }
        Over::Requirements => core(scene.problem)
            .filter_map(|topic| unsaid(asked, &topic.id, topic.says.iter().map(String::as_str)))
            .collect(),
        Over::DeepDives => {
            let dives = scene.problem.into_iter().flat_map(|of| &of.deep_dives);
            let topics = dives.map(|dive| (dive.when.as_ref(), dive.looks_for.as_slice()));
            let unsaid = unsaid(asked, "all", looked_for(asked, topics));
            unsaid.into_iter().collect()
        }
        Over::Probes => {
            let probes = scene.problem.into_iter().flat_map(|of| &of.probes);
            let topics = probes.map(|probe| (probe.when.as_ref(), probe.looks_for.as_slice()));
            let unsaid = unsaid(asked, "all", looked_for(asked, topics));
            unsaid.into_iter().collect()
        }
    }
}

/// Where the subject of a noun stands in its list; of figures, estimates alone are broken, and not the peaks beside them.
fn position(noun: Noun, at: usize, asked: &Asked<'_>) -> Option<usize> {
    let scene = &asked.scene;
    match noun.place(scene, at) {
        Place::Entry(Part::Estimates, position) => {
            let estimate = scene.subject.design.estimates.get(position)?;
            (estimate.name == noun.name(scene, at)).then_some(position)
        }
        Place::Entry(Part::Assumptions, _) => None,
        Place::Entry(_, position) => Some(position),
        _ => None,
    }
}

/// What the answers to those topics would say that are worth asking about, each given as when it is and what is looked for.
fn looked_for<'p>(
    asked: &Asked<'_>,
    topics: impl Iterator<Item = (Option<&'p Condition>, &'p [String])>,
) -> impl Iterator<Item = &'p str> {
    topics
        .filter(|(when, _)| when.is_none_or(|when| asked.holds(when)))
        .flat_map(|(_, looks_for)| looks_for)
        .map(String::as_str)
}

/// The requirements without which it would be another problem.
fn core(problem: Option<&Problem>) -> impl Iterator<Item = &Topic> {
    let all = problem.map(|problem| problem.functional.iter().chain(&problem.non_functional));
    all.into_iter().flatten().filter(|topic| topic.core)
}

/// Whether the plan calls the break worse there.
fn is_worse(practice: &Practice, noun: Noun, at: usize, asked: &Asked<'_>) -> bool {
    let bound = Bound {
        flow: (noun == Noun::Flow).then_some(at),
        subject: Some((noun, at)),
    };
    let scene = asked.scene.with(bound);
    let (subjects, also) = (practice.subjects.as_ref(), practice.designs.as_ref());
    subjects.is_none_or(|worse| worse.matches(&scene, at, &mut Trace::off()).is_yes())
        && !also.is_some_and(|also| also.test(&scene, &mut Trace::off()).is_no())
}

/// The design without a word on some concepts, where it has one.
fn unsaid<'i>(
    asked: &Asked<'_>,
    subject: &str,
    says: impl Iterator<Item = &'i str>,
) -> Option<Broken> {
    let scene = &asked.scene;
    let design = scene.subject.design;
    let silent = silence(design.clone(), &Speech::of(scene, says));
    (silent != *design).then(|| Broken {
        subject: subject.to_owned(),
        design: silent,
    })
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
