//! Which texts of a design count as evidence, and how much: a value that denies takes its topic with it, and a term that
//! stands in a bare list, or that a decision rejects, is named and no more.
//!
//! Knows topics, choices and lists; its words are data, and it knows no concept.

use super::concept::{Language, overlap};
use super::name::Name;
use super::passage::{Passage, Role, rejected};
use super::pattern::Pattern;
use super::scene::Scene;
use crate::model::{Design, Part, Place};

/// What a mention of a concept is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// It says that the design does so.
    Full,
    /// It is a word in a list.
    Listed,
    /// A decision rejects it.
    Rejected,
}

/// A list of terms has so many of no more than so many words, and none of more than so many; without commas it has so many
/// capitals and words, or several terms of few words that a word joins.
const TERMS: usize = 3;
const FEW: usize = 3;
const MOST: usize = 7;
const CAPITALS: usize = 3;
const UNDIVIDED: usize = 4;

/// Takes topics out whose value denies them, marks lists of terms, and adds what decisions reject. How many of the texts
/// are the design's own: those that are added stand behind them.
pub(super) fn weigh(all: &mut Vec<Passage>, design: &Design, language: &Language) -> usize {
    all.retain(|it| it.role != Role::Topic || !declines(it, design, language));
    for it in all.iter_mut() {
        if let Place::Entry(Part::Answers, at) = it.place {
            let answer = design.answers.get(at);
            it.is_list = answer.is_some_and(|answer| language.is_list(&answer.text));
        }
    }
    let own = all.len();
    all.extend(rejected(design, |over| language.members(over)));
    own
}

/// Whether the value of a topic denies it.
fn declines(topic: &Passage, design: &Design, language: &Language) -> bool {
    let value = match topic.place {
        Place::Entry(Part::Answers, at) => design.answers.get(at).map(|it| it.text.as_str()),
        Place::Entry(Part::Decisions, at) => design.decisions.get(at).map(|it| it.choice.as_str()),
        _ => None,
    };
    value.is_some_and(|value| language.declines(value))
}

impl Language {
    /// Whether a value denies what it is the value of: "none", "not needed before 10k/s".
    #[must_use]
    pub fn declines(&self, value: &str) -> bool {
        let plain = super::concept::plain(value);
        let denials = self.reach.value.ranges(&plain);
        let Some(denial) = denials.first() else {
            return false;
        };
        let mut affirming = self.affirming.ranges(&plain).into_iter();
        !affirming.any(|it| overlap(&it, denial))
    }

    /// Whether a text is a bare list of terms: it says of none what it does, and how much.
    #[must_use]
    pub fn is_list(&self, text: &str) -> bool {
        let text = text.trim().trim_end_matches('.');
        let words = || text.split_whitespace();
        let has_number = || words().any(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        if text.contains([':', '(', '\n', '?', '=', '<', '>'])
            || text.contains(". ")
            || has_number()
        {
            return false;
        }
        let plain = super::concept::plain(text);
        let opening = self.reach.opening.ranges(&plain);
        let opening = opening.first().filter(|it| it.start == 0);
        let listed = plain
            .get(opening.map_or(0, |it| it.end)..)
            .unwrap_or_default();
        let length = |item: &&str| item.split_whitespace().count();
        let beside = parted(listed, &self.reach.beside);
        let is_divided = if listed.contains([',', ';']) {
            let items = self.members(listed);
            let terms = items.iter().filter(|item| length(item) <= FEW);
            terms.count() >= TERMS && items.iter().all(|item| length(item) <= MOST)
        } else if beside.len() > 1 {
            beside.iter().all(|item| length(item) <= FEW)
        } else {
            let capitals = words().filter(|word| word.starts_with(char::is_uppercase));
            let joins = [&self.reach.joined, &self.reach.attached];
            words().count() >= UNDIVIDED
                && capitals.count() >= CAPITALS
                && !joins.into_iter().any(|it| it.is_match(listed))
        };
        // "write-through" is one word.
        is_divided && !self.reach.telling.is_match(&listed.replace('-', "_"))
    }

    /// The members of a list.
    fn members<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let parts = parted(text, &self.reach.joined);
        let items = parts.into_iter().flat_map(|part| part.split([',', ';']));
        items
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .collect()
    }
}

/// What stands between the matches of a pattern.
fn parted<'t>(text: &'t str, joints: &Pattern) -> Vec<&'t str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for it in joints.ranges(text) {
        parts.push(text.get(start..it.start).unwrap_or_default());
        start = it.end;
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

impl<'s> Scene<'s> {
    /// The passage to read that says most for a concept, and what it is worth; none of what is rejected and stands in
    /// lists alone.
    pub(super) fn evidence(
        &self,
        concept: &Name<usize>,
        reads: impl Fn(&Passage) -> bool,
    ) -> Option<(&'s Passage, Weight)> {
        let first = self.saying(concept, &reads)?;
        let rejected = self.rejected(concept);
        if rejected.is_empty() && !first.is_list {
            return Some((first, Weight::Full));
        }
        let is_against = |it: &Passage| {
            let has = |words: &String| it.own_words().contains(words.as_str());
            it.tells_how() && rejected.iter().any(has)
        };
        let find = |is_list: bool, against: bool| {
            let fits = |it: &Passage| it.is_list == is_list && is_against(it) == against;
            self.saying(concept, |it| reads(it) && fits(it))
        };
        let weighed = |weight| move |passage| (passage, weight);
        let full = find(false, false).map(weighed(Weight::Full));
        full.or_else(|| find(true, false).map(weighed(Weight::Listed)))
            .or_else(|| find(false, true).map(weighed(Weight::Rejected)))
    }
}
