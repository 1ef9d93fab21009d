//! The picture as DOT, for Graphviz.
//!
//! Knows DOT's nodes, edges and clusters. Names are numbers there, so that no id needs escaping.

use super::markup::is_harmful;
use super::picture::{Item, Picture};
use super::words;
use crate::model::{Component, Outline};

const HEAD: &str = "  rankdir=LR\n  compound=true\n  fontname=\"sans-serif\"\n  \
                    node [fontname=\"sans-serif\", fontsize=11, style=filled, fillcolor=\"#f5f7fa\"]\n  \
                    edge [fontname=\"sans-serif\", fontsize=9, color=\"#52606d\"]\n";

/// Draws a design.
pub(super) fn draw(picture: &Picture<'_>) -> String {
    let design = picture.design;
    let mut text = format!("digraph {} {{\n{HEAD}", quoted(&[picture.title()]));
    for (number, item) in picture.items().iter().enumerate() {
        text.push_str(&match item {
            Item::Alone(at, component) => format!("  {}\n", node(picture, *at, component)),
            Item::Group(name, parts) => cluster(picture, number, name, parts),
        });
    }
    for connection in &design.connections {
        let mut said = Vec::new();
        let label = words::arrow_label(connection);
        if !label.is_empty() {
            said.push(format!("label={}", quoted(&[&label])));
        }
        if connection.asynchronous {
            said.push("style=dashed".to_owned());
        }
        let said = if said.is_empty() {
            String::new()
        } else {
            format!(" [{}]", said.join(", "))
        };
        text.push_str(&format!(
            "  c{} -> c{}{said}\n",
            connection.from, connection.to
        ));
    }
    text.push_str("}\n");
    text
}

fn cluster(
    picture: &Picture<'_>,
    number: usize,
    group: &str,
    parts: &[(usize, &Component)],
) -> String {
    let mut text = format!(
        "  subgraph cluster_{number} {{\n    label={}\n    style=dashed\n",
        quoted(&[group])
    );
    for (at, component) in parts {
        text.push_str(&format!("    {}\n", node(picture, *at, component)));
    }
    text.push_str("  }\n");
    text
}

fn node(picture: &Picture<'_>, at: usize, component: &Component) -> String {
    let shape = match picture.outline(component) {
        Outline::Box => "box",
        Outline::Hexagon => "hexagon",
        Outline::Diamond => "diamond",
        Outline::Cylinder => "cylinder",
        Outline::Queue => "cds",
        Outline::Cloud => "ellipse",
        Outline::Person => "oval",
        Outline::Document => "note",
    };
    let name = component.title.as_deref().unwrap_or(&component.id);
    let what = words::what(component, picture.vocabulary);
    let marks = picture.marks.of_component(at);
    let (marked, border) = if marks.is_empty() {
        (String::new(), "")
    } else {
        (words::marks(marks), ", color=\"#c2410c\", penwidth=2")
    };
    let lines = [name, &what, &marked];
    let lines: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    format!("c{at} [shape={shape}, label={}{border}]", quoted(&lines))
}

/// Lines as a string of DOT: quotes and backslashes escaped, so that no escape of Graphviz's own is read from them.
fn quoted(lines: &[&str]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
    format!("\"{}\"", lines.join("\\n"))
}

fn escaped(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '"' | '\\' => {
                shown.push('\\');
                shown.push(c);
            }
            // Graphviz reads entities of HTML in plain strings too.
            '&' => shown.push_str("&amp;"),
            '\n' | '\t' | '\r' => shown.push(' '),
            c if !is_harmful(c) => shown.push(c),
            _ => shown.push('\u{fffd}'),
        }
    }
    shown
}
