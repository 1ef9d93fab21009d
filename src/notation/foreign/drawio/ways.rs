//! The edges of a page: what they join, by the word of the file or by where they end, and what is written along them.
//!
//! Knows edges and how far from a box people let go of them; knows not which way calls go.

use super::cells::{Cell, Sort};
use super::sheet::{Role, Sheet, is_remark};
use crate::notation::foreign::bends::{Bent, straightened};
use crate::notation::foreign::diagram::Heads;
use crate::notation::foreign::geometry::Point;
use crate::notation::foreign::label::Label;

/// An edge with what it joins, as positions among the cells.
#[derive(Clone)]
pub(super) struct Way {
    /// The position of the edge.
    pub at: usize,
    pub from: usize,
    pub to: usize,
    pub label: Label,
    pub heads: Heads,
    pub is_dashed: bool,
    pub points: Vec<Point>,
}

/// How near a box an end is surely bound to it, and how near at most.
const SURE: f64 = 15.0;
const FARTHEST: f64 = 40.0;

/// How near the border of a frame an end is bound to the frame.
const AT_BORDER: f64 = 12.0;

/// How far words are from the arrow that they are written along.
const ALONG: f64 = 16.0;

/// Finds what the edges join. Gives back how many join nothing.
pub(super) fn ways(sheet: &Sheet<'_>) -> (Vec<Way>, usize) {
    let edges = sheet.cells.iter().enumerate();
    let edges = edges.filter(|(_, cell)| cell.sort == Sort::Edge && !cell.is_hidden);
    let (mut ways, mut lost) = (Vec::new(), 0);
    let labels = labels(sheet.cells);
    for (at, cell) in edges {
        let (from, to) = ends(sheet, cell);
        match (from, to) {
            (Some(from), Some(to)) if from != to => {
                let mut label = Label::of(&cell.value);
                for written in labels.get(at).into_iter().flatten() {
                    if label.is_empty() {
                        label = Label::of(written);
                    } else {
                        label.rest.push(Label::of(written).line());
                    }
                }
                let points = points(sheet, cell, from, to);
                ways.push(Way {
                    at,
                    from,
                    to,
                    label,
                    heads: cell.style.heads(),
                    is_dashed: cell.style.is_dashed(),
                    points,
                });
            }
            (Some(_), Some(_)) => {}
            _ => lost += 1,
        }
    }
    (unbent(sheet, &ways), lost)
}

/// The edges with those that meet at dots as arrows from box to box.
fn unbent(sheet: &Sheet<'_>, ways: &[Way]) -> Vec<Way> {
    let is_dot = |at: usize| sheet.get(at).is_some_and(|one| one.role == Role::Bend);
    let lines = ways.iter().zip(0..).map(|(way, of)| Bent {
        of,
        from: way.from,
        to: way.to,
        heads: way.heads,
        is_dashed: way.is_dashed,
        label: way.label.clone(),
    });
    let lines: Vec<Bent> = lines.collect();
    let straight = straightened(&lines, is_dot).into_iter();
    let ways = straight.filter_map(|line| {
        let way = ways.get(line.of)?.clone();
        Some(Way {
            from: line.from,
            to: line.to,
            heads: line.heads,
            is_dashed: line.is_dashed,
            label: line.label,
            ..way
        })
    });
    ways.collect()
}

/// What is written in the cells that lie on each edge.
fn labels(cells: &[Cell]) -> Vec<Vec<&str>> {
    let mut labels = vec![Vec::new(); cells.len()];
    for cell in cells.iter().filter(|cell| cell.sort == Sort::Vertex) {
        let edge = cell.parent.and_then(|parent| labels.get_mut(parent));
        if let Some(labels) = edge.filter(|_| !cell.value.is_empty() && !cell.is_hidden) {
            labels.push(cell.value.as_str());
        }
    }
    labels
}

/// What an edge joins.
fn ends(sheet: &Sheet<'_>, cell: &Cell) -> (Option<usize>, Option<usize>) {
    let bound = |end: Option<usize>| {
        let owner = sheet.owner(end?);
        let role = sheet.get(owner)?.role;
        matches!(role, Role::Box | Role::Frame | Role::Bend).then_some(owner)
    };
    let (from, to) = (bound(cell.source), bound(cell.target));
    let near = |point: Option<Point>, other| point.and_then(|point| nearest(sheet, point, other));
    let from = from.or_else(|| near(cell.start, to));
    let to = to.or_else(|| near(cell.end, from));
    (from, to)
}

/// What is drawn nearest to an end of an edge, other than what is at its other end.
fn nearest(sheet: &Sheet<'_>, point: Point, other: Option<usize>) -> Option<usize> {
    let mut best: Option<(f64, f64, usize)> = None;
    let mut border: Option<(f64, usize)> = None;
    for (at, vertex) in sheet.vertices.iter().enumerate() {
        let owner = sheet.owner(at);
        let Some(role) = sheet.get(owner).map(|owner| owner.role) else {
            continue;
        };
        if Some(owner) == other || vertex.role == Role::Nothing {
            continue;
        }
        match role {
            Role::Box | Role::Bend => {
                let far = vertex.place.distance(point);
                let fit = (far, vertex.place.area(), owner);
                let is_best = best.is_none_or(|(best, area, _)| (fit.0, fit.1) < (best, area));
                if far <= FARTHEST && is_best {
                    best = Some(fit);
                }
            }
            Role::Frame if vertex.role == Role::Frame => {
                let far = vertex.place.to_border(point);
                if far <= FARTHEST && border.is_none_or(|(best, _)| far < best) {
                    border = Some((far, owner));
                }
            }
            _ => {}
        }
    }
    match (best, border) {
        (Some((far, _, at)), _) if far <= SURE => Some(at),
        (_, Some((far, at))) if far <= AT_BORDER => Some(at),
        (Some((_, _, at)), _) | (None, Some((_, at))) => Some(at),
        (None, None) => None,
    }
}

/// The points of an edge from end to end, as far as the file tells.
fn points(sheet: &Sheet<'_>, cell: &Cell, from: usize, to: usize) -> Vec<Point> {
    let centre = |at: usize| sheet.get(at).map(|vertex| vertex.place.centre());
    let start = cell
        .start
        .filter(|_| cell.source.is_none())
        .or(centre(from));
    let end = cell.end.filter(|_| cell.target.is_none()).or(centre(to));
    let all = start.into_iter().chain(cell.way.iter().copied()).chain(end);
    all.collect()
}

/// Gives words that stand along an edge without a label to it.
pub(super) fn label(ways: &mut [Way], sheet: &mut Sheet<'_>) {
    for at in sheet.all(|role| role == Role::Words) {
        let Some(words) = sheet.get(at).filter(|words| !is_remark(&words.label)) else {
            continue;
        };
        let (centre, label) = (words.place.centre(), words.label.clone());
        let near = ALONG + words.place.height().min(60.0) / 2.0;
        let bare = ways.iter_mut().filter(|way| way.label.is_empty());
        let fits = bare.filter_map(|way| {
            let lines = way.points.iter().zip(way.points.iter().skip(1));
            let far = lines.map(|(from, to)| centre.distance_to_line(*from, *to));
            let far = far.min_by(f64::total_cmp)?;
            (far <= near).then_some((far, way))
        });
        if let Some((_, way)) = fits.min_by(|a, b| a.0.total_cmp(&b.0)) {
            way.label = label;
            sheet.set(at, Role::Nothing);
        }
    }
}
