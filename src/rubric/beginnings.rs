//! What matches of a regular expression begin with, read off its text: much sooner than the expression is compiled, and
//! with no more of the grammar than wordings are written in. What it does not know, matches can begin with anything.
//!
//! Knows the grammar of regular expressions; knows not what they are searched in.

/// Letters that a match may begin with, in lower case. An exact one is all of the match so far, so that more can be added to
/// it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Beginning {
    /// The first letters are the highest bytes, and the rest are zero.
    letters: u128,
    length: u8,
    /// All of the match.
    pub exact: bool,
}

impl Beginning {
    /// Nothing yet.
    const NOTHING: Self = Self {
        letters: 0,
        length: 0,
        exact: true,
    };

    /// A number that grows as the letters do.
    pub const fn order(&self) -> (u128, u8) {
        (self.letters, self.length)
    }

    /// Whether a text begins so, whose first letters are given in lower case.
    const fn begins(&self, first: u128) -> bool {
        self.length == 0 || (first ^ self.letters) >> (u128::BITS - 8 * self.length as u32) == 0
    }

    /// This with more letters; not exact where they have no room.
    fn followed(self, next: &Self) -> Self {
        let length = self.length + next.length;
        let more = next.letters.checked_shr(8 * u32::from(self.length));
        let has_room = usize::from(length) <= LONGEST;
        Self {
            letters: self.letters | more.unwrap_or(0),
            length: if has_room { length } else { MOST_LETTERS },
            exact: self.exact && next.exact && has_room,
        }
    }

    /// No more than the first letters of it.
    const fn shortened(mut self) -> Self {
        if self.length > SHORT {
            self.exact = false;
            self.length = SHORT;
            self.letters &= u128::MAX << (u128::BITS - 8 * SHORT as u32);
        }
        self
    }
}

/// All beginnings of some part of an expression; none where they can't be told in a few.
type Beginnings = Option<Vec<Beginning>>;

/// Letters of a beginning: as many as a number holds that is compared at once.
const LONGEST: usize = 16;
const MOST_LETTERS: u8 = 16;

/// The first letters of a text as a number, like those of a beginning.
pub(super) fn first_letters(text: &[u8]) -> u128 {
    if let Some(letters) = text.first_chunk() {
        return u128::from_be_bytes(*letters);
    }
    let mut letters = [0; LONGEST];
    for (slot, letter) in letters.iter_mut().zip(text) {
        *slot = *letter;
    }
    u128::from_be_bytes(letters)
}

/// Letters of a beginning that is one of very many.
const SHORT: u8 = 4;

/// Beginnings of a part of an expression.
const MOST: usize = 64;

/// Characters of a class.
const WIDEST: usize = 4;

/// How deep groups nest.
const DEEPEST: usize = 32;

/// The first letters from some places of texts on: the numbers of beginnings that are as long as can be, in order.
#[derive(Debug)]
pub(super) struct Firsts(Vec<u128>);

impl Firsts {
    /// Those from some places on.
    pub fn new(mut places: Vec<u128>) -> Self {
        places.sort_unstable();
        places.dedup();
        Self(places)
    }

    /// Whether a beginning stands at one of the places.
    fn have(&self, one: &Beginning) -> bool {
        let after = self.0.partition_point(|first| *first < one.letters);
        let first = self.0.get(after);
        let others = u128::BITS - 8 * u32::from(one.length);
        first.is_some_and(|first| (first ^ one.letters).checked_shr(others).unwrap_or(0) == 0)
    }
}

/// All beginnings of matches of an expression, to hold texts against.
#[derive(Debug)]
pub(super) struct Starts {
    /// A bit for each group of first letters, which tells most texts apart.
    groups: u32,
    all: Vec<Beginning>,
}

impl Starts {
    /// Those that an expression has; none where they can't be said in a few.
    pub fn of(expression: &str) -> Option<Self> {
        let all = beginnings(expression, None)?;
        let groups = all.iter().map(|one| group(one.letters.to_be_bytes()[0]));
        Some(Self {
            groups: groups.fold(0, |groups, group| groups | group),
            all,
        })
    }

    /// Whether a text begins as a match does, in whatever case.
    pub fn fit(&self, text: &str) -> bool {
        let text = text.as_bytes();
        if text
            .first()
            .is_none_or(|first| self.groups & group(*first) == 0)
        {
            return false;
        }
        let first = first_letters(text).to_be_bytes();
        let first = u128::from_be_bytes(first.map(|letter| letter.to_ascii_lowercase()));
        self.all.iter().any(|one| one.begins(first))
    }
}

/// The group of a letter as a bit, the same in both cases.
const fn group(letter: u8) -> u32 {
    1 << (letter & 31)
}

