//! Which concepts a text can mention at all: one pass over the text rules out nearly all of hundreds, and only the others are
//! searched by their wordings.
//!
//! Knows how wordings begin; judges no mention.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use super::beginnings::{Beginning, Firsts, first_letters};
use super::concept::{self, Concept, Concepts};
use super::pattern::Pattern;
use super::scene::Knowledge;

/// Finders for the concepts that rules ask for, each made when the first text is searched.
#[derive(Debug, Default)]
pub struct Finders {
    general: Asked,
    of_problems: BTreeMap<String, Asked>,
    /// For whatever no rule asks for.
    all: OnceLock<Arc<Finder>>,
    /// The ids of all concepts in order; their positions are their numbers.
    ids: OnceLock<Vec<String>>,
}

/// The concepts that some rules ask for.
#[derive(Debug, Default)]
struct Asked {
    concepts: BTreeSet<String>,
    /// Some texts were searched.
    is_known: AtomicBool,
    finder: OnceLock<Arc<Finder>>,
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

    /// What the rules for a problem ask for, or those that hold without one, to be searched in the texts of a design. The
    /// first design is often the only one: its finder knows no more than what its texts can hold.
    pub(super) fn usual<'t>(
        &self,
        problem: Option<&str>,
        concepts: &Concepts,
        texts: impl Iterator<Item = &'t str>,
    ) -> Arc<Finder> {
        let of_problem = problem.and_then(|problem| self.of_problems.get(problem));
        let asked = of_problem.unwrap_or(&self.general);
        let is_asked =
            |id: &String| asked.concepts.contains(id) || self.general.concepts.contains(id);
        if !asked.is_known.swap(true, Ordering::Relaxed) {
            return Arc::new(Finder::of(concepts, is_asked, Some(&firsts(texts))));
        }
        let finder = asked
            .finder
            .get_or_init(|| Arc::new(Finder::of(concepts, is_asked, None)));
        Arc::clone(finder)
    }

    /// All concepts.
    pub(super) fn all(&self, concepts: &Concepts) -> Arc<Finder> {
        let all = || Arc::new(Finder::of(concepts, |_| true, None));
        Arc::clone(self.all.get_or_init(all))
    }

    /// The number of a concept: its position among all.
    pub(super) fn number(&self, id: &str, concepts: &Concepts) -> Option<usize> {
        let ids = self
            .ids
            .get_or_init(|| concepts.0.keys().cloned().collect());
        let found = ids.binary_search_by(|other| other.as_str().cmp(id));
        found.ok()
    }
}

/// The beginnings of all wordings of some concepts.
#[derive(Debug)]
pub(super) struct Finder {
    /// Of each concept, by number, the positions of its wordings that can begin with anything; none where it is not searched.
    asked: Vec<Option<Vec<u32>>>,
    /// The letters of words in order, as numbers: the first letters are the highest bytes, and the rest are zero.
    letters: Vec<u128>,
    /// The words with these letters.
    words: Vec<Word>,
    /// What ends with the words, one word after the other.
    ends: Vec<End>,
    /// Where the words begin whose first two letters are of two groups, or that are one letter of the first alone.
    first: Vec<u32>,
    /// Whether any word begins with a letter of a group.
    begins: [bool; GROUPS],
}

/// Letters that some wordings begin with.
#[derive(Debug)]
struct Word {
    length: u8,
    /// Letters may follow in the same word, for at least one of the ends.
    is_loose: bool,
    /// The longest other word that this one begins with.
    within: Option<u32>,
    /// Which of the ends are its own.
    ends: Range<u32>,
}

impl Word {
    /// Whether a text begins with it, given the number of its own letters and that of the text's first ones.
    const fn begins(&self, own: u128, text: u128) -> bool {
        let others = u128::BITS - 8 * self.length as u32;
        (text ^ own) >> others == 0
    }
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
    pub passage: u32,
    /// That of the wording among those of its concept.
    pub wording: u32,
    /// Where it stands.
    pub at: Standing,
}

/// Where in a text a wording stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Anywhere, if at all.
    Anywhere,
    /// From here on, if at all.
    From(u32),
    /// Surely here.
    Here(u32, u32),
}

