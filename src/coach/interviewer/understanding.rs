//! Which facts a question asks for: as it stands, with its slips corrected, or as what it is in other words.
//!
//! Knows patterns and words of facts; tells nothing.

use std::ops::Range;

use crate::coach::session::Session;
use crate::model::spelling::words;
use crate::rubric::{Fact, Heard};

/// A question as it was typed, and with its slips of the pen corrected.
pub(super) struct Asking<'q> {
    typed: &'q str,
    spelt: Option<String>,
}

impl<'q> Asking<'q> {
    /// Reads a question.
    pub fn new(session: &Session<'_>, typed: &'q str) -> Self {
        let talk = session.talk();
        let long = talk.written_out(typed);
        let text = long.as_deref().unwrap_or(typed);
        let spelt = session.problem.spelt(text, &talk.questions);
        let spelt = spelt.filter(|spelt| !loses_a_term(session, text, spelt));
        Self {
            typed,
            spelt: spelt.or(long),
        }
    }

    fn best(&self) -> &str {
        self.spelt.as_deref().unwrap_or(self.typed)
    }
}

/// Whether what was taken for a slip of the pen is a term of the field: "polling" is no "pooling".
fn loses_a_term(session: &Session<'_>, text: &str, spelt: &str) -> bool {
    let kept = words(spelt);
    let is_term = |word: &String| {
        session.vocabulary().meaning(word).is_some() || session.catalog.pages.has(word)
    };
    let mut lost = words(text).into_iter().filter(|word| !kept.contains(word));
    lost.any(|word| is_term(&word))
}

/// One question asks for no more facts than this.
const MOST_ANSWERS: usize = 3;

/// The facts that a question asks for, the best match first: as it stands, and where several questions stand in one, each of
/// them.
pub(super) fn asked_for<'p>(session: &Session<'p>, asking: &Asking<'_>) -> Vec<&'p Fact> {
    let whole = in_some_reading(session, asking);
    let talk = session.talk();
    let parts: Vec<&str> = talk
        .questions(asking.typed)
        .filter(|part| *part != asking.typed)
        .take(MOST_ANSWERS)
        .collect();
    let answers = parts
        .iter()
        .map(|part| in_some_reading(session, &Asking::new(session, part)));
    let answers: Vec<Vec<&Fact>> = answers.collect();
    let whole = whole
        .into_iter()
        .filter(|_| answers.len() < 2 || answers.iter().any(Vec::is_empty));
    let mut told: Vec<&Fact> = Vec::new();
    for fact in answers.iter().flatten().copied().chain(whole) {
        if told.len() < MOST_ANSWERS && told.iter().all(|other| other.id != fact.id) {
            told.push(fact);
        }
    }
    told
}

/// The facts that one question asks for: as it stands, with slips of the pen corrected, or as what it is in other words.
fn in_some_reading<'p>(session: &Session<'p>, asking: &Asking<'_>) -> Vec<&'p Fact> {
    let talk = session.talk();
    let readings = [asking.typed].into_iter().chain(asking.spelt.as_deref());
    let readings = readings
        .chain(talk.reading(asking.typed))
        .chain(without_example(asking.best()));
    let facts = first_understood(session, readings);
    // "How much user" is "how many users" to who learns the language.
    let much = asking.best().to_lowercase();
    if !facts.is_empty() || !much.contains(MUCH) {
        return facts;
    }
    let many = much.replace(MUCH, "how many ").replace(" user ", " users ");
    first_understood(session, std::iter::once(many.as_str()))
}

/// What people ask for numbers by who learn the language.
const MUCH: &str = "how much ";

/// A question without what it gives as an example or a choice: "how large is a group" of "how large is a group, 5 or 10?".
fn without_example(question: &str) -> Option<&str> {
    let (before, _) = question.rsplit_once(", ")?;
    (before.split_whitespace().count() > MOST_BARE_WORDS).then_some(before)
}

/// The facts that a few bare words ask for, such as "drivers?" or "group size?".
pub(super) fn meant_by_few_words<'p>(session: &Session<'p>, asking: &Asking<'_>) -> Vec<&'p Fact> {
    let words = session.talk().noun(asking.best());
    if !is_bare(session, &words) {
        return Vec::new();
    }
    let talk = session.talk();
    let readings: Vec<String> = talk.meant_by(&words).collect();
    let mut facts = first_understood(session, readings.iter().map(String::as_str));
    // A few words ask for what has these words: "payments" for no limits of paying callers.
    let questions = &session.talk().questions;
    let asks = |fact: &Fact| {
        let part = best(fact, &words).map_or(0, |range| range.len());
        share(part, words.len()) >= MOST_OF_IT
    };
    facts.retain(|fact| asks(fact) || questions.has_words_of(&words, fact));
    facts
}

