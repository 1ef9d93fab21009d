//! What happens to a session: a line, or a key that means more than a line; and when.
//!
//! Knows times since the start; knows no clock and no keyboard.

use std::time::Duration;

/// The longest line that is taken, in bytes. A longer one is a paste gone wrong.
pub const LONGEST_LINE: usize = 4_000;

/// The longest text of several lines that is taken, in bytes.
pub const LONGEST_PASTE: usize = 200_000;

/// Something that happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When, since the session began.
    pub at: Duration,
    /// What.
    pub line: Line,
}

/// What comes from the candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A line of text.
    Text(String),
    /// Several lines that came at once.
    Pasted(String),
    /// The design file as the candidate left it in an editor.
    Edited(String),
    /// Ctrl-C.
    Interrupt,
    /// Ctrl-C in a block of several lines, which is left out.
    Dropped,
    /// Ctrl-D: the end of input.
    End,
}

impl Line {
    /// Whether a block that is being typed is over by it. Behind the last key before a terminal is gone it is still open.
    pub const fn ends_block(&self) -> bool {
        !matches!(self, Self::Interrupt | Self::End)
    }
}
