//! Drawings of draw.io, which is diagrams.net: files, pages in them, and pictures that hold their drawing.
//!
//! Knows the order in which a page is read; places, styles and words have their own files.

mod captions;
mod cells;
mod pages;
mod places;
mod sheet;
mod style;
#[cfg(test)]
mod tests;
mod ways;

use std::collections::{BTreeMap, BTreeSet};

use super::diagram::{Arrow, Diagram, End, Frame, Shape};
use super::label::{Label, cut};
use crate::source::Issues;
use cells::{Cell, Sort};
use pages::{Page, pages};
use sheet::{Role, Sheet};
use ways::{Way, ways};

/// Bytes of a file in which it says what it is.
const HEAD: usize = 8192;

/// Vertices, and edges, of a page at most: each is held against each.
const MOST: usize = 5000;

/// Whether a text is a drawing of draw.io.
#[must_use]
pub fn is_one(text: &str) -> bool {
    let head = text.trim_start();
    let head = cut(head, HEAD);
    let marks = ["<mxfile", "<mxGraphModel", "&lt;mxfile", "&lt;mxGraphModel"];
    head.starts_with('<') && marks.iter().any(|mark| head.contains(mark))
}

/// The pages of a file as diagrams.
pub fn read(text: &str, issues: &mut Issues) -> Vec<Diagram> {
    let pages = pages(text, issues);
    pages.iter().map(|page| drawn(page, issues)).collect()
}

/// What a page shows.
fn drawn(page: &Page, issues: &mut Issues) -> Diagram {
    let count = |sort: Sort| page.cells.iter().filter(|cell| cell.sort == sort).count();
    let most = count(Sort::Vertex).max(count(Sort::Edge));
    if most > MOST {
        let message = format!("{most} cells on one page, where {MOST} are read at most");
        let help = "keep the part that is the design on a page of its own";
        issues.error(page.span, message, help.to_owned());
        return Diagram::default();
    }
    let mut sheet = Sheet::of(&page.cells);
    captions::give_to_boxes(&mut sheet);
    sheet.find_frames();
    captions::give_to_frames(&mut sheet);
    captions::give_to_arrows(&mut sheet);
    sheet.find_copies();
    let (mut ways, lost) = ways(&sheet);
    ways::label(&mut ways, &mut sheet);
    if lost > 0 {
        let message = format!("arrows without a box at both ends, which are left out: {lost}");
        let help = "let the ends of arrows snap to boxes".to_owned();
        issues.warning(page.span, message, help);
    }
    let mut diagram = diagram(&sheet, &ways);
    diagram.title.clone_from(&page.title);
    diagram.span = page.span;
    diagram
}

/// The diagram of what was found on a sheet.
fn diagram(sheet: &Sheet<'_>, ways: &[Way]) -> Diagram {
    let joined: BTreeSet<usize> = ways.iter().flat_map(|way| [way.from, way.to]).collect();
    let is_shown = |at: usize| {
        sheet.get(at).is_some_and(|one| {
            let is_said = !one.label.is_empty() || joined.contains(&at);
            is_said && matches!(one.role, Role::Box | Role::Frame)
        })
    };
    let positions = |role: Role| {
        let all = sheet.all(|one| one == role).into_iter();
        let shown = all.filter(|at| is_shown(*at));
        shown.zip(0..).collect::<BTreeMap<usize, usize>>()
    };
    let (boxes, frames) = (positions(Role::Box), positions(Role::Frame));
    let within = |at: usize| {
        let around = sheet.around(at);
        let mut around = around.into_iter().filter(|around| *around != at);
        around.find_map(|at| frames.get(&at).copied())
    };
    let mut diagram = Diagram::default();
    for at in boxes.keys() {
        let shape = shape(sheet, *at, within(*at));
        diagram.boxes.extend(shape);
    }
    for at in frames.keys() {
        diagram.frames.extend(frame(sheet, *at, within(*at)));
    }
    let end = |at: &usize| {
        let shape = boxes.get(at).map(|at| End::Shape(*at));
        shape.or_else(|| frames.get(at).map(|at| End::Frame(*at)))
    };
    for way in ways {
        let ends = end(&way.from).zip(end(&way.to));
        let cell = sheet.cells.get(way.at);
        diagram
            .arrows
            .extend(ends.zip(cell).map(|(ends, cell)| arrow(way, ends, cell)));
    }
    let words = sheet.all(|role| role == Role::Words).into_iter();
    let words = words
        .filter_map(|at| sheet.get(at))
        .map(|one| one.label.line());
    diagram.remarks = words.collect();
    diagram
}

/// A box; one without words is called after its icon.
fn shape(sheet: &Sheet<'_>, at: usize, frame: Option<usize>) -> Option<Shape> {
    let (vertex, cell) = (sheet.get(at)?, sheet.cells.get(at)?);
    let hint = vertex.hint.clone();
    let label = match (&hint, vertex.label.is_empty()) {
        (Some(hint), true) => Label::plain(hint),
        _ => vertex.label.clone(),
    };
    // Names of cells are chance letters, which could read like words.
    let mut shape = Shape::new(String::new(), label, cell.span);
    shape.outline = vertex.outline;
    shape.hint = hint;
    shape.frame = frame;
    shape.copies = vertex.copies;
    Some(shape)
}

fn frame(sheet: &Sheet<'_>, at: usize, within: Option<usize>) -> Option<Frame> {
    let (vertex, cell) = (sheet.get(at)?, sheet.cells.get(at)?);
    Some(Frame {
        name: String::new(),
        label: vertex.label.clone(),
        within,
        span: cell.span,
    })
}

fn arrow(way: &Way, (from, to): (End, End), cell: &Cell) -> Arrow {
    Arrow {
        from,
        to,
        heads: way.heads,
        is_dashed: way.is_dashed,
        label: way.label.clone(),
        span: cell.span,
    }
}
