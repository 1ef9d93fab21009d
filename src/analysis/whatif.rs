//! What is changed for a thought experiment: parts killed, zones lost, more load, slower parts, cold caches.
//!
//! Knows ids and numbers; computes nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::quantity::Dimension;
use crate::model::spelling::{self, counted};
use crate::model::{Attribute, Design, Figure};

/// A zone by region and number, both from 1. Components that are spread over zones use the first ones of each region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Zone {
    /// The region.
    pub region: u64,
    /// The zone within the region.
    pub number: u64,
}

impl std::fmt::Display for Zone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.region == 1 {
            write!(f, "zone:{}", self.number)
        } else {
            write!(f, "zone:{}.{}", self.region, self.number)
        }
    }
}

/// How the time of a component changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Slower {
    /// So many seconds more.
    By(f64),
    /// So many times as long.
    Times(f64),
    /// So many seconds in place of what was stated.
    To(f64),
}

/// Everything that is changed. Nothing by default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WhatIf {
    /// Components that are gone altogether.
    pub killed: BTreeSet<usize>,
    /// Instances that are gone, by component.
    pub lost: BTreeMap<usize, u64>,
    /// Zones that are gone.
    pub zones: BTreeSet<Zone>,
    /// Regions that are gone.
    pub regions: BTreeSet<u64>,
    /// The load, as a factor; none for as stated.
    pub load: Option<f64>,
    /// Components that answer later, in the order in which it was said.
    pub slower: Vec<(usize, Slower)>,
    /// Caches are empty: nothing is answered from them.
    pub cold_cache: bool,
}

/// Why a change is none: the complaint and the cure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct WhatIfError {
    /// What is wrong.
    pub message: String,
    /// How to put it right.
    pub help: Option<String>,
}

fn fault(message: String, help: impl Into<Option<String>>) -> WhatIfError {
    WhatIfError {
        message,
        help: help.into(),
    }
}

/// Nothing is changed.
pub static NOTHING: WhatIf = WhatIf {
    killed: BTreeSet::new(),
    lost: BTreeMap::new(),
    zones: BTreeSet::new(),
    regions: BTreeSet::new(),
    load: None,
    slower: Vec::new(),
    cold_cache: false,
};

impl WhatIf {
    /// Nothing is changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// No instances, zones or regions are lost; whole components may be.
    #[must_use]
    pub fn loses_none(&self) -> bool {
        self.lost.is_empty() && self.zones.is_empty() && self.regions.is_empty()
    }

    /// By which factor the load is changed.
    #[must_use]
    pub fn load_factor(&self) -> f64 {
        self.load.unwrap_or(1.0)
    }

    /// The changes in a line: `kill a b=2 zone:1`, `load 10x`, `slow c=+50ms`, `cold`, with or without commas.
    ///
    /// # Errors
    /// When a word changes nothing of this design.
    pub fn parse(text: &str, design: &Design) -> Result<Self, WhatIfError> {
        let mut change = Self::default();
        let mut verb = "";
        for word in text.split([' ', ',', '\t']).filter(|word| !word.is_empty()) {
            match (verb, word) {
                (_, "kill" | "load" | "slow") => verb = word,
                (_, "cold") => change.cold_cache = true,
                ("kill", target) => change.kill(target, design)?,
                ("load", factor) => change.set_load(factor)?,
                ("slow", slower) => change.slow(slower, design)?,
                _ => {
                    let help = "write `whatif kill db`, `whatif kill zone:1 load 10x`, `whatif slow cache=+50ms` or `whatif cold`";
                    return Err(fault(format!("`{word}` changes nothing"), help.to_owned()));
                }
            }
        }
        Ok(change)
    }

    /// Takes away `db`, two instances of it (`db=2`), a zone (`zone:1`, `zone:2.1` in region 2) or a `region:2`.
    ///
    /// # Errors
    /// When nothing goes by that name, or the number is none.
    pub fn kill(&mut self, target: &str, design: &Design) -> Result<(), WhatIfError> {
        if let Some(at) = design.component(target) {
            self.killed.insert(at);
            return Ok(());
        }
        if let Some(zone) = target.strip_prefix("zone:") {
            let zone = parse_zone(zone, target)?;
            stands_in(zone.region, zone.number, target, design)?;
            self.zones.insert(zone);
            return Ok(());
        }
        if let Some(region) = target.strip_prefix("region:") {
            let region = parse_number(region, target)?;
            stands_in(region, 1, target, design)?;
            self.regions.insert(region);
            return Ok(());
        }
        if let Some((id, number)) = target.rsplit_once('=') {
            let at = component(id, design)?;
            let lost = self.lost.get(&at).copied().unwrap_or_default();
            let lost = lost + parse_number(number, target)?;
            are_there(lost, at, design)?;
            self.lost.insert(at, lost);
            return Ok(());
        }
        component(target, design).map(|_| ())
    }

