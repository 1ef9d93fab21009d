//! A sentence that speaks of "the queue" where several are drawn: which ones may be meant, and what it draws of each.
//!
//! Knows what is drawn; which words are vague is data of the language.

use super::{Sketch, of};
use crate::coach::session::Session;

/// A part that may be one of several.
pub(in crate::coach) struct Vague {
    /// How it was called.
    pub called: String,
    /// Those that it may be, each with what the sentence draws then.
    pub choices: Vec<(String, Sketch)>,
}

/// The part of a sentence that may be one of several which are drawn; none where its words or a name beside it say which.
pub(in crate::coach) fn vague(session: &Session<'_>, text: &str) -> Option<Vague> {
    let changing = &session.talk().changing;
    let lower = text.to_lowercase();
    let range = changing.vague(&lower)?;
    let called = lower.get(range.clone())?;
    let word = called.rsplit(' ').next()?;
    let (vocabulary, design) = (session.vocabulary(), &session.state.design);
    let kind = vocabulary.kind_of(vocabulary.classify(word)?);
    let family = vocabulary.family(kind);
    let alike = design.components.iter();
    let alike = alike.filter(|one| vocabulary.family(one.kind) == family);
    let ids: Vec<&str> = alike.map(|one| one.id.as_str()).collect();
    let is_called_so = |id: &&&str| id.split(['-', '_']).any(|part| part == word);
    let are_called_so = ids.iter().filter(is_called_so).count();
    let is_named = ids.iter().any(|id| lower.contains(&id.to_lowercase()));
    if ids.len() < 2 || are_called_so == 1 || is_named {
        return None;
    }
    let choices = ids.into_iter().filter_map(|id| {
        let (before, behind) = (lower.get(..range.start)?, lower.get(range.end..)?);
        let sketch = of(session, &format!("{before}{id}{behind}"))?;
        (!sketch.is_open).then(|| (id.to_owned(), sketch))
    });
    let choices: Vec<(String, Sketch)> = choices.collect();
    (choices.len() > 1).then(|| Vague {
        called: called.to_owned(),
        choices,
    })
}
