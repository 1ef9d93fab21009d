//! No design makes the analyses run on or run out of memory, and every number that they give is one.
//! `GIANTS=full cargo test --release --test it bounded` tries larger ones.

use std::fmt::Write as _;

use sysdrill::analysis::{Detail, NOTHING, Overview, Ranged, Sizes};
use sysdrill::catalog::Catalog;
use sysdrill::model::{Chain, Component, Connection, Design, Figure, Flow, FlowKind, Kind, Route};

use super::{Numbers, study_of};

fn named(catalog: &Catalog, id: &str) -> Kind {
    catalog
        .knowledge
        .vocabulary
        .kinds
        .named(id)
        .expect("a kind")
}

/// A design of services behind a client, with these connections and one flow.
fn made(catalog: &Catalog, services: usize, edges: &[(usize, usize)], route: Route) -> Design {
    let component = |at: usize| {
        let kind = named(catalog, if at == 0 { "client" } else { "service" });
        Component::new(format!("c{at}"), kind)
    };
    let connection = |(from, to): &(usize, usize)| Connection::new(*from, *to, false);
    Design {
        components: (0..services).map(component).collect(),
        connections: edges.iter().map(connection).collect(),
        flows: vec![Flow {
            kind: Some(FlowKind::Read),
            rate: Figure::parse("100/s").ok(),
            availability: Figure::parse("99.9%").ok(),
            latency: Figure::parse("100ms").ok(),
            ..Flow::new("f".to_owned(), route)
        }],
        ..Design::default()
    }
}

/// The size of a giant: the second, unless `GIANTS=full` asks for the first.
fn size(full: usize, small: usize) -> usize {
    if crate::is_asked("GIANTS", "full") {
        full
    } else {
        small
    }
}

/// Everything that is said of a design, each number of it finite.
fn all_said(catalog: &Catalog, design: &Design) -> Overview {
    study_of(catalog, design, &NOTHING, |study| {
        let overview = Overview::of(study, &Sizes::default(), Detail::Full);
        for number in numbers_of(&overview) {
            assert!(number.is_finite(), "{number}");
        }
        overview
    })
}

fn numbers_of(overview: &Overview) -> Vec<f64> {
    let of = |ranged: &Ranged| [ranged.worst, ranged.usual, ranged.best];
    let mut all = Vec::new();
    for flow in &overview.flows {
        for ranged in [&flow.availability, &flow.p50, &flow.p99, &flow.breaks_at] {
            all.extend(of(ranged).into_iter().flatten());
        }
        all.extend(flow.importance.iter().map(|(_, share)| *share));
    }
    for load in overview.load.iter().chain(&overview.peak) {
        for component in &load.components {
            all.push(component.rate);
            all.extend(component.with_retries);
            all.extend(of(&component.utilisation).into_iter().flatten());
        }
    }
    for queue in &overview.queues {
        for balance in [&queue.average, &queue.peak] {
            for ranged in [&balance.fed, &balance.drained, &balance.growth] {
                all.extend(of(ranged).into_iter().flatten());
            }
        }
        all.extend(
            [
                queue.time_to_loss,
                queue.left_by_peak,
                queue.drained_after_peak,
            ]
            .into_iter()
            .flatten(),
        );
    }
    for store in &overview.stores {
        for ranged in [
            &store.writes,
            &store.a_day,
            &store.copies,
            &store.kept,
            &store.full_after,
        ] {
            all.extend(of(ranged).into_iter().flatten());
        }
    }
    all
}

#[test]
fn a_complete_graph_is_gone_through() {
    let catalog = Catalog::embedded();
    let count = size(60, 20);
    let edges: Vec<(usize, usize)> = (0..count)
        .flat_map(|from| {
            (1..count)
                .filter(move |to| *to != from)
                .map(move |to| (from, to))
        })
        .collect();
    let between = Route::Between {
        from: 0,
        to: count - 1,
    };
    for route in [Route::From(0), between] {
        all_said(catalog, &made(catalog, count, &edges, route));
    }
}

#[test]
fn a_long_ladder_is_gone_through() {
    let catalog = Catalog::embedded();
    // Fewer would be gone through exactly, and for longer.
    let rungs = 400;
    let mut edges = vec![(0, 1), (0, 2)];
    for rung in 0..rungs {
        let (left, right) = (2 * rung + 1, 2 * rung + 2);
        edges.extend([
            (left, left + 2),
            (right, right + 2),
            (left, right),
            (right, left),
        ]);
    }
    let route = Route::Between {
        from: 0,
        to: 2 * rungs + 1,
    };
    all_said(catalog, &made(catalog, 2 * rungs + 3, &edges, route));
}

#[test]
fn a_deep_chain_is_gone_through() {
    let catalog = Catalog::embedded();
    let length = size(3_000, 300);
    let edges: Vec<(usize, usize)> = (0..length).map(|at| (at, at + 1)).collect();
    let chain = Chain {
        stages: (0..=length).map(|at| vec![at]).collect(),
        asynchronous: vec![false; length],
    };
    for route in [
        Route::From(0),
        Route::Path(vec![chain]),
        Route::Between {
            from: 0,
            to: length,
        },
    ] {
        all_said(catalog, &made(catalog, length + 1, &edges, route));
    }
}

