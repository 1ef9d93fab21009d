//! The parts of a regular expression in order, each with what its matches begin with.
//!
//! Knows the grammar of regular expressions, as far as wordings are written in it.

use super::{
    Beginning, Beginnings, Firsts, MOST, MOST_LETTERS, followed, inexact, letter, shortened,
};

/// Characters of a class.
const WIDEST: usize = 4;

/// How deep groups nest.
const DEEPEST: usize = 32;

/// Reads an expression from its start to its end.
pub(in crate::rubric) struct Reader<'e> {
    /// What was not read yet.
    pub rest: &'e [u8],
    /// How many groups are open.
    depth: usize,
    /// Something was said of where a match may stand, which the letters alone do not show.
    pub(super) asserts: bool,
    /// Where matches can begin.
    places: Option<&'e Firsts>,
    /// Matches begin with what is next.
    is_first: bool,
}

/// How often something is there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::rubric) enum Times {
    Once,
    OnceOrNot,
    /// Not once alone, perhaps.
    OnceOrMore,
    /// Any number, none included.
    Any,
}

impl<'e> Reader<'e> {
    /// A reader at the start of an expression.
    pub const fn new(expression: &'e str, places: Option<&'e Firsts>) -> Self {
        Self {
            rest: expression.as_bytes(),
            depth: 0,
            asserts: false,
            places,
            is_first: true,
        }
    }

    /// The next byte, which is then read.
    pub fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    /// Reads a text, if it is next.
    pub fn take(&mut self, text: &[u8]) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Alternatives up to the end of a group or of the expression. The outer `None` is grammar that is not known.
    fn alternatives(&mut self) -> Option<Beginnings> {
        let mut all = Vec::new();
        loop {
            all.extend(self.sequence()?);
            if all.len() > MOST {
                all = shortened(all);
            }
            if !self.take(b"|") {
                return Some(Some(all).filter(|all| all.len() <= MOST));
            }
        }
    }

    /// Parts one after the other. Once nothing can be added to any beginning, the rest is passed over.
    pub(super) fn sequence(&mut self) -> Option<Vec<Beginning>> {
        let is_first = self.is_first;
        let start = self.run().unwrap_or(Beginning::NOTHING);
        if is_first && !self.may_stand(&start) {
            self.pass()?;
            return Some(Vec::new());
        }
        let mut all = vec![start];
        while !matches!(self.rest.first(), None | Some(b'|' | b')')) {
            if all.iter().all(|one| !one.exact) {
                self.pass()?;
                break;
            }
            if let Some(run) = self.run() {
                for one in all.iter_mut().filter(|one| one.exact) {
                    *one = one.followed(&run);
                }
                continue;
            }
            self.is_first = is_first && all.iter().all(|one| one.length == 0);
            let part = self.part()?;
            all = followed(all, part);
            if is_first {
                all.retain(|one| self.may_stand(one));
            }
        }
        self.is_first = is_first;
        Some(all)
    }

    /// Whether a match can begin so.
    pub(super) fn may_stand(&self, one: &Beginning) -> bool {
        self.places.is_none_or(|places| places.have(one))
    }

    /// Letters that are there once and stand for themselves, as many as have room.
    fn run(&mut self) -> Option<Beginning> {
        let (mut letters, mut length) = (0_u128, 0_u8);
        while length < MOST_LETTERS
            && let Some((first, rest)) = self.rest.split_first()
            && (first.is_ascii_alphanumeric() || matches!(first, b' ' | b'-' | b'\''))
            && !matches!(rest.first(), Some(b'?' | b'*' | b'+' | b'{'))
        {
            self.rest = rest;
            letters = letters << 8 | u128::from(first.to_ascii_lowercase());
            length += 1;
        }
        let free = u32::from(MOST_LETTERS - length) * 8;
        (length > 0).then(|| Beginning {
            letters: letters << free,
            length,
            exact: true,
        })
    }

    /// Goes on to the end of a sequence.
    fn pass(&mut self) -> Option<()> {
        let mut open = 0_usize;
        loop {
            match self.rest.first() {
                None => return Some(()),
                Some(b'|' | b')') if open == 0 => return Some(()),
                Some(b')') => open -= 1,
                Some(b'(') => open += 1,
                Some(b'[') => {
                    self.next();
                    self.take(b"^");
                    self.members()?;
                    continue;
                }
                Some(b'\\') => {
                    self.next();
                }
                Some(_) => {}
            }
            self.next()?;
        }
    }

