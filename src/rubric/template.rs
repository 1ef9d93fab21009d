//! Messages with placeholders: `{{flow.id}}`, `{{component.replicas}}`, `{{found}}`.
//!
//! Knows placeholders; what they stand for is asked of the nouns.

use super::noun::Noun;
use super::reader::RuleReader;
use super::scene::Scene;
use crate::model::Attribute;
use crate::model::attribute::Bearer;
use crate::model::spelling::{self, enumerated};
use crate::notation::yaml::{Node, text_of};

/// The placeholder of what the deciding condition saw.
const FOUND: &str = "found";

/// A text with placeholders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Found,
    Field(Noun, String),
    /// What an occasion knows.
    Word(String),
}

impl Template {
    /// Reads a template whose placeholders may name what the rule binds.
    pub(super) fn read(
        node: &Node<'_>,
        nouns: &[Noun],
        reader: &mut RuleReader<'_>,
    ) -> Option<Self> {
        Self::read_with(node, reader, |name, reader| {
            placeholder(name, nouns, node, reader)
        })
    }

    /// Reads a template whose placeholders may be some words.
    pub(super) fn read_words(
        node: &Node<'_>,
        known: &[&str],
        reader: &mut RuleReader<'_>,
    ) -> Option<Self> {
        Self::read_with(node, reader, |name, reader| {
            if known.contains(&name) {
                return Some(Piece::Word(name.to_owned()));
            }
            unknown(name, known, node, reader);
            None
        })
    }

    fn read_with(
        node: &Node<'_>,
        reader: &mut RuleReader<'_>,
        placeholder: impl Fn(&str, &mut RuleReader<'_>) -> Option<Piece>,
    ) -> Option<Self> {
        let text = text_of(node, reader.issues)?;
        if reader.strict {
            reader.complain_of_nothing(text, node.span);
            complain_of_braces(text, node, reader);
        }
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((name, behind)) = after.split_once("}}") else {
                reader.issues.error(
                    node.span,
                    "`{{` without `}}`",
                    "close the placeholder".to_owned(),
                );
                return None;
            };
            pieces.push(Piece::Text(before.to_owned()));
            pieces.push(placeholder(name.trim(), reader)?);
            rest = behind;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Some(Self(pieces))
    }

    /// The text as written, for reading without a design.
    #[must_use]
    pub fn text(&self) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Found => "{{found}}".to_owned(),
            Piece::Field(noun, key) => format!("{{{{{}.{key}}}}}", noun.word()),
            Piece::Word(word) => format!("{{{{{word}}}}}"),
        };
        self.0.iter().map(piece).collect()
    }

    /// The text with everything filled in. `found` are the names of what the deciding condition saw.
    #[must_use]
    pub fn fill(&self, scene: &Scene<'_>, found: &[String]) -> String {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Found => text.push_str(&some_of(found)),
                Piece::Field(noun, key) => {
                    let at = scene.bound_to(*noun);
                    let value = at.and_then(|at| noun.field(scene, at, key));
                    text.push_str(&value.unwrap_or_else(|| NOT_STATED.to_owned()));
                }
                Piece::Word(_) => text.push_str(NOT_STATED),
            }
        }
        text
    }

    /// The text with the words filled in that an occasion knows.
    #[must_use]
    pub fn fill_words(&self, words: &[(&str, String)]) -> String {
        let value = |name: &str| {
            let known = words.iter().find(|(word, _)| *word == name);
            known.map_or(NOT_STATED, |(_, value)| value.as_str())
        };
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Word(word) => value(word).to_owned(),
            Piece::Found | Piece::Field(..) => NOT_STATED.to_owned(),
        };
        self.0.iter().map(piece).collect()
    }
}

/// What stands where nothing is known.
const NOT_STATED: &str = "(not stated)";

/// At most five names, then how many more.
fn some_of(found: &[String]) -> String {
    const MOST: usize = 5;
    if found.is_empty() {
        return "nothing".to_owned();
    }
    if found.len() <= MOST {
        return enumerated(found);
    }
    let shown = found.get(..MOST).unwrap_or_default().join(", ");
    format!("{shown} and {} more", found.len() - MOST)
}

fn placeholder(
    name: &str,
    nouns: &[Noun],
    node: &Node<'_>,
    reader: &mut RuleReader<'_>,
) -> Option<Piece> {
    if name == FOUND {
        return Some(Piece::Found);
    }
    if let Some((word, key)) = name.split_once('.')
        && let Some(noun) = Noun::from_word(word)
        && nouns.contains(&noun)
        && keys(noun).any(|other| other == key)
    {
        return Some(Piece::Field(noun, key.to_owned()));
    }
    let known: Vec<String> = nouns
        .iter()
        .flat_map(|noun| keys(*noun).map(|key| format!("{}.{key}", noun.word())))
        .chain([FOUND.to_owned()])
        .collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    unknown(name, &known, node, reader);
    None
}

/// Complains of what would be a placeholder in two braces, and is read by people in one.
fn complain_of_braces(text: &str, node: &Node<'_>, reader: &mut RuleReader<'_>) {
    let in_one = text.match_indices('{').filter_map(|(at, _)| {
        let before = text.get(..at)?;
        let (name, behind) = text.get(at + 1..)?.split_once('}')?;
        let is_one = !before.ends_with('{') && !behind.starts_with('}');
        let is_placeholder = name == FOUND
            || name
                .split_once('.')
                .is_some_and(|(word, _)| Noun::from_word(word).is_some());
        (is_one && is_placeholder).then_some(name)
    });
    for name in in_one {
        let message = format!("`{{{name}}}` in single braces is shown as it stands");
        let help = format!("write `{{{{{name}}}}}`");
        reader.issues.error(node.span, message, help);
    }
}

fn unknown(name: &str, known: &[&str], node: &Node<'_>, reader: &mut RuleReader<'_>) {
    let help = spelling::did_you_mean(name, known);
    let message = format!("unknown placeholder `{{{{{name}}}}}`");
    reader.issues.error(node.span, message, help);
}

/// What can be said of a noun.
fn keys(noun: Noun) -> impl Iterator<Item = &'static str> {
    let bearer = match noun {
        Noun::Component => Some(Bearer::Component),
        Noun::Connection => Some(Bearer::Connection),
        _ => None,
    };
    let attributes = bearer.into_iter().flat_map(Attribute::of);
    let attributes = attributes.map(|attribute| attribute.row().name);
    noun.field_names().iter().copied().chain(attributes)
}
