//! `hint` and `check`: help at a price, and feedback on what there is.
//!
//! Knows grades and findings; what helps is the problem's business. In exam mode there is neither.

use super::estimates;
use crate::assess::{self, Finding, Outcome, Verdict};
use crate::coach::clock;
use crate::coach::interviewer::{self, Grade};
use crate::coach::line::Request;
use crate::coach::reply::Reply;
use crate::coach::session::Session;
use crate::model::spelling::counted;
use crate::model::{Severity, Step};

/// What a grade of a hint is called.
const GRADES: [&str; 3] = ["a question", "a direction", "an answer"];

/// At most so many findings at a time; nobody repairs more at once.
const MOST_FINDINGS: usize = 6;

/// `hint`: help with the open question, or else the next grade of the first hint of this step that is still of use.
pub(super) fn hint(session: &mut Session<'_>, _: Request<'_>) -> Vec<Reply> {
    if session.options.exam {
        return vec![Reply::Says("This is an exam: no hints.".to_owned())];
    }
    let Some(hint) = help_with_question(session).or_else(|| next_hint(session)) else {
        return vec![Reply::Note("I have no hint left for this step.".to_owned())];
    };
    *session.hints.entry(hint.id).or_default() += 1;
    let scoring = &session.catalog.scoring;
    let points = scoring.hint_points;
    let price = if points > 0.0 {
        format!(", {points} off the score")
    } else {
        String::new()
    };
    vec![Reply::Note(format!(
        "Hint ({}{price}): {}",
        hint.grade, hint.text
    ))]
}

/// A piece of help.
struct Hint {
    /// The name by which it is counted how much of it was given.
    id: String,
    /// What it is called.
    grade: &'static str,
    text: String,
}

fn help_with_question(session: &Session<'_>) -> Option<Hint> {
    let (id, mut pieces) = interviewer::help(session)?;
    let given = session.hints.get(&id).copied().unwrap_or(0);
    let (grade, text) = (given < pieces.len()).then(|| pieces.swap_remove(given))?;
    let [_, direction, answer] = GRADES;
    let grade = match grade {
        Grade::Direction => direction,
        Grade::Answer => answer,
    };
    Some(Hint { id, grade, text })
}

fn next_hint(session: &Session<'_>) -> Option<Hint> {
    let step = session.state.step;
    assess::ask(&session.design(), session.catalog, None, |asked| {
        let of_use = session.problem.hints.iter().filter(|hint| {
            hint.step == step
                && !hint
                    .unless
                    .as_ref()
                    .is_some_and(|unless| asked.holds(unless))
        });
        let mut left = of_use.filter_map(|hint| {
            let given = session.hints.get(&hint.id).copied().unwrap_or(0);
            Some(Hint {
                id: hint.id.clone(),
                grade: GRADES.get(given)?,
                text: hint.grades.get(given)?.clone(),
            })
        });
        left.next()
    })
}

/// `check`: feedback so far.
pub(super) fn check(session: &mut Session<'_>, _: Request<'_>) -> Vec<Reply> {
    feedback(session)
}

/// The numbers, and what the rules find in the steps so far.
pub(in crate::coach) fn feedback(session: &Session<'_>) -> Vec<Reply> {
    if session.options.exam {
        return vec![Reply::Says(
            "This is an exam: feedback comes at the end.".to_owned(),
        )];
    }
    let mut replies = Vec::new();
    if session.state.step == Step::Estimation {
        replies.extend(estimates::review(session, false));
    }
    let verdict = assess::ask(&session.design(), session.catalog, None, |asked| {
        asked.verdict()
    });
    replies.push(so_far(session, &verdict));
    replies
}

fn so_far(session: &Session<'_>, verdict: &Verdict) -> Reply {
    let step = session.state.step;
    let counts = |finding: &&Finding| {
        finding.outcome == Outcome::Missed
            && finding.severity > Severity::Note
            && finding.step <= step
            && finding.allowed.is_none()
    };
    let found: Vec<&Finding> = verdict.findings.iter().filter(counts).collect();
    let steps = verdict
        .score
        .steps
        .iter()
        .filter(|score| score.step <= step && score.possible > 0.0);
    let mut rows: Vec<(String, String)> = steps
        .map(|score| {
            (
                clock::name(score.step),
                format!("{} of {} points", score.earned, score.possible),
            )
        })
        .collect();
    rows.extend(
        found
            .iter()
            .take(MOST_FINDINGS)
            .map(|finding| (finding.severity.word().to_owned(), in_words(finding))),
    );
    if found.len() > MOST_FINDINGS {
        rows.push((
            "...".to_owned(),
            format!("and {} more", found.len() - MOST_FINDINGS),
        ));
    }
    let title = match found.len() {
        0 => "So far nothing is wrong that I could name".to_owned(),
        number => format!("So far: {}", counted(number, "finding", "findings")),
    };
    Reply::listing(title, rows)
}

/// What is wrong, and the question that leads on; what to do is not told.
fn in_words(finding: &Finding) -> String {
    let ask = finding.ask.trim();
    if ask.is_empty() {
        finding.message.clone()
    } else {
        format!("{} {ask}", finding.message)
    }
}
