//! Regular expressions of rules, compiled when first used.
//!
//! Knows regexes (their only home); knows not what they are searched in.

use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use regex::bytes::{Regex, RegexBuilder};

use super::beginnings;

/// A regular expression that ignores case.
///
/// To compile one for fast searching takes milliseconds, which a check of one file would spend on hundreds of patterns and
/// never get back. So a pattern is first compiled for a quick start, and anew for speed once it has been searched in
/// some thousand bytes of text. Both engines find the same: a test holds them together.
#[derive(Debug, Default)]
pub struct Pattern {
    text: String,
    searched: AtomicUsize,
    quick: OnceLock<Option<regex_lite::Regex>>,
    fast: OnceLock<Option<Regex>>,
}

/// Bytes of text after which compiling for speed pays.
const ENOUGH: usize = 4 << 10;

impl Pattern {
    /// A pattern; it is compiled at first use.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// The pattern that matches any of several, as whole words.
    #[must_use]
    pub fn words(alternatives: &[String]) -> Self {
        Self::new(format!(r"\b(?:{})\b", alternatives.join("|")))
    }

    /// The pattern that matches any of several, as a whole text.
    #[must_use]
    pub fn whole(alternatives: &[String]) -> Self {
        Self::new(format!(r"^(?:{})$", alternatives.join("|")))
    }

    /// As written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Why the pattern is no regular expression, if it is none.
    #[must_use]
    pub fn mistake(&self) -> Option<String> {
        let error = compile(&self.text).err()?;
        Some(
            error
                .to_string()
                .lines()
                .last()
                .unwrap_or("not a regular expression")
                .trim()
                .to_owned(),
        )
    }

    /// The letters, in lower case, one of which every match begins with; none where that can't be said in a few.
    #[must_use]
    pub fn beginnings(&self) -> Option<Vec<String>> {
        beginnings::beginnings(&self.text)
    }

    /// Whether it is found anywhere.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        match self.quick(text) {
            Some(quick) => quick.is_match(text),
            None => self
                .fast()
                .is_some_and(|fast| fast.is_match(text.as_bytes())),
        }
    }

    /// Where it is found, widened to whole characters.
    #[must_use]
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        match self.quick(text) {
            Some(quick) => quick.find_iter(text).map(|found| found.range()).collect(),
            None => self
                .fast()
                .map(|fast| fast_ranges(fast, text))
                .unwrap_or_default(),
        }
    }

    /// The engine for a quick start, as long as it is the better one. Patterns beyond ASCII mean something else to it.
    fn quick(&self, text: &str) -> Option<&regex_lite::Regex> {
        let searched = self.searched.fetch_add(text.len(), Ordering::Relaxed);
        if searched > ENOUGH || !self.text.is_ascii() {
            return None;
        }
        self.quick
            .get_or_init(|| compile_quick(&self.text))
            .as_ref()
    }

    /// A broken pattern matches nothing; loading reports it.
    fn fast(&self) -> Option<&Regex> {
        self.fast.get_or_init(|| compile(&self.text).ok()).as_ref()
    }
}

fn fast_ranges(fast: &Regex, text: &str) -> Vec<Range<usize>> {
    let whole = |range: Range<usize>| {
        let start = (0..=range.start)
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0);
        let end = (range.end..=text.len())
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(text.len());
        start..end
    };
    fast.find_iter(text.as_bytes())
        .map(|found| whole(found.range()))
        .collect()
}

fn compile_quick(text: &str) -> Option<regex_lite::Regex> {
    regex_lite::RegexBuilder::new(text)
        .case_insensitive(true)
        .size_limit(16 << 20)
        .build()
        .ok()
}

/// Patterns of ASCII alone are compiled for bytes: several times as fast as for Unicode, of which they say nothing.
fn compile(text: &str) -> Result<Regex, regex::Error> {
    let unicode = !text.is_ascii();
    RegexBuilder::new(text)
        .case_insensitive(true)
        .unicode(unicode)
        .size_limit(16 << 20)
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_match_as_whole_words_without_case() {
        let pattern = Pattern::words(&["cache[- ]aside".to_owned(), "lru".to_owned()]);
        assert!(pattern.is_match("We use Cache-Aside."));
        assert!(!pattern.is_match("lrux"));
    }

    #[test]
    fn both_engines_find_the_same() {
        let texts = [
            "a cache-aside LRU",
            "caché aside, lru—LRU",
            "",
            "x\u{1f600}lru\ny",
            "n't 12 km/s",
        ];
        for pattern in [
            r"\b(?:cache[- ]aside|lru)\b",
            r"[^ ]+u",
            r"(\w+ ){0,2}lru",
            r"\d+ ?\w+(/s)?$",
            "^a.*u",
        ] {
            let (quick, fast) = (
                compile_quick(pattern).expect("a pattern"),
                compile(pattern).expect("a pattern"),
            );
            for text in texts {
                assert_eq!(
                    quick.is_match(text),
                    fast.is_match(text.as_bytes()),
                    "{pattern} in {text:?}"
                );
            }
        }
    }

    #[test]
    fn every_match_begins_with_one_of_the_beginnings() {
        let pattern = Pattern::words(&["cache[- ]aside".to_owned(), "(an? )?LRU".to_owned()]);
        let beginnings = pattern.beginnings().expect("a few");
        for text in ["cache aside", "cache-aside", "a lru", "an lru", "lru"] {
            assert!(
                beginnings.iter().any(|letters| text.starts_with(letters)),
                "{text}: {beginnings:?}"
            );
        }
        assert_eq!(Pattern::new(r"\w+ cache").beginnings(), None);
    }

    #[test]
    fn a_broken_pattern_says_so_and_matches_nothing() {
        let pattern = Pattern::new("(a");
        assert!(pattern.mistake().is_some());
        assert!(!pattern.is_match("(a"));
    }
}
