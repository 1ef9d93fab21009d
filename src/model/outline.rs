//! The outlines that components have in pictures.
//!
//! Knows words; which kind has which outline is data, and how one is drawn is the drawing's business.

/// The outline of a component in pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outline {
    /// A plain box.
    #[default]
    Box,
    /// A box with pointed sides: something that works.
    Hexagon,
    /// A rhombus: something that chooses a way.
    Diamond,
    /// A standing drum: something that keeps data.
    Cylinder,
    /// A lying drum: something that messages pass through in order.
    Queue,
    /// A cloud: something that others run.
    Cloud,
    /// A pill with a head: people and their devices.
    Person,
    /// A sheet of paper: something that is written and read later.
    Document,
}

impl Outline {
    /// Every outline.
    pub const ALL: &'static [Self] = &[
        Self::Box,
        Self::Hexagon,
        Self::Diamond,
        Self::Cylinder,
        Self::Queue,
        Self::Cloud,
        Self::Person,
        Self::Document,
    ];

    /// The words of all, in the same order.
    pub const WORDS: &'static [&'static str] = &[
        "box", "hexagon", "diamond", "cylinder", "queue", "cloud", "person", "document",
    ];

    /// The word in the file of kinds.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Box => "box",
            Self::Hexagon => "hexagon",
            Self::Diamond => "diamond",
            Self::Cylinder => "cylinder",
            Self::Queue => "queue",
            Self::Cloud => "cloud",
            Self::Person => "person",
            Self::Document => "document",
        }
    }

    /// The outline that a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|outline| outline.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outline_has_its_word() {
        let words: Vec<&str> = Outline::ALL.iter().map(|outline| outline.word()).collect();
        assert_eq!(words, Outline::WORDS);
        assert_eq!(Outline::from_word("queue"), Some(Outline::Queue));
    }
}
