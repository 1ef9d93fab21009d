//! What is wrong with a part of a line, before it is known where in the line the part stands.
//!
//! Knows spans; knows no command.

use crate::coach::line::Request;
use crate::coach::pairs::Piece;
use crate::coach::reply::Reply;

/// A fault of a line: where it is, what it is, and the cure.
pub(super) struct Fault {
    pub span: std::ops::Range<usize>,
    pub message: String,
    pub help: Option<String>,
}

impl Fault {
    /// A fault of a piece.
    pub fn new(
        piece: &Piece<'_>,
        message: impl Into<String>,
        help: impl Into<Option<String>>,
    ) -> Self {
        Self {
            span: piece.span.clone(),
            message: message.into(),
            help: help.into(),
        }
    }

    /// The complaint, with the place in the whole line.
    pub fn reply(self, request: &Request<'_>) -> Reply {
        if request.rest.is_empty() {
            return Reply::trouble(self.message, self.help);
        }
        Reply::trouble_at(request.span(&self.span), self.message, self.help)
    }
}
