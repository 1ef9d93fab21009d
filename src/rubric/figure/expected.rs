//! What figures follow from, and the slips that explain a wrong one.
//!
//! Knows formulas by text and evaluates them on the candidate's own inputs; knows no figure by name.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::{FigureFact, title, value};
use crate::analysis::Truth;
use crate::model::quantity::{self, Dimension, Quantity, Scope};
use crate::model::{Figure, Part, Place};
use crate::rubric::problem::Expectation;
use crate::rubric::reading::{self, Otherwise};
use crate::rubric::scene::Scene;
use crate::rubric::trace::Trace;

/// A ratio this near to a slip's factor is that slip.
const SLIP_TOLERANCE: f64 = 0.03;

/// Accepted distance where a formula states none: a day of 1e5 seconds is 15.7% off, and passes.
const TOLERANCE: f64 = 0.16;

/// Formulas that lean on formulas deeper than this are taken for a circle.
const DEEPEST: usize = 20;

/// A class of mistakes that multiplies a result.
#[derive(Debug)]
pub struct Slip {
    /// By how much.
    pub factor: f64,
    /// What was mistaken.
    pub title: String,
    /// The dimensions of the figures that it is made in; empty: of all.
    pub of: Vec<Dimension>,
}

/// What a figure should be by the problem's formula, from the candidate's own inputs; a figure that is not stated is
/// derived by its own formula.
#[derive(Debug)]
pub struct Expected {
    /// None where an input is missing.
    value: Option<Quantity>,
    /// The inputs that are missing.
    missing: BTreeSet<String>,
}

/// What the estimate of the problem at a position should be.
fn expected<'s>(scene: &Scene<'s>, at: usize) -> Option<&'s Expected> {
    let estimates = &scene.problem?.estimates;
    let all = &scene.memo.expected;
    let all = all.get_or_init(|| estimates.iter().map(|_| OnceCell::new()).collect());
    let id = &estimates.get(at)?.id;
    let worked_out = all.get(at)?.get_or_init(|| {
        let mut missing = BTreeSet::new();
        let value = derive(scene, id, &mut missing, DEEPEST);
        Expected { value, missing }
    });
    Some(worked_out)
}

/// The position of a figure among the estimates of the problem.
fn number(scene: &Scene<'_>, id: &str) -> Option<usize> {
    let mut estimates = scene.problem?.estimates.iter();
    estimates.position(|estimate| estimate.id == id)
}

/// Whether a design has worked a figure out: by its name, or under another one with the value that follows.
pub fn is_worked_out(scene: &Scene<'_>, id: &str) -> bool {
    let right = number(scene, id).and_then(|at| expected(scene, at)?.value);
    let is_right = |fact: &FigureFact| right.is_some_and(|right| fact.is_near(right));
    let is_named = |fact: &FigureFact| {
        let own = fact.id.as_deref();
        own.is_some_and(|own| own == id || follow_alike(scene, own, id))
    };
    let mut facts = scene.figures().iter();
    facts.any(|fact| is_named(fact) || (fact.estimated && is_right(fact)))
}

/// Whether two figures are one under two names: a problem works them out by the same formula.
pub(super) fn follow_alike(scene: &Scene<'_>, one: &str, other: &str) -> bool {
    scene.problem.is_some_and(|problem| {
        let own = problem.formula_of(one);
        own.is_some() && own == problem.formula_of(other)
    })
}

fn derive(
    scene: &Scene<'_>,
    id: &str,
    missing: &mut BTreeSet<String>,
    depth: usize,
) -> Option<Quantity> {
    let mut estimates = scene.problem?.estimates.iter();
    let estimate = estimates.find(|estimate| estimate.id == id)?;
    let formula = estimate.formula.as_deref()?;
    let mut inputs = BTreeMap::new();
    for name in quantity::names_in(formula) {
        let stated = value(scene, &name).or_else(|| {
            depth
                .checked_sub(1)
                .and_then(|depth| derive(scene, &name, &mut BTreeSet::new(), depth))
        });
        let stated = stated.or_else(|| Some(estimate.usual_of(&name)?.quantity));
        match stated {
            Some(quantity) => {
                inputs.insert(name, quantity);
            }
            None => {
                missing.insert(name);
            }
        }
    }
    if !missing.is_empty() {
        return None;
    }
    quantity::evaluate(formula, &Inputs(inputs))
        .ok()
        .map(|figure| figure.quantity)
}

