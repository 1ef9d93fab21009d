//! Slips of people who write rubrics that can be read and never find anything: each is told with a cure that holds.

use sysdrill::catalog::{EMBEDDED, load};
use sysdrill::notation::design::read_fragment;
use sysdrill::notation::yaml::{Limits, parse};
use sysdrill::source::Issues;

use super::authoring::{complaints, rule_with};

/// Keys with their values.
type Keys = &'static [(&'static str, &'static str)];

/// Keys of a rule, and what is complained of them with its cure.
const RULES: &[(Keys, &str)] = &[
    (
        &[("expect", "{estimate: {of: write_qps, at_least: 1 TB}}")],
        "a size in place of `write_qps`, which is a rate | name what is a size, or give a rate",
    ),
    (
        &[("expect", "{figure: {name: storage, above: 10/s}}")],
        "a rate in place of `storage`, which is a size | name what is a rate, or give a size",
    ),
    (
        &[(
            "expect",
            "{estimate: {ratio: [read_qps, write_qps], at_least: 10/s}}",
        )],
        "`10/s` is a rate, and `ratio` is a number | write it as `2`",
    ),
    (
        &[(
            "expect",
            "{figure: {name: storage, off_by: {above: 10 MB}}}",
        )],
        "`10 MB` is a size, and `off_by` is a number | write it as `2`",
    ),
    (
        &[("expect", "{flow: {kind: read, peak: {at_least: 10ms}}}")],
        "`10ms` is a duration, and never a `peak` | write a factor such as `3x`, or a rate such as `2000/s`",
    ),
    (
        &[("expect", "{utilisation: {at: peak, below: 80}}")],
        "`80` is so many times the capacity | write a percentage, such as `80%`",
    ),
    (
        &[("expect", "{endpoint: {method: [POST, PSOT]}}")],
        "unknown method `PSOT` | did you mean `POST`?",
    ),
    (
        &[("expect", "{text: {says: low-latency, in: []}}")],
        "a list of nothing | name something, or remove the key",
    ),
    (
        &[(
            "expect",
            "{text: {says: low-latency, in: [titles], about: locks}}",
        )],
        "nothing that is looked in has a topic | add `answers` or `decisions` to `in`, or leave `about` out",
    ),
    (
        &[("expect", "{component: {property: {transactions: maybe}}}")],
        "no technology has `maybe` as its `transactions` | one of",
    ),
    (
        &[("expect", "{component: {replicas: {at_least: 2.5}}}")],
        "`2.5` is no whole number, and `replicas` is one | write a bound such as `3`",
    ),
    (
        &[("expect", "{allowance: {until: {at_least: 3}}}")],
        "`last day` is no number, and never compares with `3` | write what it is",
    ),
    (
        &[("expect", "{decision: {over: yes}}")],
        "`yes` is looked for as a word of the text | write `{stated: yes}`",
    ),
    (
        &[("why", "''")],
        "an empty text | write what people are to read here",
    ),
    (
        &[("message", "' '")],
        "an empty text | write what people are to read here",
    ),
    (
        &[
            ("for_each", "{component: {kind: cache}}"),
            (
                "fix",
                "'Give {component.id} a second one, {answer} or not.'",
            ),
        ],
        "`{component.id}` in single braces is shown as it stands | write `{{component.id}}`",
    ),
    (
        &[(
            "expect",
            "{path: {from: client, to: {kind: datastore}, through: [cache, cdn]}}",
        )],
        "a list in place of a selector of components | write `{kind: [cache, cdn]}`",
    ),
    (
        &[("for_each", "{flow: write}")],
        "a text in place of a selector of flows | write `{kind: write}`",
    ),
    (
        &[("when", "busy")],
        "a text in place of a condition | write `{use: busy}`",
    ),
    (
        &[("for_each", "{components: {kind: cache}}")],
        "unknown key `components` of `for_each` | did you mean `component`?",
    ),
    (
        &[("expect", "{component: {kind: service, async: yes}}")],
        "unknown key `async` of a selector of components | it is asked of connections",
    ),
    (
        &[("reference", "replication")],
        "unknown page of the reference `replication` | did you mean `data/replication`?",
    ),
];

#[test]
fn a_slip_in_a_rule_is_told_once_with_what_to_write() {
    for (keys, expected) in RULES {
        let mut own = keys.to_vec();
        own.push(("id", "own"));
        let text = format!("rules:\n{}", rule_with(&own));
        let found = complaints(&[("rubrics/general/own.yaml", &text)]);
        let found: Vec<String> = found.into_values().flatten().collect();
        let told = matches!(found.as_slice(), [one] if one.starts_with(expected));
        assert!(told, "{keys:?}: {found:?}");
    }
}

