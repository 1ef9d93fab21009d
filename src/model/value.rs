//! Values of attributes, and the types they are checked against.
//!
//! Knows what a value may be; which attribute has which type is the table's business (`attribute`).

use super::quantity::Dimension;
use super::quantity::{Figure, Quantity};
use super::spelling;

/// What the value of an attribute has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// A whole number of at least so much.
    Count {
        /// The smallest number that makes sense.
        least: u64,
    },
    /// A whole number of at least one, or `majority`.
    Needs,
    /// `yes` or `no`.
    YesNo,
    /// One of the words.
    Choice(&'static [&'static str]),
    /// Some times a second.
    Rate,
    /// A length of time.
    Duration,
    /// A percentage between 0% and 100%.
    Percent,
    /// A number of at least zero, such as calls a request.
    Number,
    /// Any text.
    Text,
    /// A name or several.
    Names,
    /// `yes`, `no` or the id of a component.
    YesOrComponent,
    /// The id of a component.
    Component,
}

/// A value that fits its type.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A whole number.
    Count(u64),
    /// Yes or no.
    YesNo(bool),
    /// A word of a choice, a text, the id of a component.
    Word(String),
    /// Names, at least one.
    Names(Vec<String>),
    /// A number with its unit, as written.
    Figure(Figure),
}

/// Why a text is no value of a type: the complaint and the cure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueError {
    /// What is wrong, as a lower-case fragment.
    pub message: String,
    /// How to put it right.
    pub help: Option<String>,
}

impl ValueError {
    fn new(message: String, help: impl Into<Option<String>>) -> Self {
        Self {
            message,
            help: help.into(),
        }
    }
}

/// The complaint of a value that can't be nothing, where it is.
#[must_use]
pub fn nothing(text: &str, example: &str) -> ValueError {
    ValueError::new(
        format!("`{text}` is impossible here"),
        format!("more than that, such as `{example}`; leave it out where it is not known"),
    )
}

impl ValueType {
    /// Reads a text as a value of this type.
    ///
    /// # Errors
    /// When the text is no such value; the error names the text as typed and the cure.
    pub fn parse(self, text: &str) -> Result<Value, ValueError> {
        let text = spelling::trimmed(text);
        match self {
            Self::Count { least } => count(text, least).map(Value::Count),
            Self::Needs => needs(text),
            Self::YesNo => yes_no(text).map(Value::YesNo).ok_or_else(|| {
                ValueError::new(
                    format!("`{text}` is neither yes nor no"),
                    "write `yes` or `no`".to_owned(),
                )
            }),
            Self::Choice(words) => choice(text, words),
            Self::Rate => figure(text, Dimension::RATE, "2000/s"),
            Self::Duration => figure(text, Dimension::DURATION, "100ms"),
            Self::Percent => percent(text),
            Self::Number => number(text),
            Self::Names => Ok(Value::Names(vec![text.to_owned()])),
            Self::YesOrComponent => {
                Ok(yes_no(text).map_or_else(|| Value::Word(text.to_owned()), Value::YesNo))
            }
            Self::Text | Self::Component => Ok(Value::Word(text.to_owned())),
        }
    }

    /// The words that a value can be, beside ids of components and what is made up.
    #[must_use]
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Choice(words) => words,
            Self::YesNo | Self::YesOrComponent => &["yes", "no"],
            Self::Needs => &["majority"],
            _ => &[],
        }
    }

    /// Whether a word of this type is the id of a component.
    #[must_use]
    pub const fn names_component(self) -> bool {
        matches!(self, Self::Component | Self::YesOrComponent)
    }

    /// What a value looks like, for help texts and completion.
    #[must_use]
    pub fn example(self) -> String {
        match self {
            Self::Count { .. } => "3".to_owned(),
            Self::Needs => "majority".to_owned(),
            Self::YesNo => "yes".to_owned(),
            Self::Choice(words) => words.join(" | "),
            Self::Rate => "2000/s".to_owned(),
            Self::Duration => "100ms".to_owned(),
            Self::Percent => "99.9%".to_owned(),
            Self::Number => "2".to_owned(),
            Self::Text => "text".to_owned(),
            Self::Names => "user_id".to_owned(),
            Self::YesOrComponent => "yes | dlq".to_owned(),
            Self::Component => "cache".to_owned(),
        }
    }
}

impl Value {
    /// The number in base units, where there is one.
    #[must_use]
    pub fn quantity(&self) -> Option<Quantity> {
        match self {
            #[expect(
                clippy::cast_precision_loss,
                reason = "counts of machines are far below 2^52"
            )]
            Self::Count(n) => Some(Quantity::number(*n as f64)),
            Self::Figure(figure) => Some(figure.quantity),
            Self::YesNo(_) | Self::Word(_) | Self::Names(_) => None,
        }
    }

    /// The value as a person would write it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Count(n) => n.to_string(),
            Self::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            Self::Word(word) => word.clone(),
            Self::Names(names) => names.join(", "),
            Self::Figure(figure) => figure.text.clone(),
        }
    }
}

/// `yes`, `no` and their synonyms in YAML; none of other words.
#[must_use]
pub fn yes_no(text: &str) -> Option<bool> {
    let is_one_of = |words: [&str; 3]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is_one_of(["yes", "true", "on"]) {
        Some(true)
    } else {
        is_one_of(["no", "false", "off"]).then_some(false)
    }
}

/// A number or a majority; who writes anything else is told of both.
fn needs(text: &str) -> Result<Value, ValueError> {
    const MAJORITY: &str = "majority";
    if text.eq_ignore_ascii_case(MAJORITY) {
        return Ok(Value::Word(MAJORITY.to_owned()));
    }
    count(text, 1).map(Value::Count).map_err(|error| {
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            return error;
        }
        let help = format!("write a number such as `2`, or `{MAJORITY}`");
        ValueError::new(error.message, help)
    })
}