/// Where wordings of concepts can begin in some texts, but for those that can begin anywhere.
#[derive(Debug, Default)]
pub(super) struct Starts {
    /// One concept after the other, and of each in the order of the texts.
    all: Vec<Start>,
    /// Where those of each concept begin, by number, and where those of the last one end.
    from: Vec<u32>,
    passages: u32,
}

impl Starts {
    /// Starts in the order of the texts, each with the number of its concept, of which there are so many.
    fn new(found: &[(u32, Start)], concepts: usize, passages: u32) -> Self {
        let mut from = vec![0; concepts + 1];
        for (concept, _) in found {
            if let Some(next) = from.get_mut(*concept as usize + 1) {
                *next += 1;
            }
        }
        let mut sum = 0;
        for from in &mut from {
            sum += *from;
            *from = sum;
        }
        let mut next = from.clone();
        let mut all: Vec<Start> = found.iter().map(|(_, start)| *start).collect();
        for (concept, start) in found {
            if let Some(next) = next.get_mut(*concept as usize) {
                if let Some(slot) = all.get_mut(*next as usize) {
                    *slot = *start;
                }
                *next += 1;
            }
        }
        Self {
            all,
            from,
            passages,
        }
    }

    fn of(&self, concept: usize) -> &[Start] {
        let bounds = self.from.get(concept).zip(self.from.get(concept + 1));
        let own = bounds.and_then(|(from, to)| self.all.get(*from as usize..*to as usize));
        own.unwrap_or_default()
    }
}