    /// Sets the load: `10x`, `10` or `250%`.
    ///
    /// # Errors
    /// When the text is no factor.
    pub fn set_load(&mut self, text: &str) -> Result<(), WhatIfError> {
        let factor = Figure::parse(text).ok().map(|figure| figure.quantity);
        match factor.filter(|factor| {
            factor.dimension == Dimension::NUMBER && (0.0..=1e9).contains(&factor.value)
        }) {
            Some(factor) => {
                self.load = Some(factor.value);
                Ok(())
            }
            None => Err(fault(
                format!("`{text}` is no factor of the load"),
                "write `10x`".to_owned(),
            )),
        }
    }

    /// Makes a component slower: `cache=+50ms`, `cache=3x`, `cache=20ms`.
    ///
    /// # Errors
    /// When there is no such component, or the text is no time.
    pub fn slow(&mut self, text: &str, design: &Design) -> Result<(), WhatIfError> {
        let help = "write `cache=+50ms`, `cache=3x` or `cache=20ms`";
        let Some((id, change)) = text.rsplit_once('=') else {
            return Err(fault(
                format!("`{text}` names no component and time"),
                help.to_owned(),
            ));
        };
        let at = component(id, design)?;
        let more = change.trim_start().strip_prefix('+');
        let figure = Figure::parse(more.unwrap_or(change)).ok();
        let value = figure.map(|figure| figure.quantity);
        let slower = match (value, more.is_some()) {
            (Some(time), true) if time.dimension == Dimension::DURATION => Slower::By(time.value),
            (Some(time), false) if time.dimension == Dimension::DURATION => Slower::To(time.value),
            (Some(factor), false) if factor.dimension == Dimension::NUMBER => {
                // Who leaves a unit out means it, and hears nothing of a factor.
                if change.trim().parse::<f64>().is_ok() {
                    let help = format!("write `{id}={change}ms` or `{id}={change}x`");
                    return Err(fault(
                        format!("`{change}` is neither a time nor a factor"),
                        help,
                    ));
                }
                Slower::Times(factor.value)
            }
            _ => return Err(fault(format!("`{change}` is no time"), help.to_owned())),
        };
        let (Slower::By(size) | Slower::Times(size) | Slower::To(size)) = slower;
        if !(0.0..=1e9).contains(&size) {
            return Err(fault(
                format!("`{change}` is out of bounds"),
                help.to_owned(),
            ));
        }
        self.slower.push((at, slower));
        Ok(())
    }
}

fn component(id: &str, design: &Design) -> Result<usize, WhatIfError> {
    design.component(id).ok_or_else(|| {
        let known: Vec<&str> = design.components.iter().map(|c| c.id.as_str()).collect();
        let help = spelling::did_you_mean(id, &known);
        fault(format!("unknown component `{id}`"), help)
    })
}

/// How many of so many zones lie in each of the regions, one at least.
pub(super) fn zones_in_each(regions: u64, zones: u64) -> u64 {
    zones.div_ceil(regions.max(1)).max(1)
}

/// Complains where a component is stated to have fewer instances than are to be lost.
fn are_there(lost: u64, at: usize, design: &Design) -> Result<(), WhatIfError> {
    let Some(component) = design.components.get(at) else {
        return Ok(());
    };
    match component.attributes.count(Attribute::Replicas) {
        Some(stated) if stated < lost => {
            let id = &component.id;
            let stated = usize::try_from(stated).unwrap_or(usize::MAX);
            let instances = counted(stated, "instance", "instances");
            let help = format!("write `{id}` for all of it");
            Err(fault(format!("`{id}` has {instances}, not {lost}"), help))
        }
        _ => Ok(()),
    }
}

/// Complains where no component is spread as far as a zone in a region.
fn stands_in(region: u64, zone: u64, target: &str, design: &Design) -> Result<(), WhatIfError> {
    let spreads = design.components.iter().map(|component| {
        let count = |attribute| component.attributes.count(attribute).unwrap_or(1).max(1);
        let regions = count(Attribute::Regions);
        (regions, zones_in_each(regions, count(Attribute::Zones)))
    });
    let spreads: Vec<(u64, u64)> = spreads.collect();
    let is_there = |(regions, zones): &(u64, u64)| *regions >= region && *zones >= zone;
    if spreads.iter().any(is_there) {
        return Ok(());
    }
    let most = |of: fn(&(u64, u64)) -> u64| {
        let most = spreads.iter().map(of).max().unwrap_or(1);
        usize::try_from(most).unwrap_or(usize::MAX)
    };
    let help = format!(
        "the components are spread over {} and, in each, {}: state `zones` or `regions` where there are more",
        counted(most(|spread| spread.0), "region", "regions"),
        counted(most(|spread| spread.1), "zone", "zones")
    );
    Err(fault(format!("nothing stands in `{target}`"), help))
}

fn parse_number(text: &str, whole: &str) -> Result<u64, WhatIfError> {
    let number = text
        .parse()
        .ok()
        .filter(|number| (1..=1_000_000).contains(number));
    number.ok_or_else(|| {
        let help = "write `db`, `db=2` for two instances, `zone:1` or `region:2`".to_owned();
        fault(format!("`{whole}` ends in no number of at least 1"), help)
    })
}

fn parse_zone(text: &str, whole: &str) -> Result<Zone, WhatIfError> {
    let (region, number) = text.split_once('.').unwrap_or(("1", text));
    Ok(Zone {
        region: parse_number(region, whole)?,
        number: parse_number(number, whole)?,
    })
}
