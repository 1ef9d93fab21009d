//! What two designs have in common: components that are the same by other names, and the same words.
//!
//! Knows positions and places; how they are shown is the report's business.

use std::collections::{BTreeMap, BTreeSet};

use super::marks::{Colours, colours};
use super::words::{RUN, Statement, statements};
use crate::model::difference::worth;
use crate::model::{Attributes, Design, Place, Value};

/// Places of a design that are looked at for the same run of words, at most.
const MOST_PLACES: usize = 8;

/// Phrases that are told, at most.
const MOST_PHRASES: usize = 40;

/// What two designs have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Common {
    /// Components that are the same, in the order of the first design.
    pub components: Vec<Same>,
    /// The same words, the longest first.
    pub phrases: Vec<Phrase>,
}

/// A component of each design that are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Same {
    /// The position in the first design.
    pub first: usize,
    /// That in the second.
    pub second: usize,
    /// What is stated of both: `replicas 3`.
    pub stated: Vec<String>,
    /// Nothing is stated of one that is not of the other.
    pub is_whole: bool,
    /// What stands beside them is the same too.
    pub is_around: bool,
}

/// The same words in both designs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// How many.
    pub words: usize,
    /// Where the first design has them, and as it has them.
    pub first: (Place, String),
    /// The same of the second.
    pub second: (Place, String),
}

/// What two designs have in common; of words those alone that are worth telling.
pub(super) fn common(first: &Design, second: &Design, is_rare: &dyn Fn(u64) -> bool) -> Common {
    Common {
        components: components(first, second),
        phrases: phrases(&statements(first), &statements(second), is_rare),
    }
}

/// What is seen of a component.
type Sight = fn(&Colours) -> (u64, u64);

/// Pairs components by their colours, the sharpest first: what is left is paired by blunter ones.
fn components(first: &Design, second: &Design) -> Vec<Same> {
    let (ours, theirs) = (colours(first), colours(second));
    let sights: [Sight; 5] = [
        |colours| (colours.far, 0),
        |colours| (colours.near, 0),
        |colours| (colours.stated, colours.wide_shape),
        |colours| (colours.stated, colours.shape),
        |colours| (colours.wide_shape, 0),
    ];
    let mut pairs: BTreeMap<usize, usize> = BTreeMap::new();
    for sight in sights {
        let mut open: BTreeMap<(u64, u64), Vec<usize>> = BTreeMap::new();
        let taken: BTreeSet<usize> = pairs.values().copied().collect();
        let free = (0..theirs.len()).rev().filter(|at| !taken.contains(at));
        for at in free {
            let colour = theirs.get(at).map(sight);
            open.entry(colour.unwrap_or_default()).or_default().push(at);
        }
        for (at, colours) in ours.iter().enumerate() {
            if pairs.contains_key(&at) {
                continue;
            }
            let found = open.get_mut(&sight(colours)).and_then(Vec::pop);
            pairs.extend(found.map(|found| (at, found)));
        }
    }
    let near = |at: Option<&Colours>| at.map(|colours| colours.near);
    let same = |(at, other): (usize, usize)| {
        let (one, two) = (first.components.get(at)?, second.components.get(other)?);
        let stated = both(&one.attributes, &two.attributes);
        let counts = [&one.attributes, &two.attributes].map(|all| all.iter().count());
        Some(Same {
            first: at,
            second: other,
            is_whole: counts.iter().all(|count| *count == stated.len()),
            stated,
            is_around: near(ours.get(at)) == near(theirs.get(other)),
        })
    };
    pairs.into_iter().filter_map(same).collect()
}

/// What is stated of both.
fn both(one: &Attributes, other: &Attributes) -> Vec<String> {
    let same = |ours: &Value, theirs: &Value| match (ours, theirs) {
        (Value::Figure(ours), Value::Figure(theirs)) => worth(ours) == worth(theirs),
        _ => ours == theirs,
    };
    let stated = one.iter().filter(|(attribute, value)| {
        let theirs = other.get(*attribute);
        theirs.is_some_and(|theirs| same(value, theirs))
    });
    stated
        .map(|(attribute, value)| format!("{} {}", attribute.row().name, value.shown()))
        .collect()
}

/// A run of words of a statement: which, from which word on.
type Spot = (usize, usize);

fn phrases(ours: &[Statement], theirs: &[Statement], is_rare: &dyn Fn(u64) -> bool) -> Vec<Phrase> {
    let mut spots: BTreeMap<u64, Vec<Spot>> = BTreeMap::new();
    for (at, statement) in theirs.iter().enumerate() {
        for (word, mark) in statement.marks().into_iter().enumerate() {
            let spots = spots.entry(mark).or_default();
            if spots.len() < MOST_PLACES {
                spots.push((at, word));
            }
        }
    }
    let mut phrases: Vec<Phrase> = Vec::new();
    for statement in ours {
        let marks = statement.marks();
        let mut word = 0;
        while let Some(mark) = marks.get(word) {
            let found = spots.get(mark).filter(|_| is_rare(*mark));
            let longest = found.and_then(|spots| longest(statement, word, theirs, spots));
            match longest {
                Some((count, phrase)) => {
                    phrases.push(phrase);
                    word += count;
                }
                None => word += 1,
            }
        }
    }
    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words));
    phrases.dedup_by(|one, other| one.first == other.first);
    phrases.truncate(MOST_PHRASES);
    phrases
}

/// The longest phrase that begins at a word and at one of some spots.
fn longest(
    ours: &Statement,
    word: usize,
    theirs: &[Statement],
    spots: &[Spot],
) -> Option<(usize, Phrase)> {
    let length = |(at, from): &Spot| {
        let their_words = theirs.get(*at).map(|one| one.words.iter().skip(*from));
        let pairs = ours.words.iter().skip(word).zip(their_words?);
        Some(pairs.take_while(|(one, other)| one.0 == other.0).count())
    };
    let (count, (at, from)) = spots
        .iter()
        .filter_map(|spot| Some((length(spot)?, *spot)))
        .max_by_key(|(count, spot)| (*count, std::cmp::Reverse(*spot)))?;
    let their_statement = theirs.get(at)?;
    let is_telling = count >= RUN.min(ours.words.len());
    is_telling.then(|| {
        let phrase = Phrase {
            words: count,
            first: (ours.place, ours.quote(word, count).to_owned()),
            second: (
                their_statement.place,
                their_statement.quote(from, count).to_owned(),
            ),
        };
        (count, phrase)
    })
}
