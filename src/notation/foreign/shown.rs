//! Diagrams in words, for tests: `Cache ~> DB label`.
//!
//! Knows what can be seen; reads nothing.

use super::diagram::{Diagram, End, Heads, Shape};
use crate::source::Issues;

/// What a text draws, as each diagram of it is shown, and what was said of it.
pub(super) fn drawn(
    text: &str,
    read: fn(&str, &mut Issues) -> Vec<Diagram>,
    shown: impl Fn(&Diagram) -> Vec<String>,
) -> Vec<String> {
    let mut issues = Issues::default();
    let diagrams = read(text, &mut issues);
    let shown = diagrams.iter().flat_map(shown);
    shown.chain(complaints(issues)).collect()
}

/// The boxes of a diagram, and the arrows between the names that they are given.
pub(super) fn plain(diagram: &Diagram, name: impl Fn(&Shape) -> String) -> Vec<String> {
    let boxes = diagram.boxes.iter().map(|shape| boxed(diagram, shape));
    boxes.chain(arrows(diagram, name)).collect()
}

/// The same with the title before all, and with the hint and the copies of each box.
pub(super) fn in_full(diagram: &Diagram, name: impl Fn(&Shape) -> String) -> Vec<String> {
    let title = diagram.title.iter().map(|title| format!("= {title}"));
    let boxes = diagram.boxes.iter().map(|shape| {
        let hint = shape.hint.iter().map(|hint| format!(" <{hint}>"));
        let copies = (shape.copies > 1).then(|| format!(" x{}", shape.copies));
        boxed(diagram, shape) + &hint.chain(copies).collect::<String>()
    });
    title.chain(boxes).chain(arrows(diagram, name)).collect()
}

/// A box with its outline and the frame around it.
pub(super) fn boxed(diagram: &Diagram, shape: &Shape) -> String {
    let outline = shape
        .outline
        .map(|outline| format!(" as {}", outline.word()));
    let within = shape
        .frame
        .map(|at| format!(" in {}", diagram.frames[at].label.line()));
    let aside = [outline, within].into_iter().flatten();
    format!("{}{}", shape.label.line(), aside.collect::<String>())
}

/// The arrows of a diagram between the names that boxes are given and the labels of frames.
pub(super) fn arrows(diagram: &Diagram, name: impl Fn(&Shape) -> String) -> Vec<String> {
    let end = |end: End| match end {
        End::Shape(at) => name(&diagram.boxes[at]),
        End::Frame(at) => format!("[{}]", diagram.frames[at].label.line()),
    };
    let arrows = diagram.arrows.iter().map(|arrow| {
        let line = match (arrow.heads, arrow.is_dashed) {
            (Heads::End, false) => "->",
            (Heads::End, true) => "~>",
            (Heads::Both, _) => "<->",
            (Heads::Start, _) => "<-",
            (Heads::Neither, _) => "--",
        };
        let label = arrow.label.line();
        let arrow = format!("{} {line} {} {label}", end(arrow.from), end(arrow.to));
        arrow.trim_end().to_owned()
    });
    arrows.collect()
}

/// What was said of a text that was read.
pub(super) fn complaints(issues: Issues) -> impl Iterator<Item = String> {
    let issues = issues.into_sorted().into_iter();
    issues.map(|issue| format!("! {}", issue.message))
}
