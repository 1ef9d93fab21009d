//! What is drawn: a design, and what is marked on it.
//!
//! Knows components by position; knows no rules and no format.

use std::collections::BTreeMap;

use super::{lettering, words};
use crate::model::{Component, Connection, Design, Outline, Severity, Vocabulary};

/// Something that is marked on a component or a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// How grave it is; a comment is no fault.
    pub severity: Option<Severity>,
    /// What it says, in a line.
    pub text: String,
    /// The name by which a page finds what the mark stands for.
    pub key: String,
}

/// What is marked, by position in the design; the gravest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// On components.
    pub components: BTreeMap<usize, Vec<Mark>>,
    /// On connections.
    pub connections: BTreeMap<usize, Vec<Mark>>,
}

impl Mark {
    /// The word for how grave it is.
    pub(super) fn word(&self) -> &'static str {
        self.severity.map_or("comment", Severity::word)
    }
}

impl Marks {
    pub(super) fn of_component(&self, at: usize) -> &[Mark] {
        self.components.get(&at).map_or(&[], Vec::as_slice)
    }

    pub(super) fn of_connection(&self, at: usize) -> &[Mark] {
        self.connections.get(&at).map_or(&[], Vec::as_slice)
    }
}

/// A design to be drawn.
#[derive(Clone, Debug)]
pub struct Picture<'a> {
    /// The design.
    pub design: &'a Design,
    /// What its kinds and technologies are called.
    pub vocabulary: &'a Vocabulary,
    /// What is marked on it.
    pub marks: Marks,
    /// It is drawn into a page, which has the styles of pictures and makes their marks work.
    pub within_a_page: bool,
}

/// What stands in a picture: a component by itself, or a group with what is in it.
pub(super) enum Item<'a> {
    /// A component that is in no group, with its position in the design.
    Alone(usize, &'a Component),
    /// A group by its name.
    Group(&'a str, Vec<(usize, &'a Component)>),
}

/// The words in the box of a component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Inscription {
    /// Its title or id.
    pub heading: Vec<String>,
    /// What it is made of, how many there are and where.
    pub details: Vec<String>,
}

/// The letters of a line of details, at most.
const DETAIL_LETTERS: usize = 26;

/// The letters on an arrow, at most.
const LABEL_LETTERS: usize = 30;

impl<'a> Picture<'a> {
    /// A design without marks.
    #[must_use]
    pub fn plain(design: &'a Design, vocabulary: &'a Vocabulary) -> Self {
        Self {
            design,
            vocabulary,
            marks: Marks::default(),
            within_a_page: false,
        }
    }

    /// What stands in it, in the order of the components; a group stands where its first component does.
    pub(super) fn items(&self) -> Vec<Item<'a>> {
        let mut items: Vec<Item<'a>> = Vec::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for part @ (at, component) in self.design.components.iter().enumerate() {
            let Some(name) = component.group.as_deref() else {
                items.push(Item::Alone(at, component));
                continue;
            };
            let place = *places.entry(name).or_insert(items.len());
            match items.get_mut(place) {
                Some(Item::Group(_, parts)) => parts.push(part),
                _ => items.push(Item::Group(name, vec![part])),
            }
        }
        items
    }

    /// What the picture is called.
    pub(super) fn title(&self) -> &str {
        let design = self.design;
        let named = design.title.as_deref().or(design.problem.as_deref());
        named.unwrap_or("Architecture")
    }

    /// The components with their connections in words, for those who don't see the picture.
    pub(super) fn description(&self) -> String {
        let arrows = self.design.connections.iter().map(|connection| {
            let (from, to) = (
                self.design.id(connection.from),
                self.design.id(connection.to),
            );
            let verb = if connection.asynchronous {
                "sends to"
            } else {
                "calls"
            };
            format!("{from} {verb} {to}")
        });
        let components = self.design.components.len();
        let arrows: Vec<String> = arrows.collect();
        format!("{components} components. {}.", arrows.join("; "))
    }

    pub(super) fn outline(&self, component: &Component) -> Outline {
        self.vocabulary.kinds.info(component.kind).shape
    }

    /// The words in a component's box; a long name is broken, and cut after two lines.
    pub(super) fn inscription(&self, component: &Component) -> Inscription {
        let name = component.title.as_deref().unwrap_or(&component.id);
        let letters = if self.outline(component) == Outline::Diamond {
            14
        } else {
            22
        };
        let kind = &self.vocabulary.kinds.info(component.kind).title;
        let made_of = words::technology(component, self.vocabulary).unwrap_or_else(|| kind.clone());
        let mut details = lettering::lines(&made_of, letters.min(DETAIL_LETTERS), 2);
        let counts = words::counts(component);
        details.extend(
            lettering::lines(&counts, DETAIL_LETTERS, 2)
                .into_iter()
                .filter(|line| !line.is_empty()),
        );
        Inscription {
            heading: lettering::lines(name, letters, 2),
            details,
        }
    }
}

/// What stands on an arrow; none where there is nothing to say.
pub(super) fn arrow_label(connection: &Connection) -> Option<String> {
    let text = words::arrow_label(connection);
    let line = lettering::lines(&text, LABEL_LETTERS, 1);
    line.into_iter().next().filter(|line| !line.is_empty())
}
