//! Concepts, and the words of negation, questions and numbers.
//!
//! Knows their keys; knows no concept.

use super::super::clause::Reach;
use super::super::concept::{Concept, Language, Numbers};
use super::super::listening::Listening;
use super::super::pattern::Pattern;
use super::keys::{
    CONCEPT, CONCEPT_FILE, LANGUAGE, LISTS, NEGATIONS, NUMBERS, QUESTIONS, SUBJECTS,
};
use super::{RuleReader, UseSite};
use crate::notation::yaml::{Fields, Node};

impl RuleReader<'_> {
    /// Reads a file of concepts.
    pub fn concept_file(&mut self, node: &Node<'_>) -> Vec<Concept> {
        let Some(fields) = Fields::of(node, "a file of concepts", self.issues) else {
            return Vec::new();
        };
        fields.known(CONCEPT_FILE, self.issues);
        self.each(&fields, "concepts", Self::concept)
    }

    fn concept(&mut self, node: &Node<'_>) -> Option<Concept> {
        let fields = Fields::of(node, "a concept", self.issues)?;
        fields.known(CONCEPT, self.issues);
        let id = fields.required("id", self.issues);
        let title = fields.required("title", self.issues);
        let wordings = self.needed(&fields, "wordings");
        let wordings = wordings.and_then(|node| self.wordings(node));
        let not = match fields.get("not") {
            Some(node) => self.wordings(node).map(Some),
            None => Some(None),
        };
        let (hits, misses) = (
            fields.texts("hits", self.issues),
            fields.texts("misses", self.issues),
        );
        if self.strict && hits.is_empty() {
            let help = "add a phrase that mentions it".to_owned();
            self.issues
                .error(node.span, "a concept without `hits`", help);
        }
        let site = id.clone().map(UseSite::Concept);
        if let Some(site) = site.clone() {
            self.defines(site, &fields);
        }
        let read = || {
            Some(Concept {
                id: id?,
                title: title?,
                wordings: wordings?,
                not: not?,
                hits,
                misses,
            })
        };
        self.or_broken(read(), site)
    }

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
        let questions = fields.get("questions");
        let questions = questions.and_then(|node| Fields::of(node, "questions", self.issues));
        let listening = questions.map(|questions| {
            questions.known(QUESTIONS, self.issues);
            let furniture = questions.texts("furniture", self.issues);
            Listening::new(furniture, questions.texts("alike", self.issues))
        });
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
        let talk = fields.get("talk").and_then(|node| self.talk(node));
        let (before, after) = denials??;
        let mut language =
            Language::new(before, after, affirming?, Pattern::new(clauses.join("|")));
        language.reach = reach;
        language.listening = listening.unwrap_or_default();
        language.numbers = numbers.unwrap_or_default();
        language.called = called;
        language.talk = talk.unwrap_or_default();
        Some(language)
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
        first(subjects.as_ref(), "joined", "", &mut reach.joined);
        first(subjects.as_ref(), "attached", "", &mut reach.attached);
        reach
    }
}
