//! Requirements, assumptions and estimates. Expressions may name other figures; they are resolved in the order of
//! their dependence, not of the file.
//!
//! Knows names and expressions; knows not which figures a problem wants.

use std::collections::BTreeMap;

use super::reader::Reader;
use crate::model::quantity::{self, Scope};
use crate::model::{Assumption, Design, Estimate, Figure, Part, Place, Quantity, spelling};
use crate::notation::yaml::{Content, Fields, Key, Node, Shape, one_or_many, text_of};
use crate::source::Span;

/// The keys of the requirements.
pub(super) const REQUIREMENTS: &[Key] = &[
    Key::new("functional", Shape::Many(&Shape::Text), "What it does."),
    Key::new(
        "non_functional",
        Shape::Many(&Shape::Text),
        "How well it does that: latency, availability, durability, cost.",
    ),
    Key::new(
        "out_of_scope",
        Shape::Many(&Shape::Text),
        "What it does not do.",
    ),
    Key::new("questions", Shape::Many(&Shape::Text), "What was asked."),
    Key::new(
        "assumptions",
        Shape::Named(&Shape::Either(&[Shape::Text, Shape::Map(ASSUMPTION)])),
        "Figures that were given or assumed, by name.",
    ),
];

/// The keys of an estimate that says more than its value.
pub(super) const ESTIMATE: &[Key] = &[
    VALUE,
    Key::new(
        "peak",
        Shape::Text,
        "The value at the peak, or the factor: `3x`.",
    ),
];

const ASSUMPTION: &[Key] = &[VALUE];

const VALUE: Key = Key::needed(
    "value",
    Shape::Text,
    "A number with its unit, or an expression.",
);

/// A name as figures are looked up: lower case, with underscores.
#[must_use]
pub fn normal_name(name: &str) -> String {
    spelling::snake(name.trim()).into_owned()
}

/// An expression that waits for the figures that it names.
struct Pending<'n, 't> {
    part: Part,
    name: String,
    /// The name as it is looked up.
    normal: String,
    /// What it names, as far as that can be read.
    names: Vec<String>,
    key_span: Span,
    node: &'n Node<'t>,
    peak: Option<&'n Node<'t>>,
    figure: Option<Figure>,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting,
    Done,
    Failed,
}

/// The names of a design: those that have a value by now, and those that have none yet.
#[derive(Default)]
struct Known(BTreeMap<String, Option<Quantity>>);

impl Scope for Known {
    fn lookup(&self, name: &str) -> Option<Quantity> {
        let normal = spelling::snake(name.trim());
        self.0.get(&*normal).copied().flatten()
    }

    fn names(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
}

impl Reader<'_> {
    /// Reads `requirements` and `estimates`.
    pub(super) fn figures(&mut self, fields: &Fields<'_, '_>) {
        let mut pending = Vec::new();
        if let Some(node) = fields.get("requirements") {
            self.requirements(node, &mut pending);
        }
        if let (Some(key), Some(node)) = (fields.key("estimates"), fields.get("estimates")) {
            self.places.note(Place::Part(Part::Estimates), key.span);
            self.pend(node, Part::Estimates, "the estimates", &mut pending);
        }
        self.resolve(&mut pending);
        for entry in pending {
            self.keep(entry);
        }
    }

    fn requirements<'n, 't>(&mut self, node: &'n Node<'t>, pending: &mut Vec<Pending<'n, 't>>) {
        let Some(fields) = Fields::of(node, "the requirements", &mut self.issues) else {
            return;
        };
        fields.known(REQUIREMENTS, &mut self.issues);
        for part in [
            Part::Functional,
            Part::NonFunctional,
            Part::OutOfScope,
            Part::Questions,
        ] {
            let (Some(key), Some(list)) = (fields.key(part.word()), fields.get(part.word())) else {
                continue;
            };
            self.places.note(Place::Part(part), key.span);
            let texts = self.entries(part, list);
            match part {
                Part::Functional => self.design.requirements.functional = texts,
                Part::NonFunctional => self.design.requirements.non_functional = texts,
                Part::OutOfScope => self.design.requirements.out_of_scope = texts,
                _ => self.design.requirements.questions = texts,
            }
        }
        if let (Some(key), Some(map)) = (fields.key("assumptions"), fields.get("assumptions")) {
            self.places.note(Place::Part(Part::Assumptions), key.span);
            self.pend(map, Part::Assumptions, "the assumptions", pending);
        }
    }

