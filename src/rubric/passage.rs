//! The texts of a design, each with its part, topic and place: what is read when a rule asks what was said.
//!
//! Knows parts; knows no concepts.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::clause::Clause;
use super::concept::{self, Concept, Language};
use super::glossary::Glossary;
use super::needs::Pairs;
use super::pattern::Pattern;
use crate::model::{Attribute, Design, Part, Place};

/// A piece of text.
#[derive(Clone, Debug)]
pub struct Passage {
    /// Where it stands.
    pub place: Place,
    /// The part.
    pub(super) part: Parts,
    /// What it is about, for answers and decisions.
    pub topic: Option<String>,
    /// The text.
    pub text: String,
    /// The text as concepts are searched in it.
    pub plain: String,
    /// How much of that are its own words; behind them it is read once more in those that rules know.
    own: usize,
    /// What it is in its entry.
    pub(super) role: Role,
    /// Whether it is a bare list of terms, or the topic of one.
    pub(super) is_list: bool,
    /// Of the reason of a decision: what was rejected and what was chosen, plain.
    weighed: Option<(String, String)>,
    /// Its clauses, found when the first concept is.
    pub(super) clauses: OnceCell<Vec<Clause>>,
    /// The characters that stand side by side in it, found when the first pattern is searched.
    pairs: OnceCell<Pairs>,
}

/// What a text is in its entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    /// What is said.
    #[default]
    Said,
    /// The question that is answered or decided.
    Topic,
    /// What was chosen.
    Choice,
    /// What was rejected: no evidence, and read by no rule.
    Rejected,
}

impl Passage {
    /// Whether a pattern is found in it.
    pub(super) fn matches(&self, pattern: &Pattern, literal: bool) -> bool {
        let pairs = || self.pairs.get_or_init(|| Pairs::of(&self.text));
        let reworded = || self.reworded().filter(|_| !literal);
        pattern.is_in(&self.text, pairs) || reworded().is_some_and(|text| pattern.is_match(text))
    }

    /// The text as concepts are searched in it, without the words that rules know for its own.
    pub(super) fn own_words(&self) -> &str {
        self.plain.get(..self.own).unwrap_or_default()
    }

    /// It in the words that rules know, where it has others.
    fn reworded(&self) -> Option<&str> {
        self.plain.get(self.own + concept::ONCE_MORE.len()..)
    }

    /// Whether what it mentions is said of what was rejected: that has it, and what was chosen has not.
    #[must_use]
    pub fn is_against(&self, concept: &Concept) -> bool {
        self.weighed.as_ref().is_some_and(|(rejected, chosen)| {
            concept.wordings.is_match(rejected) && !concept.wordings.is_match(chosen)
        })
    }

    /// Whether it tells how something is done, and not what is wanted.
    pub(super) const fn tells_how(&self) -> bool {
        matches!(
            self.place,
            Place::Entry(
                Part::Decisions | Part::Answers | Part::Components | Part::Connections,
                _
            )
        )
    }

    /// The component that it is written on, or that calls where it is written on a connection.
    pub(super) fn component(&self, design: &Design) -> Option<usize> {
        match self.place {
            Place::Entry(Part::Components, at) => Some(at),
            Place::Entry(Part::Connections, at) => design.connections.get(at).map(|it| it.from),
            _ => None,
        }
    }

    /// The same in another role.
    fn with(self, role: Role) -> Self {
        Self { role, ..self }
    }

    /// Reads it in the words that rules know as well.
    pub(super) fn reword(&mut self, language: &Language, problem: Option<&Glossary>) {
        language.read_once_more(&mut self.plain, problem);
    }
}

/// A set of parts: a bit for each of [`PARTS`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts(u16);

impl Parts {
    /// The part that rules name so; none where there is no such part.
    pub fn named(word: &str) -> Self {
        let at = PARTS.iter().position(|part| *part == word);
        Self(at.map_or(0, |at| 1 << at))
    }

    /// All parts with some names.
    pub fn all_of(words: &[String]) -> Self {
        let one = |word: &String| Self::named(word).0;
        Self(words.iter().map(one).fold(0, |all, one| all | one))
    }

    /// Whether they have one in common.
    pub const fn meets(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }
}

/// The parts that rules can name, beside `requirements`, which means the first two.
pub(super) const PARTS: &[&str] = &[
    "functional",
    "non_functional",
    "out_of_scope",
    "questions",
    "assumptions",
    "decisions",
    "answers",
    "api",
    "data",
    "notes",
    "titles",
];

/// The parts that are read where a rule names none.
pub(super) const USUAL: &[&str] = &[
    "functional",
    "non_functional",
    "decisions",
    "answers",
    "notes",
];

/// What answers to the interviewer's questions are recorded under: words that the candidate has not said. Those of other
/// problems count nothing, so that a design is judged the same whatever else is loaded.
#[derive(Debug, Default)]
pub struct Topics(BTreeMap<Option<String>, BTreeSet<String>>);

impl Topics {
    /// Adds a topic of designs for a problem, or of all designs.
    pub fn add(&mut self, problem: Option<&str>, topic: String) {
        let topics = self.0.entry(problem.map(str::to_owned)).or_default();
        topics.insert(topic);
    }

    /// Whether designs for a problem are asked about a topic.
    fn has(&self, problem: Option<&str>, topic: &str) -> bool {
        let of_it = problem.map(|problem| self.0.get(&Some(problem.to_owned())));
        let all = [self.0.get(&None), of_it.flatten()];
        all.iter().flatten().any(|topics| topics.contains(topic))
    }
}

