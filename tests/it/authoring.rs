//! Mistakes of people who write rubrics: each is told where it stands, whatever else is wrong beside it, and once.

use std::collections::BTreeMap;

use sysdrill::assess::{Outcome, assess, misheard, run_examples};
use sysdrill::catalog::{Catalog, EMBEDDED, load};
use sysdrill::source::Source;

use super::analysis::design;

/// What a whole rule has, so that a row says no more than what is wrong.
const WHOLE: &[(&str, &str)] = &[
    ("title", "t"),
    ("step", "scale"),
    ("severity", "minor"),
    ("weight", "1"),
    ("expect", "{component: cache}"),
    ("message", "m"),
    ("why", "w"),
    ("fix", "f"),
    ("ask", "a"),
    (
        "tests",
        "{passes: ['cache -> web:client'], fails: ['web:client -> api:service']}",
    ),
];

/// Keys with their values.
type Keys = &'static [(&'static str, &'static str)];

/// Keys of a rule that are wrong, and a word of each complaint in the order of the text.
const RULES: &[(Keys, &[&str])] = &[
    (
        &[("step", "scal"), ("severity", "grave"), ("weight", "11")],
        &["unknown step", "unknown severity", "no weight"],
    ),
    (
        &[
            ("levels", "[mid, junior]"),
            ("replaces", "[no-such-rule, nor-this]"),
        ],
        &["unknown level", "`no-such-rule`", "`nor-this`"],
    ),
    (
        &[(
            "expect",
            "{any: [{text: {matches: '$^a'}}, {text: {matches: 'a\\bb|c'}}, {component: {named: '[a&&b]'}}]}",
        )],
        &["no text can match", "would read `a`", "no text can match"],
    ),
    (
        &[(
            "expect",
            "{all: [{component: {kind: kache, zoness: 3}}, {flaw: {}}, {path: {to: {kind: qeue}}}]}",
        )],
        &[
            "`kache`",
            "`zoness`",
            "unknown condition `flaw`",
            "a path without `from`",
            "`qeue`",
        ],
    ),
    (
        &[(
            "expect",
            "{any: [{every: {component: {kind: kache}, is: {kind: qeue}}}, {component: {kind: [kache, qeue], count: {at_lest: 2}}}]}",
        )],
        &["`kache`", "`qeue`", "`kache`", "`qeue`", "`at_lest`"],
    ),
    (
        &[(
            "expect",
            "{text: {says: [no-such-concept], in: [nowhere], at_least: many}}",
        )],
        &[
            "concept `no-such-concept`",
            "part `nowhere`",
            "`many` is no whole number",
        ],
    ),
    (
        &[(
            "expect",
            "{section: {name: nowhere}, cut: {order: 9, of: town}}",
        )],
        &[
            "a section without `count`",
            "unknown name `nowhere`",
            "no order of a cut",
            "unknown loss `town`",
        ],
    ),
    (
        &[(
            "expect",
            "{utilisation: {at: noon, below: fast}, latency: {p50: {belo: 3}, p99: {above: 5 zz ms}}}",
        )],
        &[
            "unknown moment",
            "unknown name `fast`",
            "`belo`",
            "unexpected",
        ],
    ),
    (
        &[
            ("for_each", "{component: {kind: kache}}"),
            ("expect", "{this: {replcas: 2}}"),
            ("message", "'{{component.id}} {{component.idd}}'"),
            ("change", "{replicas: three, zones: 0}"),
        ],
        &[
            "`kache`",
            "`replcas`",
            "component.idd",
            "`three`",
            "at least 1",
        ],
    ),
    (
        &[
            (
                "for_each",
                "{component: {replication: asynch, zones: {at_least: 5ms}, failover: {above: 3}, calls: {kind: cache}}}",
            ),
            (
                "expect",
                "{this: {hit_ratio: {below: 300%}, managed: [yes, perhaps], consistency: {not: strng}, ttl: {at_most: 5}}}",
            ),
            (
                "when",
                "{flow: {kind: reed, rate: {above: 5}, count: {at_least: 2/s}}, availability: {below: 120%}}",
            ),
        ],
        &[
            "unknown value `asynch`",
            "`5ms` is a duration",
            "`failover` is no number",
            "`300%` is more",
            "`perhaps` is neither",
            "unknown value `strng`",
            "`5` is a number, and `ttl` is a duration",
            "unknown value `reed`",
            "`5` is a number, and `rate` is a rate",
            "`2/s` is a rate, and `count` is a number",
            "`120%` is more",
        ],
    ),
    (
        &[
            ("levels", "[]"),
            (
                "expect",
                "{component: {kind: [], any: [], failover: []}, any: [], text: {says: []}}",
            ),
        ],
        &["a list of nothing"; 6],
    ),
    (
        &[(
            "when",
            "{problem: no-such-problem, component: {replicas: {at_least: 5, at_most: 2}}, flow: {rate: {above: 5/s, below: 5/s}}, level: mid, not: {level: mid}}",
        )],
        &[
            "unknown problem `no-such-problem`",
            "nothing is at least 5 and at most 2 | make `at_most` the larger",
            "nothing is above 5/s and below 5/s",
            "no level is left, and this never holds",
        ],
    ),
    (
        &[
            ("levels", "[senior]"),
            (
                "when",
                "{any: [{level: mid}, {all: [{level: [staff, mid]}]}]}",
            ),
            ("expect", "{any: [{level: mid}, {not: {level: mid}}]}"),
        ],
        &["asked of none of the levels at which `when` can hold | write `levels: [mid, staff]`"],
    ),
    (
        &[(
            "expect",
            "{component: {kind: cache, tech: postgres}, endpoint: {status: [200, 999]}, text: {says: [timeout, timeout], at_least: 2}}",
        )],
        &[
            "is of none of these kinds | write `kind: sql_db`",
            "`999` is no status",
            "`at_least: 2` of 1 can never be said",
        ],
    ),
    (
        &[(
            "expect",
            "{component: {kind: cache}, count: 2, tech: redis}",
        )],
        &[
            "unknown condition `count` | it stands inside of a selector: `component: {..., count: ...}`",
            "unknown condition `tech` | it stands inside of a selector: `component: {..., tech: ...}`",
        ],
    ),
    (
        &[(
            "expect",
            "{all: [{path: {from: client, to: datastore, direct: yes, through: {kind: cache}}}, {path: {from: client, to: datastore, some: yes, at_most: 0}}]}",
        )],
        &[
            "`through` beside `direct` says nothing",
            "`some` says nothing without `through`",
            "no way has 0 connections",
        ],
    ),
    (
        &[(
            "expect",
            "{all: [{component: {property: {leadr: single}}}, {component: {property: {leader: one}}}, {component: {replicas: {below: 1}}}, \
            {component: {hit_ratio: {above: 100%}}}, {component: {ttl: {stated: no, below: 1h}}}, {utilisation: {}}, {path: {from: client, to: $store}}]}",
        )],
        &[
            "no technology has a property `leadr` | did you mean `leader`?",
            "`leader`: ",
            "`replicas` is never below 1",
            "`hit_ratio` is never above 100%",
            "what is not stated compares with nothing",
            "`utilisation` is compared with nothing",
            "`$store` is bound by nothing here",
        ],
    ),
    (
        &[
            ("when", "{path: {from: client, to: $component}}"),
            ("for_each", "{component: cache}"),
            ("expect", "{path: {from: client, to: $component}}"),
        ],
        &["`$component` is bound by nothing here"],
    ),
    (
        &[
            ("expect", "{use: broken}"),
            ("when", "{component: {use: [broken, unheard]}}"),
        ],
        &["`unheard`"],
    ),
];

