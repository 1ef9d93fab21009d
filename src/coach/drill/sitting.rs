//! A sitting: drills one after the other; a line in, replies out. The same lines give the same replies.
//!
//! Knows the order of things and how an answer is graded; what is right is each sort's business.

use std::collections::{BTreeSet, VecDeque};

use super::card::{Answer, Card, Drill, Review, Sort, Verdict};
use super::deck::Deck;
use super::flaw;
use super::memory::Grade;
use super::schedule::{Schedule, Wanted};
use crate::coach::completion::Completing;
use crate::coach::event::LONGEST_LINE;
use crate::coach::line;
use crate::coach::reply::{Listing, Reply};
use crate::model::spelling::counted;
use crate::report;

/// Answers that are not understood are followed by choices after so many.
const PATIENCE: usize = 2;

/// What is said to who does not know.
const ANY_GUESS: &str =
    "A guess costs nothing. `ref` opens the page on it, `show` gives up and shows the answer.";

/// Drills at a prompt.
pub struct Sitting<'c> {
    deck: &'c Deck<'c>,
    waiting: VecDeque<Card>,
    current: Option<Current>,
    /// The cards that were asked again already.
    repeated: BTreeSet<String>,
    reviews: Vec<Review>,
    /// How many went how.
    grades: Vec<Grade>,
    /// How many there are in all.
    total: usize,
    asked: usize,
    today: u32,
    seed: u64,
    over: bool,
}

struct Current {
    card: Card,
    drill: Drill,
    state: State,
    /// Answers that were off, or could not be taken.
    tries: usize,
    /// What was said so far, where words answer.
    said: String,
    unclear: usize,
    helped: bool,
}

enum State {
    Answering,
    Choosing(Vec<String>),
    /// A good answer is shown; the candidate says whether it was said in other words.
    Confirming,
}

/// A word at the prompt that is no answer.
struct Word {
    name: &'static str,
    aliases: &'static [&'static str],
    summary: &'static str,
    does: Does,
}

#[derive(Clone, Copy)]
enum Does {
    OfferChoices,
    GiveUp,
    Repeat,
    Skip,
    Leave,
    Help,
}

const WORDS: &[Word] = &[
    Word {
        name: "choices",
        aliases: &["choose"],
        summary: "Shows some faults to choose from, where a flaw is asked.",
        does: Does::OfferChoices,
    },
    Word {
        name: "show",
        aliases: &["idk", "dunno", "solution", "answer", "pass", "no idea"],
        summary: "Gives up and shows the answer; the drill comes back.",
        does: Does::GiveUp,
    },
    Word {
        name: "again",
        aliases: &["repeat"],
        summary: "Shows the question again.",
        does: Does::Repeat,
    },
    Word {
        name: "skip",
        aliases: &["next"],
        summary: "Goes on without an answer; nothing is noted, but a wrong one that was given is missed.",
        does: Does::Skip,
    },
    Word {
        name: "quit",
        aliases: &["exit", "q", "bye"],
        summary: "Leaves; what was answered is kept.",
        does: Does::Leave,
    },
    Word {
        name: "help",
        aliases: &["?"],
        summary: "Shows these words.",
        does: Does::Help,
    },
];

/// The word that is followed by what to look up.
const REF: &str = "ref";

impl<'c> Sitting<'c> {
    /// Begins a sitting: what is due first, then what is new.
    #[must_use]
    pub fn begin(
        deck: &'c Deck<'c>,
        schedule: &Schedule,
        wanted: &Wanted,
        today: u32,
    ) -> (Self, Vec<Reply>) {
        let cards = schedule.choose(deck, wanted, today);
        let due = cards
            .iter()
            .filter(|card| schedule.knows(&card.name()))
            .count();
        let mut sitting = Self {
            deck,
            total: cards.len(),
            waiting: cards.into(),
            current: None,
            repeated: BTreeSet::new(),
            reviews: Vec::new(),
            grades: Vec::new(),
            asked: 0,
            today,
            seed: wanted.seed,
            over: false,
        };
        let (all, new) = (sitting.total, sitting.total - due);
        let head = format!("{}: {due} due, {new} new", counted(all, "drill", "drills"));
        let note = "Answer in a line; `show` gives up, `help` shows what else there is.";
        let mut replies = vec![Reply::Heading(head), Reply::Note(note.to_owned())];
        replies.extend(sitting.ask_next());
        (sitting, replies)
    }

