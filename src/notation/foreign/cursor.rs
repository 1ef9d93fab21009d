//! A place in a text that is read line by line.
//!
//! Knows lines and where they stand in their file; knows no notation.

use crate::source::Span;

/// A place in a piece of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    /// The byte of the piece that is next.
    pub at: usize,
    /// Where the piece begins in its file.
    offset: usize,
}

impl<'t> Cursor<'t> {
    /// The beginning of a piece that stands at an offset of its file.
    pub const fn new(text: &'t str, offset: usize) -> Self {
        Self {
            text,
            at: 0,
            offset,
        }
    }

    /// Whether nothing is left.
    pub const fn is_done(&self) -> bool {
        self.at >= self.text.len()
    }

    /// What is left of the piece.
    pub fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// What is left of the line.
    pub fn line(&self) -> &'t str {
        let rest = self.rest();
        rest.get(..rest.find('\n').unwrap_or(rest.len()))
            .unwrap_or_default()
    }

    /// The place in the file of a part of the piece.
    pub const fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.offset + start, self.offset + end)
    }

    /// Goes to where a text begins that is the end of the piece.
    pub const fn go_to(&mut self, rest: &str) {
        self.at = self.text.len() - rest.len();
    }

    /// Over what a line may be indented by.
    pub fn skip_spaces(&mut self) {
        self.go_to(self.rest().trim_start_matches([' ', '\t', '\r']));
    }

    /// To the next line.
    pub fn skip_line(&mut self) {
        self.at += self.line().len();
        self.at += usize::from(self.rest().starts_with('\n'));
    }
}
