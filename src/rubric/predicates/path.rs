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
    let at_most = fields.get("at_most").map(|node| hops(node, reader));
    let at_most = at_most.map_or(Some(None), |count| count.map(Some));
    tell_idle(&fields, [some, direct], reader);
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

/// A number of connections.
fn hops(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<usize> {
    let count = reader.count(node)?;
    if count == 0 {
        let help = "write `1` or more".to_owned();
        let message = "no way has 0 connections".to_owned();
        reader.issues.error(node.span, message, help);
        return None;
    }
    Some(count)
}

/// Complains of keys that say nothing beside others.
fn tell_idle(fields: &Fields<'_, '_>, [some, direct]: [bool; 2], reader: &mut RuleReader<'_>) {
    let is_there = |key: &&str| fields.get(key).is_some();
    let idle = ["through", "avoiding", "at_most"].into_iter();
    for key in idle.filter(|key| direct && is_there(key)) {
        let at = fields.get(key).map_or(fields.span, |node| node.span);
        let message = format!(
            "`{key}` beside `direct` says nothing: a connection has nothing between its ends"
        );
        let help = format!("remove `direct` or `{key}`");
        reader.issues.error(at, message, help);
    }
    if some && !is_there(&"through") {
        let at = fields.get("some").map_or(fields.span, |node| node.span);
        let message = "`some` says nothing without `through`";
        let help = "remove it, or say what one such way passes: `through: {kind: cache}`";
        reader.issues.error(at, message, help.to_owned());
    }
}

/// The components that a selector surely matches, and those that it may match.
#[derive(Default)]
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

    fn perhaps(selector: Option<&Selector>, scene: &Scene<'_>, whole: bool) -> Self {
        selector.map_or_else(Self::default, |selector| Self::of(selector, scene, whole))
    }

    /// The readings of the set with as few members as a way needs: those that are sure, alone or with one more. Where they
    /// are many, the sure ones beside all others stand for them.
    fn readings(&self) -> Vec<Vec<usize>> {
        let others = self.possible.iter().filter(|at| !self.sure.contains(at));
        let mut all = vec![self.sure.clone()];
        all.extend(others.map(|other| [self.sure.as_slice(), &[*other]].concat()));
        if all.len() > MOST_READINGS {
            return vec![self.sure.clone(), self.possible.clone()];
        }
        all
    }
}

/// More readings of an end of a way are not told apart.
const MOST_READINGS: usize = 8;

/// What ways may and may not lead along, and from where to where.
#[derive(Clone, Copy)]
struct Course<'c> {
    from: &'c [usize],
    to: &'c [usize],
    through: &'c [usize],
    avoiding: &'c [usize],
}

impl Path {
    /// More ends make for more ways, and for more ways that go astray: so what surely holds and what may hold are each read
    /// with the ends that are against it.
    fn test(&self, scene: &Scene<'_>, trace: &mut Trace) -> Truth {
        let ends = [&self.from, &self.to].map(|end| Set::of(end, scene, self.whole));
        let between = [&self.through, &self.avoiding];
        let between = between.map(|set| Set::perhaps(set.as_ref(), scene, self.whole));
        let truth = if self.surely(scene, &ends, &between) {
            Truth::Yes
        } else if self.perhaps(scene, &ends, &between) {
            Truth::NotStated
        } else {
            Truth::No
        };
        if trace.is_on() {
            let [from, to] = ends.each_ref().map(|end| match truth {
                Truth::Yes => end.sure.as_slice(),
                Truth::No | Truth::NotStated => end.possible.as_slice(),
            });
            let [through, avoiding] = &between;
            let course = Course {
                from,
                to,
                through: &through.sure,
                avoiding: &avoiding.possible,
            };
            self.tell(scene, course, truth, trace);
        }
        truth
    }

    /// Whether it holds however what is not stated is read.
    fn surely(&self, scene: &Scene<'_>, [from, to]: &[Set; 2], between: &[Set; 2]) -> bool {
        let [through, avoiding] = between;
        let least = Course {
            from: &from.sure,
            to: &to.sure,
            through: &through.sure,
            avoiding: &avoiding.possible,
        };
        // Fewer ways are avoided, and more of them go astray.
        let most = Course {
            from: &from.possible,
            to: &to.possible,
            through: &through.sure,
            avoiding: &avoiding.sure,
        };
        self.exists(scene, least) && self.astray(scene, most).is_empty()
    }

    /// Whether it holds in some reading of what is not stated.
    fn perhaps(&self, scene: &Scene<'_>, [from, to]: &[Set; 2], between: &[Set; 2]) -> bool {
        let [through, avoiding] = between;
        let holds = |from: &[usize], to: &[usize]| {
            let most = Course {
                from,
                to,
                through: &through.possible,
                avoiding: &avoiding.sure,
            };
            let least = Course {
                avoiding: &avoiding.possible,
                ..most
            };
            self.exists(scene, most) && self.astray(scene, least).is_empty()
        };
        let ends = to.readings();
        let starts = from.readings();
        let mut starts = starts.iter();
        starts.any(|from| ends.iter().any(|to| holds(from, to)))
    }

