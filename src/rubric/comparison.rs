//! Comparisons of a stated value with what a rule wants: `3`, `[a, b]`, `{at_least: 5000/s}`.
//!
//! Knows values and units; knows not whose they are.

use super::pattern::Pattern;
use super::reader::RuleReader;
use super::trace::Trace;
use crate::analysis::Truth;
use crate::model::quantity::Quantity;
use crate::model::value::yes_no;
use crate::model::{Figure, Value};
use crate::notation::yaml::{Content, Fields, Key, Node, Shape, flag, one_or_many, text_of};

/// What a value is held against. All parts have to hold.
#[derive(Debug, Default)]
pub struct Comparison {
    stated: Option<bool>,
    bounds: Vec<(Bound, Figure)>,
    is: Option<Vec<String>>,
    not: Option<Vec<String>>,
    matches: Option<Pattern>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    AtLeast,
    AtMost,
    Above,
    Below,
}

/// The keys of a comparison.
pub const COMPARISON: &[Key] = &[
    Key::new("at_least", Shape::Text, "It is this or more."),
    Key::new("at_most", Shape::Text, "It is this or less."),
    Key::new("above", Shape::Text, "It is more than this."),
    Key::new("below", Shape::Text, "It is less than this."),
    Key::new("is", Shape::Many(&Shape::Text), "It is one of these."),
    Key::new("not", Shape::Many(&Shape::Text), "It is none of these."),
    Key::new("stated", Shape::YesNo, "The design says it at all."),
    Key::new(
        "matches",
        Shape::Text,
        "It matches this regular expression.",
    ),
];

const BOUNDS: [(&str, Bound, &str); 4] = [
    ("at_least", Bound::AtLeast, "at least"),
    ("at_most", Bound::AtMost, "at most"),
    ("above", Bound::Above, "above"),
    ("below", Bound::Below, "below"),
];

/// Quantities this near to each other, relative to the larger, count as equal.
const EPSILON: f64 = 1e-9;

/// A stated value, or none.
#[derive(Clone, Debug)]
pub enum Operand {
    /// Nothing is stated.
    Missing,
    /// Yes or no.
    YesNo(bool),
    /// A number with its unit, and as people read it.
    Quantity(Quantity, String),
    /// A word or text.
    Word(String),
    /// Several words, any of which may fit.
    Words(Vec<String>),
}

impl Operand {
    /// A stated attribute.
    #[must_use]
    pub fn of(value: Option<&Value>) -> Self {
        match value {
            None => Self::Missing,
            Some(Value::YesNo(yes)) => Self::YesNo(*yes),
            Some(Value::Word(word)) => Self::Word(word.clone()),
            Some(Value::Names(names)) => Self::Words(names.clone()),
            Some(value @ (Value::Count(_) | Value::Figure(_))) => {
                value.quantity().map_or(Self::Missing, |quantity| {
                    Self::Quantity(quantity, value.shown())
                })
            }
        }
    }

    /// A stated figure.
    #[must_use]
    pub fn figure(figure: Option<&Figure>) -> Self {
        figure.map_or(Self::Missing, |figure| {
            Self::Quantity(figure.quantity, figure.shown())
        })
    }

    /// A number of things.
    #[must_use]
    pub fn count(number: usize) -> Self {
        #[expect(
            clippy::cast_precision_loss,
            reason = "counts of entries are far below 2^52"
        )]
        Self::Quantity(Quantity::number(number as f64), number.to_string())
    }

    /// A stated text.
    #[must_use]
    pub fn word(text: Option<&str>) -> Self {
        text.map_or(Self::Missing, |text| Self::Word(text.to_owned()))
    }

    pub(super) fn shown(&self) -> String {
        match self {
            Self::Missing => "not stated".to_owned(),
            Self::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            Self::Quantity(_, shown) => shown.clone(),
            Self::Word(word) => word.clone(),
            Self::Words(words) => words.join(", "),
        }
    }

    /// Whether two stated values are the same; of several words, one in common is enough.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Quantity(one, _), Self::Quantity(other, _)) => equal(*one, *other),
            (Self::Quantity(..), _) | (_, Self::Missing) => false,
            (one, Self::Words(words)) => words.iter().any(|word| one.is(word)),
            (one, other) => one.is(&other.shown()),
        }
    }

    fn is(&self, literal: &str) -> bool {
        match self {
            Self::Missing => false,
            Self::YesNo(yes) => yes_no(literal) == Some(*yes),
            Self::Quantity(quantity, _) => {
                Figure::parse(literal).is_ok_and(|other| equal(*quantity, other.quantity))
            }
            Self::Word(word) => normal(word) == normal(literal),
            Self::Words(words) => words.iter().any(|word| normal(word) == normal(literal)),
        }
    }
}

fn normal(word: &str) -> String {
    word.trim().to_lowercase().replace(['-', ' '], "_")
}

fn equal(a: Quantity, b: Quantity) -> bool {
    a.dimension == b.dimension
        && (a.value - b.value).abs() <= EPSILON * a.value.abs().max(b.value.abs())
}