    /// Takes a line.
    pub fn turn(&mut self, text: &str) -> Vec<Reply> {
        if text.len() > LONGEST_LINE {
            let help = "say it in fewer words".to_owned();
            let message = format!("a line of more than {LONGEST_LINE} bytes");
            return vec![Reply::trouble(message, help)];
        }
        let line = line::clean(text);
        let lower = line.to_lowercase();
        if self.over || line.is_empty() {
            return Vec::new();
        }
        let is_called = |word: &&Word| word.name == lower || word.aliases.contains(&lower.as_str());
        if let Some(word) = WORDS.iter().find(is_called) {
            return self.does(word.does);
        }
        if let Some(topic) = lower
            .strip_prefix(REF)
            .filter(|topic| topic.starts_with(' '))
        {
            return self.look_up(topic.trim());
        }
        if lower == REF {
            let page = self
                .current
                .as_ref()
                .map(|current| current.drill.page.clone());
            self.help_taken();
            return page.map_or_else(Vec::new, |page| self.look_up(&page));
        }
        match self.current.as_ref().map(|current| &current.state) {
            Some(State::Choosing(choices)) => {
                let choices = choices.clone();
                self.chosen(&choices, &lower)
            }
            Some(State::Confirming) => self.confirmed(&lower),
            Some(State::Answering) => self.answered(&line),
            None => Vec::new(),
        }
    }

    fn does(&mut self, what: Does) -> Vec<Reply> {
        match what {
            Does::OfferChoices => self.offer_choices(),
            Does::GiveUp => self.give_up(),
            Does::Repeat => self.repeat(),
            Does::Skip if self.is_missed() => self.noted(Grade::Again, Vec::new()),
            Does::Skip => self.ask_next(),
            Does::Leave => self.leave(),
            Does::Help => help(),
        }
    }

    /// The prompt: which drill it is, and what it trains.
    #[must_use]
    pub fn prompt(&self) -> String {
        let (at, total) = (self.asked, self.total);
        let sort = self.current.as_ref().map(|current| current.card.sort);
        format!("[{at}/{total} {}] > ", sort.map_or("drill", Sort::word))
    }

