//! `sysdrill rubric concepts`: which concept a rule or a problem can name.
//!
//! Knows how lists look at a terminal; how concepts are found is the catalog's business.

use super::arguments::ConceptSearch;
use super::{Exit, rubrics, screen};
use crate::report::plain;
use crate::rubric::Concept;

/// Runs the command.
pub fn run(search: &ConceptSearch) -> Exit {
    let Some(catalog) = rubrics::catalog(&search.own) else {
        return Exit::Trouble;
    };
    let text = search.words.join(" ");
    if text.trim().is_empty() {
        let all = catalog.knowledge.concepts.0.values();
        screen::out(&listed(all));
        return Exit::Well;
    }
    let found = catalog.concepts_about(&text);
    if found.hearing.is_empty() && found.alike.is_empty() {
        let complaint = format!("no concept hears \"{}\" or is named so", plain::line(&text));
        let help = "write one, into `concepts/` of your rubrics: docs/writing-rubrics.md shows how";
        screen::error(&complaint, Some(help));
        return Exit::Nothing;
    }
    for (head, concepts) in [
        ("These hear it", found.hearing),
        ("These are named alike", found.alike),
    ] {
        if !concepts.is_empty() {
            screen::out(&format!("{head}\n{}", listed(concepts.into_iter())));
        }
    }
    Exit::Well
}

fn listed<'c>(concepts: impl Iterator<Item = &'c Concept>) -> String {
    let line = |concept: &Concept| format!("  {:<30} {}\n", concept.id, concept.title);
    concepts.map(line).collect()
}
