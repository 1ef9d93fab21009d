//! Rubrics: loading them, running their examples, looking for mistakes.
//!
//! Knows folders; what is a mistake is the readers' business.

use std::path::Path;

use super::arguments::{Rubric, RubricCommand, RubricFolder};
use super::{Exit, files, mutate, screen};
use crate::assess;
use crate::catalog::{self, Catalog, EMBEDDED, Loaded};
use crate::model::Severity;
use crate::model::spelling::counted;
use crate::report::{self, Paint};
use crate::rubric::Language;
use crate::source::{Gravity, Issue, Source};

/// The catalog with a folder laid over it. Mistakes are reported, and there is no catalog then.
pub fn catalog(folder: Option<&Path>) -> Option<Catalog> {
    let Some(folder) = folder else {
        return Some(Catalog::embedded());
    };
    let loaded = load(Some(folder), false)?;
    if show_mistakes(&loaded) > 0 {
        None
    } else {
        Some(loaded.catalog)
    }
}

/// The catalog with a folder laid over it, and every text that it was read from: the built-in ones, then the folder's.
/// Mistakes are reported, and there is nothing then.
pub fn catalog_and_texts(folder: Option<&Path>) -> Option<(Catalog, Vec<(String, String)>)> {
    let catalog = catalog(folder)?;
    let own = folder.map_or(Some(Vec::new()), |folder| files::rubric_texts(folder).ok())?;
    let built_in = EMBEDDED
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    Some((catalog, built_in.chain(own).collect()))
}

/// The built-in texts with a folder laid over them; `all` looks as closely at the built-in ones.
fn load(folder: Option<&Path>, all: bool) -> Option<Loaded> {
    let own = match folder.map(files::rubric_texts) {
        None => Vec::new(),
        Some(Ok(own)) => own,
        Some(Err(reason)) => {
            screen::error(&reason, None);
            return None;
        }
    };
    let own = own
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    if all {
        let texts: Vec<(&str, &str)> = EMBEDDED.iter().copied().chain(own).collect();
        return Some(catalog::load(&[], &texts));
    }
    let own: Vec<(&str, &str)> = own.collect();
    Some(catalog::load(EMBEDDED, &own))
}

/// Shows every mistake; gives back how many are errors.
fn show_mistakes(loaded: &Loaded) -> usize {
    let mut errors = 0;
    for (source, issues) in &loaded.mistakes {
        for issue in issues {
            screen::trouble(&report::issue_frame(issue, source, Paint::Colour));
            errors += usize::from(issue.gravity == Gravity::Error);
        }
    }
    errors
}

/// Runs `sysdrill rubric`.
pub fn run(rubric: &Rubric) -> Exit {
    match &rubric.command {
        RubricCommand::Test(folder) => test(folder),
        RubricCommand::Lint(folder) => lint(folder),
        RubricCommand::Mutate(mutate) => mutate::run(mutate),
    }
}

fn test(folder: &RubricFolder) -> Exit {
    let Some(loaded) = load(folder.dir.as_deref(), false) else {
        return Exit::Trouble;
    };
    let mut run = 0;
    let mut failed = 0;
    for source in rule_files(folder.dir.as_deref()) {
        let examples = assess::run_examples(&source, &loaded.catalog);
        run += examples.run;
        failed += examples.failures.len() + examples.issues.len();
        for issue in &examples.issues {
            screen::out(&report::issue_frame(issue, &source, Paint::Colour));
        }
        for failure in examples.failures {
            let saw = if failure.saw.is_empty() {
                "the rule does not apply".to_owned()
            } else {
                failure.saw.join(" | ")
            };
            let message = format!(
                "{}: an example under `{}` does otherwise",
                failure.rule, failure.wanted
            );
            let issue = Issue {
                gravity: Gravity::Error,
                span: failure.span,
                message,
                help: Some(format!("saw {saw}")),
            };
            screen::out(&report::issue_frame(&issue, &source, Paint::Colour));
        }
    }
    screen::out(&format!(
        "{run} examples of {} rules: {} passed, {failed} failed\n",
        loaded.catalog.rules.len(),
        run.saturating_sub(failed)
    ));
    if failed > 0 {
        Exit::Findings
    } else {
        Exit::Well
    }
}

/// The rule files: of a folder, or the embedded ones.
fn rule_files(folder: Option<&Path>) -> Vec<Source> {
    let is_rules =
        |path: &str| path.starts_with("rubrics/general/") || path.starts_with("rubrics/problems/");
    match folder {
        None => EMBEDDED
            .iter()
            .filter(|(path, _)| is_rules(path))
            .map(|(path, text)| Source::new(*path, *text))
            .collect(),
        Some(folder) => files::rubric_texts(folder)
            .unwrap_or_default()
            .into_iter()
            .filter(|(path, _)| is_rules(path))
            .map(|(path, text)| Source::new(path, text))
            .collect(),
    }
}

fn lint(folder: &RubricFolder) -> Exit {
    let Some(loaded) = load(folder.dir.as_deref(), true) else {
        return Exit::Trouble;
    };
    let mut errors = show_mistakes(&loaded);
    for complaint in phrases(&loaded.catalog) {
        screen::error(&complaint, None);
        errors += 1;
    }
    let catalog = &loaded.catalog;
    let grave = catalog
        .rules
        .iter()
        .filter(|rule| rule.severity >= Severity::Major)
        .count();
    screen::out(&format!(
        "{} ({grave} of them major or blocker), {}, {}, {}: {}\n",
        counted(catalog.rules.len(), "rule", "rules"),
        counted(catalog.knowledge.concepts.0.len(), "concept", "concepts"),
        counted(
            catalog.knowledge.vocabulary.technologies.all().count(),
            "technology",
            "technologies"
        ),
        counted(catalog.problems.len(), "problem", "problems"),
        counted(errors, "mistake", "mistakes"),
    ));
    if errors > 0 {
        Exit::Findings
    } else {
        Exit::Well
    }
}

/// Concepts that miss a phrase that should mention them, or hear one that should not.
fn phrases(catalog: &Catalog) -> Vec<String> {
    let language: &Language = &catalog.knowledge.language;
    let mut complaints = Vec::new();
    for concept in catalog.knowledge.concepts.0.values() {
        for (phrases, wanted) in [(&concept.hits, true), (&concept.misses, false)] {
            for phrase in phrases
                .iter()
                .filter(|phrase| language.mentions(concept, phrase) != wanted)
            {
                let does = if wanted { "does not hear" } else { "hears" };
                complaints.push(format!("concept `{}` {does} \"{phrase}\"", concept.id));
            }
        }
    }
    complaints
}
