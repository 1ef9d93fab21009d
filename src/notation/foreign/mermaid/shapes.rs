//! The brackets that stand around labels of a flowchart: each pair is an outline.
//!
//! Knows brackets and what they look like; knows no lines.

use crate::model::Outline;

/// A pair of brackets.
pub(super) struct Brackets {
    pub opening: &'static str,
    /// What closes it; of some, two can.
    pub closing: &'static [&'static str],
    pub outline: Option<Outline>,
}

const fn brackets(
    opening: &'static str,
    closing: &'static [&'static str],
    outline: Option<Outline>,
) -> Brackets {
    Brackets {
        opening,
        closing,
        outline,
    }
}

/// Every pair, longer ones before those that they begin with.
pub(super) const BRACKETS: &[Brackets] = &[
    brackets("(((", &[")))"], None),
    brackets("((", &["))"], None),
    brackets("([", &["])"], None),
    brackets("(", &[")"], None),
    brackets("[(", &[")]"], Some(Outline::Cylinder)),
    brackets("[[", &["]]"], None),
    brackets("[/", &["/]", "\\]"], None),
    brackets("[\\", &["\\]", "/]"], None),
    brackets("[", &["]"], None),
    brackets("{{", &["}}"], None),
    brackets("{", &["}"], None),
    brackets(">", &["]"], None),
];

/// The outlines that `@{ shape: ... }` names, where they tell something.
const NAMED: &[(&str, Outline)] = &[
    ("cyl", Outline::Cylinder),
    ("cylinder", Outline::Cylinder),
    ("database", Outline::Cylinder),
    ("db", Outline::Cylinder),
    ("lin-cyl", Outline::Cylinder),
    ("disk", Outline::Cylinder),
    ("das", Outline::Queue),
    ("h-cyl", Outline::Queue),
];

/// The outline of a name.
pub(super) fn outline_named(name: &str) -> Option<Outline> {
    let found = NAMED.iter().find(|(known, _)| *known == name);
    found.map(|(_, outline)| *outline)
}
