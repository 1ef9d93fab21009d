//! The menu of problems, for who names none.
//!
//! Knows numbers and slugs; what a problem is about stands in its pack.

use super::calendar;
use super::input::{Input, Typed};
use crate::catalog::Catalog;
use crate::cli::screen;
use crate::coach::progress::Past;
use crate::model::spelling;

/// Asks which problem, and proposes one; none when nobody answers.
pub(super) fn choose(catalog: &Catalog, past: &Past, input: &mut Input<'_>) -> Option<String> {
    for (at, problem) in catalog.problems.iter().enumerate() {
        let last = past.last_time(&problem.id);
        screen::out(&format!(
            "{:>3}  {:<24} {}{}\n",
            at + 1,
            problem.id,
            problem.title,
            last.map_or_else(String::new, |last| format!(" ({last})"))
        ));
    }
    let proposal = past.proposal(catalog, calendar::now().day());
    let slug = proposal.as_ref().map(|proposal| proposal.problem.as_str());
    let position = catalog
        .problems
        .iter()
        .position(|problem| Some(problem.id.as_str()) == slug)
        .unwrap_or(0);
    let prompt = format!("Which problem? [{}] > ", position + 1);
    loop {
        let Typed::Lines(lines) = input.next(&prompt) else {
            return None;
        };
        let answer = lines.first().map(|line| line.trim()).unwrap_or_default();
        match chosen(catalog, answer, position) {
            Ok(chosen) => return chosen,
            Err(help) => screen::error(&format!("no problem `{answer}`"), Some(&help)),
        }
    }
}

/// The problem that an answer means, the proposed one for an empty line and none for leaving; help when it means none.
fn chosen(catalog: &Catalog, answer: &str, proposed: usize) -> Result<Option<String>, String> {
    if matches!(answer, "q" | "quit" | "exit") {
        return Ok(None);
    }
    let number = if answer.is_empty() {
        Some(proposed + 1)
    } else {
        answer.parse::<usize>().ok()
    };
    let by_number = number.and_then(|number| catalog.problems.get(number.checked_sub(1)?));
    match by_number.or_else(|| catalog.problem(answer)) {
        Some(problem) => Ok(Some(problem.id.clone())),
        None => {
            let known: Vec<&str> = catalog
                .problems
                .iter()
                .map(|problem| problem.id.as_str())
                .collect();
            Err(spelling::did_you_mean(answer, &known)
                .unwrap_or_else(|| "type a number, or `q` to leave".to_owned()))
        }
    }
}
