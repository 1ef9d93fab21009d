//! On which terms a design is judged: the level, which rules count and how much, what is accepted, and the day that it is.
//!
//! Knows words that stand for rules; where the terms come from is the command line's business.

use std::collections::BTreeMap;

use super::Rulings;
use crate::model::{Level, Severity};
use crate::rubric::Rule;

/// The terms of a judgement. The same design on the same terms is judged the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Terms {
    /// The level; the one that the design states where none.
    pub level: Option<Level>,
    /// Which rules count, and how much.
    pub choice: Choice,
    /// The day that allowances are held against, as year-month-day; none of them ends where it is not known.
    pub today: Option<String>,
    /// Whether allowances of the design count for nothing.
    pub without_allowances: bool,
    /// What was found before and is no reason to fail.
    pub baseline: Option<Baseline>,
    /// What a mentor decided, where the score with the mentor's word is asked for.
    pub rulings: Rulings,
}

/// Which rules count, and how much: words that each stand for one rule or several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Those that count; all where there are none.
    pub select: Vec<String>,
    /// Those that don't.
    pub ignore: Vec<String>,
    /// Those that are more or less grave than their rubric says. The longest word that stands for a rule decides.
    pub severity: BTreeMap<String, Severity>,
}

/// Findings of a design that were there before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// What the baseline is called.
    pub name: String,
    /// The findings.
    pub findings: Vec<Known>,
}

/// A finding that was there before.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Known {
    /// The rule.
    pub rule: String,
    /// What it was about.
    pub subjects: Vec<String>,
    /// What it is known by.
    pub fingerprint: String,
}

/// What stands before the name of a topic, which stands for all of its rules.
const TOPIC: &str = "topic:";

/// Whether a word stands for a rule: its id, the words that its id begins with, or its topic.
#[must_use]
pub fn stands_for(word: &str, rule: &Rule) -> bool {
    if let Some(topic) = word.strip_prefix(TOPIC) {
        return rule.topic == topic;
    }
    rule.id
        .strip_prefix(word.trim_end_matches('-'))
        .is_some_and(|rest| !word.is_empty() && (rest.is_empty() || rest.starts_with('-')))
}

/// Every word that stands for a whole rule or a topic, for proposals.
#[must_use]
pub fn words_for(rules: &[Rule]) -> Vec<String> {
    let mut topics: Vec<String> = rules
        .iter()
        .map(|rule| format!("{TOPIC}{}", rule.topic))
        .collect();
    topics.sort();
    topics.dedup();
    let ids = rules.iter().map(|rule| rule.id.clone());
    ids.chain(topics).collect()
}

impl Terms {
    /// Nothing but a level.
    #[must_use]
    pub fn at(level: Option<Level>) -> Self {
        Self {
            level,
            ..Self::default()
        }
    }
}

impl Choice {
    /// Whether a rule counts.
    #[must_use]
    pub fn counts(&self, rule: &Rule) -> bool {
        let has = |words: &[String]| words.iter().any(|word| stands_for(word, rule));
        (self.select.is_empty() || has(&self.select)) && !has(&self.ignore)
    }

    /// How grave a rule is.
    #[must_use]
    pub fn severity(&self, rule: &Rule) -> Severity {
        let fits = self
            .severity
            .iter()
            .filter(|(word, _)| stands_for(word, rule));
        let nearest = fits.max_by_key(|(word, _)| (!word.starts_with(TOPIC), word.len()));
        nearest.map_or(rule.severity, |(_, severity)| *severity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    fn texts(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn a_word_stands_for_an_id_what_it_begins_with_or_a_topic() {
        let catalog = Catalog::embedded();
        let rule = catalog.rules.first().unwrap();
        let (first, _) = rule.id.split_once('-').unwrap();
        for word in [&rule.id, first, &format!("{first}-")] {
            assert!(stands_for(word, rule), "{word}");
        }
        assert!(stands_for(&format!("topic:{}", rule.topic), rule));
        let half: String = rule.id.chars().take(rule.id.len() - 1).collect();
        for word in ["", "-", "topic:", &half, &format!("{}-x", rule.id)] {
            assert!(!stands_for(word, rule), "{word}");
        }
    }

    #[test]
    fn what_is_ignored_does_not_count_even_where_it_is_selected() {
        let rule = Catalog::embedded().rules.first().unwrap();
        let choice = |select: &[&str], ignore: &[&str]| Choice {
            select: texts(select),
            ignore: texts(ignore),
            ..Choice::default()
        };
        let id = rule.id.as_str();
        assert!(choice(&[], &[]).counts(rule));
        assert!(choice(&[id], &["other"]).counts(rule));
        assert!(!choice(&["other"], &[]).counts(rule));
        assert!(!choice(&[id], &[id]).counts(rule));
    }

    #[test]
    fn the_longest_word_says_how_grave_a_rule_is() {
        let rule = Catalog::embedded().rules.first().unwrap();
        let (first, _) = rule.id.split_once('-').unwrap();
        let mut choice = Choice::default();
        let mut with = |word: &str, severity| {
            choice.severity.insert(word.to_owned(), severity);
            choice.severity(rule)
        };
        let topic = format!("topic:{}", rule.topic);
        assert_eq!(with("other", Severity::Note), rule.severity);
        assert_eq!(with(&topic, Severity::Blocker), Severity::Blocker);
        assert_eq!(with(first, Severity::Note), Severity::Note);
        assert_eq!(with(&rule.id, Severity::Minor), Severity::Minor);
    }
}
