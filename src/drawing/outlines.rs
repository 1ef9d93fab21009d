//! The outlines of components as paths, with the room that words have inside and where arrows meet them.
//!
//! Knows shapes; knows no components.

use super::geometry::{Point, Rect};
use crate::model::Outline;

/// Between words and the outline.
const PADDING: f64 = 12.0;

/// How far the tips of a hexagon stick out, the ends of a drum are curved, and the bumps of a cloud reach.
const TIP: f64 = 11.0;
const CURVE: f64 = 7.0;
const BUMP: f64 = 7.0;

/// The amplitude of the wave below a document.
const WAVE: f64 = 5.0;

/// The room that the head of a person takes beside the words.
const HEAD: f64 = 20.0;

/// The width and height of an outline around words of a size.
pub(super) fn size(outline: Outline, width: f64, height: f64) -> (f64, f64) {
    let (wide, high) = (width + 2.0 * PADDING, height + 2.0 * PADDING);
    match outline {
        Outline::Box => (wide.max(80.0), high),
        Outline::Hexagon => (wide.max(70.0) + TIP, high),
        Outline::Diamond => (width / (1.0 - 1.0 / 2.4) + PADDING, height * 2.4),
        Outline::Cylinder => (wide.max(80.0), high + 2.0 * CURVE),
        Outline::Queue => (wide.max(80.0) + 2.0 * CURVE, high),
        Outline::Cloud => (wide.max(80.0) + BUMP, high + BUMP),
        Outline::Person => (wide.max(60.0) + HEAD, high),
        Outline::Document => (wide.max(80.0), high + 2.0 * WAVE),
    }
}

/// The middle of the words inside an outline.
pub(super) fn middle(outline: Outline, rect: &Rect) -> Point {
    let Point { x, y } = rect.centre();
    match outline {
        Outline::Cylinder => Point { x, y: y + CURVE },
        Outline::Queue => Point { x: x - CURVE, y },
        Outline::Person => Point {
            x: x + HEAD / 2.0,
            y,
        },
        Outline::Document => Point { x, y: y - WAVE },
        _ => Point { x, y },
    }
}

/// The outline itself, and lines inside of it, as path data.
pub(super) fn paths(outline: Outline, rect: &Rect) -> (String, Option<String>) {
    let (x, y, right, bottom) = (rect.x, rect.y, rect.right(), rect.bottom());
    let Point { x: cx, y: cy } = rect.centre();
    match outline {
        Outline::Box => (pill(rect, 5.0), None),
        Outline::Hexagon => {
            let (first, last) = (x + TIP, right - TIP);
            let upper = [(first, y), (last, y), (right, cy)];
            let lower = [(last, bottom), (first, bottom), (x, cy)];
            (polygon(&[upper, lower].concat()), None)
        }
        Outline::Diamond => (
            polygon(&[(cx, y), (right, cy), (cx, bottom), (x, cy)]),
            None,
        ),
        Outline::Cylinder => standing_drum(rect),
        Outline::Queue => lying_drum(rect),
        Outline::Cloud => (cloud(rect), None),
        Outline::Person => (pill(rect, rect.height / 2.0), Some(head(rect))),
        Outline::Document => (sheet(rect), None),
    }
}

fn standing_drum(rect: &Rect) -> (String, Option<String>) {
    let (x, right, rx) = (rect.x, rect.right(), rect.width / 2.0);
    let (top, low) = (rect.y + CURVE, rect.bottom() - CURVE);
    let outline = format!(
        "M{x:.1} {top:.1}A{rx:.1} {CURVE} 0 0 1 {right:.1} {top:.1}V{low:.1}\
         A{rx:.1} {CURVE} 0 0 1 {x:.1} {low:.1}Z"
    );
    let lid = format!("M{x:.1} {top:.1}A{rx:.1} {CURVE} 0 0 0 {right:.1} {top:.1}");
    (outline, Some(lid))
}

fn lying_drum(rect: &Rect) -> (String, Option<String>) {
    let (y, bottom, ry) = (rect.y, rect.bottom(), rect.height / 2.0);
    let (first, last) = (rect.x + CURVE, rect.right() - CURVE);
    let outline = format!(
        "M{first:.1} {y:.1}H{last:.1}A{CURVE} {ry:.1} 0 0 1 {last:.1} {bottom:.1}\
         H{first:.1}A{CURVE} {ry:.1} 0 0 1 {first:.1} {y:.1}Z"
    );
    let lid = format!("M{last:.1} {y:.1}A{CURVE} {ry:.1} 0 0 0 {last:.1} {bottom:.1}");
    (outline, Some(lid))
}

/// A sheet of paper with a wave below.
fn sheet(rect: &Rect) -> String {
    let (quarter, half) = (rect.width / 4.0, rect.width / 2.0);
    format!(
        "M{:.1} {:.1}h{:.1}V{:.1}q{:.1} {:.1} {:.1} 0t{:.1} 0Z",
        rect.x,
        rect.y,
        rect.width,
        rect.bottom() - WAVE,
        -quarter,
        -2.0 * WAVE,
        -half,
        -half
    )
}

fn polygon(points: &[(f64, f64)]) -> String {
    let points: Vec<String> = points
        .iter()
        .map(|(x, y)| format!("{x:.1} {y:.1}"))
        .collect();
    format!("M{}Z", points.join("L"))
}