#[test]
fn no_mistake_of_a_rule_hides_another_of_it() {
    let mut text =
        "selectors: {broken: {kind: kache}}\nconditions: {broken: {flaw: {}}}\nrules:\n".to_owned();
    for (at, (wrong, _)) in RULES.iter().enumerate() {
        let id = format!("own-{at}");
        let whole = WHOLE.iter().chain(*wrong).copied();
        let keys: BTreeMap<&str, &str> = whole.chain([("id", id.as_str())]).collect();
        let mut keys: Vec<String> = keys
            .into_iter()
            .map(|(key, value)| format!("{key}: {value}"))
            .collect();
        // The rows say complaints in the order of their own keys.
        let place = |key: &String| {
            wrong
                .iter()
                .position(|(name, _)| key.starts_with(&format!("{name}:")))
        };
        keys.sort_by_key(place);
        text.push_str(&format!("  - {{{}}}\n", keys.join(", ")));
    }
    let mut found = complaints(&[("rubrics/general/own.yaml", &text)]);
    let mut wrong = Vec::new();
    for (at, (keys, expected)) in RULES.iter().enumerate() {
        let found = found.remove(&(at + 4)).unwrap_or_default();
        let hits = found.iter().zip(*expected);
        let hits = hits.filter(|(issue, words)| issue.contains(*words)).count();
        if hits != expected.len() || found.len() != expected.len() {
            wrong.push(format!("{keys:?}: {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(
        found.len(),
        2,
        "of the selectors and conditions alone: {found:#?}"
    );
}

#[test]
fn what_is_defined_twice_is_told_unless_it_takes_the_place_of_what_is_built_in() {
    let rule = |id: &str| {
        let keys: Vec<String> = WHOLE
            .iter()
            .map(|(key, value)| format!("{key}: {value}"))
            .collect();
        format!("  - {{id: {id}, {}}}\n", keys.join(", "))
    };
    let built_in = "store-on-one-machine";
    let one = format!("rules:\n{}{}{}", rule("own"), rule("other"), rule("own"));
    let two = format!("rules:\n{}{}\n", rule("other"), rule(built_in));
    let found = complaints(&[
        ("rubrics/general/a.yaml", &one),
        ("rubrics/general/b.yaml", &two),
    ]);
    let told: Vec<String> = found
        .into_iter()
        .map(|(line, said)| format!("{line}: {}", said.join("; ")))
        .collect();
    let help = "give one of them another id";
    let expected = [
        format!("2: `other` is defined twice, first in rubrics/general/a.yaml:3 | {help}"),
        format!("4: `own` is defined twice, first in rubrics/general/a.yaml:2 | {help}"),
    ];
    assert_eq!(told, expected);
}

/// A whole rule with some keys of its own.
pub(super) fn rule_with(own: &[(&str, &str)]) -> String {
    let keys: BTreeMap<&str, &str> = WHOLE.iter().chain(own).copied().collect();
    let keys: Vec<String> = keys
        .iter()
        .map(|(key, value)| format!("{key}: {value}"))
        .collect();
    format!("  - {{{}}}\n", keys.join(", "))
}

#[test]
fn whatever_rules_can_be_about_is_selected_by_a_name() {
    let selectors = "selectors: {own_link: {entity: {any: [{name: link}, {fields: target}]}}, \
        own_worker: {kind: worker}, own_own: {entity: {use: own_link, keyed: yes}}}\n";
    let tests = "{passes: [{data: {link: {key: code}}}, {data: {a: {key: code, fields: [target]}}}], \
        fails: [{data: {user: {key: id}}}, {data: {link: {fields: [code]}}}]}";
    let rule = rule_with(&[
        ("id", "own"),
        (
            "expect",
            "{entity: {use: own_own, not: {use: [own_link, own_own], key: id}}}",
        ),
        ("tests", tests),
    ]);
    assert_run(&format!("{selectors}rules:\n{rule}"), 4);

    let wrong = rule_with(&[
        ("id", "own"),
        ("when", "{entity: {use: own_lnik}}"),
        (
            "expect",
            "{all: [{component: {use: own_link}}, {decision: {use: own_link}}]}",
        ),
    ]);
    let text = format!("{selectors}rules:\n{wrong}");
    let mut found = complaints(&[("rubrics/general/own.yaml", &text)]);
    let mut found = found.remove(&3).unwrap_or_default();
    found.sort();
    let expected = [
        "unknown selector of components `own_link` | ",
        "unknown selector of decisions `own_link` | name a selector of decisions that there is, or add this one",
        "unknown selector of entities `own_lnik` | did you mean `own_link`?",
    ];
    assert_begin(&found, &expected);
}

#[test]
fn how_many_there_are_is_open_between_the_sure_and_the_possible() {
    let rule = rule_with(&[
        ("id", "own"),
        (
            "expect",
            "{component: {kind: service, replicas: {at_least: 2}, count: 1}}",
        ),
        (
            "tests",
            "{passes: ['web -> a x2 -> b x1'], fails: ['web -> a x2 -> b x2', 'web -> a x1'], \
            unstated: ['web -> a:service -> b:service', 'web -> a x2 -> b:service']}",
        ),
    ]);
    assert_run(&format!("rules:\n{rule}"), 5);
}

#[test]
fn what_another_rule_speaks_of_is_neither_met_nor_missed() {
    let rule = rule_with(&[
        ("id", "own"),
        ("for_each", "{component: {kind: service}}"),
        ("unless", "{this: {zones: {at_most: 1}}}"),
        ("expect", "{this: {replicas: {at_least: 2}}}"),
        ("strength", "All have a second one."),
    ]);
    let text = format!("rules:\n{rule}");
    let catalog = load(EMBEDDED, &[("rubrics/general/own.yaml", text.as_str())]).catalog;
    for (api, expected) in [
        ("zones: 1, replicas: 1", None),
        ("zones: 1, replicas: 5", None),
        ("zones: 2, replicas: 2", Some(Outcome::Met)),
        ("zones: 2, replicas: 1", Some(Outcome::Missed)),
        ("replicas: 1", Some(Outcome::NotStated)),
        ("replicas: 2", None),
    ] {
        let design = design(
            &catalog,
            &format!(
                "components: {{web: client, api: {{kind: service, {api}}}}}\nconnections: [web -> api]\n"
            ),
        );
        let found = assess(&design, &catalog, None);
        let strength = found.strengths.iter().find(|it| it.rule == "own");
        let finding = found.findings.iter().find(|it| it.rule == "own");
        let met = strength.map(|_| Outcome::Met);
        let outcome = met.or(finding.map(|finding| finding.outcome));
        assert_eq!(outcome, expected, "{api}");
    }
}

#[test]
fn an_example_is_judged_at_the_level_that_it_states() {
    let tests = "{passes: [{level: staff, arrows: 'web -> api'}, {level: senior}, 'web -> api'], fails: [{level: mid}]}";
    let rule = rule_with(&[
        ("id", "own"),
        ("expect", "{level: [staff, senior]}"),
        ("tests", tests),
    ]);
    // Who is not asked at the level of designs that name none is asked at the first of the rule's.
    let staff = rule_with(&[
        ("id", "other"),
        ("levels", "[mid, staff]"),
        ("expect", "{level: mid}"),
        ("tests", "{passes: ['web -> api'], fails: [{level: staff}]}"),
    ]);
    assert_run(&format!("rules:\n{rule}{staff}"), 6);
}

/// What ways are to avoid, pass and be no longer than holds of one and the same way.
#[test]
fn the_keys_of_a_path_hold_together() {
    let own = |id: &str, path: &str, tests: &str| {
        let path = format!("{{path: {{from: client, to: datastore, {path}}}}}");
        rule_with(&[("id", id), ("expect", &path), ("tests", tests)])
    };
    let drawn = |connections: &str| {
        format!(
            "{{components: {{web: client, a: service, b: service, c: redis, lb: load_balancer, db: postgres}}, connections: [{connections}]}}"
        )
    };
    let short = format!(
        "{{passes: [{}], fails: [{}]}}",
        drawn("web -> a -> db"),
        drawn("web -> c -> db, web -> a -> b -> db")
    );
    let around = format!(
        "{{passes: [{}], fails: [{}, {}]}}",
        drawn("web -> lb -> db, web -> c -> db"),
        drawn("web -> a -> db, web -> c -> lb -> db"),
        drawn("web -> c -> db")
    );
    let cached = format!(
        "{{passes: [{}, {}], fails: [{}]}}",
        drawn("web -> c -> db"),
        drawn("web -> db, web -> c -> db"),
        drawn("web -> a -> c -> db, web -> db")
    );
    let through = format!(
        "{{passes: [{}], fails: [{}]}}",
        drawn("web -> lb -> db, web -> a -> b -> db"),
        drawn("web -> a -> db, web -> lb -> db")
    );
    let rules = [
        own("own-a", "avoiding: {kind: cache}, at_most: 2", &short),
        own(
            "own-b",
            "avoiding: {kind: cache}, through: {kind: load_balancer}",
            &around,
        ),
        own(
            "own-c",
            "through: {kind: cache}, some: yes, at_most: 2",
            &cached,
        ),
        own(
            "own-d",
            "through: {kind: load_balancer}, at_most: 2",
            &through,
        ),
    ];
    assert_run(&format!("rules:\n{}", rules.concat()), 10);
}

#[test]
fn whether_ways_go_astray_is_open_where_their_ends_are() {
    let drawn = |a: &str, b: &str| {
        format!(
            "{{components: {{web: client, a: {{kind: service{a}}}, b: {{kind: service{b}}}, c: redis, db: postgres}}, \
            connections: [web -> a -> c -> db, web -> b -> db]}}"
        )
    };
    let (one, two) = (", replicas: 1", ", replicas: 2");
    let alone = "{components: {b: service, db: postgres}, connections: [b -> db]}";
    let tests = format!(
        "{{passes: [{}], fails: [{}, {}, {alone}], unstated: [{}, {}, {}]}}",
        drawn(two, one),
        drawn(two, two),
        drawn(one, two),
        drawn("", ""),
        drawn(two, ""),
        drawn("", one),
    );
    let rule = rule_with(&[
        ("id", "own"),
        (
            "expect",
            "{path: {from: {kind: service, replicas: {at_least: 2}}, to: datastore, through: {kind: cache}}}",
        ),
        ("tests", &tests),
    ]);
    assert_run(&format!("rules:\n{rule}"), 7);
}

#[test]
fn a_phrase_that_is_heard_otherwise_is_pointed_at() {
    let text = "concepts:\n  - id: own\n    title: t\n    wordings: [foo]\n    hits: [foo, bar]\n    misses: [a foo, baz]\n";
    let own = [("rubrics/concepts/own.yaml", text)];
    let loaded = load(EMBEDDED, &own);
    let source = Source::new(own[0].0, text);
    let mut told = Vec::new();
    for (concept, issues) in misheard(&source, &loaded.catalog) {
        for issue in issues {
            let at = source.position(issue.span.start);
            told.push(format!(
                "{concept} {}:{}: {}",
                at.line, at.column, issue.message
            ));
        }
    }
    assert_eq!(
        told,
        [
            "own 5:17: concept `own` does not hear \"bar\"",
            "own 6:14: concept `own` hears \"a foo\"",
        ]
    );
}

#[test]
fn what_no_flag_allows_has_no_flag_for_a_cure() {
    let text = format!(
        "conditions: {{deep: {}{}}}\n",
        "{not: ".repeat(80),
        "}".repeat(80)
    );
    let found = complaints(&[("rubrics/general/own.yaml", &text)]);
    let said = found.values().flatten().next().expect("a complaint");
    assert!(
        said.starts_with("nested more than 64 deep | nest less"),
        "{said}"
    );
}

#[test]
fn no_mistake_of_a_problem_hides_another_of_it() {
    let text = "\
prompt: [p]
facts: [{asks: ['('], assume: [users], answer: a}]
requirements: {functional: [{core: perhaps}]}
estimates: [{formula: nope * 2, sane: {from: x}, tolerance: y}]
figures: [{dimension: sice, names: ['('], role: king, per: z}]
flows: [{kind: reed, from: kache, rate: nope}]
deep_dives: [{when: {flaw: {}}, looks_for: [no-such-concept]}]
probes: [{step: scal, when: {flaw: {}}, ask: '{{x}}'}]
twists: [{assume: 3, ask: [a]}]
hints: {scal: [{nudge: n, unless: {flaw: {}}}]}
";
    let found = complaints(&[("problems/own/problem.yaml", text)]);
    let numbers: Vec<usize> = found.values().map(Vec::len).collect();
    assert_eq!(numbers, [2, 3, 2, 5, 5, 4, 3, 4, 3, 3], "{found:#?}");
}

#[test]
fn what_a_problem_takes_a_figure_for_is_what_the_figure_is() {
    let text = "\
id: own
title: t
prompt: p
facts: [{id: a, asks: [x], answer: y, assume: {spots: 5 GB, car_park_spots: 40, mood: good, other: 5 GB}}, {id: b, answer: z}]
figures: [{id: spots, dimension: number, names: [car_park_spots], peak_of: nosuch}, {id: visits, dimension: rate}]
flows: [{id: f, from: client, to: {kind: datastore}, rate: spots}, {id: g, from: client, to: {kind: datastore}, rate: visits}]
twists: [{id: t, say: s, ask: a, looks_for: [sharding], good: g, assume: {visits: 5 GB}}]
";
    let found = complaints(&[("problems/own/problem.yaml", text)]);
    let expected: &[(usize, &[&str])] = &[
        (
            4,
            &[
                "a size in place of `spots`, which is a number | name what is a size, or give a number",
                "a fact that nobody can ask for | write the questions",
            ],
        ),
        (5, &["unknown figure `nosuch`"]),
        (6, &["a rate in place of `spots`, which is a number"]),
        (7, &["a size in place of `visits`, which is a rate"]),
    ];
    let lines: Vec<usize> = found.keys().copied().collect();
    let wanted: Vec<usize> = expected.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, wanted, "{found:#?}");
    for (line, parts) in expected {
        let told = &found[line];
        let is_each = parts
            .iter()
            .all(|part| told.iter().any(|it| it.contains(part)));
        assert!(is_each && told.len() == parts.len(), "{found:#?}");
    }
}

#[test]
fn what_a_problem_says_twice_or_can_never_be_is_told() {
    let text = "\
id: own
title: t
prompt: p
facts: [{id: a, asks: [x], answer: y}, {id: b, asks: [x], answer: y}, {id: a, asks: [z], answer: y}]
figures: [{id: spots, dimension: number}, {id: visits, dimension: rate}, {id: spots, dimension: number}, {id: open}]
estimates:
  - {id: write_qps, formula: spots * visits *, sane: {from: 10/s, to: 1/s}, tolerance: 20}
  - {id: read_qps, formula: spots + visits, sane: {from: 1 KB, to: 5/s}, tolerance: 0%}
  - {id: storage, formula: spots * visits, tolerance: 5 KB}
  - {id: visits, formula: open * spots, tolerance: 0.2}
  - {id: visits, formula: visits * 2, tolerance: 900%}
hints: {scale: [{id: h, unless: {level: mid}, nudge: n, pointer: p, answer: a}, {id: h, nudge: n, pointer: p, answer: a}]}
";
    let found = complaints(&[("problems/own/problem.yaml", text)]);
    let expected: &[(usize, &[&str])] = &[
        (4, &["the id `a` stands twice under `facts`"]),
        (5, &["the id `spots` stands twice under `figures`"]),
        (
            7,
            &[
                "",
                "nothing is between `10/s` and `1/s` | write the lower one",
                "`20` is no tolerance | write a percentage",
            ],
        ),
        (
            8,
            &[
                "a rate can't be added to a number",
                "nothing is between `1 KB` and `5/s` | write two figures of one sort",
                "`0%` is no tolerance",
            ],
        ),
        (
            9,
            &[
                "the formula comes to a rate, and `storage` is a size",
                "`5 KB` is no tolerance",
            ],
        ),
        (
            11,
            &[
                "the id `visits` stands twice under `estimates`",
                "the formula of `visits` needs `visits` itself | work it out",
            ],
        ),
        (12, &["the id `h` stands twice under `hints`"]),
    ];
    let elsewhere = complaints(&[("problems/mine/problem.yaml", text)]);
    assert!(elsewhere[&1][0].starts_with("the folder of the problem is `mine` | write `id: mine`"));
    let lines: Vec<usize> = found.keys().copied().collect();
    let wanted: Vec<usize> = expected.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, wanted, "{found:#?}");
    for (line, expected) in expected {
        assert_begin(&found[line], expected);
    }
}

#[test]
fn a_file_of_rubrics_with_another_ending_is_told_and_none_is_passed_over() {
    let own = [
        ("rubrics/general/own.yml", "rules: []\n"),
        ("problems/own/problem.yml", "id: own\n"),
        ("rubrics/elsewhere.yaml", "rules: []\n"),
        ("problems/own/references/one.design.yml", "sysdrill: 1\n"),
    ];
    let told = load(EMBEDDED, &own).mistakes.into_iter();
    let told: Vec<String> = told
        .map(|(source, issues)| format!("{}: {}", source.name, issues[0].message))
        .collect();
    let unread = "nothing is read of this file, for";
    let ending = "files of rubrics end in `.yaml`";
    assert_eq!(
        told,
        [
            format!("rubrics/general/own.yml: {unread} {ending}"),
            format!("problems/own/problem.yml: {unread} {ending}"),
            format!("rubrics/elsewhere.yaml: {unread} it lies in none of the folders of rubrics"),
        ]
    );
}

#[test]
fn no_mistake_of_a_concept_or_a_technology_hides_another_of_it() {
    let concepts = "concepts:\n  - {id: own, wordings: ['('], not: [')'], hits: [a]}\n  - {title: t, hits: [a]}\n";
    let uses = "conditions: {one: {text: {says: own}}}\n";
    let found = complaints(&[
        ("rubrics/concepts/own.yaml", concepts),
        ("rubrics/general/own.yaml", uses),
    ]);
    let numbers: Vec<usize> = found.values().map(Vec::len).collect();
    assert_eq!(numbers, [3, 1], "{found:#?}");
    let technologies = "technologies:\n  - {name: [n], kind: kache, also: [qeue, cache], capacity: {from: 3 KB, to: 5/s}}\n  - {id: own}\n";
    let found = complaints(&[("rubrics/technologies/own.yaml", technologies)]);
    let numbers: Vec<usize> = found.values().map(Vec::len).collect();
    assert_eq!(numbers, [6, 1], "{found:#?}");
}

#[test]
fn no_mistake_of_a_page_or_the_scoring_hides_another_of_it() {
    let pages =
        "title: t\npages:\n  - {title: [a], numbers: [{source: s}], see: [nowhere/at-all]}\n";
    let found = complaints(&[("rubrics/reference/own.yaml", pages)]);
    let numbers: Vec<usize> = found.values().map(Vec::len).collect();
    assert_eq!(numbers, [1, 4], "{found:#?}");
    let scoring = "steps: {scale: many}\nlevels: {mid: {lean: 50}, senior: [50]}\nmajor_caps: {hire: none}\nhint: {points: 1}\n";
    let found = complaints(&[("rubrics/scoring.yaml", scoring)]);
    let numbers: Vec<usize> = found.values().map(Vec::len).collect();
    assert_eq!(numbers, [3, 3, 1, 1], "{found:#?}");
    let scores = load(EMBEDDED, &[("rubrics/scoring.yaml", scoring)])
        .catalog
        .scoring;
    assert_eq!(
        scores,
        Catalog::embedded().scoring,
        "those that are built in stay"
    );
}

#[test]
fn a_scoring_that_does_not_add_up_is_told() {
    let text = "\
steps: {requirements: 0, estimation: 0, high_level: 0, detailed: 0, scale: 0}
levels:
  mid: {strong_hire: 60, hire: 72, lean: 50}
  senior: {strong_hire: 172, hire: 78, lean: -55}
  staff: {strong_hire: 93, hire: 83, lean: 68}
blocker_cap: 149
major_caps: {hire: 5, lean: 3, no_hire: 4}
not_stated: 150%
hint: {points: 1, at_most: -8}
";
    let found = complaints(&[("rubrics/scoring.yaml", text)]);
    let told: Vec<String> = found
        .into_iter()
        .flat_map(|(line, said)| said.into_iter().map(move |said| format!("{line}: {said}")))
        .collect();
    let expected = [
        "1: no step has any points",
        "3: `strong_hire` begins no higher than `hire`",
        "4: `172` is not within 0 and 100",
        "4: `-55` is not within 0 and 100",
        "6: `149` is not within 0 and 100",
        "7: 3 missed majors leave no more than `lean`, and 5 no more than `hire`",
        "8: `150%` is not within 0% and 100%",
        "9: `-8` is not within 0 and 100",
    ];
    assert_begin(&told, &expected);
}

#[test]
fn what_a_rule_is_without_is_told_in_one_sentence_and_a_mistyped_key_is_not_missing() {
    let text = "\
rules:
  - {id: own, titel: t, step: scale, severity: note, weight: 0, expect: {level: mid}, message: m, ask: a, tests: {pass: [x], fails: [y]}}
  - {id: other, id: Third, weight: [1]}
";
    let found = complaints(&[("rubrics/general/own.yaml", text)]);
    let expected = [
        (
            2,
            vec![
                "a rule without `why` and `fix` | add `why: ...` and `fix: ...`",
                "unknown key `titel` of a rule | did you mean `title`?",
                "unknown key `pass` of the examples of a rule | did you mean `passes`?",
            ],
        ),
        (
            3,
            vec![
                "a rule without `title`, `step`, `severity`, `expect`, `message`, `why`, `fix`, `ask` and `tests` | ",
                "duplicate key `id`, first on line 3 | keep one of the two",
                "`Third` can't be the id of a rule",
                "a list where a text is expected",
            ],
        ),
    ];
    for (line, expected) in expected {
        assert_begin(&found[&line], &expected);
    }
}

#[test]
fn of_several_names_and_patterns_the_wrong_one_is_pointed_at() {
    let concepts = "concepts: [{id: own, title: t, wordings: [a, '(', b, '[c'], hits: [a]}]\n";
    let problem = "id: own\ntitle: t\nprompt: p\nfigures: [{id: f, names: [x, 'y(']}]\n\
        deep_dives: [{id: d, title: t, ask: a, good: g, looks_for: [timeout, no-such, timeouts]}]\n";
    let own = [
        ("rubrics/concepts/own.yaml", concepts),
        ("problems/own/problem.yaml", problem),
    ];
    let mut places = Vec::new();
    for (source, issues) in load(EMBEDDED, &own).mistakes {
        for issue in issues {
            places.push(source.text[issue.span.start..issue.span.end].to_owned());
        }
    }
    places.sort();
    assert_eq!(places, ["(", "[c", "no-such", "timeouts", "y("]);
}

/// Holds each complaint to how it begins, in order.
pub(super) fn assert_begin(found: &[String], expected: &[&str]) {
    let hits = found.iter().zip(expected);
    let hits = hits.filter(|(said, expected)| said.starts_with(**expected));
    assert_eq!(
        (hits.count(), found.len()),
        (expected.len(), expected.len()),
        "{found:#?}"
    );
}

/// A file of own rules without a mistake, of which so many examples run and do what they should.
fn assert_run(text: &str, examples: usize) {
    let path = "rubrics/general/own.yaml";
    let loaded = load(EMBEDDED, &[(path, text)]);
    assert!(loaded.mistakes.is_empty(), "{:?}", loaded.mistakes);
    let run = run_examples(&Source::new(path, text), &loaded.catalog);
    assert_eq!(run.run, examples);
    assert!(run.failures.is_empty(), "{:?}", run.failures);
}

/// What is complained of in files of one's own, by line.
pub(super) fn complaints(own: &[(&str, &str)]) -> BTreeMap<usize, Vec<String>> {
    let mut complaints: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (source, issues) in load(EMBEDDED, own).mistakes {
        for issue in issues {
            let line = source.position(issue.span.start).line;
            let help = issue.help.unwrap_or_default();
            complaints
                .entry(line)
                .or_default()
                .push(format!("{} | {help}", issue.message));
        }
    }
    complaints
}

#[test]
fn a_concept_is_found_by_what_is_said_and_by_words_of_its_name() {
    let concept = |id: &str, title: &str, wording: &str| {
        format!(
            "  - {{id: {id}, title: {title}, wordings: ['{wording}'], hits: ['so {wording}'], misses: [none of it]}}\n"
        )
    };
    let concepts = [
        concept("own-zebra-crossings", "crossings of zebras", "zebras cross"),
        concept("own-zebra-stripes", "zebras and their stripes", "stripes"),
        concept("own-gnus", "gnus that wander", "gnus"),
    ];
    let text = format!("concepts:\n{}", concepts.concat());
    let loaded = load(EMBEDDED, &[("rubrics/concepts/own.yaml", &text)]);
    assert!(loaded.mistakes.is_empty(), "{:?}", loaded.mistakes);
    let found = |said: &str| {
        let found = loaded.catalog.concepts_about(said);
        let own = |concepts: &[&sysdrill::rubric::Concept]| -> Vec<String> {
            let ids = concepts.iter().map(|concept| concept.id.clone());
            ids.filter(|id| id.starts_with("own-")).collect()
        };
        (own(&found.hearing), own(&found.alike))
    };
    let (hearing, alike) = found("Here the zebras cross.");
    assert_eq!(hearing, ["own-zebra-crossings"]);
    assert_eq!(alike, ["own-zebra-stripes"], "what hears it stands once");
    let (hearing, alike) = found("zebra crossing");
    assert!(hearing.is_empty());
    assert_eq!(
        alike,
        ["own-zebra-crossings", "own-zebra-stripes"],
        "the more words, the sooner"
    );
    let (hearing, _) = found("There are no gnus.");
    assert!(hearing.is_empty(), "what is denied is not heard");
}
