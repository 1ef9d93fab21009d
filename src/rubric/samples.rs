//! What a regular expression finds, shown to people who don't read it: a few texts that match.
//!
//! Knows the grammar as far as beginnings do; knows not what is searched.

use super::beginnings::{Reader, Times};

/// Samples of an expression at most.
const MOST: usize = 3;

/// Stands for the rest of a word.
const REST: &str = "…";

/// Stands for words between others.
const WORDS: &str = " … ";

/// A few texts that match, each of another alternative as far as there are some; none where the grammar is not known.
#[must_use]
pub(super) fn samples(expression: &str) -> Vec<String> {
    let mut reader = Reader::new(expression, None);
    let all = reader.samples_of_any().filter(|_| reader.rest.is_empty());
    let mut shown: Vec<String> = Vec::new();
    for sample in all.unwrap_or_default() {
        let words: Vec<&str> = sample.split_whitespace().collect();
        let sample = words.join(" ");
        let says_something = sample.chars().any(char::is_alphanumeric) && !sample.contains('`');
        if says_something && !shown.contains(&sample) {
            shown.push(sample);
        }
    }
    shown
}

/// Texts of which each matches a part. Everywhere here none at all is grammar that is not known.
type Samples = Vec<String>;

impl Reader<'_> {
    fn samples_of_any(&mut self) -> Option<Samples> {
        let mut each = vec![self.samples_of_sequence()?];
        while self.take(b"|") {
            each.push(self.samples_of_sequence()?);
        }
        let longest = each.iter().map(Vec::len).max().unwrap_or(0);
        let rounds =
            (0..longest).flat_map(|round| each.iter().filter_map(move |one| one.get(round)));
        Some(rounds.take(MOST).cloned().collect())
    }

    fn samples_of_sequence(&mut self) -> Option<Samples> {
        let mut all = vec![String::new()];
        while !matches!(self.rest.first(), None | Some(b'|' | b')')) {
            let part = self.samples_of_part()?;
            let some = all.iter().cycle().zip(part.iter().cycle());
            let longest = all.len().max(part.len());
            all = some
                .take(longest)
                .map(|(all, part)| joined(all, part))
                .collect();
        }
        Some(all)
    }

    fn samples_of_part(&mut self) -> Option<Samples> {
        let one = match self.next()? {
            b'(' => self.group(Self::samples_of_any)?,
            b'[' => vec![self.sample_of_class()?],
            b'.' => vec![WORDS.to_owned()],
            b'^' | b'$' => vec![String::new()],
            b'\\' => vec![self.sample_of_escape()?],
            b'*' | b'+' | b'?' | b'{' => return None,
            first => vec![self.character(first)?],
        };
        let least = self.least();
        let is_open = one == [REST] || one == [WORDS];
        Some(match self.times()? {
            Times::Once if is_open => vec![REST.to_owned()],
            Times::Any | Times::OnceOrMore if is_open => one,
            Times::Once => one,
            Times::OnceOrMore => one.iter().map(|one| one.repeat(least.max(1))).collect(),
            // What is written apart is easier to read.
            Times::OnceOrNot | Times::Any if one == [" "] || one == ["-"] => one,
            Times::OnceOrNot | Times::Any => vec![String::new()],
        })
    }

    /// A character whose first byte was read.
    fn character(&mut self, first: u8) -> Option<String> {
        let mut bytes = vec![first];
        while matches!(self.rest.first(), Some(0x80..0xc0)) {
            bytes.extend(self.next());
        }
        String::from_utf8(bytes).ok()
    }

    /// How often what was read last is there at least, where that is said in numbers.
    fn least(&self) -> usize {
        let counts = self.rest.strip_prefix(b"{").unwrap_or_default();
        let digits = counts.iter().take_while(|byte| byte.is_ascii_digit());
        digits.fold(0, |least, digit| least * 10 + usize::from(digit - b'0'))
    }

    fn sample_of_escape(&mut self) -> Option<String> {
        let escaped = self.next()?;
        Some(match escaped {
            b'b' => {
                self.boundary();
                String::new()
            }
            b'd' => "5".to_owned(),
            b's' => " ".to_owned(),
            b'w' | b'S' => REST.to_owned(),
            other if other.is_ascii_punctuation() => char::from(other).to_string(),
            _ => return None,
        })
    }

    fn sample_of_class(&mut self) -> Option<String> {
        let is_denied = self.take(b"^");
        let start = self.rest;
        self.members()?;
        let written = start.get(..start.len() - self.rest.len() - 1)?;
        Some(match written {
            _ if is_denied => WORDS.to_owned(),
            written if written.contains(&b' ') => " ".to_owned(),
            [b'\\', b'd', ..] => "5".to_owned(),
            [b'\\', b's', ..] => " ".to_owned(),
            [b'\\', b'w', ..] => REST.to_owned(),
            [b'\\', first, ..] | [first, ..] if first.is_ascii() => char::from(*first).to_string(),
            _ => return None,
        })
    }
}

/// One after the other; what stands for the same stands once.
fn joined(all: &str, part: &str) -> String {
    let is_said = part.trim() == REST && all.ends_with(part);
    [all, if is_said { "" } else { part }].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_texts_that_match_are_shown() {
        for (expression, expected) in [
            ("cache", "cache"),
            (
                r"\b(rank\w*|order\w*|sort\w*|popular\w*)\b",
                "rank…, order…, sort…",
            ),
            (
                r"\b(aof|append[- ]only file|fsync)\b",
                "aof, append only file, fsync",
            ),
            (r"\bsms\b|\btext messages?\b", "sms, text message"),
            (r"\d{3} (a|b) c", "555 a c, 555 b c"),
            (r"\blog\b.{0,60}\b(only|few)\b", "log … only, log … few"),
            (r"(two|three) (days|weeks)", "two days, three weeks"),
            (r"[\d,._]+ ?[kmgt]i?b", "5 kb"),
            (r"(an? )?lru", "lru"),
            (r"\w+.*", ""),
            (
                r"\b(sign|expir)\w+[^.]{0,9}url",
                "sign… … url, expir… … url",
            ),
            (r"user.s (?:\w+ ){0,2}e-?mail", "user…s e-mail"),
            (r"many ?.{0,9} ?user", "many … user"),
            (r"99[.,]9", "99.9"),
            (r"caché ?s", "caché s"),
            (r"(?i)x", ""),
            (r"(cache", ""),
        ] {
            assert_eq!(samples(expression).join(", "), expected, "{expression}");
        }
    }
}
