//! Storage: how fast each store fills, what its copies take, and when a node has no room left.
//!
//! Knows write rates and sizes; where sizes are stated is the caller's business.

use std::collections::{BTreeMap, BTreeSet};

use super::inputs::Inputs;
use super::load::as_number;
use super::scenario::{Count, Scenario, Stance, single_leader};
use super::study::Study;
use super::verdict::Reckoning;
use crate::model::{Attribute, Quality, Surrounding};

/// What a design says of the size and the life of its data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sizes {
    /// How large the entries of each store are, as far as is said.
    pub entry: BTreeMap<usize, Entry>,
    /// How long data is kept, in seconds, where a figure says so.
    pub retention: Option<f64>,
    /// How many copies there are of all data, where a figure says so.
    pub copies: Option<f64>,
}

/// How large the entries of a store are. Those of several tables differ, and which of them is written how often is not said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Bytes of an entry of the table with the smallest.
    pub least: f64,
    /// Bytes of an entry of the table with the largest.
    pub most: f64,
    /// The figures that say so, by name.
    pub names: BTreeSet<String>,
}

impl Entry {
    /// What a figure says.
    #[must_use]
    pub fn of(bytes: f64, name: &str) -> Self {
        Self {
            least: bytes,
            most: bytes,
            names: BTreeSet::from([name.to_owned()]),
        }
    }

    /// What is said of two tables together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            least: self.least.min(other.least),
            most: self.most.max(other.most),
            names: self.names.into_iter().chain(other.names).collect(),
        }
    }

    /// The bytes of an entry: the largest at worst, the middle as of any range, the smallest at best.
    #[must_use]
    pub fn bytes(&self, stance: Stance) -> f64 {
        match stance {
            Stance::Worst => self.most,
            Stance::Usual if self.least < self.most => (self.least * self.most).sqrt(),
            Stance::Usual | Stance::Best => self.least,
        }
    }
}

/// How a store fills.
#[derive(Clone, Debug, PartialEq)]
pub struct Growth {
    /// The store.
    pub store: usize,
    /// Entries written a second.
    pub writes: Reckoning,
    /// How large an entry is, where figures say so.
    pub entry: Option<Entry>,
    /// Bytes a day, one copy.
    pub a_day: Reckoning,
    /// Copies of all data.
    pub copies: Reckoning,
    /// Seconds that data is kept, where it is stated.
    pub retention: Option<f64>,
    /// Bytes of all copies when the oldest data goes, where retention is stated.
    pub kept: Reckoning,
    /// Seconds until a node is full; none where it never is, or can't be told.
    pub full_after: Reckoning,
}

/// Seconds of a day.
pub const DAY: f64 = 86_400.0;

/// How each store with a known rate of writes fills.
#[must_use]
pub fn growth(study: &Study<'_>, sizes: &Sizes) -> Vec<Growth> {
    let design = study.subject.design;
    let kinds = &study.subject.vocabulary.kinds;
    let keeps = |at: &usize| {
        design.components.get(*at).is_some_and(|component| {
            let info = kinds.info(component.kind);
            info.holds_data && !info.bypassed
        })
    };
    let stores = (0..design.components.len()).filter(keeps);
    stores
        .filter_map(|store| of_store(store, study, sizes))
        .collect()
}

fn of_store(store: usize, study: &Study<'_>, sizes: &Sizes) -> Option<Growth> {
    let writes = Stance::ALL.map(|stance| {
        let arriving = study.loads(stance).average.get(store);
        arriving.map_or(0.0, |load| load.writes)
    });
    if writes.iter().all(|writes| *writes <= 0.0) {
        return None;
    }
    let entry = sizes.entry.get(&store).cloned();
    let found = study.subject.design.components.get(store)?;
    let retention = found
        .attributes
        .number(Attribute::Retention)
        .or(sizes.retention);
    let mut inputs = study.utilisation(store, super::Moment::Average).1.inputs;
    if entry.is_none() {
        inputs
            .missing
            .insert(format!("size of an entry in {}", found.id));
    }
    let read: Vec<Filling> = Stance::ALL
        .into_iter()
        .zip(writes)
        .map(|(stance, writes)| {
            let scenario = study.scenario(stance);
            let filling = filling(store, writes, entry.as_ref(), retention, sizes, &scenario);
            inputs.join_taken(&scenario);
            filling
        })
        .collect();
    Some(Growth {
        store,
        writes: reckoning(&read, &inputs, |filling| Some(filling.writes)),
        entry,
        a_day: reckoning(&read, &inputs, |filling| filling.a_day),
        copies: reckoning(&read, &inputs, |filling| Some(filling.copies)),
        retention,
        kept: reckoning(&read, &inputs, |filling| filling.kept),
        full_after: reckoning(&read, &inputs, |filling| filling.full_after),
    })
}

fn reckoning(read: &[Filling], inputs: &Inputs, value: fn(&Filling) -> Option<f64>) -> Reckoning {
    let of = |at: usize| read.get(at).and_then(value);
    Reckoning {
        worst: of(0),
        usual: of(1),
        best: of(2),
        inputs: inputs.clone(),
    }
}

struct Filling {
    writes: f64,
    a_day: Option<f64>,
    copies: f64,
    kept: Option<f64>,
    full_after: Option<f64>,
}

fn filling(
    store: usize,
    writes: f64,
    entry: Option<&Entry>,
    retention: Option<f64>,
    sizes: &Sizes,
    scenario: &Scenario<'_>,
) -> Filling {
    let a_day = entry.map(|entry| writes * entry.bytes(scenario.stance) * DAY);
    let copies = copies(store, sizes, scenario);
    let kept = a_day
        .zip(retention)
        .map(|(a_day, retention)| a_day / DAY * retention * copies);
    let nodes = nodes(store, scenario);
    let room = scenario.quality(Quality::Storage, store);
    let full_after = match (a_day, nodes, room) {
        (Some(a_day), Some(nodes), Some(room)) if a_day > 0.0 => {
            let each_second = a_day / DAY * copies / nodes;
            let after = room / each_second;
            retention
                .is_none_or(|retention| after < retention)
                .then_some(after)
        }
        _ => None,
    };
    Filling {
        writes,
        a_day,
        copies,
        kept,
        full_after,
    }
}

/// Copies of all data: every replica holds all of it under a single leader; where data is spread over nodes, as often as
/// stated or usual; what a provider runs is counted once.
fn copies(store: usize, sizes: &Sizes, scenario: &Scenario<'_>) -> f64 {
    let Some(component) = scenario.component(store) else {
        return 1.0;
    };
    if scenario.is_whole(store) {
        return sizes.copies.unwrap_or(1.0);
    }
    let replicas = match scenario.replicas(store) {
        Count::Of(replicas) => as_number(replicas),
        Count::Plenty => 1.0,
    };
    if single_leader(component, scenario.vocabulary) == Some(false) {
        let usual = || scenario.surrounding(Surrounding::Copies);
        return sizes.copies.unwrap_or_else(usual).min(replicas).max(1.0);
    }
    replicas
}

/// Nodes that the data of all copies lies on; none where a provider's service grows by itself.
fn nodes(store: usize, scenario: &Scenario<'_>) -> Option<f64> {
    if scenario.is_whole(store) {
        return None;
    }
    match (scenario.replicas(store), scenario.shards(store)) {
        (Count::Of(replicas), Count::Of(shards)) => Some(as_number(replicas) * as_number(shards)),
        _ => None,
    }
}