impl Expectation {
    /// What a figure of its formula is taken to be where a design does not state it.
    fn usual_of(&self, name: &str) -> Option<&Figure> {
        let mut usual = self.usual.iter();
        usual.find(|(own, _)| own == name).map(|(_, figure)| figure)
    }

    /// Its formula, with numbers in place of figures that a design does not state and that are taken for usual.
    fn shown(&self, scene: &Scene<'_>) -> Option<String> {
        let taken = |name: &str| {
            let usual = self.usual_of(name)?;
            let is_open = value(scene, name).is_none();
            is_open.then_some(usual.text.as_str())
        };
        Some(quantity::with_names(self.formula.as_deref()?, taken))
    }
}

struct Inputs(BTreeMap<String, Quantity>);

impl Scope for Inputs {
    fn lookup(&self, name: &str) -> Option<Quantity> {
        self.0.get(name).copied()
    }

    fn names(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
}

/// An estimate of a name that is understood as no figure, with the value that follows for this one.
pub fn under_another_name<'s>(scene: &Scene<'s>, id: &str) -> Option<&'s FigureFact> {
    let right = number(scene, id).and_then(|at| expected(scene, at)?.value)?;
    let mut unknown = scene.figures().iter();
    unknown.find(|fact| fact.id.is_none() && fact.estimated && fact.is_near(right))
}

