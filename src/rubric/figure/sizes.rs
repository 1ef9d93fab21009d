//! What a design says of the size and the life of its data.
//!
//! Knows figures by their roles.

use std::collections::BTreeMap;

use super::{FigureFact, Role, definitions};
use crate::analysis::{Entry, Sizes};
use crate::model::quantity::Dimension;
use crate::notation::design::normal_name;
use crate::rubric::scene::Scene;

/// What the design says of the size and the life of its data. The size of an entry is that of a figure named after the
/// table (`click_size` for `click`), or of the only such figure; of several tables in one store all count.
pub fn sizes(scene: &Scene<'_>) -> Sizes {
    let of_role = |role: Role| {
        let has = move |fact: &&FigureFact| {
            let id = fact.id.as_deref();
            definitions(&scene.knowledge.figures, scene.problem)
                .any(|figure| Some(figure.id.as_str()) == id && figure.role == Some(role))
        };
        scene.figures().iter().filter(has)
    };
    let first = |role: Role, dimension: Dimension| {
        let mut fitting = of_role(role).filter(move |fact| fact.quantity.dimension == dimension);
        fitting.next().map(|fact| fact.quantity.value)
    };
    let entries: Vec<&FigureFact> = of_role(Role::EntrySize)
        .filter(|fact| fact.quantity.dimension == Dimension::SIZE)
        .collect();
    let all_sizes = scene
        .figures()
        .iter()
        .filter(|fact| fact.quantity.dimension == Dimension::SIZE);
    let named: Vec<&FigureFact> = all_sizes.collect();
    let mut sizes = Sizes {
        entry: BTreeMap::new(),
        retention: first(Role::Retention, Dimension::DURATION),
        copies: first(Role::Copies, Dimension::NUMBER),
    };
    for entity in &scene.subject.design.data {
        let Some(store) = entity.store else { continue };
        let name = normal_name(&entity.name);
        let own = named.iter().find(|fact| {
            let rest = normal_name(&fact.name);
            let rest = rest
                .strip_prefix(name.as_str())
                .map(|rest| rest.trim_start_matches('s'));
            matches!(rest, Some("_size" | "_bytes"))
        });
        let only = if let [only] = entries.as_slice() {
            Some(only)
        } else {
            None
        };
        if let Some(fact) = own.or(only) {
            let found = Entry::of(fact.quantity.value, &fact.name);
            let known = sizes.entry.remove(&store);
            let all = known.map_or(found.clone(), |known| known.and(found));
            sizes.entry.insert(store, all);
        }
    }
    sizes
}
