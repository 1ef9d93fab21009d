//! A text at hand: what it looks like as it is now, broken or not, and what is known of its words.
//!
//! Knows where names of components stand; knows no rule and no message.

use std::cell::OnceCell;

use serde_json::Value;

use super::completion::{RULE, RULES};
use super::expected::Expected;
use crate::catalog::Catalog;
use crate::notation::arrows;
use crate::notation::design::Reading;
use crate::notation::yaml::{Piece, Sketch, Sort, Step};
use crate::report::{self, Document};
use crate::rubric::Rule;
use crate::source::Span;

/// A text that is written.
#[derive(Debug)]
pub struct Draft<'d> {
    /// The text.
    pub text: &'d str,
    /// The words that it may use.
    pub catalog: &'d Catalog,
    /// What sort of file it is.
    pub document: Document,
    pub(super) sketch: Sketch,
    pub(super) schema: Value,
    /// What the text reads as, once that was asked for.
    pub(super) reading: OnceCell<Reading>,
}

/// Where a component is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention<'d> {
    /// Where.
    pub span: Span,
    /// Its id.
    pub id: &'d str,
    /// It is where the component is said to be there.
    pub is_definition: bool,
}

impl<'d> Draft<'d> {
    /// A text of a sort, with what is known.
    #[must_use]
    pub fn new(text: &'d str, document: Document, catalog: &'d Catalog) -> Self {
        Self {
            text,
            catalog,
            document,
            sketch: Sketch::of(text),
            schema: report::schema_value(document, catalog),
            reading: OnceCell::new(),
        }
    }

