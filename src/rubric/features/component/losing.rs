//! What the loss of a component does, and what it survives itself.
//!
//! Knows domains of failure and what is stated of redundancy.

use super::of;
use crate::analysis::{Domain, Truth};
use crate::model::Attribute;
use crate::notation::yaml::{Node, text_of};
use crate::rubric::reader::RuleReader;
use crate::rubric::scene::Scene;
use crate::rubric::selector::Test;
use crate::rubric::trace::Trace;

/// Survives the loss of a machine, a zone or a region.
pub(super) fn survives(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    let word = text_of(node, reader.issues)?;
    let Some(domain) = Domain::from_word(word) else {
        reader.unknown(node, "failure domain", word, &["machine", "zone", "region"]);
        return None;
    };
    Some(Box::new(move |scene, at, trace| {
        let mut missing = Vec::new();
        let truth = scene
            .subject
            .survives(at, domain, scene.bound.flow, &mut missing);
        trace.see(|| redundancy(scene, at));
        note_missing(scene, at, truth, &missing, trace);
        truth
    }))
}

/// What is stated of a component that decides what it survives: "db: replicas 1, failover manual".
fn redundancy(scene: &Scene<'_>, at: usize) -> String {
    const DECIDING: [Attribute; 7] = [
        Attribute::Replicas,
        Attribute::Needs,
        Attribute::Zones,
        Attribute::Regions,
        Attribute::Managed,
        Attribute::Leader,
        Attribute::Failover,
    ];
    let stated = of(scene, at, |component| {
        let value = |attribute: &Attribute| {
            component
                .attributes
                .get(*attribute)
                .map(|value| format!("{} {}", attribute.row().name, value.shown()))
        };
        DECIDING.iter().filter_map(value).collect::<Vec<_>>()
    });
    let stated = if stated.is_empty() {
        "no redundancy stated".to_owned()
    } else {
        stated.join(", ")
    };
    format!("{}: {stated}", scene.subject.design.id(at))
}

fn note_missing(
    scene: &Scene<'_>,
    at: usize,
    truth: Truth,
    missing: &[&'static str],
    trace: &mut Trace,
) {
    if truth == Truth::NotStated {
        for fact in missing {
            trace.miss(|| format!("{fact} of {}", scene.subject.design.id(at)));
        }
    }
}

/// The flows that a question without a bound flow is about: all of them.
fn flows_asked(scene: &Scene<'_>) -> Vec<usize> {
    scene.bound.flow.map_or_else(
        || (0..scene.subject.flows.len()).collect(),
        |flow| vec![flow],
    )
}

/// Its loss alone ends a flow.
pub(super) fn single_point_of_failure(scene: &Scene<'_>, at: usize, trace: &mut Trace) -> Truth {
    flows_asked(scene)
        .into_iter()
        .fold(Truth::No, |truth, flow| {
            let mut missing = Vec::new();
            let found = scene
                .subject
                .is_single_point_of_failure(at, flow, &mut missing);
            if found.is_yes() {
                trace.see(|| redundancy(scene, at));
            }
            note_missing(scene, at, found, &missing, trace);
            truth.or(found)
        })
}

/// Some flow does not work without it.
pub(super) fn needed(scene: &Scene<'_>, at: usize, _: &mut Trace) -> Truth {
    let needs = |flow: &usize| {
        scene
            .subject
            .flows
            .get(*flow)
            .is_some_and(|facts| facts.needed.contains(&at))
    };
    Truth::from(flows_asked(scene).iter().any(needs))
}
