//! Mutants that are as good as the reference they were made from, with the reason.
//!
//! Knows the shape of the file.

use crate::notation::yaml::{self, Fields, Limits};
use crate::source::Issues;

/// An excused mutant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Equivalent {
    /// The reference, as `problem/file`.
    pub reference: String,
    /// The mutant, as [`super::Mutant::key`] names it.
    pub mutant: String,
    /// Why it is excused.
    pub because: String,
}

/// Reads a list of excused mutants.
#[must_use]
pub fn equivalents(text: &str, issues: &mut Issues) -> Vec<Equivalent> {
    let Some(node) = yaml::parse(text, &Limits::default(), issues) else {
        return Vec::new();
    };
    let Some(fields) = Fields::of(&node, "equivalents", issues) else {
        return Vec::new();
    };
    fields.only(&["equivalents"], issues);
    let entries = fields.list("equivalents", issues).iter();
    entries
        .filter_map(|entry| {
            let fields = Fields::of(entry, "an equivalent", issues)?;
            fields.only(&["reference", "mutant", "because"], issues);
            Some(Equivalent {
                reference: fields.required("reference", issues)?,
                mutant: fields.required("mutant", issues)?,
                because: fields.required("because", issues)?,
            })
        })
        .collect()
}
