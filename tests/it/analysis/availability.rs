//! Availability, cut sets and single failures.

use std::collections::BTreeSet;

use sysdrill::analysis::{
    Detail, Lost, NOTHING, Overview, Sizes, Stance, State, Study, WhatIf, failures,
};
use sysdrill::catalog::Catalog;
use sysdrill::model::{Attribute, Design, Route};

use super::{Numbers, close, kills, study, study_of};

fn availability(text: &str) -> f64 {
    study(text, &NOTHING, |study| {
        let found = study.availability(0);
        assert!(found.is_certain(), "{found:?}");
        found.usual.expect("a number")
    })
}

/// A service of one instance with an availability.
fn part(id: &str, up: &str) -> String {
    format!("  {id}: {{kind: service, replicas: 1, zones: 1, availability: {up}}}\n")
}

fn parts(all: &[(&str, &str)]) -> String {
    let parts: String = all.iter().map(|(id, up)| part(id, up)).collect();
    format!("components:\n  web: client\n{parts}")
}

#[test]
fn a_series_multiplies() {
    let text = parts(&[("a", "99%"), ("b", "98%")]);
    let found = availability(&format!(
        "{text}connections: [web -> a -> b]\nflows: {{f: {{path: web -> a -> b, kind: read}}}}\n"
    ));
    assert!(close(found, 0.99 * 0.98), "{found}");
}

#[test]
fn alternatives_fail_together_alone() {
    let text = parts(&[("a", "90%"), ("b", "80%")]);
    let found = availability(&format!(
        "{text}connections: [web -> a, web -> b]\nflows: {{f: {{path: web -> (a | b), kind: read}}}}\n"
    ));
    assert!(close(found, 1.0 - 0.1 * 0.2), "{found}");
}

#[test]
fn alternatives_that_a_chain_begins_with_are_alternatives() {
    let text = parts(&[("a", "90%"), ("b", "80%"), ("d", "60%")]);
    let found = availability(&format!(
        "{text}connections: [a -> d, b -> d]\nflows: {{f: {{path: (a | b) -> d, kind: read}}}}\n"
    ));
    assert!(close(found, (1.0 - 0.1 * 0.2) * 0.6), "{found}");
    let found = availability(&format!(
        "{text}connections: [a -> d, b -> d, d -> a]\nflows: {{f: {{path: [(a | b) -> d, a -> d], kind: read}}}}\n"
    ));
    assert!(
        close(found, 0.9 * 0.6),
        "a chain that begins alone: {found}"
    );
}

#[test]
fn what_is_called_back_takes_no_call_from_those_who_wait() {
    let text = parts(&[("a", "90%"), ("b", "80%"), ("c", "50%")]);
    for route in [
        "from: web",
        "from: web, to: c",
        "path: [web -> a -> b -> c, a ~> c, c ~> a]",
        "path: [c ~> a, a ~> c, web -> a -> b -> c]",
    ] {
        let found = availability(&format!(
            "{text}connections: [web -> a -> b -> c, a ~> c, c ~> a]\nflows: {{f: {{{route}, kind: read}}}}\n"
        ));
        assert!(close(found, 0.9 * 0.8 * 0.5), "{route}: {found}");
    }
}

#[test]
fn a_flow_begins_at_its_client_whatever_the_order_of_its_chains() {
    let text = parts(&[("lb", "90%"), ("chat", "80%"), ("db", "50%")]);
    for path in [
        "[web -> lb -> chat -> db, chat ~> web]",
        "[chat ~> web, web -> lb -> chat -> db]",
        "[chat -> db, chat ~> web, web -> lb -> chat]",
    ] {
        let found = availability(&format!(
            "{text}connections: [web -> lb -> chat -> db, chat ~> web]\nflows: {{f: {{path: {path}, kind: read}}}}\n"
        ));
        assert!(close(found, 0.9 * 0.8 * 0.5), "{path}: {found}");
    }
    // Without a client, where nobody waits for the one who asks.
    for path in ["[a -> b, b ~> a]", "[b ~> a, a -> b]"] {
        let text = parts(&[("a", "90%"), ("b", "80%")]);
        let found = availability(&format!(
            "{text}connections: [a -> b, b ~> a]\nflows: {{f: {{path: {path}, kind: read}}}}\n"
        ));
        assert!(close(found, 0.9 * 0.8), "{path}: {found}");
    }
}

