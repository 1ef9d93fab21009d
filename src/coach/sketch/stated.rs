//! What a sentence states of components: how many there are, over how many zones, how long something lasts.
//!
//! Knows numbers and the attributes that they are of; draws nothing.

use super::names::{self, Named, attribute_of, number};
use super::{Sketch, choices, describing};
use crate::coach::session::Session;
use crate::model::attribute::Bearer;
use crate::model::{Attribute, ValueType};
use crate::rubric::Describing;

/// What a number without a word for it is of.
pub(super) const REPLICAS: Attribute = Attribute::Replicas;

/// What is behind the number of parts that something is cut into: "sharded 10 ways".
const WAYS: &str = "ways";

/// What is behind a number that counts no parts: "retries 3 times", "800 per user".
const TIMES: &[&str] = &["times", "per"];

/// Words before what is left out of all.
const BUT: &[&str] = &["but", "except", "besides"];

/// Units of time as they are said.
const UNITS: &[&str] = &[
    "ms", "s", "sec", "second", "seconds", "min", "minute", "minutes", "h", "hour", "hours", "day",
    "days",
];

/// What a sentence states of one component: "redis has 3 replicas", "two zones for the api", "a TTL of one hour".
pub(super) fn stated(
    session: &Session<'_>,
    words: &[&str],
    one: &Named,
    usual: Attribute,
) -> Option<Sketch> {
    let id = one.name();
    let words = clause_of(describing(session), words, one);
    let numbers = values(session, words);
    let of_attributes = numbers.iter().filter_map(|value| {
        let attribute = attribute_behind(words, value.end)?;
        // "One leader" says nothing that a number states.
        (!is_in_words(attribute)).then(|| pair(attribute, value))
    });
    let mut pairs: String = of_attributes.collect();
    let named = words.iter().find_map(|word| attribute_of(word));
    if let (Some(value), true) = (numbers.first(), pairs.is_empty()) {
        let mut all = words.iter().filter_map(|word| attribute_of(word));
        let fitting = all.find(|attribute| takes(attribute, value));
        pairs = match fitting {
            Some(fitting) => pair(fitting, value),
            None if named.is_some() || value.has_unit || is_no_count(words, value.end) => {
                String::new()
            }
            None => pair(usual.row().name, value),
        };
    }
    pairs.push_str(&choices::of_cache(session, words, one));
    // "20 servers at 100k rps each" says how many there are, too.
    let replicas = REPLICAS.row().name;
    if let Some(count) = one
        .count
        .filter(|_| !pairs.is_empty() && !pairs.contains(replicas))
    {
        pairs.insert_str(0, &format!(" {replicas}={count}"));
    }
    let is_open = pairs.is_empty();
    if is_open {
        pairs = format!(" {}=...", named?);
    }
    Some(Sketch {
        lines: vec![format!("set {id}{pairs}")],
        what: "states that",
        is_open,
        is_stated: describing(session).stating.has_any(words),
    })
}

/// Whether a number may be the value of an attribute: a time is no rate, and nothing of what is said in words.
fn takes(attribute: &str, value: &Value) -> bool {
    let is_of_time = !matches!(
        value_of(attribute),
        Some(ValueType::Rate | ValueType::Count { .. } | ValueType::Percent)
    );
    !is_in_words(attribute) && (is_of_time || !value.has_unit)
}

/// Whether what stands behind a number says that it counts no parts.
fn is_no_count(words: &[&str], behind: usize) -> bool {
    words.get(behind).is_some_and(|word| TIMES.contains(word))
}

/// What a sentence states of all that is drawn: "everything runs in three zones". Who calls is none of it, nor what somebody else
/// runs, nor what is excepted.
pub(super) fn everything(session: &Session<'_>, words: &[&str], named: &[Named]) -> Option<Sketch> {
    let excepts = words.iter().any(|word| BUT.contains(word));
    // What is excepted has to be known: "all but the one that hurts" is a riddle.
    let are_known = named.iter().all(|name| name.is_drawn);
    if excepts == named.is_empty() || !are_known {
        return None;
    }
    let kinds = &session.vocabulary().kinds;
    let components = session.state.design.components.iter();
    let own = components.filter(|one| {
        let info = kinds.info(one.kind);
        !info.origin && !info.remote && named.iter().all(|name| name.id != one.id)
    });
    let sketches = own.filter_map(|one| {
        let name = Named {
            id: one.id.clone(),
            is_drawn: true,
            kind: Some(one.kind),
            count: None,
            at: 0..0,
        };
        stated(session, words, &name, REPLICAS).filter(|sketch| !sketch.is_open)
    });
    sketches.reduce(Sketch::and)
}

/// An attribute with its value; a rate without a time is by the second.
fn pair(attribute: &str, value: &Value) -> String {
    let a_second = match value_of(attribute) {
        Some(ValueType::Rate) => "/s",
        _ => "",
    };
    format!(" {attribute}={}{a_second}", value.text)
}

fn value_of(attribute: &str) -> Option<ValueType> {
    Some(Attribute::named(attribute, Bearer::Component)?.row().value)
}

/// Whether what an attribute has are words.
fn is_in_words(attribute: &str) -> bool {
    use ValueType::{Choice, Component, Names, Text, YesNo, YesOrComponent};
    let words = |value| {
        matches!(
            value,
            Choice(_) | Text | Names | YesNo | YesOrComponent | Component
        )
    };
    value_of(attribute).is_some_and(words)
}

