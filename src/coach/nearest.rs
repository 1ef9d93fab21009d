//! The reference that is nearest to a design: what it has and the design has not, and the reverse.
//!
//! Knows kinds of components and concepts that were heard; one reference is as good as another, whatever its school.

use std::collections::BTreeSet;

use super::reply::Listing;
use super::session::Session;
use crate::assess;
use crate::model::Design;
use crate::model::spelling::enumerated;
use crate::notation::design;
use crate::notation::yaml::Limits;

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
        let title = reading
            .design
            .title
            .unwrap_or_else(|| reference.name.clone());
        (mine.likeness(&makeup), title, makeup)
    });
    let (_, title, theirs) = read.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
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
    let both: Vec<&String> = mine.kinds.intersection(&theirs.kinds).collect();
    if !both.is_empty() {
        rows.push(("both draw".to_owned(), enumerated(&both)));
    }
    Some(Listing::new(
        format!("The nearest reference: {title}"),
        rows,
    ))
}
