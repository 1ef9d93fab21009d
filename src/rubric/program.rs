//! Regular expressions as small programs, searched by trying one way after the other: ready a hundred times as soon as an
//! automaton, and as quick as one in a few texts. What it does not know, and what takes it too long, it leaves to others.
//!
//! It finds what the crate `regex` finds in bytes without regard to case: of all matches the leftmost, and of those the one
//! that the first alternatives lead to (Thompson's construction, run depth first: Cox, Regular Expression Matching: the
//! Virtual Machine Approach, 2009).
//!
//! Knows the grammar of regular expressions; knows not what they are searched in.

use std::ops::Range;

/// A regular expression, ready to be searched.
#[derive(Debug)]
pub(super) struct Program {
    ops: Vec<Op>,
    sets: Vec<Set>,
    /// The bytes that matches begin with.
    first: Set,
}

/// A step. Others are named by how far they are from this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Op {
    /// A byte that is no letter.
    Byte(u8),
    /// A letter, given in lower case.
    Letter(u8),
    /// A byte of a set.
    Set(usize),
    /// The start of the text.
    Start,
    /// Its end.
    End,
    /// A place where a word begins or ends, or one where none does.
    Edge(bool),
    /// On with the first, and with the second where that fails.
    Either(isize, isize),
    /// On with another.
    Jump(isize),
}

/// A set of bytes, each a bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Set([u64; 4]);

/// The search was given up: it takes too long this way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLong;

/// Steps of a program; counted repetitions repeat their steps.
const LONGEST: usize = 4_000;

/// How deep groups nest.
const DEEPEST: usize = 32;

/// Steps that a search may take for each byte of its text, and for being begun.
const STEPS_A_BYTE: usize = 200;
const STEPS: usize = 10_000;

impl Set {
    const fn insert(&mut self, byte: u8) {
        let [a, b, c, d] = &mut self.0;
        let part = match byte >> 6 {
            0 => a,
            1 => b,
            2 => c,
            _ => d,
        };
        *part |= 1 << (byte & 63);
    }

    const fn has(&self, byte: u8) -> bool {
        let [a, b, c, d] = self.0;
        let part = match byte >> 6 {
            0 => a,
            1 => b,
            2 => c,
            _ => d,
        };
        part >> (byte & 63) & 1 == 1
    }

    fn extend(&mut self, other: Self) {
        for (own, more) in self.0.iter_mut().zip(other.0) {
            *own |= more;
        }
    }

    fn complement(self) -> Self {
        Self(self.0.map(|part| !part))
    }

    const fn of(ranges: &[(u8, u8)]) -> Self {
        let mut set = Self([0; 4]);
        let mut rest = ranges;
        while let [(from, to), others @ ..] = rest {
            let mut byte = *from;
            while byte <= *to {
                set.insert(byte);
                byte += 1;
            }
            rest = others;
        }
        set
    }

    /// The set of a letter after a backslash.
    fn named(letter: u8) -> Option<Self> {
        let set = match letter.to_ascii_lowercase() {
            b'w' => WORD,
            b'd' => DIGIT,
            b's' => SPACE,
            _ => return None,
        };
        Some(if letter.is_ascii_uppercase() {
            set.complement()
        } else {
            set
        })
    }
}

const WORD: Set = Set::of(&[(b'0', b'9'), (b'A', b'Z'), (b'_', b'_'), (b'a', b'z')]);
const DIGIT: Set = Set::of(&[(b'0', b'9')]);
const SPACE: Set = Set::of(&[(b'\t', b'\r'), (b' ', b' ')]);
const NEWLINE: Set = Set::of(&[(b'\n', b'\n')]);

/// The byte that a letter after a backslash stands for.
const fn control(letter: u8) -> Option<u8> {
    Some(match letter {
        b'n' => b'\n',
        b't' => b'\t',
        b'r' => b'\r',
        other if other.is_ascii_punctuation() => other,
        _ => return None,
    })
}

const fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

impl Program {
    /// The program of an expression; none where its grammar is not known, or where it matches nothing at all.
    #[must_use]
    pub fn new(expression: &str) -> Option<Self> {
        if !expression.is_ascii() {
            return None;
        }
        let mut writer = Writer {
            rest: expression.as_bytes(),
            ops: Vec::with_capacity(expression.len() + 8),
            sets: Vec::new(),
            depth: 0,
        };
        let is_empty = writer.alternatives()?;
        if is_empty || !writer.rest.is_empty() {
            return None;
        }
        let mut program = Self {
            ops: writer.ops,
            sets: writer.sets,
            first: Set::default(),
        };
        program.first = program.firsts();
        Some(program)
    }

