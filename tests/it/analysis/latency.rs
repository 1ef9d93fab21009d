//! Latency: distributions of whole flows against a simulation that draws each request by itself.

use sysdrill::analysis::{Moment, NOTHING, Question, Stance, Study, Truth, WhatIf};
use sysdrill::catalog::Catalog;
use sysdrill::model::{Attribute, Design};

use super::{Numbers, study, study_of};

/// Everything stated that a time depends on, so that nothing is assumed but that calls are made at once.
const PLATFORM: &str = "platform: {zone_round_trip: 0ms, region_round_trip: 0ms}\n";

fn p99(text: &str) -> f64 {
    study(text, &NOTHING, |study| {
        study.latency(0).p99.usual.expect("a time")
    })
}

fn p50(text: &str) -> f64 {
    study(text, &NOTHING, |study| {
        study.latency(0).p50.usual.expect("a time")
    })
}

#[test]
fn one_station_is_an_m_m_1_queue() {
    // Capacity 100/s and a median of ln 2 / 100 s: one server. At 50/s the response time is exponential with a mean of
    // 1/(100 - 50) s (Kleinrock 1975, section 3.2).
    let text = "components:\n  web: client\n  a: {kind: service, replicas: 1, zones: 1, capacity: 100/s, latency: 6.931472ms}\nconnections: [web -> a]\nflows: {f: {path: web -> a, kind: read, rate: 50/s}}\n";
    let expected = 100_f64.ln() / 50.0;
    let found = p99(text);
    assert!((found / expected - 1.0).abs() < 0.005, "{found} {expected}");
    let found = p50(text);
    assert!((found / (2_f64.ln() / 50.0) - 1.0).abs() < 0.01, "{found}");
}

#[test]
fn saturation_is_said_and_is_no_number() {
    let text = "components:\n  web: client\n  a: {kind: service, replicas: 1, zones: 1, capacity: 100/s, latency: 5ms}\nconnections: [web -> a]\nflows: {f: {path: web -> a, kind: read, rate: 100/s, latency: 1s}}\n";
    study(text, &NOTHING, |study| {
        let latency = study.latency(0);
        assert_eq!(latency.saturated, [Some(1); 3]);
        assert_eq!((latency.p99.worst, latency.p99.best), (None, None));
        assert_eq!(Question::P99(0, 1.0).answer(study).truth, Truth::No);
    });
}

#[test]
fn a_rare_slow_call_does_not_reach_the_p99_and_a_common_one_does() {
    let text = |share: &str| {
        format!(
            "components:\n  web: client\n  a: {{kind: service, replicas: 9, zones: 1, capacity: 1000/s, latency: 1ms}}\n  b: {{kind: service, replicas: 9, zones: 1, capacity: 1000/s, latency: 1s}}\nconnections:\n  - web -> a\n  - a -> b: {{share: {share}}}\nflows: {{f: {{path: web -> a -> b, kind: read, rate: 1/s}}}}\n"
        )
    };
    assert!(p99(&text("0.1%")) < 0.05);
    assert!(p99(&text("10%")) > 1.0);
}

#[test]
fn misses_are_mixed_and_not_averaged() {
    let text = "components:\n  web: client\n  api: {kind: service, replicas: 9, zones: 1, capacity: 1000/s, latency: 0.001ms}\n  cache: {kind: cache, replicas: 9, zones: 1, capacity: 1000/s, latency: 0.001ms, hit_ratio: 98%}\n  db: {kind: sql_db, leader: none, replicas: 9, zones: 1, capacity: 1000/s, latency: 100ms}\nconnections:\n  - web -> api -> cache\n  - api -> db: {on_miss: cache}\nflows: {f: {path: [web -> api -> cache, api -> db], kind: read, rate: 1/s}}\n";
    // One request in fifty misses: the p99 is the median of the store, not a fiftieth of it.
    let found = p99(text);
    assert!((0.09..0.12).contains(&found), "{found}");
    assert!(p50(text) < 0.002);
}

#[test]
fn a_timeout_bounds_what_a_call_takes_and_says_how_often_it_cuts() {
    let text = "components:\n  web: client\n  a: {kind: service, replicas: 9, zones: 1, capacity: 1000/s, latency: 0.001ms}\n  b: {kind: service, replicas: 9, zones: 1, capacity: 1000/s, latency: 100ms}\nconnections:\n  - web -> a\n  - a -> b: {timeout: 100ms, retries: 1}\nflows: {f: {path: web -> a -> b, kind: read, rate: 1/s}}\n";
    study(text, &NOTHING, |study| {
        let often = study.cut_off(1).usual.expect("a share");
        assert!(
            (0.49..0.52).contains(&often),
            "half outlast the median: {often}"
        );
        let p99 = study.latency(0).p99.usual.expect("a time");
        assert!(
            (0.19..0.205).contains(&p99),
            "two attempts of 100 ms: {p99}"
        );
    });
}

