//! Amounts in sentences: "10 million users", "50M a day", "1 KB each".
//!
//! Knows how people say a number with its unit; what becomes of several is the business of `sums`.

use std::ops::Range;

use super::names;
use super::numbers::{
    MAGNITUDES, before_b, by_the, in_bytes, is_millions, is_time, number_in_words, with_unit,
};
use super::pieces::pieces;
use crate::model::quantity::Dimension;
use crate::model::{Figure, Quantity};

/// A sentence, word by word.
pub(in crate::coach) struct Sentence<'t> {
    words: Vec<&'t str>,
}

/// A number with its unit, and what is counted.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::coach) struct Amount {
    /// As an expression: `10 million`, `50M/day`, `1 KB`.
    pub text: String,
    /// What it is worth.
    pub figure: Figure,
    /// What is counted, in lower case: `users` of "10 million active users".
    pub noun: Option<String>,
    /// The words that say it.
    pub words: Range<usize>,
    /// The words of the number and its unit among them.
    pub number: Range<usize>,
}

impl Amount {
    /// What it is worth in the time that it is told by, and that time; none where it is told by none.
    pub fn by_time(&self) -> Option<(Quantity, &str)> {
        let (number, time) = self.text.rsplit_once('/')?;
        let number = Figure::parse(number.trim()).ok()?;
        Some((number.quantity, time.trim()))
    }

    /// As a person would write it: a rate by the time that it was given by.
    pub fn as_said(&self) -> String {
        let by_second = |time: &str| time.trim().starts_with('s');
        match self.text.rsplit_once('/') {
            Some((number, time)) if !by_second(time) => {
                format!("{}/{}", number.trim(), time.trim())
            }
            _ => self.figure.shown(),
        }
    }
}

/// Nobody says a sum in more words.
const MOST_WORDS: usize = 100;

/// Words between a number and what it is a number of a time.
const PER: &str = "per a an each every";

/// What has a size, and is counted by itself in hardly any talk.
const SIZES: &str = "size sizes payload payloads header headers overhead body metadata";

/// Words that say by which time a number counts.
const ADVERBS: &[(&str, &str)] = &[
    ("hourly", "hour"),
    ("daily", "day"),
    ("weekly", "week"),
    ("monthly", "month"),
    ("yearly", "year"),
    ("annually", "year"),
];

/// Words that are nothing one counts.
const NO_NOUNS: &str = "a about all an and are as at be because before but by can divided do does each equals every for from gives good has have if in into is it its just less like makes maximum means more most minus multiplied need of ok on or over per plus rather since than until right roughly should so than that thats the then there times to total we what when where which while who will with would x";

/// No more words than this stand between a number and its noun.
const REACH: usize = 3;

impl<'t> Sentence<'t> {
    /// The words of a text; marks stay with the word before them.
    pub fn of(text: &'t str) -> Self {
        Self {
            words: text.split_whitespace().take(MOST_WORDS).collect(),
        }
    }

    /// The same of a sum, whose signs are words of their own: "100M*500B=50GB".
    pub fn of_sums(text: &'t str) -> Self {
        let words = text.split_whitespace().flat_map(pieces);
        Self {
            words: words.take(MOST_WORDS).collect(),
        }
    }

    /// How many words it has.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// A word in lower case, without marks around it; nothing behind the end.
    pub fn word(&self, at: usize) -> String {
        let word = self.words.get(at).copied().unwrap_or_default();
        let inner = word.trim_matches(|c: char| ",.;:!?()\"'".contains(c));
        inner.to_lowercase().replace(['\'', '’'], "")
    }

    /// Whether a clause ends behind a word.
    pub fn ends_clause(&self, at: usize) -> bool {
        self.words
            .get(at)
            .is_none_or(|word| word.ends_with([',', ';', ':', '.', '!', '?']))
    }

    /// Whether a mark stands behind a word.
    pub fn ends_with(&self, at: usize, mark: char) -> bool {
        self.words.get(at).is_some_and(|word| word.ends_with(mark))
    }

    /// What it says beside the number of an amount: "people a day" of "50M people a day".
    pub fn without(&self, amount: &Amount) -> String {
        let words = self.words.iter().enumerate();
        let others = words.filter(|(at, _)| !amount.number.contains(at));
        others.map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
    }

