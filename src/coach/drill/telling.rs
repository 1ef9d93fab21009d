//! What tells a fault from all others, and from what the question about it shows: what an answer has to say of it.
//!
//! Knows the words of rules and what rules look at; what is said to an answer is the business of who asks.

use std::collections::{BTreeMap, BTreeSet};

use super::card::Fault;
use super::hearing;
use crate::assess::{self, Finding, Outcome};
use crate::catalog::Catalog;
use crate::model::attribute::Bearer;
use crate::model::spelling::words;
use crate::model::{Answer, Attribute, Decision, Design, Kind, Level, Vocabulary};
use crate::notation::design::write;
use crate::rubric::Rule;

/// Words shorter than this say little.
const SHORT_WORD: usize = 4;

/// A page to which more rules send their readers is about more than a fault.
const NARROW: usize = 4;

/// The attributes that a rule looked at where it found a fault, or that would mend it.
pub(super) fn sought(rule: &Rule, found: &Finding) -> Vec<Attribute> {
    let seen = |attribute: &Attribute| {
        let start = format!("{} of ", attribute.row().name);
        found.seen.iter().any(|seen| seen.starts_with(&start))
    };
    let changed = rule.change.iter().map(|(attribute, _)| *attribute);
    let looked_at = Attribute::ALL.iter().copied().filter(seen);
    looked_at.chain(changed).collect()
}

/// Whether an answer names an attribute that a rule looked at, by its name or by what it is called elsewhere.
pub(super) fn names_attribute(fault: &Fault, text: &str) -> bool {
    let means = |name: &str| {
        [Bearer::Component, Bearer::Connection]
            .into_iter()
            .filter_map(|bearer| Attribute::called(name, bearer))
            .any(|it| fault.sought.contains(&it))
    };
    let said = stems(text);
    let is_like = |attribute: &Attribute| {
        let name = stems(attribute.row().name);
        !name.is_empty() && name.is_subset(&said)
    };
    if fault.sought.iter().any(is_like) {
        return true;
    }
    let words = words(text);
    (1..=3).any(|length| words.windows(length).any(|part| means(&part.join("_"))))
}

/// Whether an answer names a part that the cure names and that is not drawn.
pub(super) fn names_missing_part(catalog: &Catalog, fault: &Fault, text: &str) -> bool {
    let vocabulary = &catalog.knowledge.vocabulary;
    let said = stems(text);
    words(&fault.cure).iter().any(|word| {
        let kind = vocabulary.kinds.named(word);
        let is_absent = kind.is_some_and(|kind| !has_part(&fault.design, kind, vocabulary));
        let word = stems(word);
        is_absent && !word.is_empty() && word.is_subset(&said)
    })
}

/// Whether a part of a kind is drawn, be it a more or a less exact one.
pub(super) fn has_part(design: &Design, kind: Kind, vocabulary: &Vocabulary) -> bool {
    let mut drawn = design.components.iter().map(|component| component.kind);
    drawn.any(|other| vocabulary.kinds.is_a(other, kind) || vocabulary.kinds.is_a(kind, other))
}

/// Whether an answer calls the fault what the page calls it that is about little else.
pub(super) fn names_page(catalog: &Catalog, fault: &Fault, text: &str) -> bool {
    let page = |rule: &Rule| rule.reference.clone();
    let of_fault = catalog.rule(&fault.rule).and_then(page);
    of_fault.is_some_and(|id| {
        let others = catalog.rules.iter().filter_map(page);
        others.filter(|other| *other == id).count() <= NARROW
            && catalog.pages.is_named_in(&id, text)
    })
}

/// The level that judges most.
pub(super) fn hardest(rule: &Rule) -> Option<Level> {
    rule.levels.last().copied()
}

/// Whether nothing would be wrong if the design said what the answer says, denials left out: who names a flaw says what is
/// not there.
pub(super) fn would_mend(catalog: &Catalog, fault: &Fault, text: &str) -> bool {
    let Some(rule) = catalog.rule(&fault.rule) else {
        return false;
    };
    let missed = |text: &str| {
        let design = saying(&fault.design, text);
        assess::ask(&design, catalog, hardest(rule), |asked| {
            let missed = asked.outcomes(rule).into_iter();
            missed.filter(|outcome| *outcome == Outcome::Missed).count()
        })
    };
    missed(&catalog.knowledge.language.affirmed(text)) < missed(NOTHING)
}

/// What says nothing: where it mends a fault, any words would.
const NOTHING: &str = "so";

