//! What people say: concepts, their wordings, and whether a mention is meant.
//!
//! Knows wordings; how clauses deny is their own file's business, and no concept is known by name.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::clause::{self, Clause, Reach};
use super::finder::{Finder, Standing, Start};
use super::glossary::{self, Glossary};
use super::pattern::Pattern;

/// A concept with the ways people word it.
#[derive(Debug)]
pub struct Concept {
    /// The name in rules.
    pub id: String,
    /// The name for people.
    pub title: String,
    /// How it is worded.
    pub wordings: Pattern,
    /// What looks like it and is something else.
    pub not: Option<Pattern>,
    /// Phrases that mention it: its tests.
    pub hits: Vec<String>,
    /// Phrases that don't.
    pub misses: Vec<String>,
}

/// Concepts by id.
#[derive(Debug, Default)]
pub struct Concepts(pub BTreeMap<String, Concept>);

/// The words that deny, and where a clause ends.
#[derive(Debug)]
pub struct Language {
    /// What denies what follows it in the clause.
    pub before: Pattern,
    /// What denies what stands before it in the clause.
    pub after: Pattern,
    /// Phrases with a denying word that affirm.
    pub affirming: Pattern,
    /// Where one clause ends and another begins.
    pub clause_end: Pattern,
    /// How far denials reach, and what says nothing by itself.
    pub reach: Reach,
    /// What asks for a number, and what is one.
    pub numbers: Numbers,
    /// What people call things by other words, whatever the problem.
    pub called: Glossary,
    /// How endpoints show what they can do.
    pub endpoints: EndpointMarks,
    /// How denials and what affirms begin, found when the first text is read.
    pub(super) finder: OnceLock<Finder>,
}

/// So many letters before a mention are too many to be read with it.
const FAR: usize = 60;

/// What parts a text from the same in other words: the end of a sentence and of a line, over which no wording reaches.
pub(super) const ONCE_MORE: &str = ".\n";

/// What ends a sentence, where space follows.
pub(super) const ENDS: [char; 5] = ['.', ';', '!', '?', '\n'];

/// What asks for a number, and what is one, in digits or in words.
#[derive(Debug, Default)]
pub struct Numbers {
    /// Words of a question to which the answer is a number.
    pub asked: Option<Pattern>,
    /// What is a number in an answer.
    pub given: Option<Pattern>,
}

impl Numbers {
    /// Whether a question asks for a number and its answer has none.
    #[must_use]
    pub fn are_missing(&self, question: &str, answer: &str) -> bool {
        let has = |pattern: &Option<Pattern>, text| {
            pattern
                .as_ref()
                .is_some_and(|pattern| pattern.is_match(text))
        };
        has(&self.asked, question) && !has(&self.given, answer)
    }
}

/// What in the path, the request or the answers of an endpoint shows what it can do.
#[derive(Debug, Default)]
pub struct EndpointMarks {
    /// The version of an interface.
    pub versioned: Option<Pattern>,
    /// Where one page of a list ends and the next begins.
    pub paginated: Option<Pattern>,
    /// What a repeated request is known by.
    pub idempotency_key: Option<Pattern>,
}

impl Default for Language {
    fn default() -> Self {
        let nothing = || Pattern::words(["$^".to_owned()]);
        Self::new(nothing(), nothing(), nothing(), Pattern::new(r"[.;\n]"))
    }
}

impl Language {
    /// What denies what follows it, what denies what stands before it, phrases with a denying word that affirm, and where
    /// clauses end. The first three are patterns of whole words.
    #[must_use]
    pub fn new(before: Pattern, after: Pattern, affirming: Pattern, clause_end: Pattern) -> Self {
        Self {
            before,
            after,
            affirming,
            clause_end,
            reach: Reach::default(),
            numbers: Numbers::default(),
            called: Glossary::default(),
            endpoints: EndpointMarks::default(),
            finder: OnceLock::new(),
        }
    }

    /// Whether a text mentions a concept and means it.
    #[must_use]
    pub fn mentions(&self, concept: &Concept, text: &str) -> bool {
        self.mentions_in(concept, text, None)
    }

    /// The same of an answer to a problem, whose things people call by words of their own.
    #[must_use]
    pub fn mentions_in(&self, concept: &Concept, text: &str, problem: Option<&Glossary>) -> bool {
        let read = self.read(text, problem);
        means(concept, &read, || self.clauses(&read))
    }

    /// A text as concepts are searched in it: plain, and where it has other words for what rules know, once more in theirs.
    #[must_use]
    pub(super) fn read(&self, text: &str, problem: Option<&Glossary>) -> String {
        let mut read = plain(text);
        self.read_once_more(&mut read, problem);
        read
    }

