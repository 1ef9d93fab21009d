//! Reliability of systems whose parts are up or down: exact probability, importance, bounds, cut sets.
//!
//! Knows monotone structures of numbered variables; knows no design, no component and no name.
//!
//! Terms are those of Barlow & Proschan, *Statistical Theory of Reliability and Life Testing* (1975).

mod bounds;
mod component;
mod cuts;
mod diagram;
mod equations;
mod groups;
mod lost;
mod multisets;
mod nodes;
mod reduction;
mod structure;

#[cfg(test)]
mod tests;

pub use bounds::bounds;
pub use component::{at_least, downtime_a_year};
pub use cuts::{Cuts, minimal_cuts};
pub use diagram::Diagram;
pub use lost::{Loss, Part, Place};
pub use structure::{Gate, Structure};
