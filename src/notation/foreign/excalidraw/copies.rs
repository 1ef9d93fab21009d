//! Copies drawn one upon the other: they are one figure of several instances.
//!
//! Knows sizes, places and words; knows no numbers in labels.

use super::elements::Drawing;
use super::figures::{Figure, Figures, Part};
use super::words::label;
use crate::notation::foreign::geometry::Rect;
use crate::notation::foreign::label::Label;

/// By what share, and how many points more, copies may differ in size.
const ALIKE: f64 = 0.1;
const SLACK: f64 = 1.0;

/// Makes one figure of each stack.
pub(super) fn stack(drawing: &Drawing, figures: &mut Figures) {
    let solid = figures.solid();
    let plain = solid.filter(|(_, figure)| !figure.holds_others);
    let labelled = plain.map(|(at, figure)| (at, label(drawing, &figure.texts)));
    let mut all: Vec<(usize, Label)> = labelled.collect();
    // Whoever has words stands for those behind it.
    all.sort_by_key(|(at, label)| (label.is_empty(), *at));
    // Of a stack each lies upon the next, not all upon the first.
    let mut stacks: Vec<(&Label, Vec<usize>)> = Vec::new();
    for (at, words) in &all {
        let Some(figure) = figures.get(*at) else {
            continue;
        };
        let found = stacks.iter().position(|(label, members)| {
            let is_same = *label == words;
            let mut members = members.iter().filter_map(|at| figures.get(*at));
            members.any(|one| is_copy(one, figure, is_same, words.is_empty()))
        });
        match found.and_then(|found| stacks.get_mut(found)) {
            Some((_, members)) => members.push(*at),
            None => stacks.push((words, vec![*at])),
        }
    }
    let stacks: Vec<Vec<usize>> = stacks.into_iter().map(|(_, members)| members).collect();
    for members in stacks {
        let Some((first, others)) = members.split_first() else {
            continue;
        };
        let Some(drawn) = figures.get(*first).map(|first| first.body) else {
            continue;
        };
        for at in others {
            merge(figures, *first, drawn, *at);
        }
    }
}

/// Whether one figure is another once more: the same words on the same outline, or no words on what lies right behind.
fn is_copy(one: &Figure, other: &Figure, is_same: bool, is_bare: bool) -> bool {
    let shared = one.body.shared(other.body);
    let (small, large) = (
        one.body.area().min(other.body.area()),
        one.body.area().max(other.body.area()),
    );
    let lies_behind = is_bare && shared >= 0.6 * small && large <= 1.5 * small;
    lies_behind || is_same && !is_bare && shared > 0.0 && one.body.is_like(other.body, ALIKE, SLACK)
}

/// Makes a figure part of another, which was drawn so large.
fn merge(figures: &mut Figures, first: usize, drawn: Rect, at: usize) {
    let Some(copy) = figures.all.get_mut(at) else {
        return;
    };
    copy.part = Part::Of(first);
    let (body, is_tied, copies) = (copy.body, copy.is_tied, copy.copies);
    if let Some(first) = figures.all.get_mut(first) {
        // What is a little larger is a shadow or a second border.
        first.copies += if drawn.is_like(body, ALIKE, SLACK) {
            copies
        } else {
            0
        };
        first.is_tied |= is_tied;
        first.body = first.body.union(body);
    }
}
