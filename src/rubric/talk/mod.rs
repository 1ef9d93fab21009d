//! How an interviewer takes lines that are about the talk itself: greetings, giving up, "what do you mean?".
//!
//! Knows the shape of such words, which are data; knows no session.

mod choices;
mod questions;
mod requirements;
mod verbs;
mod words;

pub use words::{Commanding, Describing};

use super::changing::Changing;
use super::defining::Defining;
use super::listening::Listening;
use super::pattern::{Pattern, end_of_start, is_match};
use crate::model::spelling::words;

/// The words of a talk, whatever it is about.
#[derive(Debug, Default)]
pub struct Talk {
    /// Words that lines begin with and that say nothing.
    pub fillers: Vec<String>,
    /// Words that a question begins with, even where its mark was forgotten.
    pub interrogatives: Vec<String>,
    /// What asks politely before a question.
    pub polite: Option<Pattern>,
    /// Words as they are written in haste, each with what it stands for behind it.
    pub shorthand: Vec<String>,
    /// Words that make a question of a line, wherever they stand.
    pub inquiring: Option<Pattern>,
    /// What a line begins with that asks even without a mark, wherever it is said.
    pub unmarked: Option<Pattern>,
    /// Words between two questions in one.
    pub joining: Vec<String>,
    /// Words around a figure that is to be confirmed: before it, and behind it.
    pub confirming: [Option<Pattern>; 2],
    /// Words before a name by which it is not wanted.
    pub unwanted: Vec<String>,
    /// Words around a term whose meaning is asked for.
    pub defining: Defining,
    /// What questions about the prompt begin with: "how do I".
    pub usage: Option<Pattern>,
    /// What people say who give up, as whole lines.
    pub giving_up: Option<Pattern>,
    /// What people say who agree, as whole lines.
    pub agreeing: Option<Pattern>,
    /// What people say who decline what is offered, as whole lines.
    pub declining: Option<Pattern>,
    /// What a line begins with that asks, though an answer is waited for.
    pub asking_back: Option<Pattern>,
    /// Words by which something is chosen.
    pub deciding: Option<Pattern>,
    /// Such words as are a part of the choice: "pull is cheaper because".
    pub preferring: Option<Pattern>,
    /// What is said behind its name of what is not chosen.
    pub rejecting: Option<Pattern>,
    /// Words that look like names of parts and are none: "go with".
    pub idioms: Option<Pattern>,
    /// Words by which something that was said is changed.
    pub changing: Changing,
    /// What a requirement is headed by.
    pub headings: Option<Pattern>,
    /// Words before what is left out.
    pub denying: Option<Pattern>,
    /// What the steps are called, in their order.
    pub steps: Vec<Pattern>,
    /// What begins a question that a yes or a no does not answer.
    pub wondering: Option<Pattern>,
    /// Words of requirements, by the command that writes them down.
    pub requiring: Vec<(String, Pattern)>,
    /// Words by which something is taken as given.
    pub assuming: Option<Pattern>,
    /// What answers nothing, as whole lines.
    pub nothing_said: Option<Pattern>,
    /// What points back to something that was said, as whole lines.
    pub pointing_back: Option<Pattern>,
    /// Words that give a reason for a fault to stay.
    pub reasons: Option<Pattern>,
    /// What a few bare words ask: questions with `{}` in their place.
    pub bare: Vec<String>,
    /// What questions begin with that lean on the one before: such as ask the same of something else, and such as name it.
    pub leaning: [Option<Pattern>; 2],
    /// Words that turn the question before, and are nothing without one: "writes".
    pub turning: Vec<String>,
    /// Words that measure what the question before was about: "per day".
    pub measures: Vec<String>,
    /// What the words of questions mean.
    pub questions: Listening,
    /// Words by which a line is known that begins like a command.
    pub commanding: Commanding,
    /// Words of sentences that describe a drawing.
    pub describing: Describing,
    /// Questions that are others in other words.
    pub readings: Vec<Reading>,
    /// Lines about the talk, with what is said to them.
    pub asides: Vec<Aside>,
}

/// How a question leans on the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaning {
    /// It asks how what was told is meant: "per day or per second?".
    Measures,
    /// It asks the same for reads or writes, which is nothing by itself.
    Operates,
    /// It asks the same for something else: "and for images?".
    Turns,
    /// It names something else, which may be a subject of its own: "what about groups?".
    Names,
}

/// Questions that are another in other words.
#[derive(Debug)]
pub struct Reading {
    /// What people say, as whole lines.
    pub heard: Pattern,
    /// The question that it is.
    pub as_question: String,
}

