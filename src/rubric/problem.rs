//! A problem: what the interviewer says, knows, expects and asks.
//!
//! Knows the shape of a problem pack; knows no problem.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::condition::Condition;
use super::figure::FigureDef;
use super::glossary::Glossary;
use super::listening::{Heard, Listening, Profiles};
use super::pattern::Pattern;
use super::selector::Selector;
use super::template::Template;
use crate::model::quantity::names_in;
use crate::model::{Figure, FlowKind, Level, Step};

/// A problem pack.
#[derive(Debug, Default)]
pub struct Problem {
    /// The slug.
    pub id: String,
    /// The name for people.
    pub title: String,
    /// The vague sentence that the interview begins with.
    pub prompt: String,
    /// Minutes a step, where the problem says so.
    pub minutes: Vec<(Step, u64)>,
    /// What people call the things of the problem by other words.
    pub called: Glossary,
    /// What the interviewer knows and tells when asked.
    pub facts: Vec<Fact>,
    /// Questions that people have asked and that nothing is known of.
    pub unanswerable: Vec<String>,
    /// The facts as words, made when the first question is heard.
    pub(super) profiles: OnceLock<Profiles>,
    /// What the system has to do.
    pub functional: Vec<Topic>,
    /// How well.
    pub non_functional: Vec<Topic>,
    /// The chain of estimates.
    pub estimates: Vec<Expectation>,
    /// Figures of this problem alone.
    pub figures: Vec<FigureDef>,
    /// Flows for designs that state none.
    pub flows: Vec<FlowTemplate>,
    /// What is worth a closer look.
    pub deep_dives: Vec<DeepDive>,
    /// What the interviewer asks.
    pub probes: Vec<Probe>,
    /// What may change in the middle of the interview.
    pub twists: Vec<Twist>,
    /// Help by step.
    pub hints: Vec<Hint>,
    /// What each level is expected to show.
    pub expectations: Vec<(Level, Vec<String>)>,
}

impl Problem {
    /// The topics of the questions that are asked.
    pub fn topics(&self) -> impl Iterator<Item = String> {
        let dives = self.deep_dives.iter().map(|dive| &dive.id);
        let probes = self.probes.iter().map(|probe| &probe.id);
        let twists = self.twists.iter().map(|twist| &twist.id);
        dives.chain(probes).chain(twists).map(|id| topic_of(id))
    }

    /// What a figure follows from: the names in its formula, and in the formulas of those.
    #[must_use]
    pub fn inputs_of(&self, id: &str) -> BTreeSet<String> {
        let mut inputs = BTreeSet::new();
        let mut open = vec![id.to_owned()];
        while let Some(id) = open.pop() {
            let mut own = self.estimates.iter().filter(|estimate| estimate.id == id);
            let formula = own.next().and_then(|estimate| estimate.formula.as_deref());
            let names = formula.map(names_in).unwrap_or_default();
            let new = names.into_iter().filter(|name| inputs.insert(name.clone()));
            open.extend(new);
        }
        inputs
    }

    /// Whether a figure has a sum or stands in one.
    #[must_use]
    pub fn reckons_with(&self, id: &str) -> bool {
        self.estimates.iter().any(|estimate| {
            let formula = estimate.formula.as_deref();
            let has = |formula: &str| names_in(formula).iter().any(|name| name == id);
            estimate.id == id || formula.is_some_and(has)
        })
    }

    /// The formula of a figure; of one that is another under a second name, that of the other.
    #[must_use]
    pub fn formula_of(&self, id: &str) -> Option<&str> {
        let mut id = id;
        // A circle of names ends after all of them.
        for _ in &self.estimates {
            let own = self.estimates.iter().find(|estimate| estimate.id == id)?;
            let formula = own.formula.as_deref()?;
            if self.estimates.iter().all(|other| other.id != formula) {
                return Some(formula);
            }
            id = formula;
        }
        None
    }

    /// What the words of a question say of each fact.
    #[must_use]
    pub fn hear(&self, question: &str, listening: &Listening) -> Heard {
        self.profiles(listening).hear(question, listening)
    }

