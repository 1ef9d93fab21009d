//! The keys that the report of a class has beside those of all reports.
//!
//! Knows the keys; their types are those of the report.

use super::{BAND, FINDING, Key, LEVEL, MAYBE_TEXT, Of, SCORE, STEP, TEXTS, TOOL, key};

/// The attempts of a candidate, with what changed from each to the next.
pub(super) const SERIES: &[Key] = &[
    key("candidate", Of::Text, "whose they are"),
    key("problem", MAYBE_TEXT, "the slug of the problem"),
    key(
        "joined_by",
        Of::Words(|| vec!["author", "file_name"]),
        "by what they were told to be of one candidate",
    ),
    key(
        "ordered_by",
        Of::Words(|| vec!["session", "file_name"]),
        "by what they were put in order",
    ),
    key(
        "designs",
        Of::List(&Of::Object(ATTEMPT)),
        "those that could be judged, the latest last",
    ),
    key(
        "changes",
        Of::List(&Of::Object(CHANGE)),
        "from each to the next, as `sysdrill diff` writes it",
    ),
];

const ATTEMPT: &[Key] = &[
    key("path", Of::Text, "the file"),
    key("number", Of::Count, "which attempt it is, from 1"),
    key("day", MAYBE_TEXT, "the day, where it is known"),
    key("percent", Of::Number, "the score"),
    key("band", BAND, "the verdict"),
];

const CHANGE: &[Key] = &[
    key("version", Of::Version, "the version of the report"),
    key("tool", Of::Object(TOOL), "what wrote it"),
    key("before", Of::Object(SIDE), "the first design"),
    key("after", Of::Object(SIDE), "the second"),
    key(
        "renamed",
        Of::Named(&Of::Text),
        "components under another id, before and after",
    ),
    key(
        "sections",
        Of::List(&Of::Object(SECTION)),
        "sections of the file that differ",
    ),
    key("findings", Of::Object(FINDINGS), "findings that differ"),
    key("strengths", Of::Object(STRENGTHS), "what is good in one"),
    key(
        "points",
        Of::List(&Of::Object(MOVED)),
        "rules that earned another part of their weight",
    ),
];

const SIDE: &[Key] = &[
    key("path", Of::Text, "the file"),
    key("problem", MAYBE_TEXT, "the slug of its problem"),
    key("title", MAYBE_TEXT, "its title"),
    key("author", MAYBE_TEXT, "whose it is"),
    key("level", LEVEL, "the level that it was judged at"),
    key("score", Of::Object(SCORE), "the score"),
];

const SECTION: &[Key] = &[
    key("section", Of::Text, "its key in the file"),
    key("added", ENTRIES, "what only the second has"),
    key("removed", ENTRIES, "what only the first has"),
    key(
        "changed",
        Of::List(&Of::Object(EDITED)),
        "what both have, but otherwise",
    ),
];

const ENTRIES: Of = Of::List(&Of::Object(&[
    key("name", Of::Text, "what it is called"),
    key("facts", Of::Named(&Of::Text), "what is stated of it"),
]));

const EDITED: &[Key] = &[
    key("name", Of::Text, "what it is called"),
    key("edits", Of::List(&Of::Object(EDIT)), "what differs"),
];

const EDIT: &[Key] = &[
    key("key", Of::Text, "what it is about"),
    key("before", MAYBE_TEXT, "the text of the first"),
    key("after", MAYBE_TEXT, "the text of the second"),
];

const FINDINGS: &[Key] = &[
    key(
        "added",
        Of::List(&Of::Object(FINDING)),
        "those of the second alone",
    ),
    key(
        "removed",
        Of::List(&Of::Object(FINDING)),
        "those of the first alone",
    ),
    key(
        "changed",
        Of::List(&Of::Object(PAIR)),
        "those of both that are not alike",
    ),
    key("same", Of::Count, "how many are in both and the same"),
];

const PAIR: &[Key] = &[
    key("before", Of::Object(FINDING), "in the first"),
    key("after", Of::Object(FINDING), "in the second"),
];

const STRENGTHS: &[Key] = &[
    key("added", GOOD, "of the second alone"),
    key("removed", GOOD, "of the first alone"),
];

const GOOD: Of = Of::List(&Of::Object(&[
    key("rule", Of::Text, "the rule"),
    key("step", STEP, "whose marks it moved"),
    key("message", Of::Text, "what is good"),
]));

const MOVED: &[Key] = &[
    key("rule", Of::Text, "the rule"),
    key("step", STEP, "whose marks it moves"),
    key("before", EARNED, "what it earned in the first"),
    key("after", EARNED, "what it earned in the second"),
];

const EARNED: Of = Of::Maybe(&Of::Object(&[
    key("earned", Of::Number, "the part of its weight"),
    key("weight", Of::Number, "its weight"),
]));

/// Two near-identical designs.
pub(super) const PAIR_OF_DESIGNS: &[Key] = &[
    key("problem", MAYBE_TEXT, "the slug of the problem"),
    key("first", Of::Object(DESIGN_OF_PAIR), "a design"),
    key("second", Of::Object(DESIGN_OF_PAIR), "another person's"),
    key(
        "drawing",
        Of::Number,
        "the share of what is drawn that both have, 0 to 1",
    ),
    key(
        "text",
        Of::Number,
        "the share of the lesser text that both have, 0 to 1",
    ),
    key(
        "components",
        Of::List(&Of::Object(SAME)),
        "components that are the same",
    ),
    key(
        "phrases",
        Of::List(&Of::Object(PHRASE)),
        "the same words, the longest first",
    ),
    key(
        "mistakes",
        Of::List(&Of::Object(MISTAKEN)),
        "estimates that are wrong in the same way",
    ),
];

const DESIGN_OF_PAIR: &[Key] = &[
    key("candidate", Of::Text, "whose it is"),
    key("path", Of::Text, "the file"),
];

const SAME: &[Key] = &[
    key("first", Of::Text, "its id in the first design"),
    key("second", Of::Text, "its id in the second"),
    key("stated", TEXTS, "what is stated of both"),
    key("whole", Of::YesNo, "whether that is all"),
    key(
        "around",
        Of::YesNo,
        "whether what it calls and is called by is the same too",
    ),
];

const PHRASE: &[Key] = &[
    key("words", Of::Count, "how many words"),
    key("first", QUOTE, "where the first design has them"),
    key("second", QUOTE, "where the second has them"),
];

const QUOTE: Of = Of::Object(&[
    key("line", Of::Count, "the line, from 1"),
    key("text", Of::Text, "the words as written"),
]);

const MISTAKEN: &[Key] = &[
    key("rule", Of::Text, "the rule that both miss"),
    key("message", Of::Text, "what is wrong"),
];
