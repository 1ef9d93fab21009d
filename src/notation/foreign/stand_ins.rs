//! Names that stand for texts said elsewhere in a file: `${name}`.
//!
//! Knows how they are written; knows not where what they stand for is said.

use std::collections::BTreeMap;

/// Letters that a text may have before names in it are left as they are: of few letters they could make very many.
const MOST: usize = 4096;

/// A text with what its names stand for; those that stand for nothing are left as they are.
pub(super) fn filled(text: &str, known: &BTreeMap<String, String>) -> String {
    let mut full = String::new();
    let mut rest = text;
    while let Some((before, name, after)) = named(rest).filter(|_| full.len() <= MOST) {
        full.push_str(before);
        match known.get(name.trim()) {
            Some(value) => full.push_str(value),
            None => full.extend(["${", name, "}"]),
        }
        rest = after;
    }
    full.push_str(rest);
    full
}

/// What stands before the first `${name}`, the name, and what stands behind it.
fn named(text: &str) -> Option<(&str, &str, &str)> {
    let (before, from) = text.split_once("${")?;
    let (name, after) = from.split_once('}')?;
    Some((before, name, after))
}
