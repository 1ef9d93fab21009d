//! Progress: what interviews and drills came to over time, and what to practise next.
//!
//! Knows days, scores and problems; knows no clock and no files. Says what is, and never what was not done.

mod told;

use std::collections::{BTreeMap, BTreeSet};

use super::drill::{Card, Deck, Grade, Review, Schedule, Sort};
use crate::assess::{Assessment, Outcome};
use crate::catalog::{Band, Catalog};
use crate::model::{Level, Severity, Step};

/// An interview that was taken to its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// The day, counted from 1970-01-01.
    pub day: u32,
    /// The slug of the problem.
    pub problem: String,
    /// The level.
    pub level: Level,
    /// The score.
    pub percent: f64,
    /// The verdict.
    pub band: Option<Band>,
    /// The score of each step.
    pub steps: Vec<(Step, f64)>,
    /// The rules that were missed, each with what it was about.
    pub missed: Vec<(String, Vec<String>)>,
}

impl Attempt {
    /// What an assessment came to on a day.
    #[must_use]
    pub fn of(assessment: &Assessment, problem: &str, day: u32) -> Self {
        let score = &assessment.score;
        let counts = assessment.findings.iter().filter(|finding| {
            finding.outcome == Outcome::Missed
                && finding.severity > Severity::Note
                && finding.allowed.is_none()
        });
        Self {
            day,
            problem: problem.to_owned(),
            level: assessment.level,
            percent: score.percent,
            band: Some(score.band),
            steps: score
                .steps
                .iter()
                .filter(|step| step.possible > 0.0)
                .map(|step| (step.step, step.percent()))
                .collect(),
            missed: counts
                .map(|finding| (finding.rule.clone(), finding.subjects.clone()))
                .collect(),
        }
    }

    /// What was missed, as reviews: it comes back as drills.
    fn reviews(&self, deck: &Deck<'_>) -> Vec<Review> {
        let mut names: BTreeSet<String> = BTreeSet::new();
        for (rule, subjects) in &self.missed {
            let cards = deck.cards_after(&self.problem, rule, subjects);
            names.extend(cards.into_iter().map(Card::name));
        }
        names
            .into_iter()
            .map(|card| Review {
                card,
                day: self.day,
                grade: Grade::Again,
            })
            .collect()
    }

    /// How well the problem was remembered.
    const fn grade(&self) -> Grade {
        match self.band {
            Some(Band::StrongHire) => Grade::Easy,
            Some(Band::Hire) => Grade::Good,
            Some(Band::Lean) => Grade::Hard,
            Some(Band::NoHire) | None => Grade::Again,
        }
    }
}

/// Everything that was practised, in the order of time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Past {
    /// Interviews.
    pub attempts: Vec<Attempt>,
    /// Answers to drills, and what interviews have missed, which comes back as drills.
    pub reviews: Vec<Review>,
    /// Answers to drills alone.
    pub answers: Vec<Review>,
}

/// How often a sort of drill was asked, and how well it went lately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Drilled {
    /// The word of the sort.
    pub sort: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// Cards that were asked.
    pub asked: usize,
    /// Cards that there are.
    pub all: usize,
    /// The last answers that were right.
    pub right: usize,
    /// Of so many.
    pub last: usize,
    /// Cards that are due.
    pub due: usize,
}

/// What to practise next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The slug of the problem.
    pub problem: String,
    /// Why this one.
    pub why: String,
}

/// Something that was practised.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// An interview to its end.
    Attempt(Attempt),
    /// An answer to a drill.
    Review(Review),
}

impl Past {
    /// What happened, in its order. With a deck, what interviews missed comes back as drills.
    #[must_use]
    pub fn of(entries: Vec<Entry>, deck: Option<&Deck<'_>>) -> Self {
        let mut past = Self::default();
        for entry in entries {
            match entry {
                Entry::Review(review) => {
                    past.reviews.push(review.clone());
                    past.answers.push(review);
                }
                Entry::Attempt(attempt) => {
                    past.reviews
                        .extend(deck.into_iter().flat_map(|deck| attempt.reviews(deck)));
                    past.attempts.push(attempt);
                }
            }
        }
        past
    }

    /// The problem to take next: one that is due again, or else one that is new, or else the one that was longest ago. A
    /// problem is scheduled like a drill, its grade is the band.
    #[must_use]
    pub fn proposal(&self, catalog: &Catalog, today: u32) -> Option<Proposal> {
        let of_problems: Vec<Review> = self.attempts.iter().map(as_review).collect();
        let schedule = Schedule::of(&of_problems);
        let known = |slug: &str| catalog.problem(slug).is_some();
        let proposal = |slug: &str, why: String| Proposal {
            problem: slug.to_owned(),
            why,
        };
        if let Some(due) = schedule.all_due(today).into_iter().find(|slug| known(slug)) {
            return Some(proposal(due, self.last_time(due)?));
        }
        let mut problems = catalog.problems.iter();
        if let Some(new) = problems.find(|problem| !schedule.knows(&problem.id)) {
            return Some(proposal(&new.id, "not tried yet".to_owned()));
        }
        let mut last: BTreeMap<&str, u32> = BTreeMap::new();
        for attempt in self
            .attempts
            .iter()
            .filter(|attempt| known(&attempt.problem))
        {
            last.insert(&attempt.problem, attempt.day);
        }
        let longest_ago = last.into_iter().min_by_key(|(_, day)| *day);
        let (slug, _) = longest_ago?;
        Some(proposal(slug, self.last_time(slug)?))
    }

