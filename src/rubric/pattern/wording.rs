//! One of the alternatives of a pattern of whole words, searched by itself.
//!
//! Knows where words begin and end.

use std::ops::Range;
use std::sync::OnceLock;

use super::{Pattern, whole_up};
use crate::rubric::beginnings::{self, Beginning, Firsts};

/// One of the alternatives of a pattern of whole words.
#[derive(Debug)]
pub(in crate::rubric) struct Wording {
    pub(super) text: String,
    /// For matches that begin where a text does.
    here: OnceLock<Box<Pattern>>,
    /// For matches wherever they begin.
    anywhere: OnceLock<Box<Pattern>>,
}

impl Wording {
    pub(super) const fn new(text: String) -> Self {
        Self {
            text,
            here: OnceLock::new(),
            anywhere: OnceLock::new(),
        }
    }

    /// What each match begins with; none where that can't be said in a few. Where the places are known that matches can begin
    /// at, what stands at none is left out.
    #[must_use]
    pub fn beginnings(&self, places: Option<&Firsts>) -> Option<Vec<Beginning>> {
        // A whole word begins and ends where words do, whether its wording says so or not.
        let text = self.text.strip_prefix(r"\b").unwrap_or(&self.text);
        let text = text.strip_suffix(r"\b").unwrap_or(text);
        beginnings::beginnings(text, places)
    }

    /// The match where one of the beginnings stands in a text.
    #[must_use]
    pub fn range_at(&self, text: &str, start: usize) -> Option<Range<usize>> {
        let here = || {
            let end = Edge::End.of(&self.text);
            Box::new(Pattern::new(format!("^(?:{}){end}", self.text)))
        };
        let end = self.here.get_or_init(here).first_end(text.get(start..)?)?;
        Some(start..whole_up(text, start + end))
    }

    /// Where it is found.
    #[must_use]
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        let anywhere = || Box::new(Pattern::words([self.text.clone()]));
        self.anywhere.get_or_init(anywhere).ranges(text)
    }
}

/// Where a wording begins or ends.
#[derive(Clone, Copy)]
pub(super) enum Edge {
    Start,
    End,
}

impl Edge {
    /// What is asked of a text at this edge of alternatives: a word goes on nowhere there. Beside a sign that is of no word, as
    /// at the end of `5 ?%`, anything may stand; `\b` alone would ask for a letter.
    pub(super) fn of(self, alternatives: &str) -> &'static str {
        let bytes = alternatives.as_bytes();
        let (letter, boundary) = match self {
            Self::Start => (bytes.first(), r"(?:\b|\b{start-half})"),
            Self::End => (bytes.last(), r"(?:\b|\b{end-half})"),
        };
        let is_plain = letter.is_some_and(u8::is_ascii_alphanumeric) && !bytes.contains(&b'|');
        if is_plain { r"\b" } else { boundary }
    }
}
