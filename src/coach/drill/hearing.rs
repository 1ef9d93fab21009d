//! What is heard in words: the concepts of the catalog.
//!
//! Knows concepts by id; what they decide is the business of who asks.

use std::collections::BTreeSet;

use crate::assess;
use crate::catalog::Catalog;
use crate::model::{Answer, Design};
use crate::rubric::Language;

/// The concepts that a text of the catalog speaks of.
pub(super) fn spoken_of(catalog: &Catalog, text: &str) -> BTreeSet<String> {
    let design = Design {
        answers: vec![Answer {
            topic: "text".to_owned(),
            text: text.to_owned(),
        }],
        ..Design::default()
    };
    assess::ask(&design, catalog, None, |asked| {
        let all = catalog.knowledge.concepts.0.keys();
        all.filter(|id| !asked.scene.mentions(id).is_empty())
            .cloned()
            .collect()
    })
}

/// Which of some concepts an answer speaks of, whether it affirms them or says that they are missing: who names a flaw says
/// what is not there.
pub(super) fn named_in(catalog: &Catalog, concepts: &BTreeSet<String>, text: &str) -> Vec<String> {
    titles(catalog, concepts.iter(), text, &Language::default())
}

/// Which of some concepts an answer has and means.
pub(super) fn meant_in(catalog: &Catalog, concepts: &[String], text: &str) -> Vec<String> {
    titles(catalog, concepts.iter(), text, &catalog.knowledge.language)
}

fn titles<'i>(
    catalog: &Catalog,
    ids: impl Iterator<Item = &'i String>,
    text: &str,
    language: &Language,
) -> Vec<String> {
    let concepts = ids.filter_map(|id| catalog.knowledge.concepts.0.get(id));
    concepts
        .filter(|concept| language.mentions(concept, text))
        .map(|concept| concept.title.clone())
        .collect()
}