/// Texts are far shorter than 2^32 bytes.
fn narrow(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

impl Finder {
    /// The beginnings of some concepts; of those alone that stand at some places, where these are given.
    fn of(
        concepts: &Concepts,
        is_asked: impl Fn(&String) -> bool,
        places: Option<&Firsts>,
    ) -> Self {
        let all = concepts.0.iter();
        let asked = all.map(|(id, concept)| is_asked(id).then_some(&concept.wordings));
        Self::new(asked, places)
    }

    /// The beginnings of some patterns of whole words; their positions are the numbers of their concepts.
    pub fn new<'c>(
        patterns: impl Iterator<Item = Option<&'c Pattern>>,
        places: Option<&Firsts>,
    ) -> Self {
        let (mut found, mut asked) = (Vec::new(), Vec::new());
        for (concept, pattern) in (0..).zip(patterns) {
            let mut anywhere = pattern.map(|_| Vec::new());
            let wordings = pattern.map(Pattern::wordings).unwrap_or_default();
            for (wording, text) in (0..).zip(wordings) {
                let Some(beginnings) = text.beginnings(places) else {
                    if let Some(all) = &mut anywhere {
                        all.push(wording);
                    }
                    continue;
                };
                let end = |one: Beginning| {
                    let is_whole = one.exact;
                    let end = End {
                        concept,
                        wording,
                        is_whole,
                    };
                    (one.order(), end)
                };
                found.extend(beginnings.into_iter().map(end));
            }
            asked.push(anywhere);
        }
        found.sort_unstable_by_key(|(order, _)| *order);
        let (letters, words) = words(&found);
        let before = |group: usize| letters.partition_point(|letters| groups(*letters) < group);
        let first = (0..=GROUPS * GROUPS).map(|group| narrow(before(group)));
        let first = first.collect();
        let begins = |at| before(at * GROUPS) < before((at + 1) * GROUPS);
        let begins = std::array::from_fn(begins);
        Self {
            asked,
            letters,
            words,
            ends: found.into_iter().map(|(_, end)| end).collect(),
            first,
            begins,
        }
    }

    /// Whether a concept is searched.
    pub fn asks(&self, concept: usize) -> bool {
        self.asked.get(concept).is_some_and(Option::is_some)
    }

    /// How many concepts there are, searched or not.
    pub const fn concepts(&self) -> usize {
        self.asked.len()
    }

    /// Where wordings can begin in some texts.
    pub fn starts<'t>(&self, texts: impl Iterator<Item = &'t str>) -> Starts {
        let mut found = Vec::new();
        let mut passages = 0;
        for text in texts {
            self.note(text.as_bytes(), passages, &mut found);
            passages += 1;
        }
        Starts::new(&found, self.asked.len(), passages)
    }

    /// Where the wordings of a concept can begin, text by text, given the starts in them.
    pub fn of_concept(&self, concept: usize, starts: &Starts) -> Vec<Start> {
        let mut own = starts.of(concept).to_vec();
        let anywhere = self.asked.get(concept).and_then(Option::as_ref);
        for wording in anywhere.into_iter().flatten() {
            own.extend((0..starts.passages).map(|passage| Start {
                passage,
                wording: *wording,
                at: Standing::Anywhere,
            }));
        }
        own.sort_by_key(|start| start.passage);
        own
    }

    /// Notes each start in a text.
    fn note(&self, text: &[u8], passage: u32, found: &mut Vec<(u32, Start)>) {
        for (at, letter) in edges(text) {
            if self.begins.get(group(letter)) == Some(&true) {
                self.begun(text, at, passage, found);
            }
        }
    }

    /// Notes what begins at a place in a text. All words that do lie within the longest one, which is the last word up to the
    /// text or lies within that.
    fn begun(&self, text: &[u8], at: usize, passage: u32, found: &mut Vec<(u32, Start)>) {
        let letters = first_letters(text.get(at..).unwrap_or_default());
        let mut next = self.last_before(letters);
        while let Some(number) = next {
            let place = number as usize;
            let Some((word, own)) = self.words.get(place).zip(self.letters.get(place)) else {
                return;
            };
            next = word.within;
            if !word.begins(*own, letters) {
                continue;
            }
            let end = at + usize::from(word.length);
            let last = end.checked_sub(1).and_then(|last| text.get(last));
            let is_whole = !(is_of_word(last) && is_of_word(text.get(end)));
            if !is_whole && !word.is_loose {
                continue;
            }
            let (from, to) = (word.ends.start as usize, word.ends.end as usize);
            let ends = self.ends.get(from..to).unwrap_or_default().iter();
            let fitting = ends.filter(|end| is_whole || !end.is_whole);
            found.extend(fitting.map(|one| {
                let start = Start {
                    passage,
                    wording: one.wording,
                    at: if one.is_whole {
                        Standing::Here(narrow(at), narrow(end))
                    } else {
                        Standing::From(narrow(at))
                    },
                };
                (one.concept, start)
            }));
        }
    }

    /// The last of the words that are no more than some letters, where the text can begin with any.
    fn last_before(&self, letters: u128) -> Option<u32> {
        let group = groups(letters);
        let bounds = |at: usize| Some((*self.first.get(at)?, *self.first.get(at + 1)?));
        let (from, to) = bounds(group)?;
        if from == to {
            // There can still be a word of the first letter alone.
            bounds(group - group % GROUPS).filter(|(from, to)| from < to)?;
        }
        let near = self.letters.get(from as usize..to as usize)?;
        let after = near.partition_point(|word| *word <= letters);
        (from + narrow(after)).checked_sub(1)
    }
}

/// The words among sorted beginnings, each with its letters and with what ends with it.
fn words(found: &[((u128, u8), End)]) -> (Vec<u128>, Vec<Word>) {
    let (mut all, mut words): (Vec<u128>, Vec<Word>) = Default::default();
    let mut open: Vec<u32> = Vec::new();
    let mut from = 0;
    for same in found.chunk_by(|(one, _), (other, _)| one == other) {
        let Some(((letters, length), _)) = same.first() else {
            continue;
        };
        let is_within = |number: &u32| {
            let place = *number as usize;
            let known = words.get(place).zip(all.get(place));
            known.is_some_and(|(word, own)| word.begins(*own, *letters) && word.length < *length)
        };
        while open.last().is_some_and(|last| !is_within(last)) {
            open.pop();
        }
        let within = open.last().copied();
        open.push(narrow(words.len()));
        words.push(Word {
            length: *length,
            is_loose: same.iter().any(|(_, end)| !end.is_whole),
            within,
            ends: narrow(from)..narrow(from + same.len()),
        });
        all.push(*letters);
        from += same.len();
    }
    (all, words)
}

