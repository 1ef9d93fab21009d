//! Models of LikeC4: elements of own kinds, each within another, who calls whom, and what runs where.
//!
//! Knows when a text is one; the files below it know what statements make and what is drawn.

mod drawn;
mod kinds;
mod model;
#[cfg(test)]
mod tests;

use super::diagram::Diagram;
use super::statements::{self, Dialect, Statement};
use crate::source::{Issues, Span};
use model::Model;

const DIALECT: Dialect = Dialect {
    quotes: &['\'', '"'],
    has_long_texts: true,
    comments: &["//"],
};

/// Whether a text is a model, or a part of one: nothing but blocks of LikeC4 stands in it, and one of them holds elements.
#[must_use]
pub fn is_one(text: &str) -> bool {
    if !text.contains("model") {
        return false;
    }
    let statements = statements::read(text, DIALECT, &mut Issues::default()).unwrap_or_default();
    let is_block = |statement: &Statement| {
        let is_known = BLOCKS.contains(&statement.keyword().as_str());
        is_known && (statement.body.is_some() || statement.is(IMPORT))
    };
    statements.iter().all(is_block) && statements.iter().any(|statement| statement.is(MODEL))
}

const IMPORT: &str = "import";
const MODEL: &str = "model";
const SPECIFICATION: &str = "specification";
const DEPLOYMENT: &str = "deployment";

/// What stands at the outermost level of a file.
const BLOCKS: &[&str] = &[
    SPECIFICATION,
    MODEL,
    DEPLOYMENT,
    IMPORT,
    "views",
    "global",
    "likec4lib",
];

/// The model of a text.
pub fn read(text: &str, issues: &mut Issues) -> Vec<Diagram> {
    let Some(statements) = statements::read(text, DIALECT, issues) else {
        return Vec::new();
    };
    let model = Model::of(&statements, issues);
    let mut diagram = drawn::diagram(&model);
    diagram.span = Span::new(0, text.len());
    vec![diagram]
}
