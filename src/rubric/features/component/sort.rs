//! What a component is: its kind, technology, names and words.
//!
//! Knows the vocabulary; knows no connection.

use std::collections::BTreeSet;

use super::of;
use crate::analysis::Truth;
use crate::model::attribute::Bearer;
use crate::model::technology::Technology;
use crate::model::value::yes_no;
use crate::model::{Attribute, Component, Kind, Tech, spelling};
use crate::notation::yaml::{Content, Fields, Node, all_of, one_or_many, text_of};
use crate::rubric::comparison::{Comparison, Operand};
use crate::rubric::features::Fits;
use crate::rubric::fitting::fit;
use crate::rubric::noun::Noun;
use crate::rubric::reader::RuleReader;
use crate::rubric::scene::Scene;
use crate::rubric::selector::Test;

/// Selects by kind, subtypes included.
pub fn kind_test(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    let kinds: Vec<Kind> = all_of(reader.some_of(node).iter().map(|item| kind(item, reader)))?;
    let kinds = reader.vocabulary.kinds.below(&kinds);
    Some(Box::new(move |scene, at, _| {
        let component = scene.subject.design.components.get(at);
        Truth::from(component.is_some_and(|component| kinds.contains(component.kind)))
    }))
}

fn kind(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Kind> {
    let word = text_of(node, reader.issues)?;
    let kinds = &reader.vocabulary.kinds;
    let kind = kinds.named(word);
    if kind.is_none() {
        let all: Vec<&str> = kinds
            .all()
            .map(|kind| kinds.info(kind).id.as_str())
            .collect();
        let help = if reader.vocabulary.technologies.named(word).is_some() {
            format!("`{word}` is a technology: write `tech: {word}`")
        } else {
            spelling::one_of(word, &all)
        };
        reader
            .issues
            .error(node.span, format!("unknown kind `{word}`"), help);
    }
    kind
}

/// Selects the component that `for_each` has bound under a word such as `$store`.
pub fn bound_word(word: &str, node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    const WORDS: [(&str, Noun); 4] = [
        ("$component", Noun::Component),
        ("$source", Noun::Connection),
        ("$target", Noun::Connection),
        ("$store", Noun::Entity),
    ];
    let Some((_, noun)) = WORDS.iter().find(|(known, _)| *known == word) else {
        reader.issues.error(
            node.span,
            format!("unknown word `{word}`"),
            spelling::did_you_mean(word, &WORDS.map(|(word, _)| word)),
        );
        return None;
    };
    let is_bound = |nouns: &Vec<Noun>| nouns.contains(noun);
    if reader.strict && !reader.nouns.as_ref().is_none_or(is_bound) {
        let message = format!("`{word}` is bound by nothing here, and never stands for anything");
        let help = format!(
            "add `for_each: {{{}: ...}}`; in `when` nothing is bound yet",
            noun.word()
        );
        reader.issues.error(node.span, message, help);
        return None;
    }
    let word = word.to_owned();
    Some(Box::new(move |scene, at, _| {
        Truth::from(scene.bound_component(&word) == Some(at))
    }))
}

pub(super) fn tech(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    let wanted: Vec<Tech> = all_of(reader.some_of(node).iter().map(|item| {
        let word = text_of(item, reader.issues)?;
        let tech = reader.vocabulary.technologies.named(word);
        if tech.is_none() {
            let help = reader.vocabulary.suggestion(word);
            reader
                .issues
                .error(item.span, format!("unknown technology `{word}`"), help);
        }
        tech
    }))?;
    Some(Box::new(move |scene, at, _| {
        let tech = scene
            .subject
            .design
            .components
            .get(at)
            .and_then(|component| component.tech);
        Truth::from(tech.is_some_and(|tech| wanted.contains(&tech)))
    }))
}

/// A property of the technology, or the attribute of the same name where the design states it.
pub(super) fn property(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Test> {
    let fields = Fields::of(node, "a property", reader.issues)?;
    let wanted = all_of(fields.entries().iter().map(|(key, value)| {
        let name = key.text().unwrap_or_default().to_owned();
        let attribute = Attribute::named(&name, Bearer::Component);
        if reader.strict {
            check_property((key, &name), attribute, value, reader);
        }
        let comparison = Comparison::read(value, reader)?;
        Some((name, attribute, comparison))
    }))?;
    Some(Box::new(move |scene, at, trace| {
        let all = wanted.iter();
        all.fold(Truth::Yes, |truth, (name, attribute, comparison)| {
            let operand = property_of(scene, at, name, *attribute);
            truth.and(comparison.test(&operand, trace, &|| {
                format!("{name} of {}", scene.subject.design.id(at))
            }))
        })
    }))
}

/// Complains of a property that no technology has, and of a value that neither technologies nor designs have of it.
fn check_property(
    (key, name): (&Node<'_>, &str),
    attribute: Option<Attribute>,
    value: &Node<'_>,
    reader: &mut RuleReader<'_>,
) {
    let all = reader.vocabulary.technologies.all();
    let properties: Vec<_> = all.map(Technology::properties).collect();
    let values: BTreeSet<&str> = properties
        .iter()
        .filter_map(|of| of.get(name))
        .map(String::as_str)
        .collect();
    if let Some(row) = attribute.map(Attribute::row) {
        let words = match &value.content {
            Content::Map(entries) => entries.iter().map(|(_, word)| word).collect(),
            _ => vec![value],
        };
        let mut words = words.into_iter().flat_map(one_or_many);
        let is_known = |word: &Node<'_>| word.text().is_some_and(|word| values.contains(word));
        if !words.all(is_known) {
            fit(row.value, row.name, value, reader);
        }
    } else if values.is_empty() {
        let known = properties.iter().flat_map(|of| of.keys());
        let known: BTreeSet<&str> = known.map(String::as_str).collect();
        let known: Vec<&str> = known.into_iter().collect();
        let message = format!("no technology has a property `{name}`");
        let help = spelling::one_of(name, &known);
        reader.issues.error(key.span, message, help);
    } else {
        check_value(name, &values, value, reader);
    }
}

/// Complains of a value that no technology has of a property that is no attribute.
fn check_value(name: &str, values: &BTreeSet<&str>, value: &Node<'_>, reader: &mut RuleReader<'_>) {
    let words = match &value.content {
        Content::Map(entries) => {
            let named = entries.iter();
            let named = named.filter(|(key, _)| matches!(key.text(), Some("is" | "not")));
            named.map(|(_, word)| word).collect()
        }
        _ => vec![value],
    };
    for word in words.into_iter().flat_map(one_or_many) {
        let Some(text) = word.text() else { continue };
        let is_meant = |known: &&str| {
            spelling::snake(known) == spelling::snake(text)
                || yes_no(text).is_some_and(|yes| yes_no(known) == Some(yes))
        };
        if !values.iter().any(is_meant) {
            let known: Vec<&str> = values.iter().copied().collect();
            let message = format!("no technology has `{text}` as its `{name}`");
            let help = spelling::one_of(text, &known);
            reader.issues.error(word.span, message, help);
        }
    }
}

fn property_of<'s>(
    scene: &Scene<'s>,
    at: usize,
    name: &str,
    attribute: Option<Attribute>,
) -> Operand<'s> {
    let Some(component) = scene.subject.design.components.get(at) else {
        return Operand::Missing;
    };
    if let Some(value) = attribute.and_then(|attribute| component.attributes.get(attribute)) {
        return Operand::of(Some(value));
    }
    let tech = component
        .tech
        .map(|tech| scene.subject.vocabulary.technologies.info(tech));
    let value = tech.and_then(|tech| tech.properties().get(name));
    match value.map(String::as_str) {
        Some("yes") => Operand::YesNo(true),
        Some("no") => Operand::YesNo(false),
        other => Operand::word(other),
    }
}

/// Whether one of its names fits.
pub(super) fn is_named(scene: &Scene<'_>, at: usize, fits: Fits<'_>) -> bool {
    of(scene, at, |component| {
        let others = [&component.title, &component.tech_text];
        let mut others = others.into_iter().flatten();
        fits(&component.id) || others.any(|name| fits(name))
    })
}

/// Words are among those of the component; a comparison is held against them, and they may not be stated.
pub(super) fn word_among(
    node: &Node<'_>,
    reader: &mut RuleReader<'_>,
    name: &'static str,
    words: fn(&Component) -> &[String],
) -> Option<Test> {
    if matches!(node.content, Content::Map(_)) {
        let comparison = Comparison::read(node, reader)?;
        return Some(Box::new(move |scene, at, trace| {
            let component = scene.subject.design.components.get(at);
            let words = component.map(words).unwrap_or_default();
            let operand = if words.is_empty() {
                Operand::Missing
            } else {
                Operand::words(words)
            };
            let what = || format!("{name} of {}", Noun::Component.name(scene, at));
            comparison.test(&operand, trace, &what)
        }));
    }
    let wanted = crate::notation::yaml::texts_of(node, reader.issues);
    Some(Box::new(move |scene, at, _| {
        Truth::from(of(scene, at, |component| {
            words(component).iter().any(|word| wanted.contains(word))
        }))
    }))
}
