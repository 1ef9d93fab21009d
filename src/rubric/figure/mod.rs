//! Figures: what estimates are made of, and how people name them.
//!
//! Knows names and dimensions by data; knows no figure by name.

mod each;
mod expected;
mod fact;
mod flows;
mod parts;
mod periods;
mod sizes;

use super::glossary::reworded;
use super::pattern::Pattern;
use super::problem::Problem;
use super::reading::OtherReading;
use super::scene::Scene;
use crate::model::quantity::{Dimension, Quantity};
use crate::notation::design::normal_name;
pub use expected::{Expected, Slip, is_worked_out, under_another_name};
pub use fact::{FigureFact, stated};
use fact::{in_dimension, over};
use flows::flow_rate;
pub use sizes::sizes;

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
    /// The largest value that is still one of it; beyond, something else goes by the name.
    pub at_most: Option<Quantity>,
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

/// All figures and slips.
#[derive(Debug, Default)]
pub struct Figures {
    /// The figures that any problem can use.
    pub general: Vec<FigureDef>,
    /// The slips, the most telling first.
    pub slips: Vec<Slip>,
    /// Other ways to reckon that are as good.
    pub readings: Vec<OtherReading>,
    /// What nouns alone are short for.
    pub short_for: Vec<ShortFor>,
}

/// What a noun alone is short for, by what stands behind it: `row: 300 B` is the size of a row.
#[derive(Debug)]
pub struct ShortFor {
    /// How the value is measured.
    pub dimension: Dimension,
    /// How the whole name may end, the likeliest first.
    pub ends: Vec<String>,
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

/// The figure with an id.
fn definition<'a>(
    id: &str,
    figures: &'a Figures,
    problem: Option<&'a Problem>,
) -> Option<&'a FigureDef> {
    definitions(figures, problem).find(|figure| figure.id == id)
}

/// Which figure a name stands for: its id, or one of its wordings.
pub fn identify(name: &str, figures: &Figures, problem: Option<&Problem>) -> Option<String> {
    let name = normal_name(name);
    let plain = named(&name, figures, problem);
    let figure = plain.or_else(|| in_other_words(&name, figures, problem));
    figure.map(|figure| figure.id.clone())
}

/// The figure of a problem's sums that a name stands for in the words that rules know: `clip_size` where a clip is a video.
fn in_other_words<'a>(
    name: &str,
    figures: &'a Figures,
    problem: Option<&'a Problem>,
) -> Option<&'a FigureDef> {
    let problem = problem?;
    let reworded = reworded(name, &[&problem.called])?;
    let figure = named(&normal_name(&reworded), figures, Some(problem))?;
    problem.reckons_with(&figure.id).then_some(figure)
}

fn named<'a>(
    name: &str,
    figures: &'a Figures,
    problem: Option<&'a Problem>,
) -> Option<&'a FigureDef> {
    let by_wording = || definitions(figures, problem).find(|figure| figure.names.is_match(name));
    definition(name, figures, problem).or_else(by_wording)
}

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
        let is_one = figure
            .at_most
            .is_none_or(|most| counted.value <= most.value);
        is_one && figure.dimension.is_none_or(|usual| usual == meant)
    };
    let plain = named(&name, figures, problem);
    let longer = || {
        let short = figures.short_for.iter();
        let short = short.filter(|short| short.dimension == quantity.dimension);
        let ends = short.flat_map(|short| &short.ends);
        let mut found = ends.filter_map(|end| named(&format!("{name}_{end}"), figures, problem));
        found.find(fits)
    };
    // What a problem reckons with goes before what any system has: an item may be an entry of a table, or an object.
    let own = |figure: &&FigureDef| problem.is_none_or(|own| own.reckons_with(&figure.id));
    let other = || in_other_words(&name, figures, problem).filter(fits);
    let fitting = plain.filter(fits);
    let figure = fitting.filter(own).or_else(other).or(fitting);
    let figure = figure.or_else(longer).or(plain);
    figure.map(|figure| figure.id.clone())
}

/// The name of a figure for people.
pub fn title(scene: &Scene<'_>, id: &str) -> String {
    definition(id, &scene.knowledge.figures, scene.problem)
        .map_or_else(|| id.to_owned(), |figure| figure.title.clone())
}

/// The stated figure with an id. Of several the estimate, then the one that goes by the id itself, then the first by name:
/// order never matters.
pub fn find<'s>(scene: &Scene<'s>, id: &str) -> Option<&'s FigureFact> {
    let all = scene.figures().iter();
    let named = all.filter(|figure| figure.id.as_deref() == Some(id));
    // Of one nothing is asked: mostly there is no other.
    named.reduce(|one, other| {
        let order = |figure: &'s FigureFact| {
            let name = figure.name.as_str();
            (!figure.estimated, normal_name(name) != id, name)
        };
        if order(other) < order(one) {
            other
        } else {
            one
        }
    })
}

/// The value of a figure: as stated, or else the rate of the one flow of the kind that the problem says it is. Flows are
/// told by kind, for names must not change a score.
pub fn value(scene: &Scene<'_>, id: &str) -> Option<Quantity> {
    find(scene, id)
        .map(|figure| figure.meant)
        .or_else(|| flow_rate(scene, id))
}
