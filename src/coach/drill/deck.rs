//! The deck: every card that the data gives, and each card as a drill.
//!
//! Knows the sorts of drills; what is due is the schedule's business.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::card::{Answer, Card, Drill, Sort, Verdict};
use super::telling::Usual;
use super::{estimate, failure, flaw, store};
use crate::assess;
use crate::catalog::Catalog;
use crate::model::Design;
use crate::source::Source;

/// Every card there is.
pub struct Deck<'c> {
    pub(super) catalog: &'c Catalog,
    cards: Vec<Card>,
    /// The flawed designs, by rule.
    pub(super) flawed: BTreeMap<String, Vec<Design>>,
    /// What many faults have in common, found when a fault is first asked about.
    usual: OnceCell<Usual>,
}

impl<'c> Deck<'c> {
    /// Makes the deck from a catalog and the texts of its rule files, in which the examples stand.
    #[must_use]
    pub fn new(catalog: &'c Catalog, rule_files: &[Source]) -> Self {
        let mut flawed: BTreeMap<String, Vec<Design>> = BTreeMap::new();
        for file in rule_files {
            let (examples, _) = assess::examples(file, catalog);
            for example in examples {
                let rule = catalog.rule(&example.rule);
                let is_askable = rule.is_some_and(|rule| flaw::is_askable(rule, &example.design));
                if example.wanted == "fails" && is_askable {
                    flawed.entry(example.rule).or_default().push(example.design);
                }
            }
        }
        let with_flaws = catalog.rules.iter();
        let flaws = with_flaws.filter(|rule| flawed.contains_key(&rule.id));
        let mut cards: Vec<Card> = flaws.map(flaw::card).collect();
        cards.extend(estimate::cards(catalog));
        cards.extend(store::cards(catalog));
        cards.extend(failure::cards(catalog));
        Self {
            catalog,
            cards,
            flawed,
            usual: OnceCell::new(),
        }
    }

    /// The cards, in the order of the data.
    #[must_use]
    pub fn cards(&self) -> &[Card] {
        &self.cards
    }

    /// The card with a name, unless the data has it no more.
    #[must_use]
    pub fn card(&self, name: &str) -> Option<&Card> {
        self.cards.iter().find(|card| card.name() == name)
    }

    /// The card of a rule that an interview missed, or of the figures that the rule found wrong.
    #[must_use]
    pub fn cards_after(&self, problem: &str, rule: &str, subjects: &[String]) -> Vec<&Card> {
        let is_of = |card: &&Card| match card.sort {
            Sort::Flaw => card.about == rule,
            Sort::Estimate => subjects
                .iter()
                .any(|subject| card.about == format!("{problem}/{subject}")),
            _ => false,
        };
        self.cards.iter().filter(is_of).collect()
    }

    /// A card as a drill: the same for the same seed.
    #[must_use]
    pub fn drill(&self, card: &Card, seed: u64) -> Option<Drill> {
        match card.sort {
            Sort::Estimate => estimate::drill(self.catalog, card, seed),
            Sort::Flaw => {
                let examples = self.flawed.get(&card.about)?;
                flaw::drill(self.catalog, card, examples, seed)
            }
            Sort::Store => store::drill(self.catalog, card),
            Sort::Failure => failure::drill(self.catalog, card),
        }
    }

    /// What is to be said to an answer.
    #[must_use]
    pub fn judge(&self, drill: &Drill, text: &str) -> Verdict {
        match &drill.answer {
            Answer::Figure { given, id } => estimate::judge(self.catalog, given, id, text),
            Answer::Fault(fault) => {
                let usual = self.usual.get_or_init(|| Usual::of(self.catalog));
                flaw::judge(self.catalog, usual, fault, text)
            }
            Answer::Words { looks_for } => failure::judge_words(self.catalog, looks_for, text),
            Answer::Store { needs } => store::judge(self.catalog, needs, text),
            Answer::Names {
                right,
                known,
                because,
            } => failure::judge_names(right, known, because, text),
        }
    }
}