    /// Whether all drills are done.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.over
    }

    /// The reviews since the last time that this was asked.
    pub fn take_reviews(&mut self) -> Vec<Review> {
        std::mem::take(&mut self.reviews)
    }

    /// Ends at the end of the lines.
    pub fn leave(&mut self) -> Vec<Reply> {
        let missed = self.is_missed();
        if let Some(current) = self.current.take().filter(|_| missed) {
            self.note(current.card.name(), Grade::Again);
        }
        self.waiting.clear();
        self.finish()
    }

    fn ask_next(&mut self) -> Vec<Reply> {
        while let Some(card) = self.waiting.pop_front() {
            let seed = self.seed_of(&card);
            // A drill whose rule or problem has changed beyond recognition is left out.
            let Some(mut drill) = self.deck.drill(&card, seed) else {
                self.total -= 1;
                continue;
            };
            self.asked += 1;
            let head = format!("{}/{} {}", self.asked, self.total, card.sort.title());
            let mut replies = vec![Reply::Heading(head)];
            replies.append(&mut drill.question);
            self.current = Some(Current {
                card,
                drill,
                state: State::Answering,
                tries: 0,
                said: String::new(),
                unclear: 0,
                helped: false,
            });
            return replies;
        }
        self.current = None;
        self.finish()
    }

    /// What comes again on a day comes with other numbers.
    fn seed_of(&self, card: &Card) -> u64 {
        let repeated = self.repeated.contains(&card.name());
        self.seed.wrapping_add(u64::from(repeated))
    }

    fn repeat(&self) -> Vec<Reply> {
        let current = self.current.as_ref();
        current
            .and_then(|current| self.deck.drill(&current.card, self.seed_of(&current.card)))
            .map_or_else(Vec::new, |drill| drill.question)
    }

    fn answered(&mut self, text: &str) -> Vec<Reply> {
        let talk = self.deck.catalog.talk();
        let is_words = |current: &Current| matches!(current.drill.answer, Answer::Words { .. });
        let Some(current) = &mut self.current else {
            return Vec::new();
        };
        let says_nothing = is_words(current) && talk.says_nothing(text);
        if talk.gives_up(text) || talk.wants_to_know(text) || says_nothing {
            return vec![Reply::Note(ANY_GUESS.to_owned())];
        }
        // A second try goes on where the first one ended.
        if is_words(current) {
            current.said = format!("{} {text}", current.said);
        }
        let text = if current.said.is_empty() {
            text
        } else {
            &current.said
        };
        match self.deck.judge(&current.drill, text) {
            Verdict::Right(words) => {
                let help = current.helped || current.tries > 0;
                let grade = if help { Grade::Hard } else { Grade::Good };
                self.graded(grade, Reply::Echo(words))
            }
            Verdict::NotYet(words) => {
                current.tries += 1;
                if current.tries == 1 {
                    return vec![Reply::Says(words)];
                }
                if is_words(current) {
                    return self.ask_to_confirm();
                }
                self.graded(Grade::Again, Reply::Note(words))
            }
            Verdict::Unclear(words) => {
                current.unclear += 1;
                let mut replies = vec![Reply::Note(words)];
                if current.unclear >= PATIENCE && matches!(current.drill.answer, Answer::Fault(_)) {
                    replies.extend(self.offer_choices());
                }
                replies
            }
        }
    }

    /// Words are heard by the concepts that are known; who said it in others is believed.
    fn ask_to_confirm(&mut self) -> Vec<Reply> {
        let Some(current) = &mut self.current else {
            return Vec::new();
        };
        current.state = State::Confirming;
        let told = current.drill.solution.iter().cloned().map(Reply::Note);
        let ask = "Did you say that in other words? `yes` or `no`".to_owned();
        told.chain([Reply::Says(ask)]).collect()
    }

    fn confirmed(&mut self, word: &str) -> Vec<Reply> {
        match word {
            "y" | "yes" => self.noted(Grade::Hard, Vec::new()),
            "n" | "no" => self.noted(Grade::Again, Vec::new()),
            _ => vec![Reply::Note("`yes` or `no`?".to_owned())],
        }
    }

    fn offer_choices(&mut self) -> Vec<Reply> {
        let Some(current) = &mut self.current else {
            return Vec::new();
        };
        let Answer::Fault(fault) = &current.drill.answer else {
            return vec![Reply::Note(
                "There is nothing to choose from here.".to_owned(),
            )];
        };
        let deck = self.deck;
        let choices = flaw::choices(deck.catalog, fault, &deck.flawed, self.seed);
        let rows = letters().map(String::from).zip(choices.iter().cloned());
        let listing = Listing::new("Which of these is it?", rows.collect());
        current.helped = true;
        current.state = State::Choosing(choices);
        vec![Reply::Listing(listing)]
    }

    fn chosen(&mut self, choices: &[String], lower: &str) -> Vec<Reply> {
        let by_letter = letters()
            .zip(choices)
            .find(|(letter, _)| lower.trim_end_matches([')', '.']) == letter.to_string());
        let by_title = || choices.iter().find(|title| title.to_lowercase() == lower);
        let Some(title) = by_letter.map(|(_, title)| title).or_else(by_title) else {
            // Words are still taken.
            return self.answered(lower);
        };
        let right = self.current.as_ref().is_some_and(|current| {
            matches!(&current.drill.answer, Answer::Fault(fault) if fault.title == *title)
        });
        if right {
            self.graded(Grade::Hard, Reply::Echo("That is it.".to_owned()))
        } else {
            let words = format!("Not here: {title}.");
            self.graded(Grade::Again, Reply::Note(words))
        }
    }

    fn give_up(&mut self) -> Vec<Reply> {
        self.graded(Grade::Again, Reply::Note("Here it is.".to_owned()))
    }

    fn help_taken(&mut self) {
        if let Some(current) = &mut self.current {
            current.helped = true;
        }
    }

    fn look_up(&mut self, topic: &str) -> Vec<Reply> {
        self.help_taken();
        match report::looked_up(topic, self.deck.catalog) {
            Ok(text) => vec![Reply::Picture(text)],
            Err(help) => vec![Reply::trouble(format!("nothing on `{topic}`"), help)],
        }
    }

    /// Notes a grade, with the solution.
    fn graded(&mut self, grade: Grade, first: Reply) -> Vec<Reply> {
        let Some(current) = &self.current else {
            return Vec::new();
        };
        let told = current.drill.solution.iter().cloned().map(Reply::Note);
        let replies = std::iter::once(first).chain(told).collect();
        self.noted(grade, replies)
    }

    fn noted(&mut self, grade: Grade, mut replies: Vec<Reply>) -> Vec<Reply> {
        let Some(current) = self.current.take() else {
            return replies;
        };
        replies.push(Reply::Note(format!(
            "To read: `ref {}`",
            current.drill.page
        )));
        let card = current.card.name();
        self.note(card.clone(), grade);
        if grade == Grade::Again && self.repeated.insert(card) {
            self.waiting.push_back(current.card);
            self.total += 1;
            replies.push(Reply::Note("It comes again at the end.".to_owned()));
        }
        replies.extend(self.ask_next());
        replies
    }

    fn note(&mut self, card: String, grade: Grade) {
        self.reviews.push(Review {
            card,
            day: self.today,
            grade,
        });
        self.grades.push(grade);
    }

    /// Whether an answer was off, and no better one was given.
    fn is_missed(&self) -> bool {
        let current = self.current.as_ref();
        current.is_some_and(|current| current.tries > 0)
    }

    fn finish(&mut self) -> Vec<Reply> {
        self.over = true;
        let count = |wanted: Grade| self.grades.iter().filter(|grade| **grade == wanted).count();
        let (good, hard, again) = (count(Grade::Good), count(Grade::Hard), count(Grade::Again));
        if self.grades.is_empty() {
            return vec![Reply::Note("Nothing was answered.".to_owned())];
        }
        let words =
            format!("{good} right at once, {hard} with help or in a second try, {again} missed.");
        vec![Reply::Heading("Done".to_owned()), Reply::Note(words)]
    }
}

