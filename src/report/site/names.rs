//! What candidates and their pages are called, and how that is hidden.
//!
//! Knows file names and authors; knows no folders: where the designs lie on somebody's machine is nobody's business.

use std::collections::BTreeSet;

use super::series::{Attempt, bare};
use crate::notation::review::Review;
use crate::report::Checked;

/// What stands in place of a name.
const HIDDEN: &str = "(the author)";

/// The letters of a page's name, at most; file systems take 255 bytes, and a letter has up to four.
const LONGEST: usize = 50;

/// What a candidate is called: the author, or what the files of their attempts have in common, or else the title, or else the
/// file; a number and nothing else where names are hidden.
pub(super) fn name(checked: &Checked, attempt: &Attempt, anonymous: bool) -> String {
    if anonymous {
        return code(attempt.candidate);
    }
    let head = &checked.head;
    let said = [&head.author, &attempt.called, &head.title];
    let mut said = said.into_iter().flatten().map(|name| name.trim());
    let said = said.find(|name| !name.is_empty());
    said.unwrap_or_else(|| bare(&checked.source.name))
        .to_owned()
}

/// What a candidate is called who has no name: a number from 1.
fn code(candidate: usize) -> String {
    format!("candidate-{:02}", candidate + 1)
}

/// The names of pages that are taken.
#[derive(Debug, Default)]
pub(super) struct Taken(BTreeSet<String>);

impl Taken {
    /// A name for a page that is not taken yet: letters and digits of whatever script, which every file system takes, and
    /// hyphens. It begins with `candidate-`, so that none is ever that of another file of the site.
    pub(super) fn stem(&mut self, path: &str) -> String {
        let mut plain = String::new();
        for c in bare(path)
            .chars()
            .flat_map(char::to_lowercase)
            .take(LONGEST)
        {
            if c.is_alphanumeric() {
                plain.push(c);
            } else if !plain.is_empty() && !plain.ends_with('-') {
                plain.push('-');
            }
        }
        let plain = plain.trim_end_matches('-');
        let base = match plain.strip_prefix("candidate-").unwrap_or(plain) {
            "" => "candidate".to_owned(),
            plain => format!("candidate-{plain}"),
        };
        let numbered = (2..).map(|number| format!("{base}-{number}"));
        let free = std::iter::once(base.clone())
            .chain(numbered)
            .find(|name| !self.0.contains(name))
            .unwrap_or_default();
        self.0.insert(free.clone());
        free
    }
}

/// What the file of a candidate is called who has no name: by their number, and that of the attempt where there are several.
#[must_use]
pub fn number_of(attempt: &Attempt) -> String {
    let candidate = code(attempt.candidate);
    if attempt.of > 1 {
        format!("{candidate}/attempt-{}", attempt.number)
    } else {
        candidate
    }
}

/// Blots the name of a design's author out of what a mentor says.
pub fn anonymous_review(review: &mut Review, author: &str) {
    let author = author.trim();
    if !author.is_empty() {
        review.each_text(|text| *text = text.replace(author, HIDDEN));
    }
}

/// The text with the lines of the author and the title emptied, and the author's name blotted out everywhere else. Lines
/// keep their numbers.
#[must_use]
pub fn anonymous(text: &str, author: &str) -> String {
    let author = author.trim();
    let mut inside = false;
    let lines = text.lines().map(|line| {
        let begins = ["author:", "title:"]
            .iter()
            .any(|key| line.starts_with(key));
        // What a key's value goes on with stands further to the right.
        inside = begins || (inside && (line.starts_with(' ') || line.trim().is_empty()));
        if inside {
            String::new()
        } else if author.is_empty() {
            line.to_owned()
        } else {
            line.replace(author, HIDDEN)
        }
    });
    lines.flat_map(|line| [line, "\n".to_owned()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_plain_names_of_their_own() {
        let mut taken = Taken::default();
        let mut stem = |path: &str| taken.stem(path);
        assert_eq!(stem("Ana Löwe.design.yaml"), "candidate-ana-löwe");
        assert_eq!(stem("ana/LÖWE.design.yml"), "candidate-ana-löwe-2");
        assert_eq!(stem("../../index.design.yaml"), "candidate-index");
        assert_eq!(stem("日本.design.yaml"), "candidate-日本");
        assert_eq!(stem("<&>\u{202e}.design.yaml"), "candidate");
        assert!(stem(&"𠮷".repeat(500)).len() < 240);
        assert_eq!(stem("candidate-07"), "candidate-07");
        assert!(stem(&"x".repeat(500)).len() < 80);
    }

    #[test]
    fn who_wrote_it_is_blotted_out() {
        let text =
            "sysdrill: 1\nauthor: Ana\ntitle: >\n  Ana's best\nanswers:\n  why: Ana says so\n";
        let hidden = anonymous(text, "Ana");
        assert!(!hidden.contains("Ana"), "{hidden}");
        assert_eq!(hidden.lines().count(), text.lines().count());
        assert_eq!(number_of(&Attempt::only(0)), "candidate-01");
    }
}
