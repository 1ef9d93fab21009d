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

mod agreement;
mod analysis;
mod authoring;
mod blank;
mod circles;
mod cli;
mod commands;
mod content;
mod data;
mod diagram;
mod difference;
mod disks;
mod docs;
mod drills;
mod evidence;
mod formats;
mod hostile;
mod house;
mod import;
mod invariance;
mod jobs;
mod journal;
mod leaning;
mod lsp;
mod mistakes;
mod monkey;
mod mutants;
mod pastes;
mod phrasings;
#[path = "../../fuzz/readers.rs"]
mod readers;
mod reading;
mod reference;
mod reviews;
mod round_trip;
mod saving;
mod schema;
mod seminar;
mod settings;
mod similarity;
mod since;
mod site;
mod slips;
mod subset;
mod terminal;
mod terms;
mod topology;
mod transcripts;
mod tutorial;
mod validator;
mod watch;
mod xsd;

use std::time::Duration;

use proptest::test_runner::{Config, RngSeed};

/// How long a test waits for a process: for ever to people, and longer than a start takes on the slowest machine.
const PATIENCE: Duration = Duration::from_secs(300);

/// Whether a variable of the environment says a word: more or larger cases, or files to be written anew.
fn is_asked(variable: &str, word: &str) -> bool {
    std::env::var(variable).is_ok_and(|said| said == word)
}

/// So many cases, the same in every run: what fails once fails again.
fn same_cases(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..Config::default()
    }
}
