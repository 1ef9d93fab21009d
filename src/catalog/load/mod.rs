//! From texts to a catalog: kinds first, then what is around them, technologies, concepts, figures, rules, problems. A
//! later entry with the id of an earlier one takes its place, which is how a user's folder overlays the embedded one.
//!
//! Knows which path holds what; opens no file.

mod content;
mod names;
mod rings;
mod unheard;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Catalog, DrillFile, Reference, Scoring, pages, tutorial, usual, words};
use crate::model::Vocabulary;
use crate::notation::mark;
use crate::notation::yaml::{self, Limits, Node};
use crate::rubric::{
    Names, Origin, Problem, Rule, RuleFile, RuleReader, Topics, UseSite, topic_of,
};
use crate::source::{Issue, Issues, Source, Span};
pub use content::is_content;
use content::{Content, misplaced};
use names::{Known, complain_of_doubles};
use rings::complain_of_rings;
use unheard::complain_of_unheard;

/// A catalog with every mistake found on the way.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The catalog, as far as it could be read.
    pub catalog: Catalog,
    /// The files with mistakes, each with its mistakes.
    pub mistakes: Vec<(Source, Vec<Issue>)>,
}

/// Limits for rubrics: longer than designs, as deep.
pub(super) const LIMITS: Limits = Limits {
    bytes: 8 << 20,
    depth: 64,
    nodes: 1_000_000,
    components: 10_000,
    raised: false,
};

struct File {
    content: Content,
    path: Cow<'static, str>,
    text: Cow<'static, str>,
    strict: bool,
    issues: Issues,
    names: Names,
}

impl File {
    fn new(path: Cow<'static, str>, text: Cow<'static, str>, strict: bool) -> Option<Self> {
        Some(Self {
            content: Content::of(&path)?,
            path,
            text,
            strict,
            issues: Issues::default(),
            names: Names::default(),
        })
    }

    fn trusted((path, text): &(&'static str, &'static str)) -> Option<Self> {
        Self::new(Cow::Borrowed(*path), Cow::Borrowed(*text), false)
    }

    fn own((path, text): &(&str, &str)) -> Option<Self> {
        // A byte order mark is no part of a text.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self::new(
            Cow::Owned((*path).to_owned()),
            Cow::Owned(text.to_owned()),
            true,
        )
    }
}

/// Loads a catalog from paths and texts. Trusted texts are tested elsewhere, so that no more of them is read than is asked
/// for; `own` ones, which come later and take the place of trusted entries, are read and checked in full.
pub fn load(trusted: &[(&'static str, &'static str)], own: &[(&str, &str)]) -> Loaded {
    let mut loaded = load_once(trusted, own);
    for (source, issues) in &mut loaded.mistakes {
        let read = |text: &str| {
            let place = |(path, other)| (path, if path == source.name { text } else { other });
            let own: Vec<(&str, &str)> = own.iter().copied().map(place).collect();
            let mistakes = load_once(trusted, &own).mistakes.into_iter();
            let mut here = mistakes.filter(|(other, _)| other.name == source.name);
            here.next().map(|(_, issues)| issues).unwrap_or_default()
        };
        let told = std::mem::take(issues);
        *issues = yaml::with_doubles(&source.text, &LIMITS, told, read);
    }
    loaded
}

fn load_once(trusted: &[(&'static str, &'static str)], own: &[(&str, &str)]) -> Loaded {
    let trusted = trusted.iter().filter_map(File::trusted);
    let mut files: Vec<File> = trusted.chain(own.iter().filter_map(File::own)).collect();
    files.sort_by_key(|file| file.content);
    let mut catalog = Catalog::default();
    for file in &mut files {
        take_in(&mut catalog, file);
    }
    catalog.rules = each_once(catalog.rules);
    catalog.knowledge.topics = topics(&catalog);
    complain_of_doubles(&mut files);
    complain_of_unheard(&mut files);
    let mut broken = complain_of_rings(&mut files, &mut catalog);
    broken.extend(
        files
            .iter_mut()
            .flat_map(|file| file.names.broken.drain(..)),
    );
    let known = Known::of(&catalog, broken);
    for file in &mut files {
        known.check_uses(file);
    }
    let mistakes = files.into_iter().filter(|file| !file.issues.is_empty());
    let mistakes =
        mistakes.map(|file| (Source::new(file.path, file.text), file.issues.into_sorted()));
    Loaded {
        catalog,
        mistakes: mistakes.chain(own.iter().filter_map(misplaced)).collect(),
    }
}

