//! What a design has most to gain by: the rules that it misses, with what each of them cost.
//!
//! Knows an assessment; knows no words.

use super::{Assessment, Finding, Outcome, Score};
use crate::model::Severity;

/// A missed rule with what it cost of all marks.
#[derive(Clone, Copy, Debug)]
pub struct Lesson<'a> {
    /// Its first finding.
    pub finding: &'a Finding,
    /// Points of the whole score.
    pub cost: f64,
}

impl Assessment {
    /// The missed rules, what caps the band first, then by what they cost; one of each page of the reference, then the
    /// others.
    #[must_use]
    pub fn lessons(&self) -> Vec<Lesson<'_>> {
        let counts = |finding: &&Finding| {
            finding.outcome == Outcome::Missed
                && finding.severity > Severity::Note
                && finding.allowed.is_none()
        };
        let mut all: Vec<Lesson<'_>> = Vec::new();
        for finding in self.findings.iter().filter(counts) {
            if !all.iter().any(|other| other.finding.rule == finding.rule) {
                let cost = self.score.cost_of(&finding.rule);
                all.push(Lesson { finding, cost });
            }
        }
        // What caps the band stands first, whatever it cost beside; of the rest, cost alone decides.
        let cap = |lesson: &Lesson<'_>| lesson.finding.severity.max(Severity::Minor);
        all.sort_by(|a, b| cap(b).cmp(&cap(a)).then(b.cost.total_cmp(&a.cost)));
        let mut pages: Vec<&str> = Vec::new();
        let (first, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|lesson| {
            let page = lesson.finding.reference.as_deref().unwrap_or_default();
            let is_new = !pages.contains(&page);
            pages.push(page);
            is_new || cap(lesson) > Severity::Minor
        });
        first.into_iter().chain(others).collect()
    }
}

impl Score {
    /// What a rule cost of all points: its lost share of the points of its step.
    #[must_use]
    pub fn cost_of(&self, rule: &str) -> f64 {
        let of_step = self.steps.iter().find_map(|step| {
            let lost = step.rules.iter().find(|other| other.rule == rule)?;
            let weights: f64 = step.rules.iter().map(|rule| rule.weight).sum();
            (weights > 0.0).then(|| step.possible * (lost.weight - lost.earned) / weights)
        });
        of_step.unwrap_or(0.0)
    }
}
