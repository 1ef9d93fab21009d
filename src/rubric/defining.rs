//! How people ask what a term means: "whats a token bucket", "cap theorem, whats that", "the difference between A and B".
//!
//! Knows the shape of such words, which are data; knows no term.

use super::pattern::{Pattern, end_of_start, start_of_end};

/// Words around a term whose meaning is asked for.
#[derive(Debug, Default)]
pub struct Defining {
    /// What stands before it: "whats a".
    pub before: Option<Pattern>,
    /// What may stand behind it then: "mean again".
    pub behind: Option<Pattern>,
    /// What asks from behind, where nothing does before: "whats that".
    pub after: Option<Pattern>,
    /// What stands before two terms that are to be told apart: "the difference between".
    pub comparing: Option<Pattern>,
    /// What stands between the two.
    pub joining: Vec<String>,
}

impl Defining {
    /// The term that a line asks after; the line is in plain words.
    pub(super) fn term(&self, line: &str) -> Option<String> {
        let before = self.before.as_ref();
        let asked = before.and_then(|words| end_of_start(words, line));
        let (rest, behind) = match asked {
            Some(end) => (line.get(end..)?, &self.behind),
            None => (line, &self.after),
        };
        let rest = rest.trim();
        let behind = behind.as_ref();
        let end = behind.and_then(|words| start_of_end(words, rest));
        let term = match (asked, end) {
            (None, None) => return None,
            (_, Some(end)) => rest.get(..end)?.trim(),
            (_, None) => rest,
        };
        (!term.is_empty()).then(|| term.to_owned())
    }

    /// The two terms that a line wants told apart; the line is in plain words.
    pub(super) fn compared(&self, line: &str) -> Option<[String; 2]> {
        let end = end_of_start(self.comparing.as_ref()?, line)?;
        let rest = line.get(end..)?.trim();
        let mut joining = self.joining.iter();
        let (one, other) = joining.find_map(|word| rest.split_once(&format!(" {word} ")))?;
        Some([one, other].map(str::to_owned))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_asked_for_from_either_side() {
        let words = |text: &str| Some(Pattern::words([text.to_owned()]));
        let defining = Defining {
            before: words("(whats|explain)( an?)?"),
            behind: words("again|please"),
            after: words("whats that"),
            comparing: words("(whats )?the difference between"),
            joining: vec!["and".to_owned()],
        };
        for (line, term) in [
            ("whats a quorum", Some("quorum")),
            ("explain quorum please", Some("quorum")),
            ("cap theorem whats that", Some("cap theorem")),
            ("cap theorem", None),
            ("whats that", Some("that")),
        ] {
            assert_eq!(defining.term(line).as_deref(), term, "{line}");
        }
        let both = defining.compared("whats the difference between push and pull");
        assert_eq!(both, Some(["push", "pull"].map(str::to_owned)));
    }
}
