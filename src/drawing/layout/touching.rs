//! What touches on a page although it should not.
//!
//! Knows boxes, labels and lines; knows not how they came there.

use super::{ArrowToPlace, GroupToPlace, Layout};
use crate::drawing::geometry::Rect;

/// Less than this is no touch.
const SLACK: f64 = 0.5;

/// How many labels lie on each other, on boxes or on the names of groups, and how many lines run through boxes that they
/// don't join.
pub(super) fn count(layout: &Layout, groups: &[GroupToPlace], arrows: &[ArrowToPlace]) -> usize {
    let names = layout.groups.iter().zip(groups);
    let names: Vec<Rect> = names.map(|(rect, group)| group.name_in(rect)).collect();
    let labels: Vec<&Rect> = layout
        .arrows
        .iter()
        .filter_map(|arrow| arrow.label.as_ref())
        .collect();
    let mut count = 0;
    for (at, label) in labels.iter().enumerate() {
        let others = labels.iter().skip(at + 1).copied();
        let under = others.chain(&layout.boxes).chain(&names);
        count += under.filter(|other| label.overlaps(other, SLACK)).count();
    }
    for (placed, arrow) in layout.arrows.iter().zip(arrows) {
        for pair in placed.points.windows(2) {
            let [start, end] = pair else { continue };
            let line = Rect::between(*start, *end);
            let boxes = layout.boxes.iter().enumerate();
            let strange = boxes.filter(|(at, _)| *at != arrow.from && *at != arrow.to);
            count += strange
                .filter(|(_, of)| line.overlaps(&of.shrunk(SLACK), 0.0))
                .count();
        }
    }
    count
}
