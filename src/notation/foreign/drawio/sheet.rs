//! What the vertices of a page show: boxes, frames around them, words, and parts of other boxes.
//!
//! Knows places, styles and labels; knows no arrows but which vertices have some.

use std::collections::BTreeSet;

use super::cells::{Cell, DEEPEST, Sort};
use super::places::lies_in;
use crate::model::Outline;
use crate::notation::foreign::geometry::Rect;
use crate::notation::foreign::label::Label;

/// What a vertex is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing that counts.
    Nothing,
    /// Something that arrows begin and end at.
    Box,
    /// Something around boxes.
    Frame,
    /// A dot at which lines meet or turn.
    Bend,
    /// Words that belong to nothing yet.
    Words,
    /// A part of another vertex, which stands for it.
    Part(usize),
}

/// A vertex with what it was found to be.
#[derive(Clone, Debug)]
pub(super) struct Vertex {
    pub role: Role,
    pub place: Rect,
    pub label: Label,
    pub hint: Option<String>,
    pub outline: Option<Outline>,
    pub copies: u64,
    /// The smallest thing that it lies in.
    pub within: Option<usize>,
    /// An arrow is bound to it.
    pub is_joined: bool,
}

/// The vertices of a page, at the positions of the cells.
pub(super) struct Sheet<'c> {
    pub cells: &'c [Cell],
    pub vertices: Vec<Vertex>,
}

/// Letters and lines of what is a text, and no label.
const LONG: (usize, usize) = (70, 4);

/// The same for what stands in a box.
const LONG_IN_BOX: (usize, usize) = (160, 6);

/// A box of this size is a sign of a legend, or a dot at which lines meet.
const SMALL: f64 = 25.0;

/// How much of a box its only content takes where the box is a shadow of it.
const SHADOW: f64 = 0.6;

impl<'c> Sheet<'c> {
    pub fn of(cells: &'c [Cell]) -> Self {
        let mut joined = vec![false; cells.len()];
        for end in cells.iter().flat_map(|cell| [cell.source, cell.target]) {
            if let Some(is_joined) = end.and_then(|end| joined.get_mut(end)) {
                *is_joined = true;
            }
        }
        let vertices = cells.iter().zip(joined);
        let vertices = vertices.map(|(cell, is_joined)| vertex(cell, is_joined, cells));
        let mut sheet = Self {
            cells,
            vertices: vertices.collect(),
        };
        sheet.find_surroundings();
        sheet
    }

    /// The positions of the vertices with a role.
    pub fn all(&self, is_so: impl Fn(Role) -> bool) -> Vec<usize> {
        let vertices = self.vertices.iter().enumerate();
        let found = vertices.filter(|(_, vertex)| is_so(vertex.role));
        found.map(|(at, _)| at).collect()
    }

    pub fn get(&self, at: usize) -> Option<&Vertex> {
        self.vertices.get(at)
    }

    pub fn set(&mut self, at: usize, role: Role) {
        if let Some(vertex) = self.vertices.get_mut(at) {
            vertex.role = role;
        }
    }

    /// What stands for a vertex: itself, or what it is a part of.
    pub fn owner(&self, of: usize) -> usize {
        let mut at = of;
        for _ in 0..DEEPEST {
            match self.get(at).map(|vertex| vertex.role) {
                Some(Role::Part(owner)) => at = owner,
                _ => return at,
            }
        }
        at
    }

    /// What a vertex lies in, the innermost first.
    pub fn around(&self, of: usize) -> Vec<usize> {
        let mut around = Vec::new();
        let mut next = self.get(of).and_then(|vertex| vertex.within);
        while let Some(at) = next.filter(|_| around.len() < DEEPEST) {
            around.push(at);
            next = self.get(at).and_then(|vertex| vertex.within);
        }
        around
    }

    /// Finds of each vertex the smallest thing that it lies in: what the file says, or what the eye sees.
    fn find_surroundings(&mut self) {
        let is_seen = |role| role != Role::Nothing;
        let all = self.all(is_seen);
        let holders: Vec<usize> = all.iter().copied().filter(|at| self.holds(*at)).collect();
        let found: Vec<(usize, Option<usize>)> = all
            .iter()
            .map(|at| (*at, self.surrounding(*at, &holders)))
            .collect();
        for (at, within) in found {
            if let Some(vertex) = self.vertices.get_mut(at) {
                vertex.within = within;
            }
        }
    }

    /// Whether something could lie in a vertex.
    fn holds(&self, at: usize) -> bool {
        self.get(at)
            .is_some_and(|vertex| vertex.role == Role::Box && vertex.place.area() > 0.0)
    }

