//! From texts to a catalog: kinds first, then what is around them, technologies, concepts, figures, rules, problems. A
//! later entry with the id of an earlier one takes its place, which is how a user's folder overlays the embedded one.
//!
//! Knows which path holds what; opens no file.

use std::collections::BTreeSet;

use super::{Catalog, Reference, Scoring, pages, tutorial, usual, words};
use crate::model::spelling;
use crate::notation::yaml::{self, Limits, Node};
use crate::rubric::{Problem, RuleReader, UseSite, topic_of};
use crate::source::{Issue, Issues, Source, Span};

/// A catalog with every mistake found on the way.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The catalog, as far as it could be read.
    pub catalog: Catalog,
    /// The files with mistakes, each with its mistakes.
    pub mistakes: Vec<(Source, Vec<Issue>)>,
}

/// What a path holds, and in which order it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Content {
    Kinds,
    Platform,
    Technologies,
    Language,
    Concepts,
    Figures,
    Scoring,
    Problem,
    Rules,
    Drills,
    Tutorial,
    Pages,
    Reference,
}

/// How the name of a design file ends.
const DESIGN: &str = ".design.yaml";

impl Content {
    fn of(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["rubrics", "kinds.yaml"] => Some(Self::Kinds),
            ["rubrics", "platform.yaml"] => Some(Self::Platform),
            ["rubrics", "language.yaml"] => Some(Self::Language),
            ["rubrics", "figures.yaml"] => Some(Self::Figures),
            ["rubrics", "scoring.yaml"] => Some(Self::Scoring),
            ["rubrics", "drills.yaml"] => Some(Self::Drills),
            ["rubrics", "tutorial.yaml"] => Some(Self::Tutorial),
            ["rubrics", "technologies", _] => Some(Self::Technologies),
            ["rubrics", "concepts", _] => Some(Self::Concepts),
            ["rubrics", "general" | "problems", _] => Some(Self::Rules),
            ["rubrics", "reference", _] => Some(Self::Pages),
            ["problems", _, "problem.yaml"] => Some(Self::Problem),
            ["problems", _, "references", file] if file.ends_with(DESIGN) => Some(Self::Reference),
            _ => None,
        }
    }
}

/// Limits for rubrics: longer than designs, as deep.
const LIMITS: Limits = Limits {
    bytes: 8 << 20,
    depth: 64,
    nodes: 1_000_000,
    components: 10_000,
};

struct File {
    content: Content,
    source: Source,
    strict: bool,
    issues: Issues,
    uses: Vec<(UseSite, Span)>,
}

/// Loads a catalog from paths and texts. Trusted texts are tested elsewhere; in `own` ones, which come later and take the
/// place of trusted entries, every regular expression is compiled to complain of broken ones.
pub fn load<'t>(trusted: &[(&'t str, &'t str)], own: &[(&'t str, &'t str)]) -> Loaded {
    let file = |(path, text): &(&str, &str), strict: bool| {
        let source = Source::new(*path, *text);
        Some(File {
            content: Content::of(path)?,
            source,
            strict,
            issues: Issues::default(),
            uses: Vec::new(),
        })
    };
    let trusted = trusted.iter().filter_map(|text| file(text, false));
    let mut files: Vec<File> = trusted
        .chain(own.iter().filter_map(|text| file(text, true)))
        .collect();
    files.sort_by_key(|file| file.content);
    let mut catalog = Catalog::default();
    for file in &mut files {
        take_in(&mut catalog, file);
    }
    let asked = catalog.problems.iter().flat_map(Problem::topics);
    let faults = catalog.rules.iter().map(|rule| topic_of(&rule.id));
    catalog.knowledge.topics = asked.chain(faults).collect();
    for file in &mut files {
        check_replaced(&catalog, file);
        check_uses(&catalog, file);
    }
    let mistakes = files.into_iter().filter(|file| !file.issues.is_empty());
    let mistakes = mistakes
        .map(|file| (file.source, file.issues.into_sorted()))
        .collect();
    Loaded { catalog, mistakes }
}