#[test]
fn a_leader_that_nothing_replaces_is_one_of_those_that_are_needed() {
    let store = |attributes: &str| {
        availability(&format!(
            "components:\n  web: client\n  db: {{kind: sql_db, leader: single, availability: 99%, {attributes}}}\n\
            connections: [web -> db]\nflows: {{f: {{path: web -> db, kind: write}}}}\n"
        ))
    };
    for (attributes, expected) in [
        ("replicas: 3, zones: 1, failover: none", 0.99),
        ("replicas: 3, zones: 1, needs: 1, failover: none", 0.99),
        (
            "replicas: 3, zones: 3, needs: 2, failover: none",
            0.99 * (1.0 - 0.01 * 0.01),
        ),
        (
            "replicas: 3, zones: 1, needs: 3, failover: none",
            0.99_f64.powi(3),
        ),
    ] {
        let found = store(attributes);
        assert!(close(found, expected), "{attributes}: {found}");
    }
}

#[test]
fn what_a_loss_leaves_is_decided_by_no_default() {
    let state = |attributes: &str| {
        let text = format!(
            "components:\n  web: client\n  a: {{kind: service, zones: 2, {attributes}}}\nconnections: [web -> a]\n\
            flows: {{f: {{path: web -> a, kind: read, rate: 600/s, peak: 2x}}}}\n"
        );
        study(&text, &NOTHING, |study| {
            let table = failures(study).table;
            let one = table
                .iter()
                .find(|it| matches!(it.lost, Lost::Instance(..)));
            one.expect("one of them").states[0]
        })
    };
    for (attributes, expected) in [
        ("replicas: 2, capacity: 10k/s", State::Up),
        ("replicas: 2, capacity: 1000/s", State::Degraded),
        // It can't keep up as it is.
        ("replicas: 2, capacity: 100/s", State::Degraded),
        ("replicas: 2", State::Unknown),
        ("replicas: 2, autoscaling: yes", State::Up),
    ] {
        assert_eq!(state(attributes), expected, "{attributes}");
    }
}

#[test]
fn who_needs_several_has_them() {
    let text = |attributes: &str| {
        format!(
            "components:\n  web: client\n  api: {{kind: service, zones: 1, availability: 99%, {attributes}}}\n\
            connections: [web -> api]\nflows: {{f: {{path: web -> api, kind: read}}}}\n"
        )
    };
    let of = |attributes| study(&text(attributes), &NOTHING, |study| study.availability(0));
    let found = of("needs: 2");
    assert!(
        close(found.worst.expect("a number"), 0.99 * 0.99),
        "{found:?}"
    );
    assert!(close(
        of("needs: 2, replicas: 2").worst.expect("a number"),
        0.99 * 0.99
    ));
}

#[test]
fn no_more_zones_count_than_there_are_instances() {
    for zones in [3, 64, 65, 1000] {
        let text = format!(
            "components:\n  web: client\n  api: {{kind: service, replicas: 3, zones: {zones}, availability: 99.9%}}\n\
            connections: [web -> api]\nflows: {{f: {{path: web -> api, kind: read}}}}\n\
            platform: {{zone_availability: 90%}}\n"
        );
        let found = availability(&text);
        assert!(
            close(found, 1.0 - (1.0 - 0.9 * 0.999_f64).powi(3)),
            "{zones}: {found}"
        );
        let lost = kills(&text, &["zone:1", "zone:2", "zone:3"]);
        let left = study(&text, &lost, |study| study.availability(0).usual);
        assert_eq!(left, Some(0.0), "{zones}");
    }
}

#[test]
fn a_way_to_the_end_has_to_get_there() {
    let text = parts(&[("a", "90%"), ("c", "80%"), ("db", "50%")]);
    let found = availability(&format!(
        "{text}connections: [web -> a -> db, web -> c, c -> db: {{optional: yes}}]\nflows: {{f: {{from: web, to: db, kind: read}}}}\n"
    ));
    assert!(close(found, (1.0 - 0.1 * 0.2) * 0.5), "{found}");
}

#[test]
fn a_shared_part_counts_once() {
    let text = parts(&[("a", "90%"), ("b", "80%"), ("db", "95%")]);
    let found = availability(&format!(
        "{text}connections: [web -> a -> db, web -> b -> db]\nflows: {{f: {{any: [web -> a -> db, web -> b -> db], kind: read}}}}\n"
    ));
    assert!(close(found, 0.95 * (1.0 - 0.1 * 0.2)), "{found}");
}

