//! A card: something to be asked, by a name that stays the same from day to day; and the drill that a card becomes.
//!
//! Knows sorts of drills; each sort is made and judged in its own module.

use std::collections::BTreeSet;

use super::memory::Grade;
use crate::coach::reply::{Listing, Reply};
use crate::model::{Attribute, Design};

/// What a drill trains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// To work out a figure.
    Estimate,
    /// To spot the flaw in a small design.
    Flaw,
    /// To pick a store and say why.
    Store,
    /// To name what fails, and what then happens.
    Failure,
}

impl Sort {
    /// Every sort with its word at the prompt and in the names of cards, and what it trains.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Estimate, "estimate", "estimate a figure"),
        (Self::Flaw, "flaw", "spot the flaw"),
        (Self::Store, "store", "pick a store"),
        (Self::Failure, "failure", "name the failure"),
    ];

    /// The word at the prompt and in the names of cards.
    #[must_use]
    pub fn word(self) -> &'static str {
        let row = Self::ALL.iter().find(|(sort, _, _)| *sort == self);
        row.map_or("flaw", |(_, word, _)| *word)
    }

    /// The sort that goes by a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let row = Self::ALL.iter().find(|(_, other, _)| *other == word);
        row.map(|(sort, _, _)| *sort)
    }

    /// What it trains, for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        let row = Self::ALL.iter().find(|(sort, _, _)| *sort == self);
        row.map_or("", |(_, _, title)| *title)
    }
}

/// Something that can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What it trains.
    pub sort: Sort,
    /// What it is about, by the names of the data: a rule, a problem's figure, one or two needs.
    pub about: String,
    /// The problem that it belongs to, where it does to one.
    pub problem: Option<String>,
}

impl Card {
    /// The name in files: `flaw:some-rule`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}:{}", self.sort.word(), self.about)
    }
}

/// A card, ready to be asked.
#[derive(Debug)]
pub struct Drill {
    /// What is said and shown.
    pub question: Vec<Reply>,
    /// What is a right answer.
    pub(super) answer: Answer,
    /// What is told afterwards: an explanation in paragraphs.
    pub solution: Vec<String>,
    /// The page to read.
    pub page: String,
}

/// What is a right answer.
#[derive(Debug)]
pub(super) enum Answer {
    /// A figure that follows from those that are given.
    Figure {
        /// The problem with what is given as assumptions.
        given: Box<Design>,
        /// The figure.
        id: String,
    },
    /// A fault, in words or as one of the choices.
    Fault(Fault),
    /// Words in which concepts are heard.
    Words {
        /// The concepts.
        looks_for: Vec<String>,
    },
    /// A store that serves needs, by their positions.
    Store {
        /// The needs.
        needs: Vec<usize>,
    },
    /// Names of components.
    Names {
        /// Which of them.
        right: BTreeSet<String>,
        /// All there are.
        known: Vec<String>,
        /// Why each of them is right or wrong, by name.
        because: Vec<(String, String)>,
    },
}

/// A fault that a rule names in a design.
#[derive(Debug)]
pub(super) struct Fault {
    /// The rule.
    pub rule: String,
    /// The fault in a few words.
    pub title: String,
    /// What the rule says of it here.
    pub found: String,
    /// What to do.
    pub cure: String,
    /// Why it matters.
    pub why: String,
    /// The attributes that the rule looked at.
    pub sought: Vec<Attribute>,
    /// The design.
    pub design: Box<Design>,
}

/// What is said to an answer.
#[derive(Debug)]
pub enum Verdict {
    /// The answer is right.
    Right(String),
    /// Something is missing or off, and one more try is worth it.
    NotYet(String),
    /// The answer can't be taken; nothing is held against it.
    Unclear(String),
}

/// A review of a card: what is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The name of the card.
    pub card: String,
    /// The day, counted from 1970-01-01.
    pub day: u32,
    /// How it went.
    pub grade: Grade,
}

/// Rows under a title, where there are any.
pub(super) fn listing(title: &str, rows: Vec<(String, String)>) -> Option<Reply> {
    (!rows.is_empty()).then(|| Reply::Listing(Listing::new(title, rows)))
}
