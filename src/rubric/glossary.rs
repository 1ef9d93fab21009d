//! What people call a thing by other words: `chauffeur` for a driver. A text is read in the words that rules know as well.
//!
//! Knows words and how they are inflected; which stand for which is data.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Words that stand for others.
#[derive(Debug, Default)]
pub struct Glossary {
    /// The word that rules know, and what else people say.
    entries: Vec<(String, Vec<String>)>,
    forms: OnceLock<Forms>,
}

/// The words in all their forms, made when the first text is read.
#[derive(Debug, Default)]
struct Forms {
    /// For each form, words parted by single spaces, the same form of what it stands for.
    meant: BTreeMap<String, String>,
    /// For each first word, how many words the longest form has that begins with it.
    firsts: BTreeMap<String, usize>,
    /// For the first two letters, the lengths of the first words: a bit for each, the last for all longer ones.
    lengths: Vec<u64>,
}

/// What joins the words of a phrase, of which a name may be made too.
const JOINTS: [&str; 3] = [" ", "-", "_"];

impl Glossary {
    /// Words, each with what else people say for it.
    #[must_use]
    pub const fn new(entries: Vec<(String, Vec<String>)>) -> Self {
        Self {
            entries,
            forms: OnceLock::new(),
        }
    }

    fn forms(&self) -> &Forms {
        self.forms.get_or_init(|| Forms::of(&self.entries))
    }
}

impl Forms {
    fn of(entries: &[(String, Vec<String>)]) -> Self {
        let mut forms = Self {
            lengths: vec![0; LETTERS * LETTERS],
            ..Self::default()
        };
        for (known, others) in entries {
            let known = inflected(known);
            for other in others {
                for (form, meant) in inflected(other).into_iter().zip(&known) {
                    forms.add(form, meant);
                }
            }
        }
        forms
    }

    fn add(&mut self, form: String, meant: &str) {
        let first = form.split(' ').next().unwrap_or_default();
        if let Some(lengths) = self.lengths.get_mut(letters(first)) {
            *lengths |= bit(first.len());
        }
        let most = self.firsts.entry(first.to_owned()).or_default();
        *most = form.split(' ').count().max(*most);
        self.meant.entry(form).or_insert_with(|| meant.to_owned());
    }

    /// How many words the longest phrase has that begins with a word: most words begin none, which is known by a look.
    fn longest(&self, word: &str) -> Option<usize> {
        let lengths = self.lengths.get(letters(word))?;
        (lengths & bit(word.len()) != 0).then(|| self.firsts.get(word).copied())?
    }
}

/// The letters of the alphabet, and one for all else.
const LETTERS: usize = 27;

/// The first two letters of a word in lower case, as one number.
fn letters(word: &str) -> usize {
    let bytes = word.as_bytes();
    let number = |at: usize| match bytes.get(at) {
        Some(letter @ b'a'..=b'z') => usize::from(letter - b'a') + 1,
        _ => 0,
    };
    number(0) * LETTERS + number(1)
}

fn bit(length: usize) -> u64 {
    1 << length.min(63)
}

/// A word of a text, by the bytes where it begins and ends.
type Span = (usize, usize);

/// A text in lower case in the words that rules know; none where it has no others. The first glossary goes before the next.
#[must_use]
pub(super) fn reworded(text: &str, glossaries: &[&Glossary]) -> Option<String> {
    let all: Vec<&Forms> = glossaries.iter().map(|one| one.forms()).collect();
    let spans = spans(text);
    let mut read = String::new();
    let (mut at, mut end) = (0, 0);
    while let Some(&(start, _)) = spans.get(at) {
        let rest = spans.get(at..).unwrap_or_default();
        let found = all.iter().find_map(|forms| longest(forms, text, rest));
        if let Some((words, stop, meant)) = found {
            read.push_str(text.get(end..start).unwrap_or_default());
            read.push_str(meant);
            (at, end) = (at + words, stop);
        } else {
            at += 1;
        }
    }
    (end > 0).then(|| read + text.get(end..).unwrap_or_default())
}

