//! Numbers: a figure is stated, of the right dimension, follows from the candidate's own inputs, is plausible, or
//! stands in proportion to another.
//!
//! Knows the figures of the scene; formulas and ranges are data.

use super::super::comparison::{BOUNDS, COMPARISON, Comparison, Operand, Shown};
use super::super::condition::Condition;
use super::super::figure;
use super::super::fitting::fit;
use super::super::reader::RuleReader;
use super::super::scene::Scene;
use super::super::trace::Trace;
use crate::analysis::Truth;
use crate::model::quantity::Dimension;
use crate::model::{Figure, Part, Place, Quantity, ValueType};
use crate::notation::yaml::{Fields, Key, Node, Shape, Term, flag, list_of, text_of, texts_of};

/// The keys of a question about a figure, beside those of a comparison.
pub(super) const ESTIMATE: &[Key] = &[
    Key::new(
        "of",
        Shape::Many(&Shape::Of(Term::Figure)),
        "The figure, or the first stated one of several.",
    ),
    Key::new(
        "ratio",
        Shape::List(&Shape::Many(&Shape::Of(Term::Figure))),
        "Two figures, of which the first is divided by the second.",
    ),
    Key::new("dimension", Shape::Text, "What it has to be a figure of."),
    Key::new(
        "correct",
        Shape::YesNo,
        "It follows from the candidate's own inputs.",
    ),
    Key::new("sane", Shape::YesNo, "It is plausible."),
];

/// Reads `estimate: {...}`.
pub(super) fn read(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    let fields = Fields::of(node, "an estimate", reader.issues)?;
    fields.known(&[ESTIMATE, COMPARISON].concat(), reader.issues);
    let comparison = Comparison::from_fields(&fields, reader);
    if let Some(pair) = fields.get("ratio") {
        fit(ValueType::Number, "ratio", node, reader);
        return ratio(pair, comparison, reader);
    }
    let Some(of) = fields.get("of") else {
        reader.issues.error(
            node.span,
            "an estimate of nothing",
            "add `of: FIGURE`, or `ratio: [a, b]`".to_owned(),
        );
        return None;
    };
    let of = names(of, reader);
    measure(&of, &fields, reader);
    let wanted = Wanted {
        of,
        comparison,
        dimension: fields
            .get("dimension")
            .and_then(|node| dimension(node, reader)),
        correct: fields
            .get("correct")
            .and_then(|node| flag(node, reader.issues)),
        sane: fields
            .get("sane")
            .and_then(|node| flag(node, reader.issues)),
    };
    Some(Condition::new(move |scene, trace| {
        wanted.test(scene, trace)
    }))
}

struct Wanted {
    of: Vec<String>,
    comparison: Comparison,
    dimension: Option<Dimension>,
    correct: Option<bool>,
    sane: Option<bool>,
}

fn names(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Vec<String> {
    let names = texts_of(node, reader.issues);
    for name in &names {
        reader.uses_figure(name, node.span);
    }
    names
}

/// Notes of which dimension figures are taken to be by what they are compared with.
pub(in crate::rubric) fn measure(
    of: &[String],
    fields: &Fields<'_, '_>,
    reader: &mut RuleReader<'_>,
) {
    if !reader.strict {
        return;
    }
    for (key, ..) in BOUNDS {
        let Some(node) = fields.get(key) else {
            continue;
        };
        if let Some(Ok(figure)) = node.text().map(Figure::parse) {
            for name in of {
                reader.measures(name, figure.quantity.dimension, node.span);
            }
        }
    }
}

fn dimension(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Dimension> {
    let word = text_of(node, reader.issues)?;
    let dimension = Dimension::from_name(word);
    if dimension.is_none() {
        let help = "one of `rate`, `size`, `duration`, `number`, `throughput`".to_owned();
        reader
            .issues
            .error(node.span, format!("unknown dimension `{word}`"), help);
    }
    dimension
}

impl Wanted {
    fn test(&self, scene: &Scene<'_>, trace: &mut Trace) -> Truth {
        let stated = self.of.iter().find_map(|id| figure::find(scene, id));
        let Some(found) = stated else {
            return self.of_nothing(scene, trace);
        };
        trace.find(found.place, || found.name.clone());
        let mut truth = Truth::Yes;
        if !self.comparison.is_empty() {
            let operand = Operand::Quantity(found.quantity, Shown::Text(&found.shown));
            truth = truth.and(
                self.comparison
                    .test(&operand, trace, &|| found.name.clone()),
            );
        }
        if let Some(dimension) = self.dimension {
            truth = truth.and(Truth::from(found.quantity.dimension == dimension));
        }
        if let Some(wanted) = self.correct {
            let correct = found.correct(scene, trace);
            truth = truth.and(if wanted { correct } else { !correct });
        }
        if let Some(wanted) = self.sane {
            truth = truth.and(found.sane(wanted, scene, trace));
        }
        truth
    }

    /// None of the figures is stated: that is a no to the question whether one is, and no answer to any other.
    fn of_nothing(&self, scene: &Scene<'_>, trace: &mut Trace) -> Truth {
        let titles: Vec<String> = self.of.iter().map(|id| figure::title(scene, id)).collect();
        let titles = titles.join(" or ");
        let asks_more = self.dimension.is_some() || self.correct.is_some() || self.sane.is_some();
        if asks_more || !self.comparison.is_empty() {
            return self
                .comparison
                .test(&Operand::Missing, trace, &|| titles.clone())
                .min(Truth::NotStated);
        }
        let mut unnamed = self.of.iter();
        if let Some(found) = unnamed.find_map(|id| figure::under_another_name(scene, id)) {
            trace.find(found.place, || found.name.clone());
            return Truth::Yes;
        }
        trace.look_near(Place::Part(Part::Estimates));
        trace.see(|| format!("looked for {titles} among estimates and assumptions"));
        Truth::No
    }
}

/// `ratio: [a, b]`: the quotient of two figures.
fn ratio(
    node: &Node<'_>,
    comparison: Comparison,
    reader: &mut RuleReader<'_>,
) -> Option<Condition> {
    let pair = list_of(node, reader.issues);
    let [over, under] = pair else {
        reader.issues.error(
            node.span,
            "a ratio of two figures",
            "write `ratio: [read_qps, write_qps]`".to_owned(),
        );
        return None;
    };
    let (over, under) = (names(over, reader), names(under, reader));
    Some(Condition::new(move |scene, trace| {
        let value = |ids: &[String]| ids.iter().find_map(|id| figure::value(scene, id));
        let quotient = value(&over)
            .zip(value(&under))
            .filter(|(a, b)| a.dimension == b.dimension && b.value != 0.0);
        let operand = quotient.map_or(Operand::Missing, |(a, b)| {
            Operand::computed(Quantity::number(a.value / b.value))
        });
        comparison.test(&operand, trace, &|| {
            format!("ratio of {} to {}", over.join("/"), under.join("/"))
        })
    }))
}