/// A design that answers a problem well; it is read when somebody asks for it.
fn reference(source: &Source) -> Option<Reference> {
    let mut parts = source.name.split('/').skip(1);
    let (problem, file) = (parts.next()?, parts.nth(1)?);
    Some(Reference {
        problem: problem.to_owned(),
        name: file.strip_suffix(DESIGN)?.to_owned(),
        text: source.text.clone(),
    })
}

/// Reads what a file holds into the catalog, and notes what it uses of others.
fn take_in(catalog: &mut Catalog, file: &mut File) {
    if file.content == Content::Pages {
        catalog.pages.add(&file.source.name, &file.source.text);
        if file.strict {
            pages::read(&file.source, &mut file.issues, &mut file.uses);
        }
        return;
    }
    if file.content == Content::Reference {
        if let Some(read) = reference(&file.source) {
            let same = |other: &Reference| other.problem == read.problem && other.name == read.name;
            catalog.references.retain(|other| !same(other));
            catalog.references.push(read);
        }
        return;
    }
    let Some(node) = yaml::parse(&file.source.text, &LIMITS, &mut file.issues) else {
        return;
    };
    match file.content {
        Content::Kinds => words::kinds(
            &node,
            &mut catalog.knowledge.vocabulary.kinds,
            &mut file.issues,
        ),
        Content::Platform => {
            if let Some(read) = usual::surroundings(&node, &mut file.issues) {
                catalog.knowledge.vocabulary.surroundings = read;
            }
        }
        Content::Technologies => {
            words::technologies(&node, &mut catalog.knowledge.vocabulary, &mut file.issues);
        }
        _ => read(
            catalog,
            file.content,
            &node,
            &file.source,
            &mut file.issues,
            &mut file.uses,
            file.strict,
        ),
    }
}

fn read(
    catalog: &mut Catalog,
    content: Content,
    node: &Node<'_>,
    source: &Source,
    issues: &mut Issues,
    uses: &mut Vec<(UseSite, Span)>,
    strict: bool,
) {
    let mut reader = RuleReader::new(&catalog.knowledge.vocabulary, issues, strict);
    match content {
        Content::Concepts => {
            for concept in reader.concept_file(node) {
                catalog
                    .knowledge
                    .concepts
                    .0
                    .insert(concept.id.clone(), concept);
            }
        }
        Content::Language => {
            if let Some(language) = reader.language(node) {
                catalog.knowledge.language = language;
            }
        }
        Content::Figures => catalog.knowledge.figures = reader.figures(node),
        Content::Scoring => catalog.scoring = Scoring::read(node, &mut reader).unwrap_or_default(),
        Content::Drills => {
            catalog.drills.read(node, &mut reader);
            uses.append(&mut reader.uses);
        }
        Content::Tutorial => {
            let tutorial = tutorial::read(node, &mut reader);
            uses.append(&mut reader.uses);
            catalog.tutorial = tutorial.or(catalog.tutorial.take());
        }
        Content::Problem => {
            let problem = reader.problem(node);
            uses.append(&mut reader.uses);
            keep_problem(&mut catalog.problems, problem);
        }
        _ => {
            let (topic, problem) = topic_and_problem(&source.name);
            let file = reader.rule_file(node, topic, problem, source);
            for (site, _) in &reader.uses {
                if let UseSite::Concept(concept) = site {
                    catalog.knowledge.finders.note(problem, concept);
                }
            }
            uses.append(&mut reader.uses);
            catalog.knowledge.selectors.extend(file.selectors);
            catalog.knowledge.conditions.extend(file.conditions);
            for rule in file.rules {
                match catalog.rules.iter_mut().find(|other| other.id == rule.id) {
                    Some(other) => *other = rule,
                    None => catalog.rules.push(rule),
                }
            }
        }
    }
}

