//! The words of negation and of numbers, read.
//!
//! Knows their keys; knows no text.

use super::super::clause::Reach;
use super::super::concept::{EndpointMarks, Language, Numbers};
use super::super::pattern::Pattern;
use super::RuleReader;
use super::keys::CALLED;
use crate::notation::yaml::{Fields, Key, Node, Shape};

/// The keys of the language: the words of negation, and those of numbers.
pub const LANGUAGE: &[Key] = &[
    Key::new(
        "numbers",
        Shape::Map(NUMBERS),
        "What asks for a number, and what is one.",
    ),
    Key::new("called", CALLED, "What people call things by other words."),
    Key::needed(
        "negations",
        Shape::Map(NEGATIONS),
        "Words that deny what stands near them.",
    ),
    Key::new(
        "subjects",
        Shape::Map(SUBJECTS),
        "Where what a denial speaks of begins and ends.",
    ),
    Key::new(
        "lists",
        Shape::Map(LISTS),
        "How a bare list of terms is told from a sentence.",
    ),
    Key::new(
        "clauses",
        Shape::Many(&Shape::Text),
        "Regular expressions for where a clause ends.",
    ),
    Key::needed(
        "not_negating",
        Shape::Many(&Shape::Text),
        "Words of negation that deny nothing.",
    ),
    Key::new(
        "endpoints",
        Shape::Map(ENDPOINTS),
        "How the path, the request and the answers of an endpoint show what it can do.",
    ),
];

const ENDPOINTS: &[Key] = &[
    Key::new(
        "versioned",
        Shape::Many(&Shape::Text),
        "Regular expressions for the version of an interface.",
    ),
    Key::new(
        "paginated",
        Shape::Many(&Shape::Text),
        "Regular expressions for where one page of a list ends and the next begins.",
    ),
    Key::new(
        "idempotency_key",
        Shape::Many(&Shape::Text),
        "Regular expressions for what a repeated request is known by.",
    ),
];

const NUMBERS: &[Key] = &[
    Key::new(
        "asked",
        Shape::Many(&Shape::Text),
        "Regular expressions for words of a question to which the answer is a number.",
    ),
    Key::new(
        "given",
        Shape::Many(&Shape::Text),
        "Regular expressions for what is a number in an answer, in digits or in words.",
    ),
];

const NEGATIONS: &[Key] = &[
    Key::needed(
        "before",
        Shape::Many(&Shape::Text),
        "Those that stand before what they deny.",
    ),
    Key::needed(
        "after",
        Shape::Many(&Shape::Text),
        "Those that stand after it.",
    ),
    Key::new(
        "subject",
        Shape::Many(&Shape::Text),
        "Those that stand after it and deny nothing but their own subject.",
    ),
    Key::new(
        "sentence",
        Shape::Many(&Shape::Text),
        "Those that begin a clause without a subject and deny the sentence before.",
    ),
    Key::new(
        "value",
        Shape::Many(&Shape::Text),
        "Those that begin an answer or a choice and deny its topic.",
    ),
];

const SUBJECTS: &[Key] = &[
    Key::new(
        "joined",
        Shape::Many(&Shape::Text),
        "Regular expressions for what joins one subject to another.",
    ),
    Key::new(
        "attached",
        Shape::Many(&Shape::Text),
        "Regular expressions for what stands between a subject and what is told of it.",
    ),
];

const LISTS: &[Key] = &[
    Key::new(
        "opening",
        Shape::Many(&Shape::Text),
        "Regular expressions for what opens a list of terms.",
    ),
    Key::new(
        "beside",
        Shape::Many(&Shape::Text),
        "Regular expressions for what joins the terms of a list that has no commas.",
    ),
    Key::new(
        "telling",
        Shape::Many(&Shape::Text),
        "Regular expressions for words that a bare list of terms doesn't have.",
    ),
];

