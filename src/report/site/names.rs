//! What candidates and their pages are called, with their names and without.
//!
//! Knows file names and authors; knows no folders: where the designs lie on somebody's machine is nobody's business.

use std::collections::BTreeSet;

use super::series::{Attempt, bare};
use crate::model::spelling::slug;
use crate::report::Checked;

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
        let plain = slug(bare(path), LONGEST);
        let base = match plain.strip_prefix("candidate-").unwrap_or(&plain) {
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
    fn numbers_stand_in_place_of_names() {
        assert_eq!(number_of(&Attempt::only(0)), "candidate-01");
    }
}
