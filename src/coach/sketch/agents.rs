//! What a sentence names by what it does, where no kind is known by that name: "the trie builder reads the log".
//!
//! Knows how such names end and where they stand; knows no kind.

use super::names::Named;
use super::roles::{begins_clause, says_nothing};
use crate::rubric::Describing;

/// A name has no more words than this.
const MOST_WORDS: usize = 2;

/// Shorter words than this with such an ending are hardly made of a verb.
const FEWEST_LETTERS: usize = 6;

/// What joins both ends of a way, and so many words from the one the other stands.
const BETWEEN: &str = "between";
const AND: &str = "and";
const REACH: usize = 6;

/// The part that is named at a word by what it does.
pub(super) fn agent_at(describing: &Describing, words: &[&str], at: usize) -> Option<Named> {
    let before = words.get(..at).unwrap_or_default();
    let has_article = before
        .last()
        .is_some_and(|word| describing.articles.has(word));
    let lead = before.iter().rev().nth(usize::from(has_article));
    let begins = lead.is_none_or(|word| begins_clause(describing, word));
    let is_called =
        lead.is_some_and(|word| describing.is_calling(word) && !describing.telling.has(word));
    let mut near = before.iter().rev().take(REACH);
    let is_end = lead.is_some_and(|word| *word == AND) && near.any(|word| *word == BETWEEN);
    let is_asked = has_article && (is_called || is_end);
    let part = (1..=MOST_WORDS).rev().find_map(|length| {
        let part = words.get(at..at + length)?;
        let does = || {
            words
                .get(at + length)
                .is_some_and(|verb| describing.is_done_by_one(verb))
        };
        let is_name = part
            .iter()
            .all(|word| says_nothing(describing, word) && !describing.adjectives.has(word));
        let is_part =
            is_name && is_doer(describing, part.last()?) && (is_asked || (begins && does()));
        is_part.then_some(part)
    })?;
    Some(Named {
        id: part.join("-"),
        is_drawn: false,
        kind: None,
        count: None,
        at: at..at + part.len(),
    })
}

/// Whether a word ends like one for who does something.
fn is_doer(describing: &Describing, word: &str) -> bool {
    let is_made = word.len() >= FEWEST_LETTERS && (word.ends_with("er") || word.ends_with("or"));
    describing.doers.has(word) || (is_made && !describing.things.has(word))
}
