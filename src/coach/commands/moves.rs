//! Where the interview goes: `next`, `back`, `undo`, `redo`, `save`, `finish`, `quit`.
//!
//! Knows the order of the steps; what is asked in a step is the interviewer's business.

use super::estimates;
use crate::coach::line::Request;
use crate::coach::reply::Reply;
use crate::coach::session::{Session, Warning};
use crate::coach::{ending, guide, interviewer, offers};
use crate::model::Step;

/// `next [step]`: skips the open question, or goes to the next step.
pub(super) fn next(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    let at_once = request.rest.starts_with("step");
    if let Some(replies) = (!at_once).then(|| interviewer::skip(session)).flatten() {
        return replies;
    }
    let step = session.state.step;
    let Some(following) = step.next() else {
        return finish(session, request);
    };
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

/// `back`: goes to the step before.
pub(super) fn back(session: &mut Session<'_>, _: Request<'_>) -> Vec<Reply> {
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
