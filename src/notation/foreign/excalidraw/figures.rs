//! Figures: what a reader sees as one thing, be it a lone shape, an icon of many strokes, or a text that stands free.
//!
//! Knows shapes, groups and what lies in what; knows no arrows' courses.

use std::collections::{BTreeMap, BTreeSet};

use super::elements::{Drawing, Element, Sort};
use super::groups::compositions;
use crate::model::Outline;
use crate::notation::foreign::geometry::{Point, Rect};

/// What is seen as one.
#[derive(Clone, Debug, Default)]
pub(super) struct Figure {
    /// The elements that it is drawn of, texts left out.
    pub strokes: Vec<usize>,
    /// What is written on it or beside it.
    pub texts: Vec<usize>,
    /// What its strokes take up; of a free text, that.
    pub body: Rect,
    /// An arrow is tied to it.
    pub is_tied: bool,
    /// How many are drawn one upon the other.
    pub copies: u64,
    /// Others are drawn in it, or could be: it is a frame of the tool's own.
    pub holds_others: bool,
    /// What it belongs to.
    pub part: Part,
}

impl Figure {
    /// Whether it is a text that stands free.
    pub const fn is_free_text(&self) -> bool {
        self.strokes.is_empty()
    }

    /// Whether it belongs to nothing else.
    pub const fn is_whole(&self) -> bool {
        matches!(self.part, Part::Whole)
    }

    /// Whether it is something that words can belong to.
    pub const fn is_solid(&self) -> bool {
        !self.strokes.is_empty() && self.is_whole()
    }

    /// Whether there is a reason to see more in it than a stroke.
    pub const fn tells(&self) -> bool {
        !self.texts.is_empty() || self.is_tied
    }

    /// How far the end of an arrow is from it: what holds others is met at its border alone.
    pub fn distance(&self, drawing: &Drawing, point: Point) -> f64 {
        let texts = self.texts.iter().map(|text| drawing.rect(*text));
        let words = texts.map(|text| text.distance(point));
        let body = if self.holds_others {
            return self.body.to_border(point);
        } else {
            self.body.distance(point)
        };
        words.fold(body, f64::min)
    }
}

/// What a figure belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Part {
    /// Nothing else.
    #[default]
    Whole,
    /// A figure that it is drawn in, that it is a copy of, or whose caption it is.
    Of(usize),
    /// The words of an arrow.
    OfArrow,
}

/// All figures of a drawing.
#[derive(Debug, Default)]
pub(super) struct Figures {
    pub all: Vec<Figure>,
    /// The figure of each element.
    of: Vec<Option<usize>>,
}

