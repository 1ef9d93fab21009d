//! The review file: what a mentor says of a design beside what the rules say. It is read, written for the first time, and
//! merged with new findings without touching the mentor's words.
//!
//! Knows its keys; what a finding is worth is the assessment's business.

mod merge;
mod read;
#[cfg(test)]
mod tests;
mod write;

use std::collections::BTreeMap;

pub use merge::{Merged, merged};
pub use read::read;
pub use write::write;

use crate::model::{Severity, Step};
use crate::notation::config::Said;
use crate::notation::mark;
use crate::notation::yaml::{Key, Limits, Shape, Term};

/// The number of the format.
const FORMAT: &str = "1";

/// What a file may cost.
pub const LIMITS: Limits = Limits {
    bytes: 4 << 20,
    depth: 16,
    nodes: 200_000,
    components: 0,
    raised: false,
};

/// What a mentor says of a design.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Review {
    /// The file of the design, which lies beside the review.
    pub design: Said<String>,
    /// The text of the design as the review last saw it, by its fingerprint.
    pub fingerprint: Option<String>,
    /// Who says so.
    pub mentor: Option<Said<String>>,
    /// Whether everything is said, so that silence is agreement.
    pub complete: bool,
    /// The mark for the whole, in percent.
    pub overall: Option<f64>,
    /// Marks for steps, in percent.
    pub marks: BTreeMap<Step, f64>,
    /// What is said of findings.
    pub findings: Vec<Decision>,
    /// Findings that the rules did not make.
    pub added: Vec<Added>,
    /// What is said of parts of the design, without a fault.
    pub comments: Vec<Comment>,
}

/// A finding as a review lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The rule.
    pub rule: String,
    /// What it is about.
    pub about: Vec<String>,
    /// How grave the rules called it.
    pub severity: Severity,
    /// Its message.
    pub says: String,
    /// What it is known by.
    pub fingerprint: String,
}

/// What a mentor says of a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The finding, as it was when the mentor's word was asked for.
    pub found: Found,
    /// The word.
    pub verdict: Verdict,
    /// How grave the mentor calls it, where that is changed.
    pub severity: Option<Severity>,
    /// The share of its points that it does not cost, in percent, where that is changed.
    pub credit: Option<f64>,
    /// Why.
    pub reason: String,
    /// Why it is not found any more.
    pub gone: Option<Gone>,
}

/// A mentor's word on a finding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verdict {
    /// None yet.
    #[default]
    Undecided,
    /// It is right.
    Accept,
    /// It is wrong, and costs nothing.
    Reject,
    /// It is right, but graver or less grave, or costs less.
    Change,
}

impl Verdict {
    /// Every word.
    pub const ALL: &'static [Self] = &[Self::Undecided, Self::Accept, Self::Reject, Self::Change];

    /// The word in files and reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Undecided => "undecided",
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Change => "change",
        }
    }
}

/// Why a finding is not found any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// The design is another one.
    Design,
    /// The design is the same: the rules are others.
    Rules,
}

impl Gone {
    /// Every cause.
    pub const ALL: &'static [Self] = &[Self::Design, Self::Rules];

    /// The word in files and reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Design => "design",
            Self::Rules => "rules",
        }
    }
}

/// What something is about: a component, a line, both, or the design as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The id of a component.
    pub component: Option<Said<String>>,
    /// A line of the design file, from 1.
    pub line: Option<Said<usize>>,
}

/// A finding of the mentor's.
#[derive(Clone, Debug, PartialEq)]
pub struct Added {
    /// Whose marks it moves.
    pub step: Step,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub about: About,
    /// The rule that should have found it.
    pub rule: Option<Said<String>>,
    /// What it weighs beside the rules of its step; as much as is usual for its severity where left out.
    pub weight: Option<f64>,
}

/// Something said of a part of the design.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Of what.
    pub about: About,
    /// What.
    pub text: String,
}

impl About {
    /// The id of the component.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.component.as_ref().map(|id| id.value.as_str())
    }

    /// The number of the line.
    #[must_use]
    pub fn number(&self) -> Option<usize> {
        self.line.as_ref().map(|line| line.value)
    }
}

impl Review {
    /// Whether the mentor has said nothing yet.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let is_decided = self.findings.iter().any(Decision::is_decided);
        let is_marked = self.overall.is_some() || !self.marks.is_empty();
        let is_said = !self.added.is_empty() || !self.comments.is_empty();
        !(self.complete || is_decided || is_marked || is_said)
    }

    /// How many findings no word is given on.
    #[must_use]
    pub fn undecided(&self) -> usize {
        let findings = self.findings.iter();
        findings.filter(|one| !one.is_decided()).count()
    }

    /// What is added, then what is commented on: of what it is said, and the words.
    pub fn remarks(&self) -> impl Iterator<Item = (&About, &str)> {
        let added = self.added.iter();
        let added = added.map(|added| (&added.about, added.message.as_str()));
        let comments = self.comments.iter();
        added.chain(comments.map(|comment| (&comment.about, comment.text.as_str())))
    }

    /// Changes everything that is said in words. What it is about goes by the names that the design has.
    pub fn each_text(&mut self, change: impl Fn(&mut String)) {
        for decision in &mut self.findings {
            change(&mut decision.found.says);
            change(&mut decision.reason);
        }
        for added in &mut self.added {
            change(&mut added.message);
        }
        for comment in &mut self.comments {
            change(&mut comment.text);
        }
    }
}

