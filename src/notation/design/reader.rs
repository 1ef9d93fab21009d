//! What the readers of all parts share: the design so far, the places noted, the complaints.
//!
//! Knows the vocabulary; knows no key of the file.

use std::collections::BTreeSet;

use crate::model::{Design, Place, Vocabulary, spelling};
use crate::notation::yaml::{Fields, Limits};
use crate::source::{Issues, Places, Span};

/// A design being read.
pub(super) struct Reader<'v> {
    pub vocabulary: &'v Vocabulary,
    pub limits: Limits,
    pub design: Design,
    pub places: Places,
    pub issues: Issues,
    /// Ids of components that could not be read: naming them elsewhere is no second mistake.
    pub broken: BTreeSet<String>,
}

impl<'v> Reader<'v> {
    pub fn new(vocabulary: &'v Vocabulary, limits: Limits) -> Self {
        Self {
            vocabulary,
            limits,
            design: Design::default(),
            places: Places::default(),
            issues: Issues::default(),
            broken: BTreeSet::new(),
        }
    }

    /// The position of a component; complains of unknown ids.
    pub fn component(&mut self, id: &str, span: Span) -> Option<usize> {
        let found = self.design.component(id);
        if found.is_none() && !self.broken.contains(id) {
            let ids: Vec<&str> = self
                .design
                .components
                .iter()
                .map(|component| component.id.as_str())
                .collect();
            let help = spelling::did_you_mean(id, &ids)
                .unwrap_or_else(|| format!("add it to `components`: `{id}: service`"));
            self.issues
                .error(span, format!("unknown component `{id}`"), help);
        }
        found
    }

    /// Notes where a key of a map stands as a place.
    pub fn note_key(&mut self, fields: &Fields<'_, '_>, key: &str, place: Place) {
        if let Some(node) = fields.get(key) {
            self.places.note(place, node.span);
        }
    }
}
