//! Findings that somebody accepted: in the design, with a reason, or by a baseline; and acceptances that no longer hold.
//!
//! Knows allowances and baselines; what is said of them is data.

use std::collections::BTreeMap;
use std::fmt;

use super::asked::Asked;
use super::judgement::Judgement;
use super::{Finding, Outcome};
use crate::model::{Allowance, Part, Place, spelling};
use crate::rubric::{Noun, Occasion, Rule};

/// How a finding was accepted. As a text it is the reason, with who accepted it and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Why.
    pub reason: String,
    /// By whom, where that is said.
    pub owner: Option<String>,
    /// The last day on which that holds, as year-month-day.
    pub until: Option<String>,
}

impl Accepted {
    /// For a reason, by nobody named and for good.
    pub(super) const fn because(reason: String) -> Self {
        Self {
            reason,
            owner: None,
            until: None,
        }
    }
}

impl fmt::Display for Accepted {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let owner = self.owner.iter().map(|owner| format!("by {owner}"));
        let until = self.until.iter().map(|until| format!("until {until}"));
        let terms: Vec<String> = owner.chain(until).collect();
        match terms.as_slice() {
            [] => write!(out, "{}", self.reason),
            terms => write!(out, "{} ({})", self.reason, terms.join(", ")),
        }
    }
}

