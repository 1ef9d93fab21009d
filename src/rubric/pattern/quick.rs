//! An expression for a quick start: compiled fifty times as fast, and searched slower.
//!
//! Knows what a text must have before it pays to compile, and when small letters do for all.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, RwLock};

use regex_lite::Regex as QuickRegex;

use super::{MOST_BYTES, uncaptured};
use crate::rubric::needs::Needs;

/// A pattern for a quick start.
#[derive(Debug)]
pub(super) struct Quick {
    /// It is searched in texts made small letters, which takes half of what it does to ignore case.
    pub(super) in_small: bool,
    pub(super) needs: Needs,
    /// Some tens of kilobytes, which go when it is compiled for speed.
    regex: RwLock<Option<Arc<QuickRegex>>>,
}

impl Quick {
    pub(super) fn new(text: &str) -> Self {
        let needs = || Needs::of(text);
        Self {
            in_small: text.is_ascii() && is_small(text),
            needs: text.is_ascii().then(needs).unwrap_or_default(),
            regex: RwLock::default(),
        }
    }

    /// What is searched in place of a text, byte for byte as long.
    pub(super) fn searched<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.in_small && text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(text.to_ascii_lowercase())
        } else {
            Cow::Borrowed(text)
        }
    }

    /// The pattern that was given, compiled; none where this engine can't.
    pub(super) fn regex(&self, text: &str) -> Option<Arc<QuickRegex>> {
        let known = self.regex.read().ok()?.clone();
        if known.is_some() {
            return known;
        }
        let built = regex_lite::RegexBuilder::new(&uncaptured(text))
            .case_insensitive(!self.in_small)
            .size_limit(MOST_BYTES)
            .build();
        let built = Arc::new(built.ok()?);
        *self.regex.write().ok()? = Some(Arc::clone(&built));
        Some(built)
    }

    /// Forgets what was compiled.
    pub(super) fn forget(&self) {
        if let Ok(mut regex) = self.regex.write() {
            *regex = None;
        }
    }
}

pub(super) fn quick_ranges(regex: &QuickRegex, text: &str) -> Vec<Range<usize>> {
    regex.find_iter(text).map(|found| found.range()).collect()
}

/// Whether an expression finds in small letters what it finds in any where case is ignored: it speaks of no capital, by
/// itself, by its number or between the ends of a range.
pub(super) fn is_small(text: &str) -> bool {
    let mut rest = text.as_bytes();
    let mut before = b' ';
    let mut in_class = false;
    while let [byte, after @ ..] = rest {
        rest = after;
        let next = after.first().copied().unwrap_or(b' ');
        let is_small = match byte {
            b'\\' => {
                rest = after.get(1..).unwrap_or_default();
                !matches!(next, b'x' | b'u' | b'U' | b'p' | b'P')
            }
            b'(' if next == b'?' && !in_class => after.get(1) == Some(&b':'),
            b'[' if !in_class => {
                in_class = true;
                next != b']' && !after.starts_with(b"^]")
            }
            b'[' | b'&' | b'~' => !in_class,
            b']' => {
                in_class = false;
                true
            }
            b'-' if in_class && !matches!(before, b'[' | b'^') && next != b']' => {
                let are_both = |is_one: fn(&u8) -> bool| is_one(&before) && is_one(&next);
                are_both(u8::is_ascii_lowercase) || are_both(u8::is_ascii_digit)
            }
            byte => !byte.is_ascii_uppercase(),
        };
        if !is_small {
            return false;
        }
        before = *byte;
    }
    true
}
