//! What is broken in the drawing: components, connections, redundancy, load.
//!
//! Knows designs and kinds.

use super::{Broken, each};
use crate::model::quantity::{Figure, Quantity};
use crate::model::{Attribute, Component, Connection, Design, Route, Value, Vocabulary};

/// A copy of a design with a change.
fn changed(design: &Design, subject: String, change: impl FnOnce(&mut Design)) -> Broken {
    let mut design = design.clone();
    change(&mut design);
    Broken { subject, design }
}

/// The components that are no origin of requests, by position and id.
fn parts<'d>(
    design: &'d Design,
    vocabulary: &'d Vocabulary,
) -> impl Iterator<Item = (usize, &'d str)> {
    let parts = design.components.iter().enumerate();
    parts
        .filter(|(_, part)| !vocabulary.kinds.info(part.kind).origin)
        .map(|(at, part)| (at, part.id.as_str()))
}

/// `from -> to`, or `from ~> to`.
fn arrow(design: &Design, connection: &Connection) -> String {
    let sign = if connection.asynchronous { "~>" } else { "->" };
    format!(
        "{} {sign} {}",
        design.id(connection.from),
        design.id(connection.to)
    )
}

/// A mutant for each component that `has` chooses.
fn each_part(
    design: &Design,
    has: impl Fn(&Component) -> bool,
    change: impl Fn(&mut Component),
) -> Vec<Broken> {
    each(
        design,
        &design.components,
        |part| has(part).then(|| part.id.clone()),
        |design, at| {
            if let Some(part) = design.components.get_mut(at) {
                change(part);
            }
        },
    )
}

/// A mutant for each connection that `has` chooses.
fn each_arrow(
    design: &Design,
    has: impl Fn(&Connection) -> bool,
    change: impl Fn(&mut Connection),
) -> Vec<Broken> {
    each(
        design,
        &design.connections,
        |connection| has(connection).then(|| arrow(design, connection)),
        |design, at| {
            if let Some(connection) = design.connections.get_mut(at) {
                change(connection);
            }
        },
    )
}

pub(super) fn drop_component(design: &Design, vocabulary: &Vocabulary) -> Vec<Broken> {
    each(
        design,
        &design.components,
        |part| (!vocabulary.kinds.info(part.kind).origin).then(|| part.id.clone()),
        Design::remove_component,
    )
}

/// Journeys keep the hop, which the drawing then lacks.
pub(super) fn cut_connection(design: &Design, _: &Vocabulary) -> Vec<Broken> {
    each(
        design,
        &design.connections,
        |connection| Some(arrow(design, connection)),
        |design, at| {
            design.connections.remove(at);
        },
    )
}

pub(super) fn one_replica(design: &Design, _: &Vocabulary) -> Vec<Broken> {
    each_part(
        design,
        |part| {
            let many = |what| part.attributes.count(what).is_some_and(|count| count > 1);
            many(Attribute::Replicas) || many(Attribute::Zones)
        },
        |part| {
            part.attributes.set(Attribute::Replicas, Value::Count(1));
            for what in [Attribute::Zones, Attribute::Regions] {
                if part.attributes.get(what).is_some() {
                    part.attributes.set(what, Value::Count(1));
                }
            }
            part.attributes.remove(Attribute::Needs);
            part.attributes.remove(Attribute::Failover);
        },
    )
}

pub(super) fn one_zone(design: &Design, _: &Vocabulary) -> Vec<Broken> {
    let spread = |part: &Component| {
        [Attribute::Zones, Attribute::Regions]
            .iter()
            .any(|what| part.attributes.count(*what).is_some_and(|count| count > 1))
    };
    if !design.components.iter().any(spread) {
        return Vec::new();
    }
    vec![changed(design, "all".to_owned(), |design| {
        for part in &mut design.components {
            if spread(part) {
                part.attributes.set(Attribute::Zones, Value::Count(1));
                part.attributes.remove(Attribute::Regions);
            }
        }
    })]
}

pub(super) fn no_failover(design: &Design, _: &Vocabulary) -> Vec<Broken> {
    each_part(
        design,
        |part| part.attributes.word(Attribute::Failover) == Some("automatic"),
        |part| {
            part.attributes
                .set(Attribute::Failover, Value::Word("none".to_owned()));
        },
    )
}