    fn surrounding(&self, of: usize, holders: &[usize]) -> Option<usize> {
        let (vertex, cell) = (self.get(of)?, self.cells.get(of)?);
        let mut best = cell.parent.filter(|parent| self.is_vertex(*parent));
        let area = |at: usize| self.get(at).map_or(0.0, |vertex| vertex.place.area());
        for other in holders.iter().copied() {
            let is_smaller = best.is_none_or(|best| area(other) < area(best));
            if other != of && is_smaller && self.lies_in(vertex, of, other) {
                best = Some(other);
            }
        }
        best
    }

    fn is_vertex(&self, at: usize) -> bool {
        self.get(at)
            .is_some_and(|vertex| matches!(vertex.role, Role::Box | Role::Words))
    }

    /// Whether a vertex lies in another, as it is seen.
    fn lies_in(&self, vertex: &Vertex, at: usize, other: usize) -> bool {
        let Some((holder, cell)) = self.get(other).zip(self.cells.get(other)) else {
            return false;
        };
        if vertex.role == Role::Words {
            return holder.place.distance(vertex.place.centre()) <= 0.0;
        }
        let (own, outer) = (vertex.place.area(), holder.place.area());
        let is_larger = outer > own || outer >= own && other < at;
        let is_part = vertex.label.is_empty() && !vertex.is_joined;
        is_larger
            && (cell.style.can_hold() || is_part)
            && lies_in(vertex.place, holder.place)
            && !self.is_parent(at, other)
    }

    /// Whether a cell is one of those that another lies in by the word of the file.
    fn is_parent(&self, at: usize, of: usize) -> bool {
        let mut next = self.cells.get(of).and_then(|cell| cell.parent);
        for _ in 0..DEEPEST {
            match next {
                Some(parent) if parent == at => return true,
                Some(parent) => next = self.cells.get(parent).and_then(|cell| cell.parent),
                None => return false,
            }
        }
        false
    }

    /// Tells boxes from frames, from the smallest on; what only adds to a box becomes a part of it.
    pub fn find_frames(&mut self) {
        let mut inside: Vec<Vec<usize>> = vec![Vec::new(); self.vertices.len()];
        for at in self.all(|role| role == Role::Box) {
            let within = self.get(at).and_then(|vertex| vertex.within);
            if let Some(inside) = within.and_then(|within| inside.get_mut(within)) {
                inside.push(at);
            }
        }
        let words = self.all(|role| role == Role::Words).into_iter();
        let titled: BTreeSet<usize> = words.filter_map(|at| self.get(at)?.within).collect();
        let mut boxes = self.all(|role| role == Role::Box);
        let area = |sheet: &Self, at: usize| sheet.get(at).map_or(0.0, |one| one.place.area());
        boxes.sort_by(|a, b| area(self, *a).total_cmp(&area(self, *b)));
        for at in boxes {
            let inside = inside.get(at).map(Vec::as_slice).unwrap_or_default();
            if !inside.is_empty() {
                self.decide(at, inside, titled.contains(&at));
            }
        }
    }

    /// Decides what a box with others in it is. Words that stand in it beside the others are its title.
    fn decide(&mut self, at: usize, inside: &[usize], is_titled: bool) {
        let Some((own, cell)) = self.get(at).zip(self.cells.get(at)) else {
            return;
        };
        let is_frame = |one: &usize| self.get(*one).is_some_and(|one| one.role == Role::Frame);
        let counts = |one: &&usize| {
            self.get(**one).is_some_and(|one| {
                one.role == Role::Frame || !one.label.is_empty() || one.is_joined
            })
        };
        let counting: Vec<usize> = inside.iter().filter(counts).copied().collect();
        let with_hint = |one: &&usize| self.get(**one).is_some_and(|one| one.hint.is_some());
        let hinted: Vec<usize> = inside.iter().filter(with_hint).copied().collect();
        let is_labelled = !own.label.is_empty();
        match (counting.as_slice(), hinted.as_slice()) {
            _ if cell.style.has_rows() => self.merge(at, inside, None),
            ([], hinted) if is_labelled => self.merge(at, inside, hinted.first().copied()),
            ([], [] | [_]) => self.merge(at, inside, hinted.first().copied()),
            ([one], _) if !is_labelled && !is_titled && !is_frame(one) => {
                let shadow = self.is_shadow(at, *one);
                self.merge(at, inside, Some(*one));
                if let Some(vertex) = self.vertices.get_mut(at) {
                    vertex.copies += u64::from(shadow);
                }
            }
            _ => self.set(at, Role::Frame),
        }
    }

    /// Whether a box is drawn behind another to say that there are several.
    fn is_shadow(&self, behind: usize, front: usize) -> bool {
        let plain = |at: usize| self.cells.get(at).is_some_and(|cell| cell.style.is_plain());
        let area = |at: usize| self.get(at).map_or(0.0, |one| one.place.area());
        plain(behind) && plain(front) && area(front) >= SHADOW * area(behind)
    }

