//! Questions of candidates: whether a line is one, what it asks for, and the question that it leans on.
//!
//! Knows the words of questions; knows no answer.

use super::{Leaning, Talk, plain};
use crate::rubric::pattern::{Pattern, end_of_start, is_match, start_of_end};

/// A question of so many words at most leans on another.
const MOST_LEANING_WORDS: usize = 6;

impl Talk {
    /// Whether the first word is one of a question; "maybe a queue?" is an answer that doubts itself.
    #[must_use]
    pub fn begins_like_a_question(&self, line: &str) -> bool {
        let bare = self.bare_line(line);
        let first = bare.split(' ').next().unwrap_or_default();
        self.interrogatives.iter().any(|word| word == first)
    }

    /// Whether a line without a mark asks: by its first word, or by words such as "how often" in its middle.
    #[must_use]
    pub fn asks(&self, line: &str) -> bool {
        self.begins_like_a_question(line) || is_match(self.inquiring.as_ref(), &plain(line))
    }

    /// Whether a line is a question, though its mark was forgotten: "how many people watch".
    #[must_use]
    pub fn is_unmarked_question(&self, line: &str) -> bool {
        let bare = self.bare_line(line);
        let unmarked = self.unmarked.as_ref();
        unmarked.is_some_and(|unmarked| unmarked.ranges(&bare).iter().any(|range| range.start == 0))
    }