/// Where few requests take a call, the journey is over long before the timeout of that call would end.
#[test]
fn a_timeout_far_beyond_the_journey_cuts_nothing() {
    let text = "components:\n  web: client\n  a: {kind: service, replicas: 9, zones: 1, capacity: 1000/s, latency: 1ms}\n  b: {kind: service, replicas: 9, zones: 1, capacity: 1000/s, latency: 100ms}\nconnections:\n  - web -> a\n  - a -> b: {timeout: 8s, share: 2%}\nflows: {f: {path: web -> a -> b, kind: read, rate: 1/s}}\n";
    study(text, &NOTHING, |study| {
        let often = study.cut_off(1).usual.expect("a share");
        assert!(often < 1e-4, "{often}");
    });
}

#[test]
fn what_depends_on_an_assumption_says_where_it_flips() {
    let text = "components:\n  web: client\n  db: {tech: postgres, replicas: 1, zones: 1, capacity: 5000/s}\nconnections: [web -> db]\nflows: {f: {path: web -> db, kind: read, rate: 50/s, latency: 10ms}}\n";
    study(text, &NOTHING, |study| {
        let question = Question::P99(0, 0.010);
        let verdict = question.answer(study);
        assert_eq!(verdict.truth, Truth::NotStated, "{verdict:?}");
        let flips = question.flips(study, &verdict.reckoning);
        let flip = flips.first().expect("the time of the store decides");
        // A single exponential: p99 is log2(100) medians.
        assert!(
            (flip.value / (0.010 / 100_f64.log2()) - 1.0).abs() < 0.1,
            "{flip:?}"
        );
    });
}

/// A random flow of a few levels, everything about it stated.
fn random_flow(numbers: &mut Numbers) -> String {
    let services = 3 + numbers.below(5);
    let mut text = format!("{PLATFORM}components:\n  web: client\n");
    for at in 0..services {
        let replicas = 1 + numbers.below(4);
        let capacity = 20 + numbers.below(400);
        let latency = 1 + numbers.below(80);
        text.push_str(&format!(
            "  s{at}: {{kind: service, replicas: {replicas}, zones: 1000, capacity: {capacity}/s, latency: {latency}ms}}\n"
        ));
    }
    text.push_str("connections:\n  - web -> s0\n");
    let mut chains = vec!["web -> s0".to_owned()];
    for at in 1..services {
        let caller = numbers.below(at);
        let share = 5 + numbers.below(96);
        let timeout = if numbers.below(4) == 0 {
            format!(
                ", timeout: {}ms, retries: {}",
                20 + numbers.below(400),
                numbers.below(3)
            )
        } else {
            String::new()
        };
        text.push_str(&format!(
            "  - s{caller} -> s{at}: {{share: {share}%{timeout}}}\n"
        ));
        chains.push(format!("s{caller} -> s{at}"));
    }
    let rate = 1 + numbers.below(30);
    text.push_str(&format!(
        "flows: {{f: {{path: [{}], kind: read, rate: {rate}/s}}}}\n",
        chains.join(", ")
    ));
    text
}

/// One request, drawn: the work and the wait of a component, and the slowest of its calls.
fn drawn(at: usize, study: &Study<'_>, numbers: &mut Numbers) -> f64 {
    let design = study.subject.design;
    let component = &design.components[at].attributes;
    let number = |name| component.number(name).expect("stated");
    let mean = number(Attribute::Latency) / std::f64::consts::LN_2;
    let capacity = number(Attribute::Capacity);
    let share = study
        .use_of(at, Moment::Average, Stance::Usual)
        .share()
        .expect("a share");
    let servers = (capacity * mean).round().max(1.0);
    let waits = erlang_c(servers, share * servers);
    let mut time = numbers.exponential(mean);
    if numbers.unit() < waits {
        time += numbers.exponential(1.0 / (capacity * (1.0 - share)));
    }
    let mut slowest: f64 = 0.0;
    for edge in design.connections.iter().filter(|edge| edge.from == at) {
        let taken = edge.attributes.number(Attribute::Share).unwrap_or(1.0);
        if numbers.unit() >= taken {
            continue;
        }
        let hop = hop(design, at, edge.to, numbers);
        let call = match edge.attributes.number(Attribute::Timeout) {
            None => drawn(edge.to, study, numbers) + hop,
            Some(timeout) => {
                let attempts = edge.attributes.count(Attribute::Retries).unwrap_or(0) + 1;
                let mut spent = 0.0;
                for _ in 0..attempts {
                    let one =
                        drawn(edge.to, study, numbers) + self::hop(design, at, edge.to, numbers);
                    spent += one.min(timeout);
                    if one <= timeout {
                        break;
                    }
                }
                spent
            }
        };
        slowest = slowest.max(call);
    }
    time + slowest
}

