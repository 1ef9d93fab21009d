//! Inputs that stand in the sum or in the name of an estimate alone: `100M/month * 500 B * 5 years` says how large a link is
//! and how long it is kept, and `storage_5y` says the latter.
//!
//! Knows formulas and dimensions; knows no figure by name.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::{FigureFact, Figures, definition};
use crate::model::quantity::{Dimension, NoNames, Operand, Quantity, Scope, evaluate, operands};
use crate::model::{Design, Part, Place};
use crate::notation::design::{normal_name, scope_without};
use crate::rubric::problem::Problem;

/// What inputs are told apart by. Of rates and plain numbers a sum has several that only a name tells apart.
const TELLING: [Dimension; 2] = [Dimension::SIZE, Dimension::DURATION];

/// Where the size of one is told from that of all: a sum counts at least so many of them.
const MANY: f64 = 1000.0;

/// The inputs of the problem's formulas that have no name of their own in a design: the only size, or the only time, that an
/// estimate is multiplied by, or the time that its name ends in, where its formula follows from one such input.
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
            let multiplied = only(dimension, &sum.figure.text, &names);
            let multiplied = multiplied.map(|operand| (operand.quantity, operand.text));
            let named = || (dimension == Dimension::DURATION).then(|| time_in(&fact.name))?;
            if let Some((quantity, text)) = multiplied.or_else(named) {
                stated.insert(input.clone());
                found.push(part(input, quantity, text, fact));
            }
        }
    }
    found
}

/// Whether an input is a quantity of some dimension that no formula gives. What is counted over a time, such as the bytes of
/// a year, is a sum of its own.
fn is_measured_in(id: &str, dimension: Dimension, figures: &Figures, problem: &Problem) -> bool {
    let own = definition(id, figures, Some(problem));
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

/// The time that a name ends in: `storage_5y`, `storage_after_90_days`. An `m` alone may be minutes or months.
fn time_in(name: &str) -> Option<(Quantity, String)> {
    let name = normal_name(name);
    let unit = name.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let (rest, unit) = name.split_at(unit.len());
    let rest = rest.strip_suffix('_').unwrap_or(rest);
    let digits = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = rest.get(digits.len()..).filter(|it| !it.is_empty())?;
    let text = format!("{digits} {unit}");
    let time = evaluate(&text, &NoNames).ok()?.quantity;
    (time.dimension == Dimension::DURATION && unit != "m").then_some((time, text))
}

/// A figure that stands in the sum or the name of another.
fn part(id: &str, quantity: Quantity, text: String, whole: &FigureFact) -> FigureFact {
    FigureFact {
        id: Some(id.to_owned()),
        name: format!("{text} in {}", whole.name),
        quantity,
        meant: quantity,
        shown: text,
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
    fn a_time_at_the_end_of_a_name_is_told_from_other_numbers() {
        for (name, time) in [
            ("storage_5y", Some("5 y")),
            ("Storage after 90 days", Some("90 days")),
            ("storage-30d", Some("30 d")),
            ("storage_10_years", Some("10 years")),
            ("storage_5m", None),
            ("storage_p99", None),
            ("storage_3x", None),
            ("storage", None),
            ("5y", Some("5 y")),
            ("years", None),
        ] {
            assert_eq!(time_in(name).map(|it| it.1).as_deref(), time, "{name}");
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
