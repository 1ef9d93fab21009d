//! What the analyses compute with: each input as the design states it, or as a range from the catalog that is marked as
//! assumed, or not at all. One scenario holds one reading of the ranges.
//!
//! Knows attributes, the catalog and what is changed for a thought experiment; computes no result.

mod instances;
mod leader;
mod range;

use std::cell::RefCell;

use super::sorted::Sorted;
use super::survival;
use super::whatif::{Slower, WhatIf};
use crate::model::{
    Attribute, Component, Connection, Design, FlowKind, Quality, Range, Surrounding, Vocabulary,
};
pub use instances::Count;
pub use leader::{Leadership, single_leader};
pub use range::{Better, better, better_surrounding, read_range};

/// Which end of a range is taken: every analysis is done with the worst inputs, with usual ones, and with the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stance {
    /// The ends that make things worse.
    Worst,
    /// The middle.
    Usual,
    /// The ends that make things better.
    Best,
}

impl Stance {
    /// All three, the worst first.
    pub const ALL: [Self; 3] = [Self::Worst, Self::Usual, Self::Best];
}

/// An input that a design may leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A quality of a component.
    Component(Quality, usize),
    /// A quality of what components run on.
    Surrounding(Surrounding),
    /// How many instances a component has.
    Replicas(usize),
    /// Over how many zones a component is spread.
    Zones(usize),
    /// In how many parts a store is split.
    Shards(usize),
    /// What happens when the leader of a component fails.
    Failover(usize),
    /// Whether a component makes its calls at once or one after the other.
    AtOnce(usize),
    /// Whether a flow reads or writes.
    FlowKind(usize),
    /// Whether a single instance takes the writes of a store.
    Leader(usize),
}

impl Key {
    /// The component for which alone a request takes another time, if the load of everything is the same.
    pub(super) const fn stop(self) -> Option<usize> {
        match self {
            Self::Component(Quality::Capacity | Quality::Latency, at)
            | Self::Replicas(at)
            | Self::Shards(at)
            | Self::Leader(at) => Some(at),
            _ => None,
        }
    }
}

/// What a component can serve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Capacity {
    /// Requests a second of one instance.
    EachServes(f64),
    /// It grows with the load: a provider's matter, or outside of the system.
    Grows,
    /// Neither stated nor usual.
    Unknown,
}

/// One reading of everything that the analyses need.
#[derive(Debug)]
pub struct Scenario<'s> {
    /// What was stated.
    pub design: &'s Design,
    /// The catalog.
    pub vocabulary: &'s Vocabulary,
    /// Which ends of the ranges are read.
    pub stance: Stance,
    /// What is changed.
    pub change: &'s WhatIf,
    /// An input that is set apart from the stance, to find where a verdict flips.
    pub set: Option<(Key, f64)>,
    used: RefCell<Sorted<Key>>,
    missing: RefCell<Sorted<String>>,
}

impl<'s> Scenario<'s> {
    /// A reading of a design.
    #[must_use]
    pub fn new(
        design: &'s Design,
        vocabulary: &'s Vocabulary,
        stance: Stance,
        change: &'s WhatIf,
    ) -> Self {
        Self {
            design,
            vocabulary,
            stance,
            change,
            set: None,
            used: RefCell::default(),
            missing: RefCell::default(),
        }
    }

    /// The assumed inputs that were read so far; forgets them.
    pub fn take_used(&self) -> Sorted<Key> {
        self.used.take()
    }

    /// The facts that were asked for and have no basis, such as "availability of api"; forgets them.
    pub fn take_missing(&self) -> Sorted<String> {
        self.missing.take()
    }

    /// Notes a fact that has no basis.
    pub fn miss(&self, fact: String) {
        self.missing.borrow_mut().insert(fact);
    }

