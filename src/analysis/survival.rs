//! What a component survives: the loss of a machine, a zone, a region.
//!
//! Knows replicas, zones, leaders and failover; knows no flow but whether it only reads.

use super::Truth;
use crate::model::{Attribute, Component, Value, Vocabulary};

/// What is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Domain {
    /// One instance.
    Machine,
    /// All instances of one zone.
    Zone,
    /// All instances of one region.
    Region,
}

impl Domain {
    /// The word in rules.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "machine" => Some(Self::Machine),
            "zone" => Some(Self::Zone),
            "region" => Some(Self::Region),
            _ => None,
        }
    }
}

/// Whether a component goes on after a loss. `only_reads`: nothing needs its leader. Facts that would decide and are not
/// stated are named in `missing`.
pub fn survives(
    component: &Component,
    vocabulary: &Vocabulary,
    lost: Domain,
    only_reads: bool,
    missing: &mut Vec<&'static str>,
) -> Truth {
    if vocabulary.kinds.info(component.kind).provided {
        return Truth::Yes;
    }
    if is_managed(component, vocabulary) == Some(true) && lost != Domain::Region {
        return Truth::Yes;
    }
    let left = instances_left(component, lost, missing);
    left.and(leader_moves(
        component, vocabulary, only_reads, left, missing,
    ))
}

/// Whether a provider runs it, by its attribute or else by its technology.
#[must_use]
pub fn is_managed(component: &Component, vocabulary: &Vocabulary) -> Option<bool> {
    component.attributes.yes_no(Attribute::Managed).or_else(|| {
        let property = property(component, vocabulary, Attribute::Managed)?;
        (property == "yes").then_some(true)
    })
}

/// What the technology says of an attribute that the design leaves out.
#[must_use]
pub fn property<'v>(
    component: &Component,
    vocabulary: &'v Vocabulary,
    attribute: Attribute,
) -> Option<&'v str> {
    let tech = vocabulary.technologies.info(component.tech?);
    tech.properties()
        .get(attribute.row().name)
        .map(String::as_str)
}

/// What happens when the leader of a component fails: as stated, as known of its technology, or as it follows from a quorum that
/// decides. A group that answers while so many of it are up, and writes by a quorum, chooses its leader by itself.
#[must_use]
pub fn failover<'v>(component: &'v Component, vocabulary: &'v Vocabulary) -> Option<&'v str> {
    let attributes = &component.attributes;
    let stated = attributes.word(Attribute::Failover);
    let known = stated.or_else(|| property(component, vocabulary, Attribute::Failover));
    let decides = attributes.word(Attribute::Replication) == Some("quorum")
        && attributes.get(Attribute::Needs).is_some();
    known.or_else(|| decides.then_some("automatic"))
}

/// How many of so many replicas must be up for a component to do its part: one, unless `needs` says otherwise.
#[must_use]
pub fn needed(component: &Component, replicas: u64) -> u64 {
    match component.attributes.get(Attribute::Needs) {
        Some(Value::Count(needed)) => *needed,
        Some(Value::Word(_)) => replicas / 2 + 1,
        _ => 1,
    }
}

/// Whether enough instances are left after the loss, at the worst spread.
fn instances_left(component: &Component, lost: Domain, missing: &mut Vec<&'static str>) -> Truth {
    let attributes = &component.attributes;
    let spread = |attribute: Attribute| attributes.count(attribute);
    let (domains, name) = match lost {
        Domain::Machine => (spread(Attribute::Replicas), "replicas"),
        Domain::Zone => (
            spread(Attribute::Zones).or(spread(Attribute::Regions).filter(|n| *n > 1)),
            "zones",
        ),
        Domain::Region => (spread(Attribute::Regions), "regions"),
    };
    let replicas = spread(Attribute::Replicas);
    if replicas == Some(1) {
        return Truth::No;
    }
    let Some(domains) = domains else {
        missing.push(name);
        return Truth::NotStated;
    };
    if domains == 1 {
        return Truth::No;
    }
    let replicas = replicas.unwrap_or(domains);
    let worst = if lost == Domain::Machine {
        1
    } else {
        replicas.div_ceil(domains)
    };
    Truth::from(replicas.saturating_sub(worst) >= needed(component, replicas))
}

/// Whether writes find a leader again: a single leader needs a failover.
fn leader_moves(
    component: &Component,
    vocabulary: &Vocabulary,
    only_reads: bool,
    left: Truth,
    missing: &mut Vec<&'static str>,
) -> Truth {
    let info = vocabulary.kinds.info(component.kind);
    let stated = component.attributes.word(Attribute::Leader);
    let leader = stated.or_else(|| property(component, vocabulary, Attribute::Leader));
    if only_reads
        || !info.holds_data
        || info.bypassed
        || left.is_no()
        || matches!(leader, Some("multi" | "none"))
    {
        return Truth::Yes;
    }
    match failover(component, vocabulary) {
        Some("automatic") => Truth::Yes,
        Some(_) => Truth::No,
        None => {
            missing.push("failover");
            Truth::NotStated
        }
    }
}
