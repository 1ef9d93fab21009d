//! Expressions that wait for the figures that they name, worked out in the order of their dependence.
//!
//! Knows names and expressions; knows no key of the file.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::mem;

use super::figures::normal_name;
use super::reader::Reader;
use crate::model::quantity::{self, Scope};
use crate::model::{Figure, Part, Quantity, spelling};
use crate::notation::yaml::{Node, text_of};
use crate::source::Span;

/// An expression that waits for the figures that it names.
pub(super) struct Pending<'n, 't> {
    pub part: Part,
    pub name: String,
    /// The name as it is looked up.
    pub normal: String,
    pub key_span: Span,
    pub node: &'n Node<'t>,
    pub peak: Option<&'n Node<'t>>,
    pub figure: Option<Figure>,
    pub state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Waiting,
    Done,
    Failed,
}

impl Pending<'_, '_> {
    /// What it names, as far as that can be read; its own name is a noun in its expression: `users: 100M users`.
    fn names(&self) -> impl Iterator<Item = String> + use<'_> {
        let text = self.node.text().filter(|_| self.state == State::Waiting);
        let names = text.map(quantity::names_in).unwrap_or_default();
        let names = names.into_iter().map(|name| normal_name(&name));
        names.filter(|name| *name != self.normal)
    }

    /// Words without a digit: an assumption may be said in prose.
    fn is_prose(&self) -> bool {
        let text = self.node.text().unwrap_or_default();
        self.part == Part::Assumptions && !text.contains(|c: char| c.is_ascii_digit())
    }
}

/// The figures of a design that wait, each under a name of its own.
#[derive(Default)]
pub(super) struct Waiting<'n, 't> {
    pub entries: Vec<Pending<'n, 't>>,
    places: BTreeMap<String, usize>,
}

impl<'n, 't> Waiting<'n, 't> {
    /// The figure under a name as it is looked up.
    pub fn named(&self, normal: &str) -> Option<&Pending<'n, 't>> {
        let at = self.places.get(normal)?;
        self.entries.get(*at)
    }

    pub fn add(&mut self, entry: Pending<'n, 't>) {
        self.places.insert(entry.normal.clone(), self.entries.len());
        self.entries.push(entry);
    }
}

/// The names of a design: those that have a value by now, and those that have none yet.
#[derive(Default)]
pub(super) struct Known(BTreeMap<String, Option<Quantity>>);

impl Known {
    /// Names that have values.
    pub fn of(stated: impl IntoIterator<Item = (String, Quantity)>) -> Self {
        let stated = stated.into_iter();
        Self(stated.map(|(name, value)| (name, Some(value))).collect())
    }
}

impl Scope for Known {
    fn lookup(&self, name: &str) -> Option<Quantity> {
        let normal = spelling::snake(name.trim());
        self.0.get(&*normal).copied().flatten()
    }

    fn names(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }

    fn has(&self, name: &str) -> bool {
        self.0.contains_key(&*spelling::snake(name.trim()))
    }
}

/// A scope that names nothing in its complaints: to look for the nearest of many names takes its time.
struct Nameless<'k>(&'k Known);

impl Scope for Nameless<'_> {
    fn lookup(&self, name: &str) -> Option<Quantity> {
        self.0.lookup(name)
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }

    fn has(&self, name: &str) -> bool {
        self.0.has(name)
    }
}

