//! What can be asked of a stated figure.
//!
//! Knows names, dimensions and whether the value follows from the candidate's own inputs.

use super::super::comparison::{self, Comparison, Operand, Shown};
use super::super::figure::FigureFact;
use super::super::noun::Noun;
use super::super::reader::{DIMENSIONS, RuleReader};
use super::super::scene::Scene;
use super::super::selector::Test;
use super::{Feature, yes_or_no};
use crate::analysis::Truth;
use crate::model::ValueType;
use crate::model::quantity::{Dimension, Quantity};
use crate::notation::yaml::{Fields, Node, flag, names, text_of, texts_of};

pub(super) const FEATURES: &[Feature] = &[
    Feature {
        name: "name",
        read: name,
    },
    Feature {
        name: "dimension",
        read: dimension,
    },
    Feature {
        name: "correct",
        read: |node, reader| {
            yes_or_no(node, reader, |scene, at, trace| {
                scene
                    .figures()
                    .get(at)
                    .map_or(Truth::No, |figure| figure.correct(scene, trace))
            })
        },
    },
    Feature {
        name: "sane",
        read: |node, reader| {
            let wanted = flag(node, reader.issues)?;
            Some(Box::new(move |scene, at, trace| {
                let figure = scene.figures().get(at);
                figure.map_or(Truth::No, |figure| figure.sane(wanted, scene, trace))
            }))
        },
    },
    Feature {
        name: "off_by",
        read: |node, reader| factor(node, reader, "off_by", FigureFact::off_by),
    },
    Feature {
        name: "off_flows",
        read: |node, reader| factor(node, reader, "off_flows", FigureFact::off_flows),
    },
    Feature {
        name: "off_alike",
        read: |node, reader| {
            yes_or_no(node, reader, |scene, at, _| {
                let mut others = scene.figures().iter().enumerate();
                let figure = scene.figures().get(at);
                Truth::from(figure.is_some_and(|figure| {
                    others.any(|(other, one)| other != at && figure.is_off_like(one, scene))
                }))
            })
        },
    },
    Feature {
        name: "understood",
        read: |node, reader| {
            yes_or_no(node, reader, |scene, at, _| {
                let figure = scene.figures().get(at);
                Truth::from(figure.is_some_and(|figure| figure.id.is_some()))
            })
        },
    },
    Feature {
        name: "estimated",
        read: |node, reader| {
            yes_or_no(node, reader, |scene, at, _| {
                Truth::from(
                    scene
                        .figures()
                        .get(at)
                        .is_some_and(|figure| figure.estimated),
                )
            })
        },
    },
];

#[expect(
    clippy::unnecessary_wraps,
    reason = "a row of a table of readers that may fail"
)]
fn name(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    let wanted = texts_of(node, reader.issues);
    for name in &wanted {
        reader.uses_figure(name, node.span);
    }
    Some(Box::new(move |scene, at, _| {
        let figure = scene.figures().get(at);
        let id = figure.and_then(|figure| figure.id.as_ref());
        Truth::from(id.is_some_and(|id| wanted.contains(id)))
    }))
}

fn factor(
    node: &Node<'_>,
    reader: &mut RuleReader<'_>,
    key: &str,
    of: fn(&FigureFact, &Scene<'_>) -> Option<Quantity>,
) -> Option<Test> {
    let comparison = Comparison::read_of(ValueType::Number, key, node, reader)?;
    Some(Box::new(move |scene, at, trace| {
        let figure = scene.figures().get(at);
        let ratio = figure.and_then(|figure| of(figure, scene));
        let name = || format!("factor of {}", Noun::Figure.name(scene, at));
        // Where nothing follows, nothing is off.
        ratio.map_or(Truth::No, |ratio| {
            comparison.test(&Operand::computed(ratio), trace, &name)
        })
    }))
}

/// Reads a dimension by its word.
pub fn read_dimension(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Dimension> {
    let word = text_of(node, reader.issues)?;
    let dimension = Dimension::from_name(word);
    if dimension.is_none() {
        reader.unknown(node, "dimension", word, DIMENSIONS);
    }
    dimension
}

fn dimension(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    let wanted = read_dimension(node, reader)?;
    Some(Box::new(move |scene, at, _| {
        Truth::from(
            scene
                .figures()
                .get(at)
                .is_some_and(|figure| figure.quantity.dimension == wanted),
        )
    }))
}

/// A key of a comparison with the figure's value; the outer option says whether the key is one.
#[expect(
    clippy::option_option,
    reason = "no such key, or a key that could not be read"
)]
pub(super) fn comparison_key(
    key: &str,
    value: &Node<'_>,
    reader: &mut RuleReader<'_>,
) -> Option<Option<Test>> {
    if !names(comparison::COMPARISON).contains(&key) {
        return None;
    }
    let entry = [(
        Node {
            span: value.span,
            content: crate::notation::yaml::Content::Scalar {
                text: key.to_owned().into(),
                verbatim: false,
            },
        },
        value.clone(),
    )];
    let map = Node {
        span: value.span,
        content: crate::notation::yaml::Content::Map(entry.to_vec()),
    };
    let comparison = Fields::of(&map, "a comparison", reader.issues)
        .map(|fields| Comparison::from_fields(&fields, reader));
    Some(comparison.map(|comparison| -> Test {
        Box::new(move |scene, at, trace| {
            let operand = scene.figures().get(at).map_or(Operand::Missing, |figure| {
                Operand::Quantity(figure.quantity, Shown::Text(&figure.shown))
            });
            comparison.test(&operand, trace, &|| Noun::Figure.name(scene, at))
        })
    }))
}
