//! What sentences say that lines could: amounts, and sums of them.
//!
//! Knows how people speak; knows no session, and records nothing.

mod amounts;
mod claims;
mod names;
mod operations;
mod sums;
mod verbs;

pub(super) use amounts::{Amount, Sentence, number_in_words};
pub(super) use operations::{begins_with_method, operations};
pub(super) use sums::{Said, comes_to, listed, said};
pub(super) use verbs::{is_calling, is_done, is_done_by_one};
