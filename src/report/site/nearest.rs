//! The reference that is most like a candidate's design, and what is otherwise in it.
//!
//! Knows references and differences; that a reference is good is not said here, only what it has.

use serde::Serialize;

use super::Candidate;
use crate::catalog::Catalog;
use crate::model::difference::Section;
use crate::model::{Design, Difference, Part};
use crate::notation::design;
use crate::notation::yaml::Limits;
use crate::report::difference::{edited, stated};

/// Lines of a section, at most.
const MOST_LINES: usize = 15;

/// What is set beside each other: the drawing, and what it rests on. What was said in free words differs anyway.
const SHOWN: [Part; 5] = [
    Part::Components,
    Part::Connections,
    Part::Estimates,
    Part::Data,
    Part::Decisions,
];

/// A reference design for a problem.
#[derive(Clone, Debug)]
pub struct ReferenceDesign {
    name: String,
    pub(super) design: Design,
}

impl ReferenceDesign {
    /// Reads a reference; what is wrong with it is the business of those who test rubrics.
    #[must_use]
    pub fn read(name: &str, text: &str, catalog: &Catalog) -> Self {
        let reading = design::read(text, &catalog.knowledge.vocabulary, &Limits::default());
        Self {
            name: name.to_owned(),
            design: reading.design,
        }
    }

    /// The slug of the problem that it answers.
    pub(super) fn problem(&self) -> Option<&str> {
        self.design.problem.as_deref()
    }
}

#[derive(Debug, Serialize)]
pub(super) struct NearestView {
    name: String,
    title: Option<String>,
    sections: Vec<SectionView>,
}

#[derive(Debug, Serialize)]
struct SectionView {
    title: String,
    added: Vec<LineView>,
    removed: Vec<LineView>,
    changed: Vec<LineView>,
    more: usize,
}

#[derive(Debug, Serialize)]
struct LineView {
    name: String,
    detail: String,
}

/// The reference for the candidate's problem that differs in the fewest components and connections.
pub(super) fn view(
    candidate: &Candidate<'_>,
    references: &[ReferenceDesign],
    catalog: &Catalog,
) -> Option<NearestView> {
    let design = &candidate.design;
    if design.components.is_empty() {
        return None;
    }
    let same_problem = |other: &&ReferenceDesign| {
        design.problem.is_some() && other.design.problem == design.problem
    };
    let compared = references.iter().filter(same_problem).map(|reference| {
        let vocabulary = &catalog.knowledge.vocabulary;
        let difference = Difference::between(design, &reference.design, vocabulary);
        (distance(&difference), reference, difference)
    });
    let (_, reference, difference) =
        compared.min_by_key(|(distance, reference, _)| (*distance, &reference.name))?;
    Some(NearestView {
        name: reference.name.clone(),
        title: reference.design.title.clone(),
        sections: sections(&difference),
    })
}

/// How many components and connections are in one of two designs alone.
fn distance(difference: &Difference) -> usize {
    let drawn = [Part::Components, Part::Connections].map(Part::word);
    let sections = difference.sections.iter();
    sections
        .filter(|section| drawn.contains(&section.name))
        .map(|section| section.added.len() + section.removed.len())
        .sum()
}

fn sections(difference: &Difference) -> Vec<SectionView> {
    let shown = SHOWN.map(Part::word);
    let sections = difference.sections.iter();
    sections
        .filter(|section| shown.contains(&section.name))
        .map(section_view)
        .collect()
}

fn section_view(section: &Section) -> SectionView {
    let entry = |entry: &crate::model::difference::Entry| LineView {
        name: entry.name.clone(),
        detail: stated(entry),
    };
    let lists = [
        section.added.len(),
        section.removed.len(),
        section.changed.len(),
    ];
    let changed = section.changed.iter().take(MOST_LINES).map(|changed| {
        let edits: Vec<String> = changed.edits.iter().map(edited).collect();
        LineView {
            name: changed.name.clone(),
            detail: edits.join("; "),
        }
    });
    SectionView {
        title: section.name.to_owned(),
        added: section.added.iter().take(MOST_LINES).map(entry).collect(),
        removed: section.removed.iter().take(MOST_LINES).map(entry).collect(),
        changed: changed.collect(),
        more: lists
            .map(|count| count.saturating_sub(MOST_LINES))
            .iter()
            .sum(),
    }
}
