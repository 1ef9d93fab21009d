//! The elements of a drawing as Excalidraw writes them: shapes, texts, lines, arrows and frames, with their places in the file.
//!
//! Knows the keys of the JSON; knows nothing of what elements mean together.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::notation::foreign::geometry::{Point, Rect};
use crate::source::Span;

/// A file.
#[derive(Debug, Deserialize)]
pub(super) struct File {
    /// What is drawn.
    #[serde(default)]
    pub elements: Vec<Element>,
}

/// One thing that was drawn. Every key may be missing or null: files are also written by other programs.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Element {
    pub id: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    x: Option<f64>,
    y: Option<f64>,
    width: Option<f64>,
    height: Option<f64>,
    angle: Option<f64>,
    is_deleted: Option<bool>,
    group_ids: Option<Vec<String>>,
    /// Of a text, the shape or the arrow that it is written on.
    pub container_id: Option<String>,
    text: Option<String>,
    original_text: Option<String>,
    font_size: Option<f64>,
    /// Of a frame.
    name: Option<String>,
    points: Option<Vec<Vec<f64>>>,
    pub start_binding: Option<Binding>,
    pub end_binding: Option<Binding>,
    start_arrowhead: Option<String>,
    /// Files of early versions say nothing of heads: each arrow had one at its end.
    #[serde(default = "usual_head")]
    end_arrowhead: Option<String>,
    stroke_style: Option<String>,
}

/// What an end of an arrow is tied to.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Binding {
    pub element_id: Option<String>,
}

#[expect(clippy::unnecessary_wraps, reason = "the type of the field")]
fn usual_head() -> Option<String> {
    Some("arrow".to_owned())
}

/// What an element is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Something with an inside.
    Shape,
    /// An image, which may be an icon.
    Picture,
    Text,
    /// A line that can have heads.
    Arrow,
    /// An open line without heads.
    Line,
    /// A frame of the tool's own.
    Frame,
    /// Drawn by hand, and whatever later versions bring.
    Other,
}

/// Groups around an element that are looked at, and points of a line.
const MOST_GROUPS: usize = 16;
const MOST_POINTS: usize = 64;
/// How near the last point of a line is to its first where it is closed.
const CLOSED: f64 = 10.0;

impl Element {
    pub fn sort(&self) -> Sort {
        match self.kind.as_deref().unwrap_or_default() {
            "rectangle" | "ellipse" | "diamond" | "embeddable" | "iframe" => Sort::Shape,
            "line" if self.is_closed() => Sort::Shape,
            "line" => Sort::Line,
            "arrow" => Sort::Arrow,
            "text" => Sort::Text,
            "image" => Sort::Picture,
            "frame" | "magicframe" => Sort::Frame,
            _ => Sort::Other,
        }
    }

    pub fn is_ellipse(&self) -> bool {
        self.kind.as_deref() == Some("ellipse")
    }

    fn is_closed(&self) -> bool {
        let points = self.points.as_deref().unwrap_or_default();
        let ends = points.first().zip(points.last());
        points.len() > 3 && ends.is_some_and(|(first, last)| at(first).distance(at(last)) <= CLOSED)
    }

    /// The groups that it is in, the outermost first.
    pub fn groups(&self) -> impl DoubleEndedIterator<Item = &str> {
        let groups = self.group_ids.as_deref().unwrap_or_default();
        groups.iter().rev().take(MOST_GROUPS).map(String::as_str)
    }

    fn origin(&self) -> Point {
        Point::new(self.x.unwrap_or_default(), self.y.unwrap_or_default())
    }

    /// Where it is drawn.
    pub fn rect(&self) -> Rect {
        if matches!(self.kind.as_deref(), Some("line" | "arrow")) {
            return Rect::around(self.path());
        }
        let size = Point::new(
            self.width.unwrap_or_default(),
            self.height.unwrap_or_default(),
        );
        Rect::placed(self.origin(), size).turned(self.angle.unwrap_or_default())
    }

    /// The points of a line or an arrow, as many as tell its course.
    pub fn path(&self) -> Vec<Point> {
        let points = self.points.as_deref().unwrap_or_default();
        let origin = self.origin();
        let step = points.len().div_ceil(MOST_POINTS).max(1);
        let some = points.iter().step_by(step).chain(points.last());
        some.map(|point| origin.plus(at(point))).collect()
    }

