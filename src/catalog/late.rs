//! Files of which nothing is read until somebody asks.
//!
//! Knows texts; what is read from them is said by who asks.

use std::borrow::Cow;
use std::sync::OnceLock;

/// What is made of some texts, when it is first asked for.
#[derive(Debug)]
pub struct Late<T> {
    texts: Vec<Cow<'static, str>>,
    read: OnceLock<T>,
}

impl<T> Default for Late<T> {
    fn default() -> Self {
        Self {
            texts: Vec::new(),
            read: OnceLock::new(),
        }
    }
}

impl<T> Late<T> {
    /// Adds a text; what was read before is forgotten.
    pub(super) fn add(&mut self, text: Cow<'static, str>) {
        self.texts.push(text);
        self.read = OnceLock::new();
    }

    /// What is made of the texts, in the order in which they were added.
    pub(super) fn get(&self, read: impl FnOnce(&[Cow<'static, str>]) -> T) -> &T {
        self.read.get_or_init(|| read(&self.texts))
    }
}
