//! Where everything stands on the page: boxes in layers from left to right along the calls, arrows around them, groups in
//! boxes of their own. The only home of the library that lays graphs out.
//!
//! Knows sizes and who is joined to whom; knows no words and no paths.

mod touching;

use graphlay::{
    CycleStrategy, Edge, Effort, Graph, LabelReservation, LayoutOptions, Node, NodeId,
    PortCentring, PortSides, Size,
};

use super::geometry::{Point, Rect};

/// More than this nobody could read, and laying it out would take long.
const MOST_BOXES: usize = 400;
const MOST_ARROWS: usize = 1_600;

/// The white border of a page.
const BORDER: f64 = 24.0;

/// The room for the name of a group above its components.
const GROUP_HEAD: f64 = 18.0;

/// A box to be placed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BoxToPlace {
    /// What tells it from others.
    pub id: String,
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
    /// The box around it, by its position among the groups.
    pub group: Option<usize>,
    /// Calls begin here: it stands in front, and what comes back to it goes against the stream.
    pub origin: bool,
}

/// An arrow to be placed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ArrowToPlace {
    /// Where it starts, by position.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// The width and height of what stands on it.
    pub label: Option<(f64, f64)>,
    /// How much it matters that it is short and straight.
    pub weight: f64,
}

/// A group around boxes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct GroupToPlace {
    /// What tells it from others.
    pub name: String,
    /// The width of its name.
    pub width: f64,
}

/// An arrow with its bends, and the middle of its label.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct PlacedArrow {
    /// From the border of one box to that of the other.
    pub points: Vec<Point>,
    /// Where its label stands.
    pub label: Option<Rect>,
}

/// Everything in its place.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Layout {
    /// The boxes, in their order.
    pub boxes: Vec<Rect>,
    /// The groups, in their order.
    pub groups: Vec<Rect>,
    /// The arrows, in their order.
    pub arrows: Vec<PlacedArrow>,
    /// The page from left to right.
    pub width: f64,
    /// The page from top to bottom.
    pub height: f64,
}

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPicture {
    /// It would be too large.
    #[error("{boxes} components and {arrows} connections are too many to be drawn")]
    TooLarge {
        /// How many components there are.
        boxes: usize,
        /// How many connections.
        arrows: usize,
    },
    /// The library gave up.
    #[error("the picture can't be laid out: {0}")]
    Refused(String),
}

/// Places boxes and arrows; the same ones are always placed alike.
///
/// The library keeps boxes apart, but in crowded pages a label or a line may still touch a box. So each page is looked over,
/// and placed again in other ways until nothing touches anything; a group that can't be drawn so is not drawn as a box.
pub(super) fn lay_out(
    boxes: &[BoxToPlace],
    groups: &[GroupToPlace],
    arrows: &[ArrowToPlace],
) -> Result<Layout, NoPicture> {
    if boxes.len() > MOST_BOXES || arrows.len() > MOST_ARROWS {
        return Err(NoPicture::TooLarge {
            boxes: boxes.len(),
            arrows: arrows.len(),
        });
    }
    let grouped = graph(boxes, groups, arrows);
    let flat = graph(boxes, &[], arrows);
    let ways = WAYS.iter().map(|way| (&grouped, way));
    let mut best: Option<(usize, Layout)> = None;
    for (graph, way) in ways.chain(WAYS.iter().map(|way| (&flat, way))) {
        let layout = placed(graph, *way, boxes.len(), arrows)?;
        let touching = touching::count(&layout, groups, arrows);
        if best.as_ref().is_none_or(|(least, _)| touching < *least) {
            best = Some((touching, layout));
        }
        if touching == 0 {
            break;
        }
    }
    let mut layout = best.map(|(_, layout)| layout).unwrap_or_default();
    layout.turn_the_page();
    Ok(layout)
}

/// What is done otherwise than usual.
type Way = fn(&mut LayoutOptions);

/// Ways to place a page, those that are looked at first before others.
const WAYS: &[Way] = &[
    |_| {},
    |options| options.seed = 1,
    |options| {
        options.spacing.dummy_gap = 30.0;
        options.spacing.node_gap = 40.0;
    },
    |options| options.routing.port_sides = PortSides::FacingOnly,
    |options| {
        options.seed = 2;
        options.spacing.dummy_gap = 36.0;
        options.spacing.node_gap = 50.0;
        options.spacing.layer_gap = 70.0;
    },
    |options| {
        options.seed = 3;
        options.routing.port_sides = PortSides::Any;
    },
    |options| {
        options.seed = 4;
        options.spacing.compound_padding = 40.0;
        options.spacing.layer_gap = 90.0;
        options.spacing.dummy_gap = 40.0;
    },
    |options| {
        options.seed = 5;
        options.cycles.strategy = CycleStrategy::FollowFlow;
    },
];

