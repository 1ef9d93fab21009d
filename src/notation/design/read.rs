//! The file as a whole: its keys, in whatever order they stand.
//!
//! Knows which parts there are; each part is read by its own module.

use super::allowances::ALLOWANCE;
use super::decisions::DECISION;
use super::endpoints::ENDPOINT;
use super::entities::ENTITY;
use super::figures::{ESTIMATE, REQUIREMENTS};
use super::flows::FLOW;
use super::platform::PLATFORM;
use super::reader::Reader;
use super::session::SESSION;
use crate::model::{Design, Level, Part, Place, Vocabulary, spelling};
use crate::notation::foreign;
use crate::notation::mark;
use crate::notation::yaml::{self, Fields, Key, Limits, NOT_YAML, Node, Shape, Term, has, names};
use crate::source::{Issue, Issues, Places, Span};

/// The format that this program reads and writes.
pub const FORMAT: &str = "1";

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
pub const DESIGN: &[Key] = &[
    Key::needed(
        "sysdrill",
        Shape::Of(Term::Format),
        "The number of the format.",
    ),
    Key::new(
        "problem",
        Shape::Of(Term::Problem),
        "The problem that the design answers; left out for any other system.",
    ),
    Key::new("title", Shape::Text, "What the design is called."),
    Key::new("author", Shape::Text, "Whose design it is."),
    Key::new(
        "level",
        Shape::Of(Term::Level),
        "The level that it is judged at.",
    ),
    Key::new(
        "requirements",
        Shape::Map(REQUIREMENTS),
        "What the system has to do, and how well.",
    ),
    Key::new(
        "estimates",
        Shape::Named(&Shape::Either(&[Shape::Text, Shape::Map(ESTIMATE)])),
        "Figures by name, each a number with its unit or an expression of other figures.",
    ),
    Key::new(
        "components",
        Shape::Named(&Shape::Of(Term::Component)),
        "The parts of the system by their ids.",
    ),
    Key::new(
        "connections",
        Shape::List(&Shape::Of(Term::Connection)),
        "Who calls whom: `a -> b`, `a ~> b` without waiting.",
    ),
    Key::new(
        "flows",
        Shape::Named(&Shape::Either(&[
            Shape::Many(&Shape::Of(Term::Chain)),
            Shape::Map(FLOW),
        ])),
        "The ways that requests take, by name.",
    ),
    Key::new(
        "api",
        Shape::List(&Shape::Either(&[Shape::Text, Shape::Map(ENDPOINT)])),
        "The operations of the interface: `POST /v1/urls {long_url} -> 201 {short_url}`.",
    ),
    Key::new(
        "data",
        Shape::Named(&Shape::Either(&[
            Shape::Many(&Shape::Text),
            Shape::Map(ENTITY),
        ])),
        "The tables, collections or topics by name.",
    ),
    Key::new(
        "decisions",
        Shape::List(&Shape::Either(&[Shape::Text, Shape::Map(DECISION)])),
        "What was chosen over what, and why: `store: Cassandra over Postgres because of writes`.",
    ),
    Key::new(
        "answers",
        Shape::Named(&Shape::Many(&Shape::Text)),
        "What was said on topics and questions.",
    ),
    Key::new(
        "allow",
        Shape::List(&Shape::Map(ALLOWANCE)),
        "Findings that are accepted, each with the reason.",
    ),
    Key::new(
        "platform",
        Shape::Map(PLATFORM),
        "What the places are like that it runs in.",
    ),
    Key::new(
        "session",
        Shape::Map(SESSION),
        "What practice noted of the interview.",
    ),
];

/// The key that a piece of a design may have beside those of a file.
pub const ARROWS: Key = Key::new(
    "arrows",
    Shape::Many(&Shape::Text),
    "Components and connections, drawn: `api: service -> db: postgres`.",
);

/// Reads a design file.
#[must_use]
pub fn read(text: &str, vocabulary: &Vocabulary, limits: &Limits) -> Reading {
    let mut reading = read_once(text, vocabulary, limits);
    let read = |text: &str| read_once(text, vocabulary, limits).issues;
    reading.issues = yaml::with_doubles(text, limits, reading.issues, read);
    reading
}

/// Reads a design file, of keys that stand twice what stands under the first.
fn read_once(text: &str, vocabulary: &Vocabulary, limits: &Limits) -> Reading {
    let mut reader = Reader::new(vocabulary, *limits);
    let node = yaml::parse(text, limits, &mut reader.issues);
    let is_broken = reader
        .issues
        .any(|issue| issue.message.starts_with(NOT_YAML));
    let is_other = |node: &Node<'_>| node.entries().is_empty();
    let is_other = reader.issues.is_empty() && node.as_ref().is_some_and(is_other);
    if (is_broken || is_other)
        && let Some(line) = foreign_line(text)
    {
        reader.issues = Issues::default();
        let help = imported(text).unwrap_or_else(|| {
            let key = mark::DESIGN.key;
            format!("a design is YAML whose first line is `{key}: {FORMAT}`; `sysdrill new` writes one to fill in")
        });
        reader.issues.error(line, "not a design file", help);
    } else if let Some(node) = node {
        reader.file(&node, text);
    } else if reader.issues.is_empty() {
        let help = "start with `sysdrill: 1`".to_owned();
        reader
            .issues
            .error(Span::new(0, 0), "an empty file is no design", help);
    }
    reader.reading()
}

