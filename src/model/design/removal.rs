//! A component taken out of a design, with all that is said of it.
//!
//! Knows where components are named by position or by id.

use super::{Chain, Design, Route};
use crate::model::{Attribute, Value};

impl Design {
    /// Takes a component out, with its connections, its place in flows and its tables' stores.
    pub fn remove_component(&mut self, at: usize) {
        if at >= self.components.len() {
            return;
        }
        let id = self.components.remove(at).id;
        self.forget(&id);
        let moved =
            |other: usize| (other != at).then(|| if other > at { other - 1 } else { other });
        self.connections.retain_mut(|connection| {
            match (moved(connection.from), moved(connection.to)) {
                (Some(from), Some(to)) => {
                    (connection.from, connection.to) = (from, to);
                    true
                }
                _ => false,
            }
        });
        for entity in &mut self.data {
            entity.store = entity.store.and_then(moved);
        }
        self.flows.retain_mut(|flow| flow.route.renumber(&moved));
    }

    /// Takes back what attributes say of a component that is gone.
    fn forget(&mut self, id: &str) {
        for connection in &mut self.connections {
            if connection.attributes.word(Attribute::OnMiss) == Some(id) {
                connection.attributes.remove(Attribute::OnMiss);
            }
        }
        for component in &mut self.components {
            if component.attributes.word(Attribute::DeadLetter) == Some(id) {
                component
                    .attributes
                    .set(Attribute::DeadLetter, Value::YesNo(true));
            }
        }
    }
}

impl Route {
    /// Gives components new positions; false when nothing is left of the route.
    fn renumber(&mut self, moved: &dyn Fn(usize) -> Option<usize>) -> bool {
        match self {
            Self::Path(chains) | Self::Any(chains) => {
                chains.retain_mut(|chain| chain.renumber(moved));
                !chains.is_empty()
            }
            Self::Between { from, to } => match (moved(*from), moved(*to)) {
                (Some(new_from), Some(new_to)) => {
                    (*from, *to) = (new_from, new_to);
                    true
                }
                _ => false,
            },
            Self::From(from) => moved(*from).map(|new| *from = new).is_some(),
        }
    }
}

impl Chain {
    /// Gives components new positions and closes the gaps; false when fewer than two stages are left.
    fn renumber(&mut self, moved: &dyn Fn(usize) -> Option<usize>) -> bool {
        let mut stages = Vec::new();
        let mut arrows = Vec::new();
        for (at, stage) in self.stages.iter().enumerate() {
            let stage: Vec<usize> = stage
                .iter()
                .filter_map(|component| moved(*component))
                .collect();
            if stage.is_empty() {
                continue;
            }
            stages.push(stage);
            arrows.push(self.asynchronous.get(at).copied().unwrap_or(false));
        }
        arrows.pop();
        self.stages = stages;
        self.asynchronous = arrows;
        self.stages.len() > 1
    }
}
