//! Ways through the graph: from, to, through, avoiding.
//!
//! Knows reachability; which components count is said by selectors.

use super::super::condition::Condition;
use super::super::noun::Noun;
use super::super::reader::RuleReader;
use super::super::scene::Scene;
use super::super::selector::Selector;
use super::super::trace::Trace;
use super::existence::is_whole;
use crate::analysis::Truth;
use crate::model::Connection;
use crate::notation::yaml::{Fields, Key, Node, Shape, Term};

/// A question about ways.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent switches of one question"
)]
struct Path {
    from: Selector,
    to: Selector,
    through: Option<Selector>,
    avoiding: Option<Selector>,
    some: bool,
    direct: bool,
    sync_only: bool,
    at_most: Option<usize>,
    whole: bool,
}

/// The keys of a question about ways.
pub(super) const PATH: &[Key] = &[
    Key::needed(
        "from",
        Shape::Of(Term::Selector("component")),
        "Where it starts.",
    ),
    Key::needed(
        "to",
        Shape::Of(Term::Selector("component")),
        "Where it ends.",
    ),
    Key::new(
        "through",
        Shape::Of(Term::Selector("component")),
        "What lies on it.",
    ),
    Key::new(
        "avoiding",
        Shape::Of(Term::Selector("component")),
        "What does not.",
    ),
    Key::new("some", Shape::YesNo, "One such way is enough."),
    Key::new("direct", Shape::YesNo, "It is one connection."),
    Key::new("sync_only", Shape::YesNo, "The caller waits all along it."),
    Key::new("at_most", Shape::Text, "Its connections at most."),
    Key::new(
        "on",
        Shape::Word(&["design"]),
        "It may leave the bound flow.",
    ),
];

/// Reads `path: {...}`.
pub(super) fn read(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    let fields = Fields::of(node, "a path", reader.issues)?;
    fields.known(PATH, reader.issues);
    for key in ["from", "to"] {
        if fields.get(key).is_none() {
            reader.issues.error(
                node.span,
                format!("a path without `{key}`"),
                format!("add `{key}: client`"),
            );
        }
    }
    let mut selector = |key: &str| match fields.get(key) {
        Some(node) => Selector::read(Noun::Component, node, reader).map(Some),
        None => Some(None),
    };
    let (from, to) = (selector("from"), selector("to"));
    let (through, avoiding) = (selector("through"), selector("avoiding"));
    let mut yes = |key: &str| fields.yes_no(key, reader.issues).unwrap_or(false);
    let (some, direct, sync_only) = (yes("some"), yes("direct"), yes("sync_only"));
    let whole = is_whole(&fields, reader);
    let at_most = fields.get("at_most").map(|node| reader.count(node));
    let at_most = at_most.map_or(Some(None), |count| count.map(Some));
    let path = Path {
        from: from??,
        to: to??,
        through: through?,
        avoiding: avoiding?,
        some,
        direct,
        sync_only,
        at_most: at_most?,
        whole,
    };
    Some(Condition::new(move |scene, trace| path.test(scene, trace)))
}

/// The components that a selector surely matches, and those that it may match.
struct Set {
    sure: Vec<usize>,
    possible: Vec<usize>,
}

impl Set {
    fn of(selector: &Selector, scene: &Scene<'_>, whole: bool) -> Self {
        let all: Vec<(usize, Truth)> = selector.select(scene, whole).collect();
        let sure = all
            .iter()
            .filter(|(_, truth)| truth.is_yes())
            .map(|(at, _)| *at)
            .collect();
        Self {
            sure,
            possible: all.into_iter().map(|(at, _)| at).collect(),
        }
    }
}

impl Path {
    fn test(&self, scene: &Scene<'_>, trace: &mut Trace) -> Truth {
        let from = Set::of(&self.from, scene, self.whole);
        let to = Set::of(&self.to, scene, self.whole);
        let through = self
            .through
            .as_ref()
            .map(|selector| Set::of(selector, scene, self.whole));
        let avoiding = self
            .avoiding
            .as_ref()
            .map(|selector| Set::of(selector, scene, self.whole));
        let strict = self.holds(
            scene,
            &from.sure,
            &to.sure,
            through.as_ref().map(|set| &set.sure),
            avoiding.as_ref().map(|set| &set.possible),
            trace,
        );
        let mut unused = Trace::off();
        let lenient = self.holds(
            scene,
            &from.possible,
            &to.possible,
            through.as_ref().map(|set| &set.possible),
            avoiding.as_ref().map(|set| &set.sure),
            &mut unused,
        );
        if strict == lenient {
            Truth::from(strict)
        } else {
            Truth::NotStated
        }
    }

