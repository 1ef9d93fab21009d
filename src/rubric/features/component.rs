//! What can be asked of a component.
//!
//! Knows kinds, technologies, the component's place in the graph and what it survives.

use super::super::comparison::{Comparison, Operand};
use super::super::fitting::COUNT;
use super::super::noun::Noun;
use super::super::reader::RuleReader;
use super::super::scene::Scene;
use super::super::selector::{Selector, Test};
use super::super::trace::Trace;
use super::{Feature, Fits, on_flow, search, yes_or_no};
use crate::analysis::{Domain, Truth};
use crate::model::attribute::Bearer;
use crate::model::{Attribute, Component, Kind, Quantity, Tech, ValueType, spelling};
use crate::notation::yaml::{Content, Fields, Node, all_of, text_of};

pub(super) const FEATURES: &[Feature] = &[
    Feature {
        name: "kind",
        read: kind_test,
    },
    Feature {
        name: "tech",
        read: tech,
    },
    Feature {
        name: "property",
        read: property,
    },
    Feature {
        name: "id",
        read: |node, reader| {
            search(node, reader, |scene, at, fits| {
                fits(scene.subject.design.id(at))
            })
        },
    },
    Feature {
        name: "title",
        read: |node, reader| {
            search(node, reader, |scene, at, fits| {
                of(scene, at, |c| c.title.as_deref().is_some_and(fits))
            })
        },
    },
    Feature {
        name: "named",
        read: |node, reader| search(node, reader, is_named),
    },
    Feature {
        name: "tag",
        read: |node, reader| word_among(node, reader, "tags", |component| &component.tags),
    },
    Feature {
        name: "group",
        read: |node, reader| {
            word_among(node, reader, "group", |component| {
                component.group.as_slice()
            })
        },
    },
    Feature {
        name: "isolated",
        read: |node, reader| {
            yes_or_no(node, reader, |scene, at, _| {
                Truth::from(!scene.subject.graph.is_connected(at))
            })
        },
    },
    Feature {
        name: "apart",
        read: |node, reader| {
            yes_or_no(node, reader, |scene, at, _| {
                Truth::from(scene.subject.is_apart(at))
            })
        },
    },
    Feature {
        name: "dead_end",
        read: |node, reader| {
            yes_or_no(node, reader, |scene, at, _| {
                Truth::from(scene.subject.is_dead_end(at))
            })
        },
    },
    Feature {
        name: "reachable",
        read: |node, reader| {
            yes_or_no(node, reader, |scene, at, _| {
                Truth::from(scene.subject.is_reachable(at))
            })
        },
    },
    Feature {
        name: "in_cycle",
        read: |node, reader| yes_or_no(node, reader, in_cycle),
    },
    Feature {
        name: "survives",
        read: survives,
    },
    Feature {
        name: "single_point_of_failure",
        read: |node, reader| yes_or_no(node, reader, single_point_of_failure),
    },
    Feature {
        name: "needed",
        read: |node, reader| yes_or_no(node, reader, needed),
    },
    Feature {
        name: "on_flow",
        read: |node, reader| on_flow(node, reader, |facts| &facts.components),
    },
    Feature {
        name: "stores",
        read: stores,
    },
    Feature {
        name: "callers",
        read: |node, reader| {
            neighbours(node, reader, |scene, at| {
                scene.subject.graph.callers(at).len()
            })
        },
    },
    Feature {
        name: "callees",
        read: |node, reader| {
            neighbours(node, reader, |scene, at| {
                scene.subject.graph.callees(at).len()
            })
        },
    },
    Feature {
        name: "amplification",
        read: amplification,
    },
    Feature {
        name: "calls",
        read: |node, reader| beside(node, reader, |scene, at| scene.subject.graph.callees(at)),
    },
    Feature {
        name: "called_by",
        read: |node, reader| beside(node, reader, |scene, at| scene.subject.graph.callers(at)),
    },
];

fn of<T: Default>(scene: &Scene<'_>, at: usize, ask: impl Fn(&Component) -> T) -> T {
    scene
        .subject
        .design
        .components
        .get(at)
        .map(ask)
        .unwrap_or_default()
}

