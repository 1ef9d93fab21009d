//! By what the files of this program are known: how their names end, and the key that marks their texts.
//!
//! Knows marks; what stands in the files is their readers' business.

/// What a sort of file is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What such a file is.
    pub what: &'static str,
    /// The key of the format's number.
    pub key: &'static str,
    /// How names of such files end; there are none where any name will do.
    pub endings: &'static [&'static str],
}

/// The mark of a design.
pub const DESIGN: Mark = Mark {
    what: "a design",
    key: "sysdrill",
    endings: &[".design.yaml", ".design.yml"],
};

/// The mark of a mentor's review.
pub const REVIEW: Mark = Mark {
    what: "a review",
    key: "sysdrill_review",
    endings: &[".review.yaml", ".review.yml"],
};

/// The mark of a file of known findings.
pub const BASELINE: Mark = Mark {
    what: "a baseline",
    key: "sysdrill_baseline",
    endings: &[],
};

/// All of them.
pub const MARKS: &[Mark] = &[DESIGN, REVIEW, BASELINE];

/// The name of a configuration.
pub const CONFIGURATION: &str = "sysdrill.yaml";

impl Mark {
    /// What is left of a file's name without the ending of such files; none where it has no such ending.
    #[must_use]
    pub fn stem(self, name: &str) -> Option<&str> {
        self.endings.iter().find_map(|end| name.strip_suffix(end))
    }

    /// Whether a line of a text begins with the mark.
    #[must_use]
    pub fn stands_in(self, text: &str) -> bool {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let begins = |line: &str| {
            let behind = line.strip_prefix(self.key);
            behind.is_some_and(|behind| behind.starts_with(':'))
        };
        text.lines().any(begins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_has_two_marks() {
        for mark in MARKS {
            let text = format!("\u{feff}{}: 1\ndesigns: {{}}\n", mark.key);
            let found: Vec<&Mark> = MARKS.iter().filter(|one| one.stands_in(&text)).collect();
            assert_eq!(found, [mark]);
            let quoted = format!("answers:\n  a: see {}: 1\n", mark.key);
            assert!(!mark.stands_in(&quoted));
        }
    }

    #[test]
    fn a_stem_is_a_name_without_its_ending() {
        assert_eq!(DESIGN.stem("shop.design.yml"), Some("shop"));
        assert_eq!(REVIEW.stem("shop.ben.review.yaml"), Some("shop.ben"));
        assert_eq!(BASELINE.stem("baseline.yaml"), None);
    }
}
