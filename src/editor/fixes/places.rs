//! Where attributes of components and connections are written, so that they are stated there.
//!
//! Knows the forms of a design file; knows no finding.

use super::CONNECTIONS;
use crate::editor::draft::{COMPONENTS, Draft};
use crate::model::vocabulary::Meaning;
use crate::model::{Attribute, Design, Value};
use crate::notation::arrows;
use crate::notation::design;
use crate::notation::yaml::{self, Content, Edit, Fields, Node, add_entries, add_item, outer};
use crate::source::Issues;

impl Draft<'_> {
    /// Attributes stated of a component.
    pub(super) fn component_edits(
        &self,
        root: &Node<'_>,
        id: &str,
        change: &[(Attribute, Value)],
    ) -> Option<Vec<Edit>> {
        let component = entry(entry(root, COMPONENTS)?, id)?;
        if let Content::Map(_) = component.content {
            return self.attribute_edits(component, change);
        }
        let word = component.text()?;
        let key = match self.catalog.knowledge.vocabulary.meaning(word)? {
            Meaning::Kind(_) => "kind",
            Meaning::Tech(_) => "tech",
        };
        let span = outer(self.text, component);
        let words = format!("{{{key}: {}, {}}}", self.slice(span), pairs(change));
        Some(vec![(span, words)])
    }

    /// Attributes stated in a map: those that stand there get other values, the others are added.
    fn attribute_edits(&self, map: &Node<'_>, change: &[(Attribute, Value)]) -> Option<Vec<Edit>> {
        let mut edits = Vec::new();
        let mut new = Vec::new();
        for (attribute, value) in change {
            let name = attribute.row().name;
            match entry(map, name) {
                Some(node) => edits.push((outer(self.text, node), written(value))),
                None => new.push((name.to_owned(), written(value))),
            }
        }
        if !new.is_empty() {
            edits.push(add_entries(self.text, map, &new)?);
        }
        Some(edits)
    }

    /// A connection that stands for itself has its attributes there; one of a longer chain gets an item of its own.
    pub(super) fn connection_edits(
        &self,
        root: &Node<'_>,
        design: &Design,
        at: usize,
        change: &[(Attribute, Value)],
    ) -> Option<Vec<Edit>> {
        let edge = design.connections.get(at)?;
        let (from, to) = (design.id(edge.from), design.id(edge.to));
        let list = entry(root, CONNECTIONS)?;
        let Content::List(items) = &list.content else {
            return None;
        };
        let is_it = |text: &str| {
            let words = arrows::words(text);
            let words: Vec<&str> = words
                .into_iter()
                .filter_map(|word| text.get(word))
                .collect();
            words == [from, to] && text.contains("~>") == edge.asynchronous
        };
        for item in items {
            let ends = ["from", "to"].map(|key| entry(item, key).and_then(Node::text));
            if ends == [Some(from), Some(to)] {
                return self.attribute_edits(item, change);
            }
            let mut entries = item.entries().iter();
            let own = entries.find(|(key, _)| key.text().is_some_and(is_it));
            if let Some((_, attributes)) = own {
                return self.attribute_edits(attributes, change);
            }
        }
        let arrow = if edge.asynchronous { "~>" } else { "->" };
        let pairs = format!("{{{}}}", pairs(change));
        let item = if self.slice(list.span).starts_with('[') {
            format!("{{{from} {arrow} {to}: {pairs}}}")
        } else {
            format!("{from} {arrow} {to}: {pairs}")
        };
        Some(vec![add_item(self.text, list, &item)?])
    }
}

/// The value of a key of a map.
pub(super) fn entry<'n, 't>(map: &'n Node<'t>, key: &str) -> Option<&'n Node<'t>> {
    Fields::of(map, "", &mut Issues::default())?.get(key)
}

/// An attribute as it stands in brackets.
pub(super) fn pair(attribute: Attribute, value: &Value) -> String {
    format!("{}: {}", attribute.row().name, written(value))
}

/// Attributes as they stand in brackets.
pub(super) fn pairs(change: &[(Attribute, Value)]) -> String {
    let pairs = change.iter().map(|(name, value)| pair(*name, value));
    pairs.collect::<Vec<_>>().join(", ")
}

/// A value as it stands in brackets.
fn written(value: &Value) -> String {
    yaml::in_brackets(&design::attribute_value(value)).unwrap_or_else(|| value.shown())
}