    /// Adds to a plain text what it is in the words that rules know; nothing where it has no others.
    pub(super) fn read_once_more(&self, plain: &mut String, problem: Option<&Glossary>) {
        if let Some(reworded) = self.reworded(plain, problem) {
            plain.push_str(ONCE_MORE);
            plain.push_str(&reworded);
        }
    }

    /// A text in lower case in the words that rules know; none where it has no others.
    pub(super) fn reworded(&self, text: &str, problem: Option<&Glossary>) -> Option<String> {
        let called: Vec<&Glossary> = problem.into_iter().chain([&self.called]).collect();
        glossary::reworded(text, &called)
    }

    /// The sentence of a text that is the first to mention a concept and to mean it, from where the mention is near.
    #[must_use]
    pub fn sentence<'t>(&self, concept: &Concept, text: &'t str) -> Option<&'t str> {
        // A plain text has the letters of the text one for one, though not always in as many bytes.
        let plain = plain(text);
        let mention = meant(concept, &plain, &concept.wordings.ranges(&plain), || {
            self.clauses(&plain)
        })?;
        let letters = plain.get(..mention.start)?.chars().count();
        let at = text.char_indices().nth(letters)?.0;
        let is_end = |end: &usize| {
            let rest = text.get(*end..).unwrap_or_default();
            rest.is_empty() || rest.starts_with(char::is_whitespace)
        };
        let ends = text.match_indices(ENDS).map(|(end, _)| end + 1);
        let ends: Vec<usize> = ends.filter(is_end).collect();
        let start = ends.iter().rfind(|end| **end <= at).copied();
        let end = ends.iter().find(|end| **end > at).copied();
        let sentence = start.unwrap_or(0)..end.unwrap_or(text.len());
        // Of a long sentence the clause says it.
        let before = text.get(sentence.start..at)?;
        let clause = before.rfind(", ").map(|comma| sentence.start + comma + 1);
        let far = before.chars().count() > FAR;
        let start = clause.filter(|_| far).unwrap_or(sentence.start);
        text.get(start..sentence.end).map(str::trim)
    }

    /// A text in plain words without those that deny.
    #[must_use]
    pub fn affirmed(&self, text: &str) -> String {
        let plain = plain(text);
        let clauses = self.clauses(&plain);
        let mut denials: Vec<&Range<usize>> = clauses.iter().flat_map(Clause::denials).collect();
        denials.sort_by_key(|denial| denial.start);
        let mut affirmed = String::with_capacity(plain.len());
        let mut end = 0;
        for denial in denials {
            affirmed.push_str(plain.get(end..denial.start).unwrap_or_default());
            affirmed.push(' ');
            end = end.max(denial.end);
        }
        affirmed.push_str(plain.get(end..).unwrap_or_default());
        affirmed
    }
}

/// Whether a plain text mentions a concept and means it: nothing before the mention in its clause denies it, and nothing
/// after it does. A mention may reach over the end of a clause; its clauses are then the ones that it touches.
pub(super) fn means<C: AsRef<[Clause]>>(
    concept: &Concept,
    text: &str,
    clauses: impl FnOnce() -> C,
) -> bool {
    let mentions = concept.wordings.ranges(text);
    any_meant(concept, text, &mentions, clauses)
}

/// The same where wordings can stand at these places alone.
pub(super) fn means_at<C: AsRef<[Clause]>>(
    concept: &Concept,
    text: &str,
    starts: &[Start],
    clauses: impl FnOnce() -> C,
) -> bool {
    let mentions = stands(&concept.wordings, text, starts);
    any_meant(concept, text, &mentions, clauses)
}

/// Where the wordings of a pattern of whole words stand in a text, given where they can.
pub(super) fn stands(pattern: &Pattern, text: &str, starts: &[Start]) -> Vec<Range<usize>> {
    let wordings = pattern.wordings();
    let mut ranges = Vec::new();
    for start in starts {
        let Some(wording) = wordings.get(start.wording as usize) else {
            continue;
        };
        match start.at {
            // What stands behind the end of a text that is read in part is no mention of it.
            Standing::Here(at, end) => {
                let here = at as usize..end as usize;
                ranges.extend(Some(here).filter(|here| here.end <= text.len()));
            }
            Standing::From(at) => ranges.extend(wording.range_at(text, at as usize)),
            Standing::Anywhere => ranges.extend(wording.ranges(text)),
        }
    }
    ranges
}

fn any_meant<C: AsRef<[Clause]>>(
    concept: &Concept,
    text: &str,
    mentions: &[Range<usize>],
    clauses: impl FnOnce() -> C,
) -> bool {
    meant(concept, text, mentions, clauses).is_some()
}

