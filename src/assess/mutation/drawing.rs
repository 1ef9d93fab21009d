//! What is broken in the drawing: components, connections, redundancy, load. Each break changes a design at a position and
//! says whether there was anything to change.
//!
//! Knows designs and kinds.

use crate::model::quantity::{Figure, Quantity};
use crate::model::{Attribute, Attributes, Component, Design, Route, Value, Vocabulary};

/// Seconds of a year.
const YEAR: f64 = 365.0 * 86_400.0;

/// Takes attributes away; whether one was stated.
fn unstated(attributes: &mut Attributes, what: &[Attribute]) -> bool {
    let stated = what.iter().any(|what| attributes.get(*what).is_some());
    for what in what {
        attributes.remove(*what);
    }
    stated
}

/// Whether a component stands in more than one zone or region.
fn is_spread(part: &Component) -> bool {
    [Attribute::Zones, Attribute::Regions]
        .iter()
        .any(|what| part.attributes.count(*what).is_some_and(|count| count > 1))
}

/// Everything that a component states of some attributes, in the whole design.
fn unstated_everywhere(design: &mut Design, what: &[Attribute]) -> bool {
    let mut stated = false;
    for part in &mut design.components {
        stated |= unstated(&mut part.attributes, what);
    }
    for edge in &mut design.connections {
        stated |= unstated(&mut edge.attributes, what);
    }
    stated
}

pub(super) fn drop_component(design: &mut Design, at: usize, vocabulary: &Vocabulary) -> bool {
    let part = design.components.get(at);
    let is_part = part.is_some_and(|part| !vocabulary.kinds.info(part.kind).origin);
    if is_part {
        design.remove_component(at);
    }
    is_part
}

/// Journeys keep the hop, which the drawing then lacks.
pub(super) fn cut_connection(design: &mut Design, at: usize, _: &Vocabulary) -> bool {
    design.connections.remove(at);
    true
}

pub(super) fn one_replica(design: &mut Design, at: usize, _: &Vocabulary) -> bool {
    let Some(part) = design.components.get_mut(at) else {
        return false;
    };
    let many = part.attributes.count(Attribute::Replicas);
    if many.is_none_or(|count| count <= 1) && !is_spread(part) {
        return false;
    }
    part.attributes.set(Attribute::Replicas, Value::Count(1));
    for what in [Attribute::Zones, Attribute::Regions] {
        if part.attributes.get(what).is_some() {
            part.attributes.set(what, Value::Count(1));
        }
    }
    unstated(
        &mut part.attributes,
        &[Attribute::Needs, Attribute::Failover],
    );
    true
}

pub(super) fn one_zone(design: &mut Design, _: usize, _: &Vocabulary) -> bool {
    let mut changed = false;
    for part in design.components.iter_mut().filter(|part| is_spread(part)) {
        part.attributes.set(Attribute::Zones, Value::Count(1));
        part.attributes.remove(Attribute::Regions);
        changed = true;
    }
    changed
}

pub(super) fn no_failover(design: &mut Design, at: usize, _: &Vocabulary) -> bool {
    let Some(part) = design.components.get_mut(at) else {
        return false;
    };
    let automatic = part.attributes.word(Attribute::Failover) == Some("automatic");
    if automatic {
        let none = Value::Word("none".to_owned());
        part.attributes.set(Attribute::Failover, none);
    }
    automatic
}

/// Also in the chains of journeys, which otherwise contradict the connection.
pub(super) fn wait_for_it(design: &mut Design, at: usize, _: &Vocabulary) -> bool {
    let Some(connection) = design.connections.get_mut(at) else {
        return false;
    };
    if !connection.asynchronous {
        return false;
    }
    connection.asynchronous = false;
    connection.attributes.remove(Attribute::Optional);
    let (from, to) = (connection.from, connection.to);
    for flow in &mut design.flows {
        wait_on(&mut flow.route, from, to);
    }
    true
}

fn wait_on(route: &mut Route, from: usize, to: usize) {
    let (Route::Path(chains) | Route::Any(chains)) = route else {
        return;
    };
    for chain in chains {
        for (pair, asynchronous) in chain.stages.windows(2).zip(&mut chain.asynchronous) {
            if let [one, next] = pair
                && one.contains(&from)
                && next.contains(&to)
            {
                *asynchronous = false;
            }
        }
    }
}

