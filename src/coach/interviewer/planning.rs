//! Which questions are worth asking of a design: deep dives into what is interesting or weak, and probes after its faults.
//!
//! Knows conditions and findings; knows no question by name. Among questions that are equally good, the seed decides.

use std::collections::BTreeSet;

use super::agenda::Question;
use super::attacks;
use super::mistakes::rule_after;
use super::weaknesses;
use crate::analysis::Detail;
use crate::assess::{self, Finding, Outcome};
use crate::coach::dice;
use crate::coach::session::Session;
use crate::model::spelling::words;
use crate::model::{Severity, Step};
use crate::rubric::{Condition, DeepDive, Probe, Template, topic_of};

/// So many attacks and questions in step 5.
const MOST_PROBES: usize = 5;

/// So many of these after findings, while the problem has probes of its own.
const MOST_FINDINGS: usize = 1;

/// So many findings compete with what the analyses say.
const MOST_WEAK_POINTS: usize = 2;

/// A question that a problem has ready: a deep dive or a probe.
struct Prepared<'p> {
    id: &'p str,
    when: Option<&'p Condition>,
    ask: &'p Template,
    looks_for: &'p [String],
    good: &'p str,
}

impl<'p> From<&'p DeepDive> for Prepared<'p> {
    fn from(dive: &'p DeepDive) -> Self {
        Self {
            id: &dive.id,
            when: dive.when.as_ref(),
            ask: &dive.ask,
            looks_for: &dive.looks_for,
            good: &dive.good,
        }
    }
}

impl<'p> From<&'p Probe> for Prepared<'p> {
    fn from(probe: &'p Probe) -> Self {
        Self {
            id: &probe.id,
            when: probe.when.as_ref(),
            ask: &probe.ask,
            looks_for: &probe.looks_for,
            good: &probe.good,
        }
    }
}

/// What could be asked, with how much it is worth asking.
struct Candidate {
    question: Question,
    worth: usize,
}

/// Two or three deep dives, and one question about a weak point of what was drawn.
pub(super) fn deep_dives(session: &Session<'_>) -> Vec<Question> {
    let most = if session.clock.minutes(Step::Detailed) >= 10 {
        3
    } else {
        2
    };
    let (dives, weak) = assess::ask(&session.state.design, session.catalog, None, |asked| {
        let dives = session.problem.deep_dives.iter().map(Prepared::from);
        let probes = session.problem.probes.iter();
        let early = probes.filter(|probe| probe.step != Step::Scale);
        (
            candidates(asked, Step::Detailed, dives),
            candidates(asked, Step::Detailed, early.map(Prepared::from)),
        )
    });
    let mut chosen = best(session, dives, &[], most);
    chosen.extend(best(session, weak, &chosen, 1));
    chosen.extend(weak_point(session, &chosen));
    chosen
}

/// One question about what the rules or the analyses find in this very drawing; the seed decides among a few.
fn weak_point(session: &Session<'_>, chosen: &[Question]) -> Option<Question> {
    let (findings, overview) = assess::ask(&session.state.design, session.catalog, None, |asked| {
        (asked.verdict().findings, asked.overview(Detail::Brief))
    });
    let mut found = after_findings(session, &findings, Step::Detailed);
    found.truncate(MOST_WEAK_POINTS);
    found.extend(weaknesses::questions(&overview));
    let is_new = |question: &Question| {
        let alike = |other: &Question| are_alike(&other.ask, &question.ask);
        !chosen.iter().any(alike)
    };
    found.retain(is_new);
    dice::pick(session.options.seed, "weak point", &found).cloned()
}

/// Attacks on this design, its gravest findings and the problem's own probes, five in all.
pub(super) fn probes(session: &Session<'_>) -> Vec<Question> {
    let mut questions = attacks::plan(session);
    let room = MOST_PROBES.saturating_sub(questions.len());
    questions.extend(in_words(session, room));
    questions
}

/// The questions of step 5 that words answer.
fn in_words(session: &Session<'_>, most: usize) -> Vec<Question> {
    let (mut own, findings) = assess::ask(&session.design(), session.catalog, None, |asked| {
        let probes = session.problem.probes.iter();
        let own = probes.filter(|probe| probe.step == Step::Scale);
        let own = candidates(asked, Step::Scale, own.map(Prepared::from));
        (own, asked.verdict().findings)
    });
    let mut questions = after_findings(session, &findings, Step::Scale);
    let known = |question: &Question| {
        let before = session.state.questions.iter();
        before
            .clone()
            .any(|other| other.rule.is_some() && other.rule == question.rule)
    };
    questions.retain(|question| !known(question));
    let others = questions.split_off(MOST_FINDINGS.min(questions.len()));
    own.retain(|candidate| {
        !questions
            .iter()
            .any(|other| are_alike(&other.ask, &candidate.question.ask))
    });
    questions.extend(best(
        session,
        own,
        &[],
        most.saturating_sub(questions.len()),
    ));
    questions.extend(others);
    questions.truncate(most);
    questions
}

/// Whether two questions ask nearly the same: half of the longer words of the shorter one stand in the other.
fn are_alike(one: &str, other: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> {
        words(text)
            .into_iter()
            .filter(|word| word.len() > 3)
            .collect()
    };
    let (one, other) = (words(one), words(other));
    let shared = one.intersection(&other).count();
    shared > 3 && shared * 2 >= one.len().min(other.len())
}

