//! Finders for the concepts that rules ask for: small ones for the first designs, then one that knows every concept.
//!
//! Knows who asks for what; how a text is gone through is the finder's business.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use super::{Finder, edges};
use crate::rubric::beginnings::{Firsts, first_letters};
use crate::rubric::concept::Concepts;

/// Finders for the concepts that rules ask for, each made when a text is to be searched.
#[derive(Debug, Default)]
pub struct Finders {
    general: Asked,
    of_problems: BTreeMap<String, Asked>,
    /// How many designs were searched.
    searched: AtomicUsize,
    /// For whatever no rule asks for, and what all others are made of where there are many designs.
    all: OnceLock<Arc<Finder>>,
    /// The ids of all concepts in order; their positions are their numbers.
    ids: OnceLock<Vec<String>>,
}

/// The concepts that some rules ask for.
#[derive(Debug, Default)]
struct Asked {
    concepts: BTreeSet<String>,
    finder: OnceLock<Arc<Finder>>,
}

/// So many small finders are made sooner than one of all concepts.
const FEW: usize = 8;

impl Finders {
    /// Notes that rules ask for a concept: those for designs of a problem, or general ones.
    pub fn note(&mut self, problem: Option<&str>, concept: &str) {
        let asked = match problem {
            Some(problem) => self.of_problems.entry(problem.to_owned()).or_default(),
            None => &mut self.general,
        };
        asked.concepts.insert(concept.to_owned());
    }

    /// What the rules for a problem ask for, or those that hold without one, to be searched in the texts of a design. The
    /// first design is often the only one: while there are few, a finder knows no more than what the texts can hold.
    pub(in crate::rubric) fn usual<'t>(
        &self,
        problem: Option<&str>,
        concepts: &Concepts,
        texts: impl Iterator<Item = &'t str>,
    ) -> Arc<Finder> {
        let of_problem = problem.and_then(|problem| self.of_problems.get(problem));
        let asked = of_problem.unwrap_or(&self.general);
        let is_asked =
            |id: &String| asked.concepts.contains(id) || self.general.concepts.contains(id);
        if self.searched.fetch_add(1, Ordering::Relaxed) < FEW {
            return Arc::new(Finder::of(concepts, is_asked, Some(&firsts(texts))));
        }
        let finder = asked.finder.get_or_init(|| {
            let numbers: Vec<bool> = concepts.0.keys().map(is_asked).collect();
            let is_asked = |number| numbers.get(number) == Some(&true);
            Arc::new(self.all(concepts).only(is_asked))
        });
        Arc::clone(finder)
    }

    /// All concepts.
    pub(in crate::rubric) fn all(&self, concepts: &Concepts) -> Arc<Finder> {
        let all = || Arc::new(Finder::of(concepts, |_| true, None));
        Arc::clone(self.all.get_or_init(all))
    }

    /// The number of a concept: its position among all.
    pub(in crate::rubric) fn number(&self, id: &str, concepts: &Concepts) -> Option<usize> {
        let ids = self
            .ids
            .get_or_init(|| concepts.0.keys().cloned().collect());
        let found = ids.binary_search_by(|other| other.as_str().cmp(id));
        found.ok()
    }
}

/// What wordings can begin with in some texts.
pub(super) fn firsts<'t>(texts: impl Iterator<Item = &'t str>) -> Firsts {
    let of_text = |text: &'t str| {
        let text = text.as_bytes();
        edges(text).map(|(at, _)| first_letters(text.get(at..).unwrap_or_default()))
    };
    Firsts::new(texts.flat_map(of_text).collect())
}
