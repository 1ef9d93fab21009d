//! Load, limits, backlogs and storage.

use std::collections::BTreeMap;

use proptest::prelude::*;
use sysdrill::analysis::{
    Detail, Entry, Moment, NOTHING, Overview, Sizes, Stance, Use, WhatIf, backlogs, growth,
};
use sysdrill::assess;
use sysdrill::catalog::Catalog;
use sysdrill::notation::design::read;
use sysdrill::notation::yaml::Limits;

use super::{close, kills, rate, study, study_of};

#[test]
fn hit_ratios_compose() {
    let text = "components:\n  web: client\n  edge: {kind: cdn, hit_ratio: 70%}\n  api: service\n  cache: {tech: redis, hit_ratio: 80%}\n  db: sql_db\nconnections:\n  - web -> edge -> api -> cache\n  - api -> db: {on_miss: cache}\nflows: {read: {path: [web -> edge -> api -> cache, api -> db], kind: read, rate: 1000/s}}\n";
    study(text, &NOTHING, |study| {
        assert!(close(rate(study, "api"), 300.0));
        assert!(close(rate(study, "cache"), 300.0));
        assert!(close(rate(study, "db"), 60.0), "0.3 x 0.2 of 1000");
    });
    let cold = WhatIf {
        cold_cache: true,
        ..WhatIf::default()
    };
    study(text, &cold, |study| {
        assert!(close(rate(study, "db"), 1000.0));
    });
    let killed = kills(text, &["cache"]);
    study(text, &killed, |study| {
        assert!(close(rate(study, "db"), 300.0));
    });
}

#[test]
fn writes_pass_a_cache_and_take_what_reads_take_on_a_miss() {
    let text = "components:\n  web: client\n  edge: {kind: cdn, hit_ratio: 70%}\n  api: service\n  cache: {tech: redis, hit_ratio: 80%}\n  db: sql_db\nconnections:\n  - web -> edge -> api -> cache\n  - api -> db: {on_miss: cache}\nflows: {write: {path: web -> edge -> api -> db, kind: write, rate: 100/s}}\n";
    study(text, &NOTHING, |study| {
        assert!(close(rate(study, "db"), 100.0));
    });
}

#[test]
fn shares_calls_and_alternatives_divide_and_multiply() {
    let text = "components:\n  web: client\n  lb: load_balancer\n  a: service\n  b: service\n  feed: service\nconnections:\n  - web -> lb -> a\n  - lb -> b: {share: 20%}\n  - a -> feed: {calls: 200, share: 10%}\nflows: {f: {path: [web -> lb -> (a | b), a -> feed], kind: write, rate: 100/s}}\n";
    study(text, &NOTHING, |study| {
        assert!(close(rate(study, "b"), 20.0));
        assert!(close(rate(study, "a"), 80.0));
        assert!(close(rate(study, "feed"), 80.0 * 0.1 * 200.0));
    });
    let killed = kills(text, &["b"]);
    study(text, &killed, |study| {
        assert!(close(rate(study, "a"), 100.0), "a takes what b leaves");
    });
}

#[test]
fn what_sums_up_messages_sends_its_store_fewer_calls_where_none_are_stated() {
    let text = |tally: &str, attributes: &str| {
        format!(
            "components:\n  web: client\n  api: service\n  log: event_stream\n  tally: {tally}\n  db: sql_db\nconnections:\n  - web -> api ~> log ~> tally\n  - tally -> db: {{{attributes}}}\nflows: {{f: {{path: web -> api ~> log ~> tally -> db, kind: write, rate: 1000/s}}}}\n"
        )
    };
    let at_db = |text: &str| {
        let mut found = Vec::new();
        study(text, &NOTHING, |study| {
            let db = study.subject.design.component("db").unwrap();
            found = Stance::ALL
                .map(|stance| study.loads(stance).average[db].rate())
                .to_vec();
        });
        found
    };
    let gathered = at_db(&text("stream_processor", ""));
    assert!(
        close(gathered[0], 1000.0),
        "a write for each message at worst"
    );
    assert!(
        close(gathered[2], 1.0),
        "and for a thousand at best: {gathered:?}"
    );
    for (tally, attributes, rate) in [
        ("stream_processor", "calls: 0.5", 500.0),
        ("service", "", 1000.0),
        ("worker", "calls: 1", 1000.0),
    ] {
        let stated = at_db(&text(tally, attributes));
        assert!(
            stated.iter().all(|at| close(*at, rate)),
            "{tally}: {stated:?}"
        );
    }
}

