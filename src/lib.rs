//! sysdrill: a practice coach for system design interviews with a design checker inside.
//!
//! ```text
//! design file / arrows
//!         │ notation            text -> (Design, issues); never fails, never judges
//!         ▼
//!      Design ── graph ── analysis      Subject = design + graph + facts
//!         │         └ drawing │          pictures, and what is marked on them
//!         └──── rubric ──────┤          rules are data; predicates ask the Subject
//!                            ▼
//!                         assess        every rule yields an Outcome; outcomes make a score
//!                            │
//!             report ◄───────┤          bytes for people and machines
//!             coach  ◄───────┤          the interview, a pure state machine
//!             editor ◄───────┘          what is shown of a text while it is written
//!                            │
//!                           cli         all I/O: arguments, terminal, files, clock, threads
//! ```
//!
//! A module uses only modules above it in the list below (`tests/it/house.rs` reads the imports and says so).
//!
//! What always holds:
//! - Findings speak of places, never of line numbers; spans are looked up when a report is made.
//! - No rule id, problem slug, technology or concept name stands in Rust code.
//! - The coach never prints, sleeps, opens or reads a clock; the same events give the same replies.
//! - What practice saves is a design file; there is no second format.
//! - Nothing depends on hash order or on the number of threads.
//! - A bad design is judged as far as it can be read; a bad file never stops the others.
//!
//! There are no promises of stability for the library's interface: the program is the product.

pub mod model;

pub mod source;

pub mod notation;

pub mod graph;

pub mod drawing;

pub mod analysis;

pub mod rubric;

pub mod catalog;

pub mod assess;

pub mod report;

pub mod coach;

pub mod editor;

pub mod cli;

/// So many cases of a property, the same in every run: what fails once fails again.
#[cfg(test)]
fn same_cases(cases: u32) -> proptest::test_runner::Config {
    proptest::test_runner::Config {
        cases,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        ..proptest::test_runner::Config::default()
    }
}
