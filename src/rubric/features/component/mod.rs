//! What can be asked of a component.
//!
//! Knows its place in the graph; what it is and what it survives stand beside.

mod losing;
mod sort;

pub use sort::{bound_word, kind_test};

use losing::{needed, single_point_of_failure, survives};
use sort::{is_named, property, tech, word_among};

use super::{Feature, on_flow, search, yes_or_no};
use crate::analysis::Truth;
use crate::model::{Component, Quantity, ValueType};
use crate::notation::yaml::Node;
use crate::rubric::comparison::{Comparison, Operand};
use crate::rubric::fitting::COUNT;
use crate::rubric::noun::Noun;
use crate::rubric::reader::RuleReader;
use crate::rubric::scene::Scene;
use crate::rubric::selector::{Selector, Test};
use crate::rubric::trace::Trace;

pub(in crate::rubric) const FEATURES: &[Feature] = &[
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
        name: "out_of_scope",
        read: |node, reader| yes_or_no(node, reader, is_out_of_scope),
    },
    Feature {
        name: "isolated",
        read: |node, reader| {
            yes_or_no(node, reader, |scene, at, _| {
                let subject = scene.subject;
                let is_joined = subject.graph.is_connected(at) || subject.takes_dead_letters(at);
                Truth::from(!is_joined)
            })
        },
    },
    Feature {
        name: "apart",
        read: |node, reader| {
            yes_or_no(node, reader, |scene, at, _| {
                let subject = scene.subject;
                Truth::from(subject.is_apart(at) && !subject.takes_dead_letters(at))
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

/// Whether what is out of scope names it, by its id or its title: "the search itself".
fn is_out_of_scope(scene: &Scene<'_>, at: usize, _: &mut Trace) -> Truth {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let long = words.filter(|word| word.len() > "the".len());
        long.map(str::to_lowercase).collect()
    };
    let texts = scene.subject.design.requirements.out_of_scope.iter();
    let texts: Vec<Vec<String>> = texts
        .map(|text| words(text.trim_end_matches(" itself")))
        .collect();
    let is_named = |name: &str| {
        let name = words(name);
        !name.is_empty() && texts.contains(&name)
    };
    Truth::from(of(scene, at, |component| {
        is_named(&component.id) || component.title.as_deref().is_some_and(is_named)
    }))
}

fn of<T: Default>(scene: &Scene<'_>, at: usize, ask: impl Fn(&Component) -> T) -> T {
    scene
        .subject
        .design
        .components
        .get(at)
        .map(ask)
        .unwrap_or_default()
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
