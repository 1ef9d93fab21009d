//! `sysdrill rubric mutate`: the references, broken in every way, and who notices.
//!
//! Knows which files are references and how the result reads; what is broken how is the business of `assess`.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::arguments::Mutate;
use super::{Exit, rubrics, screen};
use crate::assess::mutation::{Equivalent, Mutant, PLAN, Plan, equivalents, mutants};
use crate::catalog::{Catalog, embedded_text};
use crate::model::Level;
use crate::model::spelling::counted;
use crate::notation::yaml::Limits;
use crate::notation::{design, mark};
use crate::source::{Issues, Source};

/// What became of the mutants of one reference.
struct Survey {
    reference: String,
    mutants: Vec<Mutant>,
}

/// Runs `sysdrill rubric mutate`.
pub fn run(mutate: &Mutate) -> Exit {
    let Some((catalog, own)) = rubrics::catalog_and_own(&mutate.own) else {
        return Exit::Trouble;
    };
    if let Some(slug) = mutate.problem.as_deref()
        && catalog.problem(slug).is_none()
    {
        screen::error(
            &format!("unknown problem `{slug}`"),
            catalog.problem_meant(slug).as_deref(),
        );
        return Exit::Trouble;
    }
    let wanted = |slug: &str| mutate.problem.as_deref().is_none_or(|only| only == slug);
    let texts = rubrics::all_texts(&own);
    // An own reference takes the place of the one of its name.
    let references: BTreeMap<String, &str> = texts
        .clone()
        .filter_map(|(path, text)| Some((reference(path, &wanted)?, text)))
        .collect();
    if references.is_empty() {
        let slug = mutate.problem.as_deref().unwrap_or("SLUG");
        let help = format!("keep good designs as problems/{slug}/references/NAME.design.yaml");
        screen::error("there is no reference to break", Some(&help));
        return Exit::Nothing;
    }
    let mut excused = Vec::new();
    for (path, text) in texts.filter(|(path, _)| path.ends_with("/equivalents.yaml")) {
        let source = Source::new(path, text);
        let mut issues = Issues::default();
        excused.extend(equivalents(&source.text, &mut issues));
        if !issues.is_empty() {
            rubrics::show(&source, &issues.into_sorted());
            return Exit::Trouble;
        }
    }
    let Some(plan) = plan(&own, &catalog) else {
        return Exit::Trouble;
    };
    let surveys: Vec<Survey> = references
        .par_iter()
        .map(|(name, text)| survey(name, text, &catalog, &plan))
        .collect();
    let unnoticed = tell(&surveys, &excused, mutate.all);
    if unnoticed {
        Exit::Findings
    } else {
        Exit::Well
    }
}

/// The name of a reference by its path: `problem/file`.
pub(super) fn reference(path: &str, wanted: &dyn Fn(&str) -> bool) -> Option<String> {
    let mut parts = path.split('/');
    let (Some("problems"), Some(slug), Some("references"), Some(file), None) = (
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
    ) else {
        return None;
    };
    let name = mark::DESIGN.stem(file)?;
    wanted(slug).then(|| format!("{slug}/{name}"))
}

/// The plan of mutants: an own one, else that of the program.
fn plan(own: &[(String, String)], catalog: &Catalog) -> Option<Plan> {
    let own = own
        .iter()
        .find(|(path, _)| path == PLAN)
        .map(|(_, text)| text.as_str());
    let source = Source::new(PLAN, own.or_else(|| embedded_text(PLAN))?);
    let mut issues = Issues::default();
    let plan = Plan::read(&source.text, &catalog.knowledge, &mut issues);
    if issues.is_empty() {
        return Some(plan);
    }
    rubrics::show(&source, &issues.into_sorted());
    None
}

fn survey(name: &str, text: &str, catalog: &Catalog, plan: &Plan) -> Survey {
    let reading = design::read(text, &catalog.knowledge.vocabulary, &Limits::default());
    Survey {
        reference: name.to_owned(),
        mutants: mutants(&reading.design, catalog, plan, Some(Level::Senior), &|_| {
            true
        }),
    }
}

/// Writes what became of them; whether one was neither noticed nor excused.
fn tell(surveys: &[Survey], equivalents: &[Equivalent], all: bool) -> bool {
    let (mut made, mut noticed, mut excused) = (0_usize, 0_usize, 0_usize);
    for survey in surveys {
        screen::out(&format!(
            "{}: {} of {} noticed\n",
            survey.reference,
            survey
                .mutants
                .iter()
                .filter(|mutant| mutant.is_noticed())
                .count(),
            counted(survey.mutants.len(), "mutant", "mutants"),
        ));
        for mutant in &survey.mutants {
            made += 1;
            let key = mutant.key();
            let excuse = equivalents
                .iter()
                .find(|equal| equal.reference == survey.reference && equal.mutant == key);
            let line = match (mutant.is_noticed(), excuse) {
                (true, _) => {
                    noticed += 1;
                    all.then(|| {
                        format!(
                            "noticed    {key} ({:+.1}): {}",
                            0.0 - mutant.fell,
                            mutant.noticed_by.join(", ")
                        )
                    })
                }
                (false, Some(equal)) => {
                    excused += 1;
                    all.then(|| format!("equivalent {key}: {}", equal.because))
                }
                (false, None) => Some(format!("UNNOTICED  {key}")),
            };
            if let Some(line) = line {
                screen::out(&format!("  {line}\n"));
            }
        }
    }
    let left = made - noticed - excused;
    screen::out(&format!(
        "{}: {noticed} noticed, {excused} equivalent, {left} unnoticed\n",
        counted(made, "mutant", "mutants"),
    ));
    left > 0
}
