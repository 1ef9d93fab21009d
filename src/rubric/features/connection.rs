//! What can be asked of a connection, beside its attributes.
//!
//! Knows its ends and whether anybody waits.

use super::super::comparison::Comparison;
use super::super::noun::Noun;
use super::super::reader::RuleReader;
use super::super::reckoned::held;
use super::super::selector::{Selector, Test};
use super::{Feature, likeness, on_flow, yes_or_no};
use crate::analysis::Truth;
use crate::model::quantity::Dimension;
use crate::model::{Connection, ValueType};
use crate::notation::yaml::Node;

pub(super) const FEATURES: &[Feature] = &[
    Feature {
        name: "from",
        read: |node, reader| end(node, reader, |connection| connection.from),
    },
    Feature {
        name: "to",
        read: |node, reader| end(node, reader, |connection| connection.to),
    },
    Feature {
        name: "async",
        read: |node, reader| {
            yes_or_no(node, reader, |scene, at, _| {
                Truth::from(
                    scene
                        .subject
                        .design
                        .connections
                        .get(at)
                        .is_some_and(|connection| connection.asynchronous),
                )
            })
        },
    },
    Feature {
        name: "duplicated",
        read: |node, reader| {
            yes_or_no(node, reader, |scene, at, _| {
                let all = &scene.subject.design.connections;
                let ends = all
                    .get(at)
                    .map(|connection| (connection.from, connection.to));
                let same = all
                    .iter()
                    .filter(|connection| Some((connection.from, connection.to)) == ends)
                    .count();
                Truth::from(same > 1)
            })
        },
    },
    Feature {
        name: "same",
        read: likeness::same,
    },
    Feature {
        name: "cut_off",
        read: cut_off,
    },
    Feature {
        name: "on_flow",
        read: |node, reader| on_flow(node, reader, |facts| &facts.connections),
    },
];

/// How often a first attempt takes longer than the timeout, as computed.
fn cut_off(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    let comparison = Comparison::read_of(ValueType::Percent, "cut_off", node, reader)?;
    Some(Box::new(move |scene, at, trace| {
        let reckoning = scene.study().cut_off(at);
        let name = Noun::Connection.name(scene, at);
        let what = || format!("the share of calls {name} that outlast their timeout");
        held(
            &comparison,
            &reckoning,
            Dimension::NUMBER,
            scene,
            trace,
            &what,
        )
    }))
}

fn end(
    node: &Node<'_>,
    reader: &mut RuleReader<'_>,
    which: fn(&Connection) -> usize,
) -> Option<Test> {
    let selector = Selector::read(Noun::Component, node, reader)?;
    Some(Box::new(move |scene, at, trace| {
        let component = scene.subject.design.connections.get(at).map(which);
        component.map_or(Truth::No, |component| {
            selector.matches(scene, component, trace)
        })
    }))
}
