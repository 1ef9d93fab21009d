//! The cells of a page: vertices, edges and layers, with their labels, styles and places.
//!
//! Knows the XML of cells; what they show is `sheet`'s business.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::places::number;
use super::style::Style;
use crate::notation::foreign::geometry::{Point, Rect};
use crate::source::Span;

/// What a cell is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Sort {
    /// Neither of the others: the page itself, or a layer of it.
    #[default]
    Layer,
    /// Something with a place.
    Vertex,
    /// A line or an arrow.
    Edge,
}

/// A cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub sort: Sort,
    /// What is written on it, with its markup.
    pub value: String,
    pub style: Style,
    /// What it lies in, as a position among the cells.
    pub parent: Option<usize>,
    /// Where an edge begins, as a position among the cells.
    pub source: Option<usize>,
    /// Where an edge ends, as a position among the cells.
    pub target: Option<usize>,
    /// Of a vertex, its place; whole pages are counted from, whatever it lies in.
    pub place: Rect,
    /// Of an edge, where it begins, if that is stated.
    pub start: Option<Point>,
    /// Of an edge, where it ends, if that is stated.
    pub end: Option<Point>,
    /// Of an edge, the points on its way.
    pub way: Vec<Point>,
    /// It, or what it lies in, is hidden.
    pub is_hidden: bool,
    pub span: Span,
}

/// How deep cells lie in each other at most; whoever goes deeper goes in a circle.
pub(super) const DEEPEST: usize = 100;

/// A cell as it is written, with the names of others.
struct Written<'x> {
    cell: Cell,
    id: Option<&'x str>,
    parent: Option<&'x str>,
    source: Option<&'x str>,
    target: Option<&'x str>,
    is_relative: bool,
    offset: Point,
}

/// Reads the cells of a model. `place` is where the whole model is written, for cells that have no place of their own in
/// the file.
pub(super) fn cells(model: Node<'_, '_>, place: Option<Span>) -> Vec<Cell> {
    let root = model.children().find(|node| node.has_tag_name("root"));
    let nodes = root.into_iter().flat_map(|root| root.children());
    let written = nodes.filter(Node::is_element);
    let written: Vec<Written> = written.filter_map(|node| cell(node, place)).collect();
    let mut known = BTreeMap::new();
    for (at, one) in written.iter().enumerate() {
        if let Some(id) = one.id {
            known.entry(id).or_insert(at);
        }
    }
    let at = |id: Option<&str>| id.and_then(|id| known.get(id).copied());
    let parents: Vec<Option<usize>> = written.iter().map(|one| at(one.parent)).collect();
    let placed = (0..).zip(&written).map(|(own, one)| {
        let mut cell = one.cell.clone();
        let around = ancestors(&parents, own);
        cell.parent = around.first().copied();
        (cell.source, cell.target) = (at(one.source), at(one.target));
        let above = around.iter().filter_map(|at| written.get(*at));
        cell.is_hidden |= above.clone().any(|one| one.cell.is_hidden);
        let mut chain = vec![one];
        chain.extend(above);
        place_on_page(&mut cell, &chain);
        cell
    });
    placed.collect()
}

/// What a cell lies in, the innermost first; nothing where that is a circle.
fn ancestors(parents: &[Option<usize>], of: usize) -> Vec<usize> {
    let mut around = Vec::new();
    let mut next = parents.get(of).copied().flatten();
    while let Some(at) = next {
        if at == of || around.len() >= DEEPEST {
            return Vec::new();
        }
        around.push(at);
        next = parents.get(at).copied().flatten();
    }
    around
}

