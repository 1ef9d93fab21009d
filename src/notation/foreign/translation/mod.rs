//! From what is drawn to a design: boxes become components of a kind, arrows become calls.
//!
//! Knows the vocabulary of designs by its interface; says of everything that it took for granted.

mod asides;
mod calls;
mod copies;
mod enclosure;
mod identity;
mod names;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::diagram::{Diagram, End, Shape};
use crate::model::{Component, Design, Tech, Value, Vocabulary, spelling};
use crate::source::Span;
use asides::{counted, parted};
use calls::calls;
use copies::{merge_copies, stem};
use enclosure::Enclosure;
use identity::{Certainty, Identity, identify};
use names::Names;

/// A design with what was taken for granted on the way to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Translation {
    /// What is drawn.
    pub design: Design,
    /// What a reader should look at, in the order of the file.
    pub remarks: Vec<Remark>,
}

/// Something that was not plain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Where.
    pub span: Span,
    /// What, and what was made of it.
    pub text: String,
}

/// Makes a design of a diagram.
#[must_use]
pub fn translate(diagram: &Diagram, vocabulary: &Vocabulary) -> Translation {
    let mut remarks = Vec::new();
    let diagram = with_frames_as_boxes(diagram);
    let joined = joined(&diagram);
    let mut names = Names::default();
    let mut design = Design {
        title: diagram.title.clone(),
        ..Design::default()
    };
    let mut places = BTreeMap::new();
    let stems = shared_stems(&diagram, vocabulary);
    for (at, shape) in diagram.boxes.iter().enumerate() {
        let is_joined = joined.contains(&at);
        let says_nothing = shape.label.is_empty() && shape.hint.is_none();
        if says_nothing && !is_joined {
            continue;
        }
        let identity = match plain_name(shape, &stems) {
            Some(plain) => Identity {
                name: shape.label.name.clone(),
                ..identify(&plain, vocabulary)
            },
            None => identify(shape, vocabulary),
        };
        remarks.extend(guessed(shape, &identity, vocabulary));
        remarks.extend(undecided(shape, &identity, vocabulary));
        let component = component((&diagram, shape), identity, vocabulary, &mut names);
        places.insert(at, design.components.len());
        design.components.push(component);
    }
    calls(&diagram, &places, vocabulary, &mut design, &mut remarks);
    let spans = diagram.boxes.iter().map(|shape| shape.span);
    let spans: Vec<Span> = spans.collect();
    merge_copies(&mut design, &mut remarks, &places, &spans);
    remarks.sort_by_key(|remark| remark.span);
    Translation { design, remarks }
}

/// The diagram with those frames as boxes that arrows end at and nothing lies in.
fn with_frames_as_boxes(diagram: &Diagram) -> Diagram {
    let enclosure = Enclosure::of(diagram);
    let mut all = diagram.clone();
    let mut made: BTreeMap<usize, usize> = BTreeMap::new();
    for arrow in &mut all.arrows {
        for end in [&mut arrow.from, &mut arrow.to] {
            let End::Frame(frame) = *end else { continue };
            let Some(drawn) = diagram.frames.get(frame) else {
                continue;
            };
            if !enclosure.is_empty(frame) {
                continue;
            }
            let at = *made.entry(frame).or_insert_with(|| {
                let mut shape = Shape::new(drawn.name.clone(), drawn.label.clone(), drawn.span);
                shape.frame = drawn.within;
                all.boxes.push(shape);
                all.boxes.len() - 1
            });
            *end = End::Shape(at);
        }
    }
    all
}

