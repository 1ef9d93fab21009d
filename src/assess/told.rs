//! What is told of a judgement: a finding or a strength, and where it stands.
//!
//! Knows templates and places; judges nothing.

use super::asked::Asked;
use super::judgement::{Judgement, excepting, seen};
use super::{Finding, Outcome, Strength};
use crate::model::{Place, Severity, spelling};
use crate::rubric::{Bound, Rule, Scene, Trace};

impl Asked<'_> {
    /// What one rule does with the design and why, in words for its author: a sentence for each of its subjects.
    pub(super) fn account(&self, rule: &Rule) -> Vec<String> {
        let judgements = self.judge(rule);
        if judgements.is_empty() {
            return vec![self.why_not(rule)];
        }
        let told = judgements.iter();
        told.map(|judgement| self.account_of(judgement)).collect()
    }

    fn account_of(&self, judgement: &Judgement<'_>) -> String {
        let outcome = match judgement.outcome {
            Outcome::Met => "is met",
            Outcome::Missed => "is missed",
            Outcome::NotStated => "is not stated",
            Outcome::NotApplicable => "does not apply",
        };
        let seen = match judgement.outcome {
            Outcome::Met => {
                let scene = self.scene_of(judgement.rule, judgement.bound);
                seen(judgement.rule, &scene).seen
            }
            Outcome::NotApplicable => {
                let scene = self.scene_of(judgement.rule, judgement.bound);
                excepting(judgement.rule, &scene).seen
            }
            _ => judgement.trace.seen.clone(),
        };
        let subjects = self.subjects_of(judgement).join(", ");
        let subjects = Some(subjects).filter(|subjects| !subjects.is_empty());
        let of = subjects.map_or_else(String::new, |subjects| format!(" for {subjects}"));
        let message = self.finding(judgement).map(|finding| finding.message);
        let message = message.map_or_else(String::new, |message| format!(", \"{message}\""));
        format!("{outcome}{of}{message}{}", bracketed(&seen))
    }

    /// Why a rule does not apply to the design.
    fn why_not(&self, rule: &Rule) -> String {
        let mut trace = Trace::on();
        let when = rule.when.as_ref();
        let mut said = "does not apply, for ".to_owned();
        if when.is_some_and(|when| when.test(&self.scene.of(rule), &mut trace).is_no()) {
            said.push_str("`when` does not hold");
            said.push_str(&bracketed(&trace.seen));
        } else {
            said.push_str("nothing is what `for_each` looks for");
        }
        let design = self.scene.subject.design;
        let ends = design.connections.iter();
        let joined: Vec<usize> = ends.flat_map(|edge| [edge.from, edge.to]).collect();
        let all = design.components.iter().enumerate();
        let alone = all.filter(|(at, _)| !joined.contains(at));
        let alone: Vec<String> = alone.map(|(_, component)| component.id.clone()).collect();
        if !alone.is_empty() {
            let alone = spelling::enumerated(&alone);
            said.push_str(&format!(
                "; nothing is connected with {alone}, and what is alone does not count"
            ));
        }
        said
    }

    pub(super) fn finding(&self, judgement: &Judgement<'_>) -> Option<Finding> {
        let missed = match judgement.outcome {
            Outcome::Missed => true,
            Outcome::NotStated => false,
            Outcome::Met | Outcome::NotApplicable => return None,
        };
        let rule = judgement.rule;
        let scene = self.scene_of(rule, judgement.bound);
        let names: Vec<String> = judgement
            .trace
            .found
            .iter()
            .map(|(_, name)| name.clone())
            .collect();
        let ask = rule.ask.fill(&scene, &names);
        let message = match &judgement.near {
            _ if missed => rule.message.fill(&scene, &names),
            Some(near) => near_message(&rule.message.fill(&scene, &names), near.as_ref()),
            None => open_message(&judgement.trace.missing),
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
    pub(super) fn subjects_of(&self, judgement: &Judgement<'_>) -> Vec<String> {
        let scene = self.scene_of(judgement.rule, judgement.bound);
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

    pub(super) fn strength(&self, rule: &Rule, judgements: &[Judgement<'_>]) -> Option<Strength> {
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
        let scene = self.scene_of(rule, bound);
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
            let scene = self.scene_of(judgement.rule, judgement.bound);
            let _ = judgement.rule.expect.test(&scene, &mut trace);
        }
        match (trace.said, trace.found.first()) {
            (Some((place, sentence)), _) => (place, Some(sentence)),
            (None, Some((place, _))) => (*place, None),
            (None, None) => (strength.place, None),
        }
    }
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

/// What was seen, behind what it led to.
fn bracketed(seen: &[String]) -> String {
    if seen.is_empty() {
        return String::new();
    }
    format!(" ({})", seen.join("; "))
}

/// What is told where something stands that may be what was looked for.
fn near_message(message: &str, near: Option<&(Place, String)>) -> String {
    let said = near.map_or_else(String::new, |(_, sentence)| format!(": \"{sentence}\""));
    format!("{message} It may stand there in words that were not understood{said}.")
}

fn open_message(missing: &[String]) -> String {
    if missing.is_empty() {
        return "Can't be judged from what is stated.".to_owned();
    }
    // What is told with what was assumed of it is not told once more without.
    let is_told = |fact: &&String| {
        let begun = format!("{fact} (");
        !missing.iter().any(|other| other.starts_with(&begun))
    };
    let missing: Vec<String> = missing.iter().filter(is_told).cloned().collect();
    format!(
        "Can't be judged: {} not stated.",
        spelling::enumerated(&missing)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_told_once() {
        let missing = [
            "failover of db (assumed: manual)".to_owned(),
            "failover of db".to_owned(),
            "failover of db2".to_owned(),
        ];
        assert_eq!(
            open_message(&missing),
            "Can't be judged: failover of db (assumed: manual) and failover of db2 not stated."
        );
    }
}
