//! Ranges of results against comparisons, and in words.
//!
//! Knows that an answer is certain only where it is the same at both ends; computes no result.

use super::comparison::{Comparison, Operand};
use super::scene::Scene;
use super::trace::Trace;
use crate::analysis::{Inputs, Reckoning, Truth, assumption};
use crate::model::Quantity;
use crate::model::quantity::{Dimension, Style};

/// Holds a range of results against a comparison: the same answer at both ends, or not stated.
pub(super) fn held(
    comparison: &Comparison,
    reckoning: &Reckoning,
    dimension: Dimension,
    scene: &Scene<'_>,
    trace: &mut Trace,
    what: &dyn Fn() -> String,
) -> Truth {
    let show = |value| shown(value, dimension);
    held_as(&show, comparison, reckoning, dimension, scene, trace, what)
}

/// The same of results that are shown in a way of their own.
pub(super) fn held_as(
    show: &dyn Fn(f64) -> String,
    comparison: &Comparison,
    reckoning: &Reckoning,
    dimension: Dimension,
    scene: &Scene<'_>,
    trace: &mut Trace,
    what: &dyn Fn() -> String,
) -> Truth {
    let ask = |value: f64| {
        let quantity = Quantity { value, dimension };
        comparison.test(&Operand::computed(quantity), &mut Trace::off(), what)
    };
    let truth = match (reckoning.worst.map(ask), reckoning.best.map(ask)) {
        (Some(worst), Some(best)) if worst == best => worst,
        _ => Truth::NotStated,
    };
    trace.see(|| {
        format!(
            "{} is {}{}",
            what(),
            span_as(show, reckoning),
            comparison.wanted()
        )
    });
    if truth == Truth::NotStated && trace.is_on() {
        miss_all(&reckoning.inputs, scene, trace);
    }
    truth
}

/// Names everything that a result rests on beside what is stated.
pub(super) fn miss_all(inputs: &Inputs, scene: &Scene<'_>, trace: &mut Trace) {
    for fact in &inputs.missing {
        trace.miss(|| fact.clone());
    }
    let (design, vocabulary) = (scene.subject.design, scene.subject.vocabulary);
    for key in &inputs.assumed {
        trace.miss(|| {
            let (range, _) = assumption::basis(*key, vocabulary, design);
            format!("{} (assumed: {range})", assumption::name(*key, design))
        });
    }
}

/// A range of results: "99.9% to 99.99%", "saturated or unknown" where there is none.
pub(super) fn span(reckoning: &Reckoning, dimension: Dimension) -> String {
    span_as(&|value| shown(value, dimension), reckoning)
}

fn span_as(show: &dyn Fn(f64) -> String, reckoning: &Reckoning) -> String {
    match (reckoning.ends(), reckoning.best) {
        (Some((_, high)), _) if reckoning.is_certain() => show(high),
        (Some((low, high)), _) => format!("{} to {}", show(low), show(high)),
        (None, Some(best)) => format!("{} at best", show(best)),
        _ => "no number".to_owned(),
    }
}

pub(super) fn shown(value: f64, dimension: Dimension) -> String {
    let quantity = Quantity { value, dimension };
    if dimension == Dimension::NUMBER {
        return Style::Percent.show(quantity);
    }
    quantity.to_string()
}
