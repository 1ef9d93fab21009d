//! Letters that the matches of a regular expression can't do without: a text that lacks them is never searched, nor is the
//! expression compiled for it.
//!
//! Knows the grammar as far as beginnings do, and which letters stand side by side in a text; knows not what is searched.

use std::borrow::Borrow;
use std::cmp::Reverse;

use super::beginnings::{Reader, Times};

/// Alternatives that are still sooner looked for than an expression is compiled.
const MOST: usize = 64;

/// What each match of an expression holds one of: of each, the letters that stand side by side in it. Nothing is known where
/// there are none.
#[derive(Debug, Default)]
pub(super) struct Needs(Vec<Vec<Pair>>);

impl Needs {
    /// Those of an expression of ASCII characters that ignores their case.
    pub fn of(expression: &str) -> Self {
        let all = needs(expression).into_iter();
        Self(all.map(|letters| pairs(letters).collect()).collect())
    }

    /// Whether nothing in a text can match, whose pairs are asked for where they matter.
    pub fn are_lacking<P: Borrow<Pairs>>(&self, pairs: impl FnOnce() -> P) -> bool {
        if self.0.iter().all(Vec::is_empty) {
            return false;
        }
        let pairs = pairs();
        let is_there = |need: &Vec<Pair>| need.iter().all(|pair| pairs.borrow().have(*pair));
        !self.0.iter().any(is_there)
    }
}

/// Two characters side by side, without their case: a number below 1024. Few other characters share it.
#[derive(Clone, Copy, Debug)]
struct Pair(u16);

impl Pair {
    /// The five lowest bits of a letter are the same in both cases.
    const fn of(first: u8, second: u8) -> Self {
        Self((first as u16 & 31) << 5 | (second as u16 & 31))
    }
}

fn pairs(letters: &[u8]) -> impl Iterator<Item = Pair> {
    letters
        .iter()
        .zip(letters.iter().skip(1))
        .map(|(first, second)| Pair::of(*first, *second))
}

/// The characters that stand side by side in a text: a bit for each pair.
#[derive(Clone, Debug)]
pub(super) struct Pairs([u64; 16]);

impl Pairs {
    /// Those of a text.
    pub fn of(text: &str) -> Self {
        let mut all = [0; 16];
        for Pair(pair) in pairs(text.as_bytes()) {
            if let Some(bits) = all.get_mut(usize::from(pair >> 6)) {
                *bits |= 1 << (pair & 63);
            }
        }
        Self(all)
    }

    fn have(&self, Pair(pair): Pair) -> bool {
        let bits = self.0.get(usize::from(pair >> 6));
        bits.is_some_and(|bits| bits >> (pair & 63) & 1 == 1)
    }
}

/// Letters of which every match holds at least one text; none where that can't be said in a few.
fn needs(expression: &str) -> Letters<'_> {
    let mut reader = Reader::new(expression, None);
    let needs = reader.needs_of_any().filter(|_| reader.rest.is_empty());
    needs.unwrap_or_default()
}

/// Each match of a part holds one of these; nothing is known where there are none.
type Letters<'e> = Vec<&'e [u8]>;

/// The longer the shortest, the more it tells; and the fewer they are.
fn worth(needs: &Letters<'_>) -> (usize, Reverse<usize>) {
    let shortest = needs.iter().map(|one| one.len()).min();
    (shortest.unwrap_or(0), Reverse(needs.len()))
}

