//! Where the interview goes: `next`, `back`, `undo`, `redo`, `save`, `finish`, `quit`.
//!
//! Knows the order of the steps; what is asked in a step is the interviewer's business.

use std::cmp::Ordering;

use super::estimates;
use crate::coach::line::Request;
use crate::coach::reply::Reply;
use crate::coach::session::{Session, Warning};
use crate::coach::{ending, guide, interviewer, offers};
use crate::model::Step;

/// What words lead to by which somebody goes on, unless it is the next one.
const ELSEWHERE: &[&str] = &[" to ", " with "];
const NEXT: &str = "next";

/// What follows `next` where no question is to be skipped before.
const STEP: &str = "step";

/// `next [step]`: skips the open question, or goes to the next step.
pub(super) fn next(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    let at_once = request.rest.starts_with(STEP);
    if let Some(replies) = (!at_once).then(|| interviewer::skip(session)).flatten() {
        return replies;
    }
    let step = session.state.step;
    let Some(following) = step.next() else {
        return finish(session, request);
    };
    left_for(session, following)
}

/// Leaves a step for a later one; what is lacking is told once.
fn left_for(session: &mut Session<'_>, following: Step) -> Vec<Reply> {
    let step = session.state.step;
    if let Some(waiting) = offers::on_leaving(session, "`next` again leaves it") {
        // Who goes on from that means it.
        session.left_empty.insert(step);
        return waiting;
    }
    let missing = lacking(session, step);
    if let Some(missing) = missing.filter(|_| session.left_empty.insert(step)) {
        let words = format!("{missing} `next` again if you mean it.");
        return vec![Reply::Says(words)];
    }
    let mut replies = Vec::new();
    if step == Step::Estimation && !session.options.exam {
        replies.extend(estimates::review(session, true));
    }
    replies.extend(go(session, following));
    replies
}

/// `skip`: skips the open question.
pub(super) fn skip(session: &mut Session<'_>, _: Request<'_>) -> Vec<Reply> {
    interviewer::skip(session).unwrap_or_else(|| {
        vec![Reply::Note(
            "No question is open. `next` goes on.".to_owned(),
        )]
    })
}

/// Goes on for who says so in words: to the step that is named, or else as `next` does.
pub(in crate::coach) fn gone_on(session: &mut Session<'_>, words: &str) -> Vec<Reply> {
    if let Some(step) = named_step(session, words) {
        return gone_to(session, step);
    }
    let is_asked = interviewer::open_question(session).is_some();
    if !is_asked && session.state.step.next().is_none() {
        let words = "That was the last step. `finish` ends the interview with the report.";
        return vec![Reply::Says(words.to_owned())];
    }
    let words = words.to_lowercase();
    let of_steps = words.contains(STEP);
    // "Moving on to the cache" leads nowhere else.
    let is_elsewhere = ELSEWHERE.iter().any(|word| words.contains(word));
    if is_elsewhere && !of_steps && !words.contains(NEXT) {
        let words = "By all means. `next` leaves this question, or goes on to the next step.";
        return vec![Reply::Says(words.to_owned())];
    }
    next(session, Request::whole(if of_steps { STEP } else { "" }))
}

/// Goes back for who says so in words: to the step that is named, or else to the one before.
pub(in crate::coach) fn gone_back(session: &mut Session<'_>, words: &str) -> Vec<Reply> {
    back(session, Request::whole(words))
}

/// The step that words name.
fn named_step(session: &Session<'_>, words: &str) -> Option<Step> {
    let at = session.talk().step(words)?;
    Step::ALL.get(at).copied()
}

fn gone_to(session: &mut Session<'_>, step: Step) -> Vec<Reply> {
    match step.cmp(&session.state.step) {
        Ordering::Less => go(session, step),
        Ordering::Greater => left_for(session, step),
        Ordering::Equal => {
            let words = format!("This is that step: {}.", step.title());
            let question = interviewer::open_question(session);
            let question = question.map(|question| Reply::Says(question.ask.clone()));
            [Reply::Note(words)].into_iter().chain(question).collect()
        }
    }
}

/// `back`: goes to the step before, or to the one that is named.
pub(super) fn back(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    if let Some(step) = named_step(session, request.rest) {
        return gone_to(session, step);
    }
    match session.state.step.previous() {
        Some(previous) => go(session, previous),
        None => vec![Reply::Note("This is the first step.".to_owned())],
    }
}