    /// The first amount that begins at a word or behind it.
    pub fn next_amount(&self, from: usize) -> Option<Amount> {
        (from..self.len()).find_map(|at| self.amount_at(at))
    }

    /// The amount that begins at a word.
    pub fn amount_at(&self, at: usize) -> Option<Amount> {
        let (mut text, mut next) = self.number_at(at)?;
        if let Some(digits) = before_b(&text) {
            text = if self.is_size(at, next) {
                in_bytes(digits)
            } else {
                format!("{digits}B")
            };
            // "3B reads/day"
            let by_time =
                with_unit(&text, &self.typed(next)).filter(|it| noun_in_unit(it).is_some());
            if let Some(longer) = by_time.filter(|_| !self.ends_clause(next - 1)) {
                text = longer;
                next += 1;
            }
        } else if !self.ends_clause(next - 1)
            && let Some(longer) = with_unit(&text, &self.typed(next))
        {
            // "1 B users" are no bytes.
            let counts =
                self.typed(next).eq_ignore_ascii_case("b") && self.noun_at(next + 1).is_some();
            text = if counts && !self.is_size(at, next + 1) {
                format!("{text}B")
            } else {
                longer
            };
            next += 1;
        }
        let number = at..next;
        let by_unit = noun_in_unit(&text);
        let noun = if by_unit.is_none() {
            self.noun_at(next)
        } else {
            None
        };
        let (mut noun, behind) = noun.map_or((None, next), |(noun, behind)| (Some(noun), behind));
        if let Some((rate, thing)) = by_unit {
            text = rate;
            noun = Some(thing);
        }
        if let Some((longer, end)) = self.per_time(&text, behind) {
            text = longer;
            next = end;
        }
        let figure = Figure::parse(&text).ok()?;
        Some(Amount {
            text,
            figure,
            noun,
            words: at..next,
            number,
        })
    }

    /// Whether a number with a `B` is of bytes: what each of something has, or what is a size by its name. Anything else is counted
    /// in billions.
    fn is_size(&self, at: usize, next: usize) -> bool {
        let word = self.word(next);
        let is_open = !self.ends_clause(next - 1);
        if let Some((noun, _)) = self.noun_at(next).filter(|_| is_open) {
            return is_one_of(&noun, SIZES);
        }
        let before = (0..at).rev().map(|at| self.word(at));
        let mut before = before.filter(|word| !is_one_of(word, "about like roughly around maybe"));
        let of_each = before.next().is_some_and(|word| word == "each")
            || is_open && is_one_of(&word, "each apiece long")
            || is_open && is_one_of(&word, PER) && !is_time(&self.word(next + 1));
        let clause = (0..at)
            .rev()
            .take_while(|at| !self.ends_clause(*at) || self.ends_with(*at, ':'));
        let mut clause = clause.map(|at| self.word(at));
        let is_named = |word: String| is_one_of(&word, SIZES) || word.ends_with("_size");
        let is_timed = is_open && is_one_of(&word, PER);
        let is_sum = at
            .checked_sub(2)
            .is_some_and(|at| is_one_of(&self.word(at), "total sum number"));
        let is_of_thing = names::of_each(self, at).is_some() && !is_sum;
        of_each || !is_timed && (is_of_thing || clause.any(is_named))
    }

    /// A number, and the word behind it.
    fn number_at(&self, at: usize) -> Option<(String, usize)> {
        let typed = self.typed(at);
        if self.word(at) == "half" && ["a", "an"].contains(&self.word(at + 1).as_str()) {
            return Some(("0.5".to_owned(), at + 2));
        }
        let magnitude = Some(self.word(at + 1)).filter(|word| is_one_of(word, MAGNITUDES));
        if let Some(hundreds) = self.hundreds_at(at) {
            return Some(hundreds);
        }
        let in_words = number_in_words(&self.word(at));
        let number = match (in_words, &magnitude) {
            (Some(digits), Some(_)) => digits.to_owned(),
            (Some(digits), None) if digits != "1" && is_time(&self.word(at + 1)) => {
                digits.to_owned()
            }
            _ if is_millions(&typed) && self.counts(at + 1) => {
                format!("{}M", typed.trim_end_matches('m'))
            }
            _ if before_b(&typed).is_some() => typed,
            _ if typed.contains(|c: char| c.is_ascii_digit()) && Figure::parse(&typed).is_ok() => {
                typed
            }
            _ => return None,
        };
        if let Some(grouped) = self.grouped_at(at, &number) {
            return Some(grouped);
        }
        let Some(magnitude) = magnitude.filter(|_| !self.ends_clause(at)) else {
            return Some((number, at + 1));
        };
        let magnitude = match magnitude.as_str() {
            "mio" => "million",
            "bn" => "billion",
            other => other.trim_end_matches('s'),
        };
        Some((format!("{number} {magnitude}"), at + 2))
    }