impl Reader<'_> {
    /// Works out what depends on nothing that waits, until nothing waits or the rest waits for itself.
    pub(super) fn resolve(&mut self, waiting: &mut Waiting<'_, '_>) {
        let mut known = Known::of(self.given.iter().cloned());
        let names = waiting.places.keys();
        known.0.extend(names.map(|name| (name.clone(), None)));
        let mut order = Order::of(waiting);
        let pending = &mut waiting.entries;
        while let Some(at) = order.ready.pop_front() {
            let Some(entry) = pending.get_mut(at) else {
                continue;
            };
            known.0.remove(&entry.normal);
            if entry.state == State::Waiting {
                self.evaluate(entry, &known, order.is_spoilt(at));
            }
            let value = entry.figure.as_ref().map(|figure| figure.quantity);
            known.0.insert(entry.normal.clone(), value);
            order.settle(at, entry.state);
        }
        for entry in order.circles().into_iter().filter_map(|at| pending.get(at)) {
            self.circle(&entry.name, entry.node.span);
        }
    }

    fn circle(&mut self, name: &str, span: Span) {
        let message = format!("`{name}` depends on itself");
        let help = "state one of the figures as a value".to_owned();
        self.issues.error(span, message, help);
    }

    /// The value of an expression. One that is spoilt names a figure without a value, which was complained of there.
    fn evaluate(&mut self, entry: &mut Pending<'_, '_>, known: &Known, is_spoilt: bool) {
        entry.state = State::Failed;
        let Some(text) = text_of(entry.node, &mut self.issues) else {
            return;
        };
        let nameless = Nameless(known);
        let is_helped = self.is_helped();
        let scope: &dyn Scope = if is_helped { known } else { &nameless };
        let error = match quantity::evaluate(text, scope) {
            Ok(figure) => {
                entry.figure = Some(figure);
                entry.state = State::Done;
                return;
            }
            Err(_) if entry.is_prose() => {
                entry.state = State::Done;
                return;
            }
            Err(error) => error,
        };
        let has_value = |name: &String| known.lookup(name).is_some();
        if !self.are_figures_known && !quantity::names_in(text).iter().all(has_value) {
            return;
        }
        let first = (!is_spoilt).then_some(error);
        let unknown = quantity::unknown_names(text, scope);
        for error in unknown.into_iter().chain(first) {
            let span = entry.node.part(&error.span);
            let word = text.get(error.span).unwrap_or_default();
            if normal_name(word) == entry.normal {
                self.circle(&entry.name, span);
                continue;
            }
            let help = error.help.filter(|_| is_helped);
            self.issues.error(span, error.message, help);
        }
    }
}

/// Which figures can be worked out, by their positions.
struct Order {
    /// Those that wait for nothing.
    ready: VecDeque<usize>,
    nodes: Vec<Links>,
}

/// How a figure hangs together with others.
#[derive(Clone, Default)]
struct Links {
    /// Those that it names, each once.
    names: Vec<usize>,
    /// Those that name it.
    named_by: Vec<usize>,
    /// How many of those that it names have no value yet.
    waits: usize,
    /// One of those that it names has no value, and never will.
    is_spoilt: bool,
}

impl Order {
    fn of(waiting: &Waiting<'_, '_>) -> Self {
        let mut nodes = vec![Links::default(); waiting.entries.len()];
        for (at, entry) in waiting.entries.iter().enumerate() {
            let named = entry.names();
            let named: BTreeSet<usize> = named
                .filter_map(|name| waiting.places.get(&name).copied())
                .collect();
            for other in &named {
                if let Some(other) = nodes.get_mut(*other) {
                    other.named_by.push(at);
                }
            }
            if let Some(node) = nodes.get_mut(at) {
                node.waits = named.len();
                node.names = named.into_iter().collect();
            }
        }
        let ready = positions(&nodes, |node| node.waits == 0);
        Self {
            ready: ready.into(),
            nodes,
        }
    }

    fn is_spoilt(&self, at: usize) -> bool {
        self.nodes.get(at).is_some_and(|node| node.is_spoilt)
    }

    /// A figure waits no more; those that waited for it alone are ready.
    fn settle(&mut self, at: usize, state: State) {
        let waiting = self
            .nodes
            .get_mut(at)
            .map(|node| mem::take(&mut node.named_by));
        for at in waiting.unwrap_or_default() {
            let Some(node) = self.nodes.get_mut(at) else {
                continue;
            };
            node.is_spoilt |= state == State::Failed;
            node.waits -= 1;
            if node.waits == 0 {
                self.ready.push_back(at);
            }
        }
    }

    /// Of those that still wait, the ones that wait for each other: those that nobody waits for are left out, one by one.
    fn circles(mut self) -> Vec<usize> {
        let mut needed: Vec<usize> = self.nodes.iter().map(|node| node.named_by.len()).collect();
        let mut idle = positions(&self.nodes, |node| {
            node.waits > 0 && node.named_by.is_empty()
        });
        while let Some(at) = idle.pop() {
            let names = self.nodes.get_mut(at).map(|node| {
                node.waits = 0;
                mem::take(&mut node.names)
            });
            for named in names.unwrap_or_default() {
                let Some(needed) = needed.get_mut(named).filter(|needed| **needed > 0) else {
                    continue;
                };
                *needed -= 1;
                if *needed == 0 {
                    idle.push(named);
                }
            }
        }
        positions(&self.nodes, |node| node.waits > 0)
    }
}

fn positions(nodes: &[Links], is_meant: impl Fn(&Links) -> bool) -> Vec<usize> {
    let places = nodes.iter().enumerate();
    let meant = places.filter(|(_, node)| is_meant(node));
    meant.map(|(at, _)| at).collect()
}