    /// A character, a class or a group with how often it is there. The outer `None` is grammar that is not known.
    fn part(&mut self) -> Option<Beginnings> {
        let one = self.once()?;
        Some(match (self.times()?, one) {
            (Times::Once, one) => one,
            (_, None) => None,
            (Times::OnceOrMore, Some(one)) => Some(inexact(one)),
            (Times::Any, Some(one)) => {
                let mut any = inexact(one);
                any.push(Beginning::NOTHING);
                Some(any)
            }
            (Times::OnceOrNot, Some(mut one)) => {
                one.push(Beginning::NOTHING);
                Some(one)
            }
        })
    }

    fn once(&mut self) -> Option<Beginnings> {
        let first = self.next()?;
        Some(match first {
            b'(' => self.group(Self::alternatives)?,
            b'[' => self.class()?,
            // Where a text begins is not to be told from the middle of one.
            b'.' | b'^' => None,
            b'$' => Some(self.assertion()),
            b'\\' => match self.next()? {
                b'b' => {
                    self.boundary();
                    Some(self.assertion())
                }
                b'd' => Some((b'0'..=b'9').map(letter).collect()),
                b'w' | b'W' | b'D' | b's' | b'S' => None,
                other if other.is_ascii_punctuation() => Some(vec![letter(other)]),
                _ => return None,
            },
            b'*' | b'+' | b'?' | b'{' => return None,
            other => Some(vec![letter(other)]),
        })
    }

    /// Reads the rest of a boundary: `\b{end-half}` is one, and not so many.
    pub fn boundary(&mut self) {
        let kinds: [&[u8]; 4] = [b"{start-half}", b"{end-half}", b"{start}", b"{end}"];
        kinds.into_iter().any(|kind| self.take(kind));
    }

    /// Where a match may stand, which adds no letters.
    fn assertion(&mut self) -> Vec<Beginning> {
        self.asserts = true;
        vec![Beginning::NOTHING]
    }

    /// Reads the rest of a group by what reads its alternatives.
    pub fn group<T>(&mut self, inner: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.rest.first() == Some(&b'?') && !self.take(b"?:") {
            return None;
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let inner = inner(self)?;
        self.depth -= 1;
        self.take(b")").then_some(inner)
    }

    fn class(&mut self) -> Option<Beginnings> {
        if matches!(self.rest.first(), Some(b'^')) {
            self.next();
            self.members()?;
            return Some(None);
        }
        let members = self.members()?;
        let few = Some(members).filter(|all| !all.is_empty() && all.len() <= WIDEST);
        Some(few.map(|members| members.into_iter().map(letter).collect()))
    }

    /// The characters of a class up to its end; nothing where they are more than can be listed.
    pub fn members(&mut self) -> Option<Vec<u8>> {
        // There it would be one of the characters.
        if self.rest.first() == Some(&b']') {
            return None;
        }
        let (mut members, mut all_listed) = (Vec::new(), true);
        loop {
            match self.next()? {
                b']' if all_listed => return Some(members),
                b']' => return Some(Vec::new()),
                b'[' | b'&' | b'~' => return None,
                b'\\' => match self.next()? {
                    b'w' | b'W' | b'd' | b'D' | b's' | b'S' => all_listed = false,
                    other if other.is_ascii_punctuation() => members.push(other),
                    _ => return None,
                },
                other => members.push(other),
            }
            if self.rest.first() == Some(&b'-') && self.rest.get(1) != Some(&b']') {
                all_listed = false;
                self.next();
            }
        }
    }

    /// How often what was read last is there.
    pub fn times(&mut self) -> Option<Times> {
        let times = match self.rest.first() {
            Some(b'?') => Times::OnceOrNot,
            Some(b'*') => Times::Any,
            Some(b'+') => Times::OnceOrMore,
            Some(b'{') => {
                let end = self.rest.iter().position(|byte| *byte == b'}')?;
                let (counts, rest) = self.rest.split_at(end);
                let first = counts.get(1)?;
                self.rest = rest;
                match first {
                    b'0' => Times::Any,
                    b'1'..=b'9' => Times::OnceOrMore,
                    _ => return None,
                }
            }
            _ => return Some(Times::Once),
        };
        self.next();
        // Another mark makes it lazy, or repeats it; neither changes what it can begin with.
        while matches!(self.rest.first(), Some(b'?')) {
            self.next();
        }
        (!matches!(self.rest.first(), Some(b'*' | b'+' | b'{'))).then_some(times)
    }
}
