//! Comparisons of a stated value with what a rule wants: `3`, `[a, b]`, `{at_least: 5000/s}`.
//!
//! Knows values and units; knows not whose they are.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::pattern::Pattern;
use super::reader::RuleReader;
use super::trace::{Trace, UNSTATED};
use crate::analysis::Truth;
use crate::model::quantity::Quantity;
use crate::model::value::yes_no;
use crate::model::{Figure, Value, spelling};
use crate::notation::yaml::{Content, Fields, Key, Node, Shape, flag, text_of};

/// What a value is held against. All parts have to hold.
#[derive(Debug, Default)]
pub struct Comparison {
    stated: Option<bool>,
    bounds: Vec<(Bound, Figure)>,
    is: Option<Vec<Literal>>,
    not: Option<Vec<Literal>>,
    matches: Option<Pattern>,
    /// What is wanted, in words, made when somebody reads it for the first time.
    wanted: OnceLock<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
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

pub(super) const BOUNDS: [(&str, Bound, &str); 4] = [
    ("at_least", Bound::AtLeast, "at least"),
    ("at_most", Bound::AtMost, "at most"),
    ("above", Bound::Above, "above"),
    ("below", Bound::Below, "below"),
];

/// Quantities this near to each other, relative to the larger, count as equal.
const EPSILON: f64 = 1e-9;

/// A stated value, or none.
#[derive(Clone, Debug)]
pub enum Operand<'d> {
    /// Nothing is stated.
    Missing,
    /// Yes or no.
    YesNo(bool),
    /// A number with its unit, and as people read it.
    Quantity(Quantity, Shown<'d>),
    /// A word or text.
    Word(&'d str),
    /// Several words, any of which may fit.
    Words(Cow<'d, [String]>),
}

/// How people read a number; it is written out only where somebody reads it.
#[derive(Clone, Copy, Debug)]
pub enum Shown<'d> {
    /// As numbers of its unit are.
    Plainly,
    /// As things are counted.
    Count(usize),
    /// As it was written.
    Text(&'d str),
    /// As a figure is.
    Figure(&'d Figure),
    /// As an attribute is.
    Value(&'d Value),
}

impl<'d> Operand<'d> {
    /// A stated attribute.
    #[must_use]
    pub fn of(value: Option<&'d Value>) -> Self {
        match value {
            None => Self::Missing,
            Some(Value::YesNo(yes)) => Self::YesNo(*yes),
            Some(Value::Word(word)) => Self::Word(word),
            Some(Value::Names(names)) => Self::words(names),
            Some(value @ (Value::Count(_) | Value::Figure(_))) => value
                .quantity()
                .map_or(Self::Missing, |it| Self::Quantity(it, Shown::Value(value))),
        }
    }

    /// A stated figure.
    #[must_use]
    pub fn figure(figure: Option<&'d Figure>) -> Self {
        figure.map_or(Self::Missing, |figure| {
            Self::Quantity(figure.quantity, Shown::Figure(figure))
        })
    }

    /// A computed number.
    #[must_use]
    pub const fn computed(quantity: Quantity) -> Self {
        Self::Quantity(quantity, Shown::Plainly)
    }

    /// A number of things.
    #[must_use]
    pub fn count(number: usize) -> Self {
        #[expect(
            clippy::cast_precision_loss,
            reason = "counts of entries are far below 2^52"
        )]
        Self::Quantity(Quantity::number(number as f64), Shown::Count(number))
    }

    /// A stated text.
    #[must_use]
    pub fn word(text: Option<&'d str>) -> Self {
        text.map_or(Self::Missing, Self::Word)
    }

    /// Stated words.
    #[must_use]
    pub fn words(words: &'d [String]) -> Self {
        Self::Words(Cow::Borrowed(words))
    }

    pub(super) fn shown(&self) -> Cow<'_, str> {
        match self {
            Self::Missing => Cow::Borrowed("not stated"),
            Self::YesNo(yes) => Cow::Borrowed(if *yes { "yes" } else { "no" }),
            Self::Quantity(quantity, shown) => match shown {
                Shown::Plainly => Cow::Owned(quantity.to_string()),
                Shown::Count(number) => Cow::Owned(number.to_string()),
                Shown::Text(text) => Cow::Borrowed(text),
                Shown::Figure(figure) => Cow::Owned(figure.shown()),
                Shown::Value(value) => Cow::Owned(value.shown()),
            },
            Self::Word(word) => Cow::Borrowed(word),
            Self::Words(words) => Cow::Owned(words.join(", ")),
        }
    }

    /// Whether two stated values are the same; of several words, one in common is enough.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let is = |text: &str| self.is(&Literal::new(text));
        match (self, other) {
            (Self::Quantity(one, _), Self::Quantity(other, _)) => equal(*one, *other),
            (Self::Quantity(..), _) | (_, Self::Missing) => false,
            (_, Self::Words(words)) => words.iter().any(|word| is(word)),
            (_, other) => is(&other.shown()),
        }
    }

    fn is(&self, literal: &Literal) -> bool {
        match self {
            Self::Missing => false,
            Self::YesNo(yes) => literal.yes_no == Some(*yes),
            Self::Quantity(quantity, _) => {
                literal.quantity().is_some_and(|it| equal(*quantity, it))
            }
            Self::Word(word) => literal.is_word(word),
            Self::Words(words) => words.iter().any(|word| literal.is_word(word)),
        }
    }
}

/// A value that a rule names.
#[derive(Debug)]
struct Literal {
    /// As written.
    text: String,
    /// As words are compared.
    word: String,
    yes_no: Option<bool>,
    /// The number that it stands for, if it is one; read when it is first compared with a number.
    quantity: OnceLock<Option<Quantity>>,
}

impl Literal {
    fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            word: normal(text),
            yes_no: yes_no(text),
            quantity: OnceLock::new(),
        }
    }

    fn quantity(&self) -> Option<Quantity> {
        let read = || Figure::parse(&self.text).ok().map(|figure| figure.quantity);
        *self.quantity.get_or_init(read)
    }

    /// Whether a stated word is this, however it is spaced or capitalised.
    fn is_word(&self, stated: &str) -> bool {
        if !stated.is_ascii() {
            return self.word == normal(stated);
        }
        let plain = |letter: u8| match letter {
            b'-' | b' ' => b'_',
            letter => letter.to_ascii_lowercase(),
        };
        self.word.bytes().eq(stated.trim().bytes().map(plain))
    }
}

