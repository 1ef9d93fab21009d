//! Yes, no, or not stated: three-valued logic by Kleene (Introduction to Metamathematics, 1952, section 64).
//!
//! Knows no designs.

/// What can be said of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// It does not hold.
    No,
    /// What would decide it is not stated.
    NotStated,
    /// It holds.
    Yes,
}

impl Truth {
    /// Both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// One of the two holds.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// Whether it is certain.
    #[must_use]
    pub const fn is_yes(self) -> bool {
        matches!(self, Self::Yes)
    }

    /// Whether it is refuted.
    #[must_use]
    pub const fn is_no(self) -> bool {
        matches!(self, Self::No)
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::NotStated => Self::NotStated,
            Self::Yes => Self::No,
        }
    }
}

impl From<bool> for Truth {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{No, NotStated, Yes};

    #[test]
    fn what_is_not_stated_decides_nothing_but_is_outweighed() {
        assert_eq!(NotStated.and(No), No);
        assert_eq!(NotStated.or(Yes), Yes);
        assert_eq!(NotStated.and(Yes), NotStated);
        assert_eq!(!NotStated, NotStated);
    }
}
