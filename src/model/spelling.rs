//! The nearest right spelling of a mistyped word.
//!
//! Knows words only; what they are words for is the caller's business.

use std::borrow::Cow;

/// The words of a text in small letters; every sign ends one.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// The candidate that `typed` most likely stands for, or none when nothing comes near.
///
/// Distance is Damerau-Levenshtein without case; at most a third of the letters may differ.
#[must_use]
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    within((typed.chars().count() / 3).clamp(1, 4), typed, candidates)
}

/// The candidate that lacks a slip of the pen to `typed`: one letter of five and more, two of nine and more, and never the
/// first, for which people have an eye.
#[must_use]
pub fn slip<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = match typed.chars().count() {
        0..5 => return None,
        5..9 => 1,
        _ => 2,
    };
    let first = typed.chars().next();
    let alike = candidates
        .into_iter()
        .filter(|word| word.chars().next() == first);
    within(allowed, typed, alike)
}

/// The nearest candidate of which no more letters differ than are allowed.
fn within<'a>(
    allowed: usize,
    typed: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let raw = typed;
    let typed = typed.to_lowercase();
    let length = typed.chars().count();
    let plain = candidates
        .into_iter()
        .map(|candidate| (candidate.to_lowercase(), candidate));
    plain
        // What is so much longer or shorter is at least as far away.
        .filter(|(plain, _)| plain.chars().count().abs_diff(length) <= allowed)
        .map(|(plain, candidate)| (strsim::damerau_levenshtein(&typed, &plain), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        // Of `API` and `api` that is meant which is written as the slip is.
        .min_by_key(|(distance, candidate)| {
            let in_case = strsim::damerau_levenshtein(raw, candidate);
            (*distance, in_case, *candidate)
        })
        .map(|(_, candidate)| candidate)
}

/// Words that other tools have, and people, with those that are said here in their place.
const SAID: &[(&str, &str)] = &[
    ("fatal", "blocker"),
    ("critical", "blocker"),
    ("error", "major"),
    ("high", "major"),
    ("warning", "minor"),
    ("warn", "minor"),
    ("medium", "minor"),
    ("information", "note"),
    ("info", "note"),
    ("low", "note"),
    ("hint", "note"),
    ("off", "never"),
    ("none", "never"),
    ("junior", "mid"),
    ("principal", "staff"),
];

/// The candidate that is meant by a word of others.
fn said<'a>(typed: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let said = SAID.iter().filter(|(said, _)| *said == typed);
    let mut meant = said.filter_map(|(_, meant)| candidates.iter().find(|word| *word == meant));
    meant.next().copied()
}

/// The help that proposes the nearest spelling, or lists what is allowed when the list is short.
#[must_use]
pub fn did_you_mean(typed: &str, candidates: &[&str]) -> Option<String> {
    let meant = said(typed, candidates);
    let near = meant.or_else(|| nearest(typed, candidates.iter().copied()));
    if let Some(word) = near.or_else(|| begun(typed, candidates)) {
        return Some(proposal(word));
    }
    (!candidates.is_empty() && candidates.len() <= 16).then(|| choice(candidates))
}

/// The one candidate of which a few letters were typed.
fn begun<'a>(typed: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let mut begun = candidates.iter().filter(|word| word.starts_with(&typed));
    let only = begun.next().filter(|_| begun.next().is_none());
    only.copied().filter(|_| typed.chars().count() >= 4)
}

/// The help that proposes the nearest spelling, or lists what is allowed, however long the list is.
#[must_use]
pub fn one_of(typed: &str, candidates: &[&str]) -> String {
    did_you_mean(typed, candidates).unwrap_or_else(|| choice(candidates))
}

fn choice(candidates: &[&str]) -> String {
    format!("one of {}", listed(candidates))
}

/// The help that proposes a word.
#[must_use]
pub fn proposal(word: &str) -> String {
    format!("did you mean `{word}`?")
}