/// Counts the places of a cell from the page. The chain begins with the cell and leads outwards.
fn place_on_page(cell: &mut Cell, chain: &[&Written<'_>]) {
    let mut corner = Point::default();
    for (one, around) in chain.iter().zip(chain.iter().skip(1)).skip(1) {
        corner = corner.plus(corner_of(one, around));
    }
    let own = chain.first().zip(chain.get(1));
    let own = own.map(|(one, around)| corner_of(one, around));
    let moved = corner.plus(own.unwrap_or(cell.place.corner()));
    cell.place = cell.place.at(moved);
    for point in cell
        .way
        .iter_mut()
        .chain(&mut cell.start)
        .chain(&mut cell.end)
    {
        *point = point.plus(corner);
    }
}

/// The corner of a cell, counted from the corner of what it lies in.
fn corner_of(one: &Written<'_>, around: &Written<'_>) -> Point {
    let (place, outer) = (one.cell.place, around.cell.place);
    match one.cell.sort {
        Sort::Vertex if one.is_relative && around.cell.sort == Sort::Vertex => {
            let (x, y) = (place.left * outer.width(), place.top * outer.height());
            one.offset.plus(Point::new(x, y))
        }
        Sort::Vertex if around.cell.sort == Sort::Edge => one.offset,
        Sort::Vertex => place.corner(),
        Sort::Edge | Sort::Layer => Point::default(),
    }
}

/// Reads a cell, or what is wrapped around one.
fn cell<'x>(node: Node<'x, '_>, place: Option<Span>) -> Option<Written<'x>> {
    let is_cell = |node: &Node| node.has_tag_name("mxCell");
    let inner = if is_cell(&node) {
        node
    } else {
        node.children().find(is_cell)?
    };
    let is_set = |key: &str| inner.attribute(key) == Some("1");
    let sort = match (is_set("vertex"), is_set("edge")) {
        (_, true) => Sort::Edge,
        (true, false) => Sort::Vertex,
        (false, false) => Sort::Layer,
    };
    let of_geometry = |node: &Node| node.has_tag_name("mxGeometry");
    let geometry = inner.children().find(of_geometry);
    let side = |key: &str| number(geometry.and_then(|geometry| geometry.attribute(key)));
    let point = |role: &str| geometry.and_then(|geometry| point(geometry, role));
    let range = node.range();
    let cell = Cell {
        sort,
        value: value(node),
        style: Style::of(inner.attribute("style").unwrap_or_default()),
        place: Rect::placed(
            Point::new(side("x"), side("y")),
            Point::new(side("width").abs(), side("height").abs()),
        ),
        start: point("sourcePoint"),
        end: point("targetPoint"),
        way: geometry.map(way).unwrap_or_default(),
        is_hidden: inner.attribute("visible") == Some("0"),
        span: place.unwrap_or(Span::new(range.start, range.end)),
        ..Cell::default()
    };
    Some(Written {
        cell,
        id: node.attribute("id").or_else(|| inner.attribute("id")),
        parent: inner.attribute("parent"),
        source: inner.attribute("source"),
        target: inner.attribute("target"),
        is_relative: geometry.and_then(|geometry| geometry.attribute("relative")) == Some("1"),
        offset: point("offset").unwrap_or_default(),
    })
}

/// What is written on a cell. What stands around one may name its own attributes in it.
fn value(node: Node<'_, '_>) -> String {
    let written = node.attribute("label").or_else(|| node.attribute("value"));
    let mut value = written.unwrap_or_default().to_owned();
    if node.attribute("placeholders") == Some("1") {
        for attribute in node.attributes() {
            let (name, stands_for) = (attribute.name(), attribute.value());
            if name != "label" && value.len() + stands_for.len() <= 1 << 16 {
                value = value.replacen(&format!("%{name}%"), stands_for, 4);
            }
        }
    }
    value
}

/// The point of a geometry in a role.
fn point(geometry: Node<'_, '_>, role: &str) -> Option<Point> {
    let mut points = geometry
        .children()
        .filter(|node| node.has_tag_name("mxPoint"));
    points
        .find(|node| node.attribute("as") == Some(role))
        .map(coordinates)
}

/// The points between the ends of an edge.
fn way(geometry: Node<'_, '_>) -> Vec<Point> {
    let lists = geometry
        .children()
        .filter(|node| node.has_tag_name("Array"));
    let points = lists.flat_map(|list| list.children());
    let points = points.filter(|node| node.has_tag_name("mxPoint"));
    points.take(DEEPEST).map(coordinates).collect()
}

fn coordinates(point: Node<'_, '_>) -> Point {
    Point::new(number(point.attribute("x")), number(point.attribute("y")))
}