#[test]
fn a_flow_that_carries_on_another_is_served_once_and_copied_once() {
    let text = |rate: &str| {
        format!(
            "components:\n  app: client\n  gate: websocket_gateway\n  keeper: service\nconnections:\n  - app -> gate -> keeper\n  - keeper ~> gate: {{calls: 3}}\nflows:\n  send: {{path: app -> gate -> keeper, kind: write, rate: 100/s}}\n  deliver: {{path: keeper ~> gate, kind: write, rate: {rate}}}\n"
        )
    };
    // The rate is that of the copies, or that of the messages.
    for stated in ["300/s", "100/s"] {
        study(&text(stated), &NOTHING, |study| {
            assert!(close(rate(study, "keeper"), 100.0), "{stated}");
            assert!(close(rate(study, "gate"), 400.0), "{stated}");
        });
    }
    // What nothing brings begins there.
    let alone = "components:\n  relay: worker\n  jobs: message_queue\n  sender: worker\nconnections:\n  - relay ~> jobs ~> sender\nflows: {f: {path: relay ~> jobs ~> sender, kind: write, rate: 100/s}}\n";
    study(alone, &NOTHING, |study| {
        assert!(close(rate(study, "relay"), 100.0));
        assert!(close(rate(study, "sender"), 100.0));
    });
}

#[test]
fn readers_of_a_queue_share_and_those_of_a_stream_each_get_all() {
    let text = |kind: &str| {
        format!(
            "components:\n  web: client\n  q: {kind}\n  a: worker\n  b: worker\nconnections: [web ~> q, q ~> a, q ~> b]\nflows: {{f: {{from: web, kind: write, rate: 100/s}}}}\n"
        )
    };
    study(&text("message_queue"), &NOTHING, |study| {
        assert!(close(rate(study, "a"), 50.0));
    });
    study(&text("event_stream"), &NOTHING, |study| {
        assert!(close(rate(study, "a"), 100.0));
    });
}

#[test]
fn callers_of_what_is_gone_send_every_attempt() {
    let text = "components:\n  web: client\n  a: service\n  b: service\nconnections:\n  - web -> a\n  - a -> b: {retries: 3}\nflows: {f: {path: web -> a -> b, kind: read, rate: 10/s}}\n";
    let killed = kills(text, &["b"]);
    study(text, &killed, |study| {
        assert!(close(rate(study, "b"), 40.0));
    });
    study(text, &NOTHING, |study| {
        assert!(close(study.amplification(2), 4.0));
    });
}

#[test]
fn requests_pass_by_a_copy_that_is_gone_and_reach_what_lies_behind() {
    let text = |kind: &str, strategy: &str| {
        format!(
            "components:\n  web: client\n  api: service\n  cache: {{kind: cache, hit_ratio: 90%{strategy}}}\n  db: {{kind: sql_db, leader: none, replicas: 1, capacity: 50/s}}\n\
             connections:\n  - web -> api\n  - api -> cache: {{retries: 2}}\n  - cache -> db\n\
             flows: {{f: {{path: web -> api -> cache -> db, kind: {kind}, rate: 100/s}}}}\n"
        )
    };
    let reaching = |text: &str, targets: &[&str]| {
        study(text, &kills(text, targets), |study| rate(study, "db"))
    };
    for (kind, misses) in [("read", 10.0), ("write", 100.0)] {
        let bypassed = text(kind, "");
        assert!(close(reaching(&bypassed, &[]), misses), "{kind}");
        assert!(close(reaching(&bypassed, &["cache"]), 100.0), "{kind}");
        let needed = text(kind, ", strategy: read_through");
        assert!(close(reaching(&needed, &["cache"]), 0.0), "{kind}");
    }
    let bypassed = text("read", "");
    study(&bypassed, &kills(&bypassed, &["cache"]), |study| {
        let flow = &Overview::of(study, &Sizes::default(), Detail::Brief).flows[0];
        assert!(flow.overloaded, "the store gets ten times what it got");
    });
}

