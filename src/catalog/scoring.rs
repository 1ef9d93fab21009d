//! How rules add up to a score: weights of the steps, bands by level, caps.
//!
//! Knows the shape of the scoring file; the numbers are data.

use crate::model::{Figure, Level, Step};
use crate::notation::yaml::{Fields, Key, Node, Shape, Term, text_of};
use crate::rubric::RuleReader;

/// A verdict on the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Below the line.
    NoHire,
    /// On the line.
    Lean,
    /// Above it.
    Hire,
    /// Far above it.
    StrongHire,
}

impl Band {
    /// Every band, from the lowest.
    pub const ALL: &'static [Self] = &[Self::NoHire, Self::Lean, Self::Hire, Self::StrongHire];

    /// The word that files and reports use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoHire => "no_hire",
            Self::Lean => "lean",
            Self::Hire => "hire",
            Self::StrongHire => "strong_hire",
        }
    }

    /// The words for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::NoHire => "no hire",
            Self::Lean => "lean",
            Self::Hire => "hire",
            Self::StrongHire => "strong hire",
        }
    }
}

/// The numbers of the scoring file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scoring {
    /// Points of each step.
    pub steps: Vec<(Step, f64)>,
    /// The lowest percentage of each band above no hire, by level.
    pub levels: Vec<(Level, Vec<(Band, f64)>)>,
    /// The highest percentage of a design with a blocker.
    pub blocker_cap: f64,
    /// The best band that is left from so many missed majors up.
    pub major_caps: Vec<(Band, usize)>,
    /// The part of a weight that is earned where the deciding fact is not stated.
    pub not_stated: f64,
    /// Points that a hint costs.
    pub hint_points: f64,
    /// Points that all hints cost at most.
    pub hints_at_most: f64,
    /// Minutes a step where a problem says nothing else.
    pub minutes: Vec<(Step, u64)>,
}

/// The keys of the scoring file.
pub const SCORING: &[Key] = &[
    Key::needed("steps", Shape::Of(Term::Steps), "The points of each step."),
    Key::needed(
        "levels",
        Shape::Named(&Shape::Map(BANDS)),
        "The lowest percentage of each band, by level.",
    ),
    Key::needed(
        "blocker_cap",
        Shape::Text,
        "The highest percentage of a design with a blocker.",
    ),
    Key::needed(
        "major_caps",
        Shape::Named(&Shape::Text),
        "The best band that is left from so many missed majors up.",
    ),
    Key::needed(
        "not_stated",
        Shape::Text,
        "The part of a weight that is earned where the deciding fact is not stated.",
    ),
    Key::needed("hint", Shape::Map(HINT_PRICE), "What hints cost."),
    Key::new(
        "minutes",
        Shape::Of(Term::Steps),
        "The minutes of each step.",
    ),
];

const BANDS: &[Key] = &[
    Key::needed("strong_hire", Shape::Text, "From so many percent."),
    Key::needed("hire", Shape::Text, "From so many percent."),
    Key::needed("lean", Shape::Text, "From so many percent."),
];

const HINT_PRICE: &[Key] = &[
    Key::needed("points", Shape::Text, "The points of one."),
    Key::needed("at_most", Shape::Text, "The points of all, at most."),
];

impl Scoring {
    /// The points of a step.
    #[must_use]
    pub fn points(&self, step: Step) -> f64 {
        self.steps
            .iter()
            .find(|(other, _)| *other == step)
            .map_or(0.0, |(_, points)| *points)
    }

    /// The band of a percentage at a level.
    #[must_use]
    pub fn band(&self, level: Level, percent: f64) -> Band {
        let bands = self
            .levels
            .iter()
            .find(|(other, _)| *other == level)
            .map(|(_, bands)| bands.as_slice());
        let reached = bands
            .unwrap_or_default()
            .iter()
            .filter(|(_, least)| percent >= *least)
            .map(|(band, _)| *band);
        reached.max().unwrap_or(Band::NoHire)
    }

    /// The highest percentage of a band at a level, to one decimal; none where no band is above it.
    #[must_use]
    pub fn most(&self, level: Level, band: Band) -> Option<f64> {
        let (_, bands) = self.levels.iter().find(|(other, _)| *other == level)?;
        let above = bands.iter().filter(|(other, _)| *other > band);
        above.map(|(_, least)| least - 0.1).reduce(f64::min)
    }

    /// Reads the scoring file.
    pub(super) fn read(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Self> {
        let fields = Fields::of(node, "the scoring", reader.issues)?;
        fields.known(SCORING, reader.issues);
        let mut scoring = Self::default();
        let steps = Fields::of(
            fields.get("steps")?,
            "the points of the steps",
            reader.issues,
        )?;
        steps.only(&words(Step::ALL, Step::word), reader.issues);
        for step in Step::ALL {
            scoring
                .steps
                .push((*step, number(steps.get(step.word())?, reader)?));
        }
        let levels = Fields::of(fields.get("levels")?, "the levels", reader.issues)?;
        levels.only(&words(Level::ALL, Level::word), reader.issues);
        for level in Level::ALL {
            let bands = Fields::of(
                levels.get(level.word())?,
                "the bands of a level",
                reader.issues,
            )?;
            bands.known(BANDS, reader.issues);
            let least = |band: &Band| Some((*band, number(bands.get(band.word())?, &mut *reader)?));
            scoring
                .levels
                .push((*level, Band::ALL.iter().skip(1).filter_map(least).collect()));
        }
        scoring.blocker_cap = number(fields.get("blocker_cap")?, reader)?;
        let caps = Fields::of(
            fields.get("major_caps")?,
            "the caps of majors",
            reader.issues,
        )?;
        caps.only(&words(Band::ALL, Band::word), reader.issues);
        for band in Band::ALL {
            let from = caps.get(band.word()).and_then(|node| count(node, reader));
            scoring.major_caps.extend(from.map(|from| (*band, from)));
        }
        scoring.not_stated = number(fields.get("not_stated")?, reader)?;
        let hint = Fields::of(fields.get("hint")?, "the price of a hint", reader.issues)?;
        hint.known(HINT_PRICE, reader.issues);
        scoring.hint_points = number(hint.get("points")?, reader)?;
        scoring.hints_at_most = number(hint.get("at_most")?, reader)?;
        scoring.minutes = fields
            .get("minutes")
            .map(|node| reader.minutes(node))
            .unwrap_or_default();
        Some(scoring)
    }
}

fn words<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|value| word(*value)).collect()
}

fn count(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<usize> {
    let text = text_of(node, reader.issues)?;
    let value = text.parse().ok().filter(|count| *count > 0);
    if value.is_none() {
        reader.issues.error(
            node.span,
            format!("`{text}` is no whole number above 0"),
            None,
        );
    }
    value
}

fn number(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<f64> {
    let text = text_of(node, reader.issues)?;
    let value = Figure::parse(text).ok().map(|figure| figure.quantity.value);
    if value.is_none() {
        reader
            .issues
            .error(node.span, format!("`{text}` is no number"), None);
    }
    value
}