#[test]
fn a_huge_fan_out_is_gone_through() {
    let catalog = Catalog::embedded();
    let count = size(3_000, 500);
    let edges: Vec<(usize, usize)> = std::iter::once((0, 1))
        .chain((2..count).map(|at| (1, at)))
        .collect();
    all_said(catalog, &made(catalog, count, &edges, Route::From(0)));
}

#[test]
fn many_clients_and_stores_without_flows_are_not_multiplied() {
    let catalog = Catalog::embedded();
    let clients = size(300, 80);
    let mut design = made(catalog, 2 * clients, &[], Route::From(0));
    design.flows.clear();
    for (at, component) in design.components.iter_mut().enumerate() {
        component.kind = named(catalog, if at < clients { "client" } else { "sql_db" });
    }
    design.connections = (0..clients)
        .flat_map(|from| (clients..2 * clients).map(move |to| (from, to)))
        .map(|(from, to)| Connection::new(from, to, false))
        .collect();
    let overview = all_said(catalog, &design);
    assert!(overview.flows.len() <= 100);
}

#[test]
fn every_number_of_random_designs_is_finite() {
    let catalog = Catalog::embedded();
    let mut numbers = Numbers(3);
    for _ in 0..size(150, 30) {
        let text = wild(&mut numbers);
        all_said(catalog, &super::design(catalog, &text));
    }
}

const KINDS: [&str; 10] = [
    "service",
    "sql_db",
    "cassandra",
    "redis",
    "kafka",
    "message_queue",
    "cdn",
    "load_balancer",
    "worker",
    "dynamodb",
];

const ATTRIBUTES: [&str; 16] = [
    "replicas: 1",
    "replicas: 7",
    "replicas: 900000000000000",
    "zones: 3",
    "zones: 500",
    "capacity: 1e-9/s",
    "capacity: 1e12/s",
    "capacity: 0.001/s",
    "latency: 0ms",
    "latency: 3 years",
    "availability: 0.001%",
    "availability: 100%",
    "shards: 4",
    "needs: majority",
    "failover: manual",
    "hit_ratio: 100%",
];

const LINKS: [&str; 8] = [
    "calls: 1e-9",
    "calls: 1e9",
    "share: 0%",
    "timeout: 1us",
    "timeout: 1 year",
    "retries: 100000",
    "optional: yes",
    "calls: 2.5",
];

fn pick<'w>(numbers: &mut Numbers, words: &[&'w str]) -> &'w str {
    words[usize::try_from(numbers.below(words.len() as u64)).expect("small")]
}

/// A design with extreme attributes here and there.
fn wild(numbers: &mut Numbers) -> String {
    let count = 4 + numbers.below(9);
    let mut text = String::from(
        "platform: {zone_availability: 99.9%, zone_round_trip: 0ms}\ncomponents:\n  c0: client\n",
    );
    for at in 1..count {
        wild_component(at, numbers, &mut text);
    }
    text.push_str("connections:\n  - c0 -> c1\n");
    let mut chains = vec!["c0 -> c1".to_owned()];
    let mut drawn = std::collections::BTreeSet::from([(0, 1)]);
    for _ in 0..count + 4 {
        let (from, to) = (1 + numbers.below(count - 1), 1 + numbers.below(count - 1));
        if from == to || !drawn.insert((from, to)) {
            continue;
        }
        let link = pick(numbers, &LINKS);
        let _ = writeln!(text, "  - c{from} -> c{to}: {{{link}}}");
        chains.push(format!("c{from} -> c{to}"));
    }
    let rate = pick(numbers, &["1e-9/s", "1/year", "1e12/s", "100/s"]);
    let kind = pick(numbers, &["kind: read, ", "kind: write, ", ""]);
    let route = match numbers.below(3) {
        0 => format!("path: [{}]", chains.join(", ")),
        1 => "from: c0".to_owned(),
        _ => format!("from: c0, to: c{}", count - 1),
    };
    let _ = writeln!(
        text,
        "flows: {{f: {{{route}, {kind}rate: {rate}, peak: 3x, latency: {{p50: 10ms, p99: 100ms}}, availability: 99.99%}}}}"
    );
    text
}

fn wild_component(at: u64, numbers: &mut Numbers, text: &mut String) {
    let word = pick(numbers, &KINDS);
    let technologies = ["cassandra", "redis", "kafka", "dynamodb"];
    let key = if technologies.contains(&word) {
        "tech"
    } else {
        "kind"
    };
    let _ = write!(text, "  c{at}: {{{key}: {word}");
    let mut seen = Vec::new();
    for _ in 0..numbers.below(4) {
        let attribute = pick(numbers, &ATTRIBUTES);
        let name = attribute.split(':').next().unwrap_or_default();
        if !seen.contains(&name) {
            seen.push(name);
            let _ = write!(text, ", {attribute}");
        }
    }
    text.push_str("}\n");
}
