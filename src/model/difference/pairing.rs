//! Which component of one design is which of another: the one with the same id; else the one that is of the same kind and
//! technology and has the same neighbours, where no other could be meant.
//!
//! Knows components and connections; knows not what else differs.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::technology::normal;
use crate::model::{Attributes, Component, Design, Kind, Tech};

/// Searches for pairs at most: each finds pairs by those found before, so that a chain of renamed components may be twice
/// as long.
const SEARCHES: usize = 64;

/// The components of two designs, paired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairing {
    /// For each component before, the one that it is after.
    pub after: Vec<Option<usize>>,
}

/// What a component is, whatever it is called.
type Nature = (Kind, Option<Tech>, Option<String>);

/// A neighbour: the component of the second design where it is known, else what it is. `true` for one that is called.
type Neighbour = (bool, Result<usize, Nature>);

/// What tells components apart, from the sharpest to the bluntest.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sight {
    /// What it is, its neighbours, and all that is said of it and its connections.
    Sharp,
    /// What it is and its neighbours.
    Plain,
}

/// All that is seen of a component.
type Look = (Nature, Vec<Neighbour>, Vec<String>);

/// A design with the neighbours and connections of its components.
struct Side<'d> {
    design: &'d Design,
    neighbours: Vec<BTreeSet<(bool, usize)>>,
    connections: Vec<Vec<usize>>,
}

impl Pairing {
    /// Pairs the components of two designs.
    #[must_use]
    pub fn between(before: &Design, after: &Design) -> Self {
        let ids: BTreeMap<&str, usize> = positions(after);
        let same_id = |component: &Component| ids.get(component.id.as_str()).copied();
        let mut pairing = Self {
            after: before.components.iter().map(same_id).collect(),
        };
        let (before, after) = (Side::of(before), Side::of(after));
        for _ in 0..SEARCHES {
            let open = Open::of(&pairing, &before, &after);
            let pairs = open.sole(Sight::Sharp);
            let pairs = pairs.or_else(|| open.sole(Sight::Plain));
            let pairs = pairs.or_else(|| open.moved());
            let Some(pairs) = pairs.or_else(|| open.alike()) else {
                break;
            };
            for (old, new) in pairs {
                if let Some(slot) = pairing.after.get_mut(old) {
                    *slot = Some(new);
                }
            }
        }
        pairing
    }

    /// The ids that differ, before and after.
    #[must_use]
    pub fn renamed(&self, before: &Design, after: &Design) -> BTreeMap<String, String> {
        let pairs = self.after.iter().enumerate();
        pairs
            .filter_map(|(old, new)| Some((before.id(old), after.id((*new)?))))
            .filter(|(old, new)| old != new)
            .map(|(old, new)| (old.to_owned(), new.to_owned()))
            .collect()
    }
}

fn positions(design: &Design) -> BTreeMap<&str, usize> {
    let components = design.components.iter().enumerate();
    components.map(|(at, c)| (c.id.as_str(), at)).collect()
}

impl<'d> Side<'d> {
    fn of(design: &'d Design) -> Self {
        let mut side = Self {
            design,
            neighbours: vec![BTreeSet::new(); design.components.len()],
            connections: vec![Vec::new(); design.components.len()],
        };
        for (at, connection) in design.connections.iter().enumerate() {
            side.note(connection.from, at, (true, connection.to));
            side.note(connection.to, at, (false, connection.from));
        }
        side
    }

    fn note(&mut self, component: usize, connection: usize, neighbour: (bool, usize)) {
        if let Some(of) = self.neighbours.get_mut(component) {
            of.insert(neighbour);
        }
        if let Some(of) = self.connections.get_mut(component) {
            of.push(connection);
        }
    }

    fn nature(&self, at: usize) -> Option<Nature> {
        let component = self.design.components.get(at)?;
        let unknown = component.tech_text.as_deref().map(normal);
        let unknown = unknown.filter(|_| component.tech.is_none());
        Some((component.kind, component.tech, unknown))
    }

    fn neighbours(&self, at: usize) -> impl Iterator<Item = (bool, usize)> {
        self.neighbours.get(at).into_iter().flatten().copied()
    }

    /// What is seen of a component; nothing of one without neighbours, which could be any.
    fn look(&self, at: usize, sight: Sight, known: &BTreeMap<usize, usize>) -> Option<Look> {
        let seen = |(called, other): (bool, usize)| match known.get(&other) {
            Some(pair) => Some((called, Ok(*pair))),
            None => Some((called, Err(self.nature(other)?))),
        };
        let mut neighbours: Vec<Neighbour> = self.neighbours(at).filter_map(seen).collect();
        neighbours.sort();
        let said = match sight {
            Sight::Sharp => self.said(at),
            Sight::Plain => Vec::new(),
        };
        (!neighbours.is_empty()).then_some((self.nature(at)?, neighbours, said))
    }

