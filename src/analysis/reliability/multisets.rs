//! Families of sorted multisets of numbers: unions, joins, what is minimal.
//!
//! Knows numbers; knows not what they stand for.

use std::cmp::Ordering;

/// A sorted multiset.
pub(super) type Multiset = Vec<usize>;

/// The multisets that contain no other of the family, by length and then in order.
pub(super) fn minimal(mut family: Vec<Multiset>) -> Vec<Multiset> {
    family.sort_unstable_by(by_length);
    family.dedup();
    let mut kept: Vec<Multiset> = Vec::with_capacity(family.len());
    for set in family {
        let shorter = kept.partition_point(|other| other.len() < set.len());
        if !contains_any(&set, kept.get(..shorter).unwrap_or_default()) {
            kept.push(set);
        }
    }
    kept
}

fn by_length(one: &Multiset, other: &Multiset) -> Ordering {
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

/// Whether some part of a multiset is in a family that is sorted by length: by looking up its parts, or by going through
/// the family where that is less.
fn contains_any(set: &[usize], family: &[Multiset]) -> bool {
    let parts = u32::try_from(set.len())
        .ok()
        .and_then(|length| 1_usize.checked_shl(length))
        .filter(|parts| *parts <= family.len());
    let Some(parts) = parts else {
        return family.iter().any(|part| is_part(part, set));
    };
    (0..parts).any(|chosen| {
        let numbered = set.iter().enumerate();
        let part: Multiset = numbered
            .filter(|(place, _)| chosen >> place & 1 == 1)
            .map(|(_, number)| *number)
            .collect();
        family
            .binary_search_by(|known| by_length(known, &part))
            .is_ok()
    })
}

/// Whether a multiset holds each number at least as often as another.
fn is_part(part: &[usize], whole: &[usize]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|number| rest.any(|held| held == number))
}

/// The least multiset that contains both: each number as often as where it is more often. None beyond a length.
pub(super) fn join(one: &[usize], other: &[usize], longest: usize) -> Option<Multiset> {
    let mut joined = Vec::with_capacity(longest.min(one.len() + other.len()));
    let (mut left, mut right) = (one.iter().peekable(), other.iter().peekable());
    loop {
        let (next_left, next_right) = (left.peek(), right.peek());
        let next = match (next_left, next_right) {
            (None, None) => return Some(joined),
            (Some(number), None) | (None, Some(number)) => **number,
            (Some(one), Some(other)) => **one.min(other),
        };
        left.next_if(|number| **number == next);
        right.next_if(|number| **number == next);
        if joined.len() == longest {
            return None;
        }
        joined.push(next);
    }
}
