//! Which concepts a text can mention at all: one pass over the text rules out nearly all of hundreds, and only the others are
//! searched by their wordings.
//!
//! Knows how wordings begin; judges no mention.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;

use super::beginnings::Beginning;
use super::concept::{self, Concept, Concepts};
use super::passage::Passage;
use super::pattern::Pattern;
use super::scene::Knowledge;

/// Finders for the concepts that rules ask for, each made when the first text is searched.
#[derive(Debug, Default)]
pub struct Finders {
    general: Asked,
    of_problems: BTreeMap<String, Asked>,
    /// For whatever no rule asks for.
    all: OnceLock<Finder>,
}

/// The concepts that some rules ask for.
#[derive(Debug, Default)]
struct Asked {
    concepts: BTreeSet<String>,
    finder: OnceLock<Finder>,
}

impl Finders {
    /// Notes that rules ask for a concept: those for designs of a problem, or general ones.
    pub fn note(&mut self, problem: Option<&str>, concept: &str) {
        let asked = match problem {
            Some(problem) => self.of_problems.entry(problem.to_owned()).or_default(),
            None => &mut self.general,
        };
        asked.concepts.insert(concept.to_owned());
    }

    /// What the rules for a problem ask for, or those that hold without one.
    pub(super) fn usual(&self, problem: Option<&str>, concepts: &Concepts) -> &Finder {
        let of_problem = problem.and_then(|problem| self.of_problems.get(problem));
        let asked = of_problem.unwrap_or(&self.general);
        asked.finder.get_or_init(|| {
            let is_asked =
                |id: &String| asked.concepts.contains(id) || self.general.concepts.contains(id);
            Finder::of(concepts, is_asked)
        })
    }

    /// All concepts.
    pub(super) fn all(&self, concepts: &Concepts) -> &Finder {
        self.all.get_or_init(|| Finder::of(concepts, |_| true))
    }
}

/// The beginnings of all wordings of some concepts.
#[derive(Debug)]
pub(super) struct Finder {
    /// The ids of the concepts in order; their positions are their numbers.
    ids: Vec<String>,
    /// The wordings that can begin with anything: their concepts, and their positions among the concept's.
    anywhere: Vec<(u32, u32)>,
    /// In the order of their letters.
    words: Vec<Word>,
    /// Where the words with each first letter begin, and where those with the last one end.
    first: Vec<usize>,
}

/// A complete beginning.
#[derive(Clone, Copy, Debug)]
struct End {
    /// The number of its concept.
    concept: u32,
    /// Its position among the concept's wordings.
    wording: u32,
    /// It is all of the wording: no letter may follow in the same word.
    is_whole: bool,
}

/// Where a wording can begin, or stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Start {
    /// The position of the passage.
    pub passage: usize,
    /// That of the wording among those of its concept.
    pub wording: usize,
    /// That of the first letter; none where it can be any.
    pub at: Option<usize>,
    /// Where it ends, if it surely stands there.
    pub end: Option<usize>,
}

impl Finder {
    /// The beginnings of some concepts.
    fn of(concepts: &Concepts, is_asked: impl Fn(&String) -> bool) -> Self {
        let asked = concepts.0.iter().filter(|(id, _)| is_asked(id));
        Self::new(asked.map(|(id, concept)| (id.clone(), &concept.wordings)))
    }

