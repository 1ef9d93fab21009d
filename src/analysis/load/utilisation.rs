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
/// w + r/n (Kleppmann, Designing Data-Intensive Applications, 2017, chapter 5), or w + r where only the leader's answers are
/// strong enough. Without one, all requests spread. The fullest shard counts.
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
    let spread = match at_leader(at, load, scenario) {
        Some(leading) => leading + (load.rate() - leading) * copies,
        None => load.rate() * copies + in_partitions(copies, load, scenario),
    };
    spread * fullest(at, scenario)
}

/// The requests a second of which a single leader gets all: writes, and reads that have to be strong; none where nothing needs
/// a leader.
#[must_use]
pub fn at_leader(at: usize, load: &Load, scenario: &Scenario<'_>) -> Option<f64> {
    let is_strong = scenario
        .component(at)
        .is_some_and(|c| c.attributes.word(Attribute::Consistency) == Some("strong"));
    let leading = load.writes + if is_strong { load.reads } else { 0.0 };
    (leading > 0.0 && scenario.has_single_leader(at)).then_some(leading)
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
        Count::Of(shards) => fullest_of(shards, scenario),
        Count::Plenty => 0.0,
    }
}

fn fullest_of(shards: u64, scenario: &Scenario<'_>) -> f64 {
    if shards <= 1 {
        return 1.0;
    }
    (scenario.surrounding(Surrounding::HotShard) / as_number(shards)).min(1.0)
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
    let Some(leading) = at_leader(at, load, scenario) else {
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
    };
    let spread = load.rate() - leading;
    // Half of each leader is left to what its replicas share.
    let room = if spread > 0.0 { each / 2.0 } else { each };
    let shards = match above(leading / room) {
        1 => 1,
        _ => above(leading * scenario.surrounding(Surrounding::HotShard) / room),
    };
    let fullest = fullest_of(shards, scenario);
    let left = each - leading * fullest;
    let replicas = above(spread * fullest / left.max(each / 1e6));
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