/// Also in the chains of journeys, which otherwise contradict the connection.
pub(super) fn wait_for_it(design: &Design, _: &Vocabulary) -> Vec<Broken> {
    each(
        design,
        &design.connections,
        |connection| connection.asynchronous.then(|| arrow(design, connection)),
        |design, at| {
            let Some(connection) = design.connections.get_mut(at) else {
                return;
            };
            connection.asynchronous = false;
            connection.attributes.remove(Attribute::Optional);
            let (from, to) = (connection.from, connection.to);
            for flow in &mut design.flows {
                wait_on(&mut flow.route, from, to);
            }
        },
    )
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
pub(super) fn cache_behind_store(design: &Design, vocabulary: &Vocabulary) -> Vec<Broken> {
    let kinds = &vocabulary.kinds;
    let info = |at: usize| design.components.get(at).map(|part| kinds.info(part.kind));
    let calls = |from: usize, to: usize| {
        design
            .connections
            .iter()
            .position(|edge| edge.from == from && edge.to == to && !edge.asynchronous)
    };
    let mut broken = Vec::new();
    for (cache, id) in parts(design, vocabulary) {
        if !info(cache).is_some_and(|info| info.bypassed && !info.remote) {
            continue;
        }
        let pairs = design.connections.iter().filter(|edge| edge.to == cache);
        for edge in pairs {
            let store = design.connections.iter().find(|other| {
                other.from == edge.from
                    && other.to != cache
                    && info(other.to).is_some_and(|info| info.holds_data && !info.bypassed)
            });
            let (Some(store), Some(at)) = (store, calls(edge.from, cache)) else {
                continue;
            };
            let store = store.to;
            broken.push(changed(design, id.to_owned(), |design| {
                if let Some(edge) = design.connections.get_mut(at) {
                    edge.from = store;
                    edge.attributes.remove(Attribute::OnMiss);
                }
                for edge in &mut design.connections {
                    if edge.attributes.word(Attribute::OnMiss) == Some(id) {
                        edge.attributes.remove(Attribute::OnMiss);
                    }
                }
            }));
            break;
        }
    }
    broken
}

pub(super) fn no_expiry(design: &Design, _: &Vocabulary) -> Vec<Broken> {
    let what = [Attribute::Ttl, Attribute::Eviction, Attribute::Invalidation];
    each_part(
        design,
        |part| what.iter().any(|what| part.attributes.get(*what).is_some()),
        |part| {
            for what in what {
                part.attributes.remove(what);
            }
        },
    )
}

/// A store becomes the last kind of store, in the catalog's order, that neither it nor its technology can serve as.
pub(super) fn other_family(design: &Design, vocabulary: &Vocabulary) -> Vec<Broken> {
    let kinds = &vocabulary.kinds;
    let stores = || {
        kinds.all().filter(|kind| {
            let info = kinds.info(*kind);
            info.holds_data && !info.group && !info.bypassed
        })
    };
    let mut broken = Vec::new();
    for (at, id) in parts(design, vocabulary) {
        let Some(part) = design.components.get(at) else {
            continue;
        };
        let info = kinds.info(part.kind);
        if !info.holds_data || info.bypassed || !stores().any(|kind| kind == part.kind) {
            continue;
        }
        let serves = |kind| {
            kinds.is_a(kind, part.kind)
                || kinds.is_a(part.kind, kind)
                || part
                    .tech
                    .is_some_and(|tech| vocabulary.can_serve_as(tech, kind))
        };
        let Some(other) = stores().filter(|kind| !serves(*kind)).last() else {
            continue;
        };
        broken.push(changed(design, id.to_owned(), |design| {
            if let Some(part) = design.components.get_mut(at) {
                part.kind = other;
                part.kind_stated = true;
                part.tech = None;
                part.tech_text = None;
            }
        }));
    }
    broken
}

pub(super) fn no_timeout(design: &Design, _: &Vocabulary) -> Vec<Broken> {
    each_arrow(
        design,
        |edge| edge.attributes.get(Attribute::Timeout).is_some(),
        |edge| {
            edge.attributes.remove(Attribute::Timeout);
        },
    )
}

pub(super) fn wild_retries(design: &Design, _: &Vocabulary) -> Vec<Broken> {
    each_arrow(
        design,
        |edge| edge.attributes.get(Attribute::Retries).is_some(),
        |edge| {
            edge.attributes.set(Attribute::Retries, Value::Count(10));
            edge.attributes.remove(Attribute::Idempotent);
        },
    )
}

pub(super) fn no_dead_letters(design: &Design, _: &Vocabulary) -> Vec<Broken> {
    each_part(
        design,
        |part| part.attributes.get(Attribute::DeadLetter).is_some(),
        |part| {
            part.attributes.remove(Attribute::DeadLetter);
        },
    )
}

pub(super) fn no_limit(design: &Design, _: &Vocabulary) -> Vec<Broken> {
    each_part(
        design,
        |part| part.attributes.get(Attribute::RateLimit).is_some(),
        |part| {
            part.attributes.remove(Attribute::RateLimit);
        },
    )
}

pub(super) fn hundredfold_load(design: &Design, _: &Vocabulary) -> Vec<Broken> {
    each(
        design,
        &design.flows,
        |flow| flow.rate.is_some().then(|| flow.id.clone()),
        |design, at| {
            let flow = design.flows.get_mut(at);
            if let Some(rate) = flow.and_then(|flow| flow.rate.as_mut()) {
                *rate = times(rate, 100.0);
            }
        },
    )
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