/// Every text of a design. Topics of answers count as far as the candidate has chosen them.
#[must_use]
pub fn passages(design: &Design, asked: &Topics) -> Vec<Passage> {
    let problem = design.problem.as_deref();
    let mut all = Vec::new();
    let requirements = &design.requirements;
    for (part, texts) in [
        (Part::Functional, &requirements.functional),
        (Part::NonFunctional, &requirements.non_functional),
        (Part::OutOfScope, &requirements.out_of_scope),
        (Part::Questions, &requirements.questions),
    ] {
        all.extend(
            texts
                .iter()
                .enumerate()
                .map(|(at, text)| passage(part, at, None, text.clone())),
        );
    }
    for (at, assumption) in requirements.assumptions.iter().enumerate() {
        let text = format!("{} {}", assumption.name.replace('_', " "), assumption.text);
        all.push(passage(Part::Assumptions, at, None, text));
    }
    decisions(design, &mut all);
    for (at, answer) in design.answers.iter().enumerate() {
        let topic = Some(answer.topic.clone());
        if !answer.text.trim().is_empty() {
            if !asked.has(problem, &answer.topic.to_lowercase()) {
                let text = answer.topic.clone();
                let topic = passage(Part::Answers, at, topic.clone(), text);
                all.push(topic.with(Role::Topic));
            }
            all.push(passage(Part::Answers, at, topic, answer.text.clone()));
        }
    }
    interface_and_data(design, &mut all);
    graph_texts(design, &mut all);
    all
}

fn passage(part: Part, at: usize, topic: Option<String>, text: String) -> Passage {
    under(part.word(), Place::Entry(part, at), topic, text)
}

/// A passage of the part that rules know by a word.
fn under(part: &str, place: Place, topic: Option<String>, text: String) -> Passage {
    let plain = concept::plain(&text);
    Passage {
        place,
        part: Parts::named(part),
        topic,
        own: plain.len(),
        plain,
        role: Role::Said,
        is_list: false,
        weighed: None,
        clauses: OnceCell::new(),
        pairs: OnceCell::new(),
        text,
    }
}

/// What decisions reject, each alternative by itself; it belongs to no part that rules can name.
pub(super) fn rejected<'d>(
    design: &'d Design,
    alternatives: impl Fn(&'d str) -> Vec<&'d str>,
) -> Vec<Passage> {
    let decisions = design.decisions.iter().enumerate();
    let overs = decisions.filter_map(|(at, decision)| Some((at, decision.over.as_deref()?)));
    let each = overs.flat_map(|(at, over)| {
        let alternatives = alternatives(over).into_iter();
        alternatives.map(move |one| passage(Part::Decisions, at, None, one.to_owned()))
    });
    let outside = each.map(|passage| Passage {
        part: Parts::default(),
        ..passage.with(Role::Rejected)
    });
    outside.collect()
}

/// What was chosen and why; not what was rejected.
fn decisions(design: &Design, all: &mut Vec<Passage>) {
    for (at, decision) in design.decisions.iter().enumerate() {
        let topic = decision.topic.clone();
        if let Some(text) = &decision.topic {
            let text = passage(Part::Decisions, at, topic.clone(), text.clone());
            all.push(text.with(Role::Topic));
        }
        let choice = passage(Part::Decisions, at, topic.clone(), decision.choice.clone());
        all.push(choice.with(Role::Choice));
        if let Some(reason) = &decision.because {
            let mut reason = passage(Part::Decisions, at, topic.clone(), reason.clone());
            let over = decision.over.as_ref();
            reason.weighed =
                over.map(|over| (concept::plain(over), concept::plain(&decision.choice)));
            all.push(reason);
        }
    }
}

fn interface_and_data(design: &Design, all: &mut Vec<Passage>) {
    for (at, endpoint) in design.api.iter().enumerate() {
        let answers: Vec<&str> = endpoint
            .responses
            .iter()
            .map(|response| response.body.as_str())
            .collect();
        let text = format!(
            "{} {} {} {}",
            endpoint.method,
            endpoint.path,
            endpoint.request,
            answers.join(" ")
        );
        all.push(passage(Part::Api, at, None, text));
    }
    for (at, entity) in design.data.iter().enumerate() {
        let text = format!(
            "{} {} {}",
            entity.name,
            entity.key.join(" "),
            entity.fields.join(" ")
        );
        all.push(passage(Part::Data, at, None, text.replace('_', " ")));
    }
}

fn graph_texts(design: &Design, all: &mut Vec<Passage>) {
    let said = |part, place, text: &str| under(part, place, None, text.to_owned());
    for (at, component) in design.components.iter().enumerate() {
        let place = Place::Entry(Part::Components, at);
        all.extend(
            component
                .notes
                .as_deref()
                .map(|text| said("notes", place, text)),
        );
        all.extend(
            component
                .title
                .as_deref()
                .map(|text| said("titles", place, text)),
        );
        all.extend(
            component
                .attributes
                .word(Attribute::Invalidation)
                .map(|text| said("notes", place, text)),
        );
    }
    for (at, connection) in design.connections.iter().enumerate() {
        let label = connection.attributes.word(Attribute::Label);
        all.extend(label.map(|text| said("notes", Place::Entry(Part::Connections, at), text)));
    }
}
