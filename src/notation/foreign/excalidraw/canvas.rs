//! From figures and lines to a diagram: boxes, frames around them, arrows between them, and what is left over.
//!
//! Knows the order in which things are told apart; knows no keys of the file.

use std::collections::{BTreeMap, BTreeSet};

use super::arrows::{Line, ends, lines};
use super::copies::stack;
use super::elements::{Drawing, Element, Sort};
use super::figures::{Figure, Figures, outline};
use super::labels;
use super::words::{is_note, is_short, label, remark};
use crate::notation::foreign::diagram::{Arrow, Diagram, End, Frame, Heads, Shape};
use crate::notation::foreign::label::Label;
use crate::source::{Issues, Span};

/// The diagram of a drawing.
pub(super) fn read(drawing: &Drawing, issues: &mut Issues) -> Diagram {
    let mut figures = Figures::of(drawing);
    figures.nest();
    labels::inside(&mut figures);
    stack(drawing, &mut figures);
    figures.flatten();
    let mut lines = lines(drawing, &figures);
    labels::captions(drawing, &mut figures, false);
    labels::subtitles(drawing, &mut figures);
    labels::along(drawing, &mut figures, &mut lines);
    labels::headings(drawing, &mut figures);
    labels::captions(drawing, &mut figures, true);
    let joints = joints(drawing, &figures, &lines, issues);
    let mut canvas = Canvas {
        drawing,
        figures: &figures,
        diagram: Diagram::default(),
        ends: BTreeMap::new(),
    };
    canvas.place(&joints);
    canvas.join(&joints);
    canvas.leave_notes();
    left_out(drawing, &figures, &canvas.ends, issues);
    canvas.diagram
}

/// A line with the figures that it joins.
struct Joint<'l> {
    line: &'l Line,
    from: usize,
    to: usize,
}

/// The lines that join two figures. Of arrows that do not, it is told.
fn joints<'l>(
    drawing: &Drawing,
    figures: &Figures,
    lines: &'l [Line],
    issues: &mut Issues,
) -> Vec<Joint<'l>> {
    let mut found = Vec::new();
    for line in lines {
        let has_heads = drawing.get(line.at).is_some_and(Element::has_heads);
        match ends(drawing, figures, line) {
            (Some(from), Some(to)) if from == to => {}
            (Some(from), Some(to)) if has_heads || !is_around(figures, from, to) => {
                found.push(Joint { line, from, to });
            }
            (Some(_), Some(_)) => {}
            (from, to) if has_heads => {
                let known = from.or(to).and_then(|at| figures.get(at));
                let label = known.map(|figure| label(drawing, &figure.texts).line());
                let label = label.filter(|label| !label.is_empty());
                let which = label.map_or(String::new(), |label| format!(" of `{label}`"));
                let message = format!("an arrow{which} that ends at nothing is left out");
                let help = "draw it up to a shape; the tool ties it there".to_owned();
                issues.warning(drawing.span(line.at), message, help);
            }
            _ => {}
        }
    }
    found
}

/// Whether one of two figures lies in the other.
fn is_around(figures: &Figures, one: usize, other: usize) -> bool {
    let bodies = figures.get(one).zip(figures.get(other));
    bodies
        .is_some_and(|(one, other)| one.body.encloses(other.body) || other.body.encloses(one.body))
}

/// Tells how much was left out that is a picture and no diagram.
fn left_out(
    drawing: &Drawing,
    figures: &Figures,
    ends: &BTreeMap<usize, End>,
    issues: &mut Issues,
) {
    let pictures = (0..drawing.elements.len()).filter(|at| drawing.is(*at, Sort::Picture));
    let is_left = |at: &usize| {
        let figure = figures.figure(*at);
        figure.is_none_or(|figure| !ends.contains_key(&figure))
    };
    for (number, what) in [
        (
            pictures.filter(is_left).count(),
            "images without words and arrows",
        ),
        (drawing.strokes, "strokes by hand"),
    ] {
        if number > 0 {
            let message = format!("{what} are left out: {number}");
            let help = "draw what they stand for as shapes with words".to_owned();
            issues.warning(Span::default(), message, help);
        }
    }
}

struct Canvas<'d> {
    drawing: &'d Drawing,
    figures: &'d Figures,
    diagram: Diagram,
    /// What became of each figure.
    ends: BTreeMap<usize, End>,
}

