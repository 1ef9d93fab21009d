//! The menu of problems, for who names none.
//!
//! Knows numbers and slugs; what a problem is about stands in its pack.

use super::input::{Input, Typed};
use crate::catalog::Catalog;
use crate::cli::screen;
use crate::model::spelling;

/// Asks which problem; none when nobody answers.
pub(super) fn choose(catalog: &Catalog, input: &mut Input<'_>) -> Option<String> {
    for (at, problem) in catalog.problems.iter().enumerate() {
        screen::out(&format!(
            "{:>3}  {:<24} {}\n",
            at + 1,
            problem.id,
            problem.title
        ));
    }
    loop {
        let Typed::Lines(lines) = input.next("Which problem? [1] > ") else {
            return None;
        };
        let answer = lines.first().map(|line| line.trim()).unwrap_or_default();
        match chosen(catalog, answer) {
            Ok(chosen) => return chosen,
            Err(help) => screen::error(&format!("no problem `{answer}`"), Some(&help)),
        }
    }
}

/// The problem that an answer means, none for leaving; help when it means none.
fn chosen(catalog: &Catalog, answer: &str) -> Result<Option<String>, String> {
    if matches!(answer, "q" | "quit" | "exit") {
        return Ok(None);
    }
    let number = if answer.is_empty() {
        Some(1)
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