impl FigureFact {
    fn formula<'s>(&self, scene: &Scene<'s>) -> Option<&'s Expectation> {
        scene.problem?.estimates.get(self.number(scene)?)
    }

    /// Its position among the estimates of the problem.
    fn number(&self, scene: &Scene<'_>) -> Option<usize> {
        number(scene, self.id.as_deref()?)
    }

    fn is_near(&self, right: Quantity) -> bool {
        right.dimension == self.meant.dimension
            && near(self.meant.value, right.value, SLIP_TOLERANCE)
    }

    /// What it should be, where that follows.
    fn expected(&self, scene: &Scene<'_>) -> Option<Quantity> {
        expected(scene, self.number(scene)?)?.value
    }

    /// Whether the value follows from the candidate's own inputs, within the formula's tolerance.
    pub fn correct(&self, scene: &Scene<'_>, trace: &mut Trace) -> Truth {
        let Some(formula) = self.formula(scene) else {
            trace.miss(|| format!("what {} follows from", self.name));
            return Truth::NotStated;
        };
        let expected = self.number(scene).and_then(|at| expected(scene, at));
        let Some(right) = expected.and_then(|expected| expected.value) else {
            for input in expected.iter().flat_map(|expected| &expected.missing) {
                trace.miss(|| title(scene, input));
            }
            return Truth::NotStated;
        };
        let tolerance = formula.tolerance.unwrap_or(TOLERANCE);
        let fits = |value: f64| {
            right.dimension == self.meant.dimension && near(value, right.value, tolerance)
        };
        let is_plain = fits(self.meant.value);
        let reckoned = || self.reckoned_otherwise(scene, &fits);
        let otherwise = (!is_plain).then(|| self.otherwise.get_or_init(reckoned).as_deref());
        let otherwise = otherwise.flatten();
        trace.see(|| {
            let text = formula.shown(scene).unwrap_or_default();
            let how = otherwise.unwrap_or_default();
            format!("{} is {}{how}; {text} gives {right}", self.name, self.shown)
        });
        let is_right = is_plain || otherwise.is_some();
        if !is_right {
            trace.find(self.place, || self.name.clone());
        }
        Truth::from(is_right)
    }

    /// In which other way its expression says that it was reckoned, in words, if the value without that fits.
    fn reckoned_otherwise(&self, scene: &Scene<'_>, fits: &dyn Fn(f64) -> bool) -> Option<String> {
        let Place::Entry(Part::Estimates, at) = self.place else {
            return None;
        };
        let design = scene.subject.design;
        let estimate = design.estimates.get(at)?;
        let all = reading::otherwise(
            &scene.knowledge.figures.readings,
            self.meant.dimension,
            &estimate.name,
            &estimate.figure,
            design,
        );
        let explains = |ways: &[&Otherwise<'_>]| {
            let factor: f64 = ways.iter().map(|way| way.factor).product();
            fits(self.meant.value / factor)
        };
        let pairs = || {
            let firsts = all.iter().enumerate();
            firsts.flat_map(|(at, first)| all.iter().skip(at + 1).map(move |other| [first, other]))
        };
        let one = all.iter().find(|way| explains(&[way]));
        let ways: Vec<&Otherwise<'_>> = match one {
            Some(way) => vec![way],
            None => pairs()
                .find(|pair| pair[0].title != pair[1].title && explains(pair))?
                .into(),
        };
        let words = ways
            .iter()
            .map(|way| format!(", {} (`{}`)", way.title, way.operand));
        Some(words.collect())
    }

    /// How many times too large or too small the value is, by what follows from the candidate's own inputs: 1 where it is as
    /// good as right, none where nothing follows or another dimension does.
    pub(in crate::rubric) fn off_by(&self, scene: &Scene<'_>) -> Option<Quantity> {
        if self.correct(scene, &mut Trace::off()).is_yes() {
            return Some(Quantity::number(1.0));
        }
        let right = self.expected(scene)?;
        let (large, small) = (
            self.meant.value.max(right.value),
            self.meant.value.min(right.value),
        );
        let is_ratio = right.dimension == self.meant.dimension && small > 0.0;
        is_ratio.then(|| Quantity::number(large / small))
    }

    /// Whether another figure is off as well, by the same factor or by its inverse: one slip, or one changed assumption,
    /// explains both.
    pub(in crate::rubric) fn is_off_like(&self, other: &Self, scene: &Scene<'_>) -> bool {
        let ratios = self.off_by(scene).zip(other.off_by(scene));
        self.id != other.id
            && ratios.is_some_and(|(own, other)| {
                own.value > 1.0 && near(own.value, other.value, TOLERANCE)
            })
    }

    /// Whether the value is plausible or, where that is not wanted, implausible, whatever was assumed. What is of another
    /// dimension is neither: its unit is wrong.
    pub(in crate::rubric) fn sane(
        &self,
        wanted: bool,
        scene: &Scene<'_>,
        trace: &mut Trace,
    ) -> Truth {
        let Some((from, to)) = self
            .formula(scene)
            .and_then(|formula| formula.sane.as_ref())
        else {
            return Truth::NotStated;
        };
        if self.meant.dimension != from.quantity.dimension {
            return Truth::No;
        }
        trace.see(|| {
            format!(
                "{} is {}, plausible is {} to {}",
                self.name, self.shown, from.text, to.text
            )
        });
        let range = from.quantity.value..=to.quantity.value;
        Truth::from(range.contains(&self.meant.value) == wanted)
    }

    /// A value for a message.
    pub fn field(&self, key: &str, scene: &Scene<'_>) -> Option<String> {
        match key {
            "name" => Some(self.name.clone()),
            "title" => self.id.as_deref().map(|id| title(scene, id)),
            "stated" => Some(self.shown.clone()),
            "expected" => self.expected(scene).map(|quantity| quantity.to_string()),
            "formula" => self.formula(scene)?.shown(scene),
            "slip" => Some(self.slip(scene)),
            "flow_rate" => self
                .nearest_flow(scene)
                .map(|quantity| quantity.to_string()),
            _ => None,
        }
    }

    /// What probably went wrong, by the ratio of stated to expected.
    fn slip(&self, scene: &Scene<'_>) -> String {
        let Some(right) = self.expected(scene).filter(|right| right.value != 0.0) else {
            return String::new();
        };
        if right.dimension != self.meant.dimension {
            return format!(
                "it is {}, not {}",
                self.meant.dimension.name(),
                right.dimension.name()
            );
        }
        let ratio = self.meant.value / right.value;
        let explains = |slip: &&Slip| {
            let is_made_here = slip.of.is_empty() || slip.of.contains(&right.dimension);
            is_made_here
                && (near(ratio, slip.factor, SLIP_TOLERANCE)
                    || near(ratio, 1.0 / slip.factor, SLIP_TOLERANCE))
        };
        let times = Quantity::number(if ratio >= 1.0 { ratio } else { 1.0 / ratio });
        let direction = if ratio >= 1.0 { "too high" } else { "too low" };
        match scene.knowledge.figures.slips.iter().find(explains) {
            Some(slip) => format!("{times} times {direction}: {}?", slip.title),
            None => format!("{times} times {direction}"),
        }
    }
}

/// Whether two numbers are within a relative distance of each other, seen from either.
fn near(a: f64, b: f64, tolerance: f64) -> bool {
    if a <= 0.0 || b <= 0.0 {
        return a.total_cmp(&b).is_eq();
    }
    let ratio = if a > b { a / b } else { b / a };
    ratio <= 1.0 + tolerance + 1e-9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearness_is_the_same_from_both_sides() {
        assert!(near(100.0, 86.4, 0.16));
        assert!(near(86.4, 100.0, 0.16));
        assert!(!near(100.0, 50.0, 0.5));
        assert!(!near(-1.0, 1.0, 5.0));
    }
}
