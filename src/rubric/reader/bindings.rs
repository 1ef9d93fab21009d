//! What a rule is asked of, one by one: a noun, or a flow with its components or connections.
//!
//! Knows `for_each`; which of them are meant is the selectors' business.

use super::super::noun::Noun;
use super::super::rule::ForEach;
use super::super::selector::Selector;
use super::RuleReader;
use crate::notation::yaml::{Fields, Node};

impl RuleReader<'_> {
    pub(super) fn for_each(&mut self, node: &Node<'_>) -> Option<ForEach> {
        let fields = Fields::of(node, "`for_each`", self.issues)?;
        let words: Vec<&str> = Noun::ALL.iter().map(|noun| noun.word()).collect();
        fields.only(&words, self.issues);
        let stated: Vec<Noun> = Noun::ALL
            .iter()
            .copied()
            .filter(|noun| fields.get(noun.word()).is_some())
            .collect();
        let mut read = |noun: Noun| {
            fields
                .get(noun.word())
                .and_then(|node| Selector::read(noun, node, self))
                .map(|selector| (noun, selector))
        };
        match stated.as_slice() {
            [noun] => read(*noun).map(|(noun, selector)| ForEach {
                noun,
                selector,
                inner: None,
            }),
            [inner @ (Noun::Component | Noun::Connection), Noun::Flow] => {
                let outer = read(Noun::Flow);
                let inner = read(*inner);
                let ((noun, selector), inner) = outer.zip(inner)?;
                Some(ForEach {
                    noun,
                    selector,
                    inner: Some(inner),
                })
            }
            // Of what is no noun the keys were complained of.
            [] if !fields.entries().is_empty() => None,
            _ => {
                let help = "one noun, or a flow and its components or connections".to_owned();
                self.issues
                    .error(node.span, "`for_each` binds these together never", help);
                None
            }
        }
    }
}

/// What the keys of `for_each` bind, the innermost last, whether or not their selectors can be read.
pub(super) fn nouns(rule: &Fields<'_, '_>) -> Vec<Noun> {
    let entries = rule.get("for_each").map(Node::entries).unwrap_or_default();
    let is_stated = |noun: &Noun| {
        let mut keys = entries.iter().filter_map(|(key, _)| key.text());
        keys.any(|key| key == noun.word())
    };
    let mut nouns: Vec<Noun> = Noun::ALL.iter().copied().filter(is_stated).collect();
    nouns.sort_by_key(|noun| *noun != Noun::Flow);
    nouns
}
