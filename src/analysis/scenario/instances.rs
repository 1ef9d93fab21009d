//! How many instances a component has, over which zones they are spread, and which are left after a change.
//!
//! Knows counts; knows not what instances serve.

use super::{Key, Scenario, Stance};
use crate::analysis::survival;
use crate::analysis::whatif::{Zone, zones_in_each};
use crate::model::Attribute;

/// How a component can be multiplied.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Count {
    /// So many, stated or taken as the default.
    Of(u64),
    /// Not stated, and read as plenty.
    Plenty,
}

impl Scenario<'_> {
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

    /// How many instances a component has: as stated; one by the format's default, or plenty at best, where it is not. Who says
    /// that so many are needed has them.
    #[must_use]
    pub fn replicas(&self, at: usize) -> Count {
        let attributes = self.component(at).map(|component| &component.attributes);
        if let Some(stated) = attributes.and_then(|all| all.count(Attribute::Replicas)) {
            return Count::Of(stated);
        }
        let needed = attributes.and_then(|all| all.count(Attribute::Needs));
        match self.open_count(Key::Replicas(at)) {
            Count::Of(assumed) => Count::Of(assumed.max(needed.unwrap_or(1))),
            Count::Plenty => Count::Plenty,
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

    /// How many partitions a carrier of messages has; none where it does not state them, or carries none.
    #[must_use]
    pub fn partitions(&self, at: usize) -> Option<u64> {
        let component = self.component(at)?;
        self.vocabulary.kinds.info(component.kind).delivery?;
        component.attributes.count(Attribute::Partitions)
    }

    /// How many of so many replicas must be up.
    #[must_use]
    pub fn needed(&self, at: usize, replicas: u64) -> u64 {
        let component = self.component(at);
        component.map_or(1, |component| survival::needed(component, replicas))
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

    /// The zones in which instances of a component are left after what is changed, with how many: what is lost is taken from
    /// where most are left, so that the others are spread as if there were no more of them. None as for [`Scenario::zones`].
    #[must_use]
    pub fn standing(&self, at: usize, replicas: u64) -> Option<Vec<(Zone, u64)>> {
        let mut standing = self.zones(at, replicas)?;
        standing.retain(|(zone, _)| !self.is_lost(*zone) && !self.change.killed.contains(&at));
        if let Some(lost) = self.change.lost.get(&at) {
            take_evenly(&mut standing, *lost);
        }
        Some(standing)
    }

    /// Whether a zone is gone after what is changed.
    #[must_use]
    pub fn is_lost(&self, zone: Zone) -> bool {
        self.change.zones.contains(&zone) || self.change.regions.contains(&zone.region)
    }
}

/// Takes so many instances, each from a zone that has most of them, of several the last.
fn take_evenly(standing: &mut Vec<(Zone, u64)>, lost: u64) {
    let up_to = |level: u64, standing: &[(Zone, u64)]| -> u64 {
        standing.iter().map(|(_, all)| *all.min(&level)).sum()
    };
    let kept = up_to(u64::MAX, standing).saturating_sub(lost);
    let most = standing.iter().map(|(_, all)| *all).max().unwrap_or(0);
    let (mut level, mut beyond) = (0, most + 1);
    while beyond - level > 1 {
        let middle = u64::midpoint(level, beyond);
        if up_to(middle, standing) <= kept {
            level = middle;
        } else {
            beyond = middle;
        }
    }
    let mut more = kept - up_to(level, standing);
    for (_, all) in standing.iter_mut().filter(|(_, all)| *all > level) {
        let extra = more.min(1);
        *all = level + extra;
        more -= extra;
    }
    standing.retain(|(_, all)| *all > 0);
}

/// More zones with instances than this are not told apart.
const MOST_ZONES: u64 = 64;

fn spread(replicas: u64, zones: u64, regions: u64) -> Option<Vec<(Zone, u64)>> {
    let regions = regions.max(1);
    let in_region = zones_in_each(regions, zones);
    // No more zones hold an instance than there are instances.
    let cells = regions.saturating_mul(in_region).min(replicas.max(1));
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