    /// All that is said of a component and its connections, without the names of others.
    fn said(&self, at: usize) -> Vec<String> {
        let component = self.design.components.get(at);
        let words = component.into_iter().flat_map(|component| {
            let words = component.title.iter().chain(&component.notes).cloned();
            words.chain(stated(&component.attributes))
        });
        let connections = self.connections.get(at).into_iter().flatten();
        let mut links: Vec<String> = connections
            .filter_map(|connection| self.design.connections.get(*connection))
            .flat_map(|connection| stated(&connection.attributes))
            .collect();
        links.sort();
        words.chain(links).collect()
    }
}

fn stated(attributes: &Attributes) -> impl Iterator<Item = String> {
    let attributes = attributes.iter();
    let own = attributes.filter(|(attribute, _)| !attribute.row().value.names_component());
    own.map(|(attribute, value)| format!("{} {}", attribute.row().name, value.shown()))
}

/// The components that have no pair yet.
struct Open<'d> {
    before: &'d Side<'d>,
    after: &'d Side<'d>,
    /// For each paired component before, the one after.
    forth: BTreeMap<usize, usize>,
    /// For each paired component after, itself.
    back: BTreeMap<usize, usize>,
}

/// Components before and after that look the same.
type Group = (Vec<usize>, Vec<usize>);

impl<'d> Open<'d> {
    fn of(pairing: &Pairing, before: &'d Side<'d>, after: &'d Side<'d>) -> Self {
        let pairs = pairing.after.iter().enumerate();
        let forth: BTreeMap<usize, usize> = pairs
            .filter_map(|(old, new)| Some((old, (*new)?)))
            .collect();
        Self {
            before,
            after,
            back: forth.values().map(|new| (*new, *new)).collect(),
            forth,
        }
    }

    /// Open components by something that is known of them.
    fn grouped<K: Ord>(
        &self,
        key: impl Fn(&Side<'_>, usize, &BTreeMap<usize, usize>) -> Option<K>,
    ) -> BTreeMap<K, Group> {
        let mut groups: BTreeMap<K, Group> = BTreeMap::new();
        let open = |side: &Side<'_>, known: &BTreeMap<usize, usize>| -> Vec<(K, usize)> {
            let all = (0..side.design.components.len()).filter(|at| !known.contains_key(at));
            all.filter_map(|at| Some((key(side, at, known)?, at)))
                .collect()
        };
        for (key, at) in open(self.before, &self.forth) {
            groups.entry(key).or_default().0.push(at);
        }
        for (key, at) in open(self.after, &self.back) {
            groups.entry(key).or_default().1.push(at);
        }
        groups
    }

    /// Pairs of which each is the only one that looks so.
    fn sole(&self, sight: Sight) -> Option<Vec<(usize, usize)>> {
        let groups = self.grouped(|side, at, known| side.look(at, sight, known));
        some(groups.into_values().filter_map(|group| only(&group)))
    }

    /// Pairs of which each is the only one of its nature that is open, and that still share a neighbour.
    fn moved(&self) -> Option<Vec<(usize, usize)>> {
        let groups = self.grouped(|side, at, _| side.nature(at));
        let shares = |(old, new): &(usize, usize)| {
            let known = |(called, other)| Some((called, *self.forth.get(&other)?));
            let mut old = self.before.neighbours(*old).filter_map(known);
            let new: BTreeSet<(bool, usize)> = self.after.neighbours(*new).collect();
            old.any(|neighbour| new.contains(&neighbour))
        };
        some(groups.values().filter_map(only).filter(shares))
    }

    /// The first group of as many before as after that look the same in everything: any may be any.
    fn alike(&self) -> Option<Vec<(usize, usize)>> {
        let groups = self.grouped(|side, at, known| side.look(at, Sight::Sharp, known));
        let (mut old, mut new) = groups
            .into_values()
            .find(|(old, new)| !old.is_empty() && old.len() == new.len())?;
        old.sort_by_key(|at| self.before.design.id(*at));
        new.sort_by_key(|at| self.after.design.id(*at));
        Some(old.into_iter().zip(new).collect())
    }
}

fn only(group: &Group) -> Option<(usize, usize)> {
    match (group.0.as_slice(), group.1.as_slice()) {
        ([old], [new]) => Some((*old, *new)),
        _ => None,
    }
}

fn some(pairs: impl Iterator<Item = (usize, usize)>) -> Option<Vec<(usize, usize)>> {
    let pairs: Vec<(usize, usize)> = pairs.collect();
    (!pairs.is_empty()).then_some(pairs)
}