#[test]
fn the_bridge_is_exact() {
    // Barlow and Proschan 1975: with p = 0.9 for each of five parts 0.97848.
    let text = parts(&[
        ("a", "90%"),
        ("b", "90%"),
        ("c", "90%"),
        ("d", "90%"),
        ("e", "90%"),
        ("t", "100%"),
    ]);
    let found = availability(&format!(
        "{text}connections: [web -> a -> d -> t, web -> b -> e -> t, a -> c -> e, b -> c -> d]\nflows: {{f: {{from: web, to: t, kind: read}}}}\n"
    ));
    assert!((found - 0.978_48).abs() < 1e-12, "{found}");
}

#[test]
fn two_of_three_inside_a_component() {
    let found = availability(
        "components:\n  web: client\n  a: {kind: service, replicas: 3, needs: 2, zones: 3, availability: 90%}\nconnections: [web -> a]\nflows: {f: {path: web -> a, kind: read}}\n",
    );
    assert!(close(found, 3.0 * 0.81 * 0.1 + 0.729), "{found}");
}

#[test]
fn optional_and_asynchronous_parts_are_left_out() {
    let text = parts(&[("a", "99%"), ("b", "50%"), ("c", "50%")]);
    let found = availability(&format!(
        "{text}connections: [web -> a, a ~> b, {{a -> c: {{optional: yes}}}}]\nflows: {{f: {{path: [web -> a ~> b, a -> c], kind: read}}}}\n"
    ));
    assert!(close(found, 0.99), "{found}");
}

#[test]
fn a_zone_is_a_common_cause() {
    // Two zones of 99%, one instance of a and b of 90% in each; worked out over the four states of the zones.
    let found = availability(
        "platform: {zone_availability: 99%}\ncomponents:\n  web: client\n  a: {kind: service, replicas: 2, zones: 2, availability: 90%}\n  b: {kind: service, replicas: 2, zones: 2, availability: 90%}\nconnections: [web -> a -> b]\nflows: {f: {path: web -> a -> b, kind: read}}\n",
    );
    let (both, one) = (0.99_f64 * 0.99, 2.0 * 0.99 * 0.01);
    let expected = both * 0.99_f64.powi(2) + one * 0.9_f64.powi(2);
    assert!(close(found, expected), "{found} {expected}");
}

#[test]
fn writes_lose_the_time_of_a_failover_and_reads_do_not() {
    let text = |kind: &str, failover: &str| {
        format!(
            "components:\n  web: client\n  db: {{kind: sql_db, leader: single, replicas: 2, zones: 2, availability: 99%, failover: {failover}}}\nconnections: [web -> db]\nflows: {{f: {{path: web -> db, kind: {kind}}}}}\n"
        )
    };
    let read = availability(&text("read", "automatic"));
    assert!(close(read, 1.0 - 1e-4), "{read}");
    let fixed = availability(&text("write", "none"));
    assert!(close(fixed, 0.99), "nobody takes over: {fixed}");
    study(&text("write", "automatic"), &NOTHING, |study| {
        let found = study.availability(0);
        let (worst, best) = (found.worst.expect("known"), found.best.expect("known"));
        assert!(worst < best && best < read && worst > fixed, "{found:?}");
    });
}

#[test]
fn what_is_not_stated_is_a_range_and_what_has_no_basis_unknown() {
    let text = "components:\n  web: client\n  a: {kind: service, replicas: 1, zones: 1}\nconnections: [web -> a]\nflows: {f: {path: web -> a, kind: read, availability: 99.7%}}\n";
    study(text, &NOTHING, |study| {
        let found = study.availability(0);
        assert!(
            found.worst < found.best && !found.inputs.assumed.is_empty(),
            "{found:?}"
        );
    });
    let outside = "components:\n  web: client\n  x: {kind: external_service}\nconnections: [web -> x]\nflows: {f: {path: web -> x, kind: read}}\n";
    study(outside, &NOTHING, |study| {
        let found = study.availability(0);
        assert_eq!(found.usual, None, "{found:?}");
        assert!(
            found.inputs.missing.contains("availability of x"),
            "{found:?}"
        );
    });
}

