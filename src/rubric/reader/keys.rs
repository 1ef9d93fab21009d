//! The keys of problems and of what else is no rule: concepts and figures.
//!
//! Knows what each means; how they are read is the readers' business.

use crate::model::FlowKind;
use crate::notation::yaml::{Key, Shape, Term};

/// Words that rules know, each with what else people say for it.
pub(super) const CALLED: Shape = Shape::Named(&Shape::Many(&Shape::Text));

/// The keys of a problem.
pub const PROBLEM: &[Key] = &[
    Key::needed(
        "id",
        Shape::Text,
        "The slug, which is the name of its folder.",
    ),
    Key::needed("title", Shape::Text, "What the problem is called."),
    Key::needed("prompt", Shape::Text, "What the interviewer says first."),
    Key::new(
        "minutes",
        Shape::Of(Term::Steps),
        "The minutes of the steps, where they differ from the usual ones.",
    ),
    Key::new(
        "called",
        CALLED,
        "What people call the things of the problem.",
    ),
    Key::new(
        "facts",
        Shape::List(&Shape::Map(FACT)),
        "What the interviewer tells only when asked.",
    ),
    Key::new(
        "unanswerable",
        Shape::Many(&Shape::Text),
        "Questions that people ask and that nothing is known of: tests of the facts.",
    ),
    Key::new(
        "requirements",
        Shape::Map(REQUIREMENTS),
        "What a good candidate finds out that the system has to do.",
    ),
    Key::new(
        "estimates",
        Shape::List(&Shape::Map(EXPECTATION)),
        "The figures to reckon, each from the candidate's own inputs.",
    ),
    Key::new(
        "figures",
        Shape::List(&Shape::Map(FIGURE)),
        "What figures mean and are called, beside the general ones.",
    ),
    Key::new(
        "flows",
        Shape::List(&Shape::Map(FLOW)),
        "The flows to assume where a design names none.",
    ),
    Key::new(
        "deep_dives",
        Shape::List(&Shape::Map(DEEP_DIVE)),
        "Topics for the detailed design.",
    ),
    Key::new(
        "probes",
        Shape::List(&Shape::Map(PROBE)),
        "What the interviewer asks of what was drawn or said.",
    ),
    Key::new(
        "twists",
        Shape::List(&Shape::Map(TWIST)),
        "What may change in the middle of the interview.",
    ),
    Key::new(
        "hints",
        Shape::Of(Term::Hints),
        "Hints by step, each in three grades.",
    ),
    Key::new(
        "expectations",
        Shape::Of(Term::Expectations),
        "What candidates of a level do without being asked.",
    ),
];

/// The keys of the requirements of a problem.
pub(super) const REQUIREMENTS: &[Key] = &[
    Key::new(
        "functional",
        Shape::List(&Shape::Map(TOPIC)),
        "What it has to do.",
    ),
    Key::new(
        "non_functional",
        Shape::List(&Shape::Map(TOPIC)),
        "How well.",
    ),
];

pub(super) const FACT: &[Key] = &[
    Key::needed("id", Shape::Text, "A name for it."),
    Key::new(
        "asks",
        Shape::Many(&Shape::Text),
        "Regular expressions for the ways to ask for it.",
    ),
    Key::new(
        "asked",
        Shape::Many(&Shape::Text),
        "Questions that people have asked for it, by whose words others are understood.",
    ),
    Key::needed("answer", Shape::Text, "What the interviewer says."),
    Key::new(
        "assume",
        Shape::Named(&Shape::Text),
        "The figures that the design then assumes, by name.",
    ),
];

