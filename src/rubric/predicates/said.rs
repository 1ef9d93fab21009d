//! What is said, and how much: concepts in texts, entries of parts.
//!
//! Knows parts and topics; what a concept is worded like is data.

use std::collections::BTreeSet;

use std::sync::OnceLock;

use super::super::comparison::{Comparison, Operand};
use super::super::condition::Condition;
use super::super::evidence::Weight;
use super::super::fitting::COUNT;
use super::super::name::Name;
use super::super::passage::{PARTS, Parts, Passage, USUAL};
use super::super::pattern::Pattern;
use super::super::reader::RuleReader;
use super::super::scene::Scene;
use super::super::trace::Trace;
use crate::analysis::Truth;
use crate::model::{Part, Place, spelling};
use crate::notation::yaml::{Fields, Key, Node, Shape, Term, texts_of};

/// A question about what was said.
struct Said {
    concepts: Vec<Name<usize>>,
    matches: Option<Pattern>,
    parts: Vec<String>,
    /// The same.
    wanted: Parts,
    about: Option<Pattern>,
    at_least: usize,
    /// What was looked for and where, in words, made when somebody reads it for the first time.
    sought: OnceLock<String>,
}

/// The parts whose entries have topics.
const WITH_TOPICS: &[&str] = &["answers", "decisions"];

/// What stands for both parts of the requirements.
const REQUIREMENTS: &str = "requirements";

/// The keys of a question about what was said.
pub(super) const TEXT: &[Key] = &[
    Key::new(
        "says",
        Shape::Many(&Shape::Of(Term::Concept)),
        "Concepts, of which one is mentioned and not denied.",
    ),
    Key::new("matches", Shape::Text, "A regular expression for it."),
    Key::new(
        "in",
        Shape::Many(&Shape::Either(&[
            Shape::Word(PARTS),
            Shape::Word(&[REQUIREMENTS]),
        ])),
        "The parts of the design to look in.",
    ),
    Key::new(
        "about",
        Shape::Text,
        "A regular expression for the topic of the entries to look in.",
    ),
    Key::new(
        "at_least",
        Shape::Text,
        "So many of the concepts, or entries that match.",
    ),
];

/// The keys of a question about how much was said.
pub(super) const SECTION: &[Key] = &[
    Key::needed("name", Shape::Text, "The part of the design."),
    Key::needed(
        "count",
        Shape::Of(Term::Comparison),
        "How many entries it has.",
    ),
];

/// Reads `text: {...}`.
pub(super) fn text(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    let fields = Fields::of(node, "what is said", reader.issues)?;
    fields.known(TEXT, reader.issues);
    let parts = fields
        .get("in")
        .map_or_else(usual, |node| parts(node, reader));
    let at_least = fields
        .get("at_least")
        .map_or(Some(1), |node| reader.count(node));
    let said = Said {
        concepts: fields
            .get("says")
            .map(|node| reader.named_concepts(node))
            .unwrap_or_default(),
        matches: fields.get("matches").and_then(|node| reader.pattern(node)),
        wanted: Parts::all_of(&parts),
        parts,
        about: fields.get("about").and_then(|node| reader.pattern(node)),
        at_least: at_least?,
        sought: OnceLock::new(),
    };
    if fields.get("says").is_none() && fields.get("matches").is_none() {
        let help = "write `text: {says: CONCEPT}`, or `matches: REGEX`".to_owned();
        reader
            .issues
            .error(node.span, "nothing is looked for", help);
        return None;
    }
    said.check_number(&fields, reader);
    said.check_topic(&fields, reader);
    Some(Condition::new(move |scene, trace| said.test(scene, trace)))
}

fn usual() -> Vec<String> {
    USUAL.iter().map(|part| (*part).to_owned()).collect()
}