    /// A component by position.
    #[must_use]
    pub fn component(&self, at: usize) -> Option<&'s Component> {
        self.design.components.get(at)
    }

    /// A connection by position.
    #[must_use]
    pub fn connection(&self, at: Option<usize>) -> Option<&'s Connection> {
        self.design.connections.get(at?)
    }

    /// What an assumed input is set to, if it is, noting that it was read. Where one is set, nobody asks what was read.
    fn assume(&self, key: Key) -> Option<f64> {
        if self.set.is_none() {
            self.used.borrow_mut().insert(key);
        }
        self.set_to(key)
    }

    fn set_to(&self, key: Key) -> Option<f64> {
        let (_, value) = self.set.filter(|(set, _)| *set == key)?;
        Some(value)
    }

    fn of_range(&self, key: Key, range: &Range, better: Better) -> f64 {
        self.assume(key)
            .unwrap_or_else(|| read_range(range, better, self.stance))
    }

    /// A quality of a component, in base units: stated, or usual.
    #[must_use]
    pub fn quality(&self, quality: Quality, at: usize) -> Option<f64> {
        let component = self.component(at)?;
        let stated = attribute_of(quality).and_then(|name| component.attributes.number(name));
        if stated.is_some() {
            return stated;
        }
        let usual = self
            .vocabulary
            .usual(component.kind, component.tech, quality)?;
        Some(self.of_range(Key::Component(quality, at), usual, better(quality)))
    }

    /// As [`Scenario::quality`], and noted as missing where it has no basis.
    fn wanted(&self, quality: Quality, at: usize) -> Option<f64> {
        let found = self.quality(quality, at);
        if found.is_none() {
            self.miss(format!("{} of {}", quality.word(), self.design.id(at)));
        }
        found
    }

    /// A quality of what components run on.
    #[must_use]
    pub fn surrounding(&self, what: Surrounding) -> f64 {
        let platform = self.design.platform.as_ref();
        let stated = match what {
            Surrounding::ZoneRoundTrip => platform.and_then(|p| p.zone_round_trip.as_ref()),
            Surrounding::RegionRoundTrip => platform.and_then(|p| p.region_round_trip.as_ref()),
            _ => None,
        };
        if let Some(figure) = stated {
            return figure.quantity.value;
        }
        let better = better_surrounding(what);
        let range = self.vocabulary.surroundings.range(what);
        self.of_range(Key::Surrounding(what), range, better)
    }

    /// The time at p50 that one request takes in a component, in seconds, with what is changed.
    #[must_use]
    pub fn latency(&self, at: usize) -> Option<f64> {
        let stated = self.wanted(Quality::Latency, at);
        let changes = self.change.slower.iter().filter(|(which, _)| *which == at);
        changes.fold(stated, |time, (_, slower)| match slower {
            Slower::By(more) => time.map(|time| time + more),
            Slower::Times(factor) => time.map(|time| time * factor),
            Slower::To(other) => Some(*other),
        })
    }

    /// The share of reads that a component answers itself, for those that keep answers.
    #[must_use]
    pub fn hit_ratio(&self, at: usize) -> Option<f64> {
        let component = self.component(at)?;
        let keeps = component.attributes.get(Attribute::HitRatio).is_some()
            || self
                .vocabulary
                .usual(component.kind, component.tech, Quality::HitRatio)
                .is_some();
        if !keeps {
            return None;
        }
        if self.change.cold_cache || self.is_gone(at) {
            return Some(0.0);
        }
        self.quality(Quality::HitRatio, at)
    }

    /// What one instance serves.
    #[must_use]
    pub fn capacity(&self, at: usize) -> Capacity {
        let Some(component) = self.component(at) else {
            return Capacity::Unknown;
        };
        let kind = self.vocabulary.kinds.info(component.kind);
        if let Some(each) = self.quality(Quality::Capacity, at) {
            return Capacity::EachServes(each);
        }
        if kind.origin || is_provided(component, self.vocabulary) {
            return Capacity::Grows;
        }
        self.miss(format!("capacity of {}", component.id));
        Capacity::Unknown
    }

    /// A provider runs it, and its availability is that of the service as a whole.
    #[must_use]
    pub fn is_whole(&self, at: usize) -> bool {
        self.component(at).is_some_and(|component| {
            let attributes = &component.attributes;
            let stated = attributes.get(Attribute::Availability).is_some()
                && attributes.get(Attribute::Replicas).is_some();
            is_provided(component, self.vocabulary) && !stated
        })
    }

    /// The share of time that one instance is up; noted as missing where it has no basis. What is known of a provider's
    /// service is what it promises, which it may well surpass: at best it is always up.
    #[must_use]
    pub fn availability(&self, at: usize) -> Option<f64> {
        let found = self.wanted(Quality::Availability, at)?;
        let key = Key::Component(Quality::Availability, at);
        let stated = self
            .component(at)
            .is_some_and(|component| component.attributes.get(Attribute::Availability).is_some());
        let surpassed = !stated
            && self.stance == Stance::Best
            && self.set_to(key).is_none()
            && super::assumption::is_promise(key, self.vocabulary, self.design);
        Some(if surpassed { 1.0 } else { found })
    }

    /// Whether the calls of a component are made at once. Nobody states it: one after the other at worst.
    #[must_use]
    pub fn at_once(&self, at: usize) -> bool {
        self.assume(Key::AtOnce(at))
            .map_or(self.stance != Stance::Worst, |set| set >= 1.0)
    }

    /// Whether a flow is counted among those that write. Where its kind is not stated, it is at worst.
    #[must_use]
    pub fn writes(&self, flow: usize, kind: Option<FlowKind>) -> bool {
        match kind {
            Some(kind) => kind == FlowKind::Write,
            None => self
                .assume(Key::FlowKind(flow))
                .map_or(self.stance == Stance::Worst, |set| set < 1.0),
        }
    }
}

/// A provider runs a component: it stands outside of the system, or is managed.
#[must_use]
pub fn is_provided(component: &Component, vocabulary: &Vocabulary) -> bool {
    vocabulary.kinds.info(component.kind).provided
        || survival::is_managed(component, vocabulary) == Some(true)
}

const fn attribute_of(quality: Quality) -> Option<Attribute> {
    match quality {
        Quality::Capacity => Some(Attribute::Capacity),
        Quality::Latency => Some(Attribute::Latency),
        Quality::Availability => Some(Attribute::Availability),
        Quality::HitRatio => Some(Attribute::HitRatio),
        Quality::Storage | Quality::FailoverTime | Quality::MessagesPerWrite => None,
    }
}
