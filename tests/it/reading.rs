//! Reading design files: every form, every mistake with its place and its cure, every limit.

use sysdrill::catalog::Catalog;
use sysdrill::model::{Attribute, Route};
use sysdrill::notation::design::{Reading, read};
use sysdrill::notation::yaml::Limits;
use sysdrill::source::Source;

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
    for (text, words) in [
        (deep.as_str(), "nest"),
        (bomb.as_str(), "values, counting what aliases repeat"),
        (wide.as_str(), "more than 10000 components"),
        ("sysdrill: 1\ntitle: a\0b", "NUL"),
        ("", "empty file"),
        ("sysdrill: 1\n---\nsysdrill: 1\n", "second document"),
        ("sysdrill: 2\n", "unknown format `2`"),
        ("- a\n- b\n", "a list where a design is a map"),
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