    /// The first point and the last.
    pub fn ends(&self) -> Option<(Point, Point)> {
        let path = self.path();
        path.first().copied().zip(path.last().copied())
    }

    /// What is written: as typed, where the tool also keeps how it broke the lines.
    pub fn words(&self) -> &str {
        let typed = self.original_text.as_deref();
        let typed = typed.filter(|text| !text.trim().is_empty());
        let words = typed.or(self.text.as_deref()).or(self.name.as_deref());
        words.unwrap_or_default()
    }

    /// How large its letters are.
    pub fn letters(&self) -> f64 {
        self.font_size.unwrap_or(20.0).clamp(1.0, 1000.0)
    }

    /// Whether there is a head at the start and at the end. What is no arrow's head marks where one begins.
    pub fn heads(&self) -> (bool, bool) {
        let start = self.start_arrowhead.as_deref();
        let end = self.end_arrowhead.as_deref();
        let is_head = |head: &str| ["arrow", "triangle"].iter().any(|one| head.contains(one));
        let heads = (start.is_some_and(is_head), end.is_some_and(is_head));
        match heads {
            _ if self.sort() != Sort::Arrow => (false, false),
            (false, false) => (start.is_some(), end.is_some()),
            heads => heads,
        }
    }

    pub fn has_heads(&self) -> bool {
        self.heads() != (false, false)
    }

    pub fn is_dashed(&self) -> bool {
        matches!(self.stroke_style.as_deref(), Some("dashed" | "dotted"))
    }
}

/// A point as written.
fn at(point: &[f64]) -> Point {
    let mut numbers = point.iter().copied();
    let x = numbers.next().unwrap_or_default();
    Point::new(x, numbers.next().unwrap_or_default())
}

/// What is to be seen of a file.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    pub elements: Vec<Element>,
    /// Where each is written.
    pub spans: Vec<Span>,
    by_id: BTreeMap<String, usize>,
    /// How many strokes by hand there are.
    pub strokes: usize,
}

impl Drawing {
    /// The elements of a text that were not deleted.
    pub fn of(file: File, text: &str, offset: usize) -> Self {
        let starts = starts(text);
        let mut drawing = Self::default();
        for (at, element) in file.elements.into_iter().enumerate() {
            if element.is_deleted == Some(true) {
                continue;
            }
            if element.sort() == Sort::Other {
                drawing.strokes += 1;
                continue;
            }
            let start = starts.get(at).copied().unwrap_or_default();
            let end = starts.get(at + 1).copied().unwrap_or(text.len());
            let written = text.as_bytes().get(start..end).unwrap_or_default();
            let words = memchr::memmem::find(written, b"\"text\"").unwrap_or_default();
            let start = offset + start + words;
            drawing.spans.push(Span::new(start, start + 1));
            if let Some(id) = element.id.clone() {
                drawing.by_id.entry(id).or_insert(drawing.elements.len());
            }
            drawing.elements.push(element);
        }
        drawing
    }

    pub fn get(&self, at: usize) -> Option<&Element> {
        self.elements.get(at)
    }

    /// The element that an id names.
    pub fn named(&self, id: Option<&str>) -> Option<usize> {
        self.by_id.get(id?).copied()
    }

    /// What a text is written on.
    pub fn container(&self, text: usize) -> Option<usize> {
        let id = self.get(text)?.container_id.as_deref();
        self.named(id).filter(|container| *container != text)
    }

    pub fn span(&self, at: usize) -> Span {
        self.spans.get(at).copied().unwrap_or_default()
    }

    pub fn rect(&self, at: usize) -> Rect {
        self.get(at).map(Element::rect).unwrap_or_default()
    }

    pub fn is(&self, at: usize, sort: Sort) -> bool {
        self.get(at).is_some_and(|element| element.sort() == sort)
    }
}

/// Where the objects begin that stand in an array of the outermost object: the elements.
fn starts(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let (mut open, mut in_string, mut is_escaped) = (Vec::new(), false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_string => is_escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => {
                if byte == b'{' && open == *b"{[" {
                    found.push(at);
                }
                open.push(byte);
            }
            b'}' | b']' => {
                open.pop();
            }
            _ => {}
        }
    }
    found
}