/// A random design of up to ten parts with instances, zones and alternatives, and its flow.
fn random_design(numbers: &mut Numbers) -> String {
    let parts = 2 + numbers.below(7);
    let mut text = String::from("components:\n  web: client\n");
    for part in 0..parts {
        let replicas = 1 + numbers.below(3);
        let needs = 1 + numbers.below(replicas);
        let zones = 1 + numbers.below(3);
        let up = 50 + numbers.below(50);
        text.push_str(&format!(
            "  p{part}: {{kind: service, replicas: {replicas}, needs: {needs}, zones: {zones}, availability: {up}%}}\n"
        ));
    }
    let mut edges: BTreeSet<(u64, u64)> = BTreeSet::new();
    for _ in 0..parts * 2 {
        let (a, b) = (numbers.below(parts), numbers.below(parts));
        if a != b {
            edges.insert((a, b));
        }
    }
    text.push_str("connections:\n  - web -> p0\n");
    for (a, b) in &edges {
        text.push_str(&format!("  - p{a} -> p{b}\n"));
    }
    if numbers.below(2) == 0 {
        text.push_str("platform: {zone_availability: 90%}\n");
    }
    text.push_str(&format!(
        "flows: {{f: {{from: web, to: p{}, kind: read}}}}\n",
        parts - 1
    ));
    text
}

/// The states of every instance and zone, gone through one by one.
fn enumerated(design: &Design) -> f64 {
    let Route::Between { from, to } = design.flows[0].route else {
        panic!("a flow between two ends");
    };
    let zone_up = design
        .platform
        .as_ref()
        .and_then(|platform| platform.zone_availability.as_ref())
        .map_or(1.0, |figure| figure.quantity.value);
    let count = |at: usize, name| design.components[at].attributes.count(name).unwrap_or(1);
    let mut sum = 0.0;
    for zones in 0..8_u32 {
        let up: f64 = (0..3)
            .map(|zone| {
                if zones & (1 << zone) == 0 {
                    1.0 - zone_up
                } else {
                    zone_up
                }
            })
            .product();
        if up == 0.0 {
            continue;
        }
        let mut chances: Vec<f64> = vec![1.0; design.components.len()];
        for (at, chance) in chances.iter_mut().enumerate().skip(1) {
            let each = design.components[at]
                .attributes
                .number(Attribute::Availability)
                .expect("stated");
            let (replicas, needed) = (count(at, Attribute::Replicas), count(at, Attribute::Needs));
            *chance = (0..1_u32 << replicas)
                .filter(|states| {
                    let standing = (0..replicas).filter(|i| {
                        let zone = i % count(at, Attribute::Zones);
                        states & (1 << i) != 0 && zones & (1 << zone) != 0
                    });
                    standing.count() as u64 >= needed
                })
                .map(|states| {
                    (0..replicas)
                        .map(|i| {
                            if states & (1 << i) == 0 {
                                1.0 - each
                            } else {
                                each
                            }
                        })
                        .product::<f64>()
                })
                .sum();
        }
        sum += up * connected(design, from, to, &chances);
    }
    sum
}

/// The probability that there is a way of components that are up, over all their states.
fn connected(design: &Design, from: usize, to: usize, chances: &[f64]) -> f64 {
    let parts = chances.len() - 1;
    (0..1_u32 << parts)
        .filter(|states| {
            let up = |at: usize| at == from || states & (1 << (at - 1)) != 0;
            let mut seen = BTreeSet::from([from]);
            let mut stack = vec![from];
            while let Some(here) = stack.pop() {
                for edge in design.connections.iter().filter(|edge| edge.from == here) {
                    if up(edge.to) && seen.insert(edge.to) {
                        stack.push(edge.to);
                    }
                }
            }
            seen.contains(&to)
        })
        .map(|states| {
            (1..=parts)
                .map(|at| {
                    if states & (1 << (at - 1)) == 0 {
                        1.0 - chances[at]
                    } else {
                        chances[at]
                    }
                })
                .product::<f64>()
        })
        .sum()
}

#[test]
fn availability_equals_the_enumeration_of_all_states() {
    let catalog = Catalog::embedded();
    let mut numbers = Numbers(7);
    let mut compared = 0;
    while compared < 200 {
        let text = random_design(&mut numbers);
        let design = super::design(catalog, &text);
        let expected = enumerated(&design);
        if expected == 0.0 {
            continue;
        }
        compared += 1;
        study_of(catalog, &design, &NOTHING, |study| {
            let found = study.availability(0).usual.expect("all is stated");
            assert!(
                (found - expected).abs() < 1e-12,
                "{found} {expected}\n{text}"
            );
        });
    }
}

