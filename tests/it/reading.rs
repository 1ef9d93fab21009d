//! Reading design files: every form, every mistake with its place and its cure, every limit.

use sysdrill::catalog::Catalog;
use sysdrill::model::{Attribute, Route};
use sysdrill::notation::design::{Reading, read, read_fragment};
use sysdrill::notation::yaml::{Limits, parse};
use sysdrill::source::{Issues, Source};

fn reading(text: &str) -> Reading {
    read(
        text,
        &Catalog::embedded().knowledge.vocabulary,
        &Limits::default(),
    )
}

/// Each issue as `line:column: message | help`.
fn complaints(text: &str) -> Vec<String> {
    let source = Source::new("a", text);
    reading(text)
        .issues
        .iter()
        .map(|issue| {
            let at = source.position(issue.span.start);
            format!(
                "{}:{}: {} | {}",
                at.line,
                at.column,
                issue.message,
                issue.help.clone().unwrap_or_default()
            )
        })
        .collect()
}

#[test]
fn a_file_with_eight_mistakes_reports_all_eight_with_place_and_cure() {
    let text = "\
sysdrill: 1
levle: senior
estimates:
  broken: 100 MB + 5/s
components:
  web: client
  api: {kind: service, replicsa: 3}
  db: {tech: postgers}
  cache: {tech: redis, hit_ratio: 120%, replicas: 0}
  cache: {tech: redis}
connections:
  - web -> api
  - api -> cahce
flows:
  read: {path: web -> api, kind: read, latency: 5/s}
";
    let found = complaints(text);
    let expected = [
        ("2:1:", "levle", "level"),
        ("4:", "a size", ""),
        ("7:24:", "replicsa", "replicas"),
        ("8:14:", "postgers", "postgres"),
        ("9:", "120%", "between 0% and 100%"),
        ("9:", "`0`", "at least 1"),
        (
            "10:3:",
            "duplicate key `cache`, first on line 9",
            "keep one",
        ),
        ("13:12:", "cahce", "cache"),
        ("15:", "a rate", "100ms"),
    ];
    for (place, words, help) in expected {
        let hit = found
            .iter()
            .any(|issue| issue.starts_with(place) && issue.contains(words) && issue.contains(help));
        assert!(
            hit,
            "no complaint at {place} with {words} and {help}: {found:#?}"
        );
    }
    assert_eq!(found.len(), expected.len(), "{found:#?}");
}

/// Instances that talk to each other are drawn as one component that calls itself. What to think of it is for rules to say.
#[test]
fn a_component_that_calls_itself_is_the_same_drawn_and_written() {
    let vocabulary = &Catalog::embedded().knowledge.vocabulary;
    let fragment = |text: &str| {
        let mut issues = Issues::default();
        let node = parse(text, &Limits::default(), &mut issues).expect(text);
        let reading = read_fragment(&node, vocabulary);
        assert!(reading.issues.is_empty(), "{text}: {:?}", reading.issues);
        reading.design.connections
    };
    let drawn = fragment("arrows: 'web:client -> nodes:service ~> nodes'");
    let ends = |at: usize| {
        drawn
            .get(at)
            .map(|one| (one.from == one.to, one.asynchronous))
    };
    assert_eq!(
        (ends(0), ends(1)),
        (Some((false, false)), Some((true, true)))
    );
    let components = "components: {web: client, nodes: service}";
    for written in [
        "['web -> nodes ~> nodes']",
        "[web -> nodes, {from: nodes, to: nodes, async: yes}]",
    ] {
        assert_eq!(
            fragment(&format!("{{{components}, connections: {written}}}")),
            drawn
        );
    }
}

