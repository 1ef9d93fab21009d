//! Concepts.
//!
//! Knows their keys; knows no concept.

use super::super::concept::Concept;
use super::keys::{CONCEPT, CONCEPT_FILE};
use super::{RuleReader, UseSite};
use crate::notation::yaml::{Fields, Node};

impl RuleReader<'_> {
    /// Reads a file of concepts.
    pub fn concept_file(&mut self, node: &Node<'_>) -> Vec<Concept> {
        let Some(fields) = Fields::of(node, "a file of concepts", self.issues) else {
            return Vec::new();
        };
        fields.known(CONCEPT_FILE, self.issues);
        self.each(&fields, "concepts", Self::concept)
    }

    fn concept(&mut self, node: &Node<'_>) -> Option<Concept> {
        let fields = Fields::of(node, "a concept", self.issues)?;
        fields.known(CONCEPT, self.issues);
        let id = fields.required("id", self.issues);
        let title = fields.required("title", self.issues);
        let wordings = self.needed(&fields, "wordings");
        let wordings = wordings.and_then(|node| self.wordings(node));
        let not = match fields.get("not") {
            Some(node) => self.wordings(node).map(Some),
            None => Some(None),
        };
        let (hits, misses) = (
            fields.texts("hits", self.issues),
            fields.texts("misses", self.issues),
        );
        if self.strict && hits.is_empty() {
            let help = "add a phrase that mentions it".to_owned();
            self.issues
                .error(node.span, "a concept without `hits`", help);
        }
        let site = id.clone().map(UseSite::Concept);
        if let Some(site) = site.clone() {
            self.defines(site, &fields);
        }
        let read = || {
            Some(Concept {
                id: id?,
                title: title?,
                wordings: wordings?,
                not: not?,
                hits,
                misses,
            })
        };
        self.or_broken(read(), site)
    }
}