#[test]
fn attempts_multiply_through_those_who_fail_with_what_they_call() {
    let text = |of_b: &str| {
        format!(
            "components:\n  web: client\n  a: service\n  b: service\n  c: {{kind: service, replicas: 1}}\n  d: service\n  cache: {{kind: cache, replicas: 1}}\n\
            connections:\n  - web -> a\n  - a -> b: {{retries: 3}}\n  - b -> c: {{retries: 3{of_b}}}\n  - b -> d\n  - b -> cache\n\
            flows: {{f: {{path: [web -> a -> b -> c, b -> d, b -> cache], kind: read, rate: 10/s}}}}\n"
        )
    };
    let rates = |text: &str, lost: &str| {
        study(text, &kills(text, &[lost]), |study| {
            ["b", "c", "d"]
                .map(|id| format!("{:.0}", rate(study, id)))
                .join(" ")
        })
    };
    assert_eq!(rates(&text(""), "c"), "40 160 40");
    assert_eq!(rates(&text(", optional: yes"), "c"), "10 40 10");
    assert_eq!(rates(&text(""), "cache"), "10 10 10", "it is passed by");
    assert_eq!(rates(&text(""), "a"), "0 0 0", "what is gone calls nobody");
}

#[test]
fn clients_that_a_chain_begins_with_share_its_requests() {
    let text = "components:\n  web: client\n  mobile: client\n  api: service\nconnections: [web -> api, mobile -> api]\nflows: {f: {path: (web | mobile) -> api, kind: read, rate: 120/s}}\n";
    study(text, &NOTHING, |study| {
        assert!(close(rate(study, "mobile"), 60.0));
        assert!(close(rate(study, "api"), 120.0));
    });
    let both = text.replace("(web | mobile) -> api", "[web -> api, mobile -> api]");
    study(&both, &NOTHING, |study| {
        assert!(close(rate(study, "api"), 240.0));
    });
}

#[test]
fn what_is_handed_round_is_called_as_often_as_it_is_drawn() {
    let text = "components:\n  web: client\n  a: service\n  b: service\n  c: service\nconnections: [web -> a -> b -> c, a ~> c, c ~> a]\nflows: {f: {from: web, kind: read, rate: 1/s}}\n";
    study(text, &NOTHING, |study| {
        assert!(close(rate(study, "c"), 2.0), "after b and beside it");
        assert!(close(rate(study, "a"), 1.0), "what leads back is cut");
    });
}

#[test]
fn reads_and_writes_can_take_connections_of_their_own() {
    let lines = [
        "  - web -> pg: {share: 50%, only: reads}\n",
        "  - web -> pg: {only: writes}\n",
    ];
    for lines in [lines.concat(), [lines[1], lines[0]].concat()] {
        let text = format!(
            "components:\n  web: client\n  pg: sql_db\nconnections:\n{lines}flows:\n  r: {{from: web, kind: read, rate: 10/s}}\n  w: {{from: web, kind: write, rate: 20/s}}\n"
        );
        study(&text, &NOTHING, |study| {
            assert!(close(rate(study, "pg"), 25.0));
        });
    }
}

#[test]
fn what_a_load_needs_is_said_of_the_shards_that_there_are() {
    let text = "components:\n  web: client\n  db: {kind: key_value_db, leader: none, replicas: 3, shards: 2, capacity: 100/s}\nconnections: [web -> db]\nflows: {f: {path: web -> db, kind: read, rate: 2500/s}}\n";
    let needs = |text: &str| {
        study(text, &NOTHING, |study| {
            let now = Overview::of(study, &Sizes::default(), Detail::Full);
            let mut reached = now.load[0].components.iter();
            let db = reached.find(|component| component.id == "db");
            db.and_then(|db| db.needs).expect("a capacity")
        })
    };
    let (replicas, shards) = needs(text);
    assert_eq!(shards, 2);
    let enough = text.replace("replicas: 3", &format!("replicas: {replicas}"));
    assert!(used(&enough, "db", Moment::Average) < 1.0);
    let fewer = text.replace("replicas: 3", &format!("replicas: {}", replicas - 1));
    assert!(used(&fewer, "db", Moment::Average) >= 1.0);
}

