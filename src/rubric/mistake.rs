//! What people say that is wrong in the field: heard where it stands, unless it is put right anywhere in the design.
//!
//! Knows how a mistake is heard and put right; which mistakes there are is data.

use std::sync::Arc;

use super::condition::Condition;
use super::name::Name;
use super::passage::{Parts, Passage, USUAL};
use super::reader::RuleReader;
use super::scene::{Knowledge, Scene};
use crate::analysis::Truth;
use crate::model::Place;
use crate::notation::yaml::{Fields, Key, Node, Shape, Term};

/// The keys of a mistake.
pub const MISTAKE: &[Key] = &[
    Key::needed(
        "says",
        Shape::Many(&Shape::Of(Term::Concept)),
        "Concepts that are wrong, of which one is mentioned and not denied.",
    ),
    Key::needed(
        "unless",
        Shape::Many(&Shape::Of(Term::Concept)),
        "Concepts that put it right, wherever they are mentioned.",
    ),
    Key::needed(
        "topic",
        Shape::Text,
        "What the answer to `ask` is recorded under; it does not say what is wrong.",
    ),
];

/// A mistake of the field.
#[derive(Debug)]
pub struct Mistake {
    says: Vec<Name<usize>>,
    unless: Vec<Name<usize>>,
    /// What the answer to the question after it is recorded under.
    pub topic: String,
    /// The parts in which it is heard: those in which candidates speak for themselves.
    parts: Parts,
}

/// A sentence, and where it stands.
pub type Sentence<'s> = (Place, &'s str);

impl Mistake {
    /// Reads a mistake.
    pub fn read(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Arc<Self>> {
        let fields = Fields::of(node, "what is mistaken", reader.issues)?;
        fields.known(MISTAKE, reader.issues);
        let says = reader.needed(&fields, "says");
        let unless = reader.needed(&fields, "unless");
        let topic = fields.required("topic", reader.issues);
        let usual: Vec<String> = USUAL.iter().map(|part| (*part).to_owned()).collect();
        Some(Arc::new(Self {
            says: reader.named_concepts(says?),
            unless: reader.named_concepts(unless?),
            topic: topic?,
            parts: Parts::all_of(&usual),
        }))
    }

    /// The concepts that are wrong.
    pub fn says(&self) -> impl Iterator<Item = &str> {
        self.says.iter().map(Name::text)
    }

    /// The concepts that put it right.
    pub fn cures(&self) -> impl Iterator<Item = &str> {
        self.unless.iter().map(Name::text)
    }

    /// Whether a text says it, and does not put it right itself; that may be done elsewhere.
    #[must_use]
    pub fn is_in(&self, text: &str, knowledge: &Knowledge) -> bool {
        let has = |names: &[Name<usize>]| {
            let concepts = names
                .iter()
                .filter_map(|name| knowledge.concepts.0.get(name.text()));
            let mut mentioned =
                concepts.filter(|concept| knowledge.language.mentions(concept, text));
            mentioned.next().is_some()
        };
        has(&self.says) && !has(&self.unless)
    }

    /// The sentence of a design that says it, and the one that puts it right.
    #[must_use]
    pub fn stated<'s>(&self, scene: &Scene<'s>) -> Option<(Sentence<'s>, Option<Sentence<'s>>)> {
        let said = self.first(&self.says, scene)?;
        Some((said, self.first(&self.unless, scene)))
    }

    fn first<'s>(&self, names: &[Name<usize>], scene: &Scene<'s>) -> Option<Sentence<'s>> {
        let reads = |passage: &Passage| self.parts.meets(passage.part);
        names.iter().find_map(|name| {
            let passage = scene.saying(name, reads)?;
            let concept = scene.knowledge.concepts.0.get(name.text())?;
            let language = &scene.knowledge.language;
            let sentence = language.sentence(concept, &passage.text);
            Some((passage.place, sentence.unwrap_or(&passage.text)))
        })
    }

    /// That it is said, and nothing puts it right.
    #[must_use]
    pub fn stands(self: &Arc<Self>) -> Condition {
        let mistake = Arc::clone(self);
        Condition::new(move |scene, trace| match mistake.stated(scene) {
            Some(((place, sentence), None)) => {
                trace.find(place, || sentence.to_owned());
                Truth::Yes
            }
            _ => Truth::No,
        })
    }

    /// The contrary, which a good design shows.
    #[must_use]
    pub fn is_absent(self: &Arc<Self>) -> Condition {
        let stands = self.stands();
        Condition::new(move |scene, trace| !stands.test(scene, trace))
    }
}
