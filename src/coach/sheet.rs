//! The design in words: a line for each thing, for echoes and listings.
//!
//! Knows how things read; judges nothing.

use super::commands::{Shelf, value_of};
use crate::drawing::what;
use crate::model::{
    Attributes, Chain, Component, Decision, Design, Endpoint, Entity, Figure, Flow, FlowKind,
    Route, Vocabulary,
};

/// Rows of two columns.
type Rows = Vec<(String, String)>;

/// Everything that is stated of a component, and its arrows.
pub(super) fn component(design: &Design, at: usize, vocabulary: &Vocabulary) -> Rows {
    let Some(component) = design.components.get(at) else {
        return Vec::new();
    };
    let mut rows = vec![("is".to_owned(), what(component, vocabulary))];
    let own = [
        ("title", &component.title),
        ("group", &component.group),
        ("notes", &component.notes),
    ];
    for (name, text) in own {
        rows.extend(text.iter().map(|text| (name.to_owned(), text.clone())));
    }
    if !component.tags.is_empty() {
        rows.push(("tags".to_owned(), component.tags.join(", ")));
    }
    rows.extend(attributes(&component.attributes).map(|(name, value)| (name.to_owned(), value)));
    rows.extend(
        design
            .connections
            .iter()
            .filter(|edge| edge.from == at || edge.to == at)
            .map(|edge| {
                let arrow = if edge.asynchronous { "~>" } else { "->" };
                let said: Vec<String> = attributes(&edge.attributes)
                    .map(|(name, value)| format!("{name} {value}"))
                    .collect();
                (
                    "arrow".to_owned(),
                    format!(
                        "{} {arrow} {} {}",
                        design.id(edge.from),
                        design.id(edge.to),
                        said.join(", ")
                    ),
                )
            }),
    );
    rows
}

/// What is stated of a component beside what a drawing shows, notes left out.
pub(super) fn stated_of(component: &Component) -> String {
    beside_the_drawing(&component.attributes).join(", ")
}

fn beside_the_drawing(all: &Attributes) -> Vec<String> {
    let beside = attributes(all).filter(|(name, _)| !DRAWN.contains(name));
    beside
        .map(|(name, value)| format!("{name} {value}"))
        .collect()
}

/// What is stated of components and connections beside what a drawing shows.
pub(super) fn stated(design: &Design) -> Rows {
    let words = beside_the_drawing;
    let components = design.components.iter();
    let components = components.map(|component| {
        let notes = component
            .notes
            .iter()
            .map(|notes| format!("notes: {notes}"));
        let said: Vec<String> = words(&component.attributes)
            .into_iter()
            .chain(notes)
            .collect();
        (component.id.clone(), said.join(", "))
    });
    let connections = design.connections.iter().map(|edge| {
        let arrow = if edge.asynchronous { "~>" } else { "->" };
        let name = format!("{} {arrow} {}", design.id(edge.from), design.id(edge.to));
        (name, words(&edge.attributes).join(", "))
    });
    components
        .chain(connections)
        .filter(|(_, said)| !said.is_empty())
        .collect()
}

/// The attributes that stand in a drawing.
const DRAWN: [&str; 4] = ["replicas", "shards", "zones", "regions"];

/// The stated attributes, by name.
fn attributes(attributes: &Attributes) -> impl Iterator<Item = (&'static str, String)> {
    attributes
        .iter()
        .map(|(attribute, value)| (attribute.row().name, value.shown()))
}

/// Where a flow runs and what it promises.
pub(super) fn flow_in_words(flow: &Flow, design: &Design) -> String {
    let mut parts = vec![route(&flow.route, design)];
    parts.extend(flow.kind.map(|kind: FlowKind| kind.word().to_owned()));
    let figures = [
        ("", &flow.rate),
        ("peak ", &flow.peak),
        ("p50 ", &flow.latency_p50),
        ("p99 ", &flow.latency),
        ("available ", &flow.availability),
    ];
    for (name, figure) in figures {
        parts.extend(
            figure
                .iter()
                .map(|figure: &Figure| format!("{name}{}", figure.shown())),
        );
    }
    parts.join(", ")
}

fn route(route: &Route, design: &Design) -> String {
    let all = |chains: &[Chain]| {
        chains
            .iter()
            .map(|chain| chain_in_words(chain, design))
            .collect::<Vec<_>>()
            .join("; ")
    };
    match route {
        Route::Path(chains) => all(chains),
        Route::Any(chains) => format!("any of {}", all(chains)),
        Route::Between { from, to } => format!("from {} to {}", design.id(*from), design.id(*to)),
        Route::From(from) => format!("from {}", design.id(*from)),
    }
}