    /// Makes all that lies in a box parts of it; what is written on one of them is written on it.
    fn merge(&mut self, at: usize, inside: &[usize], from: Option<usize>) {
        let from = from.and_then(|from| self.get(from)).cloned();
        for one in inside {
            self.set(*one, Role::Part(at));
        }
        if let Some((own, from)) = self.vertices.get_mut(at).zip(from) {
            if own.label.is_empty() {
                own.label = from.label;
            }
            own.hint = from.hint.or(own.hint.take());
            own.outline = own.outline.or(from.outline);
            own.copies = own.copies.max(from.copies);
        }
    }

    /// Makes one box of several like ones that are drawn one upon the other.
    pub fn find_copies(&mut self) {
        let boxes = self.all(|role| role == Role::Box);
        for front in &boxes {
            for behind in &boxes {
                if front != behind && self.is_copy(*behind, *front) {
                    self.set(*behind, Role::Part(*front));
                    if let Some(vertex) = self.vertices.get_mut(*front) {
                        vertex.copies += 1;
                    }
                }
            }
        }
    }

    fn is_copy(&self, behind: usize, front: usize) -> bool {
        let Some((one, other)) = self.get(behind).zip(self.get(front)) else {
            return false;
        };
        let are_boxes = one.role == Role::Box && other.role == Role::Box;
        let (one_place, place) = (one.place, other.place);
        are_boxes
            && !other.label.is_empty()
            && (one.label.is_empty() && one.hint.is_none() || one.label == other.label)
            && one.outline == other.outline
            && one_place.is_like(place, 0.2, 0.0)
            && one_place.holds(place, 0.3)
    }
}

/// Whether a text is more than a label.
pub(super) fn is_long(label: &Label, (letters, lines): (usize, usize)) -> bool {
    label.line().chars().count() > letters || label.rest.len() >= lines
}

/// Whether words are too many to stand at a box.
pub(super) fn is_remark(label: &Label) -> bool {
    is_long(label, LONG)
}

/// A cell as a vertex, before it is known what lies in it.
fn vertex(cell: &Cell, is_joined: bool, cells: &[Cell]) -> Vertex {
    let label = Label::of(&cell.value);
    let parent = cell.parent.and_then(|parent| cells.get(parent));
    let is_on_edge = parent.is_some_and(|parent| parent.sort == Sort::Edge);
    let is_bare = label.is_empty() && !is_joined;
    let is_small = cell.place.width() <= SMALL && cell.place.height() <= SMALL;
    let hint = cell.style.hint();
    let role = match cell.sort {
        _ if cell.is_hidden || is_on_edge || cell.style.is_edge_label() => Role::Nothing,
        Sort::Layer | Sort::Edge => Role::Nothing,
        Sort::Vertex if cell.style.is_ornament() && is_bare => Role::Nothing,
        Sort::Vertex if cell.style.is_text() && label.is_empty() => Role::Nothing,
        Sort::Vertex if cell.style.is_text() => Role::Words,
        Sort::Vertex if is_small && hint.is_none() && !is_joined => Role::Nothing,
        Sort::Vertex if is_small && hint.is_none() && label.is_empty() => Role::Bend,
        Sort::Vertex if !is_joined && is_number(&label) => Role::Nothing,
        Sort::Vertex if !is_joined && hint.is_none() && is_heading(cell) => Role::Words,
        Sort::Vertex if cell.style.is_note() && !is_joined => Role::Words,
        Sort::Vertex if !is_joined && is_long(&label, LONG_IN_BOX) => Role::Words,
        Sort::Vertex => Role::Box,
    };
    Vertex {
        role,
        place: cell.place,
        label: if hint.is_some() {
            unbroken(label, cell)
        } else {
            label
        },
        outline: cell.style.outline(),
        hint,
        copies: 1,
        within: None,
        is_joined,
    }
}

/// Whether a label numbers a step, and nothing else.
fn is_number(label: &Label) -> bool {
    let name = label.name.trim_matches(['.', '(', ')', '#', ' ']);
    let (length, mut letters) = (name.chars().count(), name.chars());
    label.rest.is_empty() && (1..=3).contains(&length) && letters.all(|c| c.is_ascii_digit())
}

/// How many times as wide as high a heading is.
const WIDE: f64 = 10.0;

/// Whether a box without a border is a line of words.
fn is_heading(cell: &Cell) -> bool {
    cell.style.is_borderless() && cell.place.width() > WIDE * cell.place.height()
}

/// The label of an icon as one name, unless markup says that its lines differ.
fn unbroken(label: Label, cell: &Cell) -> Label {
    let is_marked = cell.value.contains("<font") || cell.value.contains("<b>");
    if is_marked { label } else { label.unbroken() }
}