fn normal(word: &str) -> String {
    spelling::snake(word.trim()).into_owned()
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
        if reader.strict {
            comparison.check_bounds(fields, reader);
            comparison.check_stated(fields, reader);
        }
        comparison
    }

    /// Complains of what is compared although it is not to be stated.
    fn check_stated(&self, fields: &Fields<'_, '_>, reader: &mut RuleReader<'_>) {
        let compares = !self.bounds.is_empty()
            || self.is.is_some()
            || self.not.is_some()
            || self.matches.is_some();
        if self.stated == Some(false) && compares {
            let span = fields.get("stated").map_or(fields.span, |node| node.span);
            let message = "what is not stated compares with nothing";
            let help = "write `stated: no` alone, or leave it out".to_owned();
            reader.issues.error(span, message, help);
        }
    }

    /// Complains of bounds between which nothing lies.
    fn check_bounds(&self, fields: &Fields<'_, '_>, reader: &mut RuleReader<'_>) {
        let is_lower = |bound: Bound| matches!(bound, Bound::AtLeast | Bound::Above);
        let lower = self.bounds.iter().filter(|(bound, _)| is_lower(*bound));
        for (low, least) in lower {
            let upper = self.bounds.iter().filter(|(bound, _)| !is_lower(*bound));
            for (high, most) in upper {
                // Nothing is nearer to both bounds than each is to the other.
                let fits = |(bound, limit): (Bound, &Figure), value: &Figure| {
                    in_bound(value.quantity, bound, limit.quantity)
                };
                if fits((*low, least), most) && fits((*high, most), least) {
                    continue;
                }
                let key = |wanted: Bound| {
                    let mut rows = BOUNDS.iter().filter(|(_, bound, _)| *bound == wanted);
                    rows.next().map_or("", |(key, ..)| *key)
                };
                let (low, high) = (key(*low), key(*high));
                let span = fields.get(high).map_or(fields.span, |node| node.span);
                let message = format!("nothing is {low} {} and {high} {}", least.text, most.text);
                let help = format!("make `{high}` the larger of both, or leave one out");
                reader.issues.error(span, message.replace('_', " "), help);
            }
        }
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
    pub fn test(
        &self,
        operand: &Operand<'_>,
        trace: &mut Trace,
        what: &dyn Fn() -> String,
    ) -> Truth {
        let stated = !matches!(operand, Operand::Missing);
        if let Some(wanted) = self.stated {
            if wanted != stated {
                let end = if stated { " is stated" } else { UNSTATED };
                trace.see(|| [&what(), end].concat());
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
        trace.see(|| [&what(), " is ", &operand.shown(), self.wanted()].concat());
        truth
    }

    fn holds(&self, operand: &Operand<'_>) -> bool {
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

    /// What was wanted, for people: " (looked for at least 2)".
    pub(super) fn wanted(&self) -> &str {
        self.wanted.get_or_init(|| {
            let mut parts: Vec<String> = Vec::new();
            for (bound, figure) in &self.bounds {
                let words = BOUNDS
                    .iter()
                    .find(|(_, other, _)| other == bound)
                    .map_or("", |(_, _, words)| words);
                parts.push(format!("{words} {}", figure.text));
            }
            parts.extend(self.is.as_deref().map(either));
            let not = |literals| format!("not {}", either(literals));
            parts.extend(self.not.as_deref().map(not));
            let words = self.matches.as_ref().and_then(Pattern::samples);
            parts.extend(words.map(|words| format!("words such as {words}")));
            if parts.is_empty() {
                String::new()
            } else {
                format!(" (looked for {})", parts.join(", "))
            }
        })
    }
}

fn literals(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Vec<Literal> {
    let items = reader.some_of(node).iter();
    let texts = items.filter_map(|item| text_of(item, reader.issues));
    texts.map(Literal::new).collect()
}

fn either(literals: &[Literal]) -> String {
    let texts: Vec<&str> = literals.iter().map(|it| it.text.as_str()).collect();
    texts.join(" or ")
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

fn found(pattern: &Pattern, operand: &Operand<'_>) -> bool {
    match operand {
        Operand::Words(words) => words.iter().any(|word| pattern.is_match(word)),
        other => pattern.is_match(&other.shown()),
    }
}
