//! What is drawn of a model, at the level of containers: software systems with containers are frames, components belong to
//! their container, and deployments say how many there are of each.
//!
//! Knows kinds of elements; knows no words.

use std::collections::{BTreeMap, BTreeSet};

use super::keywords::Kind;
use super::model::{Element, Model, Relation};
use crate::model::Outline;
use crate::notation::foreign::diagram::{Arrow, Diagram, End, Frame, Heads, MOST_COPIES, Shape};
use crate::notation::foreign::label::Label;
use crate::notation::foreign::scopes::joined_within;
use crate::notation::foreign::statements::Word;
use crate::source::Issues;

/// Draws a model.
pub(super) fn diagram(model: &mut Model, issues: &mut Issues) -> Diagram {
    let ends = model.ends(issues);
    let model = &*model;
    let mut drawing = Drawing {
        model,
        holding: holding(model),
        places: vec![None; model.elements.len()],
        diagram: Diagram::default(),
    };
    drawing.diagram.title.clone_from(&model.title);
    drawing.draw();
    drawing.place_instances();
    drawing.arrows(&ends, issues);
    drawing.diagram
}

/// The software systems that have containers.
fn holding(model: &Model) -> BTreeSet<usize> {
    let containers = model.elements.iter();
    let containers = containers.filter(|element| element.kind == Kind::Container);
    let systems = containers.filter_map(|container| {
        let mut around = model.around(container.within);
        around.find(|at| is(model, *at, Kind::System) || is(model, *at, Kind::Elsewhere))
    });
    systems.collect()
}

fn is(model: &Model, at: usize, kind: Kind) -> bool {
    let element = model.elements.get(at);
    element.is_some_and(|element| element.kind == kind)
}

struct Drawing<'m> {
    model: &'m Model,
    holding: BTreeSet<usize>,
    /// What each element is drawn as.
    places: Vec<Option<End>>,
    diagram: Diagram,
}

