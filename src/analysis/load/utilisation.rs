//! How much of what a component can serve its load asks of it, and how many instances would do.
//!
//! Knows leaders, replicas and shards; knows no flows.

use super::Load;
use crate::analysis::queueing;
use crate::analysis::scenario::{Capacity, Count, Scenario};
use crate::model::{Attribute, Surrounding};

/// How much of what a component can serve is asked of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Use {
    /// The share; 1 and more is saturated.
    Share(f64),
    /// It grows with the load.
    Grows,
    /// It is gone.
    Gone,
    /// Its capacity has no basis.
    Unknown,
}

impl Use {
    /// The share, where it is one.
    #[must_use]
    pub const fn share(self) -> Option<f64> {
        match self {
            Self::Share(share) => Some(share),
            _ => None,
        }
    }
}

/// How much of what a component can serve a load asks of it.
///
/// With a single leader every write is applied by every replica, and reads spread over them: each copy of a shard gets
/// w + r/n (Kleppmann, Designing Data-Intensive Applications, 2017, chapter 5). Without one, all requests spread. The
/// fullest shard counts.
#[must_use]
pub fn utilisation(at: usize, load: &Load, scenario: &Scenario<'_>) -> Use {
    if scenario.is_gone(at) {
        return Use::Gone;
    }
    let each = match scenario.capacity(at) {
        Capacity::EachServes(each) => each,
        Capacity::Grows => return Use::Grows,
        Capacity::Unknown => return Use::Unknown,
    };
    let asked = asked_of_one(at, load, scenario);
    if asked <= 0.0 {
        return Use::Share(0.0);
    }
    Use::Share((asked / each).min(MOST))
}

/// Shares beyond this say no more than that there is no end to it; they keep reports finite.
const MOST: f64 = 1e12;

/// Requests a second that the busiest instance of a component gets.
fn asked_of_one(at: usize, load: &Load, scenario: &Scenario<'_>) -> f64 {
    let copies = match scenario.left(at) {
        Count::Of(replicas) => 1.0 / as_number(replicas.max(1)),
        Count::Plenty => 0.0,
    };
    asked_of_copy(at, copies, load, scenario)
}

/// The same where each instance gets such a part of what spreads over all of them.
fn asked_of_copy(at: usize, copies: f64, load: &Load, scenario: &Scenario<'_>) -> f64 {
    let spread = if load.writes > 0.0 && scenario.has_single_leader(at) {
        let reads_at_leader = scenario
            .component(at)
            .is_some_and(|c| c.attributes.word(Attribute::Consistency) == Some("strong"));
        load.writes + load.reads * if reads_at_leader { 1.0 } else { copies }
    } else {
        load.rate() * copies + in_partitions(copies, load, scenario)
    };
    spread * fullest(at, scenario)
}

/// What an instance gets beyond its part where there are fewer partitions than instances: some of them read none.
fn in_partitions(copies: f64, load: &Load, scenario: &Scenario<'_>) -> f64 {
    let parted = load.parted.iter().filter_map(|(carrier, rate)| {
        let partitions = as_number(scenario.partitions(*carrier)?.max(1));
        Some(rate * (1.0 / partitions - copies).max(0.0))
    });
    parted.sum()
}

/// The part of all requests that the fullest shard of a component gets.
fn fullest(at: usize, scenario: &Scenario<'_>) -> f64 {
    match scenario.shards(at) {
        Count::Of(1) => 1.0,
        Count::Of(shards) => {
            (scenario.surrounding(Surrounding::HotShard) / as_number(shards.max(1))).min(1.0)
        }
        Count::Plenty => 0.0,
    }
}

/// How many instances a load needs to stay below saturation, in each of the shards that are stated, and how many shards where a
/// single leader could not take the writes; none where capacity has no basis or grows by itself, or where no number of instances
/// is enough, as the partitions that they read from are too few.
#[must_use]
pub fn wanted(at: usize, load: &Load, scenario: &Scenario<'_>) -> Option<(u64, u64)> {
    let Capacity::EachServes(each) = scenario.capacity(at) else {
        return None;
    };
    if each <= 0.0 {
        return None;
    }
    if load.writes <= 0.0 || !scenario.has_single_leader(at) {
        let shards = match scenario.shards(at) {
            Count::Of(shards) => shards.max(1),
            Count::Plenty => 1,
        };
        let least = above(load.rate() * fullest(at, scenario) / each);
        let copies = |instances: u64| 1.0 / as_number(instances);
        let serve = |copies| asked_of_copy(at, copies, load, scenario) < each;
        if load.parted.is_empty() || serve(copies(least)) {
            return Some((least, shards));
        }
        // With more instances than partitions some read nothing, and the others are left with less of all else.
        let (mut few, mut enough) = (least, serve(0.0).then_some(MOST_INSTANCES)?);
        while enough - few > 1 {
            let middle = u64::midpoint(few, enough);
            if serve(copies(middle)) {
                enough = middle;
            } else {
                few = middle;
            }
        }
        return Some((enough, shards));
    }
    // Half of each leader is left to reads.
    let shards = above(load.writes / (each / 2.0));
    let left = each - load.writes / as_number(shards);
    let replicas = above(load.reads / as_number(shards) / left.max(each / 1e6));
    Some((replicas, shards))
}

/// More instances than this are not asked for.
const MOST_INSTANCES: u64 = 1 << 50;

/// The least whole number above a share, so that it is not used up.
fn above(share: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped, positive"
    )]
    let whole = share.floor().clamp(0.0, 1e15) as u64;
    whole + 1
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts are far below 2^52, or a little off"
)]
pub(in crate::analysis) const fn as_number(count: u64) -> f64 {
    count as f64
}

/// The utilisation that settles when failed requests are sent again: overload loses 1 - 1/u of the requests, their
/// callers send them again, and so on to the fixed point (Beyer et al., Site Reliability Engineering, 2016, chapter 22).
#[must_use]
pub fn with_retries(load: &Load, share: f64) -> f64 {
    let rate = load.rate();
    if share <= 1.0 || rate <= 0.0 {
        return share;
    }
    let mut settled = share;
    for _ in 0..64 {
        let failure = queueing::loss(settled);
        let again: f64 = load
            .retried
            .iter()
            .map(|(retries, part)| part * (queueing::attempts(*retries, failure) - 1.0))
            .sum();
        settled = (share * (1.0 + again / rate)).min(MOST);
    }
    settled
}
