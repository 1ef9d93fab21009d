//! Figures that the candidate wants confirmed: "10M users, right?", "would 200 ms be ok?".
//!
//! Knows amounts in sentences and the figures of facts; which words ask for a confirmation is data.

use super::understanding::{Asking, asked_for, meant_by_few_words};
use crate::coach::prose::{Amount, Sentence};
use crate::coach::session::Session;
use crate::model::quantity::{Dimension, Style};
use crate::model::{Figure, Quantity};
use crate::rubric::Fact;

/// A figure is what was told or said of it where it differs by no more than rounding does.
const SAME_WITHIN: f64 = 0.05;

/// Words beside an amount that say nothing of what it is of.
const BETWEEN: &[&str] = &["every", "each", "about", "around", "just", "only"];

/// An amount alone is about a figure that is no more than so many times as much or as little, and nearer to no other.
const ABOUT: f64 = 20.0;

/// A figure that is to be confirmed.
pub(super) struct Confirmation<'p> {
    /// The facts that say what it is; none where nothing is known of what is counted.
    pub facts: Vec<&'p Fact>,
    /// Whether it is right; open where the facts give no such figure.
    pub is_right: Option<bool>,
    /// Its words name what it is of; otherwise it is known by what it is worth.
    pub is_named: bool,
    /// The amount.
    pub amount: Amount,
}

impl Confirmation<'_> {
    /// Whether it is no answer to what the interviewer has asked: it names a figure that the facts give. "10 ms, I guess?"
    /// may be an answer.
    pub fn is_clear(&self) -> bool {
        self.is_named && self.is_right.is_some()
    }
}

/// The figure that a question wants confirmed; none where it wants something else.
pub(super) fn wanted<'p>(session: &Session<'p>, question: &str) -> Option<Confirmation<'p>> {
    let talk = session.talk();
    let rest = talk.to_be_confirmed(question)?;
    let sentence = Sentence::of(&rest);
    let amount = sentence.next_amount(0)?;
    let things = sentence.without(&amount);
    // "Every 4 s" is known by what it is worth.
    let things = if BETWEEN.contains(&things.as_str()) {
        String::new()
    } else {
        things
    };
    let mut facts = asked_for(session, &Asking::new(session, question));
    if facts.is_empty() && !things.is_empty() {
        facts = meant_by_few_words(session, &Asking::new(session, &things));
    }
    if let Some(noun) = amount.noun.as_ref().filter(|_| facts.is_empty()) {
        facts = meant_by_few_words(session, &Asking::new(session, noun));
    }
    let is_named = !facts.is_empty() && !things.is_empty();
    if facts.is_empty() && things.is_empty() {
        facts.extend(by_its_worth(session, &amount));
    }
    // An amount of nothing in particular is no figure that could be written down.
    if facts.is_empty() && amount.noun.is_none() {
        return None;
    }
    let is_right = facts.iter().find_map(|fact| says(fact, &amount));
    Some(Confirmation {
        facts,
        is_right,
        is_named,
        amount,
    })
}

/// The figures of a fact.
fn figures(fact: &Fact) -> impl Iterator<Item = Figure> {
    let figures = fact.assume.iter();
    figures.filter_map(|(_, text)| Figure::parse(text).ok())
}

/// Whether an amount is what a fact says, as a figure or in its words: "a million a second" of a peak that is told as a factor.
/// Open where the fact has no such figure.
fn says(fact: &Fact, amount: &Amount) -> Option<bool> {
    let answer = Sentence::of(&fact.answer);
    let is_same = |told: &Amount| is_near(told.figure.quantity, amount.figure.quantity);
    let mut at = 0;
    while let Some(told) = answer.next_amount(at) {
        if is_same(&told) {
            return Some(true);
        }
        at = told.words.end;
    }
    of_figures(fact, amount)
}

/// Whether two quantities are the same but for rounding.
pub(super) fn is_near(own: Quantity, said: Quantity) -> bool {
    own.dimension == said.dimension
        && (own.value - said.value).abs() <= SAME_WITHIN * own.value.abs()
}

/// Whether an amount is the figure of a fact. "50M people a day" is said of 50M, too; a factor is nothing that is counted.
fn of_figures(fact: &Fact, amount: &Amount) -> Option<bool> {
    let number = amount.text.split('/').next();
    let number = number.and_then(|number| Figure::parse(number.trim()).ok());
    let said: Vec<Figure> = number.into_iter().chain([amount.figure.clone()]).collect();
    let is_share = |figure: &Figure| figure.style == Style::Percent;
    let is_factor = |figure: &Figure| figure.style == Style::Factor;
    let pairs = figures(fact).flat_map(|own| said.iter().map(move |said| (own.clone(), said)));
    let alike = pairs.filter(|(own, said)| {
        own.quantity.dimension == said.quantity.dimension
            && is_share(own) == is_share(said)
            && is_factor(own) == is_factor(said)
    });
    let mut same = alike.map(|(own, said)| is_near(own.quantity, said.quantity));
    same.next().map(|first| first || same.any(|same| same))
}

/// The fact with the figure that an amount is nearest to: only a unit says what a number alone is about.
fn by_its_worth<'p>(session: &Session<'p>, amount: &Amount) -> Option<&'p Fact> {
    let said = amount.figure.quantity;
    if said.dimension == Dimension::NUMBER {
        return None;
    }
    let apart = |own: Quantity| (own.value / said.value).ln().abs();
    let alike = |figure: Figure| {
        Some(figure.quantity).filter(|own| own.dimension == said.dimension && own.value > 0.0)
    };
    let facts = session.problem.facts.iter().filter_map(|fact| {
        let nearest = figures(fact)
            .filter_map(alike)
            .map(apart)
            .min_by(f64::total_cmp)?;
        Some((nearest, fact))
    });
    let (apart, fact) = facts.min_by(|(one, _), (other, _)| one.total_cmp(other))?;
    (apart <= ABOUT.ln()).then_some(fact)
}