fn chain_in_words(chain: &Chain, design: &Design) -> String {
    let mut text = String::new();
    for (at, stage) in chain.stages.iter().enumerate() {
        let ids: Vec<&str> = stage
            .iter()
            .map(|component| design.id(*component))
            .collect();
        let arrow = if at == 0 {
            ""
        } else if chain.asynchronous.get(at - 1) == Some(&true) {
            " ~> "
        } else {
            " -> "
        };
        let stage = if ids.len() > 1 {
            format!("({})", ids.join(" | "))
        } else {
            ids.join("")
        };
        text.push_str(&format!("{arrow}{stage}"));
    }
    text
}

/// A table with its key, its store and its columns.
pub(super) fn entity_in_words(entity: &Entity, design: &Design) -> String {
    let mut parts = Vec::new();
    if !entity.key.is_empty() {
        parts.push(format!("key {}", entity.key.join(" ")));
    }
    parts.extend(
        entity
            .store
            .map(|store| format!("store {}", design.id(store))),
    );
    if !entity.fields.is_empty() {
        parts.push(format!("fields {}", entity.fields.join(" ")));
    }
    format!("{}: {}", entity.name, parts.join(", "))
}

/// An operation of the interface.
pub(super) fn endpoint_in_words(endpoint: &Endpoint) -> String {
    let mut text = format!("{} {}", endpoint.method, endpoint.path);
    if !endpoint.request.is_empty() {
        text.push_str(&format!(" {}", endpoint.request));
    }
    let answers = endpoint.responses.iter().map(|response| {
        let status = response
            .status
            .map(|status| status.to_string())
            .unwrap_or_default();
        format!("{status} {}", response.body).trim().to_owned()
    });
    let answers = answers.collect::<Vec<_>>().join(" | ");
    if answers.is_empty() {
        text
    } else {
        format!("{text} -> {answers}")
    }
}

/// A choice with its reason.
pub(super) fn decision_in_words(decision: &Decision) -> String {
    let part = |word: &str, text: &Option<String>| {
        text.as_ref()
            .map(|text| format!(" {word} {text}"))
            .unwrap_or_default()
    };
    let topic = decision
        .topic
        .as_ref()
        .map(|topic| format!("{topic}: "))
        .unwrap_or_default();
    format!(
        "{topic}{}{}{}",
        decision.choice,
        part("over", &decision.over),
        part("because", &decision.because)
    )
}

/// The requirements, each under the word and number by which it can be taken out.
pub(super) fn requirements(design: &Design) -> Rows {
    let requirements = &design.requirements;
    let shelves = Shelf::ALL.into_iter();
    let mut rows: Rows = shelves
        .flat_map(|shelf| numbered(shelf.word(), shelf.entries(requirements)))
        .collect();
    rows.extend(numbered("asked", &requirements.questions));
    let assumed = requirements.assumptions.iter();
    rows.extend(assumed.map(|assumption| {
        (
            "assumed".to_owned(),
            format!("{} = {}", assumption.name, assumption.text),
        )
    }));
    rows
}

fn numbered<T: AsRef<str>>(word: &str, texts: &[T]) -> Rows {
    texts
        .iter()
        .enumerate()
        .map(|(at, text)| (format!("{word} {}", at + 1), text.as_ref().to_owned()))
        .collect()
}

/// The estimates with what they were worked out from.
pub(super) fn estimates(design: &Design) -> Rows {
    let row = |name: &str, text: &str| {
        let value = value_of(design, name);
        let from = if value.starts_with(text) {
            String::new()
        } else {
            format!(" = {text}")
        };
        (name.to_owned(), format!("{value}{from}"))
    };
    let estimates = design
        .estimates
        .iter()
        .map(|estimate| row(&estimate.name, &estimate.figure.text));
    let assumptions = design
        .requirements
        .assumptions
        .iter()
        .filter(|assumption| assumption.figure.is_some());
    let assumptions = assumptions.map(|assumption| {
        (
            assumption.name.clone(),
            format!("{} (assumed)", assumption.text),
        )
    });
    estimates.chain(assumptions).collect()
}

/// The tables.
pub(super) fn data(design: &Design) -> Rows {
    let row = |entity: &Entity| {
        let words = entity_in_words(entity, design);
        let (name, rest) = words.split_once(": ").unwrap_or((&words, ""));
        (name.to_owned(), rest.to_owned())
    };
    design.data.iter().map(row).collect()
}

/// The interface.
pub(super) fn api(design: &Design) -> Rows {
    numbered(
        "api",
        &design.api.iter().map(endpoint_in_words).collect::<Vec<_>>(),
    )
}

/// The flows.
pub(super) fn flows(design: &Design) -> Rows {
    design
        .flows
        .iter()
        .map(|flow| (flow.id.clone(), flow_in_words(flow, design)))
        .collect()
}

/// The decisions.
pub(super) fn decisions(design: &Design) -> Rows {
    numbered(
        "decision",
        &design
            .decisions
            .iter()
            .map(decision_in_words)
            .collect::<Vec<_>>(),
    )
}

/// The answers.
pub(super) fn answers(design: &Design) -> Rows {
    design
        .answers
        .iter()
        .map(|answer| (answer.topic.clone(), answer.text.clone()))
        .collect()
}
