//! Verbs of what parts of a system do: by them a sentence is known from a command, and who does something from a thing.
//!
//! Knows verbs; knows no part.

/// What parts do with what they are given, by the stem: "reads", "sends".
const DOING: &[&str] = &[
    "read",
    "write",
    "look",
    "store",
    "get",
    "talk",
    "use",
    "fetch",
    "publish",
    "send",
    "poll",
    "pull",
    "push",
    "consume",
    "subscribe",
    "save",
    "keep",
    "check",
    "put",
    "load",
    "insert",
    "update",
    "delete",
    "drop",
    "process",
    "serve",
    "forward",
    "route",
    "stream",
    "listen",
    "pick",
    "hand",
    "connect",
];

/// What parts do to those whose names follow at once: "calls the ride service".
const CALLING: &[&str] = &[
    "call", "ask", "hit", "query", "invoke", "ping", "contact", "notify", "trigger", "feed",
];

/// Whether a word is what parts do: "reads", "calls".
pub(in crate::coach) fn is_done_by_one(word: &str) -> bool {
    is_one(word, DOING) || is_one(word, CALLING)
}

/// Whether a word is what parts do, of one or of several: "reads", "read".
pub(in crate::coach) fn is_done(word: &str) -> bool {
    is_done_by_one(word) || is_calling(word) || DOING.contains(&word)
}

/// Whether a name follows a word at once: "call", "asks".
pub(in crate::coach) fn is_calling(word: &str) -> bool {
    CALLING.contains(&word) || is_one(word, CALLING)
}

/// Whether a word is one of these verbs in the third person.
fn is_one(word: &str, verbs: &[&str]) -> bool {
    let Some(stem) = word.strip_suffix('s') else {
        return false;
    };
    let is_verb = |stem: &str| verbs.contains(&stem);
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
        for word in [
            "reads",
            "publishes",
            "queries",
            "notifies",
            "uses",
            "processes",
            "fetches",
        ] {
            assert!(is_done_by_one(word), "{word}");
        }
        for word in ["read", "readss", "hashes", "s", "stories"] {
            assert!(!is_done_by_one(word), "{word}");
        }
    }
}