/// How a diagram of another tool becomes a design, where it is one of those that can be read.
fn imported(text: &str) -> Option<String> {
    let doc = foreign::notation_by_text(text)?.doc;
    Some(format!("`sysdrill import` makes a design of {doc}"))
}

/// The first line of a text of another tool, as one is that says something and has no line that begins with a key of a
/// design. What is wrong with it as YAML would help nobody.
fn foreign_line(text: &str) -> Option<Span> {
    let begins = |line: &str| {
        let name = line.split_once(':').map(|(name, _)| name);
        let name = name.map(|name| name.trim_matches(['\u{feff}', '{', '"', '\'', '-', ' ']));
        name.is_some_and(|name| has(DESIGN, name))
    };
    if text.lines().any(begins) {
        return None;
    }
    let mut lines = text.lines().map(str::trim);
    let line = lines.find(|line| !line.is_empty() && !line.starts_with('#'))?;
    let start = text.find(line)?;
    Some(Span::new(start, start + line.len()))
}

/// Reads some keys of a design file whose arrows, tables and expressions may name what a design has. The design that comes
/// of it has the components and connections of both, and all else of the text alone; the format number may be left out.
pub(super) fn read_onto(
    text: &str,
    design: &Design,
    vocabulary: &Vocabulary,
    limits: &Limits,
) -> Reading {
    let mut reader = Reader::onto(design, vocabulary, *limits);
    if let Some(node) = yaml::parse(text, limits, &mut reader.issues)
        && let Some(fields) = Fields::of(&node, "a piece of a design", &mut reader.issues)
    {
        fields.only(&names(DESIGN), &mut reader.issues);
        reader.parts(&fields);
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
        let mut known = names(DESIGN);
        known.push(ARROWS.name);
        fields.only(&known, &mut reader.issues);
        let before = reader.issues.len();
        for item in fields
            .get(ARROWS.name)
            .map(yaml::one_or_many)
            .unwrap_or_default()
        {
            if let Some(text) = yaml::text_of(item, &mut reader.issues) {
                reader.arrows(item, text);
            }
        }
        // What a broken arrow was to draw is named below, where its name would be one mistake more.
        if reader.issues.len() == before {
            reader.parts(&fields);
        }
    }
    reader.reading()
}

/// What is said of a text without the mark of a design.
const UNMARKED: &str = "not marked as a design";

/// Why a file is none of a design, which is all that is to be said of it: it has another mark, or no mark and hardly a key of
/// a design.
fn of_other_sort(fields: &Fields<'_, '_>) -> Option<(String, String)> {
    let key = mark::DESIGN.key;
    if fields.get(key).is_some() {
        return None;
    }
    let mut others = mark::MARKS.iter();
    if let Some(other) = others.find(|mark| fields.get(mark.key).is_some()) {
        let help = format!("name designs; their first line is `{key}: {FORMAT}`");
        return Some((format!("{}, and no design", other.what), help));
    }
    let names = fields.entries().iter().filter_map(|(key, _)| key.text());
    let known = names.filter(|name| has(DESIGN, name)).count();
    let help = format!("name files that are designs, or write `{key}: {FORMAT}` as the first line");
    (2 * known < fields.entries().len()).then(|| (UNMARKED.to_owned(), help))
}

impl Reader<'_> {
    fn reading(self) -> Reading {
        Reading {
            design: self.design,
            places: self.places,
            issues: self.issues.into_sorted(),
        }
    }

    fn file(&mut self, node: &Node<'_>, text: &str) {
        let Some(fields) = Fields::of(node, "a design", &mut self.issues) else {
            return;
        };
        let first = fields.entries().first();
        let first = first.map_or(fields.span, |(key, _)| key.span);
        if let Some((complaint, help)) = of_other_sort(&fields) {
            let help = imported(text).unwrap_or(help);
            self.issues.error(first, complaint, help);
            return;
        }
        self.format(&fields, first);
        fields.known(DESIGN, &mut self.issues);
        self.parts(&fields);
    }

    fn format(&mut self, fields: &Fields<'_, '_>, first: Span) {
        let Some(node) = fields.get(mark::DESIGN.key) else {
            let help = format!("write `{}: {FORMAT}` as the first line", mark::DESIGN.key);
            self.issues.error(first, UNMARKED, help);
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