/// Lines about the talk, and what is said to them.
#[derive(Debug)]
pub struct Aside {
    /// What people say, as whole lines.
    pub heard: Pattern,
    /// What the interviewer says; nothing where what follows says it.
    pub say: Option<String>,
    /// What is said instead in an exam.
    pub in_exam: Option<String>,
    /// What follows.
    pub then: Option<Sequel>,
    /// Only while a question of the interviewer is open.
    pub while_asked: bool,
    /// Only where no fact of the problem answers it.
    pub after_facts: bool,
    /// Also where a line ends with it: "the picture is complete, shall we go deeper?".
    pub closing: bool,
}

/// What follows the answer to an aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sequel {
    /// What was asked last, or else the problem.
    Question,
    /// What the step is for.
    Step,
    /// Feedback on what there is so far.
    Feedback,
    /// The drawing as it stands.
    Drawing,
    /// The interview goes on: to the step that is named, or else as `next` does.
    Next,
    /// It goes back: to the step that is named, or else to the one before.
    Back,
}

impl Sequel {
    /// As written in the data.
    pub const WORDS: [(&'static str, Self); 6] = [
        ("question", Self::Question),
        ("step", Self::Step),
        ("feedback", Self::Feedback),
        ("drawing", Self::Drawing),
        ("next", Self::Next),
        ("back", Self::Back),
    ];
}

impl Talk {
    /// The aside that a line is.
    #[must_use]
    pub fn aside(&self, line: &str, asked: bool) -> Option<&Aside> {
        let (plain, bare) = (plain(line), self.bare_line(line));
        let is_heard = |aside: &Aside| aside.heard.is_match(&bare) || aside.heard.is_match(&plain);
        let fits = |aside: &&Aside| (asked || !aside.while_asked) && is_heard(aside);
        self.asides.iter().find(fits)
    }

    /// The aside that a line ends with, behind what stands before it and its own words: "that is all of it", "let us move on".
    #[must_use]
    pub fn closing_aside<'t>(
        &self,
        line: &'t str,
        asked: bool,
    ) -> Option<(&'t str, &'t str, &Aside)> {
        let line = line.trim_end_matches(['.', '!', '?', ' ']);
        let (before, last) = line.rsplit_once([',', ';', '.', '!'])?;
        let aside = self.aside(last, asked).filter(|aside| aside.closing)?;
        Some((before, last, aside))
    }

    /// The step that a line names, by its place: the longest of their names counts.
    #[must_use]
    pub fn step(&self, line: &str) -> Option<usize> {
        let plain = plain(line);
        let longest = |pattern: &Pattern| {
            let ranges = pattern.ranges(&plain).into_iter();
            ranges.map(|range| range.len()).max()
        };
        let steps = self.steps.iter().enumerate();
        let named = steps.filter_map(|(at, pattern)| Some((longest(pattern)?, at)));
        let (_, step) = named.max_by_key(|(length, at)| (*length, std::cmp::Reverse(*at)))?;
        Some(step)
    }

    /// Whether a question wants more than a yes or a no.
    #[must_use]
    pub fn wonders(&self, question: &str) -> bool {
        let wondering = self.wondering.as_ref();
        let bare = self.bare_line(question);
        wondering.is_some_and(|words| end_of_start(words, &bare).is_some())
    }

    /// The question that a line is in other words.
    #[must_use]
    pub fn reading(&self, line: &str) -> Option<&str> {
        let bare = self.bare_line(line);
        let mut readings = self.readings.iter();
        let reading = readings.find(|reading| reading.heard.is_match(&bare))?;
        Some(&reading.as_question)
    }

    /// Whether somebody gives up who says this.
    #[must_use]
    pub fn gives_up(&self, line: &str) -> bool {
        is_match(self.giving_up.as_ref(), &self.bare_line(line))
    }

    /// Whether somebody agrees who says this.
    #[must_use]
    pub fn agrees(&self, line: &str) -> bool {
        self.is_whole(self.agreeing.as_ref(), line)
    }

    /// Whether somebody declines who says this.
    #[must_use]
    pub fn declines(&self, line: &str) -> bool {
        self.is_whole(self.declining.as_ref(), line)
    }

