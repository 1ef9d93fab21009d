//! What somebody drew with another tool: boxes with labels, frames around them, arrows between them.
//!
//! Knows what can be seen; what the boxes stand for is the translation's business.

use super::label::Label;
use crate::model::Outline;
use crate::source::Span;

/// Frames in frames that are looked at; nobody could see more.
const DEEPEST: usize = 32;

/// Copies of one thing that are believed where a model states them.
pub(super) const MOST_COPIES: u64 = 10_000;

/// One drawing of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagram {
    /// What stands above it: a title, or the heading of a document.
    pub title: Option<String>,
    /// Where it begins.
    pub span: Span,
    /// What arrows begin and end at.
    pub boxes: Vec<Shape>,
    /// What stands around boxes.
    pub frames: Vec<Frame>,
    /// The arrows, as drawn.
    pub arrows: Vec<Arrow>,
    /// Texts that belong to no box, frame or arrow.
    pub remarks: Vec<String>,
}

/// A box of whatever outline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// What it is called in the file; empty where a file has no such names.
    pub name: String,
    /// What is written on it.
    pub label: Label,
    /// The outline, where it tells something.
    pub outline: Option<Outline>,
    /// Words that the file has for what it is, such as the name of an icon or of an image.
    pub hint: Option<String>,
    /// The notation says that others run it.
    pub is_of_others: bool,
    /// A sentence about it, which is no part of its name.
    pub about: Option<String>,
    /// The innermost frame around it, as a position among the frames.
    pub frame: Option<usize>,
    /// How many copies of it are drawn one upon the other, or stated; one where nothing says otherwise.
    pub copies: u64,
    /// Where it is written.
    pub span: Span,
}

/// A box around others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// What it is called in the file.
    pub name: String,
    /// What is written on it.
    pub label: Label,
    /// The frame around it.
    pub within: Option<usize>,
    /// Where it is written.
    pub span: Span,
}

/// What an arrow begins or ends at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// A box, as a position among the boxes.
    Shape(usize),
    /// A frame, as a position among the frames.
    Frame(usize),
}

/// Which ends of an arrow have a head.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Heads {
    /// The end alone.
    #[default]
    End,
    /// The start alone: it is read backwards.
    Start,
    /// Both.
    Both,
    /// Neither: a line.
    Neither,
}

impl Heads {
    /// The heads of an arrow that may have one at each end.
    #[must_use]
    pub const fn of(start: bool, end: bool) -> Self {
        match (start, end) {
            (false, true) => Self::End,
            (true, false) => Self::Start,
            (true, true) => Self::Both,
            (false, false) => Self::Neither,
        }
    }
}

/// An arrow or a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// Where it begins.
    pub from: End,
    /// Where it ends.
    pub to: End,
    /// Where it has heads.
    pub heads: Heads,
    /// It is dashed or dotted.
    pub is_dashed: bool,
    /// What is written along it.
    pub label: Label,
    /// Where it is written.
    pub span: Span,
}

impl Diagram {
    /// Whether nothing is drawn.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.boxes.is_empty()
    }

    /// The frames around what lies in one, from the innermost out.
    pub fn around(&self, frame: Option<usize>) -> impl Iterator<Item = usize> + '_ {
        let outer = |frame: &usize| self.frames.get(*frame).and_then(|frame| frame.within);
        // A file may say that frames lie in each other.
        std::iter::successors(frame, outer).take(DEEPEST)
    }
}

impl Shape {
    /// A box with a label, drawn once.
    #[must_use]
    pub fn new(name: String, label: Label, span: Span) -> Self {
        Self {
            name,
            label,
            copies: 1,
            span,
            ..Self::default()
        }
    }
}

/// What a picture is of, by the name of its file, also where slashes are written as in addresses.
pub(super) fn picture(path: &str) -> Option<String> {
    let path = path.replace("%2F", "/");
    let name = path.rsplit(['/', '\\']).next()?;
    let name = name.rsplit_once('.').map_or(name, |(name, _)| name);
    (!name.is_empty()).then(|| name.replace(['-', '_'], " "))
}