/// The facts of the first reading of a question that is understood.
fn first_understood<'p, 'q>(
    session: &Session<'p>,
    readings: impl Iterator<Item = &'q str>,
) -> Vec<&'p Fact> {
    let mut understood = readings.map(|reading| understood(session, reading));
    understood
        .find(|facts| !facts.is_empty())
        .unwrap_or_default()
}

/// So many words without a verb stand for a question.
const MOST_BARE_WORDS: usize = 3;

/// Whether a question is a few words, all of which the problem knows: "drivers?", "group size?".
fn is_bare(session: &Session<'_>, question: &str) -> bool {
    let talk = session.talk();
    let heard = session.problem.hear(question, &talk.questions);
    question.split_whitespace().count() <= MOST_BARE_WORDS && heard.known >= 1.0
}

/// The facts that a question asks for as it stands. Two listen: the patterns of the facts, of which the longest match
/// counts, and the words of the question. Where they disagree the interviewer rather says nothing than something else.
fn understood<'p>(session: &Session<'p>, question: &str) -> Vec<&'p Fact> {
    let problem = session.problem;
    let talk = session.talk();
    let heard = problem.hear(question, &talk.questions);
    let mut matched = matched(&problem.facts, question);
    rank(&mut matched, &heard);
    let Some(agreed) = agreed(&heard, &matched, question) else {
        return Vec::new();
    };
    let is_first = matched.first().is_some_and(|(at, _)| *at == agreed);
    let mut others = beside_first(&matched, question, &talk.joining);
    let second = others.find(|at| is_first && speaks_for(&heard, *at) > 0.0);
    let facts = std::iter::once(agreed).chain(second);
    facts.filter_map(|at| problem.facts.get(at)).collect()
}

/// What is asked for beside the first match: in another clause of the question, or by the same words.
fn beside_first(
    matched: &[(usize, Range<usize>)],
    question: &str,
    joining: &[String],
) -> impl Iterator<Item = usize> {
    let first = matched.first().map(|(_, first)| first);
    let others = matched.iter().skip(1).filter(move |(_, range)| {
        first.is_some_and(|first| range == first || are_apart(first, range, question, joining))
    });
    others.map(|(at, _)| *at)
}

/// A match that covers so much of a question says what it is about, whatever its other words are.
const MOST_OF_IT: f64 = 0.6;

/// So many of the words have to be known for a match that covers less.
const KNOWN: f64 = 0.6;

/// The words have to speak for what was matched by so much, where they speak for nothing else.
const AGREED: f64 = 2.0;

/// Where they speak for another fact, it is by so much at most, and so many of them are known.
const DOUBTED: f64 = 1.0;
const KNOWN_IN_DOUBT: f64 = 0.8;

/// Words alone have to speak for a fact by so much, and by so much more than for any other, and so many are known.
const SURE: f64 = 3.0;
const SURE_BEFORE_OTHERS: f64 = 2.5;
const KNOWN_ALONE: f64 = 0.5;

/// The fact on which pattern and words agree, or of which the words alone are sure.
fn agreed(heard: &Heard, matched: &[(usize, Range<usize>)], question: &str) -> Option<usize> {
    let mut ranked: Vec<(usize, f64)> = heard.evidence.iter().copied().enumerate().collect();
    ranked.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    let (best, most) = *ranked.first()?;
    let next = ranked.get(1).map_or(f64::NEG_INFINITY, |(_, next)| *next);
    let covers = matched
        .first()
        .is_some_and(|(_, range)| share(range.len(), question.len()) >= MOST_OF_IT);
    if let Some((at, _)) = matched.first() {
        let own = speaks_for(heard, *at);
        let is_agreed = own >= most && own >= AGREED && (covers || heard.known >= KNOWN);
        let is_likely = own >= 0.0 && most - own <= DOUBTED && heard.known >= KNOWN_IN_DOUBT;
        if own > heard.nothing && (is_agreed || is_likely) {
            return Some(*at);
        }
    }
    let is_sure = most >= SURE && most - next >= SURE_BEFORE_OTHERS && heard.known >= KNOWN_ALONE;
    (is_sure && !covers && most > heard.nothing).then_some(best)
}

fn speaks_for(heard: &Heard, at: usize) -> f64 {
    heard.evidence.get(at).copied().unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "lengths of lines")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// The facts whose patterns are found.
