//! What can be asked of tables, endpoints and decisions.
//!
//! Knows their columns; what good ones look like is the rules' business.

use super::super::comparison::{Comparison, Operand};
use super::super::concept::EndpointMarks;
use super::super::evidence::Weight;
use super::super::fitting::COUNT;
use super::super::noun::Noun;
use super::super::passage::{Passage, Role};
use super::super::pattern::Pattern;
use super::super::reader::RuleReader;
use super::super::selector::{Selector, Test};
use super::{Feature, Fits, search, yes_or_no};
use crate::analysis::Truth;
use crate::model::value::yes_no;
use crate::model::{Decision, Endpoint, Entity, Part, Place, spelling};
use crate::notation::yaml::{Content, Node, one_or_many, texts_of};

pub(super) const ENTITY: &[Feature] = &[
    Feature {
        name: "name",
        read: |node, reader| entity_text(node, reader, |entity, fits| fits(&entity.name)),
    },
    Feature {
        name: "key",
        read: |node, reader| entity_text(node, reader, |entity, fits| any(&entity.key, fits)),
    },
    Feature {
        name: "partition",
        read: |node, reader| {
            entity_text(node, reader, |entity, fits| {
                entity.partition_key().is_some_and(fits)
            })
        },
    },
    Feature {
        name: "fields",
        read: |node, reader| entity_text(node, reader, |entity, fits| any(&entity.fields, fits)),
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
    let comparison = Comparison::read_of(COUNT, "key_columns", node, reader)?;
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
        read: |node, reader| endpoint_text(node, reader, |endpoint, fits| fits(&endpoint.path)),
    },
    Feature {
        name: "request",
        read: |node, reader| endpoint_text(node, reader, is_sent),
    },
    Feature {
        name: "status",
        read: status,
    },
    Feature {
        name: "versioned",
        read: |node, reader| endpoint_mark(node, reader, |marks| marks.versioned.as_ref()),
    },
    Feature {
        name: "paginated",
        read: |node, reader| endpoint_mark(node, reader, |marks| marks.paginated.as_ref()),
    },
    Feature {
        name: "idempotency_key",
        read: |node, reader| endpoint_mark(node, reader, |marks| marks.idempotency_key.as_ref()),
    },
];

