//! Some, so many, every, and this: how many subjects a selector finds.
//!
//! Knows counting with what may match; knows no feature.

use super::super::comparison::{Comparison, Operand};
use super::super::condition::Condition;
use super::super::fitting::COUNT;
use super::super::noun::Noun;
use super::super::reader::RuleReader;
use super::super::scene::Scene;
use super::super::selector::Selector;
use super::super::trace::Trace;
use crate::analysis::Truth;
use crate::notation::yaml::{Fields, Node};

pub(super) fn component(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    some(Noun::Component, node, reader)
}

pub(super) fn connection(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    some(Noun::Connection, node, reader)
}

pub(super) fn flow(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    some(Noun::Flow, node, reader)
}

pub(super) fn entity(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    some(Noun::Entity, node, reader)
}

pub(super) fn endpoint(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    some(Noun::Endpoint, node, reader)
}

pub(super) fn decision(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    some(Noun::Decision, node, reader)
}

pub(super) fn figure(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    some(Noun::Figure, node, reader)
}

pub(super) fn allowance(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    some(Noun::Allowance, node, reader)
}

/// `on: design` widens a question from the bound flow to the whole design.
pub(super) fn is_whole(fields: &Fields<'_, '_>, reader: &mut RuleReader<'_>) -> bool {
    let word = fields.text("on", reader.issues);
    match (word.as_deref(), fields.get("on")) {
        (Some("design"), _) => true,
        (Some(other), Some(node)) => {
            reader.unknown(node, "scope", other, &["design"]);
            false
        }
        _ => false,
    }
}

/// The keys that stand beside the features of a selector where a condition asks how many it finds.
pub(in crate::rubric) const BESIDE_FEATURES: &[&str] = &["count", "on"];

fn some(noun: Noun, node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    if node.text().is_some() {
        let selector = Selector::read(noun, node, reader)?;
        return Some(Condition::new(move |scene, trace| {
            exists(&selector, noun, scene, false, trace)
        }));
    }
    let fields = Fields::of(node, "a condition", reader.issues)?;
    let whole = is_whole(&fields, reader);
    let selector = Selector::from_fields(noun, &fields, BESIDE_FEATURES, reader);
    let Some(count) = fields.get("count") else {
        let selector = selector?;
        return Some(Condition::new(move |scene, trace| {
            exists(&selector, noun, scene, whole, trace)
        }));
    };
    let comparison = Comparison::read_of(COUNT, "count", count, reader);
    let (selector, comparison) = selector.zip(comparison)?;
    Some(Condition::new(move |scene, trace| {
        counted(&selector, &comparison, noun, scene, whole, trace)
    }))
}

fn exists(
    selector: &Selector,
    noun: Noun,
    scene: &Scene<'_>,
    whole: bool,
    trace: &mut Trace,
) -> Truth {
    if !trace.is_on() {
        let mut truth = Truth::No;
        for (_, answer) in selector.select(scene, whole) {
            truth = truth.or(answer);
            if truth.is_yes() {
                break;
            }
        }
        return truth;
    }
    let selected: Vec<(usize, Truth)> = selector.select(scene, whole).collect();
    let truth = selected
        .iter()
        .fold(Truth::No, |truth, (_, answer)| truth.or(*answer));
    for (at, _) in &selected {
        trace.find(noun.place(scene, *at), || noun.name(scene, *at));
        if truth == Truth::NotStated {
            let _ = selector.matches(scene, *at, trace);
        }
    }
    if truth.is_no() {
        explain_absence(selector, noun, scene, whole, trace);
    }
    truth
}

/// Why none matched: what was compared on the few that came near.
fn explain_absence(
    selector: &Selector,
    noun: Noun,
    scene: &Scene<'_>,
    whole: bool,
    trace: &mut Trace,
) {
    let mut part = trace.fork();
    for at in noun.domain(scene, whole).take(NEAR) {
        let _ = selector.matches(scene, at, &mut part);
    }
    for sentence in part.seen {
        trace.see(|| sentence);
    }
}

/// More candidates than this are not explained one by one.
const NEAR: usize = 8;

/// Holds the number of matches against a comparison: surely, with those that may match, or neither.
fn counted(
    selector: &Selector,
    comparison: &Comparison,
    noun: Noun,
    scene: &Scene<'_>,
    whole: bool,
    trace: &mut Trace,
) -> Truth {
    let selected: Vec<(usize, Truth)> = selector.select(scene, whole).collect();
    let sure = selected.iter().filter(|(_, truth)| truth.is_yes()).count();
    for (at, _) in &selected {
        trace.find(noun.place(scene, *at), || noun.name(scene, *at));
    }
    let what = || format!("number of matching {}", noun.several());
    let ask =
        |count: usize, trace: &mut Trace| comparison.test(&Operand::count(count), trace, &what);
    let (least, most) = (ask(sure, trace), ask(selected.len(), trace));
    // `is: 2` holds of none of both ends, and perhaps of a number between them.
    let mut between = sure + 1..selected.len();
    if least == most && between.all(|count| ask(count, &mut Trace::off()) == least) {
        least
    } else {
        Truth::NotStated
    }
}

/// `every: {component: S, is: S2}`.
pub(super) fn every(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    let fields = Fields::of(node, "`every`", reader.issues)?;
    let nouns: Vec<&str> = Noun::ALL.iter().map(|noun| noun.word()).collect();
    let known: Vec<&str> = nouns.iter().copied().chain(["is", "on"]).collect();
    fields.only(&known, reader.issues);
    let whole = is_whole(&fields, reader);
    let stated: Vec<Noun> = Noun::ALL
        .iter()
        .copied()
        .filter(|noun| fields.get(noun.word()).is_some())
        .collect();
    let ([noun], Some(wanted)) = (stated.as_slice(), fields.get("is")) else {
        let help = "write `every: {component: SELECTOR, is: SELECTOR}`".to_owned();
        reader
            .issues
            .error(node.span, "`every` names one noun and what it is", help);
        return None;
    };
    let noun = *noun;
    let which = Selector::read(noun, fields.get(noun.word())?, reader);
    let (which, wanted) = which.zip(Selector::read(noun, wanted, reader))?;
    Some(Condition::new(move |scene, trace| {
        each(noun, &which, &wanted, whole, scene, trace)
    }))
}

fn each(
    noun: Noun,
    which: &Selector,
    wanted: &Selector,
    whole: bool,
    scene: &Scene<'_>,
    trace: &mut Trace,
) -> Truth {
    let mut truth = Truth::Yes;
    for (at, selected) in which.select(scene, whole) {
        let mut part = trace.fork();
        let answer = (!selected).or(wanted.matches(scene, at, &mut part));
        if !answer.is_yes() {
            trace.find(noun.place(scene, at), || noun.name(scene, at));
            trace.join(part);
        }
        truth = truth.and(answer);
    }
    truth
}

/// `this: SELECTOR` of the innermost bound subject.
pub(super) fn this(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    let Some(noun) = reader.bound else {
        let help = "add `for_each`, or ask for `component`, `flow`, ...".to_owned();
        reader
            .issues
            .error(node.span, "`this` without `for_each`", help);
        return None;
    };
    let selector = Selector::read(noun, node, reader)?;
    Some(Condition::new(move |scene, trace| {
        match scene.bound.subject {
            Some((bound, at)) if bound == noun => {
                let truth = selector.matches(scene, at, trace);
                trace.find(noun.place(scene, at), || noun.name(scene, at));
                truth
            }
            _ => Truth::No,
        }
    }))
}
