//! The menu of problems, for who names none.
//!
//! Knows numbers and slugs; what a problem is about stands in its pack.

use super::calendar;
use super::input::{Input, Typed};
use crate::catalog::Catalog;
use crate::cli::screen;
use crate::coach::progress::Past;
use crate::model::spelling;

/// What is to be practised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// A problem, by its slug.
    Problem(String),
    /// The tutorial.
    Tutorial,
}

/// What means the tutorial.
const TUTORIAL: [&str; 2] = ["t", "tutorial"];

/// Asks which problem, and proposes one; none when nobody answers. Who is new is told of the tutorial.
pub(super) fn choose(
    catalog: &Catalog,
    past: &Past,
    is_first: bool,
    input: &mut Input<'_>,
) -> Option<Choice> {
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
    screen::out("  t  tutorial                 The commands in ten minutes, on a toy problem\n");
    if is_first {
        screen::out("New here? `t` takes you through it; a number begins an interview at once.\n");
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
fn chosen(catalog: &Catalog, answer: &str, proposed: usize) -> Result<Option<Choice>, String> {
    if matches!(answer, "q" | "quit" | "exit") {
        return Ok(None);
    }
    if TUTORIAL.contains(&answer) {
        return Ok(Some(Choice::Tutorial));
    }
    let number = if answer.is_empty() {
        Some(proposed + 1)
    } else {
        answer.parse::<usize>().ok()
    };
    let by_number = number.and_then(|number| catalog.problems.get(number.checked_sub(1)?));
    match by_number.or_else(|| catalog.problem(answer)) {
        Some(problem) => Ok(Some(Choice::Problem(problem.id.clone()))),
        None => {
            let known: Vec<&str> = catalog
                .problems
                .iter()
                .map(|problem| problem.id.as_str())
                .collect();
            Err(spelling::did_you_mean(answer, &known).unwrap_or_else(|| {
                "type a number, `t` for the tutorial, or `q` to leave".to_owned()
            }))
        }
    }
}
