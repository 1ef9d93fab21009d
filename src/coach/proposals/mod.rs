//! What a sentence would be as a line: the figure that it says, what it draws or changes, a requirement, a choice, or else
//! words to be kept; with the offer to do that.
//!
//! Knows steps and what may be offered in them; states nothing.

mod figures;

use super::commands::{self, Shelf};
use super::corrections;
use super::guide;
use super::interviewer;
use super::line;
use super::prose;
use super::quotation;
use super::session::Session;
use super::sketch::{self, Sketch};
use crate::model::Step;
use crate::model::spelling;
use crate::notation::arrows;
use figures::{assumed, figure, read, reckoned, waiting};

/// What a sentence probably means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Proposal {
    /// The lines that say it.
    pub lines: Vec<String>,
    /// How they are offered.
    pub words: String,
    /// It is a guess: nobody is reminded of it.
    pub is_guess: bool,
    /// The parts of which one is meant, each with the lines that say it.
    pub choices: Vec<(String, Vec<String>)>,
}

impl Proposal {
    fn new(lines: Vec<String>, words: String) -> Self {
        Self {
            lines,
            words,
            is_guess: false,
            choices: Vec::new(),
        }
    }

    /// Whether it is more than a guess, or than a few words to be kept as they are.
    pub fn says_something(&self) -> bool {
        let are_notes = self.lines.iter().all(|line| line.starts_with(NOTE));
        let words = self.lines.iter().flat_map(|line| line.split(' ')).count();
        !self.is_guess && (!are_notes || words > LONG_FROM_WORDS)
    }
}

/// What keeps a sentence in its own words.
const NOTE: &str = "answer ";

/// Shorter sentences are hardly worth to be kept in their own words.
const KEPT_FROM_WORDS: usize = 5;

/// A sentence of so many words says more than the one component in it.
const LONG_FROM_WORDS: usize = 10;

/// Under what words are kept that answer no question.
const NOTES: &str = "notes";

/// What a question would draw, were it none: "maybe a cache in front of the store?".
pub(super) struct Wondered {
    /// The lines that draw it.
    pub lines: Vec<String>,
    /// How they are offered.
    pub words: String,
    /// It names a product, which no fact is about.
    pub names_product: bool,
}

/// What a question would draw that a yes or a no answers, once there is something to draw and nothing is asked.
pub(super) fn wondered(session: &Session<'_>, question: &str) -> Option<Wondered> {
    let is_asked = interviewer::open_question(session).is_some();
    if is_asked || session.state.step < Step::HighLevel || session.talk().wonders(question) {
        return None;
    }
    // "Maybe a queue" is one.
    let hedges = |word: &str| session.talk().describing.no_names.has(&word.to_lowercase());
    let text = question.trim_end_matches(['?', ' ']);
    let rest = text.split_once(' ').filter(|(first, _)| hedges(first));
    let text = rest.map_or(text, |(_, rest)| rest);
    let sketch = sketch::of(session, text).filter(|sketch| !sketch.is_open && !sketch.is_stated)?;
    let words = format!("{} `yes` does that.", sketch.in_words());
    can_be_set(session, &sketch).then(|| Wondered {
        lines: sketch.lines,
        words,
        names_product: sketch::names_product(session, text),
    })
}

/// What is said of a line that may be a requirement, or nothing to be kept.
const NOT_KEPT: &str = "Not written down, and I won't come back to it. If that is a requirement, `yes` records it now as `must ...`, `quality` \
     or `out` alone as that; with a `?` at its end it asks the interviewer.";

/// What is said of the next one.
const NOT_KEPT_EITHER: &str =
    "Not written down. `yes` records it as `must ...`, a `?` at its end asks me, `next` goes on.";

/// What is said in the first step of what belongs to the drawing.
const TOO_EARLY: &str = "That is of the design, and not written down: `yes` keeps it in your words, as `answer notes: ...`. `next` goes on to \
     the numbers, and again to the drawing.";

