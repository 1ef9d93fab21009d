//! The reference that is nearest to a design: what it has and the design has not, and the reverse.
//!
//! Knows kinds of components and concepts that were heard; one reference is as good as another, whatever its school.

use std::collections::BTreeSet;

use super::reply::Listing;
use super::session::Session;
use crate::assess;
use crate::model::difference::Edit;
use crate::model::spelling::enumerated;
use crate::model::{Design, Difference, Part};
use crate::notation::design;
use crate::notation::yaml::Limits;

/// At most so many facts of one component are named.
const MOST_FACTS: usize = 4;

/// At most so many things of a sort are named.
const MOST_NAMED: usize = 6;

/// What a design is made of: the titles of the kinds that it draws and of the ideas that it speaks of.
#[derive(Debug, Default)]
struct Makeup {
    kinds: BTreeSet<String>,
    ideas: BTreeSet<String>,
}

impl Makeup {
    fn of(design: &Design, session: &Session<'_>) -> Self {
        let kinds = &session.vocabulary().kinds;
        let drawn = design
            .components
            .iter()
            .map(|component| kinds.info(component.kind));
        let drawn = drawn.filter(|info| !info.origin);
        let problem = session.problem;
        let dives = problem.deep_dives.iter().flat_map(|dive| &dive.looks_for);
        let probes = problem.probes.iter().flat_map(|probe| &probe.looks_for);
        let wanted: BTreeSet<&String> = dives.chain(probes).collect();
        let ideas = assess::ask(design, session.catalog, None, |asked| {
            let heard = wanted
                .iter()
                .filter(|id| !asked.scene.mentions(id).is_empty());
            let concepts = &session.catalog.knowledge.concepts.0;
            let titles = heard.filter_map(|id| concepts.get(id.as_str()));
            titles.map(|concept| concept.title.clone()).collect()
        });
        Self {
            kinds: drawn.map(|info| info.title.clone()).collect(),
            ideas,
        }
    }

    /// What both share of what either has (Jaccard), kinds and ideas counting the same.
    fn likeness(&self, other: &Self) -> f64 {
        f64::midpoint(
            share(&self.kinds, &other.kinds),
            share(&self.ideas, &other.ideas),
        )
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of a few dozen")]
fn share(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    let all = one.union(other).count();
    if all == 0 {
        return 1.0;
    }
    one.intersection(other).count() as f64 / all as f64
}

/// The nearest reference, beside the design. None where the problem has no references, or nothing was drawn.
pub(super) fn compared(session: &Session<'_>) -> Option<Listing> {
    let own = session.design();
    if own.components.is_empty() {
        return None;
    }
    let mine = Makeup::of(&own, session);
    let references = session.catalog.references.iter();
    let of_problem = references.filter(|reference| reference.problem == session.problem.id);
    let read = of_problem.map(|reference| {
        let reading = design::read(&reference.text, session.vocabulary(), &Limits::default());
        let makeup = Makeup::of(&reading.design, session);
        let likeness = mine.likeness(&makeup);
        (likeness, &reference.name, makeup, reading.design)
    });
    let (_, name, theirs, reference) =
        read.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    let lacking = |what: &str, from: &BTreeSet<String>, other: &BTreeSet<String>| {
        let all: Vec<String> = from.difference(other).cloned().collect();
        let named = all.get(..MOST_NAMED).unwrap_or(&all);
        (!all.is_empty()).then(|| (what.to_owned(), named.join("; ")))
    };
    let rows = [
        lacking("it draws", &theirs.kinds, &mine.kinds),
        lacking("it speaks of", &theirs.ideas, &mine.ideas),
        lacking("you draw", &mine.kinds, &theirs.kinds),
        lacking("you speak of", &mine.ideas, &theirs.ideas),
    ];
    let mut rows: Vec<(String, String)> = rows.into_iter().flatten().collect();
    rows.extend(stated_otherwise(&own, &reference, session));
    let both: Vec<&String> = mine.kinds.intersection(&theirs.kinds).collect();
    if !both.is_empty() {
        rows.push(("both draw".to_owned(), enumerated(&both)));
    }
    let title = reference.title.as_ref().unwrap_or(name);
    Some(Listing::new(
        format!("The nearest reference: {title}"),
        rows,
    ))
}

/// What both draw, and the reference states otherwise or alone: parts that are the same under whatever name.
fn stated_otherwise(
    own: &Design,
    reference: &Design,
    session: &Session<'_>,
) -> Vec<(String, String)> {
    let difference = Difference::between(own, reference, session.vocabulary());
    let own_name = |name: &str| {
        let mut renamed = difference.renamed.iter();
        let own = renamed.find(|(_, after)| *after == name);
        own.map_or(name, |(before, _)| before).to_owned()
    };
    let sections = difference.sections.iter();
    let drawn = sections.filter(|section| section.name == Part::Components.word());
    let mut changed: Vec<_> = drawn.flat_map(|section| &section.changed).collect();
    changed.sort_by_key(|changed| std::cmp::Reverse(added(&changed.edits).count()));
    let rows = changed.into_iter().filter_map(|changed| {
        let facts: Vec<String> = added(&changed.edits).take(MOST_FACTS).collect();
        let name = own_name(&changed.name);
        (!facts.is_empty()).then(|| (format!("its {name} has"), facts.join(", ")))
    });
    rows.take(MOST_NAMED / 2).collect()
}

/// What the second design states and the first does not, names and remarks apart.
fn added(edits: &[Edit]) -> impl Iterator<Item = String> {
    let words = ["title", "notes", "group", "tags", "kind", "tech"];
    let new = edits
        .iter()
        .filter(move |edit| edit.before.is_none() && !words.contains(&edit.key.as_str()));
    new.filter_map(|edit| Some(format!("{} {}", edit.key, edit.after.as_ref()?)))
}