    pub(super) fn slice(&self, span: Span) -> &'d str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    pub(super) fn expected(&self, path: &[Step<'_>]) -> Expected<'_> {
        Expected::at(&self.schema, path)
    }

    /// A piece with the way to what it stands below.
    pub(super) fn piece(&self, at: usize) -> Option<(Piece, Vec<Step<'d>>)> {
        let piece = *self.sketch.pieces.get(at)?;
        Some((piece, self.sketch.path(self.text, piece.above)))
    }

    /// The entries of a part of a design, by their keys.
    pub(super) fn entries(&self, part: &str) -> Vec<(usize, &'d str)> {
        let part = self.sketch.key(self.text, None, part);
        part.map(|part| self.sketch.keys(self.text, Some(part)).collect())
            .unwrap_or_default()
    }

    /// The components of a design, in its order.
    pub(super) fn components(&self) -> Vec<(usize, &'d str)> {
        if self.document == Document::Design {
            self.entries(COMPONENTS)
        } else {
            Vec::new()
        }
    }

    /// Whether a component of an id is there.
    pub(super) fn has_component(&self, id: &str) -> bool {
        self.components().iter().any(|(_, known)| *known == id)
    }

    /// The text that a key below a piece has as its value.
    pub(super) fn value_of(&self, above: Option<usize>, key: &str) -> Option<&'d str> {
        let key = self.sketch.key(self.text, above, key)?;
        self.sketch.value(self.text, key)
    }

    /// Where components are named, in the text's order.
    #[must_use]
    pub fn mentions(&self) -> Vec<Mention<'d>> {
        let all = 0..self.sketch.pieces.len();
        all.flat_map(|at| self.mentions_in(at)).collect()
    }

    /// Where a component is named.
    #[must_use]
    pub fn mentions_of(&self, id: &str) -> Vec<Mention<'d>> {
        let holds = |at: &usize| {
            let piece = self.sketch.pieces.get(*at);
            piece.is_some_and(|piece| self.slice(piece.span).contains(id))
        };
        let all = (0..self.sketch.pieces.len()).filter(holds);
        let mentions = all.flat_map(|at| self.mentions_in(at));
        mentions.filter(|mention| mention.id == id).collect()
    }

    /// The component that is named at a byte.
    #[must_use]
    pub fn mention_at(&self, byte: usize) -> Option<Mention<'d>> {
        let at = self.sketch.at(byte)?;
        let mut mentions = self.mentions_in(at).into_iter();
        mentions.find(|mention| mention.span.start <= byte && byte <= mention.span.end)
    }

    /// The component of an id that a word at a byte is, wherever it stands: in a decision, an estimate, an answer.
    #[must_use]
    pub fn component_at(&self, byte: usize) -> Option<Mention<'d>> {
        self.mention_at(byte).or_else(|| {
            let (piece, _) = self.piece(self.sketch.at(byte)?)?;
            let mut words = self.words(piece.span).into_iter();
            let word = words.find(|span| span.start <= byte && byte <= span.end)?;
            let id = self.slice(word);
            self.has_component(id).then_some(Mention {
                span: word,
                id,
                is_definition: false,
            })
        })
    }

    /// The rule that is named at a byte.
    #[must_use]
    pub fn rule_at(&self, byte: usize) -> Option<&Rule> {
        let (piece, path) = self.piece(self.sketch.at(byte)?)?;
        let expected = self.expected(&path);
        let is_rule = match piece.sort {
            Sort::Text => expected.is(RULE) || expected.is(RULES),
            // Such as in `severity` of a configuration.
            Sort::Key => expected.keys().is_empty(),
            Sort::Item => false,
        };
        self.catalog
            .rule(self.slice(piece.span))
            .filter(|_| is_rule)
    }

    /// The words of a span that ids could be.
    fn words(&self, span: Span) -> Vec<Span> {
        let words = arrows::words(self.slice(span));
        words.into_iter().map(|word| span.within(&word)).collect()
    }

    /// The components that a connection, which something is said of, leads from and to.
    fn ends(&self, span: Span) -> Vec<Span> {
        let mut words = self.words(span);
        words.retain(|word| self.has_component(self.slice(*word)));
        words
    }

    fn mentions_in(&self, at: usize) -> Vec<Mention<'d>> {
        let Some((piece, path)) = self.piece(at).filter(|_| self.document == Document::Design)
        else {
            return Vec::new();
        };
        let is_definition = piece.sort == Sort::Key && path == [Step::Key(COMPONENTS)];
        let words = match piece.sort {
            Sort::Key if is_definition => vec![piece.span],
            Sort::Key if self.is_chain(&piece, &path) => self.words(piece.span),
            Sort::Key | Sort::Item => Vec::new(),
            Sort::Text => {
                let expected = self.expected(&path);
                if expected.is(CHAIN) {
                    self.words(piece.span)
                } else if expected.is(SUBJECT) && arrows::has_arrow(self.slice(piece.span)) {
                    self.ends(piece.span)
                } else if self.is_component(self.slice(piece.span), &expected) {
                    vec![piece.span]
                } else {
                    Vec::new()
                }
            }
        };
        let mention = |span| Mention {
            span,
            id: self.slice(span),
            is_definition,
        };
        words.into_iter().map(mention).collect()
    }

    /// Whether a key is a chain, whose attributes stand below it.
    pub(super) fn is_chain(&self, piece: &Piece, path: &[Step<'_>]) -> bool {
        let may_be = self.expected(path).is(CHAIN) && path.last() == Some(&Step::Item);
        may_be && arrows::has_arrow(self.slice(piece.span))
    }

    /// Whether a text names a component. What a finding is accepted of may be a flow, or whatever else a rule speaks of.
    fn is_component(&self, text: &str, expected: &Expected<'_>) -> bool {
        (expected.is(COMPONENT_ID) && arrows::is_id(text))
            || (expected.is(SUBJECT) && self.has_component(text))
    }
}

/// Whether figures stand below a spot of a design, each by its name.
pub(super) fn names_figures(path: &[Step<'_>]) -> bool {
    matches!(
        path,
        [Step::Key("estimates")] | [Step::Key("requirements"), Step::Key("assumptions")]
    )
}

/// The key of the components of a design.
pub(super) const COMPONENTS: &str = "components";

/// Names of shapes in the schema.
pub(super) const CHAIN: &str = "chain";
pub(super) const COMPONENT_ID: &str = "id";
pub(super) const SUBJECT: &str = "subject";
