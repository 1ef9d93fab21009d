//! Drawings of Excalidraw: files of their own, and notes of Obsidian that hold one.
//!
//! Knows where the JSON stands and what can be wrong with it; what is drawn there is the canvas's business.

mod arrows;
mod canvas;
mod copies;
mod elements;
mod figures;
mod groups;
mod labels;
#[cfg(test)]
mod tests;
mod words;

use super::diagram::Diagram;
use super::fences::{Block, blocks};
use crate::source::{Issues, Span};
use elements::{Drawing, File};

/// What notes of Obsidian say at their head.
const NOTE: &str = "excalidraw-plugin:";
/// Bytes of a note that are looked at for it.
const HEAD: usize = 1000;
/// Elements of a drawing that can be told apart in a moment.
const MOST_ELEMENTS: usize = 5_000;

/// Whether a text is a drawing of Excalidraw.
#[must_use]
pub fn is_one(text: &str) -> bool {
    let has = |word: &str| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    is_note(text)
        || text.trim_start().starts_with('{') && has("\"excalidraw") && has("\"elements\"")
}

/// Whether a text is a note of Obsidian that holds a drawing.
fn is_note(text: &str) -> bool {
    let head = text.as_bytes().get(..HEAD).unwrap_or(text.as_bytes());
    text.starts_with("---") && memchr::memmem::find(head, NOTE.as_bytes()).is_some()
}

/// The drawings of a text.
pub fn read(text: &str, issues: &mut Issues) -> Vec<Diagram> {
    if !is_note(text) {
        let whole = Block {
            span: Span::new(0, text.len()),
            heading: None,
        };
        return drawing(text, &whole, issues).into_iter().collect();
    }
    let drawn = blocks(text, &["json"], |_| false);
    let mut found = Vec::new();
    for block in &drawn {
        found.extend(drawing(text, block, issues));
    }
    let packed = blocks(text, &["compressed-json"], |_| false);
    if let Some(packed) = packed.first().filter(|_| drawn.is_empty()) {
        let help = "turn off the compression of drawings in the settings of the plugin and save it, or export it as `.excalidraw`";
        let place = Span::new(packed.span.start, packed.span.start + 1);
        issues.error(place, "a drawing that is compressed", help.to_owned());
    }
    found
}

/// Reads a piece of a text as a drawing.
fn drawing(text: &str, block: &Block, issues: &mut Issues) -> Option<Diagram> {
    let inside = text.get(block.span.start..block.span.end)?;
    let file = match serde_json::from_str::<File>(inside) {
        Ok(file) => file,
        Err(reason) => {
            let at = block.span.start + place(inside, &reason);
            let message = format!("no drawing of Excalidraw: {}", said(&reason));
            let help = "save it again as `.excalidraw`, whole and uncompressed".to_owned();
            issues.error(Span::new(at, at + 1), message, help);
            return None;
        }
    };
    let drawing = Drawing::of(file, inside, block.span.start);
    let number = drawing.elements.len();
    if number > MOST_ELEMENTS {
        let message = format!("{number} elements are more than can be told apart");
        let help = format!("export a part of the drawing, of {MOST_ELEMENTS} elements at most");
        issues.error(
            Span::new(block.span.start, block.span.start + 1),
            message,
            help,
        );
        return None;
    }
    let mut diagram = canvas::read(&drawing, issues);
    diagram.span = block.span;
    Some(diagram)
}

/// Where a mistake is, as a byte.
fn place(text: &str, reason: &serde_json::Error) -> usize {
    let lines = text.split_inclusive('\n').take(reason.line());
    let lengths: Vec<usize> = lines.map(str::len).collect();
    let before = lengths.iter().rev().skip(1).sum::<usize>();
    (before + reason.column().saturating_sub(1)).min(text.len())
}

/// What is wrong, without the place that is told beside it.
fn said(reason: &serde_json::Error) -> String {
    let whole = reason.to_string();
    let end = whole.rfind(" at line ").unwrap_or(whole.len());
    whole.get(..end).unwrap_or_default().to_owned()
}
