//! What a sentence names by what it does, where no kind is known by that name: "the trie builder reads the log".
//!
//! Knows how such names end and where they stand; knows no kind.

use super::names::{COMMA, Named, is_adjective, is_article};
use super::roles::says_nothing;
use crate::coach::prose;

/// A name has no more words than this.
const MOST_WORDS: usize = 2;

/// Shorter words than this with such an ending are hardly made of a verb.
const FEWEST_LETTERS: usize = 6;

/// What is named by what it does, where its ending does not say so.
const DOERS: &[&str] = &[
    "job", "cron", "daemon", "engine", "process", "script", "task",
];

/// What ends like them and is a thing.
const THINGS: &[&str] = &[
    "cluster",
    "number",
    "counter",
    "letter",
    "buffer",
    "header",
    "parameter",
    "pointer",
    "vector",
    "cursor",
    "register",
    "identifier",
    "paper",
    "layer",
    "member",
    "customer",
    "follower",
    "former",
    "factor",
    "error",
    "power",
    "container",
    "folder",
    "another",
    "whatever",
    "whichever",
    "however",
];

/// Words that a clause begins behind.
const BEGINNING: &[&str] = &[COMMA, "and", "then", "while", "where"];

/// What people are told, and parts are not asked for.
const TELLING: &[&str] = &[
    "notify", "notifies", "ping", "pings", "contact", "contacts", "feed", "feeds",
];

/// The part that is named at a word by what it does.
pub(super) fn agent_at(words: &[&str], at: usize) -> Option<Named> {
    let before = words.get(..at).unwrap_or_default();
    let has_article = before.last().is_some_and(|word| is_article(word));
    let lead = before.iter().rev().nth(usize::from(has_article));
    let begins = lead.is_none_or(|word| BEGINNING.contains(word));
    let is_asked =
        has_article && lead.is_some_and(|word| prose::is_calling(word) && !TELLING.contains(word));
    let part = (1..=MOST_WORDS).rev().find_map(|length| {
        let part = words.get(at..at + length)?;
        let does = || {
            words
                .get(at + length)
                .is_some_and(|verb| prose::is_done_by_one(verb))
        };
        let is_name = part
            .iter()
            .all(|word| says_nothing(word) && !is_adjective(word));
        let is_part = is_name && is_doer(part.last()?) && (is_asked || (begins && does()));
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
fn is_doer(word: &str) -> bool {
    let is_made = word.len() >= FEWEST_LETTERS && (word.ends_with("er") || word.ends_with("or"));
    DOERS.contains(&word) || (is_made && !THINGS.contains(&word))
}