impl Drawing<'_> {
    /// Draws all elements but instances; those around others stand before them.
    fn draw(&mut self) {
        let mut infrastructure: BTreeMap<String, End> = BTreeMap::new();
        for (at, element) in self.model.elements.iter().enumerate() {
            let outer = element.within.and_then(|outer| *self.places.get(outer)?);
            let is_part = matches!(outer, Some(End::Shape(_)));
            let place = match element.kind {
                Kind::Environment | Kind::Node | Kind::Instance => None,
                // What belongs to a box is no box of its own.
                _ if is_part => outer,
                Kind::Group => Some(self.frame(element)),
                Kind::System | Kind::Elsewhere if self.holding.contains(&at) => {
                    Some(self.frame(element))
                }
                Kind::Infrastructure => {
                    // Each environment has its own of what is drawn once.
                    let name = element.name.to_lowercase();
                    let known = infrastructure.get(&name).copied();
                    let place = known.unwrap_or_else(|| self.shape(element));
                    infrastructure.insert(name, place);
                    Some(place)
                }
                _ => {
                    let place = self.shape(element);
                    infrastructure.insert(element.name.to_lowercase(), place);
                    Some(place)
                }
            };
            if let Some(drawn) = self.places.get_mut(at) {
                *drawn = place;
            }
        }
    }

    /// The frame that something within an element lies in.
    fn frame_of(&self, within: Option<usize>) -> Option<usize> {
        match within.and_then(|outer| *self.places.get(outer)?) {
            Some(End::Frame(frame)) => Some(frame),
            _ => None,
        }
    }

    fn frame(&mut self, element: &Element) -> End {
        self.diagram.frames.push(Frame {
            name: element.id.clone(),
            label: Label::of(&element.name),
            within: self.frame_of(element.within),
            span: element.span,
        });
        End::Frame(self.diagram.frames.len() - 1)
    }

    fn shape(&mut self, element: &Element) -> End {
        let tags = tags(element);
        let mut label = Label::of(&element.name);
        let said = std::iter::once(&element.said.technology).chain(&element.said.tags);
        let said: Vec<&str> = said.map(String::as_str).collect();
        let below = Label::of(&said.join("\n"));
        let lines = std::iter::once(below.name).chain(below.rest);
        let lines = lines.filter(|line| !line.is_empty() && *line != label.name);
        label.rest.extend(lines);
        let mut shape = Shape::new(element.id.clone(), label, element.span);
        let about = Label::of(&element.said.description).line();
        shape.about = Some(about).filter(|about| !about.is_empty());
        shape.frame = self.frame_of(element.within);
        shape.outline = self.model.styles.outline(&tags);
        if element.kind == Kind::Person {
            shape.outline = Some(Outline::Person);
        }
        shape.hint = self.model.styles.hint(&tags);
        self.diagram.boxes.push(shape);
        End::Shape(self.diagram.boxes.len() - 1)
    }

    /// Places instances where that is of which they are one, and counts them: the most that one environment has.
    fn place_instances(&mut self) {
        let model = self.model;
        let mut counts: BTreeMap<(usize, usize), u64> = BTreeMap::new();
        for (at, element) in model.elements.iter().enumerate() {
            if element.kind != Kind::Instance {
                continue;
            }
            let of = Word {
                text: element.name.clone(),
                is_quoted: false,
            };
            let place = model
                .named(&of, element.within)
                .and_then(|of| *self.places.get(of)?);
            if let Some(drawn) = self.places.get_mut(at) {
                *drawn = place;
            }
            let Some(End::Shape(shape)) = place else {
                continue;
            };
            let nodes = model.around(element.within);
            let mut environment = 0;
            let mut copies = element.said.instances.unwrap_or(1).max(1);
            for node in nodes {
                let said = model.elements.get(node).and_then(|one| one.said.instances);
                copies = copies.saturating_mul(said.unwrap_or(1).max(1));
                environment = node;
            }
            let count = counts.entry((shape, environment)).or_default();
            *count = count.saturating_add(copies);
        }
        for ((shape, _), count) in counts {
            if let Some(shape) = self.diagram.boxes.get_mut(shape) {
                shape.copies = shape.copies.max(count).min(MOST_COPIES);
            }
        }
    }

    fn arrows(&mut self, ends: &[Option<(usize, usize)>], issues: &mut Issues) {
        let (finer, running) = (self.finer(ends), self.running());
        let end = |at: usize| {
            let place = self.places.get(at).copied().flatten();
            place.or_else(|| {
                let is_node = is(self.model, at, Kind::Node);
                running.get(&at).copied().flatten().filter(|_| is_node)
            })
        };
        let mut arrows = Vec::new();
        let relations = self.model.relations.iter().zip(ends);
        for (relation, ends) in relations {
            let Some((from, to)) = *ends else { continue };
            let is_coarse = |at: usize| matches!(self.places.get(at), Some(Some(End::Frame(_))));
            if (is_coarse(from) || is_coarse(to)) && finer.contains(&(from, to)) {
                continue;
            }
            let (Some(start), Some(stop)) = (end(from), end(to)) else {
                let message = "a relationship of nodes is left out";
                let help = "it does not say what runs on them".to_owned();
                issues.warning(relation.span, message, help);
                continue;
            };
            if start != stop {
                arrows.push(self.arrow(relation, start, stop));
            }
        }
        self.diagram.arrows = arrows;
    }

    /// Pairs of elements that relationships within them join more closely.
    fn finer(&self, ends: &[Option<(usize, usize)>]) -> BTreeSet<(usize, usize)> {
        joined_within(ends.iter().flatten().copied(), |at| {
            let around = self.model.around(Some(at));
            around.filter(|outer| self.holding.contains(outer))
        })
    }

    /// What runs on each node, where it is one thing.
    fn running(&self) -> BTreeMap<usize, Option<End>> {
        let mut running: BTreeMap<usize, Option<End>> = BTreeMap::new();
        for (element, place) in self.model.elements.iter().zip(&self.places) {
            if place.is_none() {
                continue;
            }
            for node in self.model.around(element.within) {
                let only = running.entry(node).or_insert(*place);
                if only != place {
                    *only = None;
                }
            }
        }
        running
    }

    fn arrow(&self, relation: &Relation, from: End, to: End) -> Arrow {
        let mut label = Label::of(&relation.said.description);
        let technology = Label::of(&relation.said.technology).line();
        if label.is_empty() {
            label.name = technology;
        } else {
            label
                .rest
                .extend((!technology.is_empty()).then_some(technology));
        }
        Arrow {
            from,
            to,
            heads: Heads::End,
            is_dashed: self.model.styles.is_dashed(&relation.said.tags),
            label,
            span: relation.span,
        }
    }
}

/// The tags of an element, with those that all of its kind have before its own.
fn tags(element: &Element) -> Vec<String> {
    let of_kind = match element.kind {
        Kind::Person => "Person",
        Kind::System => "Software System",
        Kind::Container => "Container",
        Kind::Infrastructure => "Infrastructure Node",
        _ => "",
    };
    let given = ["Element", of_kind].into_iter().map(str::to_owned);
    given.chain(element.said.tags.iter().cloned()).collect()
}
