//! A few things in order, each once: what a result rests on. There are seldom more than a dozen, for which a list costs a
//! fraction of a tree.
//!
//! Knows order; knows nothing of the things.

use std::borrow::Borrow;

/// A set of few things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sorted<T>(Vec<T>);

impl<T> Default for Sorted<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Sorted<T> {
    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }
}

impl<T> Sorted<T>
where
    T: Ord,
{
    /// Whether something is among them.
    #[must_use]
    pub fn contains<Q>(&self, one: &Q) -> bool
    where
        T: Borrow<Q>,
        Q: Ord + ?Sized,
    {
        let found = self.0.binary_search_by(|other| other.borrow().cmp(one));
        found.is_ok()
    }

    /// Adds something, unless it is among them.
    pub fn insert(&mut self, one: T) {
        if let Err(at) = self.0.binary_search(&one) {
            self.0.insert(at, one);
        }
    }
}

impl<T> Extend<T> for Sorted<T>
where
    T: Ord,
{
    fn extend<I>(&mut self, more: I)
    where
        I: IntoIterator<Item = T>,
    {
        for one in more {
            self.insert(one);
        }
    }
}

impl<T> IntoIterator for Sorted<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'s, T> IntoIterator for &'s Sorted<T> {
    type Item = &'s T;
    type IntoIter = std::slice::Iter<'s, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_stand_in_order_and_once() {
        let mut few = Sorted::default();
        assert!(few.is_empty());
        few.extend([3, 1, 3, 2, 1]);
        few.insert(0);
        assert_eq!(few.iter().copied().collect::<Vec<_>>(), [0, 1, 2, 3]);
        assert!(few.contains(&2) && !few.contains(&4));
        assert_eq!(few.len(), few.into_iter().count());
    }
}
