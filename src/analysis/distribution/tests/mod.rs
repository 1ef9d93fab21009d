//! Distributions against closed forms, against simulated durations, and what holds for any of them.
//!
//! Knows exact answers; knows nothing of how the code comes to its own.

mod closed_forms;
mod constants;
mod expression;
mod properties;
mod simulated;
