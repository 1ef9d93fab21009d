//! A number that is taken back: "actually 50M users, not 10M" as the line that states the figure anew.
//!
//! Knows figures that are stated and how people correct them; states nothing.

use std::ops::Range;

use super::prose::{self, Amount, Sentence};
use super::session::Session;
use super::{interviewer, offers};
use crate::model::quantity::Dimension;
use crate::model::spelling::words;
use crate::model::{Design, Figure};
use crate::notation::design::normal_name;
use crate::rubric::Talk;

/// A number is the one that is taken back where it differs by no more than rounding does.
const SAME_WITHIN: f64 = 0.02;

/// A figure of the design that a single number states.
struct Stated<'d> {
    name: &'d str,
    figure: &'d Figure,
    assumed: bool,
}

/// A figure that is stated anew.
pub(super) struct Correction {
    /// The line that does it.
    pub line: String,
    /// The figure as it stands.
    pub now: String,
    /// The words name it; otherwise it is known by the number that is taken back.
    pub is_named: bool,
}

/// So many words at most say nothing but another number: "no wait, 30".
const MOST_BARE_WORDS: usize = 6;

/// The figure that a line corrects; none where no stated figure is meant.
pub(super) fn of(session: &Session<'_>, line: &str) -> Option<Correction> {
    let talk = session.talk();
    if !talk.changing.corrects(line) {
        return None;
    }
    let sentence = Sentence::of(line);
    let amounts = amounts(&sentence);
    let (old, new): (Vec<&Amount>, Vec<&Amount>) = amounts
        .iter()
        .partition(|amount| is_not_meant(talk, &sentence, amount));
    let new = new.first()?;
    // "20 times a day" says how often, whatever else is by the day.
    if new.noun.as_deref() == Some("times") {
        return None;
    }
    let stated: Vec<Stated<'_>> = stated(&session.state.design)
        .filter(|stated| suits(new, stated.figure))
        .collect();
    let by_value = old.iter().find_map(|old| {
        let mut all = stated.iter();
        all.find(|stated| is_worth(stated.figure, old))
    });
    let named = by_name(session, line, new, &stated);
    let is_bare = new.noun.is_none() && sentence.len() <= MOST_BARE_WORDS;
    let last = || by_last(session, &stated).filter(|_| is_bare);
    let found = by_value.or(named).or_else(last)?;
    let text = fitting(new, found.figure);
    let command = if found.assumed { "assume " } else { "" };
    let now = found.figure.shown();
    let is_other = Figure::parse(&text).is_ok_and(|figure| figure.shown() != now);
    is_other.then(|| Correction {
        line: format!("{command}{} = {text}", found.name),
        now,
        is_named: named.is_some_and(|named| named.name == found.name),
    })
}

/// The figure that the line before has stated.
fn by_last<'s, 'd>(session: &Session<'_>, stated: &'s [Stated<'d>]) -> Option<&'s Stated<'d>> {
    let last = offers::figure_in(session.talk(), session.last_stated.as_deref()?)?;
    let last = normal_name(last);
    stated
        .iter()
        .find(|stated| normal_name(stated.name) == last)
}

/// Whether an amount may be the figure: nobody corrects forty messages to 500 ms.
fn suits(new: &Amount, figure: &Figure) -> bool {
    let (own, wanted) = (new.figure.quantity.dimension, figure.quantity.dimension);
    let is_bare = own == Dimension::NUMBER && new.noun.is_none();
    let by_time = |dimension: Dimension| dimension == Dimension::RATE;
    own == wanted
        || (wanted == Dimension::NUMBER && by_time(own))
        || (own == Dimension::NUMBER && by_time(wanted))
        || (is_bare && [Dimension::SIZE, Dimension::DURATION].contains(&wanted))
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

/// Whether something else is meant instead: "not 10M", "instead of 10M"; "no wait, 10M" means it.
fn is_not_meant(talk: &Talk, sentence: &Sentence<'_>, amount: &Amount) -> bool {
    let start = amount.words.start;
    let before: Range<usize> = start.saturating_sub(2)..start;
    let goes_on = |at: &usize| {
        let mut between = *at + 1..start;
        between.all(|at| !sentence.ends_clause(at) && !talk.is_filler(&sentence.word(at)))
    };
    let mut words = before.filter(goes_on).map(|at| sentence.word(at));
    words.any(|word| talk.changing.is_not_meant_behind(&word))
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
    let known = |name: &str| interviewer::figure_meant(session, name);
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
    // "20 message servers" are no messages.
    let is_counted = |name: &str| {
        let stem = |word: &str| word.trim_end_matches('s').to_owned();
        let noun = new.noun.as_deref().map(stem);
        noun.is_none_or(|noun| name.split('_').any(|part| stem(part) == noun))
    };
    let whole = |stated: &&Stated<'_>| {
        let name = normal_name(stated.name);
        name.split('_').all(is_said) && is_counted(&name)
    };
    if let Some(found) = stated.iter().find(whole) {
        return Some(found);
    }
    // Connections per server are no servers.
    let counted = |name: &str| {
        name.split("_per_")
            .next()
            .is_some_and(|name| name.split('_').any(is_said))
    };
    let shares = |stated: &&Stated<'_>| {
        let name = normal_name(stated.name);
        counted(&name) && is_counted(&name)
    };
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
    if own == Dimension::NUMBER && wanted.time >= 0 {
        let is_number = |c: char| c.is_ascii_digit() || ".,".contains(c);
        let unit = figure.text.trim_start_matches(is_number).trim();
        return format!("{} {unit}", new.text);
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
        sorry, I meant 300 for a message, not 100 | assume message_size = 300 bytes
        lets say messages should arrive in under 500ms | nothing
        no wait, 300M/day | messages = 300M/day
        no wait, 2 bytes | nothing
        make it 20 message servers | nothing
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
            let line = of(&session, text.trim()).map(|found| found.line);
            assert_eq!(line.as_deref().unwrap_or("nothing"), expected, "{text}");
        }
    }
}
