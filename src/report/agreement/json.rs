//! Agreement for other tools, version 1. Keys may be added, never renamed or dropped.
//!
//! Knows the keys.

use serde_json::{Value, json};

use super::{Agreement, Measured, Rated, Tally, Unstated};
use crate::assess::agreement::{AmongMentors, FEWEST};
use crate::assess::round;
use crate::model::Severity;
use crate::report::json::{VERSION, text, tool};

/// What is told of an agreement, as JSON.
#[must_use]
pub fn json(agreement: &Agreement) -> String {
    let steps = agreement.steps.iter();
    let rules = agreement.rules.iter();
    let view = json!({
        "version": VERSION,
        "tool": tool(),
        "agreement": {
            "fewest": FEWEST,
            "designs": agreement.designs,
            "mentors": agreement.mentors,
            "undecided": agreement.undecided,
            "whole": tally(&agreement.whole, None),
            "steps": steps.map(|(step, of)| tally(of, Some(("step", step.word())))).collect::<Vec<_>>(),
            "rules": rules.map(|(rule, of)| tally(of, Some(("rule", rule)))).collect::<Vec<_>>(),
            "disputed": agreement.disputed.iter().map(|disputed| json!({
                "rule": disputed.rule,
                "distance": disputed.distance,
                "cases": disputed.cases.iter().map(rated).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "marks": agreement.marks.iter().map(|marks| json!({
                "step": marks.step.map(crate::model::Step::word),
                "marks": marks.marks,
                "engine": marks.engine,
                "mentors": marks.mentors,
                "correlation": value(marks.correlation),
                "not_stated": marks.correlation.err().map(Unstated::word),
            })).collect::<Vec<_>>(),
            "among_mentors": agreement.among.as_ref().map(among),
        },
    });
    format!("{}\n", text(&view))
}

fn value(value: Result<f64, Unstated>) -> Option<f64> {
    value.ok().map(|value| round(value, 4))
}

fn tally(tally: &Tally, of: Option<(&str, &str)>) -> Value {
    let mut view = json!({
        "ratings": tally.ratings,
        "found": tally.found,
        "agreed": tally.agreed,
        "graver": tally.graver,
        "milder": tally.milder,
        "kappa": kappa(tally.kappa),
        "not_stated": tally.kappa.err().map(Unstated::word),
    });
    if let (Some((key, name)), Some(object)) = (of, view.as_object_mut()) {
        object.insert(key.to_owned(), json!(name));
    }
    view
}

fn kappa(kappa: Result<Measured, Unstated>) -> Option<Value> {
    let Measured { value, low, high } = kappa.ok()?;
    let [value, low, high] = [value, low, high].map(|number| round(number, 4));
    Some(json!({"value": value, "low": low, "high": high}))
}

fn rated(rated: &Rated) -> Value {
    json!({
        "design": rated.design,
        "mentor": rated.mentor,
        "subjects": rated.about,
        "engine": rated.engine.map(Severity::word),
        "severity": rated.word.map(Severity::word),
        "reason": rated.reason,
    })
}

fn among(among: &AmongMentors) -> Value {
    let pairs = among.pairs.iter().map(|pair| {
        json!({
            "one": pair.one,
            "other": pair.other,
            "ratings": pair.ratings,
            "agreed": pair.agreed,
            "kappa": kappa(pair.kappa),
            "not_stated": pair.kappa.err().map(Unstated::word),
            "marks": pair.marks,
            "difference": pair.difference,
        })
    });
    json!({
        "pairs": pairs.collect::<Vec<_>>(),
        "ratings": among.ratings,
        "alpha": value(among.alpha),
        "marks": among.marks,
        "alpha_of_marks": value(among.alpha_of_marks),
    })
}