/// The topics of the questions of problems, and those of the faults that rules find.
fn topics(catalog: &Catalog) -> Topics {
    let mut topics = Topics::default();
    for problem in &catalog.problems {
        problem
            .topics()
            .for_each(|topic| topics.add(Some(&problem.id), topic));
    }
    for rule in &catalog.rules {
        let mistaken = rule.mistake.as_ref().map(|mistake| mistake.topic.clone());
        let topic = mistaken.unwrap_or_else(|| topic_of(&rule.id));
        topics.add(rule.problem.as_deref(), topic);
    }
    topics
}

/// A design that answers a problem well; it is read when somebody asks for it.
fn reference(file: &File) -> Option<Reference> {
    let mut parts = file.path.split('/').skip(1);
    let (problem, name) = (parts.next()?, parts.nth(1)?);
    Some(Reference {
        problem: problem.to_owned(),
        name: mark::DESIGN.stem(name)?.to_owned(),
        text: file.text.clone(),
    })
}

/// Reads what a file holds into the catalog, and notes what it uses of others. What nobody may ever ask for is kept as a
/// text, which only a file of one's own is read for its mistakes.
fn take_in(catalog: &mut Catalog, file: &mut File) {
    match file.content {
        Content::Reference => {
            if let Some(read) = reference(file) {
                let same =
                    |other: &Reference| other.problem == read.problem && other.name == read.name;
                catalog.references.retain(|other| !same(other));
                catalog.references.push(read);
            }
        }
        Content::Pages => {
            catalog.pages.add(file.text.clone());
            if file.strict {
                pages::read(&file.text, &mut file.issues, &mut file.names.uses);
            }
        }
        Content::Talk => {
            catalog.talk.add(file.text.clone());
            if file.strict {
                file.read_with(catalog, |node, reader| drop(reader.talk_file(node)));
            }
        }
        Content::Drills => {
            catalog.drills.add(file.text.clone());
            if file.strict {
                file.read_with(catalog, |node, reader| {
                    DrillFile::default().read(node, reader);
                });
            }
        }
        Content::Tutorial => {
            catalog.tutorial.add(file.text.clone());
            if file.strict {
                file.read_with(catalog, |node, reader| drop(tutorial::read(node, reader)));
            }
        }
        _ => read(catalog, file),
    }
}

impl File {
    /// The line of a place, from 1.
    fn line(&self, span: Span) -> usize {
        let before = self.text.get(..span.start).unwrap_or_default();
        before.matches('\n').count() + 1
    }

    /// Reads the file with all mistakes and uses noted.
    fn read_with(&mut self, catalog: &Catalog, read: impl FnOnce(&Node<'_>, &mut RuleReader<'_>)) {
        let Some(node) = yaml::parse(&self.text, &LIMITS, &mut self.issues) else {
            return;
        };
        let vocabulary = &catalog.knowledge.vocabulary;
        let mut reader = RuleReader::new(vocabulary, &mut self.issues, self.strict);
        read(&node, &mut reader);
        self.names.append(&mut reader.names);
    }
}

