//! Groups: those that are one thing, such as an icon of many strokes, and those that hold several.
//!
//! Knows which elements were grouped; knows no labels.

use std::collections::{BTreeMap, BTreeSet};

use super::elements::{Drawing, Element, Sort};

/// The groups that hold several things: arrows with heads run in them, or two of their shapes have words of their own.
pub(super) fn compositions(drawing: &Drawing) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut labelled: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (at, element) in drawing.elements.iter().enumerate() {
        match element.sort() {
            Sort::Arrow if element.has_heads() => {
                found.extend(element.groups().map(str::to_owned));
                let ends = [&element.start_binding, &element.end_binding];
                let [start, end] = ends.map(|end| {
                    let end = end.as_ref()?;
                    drawing.named(end.element_id.as_deref())
                });
                if let Some((start, end)) = start.zip(end)
                    && start != end
                {
                    found.extend(common(drawing, start, end).map(str::to_owned));
                }
            }
            Sort::Text => {
                let Some(host) = host(drawing, at) else {
                    continue;
                };
                for group in common(drawing, at, host) {
                    labelled.entry(group).or_default().insert(host);
                }
            }
            _ => {}
        }
    }
    let several = labelled.iter().filter(|(_, hosts)| hosts.len() > 1);
    found.extend(several.map(|(group, _)| (*group).to_owned()));
    found
}

/// The groups that two elements are both in.
fn common(drawing: &Drawing, one: usize, other: usize) -> impl Iterator<Item = &str> {
    let other: BTreeSet<&str> = drawing
        .get(other)
        .into_iter()
        .flat_map(Element::groups)
        .collect();
    let groups = drawing.get(one).into_iter().flat_map(Element::groups);
    groups.filter(move |group| other.contains(group))
}

/// The shape that a text is written on, or else the smallest that it lies in.
fn host(drawing: &Drawing, text: usize) -> Option<usize> {
    if let Some(container) = drawing.container(text) {
        return drawing.is(container, Sort::Shape).then_some(container);
    }
    let centre = drawing.rect(text).centre();
    let shapes = (0..drawing.elements.len()).filter(|at| drawing.is(*at, Sort::Shape));
    let around = shapes.filter(|at| drawing.rect(*at).has(centre));
    around.min_by(|one, two| {
        let (one, two) = (drawing.rect(*one).area(), drawing.rect(*two).area());
        one.total_cmp(&two)
    })
}
