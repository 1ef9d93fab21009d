//! The figures that a design states.
//!
//! Knows estimates and assumptions; knows not what they should be.

use std::cell::OnceCell;

use super::each::tell_from_all;
use super::parts::parts;
use super::periods::over_named_time;
use super::{FigureDef, Figures, definition, definitions, identify_of};
use crate::model::quantity::{Dimension, NoNames, Quantity, Style, evaluate};
use crate::model::{Design, Figure, Part, Place};
use crate::notation::design::normal_name;
use crate::rubric::problem::Problem;

/// A figure that a design states.
#[derive(Clone, Debug)]
pub struct FigureFact {
    /// Which figure it is, where the name is understood.
    pub id: Option<String>,
    /// The name as written.
    pub name: String,
    /// The value.
    pub quantity: Quantity,
    /// The value in formulas: a plain number of requests is so many a second, as the name of the figure says.
    pub(super) meant: Quantity,
    /// The value as people read it.
    pub shown: String,
    /// Where it stands.
    pub place: Place,
    /// It is computed, not assumed.
    pub estimated: bool,
    /// In which other way it was reckoned, in words, found when a rule asks for the first time.
    pub(super) otherwise: OnceCell<Option<String>>,
}

/// The figures that a design states, estimates first; peaks of estimates stand as figures of their own, and so do the times
/// that sums alone state, at the end.
pub fn stated(design: &Design, figures: &Figures, problem: Option<&Problem>) -> Vec<FigureFact> {
    let mut facts = Vec::new();
    for (at, estimate) in design.estimates.iter().enumerate() {
        let place = Place::Entry(Part::Estimates, at);
        let id = identify_of(&estimate.name, estimate.figure.quantity, figures, problem);
        let peak = estimate.peak.as_ref().and_then(|peak| {
            let of = id.as_deref()?;
            let id = definitions(figures, problem)
                .find(|figure| figure.peak_of.as_deref() == Some(of))?
                .id
                .clone();
            let quantity = at_peak(estimate.figure.quantity, peak);
            let name = format!("peak of {}", estimate.name);
            Some(FigureFact {
                id: Some(id),
                name,
                quantity,
                meant: quantity,
                shown: quantity.to_string(),
                place,
                estimated: true,
                otherwise: OnceCell::new(),
            })
        });
        facts.push(fact(id, &estimate.name, &estimate.figure, place, true));
        facts.extend(peak);
    }

    for (at, assumption) in design.requirements.assumptions.iter().enumerate() {
        if let Some(figure) = &assumption.figure {
            let id = identify_of(&assumption.name, figure.quantity, figures, problem);
            facts.push(fact(
                id,
                &assumption.name,
                figure,
                Place::Entry(Part::Assumptions, at),
                false,
            ));
        }
    }
    for fact in &mut facts {
        mean(fact, design, figures, problem);
    }
    if let Some(problem) = problem {
        tell_from_all(&mut facts, design, figures, problem);
        facts.extend(parts(&facts, design, figures, problem));
    }
    facts
}

/// Takes a value in the unit that its name and its figure say, and a name for no figure that counts other things.
fn mean(fact: &mut FigureFact, design: &Design, figures: &Figures, problem: Option<&Problem>) {
    let id = fact.id.as_deref();
    let meant = id.and_then(|id| definition(id, figures, problem));
    let usual = meant.and_then(|figure| figure.dimension);
    if let Some(amount) = amount_of(fact, usual, design, figures, problem) {
        fact.quantity = amount;
        fact.shown = amount.to_string();
    }
    fact.quantity = in_unit_of_name(&fact.name, fact.quantity, usual);
    if let Some(per) = meant.and_then(|figure| figure.per) {
        fact.quantity = over(fact.quantity, per);
    }
    fact.meant = meant_by(&fact.name, fact.quantity, usual);
    if meant.is_some_and(|figure| counts_other_things(figure, fact)) {
        fact.id = None;
    }
}

/// What the sum of an estimate makes, where it multiplies by a time what a name says to be counted over another.
fn amount_of(
    fact: &FigureFact,
    usual: Option<Dimension>,
    design: &Design,
    figures: &Figures,
    problem: Option<&Problem>,
) -> Option<Quantity> {
    let Place::Entry(Part::Estimates, at) = fact.place else {
        return None;
    };
    let text = &design.estimates.get(at)?.figure.text;
    over_named_time(text, fact.quantity, usual, design, figures, problem)
}

