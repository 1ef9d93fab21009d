//! A design under a change against the design that was edited to be so.

use std::collections::BTreeMap;

use proptest::prelude::*;
use sysdrill::analysis::{Detail, FlowOverview, NOTHING, Overview, Ranged, Sizes, WhatIf};
use sysdrill::catalog::Catalog;

use super::{design, study};

/// The numbers of a small design: replicas and zones of each part, what else it states, and the rate.
#[derive(Clone, Debug)]
struct Numbers {
    replicas: [u64; 6],
    zones: [u64; 6],
    needs: u64,
    time: [u64; 6],
    hits: u64,
    rate: u64,
    writes: u64,
    zone: &'static str,
}

const IDS: [&str; 6] = ["lb", "a", "b", "k", "d", "w"];

impl Numbers {
    fn text(&self) -> String {
        let kinds = [
            "load_balancer",
            "service",
            "service",
            "cache",
            "key_value_db, leader: none",
            "worker",
        ];
        let mut text = String::from(
            "components:\n  web: client\n  q: {kind: event_stream, replicas: 3, leader: none, availability: 99%, capacity: 10k/s, latency: 2ms}\n",
        );
        for (at, (id, kind)) in IDS.iter().zip(kinds).enumerate() {
            let own = match *id {
                "k" => format!(", hit_ratio: {}%", self.hits),
                "a" => format!(", needs: {}", self.needs.min(self.replicas[at])),
                _ => String::new(),
            };
            let (replicas, zones, time) = (self.replicas[at], self.zones[at], self.time[at]);
            text.push_str(&format!(
                "  {id}: {{kind: {kind}, replicas: {replicas}, zones: {zones}, availability: 97%, capacity: 100/s, latency: {time}ms{own}}}\n"
            ));
        }
        text.push_str(&format!(
            "connections: [web -> lb -> a -> k -> d, lb -> b -> d, a ~> q ~> w]\nplatform: {{zone_round_trip: 1ms{}}}\n\
            flows:\n  read: {{path: [web -> lb -> (a | b), a -> k -> d, b -> d], kind: read, rate: {}/s}}\n  \
            write: {{path: web -> lb -> a ~> q ~> w, kind: write, rate: {}/s}}\n",
            self.zone, self.rate, self.writes
        ));
        text
    }
}

fn numbers() -> impl Strategy<Value = Numbers> {
    let six = |range: std::ops::Range<u64>| prop::array::uniform6(range);
    let zone = prop::sample::select(vec!["", ", zone_availability: 98%"]);
    (
        six(1..6),
        six(1..4),
        1..3_u64,
        six(1..30),
        0..100_u64,
        1..80_u64,
        zone,
    )
        .prop_map(|(replicas, zones, needs, time, hits, rate, zone)| Numbers {
            replicas,
            zones,
            needs,
            time,
            hits,
            rate,
            writes: 10,
            zone,
        })
}

fn overview(text: &str, change: &WhatIf) -> Overview {
    study(text, change, |study| {
        Overview::of(study, &Sizes::default(), Detail::Full)
    })
}

fn same(one: &Ranged, other: &Ranged, factor: f64) -> bool {
    let pairs = [
        (one.worst, other.worst),
        (one.usual, other.usual),
        (one.best, other.best),
    ];
    pairs.into_iter().all(|pair| match pair {
        (Some(one), Some(other)) => (one - other * factor).abs() <= 1e-9 * one.abs().max(1e-9),
        (one, other) => one == other,
    })
}

fn sorted_cuts(flow: &FlowOverview) -> Vec<Vec<String>> {
    let mut cuts = flow.minimal_cuts.clone();
    for cut in &mut cuts {
        cut.sort();
    }
    cuts.sort();
    cuts
}

/// Holds what is said under a change against what is said of the edited design, whose load is a factor of the stated one.
fn hold(changed: &Overview, edited: &Overview, factor: f64, told: &str) {
    for (one, other) in changed.flows.iter().zip(&edited.flows) {
        assert!(same(&one.availability, &other.availability, 1.0), "{told}");
        assert!(same(&one.p50, &other.p50, 1.0), "{told}");
        assert!(same(&one.p99, &other.p99, 1.0), "{told}");
        assert!(same(&one.breaks_at, &other.breaks_at, factor), "{told}");
        assert_eq!(one.bottleneck, other.bottleneck, "{told}");
        assert_eq!(sorted_cuts(one), sorted_cuts(other), "{told}");
    }
    for (one, other) in changed.load[0]
        .components
        .iter()
        .zip(&edited.load[0].components)
    {
        assert_eq!(one.id, other.id, "{told}");
        assert!(
            (one.rate - other.rate).abs() < 1e-9 * one.rate.max(1.0),
            "{told}"
        );
        assert!(same(&one.utilisation, &other.utilisation, 1.0), "{told}");
    }
    for (one, other) in changed.queues.iter().zip(&edited.queues) {
        assert!(
            same(&one.average.growth, &other.average.growth, 1.0),
            "{told}"
        );
    }
    assert_eq!(
        changed.single_points_of_failure, edited.single_points_of_failure,
        "{told}"
    );
    let table = |overview: &Overview| -> BTreeMap<String, String> {
        let rows = overview.failures.iter();
        rows.map(|row| (row.lost.clone(), format!("{:?}", row.states)))
            .collect()
    };
    assert_eq!(table(changed), table(edited), "{told}");
}

proptest! {
    #![proptest_config(crate::same_cases(96))]

    #[test]
    fn what_is_changed_is_as_if_it_were_drawn_so(
        numbers in numbers(), which in 0..6_usize, lost in 0..5_u64, factor in 1..5_u32, more in 0..30_u64, cold in any::<bool>()
    ) {
        let text = numbers.text();
        let read = design(Catalog::embedded(), &text);
        let mut edited = numbers.clone();
        let mut change = WhatIf::default();
        let needed = if IDS[which] == "a" { numbers.needs.min(numbers.replicas[1]) } else { 1 };
        let lost = lost.min(numbers.replicas[which].saturating_sub(needed));
        if lost > 0 {
            change.kill(&format!("{}={lost}", IDS[which]), &read).expect("instances");
            edited.replicas[which] -= lost;
        }
        change.set_load(&format!("{factor}x")).expect("a factor");
        edited.rate *= u64::from(factor);
        edited.writes *= u64::from(factor);
        change.slow(&format!("{}=+{more}ms", IDS[which]), &read).expect("a time");
        edited.time[which] += more;
        change.cold_cache = cold;
        if cold {
            edited.hits = 0;
        }
        let edited = edited.text();
        let told = format!("{text}{change:?}\n{edited}");
        hold(&overview(&text, &change), &overview(&edited, &NOTHING), f64::from(factor), &told);
    }
}