impl Canvas<'_> {
    /// Makes boxes and frames of the figures, the smallest first: whoever holds none of them is no frame.
    fn place(&mut self, joints: &[Joint<'_>]) {
        let joined: BTreeSet<usize> = joints.iter().flat_map(|one| [one.from, one.to]).collect();
        let all = self.figures.all.iter().enumerate();
        let all = all.filter(|(_, figure)| figure.is_whole());
        let mut all: Vec<(usize, &Figure, Label)> = all
            .map(|(at, figure)| (at, figure, label(self.drawing, &figure.texts)))
            .collect();
        let is_seen = |at: usize, figure: &Figure, label: &Label| {
            let is_joined = joined.contains(&at);
            is_joined || !figure.is_free_text() && !label.is_empty() && !is_note(label)
        };
        let seen: Vec<(usize, &Figure)> = all
            .iter()
            .filter(|(at, figure, label)| is_seen(*at, figure, label))
            .map(|(at, figure, _)| (*at, *figure))
            .collect();
        all.retain(|(at, figure, label)| is_seen(*at, figure, label) || figure.holds_others);
        let is_frame = |figure: &Figure| {
            let mut inside = seen.iter();
            figure.holds_others && inside.any(|(_, one)| figure.body.encloses(one.body))
        };
        let (frames, boxes): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|(_, figure, _)| is_frame(figure));
        self.frames(frames);
        for (at, figure, label) in boxes {
            if is_seen(at, figure, &label) {
                self.place_box(at, figure, label);
            }
        }
    }

    /// The frames, the largest first, so that each finds the one around it.
    fn frames(&mut self, mut frames: Vec<(usize, &Figure, Label)>) {
        frames.sort_by(|(one_at, one, _), (two_at, two, _)| {
            let areas = two.body.area().total_cmp(&one.body.area());
            areas.then(one_at.cmp(two_at))
        });
        for (at, figure, label) in frames {
            let frame = Frame {
                name: String::new(),
                label,
                within: self.frame_around(figure),
                span: self.span(figure),
            };
            self.ends.insert(at, End::Frame(self.diagram.frames.len()));
            self.diagram.frames.push(frame);
        }
    }

    /// The smallest frame so far around a figure.
    fn frame_around(&self, figure: &Figure) -> Option<usize> {
        let around = self.ends.iter().filter_map(|(at, end)| match end {
            End::Frame(frame) => Some((self.figures.get(*at)?.body, *frame)),
            End::Shape(_) => None,
        });
        let around = around.filter(|(body, _)| body.encloses(figure.body));
        let smallest = around.min_by(|(one, _), (two, _)| one.area().total_cmp(&two.area()));
        smallest.map(|(_, frame)| frame)
    }

    fn place_box(&mut self, at: usize, figure: &Figure, label: Label) {
        let mut shape = Shape::new(String::new(), label, self.span(figure));
        shape.outline = outline(self.drawing, figure);
        shape.copies = figure.copies;
        shape.frame = self.frame_around(figure);
        self.ends.insert(at, End::Shape(self.diagram.boxes.len()));
        self.diagram.boxes.push(shape);
    }

    /// Where a figure is written: its words, or else its first stroke.
    fn span(&self, figure: &Figure) -> Span {
        let element = figure.texts.first().or(figure.strokes.first());
        element.map_or(Span::default(), |at| self.drawing.span(*at))
    }

    fn join(&mut self, joints: &[Joint<'_>]) {
        for joint in joints {
            let ends = self.ends.get(&joint.from).zip(self.ends.get(&joint.to));
            let element = self.drawing.get(joint.line.at);
            if let (Some((from, to)), Some(element)) = (ends, element) {
                let (start, end) = element.heads();
                self.diagram.arrows.push(Arrow {
                    from: *from,
                    to: *to,
                    heads: Heads::of(start, end),
                    is_dashed: element.is_dashed(),
                    label: label(self.drawing, &joint.line.texts),
                    span: self.drawing.span(joint.line.at),
                });
            }
        }
    }

    /// Keeps the texts that became no label; the largest of those above all else is the title.
    fn leave_notes(&mut self) {
        let figures = self.figures.all.iter().enumerate();
        let left = figures.filter(|(at, figure)| figure.is_whole() && !self.ends.contains_key(at));
        let mut texts: Vec<usize> = left
            .flat_map(|(_, figure)| figure.texts.iter().copied())
            .collect();
        if let Some(title) = self.title(&texts) {
            let words = self.drawing.get(title).map(Element::words);
            self.diagram.title = words.map(remark);
            texts.retain(|text| *text != title);
        }
        let words = texts.iter().filter_map(|text| self.drawing.get(*text));
        let words = words.map(|text| remark(text.words()));
        self.diagram
            .remarks
            .extend(words.filter(|words| !words.is_empty()));
    }

    /// The text above all boxes whose letters are larger than those of every other one.
    fn title(&self, texts: &[usize]) -> Option<usize> {
        let placed = self.ends.keys().filter_map(|at| self.figures.get(*at));
        let top = placed.map(|figure| figure.body.top).reduce(f64::min)?;
        let elements = texts
            .iter()
            .filter_map(|at| Some((*at, self.drawing.get(*at)?)));
        let mut above: Vec<(f64, usize)> = elements
            .filter(|(_, text)| text.rect().top < top && is_short(text.words()))
            .map(|(at, text)| (text.letters(), at))
            .collect();
        above.sort_by(|one, two| two.0.total_cmp(&one.0).then(one.1.cmp(&two.1)));
        let mut above = above.into_iter();
        let (letters, title) = above.next()?;
        let is_alone = above.next().is_none_or(|(second, _)| second < letters);
        is_alone.then_some(title)
    }
}
