//! Regular expressions of rules, compiled when first used.
//!
//! Knows regexes (this folder is their only home); knows not what they are searched in.

mod fast;
mod quick;
mod wording;

use std::borrow::Borrow;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use regex::bytes::RegexBuilder;
use regex_automata::meta::Regex as FastRegex;
use regex_lite::Regex as QuickRegex;

use self::fast::{fast, fast_ranges};
use self::quick::{Quick, quick_ranges};
use self::wording::Edge;
pub(super) use self::wording::Wording;
use super::beginnings::Starts;
use super::needs::{Needs, Pairs};
use super::samples::samples;
use super::satisfiable::{Unmatched, unmatched};

/// A regular expression that ignores case.
///
/// To compile one for fast searching takes a while, which a check of one file would spend on hundreds of patterns and never
/// get back. So a pattern is compiled when a text has what its matches need, at first for a quick start, and anew for speed
/// once some hundred bytes of text were searched. Both engines find the same: a test holds them together.
#[derive(Debug, Default)]
pub struct Pattern {
    /// Of a pattern of whole words made of its alternatives when somebody needs it, as most are searched one by one.
    text: OnceLock<String>,
    searched: AtomicUsize,
    quick: OnceLock<Box<Quick>>,
    fast: OnceLock<Option<FastRegex>>,
    /// The alternatives of a pattern of whole words.
    wordings: Vec<Wording>,
    /// How a text that matches as a whole begins.
    starts: OnceLock<Option<Starts>>,
}

/// What stands around alternatives that match as a whole text.
const WHOLE: (&str, &str) = ("^(?:", ")$");

/// Bytes that an expression may take when it is compiled.
const MOST_BYTES: usize = 16 << 20;

/// Bytes of text after which compiling for speed pays: to search them quickly compiled takes as long.
const ENOUGH: usize = 640;

/// Bytes that are read of a text, about, to see whether it begins with a match.
const READ_HERE: usize = 32;

