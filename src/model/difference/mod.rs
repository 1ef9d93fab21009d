//! What one design has otherwise than another: two attempts at a problem, a design and a reference, a file before and
//! after a change. Order never counts, a figure counts by its worth, and a component under a new name is the same
//! component where that is plain.
//!
//! Knows designs; knows no rules and no points.

mod facts;
mod pairing;
mod sheet;
mod twins;

pub use facts::{Edit, Entry, Fact, worth};
pub use pairing::Pairing;
pub use twins::{Twins, twins};

use std::collections::BTreeMap;

use self::facts::edits;
use self::sheet::{Names, Sheet};
use super::{Design, Vocabulary};

/// What the second of two designs has otherwise than the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Components that go by another id, before and after. Everywhere else the id after stands for both.
    pub renamed: BTreeMap<String, String>,
    /// The sections that differ, in the order of the design file.
    pub sections: Vec<Section>,
}

/// A section of a design file that differs; its entries are ordered by their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The key in the design file; `head` for the lines before the first section.
    pub name: &'static str,
    /// What only the second design has.
    pub added: Vec<Entry>,
    /// What only the first has.
    pub removed: Vec<Entry>,
    /// What both have, but otherwise.
    pub changed: Vec<Changed>,
}

/// An entry that both designs have, otherwise in some facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// What it is called in the second design; empty where a section is but one thing.
    pub name: String,
    /// The facts that differ, at least one.
    pub edits: Vec<Edit>,
}

impl Difference {
    /// Compares two designs.
    #[must_use]
    pub fn between(before: &Design, after: &Design, vocabulary: &Vocabulary) -> Self {
        let pairing = Pairing::between(before, after);
        let renamed = pairing.renamed(before, after);
        let first = Sheet::of(before, vocabulary, Names::renamed(&renamed));
        let second = Sheet::of(after, vocabulary, Names::default());
        let sections = first.sections.into_iter().zip(second.sections);
        Self {
            sections: sections
                .filter_map(|((name, before), (_, after))| Section::between(name, before, after))
                .collect(),
            renamed,
        }
    }

    /// Nothing differs, not even the name of a component.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sections.is_empty() && self.renamed.is_empty()
    }

    /// What an id, or a phrase of ids such as `a -> b`, of the first design is called in the second.
    #[must_use]
    pub fn name_after(&self, phrase: &str) -> String {
        let after = |id: &str| self.renamed.get(id).map_or(id, String::as_str).to_owned();
        phrase.split(' ').map(after).collect::<Vec<_>>().join(" ")
    }
}

impl Section {
    fn between(name: &'static str, before: Vec<Entry>, after: Vec<Entry>) -> Option<Self> {
        let twins = twins(before, after, |entry| entry.key.clone(), Entry::meanings);
        let changed = twins.both.into_iter().filter_map(|(before, after)| {
            let edits = edits(&before.facts, &after.facts);
            let name = after.name;
            (!edits.is_empty()).then_some(Changed { name, edits })
        });
        let section = Self {
            name,
            added: twins.after,
            removed: twins.before,
            changed: changed.collect(),
        };
        let differs =
            !(section.added.is_empty() && section.removed.is_empty() && section.changed.is_empty());
        differs.then_some(section)
    }
}
