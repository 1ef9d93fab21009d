//! A design that was read and judged, with its text: what every format is made from.
//!
//! Knows how reading and judging come together; knows no format.

use super::{Gate, Reviewed, plain};
use crate::assess::{self, Assessment, Terms};
use crate::catalog::Catalog;
use crate::model::spelling::enumerated;
use crate::model::{Design, Level, Place, Severity};
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
    /// What fails it.
    pub gate: Gate,
    /// What mentors say, where that was asked for.
    pub reviews: Vec<Reviewed>,
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
        Self::refused(Source::new(path, ""), issue)
    }

    /// A text that could not be read for one reason.
    #[must_use]
    pub fn refused(source: Source, issue: Issue) -> Self {
        Self {
            source,
            head: Head::default(),
            issues: vec![issue],
            assessment: None,
            gate: Gate::default(),
            reviews: Vec::new(),
            places: Places::default(),
        }
    }

    /// The same behind a gate.
    #[must_use]
    pub fn with_gate(self, gate: Gate) -> Self {
        Self { gate, ..self }
    }

    /// The same with what was said of another text that draws and states the same things in the same order. Whose it is is
    /// left out.
    pub(super) fn judged_as(self, judged: Self) -> Self {
        let head = Head {
            problem: self.head.problem,
            ..Head::default()
        };
        Self {
            head,
            assessment: judged.assessment,
            gate: judged.gate,
            reviews: judged.reviews,
            ..self
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

    /// What fails the design, in words: its score or findings.
    #[must_use]
    pub fn objections(&self) -> Vec<String> {
        let assessment = self.assessment.as_ref();
        let objections = assessment.map(|assessment| self.gate.objections(assessment));
        objections.unwrap_or_default()
    }

    /// A score that is too low, in words: no finding would tell of it.
    #[must_use]
    pub fn low_score(&self) -> Option<String> {
        let assessment = self.assessment.as_ref()?;
        self.gate.too_low(&assessment.score)
    }

    /// The flows that were inferred, in words, where none are stated: figures and findings rest on them.
    #[must_use]
    pub fn inferred(&self) -> Option<String> {
        const SHOWN: usize = 3;
        let now = &self.assessment.as_ref()?.analysis;
        if !now.flows_inferred {
            return None;
        }
        let ids = now.flows.iter().map(|flow| plain::line(&flow.id));
        let mut named: Vec<String> = ids.take(SHOWN).collect();
        let more = now.flows.len().saturating_sub(SHOWN);
        if more > 0 {
            named.push(format!("{more} more"));
        }
        Some(format!(
            "flows, so these were inferred: {}",
            enumerated(&named)
        ))
    }

    /// Whether a finding or the score fails the design.
    #[must_use]
    pub fn fails(&self) -> bool {
        !self.objections().is_empty()
    }

    /// Whether there is nothing to say of the design to those who want to hear of faults alone: it passes, and nothing was
    /// found that is more than a note.
    #[must_use]
    pub fn is_well(&self) -> bool {
        let gravest = self.assessment.as_ref().and_then(Assessment::gravest);
        !self.has_errors() && !self.fails() && gravest.is_none_or(|one| one < Severity::Minor)
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

/// Reads a text, and judges it on terms. Nothing fails it but errors.
#[must_use]
pub fn check_on_terms(
    source: Source,
    catalog: &Catalog,
    terms: &Terms,
    limits: &Limits,
) -> Checked {
    read_and(source, catalog, limits, |design| {
        Some(assess::assess_on(design, catalog, terms))
    })
}

/// Reads a text, and judges nothing.
#[must_use]
pub fn read_alone(source: Source, catalog: &Catalog, limits: &Limits) -> Checked {
    read_and(source, catalog, limits, |_| None)
}

fn read_and(
    source: Source,
    catalog: &Catalog,
    limits: &Limits,
    judge: impl FnOnce(&Design) -> Option<Assessment>,
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
        reading.issues.sort_by_key(|issue| issue.span);
    }
    let readable = !reading
        .issues
        .iter()
        .any(|issue| issue.gravity == Gravity::Error);
    Checked {
        source,
        gate: Gate::default(),
        reviews: Vec::new(),
        assessment: if readable { judge(&design) } else { None },
        head: Head {
            problem: design.problem,
            title: design.title,
            author: design.author,
        },
        issues: reading.issues,
        places: reading.places,
    }
}
