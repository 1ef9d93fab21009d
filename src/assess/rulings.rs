//! A mentor's word in the score: what it waives, weighs otherwise or adds, by the same scoring as without it.
//!
//! Knows reviews; what a finding costs is the judge's business.

use std::collections::BTreeMap;

use super::score::RuleScore;
use super::{Accepted, Finding, Score, Terms, asked};
use crate::catalog::Catalog;
use crate::model::{Design, Severity, Step};
use crate::notation::review::{Added, Review, Verdict};

/// What a mentor decided, as far as it moves the score.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rulings {
    /// By the fingerprints of findings.
    findings: BTreeMap<String, Ruling>,
    added: Vec<Added>,
    /// Who says so.
    mentor: String,
}

/// What a mentor decided on a finding.
#[derive(Clone, Debug, PartialEq)]
enum Ruling {
    /// It costs nothing, for this reason.
    Waived(String),
    /// It is as grave as this, and costs its points but for a share from 0 to 1.
    Changed(Option<Severity>, f64),
}

impl Rulings {
    /// The rulings of a review.
    #[must_use]
    pub fn of(review: &Review, mentor: &str) -> Self {
        let ruling = |one: &crate::notation::review::Decision| {
            let ruling = match one.verdict {
                Verdict::Undecided | Verdict::Accept => return None,
                Verdict::Reject => Ruling::Waived(one.reason.clone()),
                Verdict::Change => Ruling::Changed(one.severity, one.credit.unwrap_or(0.0) / 100.0),
            };
            Some((one.found.fingerprint.clone(), ruling))
        };
        Self {
            findings: review.findings.iter().filter_map(ruling).collect(),
            added: review.added.clone(),
            mentor: mentor.to_owned(),
        }
    }

    fn on(&self, finding: &Finding) -> Option<&Ruling> {
        if self.findings.is_empty() {
            return None;
        }
        self.findings.get(&finding.fingerprint())
    }

    /// The finding with the mentor's word.
    pub(super) fn applied(&self, mut finding: Finding) -> Finding {
        match self.on(&finding) {
            Some(Ruling::Waived(reason)) if finding.allowed.is_none() => {
                finding.allowed = Some(Accepted::because(reason.clone()));
            }
            Some(Ruling::Changed(Some(severity), _)) => finding.severity = *severity,
            _ => {}
        }
        finding
    }

    /// The share of a finding's points that it does not cost, from 0 to 1.
    pub(super) fn credit(&self, finding: &Finding) -> f64 {
        match self.on(finding) {
            Some(Ruling::Changed(_, credit)) => *credit,
            _ => 0.0,
        }
    }

    /// What the mentor added, as rules that earned nothing.
    pub(super) fn earned(&self, catalog: &Catalog) -> impl Iterator<Item = (Step, RuleScore)> {
        let score = |added: &Added| RuleScore {
            rule: self.name(added),
            title: added.message.clone(),
            earned: 0.0,
            weight: (added.weight).unwrap_or_else(|| usual_weight(added.severity, catalog)),
        };
        let added = self.added.iter();
        added
            .map(move |added| (added.step, score(added)))
            .filter(|(_, score)| score.weight > 0.0)
    }

    /// The grave ones of them.
    pub(super) fn grave(&self) -> impl Iterator<Item = (String, Severity)> {
        let grave = self.added.iter();
        grave
            .filter(|added| added.severity >= Severity::Major)
            .map(|added| (self.name(added), added.severity))
    }

    fn name(&self, added: &Added) -> String {
        let rule = added.rule.as_ref().map(|rule| rule.value.clone());
        rule.unwrap_or_else(|| format!("added by {}", self.mentor))
    }
}

/// The score of a design on terms with a mentor's word.
#[must_use]
pub fn score_with(design: &Design, catalog: &Catalog, terms: &Terms, rulings: Rulings) -> Score {
    let terms = Terms {
        rulings,
        ..terms.clone()
    };
    asked::ask_on(design, catalog, &terms, |asked| asked.verdict().score)
}

