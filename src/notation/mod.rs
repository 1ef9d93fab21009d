//! How designs are written down, the YAML file both ways and the arrow form; and the files that stand beside designs.
//!
//! Knows the formats; knows no rules and no scores.

pub mod arrows;
pub mod baseline;
pub mod config;
pub mod design;
pub mod drawing;
pub mod foreign;
pub mod mark;
pub mod review;
pub mod yaml;
