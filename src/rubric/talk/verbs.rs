//! Verbs of what parts of a system do: by them a sentence is known from a command, and who does something from a thing.
//!
//! Knows how verbs are said of one; which there are is data.

use super::words::{Describing, Words};

impl Describing {
    /// Whether a word is what parts do: "reads", "calls".
    #[must_use]
    pub fn is_done_by_one(&self, word: &str) -> bool {
        is_one(word, &self.doing) || is_one(word, &self.calling)
    }

    /// Whether a word is what parts do, of one or of several: "reads", "read".
    #[must_use]
    pub fn is_done(&self, word: &str) -> bool {
        self.is_done_by_one(word) || self.is_calling(word) || self.doing.has(word)
    }

    /// Whether a name follows a word at once: "call", "asks".
    #[must_use]
    pub fn is_calling(&self, word: &str) -> bool {
        self.calling.has(word) || is_one(word, &self.calling)
    }
}

/// Whether a word is one of these verbs in the third person.
fn is_one(word: &str, verbs: &Words) -> bool {
    let Some(stem) = word.strip_suffix('s') else {
        return false;
    };
    let is_verb = |stem: &str| verbs.has(stem);
    let (hushed, of_y) = (stem.strip_suffix('e'), stem.strip_suffix("ie"));
    is_verb(stem)
        || hushed.is_some_and(|stem| stem.ends_with(['h', 's', 'x']) && is_verb(stem))
        || of_y.is_some_and(|stem| is_verb(&format!("{stem}y")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_known_in_the_third_person() {
        let verbs = "read publish query notify use process fetch".split(' ');
        let describing = Describing {
            doing: Words(verbs.map(str::to_owned).collect()),
            ..Describing::default()
        };
        for word in [
            "reads",
            "publishes",
            "queries",
            "notifies",
            "uses",
            "processes",
            "fetches",
        ] {
            assert!(describing.is_done_by_one(word), "{word}");
        }
        for word in ["read", "readss", "hashes", "s", "stories"] {
            assert!(!describing.is_done_by_one(word), "{word}");
        }
    }
}