    /// The questions that stand in one: "how many users do we have" and "how fast must it be?".
    pub fn questions<'t>(&self, line: &'t str) -> impl Iterator<Item = &'t str> {
        let mut begins = vec![0];
        for (at, _) in line.match_indices(' ') {
            let begin = begins.last().copied().unwrap_or_default();
            let (before, rest) = (
                line.get(begin..at).unwrap_or_default(),
                line.get(at + 1..).unwrap_or_default(),
            );
            let last = before.rsplit(' ').next().unwrap_or_default();
            let joins = last.ends_with([',', ';', '?', '.', '!'])
                || self.joining.contains(&last.to_lowercase());
            // "or is it" goes on with the same question, and "when I post, how soon" is one.
            let is_apart = last.ends_with(['?', '.', '!']) || self.is_unmarked_question(before);
            if joins && is_apart && last != "or" && self.begins_like_a_question(rest) {
                begins.push(at + 1);
            }
        }
        let ends: Vec<usize> = begins.iter().skip(1).copied().chain([line.len()]).collect();
        let parts = begins
            .into_iter()
            .zip(ends)
            .filter_map(|(start, end)| line.get(start..end));
        parts
            .filter(|part| self.begins_like_a_question(part))
            .map(str::trim)
    }

    /// What is left of a line that wants something confirmed: "10M users" of "so 10M users, right?".
    #[must_use]
    pub fn to_be_confirmed(&self, line: &str) -> Option<String> {
        let line = line.replace(['\'', '’'], "");
        let whole = line.trim_end_matches(['?', '!', '.', ' ']);
        let [before, behind] = &self.confirming;
        let mut rest = whole;
        while let Some(start) = behind.as_ref().and_then(|words| start_of_end(words, rest)) {
            rest = rest.get(..start)?.trim_end_matches([',', ' ', '-']);
        }
        while let Some(end) = before.as_ref().and_then(|words| end_of_start(words, rest)) {
            rest = rest.get(end..)?.trim_start_matches([',', ' ', ':']);
        }
        (!rest.is_empty() && rest.len() < whole.len()).then(|| rest.to_owned())
    }

    /// Whether a line asks something, by its mark and by its words: "maybe a queue?" is an answer that doubts itself.
    #[must_use]
    pub fn wants_to_know(&self, line: &str) -> bool {
        line.ends_with('?') && self.asks(line)
    }

    /// How a question leans on the one before; none where it asks something by itself.
    #[must_use]
    pub fn leaning(&self, question: &str) -> Option<Leaning> {
        let plain = plain(question);
        let [turns, names] = &self.leaning;
        let rest = |begins: &Option<Pattern>| {
            let end = end_of_start(begins.as_ref()?, &plain)?;
            let rest = plain.get(end..)?.trim();
            let first = rest.split(' ').next().unwrap_or_default();
            let is_whole = self.interrogatives.iter().any(|word| word == first);
            (!rest.is_empty() && !is_whole).then_some(rest)
        };
        if plain.split(' ').count() > MOST_LEANING_WORDS {
            return None;
        }
        let turned = rest(turns).map(|rest| (rest, Leaning::Turns));
        let (rest, usual) = turned.or_else(|| Some((rest(names)?, Leaning::Names)))?;
        Some(self.turns(rest).unwrap_or(usual))
    }

    /// What words by themselves make of a question: one that measures, or turns; together they ask something by themselves.
    fn turns(&self, rest: &str) -> Option<Leaning> {
        let has = |words: &[String]| {
            rest.split(' ')
                .any(|word| words.iter().any(|other| other == word))
        };
        match (has(&self.turning), has(&self.measures)) {
            (false, true) => Some(Leaning::Measures),
            (true, false) => Some(Leaning::Operates),
            _ => None,
        }
    }

    /// What a leaning question is about, without what it begins with.
    #[must_use]
    pub fn leaning_on(&self, question: &str) -> String {
        let plain = plain(question);
        let begins = self.leaning.iter().flatten();
        let ends = begins.filter_map(|begins| end_of_start(begins, &plain));
        let rest = plain.get(ends.max().unwrap_or_default()..);
        rest.unwrap_or_default().trim().to_owned()
    }

    /// How a question asks: "how many" of "how many users are there?"; all of it where that is not in its first two words.
    #[must_use]
    pub fn frame(&self, question: &str) -> String {
        let bare = self.bare_line(question);
        let mut words = bare.splitn(3, ' ');
        match (words.next(), words.next()) {
            (Some("how"), Some(how)) => format!("how {how}"),
            _ => bare,
        }
    }

    /// The term whose meaning a line asks for: "token bucket" of "whats a token bucket".
    #[must_use]
    pub fn defined(&self, line: &str) -> Option<String> {
        let long = self.written_out(line);
        self.defining
            .term(&self.bare_line(long.as_deref().unwrap_or(line)))
    }

    /// The two terms that a line wants told apart.
    #[must_use]
    pub fn compared(&self, line: &str) -> Option<[String; 2]> {
        let long = self.written_out(line);
        self.defining
            .compared(&self.bare_line(long.as_deref().unwrap_or(line)))
    }

    /// What a question asks the way to: "delete a component" of "how do I delete a component?".
    #[must_use]
    pub fn way_to(&self, question: &str) -> Option<String> {
        let bare = self.bare_line(question);
        let begins = self.usage.as_ref()?.ranges(&bare).into_iter();
        let end = begins
            .filter(|range| range.start == 0)
            .map(|range| range.end);
        let rest = bare.get(end.max()?..)?;
        rest.strip_prefix(' ').map(str::to_owned)
    }

    /// What a short question is about: "limits" of "what limits?".
    #[must_use]
    pub fn noun(&self, question: &str) -> String {
        let bare = self.bare_line(question);
        let noun = bare
            .split_once(' ')
            .filter(|(first, _)| self.interrogatives.iter().any(|word| word == first));
        noun.map_or_else(|| bare.clone(), |(_, noun)| noun.to_owned())
    }

    /// Whether a line is a name and nothing else: "caching?".
    #[must_use]
    pub fn is_bare(&self, line: &str, name: &str) -> bool {
        plain(line) == plain(name)
    }

    /// The questions that a few words may stand for.
    pub fn meant_by<'t>(&'t self, words: &'t str) -> impl Iterator<Item = String> + 't {
        self.bare.iter().map(move |form| form.replace("{}", words))
    }
}
