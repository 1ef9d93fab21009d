//! An expression for many searches: an automaton whose states are made while texts are searched.
//!
//! Knows how it is put together; when that pays is said by who asks.

use std::ops::Range;

use regex_automata::meta::{Config, Regex};
use regex_automata::util::syntax;

use super::{MOST_BYTES, uncaptured, whole_up};

/// An expression compiled for texts as they are, or for texts made small letters; none where it is broken. Patterns of ASCII
/// alone are compiled for bytes: several times as fast as for Unicode, of which they say nothing.
///
/// What a library prepares beside the automaton, letters to look for above all, takes most of the time that it takes to
/// compile: what texts have to hold is known before one is searched.
pub(super) fn fast(text: &str, in_small: bool) -> Option<Regex> {
    let automaton_alone = Config::new()
        .auto_prefilter(false)
        .onepass(false)
        .backtrack(false)
        .dfa(false)
        .utf8_empty(false)
        .nfa_size_limit(Some(MOST_BYTES));
    let grammar = syntax::Config::new()
        .case_insensitive(!in_small)
        .unicode(!text.is_ascii())
        .utf8(false);
    let mut builder = Regex::builder();
    let builder = builder.configure(automaton_alone).syntax(grammar);
    builder.build(&uncaptured(text)).ok()
}

/// Where it is found, widened to whole characters.
pub(super) fn fast_ranges(regex: &Regex, text: &str) -> Vec<Range<usize>> {
    let whole = |range: Range<usize>| {
        let start = (0..=range.start)
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0);
        start..whole_up(text, range.end)
    };
    let found = regex.find_iter(text);
    found.map(|found| whole(found.range())).collect()
}
