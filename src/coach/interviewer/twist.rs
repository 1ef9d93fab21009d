//! One thing changes in the middle of the interview: figures and requirements are stated anew, and what that touches is
//! judged again.
//!
//! Knows changes by their shape; which there are is data of the problem.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::agenda::{Asked, Question};
use crate::assess::{self, Finding, Outcome, RuleScore, Score, Verdict, round};
use crate::coach::commands::value_of;
use crate::coach::dice;
use crate::coach::figures::{self, Statement};
use crate::coach::reply::{Listing, Reply};
use crate::coach::session::Session;
use crate::model::{Design, Part, Place, Severity, Step};
use crate::notation::design::normal_name;
use crate::rubric::{Twist, topic_of};

/// A change that has come.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::coach) struct Twisted {
    /// What the interviewer said.
    say: String,
    /// What each rule that it touches had earned before, and right after.
    touched: BTreeMap<String, Marks>,
}

/// What a rule had earned, as shares of its weight.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Marks {
    before: f64,
    after: f64,
}

/// So many figures and faults are told of a change; the report tells the others.
const MOST_TOLD: usize = 6;

/// The change comes in the detailed design, when its first question was dealt with.
pub(super) fn is_due(session: &Session<'_>) -> bool {
    let state = &session.state;
    let dealt_with = |question: &Question| {
        question.step == Step::Detailed
            && matches!(question.asked, Asked::Answered | Asked::Skipped)
    };
    session.options.twist
        && state.twist.is_none()
        && state.step == Step::Detailed
        && !session.problem.twists.is_empty()
        && state.questions.iter().any(dealt_with)
}

/// Changes one thing, says what it touches, and asks about it. The question stands first among those that wait.
pub(super) fn strike(session: &mut Session<'_>) -> Vec<Reply> {
    let Some(twist) = chosen(session) else {
        return Vec::new();
    };
    let before = session.state.design.clone();
    let judged = verdict(session);
    let mut replies = vec![Reply::Says(format!("One thing has changed. {}", twist.say))];
    replies.extend(restate(session, twist));
    let again = verdict(session);
    session.state.twist = Some(Twisted {
        say: twist.say.clone(),
        touched: touched(&judged, &again),
    });
    if !session.options.exam {
        let mut rows = moved_figures(&before, &session.state.design);
        rows.extend(new_faults(&judged, &again));
        replies.extend((!rows.is_empty()).then(|| Reply::listing("What that touches", rows)));
    }
    let waiting = |question: &Question| question.asked == Asked::Waiting;
    let questions = &mut session.state.questions;
    let at = questions
        .iter()
        .position(waiting)
        .unwrap_or(questions.len());
    questions.insert(at, question(twist));
    replies.push(Reply::Says(twist.ask.clone()));
    replies
}

/// The change of this interview; the seed decides.
fn chosen<'p>(session: &Session<'p>) -> Option<&'p Twist> {
    dice::pick(session.options.seed, "twist", &session.problem.twists)
}

/// The figures that have another value since the change: name and text.
pub(super) fn restated<'p>(session: &Session<'p>) -> &'p [(String, String)] {
    let twist = chosen(session).filter(|_| session.state.twist.is_some());
    twist.map_or(&[], |twist| &twist.assume)
}

fn question(twist: &Twist) -> Question {
    Question {
        looks_for: twist.looks_for.clone(),
        good: twist.good.clone(),
        is_extra: true,
        asked: Asked::Open,
        ..Question::new(topic_of(&twist.id), Step::Detailed, twist.ask.clone())
    }
}

fn verdict(session: &Session<'_>) -> Verdict {
    assess::ask(&session.state.design, session.catalog, None, |asked| {
        asked.verdict()
    })
}

/// States the figures and requirements anew, under whatever name the design has for them.
fn restate(session: &mut Session<'_>, twist: &Twist) -> Vec<Reply> {
    let mut replies = Vec::new();
    for (figure, text) in &twist.assume {
        for name in names_of(session, figure) {
            let design = &mut session.state.design;
            let own = normal_name(&name);
            let estimated = design
                .estimates
                .iter()
                .any(|other| normal_name(&other.name) == own);
            let statement = Statement {
                name: &name,
                text,
                peak: None,
                assumed: !estimated,
            };
            if figures::state(design, statement).is_ok() {
                let word = if estimated { "now" } else { "assumed" };
                replies.push(Reply::Echo(format!("{word}: {name} = {text}")));
            }
        }
    }
    let functional = &mut session.state.design.requirements.functional;
    for must in &twist.must {
        functional.push(must.clone());
        replies.push(Reply::Echo(format!("must {}: {must}", functional.len())));
    }
    replies
}

