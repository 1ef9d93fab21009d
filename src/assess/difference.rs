//! What the rules say otherwise of one design than of another: points that moved, findings that came and went.
//!
//! Knows assessments, and what the components of one design are called in the other; knows no words for people.

use std::collections::BTreeMap;

use super::{Assessment, Finding, RuleScore, Strength};
use crate::model::difference::{Twins, twins};
use crate::model::{Difference, Step};

/// What the second of two assessments says otherwise than the first.
#[derive(Clone, Debug, PartialEq)]
pub struct AssessmentDifference<'a> {
    /// The first.
    pub before: &'a Assessment,
    /// The second.
    pub after: &'a Assessment,
    /// Rules that earned another part of their weight, by step and id.
    pub points: Vec<Moved<'a>>,
    /// Findings of the second alone, the gravest first.
    pub came: Vec<&'a Finding>,
    /// Findings of the first alone, the gravest first.
    pub went: Vec<&'a Finding>,
    /// Findings of both, of another severity or outcome, or accepted in one alone.
    pub changed: Vec<(&'a Finding, &'a Finding)>,
    /// How many findings are in both and the same.
    pub same: usize,
    /// What is good in the second alone.
    pub gained: Vec<&'a Strength>,
    /// What was good in the first alone.
    pub lost: Vec<&'a Strength>,
}

/// A rule that earned another part of its weight; none where it does not apply.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moved<'a> {
    /// Whose marks it moved.
    pub step: Step,
    /// What it earned before.
    pub before: Option<&'a RuleScore>,
    /// What it earned after.
    pub after: Option<&'a RuleScore>,
}

impl<'a> AssessmentDifference<'a> {
    /// Compares two assessments, of designs whose difference is known.
    #[must_use]
    pub fn between(before: &'a Assessment, after: &'a Assessment, design: &Difference) -> Self {
        let findings = findings(before, after, design);
        let is_same = |pair: &(&Finding, &Finding)| look(pair.0) == look(pair.1);
        let (same, changed): (Vec<_>, Vec<_>) = findings.both.into_iter().partition(is_same);
        let rule = |strength: &&Strength| strength.rule.clone();
        let strengths = twins(
            before.strengths.iter().collect(),
            after.strengths.iter().collect(),
            rule,
            rule,
        );
        Self {
            before,
            after,
            points: points(before, after),
            came: gravest_first(findings.after),
            went: gravest_first(findings.before),
            changed,
            same: same.len(),
            gained: strengths.after,
            lost: strengths.before,
        }
    }

    /// Whether the second has a finding that is grave and that the first has not, or not so grave.
    pub fn is_worse(&self, is_grave: impl Fn(&Finding) -> bool) -> bool {
        let newly = |(before, after): &(&Finding, &Finding)| is_grave(after) && !is_grave(before);
        self.came.iter().any(|finding| is_grave(finding)) || self.changed.iter().any(newly)
    }
}

/// A finding is the same as another that is of the same rule and about the same things.
fn findings<'a>(
    before: &'a Assessment,
    after: &'a Assessment,
    design: &Difference,
) -> Twins<&'a Finding> {
    let all = |assessment: &'a Assessment, name: &dyn Fn(&str) -> String| {
        let findings = assessment.findings.iter();
        let known = findings.map(|finding| {
            let mut subjects: Vec<String> = finding.subjects.iter().map(|it| name(it)).collect();
            subjects.sort();
            ((finding.rule.clone(), subjects), finding)
        });
        known.collect::<Vec<_>>()
    };
    let pairs = twins(
        all(before, &|id| design.name_after(id)),
        all(after, &str::to_owned),
        |(identity, _)| identity.clone(),
        |(_, finding)| look(finding),
    );
    let finding = |(_, finding)| finding;
    Twins {
        before: pairs.before.into_iter().map(finding).collect(),
        after: pairs.after.into_iter().map(finding).collect(),
        both: pairs
            .both
            .into_iter()
            .map(|((_, old), (_, new))| (old, new))
            .collect(),
    }
}

/// What makes a difference between findings about the same.
fn look(finding: &Finding) -> impl Ord + use<> {
    (finding.severity, finding.outcome, finding.allowed.is_some())
}

fn gravest_first(mut findings: Vec<&Finding>) -> Vec<&Finding> {
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings
}

fn points<'a>(before: &'a Assessment, after: &'a Assessment) -> Vec<Moved<'a>> {
    let mut rules: BTreeMap<(Step, &str), Moved<'a>> = BTreeMap::new();
    for (step, rule) in earned(before) {
        moved(&mut rules, step, rule).before = Some(rule);
    }
    for (step, rule) in earned(after) {
        moved(&mut rules, step, rule).after = Some(rule);
    }
    let earns = |rule: Option<&RuleScore>| rule.map(|rule| (rule.earned, rule.weight));
    let differs = |moved: &Moved<'_>| earns(moved.before) != earns(moved.after);
    rules.into_values().filter(differs).collect()
}

fn moved<'r, 'a>(
    rules: &'r mut BTreeMap<(Step, &'a str), Moved<'a>>,
    step: Step,
    rule: &'a RuleScore,
) -> &'r mut Moved<'a> {
    let nothing = Moved {
        step,
        before: None,
        after: None,
    };
    rules.entry((step, &rule.rule)).or_insert(nothing)
}

fn earned(assessment: &Assessment) -> impl Iterator<Item = (Step, &RuleScore)> {
    let steps = assessment.score.steps.iter();
    steps.flat_map(|step| step.rules.iter().map(|rule| (step.step, rule)))
}
