//! Requirements, assumptions and estimates. Expressions may name other figures, whatever the order of the file.
//!
//! Knows their keys; knows not which figures a problem wants.

use super::pending::{Known, Pending, State, Waiting};
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

impl Reader<'_> {
    /// Reads `requirements` and `estimates`.
    pub(super) fn figures(&mut self, fields: &Fields<'_, '_>) {
        let mut waiting = Waiting::default();
        if let Some(node) = fields.get("requirements") {
            self.requirements(node, &mut waiting);
        }
        if let (Some(key), Some(node)) = (fields.key("estimates"), fields.get("estimates")) {
            self.places.note(Place::Part(Part::Estimates), key.span);
            self.pend(node, Part::Estimates, "the estimates", &mut waiting);
        }
        self.resolve(&mut waiting);
        for entry in waiting.entries {
            self.keep(entry);
        }
    }

    fn requirements<'n, 't>(&mut self, node: &'n Node<'t>, waiting: &mut Waiting<'n, 't>) {
        let Some(fields) = Fields::of(node, "the requirements", &mut self.issues) else {
            self.are_figures_known = false;
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
            self.pend(map, Part::Assumptions, "the assumptions", waiting);
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
        waiting: &mut Waiting<'n, 't>,
    ) {
        let Some(fields) = Fields::of(node, what, &mut self.issues) else {
            self.are_figures_known = false;
            return;
        };
        for (key, value) in fields.entries() {
            let entry = self.pending(part, key, value);
            if let Some(other) = waiting.named(&entry.normal) {
                let message = format!(
                    "`{}` is stated twice, as {} too",
                    entry.name,
                    other.part.word()
                );
                let help = "give one of them another name".to_owned();
                self.issues.error(key.span, message, help);
                continue;
            }
            waiting.add(entry);
        }
    }

    /// A figure as it was written: an expression, or a map of it and its peak.
    fn pending<'n, 't>(
        &mut self,
        part: Part,
        key: &'n Node<'t>,
        value: &'n Node<'t>,
    ) -> Pending<'n, 't> {
        let long = matches!(value.content, Content::Map(_))
            .then(|| Fields::of(value, "a figure", &mut self.issues))
            .flatten();
        let (node, peak) = match &long {
            Some(long) => {
                let keys = if part == Part::Estimates {
                    ESTIMATE
                } else {
                    ASSUMPTION
                };
                long.known(keys, &mut self.issues);
                let _ = long.required("value", &mut self.issues);
                (long.get("value"), long.get("peak"))
            }
            None => (Some(value), None),
        };
        let name = key.text().unwrap_or_default().to_owned();
        Pending {
            part,
            normal: normal_name(&name),
            name,
            key_span: key.span,
            node: node.unwrap_or(value),
            peak,
            figure: None,
            state: if node.is_some() {
                State::Waiting
            } else {
                State::Failed
            },
        }
    }

    fn keep(&mut self, entry: Pending<'_, '_>) {
        if entry.state != State::Done {
            // Of what it is the peak is not known, but it may be wrong by itself.
            let _ = entry.peak.and_then(|node| self.figure(node));
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
        let help = "write a factor such as `3x`, or the value at the peak".to_owned();
        let Quantity { dimension, .. } = figure.quantity;
        let is_factor = dimension == quantity::Dimension::NUMBER && dimension != of.dimension;
        if !is_factor && dimension != of.dimension {
            let message = format!(
                "`{}` is {}, and what it is the peak of is {}",
                figure.text,
                dimension.name(),
                of.dimension.name()
            );
            self.issues.error(node.span, message, help);
            return None;
        }
        if is_low_peak(figure.quantity, of) {
            let message = format!("`{}` is below what it is the peak of", figure.text);
            self.issues.warning(node.span, message, help);
        }
        Some(figure)
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

/// Whether a peak is below what it is the peak of: a factor below one, or a lower value. Numbers can be either.
#[must_use]
pub fn is_low_peak(peak: Quantity, of: Quantity) -> bool {
    let is_factor = peak.dimension == quantity::Dimension::NUMBER;
    let least = if is_factor { 1.0 } else { of.value };
    of.dimension != quantity::Dimension::NUMBER && peak.value < least
}

/// Evaluates an expression as a line typed into a design: its own figures are in scope.
///
/// # Errors
/// With the place, the complaint and the cure, names near to unknown ones included.
pub fn evaluate_in(text: &str, design: &Design) -> Result<Figure, quantity::ExpressionError> {
    quantity::evaluate(text, &known_figures(design))
}

/// The figures of a design that the expression of one of them can name: all but itself.
#[must_use]
pub fn scope_without(design: &Design, name: &str) -> impl Scope + use<> {
    let all = stated_figures(design).into_iter();
    Known::of(all.filter(|(other, _)| other != name))
}

fn known_figures(design: &Design) -> impl Scope + use<> {
    Known::of(stated_figures(design))
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