impl Pattern {
    /// A pattern; it is compiled at first use.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: OnceLock::from(text.into()),
            ..Self::default()
        }
    }

    /// The pattern that matches any of several, as whole words: no word goes on where they begin and end.
    #[must_use]
    pub fn words(alternatives: impl Into<Vec<String>>) -> Self {
        let alternatives: Vec<String> = alternatives.into();
        Self {
            wordings: alternatives.into_iter().map(Wording::new).collect(),
            ..Self::default()
        }
    }

    /// The pattern that matches any of several, as a whole text.
    #[must_use]
    pub fn whole(alternatives: &[String]) -> Self {
        let (before, after) = WHOLE;
        Self::new(format!("{before}{}{after}", alternatives.join("|")))
    }

    /// As written.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text.get_or_init(|| {
            let wordings = self.wordings.iter().map(|wording| wording.text.as_str());
            let wordings: Vec<&str> = wordings.collect();
            let all = wordings.join("|");
            format!("{}(?:{all}){}", Edge::Start.of(&all), Edge::End.of(&all))
        })
    }

    /// Why the pattern is no regular expression, if it is none.
    #[must_use]
    pub fn mistake(&self) -> Option<String> {
        let text = self.text();
        let built = RegexBuilder::new(&uncaptured(text))
            .case_insensitive(true)
            .unicode(!text.is_ascii())
            .size_limit(MOST_BYTES)
            .build();
        let error = built.err()?.to_string();
        // The last line says what; those before it draw where, in a text that is put together.
        let last = error.lines().last().unwrap_or_default().trim();
        Some(last.strip_prefix("error: ").unwrap_or(last).to_owned())
    }

    /// A few texts that it finds, in backticks; none where they can't be told.
    #[must_use]
    pub fn samples(&self) -> Option<String> {
        let all = samples(self.text()).into_iter();
        let all: Vec<String> = all.map(|sample| format!("`{sample}`")).collect();
        (!all.is_empty()).then(|| all.join(", "))
    }

    /// What of it no text can match; of several wordings the first that has such a part.
    pub(super) fn unmatched(&self) -> Option<Unmatched> {
        if self.wordings.is_empty() {
            return unmatched(self.text());
        }
        let wordings = self.wordings.iter();
        let mut each = wordings.map(|one| unmatched(Self::words([one.text.clone()]).text()));
        each.find_map(|of_one| of_one)
    }

    /// The alternatives of a pattern of whole words.
    pub(super) fn wordings(&self) -> &[Wording] {
        &self.wordings
    }

    /// Whether a text begins as one that the pattern matches as a whole; of other patterns nothing is known.
    fn can_begin(&self, text: &str) -> bool {
        let starts = self.starts.get_or_init(|| {
            let (before, after) = WHOLE;
            Starts::of(self.text().strip_prefix(before)?.strip_suffix(after)?)
        });
        starts.as_ref().is_none_or(|starts| starts.fit(text))
    }

    /// Whether it is found anywhere.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.is_in(text, || Pairs::of(text))
    }

    /// Whether it is found anywhere in a text whose pairs of characters are at hand.
    pub(super) fn is_in<P: Borrow<Pairs>>(&self, text: &str, pairs: impl FnOnce() -> P) -> bool {
        if !self.can_begin(text) {
            return false;
        }
        let is_lacking = |needs: &Needs| needs.are_lacking(pairs);
        let quickly = |quick: &QuickRegex, text: &str| quick.is_match(text);
        let fast = |fast: &FastRegex, text: &str| fast.is_match(text);
        self.search(text, text.len(), is_lacking, quickly, fast)
    }

    /// Whether a text lacks what matches need; not asked where the expression is compiled for speed and finds it as soon.
    fn spares_compiling(&self, needs: &Needs, text: &str) -> bool {
        self.fast.get().is_none() && needs.are_lacking(|| Pairs::of(text))
    }

    /// Where the match ends that a text begins with, for patterns that find no other.
    fn first_end(&self, text: &str) -> Option<usize> {
        let quickly = |quick: &QuickRegex, text: &str| Some(quick.find(text)?.end());
        let is_lacking = |needs: &Needs| self.spares_compiling(needs, text);
        let fast = |fast: &FastRegex, text: &str| Some(fast.find(text)?.end());
        self.search(text, text.len().min(READ_HERE), is_lacking, quickly, fast)
    }

    /// Where it is found, widened to whole characters.
    #[must_use]
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        let is_lacking = |needs: &Needs| self.spares_compiling(needs, text);
        self.search(text, text.len(), is_lacking, quick_ranges, fast_ranges)
    }

    /// Searches a text, or so many bytes of it, with the engine that is the better one by now. Both are given the text as it is to be searched; patterns
    /// beyond ASCII mean something else to the one for a quick start.
    fn search<T: Default>(
        &self,
        text: &str,
        bytes: usize,
        is_lacking: impl FnOnce(&Needs) -> bool,
        quickly: impl FnOnce(&QuickRegex, &str) -> T,
        fast: impl FnOnce(&FastRegex, &str) -> T,
    ) -> T {
        let quick = self.quick();
        if is_lacking(&quick.needs) {
            return T::default();
        }
        let searched = quick.searched(text);
        if self.fast.get().is_none()
            && self.is_new(bytes)
            && let Some(regex) = quick.regex(self.text())
        {
            return quickly(&regex, &searched);
        }
        let regex = self.fast();
        regex
            .map(|regex| fast(regex, &searched))
            .unwrap_or_default()
    }

    fn quick(&self) -> &Quick {
        self.quick.get_or_init(|| Box::new(Quick::new(self.text())))
    }

    /// Whether too little was searched, these bytes included, for compiling for speed.
    fn is_new(&self, bytes: usize) -> bool {
        let searched = self.searched.fetch_add(bytes, Ordering::Relaxed);
        searched <= ENOUGH && self.text().is_ascii()
    }

    /// A broken pattern matches nothing; loading reports it.
    fn fast(&self) -> Option<&FastRegex> {
        let compiled = self.fast.get_or_init(|| {
            let quick = self.quick();
            quick.forget();
            fast(self.text(), quick.in_small)
        });
        compiled.as_ref()
    }
}

