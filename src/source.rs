//! A named text, spans of it, and where places of a design stand in it. Lines and columns are computed late, when a
//! report is made.
//!
//! Knows bytes, lines and characters; knows no format.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::model::{Part, Place, spelling};

/// A range of bytes in a text, end excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The span from one byte to another.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// A span inside this one, given relative to its start.
    #[must_use]
    pub fn within(self, range: &std::ops::Range<usize>) -> Self {
        let start = (self.start + range.start).min(self.end);
        Self {
            start,
            end: (self.start + range.end).clamp(start, self.end),
        }
    }
}

/// A line and a column, both from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

/// A text with its name.
#[derive(Debug, Default)]
pub struct Source {
    /// What the text is called in messages, usually a path.
    pub name: String,
    /// The text.
    pub text: String,
    line_starts: OnceLock<Vec<usize>>,
}

impl Source {
    /// A text under a name. A byte order mark at its start is dropped.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text = text.split_off('\u{feff}'.len_utf8());
        }
        Self {
            name: name.into(),
            text,
            line_starts: OnceLock::new(),
        }
    }

    /// Where a byte stands. Bytes beyond the end count as the end.
    #[must_use]
    pub fn position(&self, byte: usize) -> Position {
        let starts = self.line_starts.get_or_init(|| line_starts(&self.text));
        let byte = byte.min(self.text.len());
        let line = starts.partition_point(|start| *start <= byte);
        let start = line
            .checked_sub(1)
            .and_then(|at| starts.get(at))
            .copied()
            .unwrap_or(0);
        let column = self
            .text
            .get(start..byte)
            .map_or(1, |before| before.chars().count() + 1);
        Position { line, column }
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    let breaks = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
    std::iter::once(0).chain(breaks).collect()
}

/// How bad a mistake in a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// Odd, but readable.
    Warning,
    /// The entry can't be used as it is.
    Error,
}

/// A mistake in a file, with its place and its cure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// How bad it is.
    pub gravity: Gravity,
    /// Where it is.
    pub span: Span,
    /// What is wrong: a lower-case fragment with the word as typed.
    pub message: String,
    /// How to put it right.
    pub help: Option<String>,
}

/// Mistakes found while reading, in the order in which they were met.
#[derive(Debug, Default)]
pub struct Issues {
    noted: Vec<Issue>,
    /// The keys that maps are without: they are told in one sentence for each map.
    missing: BTreeMap<(Span, String), Vec<String>>,
    /// Keys of maps that were mistyped, which are not missing as well.
    meant: BTreeSet<(Span, String)>,
}

impl Issues {
    /// Notes an error.
    pub fn error(
        &mut self,
        span: Span,
        message: impl Into<String>,
        help: impl Into<Option<String>>,
    ) {
        self.push(Gravity::Error, span, message.into(), help.into());
    }

    /// Notes a warning.
    pub fn warning(
        &mut self,
        span: Span,
        message: impl Into<String>,
        help: impl Into<Option<String>>,
    ) {
        self.push(Gravity::Warning, span, message.into(), help.into());
    }

    fn push(&mut self, gravity: Gravity, span: Span, message: String, help: Option<String>) {
        self.noted.push(Issue {
            gravity,
            span,
            message,
            help,
        });
    }

    /// Notes that a map is without a key that it has to have. The map has a name, such as "a rule".
    pub fn missing(&mut self, map: Span, what: &str, key: &str) {
        let keys = self.missing.entry((map, what.to_owned())).or_default();
        keys.push(key.to_owned());
    }

    /// Notes that a key of a map was mistyped, which is a mistake of its own: it is not said to be missing as well.
    pub fn meant(&mut self, map: Span, key: &str) {
        self.meant.insert((map, key.to_owned()));
    }

    /// Whether a key of a map was mistyped.
    #[must_use]
    pub fn is_meant(&self, map: Span, key: &str) -> bool {
        self.meant.contains(&(map, key.to_owned()))
    }

