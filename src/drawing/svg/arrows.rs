//! Arrows as SVG: a line with round bends, a tip where it ends, and what stands on it.
//!
//! Knows a line; the boxes that it joins are drawn over it.

use super::components::{classes, keys, told};
use super::{Cell, LABEL_LINE, Layout};
use crate::drawing::geometry::{Point, Rect};
use crate::drawing::layout::PlacedArrow;
use crate::drawing::markup::escaped;
use crate::drawing::outlines;
use crate::drawing::picture::Picture;

/// The radius of a bend.
const BEND: f64 = 8.0;

/// The length of a tip, and half its width.
const TIP: f64 = 9.0;
const TIP_HALF: f64 = 4.0;

/// An arrow between two components.
pub(super) fn arrow(
    picture: &Picture<'_>,
    at: usize,
    placed: &PlacedArrow,
    label: Option<&str>,
    layout: &Layout,
    cells: &[Cell],
) -> String {
    let Some(connection) = picture.design.connections.get(at) else {
        return String::new();
    };
    let mut points = placed.points.clone();
    meet(&mut points, connection.from, layout, cells);
    points.reverse();
    meet(&mut points, connection.to, layout, cells);
    let tip = tip(&points);
    shorten(&mut points);
    points.reverse();
    let (from, to) = (
        picture.design.id(connection.from),
        picture.design.id(connection.to),
    );
    let arrow = if connection.asynchronous { "~>" } else { "->" };
    let name = match label {
        Some(label) => format!("{from} {arrow} {to}: {label}"),
        None => format!("{from} {arrow} {to}"),
    };
    let marks = picture.marks.of_connection(at);
    let said = told(&name, marks);
    let class = if connection.asynchronous {
        " asynchronous"
    } else {
        ""
    };
    format!(
        "<g class=\"connection{class}{}\" data-from=\"{}\" data-to=\"{}\"{}><title>{said}</title>\
         <path class=\"line\" d=\"{}\"/><path class=\"tip\" d=\"{tip}\"/>{}</g>\n",
        classes(marks),
        escaped(from),
        escaped(to),
        keys(marks),
        line(&points),
        written(placed.label.as_ref(), label),
    )
}

/// What stands on an arrow.
fn written(rect: Option<&Rect>, label: Option<&str>) -> String {
    let Some((rect, label)) = rect.zip(label) else {
        return String::new();
    };
    let centre = rect.centre();
    format!(
        "<g class=\"label\"><rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"3\"/>\
         <text x=\"{:.1}\" y=\"{:.1}\">{}</text></g>",
        rect.x,
        rect.y,
        rect.width,
        rect.height,
        centre.x,
        rect.y + LABEL_LINE * 0.75,
        escaped(label)
    )
}

/// Lets a line begin at the outline of its component, which may lie inside of its box.
fn meet(points: &mut [Point], component: usize, layout: &Layout, cells: &[Cell]) {
    let (Some(rect), Some(cell)) = (layout.boxes.get(component), cells.get(component)) else {
        return;
    };
    let [first, next, ..] = points else {
        return;
    };
    let middle = rect.centre();
    let along_x = (next.x - first.x).abs() > (next.y - first.y).abs();
    if along_x {
        let inset = outlines::inset(cell.outline, rect, true, first.y - middle.y, false);
        first.x += inset.copysign(middle.x - first.x);
    } else {
        let lower = first.y > middle.y;
        let inset = outlines::inset(cell.outline, rect, false, first.x - middle.x, lower);
        first.y += inset.copysign(middle.y - first.y);
    }
}

/// One step of a length from a point towards another.
fn towards(from: Point, to: Point, length: f64) -> Point {
    let (x, y) = (to.x - from.x, to.y - from.y);
    let whole = x.hypot(y).max(f64::EPSILON);
    Point {
        x: from.x + x / whole * length,
        y: from.y + y / whole * length,
    }
}

/// The tip at the beginning of a line that is read from its end.
fn tip(points: &[Point]) -> String {
    let [end, before, ..] = points else {
        return String::new();
    };
    let base = towards(*end, *before, TIP);
    let (x, y) = (
        (base.y - end.y) / TIP * TIP_HALF,
        (end.x - base.x) / TIP * TIP_HALF,
    );
    format!(
        "M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}Z",
        end.x,
        end.y,
        base.x + x,
        base.y + y,
        base.x - x,
        base.y - y
    )
}

/// Lets a line begin behind its tip.
fn shorten(points: &mut [Point]) {
    if let [end, before, ..] = points {
        *end = towards(*end, *before, TIP - 1.0);
    }
}

/// A line with round bends.
fn line(points: &[Point]) -> String {
    let Some(first) = points.first() else {
        return String::new();
    };
    let mut path = format!("M{:.1} {:.1}", first.x, first.y);
    for window in points.windows(3) {
        let [before, bend, after] = window else {
            continue;
        };
        let half = |other: &Point| (other.x - bend.x).hypot(other.y - bend.y) / 2.0;
        let radius = BEND.min(half(before)).min(half(after));
        let (into, out) = (
            towards(*bend, *before, radius),
            towards(*bend, *after, radius),
        );
        path.push_str(&format!(
            "L{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}",
            into.x, into.y, bend.x, bend.y, out.x, out.y
        ));
    }
    if let Some(last) = points.last().filter(|_| points.len() > 1) {
        path.push_str(&format!("L{:.1} {:.1}", last.x, last.y));
    }
    path
}
