//! Quorums that no figure counts.
//!
//! Knows one component; knows no flow.

use super::scenario::is_provided;
use super::survival::property;
use crate::model::{Attribute, Component, Vocabulary};

/// Whether a component answers by a quorum, as stated or as its technology does, and one of its instances counts as enough all
/// the same, for nothing is said of how many it needs. Of what a provider runs nobody asks for instances.
#[must_use]
pub fn is_uncounted(component: &Component, vocabulary: &Vocabulary) -> bool {
    let attributes = &component.attributes;
    let is_quorum = |attribute: Attribute| {
        let stated = attributes.word(attribute);
        stated.or_else(|| property(component, vocabulary, attribute)) == Some("quorum")
    };
    attributes.count(Attribute::Replicas).is_some_and(|n| n > 1)
        && attributes.get(Attribute::Needs).is_none()
        && (is_quorum(Attribute::Consistency) || is_quorum(Attribute::Replication))
        && !is_provided(component, vocabulary)
}
