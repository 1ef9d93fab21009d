//! Rubrics: loading them, running their examples, looking for mistakes.
//!
//! Knows folders; what is a mistake is the readers' business.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::path::Path;

use super::arguments::{OwnContent, Rubric, RubricCommand, RubricFolder};
use super::obstacle::{Obstacle, told};
use super::settings::{self, Settings};
use super::{Exit, concepts, files, mutate, screen};
use crate::assess;
use crate::catalog::{self, Catalog, EMBEDDED, Loaded, embedded_for};
use crate::model::Severity;
use crate::model::spelling::counted;
use crate::report::{self, Paint};
use crate::source::{Gravity, Issue, Source};

/// The catalog with own content laid over it. Mistakes are reported, and there is no catalog then.
pub fn catalog(own: &OwnContent) -> Option<Catalog> {
    catalog_and_own(own).map(|(catalog, _)| catalog)
}

/// The catalog with own content laid over it, and the own texts by path. Mistakes are reported, and there is nothing then.
pub fn catalog_and_own(own: &OwnContent) -> Option<(Catalog, Texts)> {
    let own = texts(own)?;
    catalog_for(&own, None).map(|catalog| (catalog, own))
}

/// The catalog with own texts laid over it; where there are none, without the content of problems other than the named one,
/// which nothing would ask for and which takes most of the time of a start. Mistakes are reported, and there is no catalog
/// then.
pub fn catalog_for(own: &Texts, problem: Option<&str>) -> Option<Catalog> {
    let loaded = match problem {
        Some(problem) if own.is_empty() => catalog::load(&embedded_for(problem), &[]),
        _ => laid_over(own, false),
    };
    (show_mistakes(&loaded, own) == 0).then_some(loaded.catalog)
}

/// Texts by the paths that the catalog knows them under.
#[derive(Debug, Default)]
pub struct Texts {
    all: Vec<(String, String)>,
    folders: OwnContent,
}

impl Deref for Texts {
    type Target = Vec<(String, String)>;

    fn deref(&self) -> &Self::Target {
        &self.all
    }
}

impl DerefMut for Texts {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.all
    }
}

impl Texts {
    /// The file of a text as people named it, by the folder that it was found in; none of what is built in.
    pub fn file(&self, path: &str) -> Option<String> {
        let (rubrics, problems) = (&self.folders.rubrics, &self.folders.problems);
        let in_rubrics = path.strip_prefix("rubrics/");
        let in_problems = path.strip_prefix("problems/");
        let places = [
            (rubrics, Some(path)),
            (rubrics, in_rubrics),
            (problems, in_problems),
        ];
        let files = places.into_iter();
        let mut files = files.filter_map(|(folder, path)| Some(folder.as_ref()?.join(path?)));
        let is_own = self.iter().any(|(other, _)| other == path);
        let file = files.find(|file| is_own && files::is_there(file))?;
        Some(files::name(&file))
    }

    /// A text under the name of its file, for messages.
    pub fn named(&self, source: &Source) -> Option<Source> {
        let file = self.file(&source.name)?;
        Some(Source::new(file, source.text.clone()))
    }
}

/// The texts of own folders, those that the nearest configuration names included; what can't be read is reported.
pub fn texts(own: &OwnContent) -> Option<Texts> {
    told(read_texts(&settings::own_content(own)?))
}

/// The texts of the own folders that settings name; what can't be read is reported.
pub fn texts_of(settings: &Settings) -> Option<Texts> {
    told(settings.own_texts())
}

/// The texts of own folders, none where there are none.
///
/// # Errors
/// With what can't be read.
pub fn read_texts(own: &OwnContent) -> Result<Texts, Obstacle> {
    let rubrics = own.rubrics.as_deref().map(rubric_texts);
    let problems = own.problems.as_deref().map(files::problem_texts);
    let read = rubrics.into_iter().chain(problems);
    let read: Result<Vec<Vec<(String, String)>>, String> = read.collect();
    Ok(Texts {
        all: read.map_err(Obstacle::words)?.concat(),
        folders: own.clone(),
    })
}