/// The end of the character that a position is in.
fn whole_up(text: &str, at: usize) -> usize {
    let ends = |at: &usize| text.is_char_boundary(*at);
    (at..=text.len()).find(ends).unwrap_or(text.len())
}

/// The expression with groups that capture nothing, for nobody asks what they captured: room for it is most of what an
/// expression needs.
fn uncaptured(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + 16);
    let (mut escaped, mut in_class) = (false, false);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        plain.push(c);
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => in_class = false,
            _ if in_class => {}
            '[' => {
                in_class = true;
                // There a bracket is one of the characters.
                plain.extend(rest.next_if_eq(&'^'));
                plain.extend(rest.next_if_eq(&']'));
            }
            '(' if rest.peek() != Some(&'?') => plain.push_str("?:"),
            _ => {}
        }
    }
    plain
}

/// Whether a text has what is looked for, where anything is.
pub(super) fn is_match(pattern: Option<&Pattern>, text: &str) -> bool {
    pattern.is_some_and(|pattern| pattern.is_match(text))
}

/// Where words begin that a text ends with.
pub(super) fn start_of_end(words: &Pattern, text: &str) -> Option<usize> {
    let ranges = words.ranges(&text.to_ascii_lowercase()).into_iter();
    ranges
        .filter(|range| range.end == text.len() && !range.is_empty())
        .map(|range| range.start)
        .min()
}

/// Where words end that a text begins with.
pub(super) fn end_of_start(words: &Pattern, text: &str) -> Option<usize> {
    let ranges = words.ranges(&text.to_ascii_lowercase()).into_iter();
    ranges
        .filter(|range| range.start == 0)
        .map(|range| range.end)
        .max()
        .filter(|end| *end > 0)
}

#[cfg(test)]
mod tests {
    use super::quick::is_small;
    use super::*;

    #[test]
    fn alternatives_match_as_whole_words_without_case() {
        let pattern = Pattern::words(["cache[- ]aside".to_owned(), "lru".to_owned()]);
        assert!(pattern.is_match("We use Cache-Aside."));
        assert!(!pattern.is_match("lrux"));
    }

    #[test]
    fn what_begins_or_ends_with_a_sign_of_no_word_stands_beside_anything() {
        let pattern = Pattern::words([r"by \d+ ?(%|percent)|c\+\+|/healthz".to_owned()]);
        for (text, expected) in [
            ("exceeded by 5%", true),
            ("exceeded by 5%, at most", true),
            ("exceeded by 5 percent", true),
            ("exceeded by 5 percents", false),
            ("by 5%x", true),
            ("standby 5%", false),
            ("C++ and", true),
            ("c++", true),
            ("get /healthz", true),
            ("(/healthz)", true),
            ("/healthzy", false),
        ] {
            assert_eq!(pattern.is_match(text), expected, "{text}");
            let stands = pattern.wordings()[0].ranges(text);
            assert_eq!(!stands.is_empty(), expected, "{text}");
            let at = stands.first().map_or(0, |range| range.start);
            let here = pattern.wordings()[0].range_at(text, at);
            assert_eq!(here.as_ref(), stands.first(), "{text}");
        }
    }

    /// What the engine for many searches finds in a text as it is.
    fn plainly(pattern: &str, text: &str) -> Vec<Range<usize>> {
        fast_ranges(&fast(pattern, false).expect("a pattern"), text)
    }

    /// What each engine finds in a text as it is given to them.
    fn by_each(pattern: &str, text: &str) -> [Vec<Range<usize>>; 2] {
        let quick = Quick::new(pattern);
        let for_many = fast(pattern, quick.in_small).expect("a pattern");
        let searched = quick.searched(text);
        [quickly(pattern, text), fast_ranges(&for_many, &searched)]
    }

