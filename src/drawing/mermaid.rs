//! The picture as a Mermaid flowchart, for Markdown on code hosts.
//!
//! Knows Mermaid's nodes, arrows and subgraphs. Names are numbers there: an id such as `end` would mean something else.

use super::markup::is_harmful;
use super::picture::{Item, Picture};
use super::words;
use crate::model::{Component, Outline};

/// Draws a design.
pub(super) fn draw(picture: &Picture<'_>) -> String {
    let design = picture.design;
    let mut text = "flowchart LR\n".to_owned();
    for (number, item) in picture.items().iter().enumerate() {
        text.push_str(&match item {
            Item::Alone(at, component) => format!("  {}\n", node(picture, *at, component)),
            Item::Group(name, parts) => subgraph(picture, number, name, parts),
        });
    }
    for connection in &design.connections {
        let label = words::arrow_label(connection);
        let label = if label.is_empty() {
            String::new()
        } else {
            format!("|\"{}\"|", escaped(&label))
        };
        let arrow = if connection.asynchronous {
            "-.->"
        } else {
            "-->"
        };
        let (from, to) = (connection.from, connection.to);
        text.push_str(&format!("  c{from} {arrow}{label} c{to}\n"));
    }
    let marked = picture.marks.components.iter();
    for (at, marks) in marked {
        if let Some(severity) = marks.iter().filter_map(|mark| mark.severity).max() {
            text.push_str(&format!("  class c{at} {}\n", severity.word()));
        }
    }
    if !picture.marks.components.is_empty() {
        text.push_str(CLASSES);
    }
    text
}

/// How marked components look; their words say so too.
const CLASSES: &str = "  classDef blocker stroke:#a61b1b,stroke-width:3px\n  classDef major stroke:#c2410c,stroke-width:3px\n  \
                       classDef minor stroke:#8d6708,stroke-width:2px\n  classDef note stroke:#3b6ea5,stroke-width:2px\n";

fn subgraph(
    picture: &Picture<'_>,
    number: usize,
    group: &str,
    parts: &[(usize, &Component)],
) -> String {
    let mut text = format!("  subgraph g{number}[\"{}\"]\n", escaped(group));
    for (at, component) in parts {
        text.push_str(&format!("    {}\n", node(picture, *at, component)));
    }
    text.push_str("  end\n");
    text
}

fn node(picture: &Picture<'_>, at: usize, component: &Component) -> String {
    let (open, close) = match picture.outline(component) {
        Outline::Box => ("[", "]"),
        Outline::Hexagon => ("{{", "}}"),
        Outline::Diamond => ("{", "}"),
        Outline::Cylinder => ("[(", ")]"),
        Outline::Queue => ("[[", "]]"),
        Outline::Cloud => ("(", ")"),
        Outline::Person => ("([", "])"),
        Outline::Document => ("[/", "/]"),
    };
    let name = component.title.as_deref().unwrap_or(&component.id);
    let what = words::what(component, picture.vocabulary);
    let marks = match picture.marks.of_component(at) {
        [] => String::new(),
        marks => format!("<br>{}", escaped(&words::marks(marks))),
    };
    format!(
        "c{at}{open}\"{}<br>{}{marks}\"{close}",
        escaped(name),
        escaped(&what)
    )
}

/// The code of a dollar.
const DOLLAR: &str = "#36;";

/// Text between double quotes. Mermaid has no escapes but the codes of characters, and reads its own Markdown.
fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_alphanumeric() => shown.push(c),
            ' ' | ',' | '.' | '-' | '_' | '/' | '%' | '×' | '…' | '(' | ')' | ':' | '+' => {
                shown.push(c);
            }
            '\n' | '\t' | '\r' => shown.push(' '),
            // Two dollars begin a formula, even where their codes stand; a wide one does not.
            '$' if shown.ends_with(DOLLAR) => shown.push('＄'),
            c if !is_harmful(c) => shown.push_str(&format!("#{};", u32::from(c))),
            _ => shown.push('\u{fffd}'),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dollars_are_no_formula() {
        assert_eq!(escaped("5 $"), "5 #36;");
        assert_eq!(escaped("$$x$$"), "#36;＄x#36;＄");
    }
}
