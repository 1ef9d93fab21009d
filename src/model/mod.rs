//! The vocabulary: what a design is made of, and the words that steps, severities and levels go by.
//!
//! Knows no files, no YAML and no rules.

pub mod attribute;
pub mod design;
pub mod difference;
pub mod kind;
mod outline;
pub mod place;
pub mod quantity;
pub mod spelling;
mod surroundings;
pub mod technology;
mod terms;
mod usual;
pub mod value;
pub mod vocabulary;

pub use attribute::{Attribute, Attributes};
pub use design::{
    Allowance, Answer, Assumption, Chain, Component, Connection, Decision, Design, Endpoint,
    Entity, Estimate, Flow, FlowKind, Platform, Requirements, Response, Route, SessionRecord,
};
pub use difference::Difference;
pub use kind::{Kind, KindSet, Kinds};
pub use outline::Outline;
pub use place::{Part, Place};
pub use quantity::{Figure, Quantity};
pub use surroundings::{Surrounding, Surroundings};
pub use technology::{Tech, Technologies, Technology};
pub use terms::{Level, Severity, Step};
pub use usual::{Quality, QualityRow, Range, Usual};
pub use value::{Value, ValueType};
pub use vocabulary::Vocabulary;
