//! `edit` and blocks of YAML: the design as a text, whole or in parts. What has mistakes changes nothing and is kept.
//!
//! Knows what becomes of a text; editors and terminals are somebody else's business.

use super::drawing::MOST_COMPONENTS;
use crate::coach::interviewer;
use crate::coach::line::Request;
use crate::coach::reply::{Listing, Reply};
use crate::coach::session::Session;
use crate::model::spelling::counted;
use crate::model::{Design, Difference};
use crate::notation::design::{self, Reading};
use crate::notation::yaml::Limits;
use crate::report::{self, Paint};
use crate::source::{Gravity, Issue, Source};

/// At most so many mistakes are shown.
const MOST_SHOWN: usize = 12;

/// At most so many changes are told.
const MOST_TOLD: usize = 15;

/// `edit [discard]`
pub(super) fn edit(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    match request.rest {
        "" => {
            let text = session.broken.clone().unwrap_or_else(|| file(session));
            vec![Reply::Edit { text }]
        }
        "discard" => {
            let words = match session.broken.take() {
                Some(_) => "Dropped; the design stays as it is.",
                None => "There is no edit that waits.",
            };
            vec![Reply::Note(words.to_owned())]
        }
        other => {
            let help = "write `edit`, or `edit discard`".to_owned();
            vec![Reply::trouble_at(
                request.span_of(other),
                format!("`{other}` says nothing here"),
                help,
            )]
        }
    }
}

/// What an editor is given.
fn file(session: &Session<'_>) -> String {
    let design = &session.state.design;
    format!(
        "# Your design so far. Save it and leave the editor; mistakes are shown then, and nothing is lost.\n{}",
        design::write(design, session.vocabulary())
    )
}

/// Takes the design from an editor; with mistakes in it the one before stays, and `edit` opens the text again.
pub(in crate::coach) fn edited(session: &mut Session<'_>, text: &str) -> Vec<Reply> {
    if text.trim().is_empty() {
        let words = "An empty file: the design stays as it is.";
        return vec![Reply::Note(words.to_owned())];
    }
    let reading = design::read(text, session.vocabulary(), &Limits::default());
    let source = Source::new("your edit", text);
    match sound(&reading, &source) {
        Err(mut replies) => {
            session.broken = Some(text.to_owned());
            let words = "`edit` opens it again as you left it, `edit discard` drops it.";
            replies.push(Reply::Note(words.to_owned()));
            replies
        }
        Ok(mut replies) => {
            session.broken = None;
            let kept = &session.state.design;
            if (&reading.design.problem, reading.design.level) != (&kept.problem, kept.level) {
                let words = "The problem and the level stay those of the interview.";
                replies.push(Reply::Note(words.to_owned()));
            }
            replies.extend(taken(session, reading.design));
            replies.extend(lost_remarks(session, text));
            replies
        }
    }
}

/// What is said where a text has remarks that a design does not keep.
fn lost_remarks(session: &Session<'_>, text: &str) -> Option<Reply> {
    let kept = file(session);
    let mut remarks = text
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with('#'));
    let words = "Remarks behind `#` are not kept; the key `notes` keeps words.";
    remarks
        .any(|remark| !kept.contains(remark))
        .then(|| Reply::Note(words.to_owned()))
}

/// Merges some keys of a design file into the design; with mistakes in them nothing is merged.
pub(in crate::coach) fn merged(session: &mut Session<'_>, text: &str) -> Vec<Reply> {
    let before = &session.state.design;
    let reading = design::merge(text, before, session.vocabulary(), &Limits::default());
    let source = Source::new("the block", text);
    match sound(&reading, &source) {
        Err(mut replies) => {
            let words = "Mend it and give it once more; the arrow up brings it back.";
            replies.push(Reply::Note(words.to_owned()));
            replies
        }
        Ok(mut replies) => {
            replies.extend(taken(session, reading.design));
            replies
        }
    }
}

/// What is said of a text: what is remarkable where the design can be taken, what is wrong where it can't.
fn sound(reading: &Reading, source: &Source) -> Result<Vec<Reply>, Vec<Reply>> {
    let wrong = |issue: &&Issue| issue.gravity == Gravity::Error;
    let mistakes = reading.issues.iter().filter(wrong).count();
    let shown = reading.issues.iter().take(MOST_SHOWN);
    let frames: Vec<String> = shown
        .map(|issue| {
            report::issue_frame(issue, source, Paint::Plain)
                .trim_end()
                .to_owned()
        })
        .collect();
    let frames = (!frames.is_empty()).then(|| Reply::Picture(frames.join("\n")));
    let mut replies: Vec<Reply> = frames.into_iter().collect();
    if let Some(more @ 1..) = reading.issues.len().checked_sub(MOST_SHOWN) {
        replies.push(Reply::Note(format!("And {more} more.")));
    }
    if mistakes > 0 {
        let mistakes = counted(mistakes, "mistake", "mistakes");
        let message = format!("{mistakes} in {}; nothing was taken", source.name);
        replies.push(Reply::trouble(message, None));
        return Err(replies);
    }
    if reading.design.components.len() > MOST_COMPONENTS {
        let message = format!("more than {MOST_COMPONENTS} components; nothing was taken");
        return Err(vec![Reply::trouble(
            message,
            "group what belongs together".to_owned(),
        )]);
    }
    Ok(replies)
}

/// The design is another one now: what is otherwise in it.
fn taken(session: &mut Session<'_>, design: Design) -> Vec<Reply> {
    let kept = &session.state.design;
    // What the file says of it would have the values that it had when they were written.
    let design = Design {
        problem: kept.problem.clone(),
        title: design.title.or_else(|| kept.title.clone()),
        author: kept.author.clone(),
        level: kept.level,
        session: None,
        ..design
    };
    // As its file will be read: what is worked out from other figures is worked out again.
    let text = design::write(&design, session.vocabulary());
    let reading = design::read(&text, session.vocabulary(), &Limits::default());
    if let Some(issue) = reading
        .issues
        .iter()
        .find(|issue| issue.gravity == Gravity::Error)
    {
        let message = format!("it does not go together with the rest: {}", issue.message);
        return vec![Reply::trouble(message, issue.help.clone())];
    }
    let design = reading.design;
    let difference = Difference::between(kept, &design, session.vocabulary());
    if difference.is_empty() {
        return vec![Reply::Note("Nothing is otherwise than before.".to_owned())];
    }
    for (old, new) in &difference.renamed {
        interviewer::renamed(session, old, new);
    }
    session.state.design = design;
    let mut rows = report::changes(&difference);
    let more = rows.len().saturating_sub(MOST_TOLD);
    rows.truncate(MOST_TOLD);
    if more > 0 {
        rows.push((String::new(), format!("and {more} more")));
    }
    vec![Reply::Listing(Listing::new("Taken", rows))]
}
