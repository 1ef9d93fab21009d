//! What a sentence would be as a line: the figure that it says or what it draws, with the offer to do that.
//!
//! Knows steps and what may be offered in them; states nothing.

use super::prose::{self, Said};
use super::session::Session;
use super::sketch;
use crate::model::Step;
use crate::notation::design::{normal_name, stated_figures};

/// What a sentence probably means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Proposal {
    /// The lines that say it.
    pub lines: Vec<String>,
    /// How they are offered.
    pub words: String,
}

/// The line that a sentence probably means; none where it says nothing that the step is about.
pub(super) fn of(session: &Session<'_>, line: &str) -> Option<Proposal> {
    if matches!(session.state.step, Step::HighLevel | Step::Scale) {
        let sketch = sketch::of(session, line).filter(|sketch| !sketch.is_open)?;
        let words = format!("Nothing drawn yet. {} `yes` does that.", sketch.in_words());
        let lines = sketch.lines;
        return Some(Proposal { lines, words });
    }
    let assumes = session.catalog.knowledge.language.talk.assumes(line);
    let said = prose::said(line);
    match (session.state.step, said) {
        (Step::Requirements, Some(said)) if assumes && said.is_single => {
            Some(as_figure(session, &said, true))
        }
        (Step::Requirements, _) => requirement(session, line),
        (Step::Estimation, Some(said)) => {
            Some(as_figure(session, &said, assumes && said.is_single))
        }
        _ => None,
    }
}

/// A sentence that says what the system has to do, how well, or what it does not.
fn requirement(session: &Session<'_>, line: &str) -> Option<Proposal> {
    let talk = &session.catalog.knowledge.language.talk;
    let (command, text) = talk.requirement(line)?;
    let others: Vec<String> = ["must", "quality", "out"]
        .iter()
        .filter(|other| **other != command)
        .map(|other| format!("`{other}`"))
        .collect();
    let words = format!(
        "Not written down yet. `yes` records it as `{command} ...`, {} alone as that; with a `?` at its end it asks the interviewer.",
        others.join(" or ")
    );
    Some(Proposal {
        lines: vec![format!("{command} {text}")],
        words,
    })
}

fn as_figure(session: &Session<'_>, said: &Said, assumed: bool) -> Proposal {
    let name = free_name(session, &said.names);
    let command = if assumed { "assume " } else { "" };
    let line = format!("{command}{name} = {}", said.text);
    let shown = said.figure.shown();
    let value = match &said.instead_of {
        Some(claim) => format!(", which is {shown}, not {claim}"),
        None if said.is_single => String::new(),
        None => format!(", which is {shown}"),
    };
    let words =
        format!("Not written down yet. As a figure that is `{line}`{value}; `yes` writes it down.");
    let lines = vec![line];
    Proposal { lines, words }
}

/// The first name that no figure has; what is stated is not stated anew by a guess.
fn free_name(session: &Session<'_>, names: &[String]) -> String {
    let stated = stated_figures(&session.state.design);
    let is_free = |name: &&String| {
        let own = normal_name(name);
        stated.iter().all(|(other, _)| *other != own)
    };
    let first = names.first().map_or("figure", String::as_str);
    names
        .iter()
        .find(is_free)
        .cloned()
        .unwrap_or_else(|| format!("{first}_{}", stated.len() + 1))
}
