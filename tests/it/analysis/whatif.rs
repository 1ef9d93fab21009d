//! Thought experiments: what is typed, and what it changes.

use sysdrill::analysis::{Detail, NOTHING, Overview, Sizes, Truth, WhatIf};
use sysdrill::catalog::Catalog;

use super::{design, kills, study};

const TEXT: &str = "components:\n  web: client\n  lb: {kind: load_balancer, managed: yes}\n  a: {kind: service, replicas: 2, zones: 2}\n  b: {kind: service, replicas: 2, zones: 1}\n  cache: {tech: redis, replicas: 1, zones: 1}\n  db: {kind: sql_db, replicas: 3, zones: 3, regions: 1, failover: automatic}\nconnections: [web -> lb -> a -> db, lb -> b -> db, a -> cache]\nflows:\n  read: {path: [web -> lb -> (a | b) -> db, a -> cache], kind: read, rate: 10/s}\n  write: {path: web -> lb -> b -> db, kind: write, rate: 1/s}\n";

fn works(targets: &[&str]) -> [Truth; 2] {
    let change = kills(TEXT, targets);
    study(TEXT, &change, |study| [study.works(0), study.works(1)])
}

#[test]
fn kills_combine() {
    assert_eq!(works(&[]), [Truth::Yes; 2]);
    assert_eq!(works(&["a"]), [Truth::Yes, Truth::Yes]);
    assert_eq!(works(&["a", "b"]), [Truth::No, Truth::No]);
    assert_eq!(
        works(&["zone:1"]),
        [Truth::Yes, Truth::No],
        "b stands in zone 1 alone"
    );
    assert_eq!(works(&["zone:1", "a=1"]), [Truth::No, Truth::No]);
    assert_eq!(works(&["db=2"]), [Truth::Yes, Truth::Yes]);
    assert_eq!(works(&["db=3"]), [Truth::No, Truth::No]);
    assert_eq!(
        works(&["cache"]),
        [Truth::Yes, Truth::Yes],
        "a cache is passed by"
    );
    assert_eq!(works(&["region:1"]), [Truth::No, Truth::No]);
}

#[test]
fn what_is_typed_wrongly_is_said_with_its_cure() {
    let catalog = Catalog::embedded();
    let design = design(catalog, TEXT);
    let mut change = WhatIf::default();
    let error = change
        .kill("cahce", &design)
        .expect_err("no such component");
    assert!(error.help.expect("a cure").contains("cache"));
    for target in ["zone:x", "zone:0", "db=0", "db=many", "region:"] {
        assert!(change.kill(target, &design).is_err(), "{target}");
    }
    let error = change.kill("db=4", &design).expect_err("there are three");
    assert_eq!(error.message, "`db` has 3 instances, not 4");
    change
        .kill("lb=4", &design)
        .expect("nobody says how many there are");
    change.kill("db=2", &design).expect("two of three");
    assert!(change.kill("db=2", &design).is_err(), "four in all");
    change = WhatIf::default();
    for load in ["fast", "-1", "5/s", "1e300"] {
        assert!(change.set_load(load).is_err(), "{load}");
    }
    for slower in ["db", "db=", "db=+3x", "nope=5ms", "db=5/s", "db=-5ms"] {
        assert!(change.slow(slower, &design).is_err(), "{slower}");
    }
    assert!(change.is_empty(), "{change:?}");
    assert!(NOTHING.is_empty());
}

#[test]
fn a_flow_that_what_is_left_can_not_serve_does_not_work() {
    let text = "components:\n  web: client\n  api: {kind: service, replicas: 2, zones: 1, capacity: 100/s, latency: 10ms}\n  other: service\nconnections: [web -> api]\nflows: {f: {path: web -> api, kind: read, rate: 150/s}}\n";
    for (target, works, overloaded) in [
        ("api=1", Truth::No, true),
        ("api", Truth::No, false),
        ("other", Truth::Yes, false),
    ] {
        study(text, &kills(text, &[target]), |study| {
            let flow = &Overview::of(study, &Sizes::default(), Detail::Full).flows[0];
            assert_eq!(
                (flow.works, flow.overloaded),
                (Some(works), overloaded),
                "{target}"
            );
        });
    }
}

#[test]
fn what_is_down_answers_nobody() {
    let text = "components:\n  web: client\n  api: {kind: service, replicas: 2, zones: 2, capacity: 100/s, latency: 10ms}\n  db: {kind: sql_db, replicas: 1, capacity: 1000/s, latency: 1ms}\nconnections: [web -> api -> db]\nflows: {f: {path: web -> api -> db, kind: read, rate: 50/s, latency: 1s}}\n";
    let of = |targets: &[&str]| {
        study(text, &kills(text, targets), |study| {
            Overview::of(study, &Sizes::default(), Detail::Full).flows[0].clone()
        })
    };
    let met = |flow: &sysdrill::analysis::FlowOverview| flow.p99_target.as_ref().map(|it| it.met);
    let whole = of(&[]);
    assert_eq!(met(&whole), Some(Truth::Yes));
    let down = of(&["db"]);
    assert_eq!((down.p99.usual, down.p99.best), (None, None));
    assert_eq!(met(&down), Some(Truth::No));
    // Where the zone of the store is not stated, it may be the one that is lost.
    let perhaps = of(&["zone:1"]);
    assert_eq!(perhaps.works, Some(Truth::NotStated));
    assert_eq!(
        (perhaps.p99.worst, met(&perhaps)),
        (None, Some(Truth::NotStated))
    );
    assert!(perhaps.p99.best.is_some(), "{perhaps:?}");
}

#[test]
fn a_limit_is_one_of_the_stated_load_whatever_the_load_is_now() {
    let text = "components:\n  web: client\n  api: {kind: service, replicas: 2, capacity: 100/s}\nconnections: [web -> api]\nflows: {f: {path: web -> api, kind: read, rate: 50/s}}\n";
    for (load, factors) in [("1x", [1.0, 10.0]), ("3x", [3.0, 30.0])] {
        let mut change = WhatIf::default();
        change.set_load(load).expect("a factor");
        study(text, &change, |study| {
            let found = Overview::of(study, &Sizes::default(), Detail::Full);
            let limit = found.flows[0].breaks_at.usual.expect("a number");
            assert!(super::close(limit, 4.0), "{load}: {limit}");
            for (row, factor) in found.load.iter().zip(factors) {
                assert!(super::close(row.factor, factor), "{load}: {}", row.factor);
            }
        });
    }
}

#[test]
fn load_scales_everything() {
    let catalog = Catalog::embedded();
    let design = design(catalog, TEXT);
    let mut change = WhatIf::default();
    change.set_load("10x").expect("a factor");
    change.slow("db=3x", &design).expect("a change");
    study(TEXT, &change, |study| {
        assert!(super::close(super::rate(study, "db"), 110.0));
    });
}
