//! Boxes that are copies of one another: "API 1", "API 2" and "API 3" with the same neighbours are one component of three
//! instances.
//!
//! Knows names with numbers and neighbours; knows no outlines.

use std::collections::{BTreeMap, BTreeSet};

use super::Remark;
use super::names::{id_of, is_said};
use crate::model::attribute::Attribute;
use crate::model::{Component, Connection, Design, Value};
use crate::source::Span;

/// What copies have in common: their name without a number, what they are, and their neighbours.
type Likeness = (
    String,
    u16,
    Option<u16>,
    Option<String>,
    Vec<(bool, usize, bool)>,
);

/// Makes one component of each set of copies. `places` leads from boxes, whose spans are given, to components.
pub(super) fn merge_copies(
    design: &mut Design,
    remarks: &mut Vec<Remark>,
    places: &BTreeMap<usize, usize>,
    spans: &[Span],
) {
    let neighbours = neighbours(design);
    let mut alike: BTreeMap<Likeness, Vec<usize>> = BTreeMap::new();
    for (at, component) in design.components.iter().enumerate() {
        let near = neighbours.get(&at).cloned().unwrap_or_default();
        if near.is_empty() {
            continue;
        }
        let (stem, _) = stem(name(component));
        let likeness = (
            id_of(stem),
            component.kind.0,
            component.tech.map(|tech| tech.0),
            component.group.clone(),
            near.into_iter().collect(),
        );
        alike.entry(likeness).or_default().push(at);
    }
    let box_of: BTreeMap<usize, usize> = places.iter().map(|(at, place)| (*place, *at)).collect();
    let mut gone: BTreeSet<usize> = BTreeSet::new();
    for copies in alike.into_values().filter(|copies| copies.len() > 1) {
        let Some((first, others)) = copies.split_first() else {
            continue;
        };
        let all = copies.iter().filter_map(|at| design.components.get(*at));
        let total: u64 = all
            .map(|one| one.attributes.count(Attribute::Replicas).unwrap_or(1))
            .sum();
        let ids: BTreeSet<String> = design.components.iter().map(|one| one.id.clone()).collect();
        let notes = notes_of(design, &copies);
        let all = copies.iter().filter_map(|at| design.components.get(*at));
        let names: BTreeSet<&str> = all.map(name).collect();
        let are_numbered = names.len() > 1;
        let Some(component) = design.components.get_mut(*first) else {
            continue;
        };
        component.notes = notes;
        let called = name(component).to_owned();
        let attribute = keep(component, total, are_numbered, &ids);
        gone.extend(others);
        let span = box_of.get(first).and_then(|at| spans.get(*at));
        remarks.push(Remark {
            span: span.copied().unwrap_or_default(),
            text: format!(
                "`{called}` and {} more with the same neighbours are taken for one component of {total} {}",
                others.len(),
                attribute.row().name
            ),
        });
    }
    remove(design, &gone);
}

/// What is noted of all copies: each note once, and none where they only number the copies.
fn notes_of(design: &Design, copies: &[usize]) -> Option<String> {
    let all = copies
        .iter()
        .filter_map(|at| design.components.get(*at)?.notes.as_deref());
    let notes: BTreeSet<&str> = all.collect();
    let stems: BTreeSet<&str> = notes.iter().map(|note| stem(note).0).collect();
    let is_numbering = notes.len() > 1 && stems.len() == 1;
    let notes: Vec<&str> = notes.into_iter().filter(|_| !is_numbering).collect();
    (!notes.is_empty()).then(|| notes.join("; "))
}

/// Whom each component calls and is called by; itself left out.
fn neighbours(design: &Design) -> BTreeMap<usize, BTreeSet<(bool, usize, bool)>> {
    let mut all: BTreeMap<usize, BTreeSet<(bool, usize, bool)>> = BTreeMap::new();
    for one in &design.connections {
        all.entry(one.from)
            .or_default()
            .insert((true, one.to, one.asynchronous));
        all.entry(one.to)
            .or_default()
            .insert((false, one.from, one.asynchronous));
    }
    all
}

/// What a component is shown as.
fn name(component: &Component) -> &str {
    component.title.as_deref().unwrap_or(&component.id)
}

/// A name without the number or the letter that tells it from others like it, and whether it had one.
pub(super) fn stem(name: &str) -> (&str, bool) {
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let bare = bare.trim_end_matches([' ', '-', '_', '#', '.']);
    if bare.len() < name.len() && !bare.is_empty() {
        return (bare, true);
    }
    match name.rsplit_once([' ', '-', '_']) {
        Some((before, last))
            if last.len() == 1 && last.starts_with(|c: char| c.is_ascii_alphabetic()) =>
        {
            (before, true)
        }
        _ => (name, false),
    }
}

/// Makes a component stand for so many; gives back what it has so many of. Copies that are called after a part of the data
/// hold a part each.
fn keep(
    component: &mut Component,
    total: u64,
    are_numbered: bool,
    taken: &BTreeSet<String>,
) -> Attribute {
    let called = name(component).to_lowercase();
    let parts = [Attribute::Shards, Attribute::Partitions].into_iter();
    let mut parts = parts.filter(|part| {
        let one = part.row().name.trim_end_matches('s');
        called
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word == one)
    });
    let attribute = parts.next().unwrap_or(Attribute::Replicas);
    component.attributes.set(attribute, Value::Count(total));
    let (bare, is_numbered) = stem(name(component));
    if is_numbered && are_numbered && !taken.contains(&id_of(bare)) {
        let bare = bare.to_owned();
        component.id = id_of(&bare);
        component.title = Some(bare).filter(|title| !is_said(title, &component.id));
    }
    attribute
}

/// Takes components out of a design, with their connections.
fn remove(design: &mut Design, gone: &BTreeSet<usize>) {
    if gone.is_empty() {
        return;
    }
    let mut moved = BTreeMap::new();
    let mut kept = Vec::new();
    for (at, component) in design.components.drain(..).enumerate() {
        if !gone.contains(&at) {
            moved.insert(at, kept.len());
            kept.push(component);
        }
    }
    let connections = design.connections.drain(..);
    let connections = connections.filter_map(|one| {
        let (from, to) = (*moved.get(&one.from)?, *moved.get(&one.to)?);
        Some(Connection { from, to, ..one })
    });
    design.connections = connections.collect();
    design.components = kept;
}
