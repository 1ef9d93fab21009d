//! Letters that the matches of a regular expression can't do without: a text that lacks them is never searched, nor is the
//! expression compiled for it.
//!
//! Knows the grammar as far as beginnings do; knows not what is searched.

use std::cmp::Reverse;

use super::beginnings::{Reader, Times};

/// Alternatives that are still sooner looked for than an expression is compiled.
const MOST: usize = 64;

/// Texts of which every match holds at least one; none where that can't be said in a few.
pub(super) fn needs(expression: &str) -> Vec<String> {
    let mut reader = Reader::new(expression, None);
    let needs = reader.needs_of_any().filter(|_| reader.rest.is_empty());
    let text = |letters: &[u8]| String::from_utf8_lossy(letters).into_owned();
    needs.into_iter().flatten().map(text).collect()
}

/// Each match of a part holds one of these; nothing is known where there are none.
type Needs<'e> = Vec<&'e [u8]>;

/// The longer the shortest, the more it tells; and the fewer they are.
fn worth(needs: &Needs<'_>) -> (usize, Reverse<usize>) {
    let shortest = needs.iter().map(|one| one.len()).min();
    (shortest.unwrap_or(0), Reverse(needs.len()))
}

/// Everywhere here no needs at all are grammar that is not known.
impl<'e> Reader<'e> {
    fn needs_of_any(&mut self) -> Option<Needs<'e>> {
        let mut all = self.needs_of_sequence()?;
        let mut are_all_known = !all.is_empty();
        while self.take(b"|") {
            let more = self.needs_of_sequence()?;
            are_all_known &= !more.is_empty();
            all.extend(more);
        }
        let is_few = are_all_known && all.len() <= MOST;
        Some(if is_few { all } else { Needs::new() })
    }

    /// Those of the part that tells most. Where matches begin is often known, so that later parts tell more.
    fn needs_of_sequence(&mut self) -> Option<Needs<'e>> {
        let mut best = Needs::new();
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

    fn needs_of_part(&mut self) -> Option<Needs<'e>> {
        let needs = match self.next()? {
            b'(' => self.group(Self::needs_of_any)?,
            b'[' => {
                self.take(b"^");
                self.members()?;
                Needs::new()
            }
            b'\\' => {
                let of_one = b"bBdDsSwW";
                let escaped = self.next()?;
                let is_known = of_one.contains(&escaped) || escaped.is_ascii_punctuation();
                is_known.then(Needs::new)?
            }
            b'*' | b'+' | b'?' | b'{' => return None,
            _ => Needs::new(),
        };
        Some(match self.times()? {
            Times::Once | Times::OnceOrMore => needs,
            Times::OnceOrNot | Times::Any => Needs::new(),
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
            assert_eq!(needs(expression).join(" "), expected, "{expression}");
        }
    }
}
