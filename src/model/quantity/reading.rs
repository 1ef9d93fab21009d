//! The two senses of `B` after a number, and how to tell a person which one was taken.
//!
//! Must not know grammar.

use super::lexer::{self, Kind};

/// How `B` after a number is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reading {
    /// `500B` is billions, `500 B` is bytes.
    AsWritten,
    /// Both are bytes.
    Bytes,
    /// Both are billions.
    Billions,
    /// `500B` is bytes, `500 B` is billions.
    Swapped,
}

impl Reading {
    /// Whether a `B` is bytes, by whether it is attached to its number.
    pub(super) fn has_bytes(self, close: bool) -> bool {
        match self {
            Self::AsWritten => !close,
            Self::Bytes => true,
            Self::Billions => false,
            Self::Swapped => close,
        }
    }

    /// The readings other than as written that make a difference to a text, each with the help
    /// that says how to write it so.
    pub(super) fn others(text: &str) -> Vec<(Self, String)> {
        let bytes = first_b(text, true)
            .map(|b| format!("`{b}B` is {b} billion; write `{b} B` with a space for bytes"));
        let billions = first_b(text, false)
            .map(|b| format!("`{b} B` is bytes; write `{b}B` without a space for {b} billion"));
        let both = bytes.as_ref().zip(billions.as_ref());
        let swapped = both.map(|(bytes, billions)| format!("{bytes}; {billions}"));
        let readings = [
            (Self::Bytes, bytes),
            (Self::Billions, billions),
            (Self::Swapped, swapped),
        ];
        let with_help = |(reading, help): (Self, Option<String>)| Some((reading, help?));
        readings.into_iter().filter_map(with_help).collect()
    }
}

/// The number before the first `B`, close or with a space.
fn first_b(text: &str, close: bool) -> Option<&str> {
    let tokens = lexer::tokens(text).ok()?;
    tokens.windows(2).find_map(|pair| match pair {
        [number, b] if b.text(text) == "B" && b.attached == close => {
            matches!(number.kind, Kind::Number(_)).then(|| number.text(text))
        }
        _ => None,
    })
}