fn used(text: &str, id: &str, moment: Moment) -> f64 {
    study(text, &NOTHING, |study| {
        let at = study.subject.design.component(id).expect("a component");
        let (used, found) = study.utilisation(at, moment);
        assert!(matches!(used, Use::Share(_)), "{used:?}");
        found.usual.expect("a share")
    })
}

#[test]
fn replicas_share_reads_and_a_single_leader_takes_all_writes() {
    let text = "components:\n  web: client\n  db: {kind: sql_db, leader: single, replicas: 4, shards: 1, capacity: 1000/s, failover: automatic}\nconnections: [web -> db]\nflows:\n  read: {path: web -> db, kind: read, rate: 800/s}\n  write: {path: web -> db, kind: write, rate: 300/s, peak: 2x}\n";
    assert!(close(
        used(text, "db", Moment::Average),
        (300.0 + 800.0 / 4.0) / 1000.0
    ));
    assert!(close(
        used(text, "db", Moment::Peak),
        (600.0 + 800.0 / 4.0) / 1000.0
    ));
    let strong = text.replace("leader: single", "leader: single, consistency: strong");
    assert!(
        close(used(&strong, "db", Moment::Average), 1.1),
        "strong reads are the leader's"
    );
    let spread = text.replace("leader: single", "leader: none");
    assert!(close(used(&spread, "db", Moment::Average), 1100.0 / 4000.0));
}

#[test]
fn strong_reads_are_the_leaders_whether_anything_is_written_or_not() {
    let text = "components:\n  web: client\n  db: {kind: sql_db, leader: single, replicas: 4, shards: 1, capacity: 1000/s, consistency: strong}\nconnections: [web -> db]\nflows:\n  read: {path: web -> db, kind: read, rate: 800/s}\n";
    assert!(close(used(text, "db", Moment::Average), 0.8));
    let weak = text.replace("consistency: strong", "consistency: eventual");
    assert!(close(used(&weak, "db", Moment::Average), 0.2));
}

#[test]
fn the_shards_that_a_load_needs_are_enough_for_the_fullest_of_them() {
    for (reads, writes, consistency) in [
        (5_000, 900, "eventual"),
        (0, 1_700, "eventual"),
        (700, 700, "strong"),
    ] {
        let text = |replicas: u64, shards: u64| {
            format!(
                "components:\n  web: client\n  db: {{kind: sql_db, leader: single, replicas: {replicas}, shards: {shards}, capacity: 100/s, consistency: {consistency}}}\n\
                 connections: [web -> db]\nflows:\n  read: {{path: web -> db, kind: read, rate: {}/s}}\n  write: {{path: web -> db, kind: write, rate: {writes}/s}}\n",
                reads.max(1)
            )
        };
        let (replicas, shards) = study(&text(1, 1), &NOTHING, |study| {
            let now = Overview::of(study, &Sizes::default(), Detail::Brief);
            now.load[0].components[0].needs.expect("a capacity")
        });
        let share = used(&text(replicas, shards), "db", Moment::Average);
        assert!(share < 1.0, "{replicas} {shards}: {share}");
    }
}

#[test]
fn of_several_that_give_way_at_once_the_order_of_the_file_names_none() {
    let text = |order: &str| {
        format!(
            "components:\n  web: client\n{order}connections: [web -> y -> x]\nflows: {{f: {{path: web -> y -> x, kind: read, rate: 3/s}}}}\n"
        )
    };
    let (x, y) = (
        "  x: {kind: service, replicas: 1, capacity: 10/s}\n",
        "  y: {kind: service, replicas: 2, capacity: 5/s}\n",
    );
    for order in [[x, y].concat(), [y, x].concat()] {
        study(&text(&order), &NOTHING, |study| {
            let first = study.limit(0).bottleneck.expect("a limit");
            assert_eq!(study.subject.design.id(first), "x");
        });
    }
}

