//! What stands where in a YAML text that may be broken, as a text is while it is written: keys, items and texts by
//! indentation and brackets alone. And what a byte of it is about, where something is about to be typed.
//!
//! Knows how YAML looks; reads no value, and complains of nothing. What a file says is the parser's business.

mod scan;
#[cfg(test)]
mod tests;

use crate::source::Span;
use scan::{Scanner, Tail};

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The key or item that it stands below, by its position among the pieces.
    pub above: Option<usize>,
    /// What it is.
    pub sort: Sort,
    /// Where it stands, without quotes.
    pub span: Span,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// The key of a map.
    Key,
    /// An item of a list: its dash, or nothing where it stands in brackets.
    Item,
    /// A text.
    Text,
}

/// The pieces of a text, in its order: what stands below another comes after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    /// The pieces.
    pub pieces: Vec<Piece>,
}

/// A step from the outermost map of a file to a spot in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'t> {
    /// The value of a key.
    Key(&'t str),
    /// An item of a list.
    Item,
}

/// What can be typed at a spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The key of a map.
    Key,
    /// A value.
    Value,
    /// A value, or the first key of a map.
    Either,
}

impl Role {
    /// Whether a key may be typed.
    #[must_use]
    pub const fn takes_key(self) -> bool {
        matches!(self, Self::Key | Self::Either)
    }

    /// Whether a value may be.
    #[must_use]
    pub const fn takes_value(self) -> bool {
        matches!(self, Self::Value | Self::Either)
    }
}

/// A spot at which something is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot<'t> {
    /// The way to it.
    pub path: Vec<Step<'t>>,
    /// The key or item that it stands below; none where that is an item that has not begun.
    pub above: Option<usize>,
    /// What can be typed.
    pub role: Role,
    /// What is typed of it so far.
    pub typed: Span,
}

impl Sketch {
    /// The sketch of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self {
            pieces: Scanner::scan(text).pieces,
        }
    }

    /// The key or text at a byte, or that ends there.
    #[must_use]
    pub fn at(&self, byte: usize) -> Option<usize> {
        let holds = |piece: &Piece| {
            piece.sort != Sort::Item && piece.span.start <= byte && byte <= piece.span.end
        };
        self.pieces.iter().position(holds)
    }

    /// The way to what stands below a piece.
    #[must_use]
    pub fn path<'t>(&self, text: &'t str, piece: Option<usize>) -> Vec<Step<'t>> {
        let mut steps = Vec::new();
        let mut next = piece;
        while let Some(piece) = next.and_then(|at| self.pieces.get(at)) {
            steps.push(match piece.sort {
                Sort::Item => Step::Item,
                Sort::Key | Sort::Text => Step::Key(slice(text, piece.span)),
            });
            next = piece.above;
        }
        steps.reverse();
        steps
    }

    /// What stands directly below a piece.
    pub fn below(&self, above: Option<usize>) -> impl Iterator<Item = (usize, &Piece)> {
        let from = above.map_or(0, |at| at + 1);
        let rest = self.pieces.iter().enumerate().skip(from);
        let within = rest.take_while(move |(_, piece)| piece.above >= above);
        within.filter(move |(_, piece)| piece.above == above)
    }

    /// The keys directly below a piece, with where they are.
    pub fn keys<'t>(
        &self,
        text: &'t str,
        above: Option<usize>,
    ) -> impl Iterator<Item = (usize, &'t str)> {
        let keys = self
            .below(above)
            .filter(|(_, piece)| piece.sort == Sort::Key);
        keys.map(move |(at, piece)| (at, slice(text, piece.span)))
    }

    /// The key of a name directly below a piece.
    #[must_use]
    pub fn key(&self, text: &str, above: Option<usize>, name: &str) -> Option<usize> {
        let mut keys = self.keys(text, above);
        keys.find(|(_, key)| *key == name).map(|(at, _)| at)
    }

    /// The text that is the value of a key or an item.
    #[must_use]
    pub fn value<'t>(&self, text: &'t str, of: usize) -> Option<&'t str> {
        let mut below = self.below(Some(of));
        let value = below.find(|(_, piece)| piece.sort == Sort::Text);
        value.map(|(_, piece)| slice(text, piece.span))
    }

    /// From the start of a piece to the end of what stands below it.
    #[must_use]
    pub fn whole(&self, at: usize) -> Span {
        let Some(piece) = self.pieces.get(at) else {
            return Span::default();
        };
        let rest = self.pieces.iter().skip(at + 1);
        let below = rest.take_while(|other| other.above >= Some(at));
        let end = below.map(|other| other.span.end).max();
        Span::new(piece.span.start, end.unwrap_or(0).max(piece.span.end))
    }
}

/// What can be typed at a byte; nothing where it is within words that mean nothing, such as a comment.
#[must_use]
pub fn slot(text: &str, byte: usize) -> Option<Slot<'_>> {
    let before = text.get(..byte)?;
    let scanner = Scanner::scan(before);
    let sketch = Sketch {
        pieces: scanner.pieces,
    };
    let here = Span::new(byte, byte);
    let is_apart = before.ends_with([' ', '\t']);
    let typed = match scanner.tail {
        Tail::Within(piece) => {
            let piece = sketch.pieces.get(piece)?;
            Span::new(piece.span.start, byte)
        }
        _ => here,
    };
    let is_on_a_colon = before.ends_with(':') && typed == here;
    if is_on_a_colon {
        return None;
    }
    let slot = |above: Option<usize>, role| Slot {
        path: sketch.path(before, above),
        above,
        role,
        typed,
    };
    if let Some(flow) = scanner.flows.last() {
        return match (scanner.tail, flow.key) {
            (Tail::Comment | Tail::Literal, _) => None,
            (_, Some(key)) => Some(slot(Some(key), Role::Value)),
            (_, None) if flow.is_map => Some(slot(flow.above, Role::Key)),
            (Tail::Within(piece), None) => {
                Some(slot(sketch.pieces.get(piece)?.above, Role::Either))
            }
            (_, None) => {
                let mut item = slot(flow.above, Role::Either);
                item.path.push(Step::Item);
                item.above = None;
                Some(item)
            }
        };
    }
    match scanner.tail {
        Tail::Comment | Tail::Literal | Tail::Closed => None,
        Tail::Behind(above, role) => is_apart.then(|| slot(Some(above), role)),
        Tail::Within(piece) => {
            let above = sketch.pieces.get(piece)?.above;
            Some(slot(above, scanner.role))
        }
        Tail::Blank(column) => {
            let mut around = scanner.blocks.iter().rev();
            let around = around.find(|block| block.column < column);
            Some(slot(around.map(|block| block.piece), Role::Either))
        }
    }
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.start..span.end).unwrap_or_default()
}
