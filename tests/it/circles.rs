//! What leans on itself in rubrics, by itself or by way of others: it is told where it stands and asked without end by nobody.

use sysdrill::assess::run_examples;
use sysdrill::catalog::{EMBEDDED, load};
use sysdrill::source::Source;

use super::authoring::{assert_begin, complaints, rule_with};

#[test]
fn what_leans_on_itself_is_told_with_its_place_and_never_asked() {
    let asked = rule_with(&[
        ("id", "own-d"),
        ("when", "{any: [{use: loop}, {use: outer}]}"),
    ]);
    let rules = [
        rule_with(&[("id", "own-a"), ("replaces", "own-b")]),
        rule_with(&[("id", "own-b"), ("replaces", "[own-a]")]),
        rule_with(&[("id", "own-c"), ("replaces", "[own-c]")]),
        asked,
        rule_with(&[("id", "own-e"), ("for_each", "{component: {use: one}}")]),
    ];
    let one = format!(
        "selectors: {{one: {{use: two}}}}\n\
        conditions: {{loop: {{not: {{use: loop}}}}, fine: {{use: loop}}, outer: {{any: [{{use: inner}}]}}}}\n\
        rules:\n{}",
        rules.concat()
    );
    let two = "selectors: {two: {not: {use: one}}, three: {entity: {any: [{use: three}]}}}\n\
        conditions: {inner: {all: [{component: cache}, {use: outer}]}}\n";
    let own = [
        ("rubrics/general/a.yaml", one.as_str()),
        ("rubrics/general/b.yaml", two),
    ];
    let found = complaints(&own);
    let expected: &[(usize, &[&str])] = &[
        (
            1,
            &[
                "`one` uses itself by way of `two` (rubrics/general/b.yaml:1) | say what one of them stands for without `use: one`",
                "`three` uses itself | say what it stands for without `use: three`",
            ],
        ),
        (
            2,
            &[
                "`loop` uses itself | say what it stands for without `use: loop`",
                "`outer` uses itself by way of `inner` (rubrics/general/b.yaml:2)",
            ],
        ),
        (
            4,
            &["the rule `own-a` takes the place of itself by way of `own-b`, and is never asked"],
        ),
        (
            6,
            &["the rule `own-c` takes the place of itself, and is never asked"],
        ),
    ];
    let lines: Vec<usize> = found.keys().copied().collect();
    let wanted: Vec<usize> = expected.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, wanted, "{found:#?}");
    for (line, expected) in expected {
        assert_begin(&found[line], expected);
    }
    // What is told is out of the way of those who go on with the rest, as examples and editors do.
    let catalog = load(EMBEDDED, &own).catalog;
    let source = Source::new("rubrics/general/a.yaml", one.as_str());
    assert_eq!(run_examples(&source, &catalog).run, 10);
}

#[test]
fn names_behind_names_end_somewhere() {
    let mut text = "conditions:\n  c0: {component: cache}\n".to_owned();
    for at in 1..=40_000 {
        text.push_str(&format!("  c{at}: {{use: c{}}}\n", at - 1));
    }
    let found = complaints(&[("rubrics/general/own.yaml", &text)]);
    let first = found.values().flatten().next().expect("a complaint");
    assert!(
        first.starts_with("`c17` leans on more than 16 names"),
        "{first}"
    );
}

#[test]
fn formulas_in_a_circle_are_told() {
    let text = "\
id: own
title: t
prompt: p
figures: [{id: a, dimension: rate}, {id: b, dimension: rate}, {id: c, dimension: rate}]
estimates:
  - {id: a, formula: a * 2}
  - {id: b, formula: c * 3}
  - {id: c, formula: b / 3 + a}
";
    let found = complaints(&[("problems/own/problem.yaml", text)]);
    let said: Vec<&String> = found.values().flatten().collect();
    let [of_itself, of_two] = said.as_slice() else {
        panic!("{found:#?}");
    };
    assert!(
        of_itself.starts_with("the formula of `a` needs `a` itself |"),
        "{of_itself}"
    );
    assert!(
        of_two.starts_with("the formula of `b` needs `b` itself by way of `c` |"),
        "{of_two}"
    );
}