    /// Hundreds in words before a magnitude, and the word behind it: "three hundred thousand".
    fn hundreds_at(&self, at: usize) -> Option<(String, usize)> {
        let count: u32 = number_in_words(&self.word(at))?.parse().ok()?;
        let magnitude = self.word(at + 2);
        let is_it = self.word(at + 1) == "hundred" && is_one_of(&magnitude, MAGNITUDES);
        let magnitude = magnitude.trim_end_matches('s');
        is_it.then(|| (format!("{} {magnitude}", count * 100), at + 3))
    }

    /// A number whose thousands stand apart, and the word behind it: "100 000 videos".
    fn grouped_at(&self, at: usize, first: &str) -> Option<(String, usize)> {
        let is_digits = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
        let groups = (at + 1..self.len()).take_while(|next| {
            let word = self.typed(*next);
            word.len() == 3 && is_digits(&word) && !self.ends_clause(next - 1)
        });
        let groups: Vec<String> = groups.map(|next| self.typed(next)).collect();
        let is_it = first.len() <= 3 && is_digits(first) && groups.last()? == "000";
        is_it.then(|| (format!("{first}{}", groups.concat()), at + 1 + groups.len()))
    }

    /// Whether something is counted by the number before a word: "100m daily users".
    fn counts(&self, at: usize) -> bool {
        let word = self.word(at);
        let is_adverb = ADVERBS.iter().any(|(adverb, _)| *adverb == word);
        !self.ends_clause(at - 1)
            && (is_adverb || self.noun_at(at).is_some() || is_one_of(&word, "a per each"))
    }

    /// What an amount belongs to: `record` of "500 bytes per record", `retention` of "5 years of retention".
    pub fn owner(&self, amount: &Amount, joining: &str) -> Option<String> {
        let end = amount.number.end;
        let joins = is_one_of(&self.word(end), joining) && !self.ends_clause(end - 1);
        let (noun, _) = self.noun_at(end + 1).filter(|_| joins)?;
        Some(noun)
    }

    /// A word as it was typed, without marks around it: units tell capitals from small letters.
    fn typed(&self, at: usize) -> String {
        let word = self.words.get(at).copied().unwrap_or_default();
        word.trim_matches(|c: char| ",.;:!?()\"'~≈".contains(c))
            .to_owned()
    }

    /// The last of the words that say what is counted, and the word behind it: the first in the plural, "users" of "active users
    /// upload".
    fn noun_at(&self, from: usize) -> Option<(String, usize)> {
        let mut found: Option<(String, usize)> = None;
        for at in from..from + REACH {
            let word = self.word(at);
            let is_noun = word.len() > 2
                && word.chars().all(char::is_alphabetic)
                && !is_one_of(&word, NO_NOUNS)
                && ADVERBS.iter().all(|(adverb, _)| *adverb != word);
            let is_whole = found.as_ref().is_some_and(|(noun, _)| is_plural(noun));
            if !is_noun || self.ends_clause(at - 1) || (is_whole && !is_plural(&word)) {
                break;
            }
            // "1B users eventually" counts users.
            if !is_adverb(&word) {
                found = Some((word, at + 1));
            }
        }
        found
    }

    /// An expression with the time behind it: `50M/day` of "50M a day".
    fn per_time(&self, text: &str, at: usize) -> Option<(String, usize)> {
        if self.ends_clause(at.checked_sub(1)?) {
            return None;
        }
        let adverb = ADVERBS.iter().find(|(adverb, _)| *adverb == self.word(at));
        if let Some((_, time)) = adverb {
            return by_the(text, time).map(|rate| (rate, at + 1));
        }
        let at = if self.word(at) == "in" { at + 1 } else { at };
        let time = self.word(at + 1);
        if !is_one_of(&self.word(at), PER) || !is_time(&time) {
            return None;
        }
        by_the(text, &time).map(|rate| (rate, at + 2))
    }
}

