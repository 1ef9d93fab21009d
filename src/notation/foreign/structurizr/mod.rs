//! Workspaces of Structurizr DSL: a model of people, software systems and containers, and who uses whom.
//!
//! Knows when a text is one; the files below it know what statements make and what is drawn.

mod drawn;
mod keywords;
mod model;
mod styles;
#[cfg(test)]
mod tests;

use super::diagram::Diagram;
use super::statements::{self, Dialect};
use crate::source::{Issues, Span};
use model::Model;

const DIALECT: Dialect = Dialect {
    quotes: &['"'],
    has_long_texts: false,
    comments: &["//", "#"],
};

/// Whether a text is a workspace: a line says so, and braces stand behind it, with a model or views between them.
#[must_use]
pub fn is_one(text: &str) -> bool {
    let says = |word: &str| text.contains(word);
    if !(says("workspace") && (says("model") || says("views"))) {
        return false;
    }
    let mut issues = Issues::default();
    let statements = statements::read(text, DIALECT, &mut issues).unwrap_or_default();
    statements.iter().any(|statement| {
        let mut below = statement.body().iter();
        statement.keyword() == "workspace"
            && below.any(|line| matches!(line.keyword().as_str(), "model" | "views"))
    })
}

/// The model of a text.
pub fn read(text: &str, issues: &mut Issues) -> Vec<Diagram> {
    let Some(statements) = statements::read(text, DIALECT, issues) else {
        return Vec::new();
    };
    let mut model = Model::of(&statements, issues);
    let mut diagram = drawn::diagram(&mut model, issues);
    diagram.span = Span::new(0, text.len());
    vec![diagram]
}
