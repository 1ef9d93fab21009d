//! Names of elements that lie within each other, as models write them: `cloud.backend`, or `backend` from nearby.
//!
//! Knows positions and names; knows no notation.

use std::collections::{BTreeMap, BTreeSet};

/// Elements around another that a relationship is followed up to.
const MOST_AROUND: usize = 8;

/// The names of elements, which are told apart in whatever case.
#[derive(Debug, Default)]
pub(super) struct Scopes {
    /// Elements by what they lie in and their identifier in small letters.
    names: BTreeMap<(Option<usize>, String), usize>,
    /// Elements by their identifier alone.
    anywhere: BTreeMap<String, usize>,
}

impl Scopes {
    /// Gives an element its identifier within each of some others, or in the file where that is none.
    pub fn add(&mut self, id: &str, at: usize, within: impl IntoIterator<Item = Option<usize>>) {
        let id = id.to_lowercase();
        if id.is_empty() {
            return;
        }
        for outer in within {
            self.names.insert((outer, id.clone()), at);
        }
        self.anywhere.insert(id, at);
    }

    /// The element that a name means within others, which are given from the innermost out: what is nearest, then what is
    /// anywhere.
    pub fn named(&self, name: &str, around: impl Iterator<Item = usize>) -> Option<usize> {
        let name = name.to_lowercase();
        let path = |within: Option<usize>| {
            let mut at = within;
            for part in name.split('.') {
                at = Some(*self.names.get(&(at, part.to_owned()))?);
            }
            at
        };
        let mut within = around.map(Some).chain([None]);
        let last = name.rsplit('.').next().unwrap_or_default();
        let near = within.find_map(path);
        near.or_else(|| self.anywhere.get(last).copied())
    }
}

/// Pairs of elements that are joined more closely by what lies within them. Of an element that is joined, those around it are
/// given which others may be joined in place of it.
pub(super) fn joined_within<I: Iterator<Item = usize>>(
    ends: impl Iterator<Item = (usize, usize)>,
    around: impl Fn(usize) -> I,
) -> BTreeSet<(usize, usize)> {
    let levels = |at: usize| {
        let outer = around(at).filter(move |outer| *outer != at);
        std::iter::once(at).chain(outer.take(MOST_AROUND))
    };
    let mut coarse = BTreeSet::new();
    for (from, to) in ends {
        for outer in levels(from) {
            let pairs = levels(to).map(|other| (outer, other));
            coarse.extend(pairs.filter(|pair| *pair != (from, to)));
        }
    }
    coarse
}
