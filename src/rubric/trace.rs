//! What a condition saw on its way to an answer. Kept only when asked for, since most rules are met in silence.
//!
//! Knows places and sentences; knows no rule.

use std::collections::BTreeSet;

use crate::model::Place;

/// What was seen.
#[derive(Debug, Default)]
pub struct Trace {
    on: bool,
    /// What was said is noted by the sentence.
    close: bool,
    /// What decided the answer: where, and its name.
    pub found: Vec<(Place, String)>,
    /// The places of what was found, once there are many.
    known: BTreeSet<Place>,
    /// Where it would stand if it were there.
    pub near: Option<Place>,
    /// Facts that would have decided it and are not stated, such as "replicas of db".
    pub missing: Vec<String>,
    /// What was compared with what, in sentences.
    pub seen: Vec<String>,
    /// The sentence that said it first, of a close trace.
    pub said: Option<(Place, String)>,
}

impl Trace {
    /// A trace that keeps nothing.
    #[must_use]
    pub fn off() -> Self {
        Self::default()
    }

    /// A trace that keeps everything.
    #[must_use]
    pub fn on() -> Self {
        Self {
            on: true,
            ..Self::default()
        }
    }

    /// A trace that keeps everything, and by which sentence it was said.
    #[must_use]
    pub fn close() -> Self {
        Self {
            close: true,
            ..Self::on()
        }
    }

    /// Whether anything is kept: what only a trace needs has to be computed for it alone.
    #[must_use]
    pub const fn is_on(&self) -> bool {
        self.on
    }

    /// Notes something that decided the answer.
    pub fn find(&mut self, place: Place, name: impl FnOnce() -> String) {
        if self.on && self.is_new(place) {
            self.found.push((place, name()));
        }
    }

    fn is_new(&mut self, place: Place) -> bool {
        if self.found.len() < FEW {
            return !self.found.iter().any(|(other, _)| *other == place);
        }
        if self.known.is_empty() {
            self.known = self.found.iter().map(|(place, _)| *place).collect();
        }
        self.known.insert(place)
    }

    /// Notes the sentence that decided the answer.
    pub fn say(&mut self, place: Place, sentence: impl FnOnce() -> String) {
        if self.close {
            self.said.get_or_insert_with(|| (place, sentence()));
        }
    }

    /// Notes where what was looked for would stand.
    pub fn look_near(&mut self, place: Place) {
        if self.on {
            self.near.get_or_insert(place);
        }
    }

    /// Notes a fact that is not stated.
    pub fn miss(&mut self, fact: impl FnOnce() -> String) {
        if self.on {
            push_new(&mut self.missing, fact());
        }
    }

    /// Notes what was compared with what.
    pub fn see(&mut self, sentence: impl FnOnce() -> String) {
        if self.on {
            self.note(sentence());
        }
    }

    /// A trace for a part of the question: as curious as this one.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self {
            on: self.on,
            close: self.close,
            ..Self::default()
        }
    }

    /// Takes over what a part of the question saw.
    pub fn join(&mut self, other: Self) {
        for (place, name) in other.found {
            self.find(place, || name);
        }
        self.near = self.near.or(other.near);
        self.said = self.said.take().or(other.said);
        for fact in other.missing {
            push_new(&mut self.missing, fact);
        }
        for sentence in other.seen {
            self.note(sentence);
        }
    }

    /// Notes a sentence; the same fact of several that is not stated stands in one.
    fn note(&mut self, sentence: String) {
        if let (Some(last), Some(fact)) = (self.seen.last_mut(), sentence.strip_suffix(UNSTATED))
            && take_in(last, fact)
        {
            return;
        }
        push_new(&mut self.seen, sentence);
    }
}

/// The end of a sentence of a fact that is not stated, such as "replicas of db".
pub(super) const UNSTATED: &str = " is not stated";

/// Takes a fact into the sentence of the same one of others, if it is one, as far as there is room.
fn take_in(sentence: &mut String, fact: &str) -> bool {
    let Some((name, subjects)) = fact.split_once(" of ") else {
        return false;
    };
    let others = sentence
        .strip_prefix(name)
        .and_then(|rest| rest.strip_prefix(" of ")?.strip_suffix(UNSTATED));
    let Some(others) = others else {
        return false;
    };
    let mut all: Vec<&str> = others.split(", ").collect();
    for subject in subjects.split(", ") {
        if all.len() < MOST && !all.contains(&subject) {
            all.push(subject);
        }
    }
    *sentence = format!("{name} of {}{UNSTATED}", all.join(", "));
    true
}

fn push_new(list: &mut Vec<String>, text: String) {
    if list.len() < MOST && !list.contains(&text) {
        list.push(text);
    }
}

/// Places that are looked through one by one.
const FEW: usize = 64;

/// More than this no reader takes in, and hostile designs could ask for millions.
const MOST: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Part;

    #[test]
    fn each_place_is_found_once_however_many_there_are() {
        let mut trace = Trace::on();
        for at in (0..3 * FEW).chain(0..3 * FEW) {
            trace.find(Place::Entry(Part::Components, at), || at.to_string());
        }
        let found = trace.found.iter().map(|(_, name)| name.clone());
        let expected = (0..3 * FEW).map(|at| at.to_string());
        assert!(found.eq(expected));
    }

    #[test]
    fn the_same_fact_of_several_stands_in_one_sentence() {
        let of = |facts: &[&str]| {
            let mut trace = Trace::on();
            for fact in facts {
                trace.see(|| format!("{fact}{UNSTATED}"));
            }
            trace
        };
        let mut trace = of(&[
            "zones of a",
            "zones of b",
            "zones of a",
            "replicas of a -> b",
        ]);
        trace.join(of(&["replicas of c", "replicas of d", "zones of c"]));
        assert_eq!(
            trace.seen,
            [
                "zones of a, b is not stated",
                "replicas of a -> b, c, d is not stated",
                "zones of c is not stated"
            ]
        );
        for number in 0..99 {
            trace.see(|| format!("zones of {number}{UNSTATED}"));
        }
        assert_eq!(trace.seen.len(), 3);
        let last = trace.seen.last().expect("a sentence");
        assert_eq!(last.matches(", ").count(), MOST - 1);
    }
}
