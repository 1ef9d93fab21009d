//! The product's tests, in one binary.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::format_collect,
    clippy::match_wild_err_arm,
    clippy::assigning_clones,
    reason = "tests read and write files, and wait"
)]

mod analysis;
mod cli;
mod commands;
mod content;
mod docs;
mod house;
mod invariance;
mod journal;
mod monkey;
mod reading;
mod reference;
mod round_trip;
mod terminal;
mod topology;
mod transcripts;
