//! The file as a whole: its keys, in whatever order they stand.
//!
//! Knows which parts there are; each part is read by its own module.

use super::reader::Reader;
use crate::model::{Design, Level, Part, Place, Vocabulary, spelling};
use crate::notation::yaml::{self, Fields, Limits, Node};
use crate::source::{Issue, Issues, Places, Span};

/// The format that this program reads and writes.
pub(super) const FORMAT: &str = "1";

/// What a text says.
#[derive(Debug)]
pub struct Reading {
    /// The design, as far as it could be read.
    pub design: Design,
    /// Where its places stand.
    pub places: Places,
    /// What is wrong with the text, in its order.
    pub issues: Vec<Issue>,
}

/// The keys of a design file.
pub(super) const KEYS: &[&str] = &[
    "sysdrill",
    "problem",
    "title",
    "author",
    "level",
    "requirements",
    "estimates",
    "components",
    "connections",
    "flows",
    "api",
    "data",
    "decisions",
    "answers",
    "allow",
    "platform",
    "session",
];

/// Reads a design file.
#[must_use]
pub fn read(text: &str, vocabulary: &Vocabulary, limits: &Limits) -> Reading {
    let mut reader = Reader::new(vocabulary, *limits);
    if let Some(node) = yaml::parse(text, limits, &mut reader.issues) {
        reader.file(&node);
    } else if reader.issues.is_empty() {
        let help = "start with `sysdrill: 1`".to_owned();
        reader
            .issues
            .error(Span::new(0, 0), "an empty file is no design", help);
    }
    reader.reading()
}

/// The problem that a design file names, and nothing else of it.
#[must_use]
pub fn problem_named(text: &str, limits: &Limits) -> Option<String> {
    let issues = &mut Issues::default();
    let node = yaml::parse(text, limits, issues)?;
    let fields = Fields::of(&node, "a design", issues)?;
    fields.text("problem", issues)
}

/// Reads a piece of a design, such as an example of a rule: the format number may be left out, and `arrows` draws.
#[must_use]
pub fn read_fragment(node: &Node<'_>, vocabulary: &Vocabulary) -> Reading {
    let mut reader = Reader::new(vocabulary, Limits::default());
    if let Some(text) = node.text() {
        reader.arrows(node, text);
    } else if let Some(fields) = Fields::of(node, "an example", &mut reader.issues) {
        let mut known = KEYS.to_vec();
        known.push("arrows");
        fields.only(&known, &mut reader.issues);
        for item in fields
            .get("arrows")
            .map(yaml::one_or_many)
            .unwrap_or_default()
        {
            if let Some(text) = yaml::text_of(item, &mut reader.issues) {
                reader.arrows(item, text);
            }
        }
        reader.parts(&fields);
    }
    reader.reading()
}

impl Reader<'_> {
    fn reading(self) -> Reading {
        Reading {
            design: self.design,
            places: self.places,
            issues: self.issues.into_sorted(),
        }
    }

    fn file(&mut self, node: &Node<'_>) {
        let Some(fields) = Fields::of(node, "a design", &mut self.issues) else {
            return;
        };
        self.format(&fields);
        fields.only(KEYS, &mut self.issues);
        self.parts(&fields);
    }

    fn format(&mut self, fields: &Fields<'_, '_>) {
        let Some(node) = fields.get("sysdrill") else {
            let first = fields
                .entries()
                .first()
                .map_or(fields.span, |(key, _)| key.span);
            self.issues.error(
                first,
                "not marked as a design",
                format!("write `sysdrill: {FORMAT}` as the first line"),
            );
            return;
        };
        if node.text() != Some(FORMAT) {
            let typed = node.text().unwrap_or("nothing");
            let help = format!("this program reads format {FORMAT}");
            self.issues
                .error(node.span, format!("unknown format `{typed}`"), help);
        }
    }

    fn parts(&mut self, fields: &Fields<'_, '_>) {
        self.head(fields);
        if let Some(node) = fields.get("components") {
            self.places.note(
                Place::Part(Part::Components),
                fields.key("components").map_or(node.span, |key| key.span),
            );
            self.components(node);
        }
        self.figures(fields);
        for (key, part) in [
            ("connections", Part::Connections),
            ("flows", Part::Flows),
            ("api", Part::Api),
            ("data", Part::Data),
            ("decisions", Part::Decisions),
            ("answers", Part::Answers),
            ("allow", Part::Allow),
        ] {
            if let (Some(key), Some(node)) = (fields.key(key), fields.get(key)) {
                self.places.note(Place::Part(part), key.span);
                self.part(part, node);
            }
        }
        self.check_named_components();
        if let Some(node) = fields.get("platform") {
            self.platform(node);
        }
        if let Some(node) = fields.get("session") {
            self.session(node);
        }
    }

    fn part(&mut self, part: Part, node: &Node<'_>) {
        match part {
            Part::Connections => self.connections(node),
            Part::Flows => self.flows(node),
            Part::Api => self.api(node),
            Part::Data => self.data(node),
            Part::Decisions => self.decisions(node),
            Part::Answers => self.answers(node),
            Part::Allow => self.allow(node),
            _ => {}
        }
    }

    fn head(&mut self, fields: &Fields<'_, '_>) {
        if let Some((key, _)) = fields.entries().first() {
            self.places.note(Place::Design, key.span);
        }
        if let (Some(key), Some(_)) = (fields.key("title"), fields.get("title")) {
            self.places.note(Place::Design, key.span);
        }
        self.note_key(fields, "problem", Place::Problem);
        self.design.problem = fields.text("problem", &mut self.issues);
        self.design.title = fields.text("title", &mut self.issues);
        self.design.author = fields.text("author", &mut self.issues);
        if let (Some(node), Some(word)) =
            (fields.get("level"), fields.text("level", &mut self.issues))
        {
            self.places.note(Place::Level, node.span);
            self.design.level = Level::from_word(&word);
            if self.design.level.is_none() {
                let words: Vec<&str> = Level::ALL.iter().map(|level| level.word()).collect();
                self.issues.error(
                    node.span,
                    format!("unknown level `{word}`"),
                    spelling::did_you_mean(&word, &words),
                );
            }
        }
    }
}
