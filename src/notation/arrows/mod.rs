//! The arrow form: `web -> lb -> api x3 -> redis, links:cassandra[replicas=3]`. Text to stages, with the place of every
//! word; what the words mean is the reader's business.
//!
//! Knows what a chain is made of and what an id may be; knows no kinds.

mod chain;
mod plain;

use std::ops::Range;

pub use chain::parse_chain;
pub use plain::plain_arrows;

/// A chain as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArrowChain {
    /// The stages from left to right; at least one.
    pub stages: Vec<Stage>,
    /// Whether the arrow after each stage but the last is `~>`.
    pub asynchronous: Vec<bool>,
}

/// What stands between two arrows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// The components, at least one.
    pub nodes: Vec<ArrowNode>,
    /// Written as `(a | b)`: one of them is enough.
    pub alternatives: bool,
}

/// A component as written in a chain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArrowNode {
    /// Its id.
    pub id: Word,
    /// What it is, after a colon: a kind or a technology.
    pub what: Option<Word>,
    /// The number after `x`.
    pub replicas: Option<Word>,
    /// `key=value` pairs in brackets.
    pub attributes: Vec<(Word, Word)>,
}

impl ArrowNode {
    /// The name alone, with nothing said about it.
    #[must_use]
    pub const fn is_plain(&self) -> bool {
        self.what.is_none() && self.replicas.is_none() && self.attributes.is_empty()
    }

    fn word(&self) -> Id<'_> {
        Id {
            text: &self.id.text,
            start: self.id.span.start,
        }
    }
}

/// A piece of text with its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// The text, trimmed.
    pub text: String,
    /// Where it stands.
    pub span: Range<usize>,
}

/// Two components and the arrow between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrow<'t> {
    /// Who calls.
    pub from: Id<'t>,
    /// Who is called.
    pub to: Id<'t>,
    /// The arrow is `~>`.
    pub asynchronous: bool,
}

/// An id as it stands in a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Id<'t> {
    /// The id.
    pub text: &'t str,
    /// Its first byte.
    pub start: usize,
}

impl Id<'_> {
    /// Where it stands.
    #[must_use]
    pub const fn span(self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}

impl ArrowChain {
    /// Every arrow from a component to another: all of a stage call all of the next.
    #[must_use]
    pub fn arrows(&self) -> Vec<Arrow<'_>> {
        let mut arrows = Vec::new();
        for (pair, asynchronous) in self.stages.windows(2).zip(&self.asynchronous) {
            let [callers, callees] = pair else { continue };
            for caller in &callers.nodes {
                arrows.extend(callees.nodes.iter().map(|callee| Arrow {
                    from: caller.word(),
                    to: callee.word(),
                    asynchronous: *asynchronous,
                }));
            }
        }
        arrows
    }
}

/// Why a text is no chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArrowError {
    /// Where.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// How to put it right.
    pub help: Option<String>,
}

/// Whether a text draws: it has an arrow.
#[must_use]
pub fn has_arrow(text: &str) -> bool {
    ["->", "~>", "→"].iter().any(|arrow| text.contains(arrow))
}

/// Whether a character can stand in the id of a component.
#[must_use]
pub fn is_id_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// Where the words of a text stand that ids can be, whatever stands between them.
#[must_use]
pub fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut is_within = false;
    for (at, c) in text.char_indices() {
        let begins_arrow = text.get(at..).is_some_and(|rest| rest.starts_with("->"));
        let is_part = is_id_char(c) && !begins_arrow;
        match words.last_mut() {
            Some(word) if is_part && is_within => word.end = at + c.len_utf8(),
            _ if is_part => words.push(at..at + c.len_utf8()),
            _ => {}
        }
        is_within = is_part;
    }
    words
}

/// Bytes of an id, at most.
const MOST_OF_AN_ID: usize = 100;

/// Whether a text can be the id of a component: letters, digits, `-`, `_` and `.`, and no yes or no.
#[must_use]
pub fn is_id(text: &str) -> bool {
    let is_flag = crate::model::value::yes_no(text).is_some();
    !text.is_empty()
        && !is_flag
        && text.chars().all(is_id_char)
        && !text.ends_with('-')
        && text.len() <= MOST_OF_AN_ID
}

/// How to write a text that can't be the id of a component.
#[must_use]
pub fn id_cure(text: &str) -> &'static str {
    if crate::model::value::yes_no(text).is_some() {
        "take a name that YAML does not read as yes or no"
    } else if text.len() > MOST_OF_AN_ID {
        "take a shorter name, of at most 100 letters"
    } else {
        "letters, digits, `-`, `_` and `.`, with no hyphen at the end"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_what_is_no_chain_yet() {
        let text = "web->(größe | b-1) ~> , -> x.y ->";
        let found: Vec<&str> = words(text).into_iter().map(|word| &text[word]).collect();
        assert_eq!(found, ["web", "größe", "b-1", "x.y"]);
    }
}