/// Everywhere here no needs at all are grammar that is not known.
impl<'e> Reader<'e> {
    fn needs_of_any(&mut self) -> Option<Letters<'e>> {
        let mut all = self.needs_of_sequence()?;
        let mut are_all_known = !all.is_empty();
        while self.take(b"|") {
            let more = self.needs_of_sequence()?;
            are_all_known &= !more.is_empty();
            all.extend(more);
        }
        let is_few = are_all_known && all.len() <= MOST;
        Some(if is_few { all } else { Letters::new() })
    }

    /// Those of the part that tells most. Where matches begin is often known, so that later parts tell more.
    fn needs_of_sequence(&mut self) -> Option<Letters<'e>> {
        let mut best = Letters::new();
        while !matches!(self.rest.first(), None | Some(b'|' | b')')) {
            let part = match self.letters() {
                Some(letters) => vec![letters],
                None => self.needs_of_part()?,
            };
            if worth(&part) >= worth(&best) {
                best = part;
            }
        }
        Some(best)
    }

    /// Letters that are there once and stand for themselves.
    fn letters(&mut self) -> Option<&'e [u8]> {
        let is_other = |byte: &u8| b"\\.^$|?*+()[]{}".contains(byte);
        let end = self.rest.iter().position(is_other);
        let end = end.unwrap_or(self.rest.len());
        let is_repeated = matches!(self.rest.get(end), Some(b'?' | b'*' | b'+' | b'{'));
        let (letters, rest) = self
            .rest
            .split_at_checked(end.checked_sub(usize::from(is_repeated))?)?;
        self.rest = rest;
        (!letters.is_empty()).then_some(letters)
    }

    fn needs_of_part(&mut self) -> Option<Letters<'e>> {
        let needs = match self.next()? {
            b'(' => self.group(Self::needs_of_any)?,
            b'[' => {
                self.take(b"^");
                self.members()?;
                Letters::new()
            }
            b'\\' => {
                let of_one = b"bBdDsSwW";
                let escaped = self.next()?;
                if escaped == b'b' {
                    self.boundary();
                }
                let is_known = of_one.contains(&escaped) || escaped.is_ascii_punctuation();
                is_known.then(Letters::new)?
            }
            b'*' | b'+' | b'?' | b'{' => return None,
            _ => Letters::new(),
        };
        Some(match self.times()? {
            Times::Once | Times::OnceOrMore => needs,
            Times::OnceOrNot | Times::Any => Letters::new(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_match_holds_one_of_the_needs_where_they_are_told() {
        for (expression, expected) in [
            ("cache", "cache"),
            ("click|visits?|hit", "click visit hit"),
            (
                r"\b(reads?|writes?) [^.;]{0,60}\b(stays?|small)\b",
                "stay small",
            ),
            (r"(links?|urls?) .{0,20}(valid|live) until", " until"),
            ("(a|an)? ?lru+ ?cached?", "cache"),
            (r"(?:\b|\b{start-half})(?:cache|lru%)\b{end}", "cache lru%"),
            ("(cache|)", ""),
            (r"cache|\w+", ""),
            ("(cache)*", ""),
            ("(cache|queue)+", "cache queue"),
            ("(cache){0,2}x", "x"),
            (r"caché \d", "caché "),
            (r"ab\.c", "ab"),
            (r"a[^b]c]d|e", "d e"),
            (r"\x41bc", ""),
            ("(?i)cache", ""),
            ("(?-i:A)cache", ""),
            ("(cache", ""),
            ("a)|(b", ""),
            ("*a", ""),
        ] {
            let needs = needs(expression).join(&b" "[..]);
            assert_eq!(String::from_utf8_lossy(&needs), expected, "{expression}");
        }
    }

    #[test]
    fn a_text_lacks_what_no_letters_side_by_side_can_make() {
        for (expression, text, expected) in [
            ("cache", "a CaChe", false),
            ("cache", "each", true),
            ("cache|queue", "a queue", false),
            // Each pair is there, though not in one place: such a text is searched.
            ("cache", "cac ach che", false),
            ("e", "abc", false),
            (r"\w+", "", false),
            ("cache", "", true),
            ("ab", "a\u{e9}b", true),
        ] {
            let needs = Needs::of(expression);
            let is_lacking = needs.are_lacking(|| Pairs::of(text));
            assert_eq!(is_lacking, expected, "{expression} in {text}");
        }
    }
}
