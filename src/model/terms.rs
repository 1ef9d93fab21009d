//! The closed lists: the five steps, the severities, the levels. Each word stands here once.
//!
//! Knows no weights: what a step or a level is worth is the rubric's business.

/// Declares an enum whose values are known by one word each, as files and reports spell them.
macro_rules! terms {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $word:literal, $title:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$value_doc])* $value),+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The word that files and reports use.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$value => $word),+ }
            }

            /// The words for people.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$value => $title),+ }
            }

            /// The value that a word stands for.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}

terms! {
    /// The five steps of an interview; every rule moves the marks of one.
    Step {
        /// What the system does, for whom, how well.
        Requirements = "requirements", "Requirements";
        /// Numbers from which the design follows.
        Estimation = "estimation", "Estimation";
        /// Components and how requests flow through them.
        HighLevel = "high_level", "High-level design";
        /// Data, interfaces, decisions, deep dives.
        Detailed = "detailed", "Detailed design";
        /// What breaks, what grows, how one would know.
        Scale = "scale", "Bottlenecks & scale";
    }
}

terms! {
    /// How much a finding matters, from least to most.
    Severity {
        /// For teaching; costs little or nothing.
        Note = "note", "note";
        /// A matter of quality.
        Minor = "minor", "minor";
        /// Fails under the stated load, or with a single fault.
        Major = "major", "major";
        /// Cannot meet a stated must; caps the score.
        Blocker = "blocker", "blocker";
    }
}

terms! {
    /// The level that a candidate interviews for.
    Level {
        /// Breadth, with prompts.
        Mid = "mid", "mid";
        /// Depth and failure modes, mostly unprompted.
        Senior = "senior", "senior";
        /// The crux found early, and what not to build.
        Staff = "staff", "staff";
    }
}

impl Step {
    /// The position among the steps, from 0.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The step that follows, if any.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.index() + 1).copied()
    }

    /// The step before, if any.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        self.index()
            .checked_sub(1)
            .and_then(|i| Self::ALL.get(i).copied())
    }
}

impl Default for Level {
    /// Designs that state no level are judged as a senior's.
    fn default() -> Self {
        Self::Senior
    }
}