    /// The question in a line that asks instead of answering: all of it, or what follows when somebody gives up.
    #[must_use]
    pub fn asks_back<'t>(&self, line: &'t str) -> Option<&'t str> {
        let begins = |text: &str| {
            let bare = self.bare_line(text);
            let asks = self.asking_back.as_ref();
            asks.is_some_and(|asks| asks.ranges(&bare).iter().any(|range| range.start == 0))
        };
        if begins(line) {
            return Some(line);
        }
        let (given_up, rest) = line.split_once(['.', ',', ';', '!'])?;
        let rest = rest.trim_start();
        (self.gives_up(given_up) && begins(rest)).then_some(rest)
    }

    /// A line as it was typed without the fillers that it begins with.
    #[must_use]
    pub fn without_fillers<'t>(&self, line: &'t str) -> &'t str {
        let mut text = line;
        let begins = |text: &&'t str| {
            text.split_once(' ')
                .filter(|(first, _)| self.is_filler(&plain(first)))
        };
        while let Some((_, rest)) = begins(&text) {
            text = rest.trim_start();
        }
        text
    }

    /// A line with gaps for the words that look like names of parts and are none; the words beside them in their idioms stay.
    #[must_use]
    pub fn without_idioms(&self, line: &str, is_name: impl Fn(&str) -> bool) -> String {
        let mut text = line.replace(['\'', '’'], "");
        let lower = text.to_lowercase();
        for range in self.idioms.iter().flat_map(|idioms| idioms.ranges(&lower)) {
            let mut at = range.start;
            for word in lower.get(range).unwrap_or_default().split(' ') {
                let end = at + word.len();
                if is_name(word) && text.get(at..end).is_some() {
                    text.replace_range(at..end, &".".repeat(word.len()));
                }
                at = end + 1;
            }
        }
        text
    }

    /// Whether a word is one that lines begin with and that says nothing.
    #[must_use]
    pub fn is_filler(&self, word: &str) -> bool {
        self.fillers.iter().any(|filler| filler == word)
    }

    /// Whether a line takes something as given.
    #[must_use]
    pub fn assumes(&self, line: &str) -> bool {
        is_match(self.assuming.as_ref(), &plain(line))
    }

    /// Whether a line points back to something that was said.
    #[must_use]
    pub fn points_back(&self, line: &str) -> bool {
        is_match(self.pointing_back.as_ref(), &self.bare_line(line))
    }

    /// Whether a line answers nothing.
    #[must_use]
    pub fn says_nothing(&self, line: &str) -> bool {
        let plain = plain(line);
        plain.is_empty() || is_match(self.nothing_said.as_ref(), &plain)
    }

    /// Whether a line says why a fault may stay.
    #[must_use]
    pub fn gives_a_reason(&self, line: &str) -> bool {
        is_match(self.reasons.as_ref(), &plain(line))
    }

    /// Whether a line is one of these, with or without the fillers that it begins with: "hm yes".
    fn is_whole(&self, pattern: Option<&Pattern>, line: &str) -> bool {
        is_match(pattern, &plain(line)) || is_match(pattern, &self.bare_line(line))
    }

    /// A line without the fillers that it begins with.
    fn bare_line(&self, line: &str) -> String {
        let plain = plain(line);
        let mut words: Vec<&str> = plain.split(' ').collect();
        // What consists of nothing else is said as it is: "ok" is no filler before nothing.
        while words.len() > 1 && words.first().is_some_and(|word| self.is_filler(word)) {
            words.remove(0);
        }
        let line = words.join(" ");
        let polite = self
            .polite
            .as_ref()
            .and_then(|polite| end_of_start(polite, &line));
        let rest = polite.and_then(|end| line.get(end..)?.strip_prefix(' '));
        let asks = |rest: &&str| {
            let first = rest.split(' ').next().unwrap_or_default();
            self.interrogatives.iter().any(|word| word == first)
        };
        rest.filter(asks).map(str::to_owned).unwrap_or(line)
    }

    /// A line with what was written in haste written out; none where nothing was.
    #[must_use]
    pub fn written_out(&self, line: &str) -> Option<String> {
        let meant = |word: &str| {
            let mark = word.trim_end_matches(['?', ',', '.', '!']);
            // "Reqs/s" are requests; "w/o" has a meaning of its own.
            let unit = mark.split('/').next().unwrap_or(mark);
            let known = self
                .shorthand
                .iter()
                .filter_map(|pair| pair.split_once(' '));
            let means = |text: &str| {
                let mut known = known.clone();
                let found = known.find(|(short, _)| short.eq_ignore_ascii_case(text));
                found.map(|(_, long)| word.replacen(text, long, 1))
            };
            means(mark).or_else(|| means(unit).filter(|_| unit.len() > 1))
        };
        let mut changed = false;
        let words: Vec<String> = line
            .split(' ')
            .map(|word| {
                let long = meant(word);
                changed |= long.is_some();
                long.unwrap_or_else(|| word.to_owned())
            })
            .collect();
        changed.then(|| words.join(" "))
    }
}