/// Entries with mistakes that have nothing to do with each other, and the columns of what is complained of, with a word of
/// each complaint. A file has `web`, `api` and `db` beside the entry.
const SEVERAL: &[(&str, &[(usize, &str)])] = &[
    (
        "components: {x: {kind: postgres, replicas: three, title: [a], colour: red}}",
        &[
            (24, "tech: postgres"),
            (44, "whole number"),
            (58, "one text"),
            (63, "notes"),
        ],
    ),
    (
        "components: {x: {tech: nonesuch, hit_ratio: 120%, zones: 0}}",
        &[(24, "kind: service"), (45, "99.9%"), (58, "at least 1")],
    ),
    (
        "components: {x: {kind: service}, x: {kind: servce, replicas: 0}, x: {kind: service, zones: 0}}",
        &[
            (34, "duplicate key `x`"),
            (44, "service"),
            (62, "at least 1"),
            (66, "duplicate key `x`"),
            (92, "at least 1"),
        ],
    ),
    (
        "requirements: {functional: [a], functional: {b: c}, 'functional': [[d]]}",
        &[
            (33, "duplicate key"),
            (45, "`{`"),
            (54, "duplicate key"),
            (68, "one text"),
        ],
    ),
    (
        "components: {x: {kind: servce, tech: [a]}}",
        &[(24, "service"), (38, "one text")],
    ),
    (
        "components: {x: {replicas: -1, timeout: 3s}}",
        &[
            (17, "kind"),
            (28, "such as `3`"),
            (32, "a connection has it"),
        ],
    ),
    (
        "components: {'a b': {kind: servce, replicas: 0}}",
        &[(15, "letters"), (28, "service"), (46, "at least 1")],
    ),
    (
        "connections: [web -> nope: {timeout: soon, zones: 3}]",
        &[
            (22, "add it to"),
            (38, "not a duration"),
            (44, "a component has it"),
        ],
    ),
    (
        "connections: [{from: nope, to: nada, async: perhaps, retries: 5ms}]",
        &[
            (22, "nope"),
            (32, "nada"),
            (45, "neither"),
            (63, "whole number"),
        ],
    ),
    (
        "connections: [{from: web, timeout: 3 KB}]",
        &[(15, "without `to`"), (36, "a duration")],
    ),
    (
        "connections: [web -> : {timeout: 3 KB}]",
        &[(21, "a name is missing"), (34, "a duration")],
    ),
    (
        "connections: ['web -> api[zones=3] -> db x3 -> nope']",
        &[(23, "`api`"), (39, "`db`"), (48, "nope")],
    ),
    (
        "flows: {f: {path: web -> nope, kind: reed, rate: 3 KB, latency: fast, availability: 120%}}",
        &[
            (26, "nope"),
            (38, "read"),
            (50, "not a rate"),
            (65, "100ms"),
            (85, "0% and 100%"),
        ],
    ),
    (
        "flows: {f: {from: nope, to: nada, peak: 3 KB}}",
        &[(19, "nope"), (29, "nada"), (41, "3x")],
    ),
    (
        "flows: {f: {path: web -> api, to: nope, any: [web -> nada]}}",
        &[(12, "two ways"), (35, "nope"), (54, "nada")],
    ),
    (
        "flows: {f: {to: db, kind: reed}}",
        &[(12, "begins nowhere"), (27, "read")],
    ),
    ("flows: {f: {kind: reed}}", &[(12, "nowhere"), (19, "read")]),
    (
        "flows: {f: ['web -> api, nope -> (db | nada)']}",
        &[(21, "`,`"), (26, "nope"), (40, "nada")],
    ),
    (
        "estimates: {a: nope * 3 + nada, b: {value: a * zip, peak: 5 + 5 B}}",
        &[(16, "nope"), (27, "nada"), (48, "zip"), (63, "a number")],
    ),
    (
        "estimates: {a: {valeu: 3, peak: 5 + 5 B}, b: a * 3}",
        &[(17, "value"), (37, "a number")],
    ),
    (
        "api: [{path: [a], request: {b: c}}]",
        &[(7, "without `method`"), (14, "one text"), (28, "quote")],
    ),
    (
        "decisions: [{topic: [a], over: [b], because: {c: d}}]",
        &[
            (13, "without `choice`"),
            (21, "one text"),
            (32, "one text"),
            (46, "quote"),
        ],
    ),
    (
        "data: {x: {store: nope, key: {a: b}, filds: c}}",
        &[(19, "nope"), (30, "quote"), (38, "fields")],
    ),
    (
        "allow: [{rule: [a], subject: {b: c}, owner: [d], until: 2027-02-30}]",
        &[
            (9, "without `reason`"),
            (16, "one text"),
            (30, "quote"),
            (45, "one text"),
            (57, "2027-06-30"),
        ],
    ),
    (
        "session: {hints: many, spent: {estimation: 4 KB}, started: [a]}",
        &[(18, "whole number"), (44, "4m10s"), (60, "one text")],
    ),
];