impl Asked<'_> {
    /// How the design accepts a finding, if it does. What is said of acceptances can't be accepted in its turn.
    pub(super) fn allowed(
        &self,
        judgement: &Judgement<'_>,
        subjects: &[String],
    ) -> Option<Accepted> {
        let is_of_acceptance = matches!(judgement.bound.subject, Some((Noun::Allowance, _)));
        if is_of_acceptance {
            return None;
        }
        let rule = &judgement.rule.id;
        let allowances = &self.scene.subject.design.allow;
        let found = allowances
            .iter()
            .find(|allowance| !self.is_over(allowance) && covers(allowance, rule, subjects));
        found.map(|allowance| Accepted {
            reason: allowance.reason.clone(),
            owner: allowance.owner.clone(),
            until: allowance.until.clone(),
        })
    }

    /// Days are written so that they sort as time goes.
    fn is_over(&self, allowance: &Allowance) -> bool {
        match (&allowance.until, &self.terms.today) {
            (Some(until), Some(today)) => until < today,
            _ => false,
        }
    }

    /// The day that allowances were held against, where that matters.
    pub(super) fn day_that_matters(&self) -> Option<String> {
        let allowances = &self.scene.subject.design.allow;
        let matters = allowances.iter().any(|allowance| allowance.until.is_some());
        self.terms.today.clone().filter(|_| matters)
    }

    /// What is to be said of the design's allowances.
    pub(super) fn allowances_out_of_date(&self, findings: &[Finding]) -> Vec<Finding> {
        let mut said = Vec::new();
        for (at, allowance) in self.scene.subject.design.allow.iter().enumerate() {
            let is_used = findings.iter().any(|finding| {
                let is_accepted = finding.allowed.is_some();
                is_accepted && covers(allowance, &finding.rule, &finding.subjects)
            });
            let occasion = if self.is_over(allowance) {
                Occasion::ExpiredAllowance
            } else if !is_used && self.would_be_found(&allowance.rule) {
                Occasion::UnusedAllowance
            } else {
                continue;
            };
            let every = || "anything".to_owned();
            let words = [
                ("rule", allowance.rule.clone()),
                ("subject", allowance.subject.clone().unwrap_or_else(every)),
                ("reason", allowance.reason.clone()),
                ("owner", allowance.owner.clone().unwrap_or_default()),
                ("until", allowance.until.clone().unwrap_or_default()),
            ];
            let rule = std::iter::once(allowance.rule.clone());
            let subjects: Vec<String> = rule.chain(allowance.subject.clone()).collect();
            let place = Place::Entry(Part::Allow, at);
            let mut finding = self.said_of(occasion, place, &subjects, &words);
            for finding in &mut finding {
                finding.seen.extend(self.no_such_rule(&allowance.rule));
            }
            said.extend(finding);
        }
        said
    }

    /// Marks what the baseline knows, and says what it knows that is not there; gives back the fingerprints of that.
    pub(super) fn held_against_baseline(&self, findings: &mut Vec<Finding>) -> Vec<String> {
        let mut stale = Vec::new();
        let Some(baseline) = &self.terms.baseline else {
            return stale;
        };
        let fingerprints = baseline.findings.iter().map(|known| &known.fingerprint);
        let mut met: BTreeMap<&String, bool> = fingerprints.map(|known| (known, false)).collect();
        for finding in findings.iter_mut().filter(|finding| finding.is_fault()) {
            let Some(met) = met.get_mut(&finding.fingerprint()) else {
                continue;
            };
            *met = true;
            if finding.allowed.is_none() {
                finding.baselined = true;
                let reason = format!("known to the baseline {}", baseline.name);
                finding.allowed = Some(Accepted::because(reason));
            }
        }
        for known in &baseline.findings {
            let is_met = met.get(&known.fingerprint) == Some(&true);
            if is_met || !self.would_be_found(&known.rule) {
                continue;
            }
            stale.push(known.fingerprint.clone());
            let subject = if known.subjects.is_empty() {
                "the design".to_owned()
            } else {
                spelling::enumerated(&known.subjects)
            };
            let words = [
                ("rule", known.rule.clone()),
                ("subject", subject),
                ("baseline", baseline.name.clone()),
            ];
            let rule = std::iter::once(known.rule.clone());
            let subjects: Vec<String> = rule.chain(known.subjects.iter().cloned()).collect();
            findings.extend(self.said_of(
                Occasion::StaleBaseline,
                Place::Design,
                &subjects,
                &words,
            ));
        }
        stale
    }

    /// That no rule of a name is asked of this design, with what was perhaps meant.
    fn no_such_rule(&self, id: &str) -> Option<String> {
        let problem = &self.scene.subject.design.problem;
        let rules = self.catalog.rules.iter();
        let asked: Vec<&str> = rules
            .filter(|rule| rule.problem.is_none() || rule.problem == *problem)
            .map(|rule| rule.id.as_str())
            .collect();
        let meant = spelling::nearest(id, asked.iter().copied());
        let meant = meant.map(|meant| format!("; did you mean `{meant}`?"));
        let said = || format!("no rule `{id}` is asked here{}", meant.unwrap_or_default());
        (!asked.contains(&id)).then(said)
    }

    /// Whether a rule was asked, or does not exist, so that what it did not find is not there.
    fn would_be_found(&self, rule: &str) -> bool {
        self.catalog.rule(rule).is_none_or(|rule| {
            self.terms.choice.counts(rule) && rule.levels.contains(&self.scene.level)
        })
    }

    fn said_of(
        &self,
        occasion: Occasion,
        place: Place,
        subjects: &[String],
        words: &[(&str, String)],
    ) -> Vec<Finding> {
        let says = |rule: &&Rule| rule.occasion == Some(occasion) && self.terms.choice.counts(rule);
        let rules = self.catalog.rules.iter().filter(says);
        rules
            .map(|rule| Finding {
                rule: rule.id.clone(),
                outcome: Outcome::Missed,
                severity: self.terms.choice.severity(rule),
                step: rule.step,
                title: rule.title.clone(),
                message: rule.message.fill_words(words),
                subjects: subjects.to_vec(),
                place,
                evidence: Vec::new(),
                grounds: Vec::new(),
                seen: Vec::new(),
                missing: Vec::new(),
                why: rule.why.clone(),
                fix: rule.fix.fill_words(words),
                change: Vec::new(),
                ask: rule.ask.fill_words(words),
                reference: rule.reference.clone(),
                allowed: None,
                baselined: false,
            })
            .collect()
    }
}

fn covers(allowance: &Allowance, rule: &str, subjects: &[String]) -> bool {
    let subject = allowance.subject.as_ref();
    allowance.rule == rule && subject.is_none_or(|subject| subjects.contains(subject))
}
