//! Graphs of Graphviz: nodes, edges between them, and clusters around them.
//!
//! Knows what attributes say of the drawing; how a graph is written is `syntax`'s business.

mod syntax;
#[cfg(test)]
mod tests;
mod tokens;

use std::collections::BTreeMap;

use super::diagram::{Arrow, Diagram, End, Frame, Heads, Shape, picture};
use super::label::Label;
use crate::model::Outline;
use crate::source::{Issues, Span};
use syntax::{Attributes, Edge, Graph, Node};
use tokens::{Token, tokens};

/// Whether a text is a graph: its first words say so, and a brace follows.
#[must_use]
pub fn is_one(text: &str) -> bool {
    let mut tokens = tokens(text).map_while(Result::ok).take(4).peekable();
    let is_word = |token: &Token<'_>, word: &str| {
        token.word().is_some_and(|it| it.eq_ignore_ascii_case(word))
    };
    tokens.next_if(|token| is_word(token, "strict"));
    let graph = tokens.next_if(|token| is_word(token, "graph") || is_word(token, "digraph"));
    tokens.next_if(|token| token.word().is_some());
    graph.is_some() && tokens.next().is_some_and(|token| token.is_sign("{"))
}

/// The graph of a text.
pub fn read(text: &str, issues: &mut Issues) -> Vec<Diagram> {
    let graph = match syntax::read(text) {
        Ok(graph) => graph,
        Err(mistake) => {
            let help = "statements stand between braces: `digraph { a -> b [label=\"calls\"] }`";
            issues.error(mistake.span, mistake.message, help.to_owned());
            return Vec::new();
        }
    };
    let mut diagram = drawn(&graph);
    diagram.span = Span::new(0, text.len());
    vec![diagram]
}

fn drawn(graph: &Graph) -> Diagram {
    let clusters: BTreeMap<&str, usize> = graph
        .clusters
        .iter()
        .zip(0..)
        .map(|(cluster, at)| (cluster.name.as_str(), at))
        .collect();
    let frames = graph.clusters.iter().map(|cluster| Frame {
        name: cluster.name.clone(),
        label: label(&cluster.attributes).unwrap_or_default(),
        within: cluster.within,
        span: cluster.span,
    });
    let end = |at: usize, attributes: &Attributes, key: &str| {
        let cluster = attributes
            .get(key)
            .and_then(|name| clusters.get(name.as_str()));
        cluster.map_or(End::Shape(at), |frame| End::Frame(*frame))
    };
    let of_edge = |edge: &Edge| heads(&edge.attributes, edge.is_directed);
    // Where all are drawn backwards, it is the picture that was turned over: they are meant as they are written.
    let are_all_back =
        graph.edges.len() > 1 && graph.edges.iter().all(|edge| of_edge(edge) == Heads::Start);
    let arrows = graph.edges.iter().map(|edge| Arrow {
        from: end(edge.from, &edge.attributes, "ltail"),
        to: end(edge.to, &edge.attributes, "lhead"),
        heads: if are_all_back {
            Heads::End
        } else {
            of_edge(edge)
        },
        is_dashed: is_dashed(&edge.attributes),
        label: label(&edge.attributes).unwrap_or_default(),
        span: edge.span,
    });
    let is_hidden = |attributes: &Attributes| {
        attributes
            .get("style")
            .is_some_and(|style| style.contains("invis"))
    };
    let is_shown: Vec<bool> = graph
        .edges
        .iter()
        .map(|edge| !is_hidden(&edge.attributes))
        .collect();
    let arrows = arrows.zip(is_shown).filter(|(_, is_shown)| *is_shown);
    Diagram {
        title: label(&graph.attributes).map(|label| label.line()),
        boxes: graph.nodes.iter().map(shape).collect(),
        frames: frames.collect(),
        arrows: arrows.map(|(arrow, _)| arrow).collect(),
        ..Diagram::default()
    }
}

/// The box of a node, which is labelled by its name where nothing else is said.
fn shape(node: &Node) -> Shape {
    let label = label(&node.attributes).unwrap_or_else(|| Label::plain(&node.name));
    let mut shape = Shape::new(node.name.clone(), label, node.span);
    shape.frame = node.cluster;
    shape.outline = match node.attributes.get("shape").map(String::as_str) {
        Some("cylinder") => Some(Outline::Cylinder),
        Some("cds") => Some(Outline::Queue),
        _ => None,
    };
    shape.hint = node.attributes.get("image").and_then(|path| picture(path));
    shape
}

/// What is written: fields of a record one below the other.
fn label(attributes: &Attributes) -> Option<Label> {
    let written = ["label", "xlabel"]
        .into_iter()
        .filter_map(|key| attributes.get(key));
    let labels = written.map(|text| {
        let is_record = attributes
            .get("shape")
            .is_some_and(|shape| shape.to_lowercase().contains("record"));
        if is_record {
            Label::of(&fields(text))
        } else {
            Label::of(text)
        }
    });
    let mut labels = labels.filter(|label| !label.is_empty() && label.name != "\\N");
    labels.next()
}

/// The fields of a record, each a line, without the names of their ports.
fn fields(record: &str) -> String {
    let mut plain = String::with_capacity(record.len());
    let mut is_port = false;
    for c in record.chars() {
        match c {
            '<' => is_port = true,
            '>' => is_port = false,
            _ if is_port => {}
            '{' | '}' => {}
            '|' => plain.push('\n'),
            c => plain.push(c),
        }
    }
    plain
}

fn heads(attributes: &Attributes, is_directed: bool) -> Heads {
    match attributes.get("dir").map(String::as_str) {
        Some("both") => Heads::Both,
        Some("back") => Heads::Start,
        Some("none") => Heads::Neither,
        Some("forward") => Heads::End,
        _ if is_directed => Heads::End,
        _ => Heads::Neither,
    }
}

fn is_dashed(attributes: &Attributes) -> bool {
    let style = attributes.get("style");
    style.is_some_and(|style| style.contains("dashed") || style.contains("dotted"))
}
