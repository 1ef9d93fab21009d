//! Other ways to reckon a figure that are as good: over the busy hours of a day, with all copies, at the peak. Its expression
//! has to say so by an operand.
//!
//! Knows operands and what they mean by data; knows no figure by name.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::pattern::Pattern;
use crate::model::Design;
use crate::model::quantity::{self, Dimension, Figure, Operand, Quantity};
use crate::notation::design::{normal_name, scope_without};

/// A way to reckon a figure otherwise than by the formula of the problem.
#[derive(Debug)]
pub struct OtherReading {
    /// What the figure is then, for people.
    pub title: String,
    /// The figures that can be reckoned so; none of them: all.
    pub dimension: Option<Dimension>,
    /// Its expression divides by the operand, and does not multiply.
    pub divides: bool,
    /// What the operand can be.
    pub bounds: RangeInclusive<f64>,
    /// What the formula has in place of the operand, in the same dimension: one where it has nothing.
    pub in_place_of: Quantity,
    /// How the operand is named; none where it need not be.
    pub named: Option<Pattern>,
}

/// A figure that is reckoned otherwise: what its expression says, and by how much that makes it larger.
#[derive(Clone, Debug)]
pub(super) struct Otherwise<'r> {
    /// The operand as written.
    pub operand: String,
    /// What the figure is then.
    pub title: &'r str,
    /// How many times as large as by the formula.
    pub factor: f64,
}

impl OtherReading {
    /// By how much an operand makes a figure larger, if it makes it another one.
    fn factor(&self, operand: &Operand, design: &Design) -> Option<f64> {
        let (value, usual) = (operand.quantity.value, self.in_place_of);
        let is_alike = operand.quantity.dimension == usual.dimension;
        let is_one = is_alike && operand.divides == self.divides && self.bounds.contains(&value);
        // Values are compared first: it is done sooner than to look for a word.
        (is_one && self.is_named(operand, design)).then(|| {
            if self.divides {
                usual.value / value
            } else {
                value / usual.value
            }
        })
    }

    /// Whether an operand says what it is: by its name, or as the number that the design assumes under such a name.
    fn is_named(&self, operand: &Operand, design: &Design) -> bool {
        let Some(named) = &self.named else {
            return true;
        };
        let is_name = |name: &str| named.is_match(&name.replace('_', " "));
        let is_assumed = || {
            let mut assumed = design.requirements.assumptions.iter();
            assumed.any(|one| {
                let figure = one.figure.as_ref().map(|figure| figure.quantity);
                figure == Some(operand.quantity) && is_name(&normal_name(&one.name))
            })
        };
        let is_number = operand.text.starts_with(|c: char| c.is_ascii_digit());
        is_name(&operand.text) || (is_number && is_assumed())
    }
}

/// How an expression of a design makes a figure of some dimension another one than the formula means. What the figures that it
/// names are made of counts as well.
pub(super) fn otherwise<'r>(
    readings: &'r [OtherReading],
    dimension: Dimension,
    name: &str,
    figure: &Figure,
    design: &Design,
) -> Vec<Otherwise<'r>> {
    let operands = written(name, figure, design, &mut BTreeSet::new());
    let mut all = Vec::new();
    for reading in readings {
        if reading.dimension.is_some_and(|other| other != dimension) {
            continue;
        }
        all.extend(operands.iter().filter_map(|operand| {
            Some(Otherwise {
                operand: operand.text.clone(),
                title: &reading.title,
                factor: reading.factor(operand, design)?,
            })
        }));
    }
    all
}

/// The operands of a figure and of those that it names, each figure once.
fn written(
    name: &str,
    figure: &Figure,
    design: &Design,
    seen: &mut BTreeSet<String>,
) -> Vec<Operand> {
    let name = normal_name(name);
    let scope = scope_without(design, &name);
    if !seen.insert(name) {
        return Vec::new();
    }
    let mut all = quantity::operands(&figure.text, &scope);
    for named in quantity::names_in(&figure.text) {
        let named = normal_name(&named);
        let mut estimates = design.estimates.iter();
        let of = estimates.find(|estimate| normal_name(&estimate.name) == named);
        if let Some(of) = of {
            all.extend(written(&of.name, &of.figure, design, seen));
        }
    }
    all
}
