//! Zones and regions as common causes of failure.
//!
//! Knows which of them matter to a flow and how often they are up; knows not what they hold.

use std::collections::BTreeSet;

use super::Needs;
use crate::analysis::load::as_number;
use crate::analysis::scenario::{Count, Scenario};
use crate::analysis::whatif::Zone;
use crate::model::Figure;

/// More zones and regions than this are not gone through one by one.
pub(super) const MOST_DOMAINS: usize = 8;

/// The zones and regions that matter to a flow and whose availability is stated.
pub(super) struct Domains {
    zones: Vec<Zone>,
    regions: Vec<u64>,
    zone_up: f64,
    region_up: f64,
}

impl Domains {
    pub(super) fn of(needs: &Needs, scenario: &Scenario<'_>) -> Self {
        let platform = scenario.design.platform.as_ref();
        let zone_up = platform.and_then(|p| p.zone_availability.as_ref());
        let region_up = platform.and_then(|p| p.region_availability.as_ref());
        let mut zones: BTreeSet<Zone> = BTreeSet::new();
        if zone_up.is_some() || region_up.is_some() {
            for component in needs.parts.iter().filter(|at| !scenario.is_whole(**at)) {
                if let Count::Of(replicas) = scenario.replicas(*component) {
                    let spread = scenario.zones(*component, replicas).into_iter().flatten();
                    zones.extend(spread.map(|(zone, _)| zone));
                }
            }
        }
        let regions: BTreeSet<u64> = zones.iter().map(|zone| zone.region).collect();
        let value = |figure: Option<&Figure>| figure.map_or(1.0, |f| f.quantity.value);
        Self {
            zone_up: value(zone_up),
            region_up: value(region_up),
            zones: zones.into_iter().collect(),
            regions: regions.into_iter().collect(),
        }
    }

    pub(super) fn count(&self) -> usize {
        let zones = if self.zone_up < 1.0 {
            self.zones.len()
        } else {
            0
        };
        let regions = if self.region_up < 1.0 {
            self.regions.len()
        } else {
            0
        };
        zones + regions
    }

    pub(super) fn all_up(&self) -> f64 {
        let power = |up: f64, number: usize| up.powf(as_number(number as u64));
        power(self.zone_up, self.zones.len()) * power(self.region_up, self.regions.len())
    }

    /// Every combination of what is up, with its probability and the zones that are lost.
    pub(super) fn states(&self) -> Vec<(f64, BTreeSet<Zone>)> {
        let mut states = vec![(1.0, BTreeSet::new())];
        let in_region = |region: u64| {
            let all = self.zones.iter().copied();
            all.filter(move |zone| zone.region == region)
                .collect::<Vec<_>>()
        };
        let zones = self.zones.iter().map(|zone| (self.zone_up, vec![*zone]));
        let regions = self
            .regions
            .iter()
            .map(|region| (self.region_up, in_region(*region)));
        for (up, lost) in zones.chain(regions).filter(|(up, _)| *up < 1.0) {
            let with = |(chance, gone): &(f64, BTreeSet<Zone>)| {
                let more = gone.iter().chain(&lost).copied().collect();
                (chance * (1.0 - up), more)
            };
            let fallen: Vec<_> = states.iter().map(with).collect();
            for state in &mut states {
                state.0 *= up;
            }
            states.extend(fallen);
        }
        states
    }
}
