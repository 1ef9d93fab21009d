//! What is broken in what was said: numbers, keys, reasons, whole parts of the answer. Each break changes a design and says
//! whether there was anything to change.
//!
//! Knows designs.

use super::drawing::times;
use crate::model::quantity::Dimension;
use crate::model::{Attribute, Design, Estimate, Value, Vocabulary};

/// A field of a handful of values, whatever the system is about.
const COARSE: &str = "status";

/// Empties a part; whether there was anything in it.
fn emptied<T>(part: &mut Vec<T>) -> bool {
    let was_there = !part.is_empty();
    part.clear();
    was_there
}

pub(super) fn coarse_partition(design: &mut Design, at: usize, _: &Vocabulary) -> bool {
    let Some(part) = design.components.get_mut(at) else {
        return false;
    };
    let stated = part.attributes.get(Attribute::PartitionKey).is_some();
    if stated {
        let coarse = Value::Names(vec![COARSE.to_owned()]);
        part.attributes.set(Attribute::PartitionKey, coarse);
    }
    stated
}

pub(super) fn coarse_key(design: &mut Design, at: usize, _: &Vocabulary) -> bool {
    let Some(entity) = design.data.get_mut(at) else {
        return false;
    };
    let keyed = !entity.key.is_empty();
    if keyed {
        entity.key = vec![COARSE.to_owned()];
    }
    keyed
}

pub(super) fn estimate_off(design: &mut Design, at: usize, _: &Vocabulary) -> bool {
    let Some(estimate) = design.estimates.get_mut(at) else {
        return false;
    };
    estimate.figure = times(&estimate.figure, 100.0);
    true
}

/// Nor is the rate of a journey.
pub(super) fn estimates_dropped(design: &mut Design, at: usize, vocabulary: &Vocabulary) -> bool {
    rates_dropped(design, at, vocabulary);
    emptied(&mut design.estimates)
}

fn without(design: &mut Design, is_gone: impl Fn(&Estimate) -> bool) -> bool {
    let before = design.estimates.len();
    design.estimates.retain(|estimate| !is_gone(estimate));
    design.estimates.len() < before
}

/// Journeys without a rate neither.
pub(super) fn rates_dropped(design: &mut Design, _: usize, _: &Vocabulary) -> bool {
    for flow in &mut design.flows {
        (flow.rate, flow.peak) = (None, None);
    }
    without(design, |estimate| {
        estimate.figure.quantity.dimension == Dimension::RATE
    })
}

pub(super) fn sizes_dropped(design: &mut Design, _: usize, _: &Vocabulary) -> bool {
    without(design, |estimate| {
        let dimension = estimate.figure.quantity.dimension;
        dimension == Dimension::SIZE || dimension == Dimension::THROUGHPUT
    })
}

pub(super) fn reason_dropped(design: &mut Design, at: usize, _: &Vocabulary) -> bool {
    let Some(decision) = design.decisions.get_mut(at) else {
        return false;
    };
    let argued = decision.because.is_some() || decision.over.is_some();
    (decision.because, decision.over) = (None, None);
    argued
}

pub(super) fn decisions_dropped(design: &mut Design, _: usize, _: &Vocabulary) -> bool {
    emptied(&mut design.decisions)
}

pub(super) fn answers_dropped(design: &mut Design, _: usize, _: &Vocabulary) -> bool {
    emptied(&mut design.answers)
}

pub(super) fn functions_dropped(design: &mut Design, _: usize, _: &Vocabulary) -> bool {
    emptied(&mut design.requirements.functional)
}

/// Neither in words nor as a target of a journey.
pub(super) fn qualities_dropped(design: &mut Design, at: usize, vocabulary: &Vocabulary) -> bool {
    let targets = targets_dropped(design, at, vocabulary);
    emptied(&mut design.requirements.non_functional) || targets
}

pub(super) fn scope_dropped(design: &mut Design, _: usize, _: &Vocabulary) -> bool {
    let requirements = &mut design.requirements;
    let out = emptied(&mut requirements.out_of_scope);
    let asked = emptied(&mut requirements.questions);
    emptied(&mut requirements.assumptions) || out || asked
}

pub(super) fn journeys_dropped(design: &mut Design, _: usize, _: &Vocabulary) -> bool {
    emptied(&mut design.flows)
}

pub(super) fn targets_dropped(design: &mut Design, _: usize, _: &Vocabulary) -> bool {
    let mut had = false;
    for flow in &mut design.flows {
        had |= flow.latency.is_some() || flow.availability.is_some();
        (flow.latency, flow.latency_p50, flow.availability) = (None, None, None);
    }
    had
}

pub(super) fn interface_dropped(design: &mut Design, _: usize, _: &Vocabulary) -> bool {
    emptied(&mut design.api)
}

pub(super) fn data_dropped(design: &mut Design, _: usize, _: &Vocabulary) -> bool {
    emptied(&mut design.data)
}