#[test]
fn no_mistake_of_an_entry_hides_another_of_it() {
    let parts = "{web: client, api: service, db: postgres}";
    let mut wrong = Vec::new();
    for (entry, expected) in SEVERAL {
        let parts = match *entry {
            entry if entry.starts_with("components") => String::new(),
            _ => format!("components: {parts}\n"),
        };
        let found = complaints(&format!("sysdrill: 1\n{entry}\n{parts}"));
        let hits = found.iter().zip(*expected);
        let hits = hits.filter(|(issue, (column, words))| {
            issue.starts_with(&format!("2:{column}: ")) && issue.contains(words)
        });
        let is_each_cured = found.iter().all(|issue| !issue.ends_with("| "));
        if hits.count() != found.len() || found.len() != expected.len() || !is_each_cured {
            wrong.push(format!("{entry}: {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn one_mistake_is_complained_of_once() {
    for (text, complaint) in [
        (
            "components: [web, db]\nconnections: [web -> db]\nflows: {f: web -> db}",
            "2:13: a list where the components should stand",
        ),
        (
            "components: {web: client, db: postgers}\nconnections: [web -> db]\ndata: {x: {store: db}}",
            "2:31: unknown kind or technology `postgers`",
        ),
        (
            "components: {web: client}\nconnections: ['web -> db:postgres', web -> db]",
            "3:23: chains name components, no more",
        ),
        (
            "components: {web: client, db: postgres}\nconnections: ['web -> db: {label: reads}']",
            "3:23: chains name components, no more | take the quotes off",
        ),
        (
            "requirements: {assumptions: [users: 5]}\nestimates: {a: users * 2}",
            "2:29: a list where the assumptions should stand",
        ),
        (
            "estimates: {d: c * 2, c: b * 2, b: a * 2, a: 5 + 5 B}",
            "2:50: a size can't be added",
        ),
        (
            "components: {web: client, api: }",
            "2:27: component `api` without a kind | say what it is: `api: service`",
        ),
        (
            "components: {web: client, api: service}\nconnections: [{web -> api: }]",
            "3:26: nothing is said of `web -> api`",
        ),
        (
            "components: {web: client, api: &a {kind: service}, b: {<<: *a, replicas: 2}}",
            "2:56: merge keys are not supported | write the entries out",
        ),
        (
            "answers: {a: !important, b: c}",
            "2:14: `!important` is a tag of YAML",
        ),
        (
            "components: {web: client, api: service}\nconnections:\n  - web -> api:\n    protocol: https",
            "5:5: `protocol` is no connection | indent it",
        ),
    ] {
        let found = complaints(&format!("sysdrill: 1\n{text}\n"));
        assert_eq!(found.len(), 1, "{text}: {found:#?}");
        let begins = found
            .first()
            .is_some_and(|issue| issue.starts_with(complaint));
        assert!(begins, "{text}: {found:#?}");
    }
}

#[test]
fn what_people_mistake_for_yaml_or_for_a_technology_is_answered_by_what_to_write() {
    for (text, complaint) in [
        (
            "decisions:\n  - {topic: queue, choice: SQS, one for each channel, two lanes, over: Kafka}",
            "3:33: unknown key `one for each channel` of a decision | a comma ends a text between braces: \
             write `choice: \"SQS, one for each channel, two lanes\"`",
        ),
        (
            "decisions:\n  - topic: queue\n    choice: SQS\n    reason:",
            "5:5: unknown key `reason` of a decision | one of `topic`",
        ),
        (
            "components: {gw: {tech: api gateway}}",
            "2:25: unknown technology `api gateway` | `api_gateway` is a kind: write `kind: api_gateway`",
        ),
    ] {
        let found = complaints(&format!("sysdrill: 1\n{text}\n"));
        assert_eq!(found.len(), 1, "{text}: {found:#?}");
        let begins = found
            .first()
            .is_some_and(|issue| issue.starts_with(complaint));
        assert!(begins, "{text}: {found:#?}");
    }
}

#[test]
fn a_file_of_another_sort_is_told_as_that_and_nothing_else_of_it() {
    for (text, complaint) in [
        (
            "sysdrill_review: 1\ndesign: a.design.yaml\nlevel: mid\n",
            "1:1: a review, and no design | name designs; their first line is `sysdrill: 1`",
        ),
        (
            "sysdrill_baseline: 1\ndesigns: {}\n",
            "1:1: a baseline, and no design | ",
        ),
        (
            "fail_on: major\nlevel: senior\nselect: [store]\n",
            "1:1: not marked as a design | name files that are designs, or write",
        ),
        (
            "services: {web: {image: nginx}}\n",
            "1:1: not marked as a design | name files that are designs, or write",
        ),
        (
            "\n@startuml\nweb -> api: calls\n@enduml\n",
            "2:1: not a design file | `sysdrill import` makes a design of component and deployment diagrams of PlantUML",
        ),
        (
            "\n@startjson\n{}\n@endjson\n",
            "2:1: not a design file | a design is YAML whose first line is `sysdrill: 1`; `sysdrill new` writes one to fill in",
        ),
        (
            "graph TB\n  a --> b\n",
            "1:1: not a design file | `sysdrill import` makes a design of charts of Mermaid",
        ),
        (
            "services:\n  web: {image: nginx}\n",
            "1:1: not marked as a design | `sysdrill import` makes a design of services of Docker Compose",
        ),
        (
            "<mxfile host=\"x\"></mxfile>\n",
            "1:1: not a design file | ",
        ),
        (
            "vars: {\n  fill: \"#fff\"\n  a: b: c\n",
            "1:1: not a design file | ",
        ),
    ] {
        let found = complaints(text);
        assert!(
            found.len() == 1 && found[0].starts_with(complaint),
            "{found:#?}"
        );
    }
    let found = complaints("title: t\ncomponents: {web: clent}\nrest: 1\n");
    assert_eq!(
        found.len(),
        3,
        "a design without its mark is looked at: {found:#?}"
    );
    for broken in ["title: a: b\n", "{\"components\": {\n"] {
        let found = complaints(broken);
        assert!(found[0].contains("not YAML"), "{broken}: {found:#?}");
    }
}

#[test]
fn words_of_other_tools_are_answered_by_those_of_the_format() {
    for (said, proposed) in [
        ("components: {db: {kind: key_value}}", "key_value_db"),
        (
            "components: {db: {kind: sql_db, shard_key: id}}",
            "partition_key",
        ),
        ("components: {db: {kind: sql_db, instances: 3}}", "replicas"),
        (
            "components: {a: service, b: service}\nconnections: [{a -> b: {deadline: 2s}}]",
            "timeout",
        ),
    ] {
        let found = complaints(&format!("sysdrill: 1\n{said}\n"));
        let cure = format!("did you mean `{proposed}`?");
        assert!(
            found.len() == 1 && found.iter().all(|issue| issue.ends_with(&cure)),
            "{said}: {found:#?}"
        );
    }
}

/// What follows the components of a client and a store, the complaint, and what it proposes.
const CURES: &[(&str, &str, &str)] = &[
    (
        "}\nconnections: [{web -> db: {on_miss: yes}}]",
        "unknown component `yes`",
        "is a `cache`",
    ),
    (
        "}\nconnections: [{web -> db: {on_miss: lru}}]",
        "unknown component `lru`",
        "`lru: cache`",
    ),
    (
        "}\ndata: {user: {store: users}}",
        "unknown component `users`",
        "`users: sql_db`",
    ),
    (
        ", q: {kind: pubsub, dead_letter: bin}}",
        "unknown component `bin`",
        "`bin: message_queue`",
    ),
    (
        ", api: {kind: service, capacity: 0/s}}",
        "`0/s` is impossible",
        "more than that, such as `2000/s`",
    ),
    (
        ", api: {kind: service, availability: 0%}}",
        "`0%` is impossible",
        "more than that, such as `99.9%`",
    ),
    (
        ", api: service}\nflows: {f: {path: web -> api, rate: 0/s}}",
        "`0/s` is impossible",
        "more than that, such as `3.9k/s`",
    ),
    (
        ", api: service}\nflows: {f: {path: web -> api, latency: {p50: 0ms}}}",
        "`0ms` is impossible",
        "more than that, such as `20ms`",
    ),
    (
        ", api: service}\nconnections: [web -> api: {calls: 0}]",
        "`0` is impossible",
        "more than that, such as `2`",
    ),
    (
        ", api: service}\nconnections: [web -> api: {timeout: 0s}]",
        "`0s` is impossible",
        "more than that, such as `100ms`",
    ),
    (
        ", api: {kind: service, needs: all}}",
        "`all` is no whole number",
        "`majority`",
    ),
    (", 'true': service}", "`true` can't be the id", "yes or no"),
    (
        ", api-: service}",
        "`api-` can't be the id",
        "no hyphen at the end",
    ),
    (
        "}\nestimates: {b: 3/s, t: t * 2}",
        "`t` depends on itself",
        "as a value",
    ),
    (
        "}\napi: [{GET /x -> 200 (a: b)}]",
        "makes a key and a value",
        "`\"GET /x -> 200 (a: b)\"`",
    ),
    (
        "}\napi:\n  - GET /x -> 200 {a: b}",
        "makes a key and a value",
        "`\"GET /x -> 200 {a: b}\"`",
    ),
    (
        "}\ntitle: \u{1b}[31mred",
        "unexpected character: `\\u{1b}`",
        "remove the control character",
    ),
];

#[test]
fn what_is_said_of_a_connection_in_two_places_does_not_differ() {
    let of = |one: &str, other: &str| {
        let text = format!(
            "sysdrill: 1\ncomponents: {{a: service, b: service}}\nconnections:\n  - a -> b: {{{one}}}\n  - a -> b: {{{other}}}\n"
        );
        complaints(&text)
    };
    let found = of("timeout: 1s, retries: 2", "retries: 2, timeout: 2s");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].contains("5:26: `timeout` of this connection is stated above, and otherwise"),
        "{found:?}"
    );
    for (one, other) in [
        ("timeout: 1s", "timeout: 1s"),
        ("timeout: 1s", "retries: 2"),
        ("timeout: 1s, only: reads", "timeout: 2s, only: writes"),
        ("timeout: 1s", "timeout: 2s, async: yes"),
    ] {
        assert!(of(one, other).is_empty(), "{one} | {other}");
    }
}

#[test]
fn a_cure_is_one_that_helps() {
    let head = "sysdrill: 1\ncomponents: {web: client, db: {kind: sql_db}";
    for (rest, message, cure) in CURES {
        let found = complaints(&format!("{head}{rest}\n"));
        let is_told = |issue: &String| issue.contains(message) && issue.contains(cure);
        assert!(
            found.len() == 1 && found.iter().all(is_told),
            "{rest}: {found:#?}"
        );
    }
    let both = complaints(&format!(
        "{head}, api: {{kind: servce}}}}\nconnections: [web -> apii]\n"
    ));
    assert!(
        both.iter()
            .any(|issue| issue.ends_with("unknown component `apii` | did you mean `api`?")),
        "{both:#?}"
    );
    let well = complaints(&format!(
        "{head}, api: {{kind: service, replicas: 3, needs: Majority}}}}\n"
    ));
    assert!(well.is_empty(), "{well:#?}");
}

#[test]
fn numbers_that_contradict_each_other_are_warned_of() {
    for (entry, warning) in [
        (
            "estimates: {a: {value: 5/s, peak: 0.5x}}",
            "2:35: `0.5x` is below what it is the peak of",
        ),
        (
            "estimates: {a: {value: 5 KB, peak: 4 KB}}",
            "2:36: `4 KB` is below",
        ),
        ("estimates: {a: {value: 5, peak: 3x}}", ""),
        (
            "flows: {f: {from: web, rate: 5/s, peak: 3/s}}",
            "2:41: `3/s` is below",
        ),
        ("flows: {f: {from: web, rate: 5/s, peak: 5/s}}", ""),
        (
            "flows: {f: {from: web, latency: {p50: 2s, p99: 1s}}}",
            "2:33: p50 of 2s is above p99 of 1s",
        ),
        (
            "components: {web: {kind: service, needs: 3, replicas: 2}}",
            "2:42: `web` needs 3 of its 2 replicas",
        ),
    ] {
        let parts = if entry.starts_with("components") {
            ""
        } else {
            "components: {web: client}\n"
        };
        let text = format!("sysdrill: 1\n{entry}\n{parts}");
        let found = complaints(&text);
        assert_eq!(found.is_empty(), warning.is_empty(), "{entry}: {found:#?}");
        assert!(
            found.iter().all(|one| one.starts_with(warning)),
            "{entry}: {found:#?}"
        );
        let gravities = reading(&text).issues.into_iter().map(|issue| issue.gravity);
        assert!(
            gravities
                .into_iter()
                .all(|it| it == sysdrill::source::Gravity::Warning),
            "{entry}"
        );
    }
}

#[test]
fn figures_that_wait_for_a_circle_are_not_of_it() {
    let found = complaints("sysdrill: 1\nestimates: {c: a * 2, a: b * 2, b: a * 2, d: c}\n");
    let circle: Vec<_> = found.iter().filter_map(|issue| issue.get(..7)).collect();
    assert_eq!(circle, ["2:26: `", "2:36: `"], "{found:#?}");
}

#[test]
fn what_is_said_of_a_drawn_component_is_added_to_what_was_drawn() {
    let text =
        "{arrows: 'web:client -> api:service x3', components: {api: {kind: worker, zones: 2}}}";
    let node = parse(text, &Limits::default(), &mut Issues::default()).expect("a map");
    let reading = read_fragment(&node, &Catalog::embedded().knowledge.vocabulary);
    assert!(reading.issues.is_empty(), "{:?}", reading.issues);
    let api = reading.design.components.get(1).expect("a component");
    let count = |attribute| api.attributes.count(attribute);
    assert_eq!(
        (count(Attribute::Replicas), count(Attribute::Zones)),
        (Some(3), Some(2))
    );
}

#[test]
fn of_hundreds_of_mistakes_the_first_are_helped_with_names() {
    let mut text =
        "sysdrill: 1\ncomponents: {web: client, service: service}\nconnections:\n".to_owned();
    (0..300).for_each(|at| text.push_str(&format!("  - web -> service{at:03}\n")));
    let found = complaints(&text);
    assert_eq!(found.len(), 300);
    let helped = |issue: &&String| issue.ends_with("did you mean `service`?");
    assert_eq!(found.iter().take_while(helped).count(), 200);
    assert!(
        found
            .last()
            .is_some_and(|issue| issue.ends_with("`service299: service`")),
        "{found:#?}"
    );
}

#[test]
fn a_long_chain_of_figures_is_read_from_its_end() {
    let mut text = "sysdrill: 1\nestimates:\n".to_owned();
    for at in 0..5_000 {
        text.push_str(&format!("  a{at}: a{} + 1\n", at + 1));
    }
    text.push_str("  a5000: 1\n");
    let reading = reading(&text);
    let first = reading.design.estimates.first().expect("an estimate");
    assert!((first.figure.quantity.value - 5_001.0).abs() < 1e-9);
}

#[test]
fn the_example_of_the_format_reads_without_a_complaint() {
    let text = include_str!("../../docs/example.design.yaml");
    let reading = reading(text);
    assert!(reading.issues.is_empty(), "{:#?}", reading.issues);
    let design = reading.design;
    assert_eq!(design.components.len(), 9);
    assert_eq!(design.connections.len(), 9);
    let storage = design
        .estimates
        .iter()
        .find(|estimate| estimate.name == "storage_5y")
        .expect("an estimate");
    assert!(
        (storage.figure.quantity.value - 100e6 / 2_592_000.0 * 500.0 * 157_680_000.0).abs() < 1.0
    );
    let miss = design
        .connections
        .iter()
        .find(|connection| connection.attributes.word(Attribute::OnMiss).is_some());
    assert!(miss.is_some(), "the connection taken on a miss");
}

#[test]
fn terse_and_long_forms_say_the_same() {
    let terse = "sysdrill: 1\ncomponents:\n  a: client\n  b: redis\nconnections:\n  - a ~> b\n";
    let long = "sysdrill: 1\ncomponents:\n  a: {kind: client}\n  b: {tech: redis}\nconnections:\n  - {from: a, to: b, async: yes}\n";
    assert_eq!(
        reading(terse).design.connections,
        reading(long).design.connections
    );
}

#[test]
fn figures_may_name_figures_in_any_order() {
    let text = "sysdrill: 1\nestimates:\n  reads: writes * ratio\n  writes: users / 1 day\nrequirements:\n  assumptions: {ratio: 100:1, users: 864k users}\n";
    let reading = reading(text);
    assert!(reading.issues.is_empty(), "{:?}", reading.issues);
    let reads = reading
        .design
        .estimates
        .iter()
        .find(|estimate| estimate.name == "reads")
        .expect("reads");
    assert!((reads.figure.quantity.value - 1000.0).abs() < 1e-9);
}

#[test]
fn figures_that_wait_for_each_other_are_an_error_once_each() {
    let found = complaints("sysdrill: 1\nestimates:\n  a: b * 2\n  b: a * 2\n");
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found
            .iter()
            .all(|issue| issue.contains("depends on itself")),
        "{found:?}"
    );
}

#[test]
fn every_route_of_a_flow_is_read() {
    let text = "\
sysdrill: 1
components: {web: client, lb: load_balancer, a: service, b: service, db: postgres}
connections: [web -> lb, lb -> a, lb -> b, a -> db, b -> db]
flows:
  one: web -> lb -> (a | b) -> db
  two: {path: [web -> lb -> a, a -> db]}
  three: {any: [web -> lb -> a, web -> lb -> b]}
  four: {from: web, to: db}
  five: {from: web}
";
    let reading = reading(text);
    assert!(reading.issues.is_empty(), "{:?}", reading.issues);
    let routes: Vec<&Route> = reading
        .design
        .flows
        .iter()
        .map(|flow| &flow.route)
        .collect();
    assert!(matches!(
        routes.as_slice(),
        [
            Route::Path(_),
            Route::Path(_),
            Route::Any(_),
            Route::Between { .. },
            Route::From(_)
        ]
    ));
}

#[test]
fn hostile_files_end_in_one_clear_error() {
    let deep = format!("sysdrill: 1\ntitle: {}", "[".repeat(200_000));
    let bomb = (0..25).fold("a0: &a0 [x, x]\n".to_owned(), |text, i| {
        format!("{text}a{}: &a{} [*a{i}, *a{i}]\n", i + 1, i + 1)
    });
    let wide = format!(
        "sysdrill: 1\ncomponents:\n{}",
        (0..10_001)
            .map(|i| format!("  c{i}: client\n"))
            .collect::<String>()
    );
    let side = (0..500).map(|i| format!("c{i}")).collect::<Vec<_>>();
    let kinds = side.iter().map(|id| format!("  {id}: service\n"));
    let product = format!(
        "sysdrill: 1\ncomponents:\n{}connections:\n  - {side} -> {side}\n",
        kinds.collect::<String>(),
        side = side.join(", ")
    );
    for (text, words) in [
        (deep.as_str(), "nest"),
        (product.as_str(), "more than 200000 connections"),
        (bomb.as_str(), "values, counting what aliases repeat"),
        (wide.as_str(), "more than 10000 components"),
        ("sysdrill: 1\ntitle: a\0b", "NUL"),
        ("", "empty file"),
        ("sysdrill: 1\n---\nsysdrill: 1\n", "second document"),
        ("sysdrill: 2\n", "unknown format `2`"),
        ("- a\n- b\n", "not a design file"),
        ("title: x\n", "not marked as a design"),
    ] {
        let found = complaints(text);
        assert!(
            found.iter().any(|issue| issue.contains(words)),
            "{words}: {:?}",
            found.first()
        );
        assert!(found.len() < 4, "{words}: {}", found.len());
    }
}

#[test]
fn a_file_larger_than_the_limit_is_not_read() {
    let limits = Limits {
        bytes: 100,
        ..Limits::default()
    };
    let text = format!("sysdrill: 1\ntitle: {}\n", "x".repeat(200));
    let reading = read(&text, &Catalog::embedded().knowledge.vocabulary, &limits);
    assert!(
        reading
            .issues
            .first()
            .is_some_and(|issue| issue.message.contains("more than the limit"))
    );
}

#[test]
fn a_kind_that_contradicts_the_technology_is_a_warning() {
    let reading = reading("sysdrill: 1\ncomponents:\n  q: {tech: kafka, kind: sql_db}\n");
    let gravities: Vec<_> = reading.issues.iter().map(|issue| issue.gravity).collect();
    assert_eq!(gravities, [sysdrill::source::Gravity::Warning]);
}
