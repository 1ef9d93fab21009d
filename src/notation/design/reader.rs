//! What the readers of all parts share: the design so far, the places noted, the complaints.
//!
//! Knows the vocabulary; knows no key of the file.

use std::collections::{BTreeMap, BTreeSet};

use super::figures::stated_figures;
use crate::model::{Attribute, Connection, Design, Place, Quantity, Vocabulary, spelling};
use crate::notation::arrows;
use crate::notation::yaml::{Fields, Limits};
use crate::source::{Issues, Places, Span};

/// Mistakes for which the nearest of all names is looked for; a file may have thousands of either.
const MOST_HELPED: usize = 200;

/// How many components or connections are looked through one by one.
const FEW: usize = 64;

/// A design being read.
pub(super) struct Reader<'v> {
    pub vocabulary: &'v Vocabulary,
    pub limits: Limits,
    pub design: Design,
    pub places: Places,
    pub issues: Issues,
    /// Ids of components that could not be read: naming them elsewhere is no second mistake.
    pub broken: BTreeSet<String>,
    /// Whether the components could be read at all: if not, whatever names one may be right.
    pub are_components_known: bool,
    /// The same of figures.
    pub are_figures_known: bool,
    /// Figures that expressions may name beside those of the text.
    pub given: Vec<(String, Quantity)>,
    /// What tells the first components from one another.
    prints: Vec<u64>,
    /// Positions of components by id, and how many were noted; for more than a few.
    ids: (BTreeMap<String, usize>, usize),
    /// Connections by their ends and whether nobody waits, each with its position, and how many were noted; for more than a few.
    drawn: (BTreeSet<(usize, usize, bool, usize)>, usize),
}

impl<'v> Reader<'v> {
    pub fn new(vocabulary: &'v Vocabulary, limits: Limits) -> Self {
        Self {
            vocabulary,
            limits,
            design: Design::default(),
            places: Places::default(),
            issues: Issues::default(),
            broken: BTreeSet::new(),
            are_components_known: true,
            are_figures_known: true,
            given: Vec::new(),
            prints: Vec::new(),
            ids: (BTreeMap::new(), 0),
            drawn: (BTreeSet::new(), 0),
        }
    }

    /// A reader of a text that may name the components and figures of a design.
    pub fn onto(design: &Design, vocabulary: &'v Vocabulary, limits: Limits) -> Self {
        Self {
            design: Design {
                components: design.components.clone(),
                connections: design.connections.clone(),
                ..Design::default()
            },
            given: stated_figures(design),
            ..Self::new(vocabulary, limits)
        }
    }

    /// The position of the component with an id. Components are only ever added while a design is read.
    pub fn position(&mut self, id: &str) -> Option<usize> {
        let components = &self.design.components;
        if components.len() <= FEW {
            while let Some(component) = components.get(self.prints.len()) {
                self.prints.push(spelling::print(&component.id));
            }
            let print = spelling::print(id);
            let mut known = self.prints.iter().zip(components);
            return known.position(|(other, component)| *other == print && component.id == id);
        }
        let (known, noted) = &mut self.ids;
        for (at, component) in self.design.components.iter().enumerate().skip(*noted) {
            known.entry(component.id.clone()).or_insert(at);
        }
        *noted = self.design.components.len();
        known.get(id).copied()
    }

    /// The position of the connection between two components that takes reads, writes or both: what is said of one more is said
    /// of it, unless one is for reads alone and the other for writes.
    pub fn connection(
        &mut self,
        from: usize,
        to: usize,
        asynchronous: bool,
        only: Option<&str>,
    ) -> Option<usize> {
        let connections = &self.design.connections;
        let is_same = |edge: &Connection| {
            let stated = edge.attributes.word(Attribute::Only);
            stated.is_none() || only.is_none() || stated == only
        };
        if connections.len() <= FEW {
            return connections.iter().position(|edge| {
                (edge.from, edge.to, edge.asynchronous) == (from, to, asynchronous) && is_same(edge)
            });
        }
        let (known, noted) = &mut self.drawn;
        for (at, edge) in connections.iter().enumerate().skip(*noted) {
            known.insert((edge.from, edge.to, edge.asynchronous, at));
        }
        *noted = connections.len();
        let of_pair = (from, to, asynchronous, 0)..=(from, to, asynchronous, usize::MAX);
        let mut same = known.range(of_pair).map(|(.., at)| *at);
        same.find(|at| connections.get(*at).is_some_and(is_same))
    }

    /// The position of a component; complains of unknown ids.
    pub fn component(&mut self, id: &str, span: Span) -> Option<usize> {
        self.component_as(id, span, "service")
    }

    /// The same where a component of some kind is expected, which is proposed.
    pub fn component_as(&mut self, id: &str, span: Span, kind: &str) -> Option<usize> {
        let found = self.position(id);
        if found.is_none() && self.are_components_known && !self.broken.contains(id) {
            let known = self.design.components.iter();
            let known = known.map(|component| component.id.as_str());
            let all = known.chain(self.broken.iter().map(String::as_str));
            let near = spelling::nearest(id, all.filter(|_| self.is_helped()));
            let help = match near {
                Some(near) => spelling::proposal(near),
                None if arrows::is_id(id) => format!("add it to `components`: `{id}: {kind}`"),
                None => format!("name a component that is a `{kind}`"),
            };
            self.issues
                .error(span, format!("unknown component `{id}`"), help);
        }
        found
    }

    /// Whether mistakes are still so few that the names that may have been meant are looked for.
    pub fn is_helped(&self) -> bool {
        self.issues.len() < MOST_HELPED
    }

    /// Notes where a key of a map stands as a place.
    pub fn note_key(&mut self, fields: &Fields<'_, '_>, key: &str, place: Place) {
        if let Some(node) = fields.get(key) {
            self.places.note(place, node.span);
        }
    }
}