fn keep_problem(problems: &mut Vec<Problem>, problem: Option<Problem>) {
    let Some(problem) = problem else { return };
    match problems.iter_mut().find(|other| other.id == problem.id) {
        Some(other) => *other = problem,
        None => problems.push(problem),
    }
}

/// `rubrics/general/caching.yaml` is about caching; `rubrics/problems/chat.yaml` is for designs of that problem.
fn topic_and_problem(path: &str) -> (&str, Option<&str>) {
    let name = path.rsplit('/').next().unwrap_or(path);
    let topic = name.strip_suffix(".yaml").unwrap_or(name);
    (topic, path.contains("/problems/").then_some(topic))
}

/// Complains of rules that take the place of one that is not there.
fn check_replaced(catalog: &Catalog, file: &mut File) {
    let rules: BTreeSet<&str> = catalog.rules.iter().map(|rule| rule.id.as_str()).collect();
    for rule in catalog
        .rules
        .iter()
        .filter(|rule| rule.file == file.source.name)
    {
        for name in rule
            .replaces
            .iter()
            .filter(|name| !rules.contains(name.as_str()))
        {
            let message = format!("`{}` replaces an unknown rule `{name}`", rule.id);
            let known: Vec<&str> = rules.iter().copied().collect();
            file.issues.error(
                Span::default(),
                message,
                spelling::did_you_mean(name, &known),
            );
        }
    }
}

/// Complains of names that are defined nowhere.
fn check_uses(catalog: &Catalog, file: &mut File) {
    let knowledge = &catalog.knowledge;
    let figures: BTreeSet<&str> = knowledge
        .figures
        .general
        .iter()
        .chain(catalog.problems.iter().flat_map(|problem| &problem.figures))
        .chain(
            catalog
                .tutorial
                .iter()
                .flat_map(|tutorial| &tutorial.problem.figures),
        )
        .map(|figure| figure.id.as_str())
        .collect();
    for (site, span) in std::mem::take(&mut file.uses) {
        // Nearly every name is known: what else there is, is listed only for the complaint.
        let is_known = match &site {
            UseSite::Concept(name) => knowledge.concepts.0.contains_key(name),
            UseSite::Selector(name) => knowledge.selectors.contains_key(name),
            UseSite::Condition(name) => knowledge.conditions.contains_key(name),
            UseSite::Figure(name) => figures.contains(name.as_str()),
            UseSite::Page(name) => catalog.pages.all().iter().any(|page| page.id == *name),
        };
        if is_known {
            continue;
        }
        let (what, name, known): (&str, &str, Vec<&str>) = match &site {
            UseSite::Concept(name) => (
                "concept",
                name,
                knowledge.concepts.0.keys().map(String::as_str).collect(),
            ),
            UseSite::Selector(name) => (
                "selector",
                name,
                knowledge.selectors.keys().map(String::as_str).collect(),
            ),
            UseSite::Condition(name) => (
                "named condition",
                name,
                knowledge.conditions.keys().map(String::as_str).collect(),
            ),
            UseSite::Figure(name) => ("figure", name, figures.iter().copied().collect()),
            UseSite::Page(name) => (
                "page of the reference",
                name,
                catalog
                    .pages
                    .all()
                    .iter()
                    .map(|page| page.id.as_str())
                    .collect(),
            ),
        };
        file.issues.error(
            span,
            format!("unknown {what} `{name}`"),
            spelling::did_you_mean(name, &known),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::EMBEDDED;
    use super::*;

    #[test]
    fn the_embedded_catalog_has_no_mistake() {
        let loaded = load(&[], EMBEDDED);
        let mistakes: Vec<String> = loaded
            .mistakes
            .iter()
            .flat_map(|(source, issues)| {
                issues.iter().map(|issue| {
                    let at = source.position(issue.span.start);
                    format!(
                        "{}:{}:{}: {} ({:?})",
                        source.name, at.line, at.column, issue.message, issue.help
                    )
                })
            })
            .collect();
        assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
    }
}
