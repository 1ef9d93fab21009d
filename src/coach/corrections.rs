//! A number that is taken back: "actually 50M users, not 10M" as the line that states the figure anew.
//!
//! Knows figures that are stated and how people correct them; states nothing.

use std::ops::Range;

use super::prose::{self, Amount, Sentence};
use super::session::Session;
use crate::model::quantity::Dimension;
use crate::model::spelling::words;
use crate::model::{Design, Figure};
use crate::notation::design::normal_name;
use crate::rubric::identify;

/// Words before a number that is not meant any more.
const NOT_MEANT: &[&str] = &["not", "of", "than", "from", "no"];

/// A number is the one that is taken back where it differs by no more than rounding does.
const SAME_WITHIN: f64 = 0.02;

/// A figure of the design that a single number states.
struct Stated<'d> {
    name: &'d str,
    figure: &'d Figure,
    assumed: bool,
}

/// The line that states a figure anew, and the figure as it stands; none where no stated figure is meant.
pub(super) fn of(session: &Session<'_>, line: &str) -> Option<(String, String)> {
    let talk = &session.catalog.knowledge.language.talk;
    if !talk.changing.corrects(line) {
        return None;
    }
    let sentence = Sentence::of(line);
    let amounts = amounts(&sentence);
    let (old, new): (Vec<&Amount>, Vec<&Amount>) = amounts
        .iter()
        .partition(|amount| is_not_meant(&sentence, amount));
    let new = new.first()?;
    let stated: Vec<Stated<'_>> = stated(&session.state.design).collect();
    let by_value = old.iter().find_map(|old| {
        let mut all = stated.iter();
        all.find(|stated| is_worth(stated.figure, old))
    });
    let found = by_value.or_else(|| by_name(session, line, new, &stated))?;
    // "20 times a day" says how often, whatever else is by the day.
    if new.noun.as_deref() == Some("times") {
        return None;
    }
    let text = fitting(new, found.figure);
    let command = if found.assumed { "assume " } else { "" };
    let now = found.figure.shown();
    let is_other = Figure::parse(&text).is_ok_and(|figure| figure.shown() != now);
    is_other.then(|| (format!("{command}{} = {text}", found.name), now))
}

fn amounts(sentence: &Sentence<'_>) -> Vec<Amount> {
    let mut all = Vec::new();
    let mut from = 0;
    while let Some(amount) = sentence.next_amount(from) {
        from = amount.words.end;
        all.push(amount);
    }
    all
}

/// Whether something else is meant instead: "not 10M", "instead of 10M".
fn is_not_meant(sentence: &Sentence<'_>, amount: &Amount) -> bool {
    let before: Range<usize> = amount.words.start.saturating_sub(2)..amount.words.start;
    let mut words = before.map(|at| sentence.word(at));
    words.any(|word| NOT_MEANT.contains(&word.as_str()))
}

/// The figures that are stated by a single number.
fn stated(design: &Design) -> impl Iterator<Item = Stated<'_>> {
    let assumed = design.requirements.assumptions.iter();
    let assumed = assumed.filter_map(|assumption| {
        Some(Stated {
            name: &assumption.name,
            figure: assumption.figure.as_ref()?,
            assumed: true,
        })
    });
    let estimated = design.estimates.iter().map(|estimate| Stated {
        name: &estimate.name,
        figure: &estimate.figure,
        assumed: false,
    });
    let is_single = |stated: &Stated<'_>| !stated.figure.text.contains(['*', '+', '(']);
    assumed.chain(estimated).filter(is_single)
}

/// Whether a figure is what an amount says: by its value, or by its number alone.
fn is_worth(figure: &Figure, amount: &Amount) -> bool {
    let number = |text: &str| Figure::parse(text).ok().map(|figure| figure.quantity.value);
    let (own, said) = (per_nothing(&figure.text), per_nothing(&amount.text));
    let is_near = |one: f64, other: f64| (one - other).abs() <= SAME_WITHIN * one.abs();
    let same = figure.quantity.dimension == amount.figure.quantity.dimension
        && is_near(figure.quantity.value, amount.figure.quantity.value);
    same || number(own)
        .zip(number(said))
        .is_some_and(|(own, said)| is_near(own, said))
}

