//! The design file, format 1: text to a design with the place of every value, and back.
//!
//! Reading never fails and never judges: what can't be read is an issue, the rest is the design.

mod allowances;
mod components;
mod connections;
mod decisions;
mod endpoints;
mod entities;
mod figures;
mod flows;
mod merge;
mod pending;
mod platform;
mod read;
mod reader;
mod session;
mod write;

pub use allowances::is_date;
pub use components::COMPONENT;
pub use connections::{ASYNC, ENDS};
pub use decisions::decision_from_text;
pub use endpoints::endpoint_from_text;
pub use figures::{evaluate_in, is_low_peak, normal_name, scope_without, stated_figures};
pub use merge::merge;
pub use read::{ARROWS, DESIGN, FORMAT, Reading, problem_named, read, read_fragment};
pub use write::{allowance, attribute_value, write};
