//! Kinds of elements and of relationships, as a file specifies them, and what is said of an element in its braces.
//!
//! Knows which looks tell something; knows no elements.

use std::collections::BTreeMap;

use crate::model::Outline;
use crate::notation::foreign::diagram::picture;
use crate::notation::foreign::label::{Label, cut, in_words};
use crate::notation::foreign::statements::{Statement, Word};

/// Letters that are kept of what is said of all elements of a kind.
const MOST_LETTERS: usize = 128;

/// Kinds that tell how large a thing is, and not what it is.
const LEVELS: &[&str] = &[
    "system",
    "softwaresystem",
    "container",
    "component",
    "module",
    "app",
    "application",
];

/// Lines of relationships, of which the first is whole.
const LINES: &[&str] = &["solid", "dashed", "dotted"];

/// An identifier in words.
pub(super) fn words(id: &str) -> String {
    in_words(&id.replace('-', " "))
}

/// What is said of an element, of all of a kind, or of a relationship.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub title: Option<String>,
    pub description: Option<String>,
    pub technology: Option<String>,
    /// The word for its kind that stands in legends.
    notation: Option<String>,
    shape: Option<String>,
    icon: Option<String>,
    /// The line of a relationship.
    line: Option<String>,
}

impl Said {
    /// Adds what a line in braces says; whether it says something that is known.
    pub fn take_line(&mut self, statement: &Statement) -> bool {
        let keyword = statement.keyword();
        let slot = match keyword.trim_end_matches(':') {
            "title" => &mut self.title,
            "description" => &mut self.description,
            "summary" if self.description.is_none() => &mut self.description,
            "technology" => &mut self.technology,
            "notation" => &mut self.notation,
            "shape" => &mut self.shape,
            "icon" => &mut self.icon,
            "line" => &mut self.line,
            "style" => {
                for line in statement.body() {
                    self.take_line(line);
                }
                return true;
            }
            keyword => return ASIDE.contains(&keyword) || keyword.starts_with('#'),
        };
        if let Some(word) = statement.words.get(1) {
            *slot = Some(word.text.clone());
        }
        true
    }

    /// Adds the texts behind the name of an element: its title, its description, its technology.
    pub fn take_texts(&mut self, words: &[Word]) {
        let texts = words.iter().filter(|word| word.is_quoted);
        let slots = [&mut self.title, &mut self.description, &mut self.technology];
        for (slot, word) in slots.into_iter().zip(texts) {
            if !word.text.is_empty() {
                *slot = Some(word.text.clone());
            }
        }
    }

    /// The first paragraph of the description as one line.
    pub fn about(&self) -> Option<String> {
        let description = self.description.as_deref()?;
        let lines = description.lines().map(str::trim);
        let lines = lines.skip_while(|line| line.is_empty() || line.starts_with('#'));
        let lines: Vec<&str> = lines.take_while(|line| !line.is_empty()).collect();
        let about = Label::of(&lines.join(" ")).line();
        (!about.is_empty()).then_some(about)
    }

    /// What the icon shows: `tech:redis`, `aws:simple-queue-service`, or the address of a picture.
    fn shown(&self) -> Option<String> {
        let icon = self.icon.as_deref().filter(|icon| *icon != "none")?;
        let own = icon
            .split_once(':')
            .filter(|(_, name)| !name.starts_with("//"));
        picture(own.map_or(icon, |(_, name)| name))
    }

    /// What the shape shows, where that is no outline.
    fn device(&self) -> Option<String> {
        match self.shape.as_deref()? {
            "browser" => Some("web browser".to_owned()),
            "mobile" => Some("mobile device".to_owned()),
            _ => None,
        }
    }

    fn outline(&self) -> Option<Outline> {
        outline(self.shape.as_deref()?)
    }

    fn is_dashed(&self) -> Option<bool> {
        self.line
            .as_deref()
            .map(|line| Some(&line) != LINES.first())
    }
}

/// The outline that a word stands for: a shape, or a kind whose specification stands in another file.
fn outline(word: &str) -> Option<Outline> {
    match word {
        "storage" | "cylinder" | "database" | "db" | "store" => Some(Outline::Cylinder),
        "queue" => Some(Outline::Queue),
        "person" | "actor" | "user" => Some(Outline::Person),
        _ => None,
    }
}

/// Lines that say nothing of what there is.
const ASIDE: &[&str] = &[
    "link",
    "metadata",
    "navigateto",
    "summary",
    "notes",
    "color",
    "opacity",
    "border",
    "multiple",
    "size",
    "padding",
    "textsize",
    "iconcolor",
    "iconsize",
    "iconposition",
    "head",
    "tail",
];

/// The kinds that a file specifies.
#[derive(Debug, Default)]
pub(super) struct Kinds {
    elements: BTreeMap<String, Said>,
    relations: BTreeMap<String, Said>,
}

impl Kinds {
    /// Takes in the lines of a specification.
    pub fn take_in(&mut self, statements: &[Statement]) {
        for statement in statements {
            let kinds = match statement.keyword().as_str() {
                "element" => &mut self.elements,
                "relationship" => &mut self.relations,
                _ => continue,
            };
            let Some(name) = statement.words.get(1) else {
                continue;
            };
            let mut said = Said::default();
            for line in statement.body() {
                said.take_line(line);
            }
            for text in [&mut said.notation, &mut said.technology, &mut said.icon]
                .into_iter()
                .flatten()
            {
                *text = cut(text, MOST_LETTERS).to_owned();
            }
            kinds.insert(name.text.clone(), said);
        }
    }

    /// The outline of an element of a kind, where it tells something.
    pub fn outline(&self, kind: &str, said: &Said) -> Option<Outline> {
        let of_kind = || match self.elements.get(kind) {
            Some(specified) => specified.outline(),
            None => outline(kind),
        };
        said.outline().or_else(of_kind)
    }

    /// Words for what an element of a kind is: what its picture shows, then its shape, then how its kind is called.
    pub fn hint(&self, kind: &str, said: &Said) -> Option<String> {
        let of_kind = self.elements.get(kind);
        let all = || std::iter::once(said).chain(of_kind);
        let shown = all().find_map(Said::shown);
        let shown = shown.or_else(|| all().find_map(Said::device));
        shown.or_else(|| {
            let tells = !kind.is_empty() && !LEVELS.contains(&kind.to_lowercase().as_str());
            tells.then(|| self.title(kind))
        })
    }

    /// What an element of a kind is made with.
    pub fn technology(&self, kind: &str, said: &Said) -> Option<String> {
        let of_kind = || self.elements.get(kind)?.technology.clone();
        said.technology.clone().or_else(of_kind)
    }

    /// Whether others run what is of a kind, as its words say.
    pub fn is_of_others(&self, kind: &str) -> bool {
        let title = self.title(kind).to_lowercase();
        title.split(' ').any(|word| word == "external")
    }

    /// How a kind is called.
    fn title(&self, kind: &str) -> String {
        let own = self.elements.get(kind).and_then(|of| of.notation.clone());
        own.unwrap_or_else(|| words(kind))
    }

    /// How a kind of relationships is called, unless that says but how it is drawn.
    pub fn relation(kind: &str) -> Option<String> {
        (!LINES.contains(&kind)).then(|| words(kind))
    }

    /// Whether a relationship of a kind is dashed.
    pub fn is_dashed(&self, kind: Option<&str>, said: &Said) -> bool {
        let of_kind = || self.relations.get(kind?)?.is_dashed();
        said.is_dashed().or_else(of_kind).unwrap_or(false)
    }
}