/// The words of a line in lower case, without marks and apostrophes, with a space between them.
fn plain(line: &str) -> String {
    words(&line.replace(['\'', '’'], "")).join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn talk() -> Talk {
        let whole = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            Pattern::whole(&texts)
        };
        Talk {
            fillers: vec!["um".to_owned(), "so".to_owned()],
            interrogatives: vec!["why".to_owned(), "whats".to_owned(), "how".to_owned()],
            inquiring: Some(Pattern::words(["how often".to_owned()])),
            unmarked: Some(Pattern::words(["how".to_owned(), "is it".to_owned()])),
            joining: vec!["and".to_owned()],
            confirming: [
                Some(Pattern::words(["so".to_owned(), "can i assume".to_owned()])),
                Some(Pattern::words(["right".to_owned(), "i guess".to_owned()])),
            ],
            giving_up: Some(whole(&["no idea", "i dont know"])),
            reasons: Some(Pattern::words(["because".to_owned()])),
            bare: vec!["how many {}".to_owned()],
            asides: vec![Aside {
                heard: whole(&["why"]),
                say: None,
                in_exam: None,
                then: Some(Sequel::Question),
                while_asked: true,
                after_facts: false,
                closing: true,
            }],
            steps: vec![
                Pattern::words(["requirements".to_owned()]),
                Pattern::words(["design".to_owned(), "drawing".to_owned()]),
                Pattern::words(["detailed design".to_owned()]),
            ],
            ..Talk::default()
        }
    }

    #[test]
    fn questions_begin_with_their_words_whatever_stands_around_them() {
        for (line, begins) in [
            ("why?", true),
            ("what's that?", true),
            ("um, How so", true),
            ("maybe a queue?", false),
        ] {
            assert_eq!(talk().begins_like_a_question(line), begins, "{line}");
        }
        assert!(talk().asks("location updates how often"));
        assert!(!talk().asks("location updates"));
    }

    #[test]
    fn several_questions_in_one_are_told_apart() {
        for (line, questions) in [
            (
                "how many users and how fast?",
                vec!["how many users and", "how fast?"],
            ),
            (
                "how many users and servers?",
                vec!["how many users and servers?"],
            ),
            ("um, how so? why?", vec!["um, how so?", "why?"]),
            ("we build it. how many?", vec!["how many?"]),
            ("when it fails, how many?", vec![]),
        ] {
            let told: Vec<&str> = talk().questions(line).collect();
            assert_eq!(told, questions, "{line}");
        }
    }

    #[test]
    fn what_is_to_be_confirmed_is_told_from_what_asks_for_it() {
        for (line, rest) in [
            ("So 10M users, right?", Some("10M users")),
            ("can I assume 99.9%, I guess?", Some("99.9%")),
            ("right?", None),
            ("10M users?", None),
        ] {
            assert_eq!(talk().to_be_confirmed(line).as_deref(), rest, "{line}");
        }
    }

    #[test]
    fn who_gives_up_is_heard_with_and_without_apostrophes_and_fillers() {
        for line in ["I don't know.", "so um no idea", "i dont know"] {
            assert!(talk().gives_up(line), "{line}");
        }
        assert!(!talk().gives_up("i dont know kafka, so sqs"));
    }

    #[test]
    fn an_aside_about_a_question_needs_one() {
        assert!(talk().aside("Why?", true).is_some());
        assert!(talk().aside("Why?", false).is_none());
    }

    #[test]
    fn lines_end_with_asides_and_name_steps() {
        let talk = talk();
        let closing = talk.closing_aside("a queue, I think. Why?", true);
        assert_eq!(closing.map(|(before, ..)| before), Some("a queue, I think"));
        assert!(talk.closing_aside("a queue, I think", true).is_none());
        for (line, step) in [
            ("back to the requirements", Some(0)),
            ("the drawing", Some(1)),
            ("now the detailed design", Some(2)),
            ("further", None),
        ] {
            assert_eq!(talk.step(line), step, "{line}");
        }
    }

    #[test]
    fn bare_words_stand_for_questions() {
        for question in ["drivers?", "um, what's drivers?"] {
            let noun = talk().noun(question);
            let meant: Vec<String> = talk().meant_by(&noun).collect();
            assert_eq!(meant, ["how many drivers"]);
        }
    }
}