impl RuleReader<'_> {
    /// Reads the words of negation.
    pub fn language(&mut self, node: &Node<'_>) -> Option<Language> {
        let fields = Fields::of(node, "the language", self.issues)?;
        fields.known(LANGUAGE, self.issues);
        let negations = self.needed(&fields, "negations");
        let negations = negations.and_then(|node| Fields::of(node, "the negations", self.issues));
        if let Some(negations) = &negations {
            negations.known(NEGATIONS, self.issues);
        }
        let mut words = |fields: &Fields<'_, '_>, key| {
            let node = self.needed(fields, key)?;
            self.wordings(node)
        };
        let denials = negations.map(|negations| {
            let before = words(&negations, "before");
            before.zip(words(&negations, "after"))
        });
        let affirming = words(&fields, "not_negating");
        let reach = self.reach(&fields, negations.as_ref());
        let clauses = fields.texts("clauses", self.issues);
        let numbers = fields.get("numbers");
        let numbers = numbers.and_then(|node| Fields::of(node, "numbers", self.issues));
        let numbers = numbers.map(|numbers| {
            numbers.known(NUMBERS, self.issues);
            let mut words = |key| numbers.get(key).and_then(|node| self.wordings(node));
            Numbers {
                asked: words("asked"),
                given: words("given"),
            }
        });
        let called = self.called(&fields);
        let endpoints = self.endpoint_marks(&fields);
        let (before, after) = denials??;
        let mut language =
            Language::new(before, after, affirming?, Pattern::new(clauses.join("|")));
        language.reach = reach;
        language.numbers = numbers.unwrap_or_default();
        language.called = called;
        language.endpoints = endpoints;
        Some(language)
    }

    /// Reads how endpoints show what they can do.
    fn endpoint_marks(&mut self, fields: &Fields<'_, '_>) -> EndpointMarks {
        let endpoints = fields.get("endpoints");
        let endpoints = endpoints.and_then(|node| Fields::of(node, "endpoints", self.issues));
        let Some(endpoints) = endpoints else {
            return EndpointMarks::default();
        };
        endpoints.known(ENDPOINTS, self.issues);
        let mut any = |key| {
            let all = endpoints.texts(key, self.issues);
            (!all.is_empty()).then(|| Pattern::new(all.join("|")))
        };
        EndpointMarks {
            versioned: any("versioned"),
            paginated: any("paginated"),
            idempotency_key: any("idempotency_key"),
        }
    }

    /// Reads how far denials reach, and what says nothing by itself.
    fn reach(&mut self, fields: &Fields<'_, '_>, negations: Option<&Fields<'_, '_>>) -> Reach {
        let mut reach = Reach::default();
        let mut map = |key, title, keys| {
            let map = Fields::of(fields.get(key)?, title, self.issues)?;
            map.known(keys, self.issues);
            Some(map)
        };
        let subjects = map("subjects", "subjects", SUBJECTS);
        let lists = map("lists", "lists", LISTS);
        let mut whole = |fields: Option<&Fields<'_, '_>>, key, words: &mut Pattern| {
            if let Some(read) = fields.and_then(|it| self.wordings(it.get(key)?)) {
                *words = read;
            }
        };
        whole(negations, "subject", &mut reach.subject);
        whole(lists.as_ref(), "telling", &mut reach.telling);
        let mut first = |fields: Option<&Fields<'_, '_>>, key, place: &str, words: &mut Pattern| {
            let all = fields.map(|it| it.texts(key, self.issues));
            if let Some(all) = all.filter(|all| !all.is_empty()) {
                *words = Pattern::new(format!("{place}(?:{})", all.join("|")));
            }
        };
        let start = r"^\s*";
        first(negations, "sentence", start, &mut reach.sentence);
        first(negations, "value", start, &mut reach.value);
        first(lists.as_ref(), "opening", start, &mut reach.opening);
        first(lists.as_ref(), "beside", "", &mut reach.beside);
        first(subjects.as_ref(), "joined", "", &mut reach.joined);
        first(subjects.as_ref(), "attached", "", &mut reach.attached);
        reach
    }
}
