//! What stands beside boxes and arrows, in words.
//!
//! Knows how components and connections read; knows no page and no format.

use super::picture::Mark;
use crate::model::spelling::counted;
use crate::model::{Attribute, Component, Connection, Value, Vocabulary};

/// A component with what it is: `links (wide-column database ×6, 3 zones)`.
#[must_use]
pub fn component_in_words(component: &Component, vocabulary: &Vocabulary) -> String {
    format!("{} ({})", component.id, what(component, vocabulary))
}

/// What a component is: its technology or kind, and how many of it there are and where.
#[must_use]
pub fn what(component: &Component, vocabulary: &Vocabulary) -> String {
    let kind = &vocabulary.kinds.info(component.kind).title;
    let mut text = match technology(component, vocabulary) {
        Some(tech) if tech.eq_ignore_ascii_case(kind) => tech,
        Some(tech) => format!("{tech}, {kind}"),
        None => kind.clone(),
    };
    let counts = counts(component);
    if !counts.is_empty() {
        let gap = if counts.starts_with('×') { " " } else { ", " };
        text.push_str(&format!("{gap}{counts}"));
    }
    text
}

/// A component without its kind, where what it is made of says enough: `links (Apache Cassandra ×6, 3 zones)`.
pub(super) fn briefly(component: &Component, vocabulary: &Vocabulary) -> String {
    let kind = || vocabulary.kinds.info(component.kind).title.clone();
    let made_of = technology(component, vocabulary).unwrap_or_else(kind);
    let counts = counts(component);
    let gap = if counts.is_empty() { "" } else { " " };
    format!("{} ({made_of}{gap}{counts})", component.id)
}

/// How many of a component there are and where: `×6, 3 zones`.
pub(super) fn counts(component: &Component) -> String {
    let replicas = several(component, Attribute::Replicas).map(|replicas| format!("×{replicas}"));
    let parts: Vec<String> = replicas.into_iter().chain(spread(component)).collect();
    parts.join(", ")
}

/// The name of what a component is made of.
pub(super) fn technology(component: &Component, vocabulary: &Vocabulary) -> Option<String> {
    let known = component
        .tech
        .map(|tech| vocabulary.technologies.info(tech).name.clone());
    known.or_else(|| component.tech_text.clone())
}

/// A count that is worth telling.
fn several(component: &Component, attribute: Attribute) -> Option<u64> {
    component
        .attributes
        .count(attribute)
        .filter(|number| *number > 1)
}

/// What a component is spread over: `3 zones`.
fn spread(component: &Component) -> impl Iterator<Item = String> {
    let over = [
        (Attribute::Shards, "shards"),
        (Attribute::Zones, "zones"),
        (Attribute::Regions, "regions"),
    ];
    over.into_iter().filter_map(|(attribute, word)| {
        several(component, attribute).map(|count| format!("{count} {word}"))
    })
}

/// What decides who takes a connection, in brackets.
pub(super) fn remarks(connection: &Connection) -> String {
    let words = conditions(connection);
    if words.is_empty() {
        String::new()
    } else {
        format!(" [{}]", words.join(", "))
    }
}

/// What decides who takes a connection.
pub(super) fn conditions(connection: &Connection) -> Vec<String> {
    let mut words = Vec::new();
    let attributes = &connection.attributes;
    words.extend(
        attributes
            .word(Attribute::OnMiss)
            .map(|cache| format!("on a miss of {cache}")),
    );
    words.extend(attributes.word(Attribute::Only).map(str::to_owned));
    words.extend(attributes.get(Attribute::Share).map(Value::shown));
    if attributes.yes_no(Attribute::Optional) == Some(true) {
        words.push("optional".to_owned());
    }
    words
}

/// What an arrow says: its label or else its protocol, and what decides who takes it.
pub(super) fn arrow_label(connection: &Connection) -> String {
    let shown = |attribute| connection.attributes.get(attribute).map(Value::shown);
    let mut words: Vec<String> = shown(Attribute::Label)
        .or_else(|| shown(Attribute::Protocol))
        .into_iter()
        .collect();
    words.extend(conditions(connection));
    words.join(", ")
}

/// How many findings there are, after the word of the gravest: `major: 2 findings`.
pub(super) fn marks(marks: &[Mark]) -> String {
    let gravest = marks.iter().filter_map(|mark| mark.severity).max();
    let word = gravest.map_or("", |severity| severity.word());
    format!("{word}: {}", counted(marks.len(), "finding", "findings"))
}
