//! Looking for the concept that a rule should name: by what somebody would say, or by words of its name.
//!
//! Knows ids, titles and wordings; knows no rule.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Catalog;
use crate::model::spelling;
use crate::rubric::Concept;

/// Concepts that are named alike, at most.
const MOST: usize = 8;

/// What a word weighs that one concept alone has.
const WHOLE: usize = 10_000;

/// What a search came to.
#[derive(Debug, Default)]
pub struct Found<'c> {
    /// The concepts that hear the text, in the order of their ids.
    pub hearing: Vec<&'c Concept>,
    /// Others in whose id or title words of the text stand, those with the rarest words first.
    pub alike: Vec<&'c Concept>,
}

impl Catalog {
    /// The concepts that a text is about.
    #[must_use]
    pub fn concepts_about(&self, text: &str) -> Found<'_> {
        let concepts = self.knowledge.concepts.0.values();
        let language = &self.knowledge.language;
        let (hearing, others): (Vec<&Concept>, Vec<&Concept>) =
            concepts.partition(|concept| language.mentions(concept, text));
        Found {
            hearing,
            alike: alike(&others, &spelling::words(text)),
        }
    }
}

/// The concepts that share words with some, each word counting the more, the fewer share it.
fn alike<'c>(concepts: &[&'c Concept], words: &[String]) -> Vec<&'c Concept> {
    let names: Vec<Vec<String>> = concepts
        .iter()
        .map(|concept| spelling::words(&format!("{} {}", concept.id, concept.title)))
        .collect();
    let mut weights: BTreeMap<usize, usize> = BTreeMap::new();
    for word in words {
        let shares = |name: &Vec<String>| name.iter().any(|other| is_alike(word, other));
        let sharing = names.iter().enumerate().filter(|(_, name)| shares(name));
        let sharing: Vec<usize> = sharing.map(|(at, _)| at).collect();
        for at in &sharing {
            *weights.entry(*at).or_default() += WHOLE / sharing.len();
        }
    }
    let mut found: Vec<(usize, usize)> = weights.into_iter().collect();
    found.sort_by_key(|(_, weight)| Reverse(*weight));
    let found = found.iter().take(MOST);
    found
        .filter_map(|(at, _)| concepts.get(*at).copied())
        .collect()
}

/// Whether two words begin alike: `retries` and `retry`, but neither `job` and `join` nor `with` and `width`.
fn is_alike(word: &str, other: &str) -> bool {
    let letters = word.chars().count();
    let needed = if letters <= 4 {
        letters
    } else {
        (letters * 2 / 3).max(4)
    };
    let same = word.chars().zip(other.chars());
    letters > 2 && same.take_while(|(one, other)| one == other).count() >= needed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_alike_by_their_beginnings() {
        assert!(is_alike("retries", "retry") && is_alike("job", "jobs"));
        assert!(!is_alike("job", "join") && !is_alike("with", "width") && !is_alike("of", "of"));
    }
}
