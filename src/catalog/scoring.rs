//! How rules add up to a score: weights of the steps, bands by level, caps.
//!
//! Knows the shape of the scoring file; the numbers are data.

use crate::model::{Figure, Level, Step};
use crate::notation::yaml::{Fields, Key, Node, Shape, Term, all_of, text_of};
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

    /// Reads the scoring file; nothing where a number is missing.
    pub(super) fn read(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Self> {
        let fields = Fields::of(node, "the scoring", reader.issues)?;
        fields.known(SCORING, reader.issues);
        let steps = part(&fields, "steps", "the points of the steps", reader);
        let steps = steps.and_then(|steps| points(&steps, reader));
        let levels = part(&fields, "levels", "the levels", reader);
        let levels = levels.and_then(|levels| bands(&levels, reader));
        let caps = part(&fields, "major_caps", "the caps of majors", reader);
        let major_caps = caps.map(|caps| {
            caps.only(&words(Band::ALL, Band::word), reader.issues);
            let from = |band: &Band| Some((*band, count(caps.get(band.word())?, &mut *reader)?));
            Band::ALL.iter().filter_map(from).collect::<Vec<_>>()
        });
        if let Some(major_caps) = &major_caps {
            check_caps(&fields, major_caps, reader);
        }
        let blocker_cap = within(&fields, "blocker_cap", PERCENT, reader);
        let not_stated = within(&fields, "not_stated", SHARE, reader);
        let hint = part(&fields, "hint", "the price of a hint", reader);
        let hint = hint.and_then(|hint| {
            hint.known(HINT_PRICE, reader.issues);
            let points = within(&hint, "points", PERCENT, reader);
            points.zip(within(&hint, "at_most", PERCENT, reader))
        });
        let minutes = fields.get("minutes").map(|node| reader.minutes(node));
        let (hint_points, hints_at_most) = hint?;
        Some(Self {
            steps: steps?,
            levels: levels?,
            blocker_cap: blocker_cap?,
            major_caps: major_caps?,
            not_stated: not_stated?,
            hint_points,
            hints_at_most,
            minutes: minutes.unwrap_or_default(),
        })
    }
}

/// A map under a key that has to be there.
fn part<'n, 't>(
    fields: &Fields<'n, 't>,
    key: &str,
    what: &'n str,
    reader: &mut RuleReader<'_>,
) -> Option<Fields<'n, 't>> {
    let node = reader.needed(fields, key)?;
    Fields::of(node, what, reader.issues)
}

fn points(steps: &Fields<'_, '_>, reader: &mut RuleReader<'_>) -> Option<Vec<(Step, f64)>> {
    steps.only(&words(Step::ALL, Step::word), reader.issues);
    let points = |step: &Step| Some((*step, within(steps, step.word(), PERCENT, &mut *reader)?));
    let points = all_of(Step::ALL.iter().map(points))?;
    let sum: f64 = points.iter().map(|(_, points)| points).sum();
    if sum <= 0.0 {
        let message = "no step has any points";
        let help = "give each step the points that it may earn: `detailed: 25`".to_owned();
        reader.issues.error(steps.span, message, help);
    }
    Some(points)
}

/// The lowest percentages of a level's bands.
type Bands = (Level, Vec<(Band, f64)>);

fn bands(levels: &Fields<'_, '_>, reader: &mut RuleReader<'_>) -> Option<Vec<Bands>> {
    levels.only(&words(Level::ALL, Level::word), reader.issues);
    all_of(Level::ALL.iter().map(|level| {
        let bands = part(levels, level.word(), "the bands of a level", reader)?;
        bands.known(BANDS, reader.issues);
        let least =
            |band: &Band| Some((*band, within(&bands, band.word(), PERCENT, &mut *reader)?));
        let least = all_of(Band::ALL.iter().skip(1).map(least))?;
        for ((lower, from), (upper, to)) in least.iter().zip(least.iter().skip(1)) {
            if from >= to {
                let at = bands.get(upper.word()).map_or(bands.span, |node| node.span);
                let message = format!(
                    "`{}` begins no higher than `{}`",
                    upper.word(),
                    lower.word()
                );
                let help = format!("write more than {from}, where `{}` begins", lower.word());
                reader.issues.error(at, message, help);
            }
        }
        Some((*level, least))
    }))
}

/// Complains where fewer missed majors are allowed of a lower band.
fn check_caps(fields: &Fields<'_, '_>, caps: &[(Band, usize)], reader: &mut RuleReader<'_>) {
    for ((lower, from), (upper, to)) in caps.iter().zip(caps.iter().skip(1)) {
        if to >= from {
            let at = fields
                .get("major_caps")
                .map_or(fields.span, |node| node.span);
            let message = format!(
                "{from} missed majors leave no more than `{}`, and {to} no more than `{}`",
                lower.word(),
                upper.word()
            );
            let help = "the more majors are missed, the lower is the band that is left".to_owned();
            reader.issues.error(at, message, help);
        }
    }
}

/// What percentages and points lie within.
const PERCENT: [f64; 2] = [0.0, 100.0];

/// What parts of a weight lie within.
const SHARE: [f64; 2] = [0.0, 1.0];

/// A number that lies within bounds.
fn within(
    fields: &Fields<'_, '_>,
    key: &str,
    [least, most]: [f64; 2],
    reader: &mut RuleReader<'_>,
) -> Option<f64> {
    let value = number(fields, key, reader)?;
    let node = fields.get(key)?;
    if !(least..=most).contains(&value) {
        let text = node.text().unwrap_or_default();
        let is_share = most <= 1.0;
        let shown = |bound: f64| {
            if is_share {
                format!("{}%", bound * 100.0)
            } else {
                bound.to_string()
            }
        };
        let (least, most) = (shown(least), shown(most));
        let message = format!("`{text}` is not within {least} and {most}");
        let help = format!("write what is from {least} to {most}");
        reader.issues.error(node.span, message, help);
        return None;
    }
    Some(value)
}

fn words<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|value| word(*value)).collect()
}

fn count(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<usize> {
    let text = text_of(node, reader.issues)?;
    let value = text.parse().ok().filter(|count| *count > 0);
    if value.is_none() {
        let help = "write a number such as `3`".to_owned();
        reader.issues.error(
            node.span,
            format!("`{text}` is no whole number above 0"),
            help,
        );
    }
    value
}

fn number(fields: &Fields<'_, '_>, key: &str, reader: &mut RuleReader<'_>) -> Option<f64> {
    let node = reader.needed(fields, key)?;
    let text = text_of(node, reader.issues)?;
    let value = Figure::parse(text).ok().map(|figure| figure.quantity.value);
    if value.is_none() {
        let help = "write a number such as `50`, or a percentage".to_owned();
        reader
            .issues
            .error(node.span, format!("`{text}` is no number"), help);
    }
    value
}