    /// The bytes that matches may begin with.
    fn firsts(&self) -> Set {
        let mut first = Set::default();
        let mut seen = vec![false; self.ops.len()];
        let mut open = vec![0];
        while let Some(at) = open.pop() {
            let (Some(op), Some(seen)) = (self.ops.get(at), seen.get_mut(at)) else {
                continue;
            };
            if std::mem::replace(seen, true) {
                continue;
            }
            match op {
                Op::Byte(byte) => first.insert(*byte),
                Op::Letter(letter) => {
                    first.insert(*letter);
                    first.insert(letter.to_ascii_uppercase());
                }
                Op::Set(set) => first.extend(self.sets.get(*set).copied().unwrap_or_default()),
                Op::Start | Op::End | Op::Edge(_) => open.push(at + 1),
                Op::Either(one, other) => {
                    open.extend([at.wrapping_add_signed(*one), at.wrapping_add_signed(*other)]);
                }
                Op::Jump(to) => open.push(at.wrapping_add_signed(*to)),
            }
        }
        first
    }

    /// The first match that begins at a byte or after it.
    ///
    /// # Errors
    /// Where that takes too long.
    pub fn find(&self, text: &[u8], from: usize) -> Result<Option<Range<usize>>, TooLong> {
        let mut search = Search {
            program: self,
            text,
            open: Vec::new(),
            steps_left: STEPS + text.len() * STEPS_A_BYTE,
        };
        let starts = match self.ops.first() {
            Some(Op::Start) => 1,
            _ => text.len(),
        };
        for (start, byte) in text.iter().enumerate().take(starts).skip(from) {
            if self.first.has(*byte)
                && let Some(end) = search.from(start)?
            {
                return Ok(Some(start..end));
            }
        }
        Ok(None)
    }

    /// All matches, none of which overlap.
    ///
    /// # Errors
    /// Where that takes too long.
    pub fn find_all(&self, text: &[u8]) -> Result<Vec<Range<usize>>, TooLong> {
        let mut all = Vec::new();
        let mut from = 0;
        while let Some(found) = self.find(text, from)? {
            from = found.end;
            all.push(found);
        }
        Ok(all)
    }
}

struct Search<'s> {
    program: &'s Program,
    text: &'s [u8],
    /// What is still to be tried: steps, each with a place in the text.
    open: Vec<(usize, usize)>,
    steps_left: usize,
}

impl Search<'_> {
    /// The end of the match that begins at a byte.
    fn from(&mut self, start: usize) -> Result<Option<usize>, TooLong> {
        self.open.clear();
        let (mut step, mut at) = (0, start);
        loop {
            self.steps_left = self.steps_left.checked_sub(1).ok_or(TooLong)?;
            let Some(op) = self.program.ops.get(step) else {
                return Ok(Some(at));
            };
            let byte = self.text.get(at).copied();
            let (goes_on, taken) = match *op {
                Op::Byte(wanted) => (byte == Some(wanted), 1),
                Op::Letter(wanted) => (byte.is_some_and(|byte| byte | 0x20 == wanted), 1),
                Op::Set(set) => {
                    let set = self.program.sets.get(set);
                    (byte.zip(set).is_some_and(|(byte, set)| set.has(byte)), 1)
                }
                Op::Start => (at == 0, 0),
                Op::End => (byte.is_none(), 0),
                Op::Edge(wanted) => {
                    let before = at.checked_sub(1).and_then(|at| self.text.get(at));
                    let before = before.is_some_and(|byte| is_of_word(*byte));
                    ((before != byte.is_some_and(is_of_word)) == wanted, 0)
                }
                Op::Either(one, other) => {
                    self.open.push((step.wrapping_add_signed(other), at));
                    step = step.wrapping_add_signed(one);
                    continue;
                }
                Op::Jump(to) => {
                    step = step.wrapping_add_signed(to);
                    continue;
                }
            };
            if goes_on {
                step += 1;
                at += taken;
            } else if let Some(next) = self.open.pop() {
                (step, at) = next;
            } else {
                return Ok(None);
            }
        }
    }
}

/// Writes the steps of an expression while it is read. Each part says whether it may match nothing at all.
struct Writer<'e> {
    rest: &'e [u8],
    ops: Vec<Op>,
    sets: Vec<Set>,
    depth: usize,
}

/// A distance between steps, of which there are few.
fn far(steps: usize) -> isize {
    isize::try_from(steps).unwrap_or(isize::MAX)
}

