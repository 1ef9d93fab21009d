//! The architecture as a picture of text: who calls whom as a tree, from where requests come in.
//!
//! A component that several others call is drawn once, where it was met first, and named again with a mark where it is met
//! later. Knows lines and their width; knows no colours. The marks are of Unicode; a terminal without it is given others.

use super::sheet;
use crate::graph::Graph;
use crate::model::{Attribute, Connection, Design, Value, Vocabulary};

/// Lines are cut so that a terminal of 80 columns shows them.
const WIDTH: usize = 78;

/// What marks a component that is drawn further up.
const AGAIN: &str = "↑";

/// Draws the components and connections of a design; the same design always gives the same lines.
pub(super) fn draw(design: &Design, vocabulary: &Vocabulary) -> String {
    let graph = Graph::new(design);
    let mut pen = Pen {
        design,
        vocabulary,
        graph: &graph,
        drawn: vec![false; design.components.len()],
        lines: Vec::new(),
    };
    for root in roots(design, vocabulary, &graph) {
        if pen.drawn.get(root) == Some(&false) {
            pen.line("", &pen.label(root));
            pen.below(root, "");
        }
    }
    let alone: Vec<usize> = (0..design.components.len())
        .filter(|at| !graph.is_connected(*at))
        .collect();
    if !alone.is_empty() {
        pen.line("", "without an arrow:");
    }
    for at in alone {
        pen.line("  ", &pen.label(at));
    }
    pen.lines.join("\n")
}

/// Where drawing begins: where requests come from, then what nobody calls, then whatever is left in a circle.
fn roots(design: &Design, vocabulary: &Vocabulary, graph: &Graph) -> Vec<usize> {
    let all = || (0..design.components.len()).filter(|at| graph.is_connected(*at));
    let origin = |at: &usize| {
        design
            .components
            .get(*at)
            .is_some_and(|component| vocabulary.kinds.info(component.kind).origin)
    };
    let uncalled = |at: &usize| graph.callers(*at).is_empty();
    let first = all().filter(|at| origin(at) && uncalled(at));
    first
        .chain(all().filter(uncalled))
        .chain(all().filter(origin))
        .chain(all())
        .collect()
}

struct Pen<'d> {
    design: &'d Design,
    vocabulary: &'d Vocabulary,
    graph: &'d Graph,
    drawn: Vec<bool>,
    lines: Vec<String>,
}

impl Pen<'_> {
    fn label(&self, at: usize) -> String {
        let component = self.design.components.get(at);
        component
            .map(|component| sheet::component_in_words(component, self.vocabulary))
            .unwrap_or_default()
    }

    fn line(&mut self, before: &str, text: &str) {
        self.lines.push(cut(format!("{before}{text}")));
    }

    /// Draws what a component calls, below it. Depth is bounded by the number of components, each drawn once.
    fn below(&mut self, at: usize, indent: &str) {
        if let Some(drawn) = self.drawn.get_mut(at) {
            *drawn = true;
        }
        let edges: Vec<usize> = self.graph.outgoing(at).collect();
        for (position, edge) in edges.iter().enumerate() {
            let Some(connection) = self.design.connections.get(*edge) else {
                continue;
            };
            let last = position + 1 == edges.len();
            let arrow = match (last, connection.asynchronous) {
                (false, false) => "├─> ",
                (true, false) => "└─> ",
                (false, true) => "├~> ",
                (true, true) => "└~> ",
            };
            let again = self.drawn.get(connection.to) == Some(&true);
            let name = if again {
                format!("{} {AGAIN}", self.design.id(connection.to))
            } else {
                self.label(connection.to)
            };
            self.line(
                &format!("{indent}{arrow}"),
                &format!("{name}{}", remarks(connection)),
            );
            if !again {
                let deeper = format!("{indent}{}", if last { "    " } else { "│   " });
                self.below(connection.to, &deeper);
            }
        }
    }
}

/// What decides who takes a connection, in brackets.
fn remarks(connection: &Connection) -> String {
    let mut words = Vec::new();
    let attributes = &connection.attributes;
    words.extend(
        attributes
            .word(Attribute::OnMiss)
            .map(|cache| format!("on a miss of {cache}")),
    );
    words.extend(attributes.word(Attribute::Only).map(str::to_owned));
    words.extend(attributes.get(Attribute::Share).map(Value::shown));
    if attributes.yes_no(Attribute::Optional) == Some(true) {
        words.push("optional".to_owned());
    }
    if words.is_empty() {
        String::new()
    } else {
        format!(" [{}]", words.join(", "))
    }
}

fn cut(line: String) -> String {
    if line.chars().count() <= WIDTH {
        return line;
    }
    line.chars().take(WIDTH - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::catalog::Catalog;
    use crate::notation::drawing;

    fn picture(lines: &[&str]) -> String {
        let catalog = Catalog::embedded();
        let vocabulary = &catalog.knowledge.vocabulary;
        let mut design = Design::default();
        for line in lines {
            let drawn = drawing::draw(line, &BTreeMap::new(), &mut design, vocabulary).expect(line);
            assert!(drawn.unknown.is_empty(), "{line}: {:?}", drawn.unknown);
        }
        draw(&design, vocabulary)
    }

    #[test]
    fn what_is_called_twice_is_drawn_once_and_named_again() {
        let picture = picture(&[
            "web -> api x3 -> db",
            "api ~> queue -> worker -> db",
            "worker -> api",
        ]);
        let expected = "\
web (client)
└─> api (service ×3)
    ├─> db (relational database)
    └~> queue (message queue)
        └─> worker (worker)
            ├─> db ↑
            └─> api ↑";
        assert_eq!(picture, expected);
    }

    #[test]
    fn what_stands_alone_and_circles_are_drawn_too() {
        let picture = picture(&["a:service -> b:service -> a", "metrics"]);
        assert_eq!(
            picture,
            "a (service)\n└─> b (service)\n    └─> a ↑\nwithout an arrow:\n  metrics (metrics)"
        );
    }

    #[test]
    fn thirty_components_fit_eighty_columns() {
        let mut lines = vec!["web -> lb -> s0:service".to_owned()];
        for n in 0..26 {
            lines.push(format!("s{}:service -> s{}:service", n / 2, n + 1));
        }
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let picture = picture(&lines);
        assert!(picture.lines().count() >= 29);
        assert!(
            picture.lines().all(|line| line.chars().count() <= 80),
            "{picture}"
        );
    }
}
