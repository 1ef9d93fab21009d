//! Boxes and frames by their names: arrows may name what is declared further down, or nowhere.
//!
//! Knows names; knows no notation.

use std::collections::BTreeMap;

use super::cursor::Cursor;
use super::diagram::{Arrow, Diagram, End, Frame, Heads, Shape};
use super::label::Label;
use crate::source::{Issues, Span};

/// A diagram that is being read.
#[derive(Debug, Default)]
pub(super) struct Board {
    diagram: Diagram,
    /// What each name is of.
    names: BTreeMap<String, End>,
    /// What is open, the outermost first; none for what keeps things together and is not seen.
    open: Vec<Option<usize>>,
    lines: Vec<Line>,
}

/// An arrow between names.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub from: String,
    pub to: String,
    pub heads: Heads,
    pub is_dashed: bool,
    pub label: Label,
    pub span: Span,
}

impl Board {
    /// Gives the diagram its title, unless it has one.
    pub fn entitle(&mut self, title: &str) {
        let title = Label::of(title).line();
        if self.diagram.title.is_none() && !title.is_empty() {
            self.diagram.title = Some(title);
        }
    }

    /// Opens a frame: what is added from now on lies in it.
    pub fn open(&mut self, name: &str, label: Label, span: Span) {
        let frame = self.put_frame(name, label, self.innermost(), span);
        self.open.push(Some(frame));
    }

    /// Adds a frame in one of a name, and opens it not.
    pub fn frame(&mut self, name: &str, label: Label, within: Option<&str>, span: Span) {
        self.put_frame(name, label, within.and_then(|name| self.framed(name)), span);
    }

    fn put_frame(&mut self, name: &str, label: Label, within: Option<usize>, span: Span) -> usize {
        let frame = self.diagram.frames.len();
        self.diagram.frames.push(Frame {
            name: name.to_owned(),
            label,
            within,
            span,
        });
        self.names.insert(name.to_owned(), End::Frame(frame));
        frame
    }

    /// Opens what is no frame, and ends like one.
    pub fn open_unseen(&mut self) {
        self.open.push(None);
    }

    /// Closes what was opened last.
    pub fn close(&mut self) {
        self.open.pop();
    }

    /// The innermost frame that is open.
    fn innermost(&self) -> Option<usize> {
        self.open.iter().rev().find_map(|frame| *frame)
    }

    /// The frame of a name.
    fn framed(&self, name: &str) -> Option<usize> {
        match self.names.get(name) {
            Some(End::Frame(frame)) => Some(*frame),
            _ => None,
        }
    }

    /// Adds a box to the frame of a name.
    pub fn add_within(&mut self, shape: Shape, within: Option<&str>) {
        self.open.push(within.and_then(|name| self.framed(name)));
        self.add(shape);
        self.open.pop();
    }

    /// Adds a box; one whose name is known tells more of that.
    pub fn add(&mut self, mut shape: Shape) {
        shape.frame = self.innermost();
        let known = self.names.get(&shape.name).copied();
        if let Some(End::Shape(at)) = known
            && let Some(known) = self.diagram.boxes.get_mut(at)
        {
            known.outline = known.outline.or(shape.outline);
            known.hint = known.hint.take().or(shape.hint);
            return;
        }
        let at = End::Shape(self.diagram.boxes.len());
        self.names.insert(shape.name.clone(), at);
        self.diagram.boxes.push(shape);
    }

    /// Draws an arrow.
    pub fn join(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// The diagram: what arrows alone name are boxes of that name.
    pub fn finish(mut self, span: Span) -> Diagram {
        self.open.clear();
        for line in std::mem::take(&mut self.lines) {
            let (from, to) = (self.end(&line.from, &line), self.end(&line.to, &line));
            self.diagram.arrows.push(Arrow {
                from,
                to,
                heads: line.heads,
                is_dashed: line.is_dashed,
                label: line.label,
                span: line.span,
            });
        }
        self.diagram.span = span;
        self.diagram
    }

    fn end(&mut self, name: &str, line: &Line) -> End {
        let next = self.diagram.boxes.len();
        let end = *self
            .names
            .entry(name.to_owned())
            .or_insert(End::Shape(next));
        if end == End::Shape(next) {
            let shape = Shape::new(name.to_owned(), Label::of(name), line.span);
            self.diagram.boxes.push(shape);
        }
        end
    }
}

/// Tells that the rest of a line was not understood, and goes on behind it.
pub(super) fn leave_out(cursor: &mut Cursor<'_>, help: &str, issues: &mut Issues) {
    let written = cursor.line().trim_end();
    if !written.is_empty() {
        let span = cursor.span(cursor.at, cursor.at + written.len());
        issues.warning(span, "a line that is not understood", help.to_owned());
    }
    cursor.skip_line();
}
