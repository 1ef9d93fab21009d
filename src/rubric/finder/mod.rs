//! Which concepts a text can mention at all: one pass over the text rules out nearly all of hundreds, and only the others are
//! searched by their wordings.
//!
//! Knows how wordings begin; judges no mention.

mod finders;
mod starts;
mod worded;

use std::ops::Range;
use std::sync::Arc;

pub use finders::Finders;
pub(super) use starts::{Standing, Start, Starts};

use super::beginnings::{Beginning, Firsts, first_letters};
use super::concept::Concepts;
use super::pattern::Pattern;

/// Finds where the wordings of some concepts can begin.
#[derive(Debug)]
pub(super) struct Finder {
    /// Of each concept, by number, the positions of its wordings that can begin with anything; none where it is not searched.
    asked: Vec<Option<Vec<u32>>>,
    known: Arc<Known>,
}

/// The beginnings of all wordings of some concepts, those that are searched among them.
#[derive(Debug)]
struct Known {
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
        let known = Known {
            letters,
            words,
            ends: found.into_iter().map(|(_, end)| end).collect(),
            first,
            begins,
        };
        Self {
            asked,
            known: Arc::new(known),
        }
    }

    /// A finder that searches only some of its concepts, by their numbers.
    fn only(&self, is_asked: impl Fn(usize) -> bool) -> Self {
        let all = self.asked.iter().enumerate();
        let asked = all.map(|(number, one)| one.clone().filter(|_| is_asked(number)));
        Self {
            asked: asked.collect(),
            known: Arc::clone(&self.known),
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
            if self.known.begins.get(group(letter)) == Some(&true) {
                self.begun(text, at, passage, found);
            }
        }
    }

    /// Notes what begins at a place in a text. All words that do lie within the longest one, which is the last word up to the
    /// text or lies within that.
    fn begun(&self, text: &[u8], at: usize, passage: u32, found: &mut Vec<(u32, Start)>) {
        let letters = first_letters(text.get(at..).unwrap_or_default());
        let known = &*self.known;
        let mut next = known.last_before(letters);
        while let Some(number) = next {
            let place = number as usize;
            let Some((word, own)) = known.words.get(place).zip(known.letters.get(place)) else {
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
            let ends = known.ends.get(from..to).unwrap_or_default().iter();
            let fitting = ends.filter(|end| is_whole || !end.is_whole);
            let fitting = fitting.filter(|end| self.asks(end.concept as usize));
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
}

impl Known {
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

/// A letter of a word, as regular expressions for bytes see it.
fn is_of_word(letter: Option<&u8>) -> bool {
    letter.is_some_and(|letter| letter.is_ascii_alphanumeric() || *letter == b'_')
}

#[cfg(test)]
mod tests {
    use super::finders::firsts;
    use super::*;
    use crate::rubric::concept;

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
            assert!(
                of_text.known.words.len() < finder.known.words.len(),
                "{text:?}"
            );
            let again = of_text.starts(std::iter::once(text));
            assert_eq!(again.all, all.all, "{text:?}");
            let some = finder.only(|number| number % 3 == 0);
            let [own, other] =
                [0, 1].map(|number| some.of_concept(number, &some.starts([text].into_iter())));
            assert_eq!(own, finder.of_concept(0, &all), "{text:?}");
            assert!(other.is_empty() && !some.asks(1), "{text:?}");
        }
    }
}
