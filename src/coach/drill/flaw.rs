//! Drills of flaws: the examples that a rule finds fault with are small flawed designs.
//!
//! Knows rules and their examples; what an answer says is heard by the concepts that the rule's own words have.

use std::collections::{BTreeMap, BTreeSet};

use super::card::{Answer, Card, Drill, Fault, Sort, Verdict};
use super::telling::{self, Known, Usual};
use super::{hearing, shown};
use crate::assess::{self, Finding, Outcome};
use crate::catalog::Catalog;
use crate::coach::dice;
use crate::coach::reply::Reply;
use crate::model::{Design, Kind, Severity, Step};
use crate::rubric::Rule;

/// More than so many components are no small design.
const MOST_COMPONENTS: usize = 12;

/// So many faults are there to choose from.
const CHOICES: usize = 4;

/// Whether a rule's failing example can be asked about: drawn, small, and about something that is to be seen in it.
pub(super) fn is_askable(rule: &Rule, design: &Design) -> bool {
    rule.severity > Severity::Note
        && rule.reference.is_some()
        && !matches!(rule.step, Step::Requirements | Step::Estimation)
        && (2..=MOST_COMPONENTS).contains(&design.components.len())
        && !design.connections.is_empty()
}

/// The card of a rule.
pub(super) fn card(rule: &Rule) -> Card {
    Card {
        sort: Sort::Flaw,
        about: rule.id.clone(),
        problem: rule.problem.clone(),
    }
}

/// One of a rule's flawed designs as a question.
pub(super) fn drill(
    catalog: &Catalog,
    card: &Card,
    examples: &[Design],
    seed: u64,
) -> Option<Drill> {
    let rule = catalog.rule(&card.about)?;
    let design = dice::pick(seed, &card.about, examples)?;
    let own = assess::ask(design, catalog, telling::hardest(rule), |asked| {
        let mut found = asked.found(rule).into_iter();
        found.find(|finding| finding.outcome == Outcome::Missed)
    })?;
    let title = rule
        .problem
        .as_deref()
        .and_then(|slug| catalog.problem(slug));
    let of = title.map_or_else(String::new, |problem| format!(" ({})", problem.title));
    let mut question = shown::design(design, &catalog.knowledge.vocabulary);
    question.push(Reply::Says(format!(
        "Something is wrong here{of}. What is it? Say it in words, or `choices` for some to choose from."
    )));
    Some(Drill {
        question,
        answer: Answer::Fault(Fault {
            rule: rule.id.clone(),
            title: rule.title.clone(),
            found: own.message.clone(),
            cure: own.fix.clone(),
            why: rule.why.clone(),
            sought: telling::sought(rule, &own),
            design: Box::new(design.clone()),
        }),
        solution: vec![
            format!("{}. {}", rule.title, own.message.trim()),
            rule.why.trim().to_owned(),
            own.fix.trim().to_owned(),
        ],
        page: rule.reference.clone().unwrap_or_default(),
    })
}

/// What else is found in the design of a fault.
fn others(catalog: &Catalog, rule: &Rule, design: &Design) -> Vec<Finding> {
    let found = assess::ask(design, catalog, telling::hardest(rule), |asked| {
        asked.verdict().findings
    });
    let others = found.into_iter().filter(|finding| finding.rule != rule.id);
    others.collect()
}

/// The fault among others that this design certainly has not: those that a rule looked for and found well, then those of
/// parts that are not drawn.
pub(super) fn choices(
    catalog: &Catalog,
    fault: &Fault,
    flawed: &BTreeMap<String, Vec<Design>>,
    seed: u64,
) -> Vec<String> {
    let Some(rule) = catalog.rule(&fault.rule) else {
        return Vec::new();
    };
    let design = &fault.design;
    let fits = |other: &&Rule| {
        let same = other.problem.is_none() || other.problem == rule.problem;
        same && other.title != rule.title && other.severity > Severity::Note
    };
    let chance = |other: &&Rule| dice::roll(seed, &format!("{} or {}", rule.id, other.id));
    let mut candidates: Vec<&Rule> = catalog.rules.iter().filter(fits).collect();
    candidates.sort_by_key(chance);
    let well = assess::ask(design, catalog, telling::hardest(rule), |asked| {
        let is_met = |other: &&Rule| {
            let outcomes = asked.outcomes(other);
            !outcomes.is_empty() && outcomes.iter().all(|outcome| *outcome == Outcome::Met)
        };
        let met = candidates.iter().copied().filter(is_met);
        met.take(CHOICES - 1).collect::<Vec<&Rule>>()
    });
    let is_of_absent_parts = |other: &&Rule| {
        let examples = flawed.get(&other.id).map_or(&[][..], Vec::as_slice);
        needs_what_is_absent(examples, design, catalog)
    };
    let absent = candidates.iter().copied().filter(is_of_absent_parts);
    let mut titles: Vec<String> = Vec::new();
    for other in well.into_iter().chain(absent) {
        if titles.len() < CHOICES - 1 && !titles.contains(&other.title) {
            titles.push(other.title.clone());
        }
    }
    titles.push(rule.title.clone());
    titles.sort_by_key(|title| dice::roll(seed, &format!("place {title}")));
    titles
}

/// Whether all examples of a fault have a part of a kind that a design has not.
fn needs_what_is_absent(examples: &[Design], design: &Design, catalog: &Catalog) -> bool {
    let vocabulary = &catalog.knowledge.vocabulary;
    let has = |design: &Design, kind: Kind| telling::has_part(design, kind, vocabulary);
    let Some((first, rest)) = examples.split_first() else {
        return false;
    };
    first.components.iter().any(|component| {
        let kind = component.kind;
        !has(design, kind) && rest.iter().all(|example| has(example, kind))
    })
}

/// Whether an answer names the fault, in one of the ways in which people see one.
pub(super) fn judge(catalog: &Catalog, usual: &Usual, fault: &Fault, text: &str) -> Verdict {
    let known = usual.and_shown(catalog, fault);
    let core = hearing::spoken_of(catalog, &fault.title);
    if known.shares_words(&fault.title, text)
        || telling::names_attribute(fault, text)
        || telling::names_missing_part(catalog, fault, text)
        || telling::names_page(catalog, fault, text)
        || telling::would_mend(catalog, fault, text)
    {
        return Verdict::Right("That is it.".to_owned());
    }
    let heard = known.heard(catalog, &core, fault, text);
    if !heard.is_empty() {
        return Verdict::Right(format!("That is it. Heard: {}.", heard.join("; ")));
    }
    also_true(catalog, fault, &core, &known, text).unwrap_or_else(|| {
        let words = "I don't hear it in that. Say what a reader of the drawing should see, or choose: `choices`.";
        Verdict::Unclear(words.to_owned())
    })
}

/// An answer that names another fault of the design is right too, and not what is asked.
fn also_true(
    catalog: &Catalog,
    fault: &Fault,
    core: &BTreeSet<String>,
    known: &Known,
    text: &str,
) -> Option<Verdict> {
    let found = others(catalog, catalog.rule(&fault.rule)?, &fault.design);
    let missed = found
        .iter()
        .filter(|finding| finding.outcome == Outcome::Missed);
    let titles: BTreeSet<&str> = missed.map(|finding| finding.title.as_str()).collect();
    titles.into_iter().find_map(|title| {
        let own = known.telling(&(&hearing::spoken_of(catalog, title) - core));
        let names_it =
            known.shares_words(title, text) || !hearing::named_in(catalog, &own, text).is_empty();
        let words = format!("That holds as well: {title}. There is something else.");
        names_it.then_some(Verdict::Unclear(words))
    })
}
