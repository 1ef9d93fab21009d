//! What can be asked of each noun: a table of features for each, and the attributes of components and connections.
//!
//! Knows how each question is answered from the subject; knows no rule.

mod allowance;
mod component;
mod connection;
mod figure;
mod flow;
mod likeness;
mod words;

use std::collections::BTreeSet;

use super::comparison::{Comparison, Operand};
use super::noun::Noun;
use super::pattern::Pattern;
use super::reader::RuleReader;
use super::selector::{Selector, Test};
use crate::analysis::{FlowFacts, Truth};
use crate::model::Attribute;
use crate::model::attribute::Bearer;
use crate::notation::yaml::{self, Node, flag};

pub use component::{bound_word, kind_test};
pub use figure::read_dimension;

/// A row: the key of a selector, and how its value becomes a test.
pub struct Feature {
    /// The key.
    pub name: &'static str,
    /// Reads the value.
    pub read: fn(&Node<'_>, &mut RuleReader<'_>) -> Option<Test>,
}

/// The features of a noun.
#[must_use]
pub const fn of(noun: Noun) -> &'static [Feature] {
    match noun {
        Noun::Component => component::FEATURES,
        Noun::Connection => connection::FEATURES,
        Noun::Flow => flow::FEATURES,
        Noun::Entity => words::ENTITY,
        Noun::Endpoint => words::ENDPOINT,
        Noun::Decision => words::DECISION,
        Noun::Figure => figure::FEATURES,
        Noun::Allowance => allowance::FEATURES,
    }
}

/// Every key of a selector of a noun, attributes included.
#[must_use]
pub fn names(noun: Noun) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = of(noun).iter().map(|feature| feature.name).collect();
    if let Some(bearer) = bearer(noun) {
        names.extend(Attribute::of(bearer).map(|attribute| attribute.row().name));
    }
    if noun == Noun::Figure {
        names.extend(yaml::names(super::comparison::COMPARISON));
    }
    names
}

/// Whose attributes selectors of a noun can ask for.
#[must_use]
pub const fn bearer(noun: Noun) -> Option<Bearer> {
    match noun {
        Noun::Component => Some(Bearer::Component),
        Noun::Connection => Some(Bearer::Connection),
        _ => None,
    }
}

/// The test of an attribute; the outer option says whether the name is one.
#[expect(
    clippy::option_option,
    reason = "no such attribute, or one that could not be read"
)]
pub fn attribute_test(
    noun: Noun,
    name: &str,
    value: &Node<'_>,
    reader: &mut RuleReader<'_>,
) -> Option<Option<Test>> {
    if noun == Noun::Figure {
        return figure::comparison_key(name, value, reader);
    }
    let attribute = Attribute::named(name, bearer(noun)?)?;
    let row = attribute.row();
    let comparison = Comparison::read_of(row.value, row.name, value, reader);
    Some(comparison.map(|comparison| attribute_comparison(noun, attribute, comparison)))
}

fn attribute_comparison(noun: Noun, attribute: Attribute, comparison: Comparison) -> Test {
    Box::new(move |scene, at, trace| {
        let design = scene.subject.design;
        let attributes = match noun {
            Noun::Component => design
                .components
                .get(at)
                .map(|component| &component.attributes),
            _ => design
                .connections
                .get(at)
                .map(|connection| &connection.attributes),
        };
        let value = attributes.and_then(|attributes| attributes.get(attribute));
        comparison.test(&Operand::of(value), trace, &|| {
            [attribute.row().name, " of ", &noun.name(scene, at)].concat()
        })
    })
}

/// `on_flow: FLOW_SELECTOR` of a part of flows: it is on one that matches.
fn on_flow(
    node: &Node<'_>,
    reader: &mut RuleReader<'_>,
    parts: fn(&FlowFacts) -> &BTreeSet<usize>,
) -> Option<Test> {
    let selector = Selector::read(Noun::Flow, node, reader)?;
    Some(Box::new(move |scene, at, trace| {
        let all = scene.subject.flows.iter().enumerate();
        let flows = all.filter(|(_, facts)| parts(facts).contains(&at));
        flows.fold(Truth::No, |truth, (flow, _)| {
            truth.or(selector.matches(scene, flow, trace))
        })
    }))
}

/// A test that wants a yes or a no.
fn yes_or_no(
    node: &Node<'_>,
    reader: &mut RuleReader<'_>,
    test: impl Fn(&super::scene::Scene<'_>, usize, &mut super::trace::Trace) -> Truth
    + Send
    + Sync
    + 'static,
) -> Option<Test> {
    let wanted = flag(node, reader.issues)?;
    Some(Box::new(move |scene, at, trace| {
        let truth = test(scene, at, trace);
        if wanted { truth } else { !truth }
    }))
}

/// Whether a text is one that is looked for.
type Fits<'f> = &'f dyn Fn(&str) -> bool;

/// A test that searches texts, of which one has to fit.
fn search(
    node: &Node<'_>,
    reader: &mut RuleReader<'_>,
    one: impl Fn(&super::scene::Scene<'_>, usize, Fits<'_>) -> bool + Send + Sync + 'static,
) -> Option<Test> {
    let pattern: Pattern = reader.pattern(node)?;
    Some(Box::new(move |scene, at, _| {
        let reworded = |text: &str| scene.reworded(text);
        let fits = |text: &str| {
            pattern.is_match(text) || reworded(text).is_some_and(|text| pattern.is_match(&text))
        };
        Truth::from(one(scene, at, &fits))
    }))
}
