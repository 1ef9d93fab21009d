//! What sentences were offered as, until that is agreed to, declined or said otherwise: nothing that was said gets lost
//! because nobody has said `yes` at once.
//!
//! Knows lines and whether they still wait; does none.

use std::collections::BTreeMap;

use super::commands::{Command, Completes};
use super::line::{self, Said};
use super::quotation::shortened;
use super::reply::{Listing, Reply};
use super::session::Session;
use crate::notation::drawing;
use crate::rubric::Talk;

/// What waits for a `yes`.
#[derive(Clone, Debug, Default)]
pub(super) struct Offers {
    /// The lines that were offered last.
    last: Vec<String>,
    /// Those that were offered before, and that the candidate has gone on from.
    earlier: Vec<String>,
    /// How many of those were shown again.
    shown: usize,
    /// Those that the candidate was reminded of on leaving.
    reminded: Vec<String>,
    /// What was offered last is a guess, and waits no longer than that.
    is_guess: bool,
    /// The parts of which one is asked for, each with the lines that it means.
    choices: Vec<(String, Vec<String>)>,
}

/// Who says more than so many words chooses nothing: "kafka", "the kafka one please".
const MOST_CHOOSING_WORDS: usize = 4;

/// What is said of a `no` to an offer.
const DECLINED: &str = "Left out.";

impl Offers {
    /// Offers the lines that a sentence means.
    pub fn make(&mut self, lines: Vec<String>, is_guess: bool) {
        self.last = lines;
        self.is_guess = is_guess;
        self.choices.clear();
    }

    /// Asks which of several parts is meant, each with the lines that it means.
    pub fn ask(&mut self, choices: Vec<(String, Vec<String>)>) {
        self.choices = choices;
    }

    /// The lines that the part means which a line names, where one was asked for; any other line asks for none any more.
    pub fn chosen(&mut self, line: &str) -> Option<Vec<String>> {
        let choices = std::mem::take(&mut self.choices);
        let line = line.to_lowercase();
        let said: Vec<&str> = line
            .split(' ')
            .map(|word| word.trim_matches(['.', ',', '!', '`']))
            .collect();
        let is_said = |(id, _): &&(String, Vec<String>)| {
            said.len() <= MOST_CHOOSING_WORDS && said.contains(&id.to_lowercase().as_str())
        };
        let mut found = choices.iter().filter(is_said);
        let (_, lines) = found.next().filter(|_| found.next().is_none())?;
        Some(lines.clone())
    }

    /// What is said to who takes back what was offered last, and is not written down; none where nothing was.
    pub fn retracted(&mut self, retracts: bool) -> Option<Reply> {
        let last = self.last.first().filter(|_| retracts)?;
        let words = format!(
            "Left out, and it was not written down: `{}`.",
            shortened(last)
        );
        self.last.clear();
        Some(Reply::Note(words))
    }

    /// Whether a figure of a name waits.
    pub fn has_figure(&self, talk: &Talk, name: &str) -> bool {
        let mut names = self.earlier.iter().filter_map(|line| figure_in(talk, line));
        names.any(|other| other == name)
    }

    /// The lines that were offered last, when somebody agrees; otherwise they go on waiting.
    pub fn agreed(&mut self, talk: &Talk, agrees: bool) -> Option<Vec<String>> {
        let last = std::mem::take(&mut self.last);
        if agrees && !last.is_empty() {
            for line in &last {
                self.forget(talk, line);
            }
            return Some(last);
        }
        let is_guess = self.is_guess;
        for line in last.into_iter().filter(|_| !is_guess) {
            self.wait_for(talk, line);
        }
        None
    }

    /// Lines that a sentence means wait, though nothing asks for them yet.
    pub fn keep(&mut self, talk: &Talk, lines: Vec<String>) {
        for line in lines {
            self.wait_for(talk, line);
        }
    }

    /// A line waits on; a figure takes the place of what was said of it before.
    fn wait_for(&mut self, talk: &Talk, line: String) {
        if !self.earlier.contains(&line) {
            self.forget(talk, &line);
            self.earlier.push(line);
        }
    }

    fn forget(&mut self, talk: &Talk, line: &str) {
        let subject = subject_of(talk, line);
        let is_same = |other: &String| {
            other == line || (subject.is_some() && subject_of(talk, other) == subject)
        };
        let before = self.earlier.iter().take(self.shown);
        let kept = before.filter(|other| !is_same(other)).count();
        self.earlier.retain(|other| !is_same(other));
        self.shown = kept;
    }