pub(super) const DECISION: &[Feature] = &[
    Feature {
        name: "topic",
        read: |node, reader| {
            decision_text(node, reader, "topic", |decision| decision.topic.as_deref())
        },
    },
    Feature {
        name: "choice",
        read: |node, reader| {
            decision_text(node, reader, "choice", |decision| Some(&decision.choice))
        },
    },
    Feature {
        name: "over",
        read: |node, reader| {
            decision_text(node, reader, "alternative", |decision| {
                decision.over.as_deref()
            })
        },
    },
    Feature {
        name: "because",
        read: |node, reader| {
            decision_text(node, reader, "reason", |decision| {
                decision.because.as_deref()
            })
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
    one: fn(&Entity, Fits<'_>) -> bool,
) -> Option<Test> {
    search(node, reader, move |scene, at, fits| {
        let entity = scene.subject.design.data.get(at);
        entity.is_some_and(|entity| one(entity, fits))
    })
}

fn any(texts: &[String], fits: Fits<'_>) -> bool {
    texts.iter().any(|text| fits(text))
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
    one: fn(&Endpoint, Fits<'_>) -> bool,
) -> Option<Test> {
    search(node, reader, move |scene, at, fits| {
        let endpoint = scene.subject.design.api.get(at);
        endpoint.is_some_and(|endpoint| one(endpoint, fits))
    })
}

/// Everything that is sent: parameters, query and headers.
fn is_sent(endpoint: &Endpoint, fits: Fits<'_>) -> bool {
    fits(&endpoint.path) || fits(&endpoint.request)
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "a row of a table of readers that may fail"
)]
fn method(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    let wanted = texts_of(node, reader.issues);
    check_methods(node, reader);
    Some(Box::new(move |scene, at, _| {
        let endpoint = scene.subject.design.api.get(at);
        Truth::from(endpoint.is_some_and(|endpoint| {
            wanted
                .iter()
                .any(|method| method.eq_ignore_ascii_case(&endpoint.method))
        }))
    }))
}

/// The methods of HTTP. Designs may have others, as of sockets.
const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// Complains of a slip in a method: no endpoint has it.
fn check_methods(node: &Node<'_>, reader: &mut RuleReader<'_>) {
    for item in reader.some_of(node) {
        let Some(text) = item.text().filter(|_| reader.strict) else {
            continue;
        };
        let is_known = METHODS.iter().any(|known| known.eq_ignore_ascii_case(text));
        if let (false, Some(meant)) = (is_known, spelling::nearest(text, METHODS.iter().copied())) {
            let message = format!("unknown method `{text}`");
            let help = spelling::proposal(meant);
            reader.issues.error(item.span, message, help);
        }
    }
}

/// Complains of what is no status of HTTP: none else is ever read.
fn check_statuses(node: &Node<'_>, reader: &mut RuleReader<'_>) {
    let items = match &node.content {
        Content::Map(entries) => {
            let literals = entries.iter().filter(|(key, _)| {
                let key = key.text();
                key == Some("is") || key == Some("not")
            });
            literals.flat_map(|(_, value)| one_or_many(value)).collect()
        }
        _ => one_or_many(node).iter().collect::<Vec<_>>(),
    };
    for item in items.into_iter().filter(|_| reader.strict) {
        let Some(text) = item.text() else { continue };
        let is_status = |code: u16| (100..600).contains(&code);
        if !text.parse().is_ok_and(is_status) {
            let message = format!("`{text}` is no status, and no endpoint answers with it");
            let help = "write a number from 100 to 599, or `{matches: REGEX}`".to_owned();
            reader.issues.error(item.span, message, help);
        }
    }
}

fn status(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    check_statuses(node, reader);
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
                Operand::Words(stated.into())
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
fn endpoint_mark(
    node: &Node<'_>,
    reader: &mut RuleReader<'_>,
    mark: fn(&EndpointMarks) -> Option<&Pattern>,
) -> Option<Test> {
    yes_or_no(node, reader, move |scene, at, _| {
        let endpoint = scene.subject.design.api.get(at);
        let mark = mark(&scene.knowledge.language.endpoints);
        let Some((endpoint, mark)) = endpoint.zip(mark) else {
            return Truth::No;
        };
        let bodies = endpoint
            .responses
            .iter()
            .map(|response| response.body.as_str());
        let mut texts = [endpoint.path.as_str(), endpoint.request.as_str()]
            .into_iter()
            .chain(bodies);
        Truth::from(texts.any(|text| mark.is_match(text)))
    })
}

fn decision_text(
    node: &Node<'_>,
    reader: &mut RuleReader<'_>,
    what: &'static str,
    text: fn(&Decision) -> Option<&str>,
) -> Option<Test> {
    if !matches!(node.content, Content::Map(_)) {
        if reader.strict && node.text().and_then(yes_no).is_some() {
            let word = node.text().unwrap_or_default();
            let message = format!("`{word}` is looked for as a word of the text");
            let help = "write `{stated: yes}` to ask whether it is stated".to_owned();
            reader.issues.error(node.span, message, help);
        }
        return search(node, reader, move |scene, at, fits| {
            let decision = scene.subject.design.decisions.get(at);
            decision.and_then(text).is_some_and(fits)
        });
    }
    let comparison = Comparison::read(node, reader)?;
    Some(Box::new(move |scene, at, trace| {
        let stated = scene.subject.design.decisions.get(at).and_then(text);
        let stated = stated.filter(|text| !text.trim().is_empty());
        comparison.test(&Operand::word(stated), trace, &|| {
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
    let concepts = reader.named_concepts(node);
    Some(Box::new(move |scene, at, _| {
        let place = Place::Entry(Part::Decisions, at);
        let of_concept = |concept| {
            let reads =
                |passage: &Passage| passage.place == place && passage.role != Role::Rejected;
            match scene.evidence(concept, reads) {
                Some((_, Weight::Full)) => Truth::Yes,
                Some(_) => Truth::NotStated,
                None => Truth::No,
            }
        };
        concepts.iter().map(of_concept).fold(Truth::No, Truth::or)
    }))
}
