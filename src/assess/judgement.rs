//! One rule against the subjects that it is asked of.
//!
//! Knows the table of outcomes; knows no words.

use super::Outcome;
use super::asked::Asked;
use crate::analysis::Truth;
use crate::model::Place;
use crate::rubric::{Bound, ForEach, Rule, Scene, Trace};

/// What a rule found of one subject.
pub(super) struct Judgement<'r> {
    pub(super) rule: &'r Rule,
    pub(super) outcome: Outcome,
    pub(super) bound: Bound,
    /// Whether the rule applies.
    pub(super) applies: Truth,
    /// What is wrong or open, and where.
    pub(super) trace: Trace,
    /// Why the rule applies, for what is told of it.
    pub(super) grounds: Trace,
    /// Where it is open since it may be said in words that no rule knows: what stands there.
    pub(super) near: Option<Near>,
}

/// Where something stands that may be what is looked for, and its sentence.
pub(super) type Near = Option<(Place, String)>;

impl Asked<'_> {
    /// The scene in which a rule is asked of one of its subjects.
    pub(super) fn scene_of(&self, rule: &Rule, bound: Bound) -> Scene<'_> {
        self.scene.of(rule).with(bound)
    }

    pub(super) fn judge<'r>(&self, rule: &'r Rule) -> Vec<Judgement<'r>> {
        let scene = self.scene.of(rule);
        let applies = rule
            .when
            .as_ref()
            .map_or(Truth::Yes, |when| when.test(&scene, &mut Trace::off()));
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
        let scene = self.scene_of(rule, bound);
        let unless = rule.unless.as_ref();
        let excepted = unless.map_or(Truth::No, |unless| unless.test(&scene, &mut Trace::off()));
        let applies = applies.and(!excepted);
        let expected = rule.expect.test(&scene, &mut Trace::off());
        let (outcome, near) = unless_open(rule, &scene, outcome(applies, expected));
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
            near,
        }
    }

    /// What says that the rule applies, or would say so if it were stated.
    fn grounds(&self, rule: &Rule, scene: &Scene<'_>) -> Trace {
        let mut when = Trace::on();
        if let Some(condition) = &rule.when {
            let _ = condition.test(&self.scene.of(rule), &mut when);
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
        // What takes it off a subject is no ground for it; what is not stated there leaves it open.
        for fact in excepting(rule, scene).missing {
            when.miss(|| fact);
        }
        when
    }
}

/// The outcome, unless what is missed may well stand in other words; then also what stands there.
fn unless_open(rule: &Rule, scene: &Scene<'_>, outcome: Outcome) -> (Outcome, Option<Near>) {
    let open = rule.open.as_ref().filter(|_| outcome == Outcome::Missed);
    let mut trace = Trace::close();
    if open.is_some_and(|open| open.test(scene, &mut trace).is_yes()) {
        (Outcome::NotStated, Some(trace.said))
    } else {
        (outcome, None)
    }
}

/// What takes a rule off its subject, or would if it were stated.
pub(super) fn excepting(rule: &Rule, scene: &Scene<'_>) -> Trace {
    let mut trace = Trace::on();
    if let Some(unless) = &rule.unless {
        let _ = unless.test(scene, &mut trace);
    }
    trace
}

/// What a rule sees on its way to the answer.
pub(super) fn seen(rule: &Rule, scene: &Scene<'_>) -> Trace {
    let mut trace = Trace::on();
    let _ = rule.expect.test(scene, &mut trace);
    trace
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