/// A box with round corners.
fn pill(rect: &Rect, radius: f64) -> String {
    let (wide, high) = (rect.width - 2.0 * radius, rect.height - 2.0 * radius);
    let arc = |x: f64, y: f64| format!("a{radius:.1} {radius:.1} 0 0 1 {x:.1} {y:.1}");
    format!(
        "M{:.1} {:.1}h{wide:.1}{}v{high:.1}{}h{:.1}{}v{:.1}{}Z",
        rect.x + radius,
        rect.y,
        arc(radius, radius),
        arc(-radius, radius),
        -wide,
        arc(-radius, -radius),
        -high,
        arc(radius, -radius),
    )
}

/// A head above shoulders, at the left end of a pill.
fn head(rect: &Rect) -> String {
    let Point { y, .. } = rect.centre();
    let x = rect.x + HEAD;
    format!(
        "M{x:.1} {:.1}a4.5 4.5 0 1 1 0.1 0ZM{:.1} {:.1}a8 9 0 0 1 16 0Z",
        y - 0.5,
        x - 8.0,
        y + 10.5,
    )
}

/// How many bumps a side of a cloud has, and the radius of each: arcs over equal chords that rise by [`BUMP`].
fn bumps(length: f64, each: f64) -> (u32, f64, f64) {
    let inner = length - 2.0 * BUMP;
    let mut count = 1;
    while inner / f64::from(count) > each * 1.5 {
        count += 1;
    }
    let chord = inner / f64::from(count);
    (
        count,
        chord,
        (chord * chord / 4.0 + BUMP * BUMP) / (2.0 * BUMP),
    )
}

fn cloud(rect: &Rect) -> String {
    let (across, wide, flat) = bumps(rect.width, 34.0);
    let (down, high, steep) = bumps(rect.height, 24.0);
    let arcs = |count: u32, radius: f64, x: f64, y: f64| {
        format!("a{radius:.1} {radius:.1} 0 0 1 {x:.1} {y:.1}").repeat(count as usize)
    };
    format!(
        "M{:.1} {:.1}{}{}{}{}Z",
        rect.x + BUMP,
        rect.y + BUMP,
        arcs(across, flat, wide, 0.0),
        arcs(down, steep, 0.0, high),
        arcs(across, flat, -wide, 0.0),
        arcs(down, steep, 0.0, -high),
    )
}

/// How far inside its box an outline is at a point of a side. `upright` is the left or right side; `at` is the distance of
/// the point from the side's middle, to the right or downwards.
pub(super) fn inset(outline: Outline, rect: &Rect, upright: bool, at: f64, lower: bool) -> f64 {
    let (length, depth) = if upright {
        (rect.height, rect.width)
    } else {
        (rect.width, rect.height)
    };
    let from_middle = (at.abs() / (length / 2.0)).clamp(0.0, 1.0);
    let curved = |reach: f64| reach * (1.0 - (1.0 - from_middle * from_middle).sqrt());
    match (outline, upright) {
        (Outline::Hexagon, true) => TIP * from_middle,
        (Outline::Diamond, _) => depth / 2.0 * from_middle,
        (Outline::Cylinder, false) | (Outline::Queue, true) => curved(CURVE),
        (Outline::Person, true) => curved(rect.height / 2.0),
        (Outline::Cloud, _) => below_a_bump(length, if upright { 24.0 } else { 34.0 }, at),
        (Outline::Document, false) if lower => {
            let along = (at.abs() / (length / 2.0)).fract();
            let wave = 4.0 * along * (1.0 - along) * WAVE;
            if at > 0.0 { WAVE + wave } else { WAVE - wave }
        }
        _ => 0.0,
    }
}

/// How far the edge of a cloud is inside its box at a distance from the middle of a side.
fn below_a_bump(length: f64, each: f64, at: f64) -> f64 {
    let (_, chord, radius) = bumps(length, each);
    let inner = length - 2.0 * BUMP;
    let along = (at + inner / 2.0).clamp(0.0, inner);
    let off = along.rem_euclid(chord) - chord / 2.0;
    let rise = (radius * radius - off * off).max(0.0).sqrt() - (radius - BUMP);
    BUMP - rise
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECT: Rect = Rect {
        x: 10.0,
        y: 20.0,
        width: 120.0,
        height: 60.0,
    };

    #[test]
    fn arrows_meet_outlines_inside_their_boxes_and_at_the_tips() {
        for outline in Outline::ALL {
            for upright in [true, false] {
                let (half, deep) = if upright { (30.0, 60.0) } else { (60.0, 30.0) };
                for step in -10..=10 {
                    let at = half * f64::from(step) / 10.0;
                    let inset = inset(*outline, &RECT, upright, at, true);
                    assert!(
                        (0.0..=deep).contains(&inset),
                        "{outline:?} {upright} {at}: {inset}"
                    );
                }
            }
        }
        assert!(inset(Outline::Diamond, &RECT, true, 0.0, false) < 1e-9);
        assert!((inset(Outline::Diamond, &RECT, true, 15.0, false) - 30.0).abs() < 1e-9);
    }

    #[test]
    fn words_fit_into_every_outline() {
        for outline in Outline::ALL {
            let (width, height) = size(*outline, 100.0, 30.0);
            assert!(width > 100.0 && height > 30.0, "{outline:?}");
        }
        // The corners of the words lie inside of the rhombus.
        let (width, height) = size(Outline::Diamond, 100.0, 30.0);
        assert!(100.0 / width + 30.0 / height <= 1.0);
    }

    #[test]
    fn every_outline_is_a_closed_path() {
        for outline in Outline::ALL {
            let (path, _) = paths(*outline, &RECT);
            assert!(path.starts_with('M') && path.ends_with('Z'), "{path}");
        }
    }
}