/// The questions of what the rules find in what was drawn, the gravest first, one a rule. What is wrong of what was said is
/// asked about when it is said.
fn after_findings(session: &Session<'_>, findings: &[Finding], step: Step) -> Vec<Question> {
    let mut questions: Vec<Question> = Vec::new();
    for finding in findings {
        let counts = finding.outcome == Outcome::Missed
            && finding.severity > Severity::Note
            && finding.allowed.is_none();
        let is_said = rule_after(session, &finding.rule).is_some();
        let drawn = finding.step >= Step::HighLevel && !is_said;
        let known = questions
            .iter()
            .any(|question| question.rule.as_ref() == Some(&finding.rule));
        if counts && drawn && !known && !finding.ask.trim().is_empty() {
            questions.push(Question {
                rule: Some(finding.rule.clone()),
                ..Question::new(topic_of(&finding.rule), step, finding.ask.clone())
            });
        }
    }
    questions
}

/// The questions of a problem whose conditions hold, with how much each is worth asking.
fn candidates<'p>(
    asked: &assess::Asked<'_>,
    step: Step,
    prepared: impl Iterator<Item = Prepared<'p>>,
) -> Vec<Candidate> {
    let fits = |prepared: &Prepared<'_>| prepared.when.is_none_or(|when| asked.holds(when));
    prepared
        .filter(fits)
        .map(|prepared| candidate(asked, step, &prepared))
        .collect()
}

fn candidate(asked: &assess::Asked<'_>, step: Step, prepared: &Prepared<'_>) -> Candidate {
    let is_heard = |concept: &&String| !asked.scene.mentions(concept).is_empty();
    let heard = prepared.looks_for.iter().filter(is_heard).count();
    let unheard = 10 - 10 * heard / prepared.looks_for.len().max(1);
    let question = Question {
        looks_for: prepared.looks_for.to_vec(),
        good: prepared.good.trim().to_owned(),
        ..Question::new(topic_of(prepared.id), step, asked.fill(prepared.ask))
    };
    let is_specific = prepared.when.is_some();
    Candidate {
        question,
        worth: unheard + if is_specific { 3 } else { 0 },
    }
}

/// Worth is compared in steps of so much; within a step the seed decides.
const COARSENESS: usize = 5;

/// The candidates that are most worth asking and were not asked yet.
fn best(
    session: &Session<'_>,
    mut candidates: Vec<Candidate>,
    before: &[Question],
    most: usize,
) -> Vec<Question> {
    let asked = |topic: &str| {
        session
            .state
            .questions
            .iter()
            .any(|question| question.topic == topic)
    };
    candidates.retain(|candidate| !asked(&candidate.question.topic));
    candidates.sort_by_key(|candidate| {
        let roll = dice::roll(session.options.seed, &candidate.question.topic);
        (std::cmp::Reverse(candidate.worth / COARSENESS), roll)
    });
    let mut chosen: Vec<Question> = Vec::new();
    for Candidate { question, .. } in candidates {
        let others = chosen.iter().chain(before).chain(&session.state.questions);
        if chosen.len() < most
            && !others
                .into_iter()
                .any(|other| listen_for_the_same(other, &question))
        {
            chosen.push(question);
        }
    }
    chosen
}

/// Whether two questions are after the same: more than half of what the one listens for is what the other does.
fn listen_for_the_same(one: &Question, other: &Question) -> bool {
    let shared = one
        .looks_for
        .iter()
        .filter(|id| other.looks_for.contains(id))
        .count();
    shared * 2 > one.looks_for.len().min(other.looks_for.len())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::catalog::Catalog;
    use crate::coach::{Event, Line, Options};

    fn asked(catalog: &Catalog, seed: u64) -> (Vec<String>, Vec<String>) {
        let problem = catalog
            .problems
            .first()
            .map(|problem| problem.id.clone())
            .unwrap_or_default();
        let options = Options {
            problem,
            seed,
            untimed: true,
            ..Options::default()
        };
        let (mut session, _) = Session::begin(catalog, options).expect("a session");
        let lines = [
            "web -> api -> db",
            "next step",
            "next step",
            "next step",
            "next step",
            "next step",
            "next step",
        ];
        for line in lines {
            let _ = session.turn(&Event {
                at: Duration::ZERO,
                line: Line::Text(line.to_owned()),
            });
        }
        let of = |step: Step| -> Vec<String> {
            let questions = session
                .state
                .questions
                .iter()
                .filter(|question| question.step == step);
            questions.map(|question| question.topic.clone()).collect()
        };
        (of(Step::Detailed), of(Step::Scale))
    }

    #[test]
    fn two_or_three_deep_dives_with_two_weak_points_and_at_most_five_probes_are_asked() {
        let catalog = Catalog::embedded();
        for seed in 0..20 {
            let (dives, probes) = asked(catalog, seed);
            assert!((2..=5).contains(&dives.len()), "{dives:?}");
            assert!((1..=MOST_PROBES).contains(&probes.len()), "{probes:?}");
        }
    }

    #[test]
    fn the_seed_decides_among_equals_and_always_the_same_way() {
        let catalog = Catalog::embedded();
        assert_eq!(asked(catalog, 3), asked(catalog, 3));
        let different: BTreeSet<_> = (0..20).map(|seed| asked(catalog, seed)).collect();
        assert!(different.len() > 5, "{different:?}");
    }

    #[test]
    fn questions_that_ask_nearly_the_same_are_told() {
        let one = "The store dies at the peak. What do visitors see in the next minute?";
        let other =
            "The store cluster is gone at the peak. What do visitors see in the first second?";
        assert!(are_alike(one, other));
        assert!(!are_alike(
            one,
            "Who picks up a message, and what does it change?"
        ));
    }
}
