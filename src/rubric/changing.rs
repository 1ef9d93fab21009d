//! How people change what they have said: they correct a number, drop a part, take something else instead.
//!
//! Knows the shape of such words, which are data; knows no session and no part.

use std::ops::Range;

use super::pattern::{Pattern, end_of_start, is_match};
use crate::model::spelling::words;

/// Words by which something that was said is changed.
#[derive(Debug, Default)]
pub struct Changing {
    /// Words by which a number is corrected.
    pub correcting: Option<Pattern>,
    /// Words by which one changes one's mind, whatever was meant before.
    pub minds: Option<Pattern>,
    /// What stands before the name of what is to go.
    pub before: Option<Pattern>,
    /// What stands behind the name of what is to go.
    pub behind: Option<Pattern>,
    /// What stands before what is not meant: "instead of".
    pub against: Option<Pattern>,
    /// What begins a line that says the same of something else.
    pub same: Option<Pattern>,
    /// What begins an order: "make it", "add".
    pub ordering: Option<Pattern>,
    /// What begins an order that is no answer to a question.
    pub adding: Option<Pattern>,
    /// Words by which an arrow is to go: "drop the link", "disconnect".
    pub parting: Option<Pattern>,
    /// What people say who want the last change back, as whole lines: "no, keep it".
    pub restoring: Option<Pattern>,
    /// What people say who take back what was recorded last, as whole lines: "scratch that".
    pub retracting: Option<Pattern>,
    /// What begins a line by which a part becomes several: "split".
    pub splitting: Option<Pattern>,
    /// What is said of one part where several may be meant: "the queue".
    pub vague: Option<Pattern>,
    /// What begins a line by which an entry of a list gets another text: "change".
    pub rewriting: Option<Pattern>,
    /// What entries of lists are called, by the command that writes them down.
    pub entries: Vec<(String, Pattern)>,
    /// What stands between an entry and its other text: "to".
    pub becoming: Option<Pattern>,
    /// Words before a name that are none of what is said of it.
    pub articles: Vec<String>,
    /// Words that may stand behind a name that ends there.
    pub after: Vec<String>,
    /// Words before a number that is not meant, or not any more.
    pub not_meant: Vec<String>,
    /// What people call an arrow.
    pub arrows: Vec<String>,
}

/// An entry of a list, and what is to stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rewritten<'c, 't> {
    /// The command that writes into the list.
    pub list: &'c str,
    /// Its number, from one.
    pub number: usize,
    /// The text.
    pub text: &'t str,
    /// Words order it, and not a colon alone.
    pub is_ordered: bool,
}

/// What the words around a name say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// It is to go.
    Dropped,
    /// Something else is meant.
    Against,
    /// Nothing against it.
    Spoken,
}

impl Changing {
    /// Whether a line corrects a number.
    #[must_use]
    pub fn corrects(&self, line: &str) -> bool {
        is_match(self.correcting.as_ref(), &joined(line))
    }

    /// Whether somebody has come to another mind who says this.
    #[must_use]
    pub fn changes_mind(&self, line: &str) -> bool {
        is_match(self.minds.as_ref(), &joined(line))
    }

    /// Whether a line says the same of something else.
    #[must_use]
    pub fn says_the_same(&self, line: &str) -> bool {
        begins(self.same.as_ref(), line)
    }

    /// Whether a line is an order to change what is drawn: it begins with what is to be done.
    #[must_use]
    pub fn orders(&self, line: &str) -> bool {
        begins(self.ordering.as_ref(), line)
    }

    /// Whether a line orders something and is hardly the answer to a question.
    #[must_use]
    pub fn adds(&self, line: &str) -> bool {
        begins(self.adding.as_ref(), line)
    }

    /// Whether a line wants an arrow gone.
    #[must_use]
    pub fn parts(&self, line: &str) -> bool {
        is_match(self.parting.as_ref(), &joined(line))
    }

