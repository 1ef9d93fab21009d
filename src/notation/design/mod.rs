//! The design file, format 1: text to a design with the place of every value, and back.
//!
//! Reading never fails and never judges: what can't be read is an issue, the rest is the design.

mod components;
mod connections;
mod entries;
mod figures;
mod flows;
mod merge;
mod pending;
mod read;
mod reader;
mod write;

pub use components::COMPONENT;
pub use connections::{ASYNC, ENDS};
pub use entries::{decision_from_text, endpoint_from_text, is_date};
pub use figures::{evaluate_in, normal_name, scope_without, stated_figures};
pub use merge::merge;
pub use read::{ARROWS, DESIGN, FORMAT, Reading, problem_named, read, read_fragment};
pub use write::{allowance, attribute_value, write};
