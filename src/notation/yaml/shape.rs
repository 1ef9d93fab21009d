//! What may stand where: the keys of a map, each with the shape of its value and what it means. Readers complain by these
//! tables and schemas are written from them, so that the two say the same.
//!
//! Knows shapes; which keys there are is the readers' business.

use super::fields::Fields;
use crate::source::Issues;

/// A key that a map may have.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What its value looks like.
    pub shape: Shape,
    /// What it means, in a line.
    pub about: &'static str,
    /// The map is nothing without it.
    pub is_needed: bool,
}

impl Key {
    /// A key that may be left out.
    pub const fn new(name: &'static str, shape: Shape, about: &'static str) -> Self {
        Self {
            name,
            shape,
            about,
            is_needed: false,
        }
    }

    /// A key that has to be there.
    pub const fn needed(name: &'static str, shape: Shape, about: &'static str) -> Self {
        Self {
            is_needed: true,
            ..Self::new(name, shape, about)
        }
    }
}

/// What a value looks like.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Anything in one piece: numbers, yes and no are read as they are written.
    Text,
    /// `yes` or `no`.
    YesNo,
    /// One of some words.
    Word(&'static [&'static str]),
    /// One, or a list of them.
    Many(&'static Self),
    /// A list.
    List(&'static Self),
    /// A map of these keys.
    Map(&'static [Key]),
    /// A map of the keys of several tables.
    Joined(&'static [&'static [Key]]),
    /// A map whose keys are the author's own.
    Named(&'static Self),
    /// A map whose keys are names of a sort, such as rules.
    By(Term, &'static Self),
    /// Any one of several shapes.
    Either(&'static [Self]),
    /// A shape with a name of its own: it is made from a table, or holds others of itself.
    Of(Term),
    /// Whatever the author needs.
    Any,
}

/// The shapes that have names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Term {
    /// The number of the format.
    Format,
    /// A level that candidates are judged at.
    Level,
    /// A step of the interview.
    Step,
    /// A figure for each step.
    Steps,
    /// How grave a finding is.
    Severity,
    /// A component.
    Component,
    /// A connection.
    Connection,
    /// A piece of a design, as examples of rules are.
    Fragment,
    /// A condition of a rule.
    Condition,
    /// What selects subjects of a noun.
    Selector(&'static str),
    /// What a rule is asked of.
    ForEach,
    /// What a value is held against.
    Comparison,
    /// What a figure may be taken for by rules that know no problem.
    Role,
    /// The hints of each step.
    Hints,
    /// What is expected at each level.
    Expectations,
    /// Usual ranges of what one node can do.
    Usual,
    /// A technology.
    Technology,
    /// A kind of component.
    Kind,
    /// A name of a technology.
    Tech,
    /// The slug of a problem.
    Problem,
    /// The id of a component.
    Id,
    /// Components joined by arrows.
    Chain,
    /// The id of a rule.
    Rule,
    /// A word that stands for a rule or several.
    Rules,
    /// What a rule speaks of: a component, a flow, ...
    Subject,
    /// A kind, or a family of kinds.
    Kinds,
    /// A concept.
    Concept,
    /// A page of the reference.
    Page,
    /// A figure.
    Figure,
    /// A condition that goes by a name.
    NamedCondition,
    /// A selector of subjects of a noun that goes by a name.
    NamedSelector(&'static str),
}

impl Fields<'_, '_> {
    /// Complains of every key that is not in a table.
    pub fn known(&self, keys: &[Key], issues: &mut Issues) {
        self.only_those(|name| has(keys, name), || names(keys), issues);
    }
}

/// Whether a name is that of one of some keys.
#[must_use]
pub fn has(keys: &[Key], name: &str) -> bool {
    keys.iter().any(|key| key.name == name)
}

/// The names of keys.
#[must_use]
pub fn names(keys: &[Key]) -> Vec<&'static str> {
    keys.iter().map(|key| key.name).collect()
}