    /// A question with its slips of the pen corrected; none where there are none.
    #[must_use]
    pub fn spelt(&self, question: &str, listening: &Listening) -> Option<String> {
        self.profiles(listening).spelt(question)
    }

    fn profiles(&self, listening: &Listening) -> &Profiles {
        self.profiles
            .get_or_init(|| Profiles::of(&self.facts, &self.unanswerable, listening))
    }
}

/// What the answer to a question is recorded under: the words of its id, which are the interviewer's.
#[must_use]
pub fn topic_of(id: &str) -> String {
    id.replace(['-', '_'], " ")
}

/// Something that the interviewer knows.
#[derive(Debug)]
pub struct Fact {
    /// Its name.
    pub id: String,
    /// How questions are worded that ask for it.
    pub asks: Vec<Pattern>,
    /// Questions that people have asked for it.
    pub asked: Vec<String>,
    /// What the interviewer answers.
    pub answer: String,
    /// What becomes the design's assumption: name and text.
    pub assume: Vec<(String, String)>,
}

/// A requirement that the problem wants to hear.
#[derive(Debug)]
pub struct Topic {
    /// Its name.
    pub id: String,
    /// The words for people.
    pub text: String,
    /// An answer without it is about another system.
    pub core: bool,
    /// Concepts, any of which states it.
    pub says: Vec<String>,
}

/// A link of the estimate chain.
#[derive(Debug)]
pub struct Expectation {
    /// The figure.
    pub id: String,
    /// What it follows from, as an expression over figures.
    pub formula: Option<String>,
    /// What figures of the formula are worth that a design does not state: the peak is so many times the mean.
    pub usual: Vec<(String, Figure)>,
    /// The plausible range.
    pub sane: Option<(Figure, Figure)>,
    /// Accepted relative distance.
    pub tolerance: Option<f64>,
    /// What it decides.
    pub why: String,
}

/// A flow for designs that state none.
#[derive(Debug)]
pub struct FlowTemplate {
    /// Its name.
    pub id: String,
    /// Whether it reads or writes.
    pub kind: Option<FlowKind>,
    /// Where it starts.
    pub from: Selector,
    /// Where it ends.
    pub to: Selector,
    /// The figure that is its rate.
    pub rate: Option<String>,
}

/// A topic that an interviewer picks for a closer look.
#[derive(Debug)]
pub struct DeepDive {
    /// Its name, the topic of the answer.
    pub id: String,
    /// The name for people.
    pub title: String,
    /// When it is worth asking.
    pub when: Option<Condition>,
    /// The question.
    pub ask: Template,
    /// Concepts that a good answer has.
    pub looks_for: Vec<String>,
    /// What a good answer has, in words.
    pub good: String,
}

/// A question after a weak point.
#[derive(Debug)]
pub struct Probe {
    /// Its name, the topic of the answer.
    pub id: String,
    /// The step in which it is asked.
    pub step: Step,
    /// When it is worth asking.
    pub when: Option<Condition>,
    /// The question.
    pub ask: Template,
    /// Concepts that a good answer has.
    pub looks_for: Vec<String>,
    /// What a good answer has, in words.
    pub good: String,
}

/// Something that changes in the middle of the interview.
#[derive(Debug)]
pub struct Twist {
    /// Its name, the topic of the answer.
    pub id: String,
    /// What the interviewer says of it.
    pub say: String,
    /// Figures that have another value from then on: name and text.
    pub assume: Vec<(String, String)>,
    /// What the system has to do from then on.
    pub must: Vec<String>,
    /// The question about it.
    pub ask: String,
    /// Concepts that a good answer has.
    pub looks_for: Vec<String>,
    /// What a good answer has, in words.
    pub good: String,
}

/// Help in three grades.
#[derive(Debug)]
pub struct Hint {
    /// Its name.
    pub id: String,
    /// The step it is for.
    pub step: Step,
    /// When it is of no use any more.
    pub unless: Option<Condition>,
    /// A question, a direction, a partial answer.
    pub grades: [String; 3],
}