/// The names under which a design states a figure; the figure's own where it states none.
fn names_of(session: &Session<'_>, figure: &str) -> Vec<String> {
    let names = assess::ask(&session.state.design, session.catalog, None, |asked| {
        let facts = asked.scene.figures().iter();
        let of_it = facts.filter(|fact| {
            let is_peak = matches!(&fact.place, Place::Entry(Part::Estimates, at)
                if session.state.design.estimates.get(*at).is_none_or(|other| other.name != fact.name));
            fact.id.as_deref() == Some(figure) && !is_peak
        });
        of_it.map(|fact| fact.name.clone()).collect::<Vec<String>>()
    });
    if names.is_empty() {
        vec![figure.to_owned()]
    } else {
        names
    }
}

/// The figures that have another value now: what follows from what was restated.
fn moved_figures(before: &Design, now: &Design) -> Vec<(String, String)> {
    let names = now.estimates.iter().map(|estimate| estimate.name.clone());
    let row = |name: String| {
        let (was, is) = (value_of(before, &name), value_of(now, &name));
        (was != is).then(|| (name, format!("{was} -> {is}")))
    };
    names.filter_map(row).take(MOST_TOLD).collect()
}

/// What the rules find now and did not find before.
fn new_faults(before: &Verdict, now: &Verdict) -> Vec<(String, String)> {
    let counts = |finding: &&Finding| {
        finding.outcome == Outcome::Missed && finding.severity > Severity::Note
    };
    let known = |finding: &Finding| {
        let mut old = before.findings.iter().filter(counts);
        old.any(|old| old.rule == finding.rule && old.subjects == finding.subjects)
    };
    let new = now.findings.iter().filter(counts);
    new.filter(|finding| !known(finding))
        .take(MOST_TOLD)
        .map(|finding| (finding.severity.word().to_owned(), finding.message.clone()))
        .collect()
}

/// The share of its weight that each rule earned.
fn shares(verdict: &Verdict) -> BTreeMap<&str, f64> {
    let rules = verdict.score.steps.iter().flat_map(|step| &step.rules);
    rules
        .filter(|rule| rule.weight > 0.0)
        .map(|rule| (rule.rule.as_str(), rule.earned / rule.weight))
        .collect()
}

/// The rules whose marks a change moves: those are judged again, and no others.
fn touched(before: &Verdict, now: &Verdict) -> BTreeMap<String, Marks> {
    let (before, after) = (shares(before), shares(now));
    let moved = after.iter().filter_map(|(rule, after)| {
        // A rule that did not apply before had lost nothing.
        let marks = Marks {
            before: before.get(rule).copied().unwrap_or(1.0),
            after: *after,
        };
        ((marks.before - marks.after).abs() > 1e-9).then(|| ((*rule).to_owned(), marks))
    });
    moved.collect()
}

/// After the interview: what the change touched, and what became of it.
pub(in crate::coach) fn review(session: &Session<'_>, score: &Score) -> Option<Listing> {
    let twisted = session.state.twist.as_ref()?;
    let rules = score.steps.iter().flat_map(|step| &step.rules);
    let row = |rule: &RuleScore| {
        let marks = twisted.touched.get(&rule.rule)?;
        let now = if rule.weight > 0.0 {
            rule.earned / rule.weight
        } else {
            1.0
        };
        let word = match now.total_cmp(&marks.after) {
            Ordering::Greater => "mended",
            _ if marks.after > marks.before => "gained",
            _ => "open",
        };
        Some((
            word.to_owned(),
            format!(
                "{} ({} of {})",
                rule.title,
                round(rule.earned, 2),
                rule.weight
            ),
        ))
    };
    let mut rows: Vec<(String, String)> = rules.filter_map(row).collect();
    if rows.is_empty() {
        rows.push((
            "none".to_owned(),
            "No rule judges your design otherwise because of it.".to_owned(),
        ));
    }
    rows.insert(0, ("said".to_owned(), twisted.say.clone()));
    Some(Listing::new(
        "The change, and the marks that it touches",
        rows,
    ))
}
