//! Figures: what estimates are made of, how people name them, what they follow from, and the slips that explain a wrong
//! one.
//!
//! Knows formulas by text and evaluates them on the candidate's own inputs; knows no figure by name.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::pattern::Pattern;
use super::problem::Problem;
use super::reading::{self, OtherReading, Otherwise};
use super::scene::Scene;
use super::trace::Trace;
use crate::analysis::{Sizes, Truth};
use crate::model::quantity::{self, Dimension, Quantity, Scope};
use crate::model::{Design, Figure, Part, Place};
use crate::notation::design::normal_name;

/// What is known of a figure.
#[derive(Debug)]
pub struct FigureDef {
    /// The name in formulas and rules.
    pub id: String,
    /// The name for people.
    pub title: String,
    /// What it is measured in.
    pub dimension: Option<Dimension>,
    /// How people name it.
    pub names: Pattern,
    /// The figure that this one is the peak of.
    pub peak_of: Option<String>,
    /// What the analyses take it for.
    pub role: Option<Role>,
    /// The time that it counts over, such as a day: people write `100 GB` and `100 GB/day` for the same thing.
    pub per: Option<Quantity>,
}

/// What the analyses take a figure for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The size of one entry of a store.
    EntrySize,
    /// How long data is kept.
    Retention,
    /// How many copies there are of all data.
    Copies,
}

impl Role {
    /// Every role with its word in files.
    pub const WORDS: [(&'static str, Self); 3] = [
        ("entry_size", Self::EntrySize),
        ("retention", Self::Retention),
        ("copies", Self::Copies),
    ];
}

/// What the design says of the size and the life of its data. The size of an entry is that of a figure named after the
/// table (`click_size` for `click`), or of the only such figure.
pub fn sizes(scene: &Scene<'_>) -> Sizes {
    let of_role = |role: Role| {
        let has = move |fact: &&FigureFact| {
            let id = fact.id.as_deref();
            definitions(&scene.knowledge.figures, scene.problem)
                .any(|figure| Some(figure.id.as_str()) == id && figure.role == Some(role))
        };
        scene.figures().iter().filter(has)
    };
    let first = |role: Role, dimension: Dimension| {
        let mut fitting = of_role(role).filter(move |fact| fact.quantity.dimension == dimension);
        fitting.next().map(|fact| fact.quantity.value)
    };
    let entries: Vec<&FigureFact> = of_role(Role::EntrySize)
        .filter(|fact| fact.quantity.dimension == Dimension::SIZE)
        .collect();
    let all_sizes = scene
        .figures()
        .iter()
        .filter(|fact| fact.quantity.dimension == Dimension::SIZE);
    let named: Vec<&FigureFact> = all_sizes.collect();
    let mut sizes = Sizes {
        entry: BTreeMap::new(),
        retention: first(Role::Retention, Dimension::DURATION),
        copies: first(Role::Copies, Dimension::NUMBER),
    };
    for entity in &scene.subject.design.data {
        let Some(store) = entity.store else { continue };
        let name = normal_name(&entity.name);
        let own = named.iter().find(|fact| {
            let rest = normal_name(&fact.name);
            let rest = rest
                .strip_prefix(name.as_str())
                .map(|rest| rest.trim_start_matches('s'));
            matches!(rest, Some("_size" | "_bytes"))
        });
        let only = if let [only] = entries.as_slice() {
            Some(only)
        } else {
            None
        };
        if let Some(fact) = own.or(only) {
            sizes
                .entry
                .entry(store)
                .or_insert((fact.quantity.value, fact.name.clone()));
        }
    }
    sizes
}

/// A class of mistakes that multiplies a result.
#[derive(Debug)]
pub struct Slip {
    /// By how much.
    pub factor: f64,
    /// What was mistaken.
    pub title: String,
}

/// All figures and slips.
#[derive(Debug, Default)]
pub struct Figures {
    /// The figures that any problem can use.
    pub general: Vec<FigureDef>,
    /// The slips, the most telling first.
    pub slips: Vec<Slip>,
    /// Other ways to reckon that are as good.
    pub readings: Vec<OtherReading>,
}

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
    meant: Quantity,
    /// The value as people read it.
    pub shown: String,
    /// Where it stands.
    pub place: Place,
    /// It is computed, not assumed.
    pub estimated: bool,
    /// In which other way it was reckoned, in words, found when a rule asks for the first time.
    otherwise: OnceCell<Option<String>>,
}

