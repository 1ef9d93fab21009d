//! Values of a YAML text as a tree of nodes with byte spans, within limits that hold for files from strangers.
//!
//! Knows that most texts are read by the scanner and the rest from events; knows no schema.

mod cure;
mod events;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

pub use events::{doubles, parse_events};

use super::subset;
use crate::source::{Issues, Span};

/// How a complaint begins of what is a mistake of YAML itself.
pub const NOT_YAML: &str = "not YAML";

/// What a file may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file.
    pub bytes: usize,
    /// How deep lists and maps may nest.
    pub depth: usize,
    /// Values of a file, those of resolved aliases included.
    pub nodes: usize,
    /// Components of a design.
    pub components: usize,
    /// Whether flags of the program raise these limits.
    pub raised: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 1 << 20,
            depth: 64,
            nodes: 200_000,
            components: 10_000,
            raised: true,
        }
    }
}

/// A value with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node<'t> {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub content: Content<'t>,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content<'t> {
    /// Nothing, or `null` or `~`.
    Null,
    /// A text, a number, a yes or no: all are kept as written.
    Scalar {
        /// The text after YAML's own escapes.
        text: Cow<'t, str>,
        /// Whether the text stands in the file just so, byte by byte.
        verbatim: bool,
    },
    /// A list.
    List(Vec<Node<'t>>),
    /// A map, in the file's order, without duplicates.
    Map(Vec<(Node<'t>, Node<'t>)>),
}

impl Node<'_> {
    /// The text of a scalar.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// What it is, for messages.
    #[must_use]
    pub const fn sort(&self) -> &'static str {
        match self.content {
            Content::Null => "nothing",
            Content::Scalar { .. } => "a text",
            Content::List(_) => "a list",
            Content::Map(_) => "a map",
        }
    }

    /// The entries of a map; none for anything else.
    #[must_use]
    pub fn entries(&self) -> &[(Self, Self)] {
        match &self.content {
            Content::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The span of a part of a scalar's text, exact where the text stands verbatim in the file.
    #[must_use]
    pub fn part(&self, range: &std::ops::Range<usize>) -> Span {
        match self.content {
            Content::Scalar { verbatim: true, .. } => self.span.within(range),
            _ => self.span,
        }
    }
}

/// Reads a text as one YAML document. Mistakes go to `issues`; the tree holds what could be read before the first
/// mistake of YAML itself, if that much is a value.
#[must_use]
pub fn parse<'t>(text: &'t str, limits: &Limits, issues: &mut Issues) -> Option<Node<'t>> {
    if text.len() > limits.bytes {
        let message = format!(
            "the file has {} bytes, more than the limit of {}",
            text.len(),
            limits.bytes
        );
        issues.error(
            Span::new(0, 0),
            message,
            "raise it with --max-bytes".to_owned(),
        );
        return None;
    }
    if let Some(at) = text.find('\0') {
        issues.error(
            Span::new(at, at + 1),
            "a NUL character",
            "this is no text file".to_owned(),
        );
        return None;
    }
    subset::scan(text, limits).or_else(|| parse_events(text, limits, issues))
}

/// The same of a text known to be right, without the entries of some keys where they can be passed over.
#[must_use]
pub fn parse_without<'t>(
    text: &'t str,
    limits: &Limits,
    unread: &[&str],
    issues: &mut Issues,
) -> Option<Node<'t>> {
    if unread.is_empty() {
        return parse(text, limits, issues);
    }
    subset::scan_without(text, limits, unread).or_else(|| parse(text, limits, issues))
}

/// Whether a plain text says that there is nothing.
pub(super) fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// A text that comes from a span of the file, which is made narrower by a quote on each side where that is all the
/// difference.
pub(super) fn scalar<'t>(file: &str, text: Cow<'t, str>, span: Span) -> Node<'t> {
    let written = file.get(span.start..span.end).unwrap_or_default();
    let inner = Span::new(
        span.start + 1,
        span.end.saturating_sub(1).max(span.start + 1),
    );
    let (span, verbatim) = if written == text {
        (span, true)
    } else if file.get(inner.start..inner.end) == Some(text.as_ref()) {
        (inner, true)
    } else {
        (span, false)
    };
    Node {
        span,
        content: Content::Scalar { text, verbatim },
    }
}
