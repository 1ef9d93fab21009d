//! What is drawn of a model: its innermost elements are boxes and those around them frames; components of a container, and
//! what lies in a store, belong to that.
//!
//! Knows levels of elements; knows no words but those for levels.

use std::collections::BTreeSet;

use super::kinds::{Kinds, words};
use super::model::{Element, Model, Relation};
use crate::model::Outline;
use crate::notation::foreign::diagram::{Arrow, Diagram, End, Frame, Heads, MOST_COPIES, Shape};
use crate::notation::foreign::label::Label;
use crate::notation::foreign::scopes::joined_within;

/// What is drawn as one where all that lies in it are parts.
const CONTAINER: &str = "container";

/// A part of a container.
const COMPONENT: &str = "component";

/// Draws a model.
pub(super) fn diagram(model: &Model) -> Diagram {
    let mut drawing = Drawing {
        model,
        frames: frames(model),
        places: Vec::new(),
        diagram: Diagram::default(),
    };
    for (at, element) in model.elements.iter().enumerate() {
        let place = drawing.place(at, element);
        drawing.places.push(place);
    }
    drawing.arrows();
    drawing.diagram
}

/// The elements that are drawn around others.
fn frames(model: &Model) -> BTreeSet<usize> {
    let mut frames = model.outer();
    // Whatever is no component makes a container of the C4 model something larger than one.
    let elements = model.elements.iter();
    let others = elements.filter(|element| element.kind.to_lowercase() != COMPONENT);
    let larger: BTreeSet<usize> = others.filter_map(|element| element.within).collect();
    frames.retain(|at| {
        model.elements.get(*at).is_some_and(|element| {
            let is_container = element.kind.to_lowercase() == CONTAINER;
            let outline = model.kinds.outline(&element.kind, &element.said);
            outline != Some(Outline::Cylinder) && (!is_container || larger.contains(at))
        })
    });
    frames
}

struct Drawing<'m> {
    model: &'m Model,
    frames: BTreeSet<usize>,
    /// What each element is drawn as; those around others come before them, but for what extends them.
    places: Vec<End>,
    diagram: Diagram,
}

impl Drawing<'_> {
    fn place(&mut self, at: usize, element: &Element) -> End {
        let outer = element.within.and_then(|outer| self.places.get(outer));
        let frame = match outer {
            // What belongs to a box is no box of its own.
            Some(End::Shape(shape)) => return End::Shape(*shape),
            Some(End::Frame(frame)) => Some(*frame),
            None => None,
        };
        let title = element.said.title.clone();
        let title = title.unwrap_or_else(|| words(&element.id));
        if self.frames.contains(&at) {
            self.diagram.frames.push(Frame {
                name: element.id.clone(),
                label: Label::of(&title),
                within: frame,
                span: element.span,
            });
            return End::Frame(self.diagram.frames.len() - 1);
        }
        let shape = self.shape(at, element, &title, frame);
        self.diagram.boxes.push(shape);
        End::Shape(self.diagram.boxes.len() - 1)
    }

    fn shape(&self, at: usize, element: &Element, title: &str, frame: Option<usize>) -> Shape {
        let (kinds, said) = (&self.model.kinds, &element.said);
        let mut label = Label::of(title).unbroken();
        let technology = kinds.technology(&element.kind, said);
        let technology = technology.map(|technology| Label::of(&technology).line());
        label
            .rest
            .extend(technology.filter(|technology| !technology.is_empty()));
        let mut shape = Shape::new(element.id.clone(), label, element.span);
        shape.outline = kinds.outline(&element.kind, said);
        shape.hint = kinds.hint(&element.kind, said);
        shape.is_of_others = kinds.is_of_others(&element.kind);
        shape.about = said.about();
        shape.frame = frame;
        let copies = self.model.copies.get(&at).copied().unwrap_or(1);
        shape.copies = copies.clamp(1, MOST_COPIES);
        shape
    }

    fn arrows(&mut self) {
        let ends = self.model.relations.iter().map(|one| (one.from, one.to));
        let finer = joined_within(ends, |at| self.model.around(Some(at)));
        for relation in &self.model.relations {
            let (Some(from), Some(to)) =
                (self.places.get(relation.from), self.places.get(relation.to))
            else {
                continue;
            };
            let is_coarse = [from, to].iter().any(|end| matches!(end, End::Frame(_)));
            let is_repeated = is_coarse && finer.contains(&(relation.from, relation.to));
            if from != to && !is_repeated {
                let arrow = self.arrow(relation, *from, *to);
                self.diagram.arrows.push(arrow);
            }
        }
    }

    fn arrow(&self, relation: &Relation, from: End, to: End) -> Arrow {
        let said = [&relation.said.title, &relation.said.technology];
        let said = said
            .into_iter()
            .flatten()
            .map(|text| Label::of(text).line());
        let kind = relation.kind.as_deref().and_then(Kinds::relation);
        let said = said.chain(kind).filter(|text| !text.is_empty());
        let lines: Vec<String> = said.collect();
        Arrow {
            from,
            to,
            heads: Heads::End,
            is_dashed: self
                .model
                .kinds
                .is_dashed(relation.kind.as_deref(), &relation.said),
            label: Label::plain(&lines.join("\n")),
            span: relation.span,
        }
    }
}