/// Whoever called the cache calls the store, and the store the cache.
pub(super) fn cache_behind_store(design: &mut Design, at: usize, vocabulary: &Vocabulary) -> bool {
    let kinds = &vocabulary.kinds;
    let info = |at: usize| design.components.get(at).map(|part| kinds.info(part.kind));
    if !info(at).is_some_and(|info| info.bypassed && !info.remote) {
        return false;
    }
    let stores = |from: usize| {
        let mut called = design
            .connections
            .iter()
            .filter(move |edge| edge.from == from);
        called.find(|edge| {
            edge.to != at && info(edge.to).is_some_and(|info| info.holds_data && !info.bypassed)
        })
    };
    let mut edges = design.connections.iter().enumerate();
    let found = edges.find_map(|(position, edge)| {
        let asks = edge.to == at && !edge.asynchronous;
        let store = stores(edge.from).filter(|_| asks)?;
        Some((position, store.to))
    });
    let Some((position, store)) = found else {
        return false;
    };
    let cache = design.id(at).to_owned();
    if let Some(edge) = design.connections.get_mut(position) {
        edge.from = store;
    }
    for edge in &mut design.connections {
        if edge.attributes.word(Attribute::OnMiss) == Some(&cache) {
            edge.attributes.remove(Attribute::OnMiss);
        }
    }
    true
}

pub(super) fn no_expiry(design: &mut Design, at: usize, _: &Vocabulary) -> bool {
    let what = [
        Attribute::Ttl,
        Attribute::Eviction,
        Attribute::Invalidation,
        Attribute::Strategy,
    ];
    let part = design.components.get_mut(at);
    part.is_some_and(|part| unstated(&mut part.attributes, &what))
}

pub(super) fn long_expiry(design: &mut Design, at: usize, _: &Vocabulary) -> bool {
    let Some(part) = design.components.get_mut(at) else {
        return false;
    };
    let Some(Value::Figure(ttl)) = part.attributes.get(Attribute::Ttl) else {
        return false;
    };
    if ttl.quantity.value <= 0.0 {
        return false;
    }
    let year = times(ttl, YEAR / ttl.quantity.value);
    part.attributes.set(Attribute::Ttl, Value::Figure(year));
    unstated(
        &mut part.attributes,
        &[Attribute::Invalidation, Attribute::Strategy],
    );
    true
}

/// A word in the place of some others; whether one of those was stated.
fn instead(part: &mut Component, what: Attribute, of: &[&str], word: &str) -> bool {
    let stated = part.attributes.word(what);
    let stronger = stated.is_some_and(|stated| of.contains(&stated));
    if stronger {
        part.attributes.set(what, Value::Word(word.to_owned()));
    }
    stronger
}

pub(super) fn weak_consistency(design: &mut Design, at: usize, _: &Vocabulary) -> bool {
    let strong = ["strong", "quorum", "causal", "read_your_writes"];
    let part = design.components.get_mut(at);
    part.is_some_and(|part| instead(part, Attribute::Consistency, &strong, "eventual"))
}

pub(super) fn late_copies(design: &mut Design, at: usize, _: &Vocabulary) -> bool {
    let part = design.components.get_mut(at);
    part.is_some_and(|part| instead(part, Attribute::Replication, &["sync", "quorum"], "async"))
}

/// A store becomes the last kind of store, in the catalog's order, that neither it nor its technology can serve as.
pub(super) fn other_family(design: &mut Design, at: usize, vocabulary: &Vocabulary) -> bool {
    let kinds = &vocabulary.kinds;
    let is_store = |kind| {
        let info = kinds.info(kind);
        info.holds_data && !info.group && !info.bypassed
    };
    let Some(part) = design.components.get_mut(at) else {
        return false;
    };
    let serves = |kind| {
        let tech = part.tech;
        kinds.is_a(kind, part.kind)
            || kinds.is_a(part.kind, kind)
            || tech.is_some_and(|tech| vocabulary.can_serve_as(tech, kind))
    };
    let other = kinds.all().filter(|kind| is_store(*kind) && !serves(*kind));
    let Some(other) = other.last().filter(|_| is_store(part.kind)) else {
        return false;
    };
    part.kind = other;
    part.kind_stated = true;
    (part.tech, part.tech_text) = (None, None);
    true
}

pub(super) fn no_timeout(design: &mut Design, at: usize, _: &Vocabulary) -> bool {
    let edge = design.connections.get_mut(at);
    edge.is_some_and(|edge| unstated(&mut edge.attributes, &[Attribute::Timeout]))
}

pub(super) fn wild_retries(design: &mut Design, at: usize, _: &Vocabulary) -> bool {
    let Some(edge) = design.connections.get_mut(at) else {
        return false;
    };
    let retries = unstated(
        &mut edge.attributes,
        &[
            Attribute::Retries,
            Attribute::Idempotent,
            Attribute::CircuitBreaker,
        ],
    );
    edge.attributes.set(Attribute::Retries, Value::Count(10));
    retries
}

