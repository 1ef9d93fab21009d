//! What sentences say that lines could: amounts, and sums of them.
//!
//! Knows how people speak; knows no session, and records nothing.

mod amounts;
mod claims;
mod names;
mod numbers;
mod operations;
mod pieces;
mod sum;
mod sums;
mod tables;

pub(super) use amounts::{Amount, Sentence};
pub(super) use numbers::{is_in_bits, number_in_words};
pub(super) use operations::{begins_with_method, begins_with_operation, is_operation, operations};
pub(super) use sums::{Said, comes_to, is_rounded, listed, said};
pub(super) use tables::{begins_table, is_open_table, likely_table, likely_tables, table};