/// The texts of a folder of rubrics. One in which nothing is of a rubric is another than was meant: its rules would be missed
/// without a word.
fn rubric_texts(folder: &Path) -> Result<Vec<(String, String)>, String> {
    let texts = files::rubric_texts(folder)?;
    if texts.iter().any(|(path, _)| catalog::is_content(path)) {
        return Ok(texts);
    }
    Err(format!(
        "{}: no rubric in it; rules lie in the folders `general` and `problems` of one",
        folder.display()
    ))
}

/// All texts by their paths: the built-in ones, then own ones.
pub fn all_texts(own: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> + Clone {
    let own = own.iter();
    let own = own.map(|(path, text)| (path.as_str(), text.as_str()));
    EMBEDDED.iter().copied().chain(own)
}

/// The built-in texts with own ones laid over them; `all` looks as closely at the built-in ones.
pub fn laid_over(own: &[(String, String)], all: bool) -> Loaded {
    if all {
        let texts: Vec<(&str, &str)> = all_texts(own).collect();
        return catalog::load(&[], &texts);
    }
    let own: Vec<(&str, &str)> = all_texts(own).skip(EMBEDDED.len()).collect();
    catalog::load(EMBEDDED, &own)
}

/// Shows every mistake, those of own files with their places on the disk; gives back how many are errors.
fn show_mistakes(loaded: &Loaded, own: &Texts) -> usize {
    let shown = loaded.mistakes.iter();
    let shown = shown.map(|(source, issues)| match own.named(source) {
        Some(named) => show(&named, issues),
        None => show(source, issues),
    });
    shown.sum()
}

/// Shows the mistakes of a file; gives back how many are errors.
pub fn show(source: &Source, issues: &[Issue]) -> usize {
    for issue in issues {
        screen::trouble(&report::issue_frame(issue, source, Paint::Colour));
    }
    let errors = issues
        .iter()
        .filter(|issue| issue.gravity == Gravity::Error);
    errors.count()
}

/// Runs `sysdrill rubric`.
pub fn run(rubric: &Rubric) -> Exit {
    match &rubric.command {
        RubricCommand::Test(folder) => test(folder),
        RubricCommand::Lint(folder) => lint(folder),
        RubricCommand::Mutate(mutate) => mutate::run(mutate),
        RubricCommand::Concepts(search) => concepts::run(search),
    }
}

fn test(folder: &RubricFolder) -> Exit {
    let Some(own) = texts(&folder.own()) else {
        return Exit::Trouble;
    };
    let loaded = laid_over(&own, false);
    // A rule that can't be read has no examples that could fail.
    let is_broken = show_mistakes(&loaded, &own) > 0;
    let mut run = 0;
    let mut failed = 0;
    let files = rule_files((!own.is_empty()).then_some(&own));
    for source in &files {
        let (more, issues) = failed_examples(source, &loaded.catalog);
        run += more;
        failed += issues.len();
        let named = own.named(source);
        for issue in &issues {
            let source = named.as_ref().unwrap_or(source);
            screen::prose(&report::issue_frame(issue, source, Paint::Colour));
        }
    }
    let rules = loaded.catalog.rules.iter();
    let tested = rules.filter(|rule| files.iter().any(|file| file.name == rule.file));
    screen::out(&format!(
        "{} of {}: {} passed, {failed} failed\n",
        counted(run, "example", "examples"),
        counted(tested.count(), "rule", "rules"),
        run.saturating_sub(failed)
    ));
    let is_warned = !loaded.mistakes.is_empty();
    match failed {
        _ if is_broken => Exit::Trouble,
        0 if run == 0 && is_warned => Exit::Nothing,
        0 => Exit::Well,
        _ => Exit::Findings,
    }
}

/// How many examples of a file were run; what is wrong with examples, and those that the rules take otherwise than they say,
/// of a file of concepts the phrases.
pub fn failed_examples(source: &Source, catalog: &Catalog) -> (usize, Vec<Issue>) {
    if is_concepts(&source.name) {
        let all = assess::misheard(source, catalog).into_iter();
        return (0, all.flat_map(|(_, issues)| issues).collect());
    }
    if !is_rules(&source.name) {
        return (0, Vec::new());
    }
    let examples = assess::run_examples(source, catalog);
    let mut issues = examples.issues;
    issues.extend(examples.failures.into_iter().map(|failure| Issue {
        gravity: Gravity::Error,
        message: failure.message(),
        span: failure.span,
        help: Some(format!("the rule {}", failure.saw.join("; "))),
    }));
    (examples.run, issues)
}

/// Whether a path is one of a file of rules.
fn is_rules(path: &str) -> bool {
    path.starts_with("rubrics/general/") || path.starts_with("rubrics/problems/")
}

/// Every rule file, the own ones after those that they may replace.
pub fn all_rule_files(own: &Texts) -> Vec<Source> {
    let mut files = rule_files(None);
    files.extend(rule_files(Some(own)));
    files
}

/// The rule files among own texts, or among the embedded ones where there is no folder.
fn rule_files(own: Option<&Texts>) -> Vec<Source> {
    let sources: Vec<Source> = match own {
        None => EMBEDDED
            .iter()
            .map(|(path, text)| Source::new(*path, *text))
            .collect(),
        Some(own) => own
            .iter()
            .map(|(path, text)| Source::new(path.as_str(), text.as_str()))
            .collect(),
    };
    sources
        .into_iter()
        .filter(|source| is_rules(&source.name))
        .collect()
}

fn lint(folder: &RubricFolder) -> Exit {
    let Some(own) = texts(&folder.own()) else {
        return Exit::Trouble;
    };
    // What is built in was tested with the program; of it is told what own files break.
    let loaded = laid_over(&own, own.is_empty());
    let mut errors = show_mistakes(&loaded, &own);
    for (source, issues) in phrases(&loaded.catalog, &own) {
        errors += show(&own.named(&source).unwrap_or(source), &issues);
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

/// The phrases of concepts that are heard otherwise than they say, by the file that says last what the concept is.
fn phrases(catalog: &Catalog, own: &Texts) -> Vec<(Source, Vec<Issue>)> {
    // How a phrase is heard rests on its concept and on the language; what is built in changes with the latter alone.
    let is_own_language = own.iter().any(|(path, _)| path == LANGUAGE);
    let built_in = if own.is_empty() || is_own_language {
        0
    } else {
        EMBEDDED.len()
    };
    let files: Vec<Source> = all_texts(own)
        .skip(built_in)
        .filter(|(path, _)| is_concepts(path))
        .map(|(path, text)| Source::new(path, text.trim_start_matches('\u{feff}')))
        .collect();
    let mut last: BTreeMap<String, (usize, Vec<Issue>)> = BTreeMap::new();
    for (at, source) in files.iter().enumerate() {
        let read = assess::misheard(source, catalog).into_iter();
        last.extend(read.map(|(concept, issues)| (concept, (at, issues))));
    }
    let mut told: Vec<(Source, Vec<Issue>)> =
        files.into_iter().map(|file| (file, Vec::new())).collect();
    for (at, issues) in last.into_values() {
        if let Some((_, all)) = told.get_mut(at) {
            all.extend(issues);
        }
    }
    for (_, issues) in &mut told {
        issues.sort_by_key(|issue| issue.span.start);
    }
    told
}

/// The file of the language that concepts are heard in.
const LANGUAGE: &str = "rubrics/language.yaml";

/// Whether a path is one of a file of concepts.
fn is_concepts(path: &str) -> bool {
    path.starts_with("rubrics/concepts/")
}