fn parts(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Vec<String> {
    let mut all = Vec::new();
    let _ = reader.some_of(node);
    for word in texts_of(node, reader.issues) {
        if word == REQUIREMENTS {
            all.extend(["functional".to_owned(), "non_functional".to_owned()]);
        } else if PARTS.contains(&word.as_str()) {
            all.push(word);
        } else {
            reader.unknown(node, "part", &word, PARTS);
        }
    }
    all
}

impl Said {
    /// Complains of a number of concepts that is larger than how many are named.
    fn check_number(&self, fields: &Fields<'_, '_>, reader: &mut RuleReader<'_>) {
        let names: BTreeSet<&str> = self.concepts.iter().map(Name::text).collect();
        let most = names.len() + usize::from(self.matches.is_some());
        let node = fields.get("at_least").filter(|_| reader.strict);
        if let (false, true, Some(node)) = (names.is_empty(), self.at_least > most, node) {
            let message = format!("`at_least: {}` of {most} can never be said", self.at_least);
            let help = "name more concepts under `says`, or ask for fewer".to_owned();
            reader.issues.error(node.span, message, help);
        }
    }

    /// Complains of a topic where only parts are looked in that have none.
    fn check_topic(&self, fields: &Fields<'_, '_>, reader: &mut RuleReader<'_>) {
        let mut parts = self.parts.iter();
        let node = fields.get("about").filter(|_| reader.strict);
        let (Some(node), false) = (node, parts.any(|part| WITH_TOPICS.contains(&part.as_str())))
        else {
            return;
        };
        let message = "nothing that is looked in has a topic";
        let help = "add `answers` or `decisions` to `in`, or leave `about` out".to_owned();
        reader.issues.error(node.span, message, help);
    }

    fn test(&self, scene: &Scene<'_>, trace: &mut Trace) -> Truth {
        let passages = scene.passages();
        let (mut found, mut named) = (0, 0);
        for concept in &self.concepts {
            let here = scene.evidence(concept, |passage| self.reads(passage));
            match here {
                Some((passage, Weight::Full)) => {
                    found += 1;
                    trace.find(passage.place, || passage.text.clone());
                    trace.say(passage.place, || sentence(concept.text(), passage, scene));
                }
                Some((_, weight)) => {
                    named += 1;
                    if named == 1 {
                        trace.miss(|| open_of(title(concept, scene), weight));
                    }
                }
                None => {}
            }
        }
        if let Some(pattern) = &self.matches {
            // Beside concepts the words are one of them; alone they are counted by the entries that have them.
            let most = if self.concepts.is_empty() {
                self.at_least
            } else {
                1
            };
            let mut places = BTreeSet::new();
            let here = passages
                .iter()
                .filter(|passage| self.reads(passage) && passage.matches(pattern, scene.literal))
                .filter(|passage| places.insert(passage.place));
            for passage in here.take(most) {
                found += 1;
                trace.find(passage.place, || passage.text.clone());
                trace.say(passage.place, || passage.text.clone());
            }
        }
        if found < self.at_least {
            trace.see(|| self.sought.get_or_init(|| self.looked_for(scene)).clone());
            for part in self.parts.iter().filter_map(|part| Part::from_word(part)) {
                if entries(scene, part) > 0 {
                    trace.look_near(Place::Part(part));
                }
            }
        }
        if found < self.at_least && found + named >= self.at_least {
            return Truth::NotStated;
        }
        Truth::from(found >= self.at_least)
    }

    fn reads(&self, passage: &Passage) -> bool {
        self.wanted.meets(passage.part)
            && self.about.as_ref().is_none_or(|about| {
                passage
                    .topic
                    .as_deref()
                    .is_some_and(|topic| about.is_match(topic))
            })
    }

    /// "looked for cache-aside, TTL in functional and answers".
    fn looked_for(&self, scene: &Scene<'_>) -> String {
        let titles = self
            .concepts
            .iter()
            .map(|name| title(name, scene).to_owned());
        let mut wanted: Vec<String> = titles.collect();
        let words = self.matches.as_ref().and_then(Pattern::samples);
        wanted.extend(words.map(|words| format!("words such as {words}")));
        if wanted.is_empty() {
            wanted.push("the wording".to_owned());
        }
        let parts: Vec<String> = self
            .parts
            .iter()
            .map(|part| part.replace('_', "-"))
            .collect();
        let (wanted, parts) = (wanted.join(", "), spelling::enumerated(&parts));
        let topics = self.about.as_ref().and_then(Pattern::samples);
        let on = topics.map_or_else(String::new, |topics| format!(" on topics such as {topics}"));
        format!("looked for {wanted} in {parts}{on}")
    }
}

/// The name of a concept for people.
fn title<'s>(name: &'s Name<usize>, scene: &'s Scene<'_>) -> &'s str {
    let concept = scene.knowledge.concepts.0.get(name.text());
    concept.map_or_else(|| name.text(), |concept| concept.title.as_str())
}

/// What is not stated of a concept that is named and no more.
fn open_of(title: &str, weight: Weight) -> String {
    match weight {
        Weight::Rejected => format!("the use of {title}, which a decision rejects,"),
        Weight::Full | Weight::Listed => {
            format!("the part of {title}, of which a list has the name,")
        }
    }
}

/// The sentence of a passage that mentions a concept.
fn sentence(concept: &str, passage: &Passage, scene: &Scene<'_>) -> String {
    let knowledge = scene.knowledge;
    let concept = knowledge.concepts.0.get(concept);
    let sentence = concept.and_then(|concept| knowledge.language.sentence(concept, &passage.text));
    sentence.unwrap_or(&passage.text).to_owned()
}

/// `section: {name: functional, count: {at_least: 2}}`.
pub(super) fn section(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    let fields = Fields::of(node, "a section", reader.issues)?;
    fields.known(SECTION, reader.issues);
    let words: Vec<&str> = Part::ALL.iter().map(|part| part.word()).collect();
    let name = reader.needed(&fields, "name");
    let part = name.and_then(|_| fields.word("name", &words, Part::from_word, reader.issues));
    let count = reader.needed(&fields, "count");
    let comparison = count.and_then(|node| Comparison::read_of(COUNT, "count", node, reader));
    let (part, comparison) = part.zip(comparison)?;
    Some(Condition::new(move |scene, trace| {
        trace.look_near(Place::Part(part));
        comparison.test(&Operand::count(entries(scene, part)), trace, &|| {
            format!("number of {}", part.word())
        })
    }))
}

/// How many entries a part has; of components and connections, those that something joins with what users do.
fn entries(scene: &Scene<'_>, part: Part) -> usize {
    let design = scene.subject.design;
    match part {
        Part::Functional => design.requirements.functional.len(),
        Part::NonFunctional => design.requirements.non_functional.len(),
        Part::OutOfScope => design.requirements.out_of_scope.len(),
        Part::Questions => design.requirements.questions.len(),
        Part::Assumptions => design.requirements.assumptions.len(),
        Part::Estimates => design.estimates.len(),
        Part::Components => (0..design.components.len())
            .filter(|at| !scene.subject.is_apart(*at))
            .count(),
        Part::Connections => design
            .connections
            .iter()
            .filter(|connection| !scene.subject.is_apart(connection.from))
            .count(),
        Part::Flows => design.flows.len(),
        Part::Api => design.api.len(),
        Part::Data => design.data.len(),
        Part::Decisions => design.decisions.len(),
        Part::Answers => design
            .answers
            .iter()
            .filter(|answer| !answer.text.trim().is_empty())
            .count(),
        Part::Allow => design.allow.len(),
    }
}
