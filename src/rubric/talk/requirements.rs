//! Requirements in sentences: of which sort each is, and what is left out.
//!
//! Knows the words that tell the sorts; knows no problem.

use super::{Talk, plain};
use crate::rubric::pattern::end_of_start;

impl Talk {
    /// The command that would write a requirement down, and its text without what it is headed by.
    #[must_use]
    pub fn requirement<'t>(&self, line: &'t str) -> Option<(&str, &'t str)> {
        let said = plain(line);
        let mut requiring = self.requiring.iter();
        let (command, _) = requiring.find(|(_, words)| words.is_match(&said))?;
        let mut text = self.without_fillers(line);
        if let Some(end) = self
            .headings
            .as_ref()
            .and_then(|words| end_of_start(words, text))
        {
            text = text.get(end..)?.trim_start_matches([':', ' ', '-']);
        }
        (!text.is_empty()).then_some((command.as_str(), text))
    }

    /// What a line leaves out that says nothing more than that: "no live streaming".
    #[must_use]
    pub fn denied<'t>(&self, line: &'t str) -> Option<&'t str> {
        let end = end_of_start(self.denying.as_ref()?, line)?;
        let rest = line.get(end..)?.trim();
        (!rest.is_empty()).then_some(rest)
    }

    /// Whether words are of requirements and nothing more: "availability", "out of scope", and not "eventual consistency".
    #[must_use]
    pub fn is_of_requirements(&self, words: &str) -> bool {
        let said = plain(words);
        self.requiring
            .iter()
            .any(|(_, words)| end_of_start(words, &said) == Some(said.len()))
    }

    /// The requirements in a sentence: parted where it turns, "..., but statistics later", each with its command. What says
    /// nothing of its sort goes with the part before it.
    #[must_use]
    pub fn requirements(&self, line: &str) -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> = Vec::new();
        for part in parts(line) {
            match (self.requirement(part), all.last_mut()) {
                (Some((command, text)), Some((last, before))) if last == command => {
                    before.push_str("; ");
                    before.push_str(text);
                }
                (Some((command, text)), _) => all.push((command.to_owned(), text.to_owned())),
                (None, Some((_, before))) => {
                    before.push_str("; ");
                    before.push_str(part);
                }
                // What comes before anything that is known is something that it does.
                (None, None) => all.push((String::new(), part.to_owned())),
            }
        }
        let is_known = all.iter().any(|(command, _)| !command.is_empty());
        for (command, _) in &mut all {
            if command.is_empty() {
                "must".clone_into(command);
            }
        }
        if !is_known {
            all.clear();
        }
        if let ([_], Some((command, text))) = (all.as_slice(), self.requirement(line)) {
            return vec![(command.to_owned(), text.to_owned())];
        }
        all
    }
}

/// The parts of a sentence between which it may turn.
fn parts(line: &str) -> impl Iterator<Item = &str> {
    let turns = [";", ". ", ", but ", " but "];
    let mut ends: Vec<(usize, usize)> = Vec::new();
    for turn in turns {
        let found = line.match_indices(turn);
        ends.extend(found.map(|(at, turn)| (at, at + turn.len())));
    }
    ends.sort_unstable();
    let starts: Vec<usize> = std::iter::once(0)
        .chain(ends.iter().map(|(_, end)| *end))
        .collect();
    let ends: Vec<usize> = ends.iter().map(|(at, _)| *at).chain([line.len()]).collect();
    let parts = starts.into_iter().zip(ends);
    let parts = parts.filter_map(|(start, end)| line.get(start..end));
    parts.map(str::trim).filter(|part| part.contains(' '))
}
