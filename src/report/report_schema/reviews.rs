//! The part of the report's schema that tells what mentors say.
//!
//! Knows the keys; how they are said in JSON Schema is the business of the file around it.

use super::{Key, MAYBE_NUMBER, MAYBE_TEXT, Of, SCORE, SEVERITY, STEP, TEXTS, key};
use crate::notation::review::{Gone, Verdict};

const VERDICT: Of = Of::Words(|| Verdict::ALL.iter().map(|one| one.word()).collect());
const GONE: Of = Of::Words(|| Gone::ALL.iter().map(|one| one.word()).collect());

/// The keys of a review.
pub(super) const REVIEW: &[Key] = &[
    key("mentor", Of::Text, "who says so"),
    key(
        "complete",
        Of::YesNo,
        "whether everything is said, so that silence is agreement",
    ),
    key(
        "current",
        Of::YesNo,
        "whether the design is as the review last saw it",
    ),
    key(
        "overall",
        MAYBE_NUMBER,
        "the mark for the whole, in percent",
    ),
    key(
        "score",
        Of::Object(SCORE),
        "what the rules come to with the mentor's word",
    ),
    key("marks", Of::List(&Of::Object(MARK)), "marks for steps"),
    key("summary", Of::Text, "how many words there are of each sort"),
    key(
        "undecided",
        Of::Count,
        "findings that no word is given on yet",
    ),
    key(
        "findings",
        Of::List(&Of::Object(WORD)),
        "what is said of findings",
    ),
    key(
        "added",
        Of::List(&Of::Object(ADDED)),
        "findings that the rules did not make",
    ),
    key(
        "comments",
        Of::List(&Of::Object(COMMENT)),
        "what is said of parts of the design",
    ),
];

const MARK: &[Key] = &[
    key("step", STEP, "the step"),
    key("title", Of::Text, "the step in words"),
    key("percent", Of::Number, "the mentor's mark, in percent"),
    key(
        "engine",
        MAYBE_NUMBER,
        "what the rules give the step, in percent",
    ),
];

const WORD: &[Key] = &[
    key("rule", Of::Text, "the rule that found it"),
    key("subjects", TEXTS, "the ids of what it is about"),
    key("fingerprint", Of::Text, "what it is known by"),
    key("message", Of::Text, "what is wrong"),
    key("verdict", VERDICT, "the mentor's word"),
    key(
        "engine",
        Of::Maybe(&SEVERITY),
        "how grave the rules call it; null where they find it no more",
    ),
    key(
        "severity",
        Of::Maybe(&SEVERITY),
        "how grave the mentor calls it; null where it is rejected",
    ),
    key(
        "credit",
        MAYBE_NUMBER,
        "the share of its points that it does not cost, in percent",
    ),
    key("reason", Of::Text, "why"),
    key("gone", Of::Maybe(&GONE), "why it is not found any more"),
];

const ADDED: &[Key] = &[
    key("step", STEP, "whose marks it moves"),
    key("severity", SEVERITY, "how grave it is"),
    key("message", Of::Text, "what is wrong"),
    COMPONENT,
    LINE,
    key("rule", MAYBE_TEXT, "the rule that should have found it"),
    key(
        "weight",
        MAYBE_NUMBER,
        "what it weighs, where that is stated",
    ),
];

const COMMENT: &[Key] = &[COMPONENT, LINE, key("text", Of::Text, "what is said")];

const COMPONENT: Key = key("component", MAYBE_TEXT, "the component that it is about");
const LINE: Key = key("line", MAYBE_NUMBER, "the line that it is about");
