//! What an answer speaks of and the drawing does not have: technologies of the catalog that would be components.
//!
//! Knows words of the vocabulary and of the language, which are data.

use crate::coach::session::Session;
use crate::model::vocabulary::Meaning;

/// Names are looked for so far behind such a word.
const REACH: usize = 3;

/// The first technology that an answer wants and the drawing has not, as it was written. Only what stands between services
/// and their data counts: stores, caches and what carries messages.
pub(super) fn first(session: &Session<'_>, text: &str) -> Option<String> {
    let vocabulary = session.vocabulary();
    let talk = session.talk();
    let denying = &talk.unwanted;
    let text = talk.without_idioms(text, |word| vocabulary.meaning(word).is_some());
    let design = &session.state.design;
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words: Vec<String> = text.split_whitespace().map(bare).collect();
    let unwanted = |at: usize| {
        let before = words.iter().take(at).rev().take(REACH);
        before
            .map(|word| word.to_lowercase())
            .any(|word| denying.contains(&word))
    };
    let undrawn = |(at, word): (usize, &String)| {
        let Some(Meaning::Tech(tech)) = vocabulary.meaning(word) else {
            return None;
        };
        let kind = vocabulary.technologies.info(tech).kind;
        let info = vocabulary.kinds.info(kind);
        let is_part = info.holds_data || info.bypassed || info.delivery.is_some();
        let drawn = design.components.iter().any(|component| {
            component.tech == Some(tech) || vocabulary.kinds.is_a(component.kind, kind)
        });
        (is_part && !drawn && !unwanted(at)).then(|| word.clone())
    };
    words.iter().enumerate().find_map(undrawn)
}
