//! What is wrong with an expression, where, and how to put it right.
//!
//! Must not know the language: whoever finds a fault words it.

use std::fmt;
use std::ops::Range;

/// Why a text is no expression with a value.
#[derive(Clone, PartialEq, Debug)]
pub struct ExpressionError {
    /// The part of the text at fault, in bytes.
    pub span: Range<usize>,
    /// What is wrong, as a lower-case fragment.
    pub message: String,
    /// How to put it right.
    pub help: Option<String>,
}

impl ExpressionError {
    pub(super) fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            help: None,
        }
    }

    pub(super) fn with_help(self, help: impl Into<String>) -> Self {
        Self {
            help: Some(help.into()),
            ..self
        }
    }
}

impl fmt::Display for ExpressionError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for ExpressionError {}
