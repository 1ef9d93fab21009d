//! The schemas: every file of the project is what its schema says, and what the readers refuse is refused.

use std::path::Path;

use sysdrill::catalog::{Catalog, EMBEDDED};
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

#[test]
fn what_readers_refuse_is_refused() {
    let cases = [
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
    for (document, text) in cases {
        let found = complaints(&validator(document), text);
        assert!(!found.is_empty(), "{document:?} lets {text} pass");
    }
}
