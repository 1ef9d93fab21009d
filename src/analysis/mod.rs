//! Facts that follow from a design: where flows run, what they need, what survives which failure.
//!
//! Knows the graph and the attributes; knows no points and no people.

mod flows;
mod subject;
mod survival;
mod truth;

pub use flows::FlowFacts;
pub use subject::Subject;
pub use survival::{Domain, survives};
pub use truth::Truth;