/// Parts of one instance each, with arrows between them of which some are asynchronous: the parts, and the arrows.
fn tangle(numbers: &mut Numbers) -> (String, Vec<(u64, u64, bool)>) {
    let parts = 3 + numbers.below(5);
    let components = (0..parts).map(|at| part(&format!("p{at}"), &format!("{}%", 50 + at * 5)));
    let text = format!(
        "components:\n  web: client\n{}",
        components.collect::<String>()
    );
    let mut arrows: Vec<(u64, u64, bool)> = Vec::new();
    for _ in 0..parts * 2 {
        let (a, b, loose) = (
            numbers.below(parts),
            numbers.below(parts),
            numbers.below(3) == 0,
        );
        if a != b && arrows.iter().all(|(from, to, _)| (*from, *to) != (a, b)) {
            arrows.push((a, b, loose));
        }
    }
    (text, arrows)
}

fn drawn((a, b, loose): (u64, u64, bool)) -> String {
    format!("p{a} {} p{b}", if loose { "~>" } else { "->" })
}

#[test]
fn what_somebody_waits_for_is_needed_whatever_is_handed_round() {
    let mut numbers = Numbers(31);
    for _ in 0..300 {
        let (text, arrows) = tangle(&mut numbers);
        let lines: String = arrows
            .iter()
            .map(|arrow| format!(", {}", drawn(*arrow)))
            .collect();
        let text = format!(
            "{text}connections: [web -> p0{lines}]\nflows: {{f: {{from: web, kind: read}}}}\n"
        );
        let mut reached = BTreeSet::from([0]);
        let mut open = vec![0];
        while let Some(at) = open.pop() {
            let waited = arrows
                .iter()
                .filter(|(from, _, loose)| *from == at && !loose);
            open.extend(
                waited
                    .map(|(_, to, _)| *to)
                    .filter(|to| reached.insert(*to)),
            );
        }
        let expected: f64 = reached
            .iter()
            .map(|at| 0.5 + 0.05 * f64::from(u32::try_from(*at).expect("few")))
            .product();
        let found = availability(&text);
        assert!(close(found, expected), "{found} for {expected}:\n{text}");
    }
}

#[test]
fn the_order_of_chains_says_nothing() {
    let mut numbers = Numbers(32);
    for _ in 0..200 {
        let (text, arrows) = tangle(&mut numbers);
        let lines: String = arrows
            .iter()
            .map(|arrow| format!(", {}", drawn(*arrow)))
            .collect();
        // Every second client is called back, which leaves no part that nothing calls.
        let is_called_back = numbers.below(2) == 0;
        let mut chains: Vec<String> = arrows.iter().map(|arrow| drawn(*arrow)).collect();
        chains.push("web -> p0".to_owned());
        chains.extend(is_called_back.then(|| "p1 ~> web".to_owned()));
        let back = if is_called_back { ", p1 ~> web" } else { "" };
        let mut all = Vec::new();
        for _ in 0..3 {
            let text = format!(
                "{text}connections: [web -> p0{back}{lines}]\nflows: {{f: {{path: [{}], kind: read, rate: 1/s}}}}\n",
                chains.join(", ")
            );
            let found = study(&text, &NOTHING, |study| {
                let components = 0..study.subject.design.components.len();
                let load = study.loads(Stance::Usual);
                let rates = components.map(|at| load.average[at].rate());
                let up = study.availability(0).usual.expect("a number");
                (up, rates.collect::<Vec<f64>>())
            });
            all.push((found, text));
            let turn = usize::try_from(numbers.below(chains.len() as u64)).expect("few");
            chains.rotate_left(turn);
            chains.reverse();
        }
        for pair in all.windows(2) {
            let ((up, rates), (other_up, other_rates)) = (&pair[0].0, &pair[1].0);
            let is_same = close(*up, *other_up)
                && rates
                    .iter()
                    .zip(other_rates)
                    .all(|(one, other)| close(*one, *other));
            assert!(is_same, "{:?}\n{}\n{}", pair, pair[0].1, pair[1].1);
        }
    }
}

