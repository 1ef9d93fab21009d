//! Numbers for one of many under the name of all: beside `dau: 6M`, `searches: 5` or `5/day` are those of one person.
//!
//! Knows formulas and how sums use a name; knows no figure by name.

use super::{FigureFact, Figures, definition, over};
use crate::model::Design;
use crate::model::quantity::{Dimension, Quantity, operands};
use crate::notation::design::scope_without;
use crate::rubric::problem::Problem;

/// A total is not smaller than what it is summed over by so many times.
const MANY: f64 = 10_000.0;

/// Takes an assumption for what it says of one, where its name stands for a product of many and each, or for a rate of that,
/// only the many are stated, and either a sum multiplies it by them or it is no whole number.
pub(super) fn tell_from_all(
    facts: &mut [FigureFact],
    design: &Design,
    figures: &Figures,
    problem: &Problem,
) {
    let meant: Vec<Option<String>> = facts
        .iter()
        .map(|fact| for_each(fact, facts, design, figures, problem))
        .collect();
    for (fact, meant) in facts.iter_mut().zip(meant) {
        if meant.is_some() {
            // What each does is no rate, whatever all of them make.
            fact.meant = fact.quantity;
            fact.id = meant;
        }
    }
}

fn for_each(
    fact: &FigureFact,
    facts: &[FigureFact],
    design: &Design,
    figures: &Figures,
    problem: &Problem,
) -> Option<String> {
    if fact.estimated || fact.quantity.dimension != Dimension::NUMBER {
        return None;
    }
    let formula = problem.formula_of(fact.id.as_deref()?)?;
    let product = formula.split_once(" * ").or_else(|| {
        // A rate is made of what all do in a time.
        let (all, _) = formula.split_once(" / ")?;
        problem.formula_of(all)?.split_once(" * ")
    });
    let (one, other) = product?;
    let stated = |id: &str| facts.iter().find(|fact| fact.id.as_deref() == Some(id));
    let is_number = |id: &str| {
        let own = definition(id, figures, Some(problem));
        own.is_some_and(|figure| figure.dimension == Some(Dimension::NUMBER))
    };
    [(one, other), (other, one)]
        .into_iter()
        .find_map(|(many, each)| {
            let many = stated(many).filter(|many| many.meant.value >= fact.meant.value * MANY)?;
            let is_open = is_number(each) && stated(each).is_none();
            let is_part = fact.meant.value.fract() != 0.0;
            let per = period_of(fact, figures, problem);
            let is_each = is_open && (is_part || are_multiplied(many, fact, per, design));
            is_each.then(|| each.to_owned())
        })
}

/// The time that what a figure states is counted over.
fn period_of(fact: &FigureFact, figures: &Figures, problem: &Problem) -> Option<Quantity> {
    definition(fact.id.as_deref()?, figures, Some(problem))?.per
}

/// Whether some estimate is worked out of both, by their names or by their values. What each does in a time is written
/// with it, `5/day`, or without.
fn are_multiplied(
    many: &FigureFact,
    each: &FigureFact,
    per: Option<Quantity>,
    design: &Design,
) -> bool {
    let names = scope_without(design, "");
    design.estimates.iter().any(|estimate| {
        let operands = operands(&estimate.figure.text, &names);
        let has = |fact: &FigureFact| {
            let is_it = |value: f64| value.total_cmp(&fact.quantity.value).is_eq();
            let mut operands = operands.iter().filter(|operand| !operand.divides);
            operands.any(|operand| {
                let counted = per.map_or(operand.quantity, |per| over(operand.quantity, per));
                is_it(operand.quantity.value) || is_it(counted.value)
            })
        };
        has(many) && has(each)
    })
}
