//! One design against all rules.
//!
//! Knows the table of outcomes; what is good is the rules' business.

use std::collections::BTreeSet;

use super::asked::{Asked, ask_on};
use super::score::{self, RuleScore, Score};
use super::{Assessment, Attacked, Finding, Outcome, Strength, Terms};
use crate::analysis::{Detail, Truth, strike};
use crate::catalog::Catalog;
use crate::model::{Design, Level, Place, Severity, Step};
use crate::rubric::{Bound, ForEach, Rule, Scene, Trace};

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

/// What a rule found of one subject.
pub(super) struct Judgement<'r> {
    pub(super) rule: &'r Rule,
    outcome: Outcome,
    pub(super) bound: Bound,
    /// Whether the rule applies.
    applies: Truth,
    /// What is wrong or open, and where.
    trace: Trace,
    /// Why the rule applies, for what is told of it.
    grounds: Trace,
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

    /// What one rule finds: each outcome with what is said of it.
    #[must_use]
    pub fn outcomes(&self, rule: &Rule) -> Vec<(Outcome, String)> {
        let judgements = self.judge(rule);
        let said = |judgement: &Judgement<'_>| {
            let finding = self.finding(judgement);
            let (message, seen) =
                finding.map_or_else(Default::default, |finding| (finding.message, finding.seen));
            let seen = if seen.is_empty() {
                String::new()
            } else {
                format!(" [{}]", seen.join("; "))
            };
            (
                judgement.outcome,
                format!("{} {message}{seen}", self.subjects_of(judgement).join(", ")),
            )
        };
        judgements.iter().map(said).collect()
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

    /// Where what a strength rests on stands: what decided its rule, and of what was said the sentence.
    #[must_use]
    pub fn behind(&self, strength: &Strength) -> (Place, Option<String>) {
        let rule = self.catalog.rule(&strength.rule);
        let judgements = rule.map(|rule| self.judge(rule)).unwrap_or_default();
        let mut applies = judgements
            .iter()
            .filter(|judgement| judgement.outcome != Outcome::NotApplicable);
        let mut trace = Trace::close();
        if let Some(judgement) = applies.next() {
            let scene = self.scene.with(judgement.bound);
            let _ = judgement.rule.expect.test(&scene, &mut trace);
        }
        match (trace.said, trace.found.first()) {
            (Some((place, sentence)), _) => (place, Some(sentence)),
            (None, Some((place, _))) => (*place, None),
            (None, None) => (strength.place, None),
        }
    }

    fn judge<'r>(&self, rule: &'r Rule) -> Vec<Judgement<'r>> {
        let applies = rule
            .when
            .as_ref()
            .map_or(Truth::Yes, |when| when.test(&self.scene, &mut Trace::off()));
        if applies.is_no() {
            return Vec::new();
        }
        let subjects = rule.for_each.as_ref().map_or_else(
            || vec![(Bound::default(), Truth::Yes)],
            |each| self.subjects(each),
        );
        subjects
            .into_iter()
            .map(|(bound, selected)| self.judge_one(rule, bound, applies.and(selected)))
            .collect()
    }

    fn subjects(&self, each: &ForEach) -> Vec<(Bound, Truth)> {
        let mut all = Vec::new();
        for (at, selected) in each.selector.select(&self.scene, true) {
            let flow = (each.noun == crate::rubric::Noun::Flow).then_some(at);
            let outer = Bound {
                flow,
                subject: Some((each.noun, at)),
            };
            match &each.inner {
                None => all.push((outer, selected)),
                Some((noun, selector)) => {
                    let scene = self.scene.with(outer);
                    for (part, chosen) in selector.select(&scene, false) {
                        all.push((
                            Bound {
                                flow,
                                subject: Some((*noun, part)),
                            },
                            selected.and(chosen),
                        ));
                    }
                }
            }
        }
        all
    }

    fn judge_one<'r>(&self, rule: &'r Rule, bound: Bound, applies: Truth) -> Judgement<'r> {
        let scene = self.scene.with(bound);
        let expected = rule.expect.test(&scene, &mut Trace::off());
        let outcome = outcome(applies, expected);
        let (mut trace, mut grounds) = (Trace::off(), Trace::off());
        if matches!(outcome, Outcome::Missed | Outcome::NotStated) {
            trace = seen(rule, &scene);
            grounds = self.grounds(rule, &scene);
        }
        if outcome == Outcome::NotStated && applies == Truth::NotStated {
            for fact in std::mem::take(&mut grounds.missing) {
                trace.miss(|| fact);
            }
        }
        Judgement {
            rule,
            outcome,
            bound,
            applies,
            trace,
            grounds,
        }
    }

    /// What says that the rule applies, or would say so if it were stated.
    fn grounds(&self, rule: &Rule, scene: &Scene<'_>) -> Trace {
        let mut when = Trace::on();
        if let Some(condition) = &rule.when {
            let _ = condition.test(&self.scene, &mut when);
        }
        if let (Some(each), Some((_, at))) = (&rule.for_each, scene.bound.subject) {
            let (selector, at) = match &each.inner {
                Some((_, selector)) => (selector, at),
                None => (&each.selector, at),
            };
            let _ = selector.matches(scene, at, &mut when);
            if let (Some(_), Some(flow)) = (&each.inner, scene.bound.flow) {
                let _ = each.selector.matches(scene, flow, &mut when);
            }
        }
        when
    }

    fn finding(&self, judgement: &Judgement<'_>) -> Option<Finding> {
        let missed = match judgement.outcome {
            Outcome::Missed => true,
            Outcome::NotStated => false,
            Outcome::Met | Outcome::NotApplicable => return None,
        };
        let rule = judgement.rule;
        let scene = self.scene.with(judgement.bound);
        let names: Vec<String> = judgement
            .trace
            .found
            .iter()
            .map(|(_, name)| name.clone())
            .collect();
        let ask = rule.ask.fill(&scene, &names);
        let message = if missed {
            rule.message.fill(&scene, &names)
        } else {
            open_message(&judgement.trace.missing)
        };
        let subjects = self.subjects_of(judgement);
        let finding = Finding {
            rule: rule.id.clone(),
            outcome: judgement.outcome,
            severity: if missed {
                self.terms.choice.severity(rule)
            } else {
                Severity::Note
            },
            step: rule.step,
            title: rule.title.clone(),
            message,
            place: place_of(
                judgement.bound,
                &judgement.trace,
                &judgement.grounds,
                &scene,
            ),
            evidence: judgement.trace.found.clone(),
            grounds: judgement.grounds.seen.clone(),
            seen: judgement.trace.seen.clone(),
            missing: judgement.trace.missing.clone(),
            why: rule.why.clone(),
            fix: rule.fix.fill(&scene, &names),
            change: if missed {
                rule.change.clone()
            } else {
                Vec::new()
            },
            ask,
            reference: rule.reference.clone(),
            allowed: self.allowed(judgement, &subjects),
            baselined: false,
            subjects,
        };
        Some(self.terms.rulings.applied(finding))
    }

    /// The ids of what a judgement is about: the bound flow and subject, or what was found.
    fn subjects_of(&self, judgement: &Judgement<'_>) -> Vec<String> {
        let scene = self.scene.with(judgement.bound);
        let mut subjects = Vec::new();
        if let Some((noun, at)) = judgement.bound.subject {
            subjects.push(noun.name(&scene, at));
            if let Some(flow) = judgement
                .bound
                .flow
                .filter(|_| noun != crate::rubric::Noun::Flow)
            {
                subjects.push(crate::rubric::Noun::Flow.name(&scene, flow));
            }
            return subjects;
        }
        let components =
            judgement.trace.found.iter().filter(|(place, _)| {
                matches!(place, Place::Entry(crate::model::Part::Components, _))
            });
        subjects.extend(components.map(|(_, name)| name.clone()));
        subjects
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

    fn strength(&self, rule: &Rule, judgements: &[Judgement<'_>]) -> Option<Strength> {
        let template = rule.strength.as_ref()?;
        let applies = judgements
            .iter()
            .filter(|judgement| judgement.outcome != Outcome::NotApplicable);
        if !applies
            .clone()
            .all(|judgement| judgement.outcome == Outcome::Met)
        {
            return None;
        }
        let mut applies = applies;
        let bound = applies.next()?.bound;
        let scene = self.scene.with(bound);
        let trace = seen(rule, &scene);
        let found = trace.found.iter();
        let names: Vec<String> = found.map(|(_, name)| name.clone()).collect();
        Some(Strength {
            rule: rule.id.clone(),
            step: rule.step,
            message: template.fill(&scene, &names),
            place: place_of(bound, &trace, &Trace::off(), &scene),
        })
    }
}

/// What a rule sees on its way to the answer.
fn seen(rule: &Rule, scene: &Scene<'_>) -> Trace {
    let mut trace = Trace::on();
    let _ = rule.expect.test(scene, &mut trace);
    trace
}

/// Where the finding or the strength of a rule stands.
fn place_of(bound: Bound, trace: &Trace, grounds: &Trace, scene: &Scene<'_>) -> Place {
    if bound.subject.is_some() {
        return scene.place();
    }
    let found = trace.found.first().or(grounds.found.first());
    let found = found.map(|(place, _)| *place);
    found.or(trace.near).unwrap_or(Place::Design)
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

/// The table of outcomes.
const fn outcome(applies: Truth, expected: Truth) -> Outcome {
    match (applies, expected) {
        (Truth::No, _) | (Truth::NotStated, Truth::Yes) => Outcome::NotApplicable,
        (Truth::Yes, Truth::Yes) => Outcome::Met,
        (Truth::Yes, Truth::No) => Outcome::Missed,
        (Truth::Yes | Truth::NotStated, _) => Outcome::NotStated,
    }
}

fn open_message(missing: &[String]) -> String {
    if missing.is_empty() {
        return "Can't be judged from what is stated.".to_owned();
    }
    format!(
        "Can't be judged: {} not stated.",
        crate::model::spelling::enumerated(missing)
    )
}