/// All zones are apart and no time apart: the way takes none.
const fn hop(_: &Design, _: usize, _: usize, _: &mut Numbers) -> f64 {
    0.0
}

/// Erlang C by its definition, in logarithms: another way than the program's recurrence.
fn erlang_c(servers: f64, offered: f64) -> f64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "small and positive"
    )]
    let c = servers as u32;
    let term = |k: u32| {
        (f64::from(k) * offered.ln() - (1..=k).map(|i| f64::from(i).ln()).sum::<f64>()).exp()
    };
    let last = term(c) * servers / (servers - offered);
    last / ((0..c).map(term).sum::<f64>() + last)
}

#[test]
fn percentiles_agree_with_a_simulation_of_fifty_random_flows() {
    const REQUESTS: usize = 20_000;
    let catalog = Catalog::embedded();
    let mut numbers = Numbers(2026);
    let mut compared = 0;
    let mut outside = 0;
    while compared < 50 {
        let text = random_flow(&mut numbers);
        let design = super::design(catalog, &text);
        study_of(catalog, &design, &NOTHING, |study| {
            let latency = study.latency(0);
            let (Some(p50), Some(p99)) = (latency.p50.usual, latency.p99.usual) else {
                assert!(latency.saturated[1].is_some(), "{text}");
                return;
            };
            compared += 1;
            let start = design.component("s0").expect("a service");
            let mut times: Vec<f64> = (0..REQUESTS)
                .map(|_| drawn(start, study, &mut numbers))
                .collect();
            times.sort_by(f64::total_cmp);
            for (p, found) in [(0.5, p50), (0.99, p99)] {
                outside += usize::from(!within(&times, p, found));
            }
        });
    }
    // Of 100 intervals of 99.9% none should miss, and one may by chance; 0.5% are given to the grid.
    assert!(
        outside <= 1,
        "{outside} percentiles lie outside of their intervals"
    );
}

/// Whether a value lies in the 99.9% confidence interval of a percentile: by the binomial distribution of how many draws
/// lie below it (Conover, Practical Nonparametric Statistics, 1999, section 3.2).
fn within(sorted: &[f64], p: f64, value: f64) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "few thousands")]
    let n = sorted.len() as f64;
    let spread = 3.29 * (n * p * (1.0 - p)).sqrt();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "ranks"
    )]
    let rank = |at: f64| sorted[(at.clamp(0.0, n - 1.0)) as usize];
    let (low, high) = (rank(n * p - spread), rank(n * p + spread));
    assert!(
        high / low < 1.35,
        "the interval is too wide to say anything: {low} to {high}"
    );
    (low * 0.995..=high * 1.005).contains(&value)
}

#[test]
fn a_slower_part_slows_the_flow_and_a_cold_cache_does_too() {
    let text = "components:\n  web: client\n  api: {kind: service, replicas: 9, zones: 1, capacity: 1000/s, latency: 1ms}\n  cache: {kind: cache, replicas: 9, zones: 1, capacity: 1000/s, latency: 0.5ms, hit_ratio: 99.9%}\n  db: {kind: sql_db, leader: none, replicas: 9, zones: 1, capacity: 1000/s, latency: 20ms}\nconnections:\n  - web -> api -> cache\n  - api -> db: {on_miss: cache}\nflows: {f: {path: [web -> api -> cache, api -> db], kind: read, rate: 10/s}}\n";
    let before = p99(text);
    let catalog = Catalog::embedded();
    let design = super::design(catalog, text);
    let mut slower = WhatIf::default();
    slower.slow("cache=+50ms", &design).expect("a change");
    let after = |change: &WhatIf| {
        study(text, change, |study| {
            study.latency(0).p99.usual.expect("a time")
        })
    };
    assert!(after(&slower) > before + 0.05);
    let cold = WhatIf {
        cold_cache: true,
        ..WhatIf::default()
    };
    assert!(after(&cold) > 0.1, "every request waits for the store");
}