pub(super) const TWIST: &[Key] = &[
    Key::needed("id", Shape::Text, "A name for it."),
    Key::needed("say", Shape::Text, "What the interviewer says."),
    Key::new(
        "assume",
        Shape::Named(&Shape::Text),
        "The figures that have another value from then on, by name.",
    ),
    Key::new(
        "must",
        Shape::Many(&Shape::Text),
        "What the system has to do from then on.",
    ),
    Key::needed("ask", Shape::Text, "The question about it."),
    Key::new(
        "looks_for",
        Shape::Many(&Shape::Of(Term::Concept)),
        "The concepts of a good answer.",
    ),
    Key::needed("good", Shape::Text, "What a good answer has, in words."),
];

pub(super) const TOPIC: &[Key] = &[
    Key::needed("id", Shape::Text, "A name for it."),
    Key::needed("text", Shape::Text, "The requirement in words."),
    Key::new(
        "core",
        Shape::YesNo,
        "An answer without it is about another system.",
    ),
    Key::new(
        "says",
        Shape::Many(&Shape::Of(Term::Concept)),
        "The concepts that show it was found.",
    ),
];

pub(super) const FIGURE: &[Key] = &[
    Key::needed("id", Shape::Text, "The name that formulas use."),
    Key::new("title", Shape::Text, "What people call it."),
    Key::new(
        "dimension",
        Shape::Word(DIMENSIONS),
        "What it is a figure of.",
    ),
    Key::new(
        "names",
        Shape::Many(&Shape::Text),
        "Regular expressions for what candidates call it.",
    ),
    Key::new("peak_of", Shape::Text, "The figure that it is the peak of."),
    Key::new(
        "per",
        Shape::Text,
        "The time that a plain number of it is for: `1 day`.",
    ),
    Key::new(
        "at_most",
        Shape::Text,
        "The largest value of it; what is beyond is something else of that name.",
    ),
    Key::new(
        "role",
        Shape::Of(Term::Role),
        "What rules that know no problem may take it for.",
    ),
];

/// What figures can be measured in.
pub const DIMENSIONS: &[&str] = &["rate", "size", "duration", "number", "throughput"];

pub(super) const EXPECTATION: &[Key] = &[
    Key::needed("id", Shape::Of(Term::Figure), "The figure."),
    Key::new("formula", Shape::Text, "How it follows from other figures."),
    Key::new(
        "usual",
        Shape::Named(&Shape::Text),
        "What figures of the formula are taken to be where a design does not state them.",
    ),
    Key::new("sane", Shape::Map(RANGE), "What is plausible for it."),
    Key::new(
        "tolerance",
        Shape::Text,
        "How far from the formula still counts as right: `20%`.",
    ),
    Key::new("why", Shape::Text, "What the figure is good for."),
];

pub(super) const RANGE: &[Key] = &[
    Key::needed("from", Shape::Text, "The least."),
    Key::needed("to", Shape::Text, "The most."),
];

pub(super) const FLOW: &[Key] = &[
    Key::needed("id", Shape::Text, "A name for it."),
    Key::new(
        "kind",
        Shape::Word(FlowKind::WORDS),
        "Whether it reads or writes.",
    ),
    Key::needed(
        "from",
        Shape::Of(Term::Selector("component")),
        "Where it starts.",
    ),
    Key::needed(
        "to",
        Shape::Of(Term::Selector("component")),
        "Where it ends.",
    ),
    Key::new(
        "rate",
        Shape::Of(Term::Figure),
        "The figure that says how often it runs.",
    ),
];

pub(super) const DEEP_DIVE: &[Key] = &[
    Key::needed("id", Shape::Text, "A name for it."),
    Key::needed("title", Shape::Text, "The topic."),
    WHEN,
    Key::needed("ask", Shape::Text, "What the interviewer asks."),
    LOOKS_FOR,
    Key::needed("good", Shape::Text, "A good answer."),
];

pub(super) const PROBE: &[Key] = &[
    Key::needed("id", Shape::Text, "A name for it."),
    Key::needed("step", Shape::Of(Term::Step), "When it is asked."),
    WHEN,
    Key::needed("ask", Shape::Text, "What the interviewer asks."),
    LOOKS_FOR,
    Key::needed("good", Shape::Text, "A good answer."),
];