    /// Whether a line wants the last change back.
    #[must_use]
    pub fn restores(&self, line: &str) -> bool {
        is_match(self.restoring.as_ref(), &words(&joined(line)).join(" "))
    }

    /// Whether a line takes back what was recorded last.
    #[must_use]
    pub fn retracts(&self, line: &str) -> bool {
        is_match(self.retracting.as_ref(), &words(&joined(line)).join(" "))
    }

    /// What follows the word by which a part becomes several: `the api into reads and writes` of "split the api into ...".
    #[must_use]
    pub fn splits<'t>(&self, line: &'t str) -> Option<&'t str> {
        let end = end_of_start(self.splitting.as_ref()?, line)?;
        line.get(end..).map(str::trim_start)
    }

    /// Where a text speaks of one part by a word for many: "the queue".
    #[must_use]
    pub fn vague(&self, text: &str) -> Option<Range<usize>> {
        let all = self.vague.as_ref()?.ranges(text).into_iter();
        all.min_by_key(|range| range.start)
    }

    /// Whether a name ends before a word.
    #[must_use]
    pub fn ends_name(&self, word: &str) -> bool {
        is_in(&self.after, word)
    }

    /// The entry of a list that a line gives another text: "change must 1 to shorten links". Without such a word a colon says
    /// so: "must 1: shorten links".
    #[must_use]
    pub fn rewritten<'t>(&self, line: &'t str) -> Option<Rewritten<'_, 't>> {
        let verb = end_of_start(self.rewriting.as_ref()?, line);
        let rest = line.get(verb.unwrap_or_default()..)?.trim_start();
        let (list, end) = self
            .entries
            .iter()
            .find_map(|(list, called)| Some((list.as_str(), end_of_start(called, rest)?)))?;
        let rest = rest.get(end..)?.trim_start_matches([' ', '#']);
        let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let number = rest.strip_suffix(behind)?.parse().ok()?;
        let (bare, is_ordered) = (behind.trim_start(), verb.is_some());
        let text = match bare.strip_prefix(':') {
            Some(text) => text,
            None if is_ordered => {
                let between = end_of_start(self.becoming.as_ref()?, bare);
                bare.get(between.unwrap_or_default()..)?
            }
            None => return None,
        };
        Some(Rewritten {
            list,
            number,
            text: text.trim_start_matches([' ', ':', '=']).trim_end(),
            is_ordered,
        })
    }

    /// Whether a number is not meant that stands behind a word: "not 3".
    #[must_use]
    pub fn is_not_meant_behind(&self, word: &str) -> bool {
        is_in(&self.not_meant, word)
    }

    /// Whether a word is an arrow.
    #[must_use]
    pub fn is_arrow(&self, word: &str) -> bool {
        is_in(&self.arrows, word)
    }

    /// What the words before a name and behind it say of it, in lower case and without apostrophes.
    #[must_use]
    pub fn stance(&self, before: &[&str], behind: &[&str]) -> Stance {
        let whole = before.join(" ");
        let mut before = before;
        while let Some((last, rest)) = before.split_last()
            && is_in(&self.articles, last)
        {
            before = rest;
        }
        let (before, behind) = (before.join(" "), behind.join(" "));
        let ends = |words: &Option<Pattern>, text: &str| {
            let words = words.as_ref();
            words.is_some_and(|words| {
                let mut ranges = words.ranges(text).into_iter();
                ranges.any(|range| range.end == text.len() && !range.is_empty())
            })
        };
        let begins = |words: &Option<Pattern>| {
            let words = words.as_ref();
            words.is_some_and(|words| words.ranges(&behind).iter().any(|range| range.start == 0))
        };
        // "We remove the cache entry" takes no cache out, and "we don't want it to fail" nothing at all.
        let first = behind.split(' ').next().unwrap_or_default();
        let goes_on = first.is_empty()
            || is_in(&self.after, first)
            || (first == "to" && before.ends_with("from"));
        if (ends(&self.before, &before) && goes_on) || begins(&self.behind) {
            Stance::Dropped
        } else if ends(&self.against, &whole) {
            Stance::Against
        } else {
            Stance::Spoken
        }
    }
}

