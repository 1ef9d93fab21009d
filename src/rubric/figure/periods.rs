//! Sums of amounts whose time stands in a name alone: beside `storage_per_year: 100 PB`, `storage_per_year * 3 years` are 300 PB.
//!
//! Knows names, dimensions and what sums multiply by; knows no figure by name.

use super::fact::time_of_name;
use super::{Figures, definition, identify_of};
use crate::model::Design;
use crate::model::quantity::{Dimension, Quantity, operands};
use crate::notation::design::{normal_name, scope_without, stated_figures};
use crate::rubric::problem::Problem;

/// The amount that a sum makes which multiplies an amount by a time, where an amount or a number is usual and one of the
/// names in it says over which time its own is counted. None where no name does, or several do.
pub(super) fn over_named_time(
    text: &str,
    sum: Quantity,
    usual: Option<Dimension>,
    design: &Design,
    figures: &Figures,
    problem: Option<&Problem>,
) -> Option<Quantity> {
    let usual = usual.filter(|usual| usual.time == 0)?;
    let dimension = Dimension {
        time: sum.dimension.time - 1,
        size: sum.dimension.size,
    };
    if dimension != usual {
        return None;
    }
    let stated = stated_figures(design);
    let all = operands(text, &scope_without(design, ""));
    let multiplied = all.iter().filter(|operand| !operand.divides);
    let mut times = multiplied.filter_map(|operand| {
        let name = normal_name(&operand.text);
        let (_, quantity) = stated.iter().find(|(other, _)| *other == name)?;
        if quantity.dimension.time != 0 {
            return None;
        }
        let of_figure = || {
            let id = identify_of(&name, *quantity, figures, problem)?;
            let per = definition(&id, figures, problem)?.per?;
            Some(per.value)
        };
        time_of_name(&name).or_else(of_figure)
    });
    let (Some(time), None) = (times.next(), times.next()) else {
        return None;
    };
    Some(Quantity {
        value: sum.value / time,
        dimension,
    })
}