/// A ratio this near to a slip's factor is that slip.
const SLIP_TOLERANCE: f64 = 0.03;

/// Accepted distance where a formula states none: a day of 1e5 seconds is 15.7% off, and passes.
const TOLERANCE: f64 = 0.16;

/// Formulas that lean on formulas deeper than this are taken for a circle.
const DEEPEST: usize = 20;

/// The figures that a design states, estimates first; peaks of estimates stand as figures of their own.
pub fn stated(design: &Design, figures: &Figures, problem: Option<&Problem>) -> Vec<FigureFact> {
    let mut facts = Vec::new();
    let normal = |id: &Option<String>, quantity: Quantity| {
        let mut all = definitions(figures, problem);
        let meant = all.find(|figure| Some(&figure.id) == id.as_ref());
        let per = meant.and_then(|figure| figure.per);
        per.map_or(quantity, |per| over(quantity, per))
    };
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
        fact.quantity = normal(&fact.id, fact.quantity);
        let mut all = definitions(figures, problem);
        let meant = all.find(|figure| Some(&figure.id) == fact.id.as_ref());
        fact.meant = in_dimension(fact.quantity, meant.and_then(|figure| figure.dimension));
        if meant.is_some_and(|figure| counts_other_things(figure, fact)) {
            fact.id = None;
        }
    }
    facts
}

/// Whether bytes are stated where a figure counts things, under a name that can mean both: `uploads_per_day = 60 TB` is no
/// number of uploads, and not a wrong one either.
fn counts_other_things(figure: &FigureDef, fact: &FigureFact) -> bool {
    let usual = figure.dimension;
    let is_other = usual.is_some_and(|usual| usual.size == 0) && fact.quantity.dimension.size != 0;
    is_other && normal_name(&fact.name) != figure.id
}

/// A plain number where a rate is meant as so many a second; anything else as it is.
fn in_dimension(quantity: Quantity, usual: Option<Dimension>) -> Quantity {
    if usual == Some(Dimension::RATE) && quantity.dimension == Dimension::NUMBER {
        return Quantity::rate(quantity.value);
    }
    quantity
}

/// An amount over a time as the amount alone; anything else as it is.
fn over(quantity: Quantity, per: Quantity) -> Quantity {
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
        quantity::Style::Plain => figure.quantity.to_string(),
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

/// The definitions that hold here, the problem's first.
fn definitions<'a>(
    figures: &'a Figures,
    problem: Option<&'a Problem>,
) -> impl Iterator<Item = &'a FigureDef> {
    problem
        .into_iter()
        .flat_map(|problem| &problem.figures)
        .chain(&figures.general)
}

/// Which figure a name stands for: its id, or one of its wordings.
pub fn identify(name: &str, figures: &Figures, problem: Option<&Problem>) -> Option<String> {
    named(&normal_name(name), figures, problem).map(|figure| figure.id.clone())
}

fn named<'a>(
    name: &str,
    figures: &'a Figures,
    problem: Option<&'a Problem>,
) -> Option<&'a FigureDef> {
    let by_id = definitions(figures, problem).find(|figure| figure.id == name);
    let by_wording = || definitions(figures, problem).find(|figure| figure.names.is_match(name));
    by_id.or_else(by_wording)
}

/// What a noun alone is short for, by what stands behind it: `row: 300 B` is the size of a row, `links: 200k/day` is how
/// many there are of a day.
const SHORT_FOR: [(Dimension, &[&str]); 4] = [
    (Dimension::SIZE, &["size"]),
    (Dimension::RATE, &["per_day", "qps"]),
    (Dimension::DURATION, &["interval"]),
    (Dimension::THROUGHPUT, &["per_day"]),
];

/// Which figure a name stands for where a value stands behind it: of those that it may be short for one that is measured
/// so, or else what the name alone stands for.
fn identify_of(
    name: &str,
    quantity: Quantity,
    figures: &Figures,
    problem: Option<&Problem>,
) -> Option<String> {
    let name = normal_name(name);
    let fits = |figure: &&FigureDef| {
        let counted = figure.per.map_or(quantity, |per| over(quantity, per));
        let meant = in_dimension(counted, figure.dimension).dimension;
        figure.dimension.is_none_or(|usual| usual == meant)
    };
    let plain = named(&name, figures, problem);
    let longer = || {
        let short = SHORT_FOR.iter().find(|(of, _)| *of == quantity.dimension);
        let nouns = short.into_iter().flat_map(|(_, nouns)| *nouns);
        let mut found = nouns.filter_map(|noun| named(&format!("{name}_{noun}"), figures, problem));
        found.find(fits)
    };
    let figure = plain.filter(fits).or_else(longer).or(plain);
    figure.map(|figure| figure.id.clone())
}

