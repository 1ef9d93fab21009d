//! Names in rules for what is defined elsewhere: a named selector, a named condition, a concept.
//!
//! Knows that a name means one thing; knows not what.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// A name, and what it stands for once that was looked up. A rule is asked with the knowledge that it was loaded with and no
/// other, so that once is enough.
#[derive(Debug)]
pub(super) struct Name<T> {
    text: String,
    meaning: OnceLock<Option<T>>,
}

impl<T> Name<T> {
    pub const fn new(text: String) -> Self {
        Self {
            text,
            meaning: OnceLock::new(),
        }
    }

    /// As written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it stands for, if anything, looked up at the first question.
    pub fn meaning(&self, look_up: impl FnOnce(&str) -> Option<T>) -> Option<&T> {
        let meaning = self.meaning.get_or_init(|| look_up(&self.text));
        meaning.as_ref()
    }
}

/// What goes by a name, and its position among all that have names.
pub(super) fn numbered<K, T>(
    all: &BTreeMap<K, Arc<T>>,
    is_named: impl Fn(&K) -> bool,
) -> Option<(usize, Arc<T>)> {
    let mut named = all.iter().enumerate();
    let found = named.find(|(_, (name, _))| is_named(name));
    found.map(|(number, (_, meaning))| (number, Arc::clone(meaning)))
}
