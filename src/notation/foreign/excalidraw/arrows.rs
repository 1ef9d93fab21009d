//! Arrows and lines: what their ends are tied to, or else what they come near to.
//!
//! Knows bindings and distances; knows no labels of figures.

use super::elements::{Binding, Drawing, Element, Sort};
use super::figures::Figures;
use crate::notation::foreign::geometry::Point;

/// How far from a thing an arrow may end that means it.
const NEAR: f64 = 40.0;
/// The same for a line without heads, which may as well divide the canvas.
const TOUCHING: f64 = 15.0;
/// How much nearer than a shape a text has to be: people draw to shapes.
const RATHER_SHAPES: f64 = 10.0;

/// An arrow, or a line that may join things.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// The element.
    pub at: usize,
    pub path: Vec<Point>,
    /// What is written along it.
    pub texts: Vec<usize>,
}

/// All arrows and lines of a drawing, but for the strokes of icons.
pub(super) fn lines(drawing: &Drawing, figures: &Figures) -> Vec<Line> {
    let mut found = Vec::new();
    for (at, element) in drawing.elements.iter().enumerate() {
        let is_line = matches!(element.sort(), Sort::Arrow | Sort::Line);
        if !is_line || figures.figure(at).is_some() || is_decoration(drawing, figures, element) {
            continue;
        }
        found.push(Line {
            at,
            path: element.path(),
            texts: Vec::new(),
        });
    }
    for text in 0..drawing.elements.len() {
        let Some(container) = drawing.container(text) else {
            continue;
        };
        let place = found.binary_search_by_key(&container, |line| line.at);
        if let Some(line) = place.ok().and_then(|place| found.get_mut(place)) {
            line.texts.push(text);
        }
    }
    found
}

/// Whether an arrow without heads is a stroke of an icon.
fn is_decoration(drawing: &Drawing, figures: &Figures, element: &Element) -> bool {
    let Some(group) = element.groups().next().filter(|_| !element.has_heads()) else {
        return false;
    };
    figures.solid().any(|(_, figure)| {
        let strokes = figure.strokes.iter().filter_map(|at| drawing.get(*at));
        figure.strokes.len() > 1
            && strokes
                .flat_map(Element::groups)
                .any(|other| other == group)
    })
}

/// The figures that a line joins; none for an end that comes near to nothing.
pub(super) fn ends(
    drawing: &Drawing,
    figures: &Figures,
    line: &Line,
) -> (Option<usize>, Option<usize>) {
    let Some(element) = drawing.get(line.at) else {
        return (None, None);
    };
    let Some((start, end)) = element.ends() else {
        return (None, None);
    };
    let reach = match element.sort() {
        Sort::Line => TOUCHING,
        _ => NEAR,
    };
    let found = |binding: &Option<Binding>, point: Point| {
        let tied = binding
            .as_ref()
            .and_then(|binding| drawing.named(binding.element_id.as_deref()));
        let tied = tied.and_then(|tied| figures.figure(tied));
        tied.or_else(|| nearest(drawing, figures, point, reach))
    };
    (
        found(&element.start_binding, start),
        found(&element.end_binding, end),
    )
}

/// The figure that a point is nearest to: of several that it lies in, the smallest.
fn nearest(drawing: &Drawing, figures: &Figures, point: Point, reach: f64) -> Option<usize> {
    let candidates = figures.all.iter().enumerate();
    let candidates = candidates.filter(|(_, figure)| figure.is_whole());
    let measured = candidates.filter_map(|(at, figure)| {
        let distance = figure.distance(drawing, point);
        let is_text = figure.is_free_text();
        let weight = distance + if is_text { RATHER_SHAPES } else { 0.0 };
        (distance <= reach).then_some((weight, figure.body.area(), at))
    });
    let nearest = measured.min_by(|one, two| {
        let areas = one.1.total_cmp(&two.1);
        one.0.total_cmp(&two.0).then(areas).then(one.2.cmp(&two.2))
    });
    nearest.map(|(_, _, at)| at)
}
