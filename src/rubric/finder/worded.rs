//! The concepts whose wordings stand in a text, for editors and interviews: all of them, whatever rules ask for.
//!
//! Knows where words stand; judges no mention.

use std::ops::Range;

use crate::rubric::concept::{self, Concept};
use crate::rubric::scene::Knowledge;

impl Knowledge {
    /// The concept whose wording stands at a byte of a text, the longest where there are several, and where it stands.
    #[must_use]
    pub fn concept_at(&self, text: &str, byte: usize) -> Option<(&Concept, Range<usize>)> {
        let plain = concept::plain(text);
        let found = self.worded_in(&plain);
        let found = found.map(|(concept, range)| (concept, as_written(&range, &plain, text)));
        found
            .filter(|(_, range)| range.start <= byte && byte <= range.end)
            .max_by_key(|(concept, range)| (range.len(), std::cmp::Reverse(&concept.id)))
    }

    /// Where the wordings of concepts stand in a plain text, denied or not.
    pub fn worded_in<'k>(
        &'k self,
        plain: &str,
    ) -> impl Iterator<Item = (&'k Concept, Range<usize>)> {
        let finder = self.finders.all(&self.concepts);
        let all = finder.starts(std::iter::once(plain));
        let found = self.concepts.0.values().enumerate();
        found.flat_map(move |(number, concept)| {
            let starts = finder.of_concept(number, &all);
            let ranges = concept::stands(&concept.wordings, plain, &starts);
            ranges.into_iter().map(move |range| (concept, range))
        })
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
