//! The JSON Schema of the JSON report, version 1: each key with what it means.
//!
//! Knows the keys; that they are those of the report is tested. Keys may be added within a version, so none is forbidden.

mod analysis;
mod class;
mod reviews;

use serde_json::{Map, Value, json};

use analysis::ANALYSIS;

use super::json::VERSION;
use crate::assess::Outcome;
use crate::catalog::Band;
use crate::model::{Level, Severity, Step};

/// A key of an object.
struct Key {
    name: &'static str,
    of: Of,
    about: &'static str,
    /// Whether it stands in every such object.
    is_needed: bool,
}

/// What a value is.
#[derive(Clone, Copy)]
enum Of {
    Text,
    Number,
    Count,
    YesNo,
    Version,
    Words(fn() -> Vec<&'static str>),
    List(&'static Of),
    Pair(&'static Of),
    /// An object with these keys.
    Object(&'static [Key]),
    /// An object whose keys are names.
    Named(&'static Of),
    /// Such a value, or null where it is not stated, not known or not there.
    Maybe(&'static Of),
}

const fn key(name: &'static str, of: Of, about: &'static str) -> Key {
    Key {
        name,
        of,
        about,
        is_needed: true,
    }
}

/// A key that not every such object has.
const fn extra(name: &'static str, of: Of, about: &'static str) -> Key {
    Key {
        is_needed: false,
        ..key(name, of, about)
    }
}

const TEXTS: Of = Of::List(&Of::Text);
const MAYBE_TEXT: Of = Of::Maybe(&Of::Text);
const MAYBE_NUMBER: Of = Of::Maybe(&Of::Number);
const BOUNDS: Of = Of::Pair(&MAYBE_NUMBER);
const SEVERITY: Of = Of::Words(|| Severity::ALL.iter().map(|one| one.word()).collect());
const STEP: Of = Of::Words(|| Step::ALL.iter().map(|one| one.word()).collect());
const LEVEL: Of = Of::Words(|| Level::ALL.iter().map(|one| one.word()).collect());
const BAND: Of = Of::Words(|| Band::ALL.iter().map(|one| one.word()).collect());
const OUTCOME: Of = Of::Words(|| vec![Outcome::Missed.word(), Outcome::NotStated.word()]);

/// The keys of a report.
const REPORT: &[Key] = &[
    key("version", Of::Version, "the version of the report"),
    key("tool", Of::Object(TOOL), "what wrote it"),
    key(
        "designs",
        Of::List(&Of::Object(DESIGN)),
        "each design that could be read, in the order of the paths",
    ),
    key(
        "errors",
        Of::List(&Of::Object(MISTAKE)),
        "why files could not be checked",
    ),
    key("summary", Of::Object(SUMMARY), "what all designs came to"),
    extra(
        "statistics",
        Of::List(&Of::Object(COUNT)),
        "what each rule found in all designs, with --statistics",
    ),
    extra(
        "attempts",
        Of::List(&Of::Object(class::SERIES)),
        "candidates of a class with several attempts, by `sysdrill grade`",
    ),
    extra(
        "similar",
        Of::List(&Of::Object(class::PAIR_OF_DESIGNS)),
        "pairs of a class that are near-identical, by `sysdrill grade`; a hint to look at both",
    ),
    extra(
        "similar_more",
        Of::Count,
        "how many more such pairs there are, less alike",
    ),
];

const TOOL: &[Key] = &[
    key("name", Of::Text, "its name"),
    key("version", Of::Text, "its version"),
];

const SUMMARY: &[Key] = &[
    key("designs", Of::Count, "designs that were judged"),
    key(
        "failed",
        Of::Count,
        "those with a finding at or above the threshold or a score below the gate",
    ),
    key("errors", Of::Count, "files that could not be checked"),
];

const COUNT: &[Key] = &[
    key("rule", Of::Text, "the rule"),
    key("title", Of::Text, "the fault in words"),
    key(
        "severity",
        Of::Maybe(&SEVERITY),
        "the gravest severity of what it found",
    ),
    key(
        "missed",
        Of::Count,
        "findings that are missed and not accepted",
    ),
    key(
        "not_stated",
        Of::Count,
        "findings that can't be judged from what is stated",
    ),
    key("allowed", Of::Count, "findings that are accepted"),
    key("designs", Of::Count, "designs with at least one of them"),
];

const LOCATION: Of = Of::Object(&[
    key("line", Of::Count, "the line of the first character, from 1"),
    key("column", Of::Count, "its column, from 1, in characters"),
    key(
        "end_line",
        Of::Count,
        "the line of the character after the last",
    ),
    key("end_column", Of::Count, "its column"),
]);

const MISTAKE: &[Key] = &[
    key("path", Of::Text, "the file"),
    key("message", Of::Text, "what is wrong with it"),
    key("help", MAYBE_TEXT, "how to put it right"),
    key("location", LOCATION, "where it is"),
];

/// What `sysdrill analyze` writes has no score and nothing of rules.
const DESIGN: &[Key] = &[
    key("path", Of::Text, "the file"),
    key("problem", MAYBE_TEXT, "the slug of its problem"),
    key("title", MAYBE_TEXT, "its title"),
    key("author", MAYBE_TEXT, "whose it is"),
    extra("level", LEVEL, "the level that it was judged at"),
    extra(
        "today",
        MAYBE_TEXT,
        "the day that acceptances with an end were held against, where there are any",
    ),
    extra("score", Of::Object(SCORE), "the score"),
    extra(
        "failed_by",
        TEXTS,
        "what it fails by, its score or its findings; empty where it passes",
    ),
    extra(
        "findings",
        Of::List(&Of::Object(FINDING)),
        "what is wrong or open, the gravest first",
    ),
    extra("strengths", Of::List(&Of::Object(STRENGTH)), "what is good"),
    extra(
        "attacks",
        Of::List(&Of::Object(ATTACK)),
        "what the attacks of an interview leave of it",
    ),
    extra(
        "reviews",
        Of::List(&Of::Object(reviews::REVIEW)),
        "what mentors say of it, with `sysdrill grade`",
    ),
    extra(
        "warnings",
        Of::List(&Of::Object(MISTAKE)),
        "what is odd in the file",
    ),
    key("analysis", Of::Object(ANALYSIS), "what was computed"),
    extra(
        "what_if",
        Of::Maybe(&Of::Object(WHAT_IF)),
        "what a change makes of it",
    ),
];

const WHAT_IF: &[Key] = &[
    key("changes", Of::Text, "the changes in words"),
    key(
        "analysis",
        Of::Object(ANALYSIS),
        "what was computed under them",
    ),
];

const SCORE: &[Key] = &[
    key(
        "percent",
        Of::Number,
        "earned of possible, in percent, hints taken off and capped",
    ),
    key(
        "earned",
        Of::Number,
        "points earned in all steps, hints taken off",
    ),
    key("possible", Of::Number, "points that could be earned"),
    key("band", BAND, "the verdict at this level"),
    key(
        "capped_by",
        MAYBE_TEXT,
        "the rule whose finding caps the percentage",
    ),
    key("cap_reason", MAYBE_TEXT, "the cap in words"),
    key("hints", Of::Number, "points that hints cost"),
    key(
        "steps",
        Of::List(&Of::Object(STEP_SCORE)),
        "the steps, which add up to the score",
    ),
];

const STEP_SCORE: &[Key] = &[
    key("step", STEP, "the step"),
    key("earned", Of::Number, "points earned"),
    key(
        "possible",
        Of::Number,
        "points possible; 0 where no rule applies",
    ),
    key("percent", Of::Number, "earned of possible, in percent"),
    key(
        "rules",
        Of::List(&Of::Object(RULE_SCORE)),
        "what each rule that applies earned",
    ),
];

const RULE_SCORE: &[Key] = &[
    key("rule", Of::Text, "the rule"),
    key("title", Of::Text, "its fault in words"),
    key(
        "earned",
        Of::Number,
        "the part of its weight that was earned",
    ),
    key(
        "weight",
        Of::Number,
        "its weight beside the other rules of its step",
    ),
];

const FINDING: &[Key] = &[
    key("rule", Of::Text, "the rule"),
    key("outcome", OUTCOME, "missed, or not stated"),
    key("severity", SEVERITY, "how much it matters"),
    key("step", STEP, "whose marks it moves"),
    key("title", Of::Text, "the fault in words"),
    key("message", Of::Text, "what is wrong here"),
    key("subjects", TEXTS, "the ids of what it is about"),
    key(
        "fingerprint",
        Of::Text,
        "what it is known by from run to run: it stays while lines move",
    ),
    key("location", LOCATION, "where it is"),
    key(
        "evidence",
        Of::List(&Of::Object(EVIDENCE)),
        "where what decided it stands",
    ),
    key(
        "grounds",
        TEXTS,
        "why the rule applies: the stated inputs that say so",
    ),
    key(
        "seen",
        TEXTS,
        "what was compared with what, or looked for where",
    ),
    key(
        "missing",
        TEXTS,
        "facts that would decide it and are not stated",
    ),
    key("why", Of::Text, "why it matters"),
    key("fix", Of::Text, "what to do"),
    key(
        "change",
        Of::Maybe(&Of::Named(&Of::Text)),
        "attributes that mend it when they are stated at its place",
    ),
    key("ask", Of::Text, "the interviewer's question"),
    key("reference", MAYBE_TEXT, "a page of the reference"),
    key(
        "allowed",
        MAYBE_TEXT,
        "the reason for which it was accepted",
    ),
    key("owner", MAYBE_TEXT, "who accepted it"),
    key(
        "until",
        MAYBE_TEXT,
        "the last day on which it is accepted, as year-month-day",
    ),
    key(
        "baselined",
        Of::YesNo,
        "whether a baseline accepted it, and not the design",
    ),
];

const EVIDENCE: &[Key] = &[
    key("text", Of::Text, "its name"),
    key("location", LOCATION, "where it stands"),
];

const STRENGTH: &[Key] = &[
    key("rule", Of::Text, "the rule"),
    key("step", STEP, "whose marks it moved"),
    key("message", Of::Text, "what is good"),
    key("location", LOCATION, "where it is"),
];

const ATTACK: &[Key] = &[
    key("attack", Of::Text, "what was done"),
    key("survived", Of::YesNo, "whether every journey goes on"),
    key("summary", Of::Text, "what is left, in words"),
    key(
        "flows",
        Of::List(&Of::Object(BLOW)),
        "what became of each journey",
    ),
];

const BLOW: &[Key] = &[
    key("flow", Of::Text, "the journey"),
    key("fate", Of::Text, "what became of it"),
    key("text", Of::Text, "the same in words"),
];

/// The schema of a report.
pub(super) fn report() -> Map<String, Value> {
    object(REPORT)
}

fn object(keys: &[Key]) -> Map<String, Value> {
    let properties = keys.iter().map(|key| {
        let mut value = schema(key.of);
        if let Value::Object(value) = &mut value {
            value.insert("description".to_owned(), json!(key.about));
        }
        (key.name.to_owned(), value)
    });
    let properties: Map<String, Value> = properties.collect();
    let needed = keys.iter().filter(|key| key.is_needed);
    let needed: Vec<&str> = needed.map(|key| key.name).collect();
    let mut object = Map::new();
    object.insert("type".to_owned(), json!("object"));
    object.insert("properties".to_owned(), Value::Object(properties));
    object.insert("required".to_owned(), json!(needed));
    object
}

fn schema(of: Of) -> Value {
    match of {
        Of::Text => json!({"type": "string"}),
        Of::Number => json!({"type": "number"}),
        Of::Count => json!({"type": "integer", "minimum": 0}),
        Of::YesNo => json!({"type": "boolean"}),
        Of::Version => json!({ "enum": [VERSION] }),
        Of::Words(words) => json!({ "enum": words() }),
        Of::List(of) => json!({"type": "array", "items": schema(*of)}),
        Of::Pair(of) => {
            json!({"type": "array", "items": schema(*of), "minItems": 2, "maxItems": 2})
        }
        Of::Object(keys) => Value::Object(object(keys)),
        Of::Named(of) => json!({"type": "object", "additionalProperties": schema(*of)}),
        Of::Maybe(of) => json!({"anyOf": [schema(*of), {"type": "null"}]}),
    }
}