/// Whether bytes are stated where a figure counts things, under a name that can mean both: `uploads_per_day = 60 TB` is no
/// number of uploads, and not a wrong one either.
fn counts_other_things(figure: &FigureDef, fact: &FigureFact) -> bool {
    let usual = figure.dimension;
    let is_other = usual.is_some_and(|usual| usual.size == 0) && fact.quantity.dimension.size != 0;
    is_other && normal_name(&fact.name) != figure.id
}

/// A plain number where a rate is meant as so many a second; anything else as it is.
pub(super) fn in_dimension(quantity: Quantity, usual: Option<Dimension>) -> Quantity {
    if usual == Some(Dimension::RATE) && quantity.dimension == Dimension::NUMBER {
        return Quantity::rate(quantity.value);
    }
    quantity
}

/// A value as formulas take it: a plain number where a rate is meant as so many in the time that the name says.
fn meant_by(name: &str, quantity: Quantity, usual: Option<Dimension>) -> Quantity {
    let meant = in_dimension(quantity, usual);
    if meant.dimension == quantity.dimension {
        meant
    } else {
        over_time_of_name(name, meant)
    }
}

/// So many in the time that a name says, as so many a second: `links_per_day: 3M`. Where it says none, they are of a second.
fn over_time_of_name(name: &str, rate: Quantity) -> Quantity {
    time_of_name(name).map_or(rate, |time| Quantity::rate(rate.value / time))
}

/// The seconds that a name says something to be counted over: `links_per_day`, `yearly_bytes`.
pub(super) fn time_of_name(name: &str) -> Option<f64> {
    let name = normal_name(name);
    let words: Vec<&str> = name.split('_').collect();
    let mut pairs = words.windows(2).rev();
    let time = pairs.find_map(|pair| match pair {
        ["per" | "a" | "each" | "every", unit] => time_of(unit),
        _ => None,
    });
    let of_adverb = |word: &&str| match word.strip_suffix("ily") {
        Some(stem) => time_of(&format!("{stem}y")),
        None => time_of(word.strip_suffix("ly")?),
    };
    time.or_else(|| words.iter().find_map(of_adverb))
}

/// The seconds of a unit of time: `day`, `month`, and the stems of `hourly` and `daily`.
fn time_of(unit: &str) -> Option<f64> {
    let found = evaluate(&format!("1 {unit}"), &NoNames).ok()?.quantity;
    (found.dimension == Dimension::DURATION && unit.len() > 2).then_some(found.value)
}

/// A plain number where a time is meant, in the unit that the name says: `years: 5`. Anything else as it is.
fn in_unit_of_name(name: &str, quantity: Quantity, usual: Option<Dimension>) -> Quantity {
    if usual != Some(Dimension::DURATION) || quantity.dimension != Dimension::NUMBER {
        return quantity;
    }
    let name = normal_name(name);
    // Single letters stand for more than units.
    let words = name.rsplit('_').filter(|word| word.len() > 2);
    let mut units = words.filter_map(|word| evaluate(&format!("1 {word}"), &NoNames).ok());
    let unit = units.find(|unit| unit.quantity.dimension == Dimension::DURATION);
    unit.map_or(quantity, |unit| Quantity {
        value: quantity.value * unit.quantity.value,
        dimension: Dimension::DURATION,
    })
}

/// An amount over a time as the amount alone; anything else as it is.
pub(super) fn over(quantity: Quantity, per: Quantity) -> Quantity {
    let counted = Dimension {
        time: quantity.dimension.time + per.dimension.time,
        size: quantity.dimension.size,
    };
    if quantity.dimension.time == -per.dimension.time {
        Quantity {
            value: quantity.value * per.value,
            dimension: counted,
        }
    } else {
        quantity
    }
}

fn fact(
    id: Option<String>,
    name: &str,
    figure: &Figure,
    place: Place,
    estimated: bool,
) -> FigureFact {
    let shown = match figure.style {
        Style::Plain => figure.quantity.to_string(),
        _ => figure.shown(),
    };
    FigureFact {
        id,
        name: name.to_owned(),
        quantity: figure.quantity,
        meant: figure.quantity,
        shown,
        place,
        estimated,
        otherwise: OnceCell::new(),
    }
}

fn at_peak(base: Quantity, peak: &Figure) -> Quantity {
    if peak.quantity.dimension == base.dimension && base.dimension != Dimension::NUMBER {
        return peak.quantity;
    }
    Quantity {
        value: base.value * peak.quantity.value,
        dimension: base.dimension,
    }
}
