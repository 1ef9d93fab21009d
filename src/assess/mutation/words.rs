//! What is broken in what was said: numbers, tables, answers, decisions, requirements.
//!
//! Knows designs.

use super::graph::times;
use super::{Broken, each};
use crate::model::{Attribute, Decision, Design, Value, Vocabulary};

/// A field of a handful of values, whatever the system is about.
const COARSE: &str = "status";

/// The table's key and the store's partition key are told apart by name: a table, or a component.
pub(super) fn coarse_partition(design: &Design, _: &Vocabulary) -> Vec<Broken> {
    let mut broken = each(
        design,
        &design.data,
        |entity| (!entity.key.is_empty()).then(|| entity.name.clone()),
        |design, at| {
            if let Some(first) = design
                .data
                .get_mut(at)
                .and_then(|entity| entity.key.first_mut())
            {
                COARSE.clone_into(first);
            }
        },
    );
    broken.extend(each(
        design,
        &design.components,
        |part| {
            let stated = part.attributes.get(Attribute::PartitionKey).is_some();
            stated.then(|| part.id.clone())
        },
        |design, at| {
            if let Some(part) = design.components.get_mut(at) {
                part.attributes.set(
                    Attribute::PartitionKey,
                    Value::Names(vec![COARSE.to_owned()]),
                );
            }
        },
    ));
    broken
}

pub(super) fn estimate_off(design: &Design, _: &Vocabulary) -> Vec<Broken> {
    each(
        design,
        &design.estimates,
        |estimate| Some(estimate.name.clone()),
        |design, at| {
            if let Some(estimate) = design.estimates.get_mut(at) {
                estimate.figure = times(&estimate.figure, 100.0);
            }
        },
    )
}

pub(super) fn estimate_dropped(design: &Design, _: &Vocabulary) -> Vec<Broken> {
    each(
        design,
        &design.estimates,
        |estimate| Some(estimate.name.clone()),
        |design, at| {
            design.estimates.remove(at);
        },
    )
}

pub(super) fn answer_dropped(design: &Design, _: &Vocabulary) -> Vec<Broken> {
    each(
        design,
        &design.answers,
        |answer| Some(answer.topic.clone()),
        |design, at| {
            design.answers.remove(at);
        },
    )
}

/// A decision goes by its topic, else by its choice.
fn decided(decision: &Decision) -> String {
    decision.topic.as_ref().unwrap_or(&decision.choice).clone()
}

pub(super) fn decision_dropped(design: &Design, _: &Vocabulary) -> Vec<Broken> {
    each(
        design,
        &design.decisions,
        |decision| Some(decided(decision)),
        |design, at| {
            design.decisions.remove(at);
        },
    )
}

pub(super) fn reason_dropped(design: &Design, _: &Vocabulary) -> Vec<Broken> {
    each(
        design,
        &design.decisions,
        |decision| {
            let argued = decision.because.is_some() || decision.over.is_some();
            argued.then(|| decided(decision))
        },
        |design, at| {
            if let Some(decision) = design.decisions.get_mut(at) {
                (decision.because, decision.over) = (None, None);
            }
        },
    )
}

pub(super) fn requirement_dropped(design: &Design, _: &Vocabulary) -> Vec<Broken> {
    let mut broken = each(
        design,
        &design.requirements.functional,
        |text| Some(text.clone()),
        |design, at| {
            design.requirements.functional.remove(at);
        },
    );
    broken.extend(each(
        design,
        &design.requirements.non_functional,
        |text| Some(text.clone()),
        |design, at| {
            design.requirements.non_functional.remove(at);
        },
    ));
    broken
}

pub(super) fn target_dropped(design: &Design, _: &Vocabulary) -> Vec<Broken> {
    each(
        design,
        &design.flows,
        |flow| {
            let has = flow.latency.is_some() || flow.availability.is_some();
            has.then(|| flow.id.clone())
        },
        |design, at| {
            if let Some(flow) = design.flows.get_mut(at) {
                (flow.latency, flow.latency_p50, flow.availability) = (None, None, None);
            }
        },
    )
}

pub(super) fn endpoint_dropped(design: &Design, _: &Vocabulary) -> Vec<Broken> {
    each(
        design,
        &design.api,
        |endpoint| Some(format!("{} {}", endpoint.method, endpoint.path)),
        |design, at| {
            design.api.remove(at);
        },
    )
}

pub(super) fn table_dropped(design: &Design, _: &Vocabulary) -> Vec<Broken> {
    each(
        design,
        &design.data,
        |entity| Some(entity.name.clone()),
        |design, at| {
            design.data.remove(at);
        },
    )
}
