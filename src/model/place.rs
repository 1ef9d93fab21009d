//! Symbolic spots in a design. Findings speak of these; a report turns them into lines and columns, late.
//!
//! Knows positions in the lists of a [`super::Design`]; knows no files, lines or bytes.

use super::attribute::Attribute;

/// A part of a design file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// `requirements.functional`
    Functional,
    /// `requirements.non_functional`
    NonFunctional,
    /// `requirements.out_of_scope`
    OutOfScope,
    /// `requirements.questions`
    Questions,
    /// `requirements.assumptions`
    Assumptions,
    /// `estimates`
    Estimates,
    /// `components`
    Components,
    /// `connections`
    Connections,
    /// `flows`
    Flows,
    /// `api`
    Api,
    /// `data`
    Data,
    /// `decisions`
    Decisions,
    /// `answers`
    Answers,
    /// `allow`
    Allow,
}

impl Part {
    /// Every part, in the file's order.
    pub const ALL: &'static [Self] = &[
        Self::Functional,
        Self::NonFunctional,
        Self::OutOfScope,
        Self::Questions,
        Self::Assumptions,
        Self::Estimates,
        Self::Components,
        Self::Connections,
        Self::Flows,
        Self::Api,
        Self::Data,
        Self::Decisions,
        Self::Answers,
        Self::Allow,
    ];

    /// The word in rules and messages.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Functional => "functional",
            Self::NonFunctional => "non_functional",
            Self::OutOfScope => "out_of_scope",
            Self::Questions => "questions",
            Self::Assumptions => "assumptions",
            Self::Estimates => "estimates",
            Self::Components => "components",
            Self::Connections => "connections",
            Self::Flows => "flows",
            Self::Api => "api",
            Self::Data => "data",
            Self::Decisions => "decisions",
            Self::Answers => "answers",
            Self::Allow => "allow",
        }
    }

    /// The part that a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|part| part.word() == word)
    }
}

/// A spot in a design. Numbers are positions in the lists of the design.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The design as a whole.
    Design,
    /// The `problem` line.
    Problem,
    /// The `level` line.
    Level,
    /// A whole part.
    Part(Part),
    /// One entry of a part: a requirement, a component, a flow, ...
    Entry(Part, usize),
    /// An attribute of a component.
    Attribute(usize, Attribute),
    /// An attribute of a connection.
    Link(usize, Attribute),
    /// A key of an entry, such as `rate` of a flow or `key` of an entity.
    Key(Part, usize, &'static str),
}

impl Place {
    /// The spot that contains this one, for when this one has no text of its own.
    #[must_use]
    pub const fn outer(self) -> Option<Self> {
        match self {
            Self::Design => None,
            Self::Problem | Self::Level | Self::Part(_) => Some(Self::Design),
            Self::Entry(part, _) => Some(Self::Part(part)),
            Self::Attribute(at, _) => Some(Self::Entry(Part::Components, at)),
            Self::Link(at, _) => Some(Self::Entry(Part::Connections, at)),
            Self::Key(part, at, _) => Some(Self::Entry(part, at)),
        }
    }
}
