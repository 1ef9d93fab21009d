//! The product's tests, in one binary.

mod cli;
mod commands;
mod content;
mod house;
mod journal;
mod monkey;
mod reading;
mod round_trip;
mod terminal;
mod transcripts;