/// What is said first of what would be drawn, and of what would change.
const NOT_DRAWN: &str = "Nothing drawn yet.";
const NOT_CHANGED: &str = "Nothing changed yet.";

/// The line that a sentence probably means; none where it says nothing that can be written down.
pub(super) fn of(session: &Session<'_>, line: &str) -> Option<Proposal> {
    let is_early = session.state.step == Step::Requirements;
    unclear(session, line)
        .or_else(|| change(session, line))
        .or_else(|| sketched_table(session, line))
        .or_else(|| tables_within(session, line))
        .or_else(|| ordered(session, line).filter(|_| !is_early))
        .or_else(|| of_the_step(session, line))
        .or_else(|| of_another_step(session, line))
        .or_else(|| in_words(session, line))
        .or_else(|| wished(session, line))
}

/// What has to be asked before anything can be drawn: which of several parts is meant, or what one is to become.
fn unclear(session: &Session<'_>, line: &str) -> Option<Proposal> {
    if session.state.step < Step::HighLevel {
        return None;
    }
    if let Some(old) = sketch::undivided(session, line) {
        let words = format!(
            "Into what? Say both names, as in `split {old} into read-{old} and write-{old}`; each gets its arrows."
        );
        return Some(Proposal::new(Vec::new(), words));
    }
    let vague = sketch::vague(session, line)?;
    let choices = vague.choices.into_iter();
    let choices: Vec<_> = choices.map(|(id, sketch)| (id, sketch.lines)).collect();
    let names: Vec<String> = choices.iter().map(|(id, _)| format!("`{id}`")).collect();
    let words = format!(
        "Which one is {}: {}? Its name is enough.",
        vague.called,
        names.join(" or ")
    );
    Some(Proposal {
        choices,
        ..Proposal::new(Vec::new(), words)
    })
}

/// The line that changes what stands written: a figure that is corrected, a part that goes or is another now.
pub(super) fn change(session: &Session<'_>, line: &str) -> Option<Proposal> {
    if let Some(restored) = restored(session, line) {
        return Some(restored);
    }
    if let Some(sketch) = sketch::change(session, line) {
        return Some(as_changed(session, line, sketch));
    }
    let figure = corrections::of(session, line);
    let is_named = figure.as_ref().is_some_and(|figure| figure.is_named);
    if let Some(sketch) = sketch::restated(session, line).filter(|_| !is_named) {
        return Some(as_changed(session, line, sketch));
    }
    let Some(figure) = figure else {
        return waiting(session, line);
    };
    let words = format!(
        "That stands as {}. `{}` changes it; `yes` does that.",
        figure.now, figure.line
    );
    Some(Proposal::new(vec![figure.line], words))
}

/// The `undo` of who wants the last change back, with what it takes back.
fn restored(session: &Session<'_>, line: &str) -> Option<Proposal> {
    let talk = session.talk();
    let last = session
        .last_change()
        .filter(|_| talk.changing.restores(line) || talk.changing.retracts(line))?;
    let last = quotation::shortened(last);
    let words = format!("{NOT_CHANGED} `undo` takes back `{last}`; `yes` does that.");
    Some(Proposal::new(vec!["undo".to_owned()], words))
}

fn as_changed(session: &Session<'_>, line: &str, sketch: Sketch) -> Proposal {
    let drawn = as_drawn(session, line, sketch);
    let words = drawn.words.replacen(NOT_DRAWN, NOT_CHANGED, 1);
    Proposal { words, ..drawn }
}

/// What a line is, while an answer is waited for, that answers nothing: it changes what stands written, orders something to be
/// drawn, or lists an operation, and has nothing that the question listens for.
pub(super) fn while_asked(session: &Session<'_>, line: &str) -> Option<Proposal> {
    let is_short = line.split_whitespace().count() < LONG_FROM_WORDS;
    let talk = session.talk();
    let is_bare =
        is_short && !talk.gives_a_reason(line) && !interviewer::is_to_the_point(session, line);
    // What is short and speaks of what it changes is no answer; "we skip the cache on writes and delete the key" is one.
    let is_change = |change: &Proposal| {
        let lines = change.lines.iter();
        !is_drawing(change) || (is_bare && lines.clone().all(|it| is_spoken_of(it, line)))
    };
    change(session, line)
        .filter(is_change)
        .or_else(|| ordered(session, line).filter(|_| is_bare && talk.changing.adds(line)))
        .or_else(|| listed_operations(line).filter(|_| is_bare))
        .or_else(|| sketched_table(session, line))
}

