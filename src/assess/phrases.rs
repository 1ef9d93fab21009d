//! The phrases of concepts, heard: those that a concept misses though it should mention them, and those that it hears though it
//! should not.
//!
//! Knows files of concepts by their shape; opens none.

use super::examples::{parsed, value};
use crate::catalog::Catalog;
use crate::notation::yaml::{self, Node};
use crate::source::{Gravity, Issue, Source};

/// The phrases of a file that are heard otherwise than they say, each with its place, by the concepts that they are of.
#[must_use]
pub fn misheard(source: &Source, catalog: &Catalog) -> Vec<(String, Vec<Issue>)> {
    let Some(file) = parsed(source) else {
        return Vec::new();
    };
    let concepts = value(&file, "concepts").map(yaml::one_or_many);
    let concepts = concepts.unwrap_or_default().iter();
    let read = concepts.filter_map(|node| {
        let id = value(node, "id")?.text()?;
        Some((id.to_owned(), of_concept(id, node, catalog)))
    });
    read.collect()
}

fn of_concept(id: &str, node: &Node<'_>, catalog: &Catalog) -> Vec<Issue> {
    let Some(concept) = catalog.knowledge.concepts.0.get(id) else {
        return Vec::new();
    };
    let language = &catalog.knowledge.language;
    let told = [
        (
            "hits",
            true,
            "does not hear",
            "add a wording that it has, or leave it out of `hits`",
        ),
        (
            "misses",
            false,
            "hears",
            "say under `not` what it has that the concept is not, or leave it out of `misses`",
        ),
    ];
    let mut issues = Vec::new();
    for (key, wanted, does, help) in told {
        let phrases = value(node, key).map(yaml::one_or_many).unwrap_or_default();
        for phrase in phrases {
            let text = phrase.text();
            let wrong = text.filter(|text| language.mentions(concept, text) != wanted);
            issues.extend(wrong.map(|text| Issue {
                gravity: Gravity::Error,
                message: format!("concept `{id}` {does} \"{text}\""),
                span: phrase.span,
                help: Some(help.to_owned()),
            }));
        }
    }
    issues
}
