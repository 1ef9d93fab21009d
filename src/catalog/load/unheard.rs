//! Words of which a problem says what else people call them, and that nothing listens for: what others say is then read in a
//! word that no wording has.
//!
//! Knows texts and words; knows no regular expression.

use std::ops::Range;

use super::File;
use super::content::Content;

/// Complains of every word under `called` that stands in no wording, rule or figure.
pub(super) fn complain_of_unheard(files: &mut [File]) {
    if files.iter().all(|file| file.names.called.is_empty()) {
        return;
    }
    let texts: Vec<String> = files.iter().map(listening).collect();
    for file in files {
        for (word, span, _) in std::mem::take(&mut file.names.called) {
            if !texts.iter().any(|text| has(text, &word)) {
                let message =
                    format!("`{word}` is in no wording, so that nothing is read in its place");
                let help = "write the word that concepts and rules have for it".to_owned();
                file.issues.error(span, message, help);
            }
        }
    }
}

/// The text of a file that is listened by, in small letters, without what it says of other words.
fn listening(file: &File) -> String {
    let listens = matches!(
        file.content,
        Content::Concepts
            | Content::Rules
            | Content::Language
            | Content::Figures
            | Content::Problem
    );
    if !listens {
        return String::new();
    }
    let called = file
        .names
        .called
        .first()
        .map(|(.., block)| block.start..block.end);
    without(&file.text, called).to_lowercase()
}

fn without(text: &str, part: Option<Range<usize>>) -> String {
    let Some(part) = part else {
        return text.to_owned();
    };
    let before = text.get(..part.start).unwrap_or_default();
    let behind = text.get(part.end..).unwrap_or_default();
    [before, behind].join(" ")
}

/// Whether a text has each part of a word, or begins one that ends in several ways: `expir(e|y)` is `expire`.
fn has(text: &str, word: &str) -> bool {
    let word = word.to_lowercase();
    let mut parts = word.split(|c: char| !c.is_alphanumeric());
    parts.all(|part| {
        let ends_otherwise = |stem: &str| {
            let mut found = text.match_indices(stem);
            found.any(|(at, stem)| {
                let rest = text.get(at + stem.len()..).unwrap_or_default();
                rest.starts_with(['(', '['])
            })
        };
        let mut stem = part.chars();
        stem.next_back();
        text.contains(part) || part.chars().count() > 4 && ends_otherwise(stem.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_heard_in_its_forms() {
        let text = "(driver|rider)s? expir(e|y) read[- ]receipts?";
        for (word, heard) in [
            ("driver", true),
            ("expire", true),
            ("read receipt", true),
            ("driverr", false),
            ("chauffeur", false),
            ("read recipe", false),
        ] {
            assert_eq!(has(text, word), heard, "{word}");
        }
    }
}
