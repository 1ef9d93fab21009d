//! How much of what components serve is asked of them, and at which load they are saturated.
//!
//! Knows components that are bound or on flows; computes nothing itself.

use std::collections::BTreeSet;

use super::super::comparison::{BOUNDS, COMPARISON, Comparison};
use super::super::condition::Condition;
use super::super::fitting::fit;
use super::super::noun::Noun;
use super::super::reader::RuleReader;
use super::super::reckoned::{held, held_as};
use super::super::scene::Scene;
use super::targets::answered;
use crate::analysis::{Moment, Question, Truth};
use crate::model::quantity::{Dimension, Style};
use crate::model::{Quantity, ValueType};
use crate::notation::yaml::{Fields, Key, Node, Shape, text_of};

/// The key of a question about load.
pub(super) const AT: &[Key] = &[Key::new(
    "at",
    Shape::Word(MOMENTS),
    "At the average or at the peak.",
)];

const MOMENTS: &[&str] = &["average", "peak"];

/// `utilisation: {at: peak, below: 100%}`: of the bound component, or of each one that the bound flow (or some flow)
/// reaches and that does not grow by itself.
pub(super) fn utilisation(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    let fields = Fields::of(node, "`utilisation`", reader.issues)?;
    fields.known(&[AT, COMPARISON].concat(), reader.issues);
    let moment = moment(&fields, reader);
    let comparison = Comparison::from_fields(&fields, reader);
    fit(ValueType::Number, "utilisation", node, reader);
    check_share(&fields, reader);
    let compares = COMPARISON.iter().any(|key| fields.get(key.name).is_some());
    if reader.strict && !compares {
        let help = "write how much it may be: `utilisation: {at: peak, below: 100%}`".to_owned();
        let message = "`utilisation` is compared with nothing";
        reader.issues.error(node.span, message, help);
    }
    let moment = moment?;
    Some(Condition::new(move |scene, trace| {
        let study = scene.study();
        let mut truth = Truth::Yes;
        for component in components(scene) {
            if study.scales(component) {
                continue;
            }
            let (used, reckoning) = study.utilisation(component, moment);
            if used.share().is_none() && reckoning.inputs.missing.is_empty() {
                continue;
            }
            let mut part = trace.fork();
            let what = || format!("utilisation of {}", scene.subject.design.id(component));
            let answer = if is_below_one(&comparison) {
                answered(Question::Carries(component, moment), scene, &mut part)
            } else {
                held(
                    &comparison,
                    &reckoning,
                    Dimension::NUMBER,
                    scene,
                    &mut part,
                    &what,
                )
            };
            if answer < truth || (!answer.is_yes() && answer == truth) {
                trace.find(Noun::Component.place(scene, component), || {
                    scene.subject.design.id(component).to_owned()
                });
                trace.join(part);
            }
            truth = truth.and(answer);
        }
        truth
    }))
}

/// Complains of a plain number that is many times the capacity: who writes `below: 80` means `80%`.
fn check_share(fields: &Fields<'_, '_>, reader: &mut RuleReader<'_>) {
    for (key, ..) in BOUNDS.iter().filter(|_| reader.strict) {
        let Some((node, text)) = fields.get(key).and_then(|node| Some((node, node.text()?))) else {
            continue;
        };
        if text
            .trim()
            .parse::<f64>()
            .is_ok_and(|number| number >= MANY)
        {
            let message = format!("`{text}` is so many times the capacity");
            let help = format!("write a percentage, such as `{}%`", text.trim());
            reader.issues.error(node.span, message, help);
        }
    }
}

/// No plan is for so many times of what a component serves.
const MANY: f64 = 5.0;

/// The comparison that asks whether a component carries its load.
fn is_below_one(comparison: &Comparison) -> bool {
    comparison.is_just_below(Quantity::number(1.0))
}

/// The component that is bound, or those of the bound flow, or of all flows.
fn components(scene: &Scene<'_>) -> Vec<usize> {
    if let Some(component) = scene.bound_to(Noun::Component) {
        return vec![component];
    }
    let flows = scene.subject.flows.iter().enumerate();
    let asked = flows.filter(|(at, _)| scene.bound.flow.is_none_or(|flow| flow == *at));
    let all: BTreeSet<usize> = asked
        .flat_map(|(_, facts)| facts.components.iter().copied())
        .collect();
    all.into_iter().collect()
}

/// `at: average` or `at: peak`.
pub(super) fn moment(fields: &Fields<'_, '_>, reader: &mut RuleReader<'_>) -> Option<Moment> {
    let Some(node) = fields.get("at") else {
        return Some(Moment::Average);
    };
    match text_of(node, reader.issues)? {
        "average" => Some(Moment::Average),
        "peak" => Some(Moment::Peak),
        other => {
            reader.unknown(node, "moment", other, MOMENTS);
            None
        }
    }
}

/// `saturates_at: {at_least: 3x}`: the factor of the stated rates at which the bound component, or the first one of the
/// bound flow (or of all flows), is saturated. What never saturates does so at no factor: it is above every bound.
pub(super) fn saturates_at(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    let comparison = Comparison::read_of(ValueType::Number, "saturates_at", node, reader)?;
    Some(Condition::new(move |scene, trace| {
        let study = scene.study();
        let all = components(scene);
        let limit = study.limit_of(&all);
        let mut reckoning = limit.factor;
        if reckoning.usual.is_none() && reckoning.inputs.missing.is_empty() {
            for value in [
                &mut reckoning.worst,
                &mut reckoning.usual,
                &mut reckoning.best,
            ] {
                *value = Some(NEVER);
            }
        }
        if let Some(at) = limit.bottleneck {
            trace.find(Noun::Component.place(scene, at), || {
                scene.subject.design.id(at).to_owned()
            });
        }
        let what = || "the factor of the load at which it saturates".to_owned();
        held_as(
            &factor,
            &comparison,
            &reckoning,
            Dimension::NUMBER,
            scene,
            trace,
            &what,
        )
    }))
}

/// The factor at which what never saturates does: above every bound.
const NEVER: f64 = f64::MAX;

/// A factor of the stated load.
fn factor(value: f64) -> String {
    if value >= NEVER {
        return "beyond any".to_owned();
    }
    Style::Factor.show(Quantity::number(value))
}