/// Where a wording can begin in a text, and with which letter: anywhere but within a word.
fn edges(text: &[u8]) -> impl Iterator<Item = (usize, u8)> {
    let mut before = false;
    let all = text.iter().copied().enumerate();
    all.filter(move |(_, letter)| {
        let here = is_of_word(Some(letter));
        !(std::mem::replace(&mut before, here) && here)
    })
}

/// What wordings can begin with in some texts.
fn firsts<'t>(texts: impl Iterator<Item = &'t str>) -> Firsts {
    let of_text = |text: &'t str| {
        let text = text.as_bytes();
        edges(text).map(|(at, _)| first_letters(text.get(at..).unwrap_or_default()))
    };
    Firsts::new(texts.flat_map(of_text).collect())
}

/// How many groups letters are in, for this purpose.
const GROUPS: usize = 40;

/// The groups of the first two letters as one number, which grows as the letters do; the second one counts only where the
/// first is alone in its group.
fn groups(letters: u128) -> usize {
    let [first, second, ..] = letters.to_be_bytes();
    let second = if first.is_ascii_lowercase() || first.is_ascii_digit() {
        group(second)
    } else {
        0
    };
    group(first) * GROUPS + second
}

/// The group of a letter: none at all, a digit, one of the alphabet, or what lies between.
fn group(letter: u8) -> usize {
    match letter {
        0 => 0,
        b'0'..=b'9' => 2 + usize::from(letter - b'0'),
        b'a'..=b'z' => 13 + usize::from(letter - b'a'),
        letter if letter < b'0' => 1,
        letter if letter < b'a' => 12,
        _ => 39,
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
        let finder = self.finders.all(&self.concepts);
        let all = finder.starts(std::iter::once(plain));
        let found = self.concepts.0.values().enumerate();
        found.flat_map(move |(number, concept)| {
            let starts = finder.of_concept(number, &all);
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

/// A letter of a word, as regular expressions for bytes see it.
fn is_of_word(letter: Option<&u8>) -> bool {
    letter.is_some_and(|letter| letter.is_ascii_alphanumeric() || *letter == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every place where one of the wordings stands, searched letter by letter.
    fn plainly(wordings: &[&str], text: &str) -> Vec<(u32, Range<usize>)> {
        let ends = |at: usize| {
            let letter = |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at));
            !(is_of_word(letter(at.checked_sub(1))) && is_of_word(letter(Some(at))))
        };
        let mut found = Vec::new();
        for (number, wording) in (0..).zip(wordings) {
            let all = text.match_indices(wording);
            let ranges = all.map(|(at, _)| at..at + wording.len());
            let whole = ranges.filter(|range| ends(range.start) && ends(range.end));
            found.extend(whole.map(|range| (number, range)));
        }
        found
    }

    #[test]
    fn words_within_words_are_found_wherever_they_stand_alone() {
        let wordings = [
            "a",
            "an lru",
            "lru",
            "lru cache",
            "lru-cache",
            "lrus",
            "c",
            " lru",
            " zip",
            "-cache",
            "/api",
            "lru%",
            "%",
        ];
        let patterns: Vec<Pattern> = wordings
            .iter()
            .map(|wording| Pattern::words([(*wording).to_owned()]))
            .collect();
        let finder = Finder::new(patterns.iter().map(Some), None);
        for text in [
            "an lru cache, a lru-cache",
            "lrus and lru",
            "lru",
            "xlru lru_ lru",
            "",
            "a",
            "c a\0lru",
            "caché lru",
            "a lru and zip-cache with get /api",
            "lru%, a % and 5%% lru%lru",
        ] {
            let all = finder.starts(std::iter::once(text));
            let found = (0..wordings.len()).flat_map(|number| {
                let starts = finder.of_concept(number, &all);
                let own = concept::stands(&patterns[number], text, &starts);
                own.into_iter().map(move |range| (narrow(number), range))
            });
            assert_eq!(
                found.collect::<Vec<_>>(),
                plainly(&wordings, text),
                "{text:?}"
            );
            let places = firsts(std::iter::once(text));
            let of_text = Finder::new(patterns.iter().map(Some), Some(&places));
            assert!(of_text.words.len() < finder.words.len(), "{text:?}");
            let again = of_text.starts(std::iter::once(text));
            assert_eq!(again.all, all.all, "{text:?}");
        }
    }
}
