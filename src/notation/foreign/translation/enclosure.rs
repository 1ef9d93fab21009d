//! What lies in frames, and which boxes stand at their edges.
//!
//! Knows frames and arrows between boxes; knows no components.

use std::collections::{BTreeMap, BTreeSet};

use crate::notation::foreign::diagram::{Arrow, Diagram, End};

/// The boxes of all frames.
#[derive(Debug, Default)]
pub(super) struct Enclosure {
    inside: BTreeMap<usize, Vec<usize>>,
    /// A frame and a box in it that calls another box in it.
    calling: BTreeSet<(usize, usize)>,
    /// A frame and a box in it that is called by another box in it.
    called: BTreeSet<(usize, usize)>,
}

impl Enclosure {
    pub fn of(diagram: &Diagram) -> Self {
        let mut all = Self::default();
        for (at, shape) in diagram.boxes.iter().enumerate() {
            for frame in diagram.around(shape.frame) {
                all.inside.entry(frame).or_default().push(at);
            }
        }
        let frames = |at: usize| {
            let shape = diagram.boxes.get(at);
            diagram.around(shape.and_then(|shape| shape.frame))
        };
        for arrow in &diagram.arrows {
            let (End::Shape(from), End::Shape(to)) = (arrow.from, arrow.to) else {
                continue;
            };
            let both: BTreeSet<usize> = frames(to).collect();
            for frame in frames(from).filter(|frame| both.contains(frame)) {
                all.calling.insert((frame, from));
                all.called.insert((frame, to));
            }
        }
        all
    }

    /// Whether nothing lies in a frame.
    pub fn is_empty(&self, frame: usize) -> bool {
        !self.inside.contains_key(&frame)
    }

    /// The boxes that the start or the end of an arrow stands for: of a frame those that call, or are called by, nothing else
    /// in it.
    pub fn ends(&self, arrow: &Arrow, is_start: bool) -> Vec<usize> {
        let (end, other) = if is_start {
            (arrow.from, arrow.to)
        } else {
            (arrow.to, arrow.from)
        };
        let frame = match end {
            End::Shape(at) => return vec![at],
            End::Frame(frame) => frame,
        };
        let joined = if is_start {
            &self.calling
        } else {
            &self.called
        };
        let inside = self
            .inside
            .get(&frame)
            .map(Vec::as_slice)
            .unwrap_or_default();
        // An arrow from a box to the frame around it would join the box with itself.
        let inside = inside.iter().copied().filter(|at| other != End::Shape(*at));
        let all: Vec<usize> = inside.collect();
        let edges = all
            .iter()
            .copied()
            .filter(|at| !joined.contains(&(frame, *at)));
        let edges: Vec<usize> = edges.collect();
        if edges.is_empty() { all } else { edges }
    }
}
