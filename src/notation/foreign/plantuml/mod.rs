//! Component and deployment diagrams of PlantUML, with the macros of C4 and of icon libraries.
//!
//! Knows where diagrams stand in a file; how their lines are read is `lines`' business.

mod arrows;
mod elements;
mod lines;
#[cfg(test)]
mod tests;
mod words;

use super::diagram::Diagram;
use super::fences::blocks;
use crate::source::{Issues, Span};

/// What a diagram begins and ends with.
const START: &str = "@startuml";
const END: &str = "@enduml";

/// Whether a text is a diagram of PlantUML: nothing but comments stands before its first line.
#[must_use]
pub fn is_one(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with('\''));
    first.is_some_and(|line| line.starts_with(START))
}

/// The diagrams of a text.
pub fn read(text: &str, issues: &mut Issues) -> Vec<Diagram> {
    let mut found = Vec::new();
    for block in blocks(text, &["plantuml", "puml"], is_one) {
        let inside = text
            .get(block.span.start..block.span.end)
            .unwrap_or_default();
        for (start, end) in diagrams(inside) {
            let span = Span::new(block.span.start + start, block.span.start + end);
            let mut diagram = lines::read(inside.get(start..end).unwrap_or_default(), span, issues);
            if diagram.title.is_none() {
                diagram.title.clone_from(&block.heading);
            }
            found.push(diagram);
        }
    }
    found
}

/// Where the diagrams of a text stand, without their first lines; all of it where there are no such lines.
fn diagrams(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let (mut at, mut open) = (0, None);
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        if bare.starts_with(START) {
            open = Some(at);
        } else if bare.starts_with(END) {
            found.extend(open.take().map(|start| (start, at)));
        }
        at += line.len();
    }
    found.extend(open.map(|start| (start, at)));
    if found.is_empty() {
        found.push((0, at));
    }
    found
}