/// Whether what is offered changes the drawing.
fn is_drawing(proposal: &Proposal) -> bool {
    const DRAWN: [&str; 4] = ["set ", "unset ", "rm ", "rename "];
    let mut lines = proposal.lines.iter();
    lines.any(|line| DRAWN.iter().any(|word| line.starts_with(word)))
}

/// Whether a sentence has the name of what a line changes, or a word of it; an arrow is spoken of by its ends.
fn is_spoken_of(changing: &str, sentence: &str) -> bool {
    let mut words = changing.split(' ').skip(1);
    let name = words.next().unwrap_or_default();
    let said = spelling::words(sentence);
    let is_said = |part: &str| {
        let is_it = |word: &String| word.trim_end_matches('s') == part.trim_end_matches('s');
        said.iter().any(is_it)
    };
    arrows::has_arrow(changing) || name.split(['-', '_']).any(is_said)
}

/// What a line is that looks like a drawing or a command and can't be read as one.
pub(super) fn mistaken(session: &Session<'_>, line: &str) -> Option<Proposal> {
    let is_drawn = matches!(line::sort(session.talk(), line), line::Said::Drawing);
    let in_words = || {
        of_the_step(session, line)
            .or_else(|| of_another_step(session, line))
            .filter(|_| is_drawn && guide::says_something(line))
    };
    restored(session, line)
        .or_else(|| ordered(session, line))
        .or_else(in_words)
}

/// The operations that a line begins with.
fn listed_operations(line: &str) -> Option<Proposal> {
    let lines = prose::operations(line);
    let begins = prose::begins_with_method(line);
    let words = format!("Not written down yet. {} `yes` does that.", listed(&lines));
    (begins && !lines.is_empty()).then(|| Proposal::new(lines, words))
}

/// The table that columns in brackets are.
fn sketched_table(session: &Session<'_>, line: &str) -> Option<Proposal> {
    let table = prose::likely_table(session.talk(), line)?;
    let words = format!("Not written down yet. As a table that is `{table}`; `yes` does that.");
    Some(Proposal::new(vec![table], words))
}

/// The tables that a sentence speaks of.
fn tables_within(session: &Session<'_>, line: &str) -> Option<Proposal> {
    let lines = prose::likely_tables(session.talk(), line);
    let words = format!("Not written down yet. {} `yes` does that.", listed(&lines));
    (!lines.is_empty()).then(|| Proposal::new(lines, words))
}

/// What an order in words does that begins like a command and is none: "add a presence service too".
fn ordered(session: &Session<'_>, line: &str) -> Option<Proposal> {
    let talk = session.talk();
    // "Connect web to cdn:cloudfront" says what that is.
    let has_colon = line.contains(": ") || line.ends_with(':');
    let is_prose = line.contains(' ') && !has_colon && !line.contains(['=', '[']);
    let orders = is_prose && talk.changing.orders(line);
    orders.then(|| drawing(session, line)).flatten()
}

fn of_the_step(session: &Session<'_>, line: &str) -> Option<Proposal> {
    match session.state.step {
        Step::Requirements => assumed(session, line)
            .or_else(|| reckoned(session, line))
            .or_else(|| requirement(session, line))
            .or_else(|| figure(session, line, true)),
        Step::Estimation => {
            let is_single = prose::said(&read(session, line))?.is_single;
            let says_more =
                is_single && (is_choice(session, line) || joined(session, line).is_some());
            if says_more {
                return None;
            }
            stating(session, line).or_else(|| figure(session, line, false))
        }
        Step::HighLevel | Step::Scale => drawing(session, line),
        Step::Detailed => None,
    }
}