/// Selects by kind, subtypes included.
pub fn kind_test(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    let kinds: Vec<Kind> = all_of(reader.some_of(node).iter().map(|item| kind(item, reader)))?;
    let kinds = reader.vocabulary.kinds.below(&kinds);
    Some(Box::new(move |scene, at, _| {
        let component = scene.subject.design.components.get(at);
        Truth::from(component.is_some_and(|component| kinds.contains(component.kind)))
    }))
}

fn kind(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Kind> {
    let word = text_of(node, reader.issues)?;
    let kinds = &reader.vocabulary.kinds;
    let kind = kinds.named(word);
    if kind.is_none() {
        let all: Vec<&str> = kinds
            .all()
            .map(|kind| kinds.info(kind).id.as_str())
            .collect();
        let help = if reader.vocabulary.technologies.named(word).is_some() {
            format!("`{word}` is a technology: write `tech: {word}`")
        } else {
            spelling::one_of(word, &all)
        };
        reader
            .issues
            .error(node.span, format!("unknown kind `{word}`"), help);
    }
    kind
}

/// Selects the component that `for_each` has bound under a word such as `$store`.
pub fn bound_word(word: &str, node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    const WORDS: [&str; 4] = ["$component", "$source", "$target", "$store"];
    if !WORDS.contains(&word) {
        reader.issues.error(
            node.span,
            format!("unknown word `{word}`"),
            spelling::did_you_mean(word, &WORDS),
        );
        return None;
    }
    let word = word.to_owned();
    Some(Box::new(move |scene, at, _| {
        Truth::from(scene.bound_component(&word) == Some(at))
    }))
}

fn tech(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    let wanted: Vec<Tech> = all_of(reader.some_of(node).iter().map(|item| {
        let word = text_of(item, reader.issues)?;
        let tech = reader.vocabulary.technologies.named(word);
        if tech.is_none() {
            let help = reader.vocabulary.suggestion(word);
            reader
                .issues
                .error(item.span, format!("unknown technology `{word}`"), help);
        }
        tech
    }))?;
    Some(Box::new(move |scene, at, _| {
        let tech = scene
            .subject
            .design
            .components
            .get(at)
            .and_then(|component| component.tech);
        Truth::from(tech.is_some_and(|tech| wanted.contains(&tech)))
    }))
}

/// A property of the technology, or the attribute of the same name where the design states it.
fn property(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    let fields = Fields::of(node, "a property", reader.issues)?;
    let wanted = all_of(fields.entries().iter().map(|(key, value)| {
        let name = key.text().unwrap_or_default().to_owned();
        let attribute = Attribute::named(&name, Bearer::Component);
        Some((name, attribute, Comparison::read(value, reader)?))
    }))?;
    Some(Box::new(move |scene, at, trace| {
        let all = wanted.iter();
        all.fold(Truth::Yes, |truth, (name, attribute, comparison)| {
            let operand = property_of(scene, at, name, *attribute);
            truth.and(comparison.test(&operand, trace, &|| {
                format!("{name} of {}", scene.subject.design.id(at))
            }))
        })
    }))
}

fn property_of<'s>(
    scene: &Scene<'s>,
    at: usize,
    name: &str,
    attribute: Option<Attribute>,
) -> Operand<'s> {
    let Some(component) = scene.subject.design.components.get(at) else {
        return Operand::Missing;
    };
    if let Some(value) = attribute.and_then(|attribute| component.attributes.get(attribute)) {
        return Operand::of(Some(value));
    }
    let tech = component
        .tech
        .map(|tech| scene.subject.vocabulary.technologies.info(tech));
    let value = tech.and_then(|tech| tech.properties().get(name));
    match value.map(String::as_str) {
        Some("yes") => Operand::YesNo(true),
        Some("no") => Operand::YesNo(false),
        other => Operand::word(other),
    }
}

fn is_named(scene: &Scene<'_>, at: usize, fits: Fits<'_>) -> bool {
    of(scene, at, |component| {
        let others = [&component.title, &component.tech_text];
        let mut others = others.into_iter().flatten();
        fits(&component.id) || others.any(|name| fits(name))
    })
}