/// What each match of one of several wordings begins with, as they are written one after the other with bars between; none
/// where that can't be said in a few. Where the places are known that matches can begin at, what stands at none is left out.
#[must_use]
pub(super) fn beginnings(wordings: &str, places: Option<&Firsts>) -> Option<Vec<Beginning>> {
    // Letters beyond ASCII have cases of their own.
    if !wordings.is_ascii() {
        return None;
    }
    let mut reader = Reader::new(wordings, places);
    let mut all = reader.sequence()?;
    while reader.take(b"|") {
        all.extend(reader.sequence()?);
    }
    if reader.asserts {
        all = inexact(all);
    }
    let is_all = reader.rest.is_empty() && all.iter().all(|one| one.length > 0);
    all.retain(|one| reader.may_stand(one));
    all.sort_unstable();
    all.dedup();
    is_all.then_some(all)
}

/// Reads an expression from its start to its end.
pub(super) struct Reader<'e> {
    /// What was not read yet.
    pub rest: &'e [u8],
    /// How many groups are open.
    depth: usize,
    /// Something was said of where a match may stand, which the letters alone do not show.
    asserts: bool,
    /// Where matches can begin.
    places: Option<&'e Firsts>,
    /// Matches begin with what is next.
    is_first: bool,
}

/// How often something is there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
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
    fn sequence(&mut self) -> Option<Vec<Beginning>> {
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
    fn may_stand(&self, one: &Beginning) -> bool {
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

const fn letter(byte: u8) -> Beginning {
    Beginning {
        letters: (byte.to_ascii_lowercase() as u128) << (u128::BITS - 8),
        length: 1,
        exact: true,
    }
}

fn inexact(mut all: Vec<Beginning>) -> Vec<Beginning> {
    for one in &mut all {
        one.exact = false;
    }
    all
}

/// Fewer and shorter beginnings of the same.
fn shortened(all: Vec<Beginning>) -> Vec<Beginning> {
    let mut all: Vec<Beginning> = all.into_iter().map(Beginning::shortened).collect();
    all.sort_unstable();
    // Of the same letters the inexact one stays, which stands first.
    all.dedup_by_key(|one| (one.letters, one.length));
    all
}

/// Beginnings with what follows them.
fn followed(all: Vec<Beginning>, next: Beginnings) -> Vec<Beginning> {
    let exact = all.iter().filter(|one| one.exact).count();
    let Some(next) = next.filter(|next| all.len() + exact * next.len() <= MOST + exact) else {
        return inexact(all);
    };
    let mut longer = Vec::with_capacity(all.len() + exact * next.len());
    for one in all {
        if one.exact {
            longer.extend(next.iter().map(|next| one.followed(next)));
        } else {
            longer.push(one);
        }
    }
    longer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_match_begins_with_is_told_where_it_is_a_few() {
        for (expression, expected) in [
            ("cache", "cache."),
            ("DMs?|chat(s|ting)?", "chat. chats. chatting. dm. dms."),
            ("(an? )?lru", "a_lru. an_lru. lru."),
            ("hot[- ]key", "hot_key. hot-key."),
            ("re+try", "re"),
            (r"sav(e|ing) \w+", "save_ saving_"),
            ("a{2,3}b", "a"),
            ("a+b", "a"),
            ("caches of anything whatever", "caches_of_anythi"),
            (r"\w+ cache", ""),
            ("(x )*cache", "cache. x_"),
            (r"[2-3]\d", ""),
            (r"x\d+ ", "x0 x1 x2 x3 x4 x5 x6 x7 x8 x9"),
            ("(x )*", ""),
            ("[a-z]ache", ""),
            ("a?", ""),
            ("(?i)cache", ""),
            ("caché", ""),
            ("(cache", ""),
            ("a)|(b", ""),
            ("falls? short$", "fall_short falls_short"),
            ("^cache", ""),
            (r"no\b.+", "no"),
            ("[^ ]b", ""),
        ] {
            let shown = |one: &Beginning| {
                let end = if one.exact { "." } else { "" };
                let letters = one.letters.to_be_bytes();
                let letters = String::from_utf8_lossy(&letters[..usize::from(one.length)]);
                format!("{}{end}", letters.replace(' ', "_"))
            };
            let found = beginnings(expression, None).unwrap_or_default();
            let found: Vec<String> = found.iter().map(shown).collect();
            assert_eq!(found.join(" "), expected, "{expression}");
        }
    }

    #[test]
    fn what_stands_at_no_place_is_left_out() {
        let places = ["cached", "lru cache", "x"].map(|text| first_letters(text.as_bytes()));
        let places = Firsts::new(places.to_vec());
        for (expression, expected) in [
            ("cache|queue", Some(1)),
            ("caches", Some(0)),
            ("(an? )?(lru|fifo) (cache|queue)", Some(1)),
            ("(a|b(c|d)) x", Some(0)),
            (r"\blru|fifo", Some(1)),
            (r"(c|x)\w+", Some(2)),
            (r"fifo|\w+ cache", None),
        ] {
            let found = beginnings(expression, Some(&places));
            assert_eq!(found.map(|all| all.len()), expected, "{expression}");
        }
    }
}
