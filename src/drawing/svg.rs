//! The picture as SVG: one file that needs nothing else, dark or light as its reader likes.
//!
//! Knows paths and styles; where things stand is the layout's business.

mod arrows;
mod components;

use super::layout::{self, ArrowToPlace, BoxToPlace, GroupToPlace, Layout, NoPicture};
use super::lettering;
use super::markup::escaped;
use super::outlines;
use super::picture::{self, Inscription, Picture};
use crate::model::Outline;

/// The styles of a picture. A page that has pictures in it brings them once.
pub const STYLE: &str = include_str!("style.css");

/// The sizes of letters: names, details, and what stands on arrows.
const HEADING: f64 = 13.0;
const DETAIL: f64 = 11.0;
const LABEL: f64 = 11.0;

/// The heights of their lines.
const HEADING_LINE: f64 = 16.0;
const DETAIL_LINE: f64 = 14.0;
const LABEL_LINE: f64 = 15.0;

/// The white around what stands on an arrow.
const LABEL_PADDING: f64 = 4.0;

/// A component before it is placed.
struct Cell {
    outline: Outline,
    inscription: Inscription,
}

/// Draws a design.
pub(super) fn draw(picture: &Picture<'_>) -> Result<String, NoPicture> {
    let design = picture.design;
    let cells: Vec<Cell> = design
        .components
        .iter()
        .map(|component| Cell {
            outline: picture.outline(component),
            inscription: picture.inscription(component),
        })
        .collect();
    let labels: Vec<Option<String>> = design
        .connections
        .iter()
        .map(picture::arrow_label)
        .collect();
    let groups = groups(picture);
    let layout = placed(picture, &cells, &labels, &groups)?;
    let mut body = String::new();
    for (rect, group) in layout.groups.iter().zip(&groups) {
        body.push_str(&components::group(rect, group));
    }
    for (at, arrow) in layout.arrows.iter().enumerate() {
        let label = labels.get(at).and_then(Option::as_deref);
        body.push_str(&arrows::arrow(picture, at, arrow, label, &layout, &cells));
    }
    for (at, (rect, cell)) in layout.boxes.iter().zip(&cells).enumerate() {
        body.push_str(&components::component(picture, at, rect, cell));
    }
    Ok(framed(picture, &layout, &body))
}

/// The groups, in the order of their names.
fn groups(picture: &Picture<'_>) -> Vec<GroupToPlace> {
    let mut names: Vec<&str> = picture
        .design
        .components
        .iter()
        .filter_map(|component| component.group.as_deref())
        .collect();
    names.sort_unstable();
    names.dedup();
    let group = |name: &str| GroupToPlace {
        name: name.to_owned(),
        width: lettering::width(&components::group_name(name), DETAIL, true),
    };
    names.into_iter().map(group).collect()
}

fn placed(
    picture: &Picture<'_>,
    cells: &[Cell],
    labels: &[Option<String>],
    groups: &[GroupToPlace],
) -> Result<Layout, NoPicture> {
    let design = picture.design;
    let boxes: Vec<BoxToPlace> = design
        .components
        .iter()
        .zip(cells)
        .map(|(component, cell)| {
            let (width, height) = words_size(&cell.inscription);
            let (width, height) = outlines::size(cell.outline, width, height);
            BoxToPlace {
                id: component.id.clone(),
                width,
                height,
                group: groups
                    .iter()
                    .position(|group| Some(&group.name) == component.group.as_ref()),
                origin: picture.vocabulary.kinds.info(component.kind).origin,
            }
        })
        .collect();
    let arrows: Vec<ArrowToPlace> = design
        .connections
        .iter()
        .zip(labels)
        .map(|(connection, label)| ArrowToPlace {
            from: connection.from,
            to: connection.to,
            // A loop has no room for words; they are told with it.
            label: label
                .as_deref()
                .filter(|_| connection.from != connection.to)
                .map(label_size),
            weight: if connection.asynchronous { 1.0 } else { 2.0 },
        })
        .collect();
    layout::lay_out(&boxes, groups, &arrows)
}

fn words_size(inscription: &Inscription) -> (f64, f64) {
    let headings = inscription
        .heading
        .iter()
        .map(|line| lettering::width(line, HEADING, true));
    let details = inscription
        .details
        .iter()
        .map(|line| lettering::width(line, DETAIL, false));
    let width = headings.chain(details).fold(0.0, f64::max);
    (width, words_height(inscription))
}

fn words_height(inscription: &Inscription) -> f64 {
    lines(&inscription.heading) * HEADING_LINE + lines(&inscription.details) * DETAIL_LINE
}

fn lines(of: &[String]) -> f64 {
    of.iter().map(|_| 1.0).sum()
}

fn label_size(label: &str) -> (f64, f64) {
    let width = lettering::width(label, LABEL, false);
    (width + 2.0 * LABEL_PADDING, LABEL_LINE)
}

/// The picture around its body. In a page of its own it brings its styles and is one image to a screen reader; inside of
/// another its parts can be reached one by one.
fn framed(picture: &Picture<'_>, layout: &Layout, body: &str) -> String {
    let (width, height) = (layout.width, layout.height);
    let title = escaped(picture.title());
    let style = if picture.within_a_page {
        String::new()
    } else {
        format!("<style>\n{STYLE}</style>\n")
    };
    let role = if picture.within_a_page {
        "group"
    } else {
        "img"
    };
    let description = escaped(&picture.description());
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"architecture\" role=\"{role}\" aria-label=\"{title}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\">\n\
         <title>{title}</title>\n<desc>{description}</desc>\n{style}\
         <rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n{body}</svg>\n"
    )
}
