//! A design that was read and judged, with its text: what every format is made from.
//!
//! Knows how reading and judging come together; knows no format.

use crate::assess::{self, Assessment, Outcome, Terms};
use crate::catalog::Catalog;
use crate::model::{Level, Place, Severity};
use crate::notation::design;
use crate::notation::yaml::Limits;
use crate::source::{Gravity, Issue, Places, Position, Source, Span};

/// The head of a design.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The slug of its problem.
    pub problem: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Whose it is.
    pub author: Option<String>,
}

/// A design, read and judged.
#[derive(Debug)]
pub struct Checked {
    /// Its text under its path.
    pub source: Source,
    /// Its head.
    pub head: Head,
    /// Mistakes in the text.
    pub issues: Vec<Issue>,
    /// What the rules say; none where the text has errors.
    pub assessment: Option<Assessment>,
    places: Places,
}

/// From one position to another, end excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// The first character.
    pub start: Position,
    /// The character after the last.
    pub end: Position,
}

/// What all designs came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Designs that were judged.
    pub designs: usize,
    /// Designs with a finding at or above the threshold, or a score below the gate.
    pub failed: usize,
    /// Files that could not be checked.
    pub errors: usize,
}

impl Checked {
    /// A file that could not be read at all.
    #[must_use]
    pub fn unreadable(path: &str, message: String) -> Self {
        let issue = Issue {
            gravity: Gravity::Error,
            span: Span::default(),
            message,
            help: None,
        };
        Self {
            source: Source::new(path, ""),
            head: Head::default(),
            issues: vec![issue],
            assessment: None,
            places: Places::default(),
        }
    }

    /// Whether something in the text is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.issues
            .iter()
            .any(|issue| issue.gravity == Gravity::Error)
    }

    /// The bytes of a place.
    #[must_use]
    pub fn span(&self, place: Place) -> Span {
        self.places.span(place)
    }

    /// Lines and columns of a span.
    #[must_use]
    pub fn region(&self, span: Span) -> Region {
        Region {
            start: self.source.position(span.start),
            end: self.source.position(span.end),
        }
    }

    /// Whether a finding reaches the threshold, or the score misses the gate.
    #[must_use]
    pub fn fails(&self, threshold: Option<Severity>, min_score: Option<f64>) -> bool {
        let Some(assessment) = &self.assessment else {
            return false;
        };
        let grave = |least: Severity| {
            assessment.findings.iter().any(|finding| {
                finding.allowed.is_none()
                    && finding.outcome == Outcome::Missed
                    && finding.severity >= least
            })
        };
        threshold.is_some_and(grave)
            || min_score.is_some_and(|least| assessment.score.percent < least)
    }
}

/// Reads and judges a text.
#[must_use]
pub fn check_text(
    source: Source,
    catalog: &Catalog,
    level: Option<Level>,
    limits: &Limits,
) -> Checked {
    check_on_terms(source, catalog, &Terms::at(level), limits)
}

/// Reads a text, and judges it on terms.
#[must_use]
pub fn check_on_terms(
    source: Source,
    catalog: &Catalog,
    terms: &Terms,
    limits: &Limits,
) -> Checked {
    let mut reading = design::read(&source.text, &catalog.knowledge.vocabulary, limits);
    let design = reading.design;
    if let Some(slug) = design
        .problem
        .as_deref()
        .filter(|slug| catalog.problem(slug).is_none())
    {
        reading.issues.push(Issue {
            gravity: Gravity::Error,
            span: reading.places.span(Place::Problem),
            message: format!("unknown problem `{slug}`"),
            help: catalog.problem_meant(slug),
        });
    }
    let readable = !reading
        .issues
        .iter()
        .any(|issue| issue.gravity == Gravity::Error);
    Checked {
        source,
        assessment: readable.then(|| assess::assess_on(&design, catalog, terms)),
        head: Head {
            problem: design.problem,
            title: design.title,
            author: design.author,
        },
        issues: reading.issues,
        places: reading.places,
    }
}
