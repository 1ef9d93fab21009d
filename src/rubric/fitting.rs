//! Whether what a rule compares a value with is something that the value can be: if not, the rule never finds what it looks
//! for.
//!
//! Knows the types of values; knows not what is done with a comparison.

use super::comparison::{BOUNDS, Comparison};
use super::reader::RuleReader;
use crate::model::Figure;
use crate::model::ValueType;
use crate::model::quantity::Dimension;
use crate::model::value::rewritten;
use crate::notation::yaml::{Content, Node, one_or_many};
use crate::source::Issues;

/// The type of what is counted.
pub(super) const COUNT: ValueType = ValueType::Count { least: 0 };

impl Comparison {
    /// Reads a comparison with a value of a type, and complains of what no such value can be. `name` is the value's.
    pub(super) fn read_of(
        of: ValueType,
        name: &str,
        node: &Node<'_>,
        reader: &mut RuleReader<'_>,
    ) -> Option<Self> {
        fit(of, name, node, reader);
        Self::read(node, reader)
    }
}

/// Complains of what no value of one of some types can be; `help` says what the value is like. A comparison is of one of them
/// as a whole.
pub(super) fn fit_one_of(
    types: &[ValueType],
    (name, help): (&str, &str),
    node: &Node<'_>,
    reader: &mut RuleReader<'_>,
) {
    let mut told = None;
    for of in types {
        let mut issues = Issues::default();
        let mut one = RuleReader::new(reader.vocabulary, &mut issues, reader.strict);
        fit(*of, name, node, &mut one);
        if issues.is_empty() {
            return;
        }
        told.get_or_insert(issues);
    }
    for issue in told.map(Issues::into_sorted).unwrap_or_default() {
        let message = issue.message.split(", and ").next().unwrap_or_default();
        let message = format!("{message}, and never a `{name}`");
        reader.issues.error(issue.span, message, help.to_owned());
    }
}

/// Complains of what no value of a type can be among the words and bounds of a comparison.
pub(super) fn fit(of: ValueType, name: &str, node: &Node<'_>, reader: &mut RuleReader<'_>) {
    if !reader.strict {
        return;
    }
    let Content::Map(entries) = &node.content else {
        return fit_words(of, name, node, reader);
    };
    for (key, value) in entries {
        let key = key.text().unwrap_or_default();
        if matches!(key, "is" | "not") {
            fit_words(of, name, value, reader);
        } else if BOUNDS.iter().any(|(bound, ..)| *bound == key) {
            fit_bound(of, name, (key, value), reader);
        }
    }
}

fn fit_words(of: ValueType, name: &str, node: &Node<'_>, reader: &mut RuleReader<'_>) {
    for item in one_or_many(node) {
        // What is no text is complained of where it is read.
        let Some(Err(error)) = item.text().map(|text| of.parse(text)) else {
            continue;
        };
        let message = format!("`{name}`: {}", error.message);
        reader.issues.error(item.span, message, error.help);
    }
}

fn fit_bound(
    of: ValueType,
    name: &str,
    (key, node): (&str, &Node<'_>),
    reader: &mut RuleReader<'_>,
) {
    let Some(figure) = node.text().and_then(|text| Figure::parse(text).ok()) else {
        return;
    };
    let (text, found) = (&figure.text, figure.quantity.dimension);
    let example = of.example();
    let (message, help) = match dimension(of) {
        None => (
            format!("`{name}` is no number, and never compares with `{text}`"),
            format!("write what it is: {example}"),
        ),
        Some(wanted) if wanted != found => (
            format!(
                "`{text}` is {}, and `{name}` is {}",
                found.name(),
                wanted.name()
            ),
            rewritten(text, found, &example),
        ),
        Some(_) if of == ValueType::Percent && figure.quantity.value > 1.0 => (
            format!("`{text}` is more than `{name}` can be"),
            format!("write a percentage, such as `{example}`"),
        ),
        Some(_)
            if matches!(of, ValueType::Count { .. }) && figure.quantity.value.fract() != 0.0 =>
        {
            (
                format!("`{text}` is no whole number, and `{name}` is one"),
                format!("write a bound such as `{example}`"),
            )
        }
        Some(_) if is_beyond(of, key, figure.quantity.value) => (
            format!("`{name}` is never {} {text}", key.replace('_', " ")),
            format!("write a bound that it can reach, such as `{example}`"),
        ),
        Some(_) => return,
    };
    reader.issues.error(node.span, message, help);
}

/// Whether no value of a type is within a bound.
fn is_beyond(of: ValueType, bound: &str, limit: f64) -> bool {
    #[expect(
        clippy::cast_precision_loss,
        reason = "the least of what is counted is 0 or 1"
    )]
    let least = match of {
        ValueType::Count { least } => least as f64,
        ValueType::Needs => 1.0,
        _ => 0.0,
    };
    match bound {
        "below" => limit <= least,
        "at_most" => limit < least,
        "above" => of == ValueType::Percent && limit >= 1.0,
        _ => false,
    }
}

/// What values of a type are numbers of, where they are numbers.
const fn dimension(of: ValueType) -> Option<Dimension> {
    match of {
        ValueType::Count { .. } | ValueType::Needs | ValueType::Percent | ValueType::Number => {
            Some(Dimension::NUMBER)
        }
        ValueType::Rate => Some(Dimension::RATE),
        ValueType::Duration => Some(Dimension::DURATION),
        _ => None,
    }
}
