//! A drawing that waits until the names in it are understood: what is asked of them, and what becomes of it.
//!
//! Knows names that say nothing of their kind; what arrows mean is the notation's business.

use std::collections::BTreeMap;

use super::drawing::{echo, strangers, too_much};
use crate::coach::interviewer;
use crate::coach::line::Said;
use crate::coach::reply::{Reply, Trouble};
use crate::coach::session::Session;
use crate::model::vocabulary::Meaning;
use crate::model::{Design, Vocabulary, spelling};
use crate::notation::arrows::ArrowError;
use crate::notation::drawing;

/// A drawing that waits until the names in it are understood.
#[derive(Clone, Debug)]
pub(in crate::coach) struct Pending {
    /// The line.
    line: String,
    /// The names that nobody has explained yet.
    unknown: Vec<String>,
    /// What was explained.
    told: BTreeMap<String, Meaning>,
}

/// The word that gives a waiting drawing up.
const CANCEL: &str = "cancel";

impl Pending {
    /// A line of which nothing is known yet.
    pub(super) fn of(line: &str) -> Self {
        Self {
            line: line.to_owned(),
            unknown: Vec::new(),
            told: BTreeMap::new(),
        }
    }

    /// What is said when the drawing is given up.
    pub fn dropped(&self) -> Reply {
        Reply::Note(format!(
            "Left out: `{}`. A name can bring its kind along: `name:kind`.",
            self.line
        ))
    }

    /// What is asked of the next name.
    pub fn question(&self, design: &Design) -> Option<Reply> {
        let name = self.unknown.first()?;
        let words = match near_name(name, design) {
            Some(near) => format!(
                "`{name}`: what kind? A kind such as worker, cache or sql_db, or a technology. If `{near}` is meant, `cancel` \
                 and draw it so."
            ),
            None => format!(
                "`{name}`: what kind? A kind such as worker, cache or sql_db, or a technology; an empty line makes it a \
                 {}, `cancel` drops the line.",
                Vocabulary::ANYTHING
            ),
        };
        Some(Reply::Says(words))
    }

    /// Whether the names can be taken for services when nobody explains them: not where one is nearly the name of another
    /// component, or where it is too short to be one.
    fn can_be_anything(&self, design: &Design) -> bool {
        let mut names = self.unknown.iter();
        names.all(|name| name.chars().count() >= SHORTEST_NAME && near_name(name, design).is_none())
    }
}

/// Takes a line as the answer to "what kind?", or lets the line be what it is: the names are services then, or the drawing
/// is given up where that can't be.
///
/// # Errors
/// With what is said of the drawing.
pub(in crate::coach) fn answer_kind(
    session: &mut Session<'_>,
    mut pending: Pending,
    line: &str,
    said: Said<'_>,
) -> Result<Vec<Reply>, Vec<Reply>> {
    let vocabulary = session.vocabulary();
    if line.eq_ignore_ascii_case(CANCEL) {
        return Ok(vec![pending.dropped()]);
    }
    if matches!(said, Said::Question) {
        let mut replies = interviewer::answer(session, line);
        replies.extend(pending.question(&session.state.design));
        session.pending = Some(pending);
        return Ok(replies);
    }
    let is_other = |said: Said<'_>| match said {
        Said::Command(command, request) => {
            !request.rest.is_empty() || vocabulary.classify(command.name).is_none()
        }
        Said::Drawing | Said::Figure => true,
        Said::Nothing | Said::Question | Said::Plain => false,
    };
    let word = line
        .strip_prefix("a ")
        .or_else(|| line.strip_prefix("an "))
        .unwrap_or(line);
    let exact = vocabulary.meaning(word);
    if exact.is_none() && is_other(said) {
        return Err(left_unexplained(session, pending));
    }
    if line.is_empty() && pending.can_be_anything(&session.state.design) {
        return Ok(left_unexplained(session, pending));
    }
    if let Some(meaning) = exact.or_else(|| vocabulary.classify(word)) {
        if !pending.unknown.is_empty() {
            pending.told.insert(pending.unknown.remove(0), meaning);
        }
        let drawn = pending.line.clone();
        let replies = draw_told(session, pending).into_iter();
        return Ok(replies
            .map(|reply| of_another_line(reply, &drawn))
            .collect());
    }
    let help = vocabulary
        .suggestion(word)
        .unwrap_or_else(|| "`cancel` drops the line".to_owned());
    let trouble = Reply::trouble(format!("unknown kind or technology `{line}`"), help);
    let question = pending.question(&session.state.design);
    session.pending = Some(pending);
    Ok(if line.is_empty() {
        question.into_iter().collect()
    } else {
        vec![trouble]
    })
}

/// Draws what waits, with names that nobody explains as services; or gives it up.
fn left_unexplained(session: &mut Session<'_>, mut pending: Pending) -> Vec<Reply> {
    let anything = session.vocabulary().meaning(Vocabulary::ANYTHING);
    let Some(anything) = anything.filter(|_| pending.can_be_anything(&session.state.design)) else {
        return vec![pending.dropped()];
    };
    let names = std::mem::take(&mut pending.unknown);
    let told = names.iter().map(|name| (name.clone(), anything));
    pending.told.extend(told);
    let line = pending.line.clone();
    let mut replies: Vec<Reply> = draw_told(session, pending)
        .into_iter()
        .map(|reply| of_another_line(reply, &line))
        .collect();
    let first = names.first().map_or("NAME", String::as_str);
    replies.push(Reply::Note(format!(
        "Taken for a {}: {}. `set {first} kind=...` says otherwise.",
        Vocabulary::ANYTHING,
        spelling::listed(&names)
    )));
    replies
}

/// A complaint about a line that was typed before: its bytes are not those of the line that was typed last.
fn of_another_line(reply: Reply, line: &str) -> Reply {
    match reply {
        Reply::Trouble(trouble) => Reply::Trouble(Trouble {
            message: format!("in `{line}`: {}", trouble.message),
            span: None,
            ..trouble
        }),
        other => other,
    }
}

/// Draws a line with what was told of its names; asks about the next that says nothing.
pub(super) fn draw_told(session: &mut Session<'_>, mut pending: Pending) -> Vec<Reply> {
    if !pending.unknown.is_empty() {
        let question = pending.question(&session.state.design);
        session.pending = Some(pending);
        return question.into_iter().collect();
    }
    let line = pending.line.clone();
    if let Some(trouble) = too_much(&line, &session.state.design) {
        return vec![trouble];
    }
    let mut sketch = session.state.design.clone();
    let drawn = match drawing::draw(&line, &pending.told, &mut sketch, session.vocabulary()) {
        Ok(drawn) => drawn,
        Err(ArrowError {
            span,
            message,
            help,
        }) => return vec![Reply::trouble_at(span, message, help)],
    };
    if !drawn.unknown.is_empty() {
        pending.unknown = drawn.unknown.iter().map(|word| word.text.clone()).collect();
        pending.unknown.sort();
        pending.unknown.dedup();
        return draw_told(session, pending);
    }
    if let Some(trouble) = strangers(&sketch) {
        return vec![trouble];
    }
    session.state.design = sketch;
    vec![echo(session, &drawn)]
}

/// A shorter name is a letter of a sentence rather than a component.
const SHORTEST_NAME: usize = 3;

/// The component whose name is nearly this one.
fn near_name<'d>(name: &str, design: &'d Design) -> Option<&'d str> {
    let ids = design.components.iter();
    spelling::nearest(name, ids.map(|component| component.id.as_str()))
}