fn matched(facts: &[Fact], question: &str) -> Vec<(usize, Range<usize>)> {
    let ranges = facts.iter().map(|fact| best(fact, question)).enumerate();
    ranges
        .filter_map(|(at, range)| Some((at, range?)))
        .collect()
}

/// Puts the longest match first, and of equally long ones that for which the words speak most.
fn rank(matched: &mut [(usize, Range<usize>)], heard: &Heard) {
    matched.sort_by(|(one, first), (another, second)| {
        let by_words = speaks_for(heard, *another).total_cmp(&speaks_for(heard, *one));
        second.len().cmp(&first.len()).then(by_words)
    });
}

/// Whether two parts of a question stand in clauses of their own: two facts are asked for, and not one with more words.
fn are_apart(one: &Range<usize>, other: &Range<usize>, question: &str, joining: &[String]) -> bool {
    let (before, after) = if one.start < other.start {
        (one, other)
    } else {
        (other, one)
    };
    if before.end > after.start {
        return false;
    }
    // What joins them may be the last word of the one or the first sign of the other.
    let between = question.get(before.end..after.start).unwrap_or_default();
    let edges = [
        question
            .get(..before.end)
            .and_then(|text| text.chars().last()),
        question
            .get(after.start..)
            .and_then(|text| text.chars().next()),
    ];
    let parts = [',', ';', '?', '.', '&', '+', '/'];
    between.contains(parts)
        || edges.into_iter().flatten().any(|c| parts.contains(&c))
        || between
            .split_whitespace()
            .any(|word| joining.contains(&word.to_lowercase()))
}

/// The longest part of a question that asks for a fact. It begins with a word: `sign` is not asked for by `design`.
fn best(fact: &Fact, question: &str) -> Option<Range<usize>> {
    let begins = |range: &Range<usize>| {
        let before = question
            .get(..range.start)
            .and_then(|text| text.chars().last());
        let first = question
            .get(range.start..)
            .and_then(|text| text.chars().next());
        !(before.is_some_and(char::is_alphanumeric) && first.is_some_and(char::is_alphanumeric))
    };
    let ranges = fact
        .asks
        .iter()
        .flat_map(|pattern| pattern.ranges(question));
    ranges
        .filter(|range| !range.is_empty() && begins(range))
        .max_by_key(ExactSizeIterator::len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rubric::Pattern;

    fn fact(id: &str, asks: &[&str]) -> Fact {
        Fact {
            id: id.to_owned(),
            asks: asks.iter().map(|ask| Pattern::new(*ask)).collect(),
            asked: Vec::new(),
            answer: String::new(),
            assume: Vec::new(),
        }
    }

    /// The facts whose patterns are found, the second where it stands in a clause of its own.
    fn ids(facts: &[Fact], question: &str) -> Vec<String> {
        let mut matched = matched(facts, question);
        let heard = Heard {
            evidence: vec![0.0; facts.len()],
            nothing: 0.0,
            known: 0.0,
        };
        rank(&mut matched, &heard);
        let (first, _) = matched.first().expect("a match");
        let second = beside_first(&matched, question, &["and".to_owned()]).next();
        let told = std::iter::once(*first).chain(second);
        told.filter_map(|at| facts.get(at))
            .map(|fact| fact.id.clone())
            .collect()
    }

    #[test]
    fn the_longest_match_answers_first_and_another_part_second() {
        let facts = [
            fact("scale", &["how many"]),
            fact("users", &["how many users"]),
            fact("ratio", &["read.*write"]),
        ];
        assert_eq!(
            ids(&facts, "how many users, and reads to writes?"),
            ["users", "ratio"]
        );
        assert_eq!(ids(&facts, "how many users?"), ["users"]);
    }

    #[test]
    fn words_within_words_and_further_words_of_one_question_ask_for_nothing_more() {
        let facts = [
            fact("users", &["how many users"]),
            fact("accounts", &["sign|account"]),
        ];
        assert_eq!(ids(&facts, "how many users do we design for?"), ["users"]);
        assert_eq!(ids(&facts, "how many users have an account?"), ["users"]);
        assert_eq!(
            ids(&facts, "how many users, and is there an account?"),
            ["users", "accounts"]
        );
    }

    #[test]
    fn two_facts_for_the_same_words_are_both_told() {
        let facts = [
            fact("latency", &["sla"]),
            fact("availability", &["sla"]),
            fact("third", &["sla"]),
        ];
        assert_eq!(ids(&facts, "what is the sla?"), ["latency", "availability"]);
    }
}
