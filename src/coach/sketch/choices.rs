//! What a sentence says a part is: a cache of some sort, of which the words state how it is filled and what it drops.
//!
//! Knows attributes whose values are words; knows not what else is said.

use super::describing;
use super::names::Named;
use crate::coach::session::Session;
use crate::model::{Attribute, ValueType};

/// The attributes of a cache that people state by a word for them.
const OF_CACHES: &[Attribute] = &[Attribute::Strategy, Attribute::Eviction];

/// Longer sentences explain something.
const MOST_WORDS: usize = 14;

/// Leaves out what a part that is named before is said to be: "redis is a look-aside cache" names one part.
pub(super) fn without_what_they_are(
    session: &Session<'_>,
    words: &[&str],
    named: Vec<Named>,
) -> Vec<Named> {
    let describing = describing(session);
    let vocabulary = session.vocabulary();
    let family = |name: &Named| name.kind.and_then(|kind| vocabulary.family(kind));
    let mut kept: Vec<Named> = Vec::new();
    for name in named {
        let is_it = kept.last().is_some_and(|part| {
            let between = words.get(part.at.end..name.at.start).unwrap_or_default();
            let said = between.iter().copied();
            let is_of_name =
                |word: &&str| describing.articles.has(word) || describing.adjectives.has(word);
            let said: Vec<&str> = said.filter(|word| !is_of_name(word)).collect();
            let is_product = vocabulary.technologies.named(&name.id.replace('-', " "));
            let is_said = describing.being.has(&said.join(" "));
            is_said && !name.is_drawn && is_product.is_none() && family(part) == family(&name)
        });
        if !is_it {
            kept.push(name);
        }
    }
    kept
}

/// How a cache is filled and what it drops, as a sentence says it: pairs of a `set`. Of two that are named, neither is.
pub(super) fn of_cache(session: &Session<'_>, words: &[&str], one: &Named) -> String {
    let kinds = &session.vocabulary().kinds;
    let is_cache = one.kind.is_some_and(|kind| {
        let info = kinds.info(kind);
        info.bypassed && info.holds_data
    });
    if !is_cache || words.len() > MOST_WORDS {
        return String::new();
    }
    let text = format!(" {} ", words.join(" ").replace('-', " "));
    let ambiguous = &describing(session).ambiguous;
    let said = |value: &&&str| {
        !ambiguous.has(value) && text.contains(&format!(" {} ", value.replace('_', " ")))
    };
    let pair = |attribute: &Attribute| {
        let ValueType::Choice(values) = attribute.row().value else {
            return None;
        };
        let mut said = values.iter().filter(said);
        let value = said.next().filter(|_| said.next().is_none())?;
        Some(format!(" {}={value}", attribute.row().name))
    };
    OF_CACHES.iter().filter_map(pair).collect()
}