fn help() -> Vec<Reply> {
    let rows = WORDS
        .iter()
        .map(|word| (word.name.to_owned(), word.summary.to_owned()));
    let look_up = (
        format!("{REF} [TOPIC]"),
        "Looks something up; alone, the page on this drill.".to_owned(),
    );
    vec![Reply::listing(
        "Beside an answer",
        rows.chain([look_up]).collect(),
    )]
}

fn letters() -> impl Iterator<Item = char> {
    'a'..='z'
}

impl Completing for Sitting<'_> {
    fn complete(&self, line: &str, cursor: usize) -> (usize, Vec<String>) {
        let before = line.get(..cursor).unwrap_or(line);
        let start = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let word = before.get(start..).unwrap_or_default().to_lowercase();
        let words = WORDS.iter().map(|word| word.name).chain([REF]);
        let mut all: Vec<String> = words.filter(|_| start == 0).map(str::to_owned).collect();
        match self.current.as_ref().map(|current| &current.drill.answer) {
            Some(Answer::Names { known, .. }) => all.extend(known.iter().cloned()),
            Some(Answer::Store { .. }) if !word.is_empty() => {
                let technologies = &self.deck.catalog.knowledge.vocabulary.technologies;
                all.extend(technologies.all().map(|technology| technology.id.clone()));
            }
            _ => {}
        }
        all.retain(|candidate| candidate.to_lowercase().starts_with(&word));
        (start, all)
    }
}