#[test]
fn the_first_bottleneck_and_what_the_target_needs() {
    let text = "components:\n  web: client\n  api: {kind: service, replicas: 4, capacity: 500/s}\n  db: {kind: sql_db, leader: single, replicas: 1, capacity: 1000/s}\nconnections: [web -> api -> db]\nflows: {f: {path: web -> api -> db, kind: write, rate: 100/s}}\n";
    study(text, &NOTHING, |study| {
        let limit = study.limit(0);
        assert_eq!(limit.bottleneck, study.subject.design.component("db"));
        assert!(close(limit.factor.usual.expect("known"), 10.0), "{limit:?}");
    });
    let slower = text.replace("capacity: 500/s", "capacity: 50/s");
    study(&slower, &NOTHING, |study| {
        let limit = study.limit(0);
        assert_eq!(limit.bottleneck, study.subject.design.component("api"));
        assert!(close(limit.factor.usual.expect("known"), 2.0), "{limit:?}");
    });
}

#[test]
fn no_more_instances_read_than_there_are_partitions() {
    let text = |partitions: &str, replicas: u64, rate: u64| {
        format!(
            "components:\n  web: client\n  q: {{kind: event_stream, capacity: 100k/s{partitions}}}\n  w: {{kind: worker, replicas: {replicas}, capacity: 20/s}}\n\
            connections: [web ~> q ~> w]\nflows: {{f: {{path: web ~> q ~> w, kind: write, rate: {rate}/s}}}}\n"
        )
    };
    for (partitions, replicas, expected) in [
        ("", 8, 120.0 / 160.0),
        (", partitions: 4", 8, 120.0 / 80.0),
        (", partitions: 4", 3, 120.0 / 60.0),
        (", partitions: 16", 8, 120.0 / 160.0),
    ] {
        let text = text(partitions, replicas, 120);
        let found = used(&text, "w", Moment::Average);
        assert!(close(found, expected), "{found}: {text}");
        study(&text, &NOTHING, |study| {
            let backlog = &backlogs(study)[0];
            let drained = backlog.average.drained.usual.expect("known");
            assert!(close(drained, 120.0 / expected), "{drained}: {text}");
        });
    }
    let needs = |partitions: &str, rate: u64| {
        study(&text(partitions, 8, rate), &NOTHING, |study| {
            let load = Overview::of(study, &Sizes::default(), Detail::Brief).load;
            let worker = load[0].components.iter().find(|it| it.id == "w");
            worker
                .expect("it works")
                .needs
                .map(|(replicas, _)| replicas)
        })
    };
    assert_eq!(needs("", 120), Some(7));
    assert_eq!(needs(", partitions: 8", 120), Some(7));
    assert_eq!(needs(", partitions: 4", 120), None, "four do not keep up");
}

#[test]
fn a_queue_grows_by_what_is_not_drained() {
    let text = "components:\n  web: client\n  q: {kind: message_queue, retention: 1h}\n  w: {kind: worker, replicas: 3, capacity: 100/s}\nconnections: [web ~> q ~> w]\nflows: {f: {path: web ~> q ~> w, kind: write, rate: 400/s}}\n";
    study(text, &NOTHING, |study| {
        let all = backlogs(study);
        let backlog = all.first().expect("a queue");
        assert!(
            close(backlog.average.growth.usual.expect("known"), 100.0),
            "{backlog:?}"
        );
        assert!(close(backlog.average.drained.usual.expect("known"), 300.0));
        assert!(close(
            backlog.time_to_loss().expect("it grows"),
            4.0 * 3_600.0
        ));
    });
    let peaked = text.replace("rate: 400/s", "rate: 200/s, peak: 2x");
    study(&peaked, &NOTHING, |study| {
        let all = backlogs(study);
        let (left, time) = all[0]
            .after_an_hour_of_peak()
            .expect("it grows at the peak");
        assert!(close(left, 360_000.0), "{left}");
        assert!(close(time.expect("there is room"), 3_600.0));
    });
}