#[test]
fn what_looks_like_a_slip_and_is_none_is_left_alone() {
    for keys in [
        &[("expect", "{estimate: {of: write_qps, at_least: 100/s}}")][..],
        &[(
            "expect",
            "{estimate: {ratio: [read_qps, write_qps], at_least: 10}}",
        )],
        &[("expect", "{flow: {peak: {at_least: 3x}}}")],
        &[("expect", "{flow: {peak: {at_least: 300/s}}}")],
        &[("expect", "{utilisation: {below: 0.8}}")],
        &[("expect", "{endpoint: {method: [get, WS, SUBSCRIBE]}}")],
        &[(
            "expect",
            "{component: {property: {leader: [single, Multi]}}}",
        )],
        &[("fix", "'Answer GET /{code} with {id, url}.'")],
        &[("expect", "{decision: {over: {stated: yes}}}")],
        &[(
            "expect",
            "{text: {says: low-latency, in: [answers, titles], about: speed}}",
        )],
    ] {
        let mut own = keys.to_vec();
        own.push(("id", "own"));
        let text = format!("rules:\n{}", rule_with(&own));
        let found = complaints(&[("rubrics/general/own.yaml", &text)]);
        assert!(found.is_empty(), "{keys:?}: {found:?}");
    }
}

/// A problem, in which a part is otherwise.
fn problem_with(part: &str, other: &str) -> String {
    let whole = "id: own\ntitle: Own\nprompt: Design it.\n\
        called: {driver: [chauffeur]}\n\
        facts:\n  - {id: size, asks: [size], answer: Large., assume: {members: 300k}}\n\
        figures:\n  - {id: members, dimension: number, names: ['(total_)?members']}\n\
        estimates:\n  - {id: write_qps, formula: members * 2/day, sane: {from: 1/s, to: 100/s}, why: It decides.}\n";
    assert!(whole.contains(part), "{part}");
    whole.replacen(part, other, 1)
}

#[test]
fn a_slip_in_a_problem_is_told_once_with_what_to_write() {
    for (part, other, expected) in [
        (
            "assume: {members",
            "assume: {mebmers",
            "no figure is called `mebmers` | did you mean `members`?",
        ),
        (
            "members: 300k",
            "members: lots",
            "no value of `members`, which sums are made with | write a number",
        ),
        (
            "called: {driver",
            "called: {drviver",
            "`drviver` is in no wording, so that nothing is read in its place | write the word",
        ),
        (
            "from: 1/s, to: 100/s",
            "from: 1 MB, to: 2 MB",
            "a size in place of `write_qps`, which is a rate | name what is a size, or give a rate",
        ),
        (
            "'(total_)?members'",
            "'total members'",
            "no name has ` `: names are read with `_` in its place | write `total_members`",
        ),
        (
            "asks: [size]",
            "asks: []",
            "a fact that nobody can ask for | write the questions",
        ),
        ("Large.", "''", "an empty text | write what people"),
    ] {
        let text = problem_with(part, other);
        let found = complaints(&[("problems/own/problem.yaml", &text)]);
        let found: Vec<String> = found.into_values().flatten().collect();
        let told = matches!(found.as_slice(), [one] if one.starts_with(expected));
        assert!(told, "{other}: {found:?}");
    }
    let whole = problem_with("id: own", "id: own");
    let found = complaints(&[("problems/own/problem.yaml", &whole)]);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_figure_of_a_problem_is_known_to_the_rules_for_it() {
    let problem = problem_with("id: own", "id: own");
    let rule = rule_with(&[
        ("id", "own-members"),
        ("expect", "{estimate: {of: members, above: 10/s}}"),
    ]);
    let rules = format!("rules:\n{rule}");
    let found = complaints(&[
        ("problems/own/problem.yaml", &problem),
        ("rubrics/problems/own.yaml", &rules),
    ]);
    let found: Vec<String> = found.into_values().flatten().collect();
    let expected = "a rate in place of `members`, which is a number";
    assert!(
        matches!(found.as_slice(), [one] if one.starts_with(expected)),
        "{found:?}"
    );
}

#[test]
fn a_slip_in_the_arrows_of_an_example_is_the_one_mistake_of_it() {
    let catalog = load(EMBEDDED, &[]).catalog;
    for (arrows, message) in [
        ("web - > api -> db:postgres", "unexpected `-`"),
        ("web -> ap -> db:postgres", "`ap` says nothing of its kind"),
        (
            "web -> api[replica=2] -> db:postgres",
            "unknown attribute `replica`",
        ),
    ] {
        let text = format!(
            "arrows: '{arrows}'\ncomponents: {{api: {{replicas: 1}}}}\nconnections: [{{from: api, to: db, timeout: 2s}}]\n\
            flows: {{f: {{path: web -> api -> db, kind: write}}}}\ndata: {{t: {{store: db, key: id}}}}\n"
        );
        let mut issues = Issues::default();
        let node = parse(&text, &Limits::default(), &mut issues).expect("YAML");
        let found = read_fragment(&node, &catalog.knowledge.vocabulary).issues;
        let found: Vec<&str> = found.iter().map(|issue| issue.message.as_str()).collect();
        assert_eq!(found, [message], "{arrows}");
    }
}