    fn entries(&mut self, part: Part, list: &Node<'_>) -> Vec<String> {
        let mut texts = Vec::new();
        if matches!(list.content, Content::Null) {
            let help = "write `[]` or remove the key".to_owned();
            self.issues
                .error(list.span, "nothing where a list is expected", help);
            return texts;
        }
        for item in one_or_many(list) {
            if let Some(text) = text_of(item, &mut self.issues) {
                self.places.note(Place::Entry(part, texts.len()), item.span);
                texts.push(text.to_owned());
            }
        }
        texts
    }

    fn pend<'n, 't>(
        &mut self,
        node: &'n Node<'t>,
        part: Part,
        what: &'n str,
        pending: &mut Vec<Pending<'n, 't>>,
    ) {
        let Some(fields) = Fields::of(node, what, &mut self.issues) else {
            return;
        };
        for (key, value) in fields.entries() {
            let name = key.text().unwrap_or_default().to_owned();
            let normal = normal_name(&name);
            if let Some(other) = pending.iter().find(|other| other.normal == normal) {
                let message = format!("`{name}` is stated twice, as {} too", other.part.word());
                self.issues.error(
                    key.span,
                    message,
                    "give one of them another name".to_owned(),
                );
                continue;
            }
            let (node, peak) = match &value.content {
                Content::Map(_) => {
                    let Some(long) = Fields::of(value, "a figure", &mut self.issues) else {
                        continue;
                    };
                    let keys = if part == Part::Estimates {
                        ESTIMATE
                    } else {
                        ASSUMPTION
                    };
                    long.known(keys, &mut self.issues);
                    let _ = long.required("value", &mut self.issues);
                    let Some(inner) = long.get("value") else {
                        continue;
                    };
                    (inner, long.get("peak"))
                }
                _ => (value, None),
            };
            let key_span = key.span;
            pending.push(Pending {
                part,
                name,
                normal,
                names: names(node),
                key_span,
                node,
                peak,
                figure: None,
                state: State::Waiting,
            });
        }
    }

    /// Evaluates what depends on nothing that waits, until nothing waits or the rest waits for itself.
    fn resolve(&mut self, pending: &mut [Pending<'_, '_>]) {
        let given = self.given.iter().cloned();
        let mut known = Known(given.map(|(name, value)| (name, Some(value))).collect());
        let waiting = pending.iter().map(|entry| entry.normal.clone());
        known.0.extend(waiting.map(|name| (name, None)));
        loop {
            let ready: Vec<usize> = (0..pending.len())
                .filter(|at| is_ready(pending, *at))
                .collect();
            if ready.is_empty() {
                break;
            }
            for at in ready {
                let Some(entry) = pending.get_mut(at) else {
                    continue;
                };
                known.0.remove(&entry.normal);
                self.evaluate(entry, &known);
                let value = entry.figure.as_ref().map(|figure| figure.quantity);
                known.0.insert(entry.normal.clone(), value);
            }
        }
        for entry in pending.iter().filter(|entry| entry.state == State::Waiting) {
            if entry.names.iter().any(|name| failed(pending, name)) {
                continue;
            }
            let message = format!("`{}` depends on itself", entry.name);
            self.issues.error(
                entry.node.span,
                message,
                "state one of the figures as a value".to_owned(),
            );
        }
    }

    fn evaluate(&mut self, entry: &mut Pending<'_, '_>, known: &Known) {
        entry.state = State::Failed;
        let Some(text) = text_of(entry.node, &mut self.issues) else {
            return;
        };
        match quantity::evaluate(text, known) {
            Ok(figure) => {
                entry.figure = Some(figure);
                entry.state = State::Done;
            }
            Err(_)
                if entry.part == Part::Assumptions
                    && !text.contains(|c: char| c.is_ascii_digit()) =>
            {
                entry.state = State::Done;
            }
            Err(error) => {
                self.issues
                    .error(entry.node.part(&error.span), error.message, error.help);
            }
        }
    }

