//! What fails a design, and what all designs came to: sums, and how often each rule found something.
//!
//! Knows findings and counts; knows no format.

use std::collections::BTreeMap;

use super::Checked;
use crate::assess::{Assessment, Finding, Outcome, Score};
use crate::model::Severity;
use crate::model::spelling::counted;

/// What a score below the gate goes by in formats whose readers want a rule for whatever they show.
pub(super) const SCORE: &str = "score-below-the-gate";

/// What fails a design.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gate {
    /// The least severity of a finding that does; none where no finding does.
    pub fail_on: Option<Severity>,
    /// The percentage below which the score does.
    pub min_score: Option<f64>,
}

impl Gate {
    /// Whether a finding fails its design: one that is missed and not accepted, at or above the threshold.
    #[must_use]
    pub fn stops(self, finding: &Finding) -> bool {
        finding.outcome == Outcome::Missed
            && finding.allowed.is_none()
            && self.fail_on.is_some_and(|least| finding.severity >= least)
    }

    /// Whether a score is too low.
    #[must_use]
    pub fn is_missed_by(self, score: &Score) -> bool {
        self.min_score.is_some_and(|least| score.percent < least)
    }

    /// A score that is too low, beside the one that is wanted.
    #[must_use]
    pub fn too_low(self, score: &Score) -> Option<String> {
        let least = self.min_score.filter(|_| self.is_missed_by(score));
        least.map(|least| wanted(score, least))
    }

    /// What a design fails by, in words: nothing where it passes.
    #[must_use]
    pub fn objections(self, assessment: &Assessment) -> Vec<String> {
        let stops = |finding: &&Finding| self.stops(finding);
        let findings = assessment.findings.iter().filter(stops).count();
        let gravity = self.fail_on.filter(|_| findings > 0);
        let findings = counted(findings, "finding", "findings");
        let gravity = gravity.map(|least| format!("{findings} at or above {}", least.word()));
        let score = self.too_low(&assessment.score);
        score.into_iter().chain(gravity).collect()
    }
}

/// What is said in place of a score where no rule applied.
pub(super) const NOTHING_JUDGED: &str = "nothing could be judged";

/// A score beside the one that is wanted.
pub(super) fn wanted(score: &Score, least: f64) -> String {
    if !score.is_judged() {
        return format!("{NOTHING_JUDGED}, at least {least}% wanted");
    }
    let band = score.band.title();
    format!("{}% {band}, at least {least}% wanted", score.percent)
}

/// What all designs came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Designs that were judged.
    pub designs: usize,
    /// Designs with a finding at or above the threshold, or a score below the gate.
    pub failed: usize,
    /// Files that could not be checked.
    pub errors: usize,
    /// What each rule found, where that is asked for.
    pub statistics: Option<Statistics>,
}

impl Summary {
    /// Counts a design, or a file that is none.
    pub fn count(&mut self, checked: &Checked) {
        if checked.has_errors() {
            self.errors += 1;
        } else {
            self.designs += 1;
        }
        if checked.fails() {
            self.failed += 1;
        }
        if let (Some(statistics), Some(assessment)) = (&mut self.statistics, &checked.assessment) {
            statistics.count(&assessment.findings);
        }
    }
}

/// How often each rule found something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics(BTreeMap<String, RuleCount>);

/// How often a rule found something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleCount {
    /// The fault in words.
    pub title: String,
    /// The gravest severity of what it found.
    pub severity: Option<Severity>,
    /// Findings that are missed and not accepted.
    pub missed: usize,
    /// Findings that are not stated.
    pub not_stated: usize,
    /// Findings that the designs accept.
    pub allowed: usize,
    /// Designs with at least one of them.
    pub designs: usize,
}

impl Statistics {
    /// Counts the findings of a design.
    fn count(&mut self, findings: &[Finding]) {
        let mut here: BTreeMap<&str, RuleCount> = BTreeMap::new();
        for finding in findings {
            let count = here.entry(&finding.rule).or_default();
            count.title.clone_from(&finding.title);
            count.severity = count.severity.max(Some(finding.severity));
            count.designs = 1;
            match (&finding.allowed, finding.outcome) {
                (Some(_), _) => count.allowed += 1,
                (None, Outcome::Missed) => count.missed += 1,
                (None, _) => count.not_stated += 1,
            }
        }
        for (rule, count) in here {
            let sum = self.0.entry(rule.to_owned()).or_default();
            sum.title = count.title;
            sum.severity = sum.severity.max(count.severity);
            sum.missed += count.missed;
            sum.not_stated += count.not_stated;
            sum.allowed += count.allowed;
            sum.designs += count.designs;
        }
    }

    /// The rules with what they found, those that miss most first.
    #[must_use]
    pub fn rows(&self) -> Vec<(&str, &RuleCount)> {
        let mut rows: Vec<(&str, &RuleCount)> = self
            .0
            .iter()
            .map(|(rule, count)| (rule.as_str(), count))
            .collect();
        // The map is in the order of the rules, and sorting keeps it among equals.
        rows.sort_by_key(|(_, count)| {
            std::cmp::Reverse((count.missed, count.not_stated, count.severity))
        });
        rows
    }
}