/// Reads what every judgement may need.
fn read(catalog: &mut Catalog, file: &mut File) {
    let unread = if file.strict {
        Vec::new()
    } else {
        file.content.unread()
    };
    let (text, issues) = (&*file.text, &mut file.issues);
    let Some(node) = yaml::parse_without(text, &LIMITS, &unread, issues) else {
        return;
    };
    let vocabulary = &mut catalog.knowledge.vocabulary;
    let late = match file.text {
        Cow::Borrowed(text) if !file.strict => Some(text),
        _ => None,
    };
    if are_words(file.content, &node, vocabulary, late, issues) {
        return;
    }
    let mut reader = RuleReader::new(vocabulary, issues, file.strict);
    let mut names = match file.content {
        Content::Concepts => {
            let concepts = reader.concept_file(&node).into_iter();
            let named = concepts.map(|concept| (concept.id.clone(), concept));
            catalog.knowledge.concepts.0.extend(named);
            reader.names
        }
        Content::Language => {
            if let Some(language) = reader.language(&node) {
                catalog.knowledge.language = language;
            }
            reader.names
        }
        Content::Figures => {
            catalog.knowledge.figures = reader.figures(&node);
            reader.names
        }
        Content::Scoring => {
            if let Some(scoring) = Scoring::read(&node, &mut reader) {
                catalog.scoring = scoring;
            }
            reader.names
        }
        Content::Problem => {
            let problem = reader.problem(&node);
            if file.strict {
                complain_of_folder(&file.path, &node, reader.issues);
            }
            keep_problem(&mut catalog.problems, problem);
            reader.names
        }
        _ => {
            let origin = Origin::of(&file.path, &file.text);
            let read = reader.rule_file(&node, &origin);
            let names = reader.names;
            keep_rules(catalog, read, origin.problem, &names.uses);
            names
        }
    };
    file.names.append(&mut names);
}

/// Reads the words of designs, where a file holds those. What is given as `late` may be read when somebody asks for it.
fn are_words(
    content: Content,
    node: &Node<'_>,
    vocabulary: &mut Vocabulary,
    late: Option<&'static str>,
    issues: &mut Issues,
) -> bool {
    match content {
        Content::Kinds => words::kinds(node, &mut vocabulary.kinds, issues),
        Content::Platform => {
            if let Some(read) = usual::surroundings(node, issues) {
                vocabulary.surroundings = read;
            }
        }
        Content::Technologies => words::technologies(node, vocabulary, late, issues),
        _ => return false,
    }
    true
}

/// Takes in what a file of rules holds, for designs of a problem or for all.
fn keep_rules(
    catalog: &mut Catalog,
    read: RuleFile,
    problem: Option<&str>,
    uses: &[(UseSite, Span)],
) {
    let knowledge = &mut catalog.knowledge;
    for (site, _) in uses {
        if let UseSite::Concept(concept) = site {
            knowledge.finders.note(problem, concept);
        }
    }
    knowledge.selectors.extend(read.selectors);
    knowledge.conditions.extend(read.conditions);
    catalog.rules.extend(read.rules);
}

/// Rules by id, a later one in the place of an earlier.
fn each_once(rules: Vec<Rule>) -> Vec<Rule> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut kept: Vec<Rule> = Vec::with_capacity(rules.len());
    for rule in rules {
        match places.get(&rule.id).and_then(|at| kept.get_mut(*at)) {
            Some(other) => *other = rule,
            None => {
                places.insert(rule.id.clone(), kept.len());
                kept.push(rule);
            }
        }
    }
    kept
}

/// Complains of a problem whose folder has another name: its references would be those of no problem.
fn complain_of_folder(path: &str, node: &Node<'_>, issues: &mut Issues) {
    let folder = path.split('/').nth(1).unwrap_or_default();
    let mut entries = node.entries().iter();
    let id = entries.find(|(key, _)| key.text() == Some("id"));
    if let Some((_, id)) = id.filter(|(_, id)| id.text().is_some_and(|id| id != folder)) {
        let message = format!("the folder of the problem is `{folder}`");
        let help = format!("write `id: {folder}`, or name the folder so");
        issues.error(id.span, message, help);
    }
}

fn keep_problem(problems: &mut Vec<Problem>, problem: Option<Problem>) {
    let Some(problem) = problem else { return };
    match problems.iter_mut().find(|other| other.id == problem.id) {
        Some(other) => *other = problem,
        None => problems.push(problem),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::EMBEDDED;

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