const WHEN: Key = Key::new(
    "when",
    Shape::Of(Term::Condition),
    "It is asked of designs that this holds for.",
);

const LOOKS_FOR: Key = Key::new(
    "looks_for",
    Shape::Many(&Shape::Of(Term::Concept)),
    "The concepts of a good answer.",
);

/// The keys of a hint.
pub const HINT: &[Key] = &[
    Key::needed("id", Shape::Text, "A name for it."),
    Key::new(
        "unless",
        Shape::Of(Term::Condition),
        "It is not given to designs that this holds for.",
    ),
    Key::needed("nudge", Shape::Text, "A question that leads there."),
    Key::needed("pointer", Shape::Text, "Where to look."),
    Key::needed("answer", Shape::Text, "What to do."),
];

/// The keys of the file of general figures.
pub const FIGURE_FILE: &[Key] = &[
    Key::new(
        "figures",
        Shape::List(&Shape::Map(FIGURE)),
        "What figures mean and are called.",
    ),
    Key::new(
        "slips",
        Shape::List(&Shape::Map(SLIP)),
        "Mistakes of reckoning that have names.",
    ),
    Key::new(
        "readings",
        Shape::List(&Shape::Map(READING)),
        "Other ways to reckon a figure that are as good.",
    ),
    Key::new(
        "short_for",
        Shape::List(&Shape::Map(SHORT_FOR)),
        "What nouns alone are short for.",
    ),
];

pub(super) const SHORT_FOR: &[Key] = &[
    Key::needed(
        "dimension",
        Shape::Word(DIMENSIONS),
        "What stands behind the noun.",
    ),
    Key::needed(
        "ends",
        Shape::List(&Shape::Text),
        "How the name that is meant goes on, the likeliest first.",
    ),
];

pub(super) const READING: &[Key] = &[
    Key::needed("title", Shape::Text, "What the figure is then."),
    Key::new(
        "dimension",
        Shape::Word(DIMENSIONS),
        "The figures that can be reckoned so; left out: all.",
    ),
    Key::new(
        "multiplies_by",
        Shape::Map(RANGE),
        "Its expression multiplies by a number within these bounds.",
    ),
    Key::new(
        "divides_by",
        Shape::Map(RANGE),
        "Its expression divides by a figure within these bounds.",
    ),
    Key::new(
        "in_place_of",
        Shape::Text,
        "What the formula has instead of the operand; left out: nothing.",
    ),
    Key::new(
        "named",
        Shape::Many(&Shape::Text),
        "Regular expressions for whole words that the operand is named by.",
    ),
];

pub(super) const SLIP: &[Key] = &[
    Key::needed(
        "factor",
        Shape::Text,
        "How many times too large the figure is.",
    ),
    Key::needed("title", Shape::Text, "What was done."),
    Key::new(
        "of",
        Shape::Many(&Shape::Word(DIMENSIONS)),
        "The dimensions of the figures that it is made in; all if left out.",
    ),
];

/// The keys of a file of concepts.
pub const CONCEPT_FILE: &[Key] = &[Key::new(
    "concepts",
    Shape::List(&Shape::Map(CONCEPT)),
    "Ideas with the ways that people put them.",
)];

pub(super) const CONCEPT: &[Key] = &[
    Key::needed("id", Shape::Text, "The name that rules use."),
    Key::needed("title", Shape::Text, "What people call it."),
    Key::needed(
        "wordings",
        Shape::Many(&Shape::Text),
        "Regular expressions for whole words that mention it.",
    ),
    Key::new(
        "not",
        Shape::Many(&Shape::Text),
        "Wordings that look like it and are not.",
    ),
    Key::needed(
        "hits",
        Shape::Many(&Shape::Text),
        "Phrases that mention it.",
    ),
    Key::new("misses", Shape::Many(&Shape::Text), "Phrases that do not."),
];