impl Decision {
    /// A finding that nothing is said of yet.
    #[must_use]
    pub const fn undecided(found: Found) -> Self {
        Self {
            found,
            verdict: Verdict::Undecided,
            severity: None,
            credit: None,
            reason: String::new(),
            gone: None,
        }
    }

    /// Whether the mentor's word is given.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        self.verdict != Verdict::Undecided
    }

    /// How grave the mentor calls it: none where it is rejected. Nothing where it is undecided.
    #[must_use]
    pub fn word(&self) -> Option<Option<Severity>> {
        match self.verdict {
            Verdict::Undecided => None,
            Verdict::Accept => Some(Some(self.found.severity)),
            Verdict::Reject => Some(None),
            Verdict::Change => Some(Some(self.severity.unwrap_or(self.found.severity))),
        }
    }
}

/// The keys of a review.
pub const REVIEW: &[Key] = &[
    Key::needed(
        mark::REVIEW.key,
        Shape::Of(Term::Format),
        "The number of the format.",
    ),
    Key::needed(
        "design",
        Shape::Text,
        "The file of the design, beside the review.",
    ),
    Key::new(
        "fingerprint",
        Shape::Text,
        "The text of the design as the review last saw it; written by `sysdrill grade --review`.",
    ),
    Key::new("mentor", Shape::Text, "Who says so."),
    Key::new(
        "complete",
        Shape::YesNo,
        "Whether everything is said: silence is agreement then.",
    ),
    Key::new(
        "overall",
        Shape::Text,
        "The mark for the whole, in percent.",
    ),
    Key::new(
        "marks",
        Shape::Of(Term::Steps),
        "Marks for steps, in percent.",
    ),
    Key::new(
        "findings",
        Shape::List(&Shape::Map(DECISION)),
        "What is said of findings.",
    ),
    Key::new(
        "added",
        Shape::List(&Shape::Map(ADDED)),
        "Findings that the rules did not make.",
    ),
    Key::new(
        "comments",
        Shape::List(&Shape::Map(COMMENT)),
        "What is said of parts of the design.",
    ),
];

/// The keys of what is said of a finding.
const DECISION: &[Key] = &[
    Key::needed("rule", Shape::Of(Term::Rule), "The rule that found it."),
    Key::new("about", Shape::Many(&Shape::Text), "Its subjects."),
    Key::needed(
        "found",
        Shape::Of(Term::Severity),
        "How grave the rule called it when the word was asked for.",
    ),
    Key::new("says", Shape::Text, "Its message."),
    Key::needed("fingerprint", Shape::Text, "What it is known by."),
    Key::new(
        "gone",
        Shape::Word(&["design", "rules"]),
        "Why it is not found any more: the design or the rules are others.",
    ),
    Key::new(
        "verdict",
        Shape::Word(&["undecided", "accept", "reject", "change"]),
        "The mentor's word.",
    ),
    Key::new(
        "severity",
        Shape::Of(Term::Severity),
        "With `change`: how grave it is.",
    ),
    Key::new(
        "credit",
        Shape::Text,
        "With `change`: the share of its points that it does not cost, in percent.",
    ),
    Key::new("reason", Shape::Text, "Why; needed unless it is accepted."),
];

/// The keys of a finding of the mentor's.
const ADDED: &[Key] = &[
    Key::needed("step", Shape::Of(Term::Step), "Whose marks it moves."),
    Key::needed("severity", Shape::Of(Term::Severity), "How grave it is."),
    Key::needed("message", Shape::Text, "What is wrong."),
    COMPONENT,
    LINE,
    Key::new(
        "rule",
        Shape::Of(Term::Rule),
        "The rule that should have found it.",
    ),
    Key::new(
        "weight",
        Shape::Text,
        "What it weighs beside the rules of its step; as much as is usual for its severity where left out.",
    ),
];

/// The keys of a comment.
const COMMENT: &[Key] = &[
    COMPONENT,
    LINE,
    Key::needed("text", Shape::Text, "What is said."),
];

const COMPONENT: Key = Key::new("component", Shape::Text, "The component that it is about.");
const LINE: Key = Key::new(
    "line",
    Shape::Text,
    "The line of the design file that it is about.",
);