/// A figure without the time that it counts by: `50M` of `50M/day`.
fn per_nothing(text: &str) -> &str {
    text.split('/').next().unwrap_or_default().trim()
}

/// The one figure that the words of a line name: by what it would be called, or by a word of its name.
fn by_name<'s, 'd>(
    session: &Session<'_>,
    line: &str,
    new: &Amount,
    stated: &'s [Stated<'d>],
) -> Option<&'s Stated<'d>> {
    let figures = &session.catalog.knowledge.figures;
    let known = |name: &str| identify(name, figures, Some(session.problem));
    let said = prose::said(line);
    let names: Vec<String> = said
        .into_iter()
        .flat_map(|said| said.names)
        .chain(new.noun.clone())
        .collect();
    let is_called = |stated: &&Stated<'_>| {
        let own = normal_name(stated.name);
        names.iter().any(|name| normal_name(name) == own)
    };
    let is_meant = |stated: &&Stated<'_>| {
        let own = known(&normal_name(stated.name));
        own.is_some() && names.iter().any(|name| known(name) == own)
    };
    let mut all = stated.iter();
    if let Some(found) = all.clone().find(is_called).or_else(|| all.find(is_meant)) {
        return Some(found);
    }
    let said = words(line);
    let is_said = |word: &str| {
        let stem = word.trim_end_matches('s');
        word.len() > 3 && said.iter().any(|said| said.trim_end_matches('s') == stem)
    };
    let whole = |stated: &&Stated<'_>| normal_name(stated.name).split('_').all(is_said);
    if let Some(found) = stated.iter().find(whole) {
        return Some(found);
    }
    let shares = |stated: &&Stated<'_>| normal_name(stated.name).split('_').any(is_said);
    let mut sharing = stated.iter().filter(shares);
    let first = sharing.next()?;
    sharing.next().is_none().then_some(first)
}

/// An amount as a figure is measured: a number of users stays one where "a day" is said.
fn fitting(new: &Amount, figure: &Figure) -> String {
    let wanted = figure.quantity.dimension;
    let own = new.figure.quantity.dimension;
    if own == wanted {
        return new.text.clone();
    }
    if wanted == Dimension::NUMBER {
        return per_nothing(&new.text).to_owned();
    }
    let by_time = figure.text.split_once('/').map(|(_, time)| time.trim());
    match by_time {
        Some(time) if own == Dimension::NUMBER => format!("{} / {time}", new.text),
        _ => new.text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::catalog::Catalog;
    use crate::coach::{Event, Line, Options};

    /// Corrections to somebody who has stated these figures, and the lines that they are.
    const STATED: &[&str] = &[
        "assume dau = 10M",
        "assume message_size = 100 bytes",
        "assume retention = 5 years",
        "messages = 400M/day",
    ];
    const SAID: &str = "
        actually 50M users per day, not 10M | assume dau = 50M
        sorry, I meant 300 bytes for a message, not 100 | assume message_size = 300 bytes
        wait, the messages should be 500 million per day | messages = 500 million / day
        no wait, retention is 10 years | assume retention = 10 years
        make it 20M instead of 10M | assume dau = 20M
        actually I like it | nothing
        we have 3 zones, not 2 | nothing
    ";

    #[test]
    fn numbers_that_are_taken_back_are_stated_anew() {
        let options = Options {
            problem: "chat".to_owned(),
            ..Options::default()
        };
        let (mut session, _) = Session::begin(Catalog::embedded(), options).expect("a session");
        for line in STATED {
            let line = Line::Text((*line).to_owned());
            let at = Duration::ZERO;
            let _ = session.turn(&Event { at, line });
        }
        for (text, expected) in SAID.lines().filter_map(|line| line.split_once(" | ")) {
            let line = of(&session, text.trim()).map(|(line, _)| line);
            assert_eq!(line.as_deref().unwrap_or("nothing"), expected, "{text}");
        }
    }
}
