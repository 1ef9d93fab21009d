//! What results rest on.
//!
//! Knows assumptions and open facts; knows no analysis.

use super::scenario::{Key, Scenario};
use super::sorted::Sorted;

/// The inputs that a result rests on beside those that are stated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Those that are assumed.
    pub assumed: Sorted<Key>,
    /// Facts without a basis.
    pub missing: Sorted<String>,
}

/// More inputs than this are not told of one result.
pub(super) const MOST_INPUTS: usize = 64;

impl Inputs {
    /// What a scenario was asked since it was last taken.
    pub(super) fn taken(scenario: &Scenario<'_>) -> Self {
        Self {
            assumed: scenario.take_used(),
            missing: scenario.take_missing(),
        }
    }

    /// As [`Inputs::taken`], added to these.
    pub(super) fn join_taken(&mut self, scenario: &Scenario<'_>) {
        self.join(&Self::taken(scenario));
    }

    pub(super) fn join(&mut self, other: &Self) {
        let room = MOST_INPUTS.saturating_sub(self.assumed.len());
        self.assumed
            .extend(other.assumed.iter().copied().take(room));
        let room = MOST_INPUTS.saturating_sub(self.missing.len());
        self.missing
            .extend(other.missing.iter().take(room).cloned());
    }
}