#[test]
fn whoever_is_free_takes_the_next_message_of_a_queue() {
    let text = |fast: u64, share: &str| {
        format!(
            "components:\n  web: client\n  q: message_queue\n  k: {{kind: worker, replicas: 4, capacity: {fast}/s}}\n  j: {{kind: worker, replicas: 1, capacity: 10/s}}\n\
             connections:\n  - web ~> q\n  - q ~> k\n  - q ~> j{share}\nflows: {{f: {{path: [web ~> q ~> k, q ~> j], kind: write, rate: 100/s}}}}\n"
        )
    };
    let of = |text: &str| {
        study(text, &NOTHING, |study| {
            let found = &backlogs(study)[0].average;
            (
                found.drained.usual.expect("known"),
                found.growth.usual.expect("known"),
            )
        })
    };
    for (fast, drained, growth, each) in [
        (20, 90.0, 10.0, 100.0 / 90.0),
        (200, 810.0, 0.0, 100.0 / 810.0),
    ] {
        let text = text(fast, "");
        let (out, more) = of(&text);
        assert!(close(out, drained) && close(more, growth), "{out} {more}");
        for reader in ["k", "j"] {
            assert!(
                close(used(&text, reader, Moment::Average), each),
                "{reader}"
            );
        }
    }
    // Who is sent messages whether they are done or not is left with them.
    let (_, more) = of(&text(200, ": {share: 50%}"));
    assert!(close(more, 40.0), "{more}");
}

#[test]
fn stores_fill_by_their_writes_and_copies() {
    let text = "components:\n  web: client\n  db: {tech: postgres, leader: single, replicas: 3, shards: 1, failover: automatic, retention: 10 days}\nconnections: [web -> db]\nflows: {f: {path: web -> db, kind: write, rate: 10/s}}\n";
    study(text, &NOTHING, |study| {
        let at = study.subject.design.component("db").expect("a store");
        let sizes = Sizes {
            entry: BTreeMap::from([(at, Entry::of(500.0, "record_size"))]),
            ..Sizes::default()
        };
        let all = growth(study, &sizes);
        let found = all.first().expect("a store");
        assert!(close(
            found.a_day.usual.expect("known"),
            10.0 * 500.0 * 86_400.0
        ));
        assert!(close(
            found.kept.usual.expect("known"),
            10.0 * 500.0 * 864_000.0 * 3.0
        ));
    });
}

#[test]
fn of_several_tables_in_a_store_all_count_whatever_their_order() {
    let (small, large) = (Entry::of(500.0, "a_size"), Entry::of(2_000.0, "b_size"));
    let both = small.clone().and(large.clone());
    assert_eq!(both, large.and(small));
    let [worst, usual, best] = Stance::ALL.map(|stance| both.bytes(stance));
    assert!(close(worst, 2_000.0) && close(usual, 1_000.0) && close(best, 500.0));
}

/// A random acyclic design: each component may call later ones, with shares, calls and asynchronous arrows.
fn random_design() -> impl Strategy<Value = String> {
    let edge = (0..9_usize, 1..9_usize, 0..4_u8, 1..5_u32, 1..=100_u32);
    (prop::collection::vec(edge, 1..24), 1..1000_u32, 0..3_usize).prop_map(
        |(edges, rate, cache)| {
            let kinds = [
                "service",
                "load_balancer",
                "message_queue",
                "service",
                "event_stream",
                "worker",
            ];
            let mut text = String::from("components:\n  c0: client\n");
            for at in 1..10 {
                let kind = kinds[(at + cache) % kinds.len()];
                text.push_str(&format!("  c{at}: {kind}\n"));
            }
            text.push_str("connections:\n");
            let mut drawn = std::collections::BTreeSet::new();
            for (from, ahead, style, calls, share) in edges {
                let to = (from + ahead).min(9);
                if !drawn.insert((from, to)) || from == to {
                    continue;
                }
                let arrow = if style == 0 { "~>" } else { "->" };
                text.push_str(&format!(
                    "  - c{from} {arrow} c{to}: {{calls: {calls}, share: {share}%}}\n"
                ));
            }
            if drawn.is_empty() {
                text.push_str("  - c0 -> c1\n");
            }
            text.push_str(&format!(
                "flows: {{f: {{from: c0, kind: write, rate: {rate}/s}}}}\n"
            ));
            text
        },
    )
}