/// What rules of a severity usually weigh: the median of those that move marks.
#[must_use]
pub fn usual_weight(severity: Severity, catalog: &Catalog) -> f64 {
    let rules = catalog
        .rules
        .iter()
        .filter(|rule| rule.severity == severity);
    let mut weights: Vec<f64> = rules
        .map(|rule| rule.weight)
        .filter(|it| *it > 0.0)
        .collect();
    weights.sort_by(f64::total_cmp);
    weights.get(weights.len() / 2).copied().unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::{Outcome, assess};
    use crate::notation::review::{About, Decision, Found};
    use crate::notation::yaml::Limits;

    fn design() -> Design {
        let text = include_str!("../../examples/class/bo.design.yaml");
        let vocabulary = &Catalog::embedded().knowledge.vocabulary;
        crate::notation::design::read(text, vocabulary, &Limits::default()).design
    }

    fn score(review: &Review) -> Score {
        let rulings = Rulings::of(review, "Olga");
        score_with(&design(), Catalog::embedded(), &Terms::default(), rulings)
    }

    /// A review with one word on all findings that are meant.
    fn saying(verdict: Verdict, change: fn(&mut Decision), meant: fn(&Finding) -> bool) -> Review {
        let findings = assess(&design(), Catalog::embedded(), None).findings;
        let decision = |finding: &Finding| {
            let mut decision = Decision::undecided(Found {
                rule: finding.rule.clone(),
                about: Vec::new(),
                severity: finding.severity,
                says: String::new(),
                fingerprint: finding.fingerprint(),
            });
            decision.verdict = verdict;
            change(&mut decision);
            decision
        };
        Review {
            findings: findings
                .iter()
                .filter(|one| meant(one))
                .map(decision)
                .collect(),
            ..Review::default()
        }
    }

    #[test]
    fn what_is_accepted_or_undecided_changes_nothing() {
        let plain = assess(&design(), Catalog::embedded(), None).score;
        for verdict in [Verdict::Undecided, Verdict::Accept] {
            assert_eq!(score(&saying(verdict, |_| {}, |_| true)), plain);
        }
    }

    #[test]
    fn what_is_rejected_costs_nothing_and_caps_nothing() {
        let missed = |finding: &Finding| finding.outcome == Outcome::Missed;
        let score = score(&saying(Verdict::Reject, |_| {}, missed));
        assert_eq!(score.cap, None);
        let rules = score.steps.iter().flat_map(|step| &step.rules);
        let full = |rule: &RuleScore| rule.earned >= rule.weight * 0.5 - 1e-9;
        assert!(
            rules.into_iter().all(full),
            "only what is not stated costs something"
        );
    }

    #[test]
    fn a_milder_severity_lifts_the_cap_and_credit_gives_points_back() {
        let plain = score(&Review::default());
        assert!(plain.cap.is_some());
        let grave = |finding: &Finding| finding.severity >= Severity::Major;
        let mild = |decision: &mut Decision| decision.severity = Some(Severity::Minor);
        let milder = score(&saying(Verdict::Change, mild, grave));
        assert_eq!((milder.cap.clone(), milder.earned), (None, plain.earned));
        let half = |decision: &mut Decision| decision.credit = Some(50.0);
        let credited = score(&saying(Verdict::Change, half, grave));
        assert!(credited.cap.is_some() && credited.earned > plain.earned);
    }

    #[test]
    fn what_a_mentor_adds_costs_as_a_rule_does_and_caps_as_one() {
        let added = |severity, weight| Review {
            added: vec![Added {
                step: Step::Scale,
                severity,
                message: "m".to_owned(),
                about: About::default(),
                rule: None,
                weight,
            }],
            ..saying(Verdict::Reject, |_| {}, |_| true)
        };
        let (none, usual) = (
            score(&added(Severity::Note, Some(0.0))),
            score(&added(Severity::Note, None)),
        );
        assert!(usual.percent < none.percent && none.cap.is_none());
        let blocker = score(&added(Severity::Blocker, None));
        assert_eq!(blocker.cap.unwrap().reason(), "a blocker: added by Olga");
    }
}
