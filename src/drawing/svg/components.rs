//! Components and groups as SVG, with what is marked on them.
//!
//! Knows a box and its words; knows no arrows.

use super::{Cell, DETAIL_LINE, HEADING_LINE, words_height};
use crate::drawing::geometry::{Point, Rect};
use crate::drawing::layout::GroupToPlace;
use crate::drawing::markup::escaped;
use crate::drawing::picture::{Mark, Picture};
use crate::drawing::{lettering, outlines, words};
use crate::model::spelling::counted;

/// The letters of a group's name, at most.
const GROUP_LETTERS: usize = 30;

/// The radius of a badge.
const BADGE: f64 = 9.5;

/// The name of a group as it is shown.
pub(super) fn group_name(name: &str) -> String {
    lettering::lines(name, GROUP_LETTERS, 1)
        .into_iter()
        .next()
        .unwrap_or_default()
}

/// A group: a box behind its components, with its name at the top.
pub(super) fn group(rect: &Rect, group: &GroupToPlace) -> String {
    let name = group.name_in(rect);
    let Rect {
        x,
        y,
        width,
        height,
    } = *rect;
    format!(
        "<g class=\"group\"><title>{}</title><rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" \
         rx=\"8\"/><text x=\"{:.1}\" y=\"{:.1}\">{}</text></g>\n",
        escaped(&group.name),
        name.x,
        name.y + name.height * 0.75,
        escaped(&group_name(&group.name))
    )
}

/// A component: its outline, its words and its badge.
pub(super) fn component(picture: &Picture<'_>, at: usize, rect: &Rect, cell: &Cell) -> String {
    let Some(component) = picture.design.components.get(at) else {
        return String::new();
    };
    let marks = picture.marks.of_component(at);
    let (outline, inner) = outlines::paths(cell.outline, rect);
    let inner = inner
        .map(|path| format!("<path class=\"inner\" d=\"{path}\"/>"))
        .unwrap_or_default();
    let name = words::component_in_words(component, picture.vocabulary);
    let said = told(&name, marks);
    format!(
        "<g class=\"component {}{}\" data-component=\"{}\"{}><title>{said}</title>\
         <path class=\"outline\" d=\"{outline}\"/>{inner}<g aria-hidden=\"true\">{}</g>{}</g>\n",
        cell.outline.word(),
        classes(marks),
        escaped(&component.id),
        keys(marks),
        inscription(rect, cell),
        badge(rect, marks),
    )
}

/// The words inside of an outline, line by line.
fn inscription(rect: &Rect, cell: &Cell) -> String {
    let Point { x, y } = outlines::middle(cell.outline, rect);
    let mut top = y - words_height(&cell.inscription) / 2.0;
    let mut text = String::new();
    let headings = cell.inscription.heading.iter();
    let details = cell.inscription.details.iter();
    let lines = headings
        .map(|line| ("heading", HEADING_LINE, line))
        .chain(details.map(|line| ("detail", DETAIL_LINE, line)));
    for (class, height, line) in lines {
        let base = top + height * 0.75;
        text.push_str(&format!(
            "<text class=\"{class}\" x=\"{x:.1}\" y=\"{base:.1}\">{}</text>",
            escaped(line)
        ));
        top += height;
    }
    text
}

/// What is said of a part and of what is marked on it, for a pointer that rests on it and for a screen reader.
pub(super) fn told(name: &str, marks: &[Mark]) -> String {
    let mut said = escaped(name);
    if !marks.is_empty() {
        let faults = marks.iter().filter(|mark| mark.severity.is_some()).count();
        let numbers = [
            (faults, "finding", "findings"),
            (marks.len() - faults, "comment", "comments"),
        ];
        for (number, one, many) in numbers.into_iter().filter(|(number, ..)| *number > 0) {
            said.push_str(&format!("; {}", counted(number, one, many)));
        }
    }
    for mark in marks {
        said.push_str(&format!("; {}: {}", mark.word(), escaped(&mark.text)));
    }
    said
}

/// The classes of a part that is marked.
pub(super) fn classes(marks: &[Mark]) -> String {
    let gravest = marks.iter().max_by_key(|mark| mark.severity);
    gravest
        .map(|mark| format!(" marked {}", mark.word()))
        .unwrap_or_default()
}

/// The names of what is marked, by which a page finds them.
pub(super) fn keys(marks: &[Mark]) -> String {
    if marks.is_empty() {
        return String::new();
    }
    let keys: Vec<String> = marks.iter().map(|mark| escaped(&mark.key)).collect();
    format!(" data-findings=\"{}\"", keys.join(" "))
}

/// How many marks there are, at the upper right corner.
fn badge(rect: &Rect, marks: &[Mark]) -> String {
    if marks.is_empty() {
        return String::new();
    }
    let (x, y) = (rect.right() - 3.0, rect.y + 3.0);
    let number = marks.len();
    format!(
        "<g class=\"badge\" aria-hidden=\"true\"><circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{BADGE}\"/>\
         <text x=\"{x:.1}\" y=\"{:.1}\">{number}</text></g>",
        y + 4.0
    )
}