proptest! {
    #![proptest_config(crate::same_cases(128))]

    #[test]
    fn what_enters_a_component_is_what_its_callers_send(text in random_design()) {
        let catalog = Catalog::embedded();
        let design = super::design(catalog, &text);
        study_of(catalog, &design, &NOTHING, |study| {
            let loads = study.loads(Stance::Usual);
            let journey = &study.flows()[0].journey;
            let pushed = &loads.pushed[0];
            for (visit, arriving) in pushed.visits.iter().enumerate() {
                let begun = if journey.starts().any(|start| start == visit) { 1.0 } else { 0.0 };
                let sent: f64 = journey
                    .calls
                    .iter()
                    .zip(&pushed.calls)
                    .filter(|(call, _)| call.to == visit)
                    .map(|(_, sent)| sent)
                    .sum();
                assert!(close(*arriving, begun + sent), "{arriving} {sent}\n{text}");
            }
            // Each call carries its part of what arrives at the caller, worked out anew from the stated attributes.
            for (call, sent) in journey.calls.iter().zip(&pushed.calls) {
                let same = |other: &&sysdrill::analysis::Call| other.from == call.from && other.choice == call.choice;
                let edge = &design.connections[call.connection.expect("drawn")].attributes;
                let number = |name| edge.number(name);
                let share = number(sysdrill::model::Attribute::Share).unwrap_or(1.0);
                let total: f64 = if call.choice.is_some() {
                    let shares = journey.calls.iter().filter(same).map(|other| {
                        design.connections[other.connection.expect("drawn")].attributes.number(sysdrill::model::Attribute::Share).unwrap_or(1.0)
                    });
                    shares.sum::<f64>().max(1.0)
                } else {
                    1.0
                };
                let calls = number(sysdrill::model::Attribute::Calls).unwrap_or(1.0);
                let expected = pushed.visits[call.from] * share / total * calls;
                assert!(close(*sent, expected), "{sent} {expected}\n{text}");
            }
        });
    }

    #[test]
    fn more_replicas_never_make_anything_worse(text in random_design(), more in 1..5_u32) {
        let catalog = Catalog::embedded();
        let few = text.replace(": service\n", ": {kind: service, replicas: 1, capacity: 100/s}\n");
        let many = text.replace(": service\n", &format!(": {{kind: service, replicas: {}, capacity: 100/s}}\n", 1 + more));
        let of = |text: &str| {
            let design = super::design(catalog, text);
            study_of(catalog, &design, &NOTHING, |study| {
                let components = 0..design.components.len();
                let uses = components.map(|at| study.use_of(at, Moment::Average, Stance::Usual));
                let uses: Vec<Use> = uses.collect();
                (study.availability(0).usual.unwrap_or(0.0), uses)
            })
        };
        let ((few_up, few_uses), (many_up, many_uses)) = (of(&few), of(&many));
        prop_assert!(many_up >= few_up - 1e-12);
        for (few, many) in few_uses.iter().zip(&many_uses) {
            if let (Use::Share(few), Use::Share(many)) = (few, many) {
                prop_assert!(many <= few);
            }
        }
    }
}

#[test]
fn ways_that_are_inferred_share_the_requests_of_their_start() {
    let text = "sysdrill: 1\nproblem: news-feed\nestimates: {read_qps: 12k/s, write_qps: 600/s}\n\
        components:\n  app: client\n  web: client\n  api: service\n  posts: cassandra\n  graph: postgres\n  users: postgres\n\
        connections: [app -> api, web -> api, api -> posts, api -> graph, api -> users]\n";
    let catalog = Catalog::embedded();
    let read = read(text, &catalog.knowledge.vocabulary, &Limits::default());
    assert!(read.issues.is_empty(), "{:?}", read.issues);
    assess::ask(&read.design, catalog, None, |asked| {
        let study = asked.scene.study();
        let flows = study.flows().iter().map(|facts| &*facts.flow.id);
        assert_eq!(
            flows.count(),
            12,
            "two clients, three stores, two sorts of requests"
        );
        for part in ["api", "posts", "graph", "users"] {
            let found = rate(&study, part);
            assert!(close(found, 12_600.0), "{part}: {found}");
        }
    });
}