/// Enters a step: what it is for, and what the interviewer asks.
fn go(session: &mut Session<'_>, step: Step) -> Vec<Reply> {
    session.state.step = step;
    session.last_plain = None;
    let number = step.index() + 1;
    let is_new = session.entered.insert(step);
    let time = if is_new && session.clock.is_running() {
        format!(", {} minutes", session.clock.minutes(step))
    } else {
        session.clock.left_in_words(step)
    };
    let heading = format!("{number}/{} {}{time}", Step::ALL.len(), step.title());
    let mut replies = vec![Reply::Heading(heading)];
    replies.extend(is_new.then(|| guide::introduction(session)));
    replies.extend(interviewer::enter(session));
    replies
}

/// What is said where nothing of a step was written down that later steps stand on.
fn lacking(session: &Session<'_>, step: Step) -> Option<&'static str> {
    let design = &session.state.design;
    let requirements = &design.requirements;
    let (is_empty, words) = match step {
        Step::Requirements => (
            requirements.functional.is_empty() && requirements.non_functional.is_empty(),
            "No requirement is written down yet: `must ...` says what it does, `quality ...` how well.",
        ),
        Step::Estimation => (
            design.estimates.is_empty(),
            "No figure is worked out yet: `name = expression` does it.",
        ),
        Step::HighLevel => (
            design.components.is_empty(),
            "Nothing is drawn yet: `web -> api -> db` does it.",
        ),
        Step::Detailed | Step::Scale => return None,
    };
    is_empty.then_some(words)
}

/// `undo`: takes back the last change.
pub(super) fn undo(session: &mut Session<'_>, _: Request<'_>) -> Vec<Reply> {
    let step = session.state.step;
    let undone = session.history.undo(&mut session.state);
    moved(session, step, undone, "undone", "Nothing to undo.")
}

/// Takes the last change back that somebody does not mean any more who says so in words.
pub(in crate::coach) fn taken_back(session: &mut Session<'_>) -> Vec<Reply> {
    let note = session.last_change().is_some();
    let note = note.then(|| Reply::Note("`redo` brings it back.".to_owned()));
    let replies = undo(session, Request::whole(""));
    replies.into_iter().chain(note).collect()
}

/// `redo`: makes the last undone change again.
pub(super) fn redo(session: &mut Session<'_>, _: Request<'_>) -> Vec<Reply> {
    let step = session.state.step;
    let redone = session.history.redo(&mut session.state);
    moved(session, step, redone, "done again", "Nothing to redo.")
}

fn moved(
    session: &mut Session<'_>,
    before: Step,
    line: Option<String>,
    word: &str,
    nothing: &str,
) -> Vec<Reply> {
    session.moved = true;
    let Some(line) = line else {
        return vec![Reply::Note(nothing.to_owned())];
    };
    let mut replies = vec![Reply::Echo(format!("{word}: {line}"))];
    if session.state.step != before {
        replies.push(Reply::Note(format!(
            "You are in {} now.",
            session.state.step.title().to_lowercase()
        )));
    }
    if let Some(question) = interviewer::open_question(session) {
        replies.push(Reply::Says(question.ask.clone()));
    }
    replies
}

/// `save [FILE]`: writes the design file.
pub(super) fn save(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    vec![Reply::Save {
        text: ending::written(session),
        to: (!request.rest.is_empty()).then(|| request.rest.to_owned()),
    }]
}

/// `quit`: leaves, with everything saved.
pub(super) fn quit(session: &mut Session<'_>, _: Request<'_>) -> Vec<Reply> {
    leave(session)
}

/// Leaves, with everything saved that there is.
pub(in crate::coach) fn leave(session: &mut Session<'_>) -> Vec<Reply> {
    session.over = true;
    let save = (!session.is_untouched()).then(|| Reply::Save {
        text: ending::written(session),
        to: None,
    });
    save.into_iter().chain([Reply::Quit]).collect()
}

/// `finish`: ends the interview with the report.
pub(super) fn finish(session: &mut Session<'_>, _: Request<'_>) -> Vec<Reply> {
    if let Some(waiting) = offers::on_leaving(session, "`finish` again leaves it") {
        return waiting;
    }
    if session.state.step != Step::Scale && session.warned_before != Some(Warning::Finish) {
        session.warned = Some(Warning::Finish);
        let words = "There are steps that you have not been to. `finish` again if you mean it, `next` goes on.";
        return vec![Reply::Says(words.to_owned())];
    }
    ending::finish(session)
}