/// "1M uploads/day" as a rate, and what is counted by it.
fn noun_in_unit(text: &str) -> Option<(String, String)> {
    let (number, time) = text.split_once('/')?;
    let (number, noun) = number.rsplit_once(' ')?;
    let is_noun = noun.len() > 2 && noun.chars().all(char::is_alphabetic);
    let is_counted = |figure: Figure| figure.quantity.dimension == Dimension::NUMBER;
    let plain = Figure::parse(number).is_ok_and(is_counted)
        && Figure::parse(&format!("1 {noun}")).is_ok_and(is_counted)
        && !is_one_of(noun, MAGNITUDES);
    let rate = by_the(number, time.trim()).filter(|_| is_noun && plain)?;
    Some((rate, noun.to_lowercase()))
}

/// Whether a noun has the ending of several.
fn is_plural(noun: &str) -> bool {
    noun.ends_with('s') && !noun.ends_with("ss") && !noun.ends_with("us") && noun != "news"
}

/// Whether a word has the ending of an adverb, and is none of the nouns that have it too.
fn is_adverb(word: &str) -> bool {
    word.ends_with("ly") && !is_one_of(word, "family reply supply assembly")
}

/// Whether a word stands in a list of words with a space between them.
pub(super) fn is_one_of(word: &str, list: &str) -> bool {
    list.split(' ').any(|listed| listed == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<(String, String)> {
        let sentence = Sentence::of(text);
        let mut amounts = Vec::new();
        let mut from = 0;
        while let Some(amount) = sentence.next_amount(from) {
            from = amount.words.end;
            amounts.push((amount.text, amount.noun.unwrap_or_default()));
        }
        amounts
    }

    #[test]
    fn amounts_are_found_with_their_units_and_what_is_counted() {
        for (text, expected) in [
            ("so 10M users, ok", vec![("10M", "users")]),
            (
                "ten million active users upload",
                vec![("10 million", "users")],
            ),
            ("about 50M a day", vec![("50M/day", "")]),
            ("100M new links a month", vec![("100M/month", "links")]),
            ("500 bytes each", vec![("500 bytes", "")]),
            ("350k per second.", vec![("350k/second", "")]),
            ("6 requests per search", vec![("6", "requests")]),
            (
                "2 billion messages per day",
                vec![("2 billion / day", "messages")],
            ),
            ("one counter takes 100 B", vec![("100 B", "")]),
            ("600 GB daily", vec![("600 GB / day", "")]),
            ("half a second", vec![("0.5 second", "")]),
            ("ok 100m daily users", vec![("100M/day", "")]),
            ("100m users", vec![("100M", "users")]),
            ("five years of retention", vec![("5 years", "")]),
            ("1B users eventually", vec![("1B", "users")]),
            ("100B per message", vec![("100 B", "")]),
            ("100b each", vec![("100 B", "")]),
            ("a ping is like 100B", vec![("100 B", "")]),
            ("message size: 100B", vec![("100 B", "")]),
            ("200B payload", vec![("200 B", "payload")]),
            ("1 B users", vec![("1B", "users")]),
            ("1b users", vec![("1B", "users")]),
            ("2B a day", vec![("2B/day", "")]),
            ("each day 2B messages", vec![("2B", "messages")]),
            ("each has 5B per day", vec![("5B/day", "")]),
            ("no number", vec![]),
            ("100 000 videos", vec![("100000", "videos")]),
            ("1 234 000 users", vec![("1234000", "users")]),
            ("100 500", vec![("100", ""), ("500", "")]),
            ("3B reads/day", vec![("3B/day", "reads")]),
            (
                "three hundred thousand drivers",
                vec![("300 thousand", "drivers")],
            ),
        ] {
            let expected: Vec<_> = expected
                .iter()
                .map(|(text, noun)| ((*text).to_owned(), (*noun).to_owned()))
                .collect();
            assert_eq!(said(text), expected, "{text}");
        }
    }
}
