//! What can be asked of tables, endpoints and decisions.
//!
//! Knows their columns; what good ones look like is the rules' business.

use super::super::comparison::{Comparison, Operand};
use super::super::noun::Noun;
use super::super::reader::RuleReader;
use super::super::selector::{Selector, Test};
use super::{Feature, search, yes_or_no};
use crate::analysis::Truth;
use crate::model::{Decision, Endpoint, Entity, Part, Place};
use crate::notation::yaml::{Content, Node, texts_of};

pub(super) const ENTITY: &[Feature] = &[
    Feature {
        name: "name",
        read: |node, reader| entity_text(node, reader, |entity| vec![entity.name.clone()]),
    },
    Feature {
        name: "key",
        read: |node, reader| entity_text(node, reader, |entity| entity.key.clone()),
    },
    Feature {
        name: "partition",
        read: |node, reader| {
            entity_text(node, reader, |entity| {
                entity
                    .partition_key()
                    .map(str::to_owned)
                    .into_iter()
                    .collect()
            })
        },
    },
    Feature {
        name: "fields",
        read: |node, reader| entity_text(node, reader, |entity| entity.fields.clone()),
    },
    Feature {
        name: "keyed",
        read: |node, reader| {
            yes_or_no(node, reader, |scene, at, _| {
                Truth::from(
                    scene
                        .subject
                        .design
                        .data
                        .get(at)
                        .is_some_and(|entity| !entity.key.is_empty()),
                )
            })
        },
    },
    Feature {
        name: "key_columns",
        read: key_columns,
    },
    Feature {
        name: "store",
        read: store,
    },
];

/// How many columns the key has.
fn key_columns(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    let comparison = Comparison::read(node, reader)?;
    Some(Box::new(move |scene, at, trace| {
        let entity = scene.subject.design.data.get(at);
        let count = entity.map_or(0, |entity| entity.key.len());
        comparison.test(&Operand::count(count), trace, &|| {
            format!("columns of the key of {}", Noun::Entity.name(scene, at))
        })
    }))
}

pub(super) const ENDPOINT: &[Feature] = &[
    Feature {
        name: "method",
        read: method,
    },
    Feature {
        name: "path",
        read: |node, reader| endpoint_text(node, reader, |endpoint| vec![endpoint.path.clone()]),
    },
    Feature {
        name: "request",
        read: |node, reader| endpoint_text(node, reader, request),
    },
    Feature {
        name: "status",
        read: status,
    },
    Feature {
        name: "versioned",
        read: |node, reader| {
            endpoint_mark(
                node,
                reader,
                r"(^|/)v[0-9]+(/|$)|[?&](api[-_])?version=|vnd\.",
            )
        },
    },
    Feature {
        name: "paginated",
        read: |node, reader| {
            endpoint_mark(
                node,
                reader,
                r"cursor|offset|page|limit|after=|before=|next_?token|page_?token",
            )
        },
    },
    Feature {
        name: "idempotency_key",
        read: |node, reader| {
            endpoint_mark(
                node,
                reader,
                r"idempoten|request[-_ ]?id|client[-_ ]?(token|id)|dedup",
            )
        },
    },
];

pub(super) const DECISION: &[Feature] = &[
    Feature {
        name: "topic",
        read: |node, reader| {
            decision_text(node, reader, "topic", |decision| decision.topic.clone())
        },
    },
    Feature {
        name: "choice",
        read: |node, reader| {
            decision_text(node, reader, "choice", |decision| {
                Some(decision.choice.clone())
            })
        },
    },
    Feature {
        name: "over",
        read: |node, reader| {
            decision_text(node, reader, "alternative", |decision| {
                decision.over.clone()
            })
        },
    },
    Feature {
        name: "because",
        read: |node, reader| {
            decision_text(node, reader, "reason", |decision| decision.because.clone())
        },
    },
    Feature {
        name: "says",
        read: says,
    },
];

fn entity_text(
    node: &Node<'_>,
    reader: &mut RuleReader<'_>,
    texts: fn(&Entity) -> Vec<String>,
) -> Option<Test> {
    search(node, reader, move |scene, at| {
        scene
            .subject
            .design
            .data
            .get(at)
            .map(texts)
            .unwrap_or_default()
    })
}

fn store(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    let selector = Selector::read(Noun::Component, node, reader)?;
    Some(Box::new(move |scene, at, trace| {
        let entity = scene.subject.design.data.get(at);
        match entity.and_then(|entity| entity.store) {
            Some(store) => selector.matches(scene, store, trace),
            None => {
                trace.miss(|| format!("store of {}", Noun::Entity.name(scene, at)));
                Truth::NotStated
            }
        }
    }))
}