    /// What is said to who declines the last offer; none where there is none.
    pub fn declined(&mut self, declines: bool) -> Option<Reply> {
        if !declines || self.last.is_empty() {
            return None;
        }
        self.last.clear();
        Some(Reply::Note(DECLINED.to_owned()))
    }

    /// Forgets the last offer where a command alone says what the sentence was: `must`.
    pub fn said_otherwise(&mut self, said: Said<'_>) {
        if let Said::Command(Command { steps, .. }, request) = said
            && !steps.is_empty()
            && request.rest.is_empty()
        {
            self.last.clear();
        }
    }
}

/// What still waits beside what was agreed to, shown once with the offer to write it down.
pub(super) fn rest(session: &mut Session<'_>) -> Vec<Reply> {
    let shown = session.offers.shown;
    let old = session.offers.earlier.iter().take(shown);
    let shown = old.filter(|line| !is_done(session, line)).count();
    let waiting = waiting(session);
    let offers = &mut session.offers;
    offers.shown = waiting.len();
    let new: Vec<String> = waiting.iter().skip(shown).cloned().collect();
    offers.earlier = waiting;
    offered(session, new, "any other line goes on")
}

/// What still waits, shown to who goes on or ends; none where nothing does that was not shown so before.
pub(super) fn on_leaving(session: &mut Session<'_>, otherwise: &str) -> Option<Vec<Reply>> {
    let waiting = waiting(session);
    let offers = &mut session.offers;
    let is_new = |line: &&String| !offers.reminded.contains(line);
    let new: Vec<String> = waiting.iter().filter(is_new).cloned().collect();
    offers.shown = waiting.len();
    offers.earlier = waiting;
    offers.reminded.extend(new.iter().cloned());
    (!new.is_empty()).then(|| offered(session, new, otherwise))
}

/// The lines that wait and that the design has not meanwhile.
fn waiting(session: &Session<'_>) -> Vec<String> {
    let waiting = session.offers.earlier.iter();
    let waiting = waiting.filter(|line| !is_done(session, line));
    waiting.cloned().collect()
}

fn offered(session: &mut Session<'_>, lines: Vec<String>, otherwise: &str) -> Vec<Reply> {
    if lines.is_empty() {
        return Vec::new();
    }
    let rows = rows(&lines);
    session.offers.make(lines, false);
    vec![
        Reply::listing("You said, and it is not written down yet", rows),
        Reply::Note(format!("`yes` writes it down, {otherwise}.")),
    ]
}

/// What was said and never written down, for the report.
pub(super) fn left(session: &Session<'_>) -> Option<Listing> {
    let waiting = waiting(session);
    (!waiting.is_empty()).then(|| Listing::new("Said, and not in your file", rows(&waiting)))
}

/// The figure that a line states.
pub(super) fn figure_in<'l>(talk: &Talk, line: &'l str) -> Option<&'l str> {
    let is_figure = match line::sort(talk, line) {
        Said::Figure => true,
        Said::Command(command, _) => command.completes == Completes::Figures,
        Said::Nothing | Said::Question | Said::Drawing | Said::Plain => false,
    };
    let (name, _) = line.split_once('=')?;
    is_figure.then(|| name.trim().rsplit(' ').next().unwrap_or_default())
}

/// What a line says something of: a figure, or attributes of a component; what is said of it later takes its place.
fn subject_of<'l>(talk: &Talk, line: &'l str) -> Option<Vec<&'l str>> {
    if let Some(name) = figure_in(talk, line) {
        return Some(vec![name]);
    }
    let mut words = line.strip_prefix("set ")?.split(' ');
    let id = words.next()?;
    let keys = words.filter_map(|pair| Some(pair.split_once('=')?.0));
    Some(std::iter::once(id).chain(keys).collect())
}

fn rows(lines: &[String]) -> Vec<(String, String)> {
    let numbered = lines.iter().enumerate();
    numbered
        .map(|(at, line)| ((at + 1).to_string(), format!("`{line}`")))
        .collect()
}

/// Whether the design has meanwhile what a line would write down.
fn is_done(session: &Session<'_>, line: &str) -> bool {
    let design = &session.state.design;
    if let Some(name) = line.strip_prefix("add ") {
        return design.component(name).is_some();
    }
    let is_drawing = matches!(line::sort(session.talk(), line), Said::Drawing);
    let mut sketch = design.clone();
    let told = BTreeMap::new();
    let drawn = is_drawing && drawing::draw(line, &told, &mut sketch, session.vocabulary()).is_ok();
    drawn && sketch == *design
}