    fn keep(&mut self, entry: Pending<'_, '_>) {
        if entry.state != State::Done {
            return;
        }
        let span = Span::new(entry.key_span.start, entry.node.span.end);
        let text = entry.node.text().unwrap_or_default().to_owned();
        if entry.part == Part::Assumptions {
            self.places.note(
                Place::Entry(
                    Part::Assumptions,
                    self.design.requirements.assumptions.len(),
                ),
                span,
            );
            self.design.requirements.assumptions.push(Assumption {
                name: entry.name,
                text,
                figure: entry.figure,
            });
        } else if let Some(figure) = entry.figure {
            self.places.note(
                Place::Entry(Part::Estimates, self.design.estimates.len()),
                span,
            );
            let peak = entry.peak.and_then(|node| self.peak(node, figure.quantity));
            self.design.estimates.push(Estimate {
                name: entry.name,
                figure,
                peak,
            });
        }
    }

    /// A peak: a factor, or a value of the same dimension as what it is the peak of.
    pub(super) fn peak(&mut self, node: &Node<'_>, of: Quantity) -> Option<Figure> {
        let figure = self.figure(node)?;
        let dimension = figure.quantity.dimension;
        if dimension == of.dimension || dimension == quantity::Dimension::NUMBER {
            return Some(figure);
        }
        let message = format!(
            "a peak of {} is {}, not {}",
            of,
            of.dimension.name(),
            dimension.name()
        );
        self.issues.error(
            node.span,
            message,
            "write a factor such as `3x`, or the value at the peak".to_owned(),
        );
        None
    }

    /// A number with its unit, without names.
    pub(super) fn figure(&mut self, node: &Node<'_>) -> Option<Figure> {
        let text = text_of(node, &mut self.issues)?;
        match Figure::parse(text) {
            Ok(figure) => Some(figure),
            Err(error) => {
                self.issues
                    .error(node.part(&error.span), error.message, error.help);
                None
            }
        }
    }
}

fn names(node: &Node<'_>) -> Vec<String> {
    let names = node.text().map(quantity::names_in).unwrap_or_default();
    names.iter().map(|name| normal_name(name)).collect()
}

fn is_ready(pending: &[Pending<'_, '_>], at: usize) -> bool {
    let Some(entry) = pending
        .get(at)
        .filter(|entry| entry.state == State::Waiting)
    else {
        return false;
    };
    let waits_for = |other: &Pending<'_, '_>| {
        other.state != State::Done
            && other.name != entry.name
            && entry.names.contains(&other.normal)
    };
    !pending.iter().any(waits_for)
}

fn failed(pending: &[Pending<'_, '_>], name: &str) -> bool {
    pending
        .iter()
        .any(|other| other.state == State::Failed && other.normal == name)
}

/// Evaluates an expression as a line typed into a design: its own figures are in scope.
///
/// # Errors
/// With the place, the complaint and the cure, names near to unknown ones included.
pub fn evaluate_in(text: &str, design: &Design) -> Result<Figure, quantity::ExpressionError> {
    quantity::evaluate(text, &known_figures(design))
}

fn known_figures(design: &Design) -> impl Scope + use<> {
    let stated = stated_figures(design).into_iter();
    Known(stated.map(|(name, value)| (name, Some(value))).collect())
}

/// The figures of a design by the names that expressions use.
#[must_use]
pub fn stated_figures(design: &Design) -> Vec<(String, Quantity)> {
    let assumptions = design.requirements.assumptions.iter();
    let assumed = assumptions.filter_map(|assumption| {
        let figure = assumption.figure.as_ref()?;
        Some((normal_name(&assumption.name), figure.quantity))
    });
    let estimates = design.estimates.iter();
    let estimated =
        estimates.map(|estimate| (normal_name(&estimate.name), estimate.figure.quantity));
    assumed.chain(estimated).collect()
}
