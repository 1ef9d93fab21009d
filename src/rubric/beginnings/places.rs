//! Texts held against beginnings: by the number of their first letters.
//!
//! Knows letters; knows no expression.

use super::{Beginning, LONGEST, beginnings};

/// The first letters of a text as a number, like those of a beginning.
pub(in crate::rubric) fn first_letters(text: &[u8]) -> u128 {
    if let Some(letters) = text.first_chunk() {
        return u128::from_be_bytes(*letters);
    }
    let mut letters = [0; LONGEST];
    for (slot, letter) in letters.iter_mut().zip(text) {
        *slot = *letter;
    }
    u128::from_be_bytes(letters)
}

/// The first letters from some places of texts on: the numbers of beginnings that are as long as can be, in order.
#[derive(Debug)]
pub(in crate::rubric) struct Firsts(Vec<u128>);

impl Firsts {
    /// Those from some places on.
    pub fn new(mut places: Vec<u128>) -> Self {
        places.sort_unstable();
        places.dedup();
        Self(places)
    }

    /// Whether a beginning stands at one of the places.
    pub(super) fn have(&self, one: &Beginning) -> bool {
        let after = self.0.partition_point(|first| *first < one.letters);
        let first = self.0.get(after);
        let others = u128::BITS - 8 * u32::from(one.length);
        first.is_some_and(|first| (first ^ one.letters).checked_shr(others).unwrap_or(0) == 0)
    }
}

/// All beginnings of matches of an expression, to hold texts against.
#[derive(Debug)]
pub(in crate::rubric) struct Starts {
    /// A bit for each group of first letters, which tells most texts apart.
    groups: u32,
    all: Vec<Beginning>,
}

impl Starts {
    /// Those that an expression has; none where they can't be said in a few.
    pub fn of(expression: &str) -> Option<Self> {
        let all = beginnings(expression, None)?;
        let groups = all.iter().map(|one| group(one.letters.to_be_bytes()[0]));
        Some(Self {
            groups: groups.fold(0, |groups, group| groups | group),
            all,
        })
    }

    /// Whether a text begins as a match does, in whatever case.
    pub fn fit(&self, text: &str) -> bool {
        let text = text.as_bytes();
        if text
            .first()
            .is_none_or(|first| self.groups & group(*first) == 0)
        {
            return false;
        }
        let first = first_letters(text).to_be_bytes();
        let first = u128::from_be_bytes(first.map(|letter| letter.to_ascii_lowercase()));
        self.all.iter().any(|one| one.begins(first))
    }
}

/// The group of a letter as a bit, the same in both cases.
const fn group(letter: u8) -> u32 {
    1 << (letter & 31)
}
