//! A design against the rules: every rule yields outcomes, outcomes add up to a score.
//!
//! Knows outcomes and points; knows no files and no words for people but those that rules bring.

mod acceptance;
pub mod agreement;
mod asked;
mod attacked;
mod difference;
mod examples;
mod fingerprint;
mod judge;
mod judgement;
mod lessons;
pub mod mutation;
mod phrases;
mod rulings;
mod score;
pub mod similarity;
mod terms;
mod told;

pub use acceptance::Accepted;
pub use asked::{Asked, ask};
pub use attacked::Attacked;
pub use difference::{AssessmentDifference, Moved};
pub use examples::{Example, ExampleFailure, ExampleRun, examples, mended, run_examples};
pub use fingerprint::fingerprint;
pub use judge::{Verdict, assess, assess_on};
pub use lessons::Lesson;
pub use phrases::misheard;
pub use rulings::{Rulings, score_with, usual_weight};
pub use score::{Cap, RuleScore, Score, StepScore, round};
pub use terms::{Baseline, Choice, Known, Terms, stands_for, words_for};

use crate::analysis::Overview;
use crate::model::{Attribute, Design, Level, Part, Place, Severity, Step, Value};

/// What a rule found of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// A good design shows this, and so does this one.
    Met,
    /// The design shows that it does not.
    Missed,
    /// What would decide it is not stated.
    NotStated,
    /// The rule has nothing to say here.
    NotApplicable,
}

impl Outcome {
    /// The word in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "missed",
            Self::NotStated => "not_stated",
            Self::NotApplicable => "not_applicable",
        }
    }
}

/// Something that a rule says of a design.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: String,
    /// Missed, or not stated.
    pub outcome: Outcome,
    /// How much it matters: the rule's severity where missed, a note where not stated.
    pub severity: Severity,
    /// Whose marks it moves.
    pub step: Step,
    /// The fault in words.
    pub title: String,
    /// What is wrong here.
    pub message: String,
    /// The ids of what it is about.
    pub subjects: Vec<String>,
    /// Where it is.
    pub place: Place,
    /// Where what decided it stands, with its name.
    pub evidence: Vec<(Place, String)>,
    /// Why the rule applies: the stated inputs that say so.
    pub grounds: Vec<String>,
    /// What was compared with what, or looked for where.
    pub seen: Vec<String>,
    /// Facts that would decide it and are not stated.
    pub missing: Vec<String>,
    /// Why it matters.
    pub why: String,
    /// What to do.
    pub fix: String,
    /// What mends it, where that is to state attributes of the component or connection at its place.
    pub change: Vec<(Attribute, Value)>,
    /// The interviewer's question.
    pub ask: String,
    /// A page of the reference.
    pub reference: Option<String>,
    /// That it was accepted, and how.
    pub allowed: Option<Accepted>,
    /// Whether a baseline accepted it, and not the design.
    pub baselined: bool,
}

impl Finding {
    /// Whether it is a fault, and not an open question, which never fails.
    #[must_use]
    pub fn is_fault(&self) -> bool {
        self.outcome == Outcome::Missed
    }

    /// The design with the attributes stated that mend this; none where that takes more than to state some.
    #[must_use]
    pub fn mended(&self, design: &Design) -> Option<Design> {
        let mut mended = design.clone();
        let attributes = match self.place {
            Place::Entry(Part::Components, at) => &mut mended.components.get_mut(at)?.attributes,
            Place::Entry(Part::Connections, at) => &mut mended.connections.get_mut(at)?.attributes,
            _ => return None,
        };
        for (attribute, value) in &self.change {
            attributes.set(*attribute, value.clone());
        }
        (!self.change.is_empty()).then_some(mended)
    }
}

/// Something that a design does well.
#[derive(Clone, Debug, PartialEq)]
pub struct Strength {
    /// The rule.
    pub rule: String,
    /// Whose marks it moved.
    pub step: Step,
    /// What is good.
    pub message: String,
    /// Where it is.
    pub place: Place,
}

/// Everything that the rules say of a design.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// The level that it was judged at.
    pub level: Level,
    /// The sum.
    pub score: Score,
    /// What is wrong or open, the gravest first.
    pub findings: Vec<Finding>,
    /// What is good.
    pub strengths: Vec<Strength>,
    /// The flows that were judged, by id.
    pub flows: Vec<String>,
    /// What the interviewer broke in the session that the design is from.
    pub attacks: Vec<Attacked>,
    /// What the analyses say.
    pub analysis: Overview,
    /// The day that allowances with an end were held against, where there are any.
    pub today: Option<String>,
    /// The fingerprints that the baseline knows and that are found no more.
    pub stale: Vec<String>,
}

impl Assessment {
    /// The gravest severity among findings that were not accepted.
    #[must_use]
    pub fn gravest(&self) -> Option<Severity> {
        self.findings
            .iter()
            .filter(|finding| finding.allowed.is_none())
            .map(|finding| finding.severity)
            .max()
    }
}
