//! The words that elements of a model begin with, own ones included.
//!
//! Knows keywords and what follows them in a line; knows no model.

use std::collections::BTreeMap;

use crate::notation::foreign::label::cut;
use crate::notation::foreign::statements::{Statement, Word};

/// What an element is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    Person,
    System,
    Container,
    Component,
    /// A thing that is neither.
    Custom,
    Group,
    Environment,
    /// What others run on.
    Node,
    /// What runs on a node and is in no static model.
    Infrastructure,
    /// Another element at work on a node.
    Instance,
    /// What stands in another file.
    #[default]
    Elsewhere,
}

/// What may follow the keyword and the name of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Description,
    Technology,
    Tags,
    Instances,
    Other,
}

use Place::{Description, Instances, Other, Tags, Technology};

const KEYWORDS: &[(&str, Kind, &[Place])] = &[
    ("person", Kind::Person, &[Description, Tags]),
    ("softwaresystem", Kind::System, &[Description, Tags]),
    (
        "container",
        Kind::Container,
        &[Description, Technology, Tags],
    ),
    (
        "component",
        Kind::Component,
        &[Description, Technology, Tags],
    ),
    ("element", Kind::Custom, &[Technology, Description, Tags]),
    ("group", Kind::Group, &[]),
    ("enterprise", Kind::Group, &[]),
    ("deploymentenvironment", Kind::Environment, &[]),
    (
        "deploymentnode",
        Kind::Node,
        &[Description, Technology, Tags, Instances],
    ),
    (
        "infrastructurenode",
        Kind::Infrastructure,
        &[Description, Technology, Tags],
    ),
    ("softwaresysteminstance", Kind::Instance, &[Other, Tags]),
    ("containerinstance", Kind::Instance, &[Other, Tags]),
    ("instanceof", Kind::Instance, &[Other, Tags]),
];

/// The word for relationships, after which own ones may be called.
const ARROW: &str = "->";

/// What is said of an element or a relationship beside its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub description: String,
    pub technology: String,
    pub tags: Vec<String>,
    pub instances: Option<u64>,
}

/// An own keyword: what it stands for, and what is said of all that begin with it.
#[derive(Clone, Debug)]
struct Archetype {
    base: String,
    said: Said,
}

/// The keywords of a file.
#[derive(Debug, Default)]
pub(super) struct Keywords(BTreeMap<String, Archetype>);

/// Tags of an own keyword.
const MOST: usize = 8;

/// Letters that are kept of what is said of many elements at once.
const MOST_LETTERS: usize = 128;

impl Keywords {
    /// What a word begins, with what is said of all such.
    pub fn element(&self, word: &str) -> Option<(Kind, Said)> {
        let (base, said) = self.resolved(word);
        let found = KEYWORDS.iter().find(|(known, ..)| *known == base);
        found.map(|(_, kind, _)| (*kind, said))
    }

    /// What a word between two names says of the relationship, where it is one: `->`, `--https->`.
    pub fn arrow(&self, word: &Word) -> Option<Said> {
        if word.is(ARROW) {
            return Some(self.resolved(ARROW).1);
        }
        let inner = Some(word).filter(|word| !word.is_quoted)?;
        let own = inner.text.strip_prefix("--")?.strip_suffix(ARROW)?;
        Some(self.resolved(&own.to_lowercase()).1)
    }

    /// The keyword of the notation that a word stands for in the end.
    fn resolved(&self, word: &str) -> (String, Said) {
        match self.0.get(word) {
            Some(archetype) => (archetype.base.clone(), archetype.said.clone()),
            None => (word.to_owned(), Said::default()),
        }
    }

    /// Takes in the own keywords that a statement makes: `name = container { ... }`.
    pub fn take_in(&mut self, statement: &Statement) {
        let (name, base) = match statement.words.as_slice() {
            [name, sign, base, ..] if sign.is("=") => (name.lower(), base),
            [base, ..] => (base.lower(), base),
            [] => return,
        };
        let (base, mut said) = match self.arrow(base) {
            Some(said) => (ARROW.to_owned(), said),
            None => self.resolved(&base.lower()),
        };
        for line in statement.body() {
            said.take_line(line);
        }
        said.tags.truncate(MOST);
        for text in said
            .tags
            .iter_mut()
            .chain([&mut said.description, &mut said.technology])
        {
            *text = cut(text, MOST_LETTERS).to_owned();
        }
        self.0.insert(name, Archetype { base, said });
    }

    /// Adds what stands behind the name of an element.
    pub fn take_words(&self, word: &str, words: &[Word], said: &mut Said) {
        let base = self.resolved(word).0;
        let found = KEYWORDS.iter().find(|(known, ..)| *known == base);
        let places = found.map(|(.., places)| *places).unwrap_or_default();
        said.take_in(places, words);
    }
}

impl Said {
    /// What stands behind a relationship: what it is for, its technology, its tags.
    pub fn take_words_of_arrow(&mut self, words: &[Word]) {
        self.take_in(&[Description, Technology, Tags], words);
    }

    fn take_in(&mut self, places: &[Place], words: &[Word]) {
        for (place, word) in places.iter().zip(words) {
            if !word.text.trim().is_empty() {
                self.set(*place, &word.text);
            }
        }
    }

    fn set(&mut self, place: Place, text: &str) {
        match place {
            Description => text.clone_into(&mut self.description),
            Technology => text.clone_into(&mut self.technology),
            Tags => {
                let tags = text.split(',').map(str::trim);
                let tags = tags.filter(|tag| !tag.is_empty());
                self.tags.extend(tags.map(str::to_owned));
            }
            Instances => self.instances = text.parse().ok(),
            Other => {}
        }
    }

    /// Adds what a line in the braces of an element says; whether it says something of that sort.
    pub fn take_line(&mut self, line: &Statement) -> bool {
        let place = match line.keyword().as_str() {
            "description" => Description,
            "technology" | "metadata" => Technology,
            "tag" | "tags" => Tags,
            "instances" => Instances,
            _ => return false,
        };
        for word in line.words.iter().skip(1) {
            self.set(place, &word.text);
        }
        true
    }
}
