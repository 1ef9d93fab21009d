//! Boards of D2: boxes in boxes, and connections between them.
//!
//! Knows when a text is one; the files below it know how entries are written, what they name and what is drawn.

mod attributes;
mod board;
mod drawn;
mod syntax;
#[cfg(test)]
mod tests;
mod words;

use super::diagram::Diagram;
use crate::source::{Issues, Span};
use syntax::{Entry, Subject, Value};

/// Whether a text is a board: every line of it can be read, it connects something, and it says something in D2's words. Lines
/// such as `a -> b` are written in many notations.
#[must_use]
pub fn is_one(text: &str) -> bool {
    let links = ["->", "<-", "--"];
    if !links.iter().any(|link| text.contains(link)) || !text.contains(':') {
        return false;
    }
    let mut issues = Issues::default();
    let entries = syntax::read(text, &mut issues);
    let Some(entries) = entries.filter(|_| issues.is_empty()) else {
        return false;
    };
    let mut signs = Signs::default();
    signs.look_at(&entries);
    signs.connects && signs.speaks && !signs.is_foreign
}

/// What the entries of a text show.
#[derive(Default)]
struct Signs {
    /// Something is connected.
    connects: bool,
    /// A word of D2 is said of something.
    speaks: bool,
    /// Something is written as nobody writes it.
    is_foreign: bool,
}

impl Signs {
    fn look_at(&mut self, entries: &[Entry]) {
        for entry in entries {
            let keys = match &entry.subject {
                Subject::Path(path) => path.iter().collect(),
                Subject::Links(links) => {
                    self.connects = true;
                    links.ends.iter().flatten().collect()
                }
                Subject::Spread(_) | Subject::Filter => Vec::new(),
            };
            let keys: Vec<&words::Key> = keys;
            self.is_foreign |= keys.iter().any(|key| {
                let word = key.word().unwrap_or_default();
                word.starts_with(['@', '[', '-', '<', '!', '/', '=']) || word.contains(['"', '='])
            });
            let says = !matches!(entry.value, Value::None) || entry.map.is_some();
            if let Subject::Path(path) = &entry.subject {
                self.speaks |= says && attributes::begin(path) < path.len();
            }
            self.look_at(entry.map.as_deref().unwrap_or_default());
        }
    }
}

/// The board of a text.
pub fn read(text: &str, issues: &mut Issues) -> Vec<Diagram> {
    let Some(entries) = syntax::read(text, issues) else {
        return Vec::new();
    };
    let board = board::board(&entries, issues);
    let shape = board.attributes.get(attributes::SHAPE);
    if shape.is_some_and(|shape| shape.iter().any(|it| it == "sequence_diagram")) {
        let message = "a sequence diagram shows who says what in turn, and no components";
        let help = "draw the boxes and who calls whom".to_owned();
        issues.error(Span::new(0, text.len()), message, help);
        return Vec::new();
    }
    let mut diagram = drawn::diagram(&board);
    diagram.span = Span::new(0, text.len());
    vec![diagram]
}
