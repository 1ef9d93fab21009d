//! Which concepts a text can mention at all: one pass over the text rules out most of hundreds, and only the others are
//! searched by their wordings.
//!
//! Knows how wordings begin (the only home of the library that searches for many words at once); judges no mention.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::concept::{self, Concept, Concepts};
use super::passage::Passage;
use super::scene::Knowledge;

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
            for id in self.begun(&passage.plain) {
                let passages = candidates.entry(id).or_default();
                if passages.last() != Some(&at) {
                    passages.push(at);
                }
            }
        }
        candidates
    }

    /// The concepts of which a wording begins somewhere in a plain text, once for each beginning.
    fn begun<'f, 'p>(&'f self, plain: &'p str) -> impl Iterator<Item = &'f str> + use<'f, 'p> {
        let all = self.beginnings.iter();
        let found = all.flat_map(move |all| all.find_overlapping_iter(plain));
        found.filter_map(|beginning| {
            let owner = self.owners.get(beginning.pattern().as_usize());
            owner.map(String::as_str)
        })
    }
}

impl Knowledge {
    /// The concept whose wording stands at a byte of a text, the longest where there are several, and where it stands.
    #[must_use]
    pub fn concept_at(&self, text: &str, byte: usize) -> Option<(&Concept, Range<usize>)> {
        let finder = self.finder.get_or_init(|| Finder::new(&self.concepts));
        let plain = concept::plain(text);
        let begun = finder
            .begun(&plain)
            .chain(finder.anywhere.iter().map(String::as_str));
        let ids: BTreeSet<&str> = begun.collect();
        let concepts = ids.into_iter().filter_map(|id| self.concepts.0.get(id));
        let found = concepts.flat_map(|concept| {
            let ranges = concept.wordings.ranges(&plain).into_iter();
            ranges.map(move |range| (concept, range))
        });
        let found = found.map(|(concept, range)| (concept, as_written(&range, &plain, text)));
        found
            .filter(|(_, range)| range.start <= byte && byte <= range.end)
            .max_by_key(|(concept, range)| (range.len(), std::cmp::Reverse(&concept.id)))
    }
}

/// A range of a plain text in the text that it was made of: character by character, though not byte by byte.
fn as_written(range: &Range<usize>, plain: &str, text: &str) -> Range<usize> {
    let chars = |byte| plain.get(..byte).unwrap_or_default().chars().count();
    let byte = |chars| {
        let mut all = text.char_indices();
        all.nth(chars).map_or(text.len(), |(byte, _)| byte)
    };
    byte(chars(range.start))..byte(chars(range.end))
}