    fn holds(
        &self,
        scene: &Scene<'_>,
        from: &[usize],
        to: &[usize],
        through: Option<&Vec<usize>>,
        avoiding: Option<&Vec<usize>>,
        trace: &mut Trace,
    ) -> bool {
        let facts = scene
            .bound
            .flow
            .filter(|_| !self.whole)
            .and_then(|at| scene.subject.flows.get(at));
        let edges = |at: usize| {
            let waits = scene
                .subject
                .design
                .connections
                .get(at)
                .is_some_and(|edge| !edge.asynchronous);
            (!self.sync_only || waits) && facts.is_none_or(|facts| facts.connections.contains(&at))
        };
        let graph = &scene.subject.graph;
        let reached = |seen: &[bool]| -> Vec<usize> {
            to.iter()
                .copied()
                .filter(|at| !from.contains(at) && seen.get(*at).copied().unwrap_or(false))
                .collect()
        };
        let ends = reached(&graph.reachable(from, &edges));
        if ends.is_empty() {
            return false;
        }
        let breach: Vec<usize> = if self.direct {
            return is_direct(scene, from, to, &edges, trace);
        } else if let Some(through) = through {
            if self.some {
                return passes(scene, from, to, through, &edges);
            }
            let around =
                reached(&graph.reachable_around(from, &edges, &|at| through.contains(&at)));
            around
                .into_iter()
                .filter(|at| !through.contains(at))
                .collect()
        } else if let Some(avoiding) = avoiding {
            let free = reached(&graph.reachable_around(from, &edges, &|at| avoiding.contains(&at)));
            if free.is_empty() {
                ends.clone()
            } else {
                Vec::new()
            }
        } else {
            Vec::new()
        };
        let shown = if breach.is_empty() { &ends } else { &breach };
        for at in shown {
            trace.find(Noun::Component.place(scene, *at), || {
                scene.subject.design.id(*at).to_owned()
            });
        }
        breach.is_empty() && self.is_short(scene, from, to, &edges)
    }

    fn is_short(
        &self,
        scene: &Scene<'_>,
        from: &[usize],
        to: &[usize],
        edges: &dyn Fn(usize) -> bool,
    ) -> bool {
        let Some(most) = self.at_most else {
            return true;
        };
        from.iter().any(|start| {
            let distances = scene.subject.graph.distances(*start, edges);
            to.iter().any(|end| {
                distances
                    .get(*end)
                    .copied()
                    .flatten()
                    .is_some_and(|hops| hops <= most)
            })
        })
    }
}

/// Whether some way passes one of the components.
fn passes(
    scene: &Scene<'_>,
    from: &[usize],
    to: &[usize],
    through: &[usize],
    edges: &dyn Fn(usize) -> bool,
) -> bool {
    let ahead = scene.subject.graph.reachable(from, edges);
    let behind = scene.subject.graph.reaching(to, edges);
    through.iter().any(|at| {
        ahead.get(*at).copied().unwrap_or(false) && behind.get(*at).copied().unwrap_or(false)
    })
}

/// Whether one connection leads from one set to the other.
fn is_direct(
    scene: &Scene<'_>,
    from: &[usize],
    to: &[usize],
    edges: &dyn Fn(usize) -> bool,
    trace: &mut Trace,
) -> bool {
    let joins = |edge: &Connection| from.contains(&edge.from) && to.contains(&edge.to);
    let mut found = false;
    for (at, edge) in scene.subject.design.connections.iter().enumerate() {
        if edges(at) && joins(edge) {
            trace.find(Noun::Connection.place(scene, at), || {
                Noun::Connection.name(scene, at)
            });
            found = true;
        }
    }
    found
}