/// The first of the mentions that is meant.
fn meant<C: AsRef<[Clause]>>(
    concept: &Concept,
    text: &str,
    mentions: &[Range<usize>],
    clauses: impl FnOnce() -> C,
) -> Option<Range<usize>> {
    if mentions.is_empty() {
        return None;
    }
    let elsewhere = concept
        .not
        .as_ref()
        .map(|pattern| pattern.ranges(text))
        .unwrap_or_default();
    let clauses = clauses();
    let is_meant = |mention: &&Range<usize>| {
        !elsewhere.iter().any(|other| overlap(mention, other))
            && !clause::is_denied(mention, clauses.as_ref())
    };
    mentions.iter().find(is_meant).cloned()
}

/// A text in lower case with typewriter's quotes and dashes, as wordings are written.
#[must_use]
pub(super) fn plain(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        plain.push(match c {
            '\u{2018}' | '\u{2019}' => '\'',
            '\u{201c}' | '\u{201d}' => '"',
            '\u{2010}'..='\u{2015}' => '-',
            c => c.to_ascii_lowercase(),
        });
    }
    plain
}

pub(super) fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language() -> Language {
        Language::new(
            Pattern::words([
                "no".to_owned(),
                "without".to_owned(),
                "instead of".to_owned(),
            ]),
            Pattern::words(["is not needed".to_owned(), "fails$".to_owned()]),
            Pattern::words(["no single point".to_owned()]),
            Pattern::new(r"[.;,]| but "),
        )
    }

    /// The same with what denies its own subject alone, and where that ends.
    fn reaching() -> Language {
        let after = ["(is )?not needed".to_owned(), "fails$".to_owned()];
        Language {
            after: Pattern::words(after),
            clause_end: Pattern::new(r"[.;]| if "),
            reach: Reach {
                subject: Pattern::words([
                    "(are|is) (dropped|skipped)".to_owned(),
                    "was considered and dropped".to_owned(),
                ]),
                sentence: Pattern::new(r"^\s*not needed"),
                joined: Pattern::new(r"\s(and|or)\s"),
                attached: Pattern::new(r"\s(of|in|over)\s"),
                ..Reach::default()
            },
            ..language()
        }
    }

    #[test]
    fn a_mention_is_quoted_with_its_sentence_and_with_its_clause_where_that_is_long() {
        let (language, cache) = (language(), cache());
        let quote = |text| language.sentence(&cache, text);
        let text = "No cache there. Reads of 1.5 KB go to the cache; writes don’t.";
        assert_eq!(quote(text), Some("Reads of 1.5 KB go to the cache;"));
        let long = format!(
            "{}, so that a cache is asked first",
            "it goes on ".repeat(8)
        );
        assert_eq!(quote(&long), Some("so that a cache is asked first"));
        assert_eq!(quote("nothing"), None);
    }

    fn cache() -> Concept {
        Concept {
            id: "cache".to_owned(),
            title: "cache".to_owned(),
            wordings: Pattern::words(["caches?".to_owned()]),
            not: Some(Pattern::words(["cache line".to_owned()])),
            hits: Vec::new(),
            misses: Vec::new(),
        }
    }

    #[test]
    fn a_mention_counts_unless_its_own_clause_denies_it() {
        for (text, expected) in [
            ("a cache in front", true),
            ("no cache here", false),
            ("no queue, a cache instead", true),
            ("a queue instead of a cache", false),
            ("a cache is not needed", false),
            ("no single point of failure with a cache", true),
            ("fits a cache line", false),
            ("a cache fails, a queue does not", false),
            ("a cache fails over to another", true),
            ("a cache. A queue fails", true),
            ("without a queue but with a cache", true),
        ] {
            assert_eq!(language().mentions(&cache(), text), expected, "{text}");
        }
    }

    #[test]
    fn what_stands_behind_a_subject_denies_that_alone() {
        for (text, expected) in [
            ("a cache holds it a minute, old answers are dropped", true),
            (
                "a cache holds it a minute and old answers are dropped",
                true,
            ),
            ("a queue, a cache and a log are dropped", false),
            ("caches and logs are dropped", false),
            ("answers in the cache are dropped", true),
            ("the cache in front of it is skipped", false),
            ("a cache was considered and dropped", false),
            ("a cache, in the end, is dropped", false),
            ("old answers are skipped in the cache", true),
            ("a cache of a minute for it, a queue is not needed", true),
            ("we looked at a cache, a queue and a log; not needed", false),
            ("a cache answers. Not needed is a queue", false),
            ("a cache answers if it fails", true),
        ] {
            assert_eq!(reaching().mentions(&cache(), text), expected, "{text}");
        }
    }
}