impl Writer<'_> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn take(&mut self, text: &[u8]) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn set(&mut self, set: Set) {
        self.ops.push(Op::Set(self.sets.len()));
        self.sets.push(set);
    }

    fn byte(&mut self, byte: u8) {
        self.ops.push(if byte.is_ascii_alphabetic() {
            Op::Letter(byte.to_ascii_lowercase())
        } else {
            Op::Byte(byte)
        });
    }

    /// Alternatives up to the end of a group or of the expression.
    fn alternatives(&mut self) -> Option<bool> {
        let mut jumps = Vec::new();
        let mut may_be_empty = false;
        loop {
            let start = self.ops.len();
            may_be_empty |= self.sequence()?;
            if !self.take(b"|") {
                break;
            }
            let length = self.ops.len() - start;
            self.ops.insert(start, Op::Either(1, far(length + 2)));
            jumps.push(self.ops.len());
            self.ops.push(Op::Jump(0));
        }
        let end = self.ops.len();
        for at in jumps {
            if let Some(op) = self.ops.get_mut(at) {
                *op = Op::Jump(far(end - at));
            }
        }
        (end <= LONGEST).then_some(may_be_empty)
    }

    /// Parts one after the other.
    fn sequence(&mut self) -> Option<bool> {
        let mut may_be_empty = true;
        while !matches!(self.rest.first(), None | Some(b'|' | b')')) {
            let start = self.ops.len();
            let part = self.part()?;
            may_be_empty &= self.times(start, part)?;
            if self.ops.len() > LONGEST {
                return None;
            }
        }
        Some(may_be_empty)
    }

    /// A character, a class, a group or a place.
    fn part(&mut self) -> Option<bool> {
        match self.next()? {
            b'(' => return self.group(),
            b'[' => {
                let set = self.class()?;
                self.set(set);
            }
            b'.' => self.set(NEWLINE.complement()),
            b'^' => return self.place(Op::Start),
            b'$' => return self.place(Op::End),
            b'\\' => match self.next()? {
                b'b' => return self.place(Op::Edge(true)),
                b'B' => return self.place(Op::Edge(false)),
                other => match control(other) {
                    Some(byte) => self.byte(byte),
                    None => self.set(Set::named(other)?),
                },
            },
            b'*' | b'+' | b'?' | b'{' | b'}' | b']' => return None,
            other => self.byte(other),
        }
        Some(false)
    }

    /// A place, which matches no byte and is not repeated.
    fn place(&mut self, op: Op) -> Option<bool> {
        self.ops.push(op);
        let is_repeated = matches!(self.rest.first(), Some(b'*' | b'+' | b'?' | b'{'));
        (!is_repeated).then_some(true)
    }

    fn group(&mut self) -> Option<bool> {
        if self.rest.first() == Some(&b'?') && !self.take(b"?:") {
            return None;
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let may_be_empty = self.alternatives()?;
        self.depth -= 1;
        self.take(b")").then_some(may_be_empty)
    }

    /// The bytes of a class, up to its end.
    fn class(&mut self) -> Option<Set> {
        let is_negated = self.take(b"^");
        let mut set = Set::default();
        let mut is_first = true;
        loop {
            let from = match self.next()? {
                b']' if !is_first => break,
                b']' | b'[' | b'&' | b'~' => return None,
                b'\\' => {
                    let letter = self.next()?;
                    if let Some(byte) = control(letter) {
                        byte
                    } else {
                        set.extend(Set::named(letter)?);
                        is_first = false;
                        continue;
                    }
                }
                // Two of them would be a difference of sets.
                b'-' if self.rest.first() == Some(&b'-') => return None,
                other => other,
            };
            is_first = false;
            let is_range =
                self.rest.first() == Some(&b'-') && !matches!(self.rest.get(1), Some(b']'));
            let to = if is_range {
                self.next();
                self.next()
                    .filter(|to| to.is_ascii_alphanumeric() && *to >= from)?
            } else {
                from
            };
            for byte in from..=to {
                set.insert(byte.to_ascii_lowercase());
                set.insert(byte.to_ascii_uppercase());
            }
        }
        Some(if is_negated { set.complement() } else { set })
    }

    /// How often a part is there, which was written from a step on.
    fn times(&mut self, start: usize, may_be_empty: bool) -> Option<bool> {
        let (least, most) = match self.rest.first() {
            Some(b'?') => (0, Some(1)),
            Some(b'*') => (0, None),
            Some(b'+') => (1, None),
            Some(b'{') => self.counts()?,
            _ => return Some(may_be_empty),
        };
        self.next();
        let is_lazy = self.take(b"?");
        // Another mark would repeat the repetition; and what may be empty is not repeated without an end.
        let is_known = !matches!(self.rest.first(), Some(b'*' | b'+' | b'?' | b'{'));
        if !is_known || (most.is_none() && may_be_empty) {
            return None;
        }
        let either = |on: usize, out: usize| {
            if is_lazy {
                Op::Either(far(out), far(on))
            } else {
                Op::Either(far(on), far(out))
            }
        };
        let part = self.ops.split_off(start);
        let length = part.len();
        let copies = most.unwrap_or(least).max(1);
        if copies * (length + 1) > LONGEST {
            return None;
        }
        for _ in 0..least {
            self.ops.extend(&part);
        }
        match most {
            Some(most) => {
                for left in (1..=most.checked_sub(least)?).rev() {
                    self.ops.push(either(1, left * (length + 1)));
                    self.ops.extend(&part);
                }
            }
            None => {
                self.ops.push(either(1, length + 2));
                self.ops.extend(&part);
                self.ops.push(Op::Jump(-far(length + 1)));
            }
        }
        Some(may_be_empty || least == 0)
    }

    /// The numbers of `{2,5}`, up to the last bracket.
    fn counts(&mut self) -> Option<(usize, Option<usize>)> {
        let end = self.rest.iter().position(|byte| *byte == b'}')?;
        let (counts, rest) = self.rest.split_at(end);
        let counts = std::str::from_utf8(counts.get(1..)?).ok()?;
        self.rest = rest;
        let number = |text: &str| text.parse::<usize>().ok().filter(|number| *number <= 1_000);
        match counts.split_once(',') {
            None => number(counts).map(|number| (number, Some(number))),
            Some((least, "")) => Some((number(least)?, None)),
            Some((least, most)) => Some((number(least)?, Some(number(most)?))),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::bytes::{Regex, RegexBuilder};

    use super::*;

    fn regex(expression: &str) -> Option<Regex> {
        let mut builder = RegexBuilder::new(expression);
        builder.case_insensitive(true).unicode(false).build().ok()
    }

    /// Whether the program finds what the crate does; false where there is no program.
    fn agrees(expression: &str, texts: &[&str]) -> bool {
        let Some(program) = Program::new(expression) else {
            return false;
        };
        let regex = regex(expression).expect(expression);
        for text in texts {
            let found = program.find_all(text.as_bytes());
            let expected: Vec<Range<usize>> = regex
                .find_iter(text.as_bytes())
                .map(|found| found.range())
                .collect();
            assert!(
                found == Err(TooLong) || found == Ok(expected.clone()),
                "{expression} in {text:?}: {found:?} and not {expected:?}"
            );
        }
        true
    }

    const TEXTS: &[&str] = &[
        "",
        "a cache-aside LRU, and no cache",
        "caché aside, lru—LRU",
        "x\u{1f600}lru\ny [x] a.b_c",
        "don't 12 km/s or 99.9% of 3k/s",
        "aab abb aabb\taaa",
        "reads and writes; the writes read",
    ];

    #[test]
    fn a_program_finds_what_the_crate_finds() {
        for expression in [
            r"\b(?:cache[- ]aside|lru)\b",
            r"[^ ]+u",
            r"(\w+ ){0,2}lru",
            r"\d+ ?\w+(/s)?$",
            "^a.*u",
            "^(?:a|ab)b",
            "a|ab|aab",
            "a+?b|a{2,3}",
            "(a|b){2}?b*",
            r"[\w.]+\.?\B",
            r"[a-c\]\n]+",
            r"\W[^\w\s]?",
            "n'?t .{0,9}[km]+",
            "(a?b?){1,3}c",
        ] {
            assert!(agrees(expression, TEXTS), "{expression}");
        }
    }

    #[test]
    fn what_is_not_known_has_no_program() {
        for expression in [
            "(a",
            "a)",
            "a**",
            "(a*)*",
            "a*",
            "",
            "a|",
            "caché",
            "(?i)a",
            "[a&&b]",
            "[[:alpha:]]",
            r"\p{L}",
            r"\b*",
            "a{3,2}",
            "a{1,99999}",
            "((a{9}){9}){99}",
        ] {
            assert!(Program::new(expression).is_none(), "{expression}");
        }
    }

    #[test]
    fn a_search_that_takes_too_long_is_given_up() {
        let program = Program::new("(a|a|aa)+(a|a|aa)+b").expect("a program");
        let text = "a".repeat(60);
        assert_eq!(program.find(text.as_bytes(), 0), Err(TooLong));
    }

    fn expression() -> impl Strategy<Value = String> {
        let leaf = prop::sample::select(vec![
            "a", "b", "c", " ", ".", r"\w", r"\d", r"\S", r"\b", r"\B", "^", "$", "[ab]", "[^a]",
            "[a-c ]", r"[\w-]", "ab", "é",
        ]);
        leaf.prop_map(str::to_owned)
            .prop_recursive(4, 24, 4, |inner| {
                let times =
                    prop::sample::select(vec!["?", "*", "+", "??", "*?", "{2}", "{0,2}", "{1,}"]);
                prop_oneof![
                    prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
                    prop::collection::vec(inner.clone(), 1..4)
                        .prop_map(|parts| format!("({})", parts.join("|"))),
                    (inner, times).prop_map(|(part, times)| format!("(?:{part}){times}")),
                ]
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

        #[test]
        fn any_program_finds_what_the_crate_finds(expression in expression(), text in "[abcA _1é\n]{0,12}") {
            agrees(&expression, &[&text]);
        }
    }
}
