//! How designs are written down: the YAML file both ways, and the arrow form.
//!
//! Knows the formats; knows no rules and no scores.

pub mod arrows;
pub mod design;
pub mod drawing;
pub mod yaml;
