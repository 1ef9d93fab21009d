//! Random trees of operations: each can be computed, and each can be rolled with dice.
//!
//! Knows what each operation means for a single duration; knows nothing of grids.

use proptest::prelude::*;

use super::super::super::queueing::{Station, tests::Chance};
use super::super::{Distribution, Grid};

/// A duration made of others.
#[derive(Clone, Debug)]
pub(super) enum Expression {
    Constant(f64),
    Exponential(f64),
    Delayed(Box<Self>, f64),
    PlusExponential(Box<Self>, f64),
    PlusWait(Box<Self>, Station),
    Plus(Box<Self>, Box<Self>),
    Times(Box<Self>, u64),
    Slower(Box<Self>, Box<Self>),
    SlowestOf(Box<Self>, u64),
    Mixed(Vec<(f64, Self)>),
    WithRetries(Box<Self>, f64, u64),
}

impl Expression {
    /// By computation.
    pub(super) fn distribution(&self, grid: Grid) -> Distribution {
        let of = |part: &Self| part.distribution(grid);
        match self {
            Self::Constant(seconds) => Distribution::at(grid, *seconds),
            Self::Exponential(mean) => Distribution::exponential(grid, *mean),
            Self::Delayed(part, seconds) => of(part).delayed(*seconds),
            Self::PlusExponential(part, mean) => of(part).plus_exponential(*mean),
            Self::PlusWait(part, station) => {
                of(part).plus_wait(station.wait().expect("not saturated"))
            }
            Self::Plus(one, other) => of(one).plus(&of(other)),
            Self::Times(part, n) => of(part).times(*n),
            Self::Slower(one, other) => of(one).slower(&of(other)),
            Self::SlowestOf(part, n) => of(part).slowest_of(*n),
            Self::Mixed(parts) => {
                let parts: Vec<_> = parts.iter().map(|(w, part)| (*w, of(part))).collect();
                let parts: Vec<_> = parts.iter().map(|(w, part)| (*w, part)).collect();
                Distribution::mixed(grid, &parts)
            }
            Self::WithRetries(part, timeout, n) => of(part).with_retries(*timeout, *n).0,
        }
    }

    /// One duration.
    pub(super) fn rolled(&self, dice: &mut Chance) -> f64 {
        match self {
            Self::Constant(seconds) => *seconds,
            Self::Exponential(mean) => dice.exponential(*mean),
            Self::Delayed(part, seconds) => part.rolled(dice) + seconds,
            Self::PlusExponential(part, mean) => part.rolled(dice) + dice.exponential(*mean),
            Self::PlusWait(part, station) => {
                let waits = dice.share() <= station.waits().expect("not saturated");
                let wait = if waits {
                    dice.exponential(1.0 / station.drain())
                } else {
                    0.0
                };
                part.rolled(dice) + wait
            }
            Self::Plus(one, other) => one.rolled(dice) + other.rolled(dice),
            Self::Times(part, n) => (0..*n).map(|_| part.rolled(dice)).sum(),
            Self::Slower(one, other) => one.rolled(dice).max(other.rolled(dice)),
            Self::SlowestOf(part, n) => (0..*n).map(|_| part.rolled(dice)).fold(0.0, f64::max),
            Self::Mixed(parts) => {
                let all: f64 = parts.iter().map(|part| part.0).sum();
                let mut left = dice.share() * all;
                let chosen = parts.iter().find(|part| {
                    left -= part.0;
                    left <= 0.0
                });
                chosen
                    .or(parts.last())
                    .map_or(0.0, |part| part.1.rolled(dice))
            }
            Self::WithRetries(part, timeout, n) => {
                let attempts = (0..=*n).map(|_| part.rolled(dice));
                let mut spent = 0.0;
                for time in attempts {
                    if time <= *timeout {
                        return spent + time;
                    }
                    spent += timeout;
                }
                spent
            }
        }
    }
}

/// Trees of a few operations on such durations and such counts.
pub(super) fn expressions(
    seconds: impl Strategy<Value = f64> + Clone + 'static,
    counts: impl Strategy<Value = u64> + Clone + 'static,
) -> impl Strategy<Value = Expression> {
    use Expression as E;
    let leaf = prop_oneof![
        seconds.clone().prop_map(E::Constant),
        seconds.clone().prop_map(E::Exponential),
    ];
    leaf.prop_recursive(5, 12, 2, move |part| {
        let boxed = || part.clone().prop_map(Box::new);
        let station = (1_u64..50, seconds.clone(), 0.05..0.98).prop_map(|(servers, time, load)| {
            let capacity = 1.0 / time.max(1e-300);
            Station {
                servers,
                capacity,
                rate: load * capacity,
            }
        });
        let parts = prop::collection::vec((0.0..1.0, part.clone()), 1..3);
        prop_oneof![
            (boxed(), seconds.clone()).prop_map(|(a, s)| E::Delayed(a, s)),
            (boxed(), seconds.clone()).prop_map(|(a, s)| E::PlusExponential(a, s)),
            (boxed(), station).prop_map(|(a, s)| E::PlusWait(a, s)),
            (boxed(), boxed()).prop_map(|(a, b)| E::Plus(a, b)),
            (boxed(), counts.clone()).prop_map(|(a, n)| E::Times(a, n)),
            (boxed(), boxed()).prop_map(|(a, b)| E::Slower(a, b)),
            (boxed(), counts.clone()).prop_map(|(a, n)| E::SlowestOf(a, n)),
            parts.prop_map(E::Mixed),
            (boxed(), seconds.clone(), counts.clone())
                .prop_map(|(a, s, n)| E::WithRetries(a, s, n)),
        ]
    })
}
