//! When each card is due, and which cards make a sitting.
//!
//! Knows reviews and days; knows not what a card asks.

use std::collections::BTreeMap;

use super::card::{Card, Review, Sort};
use super::deck::Deck;
use super::memory::Memory;
use crate::coach::dice;

/// What is remembered of the cards that were asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schedule(BTreeMap<String, Known>);

#[derive(Clone, Copy, Debug, PartialEq)]
struct Known {
    memory: Memory,
    /// The day of the last review.
    day: u32,
}

/// Which cards are wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// So many at most.
    pub count: usize,
    /// Of this sort alone.
    pub sort: Option<Sort>,
    /// Of this problem, and of none.
    pub problem: Option<String>,
    /// What chance depends on.
    pub seed: u64,
}

impl Schedule {
    /// What follows from all reviews, in their order.
    #[must_use]
    pub fn of(reviews: &[Review]) -> Self {
        let mut cards: BTreeMap<String, Known> = BTreeMap::new();
        for review in reviews {
            let before = cards.get(&review.card);
            let memory = before.map_or_else(
                || Memory::first(review.grade),
                |known| {
                    let days = review.day.saturating_sub(known.day);
                    known.memory.after(days, review.grade)
                },
            );
            let day = before.map_or(review.day, |known| known.day.max(review.day));
            cards.insert(review.card.clone(), Known { memory, day });
        }
        Self(cards)
    }

    /// The chance that a card is remembered, for one that is due.
    fn due(&self, card: &str, today: u32) -> Option<f64> {
        let known = self.0.get(card)?;
        let due = known.day.saturating_add(known.memory.days_until_due());
        let passed = today.saturating_sub(known.day);
        (due <= today).then(|| known.memory.chance(passed))
    }

    /// Whether a card was ever asked.
    #[must_use]
    pub fn knows(&self, card: &str) -> bool {
        self.0.contains_key(card)
    }

    /// The names of the cards that are due, those that are the likeliest forgotten first.
    #[must_use]
    pub fn all_due(&self, today: u32) -> Vec<&str> {
        let names = self.0.keys();
        let mut due: Vec<(f64, &str)> = names
            .filter_map(|name| Some((self.due(name, today)?, name.as_str())))
            .collect();
        due.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        due.into_iter().map(|(_, name)| name).collect()
    }

    /// The cards of a sitting: what is due, then what is new, a sort after the other.
    #[must_use]
    pub fn choose(&self, deck: &Deck<'_>, wanted: &Wanted, today: u32) -> Vec<Card> {
        let fits = |card: &Card| {
            wanted.sort.is_none_or(|sort| card.sort == sort)
                && (wanted.problem.is_none()
                    || card.problem.is_none()
                    || card.problem == wanted.problem)
        };
        let due = self.all_due(today).into_iter();
        let due = due.filter_map(|name| deck.card(name).filter(|card| fits(card)));
        let mut chosen: Vec<Card> = due.take(wanted.count).cloned().collect();
        let mut new: BTreeMap<Sort, Vec<&Card>> = BTreeMap::new();
        for card in deck.cards().iter().filter(|card| fits(card)) {
            if !self.knows(&card.name()) {
                new.entry(card.sort).or_default().push(card);
            }
        }
        for cards in new.values_mut() {
            // The last is taken first; what belongs to the wanted problem comes before what belongs to none.
            cards.sort_by_key(|card| {
                (
                    card.problem.is_some(),
                    dice::roll(wanted.seed, &card.name()),
                )
            });
            if wanted.problem.is_none() {
                cards.sort_by_key(|card| dice::roll(wanted.seed, &card.name()));
            }
        }
        while chosen.len() < wanted.count && new.values().any(|cards| !cards.is_empty()) {
            for cards in new.values_mut() {
                if chosen.len() < wanted.count {
                    chosen.extend(cards.pop().cloned());
                }
            }
        }
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coach::drill::Grade;

    fn review(card: &str, day: u32, grade: Grade) -> Review {
        Review {
            card: card.to_owned(),
            day,
            grade,
        }
    }

    #[test]
    fn what_was_missed_is_due_at_once_and_what_was_known_in_days() {
        let schedule = Schedule::of(&[
            review("a", 100, Grade::Again),
            review("b", 100, Grade::Good),
        ]);
        assert_eq!(schedule.all_due(100), ["a"]);
        assert_eq!(schedule.all_due(102), ["a", "b"]);
    }

    #[test]
    fn a_clock_that_was_set_back_breaks_nothing() {
        let schedule = Schedule::of(&[review("a", 100, Grade::Good), review("a", 90, Grade::Good)]);
        assert!(schedule.all_due(90).is_empty());
        assert_eq!(schedule.all_due(400), ["a"]);
    }
}