/// What belongs to another step than the one that the interview is in.
fn of_another_step(session: &Session<'_>, line: &str) -> Option<Proposal> {
    let step = session.state.step;
    let lines = prose::operations(line);
    if !lines.is_empty() {
        let words = format!("Not written down yet. {} `yes` does that.", listed(&lines));
        return Some(Proposal::new(lines, words));
    }
    let choice = || {
        is_choice(session, line)
            .then(|| in_words(session, line))
            .flatten()
    };
    match step {
        Step::Requirements => joined(session, line),
        Step::Estimation => joined(session, line)
            .or_else(choice)
            .or_else(|| requirement(session, line)),
        Step::HighLevel | Step::Scale => choice().or_else(|| figure(session, line, false)),
        Step::Detailed => drawing(session, line)
            .or_else(choice)
            .or_else(|| figure(session, line, false)),
    }
}

/// What a sentence states of components that are drawn, where a number might as well be a figure: "redis has 3 replicas".
fn stating(session: &Session<'_>, line: &str) -> Option<Proposal> {
    let sketch = sketch::of(session, line).filter(|sketch| !sketch.is_open && sketch.is_stated)?;
    if !can_be_set(session, &sketch) {
        return None;
    }
    Some(as_drawn(session, line, sketch))
}

/// What a sentence draws or states of a component; what names one in passing is kept in its words as well.
fn drawing(session: &Session<'_>, line: &str) -> Option<Proposal> {
    let sketch = sketch::of(session, line).filter(|sketch| !sketch.is_open)?;
    if !can_be_set(session, &sketch) {
        return None;
    }
    let is_long = line.split_whitespace().count() >= LONG_FROM_WORDS;
    let is_in_passing = is_long && sketch.lines.iter().all(|line| line.starts_with("add "));
    let mut drawn = as_drawn(session, line, sketch);
    if is_in_passing && drawn.lines.len() == 1 {
        drawn.lines.push(format!("answer {NOTES}: {line}"));
        drawn.words = drawn.words.trim_end_matches('.').to_owned();
        drawn.words.push_str(", and keeps the sentence as a note.");
    }
    Some(drawn)
}

/// Whether what is stated of components that are drawn can be: nothing is offered that `yes` can't do.
fn can_be_set(session: &Session<'_>, sketch: &Sketch) -> bool {
    let mut set = sketch
        .lines
        .iter()
        .filter_map(|line| line.strip_prefix("set "));
    set.all(|text| {
        let name = text.split(' ').next().unwrap_or_default();
        let is_drawn = session.state.design.component(name).is_some();
        !is_drawn || commands::is_settable(session, text)
    })
}

/// What a sentence joins by arrows.
fn joined(session: &Session<'_>, line: &str) -> Option<Proposal> {
    let sketch =
        sketch::of(session, line).filter(|sketch| !sketch.is_open && sketch.is_joined())?;
    Some(as_drawn(session, line, sketch))
}

fn is_choice(session: &Session<'_>, line: &str) -> bool {
    let talk = session.talk();
    talk.decision(line).is_some()
}

/// A sentence that says what the system has to do, how well, or what it does not.
fn requirement(session: &Session<'_>, line: &str) -> Option<Proposal> {
    let talk = session.talk();
    let all = talk.requirements(line);
    if let [_, _, ..] = all.as_slice() {
        let lines: Vec<String> = all
            .iter()
            .map(|(command, text)| format!("{command} {text}"))
            .collect();
        let words = format!("Not written down yet. {} `yes` does that.", listed(&lines));
        return Some(Proposal::new(lines, words));
    }
    let (command, text) = all.first()?;
    Some(recorded(command, text))
}

