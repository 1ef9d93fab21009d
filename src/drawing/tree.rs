//! The architecture as a picture of text: who calls whom as a tree, from where requests come in.
//!
//! A component that several others call is drawn once, where it was met first, and named again with a mark where it is met
//! later. Knows lines and their width; knows no colours. The marks are of Unicode; a terminal without it is given others.

use super::picture::Picture;
use super::words;
use crate::graph::Graph;
use crate::model::{Design, Vocabulary};

/// Lines are cut so that a terminal of 80 columns shows them.
const WIDTH: usize = 78;

/// What marks a component that is drawn further up.
const AGAIN: &str = "↑";

/// What marks a component that is drawn further down, as a line of its own.
const LATER: &str = "↓";

/// Columns after which nothing is drawn deeper.
const DEEPEST: usize = 48;

/// Draws the components and connections of a design; the same design always gives the same lines.
pub(super) fn draw(picture: &Picture<'_>) -> String {
    let (design, vocabulary) = (picture.design, picture.vocabulary);
    let graph = Graph::new(design);
    let mut pen = Pen {
        picture,
        graph: &graph,
        drawn: vec![false; design.components.len()],
        lines: Vec::new(),
    };
    for root in roots(design, vocabulary, &graph) {
        if pen.drawn.get(root) == Some(&false) {
            pen.line("", root);
            pen.below(root, "");
        }
    }
    let alone: Vec<usize> = (0..design.components.len())
        .filter(|at| !graph.is_connected(*at))
        .collect();
    if !alone.is_empty() {
        pen.lines.push("without an arrow:".to_owned());
    }
    for at in alone {
        pen.line("  ", at);
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
    picture: &'d Picture<'d>,
    graph: &'d Graph,
    drawn: Vec<bool>,
    lines: Vec<String>,
}

impl Pen<'_> {
    /// A component in words with its marks; without its kind where the line has no room for all and the rest says enough.
    fn label(&self, at: usize, room: usize) -> String {
        let Some(component) = self.picture.design.components.get(at) else {
            return String::new();
        };
        let marks = match self.picture.marks.of_component(at) {
            [] => String::new(),
            marks => format!(" ! {}", words::marks(marks)),
        };
        let whole = words::component_in_words(component, self.picture.vocabulary);
        let whole = format!("{whole}{marks}");
        if whole.chars().count() <= room {
            return whole;
        }
        let brief = words::briefly(component, self.picture.vocabulary);
        format!("{brief}{marks}")
    }

    fn line(&mut self, before: &str, at: usize) {
        let label = self.label(at, WIDTH - before.chars().count());
        self.lines.push(cut(format!("{before}{label}")));
    }

    /// Draws what a component calls, below it. What would stand too far to the right begins anew further down.
    fn below(&mut self, at: usize, indent: &str) {
        if let Some(drawn) = self.drawn.get_mut(at) {
            *drawn = true;
        }
        let edges: Vec<usize> = self.graph.outgoing(at).collect();
        for (position, edge) in edges.iter().enumerate() {
            let design = self.picture.design;
            let Some(connection) = design.connections.get(*edge) else {
                continue;
            };
            let last = position + 1 == edges.len();
            let arrow = match (last, connection.asynchronous) {
                (false, false) => "├─> ",
                (true, false) => "└─> ",
                (false, true) => "├~> ",
                (true, true) => "└~> ",
            };
            let start = format!("{indent}{arrow}");
            let remarks = words::remarks(connection);
            let again = self.drawn.get(connection.to) == Some(&true);
            let later = !again && start.chars().count() > DEEPEST && self.calls(connection.to);
            let name = if again || later {
                let mark = if again { AGAIN } else { LATER };
                format!("{} {mark}", design.id(connection.to))
            } else {
                let taken = start.chars().count() + remarks.chars().count();
                self.label(connection.to, WIDTH.saturating_sub(taken))
            };
            self.lines.push(cut(format!("{start}{name}{remarks}")));
            if !again && !later {
                let deeper = format!("{indent}{}", if last { "    " } else { "│   " });
                self.below(connection.to, &deeper);
            }
        }
    }

    fn calls(&self, at: usize) -> bool {
        self.graph.outgoing(at).next().is_some()
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
    use crate::model::Attribute;
    use crate::notation::drawing;

    fn picture(lines: &[&str]) -> String {
        let catalog = Catalog::embedded();
        let vocabulary = &catalog.knowledge.vocabulary;
        let mut design = Design::default();
        for line in lines {
            let drawn = drawing::draw(line, &BTreeMap::new(), &mut design, vocabulary).expect(line);
            assert!(drawn.unknown.is_empty(), "{line}: {:?}", drawn.unknown);
        }
        draw(&Picture::plain(&design, vocabulary))
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
    fn what_is_too_deep_begins_anew_and_long_chains_cost_little() {
        let names: Vec<String> = (0..3000).map(|n| format!("s{n}:service")).collect();
        let chain = names.join(" -> ");
        let picture = picture(&[&chain]);
        assert_eq!(picture.lines().count(), 3000 + 3000 / 13);
        assert!(picture.contains("└─> s13 ↓\ns13 (service)"), "{picture}");
    }

    #[test]
    fn remarks_matter_more_than_kinds() {
        let catalog = Catalog::embedded();
        let vocabulary = &catalog.knowledge.vocabulary;
        let mut design = Design::default();
        let line = "web -> redis x3 -> a_long_name_of_a_store:cassandra x12";
        drawing::draw(line, &BTreeMap::new(), &mut design, vocabulary).expect(line);
        let to_it = &mut design.connections[1].attributes;
        to_it.set(
            Attribute::OnMiss,
            crate::model::Value::Word("redis".to_owned()),
        );
        let picture = draw(&Picture::plain(&design, vocabulary));
        let last = picture.lines().last().expect("a line");
        assert!(last.ends_with("×12) [on a miss of redis]"), "{last}");
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
