//! YAML as people write it: text to a tree in which every value keeps its span, and the reading of maps from it with
//! every complaint collected.
//!
//! Knows YAML; knows nothing of designs or rubrics.

mod doubles;
mod edit;
mod emit;
mod fields;
mod shape;
mod sketch;
mod subset;
mod tree;

pub use doubles::{with_doubles, without_firsts};
pub use edit::{Edit, add_entries, add_item, add_part, edited, outer, without_entry, without_item};
pub(super) use edit::{column, line_end, line_start, newline};
pub use emit::{Layout, WIDTH, Yaml, entry, in_brackets};
pub use fields::{Fields, all_of, flag, list_of, one_or_many, percent_of, text_of, texts_of};
pub use shape::{Key, Shape, Term, has, names};
pub use sketch::{Piece, Role, Sketch, Slot, Sort, Step, slot};
pub use subset::scan;
pub use tree::{Content, Limits, NOT_YAML, Node, parse, parse_events, parse_without};