    /// What the engine for a quick start finds.
    fn quickly(pattern: &str, text: &str) -> Vec<Range<usize>> {
        let quick = Quick::new(pattern);
        let searched = quick.searched(text);
        let found = quick_ranges(&quick.regex(pattern).expect("a pattern"), &searched);
        assert!(
            found.is_empty() || !quick.needs.are_lacking(|| Pairs::of(text)),
            "{text}"
        );
        found
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
            r"(?:\b|\b{start-half})(?: aside,?|lru|12)(?:\b|\b{end-half})",
            r"[^ ]+u",
            r"(\w+ ){0,2}lru",
            r"\d+ ?\w+(/s)?$",
            "^a.*u",
        ] {
            for text in texts {
                let [quickly, fast] = by_each(pattern, text);
                assert_eq!(fast, plainly(pattern, text), "{pattern} in {text:?}");
                assert_eq!(quickly.is_empty(), fast.is_empty(), "{pattern} in {text:?}");
            }
        }
    }

    #[test]
    fn only_patterns_without_capitals_are_searched_in_small_letters() {
        for (pattern, expected) in [
            (r"\b(?:cache[- ]aside|lru)\W*\b", true),
            ("[^a-z0-9_]{0,2}[a-]b-c", true),
            (r"[\w.]+\S", true),
            ("Cache", false),
            ("[A-z]", false),
            ("[ -m]", false),
            ("[0-z]", false),
            ("[[:upper:]]", false),
            (r"\x41", false),
            (r"\pL", false),
            ("(?i)a", false),
            ("[]-a]", false),
        ] {
            assert_eq!(is_small(pattern), expected, "{pattern}");
        }
        for pattern in ["[^a-c]+", r"\W?b+|K", "[0-9a]b", "k|s"] {
            for text in ["aAbBcCdD 09 KkSs-", "ABBA", "\u{212a}s\u{17f}K"] {
                let expected = plainly(pattern, text);
                assert_eq!(by_each(pattern, text), [expected.clone(), expected]);
            }
        }
    }

    #[test]
    fn groups_capture_nothing() {
        for (text, expected) in [
            ("(a|b)(?:c)", "(?:a|b)(?:c)"),
            (r"\(a\)[(]([](]x)", r"\(a\)[(](?:[](]x)"),
            (r"[^](](\\)", r"[^](](?:\\)"),
        ] {
            assert_eq!(uncaptured(text), expected);
            assert!(fast(text, false).is_some(), "{text}");
        }
    }

    #[test]
    fn a_whole_text_is_matched_whatever_it_begins_with() {
        let pattern = Pattern::whole(&["reads?( a second)?".to_owned(), "qps".to_owned()]);
        for (text, expected) in [
            ("QPS", true),
            ("Reads a second", true),
            ("qpsx", false),
            ("writes", false),
            ("", false),
        ] {
            assert_eq!(pattern.is_match(text), expected, "{text}");
        }
    }

    #[test]
    fn a_wording_is_found_where_it_begins_and_nowhere_else() {
        let pattern = Pattern::words(["lru( c[^ ]+)?".to_owned(), "cache[- ]aside".to_owned()]);
        let [lru, aside] = pattern.wordings() else {
            panic!("two wordings");
        };
        let text = "an lru cach\u{e9}, cache-aside";
        for _ in 0..ENOUGH {
            assert_eq!(lru.range_at(text, 3), Some(3..14));
            assert_eq!(aside.range_at(text, 15), Some(15..26));
            assert_eq!(aside.range_at(text, 3), None);
            assert_eq!(lru.range_at(text, 400), None);
        }
        assert_eq!(aside.ranges(text), vec![aside.range_at(text, 15).unwrap()]);
    }

    #[test]
    fn a_broken_pattern_says_so_and_matches_nothing() {
        let pattern = Pattern::new("(a");
        assert!(pattern.mistake().is_some());
        assert!(!pattern.is_match("(a"));
    }
}