pub(super) fn no_dead_letters(design: &mut Design, at: usize, _: &Vocabulary) -> bool {
    let part = design.components.get_mut(at);
    part.is_some_and(|part| unstated(&mut part.attributes, &[Attribute::DeadLetter]))
}

/// Nor does the interface say that it refuses anybody.
pub(super) fn no_limit(design: &mut Design, _: usize, _: &Vocabulary) -> bool {
    for endpoint in &mut design.api {
        endpoint
            .responses
            .retain(|response| response.status != Some(429));
    }
    unstated_everywhere(design, &[Attribute::RateLimit])
}

/// Said in so many words, for most of what does not say it is encrypted all the same.
pub(super) fn no_encryption(design: &mut Design, _: usize, _: &Vocabulary) -> bool {
    let had = unstated_everywhere(design, &[Attribute::Encrypted, Attribute::Encryption]);
    for edge in &mut design.connections {
        edge.attributes.remove(Attribute::Protocol);
        edge.attributes
            .set(Attribute::Encrypted, Value::YesNo(false));
    }
    had
}

pub(super) fn no_authentication(design: &mut Design, _: usize, _: &Vocabulary) -> bool {
    for endpoint in &mut design.api {
        let refuses = |status| matches!(status, Some(401 | 403));
        endpoint
            .responses
            .retain(|response| !refuses(response.status));
    }
    unstated_everywhere(design, &[Attribute::Auth])
}

pub(super) fn hundredfold_load(design: &mut Design, at: usize, _: &Vocabulary) -> bool {
    let flow = design.flows.get_mut(at);
    let rate = flow.and_then(|flow| flow.rate.as_mut());
    rate.map(|rate| *rate = times(rate, 100.0)).is_some()
}

pub(super) fn small_capacity(design: &mut Design, at: usize, _: &Vocabulary) -> bool {
    let Some(part) = design.components.get_mut(at) else {
        return false;
    };
    let Some(Value::Figure(capacity)) = part.attributes.get(Attribute::Capacity) else {
        return false;
    };
    let less = Value::Figure(times(capacity, 0.01));
    part.attributes.set(Attribute::Capacity, less);
    true
}

/// A figure some times as large, written as what it is then.
pub(super) fn times(figure: &Figure, factor: f64) -> Figure {
    let quantity = Quantity {
        value: figure.quantity.value * factor,
        dimension: figure.quantity.dimension,
    };
    Figure {
        text: quantity.to_string(),
        quantity,
        style: figure.style.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::notation::design;
    use crate::notation::yaml::Limits;

    const STORES: &str = "sysdrill: 1\ncomponents:\n  near: {kind: cache, ttl: 2m, invalidation: on a change}\n  db: {kind: sql_db, consistency: strong, replication: sync}\n  far: {kind: sql_db, consistency: eventual, replication: async}\n";

    /// What an attribute of a component is after a break; nothing where there was nothing to break.
    fn after(
        break_it: fn(&mut Design, usize, &Vocabulary) -> bool,
        at: usize,
        what: Attribute,
    ) -> Option<Value> {
        let vocabulary = &Catalog::embedded().knowledge.vocabulary;
        let mut design = design::read(STORES, vocabulary, &Limits::default()).design;
        let broken = break_it(&mut design, at, vocabulary);
        let part = design.components.get(at).filter(|_| broken);
        part.and_then(|part| part.attributes.get(what).cloned())
    }

    #[test]
    fn copies_live_for_a_year_and_nothing_drops_them() {
        let year = after(long_expiry, 0, Attribute::Ttl);
        let Some(Value::Figure(year)) = year else {
            unreachable!("{year:?}");
        };
        assert_eq!(year.text, "1 year");
        assert_eq!(after(long_expiry, 0, Attribute::Invalidation), None);
        assert_eq!(after(long_expiry, 1, Attribute::Ttl), None);
    }

    #[test]
    fn stores_promise_less_and_copy_later_where_they_did_not_before() {
        let word = |word: &str| Some(Value::Word(word.to_owned()));
        assert_eq!(
            after(weak_consistency, 1, Attribute::Consistency),
            word("eventual")
        );
        assert_eq!(after(weak_consistency, 2, Attribute::Consistency), None);
        assert_eq!(after(late_copies, 1, Attribute::Replication), word("async"));
        assert_eq!(after(late_copies, 2, Attribute::Replication), None);
    }
}
