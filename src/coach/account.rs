//! What was practised, for other programs: version 1 of the JSON of `sysdrill progress`. Keys may be added, none changes.
//!
//! Knows interviews and drills; knows no calendar, and is given days as they are written.

use std::collections::BTreeMap;

use serde::Serialize;

use super::drill::Deck;
use super::progress::{Attempt, Past};
use crate::catalog::Catalog;

#[derive(Debug, Serialize)]
struct Account {
    version: u32,
    today: String,
    interviews: Vec<Interview>,
    drills: Vec<Drills>,
    next: Next,
}

#[derive(Debug, Serialize)]
struct Interview {
    day: String,
    problem: String,
    level: String,
    percent: f64,
    band: Option<String>,
    /// The percentage of each step that any rule applied to.
    steps: BTreeMap<String, f64>,
    missed: Vec<Missed>,
}

#[derive(Debug, Serialize)]
struct Missed {
    rule: String,
    subjects: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Drills {
    sort: String,
    asked: usize,
    cards: usize,
    last: usize,
    right_of_last: usize,
    due: usize,
}

#[derive(Debug, Serialize)]
struct Next {
    /// The slug of the problem to take next, and why.
    problem: Option<String>,
    why: Option<String>,
    drills_due: usize,
}

/// What was practised, as JSON with a line end; `date` writes days that are counted from 1970-01-01.
///
/// # Panics
/// Never: numbers, texts and lists are always JSON.
#[must_use]
pub fn json(
    past: &Past,
    catalog: &Catalog,
    deck: &Deck<'_>,
    today: u32,
    date: impl Fn(u32) -> String,
) -> String {
    let proposal = past.proposal(catalog, today);
    let account = Account {
        version: 1,
        today: date(today),
        interviews: past
            .attempts
            .iter()
            .map(|attempt| interview(attempt, &date))
            .collect(),
        drills: drills(past, deck, today),
        next: Next {
            problem: proposal.as_ref().map(|next| next.problem.clone()),
            why: proposal.map(|next| next.why),
            drills_due: past.drills_due(deck, today),
        },
    };
    let text = serde_json::to_string_pretty(&account);
    format!(
        "{}\n",
        text.expect("numbers, texts and lists are always JSON")
    )
}

fn interview(attempt: &Attempt, date: impl Fn(u32) -> String) -> Interview {
    let steps = attempt.steps.iter();
    let missed = attempt.missed.iter().cloned();
    Interview {
        day: date(attempt.day),
        problem: attempt.problem.clone(),
        level: attempt.level.word().to_owned(),
        percent: attempt.percent,
        band: attempt.band.map(|band| band.word().to_owned()),
        steps: steps
            .map(|(step, percent)| (step.word().to_owned(), *percent))
            .collect(),
        missed: missed
            .map(|(rule, subjects)| Missed { rule, subjects })
            .collect(),
    }
}

fn drills(past: &Past, deck: &Deck<'_>, today: u32) -> Vec<Drills> {
    let all = past.drilled(deck, today).into_iter();
    all.map(|drilled| Drills {
        sort: drilled.sort.to_owned(),
        asked: drilled.asked,
        cards: drilled.all,
        last: drilled.last,
        right_of_last: drilled.right,
        due: drilled.due,
    })
    .collect()
}