impl Comparison {
    /// Reads a comparison: a value, a list of values, or a map of bounds.
    pub(super) fn read(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Self> {
        match &node.content {
            Content::Map(_) => {
                let fields = Fields::of(node, "a comparison", reader.issues)?;
                fields.known(COMPARISON, reader.issues);
                Some(Self::from_fields(&fields, reader))
            }
            _ => Some(Self {
                is: Some(literals(node, reader)),
                ..Self::default()
            }),
        }
    }

    /// The comparison among the keys of a map that has others too.
    pub(super) fn from_fields(fields: &Fields<'_, '_>, reader: &mut RuleReader<'_>) -> Self {
        let mut comparison = Self {
            stated: fields
                .get("stated")
                .and_then(|node| flag(node, reader.issues)),
            is: fields.get("is").map(|node| literals(node, reader)),
            not: fields.get("not").map(|node| literals(node, reader)),
            matches: fields.get("matches").and_then(|node| reader.pattern(node)),
            ..Self::default()
        };
        for (key, bound, _) in BOUNDS {
            let Some(node) = fields.get(key) else {
                continue;
            };
            let Some(text) = text_of(node, reader.issues) else {
                continue;
            };
            match Figure::parse(text) {
                Ok(figure) => comparison.bounds.push((bound, figure)),
                Err(error) => {
                    reader
                        .issues
                        .error(node.part(&error.span), error.message, error.help);
                }
            }
        }
        comparison
    }

    /// It asks for no more than to be below a bound.
    #[must_use]
    pub fn is_just_below(&self, bound: Quantity) -> bool {
        let one = matches!(self.bounds.as_slice(), [(Bound::Below, figure)] if equal(figure.quantity, bound));
        one && self.stated.is_none()
            && self.is.is_none()
            && self.not.is_none()
            && self.matches.is_none()
    }

    /// Nothing is compared.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.stated.is_none()
            && self.bounds.is_empty()
            && self.is.is_none()
            && self.not.is_none()
            && self.matches.is_none()
    }

    /// Holds a value against what is wanted. `what` names it in the trace, such as "replicas of db".
    pub fn test(&self, operand: &Operand, trace: &mut Trace, what: &dyn Fn() -> String) -> Truth {
        let stated = !matches!(operand, Operand::Missing);
        if let Some(wanted) = self.stated {
            if wanted != stated {
                trace.see(|| {
                    format!(
                        "{} {}",
                        what(),
                        if stated { "is stated" } else { "is not stated" }
                    )
                });
                return Truth::No;
            }
            if !stated {
                return Truth::Yes;
            }
        }
        if !stated {
            trace.miss(what);
            return Truth::NotStated;
        }
        let truth = Truth::from(self.holds(operand));
        trace.see(|| format!("{} is {}{}", what(), operand.shown(), self.wanted()));
        truth
    }

    fn holds(&self, operand: &Operand) -> bool {
        let within = |(bound, figure): &(Bound, Figure)| match operand {
            Operand::Quantity(quantity, _) => in_bound(*quantity, *bound, figure.quantity),
            _ => false,
        };
        self.bounds.iter().all(within)
            && self
                .is
                .as_ref()
                .is_none_or(|literals| literals.iter().any(|literal| operand.is(literal)))
            && self
                .not
                .as_ref()
                .is_none_or(|literals| !literals.iter().any(|literal| operand.is(literal)))
            && self
                .matches
                .as_ref()
                .is_none_or(|pattern| found(pattern, operand))
    }

    /// What was wanted, for people: " (wanted at least 2)".
    pub(super) fn wanted(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        for (bound, figure) in &self.bounds {
            let words = BOUNDS
                .iter()
                .find(|(_, other, _)| other == bound)
                .map_or("", |(_, _, words)| words);
            parts.push(format!("{words} {}", figure.text));
        }
        parts.extend(self.is.as_ref().map(|literals| literals.join(" or ")));
        parts.extend(
            self.not
                .as_ref()
                .map(|literals| format!("not {}", literals.join(" or "))),
        );
        if parts.is_empty() {
            String::new()
        } else {
            format!(" (looked for {})", parts.join(", "))
        }
    }
}

fn literals(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Vec<String> {
    one_or_many(node)
        .iter()
        .filter_map(|item| text_of(item, reader.issues).map(str::to_owned))
        .collect()
}

fn in_bound(quantity: Quantity, bound: Bound, limit: Quantity) -> bool {
    if quantity.dimension != limit.dimension {
        return false;
    }
    let near = equal(quantity, limit);
    match bound {
        Bound::AtLeast => near || quantity.value > limit.value,
        Bound::AtMost => near || quantity.value < limit.value,
        Bound::Above => !near && quantity.value > limit.value,
        Bound::Below => !near && quantity.value < limit.value,
    }
}

fn found(pattern: &Pattern, operand: &Operand) -> bool {
    match operand {
        Operand::Words(words) => words.iter().any(|word| pattern.is_match(word)),
        other => pattern.is_match(&other.shown()),
    }
}
