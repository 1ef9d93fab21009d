//! What can be asked of a flow.
//!
//! Knows rates, targets and what is on the flow.

use super::super::comparison::{Comparison, Operand};
use super::super::fitting::{COUNT, fit_one_of};
use super::super::noun::Noun;
use super::super::reader::RuleReader;
use super::super::selector::{Selector, Test};
use super::{Feature, search, yes_or_no};
use crate::analysis::{FlowFacts, Truth};
use crate::model::quantity::Quantity;
use crate::model::{FlowKind, ValueType};
use crate::notation::yaml::Node;

pub(super) const FEATURES: &[Feature] = &[
    Feature {
        name: "id",
        read: |node, reader| {
            search(node, reader, |scene, at, fits| {
                let facts = scene.subject.flows.get(at);
                facts.is_some_and(|facts| fits(&facts.flow.id))
            })
        },
    },
    Feature {
        name: "kind",
        read: |node, reader| {
            compare(node, reader, ("kind", KIND), |facts| {
                Operand::word(facts.flow.kind.map(FlowKind::word))
            })
        },
    },
    Feature {
        name: "rate",
        read: |node, reader| {
            compare(node, reader, ("rate", ValueType::Rate), |facts| {
                Operand::figure(facts.flow.rate.as_ref())
            })
        },
    },
    Feature {
        name: "peak",
        read: |node, reader| {
            fit_one_of(PEAK, ("peak", PEAK_HELP), node, reader);
            let comparison = Comparison::read(node, reader)?;
            compared(comparison, "peak", |facts| {
                Operand::figure(facts.flow.peak.as_ref())
            })
        },
    },
    Feature {
        name: "peak_rate",
        read: |node, reader| {
            compare(node, reader, ("peak rate", ValueType::Rate), |facts| {
                quantity(facts.flow.peak_rate())
            })
        },
    },
    Feature {
        name: "latency",
        read: |node, reader| {
            compare(
                node,
                reader,
                ("latency target", ValueType::Duration),
                |facts| Operand::figure(facts.flow.latency.as_ref()),
            )
        },
    },
    Feature {
        name: "availability",
        read: |node, reader| {
            compare(
                node,
                reader,
                ("availability target", ValueType::Percent),
                |facts| Operand::figure(facts.flow.availability.as_ref()),
            )
        },
    },
    Feature {
        name: "hops",
        read: |node, reader| {
            compare(
                node,
                reader,
                ("synchronous calls in a row", COUNT),
                |facts| Operand::count(facts.hops),
            )
        },
    },
    Feature {
        name: "inferred",
        read: |node, reader| fact(node, reader, |facts| facts.stated.is_none()),
    },
    Feature {
        name: "undrawn",
        read: |node, reader| fact(node, reader, |facts| !facts.undrawn.is_empty()),
    },
    Feature {
        name: "includes",
        read: includes,
    },
];

/// A peak is stated as a factor of the rate, or as a rate.
const PEAK: &[ValueType] = &[ValueType::Number, ValueType::Rate];
const PEAK_HELP: &str = "write a factor such as `3x`, or a rate such as `2000/s`";

const KIND: ValueType = ValueType::Choice(FlowKind::WORDS);

fn quantity(quantity: Option<Quantity>) -> Operand<'static> {
    quantity.map_or(Operand::Missing, Operand::computed)
}

fn compare(
    node: &Node<'_>,
    reader: &mut RuleReader<'_>,
    (what, of): (&'static str, ValueType),
    value: fn(&FlowFacts) -> Operand<'_>,
) -> Option<Test> {
    let comparison = Comparison::read_of(of, what, node, reader)?;
    compared(comparison, what, value)
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "what is read of a row of a table of readers that may fail"
)]
fn compared(
    comparison: Comparison,
    what: &'static str,
    value: fn(&FlowFacts) -> Operand<'_>,
) -> Option<Test> {
    Some(Box::new(move |scene, at, trace| {
        let operand = scene.subject.flows.get(at).map_or(Operand::Missing, value);
        comparison.test(&operand, trace, &|| {
            format!("{what} of {}", Noun::Flow.name(scene, at))
        })
    }))
}

fn fact(
    node: &Node<'_>,
    reader: &mut RuleReader<'_>,
    holds: fn(&FlowFacts) -> bool,
) -> Option<Test> {
    yes_or_no(node, reader, move |scene, at, _| {
        Truth::from(scene.subject.flows.get(at).is_some_and(holds))
    })
}

fn includes(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    let selector = Selector::read(Noun::Component, node, reader)?;
    Some(Box::new(move |scene, at, trace| {
        let components = scene
            .subject
            .flows
            .get(at)
            .into_iter()
            .flat_map(|facts| &facts.components);
        components.fold(Truth::No, |truth, component| {
            truth.or(selector.matches(scene, *component, trace))
        })
    }))
}
