//! The schemas: every file of the project is what its schema says, and what the readers refuse is refused.

use std::path::Path;

use serde_json::Value;
use sysdrill::catalog::{Catalog, EMBEDDED};
use sysdrill::model::attribute::Bearer;
use sysdrill::model::{Attribute, ValueType};
use sysdrill::report::{Document, schema};

use super::validator::Validator;

fn validator(document: Document) -> Validator {
    Validator::read(&schema(document, Catalog::embedded()))
}

/// What a text does otherwise than the schema of a sort of file says.
fn complaints(validator: &Validator, text: &str) -> Vec<String> {
    validator.complaints(&serde_yaml::from_str(text).expect("YAML"))
}

#[test]
fn every_file_of_the_project_is_as_its_schema_says() {
    let design = validator(Document::Design);
    let problem = validator(Document::Problem);
    let rubric = validator(Document::Rubric);
    let config = validator(Document::Config);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let platform = std::fs::read_to_string(root.join("examples/platform/sysdrill.yaml"));
    let found = complaints(&config, &platform.expect("a configuration"));
    assert!(found.is_empty(), "{found:#?}");
    let example = std::fs::read_to_string(root.join("docs/example.design.yaml")).expect("a file");
    let mut read = 0;
    for (path, text) in EMBEDDED
        .iter()
        .copied()
        .chain([("docs/example.design.yaml", example.as_str())])
    {
        let validator = if path.ends_with(".design.yaml") {
            &design
        } else if path.ends_with("/problem.yaml") {
            &problem
        } else if path.starts_with("rubrics/") {
            &rubric
        } else {
            continue; // templates, which are no YAML
        };
        read += 1;
        let found = complaints(validator, text);
        assert!(found.is_empty(), "{path}: {found:#?}");
    }
    assert!(read >= 100, "{read} files");
}

/// What no reader takes.
const REFUSED: &[(Document, &str)] = &[
    (Document::Design, "title: no format"),
    (Document::Design, "sysdrill: 2"),
    (Document::Design, "{sysdrill: 1, componets: {}}"),
    (Document::Design, "{sysdrill: 1, level: junior}"),
    (
        Document::Design,
        "{sysdrill: 1, components: {db: {kind: relational_db, replica: 2}}}",
    ),
    (
        Document::Design,
        "{sysdrill: 1, components: {db: {kind: relational_db, replicas: 0}}}",
    ),
    (
        Document::Design,
        "{sysdrill: 1, components: {db: {kind: relational_db, failover: perhaps}}}",
    ),
    (Document::Design, "{sysdrill: 1, connections: [{from: a}]}"),
    (
        Document::Design,
        "{sysdrill: 1, connections: [{a -> b: {timout: 1s}}]}",
    ),
    (
        Document::Design,
        "{sysdrill: 1, flows: {read: {path: a -> b, kind: append}}}",
    ),
    (
        Document::Design,
        "{sysdrill: 1, decisions: [{because: it is fast}]}",
    ),
    (
        Document::Design,
        "{sysdrill: 1, allow: [{rule: some-rule}]}",
    ),
    (Document::Problem, "{id: toy, title: Toy}"),
    (
        Document::Problem,
        "{id: toy, title: Toy, prompt: Build it., hints: {step9: []}}",
    ),
    (Document::Rubric, "{rules: [{id: no-rest}]}"),
    (Document::Rubric, "{conditions: {odd: {componnt: service}}}"),
    (Document::Rubric, "{selectors: {odd: {replica: 2}}}"),
    (Document::Rubric, "{selectors: {odd: {entity: {nmae: a}}}}"),
    (
        Document::Rubric,
        "{concepts: [{id: idea, title: An idea, hits: [idea]}]}",
    ),
    (Document::Config, "levle: mid"),
    (Document::Config, "fail_on: error"),
    (Document::Config, "severity: {no-limit: off}"),
    (Document::Config, "overrides: [{level: mid}]"),
    (Document::Config, "overrides: [{designs: x, rubrics: y}]"),
    (
        Document::Rubric,
        "{occasions: [{id: odd, of: a_full_moon}]}",
    ),
];

#[test]
fn what_readers_refuse_is_refused() {
    for (document, text) in REFUSED {
        let found = complaints(&validator(*document), text);
        assert!(!found.is_empty(), "{document:?} lets {text} pass");
    }
}

#[test]
fn words_are_taken_in_whatever_letters_the_reader_takes_them() {
    let design = validator(Document::Design);
    for attribute in Attribute::ALL {
        let row = attribute.row();
        let words = match row.value {
            ValueType::Choice(words) => words,
            ValueType::YesNo => &["yes", "no", "true", "false", "on", "off"],
            _ => continue,
        };
        for word in words {
            let others = [
                word.to_uppercase(),
                word.replace('_', "-"),
                word.replace('_', " ").to_uppercase(),
                format!("{word}x"),
            ];
            for other in others {
                let value = serde_json::json!({ row.name: other });
                let value = match row.bearer {
                    Bearer::Connection => {
                        serde_json::json!({"sysdrill": "1", "connections": [{"a -> b": value}]})
                    }
                    _ => serde_json::json!({"sysdrill": "1", "components": {"a": value}}),
                };
                let is_fine = design.complaints(&value).is_empty();
                let is_read = row.value.parse(&other).is_ok();
                assert_eq!(is_fine, is_read, "{}: {other}", row.name);
            }
        }
    }
}

/// A schema in which no object has a key that it does not name.
fn closed(schema: &mut Value) {
    if let Value::Object(object) = schema {
        if object.contains_key("properties") {
            object.insert("additionalProperties".to_owned(), Value::Bool(false));
        }
        object.values_mut().for_each(closed);
    } else if let Value::Array(items) = schema {
        items.iter_mut().for_each(closed);
    }
}

#[test]
fn real_reports_are_as_their_schema_says_and_it_names_all_of_their_keys() {
    let text = schema(Document::Report, Catalog::embedded());
    let open = Validator::read(&text);
    let mut strict: Value = serde_json::from_str(&text).expect("JSON");
    closed(&mut strict);
    let strict = Validator::read(&strict.to_string());
    let arguments = [
        "check docs/example.design.yaml problems/url-shortener/fixtures Cargo.toml --statistics --format json",
        "check --format json --exit-zero no-such-file.design.yaml",
        "analyze docs/example.design.yaml --kill cache --format json",
    ];
    let mut reports = arguments.map(|line| {
        let words: Vec<&str> = line.split(' ').collect();
        let report: Value = serde_json::from_str(&super::cli::out(&words)).expect("JSON");
        for validator in [&open, &strict] {
            let found = validator.complaints(&report);
            assert!(found.is_empty(), "{line}: {found:#?}");
        }
        report
    });
    let report = &mut reports[0];
    assert!(
        report["designs"]
            .as_array()
            .is_some_and(|designs| designs.len() > 4)
    );
    report["added"] = Value::Bool(true);
    assert!(open.complaints(report).is_empty(), "keys may be added");
    assert!(!strict.complaints(report).is_empty());
    report["designs"][0]["score"]["band"] = Value::from("genius");
    report["designs"][0]["findings"][0]["location"]["line"] = Value::from(-1);
    report["summary"] = Value::Null;
    assert!(open.complaints(report).len() >= 3);
}
