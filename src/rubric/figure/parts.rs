//! Inputs that stand in the sum of an estimate alone: `100M/month * 500 B * 5 years` says how large a link is and how long it
//! is kept.
//!
//! Knows formulas and dimensions; knows no figure by name.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::{FigureFact, Figures, definitions};
use crate::model::quantity::{Dimension, Operand, Scope, operands};
use crate::model::{Design, Part, Place};
use crate::notation::design::scope_without;
use crate::rubric::problem::Problem;

/// What inputs are told apart by. Of rates and plain numbers a sum has several that only a name tells apart.
const TELLING: [Dimension; 2] = [Dimension::SIZE, Dimension::DURATION];

/// Where the size of one is told from that of all: a sum counts at least so many of them.
const MANY: f64 = 1000.0;

/// The inputs of the problem's formulas that have no name of their own in a design: the only size, or the only time, that an
/// estimate is multiplied by, where its formula follows from one such input.
pub(super) fn parts(
    facts: &[FigureFact],
    design: &Design,
    figures: &Figures,
    problem: &Problem,
) -> Vec<FigureFact> {
    let mut stated: BTreeSet<String> = facts.iter().filter_map(|fact| fact.id.clone()).collect();
    // No sum names itself.
    let names = scope_without(design, "");
    let mut found = Vec::new();
    for fact in facts.iter().filter(|fact| fact.estimated) {
        let (Some(id), Place::Entry(Part::Estimates, at)) = (&fact.id, fact.place) else {
            continue;
        };
        let Some(sum) = design.estimates.get(at) else {
            continue;
        };
        let inputs = problem.inputs_of(id);
        for dimension in TELLING {
            let is_wanted = |id: &&String| is_measured_in(id, dimension, figures, problem);
            let mut wanted = inputs.iter().filter(is_wanted);
            let (Some(input), None) = (wanted.next(), wanted.next()) else {
                continue;
            };
            if stated.contains(input) {
                continue;
            }
            if let Some(operand) = only(dimension, &sum.figure.text, &names) {
                stated.insert(input.clone());
                found.push(part(input, operand, fact));
            }
        }
    }
    found
}

/// Whether an input is a quantity of some dimension that no formula gives. What is counted over a time, such as the bytes of
/// a year, is a sum of its own.
fn is_measured_in(id: &str, dimension: Dimension, figures: &Figures, problem: &Problem) -> bool {
    let mut known = definitions(figures, Some(problem));
    let own = known.find(|figure| figure.id == id);
    let fits =
        own.is_some_and(|figure| figure.dimension == Some(dimension) && figure.per.is_none());
    fits && problem.formula_of(id).is_none()
}

/// The only size or time that a sum multiplies by.
fn only(dimension: Dimension, text: &str, names: &dyn Scope) -> Option<Operand> {
    let all = operands(text, names);
    let is_alike = |one: &Operand| {
        let is_written = one
            .text
            .starts_with(|c: char| c.is_ascii_digit() || c == '~');
        is_written && !one.divides && one.quantity.dimension == dimension
    };
    let mut alike = all.iter().enumerate().filter(|(_, one)| is_alike(one));
    let (Some((at, only)), None) = (alike.next(), alike.next()) else {
        return None;
    };
    let others = || all.iter().enumerate().filter(|(other, _)| *other != at);
    let is_input = if dimension == Dimension::DURATION {
        // Beside a plain number, as in `5 * 365 days`, and as `1 day` it may be no more than a unit.
        let is_plain = |one: &Operand| one.text.parse::<f64>().is_ok();
        let is_unit = only.text.split(' ').next() == Some("1");
        others().next().is_some() && !others().any(|(_, one)| is_plain(one)) && !is_unit
    } else {
        // `10 GB/day * 365` is not the size of one.
        let is_count =
            |one: &Operand| one.quantity.dimension.size == 0 && one.quantity.value >= MANY;
        let next = all.get(at + 1);
        let is_rate =
            next.is_some_and(|one| one.divides && one.quantity.dimension == Dimension::DURATION);
        others().any(|(_, one)| !one.divides && is_count(one)) && !is_rate
    };
    is_input.then(|| only.clone())
}

/// A figure that stands in the sum of another.
fn part(id: &str, operand: Operand, whole: &FigureFact) -> FigureFact {
    FigureFact {
        id: Some(id.to_owned()),
        name: format!("{} in {}", operand.text, whole.name),
        quantity: operand.quantity,
        meant: operand.quantity,
        shown: operand.text,
        place: whole.place,
        estimated: false,
        otherwise: OnceCell::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::quantity::NoNames;

    fn found(dimension: Dimension, text: &str) -> Option<String> {
        only(dimension, text, &NoNames).map(|one| one.text)
    }

    #[test]
    fn a_time_that_a_sum_multiplies_by_is_told_from_a_unit() {
        for (text, time) in [
            ("100M/month * 500 B * 5 years", Some("5 years")),
            ("2 MB/s * 36 months", Some("36 months")),
            ("3 copies * 1 TB/day * 90 days", Some("90 days")),
            ("1B/day * 300 B * 5 * 365 days", None),
            ("100M/month * 500 B * 1 year", None),
            ("40 TB / 5 years", None),
            ("5 years", None),
            ("2 TB/day * 30 days + 1 TB/day * 5 years", None),
        ] {
            assert_eq!(found(Dimension::DURATION, text).as_deref(), time, "{text}");
        }
    }

    #[test]
    fn the_size_of_one_is_told_from_the_size_of_many() {
        for (text, size) in [
            ("100M/month * 500 B * 5 years", Some("500 B")),
            ("5M * 1 KB * 365", Some("1 KB")),
            ("150k * 30% * 400 KB * 365", Some("400 KB")),
            ("10 GB * 365", None),
            ("10 GB/day * 2000 days", None),
            ("1M * 10 GB / 1 day", None),
            ("5M * 1 KB + 3 GB", None),
            ("500 B", None),
        ] {
            assert_eq!(found(Dimension::SIZE, text).as_deref(), size, "{text}");
        }
    }
}