#[test]
fn cuts_name_instances_zones_and_providers() {
    let text = "components:\n  web: client\n  edge: {kind: cdn, managed: yes}\n  api: {kind: service, replicas: 2, zones: 2}\n  db: {kind: sql_db, replicas: 1, zones: 1}\n  open: service\nconnections: [web -> edge -> api -> db, api -> open]\nflows: {f: {path: [web -> edge -> api -> db, api -> open], kind: read}}\n";
    study(text, &NOTHING, |study| {
        let cuts = study.cuts(0).expect("a flow");
        let name = |lost: &Lost| sysdrill::analysis::lost_name(*lost, study);
        let named: Vec<Vec<String>> = cuts
            .minimal
            .iter()
            .map(|cut| cut.iter().map(name).collect())
            .collect();
        let one = |text: &str| vec![text.to_owned()];
        assert!(named.contains(&one("one of edge")), "{named:?}");
        assert!(named.contains(&one("one of db")), "{named:?}");
        assert!(named.contains(&one("zone:1")), "{named:?}");
        assert!(
            named.iter().any(|cut| cut.len() == 2),
            "both of api: {named:?}"
        );
        assert!(
            !named.iter().flatten().any(|lost| lost.contains("open")),
            "{named:?}"
        );
        assert_eq!(cuts.open.len(), 1, "{:?}", cuts.open);
    });
}

fn states(study: &Study<'_>, lost: &str) -> Vec<State> {
    let table = failures(study).table;
    let found = table
        .iter()
        .find(|failure| sysdrill::analysis::lost_name(failure.lost, study) == lost)
        .unwrap_or_else(|| panic!("no row for {lost}"));
    found.states.clone()
}

#[test]
fn single_failures_leave_flows_up_degraded_or_down() {
    let text = "components:\n  web: client\n  api: {kind: service, replicas: 3, zones: 3, capacity: 100/s}\n  cache: {tech: redis, replicas: 1, zones: 1, hit_ratio: 90%}\n  db: {kind: sql_db, replicas: 2, zones: 2, failover: none, capacity: 1000/s}\nconnections:\n  - web -> api -> cache\n  - api -> db: {on_miss: cache}\nflows:\n  read: {path: [web -> api -> cache, api -> db], kind: read, rate: 220/s}\n  write: {path: web -> api -> db, kind: write, rate: 10/s}\n";
    study(text, &WhatIf::default(), |study| {
        assert_eq!(states(study, "all of api"), [State::Down, State::Down]);
        assert_eq!(
            states(study, "one of api"),
            [State::Degraded, State::Degraded],
            "two instances are too few for 230 requests a second"
        );
        assert_eq!(states(study, "all of cache"), [State::Degraded, State::Up]);
        assert_eq!(
            states(study, "one of db"),
            [State::Up, State::Down],
            "nobody takes over the leader"
        );
    });
}

#[test]
fn a_leader_is_lost_with_the_zone_that_it_stands_in() {
    let text = "components:\n  web: client\n  db: {kind: sql_db, leader: single, replicas: 3, zones: 3, failover: none}\nconnections: [web -> db]\nflows: {f: {path: web -> db, kind: write, rate: 1/s}}\n";
    study(text, &NOTHING, |study| {
        let at = |lost: &str| states(study, lost)[0];
        let zones = ["zone:1", "zone:2", "zone:3"].map(at);
        assert_eq!(zones, [State::Down, State::Up, State::Up]);
        assert_eq!(at("one of db"), State::Down, "it may be the leader");
    });
}

#[test]
fn a_quorum_of_which_one_instance_counts_as_enough_is_told() {
    let told = |store: &str| {
        let text = format!(
            "components:\n  web: client\n  api: {{kind: service, replicas: 3, consistency: quorum, needs: 2}}\n  db: {{{store}}}\n\
             connections: [web -> api -> db]\nflows: {{f: {{path: web -> api -> db, kind: read}}}}\n"
        );
        study(&text, &NOTHING, |study| {
            Overview::of(study, &Sizes::default(), Detail::Brief).quorums_without_needs
        })
    };
    for store in [
        "tech: cassandra, replicas: 3, consistency: quorum",
        "tech: postgres, replicas: 3, replication: quorum",
        "tech: garage, replicas: 3",
    ] {
        assert_eq!(told(store), ["db"], "{store}");
    }
    for store in [
        "tech: cassandra, replicas: 3, consistency: quorum, needs: majority",
        "tech: cassandra, replicas: 3, consistency: eventual",
        "tech: cassandra, consistency: quorum",
        "tech: cassandra, replicas: 3, consistency: quorum, managed: yes",
        "tech: garage, replicas: 3, consistency: eventual",
    ] {
        assert!(told(store).is_empty(), "{store}");
    }
}
