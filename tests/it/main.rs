//! The product's tests, in one binary.

mod cli;
mod content;
mod house;
mod monkey;
mod reading;
mod round_trip;
mod transcripts;