/// What the system has to do, most likely, where nothing else is said in the first step, "presence too"; or what it has not to do,
/// "no live streaming".
fn wished(session: &Session<'_>, line: &str) -> Option<Proposal> {
    let talk = session.talk();
    let is_early = session.state.step == Step::Requirements;
    // A number that is no figure is no requirement either, as far as can be told.
    let has_number = line.contains(|c: char| c.is_ascii_digit());
    let is_it = is_early && !talk.asks(line) && line.contains(' ') && !has_number;
    let text = talk.without_fillers(line);
    // "No, keep photos" leaves nothing out.
    let denied = talk.denied(text).filter(|rest| !rest.starts_with(','));
    is_it.then(|| match denied {
        Some(left_out) => recorded(Shelf::Out.word(), left_out),
        None => guessed(session, text),
    })
}

/// A line of the first step that may be a requirement, or of the design.
fn guessed(session: &Session<'_>, text: &str) -> Proposal {
    if sketch::names_product(session, text) {
        let lines = vec![format!("answer {NOTES}: {text}")];
        return Proposal {
            is_guess: true,
            ..Proposal::new(lines, TOO_EARLY.to_owned())
        };
    }
    let words = if session.guessed == 0 {
        NOT_KEPT
    } else {
        NOT_KEPT_EITHER
    };
    Proposal {
        is_guess: true,
        words: words.to_owned(),
        ..recorded(Shelf::Must.word(), text)
    }
}

/// A requirement, with the offer to record it as another sort.
fn recorded(command: &str, text: &str) -> Proposal {
    let others: Vec<String> = Shelf::ALL
        .into_iter()
        .map(Shelf::word)
        .filter(|other| *other != command)
        .map(|other| format!("`{other}`"))
        .collect();
    let words = format!(
        "Not written down yet. `yes` records it as `{command} ...`, {} alone as that; with a `?` at its end it asks the interviewer.",
        others.join(" or ")
    );
    Proposal::new(vec![format!("{command} {text}")], words)
}

fn listed(lines: &[String]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| format!("`{line}`")).collect();
    format!("As lines that is {}.", lines.join(", "))
}

/// What a sentence draws; where it says why, the choice is written down with it.
fn as_drawn(session: &Session<'_>, line: &str, sketch: Sketch) -> Proposal {
    let talk = session.talk();
    let mut words = format!("{NOT_DRAWN} {} `yes` does that", sketch.in_words());
    let mut lines = sketch.lines;
    let choice = talk.decision(line).filter(|_| talk.gives_a_reason(line));
    if let Some(choice) = choice {
        lines.push(format!("decide {choice}"));
        words.push_str(", and keeps your reason as a decision");
    }
    words.push('.');
    Proposal::new(lines, words)
}

/// A sentence in its own words: a choice as a decision, anything else as a note, so that it stands in the file.
fn in_words(session: &Session<'_>, line: &str) -> Option<Proposal> {
    let talk = session.talk();
    let is_early = session.state.step == Step::Requirements;
    let is_long = line.split_whitespace().count() >= KEPT_FROM_WORDS;
    if talk.asks(line) || !is_long {
        return None;
    }
    let (line, shown) = match talk.decision(line) {
        Some(choice) => (format!("decide {choice}"), "decide ..."),
        None if is_early => return None,
        None => (format!("answer {NOTES}: {line}"), "answer notes: ..."),
    };
    let words = format!("Not written down yet. `yes` keeps it in your words, as `{shown}`.");
    Some(Proposal::new(vec![line], words))
}

/// What an answer is beside that: a choice with its reason belongs to the decisions, too, and an operation to the interface.
pub(super) fn also(session: &Session<'_>, line: &str) -> Option<Proposal> {
    let talk = session.talk();
    let lines = prose::operations(line);
    if !lines.is_empty() {
        let words = format!(
            "That is of the interface, too. {} `yes` writes it down.",
            listed(&lines)
        );
        return Some(Proposal::new(lines, words));
    }
    if let Some(tables) = tables_within(session, line) {
        return Some(tables);
    }
    if let Some(drawn) = ordered(session, line) {
        return Some(drawn);
    }
    let choice = talk
        .decision(line)
        .filter(|choice| choice.contains(" over ") && talk.gives_a_reason(line))?;
    let words = "That is a decision, too; `yes` lists it as one.".to_owned();
    Some(Proposal::new(vec![format!("decide {choice}")], words))
}
