//! What matches of a regular expression begin with, read off its text: much sooner than the expression is compiled, and
//! with no more of the grammar than wordings are written in. What it does not know, matches can begin with anything.
//!
//! Knows the grammar of regular expressions; knows not what they are searched in.

/// Letters that a match may begin with. An exact one is all of the match so far, so that more can be added to it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Beginning {
    letters: String,
    exact: bool,
}

/// All beginnings of some part of an expression; none where they can't be told in a few.
type Beginnings = Option<Vec<Beginning>>;

/// Letters of a beginning.
const LONGEST: usize = 8;

/// Letters of a beginning that is one of very many.
const SHORT: usize = 3;

/// Beginnings of an expression.
const MOST: usize = 64;

/// Characters of a class.
const WIDEST: usize = 4;

/// How deep groups nest.
const DEEPEST: usize = 32;

/// The letters, in lower case, one of which every match begins with; none where that can't be said in a few.
#[must_use]
pub(super) fn beginnings(expression: &str) -> Option<Vec<String>> {
    // Letters beyond ASCII have cases of their own.
    if !expression.is_ascii() {
        return None;
    }
    let mut reader = Reader {
        rest: expression.as_bytes(),
        depth: 0,
    };
    let found = reader.alternatives()?;
    if !reader.rest.is_empty() {
        return None;
    }
    let mut letters: Vec<String> = found?.into_iter().map(|found| found.letters).collect();
    letters.sort();
    letters.dedup();
    let telling = !letters.is_empty() && letters.iter().all(|letters| letters.len() > 1);
    telling.then_some(letters)
}

struct Reader<'e> {
    rest: &'e [u8],
    depth: usize,
}

/// How often something is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Times {
    Once,
    OnceOrNot,
    OnceOrMore,
    /// Any number, none included.
    Any,
}

impl Reader<'_> {
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
        let mut all = letters("");
        while !matches!(self.rest.first(), None | Some(b'|' | b')')) {
            if all.iter().all(|one| !one.exact) {
                self.pass()?;
                break;
            }
            let part = self.part()?;
            all = followed(all, part);
        }
        Some(all)
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
            (_, None) | (Times::Any, _) => None,
            (Times::OnceOrMore, Some(one)) => Some(inexact(one)),
            (Times::OnceOrNot, Some(mut one)) => {
                one.push(Beginning {
                    letters: String::new(),
                    exact: true,
                });
                Some(one)
            }
        })
    }

    fn once(&mut self) -> Option<Beginnings> {
        let first = self.next()?;
        Some(match first {
            b'(' => self.group()?,
            b'[' => self.class()?,
            b'.' => None,
            // Where a match may stand, which adds no letters.
            b'^' | b'$' => Some(letters("")),
            b'\\' => match self.next()? {
                b'b' => Some(letters("")),
                b'w' | b'W' | b'd' | b'D' | b's' | b'S' => None,
                other if other.is_ascii_punctuation() => Some(character(other)),
                _ => return None,
            },
            b'*' | b'+' | b'?' | b'{' => return None,
            other => Some(character(other)),
        })
    }

    fn group(&mut self) -> Option<Beginnings> {
        if self.rest.first() == Some(&b'?') && !self.take(b"?:") {
            return None;
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let inner = self.alternatives()?;
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
        let one = |byte: &u8| Beginning {
            letters: char::from(byte.to_ascii_lowercase()).to_string(),
            exact: true,
        };
        Some(few.map(|members| members.iter().map(one).collect()))
    }

    /// The characters of a class up to its end; nothing where they are more than can be listed.
    fn members(&mut self) -> Option<Vec<u8>> {
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

    fn times(&mut self) -> Option<Times> {
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

fn letters(text: &str) -> Vec<Beginning> {
    vec![Beginning {
        letters: text.to_owned(),
        exact: true,
    }]
}

fn character(byte: u8) -> Vec<Beginning> {
    letters(char::from(byte.to_ascii_lowercase()).encode_utf8(&mut [0; 4]))
}

fn inexact(mut all: Vec<Beginning>) -> Vec<Beginning> {
    for one in &mut all {
        one.exact = false;
    }
    all
}

/// Fewer and shorter beginnings of the same.
fn shortened(all: Vec<Beginning>) -> Vec<Beginning> {
    let mut all = all;
    for one in &mut all {
        if one.letters.len() > SHORT {
            one.letters.truncate(SHORT);
            one.exact = false;
        }
    }
    all.sort_by(|a, b| (&a.letters, a.exact).cmp(&(&b.letters, b.exact)));
    // Of the same letters the inexact one stays, which stands first.
    all.dedup_by(|later, first| later.letters == first.letters);
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
        if !one.exact || one.letters.len() >= LONGEST {
            longer.push(Beginning {
                exact: false,
                ..one
            });
            continue;
        }
        longer.extend(next.iter().map(|next| Beginning {
            letters: format!("{}{}", one.letters, next.letters),
            exact: next.exact,
        }));
    }
    longer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_match_begins_with_is_told_where_it_is_a_few() {
        for (expression, expected) in [
            ("cache", Some(vec!["cache"])),
            (
                r"\b(?:DMs?|chat(s|ting)?)\b",
                Some(vec!["chat", "chats", "chatting", "dm", "dms"]),
            ),
            ("(an? )?lru", Some(vec!["a lru", "an lru", "lru"])),
            ("hot[- ]key", Some(vec!["hot key", "hot-key"])),
            ("re+try", Some(vec!["re"])),
            (r"sav(e|ing) \w+", Some(vec!["save ", "saving "])),
            (r"\w+ cache", None),
            ("(x )*cache", None),
            ("[a-z]ache", None),
            ("a?", None),
            ("(?i)cache", None),
            ("caché", None),
            ("(cache", None),
            ("[^ ]b", None),
            ("a{2,3}b", None),
        ] {
            let found = beginnings(expression);
            let found: Option<Vec<&str>> = found
                .as_ref()
                .map(|all| all.iter().map(String::as_str).collect());
            assert_eq!(found, expected, "{expression}");
        }
    }
}