/// The clause that names a component, where the clause before it speaks of another: of "the api has 6 replicas, kafka 3
/// brokers" the second.
fn clause_of<'w, 's>(describing: &Describing, words: &'s [&'w str], one: &Named) -> &'s [&'w str] {
    let is_comma = |word: &&str| *word == names::COMMA;
    let before = words.get(..one.at.start).unwrap_or_default();
    let from = before.iter().rposition(is_comma).map_or(0, |at| at + 1);
    let behind = words.get(one.at.end..).unwrap_or_default();
    let to = behind.iter().position(is_comma);
    let to = to.map_or(words.len(), |at| one.at.end + at);
    let clause = words.get(from..to).unwrap_or_default();
    let has_number = clause.iter().any(|word| number(word).is_some());
    let has_other = before
        .iter()
        .take(from)
        .any(|word| describing.holding.has(word));
    if has_number && has_other {
        clause
    } else {
        words
    }
}

/// A number in a sentence, as it is stated.
pub(super) struct Value {
    pub text: String,
    pub has_unit: bool,
    /// The word behind it.
    end: usize,
}

/// The numbers of a sentence with units of time; what is not meant is none of them: "12 workers, not 3".
pub(super) fn values(session: &Session<'_>, words: &[&str]) -> Vec<Value> {
    let changing = &session.talk().changing;
    let describing = describing(session);
    let is_meant = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let last = before.is_some_and(|word| changing.is_not_meant_behind(word));
        // "A TTL of one hour" means it, and so does "a cluster of 10 shards".
        let says = at.checked_sub(2).and_then(|at| words.get(at));
        let is_attribute = |word: &&str| attribute_of(word).is_some();
        let names = words.get(at + 1).is_some_and(is_attribute) && says != Some(&"instead");
        let is_of = before == Some(&"of") && (says.is_some_and(is_attribute) || names);
        !last || is_of
    };
    let is_picked = |at: usize| {
        let before = words.get(..at).unwrap_or_default();
        let of = before.strip_suffix(&["the"]).unwrap_or(before);
        let picks = of.strip_suffix(&["of"]).and_then(<[&str]>::last);
        picks.is_some_and(|word| describing.picking.has(word))
    };
    let value = |(at, word): (usize, &&str)| {
        if is_picked(at) {
            return None;
        }
        if is_with_unit(word) && is_meant(at) {
            return Some(Value {
                text: (*word).to_owned(),
                has_unit: true,
                end: at + 1,
            });
        }
        let number = number(word).or_else(|| (*word == "one").then_some(1));
        let number = number.map(|number| number.to_string());
        let number = number.or_else(|| in_thousands(word));
        let number = number.filter(|_| is_meant(at))?;
        let unit = words.get(at + 1).filter(|unit| UNITS.contains(unit));
        // "With one replica each" says how many, and "losing one node" does not.
        let next = words.get(at + 1).and_then(|next| attribute_of(next));
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let is_held = before.is_some_and(|word| describing.holding.has(word)) && next.is_some();
        let alone = unit.is_some() || is_held || *word != "one";
        alone.then(|| Value {
            text: unit.map_or_else(|| number.clone(), |unit| format!("{number} {unit}")),
            has_unit: unit.is_some(),
            end: at + 1 + usize::from(unit.is_some()),
        })
    };
    words.iter().enumerate().filter_map(value).collect()
}

/// Whether a word is a number with its unit of time: "24h".
fn is_with_unit(word: &str) -> bool {
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
    unit.len() < word.len() && (UNITS.contains(&unit) || unit == "d")
}

/// A number of thousands, as it is written: "100k".
fn in_thousands(word: &str) -> Option<String> {
    let number = word.strip_suffix('k')?;
    number.parse::<f64>().is_ok().then(|| word.to_owned())
}

/// The attribute that a number is of by the word behind it, or behind one more: "three availability zones".
fn attribute_behind(words: &[&str], at: usize) -> Option<&'static str> {
    if words.get(at) == Some(&WAYS) {
        return Some(Attribute::Shards.row().name);
    }
    let next = |at: usize| words.get(at).and_then(|word| attribute_of(word));
    let is_number = |at: usize| words.get(at).is_some_and(|word| number(word).is_some());
    next(at + 1).filter(|_| !is_number(at)).or_else(|| next(at))
}

/// What a sentence states of several components, each in its own part: "3 replicas of the db, and redis with a TTL of one hour".
pub(super) fn stated_of_each(
    session: &Session<'_>,
    words: &[&str],
    named: &[Named],
) -> Option<Sketch> {
    let mut lines: Vec<String> = Vec::new();
    let mut from = 0;
    // "Redis has 3 zones and the store 2": what is not said again is the same.
    let mut usual = REPLICAS;
    for (at, one) in named.iter().enumerate() {
        let to = match named.get(at + 1) {
            Some(next) => {
                let between = words.get(one.at.end..next.at.start)?;
                let parts = |word: &&str| *word == names::COMMA || *word == "and";
                one.at.end + between.iter().position(parts)?
            }
            None => words.len(),
        };
        let part = words.get(from..to)?;
        let stated = stated(session, part, one, usual).filter(|stated| !stated.is_open);
        // What nothing is stated of may be called by the others.
        if stated.is_none() && named.iter().any(|name| !name.is_drawn) {
            return None;
        }
        if !one.is_drawn {
            lines.push(format!("add {}", one.id));
        }
        lines.extend(stated.into_iter().flat_map(|stated| stated.lines));
        let mut said = part.iter().filter_map(|word| attribute_of(word));
        let said = said.find_map(|name| Attribute::named(name, Bearer::Component));
        usual = said.unwrap_or(usual);
        from = to;
    }
    (!lines.is_empty()).then_some(Sketch {
        is_stated: lines.iter().all(|line| line.starts_with("set ")),
        lines,
        what: "states that",
        is_open: false,
    })
}
