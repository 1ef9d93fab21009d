//! What the analyses compute with: each input as the design states it, or as a range from the catalog that is marked as
//! assumed, or not at all. One scenario holds one reading of the ranges.
//!
//! Knows attributes, the catalog and what is changed for a thought experiment; computes no result.

use super::sorted::Sorted;
use super::survival::{self, property};
use super::whatif::{Slower, WhatIf, Zone};
use crate::model::{
    Attribute, Component, Connection, Design, FlowKind, Quality, Range, Surrounding, Vocabulary,
};
use std::cell::RefCell;

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

/// How a component can be multiplied.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Count {
    /// So many, stated or taken as the default.
    Of(u64),
    /// Not stated, and read as plenty.
    Plenty,
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

    /// Whether nothing of a component is left after what is changed.
    #[must_use]
    pub fn is_gone(&self, at: usize) -> bool {
        if self.change.killed.contains(&at) {
            return true;
        }
        if self.change.zones.is_empty()
            && self.change.regions.is_empty()
            && !self.change.lost.contains_key(&at)
        {
            return false;
        }
        !self.is_whole(at) && matches!(self.left(at), Count::Of(0))
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

    /// How many instances a component has: as stated; one by the format's default, or plenty at best, where it is not.
    #[must_use]
    pub fn replicas(&self, at: usize) -> Count {
        let stated = self
            .component(at)
            .and_then(|c| c.attributes.count(Attribute::Replicas));
        match stated {
            Some(stated) => Count::Of(stated),
            None => self.open_count(Key::Replicas(at)),
        }
    }

    fn open_count(&self, key: Key) -> Count {
        match self.assume(key) {
            Some(set) => Count::Of(whole(set)),
            None if self.stance == Stance::Best => Count::Plenty,
            None => Count::Of(1),
        }
    }

    /// In how many parts the data of a component is split. Where a key to split by is stated and no number, it is open.
    #[must_use]
    pub fn shards(&self, at: usize) -> Count {
        let Some(component) = self.component(at) else {
            return Count::Of(1);
        };
        let attributes = &component.attributes;
        match attributes.count(Attribute::Shards) {
            Some(shards) => Count::Of(shards),
            None if attributes.get(Attribute::PartitionKey).is_some() => {
                self.open_count(Key::Shards(at))
            }
            None => Count::Of(1),
        }
    }

    /// How many of so many replicas must be up.
    #[must_use]
    pub fn needed(&self, at: usize, replicas: u64) -> u64 {
        let component = self.component(at);
        component.map_or(1, |component| survival::needed(component, replicas))
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

    /// The zones over which the instances of a component are spread, with the instances of each. One instance after the
    /// other goes to the next region, there to the next zone. None where it is not stated and read as safe, or where
    /// there are too many zones to tell them apart.
    #[must_use]
    pub fn zones(&self, at: usize, replicas: u64) -> Option<Vec<(Zone, u64)>> {
        let attributes = &self.component(at)?.attributes;
        let (zones, regions) = (
            attributes.count(Attribute::Zones),
            attributes.count(Attribute::Regions),
        );
        if zones.is_none() && regions.is_none() {
            let set = self.assume(Key::Zones(at));
            if self.stance == Stance::Best && set.is_none() {
                return None;
            }
        }
        let set = self.set_to(Key::Zones(at)).map(whole);
        spread(replicas, zones.or(set).unwrap_or(1), regions.unwrap_or(1))
    }

    /// The instances of a component that are left after what is changed.
    #[must_use]
    pub fn left(&self, at: usize) -> Count {
        if self.change.killed.contains(&at) {
            return Count::Of(0);
        }
        let Count::Of(replicas) = self.replicas(at) else {
            return Count::Plenty;
        };
        let lost = self.change.lost.get(&at).copied().unwrap_or(0);
        if self.change.zones.is_empty() && self.change.regions.is_empty() {
            return Count::Of(replicas.saturating_sub(lost));
        }
        let Some(zones) = self.zones(at, replicas) else {
            return Count::Of(replicas.saturating_sub(lost));
        };
        let standing = zones.iter().filter(|(zone, _)| !self.is_lost(*zone));
        let left: u64 = standing.map(|(_, instances)| instances).sum();
        Count::Of(left.saturating_sub(lost))
    }

    /// Whether a zone is gone after what is changed.
    #[must_use]
    pub fn is_lost(&self, zone: Zone) -> bool {
        self.change.zones.contains(&zone) || self.change.regions.contains(&zone.region)
    }

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
        let stated = component.attributes.word(Attribute::Failover);
        match stated.or_else(|| property(component, self.vocabulary, Attribute::Failover)) {
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

/// Which end of a range is the better one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// The upper end.
    High,
    /// The lower end.
    Low,
}

/// Which end of a quality is the better one.
#[must_use]
pub const fn better(quality: Quality) -> Better {
    match quality {
        Quality::Latency | Quality::FailoverTime => Better::Low,
        Quality::Capacity | Quality::Availability | Quality::HitRatio | Quality::Storage => {
            Better::High
        }
    }
}

/// Which end of a quality of the surroundings is the better one.
#[must_use]
pub const fn better_surrounding(what: Surrounding) -> Better {
    match what {
        // With a given availability, nodes that are repaired quickly fail often, and each failure costs a failover.
        Surrounding::RepairTime => Better::High,
        _ => Better::Low,
    }
}

const fn attribute_of(quality: Quality) -> Option<Attribute> {
    match quality {
        Quality::Capacity => Some(Attribute::Capacity),
        Quality::Latency => Some(Attribute::Latency),
        Quality::Availability => Some(Attribute::Availability),
        Quality::HitRatio => Some(Attribute::HitRatio),
        Quality::Storage | Quality::FailoverTime => None,
    }
}

/// An end of a range or its middle.
#[must_use]
pub fn read_range(range: &Range, better: Better, stance: Stance) -> f64 {
    let (from, to) = (range.from.quantity.value, range.to.quantity.value);
    match (stance, better) {
        (Stance::Usual, _) => middle(from, to),
        (Stance::Worst, Better::High) | (Stance::Best, Better::Low) => from,
        (Stance::Best, Better::High) | (Stance::Worst, Better::Low) => to,
    }
}

/// The middle on the scale on which people compare: nines for shares near 1, ratios for all else.
fn middle(from: f64, to: f64) -> f64 {
    if from > 0.5 && to < 1.0 {
        1.0 - ((1.0 - from) * (1.0 - to)).sqrt()
    } else if from > 0.0 && !(0.5..=1.0).contains(&to) {
        (from * to).sqrt()
    } else {
        f64::midpoint(from, to)
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

/// More zones than this are not told apart.
const MOST_ZONES: u64 = 64;

fn spread(replicas: u64, zones: u64, regions: u64) -> Option<Vec<(Zone, u64)>> {
    let regions = regions.max(1);
    let in_region = zones.div_ceil(regions).max(1);
    let cells = regions.checked_mul(in_region)?;
    if cells > MOST_ZONES {
        return None;
    }
    let cell = |at: u64| Zone {
        region: at % regions + 1,
        number: at / regions + 1,
    };
    let share = |at: u64| replicas / cells + u64::from(at < replicas % cells);
    let all = (0..cells).map(|at| (cell(at), share(at)));
    Some(all.filter(|(_, instances)| *instances > 0).collect())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts are small and positive"
)]
fn whole(number: f64) -> u64 {
    number.round().clamp(0.0, 1e15) as u64
}