fn is_in(words: &[String], word: &str) -> bool {
    words.iter().any(|known| known == word)
}

/// Whether a line begins with such words.
fn begins(pattern: Option<&Pattern>, line: &str) -> bool {
    pattern.is_some_and(|words| end_of_start(words, &joined(line)).is_some())
}

/// A line in lower case without apostrophes, its marks kept: a comma parts what is said.
fn joined(line: &str) -> String {
    line.to_lowercase().replace(['\'', '’'], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changing() -> Changing {
        let words = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            Some(Pattern::words(texts))
        };
        Changing {
            correcting: words(&["actually", "i meant"]),
            minds: words(&["scrap (that|it)"]),
            before: words(&["forget", "dont need"]),
            behind: words(&["is overkill"]),
            against: words(&["instead of", "not"]),
            same: words(&["same for"]),
            ordering: words(&["make it"]),
            parting: words(&["drop the link"]),
            restoring: Some(Pattern::whole(&["(no )?keep it".to_owned()])),
            retracting: Some(Pattern::whole(&["scratch that".to_owned()])),
            splitting: words(&["split"]),
            vague: words(&["the queue"]),
            rewriting: words(&["change"]),
            entries: vec![("must".to_owned(), Pattern::words(["must".to_owned()]))],
            becoming: words(&["to"]),
            articles: vec!["the".to_owned()],
            after: vec!["here".to_owned()],
            ..Changing::default()
        }
    }

    #[test]
    fn what_is_to_go_is_told_from_what_is_spoken_of() {
        for (before, behind, stance) in [
            ("forget the", "", Stance::Dropped),
            ("we dont need the", "", Stance::Dropped),
            ("the", "is overkill here", Stance::Dropped),
            ("kafka instead of", "", Stance::Against),
            ("we do not write to", "", Stance::Spoken),
            ("not", "", Stance::Against),
        ] {
            let words = |text: &'static str| text.split_whitespace().collect::<Vec<_>>();
            let said = changing().stance(&words(before), &words(behind));
            assert_eq!(said, stance, "{before} NAME {behind}");
        }
    }

    #[test]
    fn second_thoughts_are_heard_wherever_they_stand() {
        assert!(changing().corrects("Actually 50M, not 10M"));
        assert!(changing().changes_mind("no, scrap that"));
        assert!(changing().says_the_same("Same for the api"));
        assert!(!changing().says_the_same("it is the same for the api"));
        assert!(changing().orders("make it 6"));
        assert!(!changing().orders("that would make it 6"));
        assert!(changing().restores("No, keep it."));
        assert!(!changing().restores("keep it in the cache"));
        assert!(changing().parts("drop the link between a and b"));
        assert!(changing().retracts("Scratch that!"));
        assert!(!changing().retracts("scratch that, we take b"));
        assert_eq!(
            changing().splits("split the api into a and b"),
            Some("the api into a and b")
        );
        assert_eq!(changing().vague("it reads from the queue"), Some(14..23));
    }

    #[test]
    fn entries_of_lists_get_another_text() {
        for (line, expected) in [
            (
                "change must 1 to shorten links",
                Some((1, "shorten links", true)),
            ),
            (
                "Change must #2: count clicks",
                Some((2, "count clicks", true)),
            ),
            ("must 1: shorten links", Some((1, "shorten links", false))),
            ("change must 1", Some((1, "", true))),
            ("must 1 shorten links", None),
            ("must shorten links", None),
            ("change the drawing", None),
        ] {
            let changing = changing();
            let found = changing.rewritten(line);
            let found = found.map(|found| (found.number, found.text, found.is_ordered));
            assert_eq!(found, expected, "{line}");
        }
    }
}
