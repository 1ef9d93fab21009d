//! Regular expressions of rules, compiled when first used.
//!
//! Knows regexes (their only home); knows not what they are searched in.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

/// A regular expression that ignores case.
#[derive(Debug)]
pub struct Pattern {
    text: String,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern; it is compiled at first use.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), compiled: OnceLock::new() }
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
        Some(error.to_string().lines().last().unwrap_or("not a regular expression").trim().to_owned())
    }

    /// Whether it is found anywhere.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }

    /// Where it is found.
    #[must_use]
    pub fn ranges(&self, text: &str) -> Vec<std::ops::Range<usize>> {
        self.regex().map(|regex| regex.find_iter(text).map(|found| found.range()).collect()).unwrap_or_default()
    }

    /// A broken pattern matches nothing; loading reports it.
    fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| compile(&self.text).ok()).as_ref()
    }
}

fn compile(text: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(text).case_insensitive(true).size_limit(16 << 20).build()
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
    fn a_broken_pattern_says_so_and_matches_nothing() {
        let pattern = Pattern::new("(a");
        assert!(pattern.mistake().is_some());
        assert!(!pattern.is_match("(a"));
    }
}
