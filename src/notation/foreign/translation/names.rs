//! Ids for what people call boxes: words with hyphens, each once.
//!
//! Knows what an id may be; knows no kinds.

use std::collections::BTreeSet;

use crate::notation::arrows::is_id;

/// The ids that are taken.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeSet<String>);

/// Letters of an id; more would fill the lines of arrows.
const MOST: usize = 40;

/// What a box is called of which nothing is said.
const UNNAMED: &str = "unnamed";

impl Names {
    /// An id after the first of some names that makes one, which no other has.
    pub fn unique(&mut self, name: &str, other: &str) -> String {
        let ids = [name, other].into_iter().map(id_of);
        let mut ids = ids.filter(|id| is_id(id));
        let id = ids.next().unwrap_or_else(|| UNNAMED.to_owned());
        let numbered = (2..).map(|number| format!("{id}-{number}"));
        let mut free = std::iter::once(id.clone()).chain(numbered);
        let id = free.find(|id| !self.0.contains(id)).unwrap_or(id);
        self.0.insert(id.clone());
        id
    }
}

/// A name as an id: small letters, and hyphens between words.
pub(super) fn id_of(name: &str) -> String {
    let mut id = String::new();
    for word in name.split(|c: char| !c.is_alphanumeric() && c != '_') {
        let is_full = id.len() + word.len() > MOST && !id.is_empty();
        if is_full || word.is_empty() {
            continue;
        }
        if !id.is_empty() {
            id.push('-');
        }
        id.extend(word.chars().take(MOST).flat_map(char::to_lowercase));
    }
    id
}

/// Whether an id says all that a title does.
pub(super) fn is_said(title: &str, id: &str) -> bool {
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    plain(title) == plain(id)
}