/// Words are among those of the component; a comparison is held against them, and they may not be stated.
fn word_among(
    node: &Node<'_>,
    reader: &mut RuleReader<'_>,
    name: &'static str,
    words: fn(&Component) -> &[String],
) -> Option<Test> {
    if matches!(node.content, Content::Map(_)) {
        let comparison = Comparison::read(node, reader)?;
        return Some(Box::new(move |scene, at, trace| {
            let component = scene.subject.design.components.get(at);
            let words = component.map(words).unwrap_or_default();
            let operand = if words.is_empty() {
                Operand::Missing
            } else {
                Operand::words(words)
            };
            let what = || format!("{name} of {}", Noun::Component.name(scene, at));
            comparison.test(&operand, trace, &what)
        }));
    }
    let wanted = crate::notation::yaml::texts_of(node, reader.issues);
    Some(Box::new(move |scene, at, _| {
        Truth::from(of(scene, at, |component| {
            words(component).iter().any(|word| wanted.contains(word))
        }))
    }))
}

fn in_cycle(scene: &Scene<'_>, at: usize, trace: &mut Trace) -> Truth {
    // Instances of one component that ask each other are no circle of several.
    let cycle = scene
        .subject
        .synchronous_cycles()
        .iter()
        .find(|cycle| cycle.len() > 1 && cycle.contains(&at));
    for component in cycle.into_iter().flatten() {
        trace.find(Noun::Component.place(scene, *component), || {
            scene.subject.design.id(*component).to_owned()
        });
    }
    Truth::from(cycle.is_some())
}

fn survives(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
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

fn single_point_of_failure(scene: &Scene<'_>, at: usize, trace: &mut Trace) -> Truth {
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

fn needed(scene: &Scene<'_>, at: usize, _: &mut Trace) -> Truth {
    let needs = |flow: &usize| {
        scene
            .subject
            .flows
            .get(*flow)
            .is_some_and(|facts| facts.needed.contains(&at))
    };
    Truth::from(flows_asked(scene).iter().any(needs))
}

fn stores(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    let selector = Selector::read(Noun::Entity, node, reader)?;
    Some(Box::new(move |scene, at, trace| {
        let entities = scene
            .subject
            .design
            .data
            .iter()
            .enumerate()
            .filter(|(_, entity)| entity.store == Some(at));
        entities.fold(Truth::No, |truth, (entity, _)| {
            truth.or(selector.matches(scene, entity, trace))
        })
    }))
}

fn neighbours(
    node: &Node<'_>,
    reader: &mut RuleReader<'_>,
    count: fn(&Scene<'_>, usize) -> usize,
) -> Option<Test> {
    let comparison = Comparison::read_of(COUNT, "number of neighbours", node, reader)?;
    Some(Box::new(move |scene, at, trace| {
        let operand = Operand::count(count(scene, at));
        comparison.test(&operand, trace, &|| {
            format!("number of neighbours of {}", scene.subject.design.id(at))
        })
    }))
}

/// How many attempts one request can become here when what is called fails.
fn amplification(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    let comparison = Comparison::read_of(ValueType::Number, "amplification", node, reader)?;
    Some(Box::new(move |scene, at, trace| {
        let attempts = Quantity::number(scene.study().amplification(at));
        let operand = Operand::computed(attempts);
        comparison.test(&operand, trace, &|| {
            format!(
                "attempts that one request can become at {}",
                scene.subject.design.id(at)
            )
        })
    }))
}

fn beside(
    node: &Node<'_>,
    reader: &mut RuleReader<'_>,
    others: fn(&Scene<'_>, usize) -> Vec<usize>,
) -> Option<Test> {
    let selector = Selector::read(Noun::Component, node, reader)?;
    Some(Box::new(move |scene, at, trace| {
        others(scene, at)
            .into_iter()
            .fold(Truth::No, |truth, other| {
                truth.or(selector.matches(scene, other, trace))
            })
    }))
}