impl Figures {
    /// Gathers what belongs together by groups and containers.
    pub fn of(drawing: &Drawing) -> Self {
        let several = compositions(drawing);
        let mut figures = Self {
            all: Vec::new(),
            of: vec![None; drawing.elements.len()],
        };
        let mut by_group: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, element) in drawing.elements.iter().enumerate() {
            let group = element.groups().find(|group| !several.contains(*group));
            let is_written_on = element.sort() == Sort::Text && drawing.container(at).is_some();
            match (element.sort(), group) {
                (Sort::Arrow | Sort::Other, _) | (Sort::Line, None) => {}
                _ if is_written_on => {}
                (_, Some(group)) => {
                    let figure = *by_group.entry(group).or_insert(figures.all.len());
                    figures.add(drawing, figure, at);
                }
                (_, None) => figures.add(drawing, figures.all.len(), at),
            }
        }
        for text in 0..drawing.elements.len() {
            let container = drawing.container(text);
            if let Some(figure) = container.and_then(|container| figures.figure(container)) {
                figures.add(drawing, figure, text);
            }
        }
        figures.tie(drawing);
        figures
    }

    fn add(&mut self, drawing: &Drawing, figure: usize, at: usize) {
        if figure == self.all.len() {
            self.all.push(Figure {
                copies: 1,
                ..Figure::default()
            });
        }
        let Some((known, element)) = self.all.get_mut(figure).zip(drawing.get(at)) else {
            return;
        };
        let is_first = known.strokes.is_empty();
        let rect = element.rect();
        if element.sort() == Sort::Text {
            if known.texts.is_empty() && is_first {
                known.body = rect;
            }
            known.texts.push(at);
        } else {
            known.body = if is_first {
                rect
            } else {
                known.body.union(rect)
            };
            known.strokes.push(at);
            if element.sort() == Sort::Frame {
                known.holds_others = true;
                // Its name is what is written on it.
                known
                    .texts
                    .extend(Some(at).filter(|_| !element.words().is_empty()));
            }
        }
        if let Some(of) = self.of.get_mut(at) {
            *of = Some(figure);
        }
    }

    /// Marks the figures that arrows are tied to.
    fn tie(&mut self, drawing: &Drawing) {
        let arrows = drawing.elements.iter();
        let ends = arrows.flat_map(|arrow| [&arrow.start_binding, &arrow.end_binding]);
        for end in ends.flatten() {
            let tied = drawing.named(end.element_id.as_deref());
            if let Some(figure) = tied.and_then(|tied| self.figure(tied))
                && let Some(figure) = self.all.get_mut(figure)
            {
                figure.is_tied = true;
            }
        }
    }

    pub fn get(&self, at: usize) -> Option<&Figure> {
        self.all.get(at)
    }

    /// The figure that an element belongs to, with what that is part of.
    pub fn figure(&self, element: usize) -> Option<usize> {
        let figure = self.of.get(element).copied().flatten()?;
        match self.get(figure)?.part {
            Part::Whole => Some(figure),
            Part::Of(whole) => Some(whole),
            Part::OfArrow => None,
        }
    }

    /// The solid figures, with their positions.
    pub fn solid(&self) -> impl Iterator<Item = (usize, &Figure)> {
        let all = self.all.iter().enumerate();
        all.filter(|(_, figure)| figure.is_solid())
    }

    /// The texts that belong to nothing yet.
    pub fn free_texts(&self) -> Vec<usize> {
        let all = self.all.iter().enumerate();
        let free = all.filter(|(_, figure)| figure.is_free_text() && figure.is_whole());
        free.map(|(at, _)| at).collect()
    }

    /// Gives a free text to a figure.
    pub fn give(&mut self, text: usize, owner: usize) {
        let Some(free) = self.all.get_mut(text) else {
            return;
        };
        free.part = Part::Of(owner);
        let (words, is_tied) = (free.texts.clone(), free.is_tied);
        if let Some(owner) = self.all.get_mut(owner) {
            owner.texts.extend(words);
            owner.is_tied |= is_tied;
        }
    }

    /// Gives a free text to an arrow.
    pub fn give_to_arrow(&mut self, text: usize) {
        if let Some(free) = self.all.get_mut(text) {
            free.part = Part::OfArrow;
        }
    }

    /// The smallest solid figure around a point.
    pub fn around(&self, point: Point) -> Option<usize> {
        let around = self.solid().filter(|(_, figure)| figure.body.has(point));
        let smallest =
            around.min_by(|(_, one), (_, two)| one.body.area().total_cmp(&two.body.area()));
        smallest.map(|(at, _)| at)
    }

    /// Finds out which figures hold others, and which are but strokes in another.
    pub fn nest(&mut self) {
        let texts = self.free_texts();
        let texts = texts
            .iter()
            .filter_map(|at| self.around(self.get(*at)?.body.centre()));
        let hosts: BTreeSet<usize> = texts.collect();
        let tells = |at: usize, figure: &Figure| figure.tells() || hosts.contains(&at);
        let mut holding = BTreeSet::new();
        let mut strokes = Vec::new();
        for (at, figure) in self.solid() {
            if tells(at, figure) {
                let around = self
                    .solid()
                    .filter(|(_, one)| one.body.encloses(figure.body));
                holding.extend(around.map(|(at, _)| at));
            } else {
                strokes.extend(self.smallest_around(at).map(|around| (at, around)));
            }
        }
        for at in holding {
            if let Some(figure) = self.all.get_mut(at) {
                figure.holds_others = true;
            }
        }
        for (at, around) in strokes {
            let is_leaf = self.get(around).is_some_and(|one| !one.holds_others);
            if let Some(figure) = self.all.get_mut(at)
                && is_leaf
                && !figure.holds_others
            {
                figure.part = Part::Of(around);
            }
        }
        self.flatten();
    }

    /// The smallest solid figure that holds another.
    pub fn smallest_around(&self, at: usize) -> Option<usize> {
        let body = self.get(at)?.body;
        let around = self.solid().filter(|(_, one)| one.body.encloses(body));
        let smallest =
            around.min_by(|(_, one), (_, two)| one.body.area().total_cmp(&two.body.area()));
        smallest.map(|(at, _)| at)
    }

    /// Leads every part straight to its whole.
    pub fn flatten(&mut self) {
        for at in 0..self.all.len() {
            let mut part = self.part(at);
            while let Part::Of(whole) = part
                && let next @ Part::Of(_) = self.part(whole)
            {
                part = next;
            }
            if let Some(figure) = self.all.get_mut(at) {
                figure.part = part;
            }
        }
    }

    fn part(&self, at: usize) -> Part {
        self.get(at).map_or(Part::Whole, |figure| figure.part)
    }
}

/// The outline of a figure, where it tells something: a flat ellipse on top of other strokes is a drum.
pub(super) fn outline(drawing: &Drawing, figure: &Figure) -> Option<Outline> {
    let body = figure.body;
    let is_lid = |element: &Element| {
        let lid = element.rect();
        element.is_ellipse()
            && lid.width() >= 0.8 * body.width()
            && lid.height() <= 0.45 * body.height()
            && lid.top - body.top <= 0.15 * body.height()
    };
    let mut strokes = figure.strokes.iter().filter_map(|at| drawing.get(*at));
    let is_drum = figure.strokes.len() > 1 && strokes.any(is_lid);
    is_drum.then_some(Outline::Cylinder)
}