    /// The connections that count, by position.
    fn counts(&self, scene: &Scene<'_>, at: usize) -> bool {
        let bound = scene.bound.flow.filter(|_| !self.whole);
        let facts = bound.and_then(|at| scene.subject.flows.get(at));
        let edge = scene.subject.design.connections.get(at);
        let waits = edge.is_some_and(|edge| !edge.asynchronous);
        (!self.sync_only || waits) && facts.is_none_or(|facts| facts.connections.contains(&at))
    }

    /// The ends that are reached, within so many connections as there may be, without passing some components.
    fn reached(&self, scene: &Scene<'_>, course: Course<'_>, around: &[usize]) -> Vec<usize> {
        let Course { from, to, .. } = course;
        let edges = |at: usize| self.counts(scene, at) && !leaves(scene, at, around, from);
        let near = match self.at_most {
            None => scene.subject.graph.reachable(from, &edges),
            Some(most) => within(scene, from, most, &edges),
        };
        let ends = to.iter().copied();
        ends.filter(|at| !from.contains(at) && near.get(*at) == Some(&true))
            .collect()
    }

    /// Whether there is a way.
    fn exists(&self, scene: &Scene<'_>, course: Course<'_>) -> bool {
        let edges = |at: usize| self.counts(scene, at);
        if self.direct {
            return is_direct(scene, course.from, course.to, &edges, &mut Trace::off());
        }
        let is_way = !self.reached(scene, course, course.avoiding).is_empty();
        is_way && (!self.some || self.through.is_none() || self.passes(scene, course))
    }

    /// The ends of ways that pass none of those that every way is to pass.
    fn astray(&self, scene: &Scene<'_>, course: Course<'_>) -> Vec<usize> {
        if self.through.is_none() || self.some || self.direct {
            return Vec::new();
        }
        let around = [course.through, course.avoiding].concat();
        let mut ends = self.reached(scene, course, &around);
        ends.retain(|at| !course.through.contains(at));
        ends
    }

    /// Whether some way passes one of the components.
    fn passes(&self, scene: &Scene<'_>, course: Course<'_>) -> bool {
        let Course { from, to, .. } = course;
        let edges = |at: usize| self.counts(scene, at) && !leaves(scene, at, course.avoiding, from);
        let graph = &scene.subject.graph;
        let Some(most) = self.at_most else {
            let ahead = graph.reachable(from, &edges);
            let behind = graph.reaching(to, &edges);
            let is_on_it =
                |at: &usize| ahead.get(*at) == Some(&true) && behind.get(*at) == Some(&true);
            return course.through.iter().any(is_on_it);
        };
        course.through.iter().any(|middle| {
            let left = (0..=most)
                .find(|hops| within(scene, from, *hops, &edges).get(*middle) == Some(&true));
            left.is_some_and(|hops| {
                let near = within(scene, &[*middle], most - hops, &edges);
                to.iter().any(|end| near.get(*end) == Some(&true))
            })
        })
    }

    /// What was seen: the ends that are reached in breach of it, or those that are reached.
    fn tell(&self, scene: &Scene<'_>, course: Course<'_>, truth: Truth, trace: &mut Trace) {
        if self.direct {
            let edges = |at: usize| self.counts(scene, at);
            is_direct(scene, course.from, course.to, &edges, trace);
            return;
        }
        if self.some && self.through.is_some() {
            return;
        }
        let mut shown = if truth.is_yes() {
            Vec::new()
        } else {
            self.astray(scene, course)
        };
        if shown.is_empty() {
            shown = self.reached(scene, course, course.avoiding);
        }
        if shown.is_empty() {
            shown = self.reached(scene, course, &[]);
        }
        for at in shown {
            trace.find(Noun::Component.place(scene, at), || {
                scene.subject.design.id(at).to_owned()
            });
        }
    }
}

/// Whether a connection leads on from what ways don't pass. What they start from they leave.
fn leaves(scene: &Scene<'_>, at: usize, around: &[usize], from: &[usize]) -> bool {
    let edge = scene.subject.design.connections.get(at);
    edge.is_some_and(|edge| around.contains(&edge.from) && !from.contains(&edge.from))
}

/// Which components are at most so many connections away.
fn within(
    scene: &Scene<'_>,
    from: &[usize],
    most: usize,
    edges: &dyn Fn(usize) -> bool,
) -> Vec<bool> {
    let graph = &scene.subject.graph;
    let mut near = vec![false; graph.len()];
    for start in from {
        let distances = graph.distances(*start, edges);
        for (near, hops) in near.iter_mut().zip(distances) {
            *near |= hops.is_some_and(|hops| hops <= most);
        }
    }
    near
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
