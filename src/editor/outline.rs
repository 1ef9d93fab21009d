//! What a text consists of, as a list to jump by: its parts, and what stands in each.
//!
//! Knows keys and items; knows not what they mean.

use super::draft::Draft;
use crate::notation::yaml::Sort;
use crate::source::Span;

/// Something in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is called.
    pub name: String,
    /// What is said of it, in a word or two.
    pub detail: String,
    /// Its key, or the words that it is called by.
    pub head: Span,
    /// All of it.
    pub whole: Span,
    /// What stands in it.
    pub inner: Vec<Self>,
}

/// Entries within each other at most: parts and what stands in them.
const DEPTH: usize = 2;

impl Draft<'_> {
    /// What the text consists of.
    #[must_use]
    pub fn outline(&self) -> Vec<Entry> {
        self.entries_below(None, DEPTH)
    }

    fn entries_below(&self, above: Option<usize>, depth: usize) -> Vec<Entry> {
        let Some(left) = depth.checked_sub(1) else {
            return Vec::new();
        };
        let below = self.sketch.below(above).map(|(at, _)| at);
        below.filter_map(|at| self.entry(at, left)).collect()
    }

    fn entry(&self, at: usize, depth: usize) -> Option<Entry> {
        let piece = self.sketch.pieces.get(at)?;
        let head = match piece.sort {
            Sort::Key => piece.span,
            // An item is called by what it begins with.
            Sort::Item => self.sketch.below(Some(at)).next()?.1.span,
            Sort::Text => return None,
        };
        let name = self.slice(head).trim();
        let detail = match piece.sort {
            Sort::Key => self.said_of(at).unwrap_or_default(),
            _ => self.first_value(at),
        };
        let whole = self.sketch.whole(at);
        (!name.is_empty()).then(|| Entry {
            name: name.to_owned(),
            detail: detail.to_owned(),
            head,
            whole: Span::new(whole.start.min(head.start), whole.end.max(head.end)),
            inner: self.entries_below(Some(at), depth),
        })
    }

    /// The value of the first key of an item, where it is a map.
    fn first_value(&self, item: usize) -> &str {
        let mut keys = self.sketch.keys(self.text, Some(item));
        let first = keys
            .next()
            .and_then(|(key, _)| self.sketch.value(self.text, key));
        first.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::report::Document;

    fn names(entries: &[Entry]) -> Vec<String> {
        let inner = |entry: &Entry| match entry.inner.as_slice() {
            [] => String::new(),
            inner => format!("({})", names(inner).join(", ")),
        };
        let shown = |entry: &Entry| format!("{}={}{}", entry.name, entry.detail, inner(entry));
        entries.iter().map(shown).collect()
    }

    #[test]
    fn parts_and_what_stands_in_them_are_listed_even_of_a_broken_text() {
        let text = "title: x\ncomponents:\n  web: client\n  db: {tech: redis, replicas: 3\nconnections:\n  - web -> db\n  - {from: web, to: db}\nallow: [{rule: a";
        let draft = Draft::new(text, Document::Design, Catalog::embedded());
        let outline = draft.outline();
        assert_eq!(
            names(&outline),
            [
                "title=x",
                "components=(web=client, db=redis)",
                "connections=(web -> db=, from=web)",
                "allow=(rule=a)"
            ]
        );
        let components = outline.get(1).unwrap();
        assert_eq!(draft.slice(components.head), "components");
        assert!(draft.slice(components.whole).ends_with("replicas: 3"));
        for entry in &outline {
            for inner in &entry.inner {
                assert!(
                    entry.whole.start <= inner.whole.start && inner.whole.end <= entry.whole.end
                );
            }
        }
    }
}