fn endpoint_text(
    node: &Node<'_>,
    reader: &mut RuleReader<'_>,
    texts: fn(&Endpoint) -> Vec<String>,
) -> Option<Test> {
    search(node, reader, move |scene, at| {
        scene
            .subject
            .design
            .api
            .get(at)
            .map(texts)
            .unwrap_or_default()
    })
}

/// Everything that is sent: parameters, query and headers.
fn request(endpoint: &Endpoint) -> Vec<String> {
    vec![endpoint.path.clone(), endpoint.request.clone()]
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "a row of a table of readers that may fail"
)]
fn method(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    let wanted = texts_of(node, reader.issues);
    Some(Box::new(move |scene, at, _| {
        let endpoint = scene.subject.design.api.get(at);
        Truth::from(endpoint.is_some_and(|endpoint| {
            wanted
                .iter()
                .any(|method| method.eq_ignore_ascii_case(&endpoint.method))
        }))
    }))
}

fn status(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    if matches!(node.content, Content::Map(_)) {
        let comparison = Comparison::read(node, reader)?;
        return Some(Box::new(move |scene, at, trace| {
            let statuses = scene
                .subject
                .design
                .api
                .get(at)
                .into_iter()
                .flat_map(|endpoint| &endpoint.responses);
            let stated: Vec<String> = statuses
                .filter_map(|response| response.status)
                .map(|code| code.to_string())
                .collect();
            let operand = if stated.is_empty() {
                Operand::Missing
            } else {
                Operand::Words(stated)
            };
            comparison.test(&operand, trace, &|| {
                format!("status of {}", Noun::Endpoint.name(scene, at))
            })
        }));
    }
    let wanted = texts_of(node, reader.issues);
    Some(Box::new(move |scene, at, trace| {
        let endpoint = scene.subject.design.api.get(at);
        let mut stated = endpoint
            .into_iter()
            .flat_map(|endpoint| &endpoint.responses)
            .filter_map(|response| response.status);
        if stated.clone().next().is_none() {
            trace.miss(|| format!("status of {}", Noun::Endpoint.name(scene, at)));
            return Truth::NotStated;
        }
        Truth::from(stated.any(|status| wanted.contains(&status.to_string())))
    }))
}

/// A mark that is looked for in the path, the request and the responses.
fn endpoint_mark(node: &Node<'_>, reader: &mut RuleReader<'_>, mark: &str) -> Option<Test> {
    let pattern = super::super::pattern::Pattern::new(mark);
    yes_or_no(node, reader, move |scene, at, _| {
        let Some(endpoint) = scene.subject.design.api.get(at) else {
            return Truth::No;
        };
        let bodies = endpoint
            .responses
            .iter()
            .map(|response| response.body.as_str());
        let mut texts = [endpoint.path.as_str(), endpoint.request.as_str()]
            .into_iter()
            .chain(bodies);
        Truth::from(texts.any(|text| pattern.is_match(text)))
    })
}

fn decision_text(
    node: &Node<'_>,
    reader: &mut RuleReader<'_>,
    what: &'static str,
    text: fn(&Decision) -> Option<String>,
) -> Option<Test> {
    if !matches!(node.content, Content::Map(_)) {
        return search(node, reader, move |scene, at| {
            scene
                .subject
                .design
                .decisions
                .get(at)
                .and_then(text)
                .into_iter()
                .collect()
        });
    }
    let comparison = Comparison::read(node, reader)?;
    Some(Box::new(move |scene, at, trace| {
        let stated = scene.subject.design.decisions.get(at).and_then(text);
        let stated = stated.filter(|text| !text.trim().is_empty());
        comparison.test(&Operand::word(stated.as_deref()), trace, &|| {
            format!(
                "{what} of the decision for {}",
                Noun::Decision.name(scene, at)
            )
        })
    }))
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "a row of a table of readers that may fail"
)]
fn says(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    let concepts = reader.concepts(node);
    Some(Box::new(move |scene, at, _| {
        let place = Place::Entry(Part::Decisions, at);
        let passages = scene.passages();
        let here = |mention: &usize| {
            passages
                .get(*mention)
                .is_some_and(|passage| passage.place == place)
        };
        Truth::from(
            concepts
                .iter()
                .any(|concept| scene.mentions(concept).iter().any(here)),
        )
    }))
}
