//! Which concepts a text can mention at all: one pass over the text rules out most of hundreds, and only the others are
//! searched by their wordings.
//!
//! Knows how wordings begin (the only home of the library that searches for many words at once); judges no mention.

use std::collections::BTreeMap;

use aho_corasick::AhoCorasick;

use super::concept::Concepts;
use super::passage::Passage;

/// The beginnings of all wordings of all concepts.
#[derive(Debug)]
pub(super) struct Finder {
    beginnings: Option<AhoCorasick>,
    /// The concept of each beginning.
    owners: Vec<String>,
    /// Concepts whose wordings can begin with anything.
    anywhere: Vec<String>,
}

impl Finder {
    /// The beginnings of some concepts.
    pub fn new(concepts: &Concepts) -> Self {
        let (mut words, mut owners, mut anywhere) = (Vec::new(), Vec::new(), Vec::new());
        for (id, concept) in &concepts.0 {
            match concept.wordings.beginnings() {
                Some(beginnings) => {
                    owners.extend(std::iter::repeat_n(id.clone(), beginnings.len()));
                    words.extend(beginnings);
                }
                None => anywhere.push(id.clone()),
            }
        }
        Self {
            beginnings: AhoCorasick::new(words).ok(),
            owners,
            anywhere,
        }
    }

    /// For each concept that some passage can mention, the passages that can, by position.
    pub fn candidates(&self, passages: &[Passage]) -> BTreeMap<&str, Vec<usize>> {
        let mut candidates: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let everywhere = || (0..passages.len()).collect::<Vec<usize>>();
        for id in &self.anywhere {
            candidates.insert(id, everywhere());
        }
        for (at, passage) in passages.iter().enumerate() {
            let found = self
                .beginnings
                .iter()
                .flat_map(|all| all.find_overlapping_iter(&passage.plain));
            for id in found.filter_map(|beginning| self.owners.get(beginning.pattern().as_usize()))
            {
                let passages = candidates.entry(id).or_default();
                if passages.last() != Some(&at) {
                    passages.push(at);
                }
            }
        }
        candidates
    }
}
