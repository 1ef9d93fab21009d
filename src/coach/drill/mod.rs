//! Short drills: a figure to estimate, a flaw to spot, a store to pick, a failure to name. All of them are made from the
//! data; which is asked when follows from how well it was remembered.
//!
//! Knows rules, problems and technologies by their shape; knows no terminal, no clock and no files: the day is told.

mod card;
mod deck;
mod estimate;
mod failure;
mod flaw;
mod hearing;
mod memory;
mod schedule;
mod shown;
mod sitting;
mod store;
mod telling;

pub use card::{Card, Drill, Review, Sort, Verdict};
pub use deck::Deck;
pub use memory::{Grade, Memory};
pub use schedule::{Schedule, Wanted};
pub use sitting::Sitting;