fn count(text: &str, least: u64) -> Result<u64, ValueError> {
    let number = match digits(text) {
        Some(number) => number,
        None => whole(text)?,
    };
    if number < least {
        return Err(ValueError::new(
            format!("`{text}` is impossible here"),
            format!("at least {least}"),
        ));
    }
    Ok(number)
}

/// A number of nothing but digits, where those are few.
fn digits(text: &str) -> Option<u64> {
    let is_plain = text.len() < 15 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| text.parse().ok())?
}

/// A whole number in whatever way it is written.
fn whole(text: &str) -> Result<u64, ValueError> {
    let no_number = || {
        ValueError::new(
            format!("`{text}` is no whole number"),
            "write a number such as `3`, and nothing behind it".to_owned(),
        )
    };
    let figure = Figure::parse(text).map_err(|_| no_number())?;
    let value = figure.quantity.value;
    let is_number = figure.quantity.dimension == Dimension::NUMBER;
    // A word behind the number would be taken for what it counts, and be lost: `3 stateless`.
    let one_word = text.split_whitespace().count() == 1;
    if !is_number || !one_word || value.fract() != 0.0 || value < 0.0 {
        return Err(no_number());
    }
    if value > 1e15 {
        let help = "write the number that there really are".to_owned();
        return Err(ValueError::new(
            format!("`{text}` is more than any system has"),
            help,
        ));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole, positive and below 1e15"
    )]
    let number = value as u64;
    Ok(number)
}

fn choice(text: &str, words: &'static [&'static str]) -> Result<Value, ValueError> {
    if words.contains(&text) {
        return Ok(Value::Word(text.to_owned()));
    }
    let normal = text.to_ascii_lowercase().replace(['-', ' '], "_");
    if words.contains(&normal.as_str()) {
        return Ok(Value::Word(normal));
    }
    Err(ValueError::new(
        format!("unknown value `{text}`"),
        spelling::did_you_mean(&normal, words),
    ))
}

/// How to write what is of another dimension than it should be: a plain number lacks its unit alone.
#[must_use]
pub fn rewritten(text: &str, found: Dimension, example: &str) -> String {
    let unit = example.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | 'k'));
    let is_plain = text.parse::<f64>().is_ok_and(|number| number >= 0.0);
    if found == Dimension::NUMBER && is_plain && !unit.is_empty() {
        return format!("write its unit, such as `{text}{unit}`");
    }
    format!("write it as `{example}`")
}

fn figure(text: &str, dimension: Dimension, example: &str) -> Result<Value, ValueError> {
    let figure = parse_figure(text, &dimension.name(), example)?;
    if figure.quantity.dimension != dimension {
        let message = format!(
            "`{text}` is {}, not {}",
            figure.quantity.dimension.name(),
            dimension.name()
        );
        let help = rewritten(text, figure.quantity.dimension, example);
        return Err(ValueError::new(message, help));
    }
    if figure.quantity.value < 0.0 {
        return Err(ValueError::new(
            format!("`{text}` is negative"),
            format!("write it as `{example}`"),
        ));
    }
    Ok(Value::Figure(figure))
}

fn percent(text: &str) -> Result<Value, ValueError> {
    let figure = parse_figure(text, "a percentage", "99.9%")?;
    let value = figure.quantity.value;
    if figure.quantity.dimension != Dimension::NUMBER || !(0.0..=1.0).contains(&value) {
        let help = "a percentage between 0% and 100%, such as `99.9%`".to_owned();
        return Err(ValueError::new(
            format!("`{text}` is impossible as a share"),
            help,
        ));
    }
    Ok(Value::Figure(figure))
}

fn number(text: &str) -> Result<Value, ValueError> {
    let figure = parse_figure(text, &Dimension::NUMBER.name(), "2")?;
    if figure.quantity.dimension != Dimension::NUMBER || figure.quantity.value < 0.0 {
        return Err(ValueError::new(
            format!("`{text}` is no number of at least 0"),
            "write a number such as `2`".to_owned(),
        ));
    }
    Ok(Value::Figure(figure))
}

/// A figure; of a text without any number it is said what should stand there.
fn parse_figure(text: &str, what: &str, example: &str) -> Result<Figure, ValueError> {
    Figure::parse(text).map_err(|error| {
        if text.contains(|c: char| c.is_ascii_digit()) {
            return ValueError::new(error.message, error.help);
        }
        let help = format!("write it as `{example}`");
        ValueError::new(format!("`{text}` is not {what}"), help)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hit_ratio_above_one_is_impossible() {
        assert!(ValueType::Percent.parse("120%").is_err());
    }

    #[test]
    fn no_replicas_are_impossible() {
        assert!(ValueType::Count { least: 1 }.parse("0").is_err());
    }

    #[test]
    fn a_word_behind_a_count_is_not_lost() {
        assert!(ValueType::Count { least: 1 }.parse("3 stateless").is_err());
    }

    #[test]
    fn a_duration_is_no_rate() {
        let plain = ValueType::Duration.parse("24").expect_err("no unit");
        assert_eq!(
            plain.help.as_deref(),
            Some("write its unit, such as `24ms`")
        );
        let error = ValueType::Rate.parse("5ms").expect_err("a duration");
        assert!(error.message.contains("a duration"), "{}", error.message);
    }

    #[test]
    fn choices_forgive_hyphens_and_case() {
        let read = ValueType::Choice(&["cache_aside"]).parse("Cache-Aside");
        assert_eq!(read, Ok(Value::Word("cache_aside".to_owned())));
    }
}