/// The word that a help proposes, for who would put it there.
#[must_use]
pub fn proposed(help: &str) -> Option<&str> {
    let word = help.strip_prefix("did you mean `")?.strip_suffix("`?")?;
    (!word.is_empty()).then_some(word)
}

/// A number that is the same for equal texts, and hardly ever for others: it tells most texts apart at once.
#[must_use]
pub fn print(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let length = bytes.len() as u64;
    let ends = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => {
            u64::from_le_bytes(*first) ^ u64::from_le_bytes(*last).rotate_left(29)
        }
        _ => bytes
            .iter()
            .fold(0, |print, byte| print << 8 | u64::from(*byte)),
    };
    ends ^ length << 56
}

/// A text without white space around it: as `trim` gives it, sooner where there is none.
#[must_use]
pub fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// A word in lower case, with underscores in place of hyphens and spaces: as ids are written.
#[must_use]
pub fn snake(word: &str) -> Cow<'_, str> {
    let is_plain =
        |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase() && byte != b'-' && byte != b' ';
    if word.bytes().all(is_plain) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase().replace(['-', ' '], "_"))
    }
}

/// Words in backticks, joined by commas: `a`, `b`, `c`.
#[must_use]
pub fn listed<T: AsRef<str>>(words: &[T]) -> String {
    let quoted: Vec<String> = words
        .iter()
        .map(|word| format!("`{}`", word.as_ref()))
        .collect();
    quoted.join(", ")
}

/// Words as a sentence has them: "a", "a and b", "a, b and c".
#[must_use]
pub fn enumerated<T: AsRef<str>>(words: &[T]) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// One of two words by number: `counted(1, "rule", "rules")` is "1 rule".
#[must_use]
pub fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A name as a part of the name of a file, of no more letters than so many: letters and digits of whatever script, in lower
/// case, with a hyphen for whatever stands between them.
#[must_use]
pub fn slug(name: &str, letters: usize) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug: String = slug.chars().take(letters).collect();
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_fit_for_files() {
        for (name, expected) in [
            ("Zoë Mü", "zoë-mü"),
            (" -- a/b  c!", "a-b-c"),
            ("abcdefg hij", "abcdefg"),
            ("!?", ""),
        ] {
            assert_eq!(slug(name, 8).as_str(), expected, "{name}");
        }
    }

    #[test]
    fn a_transposed_letter_finds_its_word() {
        assert_eq!(
            nearest("replicsa", ["kind", "replicas", "zones"]),
            Some("replicas")
        );
    }

    #[test]
    fn a_slip_of_the_pen_is_small_and_spares_the_first_letter() {
        assert_eq!(slip("consistancy", ["consistency"]), Some("consistency"));
        assert_eq!(slip("citys", ["city", "cities"]), Some("city"));
        assert_eq!(slip("eletric", ["metric"]), None);
        assert_eq!(slip("user", ["used"]), None);
    }

    #[test]
    fn the_beginning_of_one_word_alone_is_taken_for_it() {
        let words = ["passes", "fails", "partitions", "partition_key"];
        let meant = |typed: &str| did_you_mean(typed, &words);
        assert_eq!(meant("pass"), Some(proposal("passes")));
        assert_eq!(meant("part"), Some(choice(&words)));
    }

    #[test]
    fn a_word_unlike_all_others_finds_none() {
        assert_eq!(nearest("banana", ["kind", "replicas"]), None);
    }

    #[test]
    fn case_does_not_count_as_a_difference() {
        assert_eq!(nearest("REDIS", ["redis"]), Some("redis"));
    }

    #[test]
    fn what_is_proposed_can_be_taken() {
        let help = did_you_mean("replicsa", &["kind", "replicas"]).unwrap();
        assert_eq!(proposed(&help), Some("replicas"));
        let listed = did_you_mean("banana", &["kind", "replicas"]).unwrap();
        assert_eq!(proposed(&listed), None);
    }

    #[test]
    fn enumerations_read_like_sentences() {
        assert_eq!(enumerated(&["a", "b", "c"]), "a, b and c");
    }
}