    /// How the last attempt at a problem went: `68%, lean`.
    #[must_use]
    pub fn last_time(&self, problem: &str) -> Option<String> {
        let mut of_problem = self.attempts.iter().rev();
        let last = of_problem.find(|attempt| attempt.problem == problem)?;
        let band = last.band.map(|band| format!(", {}", band.title()));
        Some(format!(
            "{:.0}%{} the last time",
            last.percent,
            band.unwrap_or_default()
        ))
    }

    /// The names of the cards that are due, of those that the deck still has: others can't be asked.
    fn due(&self, deck: &Deck<'_>, today: u32) -> Vec<String> {
        let schedule = Schedule::of(&self.reviews);
        let due = schedule.all_due(today).into_iter();
        due.filter(|name| deck.card(name).is_some())
            .map(str::to_owned)
            .collect()
    }

    /// How many drills are due of those that the deck still has.
    #[must_use]
    pub fn drills_due(&self, deck: &Deck<'_>, today: u32) -> usize {
        self.due(deck, today).len()
    }

    /// Each sort of drill: how many cards were asked, how many of the last answers were right, what is due.
    pub(super) fn drilled(&self, deck: &Deck<'_>, today: u32) -> Vec<Drilled> {
        let due = self.due(deck, today);
        let of = |(sort, word, title): &(Sort, &'static str, &'static str)| {
            let is_of = |name: &str| name.split(':').next() == Some(*word);
            let answers = self.answers.iter();
            let answers = answers.filter(|review| is_of(&review.card));
            let reviews: Vec<&Review> = answers
                .filter(|review| deck.card(&review.card).is_some())
                .collect();
            let due = due.iter().filter(|name| is_of(name)).count();
            if reviews.is_empty() && due == 0 {
                return None;
            }
            let cards: BTreeSet<&str> = reviews.iter().map(|review| review.card.as_str()).collect();
            let all = deck
                .cards()
                .iter()
                .filter(|card| card.sort == *sort)
                .count();
            let last = reviews.iter().rev().take(LATELY);
            let right = last
                .clone()
                .filter(|review| review.grade != Grade::Again)
                .count();
            Some(Drilled {
                sort: word,
                title,
                asked: cards.len(),
                all,
                right,
                last: last.count(),
                due,
            })
        };
        Sort::ALL.iter().filter_map(of).collect()
    }
}

/// So many of the last answers are counted.
const LATELY: usize = 20;

fn as_review(attempt: &Attempt) -> Review {
    Review {
        card: attempt.problem.clone(),
        day: attempt.day,
        grade: attempt.grade(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt(problem: &str, day: u32, percent: f64, band: Band) -> Attempt {
        Attempt {
            day,
            problem: problem.to_owned(),
            level: Level::Senior,
            percent,
            band: Some(band),
            steps: vec![(Step::Estimation, percent)],
            missed: Vec::new(),
        }
    }

    #[test]
    fn what_went_badly_is_proposed_before_what_is_new_and_what_went_well_after_it() {
        let catalog = Catalog::embedded();
        let [first, second, ..] = catalog.problems.as_slice() else {
            panic!("two problems");
        };
        let badly = Past {
            attempts: vec![attempt(&second.id, 100, 30.0, Band::NoHire)],
            ..Past::default()
        };
        let well = Past {
            attempts: vec![attempt(&first.id, 100, 95.0, Band::StrongHire)],
            ..Past::default()
        };
        let problem =
            |past: &Past, day| past.proposal(catalog, day).map(|proposal| proposal.problem);
        assert_eq!(problem(&badly, 101).as_ref(), Some(&second.id));
        assert_eq!(problem(&well, 101).as_ref(), Some(&second.id));
        assert_eq!(problem(&well, 150).as_ref(), Some(&first.id));
        assert_eq!(problem(&Past::default(), 0).as_ref(), Some(&first.id));
    }

    #[test]
    fn cards_that_the_deck_no_longer_has_are_neither_due_nor_asked() {
        let catalog = Catalog::embedded();
        let deck = Deck::new(catalog, &[]);
        let answered = |card: &Card| Review {
            card: card.name(),
            day: 100,
            grade: Grade::Again,
        };
        let [first, ..] = deck.cards() else {
            panic!("a card");
        };
        let known = answered(first);
        let gone = Review {
            card: format!("{}-of-before", known.card),
            ..known.clone()
        };
        let told = |reviews: &[&Review]| {
            let reviews = reviews.iter().map(|it| Entry::Review((*it).clone()));
            let past = Past::of(reviews.collect(), Some(&deck));
            let drilled = past.drilled(&deck, 200).into_iter();
            let of_sorts: Vec<_> = drilled.map(|it| (it.asked, it.due)).collect();
            (of_sorts, past.drills_due(&deck, 200))
        };
        assert_eq!(told(&[&gone]), (vec![], 0));
        assert_eq!(told(&[&gone, &known]), (vec![(1, 1)], 1));
    }
}
