//! The schemas: every file of the project is what its schema says, and what the readers refuse is refused.

use std::path::Path;

use serde_json::Value;
use sysdrill::catalog::{Catalog, EMBEDDED};
use sysdrill::report::{Document, schema};

/// A schema, and the part of JSON Schema that it is written in: any other keyword is a failure.
struct Validator(Value);

impl Validator {
    fn of(document: Document) -> Self {
        let text = schema(document, Catalog::embedded());
        Self(serde_json::from_str(&text).expect("a schema is JSON"))
    }

    /// What a text does otherwise than the schema says.
    fn complaints(&self, text: &str) -> Vec<String> {
        let value: Value = serde_yaml::from_str(text).expect("YAML");
        let mut found = Vec::new();
        self.check(&self.0, &value, "", &mut found);
        found
    }

    fn check(&self, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
        for (keyword, wanted) in schema.as_object().expect("a schema is an object") {
            let fits = match keyword.as_str() {
                "$schema" | "$defs" | "title" | "description" | "additionalProperties" => true,
                "$ref" => {
                    let pointer = wanted
                        .as_str()
                        .expect("a reference")
                        .trim_start_matches('#');
                    let target = self.0.pointer(pointer).expect("what is referred to");
                    self.check(target, value, at, found);
                    true
                }
                "type" => is_of(wanted, value),
                "enum" => wanted.as_array().expect("a list").contains(value),
                "minimum" => value.as_f64() >= wanted.as_f64() || !value.is_number(),
                "anyOf" => {
                    let schemas = wanted.as_array().expect("a list");
                    schemas.iter().any(|schema| {
                        let mut inner = Vec::new();
                        self.check(schema, value, at, &mut inner);
                        inner.is_empty()
                    })
                }
                "required" => {
                    let names = wanted.as_array().expect("a list").iter();
                    let has = |name: &str| value.get(name).is_some();
                    !value.is_object() || names.filter_map(Value::as_str).all(has)
                }
                "items" => {
                    for (place, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(wanted, item, &format!("{at}/{place}"), found);
                    }
                    true
                }
                "properties" => {
                    self.entries(schema, wanted, value, at, found);
                    true
                }
                other => panic!("{other} is not checked here"),
            };
            if !fits {
                found.push(format!("{at}: {value} against {keyword} {wanted}"));
            }
        }
        if schema.get("properties").is_none() && schema.get("additionalProperties").is_some() {
            self.entries(schema, &Value::Null, value, at, found);
        }
    }

    /// Known entries are what their properties say, others what additional ones may be.
    fn entries(
        &self,
        schema: &Value,
        properties: &Value,
        value: &Value,
        at: &str,
        found: &mut Vec<String>,
    ) {
        for (key, value) in value.as_object().into_iter().flatten() {
            let at = format!("{at}/{key}");
            match (properties.get(key), schema.get("additionalProperties")) {
                (Some(property), _) => self.check(property, value, &at, found),
                (None, Some(Value::Bool(false))) => found.push(format!("{at} is unknown")),
                (None, Some(other)) => self.check(other, value, &at, found),
                (None, None) => {}
            }
        }
    }
}

fn is_of(wanted: &Value, value: &Value) -> bool {
    let is = |name: &Value| match name.as_str().expect("the name of a type") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.is_u64() || value.is_i64(),
        other => panic!("{other} is no type"),
    };
    wanted
        .as_array()
        .map_or_else(|| is(wanted), |names| names.iter().any(is))
}

#[test]
fn every_file_of_the_project_is_as_its_schema_says() {
    let design = Validator::of(Document::Design);
    let problem = Validator::of(Document::Problem);
    let rubric = Validator::of(Document::Rubric);
    let config = Validator::of(Document::Config);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let platform = std::fs::read_to_string(root.join("examples/platform/sysdrill.yaml"));
    let found = config.complaints(&platform.expect("a configuration"));
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
        let found = validator.complaints(text);
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
        let found = Validator::of(document).complaints(text);
        assert!(!found.is_empty(), "{document:?} lets {text} pass");
    }
}
