//! What the engine finds of a file's upkeep and not of its design: acceptances that no longer hold. What is said of it, and
//! how grave it is, is data like any rule.
//!
//! Knows which occasions there are and what is known at each; knows no rule.

/// What a rule that has no condition is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Occasion {
    /// The last day of an allowance has passed.
    ExpiredAllowance,
    /// An allowance accepts nothing that is found.
    UnusedAllowance,
    /// A baseline knows a finding that is found no more.
    StaleBaseline,
}

impl Occasion {
    /// Every occasion.
    pub const ALL: &'static [Self] = &[
        Self::ExpiredAllowance,
        Self::UnusedAllowance,
        Self::StaleBaseline,
    ];

    /// The words of all, for files and schemas.
    pub const WORDS: &'static [&'static str] =
        &["expired_allowance", "unused_allowance", "stale_baseline"];

    /// The word that files use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::ExpiredAllowance => "expired_allowance",
            Self::UnusedAllowance => "unused_allowance",
            Self::StaleBaseline => "stale_baseline",
        }
    }

    /// The occasion that a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|occasion| occasion.word() == word)
    }

    /// What messages can name.
    #[must_use]
    pub const fn placeholders(self) -> &'static [&'static str] {
        match self {
            Self::ExpiredAllowance | Self::UnusedAllowance => {
                &["rule", "subject", "reason", "owner", "until"]
            }
            Self::StaleBaseline => &["rule", "subject", "baseline"],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_occasion_has_its_word() {
        let words: Vec<&str> = Occasion::ALL.iter().map(|one| one.word()).collect();
        assert_eq!(words, Occasion::WORDS);
    }
}
