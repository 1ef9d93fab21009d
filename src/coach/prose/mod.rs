//! What sentences say that lines could: amounts, and sums of them.
//!
//! Knows how people speak; knows no session, and records nothing.

mod amounts;
mod claims;
mod names;
mod operations;
mod sum;
mod sums;

pub(super) use amounts::{Amount, Sentence, number_in_words};
pub(super) use operations::{begins_with_method, operations};
pub(super) use sums::{Said, comes_to, is_rounded, listed, said};
