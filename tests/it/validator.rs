//! The part of JSON Schema that the schemas here are written in, ours and those of others.

use regex::Regex;
use serde_json::Value;

/// A schema, and the part of JSON Schema that it is written in: any other keyword is a failure.
pub struct Validator(Value);

impl Validator {
    /// A schema by its text.
    pub fn read(text: &str) -> Self {
        Self(serde_json::from_str(text).expect("a schema is JSON"))
    }

    /// What a value does otherwise than the schema says.
    pub fn complaints(&self, value: &Value) -> Vec<String> {
        let mut found = Vec::new();
        self.check(&self.0, value, "", &mut found);
        found
    }

    fn check(&self, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
        for (keyword, wanted) in schema.as_object().expect("a schema is an object") {
            let fits = match keyword.as_str() {
                "$schema"
                | "$id"
                | "$defs"
                | "definitions"
                | "title"
                | "description"
                | "default"
                | "additionalProperties" => true,
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
                "maximum" => value.as_f64() <= wanted.as_f64() || !value.is_number(),
                "minItems" => items(value).len() as u64 >= wanted.as_u64().expect("a number"),
                "maxItems" => items(value).len() as u64 <= wanted.as_u64().expect("a number"),
                "uniqueItems" => wanted == false || are_unique(items(value)),
                "pattern" => {
                    let pattern = Regex::new(wanted.as_str().expect("a pattern")).expect("one");
                    value.as_str().is_none_or(|text| pattern.is_match(text))
                }
                "format" => value.as_str().is_none_or(|text| has_format(wanted, text)),
                "anyOf" => self.fitting(wanted, value) > 0,
                "oneOf" => self.fitting(wanted, value) == 1,
                "required" => {
                    let names = wanted.as_array().expect("a list").iter();
                    let has = |name: &str| value.get(name).is_some();
                    !value.is_object() || names.filter_map(Value::as_str).all(has)
                }
                "propertyNames" => self.fits_keys(wanted, value),
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

    /// Whether all keys of a map are what a schema says of them.
    fn fits_keys(&self, schema: &Value, value: &Value) -> bool {
        let mut found = Vec::new();
        for (key, _) in value.as_object().into_iter().flatten() {
            self.check(schema, &Value::from(key.as_str()), key, &mut found);
        }
        found.is_empty()
    }

    /// How many of some schemas a value fits.
    fn fitting(&self, schemas: &Value, value: &Value) -> usize {
        let schemas = schemas.as_array().expect("a list").iter();
        let fits = |schema: &&Value| {
            let mut found = Vec::new();
            self.check(schema, value, "", &mut found);
            found.is_empty()
        };
        schemas.filter(fits).count()
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
                (None, Some(Value::Bool(true)) | None) => {}
                (None, Some(other)) => self.check(other, value, &at, found),
            }
        }
    }
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn are_unique(items: &[Value]) -> bool {
    (1..items.len()).all(|at| !items[..at].contains(&items[at]))
}

/// Addresses have no other characters than RFC 3986 knows, and those that are not relative begin with a scheme.
fn has_format(format: &Value, text: &str) -> bool {
    let is_reference = text
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c));
    match format.as_str().expect("a format") {
        "uri-reference" => is_reference,
        "uri" => is_reference && text.contains(':'),
        other => panic!("{other} is not checked here"),
    }
}

fn is_of(wanted: &Value, value: &Value) -> bool {
    let is = |name: &Value| match name.as_str().expect("the name of a type") {
        "null" => value.is_null(),
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
