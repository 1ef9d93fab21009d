//! Where rules come from: the path says what they are about, and for which problem.
//!
//! Knows paths and lines; knows no key.

use std::cell::Cell;

/// Where rules come from.
#[derive(Debug)]
pub struct Origin<'t> {
    /// The problem whose designs they are for; all designs where none.
    pub problem: Option<&'t str>,
    /// What they are about.
    pub(super) topic: &'t str,
    pub(super) path: &'t str,
    text: &'t str,
    /// The last byte that was asked for, and its line.
    last: Cell<(usize, usize)>,
}

impl<'t> Origin<'t> {
    /// A file: `rubrics/general/caching.yaml` is about caching; `rubrics/problems/chat.yaml` is for designs of that problem.
    #[must_use]
    pub fn of(path: &'t str, text: &'t str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let topic = name.strip_suffix(".yaml").unwrap_or(name);
        Self {
            problem: path.contains("/problems/").then_some(topic),
            topic,
            path,
            text,
            last: Cell::new((0, 1)),
        }
    }

    /// The line of a byte, from 1: counted on from the byte that was asked for before, for rules are read one after the other.
    pub(super) fn line(&self, byte: usize) -> usize {
        let (last, line) = Some(self.last.get())
            .filter(|(last, _)| *last <= byte)
            .unwrap_or((0, 1));
        let between = self.text.as_bytes().get(last..byte).unwrap_or_default();
        let line = line + memchr::memchr_iter(b'\n', between).count();
        self.last.set((byte, line));
        line
    }
}