    /// The beginnings of some patterns of whole words, each with a name.
    pub fn new<'c>(patterns: impl Iterator<Item = (String, &'c Pattern)>) -> Self {
        let (mut words, mut anywhere, mut ids) = (Vec::new(), Vec::new(), Vec::new());
        for (concept, (id, pattern)) in (0..).zip(patterns) {
            ids.push(id);
            for (wording, found) in (0..).zip(pattern.wordings()) {
                let Some(beginnings) = found.beginnings() else {
                    anywhere.push((concept, wording));
                    continue;
                };
                let word = |one: Beginning| {
                    let end = End {
                        concept,
                        wording,
                        is_whole: one.exact,
                    };
                    (one, end)
                };
                words.extend(beginnings.into_iter().map(word));
            }
        }
        words.sort_unstable_by_key(|(beginning, _)| beginning.order());
        let letter = |word: &Word| {
            word.0
                .letters()
                .first()
                .map_or(0, |letter| usize::from(*letter))
        };
        let before = |first: usize| words.partition_point(|word| letter(word) < first);
        let first = (0..=LETTERS).map(before).collect();
        Self {
            ids,
            anywhere,
            words,
            first,
        }
    }

    /// The number of a concept.
    pub fn number(&self, concept: &str) -> Option<usize> {
        let known = self.ids.binary_search_by(|id| id.as_str().cmp(concept));
        known.ok()
    }

    /// For each concept, by number, where a wording of it can begin.
    pub fn candidates(&self, passages: &[Passage]) -> Vec<Vec<Start>> {
        let mut candidates = vec![Vec::new(); self.ids.len()];
        for (passage, text) in passages.iter().enumerate() {
            self.note(passage, &text.plain, &mut candidates);
        }
        candidates
    }

    /// The same in one text.
    pub fn starts(&self, text: &str) -> Vec<Vec<Start>> {
        let mut starts = vec![Vec::new(); self.ids.len()];
        self.note(0, text, &mut starts);
        starts
    }

    fn note(&self, passage: usize, text: &str, starts: &mut [Vec<Start>]) {
        self.each(text, &mut |end, at, upto| {
            if let Some(slot) = starts.get_mut(end.concept as usize) {
                slot.push(Start {
                    passage,
                    wording: end.wording as usize,
                    at,
                    end: upto.filter(|_| end.is_whole),
                });
            }
        });
    }

    /// Each beginning in a text with where it begins and ends; neither for what can begin anywhere.
    fn each(&self, text: &str, note: &mut impl FnMut(End, Option<usize>, Option<usize>)) {
        for (concept, wording) in &self.anywhere {
            let end = End {
                concept: *concept,
                wording: *wording,
                is_whole: false,
            };
            note(end, None, None);
        }
        let text = text.as_bytes();
        let mut before = false;
        for (start, letter) in text.iter().enumerate() {
            let here = is_of_word(Some(letter));
            if here != before {
                self.begun(text, start, &mut |end, length| {
                    note(end, Some(start), Some(start + length));
                });
            }
            before = here;
        }
    }

    /// The beginnings at a place in a text, with their lengths.
    fn begun(&self, text: &[u8], start: usize, note: &mut impl FnMut(End, usize)) {
        let Some(mut last) = text.get(start) else {
            return;
        };
        let letter = usize::from(*last);
        let bounds = self.first.get(letter).zip(self.first.get(letter + 1));
        let words = bounds.and_then(|(from, to)| self.words.get(*from..*to));
        let mut words = words.unwrap_or_default();
        let mut length = 1;
        while !words.is_empty() {
            let next = text.get(start + length);
            while let Some(((word, end), longer)) = words.split_first()
                && word.letters().len() == length
            {
                if !end.is_whole || is_of_word(Some(last)) != is_of_word(next) {
                    note(*end, length);
                }
                words = longer;
            }
            let Some(next) = next else { return };
            words = with_letter(words, length, *next);
            last = next;
            length += 1;
        }
    }
}

impl Knowledge {
    /// The concept whose wording stands at a byte of a text, the longest where there are several, and where it stands.
    #[must_use]
    pub fn concept_at(&self, text: &str, byte: usize) -> Option<(&Concept, Range<usize>)> {
        let plain = concept::plain(text);
        let found = self.worded_in(&plain);
        let found = found.map(|(concept, range)| (concept, as_written(&range, &plain, text)));
        found
            .filter(|(_, range)| range.start <= byte && byte <= range.end)
            .max_by_key(|(concept, range)| (range.len(), std::cmp::Reverse(&concept.id)))
    }

    /// Where the wordings of concepts stand in a plain text, denied or not.
    pub fn worded_in<'k>(
        &'k self,
        plain: &str,
    ) -> impl Iterator<Item = (&'k Concept, Range<usize>)> {
        let starts = self.finders.all(&self.concepts).starts(plain);
        let found = self.concepts.0.values().zip(starts);
        found.flat_map(move |(concept, starts)| {
            let ranges = concept::stands(&concept.wordings, plain, &starts);
            ranges.into_iter().map(move |range| (concept, range))
        })
    }
}

/// A range of a plain text in the text that it was made of: character by character, though not byte by byte.
fn as_written(range: &Range<usize>, plain: &str, text: &str) -> Range<usize> {
    let chars = |byte| plain.get(..byte).unwrap_or_default().chars().count();
    let byte = |chars| {
        let mut all = text.char_indices();
        all.nth(chars).map_or(text.len(), |(byte, _)| byte)
    };
    byte(chars(range.start))..byte(chars(range.end))
}

/// Of sorted words that are the same so far, those with a letter at a position.
fn with_letter(words: &[Word], at: usize, letter: u8) -> &[Word] {
    let own = |word: &Word| word.0.letters().get(at).copied().unwrap_or(0);
    let (_, words) = words.split_at(words.partition_point(|word| own(word) < letter));
    let (words, _) = words.split_at(words.partition_point(|word| own(word) == letter));
    words
}

/// A beginning, and what ends with it.
type Word = (Beginning, End);

/// How many letters there are, for this purpose.
const LETTERS: usize = 256;

/// A letter of a word, as regular expressions for bytes see it.
fn is_of_word(letter: Option<&u8>) -> bool {
    letter.is_some_and(|letter| letter.is_ascii_alphanumeric() || *letter == b'_')
}