    /// Notes what another reading of the same file noted.
    pub fn append(&mut self, other: Self) {
        self.noted.extend(other.noted);
        for (map, keys) in other.missing {
            self.missing.entry(map).or_default().extend(keys);
        }
        self.meant.extend(other.meant);
    }

    /// Whether one of those so far is so, other than keys that are missing.
    #[must_use]
    pub fn any(&self, is_so: impl Fn(&Issue) -> bool) -> bool {
        self.noted.iter().any(is_so)
    }

    /// How many there are so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.noted.len() + self.missing.values().map(Vec::len).sum::<usize>()
    }

    /// None so far.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.noted.is_empty() && self.missing.is_empty()
    }

    /// All of them, in the file's order.
    #[must_use]
    pub fn into_sorted(mut self) -> Vec<Issue> {
        for ((span, what), mut keys) in std::mem::take(&mut self.missing) {
            keys.retain(|key| !self.is_meant(span, key));
            let said = |form: fn(&String) -> String| {
                let said: Vec<String> = keys.iter().map(form).collect();
                spelling::enumerated(&said)
            };
            if !keys.is_empty() {
                let message = format!("{what} without {}", said(|key| format!("`{key}`")));
                let help = format!("add {}", said(|key| format!("`{key}: ...`")));
                self.error(span, message, help);
            }
        }
        self.noted
            .sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
        self.noted.dedup();
        self.noted
    }
}

/// Where the places of a design stand in its file.
#[derive(Clone, Debug, Default)]
pub struct Places([Vec<(Place, Span)>; DRAWERS]);

/// One for the whole and its parts, two for each part, two for attributes.
const DRAWERS: usize = 2 * Part::ALL.len() + 3;

/// Where a place is looked for, so that few others are looked at.
const fn drawer(place: Place) -> usize {
    match place {
        Place::Design | Place::Problem | Place::Level | Place::Part(_) => 0,
        Place::Attribute(..) => 1,
        Place::Link(..) => 2,
        Place::Entry(part, _) => 3 + part as usize,
        Place::Key(part, ..) => 3 + Part::ALL.len() + part as usize,
    }
}

impl Places {
    /// Notes where a place stands. The first note of a place holds.
    pub fn note(&mut self, place: Place, span: Span) {
        if let Some(notes) = self.0.get_mut(drawer(place)) {
            notes.push((place, span));
        }
    }

    /// Where a place stands, or the nearest place around it that has a text.
    #[must_use]
    pub fn span(&self, place: Place) -> Span {
        let mut wanted = Some(place);
        while let Some(place) = wanted {
            let mut notes = self.0.get(drawer(place)).into_iter().flatten();
            if let Some((_, span)) = notes.find(|(noted, _)| *noted == place) {
                return *span;
            }
            wanted = place.outer();
        }
        Span::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let source = Source::new("a", "é: x\nb: y\n");
        assert_eq!(source.position(4), Position { line: 1, column: 4 });
        assert_eq!(source.position(6), Position { line: 2, column: 1 });
        assert_eq!(source.position(999), Position { line: 3, column: 1 });
    }

    #[test]
    fn a_place_without_text_is_found_at_the_place_around_it() {
        let mut places = Places::default();
        places.note(
            Place::Entry(crate::model::Part::Components, 2),
            Span::new(5, 9),
        );
        let attribute = Place::Attribute(2, crate::model::Attribute::Zones);
        assert_eq!(places.span(attribute), Span::new(5, 9));
    }

    #[test]
    fn every_place_has_a_drawer() {
        for part in Part::ALL {
            for place in [
                Place::Entry(*part, 0),
                Place::Key(*part, 0, "x"),
                Place::Part(*part),
            ] {
                let mut places = Places::default();
                places.note(place, Span::new(1, 2));
                places.note(place, Span::new(3, 4));
                assert_eq!(places.span(place), Span::new(1, 2), "{place:?}");
            }
        }
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(Source::new("a", "\u{feff}x").text, "x");
    }
}
