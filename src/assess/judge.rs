//! One design against all rules.
//!
//! Knows what is summed up; what one rule finds is its judgement's business, what is good the rules'.

use std::collections::BTreeSet;

use super::asked::{Asked, ask_on};
use super::judgement::Judgement;
use super::score::{self, RuleScore, Score};
use super::{Assessment, Attacked, Finding, Outcome, Strength, Terms};
use crate::analysis::{Detail, strike};
use crate::catalog::Catalog;
use crate::model::{Design, Level, Severity, Step};
use crate::rubric::Rule;

/// Files come from strangers: more attacks than an interview has time for are not made again.
const MOST_ATTACKS: usize = 16;

/// Judges a design. `level` overrides the one that the design states.
#[must_use]
pub fn assess(design: &Design, catalog: &Catalog, level: Option<Level>) -> Assessment {
    assess_on(design, catalog, &Terms::at(level))
}

/// Judges a design on terms.
#[must_use]
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method alone has too narrow a lifetime"
)]
pub fn assess_on(design: &Design, catalog: &Catalog, terms: &Terms) -> Assessment {
    ask_on(design, catalog, terms, |asked| asked.assess())
}

/// What the rules say of a design.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The sum.
    pub score: Score,
    /// What is wrong or open, the gravest first.
    pub findings: Vec<Finding>,
    /// What is good.
    pub strengths: Vec<Strength>,
    /// The fingerprints that the baseline knows and that are found no more.
    pub stale: Vec<String>,
}

impl Asked<'_> {
    /// All rules, and what the analyses say.
    #[must_use]
    pub fn assess(&self) -> Assessment {
        let Verdict {
            score,
            findings,
            strengths,
            stale,
        } = self.verdict();
        let flows = self.scene.subject.flows.iter();
        Assessment {
            level: self.scene.level,
            score,
            findings,
            strengths,
            flows: flows.map(|facts| facts.flow.id.clone()).collect(),
            attacks: self.attacked(),
            analysis: self.overview(Detail::Brief),
            today: self.day_that_matters(),
            stale,
        }
    }

    /// The attacks that the session notes, made again.
    fn attacked(&self) -> Vec<Attacked> {
        let session = self.scene.subject.design.session.as_ref();
        let orders = session.map_or(&[][..], |session| &session.attacks);
        let again = |order: &String| Attacked {
            order: order.clone(),
            blows: strike(order, &self.scene.study()).ok(),
        };
        orders.iter().take(MOST_ATTACKS).map(again).collect()
    }

    /// What the rules say, without the analyses that no rule asks for.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let design = self.scene.subject.design;
        let mut findings = Vec::new();
        let mut strengths = Vec::new();
        let mut earned: Vec<(Step, RuleScore)> = Vec::new();
        for rule in self
            .catalog
            .rules_for(design.problem.as_deref(), self.scene.level)
            .filter(|rule| rule.occasion.is_none() && self.terms.choice.counts(rule))
        {
            let judgements = self.judge(rule);
            let told: Vec<Finding> = judgements
                .iter()
                .filter_map(|judgement| self.finding(judgement))
                .collect();
            earned.extend(
                self.rule_score(rule, &judgements, &told)
                    .map(|score| (rule.step, score)),
            );
            findings.extend(told);
            strengths.extend(self.strength(rule, &judgements));
        }
        in_order(&mut findings);
        let hints = design.session.as_ref().map_or(0, |session| session.hints);
        earned.extend(self.terms.rulings.earned(self.catalog));
        let mut grave = grave(&findings);
        for (rule, severity) in self.terms.rulings.grave() {
            if grave.iter().all(|(other, _)| *other != rule) {
                grave.push((rule, severity));
            }
        }
        let scoring = &self.catalog.scoring;
        let score = score::add_up(&earned, hints, &grave, self.scene.level, scoring);
        // What is said of acceptances moves no marks, and neither does a baseline.
        findings.extend(self.allowances_out_of_date(&findings));
        let stale = self.held_against_baseline(&mut findings);
        in_order(&mut findings);
        Verdict {
            score,
            findings,
            strengths,
            stale,
        }
    }

    /// What one rule finds: an outcome for each of its subjects.
    #[must_use]
    pub fn outcomes(&self, rule: &Rule) -> Vec<Outcome> {
        let judgements = self.judge(rule);
        judgements
            .iter()
            .map(|judgement| judgement.outcome)
            .collect()
    }

    /// What one rule finds missed or open.
    #[must_use]
    pub fn found(&self, rule: &Rule) -> Vec<Finding> {
        let judgements = self.judge(rule);
        judgements
            .iter()
            .filter_map(|judgement| self.finding(judgement))
            .collect()
    }

    /// What the rule earned of its weight: the mean over the subjects to which it applies.
    fn rule_score(
        &self,
        rule: &Rule,
        judgements: &[Judgement<'_>],
        told: &[Finding],
    ) -> Option<RuleScore> {
        let mut findings = told.iter();
        let mut earned = 0.0;
        let mut subjects = 0.0;
        for judgement in judgements {
            let finding = match judgement.outcome {
                Outcome::Missed | Outcome::NotStated => findings.next(),
                _ => None,
            };
            if finding.is_some_and(|finding| finding.allowed.is_some()) {
                continue;
            }
            let credit = finding.map_or(0.0, |finding| self.terms.rulings.credit(finding));
            let part = match judgement.outcome {
                Outcome::Met => 1.0,
                Outcome::Missed => credit,
                Outcome::NotStated if judgement.applies.is_yes() => {
                    self.catalog.scoring.not_stated.max(credit)
                }
                Outcome::NotStated | Outcome::NotApplicable => continue,
            };
            earned += part;
            subjects += 1.0;
        }
        (subjects > 0.0 && rule.weight > 0.0).then(|| RuleScore {
            rule: rule.id.clone(),
            title: rule.title.clone(),
            earned: rule.weight * earned / subjects,
            weight: rule.weight,
        })
    }
}

/// The gravest first, and the same order in every run.
fn in_order(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        (b.severity, a.step, &a.rule, &a.subjects, a.place).cmp(&(
            a.severity,
            b.step,
            &b.rule,
            &b.subjects,
            b.place,
        ))
    });
}

/// The rules with missed majors and blockers that nobody accepted, each once; the findings are sorted by severity.
fn grave(findings: &[Finding]) -> Vec<(String, Severity)> {
    let counts = |finding: &&Finding| {
        finding.outcome == Outcome::Missed
            && finding.severity >= Severity::Major
            && finding.allowed.is_none()
    };
    let mut told = BTreeSet::new();
    let counting = findings.iter().filter(counts);
    let grave = counting.filter(|finding| told.insert(&finding.rule));
    grave
        .map(|finding| (finding.rule.clone(), finding.severity))
        .collect()
}
