//! Attacks of an interview, made again on the design that is judged.
//!
//! Knows what an attack leaves of the flows; knows no marks.

use crate::analysis::{Blow, survived};

/// An attack of an interview, made again on the design as it stands. It moves no marks: the rules judge what it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Attacked {
    /// The change as people write it: "kill zone:1".
    pub order: String,
    /// What it leaves of each flow; none where what it strikes is not drawn any more.
    pub blows: Option<Vec<Blow>>,
}

impl Attacked {
    /// Every flow still does what it is for.
    #[must_use]
    pub fn is_survived(&self) -> bool {
        self.blows.as_deref().is_some_and(survived)
    }
}
