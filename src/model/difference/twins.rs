//! Things of two lists that are about the same.
//!
//! Knows keys and order; knows not what the things are.

use std::collections::BTreeMap;

/// What two lists have in common, and what each has alone; ordered by key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Twins<T> {
    /// Only in the first.
    pub before: Vec<T>,
    /// Only in the second.
    pub after: Vec<T>,
    /// In both.
    pub both: Vec<(T, T)>,
}

/// Matches the things of two lists by a key. Where several have one key, those that look the same are matched first, then
/// the others in the order of their looks, so that the order of the lists does not show.
pub fn twins<T, K: Ord, L: Ord>(
    before: Vec<T>,
    after: Vec<T>,
    key: impl Fn(&T) -> K,
    look: impl Fn(&T) -> L,
) -> Twins<T> {
    let mut by_key: BTreeMap<K, (Vec<T>, Vec<T>)> = BTreeMap::new();
    for thing in before {
        by_key.entry(key(&thing)).or_default().0.push(thing);
    }
    for thing in after {
        by_key.entry(key(&thing)).or_default().1.push(thing);
    }
    let mut twins = Twins {
        before: Vec::new(),
        after: Vec::new(),
        both: Vec::new(),
    };
    for (before, after) in by_key.into_values() {
        twins.add(before, after, &look);
    }
    twins
}

impl<T> Twins<T> {
    /// Adds the things of one key.
    fn add<L: Ord>(&mut self, mut before: Vec<T>, mut after: Vec<T>, look: &impl Fn(&T) -> L) {
        before.sort_by_key(look);
        after.sort_by_key(look);
        let mut left = Vec::new();
        for old in before {
            match after.binary_search_by_key(&look(&old), look) {
                Ok(at) => self.both.push((old, after.remove(at))),
                Err(_) => left.push(old),
            }
        }
        let mut after = after.into_iter();
        for old in left {
            match after.next() {
                Some(new) => self.both.push((old, new)),
                None => self.before.push(old),
            }
        }
        self.after.extend(after);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_things_of_a_key_are_matched_before_others_whatever_their_order() {
        let key = |thing: &(u8, u8)| thing.0;
        for before in [[(1, 5), (1, 6), (2, 0)], [(2, 0), (1, 6), (1, 5)]] {
            let found = twins(before.to_vec(), vec![(1, 6), (1, 9), (1, 8)], key, |it| {
                it.1
            });
            assert_eq!(found.both, [((1, 6), (1, 6)), ((1, 5), (1, 8))]);
            assert_eq!((found.before, found.after), (vec![(2, 0)], vec![(1, 9)]));
        }
    }
}