/// A design with a text wherever designs argue.
fn saying(design: &Design, text: &str) -> Design {
    let mut design = design.clone();
    design.answers.push(Answer {
        topic: text.to_owned(),
        text: text.to_owned(),
    });
    design.decisions.push(Decision {
        topic: Some(text.to_owned()),
        choice: text.to_owned(),
        over: None,
        because: Some(text.to_owned()),
    });
    design
}

/// What is said of many faults, and so tells none from the others.
#[derive(Debug, Default)]
pub(super) struct Usual {
    /// Concepts that many titles speak of.
    concepts: BTreeSet<String>,
    /// The stems of words that stand in many titles.
    words: BTreeSet<String>,
}

/// What is in more titles than this is usual.
const USUAL: usize = 4;

impl Usual {
    pub(super) fn of(catalog: &Catalog) -> Self {
        let reasons = catalog
            .rules
            .iter()
            .map(|rule| format!("{}. {}", rule.title, rule.why));
        let reasons: BTreeSet<String> = reasons.collect();
        let titles: BTreeSet<&str> = catalog
            .rules
            .iter()
            .map(|rule| rule.title.as_str())
            .collect();
        Self {
            concepts: frequent(
                reasons
                    .iter()
                    .flat_map(|reason| hearing::spoken_of(catalog, reason)),
            ),
            words: frequent(titles.iter().flat_map(|title| stems(title))),
        }
    }

    /// The same with what the question about a fault shows.
    pub(super) fn and_shown(&self, catalog: &Catalog, fault: &Fault) -> Known {
        let slug = catalog
            .rule(&fault.rule)
            .and_then(|rule| rule.problem.as_deref());
        let problem = slug.and_then(|slug| catalog.problem(slug));
        let asked = problem.map_or_else(String::new, |it| format!("{}. {}", it.title, it.prompt));
        let drawn = write(&fault.design, &catalog.knowledge.vocabulary);
        let text = format!("{asked}\n{drawn}");
        let shown = hearing::spoken_of(catalog, &text);
        Known {
            concepts: &self.concepts | &shown,
            shown,
            words: &self.words | &stems(&text),
        }
    }
}

/// What comes more often than a few times.
fn frequent(all: impl Iterator<Item = String>) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for one in all {
        *counts.entry(one).or_default() += 1;
    }
    let often = counts.into_iter().filter(|(_, count)| *count > USUAL);
    often.map(|(one, _)| one).collect()
}

/// What says nothing of a fault.
pub(super) struct Known {
    /// Concepts that are usual or shown.
    concepts: BTreeSet<String>,
    /// Those that are shown.
    shown: BTreeSet<String>,
    /// Stems of words that are usual or shown.
    words: BTreeSet<String>,
}

impl Known {
    /// Those of some concepts that say something.
    pub(super) fn telling(&self, concepts: &BTreeSet<String>) -> BTreeSet<String> {
        concepts - &self.concepts
    }

    /// What is heard of what the title of a fault speaks of, or of two things that are said of it.
    pub(super) fn heard(
        &self,
        catalog: &Catalog,
        core: &BTreeSet<String>,
        fault: &Fault,
        text: &str,
    ) -> Vec<String> {
        let spoken_of = |text: &str| hearing::spoken_of(catalog, text);
        let fault_itself = self.telling(&(core | &spoken_of(&fault.found)));
        let cure = self.telling(&spoken_of(&fault.cure));
        let around = &(&(core | &spoken_of(&fault.found)) | &spoken_of(&fault.why)) - &self.shown;
        let heard = hearing::named_in(catalog, &(&fault_itself | &cure), text);
        let all = hearing::named_in(catalog, &around, text);
        if heard.is_empty() && all.len() < 2 {
            return Vec::new();
        }
        let heard: BTreeSet<String> = heard.into_iter().chain(all).collect();
        heard.into_iter().collect()
    }

    /// Whether a text has all words of a title, or most of those that say something.
    pub(super) fn shares_words(&self, title: &str, text: &str) -> bool {
        let (title, said) = (stems(title), stems(text));
        if !title.is_empty() && title.is_subset(&said) {
            return true;
        }
        let telling = &title - &self.words;
        let shared = telling.intersection(&said).count();
        shared >= 2 && shared * 2 >= telling.len()
    }
}

/// The beginnings of the longer words of a text.
fn stems(text: &str) -> BTreeSet<String> {
    let words = words(text).into_iter();
    words
        .filter(|word| word.chars().count() >= SHORT_WORD)
        .map(|word| word.trim_end_matches('s').chars().take(5).collect())
        .collect()
}