/// A page placed in one way.
fn placed(
    graph: &Graph,
    way: Way,
    boxes: usize,
    arrows: &[ArrowToPlace],
) -> Result<Layout, NoPicture> {
    let mut options = options(boxes);
    way(&mut options);
    let laid =
        graphlay::layout(graph, &options).map_err(|error| NoPicture::Refused(error.to_string()))?;
    let point = |point: &graphlay::Point| Point {
        x: point.x,
        y: point.y,
    };
    let mut rects = laid
        .nodes
        .iter()
        .map(|node| Rect::around(point(&node.center), node.size.width, node.size.height));
    let mut layout = Layout {
        boxes: rects.by_ref().take(boxes).collect(),
        groups: rects.collect(),
        ..Layout::default()
    };
    for (route, arrow) in laid.edges.iter().zip(arrows) {
        let label = arrow.label.zip(route.label_anchor.as_ref());
        layout.arrows.push(PlacedArrow {
            points: route.points.iter().map(point).collect(),
            label: label
                .map(|((width, height), anchor)| Rect::around(point(anchor), width, height)),
        });
    }
    Ok(layout)
}

impl GroupToPlace {
    /// Where its name stands in its box.
    pub(super) fn name_in(&self, group: &Rect) -> Rect {
        Rect {
            x: group.x + 12.0,
            y: group.y + 6.0,
            width: self.width,
            height: 16.0,
        }
    }
}

impl Layout {
    /// Moves everything so that it begins at the upper left corner, inside of a border.
    fn turn_the_page(&mut self) {
        let labels = self.arrows.iter().filter_map(|arrow| arrow.label);
        let bends = self.arrows.iter().flat_map(|arrow| {
            let bends = arrow.points.iter();
            bends.map(|bend| Rect::around(*bend, 0.0, 0.0))
        });
        let rects = self.boxes.iter().chain(&self.groups).copied();
        let all: Vec<Rect> = rects.chain(labels).chain(bends).collect();
        let least = |of: fn(&Rect) -> f64| all.iter().map(of).reduce(f64::min).unwrap_or(0.0);
        let most = |of: fn(&Rect) -> f64| all.iter().map(of).reduce(f64::max).unwrap_or(0.0);
        let (x, y) = (BORDER - least(|rect| rect.x), BORDER - least(|rect| rect.y));
        self.width = most(Rect::right) + x + BORDER;
        self.height = most(Rect::bottom) + y + BORDER;
        let move_rect = |rect: &mut Rect| {
            rect.x += x;
            rect.y += y;
        };
        self.boxes.iter_mut().for_each(move_rect);
        self.groups.iter_mut().for_each(move_rect);
        for arrow in &mut self.arrows {
            arrow.label.iter_mut().for_each(move_rect);
            for bend in &mut arrow.points {
                bend.x += x;
                bend.y += y;
            }
        }
    }
}

/// Room around everything, labels always with a place of their own, and as much care as the size allows.
fn options(boxes: usize) -> LayoutOptions {
    let mut options = LayoutOptions::layered_default();
    options.spacing.layer_gap = 48.0;
    options.spacing.node_gap = 30.0;
    options.spacing.dummy_gap = 20.0;
    options.spacing.isolated_gap = 30.0;
    options.spacing.compound_padding = 20.0;
    options.spacing.compound_header = GROUP_HEAD;
    options.routing.port_sides = PortSides::FacingPreferred;
    options.routing.centre_ports = PortCentring::All;
    options.labels.reservation = LabelReservation::Always;
    options.effort = match boxes {
        0..=40 => Effort::Thorough,
        41..=120 => Effort::Balanced,
        _ => Effort::Fast,
    };
    options
}

fn graph(boxes: &[BoxToPlace], groups: &[GroupToPlace], arrows: &[ArrowToPlace]) -> Graph {
    let mut graph = Graph::default();
    let number = |at: usize| NodeId(u32::try_from(at).unwrap_or(u32::MAX));
    for of in boxes {
        graph.nodes.push(Node {
            size: Size::new(of.width, of.height),
            parent: of
                .group
                .filter(|group| *group < groups.len())
                .map(|group| number(boxes.len() + group)),
            key: Some(of.id.clone()),
            ..Node::default()
        });
    }
    for group in groups {
        graph.nodes.push(Node {
            size: Size::new(group.width + 24.0, 24.0),
            key: Some(format!("group {}", group.name)),
            ..Node::default()
        });
    }
    let comes_back = |arrow: &ArrowToPlace| {
        let origin = |at: usize| boxes.get(at).is_some_and(|of| of.origin);
        origin(arrow.to) && !origin(arrow.from)
    };
    for arrow in arrows {
        graph.edges.push(Edge {
            weight: arrow.weight,
            thickness: 1.5,
            label_size: arrow.label.map(|(width, height)| Size::new(width, height)),
            reverse_for_ranking: comes_back(arrow),
            ..Edge::new(number(arrow.from), number(arrow.to))
        });
    }
    graph
}

#[cfg(test)]
mod tests;
