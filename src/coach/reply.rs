//! What a session answers: typed, so that the terminal decides on colours and a test on nothing.
//!
//! Knows words and their sort; knows no terminal.

use std::ops::Range;

use crate::report::Checked;

/// A piece of an answer.
#[derive(Debug)]
pub enum Reply {
    /// A step begins, with its name.
    Heading(String),
    /// The interviewer speaks.
    Says(String),
    /// What was taken down, as it was understood.
    Echo(String),
    /// A remark of the coach: guidance, a nudge, a hint.
    Note(String),
    /// A line that could not be taken.
    Trouble(Trouble),
    /// Lines that stay as they are: the drawing, the design file.
    Picture(String),
    /// A title with rows of two columns.
    Listing(Listing),
    /// The design so far, to be written to its file.
    Save {
        /// The design file.
        text: String,
        /// Another file than before, as typed.
        to: Option<String>,
    },
    /// The design is to be opened in an editor; what is left there comes back as an event.
    Edit {
        /// The design file, or the edit of before that had mistakes.
        text: String,
    },
    /// The interview is over.
    Finished(Box<Finish>),
    /// The candidate leaves.
    Quit,
}

/// Why a line could not be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong: a lower-case fragment with the words as typed.
    pub message: String,
    /// How to put it right.
    pub help: Option<String>,
    /// The bytes of the line that are at fault.
    pub span: Option<Range<usize>>,
    /// The line that it is about, where that is not what was typed as a whole.
    pub line: Option<String>,
}

/// A title with rows of two columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// What the rows are.
    pub title: String,
    /// The rows: a short left column and a text.
    pub rows: Vec<(String, String)>,
}

/// How the interview ended.
#[derive(Debug)]
pub struct Finish {
    /// The design file.
    pub text: String,
    /// The same file, read back and judged as `sysdrill check` does it.
    pub checked: Checked,
    /// What to work on, what went well, and what good answers would have been.
    pub report: Vec<Listing>,
    /// The drawing with what the rules find marked on it, as SVG for a page; none where nothing can be drawn.
    pub picture: Option<String>,
}

impl Reply {
    /// A line that could not be taken.
    pub(super) fn trouble(message: impl Into<String>, help: impl Into<Option<String>>) -> Self {
        Self::Trouble(Trouble {
            message: message.into(),
            help: help.into(),
            span: None,
            line: None,
        })
    }

    /// As [`Reply::trouble`], with the bytes at fault.
    pub(super) fn trouble_at(
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<Option<String>>,
    ) -> Self {
        Self::Trouble(Trouble {
            message: message.into(),
            help: help.into(),
            span: Some(span),
            line: None,
        })
    }

    /// A complaint about a line of several that came at once.
    pub(super) fn of_line(self, number: Option<usize>, line: &str) -> Self {
        match self {
            Self::Trouble(trouble) if trouble.line.is_none() => Self::Trouble(Trouble {
                message: match number {
                    Some(number) => format!("line {number}: {}", trouble.message),
                    None => trouble.message,
                },
                line: Some(line.to_owned()),
                ..trouble
            }),
            other => other,
        }
    }

    /// A listing.
    pub(super) fn listing(title: impl Into<String>, rows: Vec<(String, String)>) -> Self {
        Self::Listing(Listing::new(title, rows))
    }
}

impl Listing {
    /// A title with rows.
    pub(super) fn new(title: impl Into<String>, rows: Vec<(String, String)>) -> Self {
        Self {
            title: title.into(),
            rows,
        }
    }
}