/// The longest phrase that a text goes on with: how many words, where it ends, and what it stands for.
fn longest<'f>(forms: &'f Forms, text: &str, spans: &[Span]) -> Option<(usize, usize, &'f str)> {
    let &(start, first) = spans.first()?;
    let most = forms.longest(text.get(start..first)?)?;
    let joined = |pair: &[Span]| match pair {
        [(_, end), (start, _)] => JOINTS.contains(&text.get(*end..*start).unwrap_or_default()),
        _ => false,
    };
    let words = spans.windows(2).take_while(|pair| joined(pair)).count() + 1;
    (1..=words.min(most)).rev().find_map(|words| {
        let (_, end) = *spans.get(words - 1)?;
        let phrase = text.get(start..end)?.replace(['-', '_'], " ");
        let meant = forms.meant.get(&phrase)?;
        Some((words, end, meant.as_str()))
    })
}

/// Where the words of a text stand: runs of letters and digits.
fn spans(text: &str) -> Vec<Span> {
    if text.is_ascii() {
        let letters = text.bytes().map(|byte| byte.is_ascii_alphanumeric());
        return runs(letters.enumerate(), text.len());
    }
    let letters = text.char_indices();
    runs(letters.map(|(at, c)| (at, c.is_alphanumeric())), text.len())
}

/// The runs of what holds, given for each place of a text of some length.
fn runs(holds: impl Iterator<Item = (usize, bool)>, length: usize) -> Vec<Span> {
    let mut runs = Vec::new();
    let mut start = None;
    for (at, holds) in holds {
        match (holds, start) {
            (true, None) => start = Some(at),
            (false, Some(begun)) => {
                runs.push((begun, at));
                start = None;
            }
            _ => {}
        }
    }
    runs.extend(start.map(|begun| (begun, length)));
    runs
}

/// A word or a phrase as it is, several of it, and as a verb: for each the same position, whatever the word.
fn inflected(phrase: &str) -> Vec<String> {
    let (last_of, last) = phrase.rsplit_once(' ').unwrap_or(("", phrase));
    let (first, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
    let joined = |a: &str, b: &str| [a, b].join(" ").trim().to_owned();
    vec![
        phrase.to_owned(),
        joined(last_of, &several(last)),
        joined(&several(first), rest),
        joined(&past(first), rest),
        joined(&lasting(first), rest),
    ]
}

fn several(word: &str) -> String {
    if ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|end| word.ends_with(end))
    {
        format!("{word}es")
    } else {
        after_y(word, "ies").unwrap_or_else(|| format!("{word}s"))
    }
}

fn past(word: &str) -> String {
    if word.ends_with('e') {
        return format!("{word}d");
    }
    after_y(word, "ied").unwrap_or_else(|| format!("{word}ed"))
}

fn lasting(word: &str) -> String {
    let stem = word.strip_suffix('e').unwrap_or(word);
    format!("{stem}ing")
}

/// A word that ends with a consonant and `y`, with another end.
fn after_y(word: &str, end: &str) -> Option<String> {
    let stem = word.strip_suffix('y')?;
    let is_vowel = stem.ends_with(['a', 'e', 'i', 'o', 'u']);
    (!is_vowel).then(|| format!("{stem}{end}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glossary(entries: &[(&str, &[&str])]) -> Glossary {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let entries = entries.iter();
        Glossary::new(
            entries
                .map(|(word, others)| ((*word).to_owned(), owned(others)))
                .collect(),
        )
    }

    #[test]
    fn a_text_is_read_in_the_words_that_rules_know_in_all_their_forms() {
        let rides = glossary(&[
            ("driver", &["chauffeur", "taxi driver", "cabby"]),
            ("follow", &["subscribe to"]),
            ("delete", &["retire"]),
        ]);
        for (text, expected) in [
            ("a chauffeur has one ride", Some("a driver has one ride")),
            ("chauffeurs; cabbies", Some("drivers; drivers")),
            ("taxi-drivers and taxis", Some("drivers and taxis")),
            ("chauffeur_id", Some("driver_id")),
            ("who subscribed to whom", Some("who followed whom")),
            (
                "subscribing to and retiring",
                Some("following and deleting"),
            ),
            ("subscribe, to wit", None),
            ("a driver drives", None),
            ("", None),
        ] {
            assert_eq!(reworded(text, &[&rides]).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_first_glossary_goes_before_the_next() {
        let (one, other) = (
            glossary(&[("code", &["token"])]),
            glossary(&[("word", &["token", "term"])]),
        );
        let read = reworded("tokens of terms", &[&one, &other]);
        assert_eq!(read.as_deref(), Some("codes of words"));
    }
}
