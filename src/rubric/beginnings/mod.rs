//! What matches of a regular expression begin with, read off its text: much sooner than the expression is compiled, and
//! with no more of the grammar than wordings are written in. What it does not know, matches can begin with anything.
//!
//! Knows how beginnings are put together; knows not what they are searched in.

mod expression;
mod places;

pub(super) use expression::{Reader, Times};
pub(super) use places::{Firsts, Starts, first_letters};

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

/// Letters of a beginning that is one of very many.
const SHORT: u8 = 4;

/// Beginnings of a part of an expression.
const MOST: usize = 64;

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