/// The name of a figure for people.
pub fn title(scene: &Scene<'_>, id: &str) -> String {
    definitions(&scene.knowledge.figures, scene.problem)
        .find(|figure| figure.id == id)
        .map_or_else(|| id.to_owned(), |figure| figure.title.clone())
}

/// The stated figure with an id.
pub fn find<'s>(scene: &Scene<'s>, id: &str) -> Option<&'s FigureFact> {
    scene
        .figures()
        .iter()
        .find(|figure| figure.id.as_deref() == Some(id))
}

/// An estimate of a name that is understood as no figure, with the value that follows for this one.
pub fn under_another_name<'s>(scene: &Scene<'s>, id: &str) -> Option<&'s FigureFact> {
    let right = number(scene, id).and_then(|at| expected(scene, at)?.value)?;
    let mut unknown = scene.figures().iter();
    unknown.find(|fact| fact.id.is_none() && fact.estimated && fact.is_near(right))
}

/// The value of a figure: as stated, or else the rate of the one flow of the kind that the problem says it is. Flows are
/// told by kind, for names must not change a score.
pub fn value(scene: &Scene<'_>, id: &str) -> Option<Quantity> {
    find(scene, id)
        .map(|figure| figure.meant)
        .or_else(|| flow_rate(scene, id))
}

fn flow_rate(scene: &Scene<'_>, id: &str) -> Option<Quantity> {
    let template = scene
        .problem?
        .flows
        .iter()
        .find(|template| template.rate.as_deref() == Some(id))?;
    let mut same_kind = scene
        .subject
        .design
        .flows
        .iter()
        .filter(|flow| flow.kind.is_some() && flow.kind == template.kind);
    let flow = same_kind.next().filter(|_| same_kind.next().is_none())?;
    flow.rate.as_ref().map(|rate| rate.quantity)
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
fn follow_alike(scene: &Scene<'_>, one: &str, other: &str) -> bool {
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
    let formula = scene
        .problem?
        .estimates
        .iter()
        .find(|estimate| estimate.id == id)?
        .formula
        .as_deref()?;
    let mut inputs = BTreeMap::new();
    for name in quantity::names_in(formula) {
        let stated = value(scene, &name).or_else(|| {
            depth
                .checked_sub(1)
                .and_then(|depth| derive(scene, &name, &mut BTreeSet::new(), depth))
        });
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

struct Inputs(BTreeMap<String, Quantity>);

impl Scope for Inputs {
    fn lookup(&self, name: &str) -> Option<Quantity> {
        self.0.get(name).copied()
    }

    fn names(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
}

impl FigureFact {
    fn formula<'s>(&self, scene: &Scene<'s>) -> Option<&'s super::problem::Expectation> {
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
            let text = formula.formula.as_deref().unwrap_or_default();
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
    pub(super) fn off_by(&self, scene: &Scene<'_>) -> Option<Quantity> {
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
    pub(super) fn is_off_like(&self, other: &Self, scene: &Scene<'_>) -> bool {
        let ratios = self.off_by(scene).zip(other.off_by(scene));
        self.id != other.id
            && ratios.is_some_and(|(own, other)| {
                own.value > 1.0 && near(own.value, other.value, TOLERANCE)
            })
    }

    /// Whether the value is plausible, whatever was assumed.
    pub(super) fn sane(&self, scene: &Scene<'_>, trace: &mut Trace) -> Truth {
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
        Truth::from((from.quantity.value..=to.quantity.value).contains(&self.meant.value))
    }

    /// A value for a message.
    pub fn field(&self, key: &str, scene: &Scene<'_>) -> Option<String> {
        match key {
            "name" => Some(self.name.clone()),
            "title" => self.id.as_deref().map(|id| title(scene, id)),
            "stated" => Some(self.shown.clone()),
            "expected" => self.expected(scene).map(|quantity| quantity.to_string()),
            "formula" => self.formula(scene)?.formula.clone(),
            "slip" => Some(self.slip(scene)),
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
            near(ratio, slip.factor, SLIP_TOLERANCE)
                || near(ratio, 1.0 / slip.factor, SLIP_TOLERANCE)
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
