//! Who takes the writes of a component, and how they go on when it is lost.
//!
//! Knows leaders and how they are followed; counts no instances.

use super::{Key, Scenario, Stance};
use crate::analysis::survival::{failover, property};
use crate::model::{Attribute, Component, FlowKind, Quality, Surrounding, Vocabulary};

/// How the writes of a store go on when its leader is lost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Leadership {
    /// No single instance takes the writes.
    Shared,
    /// Nobody takes over: writes work while the leader does.
    Fixed,
    /// Another takes over.
    Moves {
        /// How long that takes.
        seconds: f64,
        /// A person has to do it.
        by_hand: bool,
    },
}

impl Scenario<'_> {
    /// Who takes the writes of a component, and what happens when it is lost. Flows that only read need no leader.
    #[must_use]
    pub fn leadership(&self, at: usize, kind: Option<FlowKind>) -> Leadership {
        let Some(component) = self.component(at) else {
            return Leadership::Shared;
        };
        if kind == Some(FlowKind::Read) || single_leader(component, self.vocabulary) == Some(false)
        {
            return Leadership::Shared;
        }
        match failover(component, self.vocabulary) {
            Some("automatic") => self.moves(at),
            Some("manual") => Leadership::Moves {
                seconds: self.surrounding(Surrounding::ManualFailoverTime),
                by_hand: true,
            },
            Some(_) => Leadership::Fixed,
            None => {
                let set = self.assume(Key::Failover(at));
                if set.map_or(self.stance == Stance::Best, |set| set >= 1.0) {
                    self.moves(at)
                } else {
                    Leadership::Fixed
                }
            }
        }
    }

    fn moves(&self, at: usize) -> Leadership {
        let usual = self.quality(Quality::FailoverTime, at);
        Leadership::Moves {
            seconds: usual.unwrap_or_else(|| self.surrounding(Surrounding::FailoverTime)),
            by_hand: false,
        }
    }

    /// Whether a single instance takes the writes of a component. Where nothing says so, it is so at worst.
    #[must_use]
    pub fn has_single_leader(&self, at: usize) -> bool {
        let Some(component) = self.component(at) else {
            return false;
        };
        single_leader(component, self.vocabulary).unwrap_or_else(|| {
            self.assume(Key::Leader(at))
                .map_or(self.stance == Stance::Worst, |set| set < 1.0)
        })
    }
}

/// Whether a single instance takes the writes of a component; none where it is neither stated nor known of its technology.
#[must_use]
pub fn single_leader(component: &Component, vocabulary: &Vocabulary) -> Option<bool> {
    let info = vocabulary.kinds.info(component.kind);
    if !info.holds_data || info.bypassed {
        return Some(false);
    }
    if let Some(stated) = component.attributes.word(Attribute::Leader) {
        return Some(stated == "single");
    }
    let tech = vocabulary.technologies.info(component.tech?);
    if tech.properties().contains_key("leader_per") {
        return Some(false);
    }
    property(component, vocabulary, Attribute::Leader).map(|known| known == "single")
}