/// What several boxes are called but for a number, where that or one of them means nothing but a number: beside `s1`, `s3` is no
/// product.
fn shared_stems(diagram: &Diagram, vocabulary: &Vocabulary) -> BTreeSet<String> {
    let mut numbered: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for shape in &diagram.boxes {
        let name = shape.label.name.as_str();
        if let (stem, true) = stem(name) {
            let all = numbered.entry(stem.to_lowercase()).or_default();
            all.insert(name);
        }
    }
    let means = |name: &str| vocabulary.classify(name).is_some();
    let shared = numbered.into_iter().filter(|(stem, names)| {
        names.len() > 1 && (means(stem) || !names.iter().all(|name| means(name)))
    });
    shared.map(|(stem, _)| stem).collect()
}

/// A box without the number that tells it from others like it: beside `db1`, `db2` is no product.
fn plain_name(shape: &Shape, stems: &BTreeSet<String>) -> Option<Shape> {
    let name = shape.label.name.as_str();
    if counted(name).1.is_some() || parted(name).1.is_some() {
        return None;
    }
    let (stem, is_numbered) = stem(name);
    let is_shared = is_numbered && stems.contains(&stem.to_lowercase());
    if !is_shared {
        return None;
    }
    let mut plain = shape.clone();
    for called in [&mut plain.name, &mut plain.label.name] {
        if called == name {
            stem.clone_into(called);
        }
    }
    Some(plain)
}

/// The boxes at the ends of arrows.
fn joined(diagram: &Diagram) -> BTreeSet<usize> {
    let ends = diagram
        .arrows
        .iter()
        .flat_map(|arrow| [arrow.from, arrow.to]);
    let boxes = ends.filter_map(|end| match end {
        End::Shape(at) => Some(at),
        End::Frame(_) => None,
    });
    boxes.collect()
}

/// What is said of a box whose kind is a guess.
fn guessed(shape: &Shape, identity: &Identity, vocabulary: &Vocabulary) -> Option<Remark> {
    let kind = &vocabulary.kinds.info(identity.kind).id;
    let name = match shape.label.name.as_str() {
        "" => "a box without words".to_owned(),
        name => format!("`{name}`"),
    };
    let why = match identity.certainty {
        Certainty::Named => return None,
        Certainty::Outlined => "has the outline, but not the name, of one",
        Certainty::Unknown => "says nothing of what it is",
    };
    Some(Remark {
        span: shape.span,
        text: format!("{name} is taken for `{kind}`: it {why}"),
    })
}

/// What is said of a box that names several technologies.
fn undecided(shape: &Shape, identity: &Identity, vocabulary: &Vocabulary) -> Option<Remark> {
    let called = |tech: &Tech| &vocabulary.technologies.info(*tech).name;
    let tech = called(identity.tech.as_ref()?);
    let others: Vec<&String> = identity.others.iter().map(called).collect();
    let others = spelling::enumerated(&others);
    (!others.is_empty()).then(|| Remark {
        span: shape.span,
        text: format!(
            "`{}` is taken for {tech}: it names {others} as well",
            shape.label.name
        ),
    })
}

/// The component of a box.
fn component(
    (diagram, shape): (&Diagram, &Shape),
    identity: Identity,
    vocabulary: &Vocabulary,
    names: &mut Names,
) -> Component {
    let title = identity.name.clone();
    let id = names.unique(&title, &shape.name);
    let mut component = Component::new(id, identity.kind);
    component.tech = identity.tech;
    let tech = identity.tech.map(|tech| vocabulary.technologies.info(tech));
    component.tech_text = tech.map(|tech| tech.id.clone());
    component.kind_stated = tech.is_some_and(|tech| tech.kind != identity.kind);
    component.title =
        Some(title).filter(|title| !title.is_empty() && !names::is_said(title, &component.id));
    let frame = shape.frame.and_then(|frame| diagram.frames.get(frame));
    component.group = frame
        .map(|frame| frame.label.line())
        .filter(|line| !line.is_empty());
    component.notes = Some(identity.notes.join("; ")).filter(|notes| !notes.is_empty());
    for (attribute, number) in identity.counts {
        component.attributes.set(attribute, Value::Count(number));
    }
    component
}
