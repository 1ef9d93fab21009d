//! What an amount or a sum in a sentence may be called.
//!
//! Knows the words around amounts; knows no figure of a problem.

use super::amounts::{Sentence, is_one_of};
use crate::coach::figures;
use crate::model::quantity::Dimension;

/// Words between a name and its amount.
const VERBS: &str = "is are about be does for handles has holds serves takes =";

/// Words in front of a name that are none of it.
const NO_NAMES: &str = "a about also an and approximately around assume at be each every for get gives guess have i id if ill is it its let lets like make makes maybe need of ok on one our roughly say so some suppose takes that thats the then there think thus to us we well will with would are was has than below under up";

/// A name has no more words than this.
const MOST_WORDS: usize = 3;

/// The words of its clause before an amount, as a name: `memory` of "so memory is about 10 GB".
pub(super) fn before(sentence: &Sentence<'_>, amount: usize) -> Option<String> {
    let ends = |at: &usize| sentence.ends_clause(*at) && !sentence.ends_with(*at, ':');
    let begins = (0..amount.saturating_sub(1)).rev().find(ends);
    let begins = begins.map_or(0, |at| at + 1);
    let words: Vec<String> = (begins..amount).map(|at| sentence.word(at)).collect();
    let is_verb = |word: &String| is_one_of(word, VERBS);
    let is_said = words.iter().any(is_verb)
        || amount
            .checked_sub(1)
            .is_some_and(|at| sentence.ends_with(at, ':'));
    let named = words.into_iter().take_while(|word| !is_verb(word));
    let named: Vec<String> = named.filter(|word| !is_one_of(word, NO_NAMES)).collect();
    let name = named.join("_");
    (is_said && named.len() <= MOST_WORDS && figures::is_name(&name)).then_some(name)
}

/// What figures of a kind are called; none where nobody has a word for it.
pub(in crate::coach) const fn of_kind(
    dimension: Dimension,
    by_the_day: bool,
) -> Option<&'static str> {
    match dimension {
        Dimension::RATE => Some("rate"),
        Dimension::SIZE => Some("storage"),
        Dimension::THROUGHPUT if by_the_day => Some("bytes_per_day"),
        Dimension::THROUGHPUT => Some("bandwidth"),
        Dimension::DURATION => Some("time"),
        Dimension::NUMBER => Some("number"),
        _ => None,
    }
}
