//! Workspaces of Structurizr DSL: a model of people, software systems and containers, and who uses whom.
//!
//! Knows when a text is one; the files below it know how statements are written, what they make and what is drawn.

mod drawn;
mod keywords;
mod model;
mod styles;
mod syntax;
#[cfg(test)]
mod tests;

use super::diagram::Diagram;
use crate::source::{Issues, Span};
use model::Model;

/// Whether a text is a workspace: a line says so, and braces stand behind it, with a model or views between them.
#[must_use]
pub fn is_one(text: &str) -> bool {
    let says = |word: &str| text.contains(word);
    if !(says("workspace") && (says("model") || says("views"))) {
        return false;
    }
    let mut issues = Issues::default();
    let statements = syntax::read(text, &mut issues).unwrap_or_default();
    statements.iter().any(|statement| {
        let mut below = statement.body().iter();
        statement.keyword() == "workspace"
            && below.any(|line| matches!(line.keyword().as_str(), "model" | "views"))
    })
}

/// The model of a text.
pub fn read(text: &str, issues: &mut Issues) -> Vec<Diagram> {
    let Some(statements) = syntax::read(text, issues) else {
        return Vec::new();
    };
    let mut model = Model::of(&statements, issues);
    let mut diagram = drawn::diagram(&mut model, issues);
    diagram.span = Span::new(0, text.len());
    vec![diagram]
}
