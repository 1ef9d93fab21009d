//! From texts to a catalog: kinds first, then what is around them, technologies, concepts, figures, rules, problems. A
//! later entry with the id of an earlier one takes its place, which is how a user's folder overlays the embedded one.
//!
//! Knows which path holds what; opens no file.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::formulas::Figures;
use super::{Catalog, DrillFile, Reference, Scoring, embedded_text, pages, tutorial, usual, words};
use crate::model::{Vocabulary, spelling};
use crate::notation::mark;
use crate::notation::yaml::{self, Limits, Node};
use crate::rubric::{
    Names, Origin, Problem, Rule, RuleFile, RuleReader, Topics, UseSite, topic_of,
};
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

/// How files of rubrics could be called, and are not.
const YML: &str = ".yml";

/// Files that lie beside rubrics and are read by others: what mutation breaks, what it may, settings and baselines.
const BESIDE: &[&str] = &[
    "mutation.yaml",
    "equivalents.yaml",
    mark::CONFIGURATION,
    "baseline.yaml",
];

impl Content {
    fn of(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').collect();
        // A design may be called so, nothing else.
        if path.ends_with(YML) && !matches!(parts.as_slice(), ["problems", _, "references", _]) {
            return None;
        }
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
            ["problems", _, "references", file] => mark::DESIGN.stem(file).map(|_| Self::Reference),
            _ => None,
        }
    }

    /// The keys of a trusted file whose values nothing is made of here: tests of its own, and what is read late.
    fn unread(self) -> Vec<&'static str> {
        match self {
            Self::Technologies => words::traits(),
            Self::Rules => vec!["tests"],
            Self::Concepts => vec!["hits", "misses"],
            _ => Vec::new(),
        }
    }
}

/// Limits for rubrics: longer than designs, as deep.
pub(super) const LIMITS: Limits = Limits {
    bytes: 8 << 20,
    depth: 64,
    nodes: 1_000_000,
    components: 10_000,
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
    let broken = files
        .iter_mut()
        .flat_map(|file| file.names.broken.drain(..));
    let known = Known::of(&catalog, broken.collect());
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

/// Complains of what is defined twice in one's own files, of which the first would be lost. To define anew what is built in is
/// to take its place.
fn complain_of_doubles(files: &mut [File]) {
    let mut first: BTreeMap<UseSite, (usize, usize)> = BTreeMap::new();
    for at in 0..files.len() {
        let defined = files
            .get_mut(at)
            .map(|file| std::mem::take(&mut file.names.defined));
        for (site, span) in defined.unwrap_or_default() {
            let known = first.get(&site);
            let known = known.and_then(|(other, byte)| first_place(files, (*other, *byte), at));
            match (known, files.get_mut(at)) {
                (Some(place), Some(file)) => {
                    let message = format!("`{}` is defined twice, first in {place}", site.name());
                    let help = "give one of them another id".to_owned();
                    file.issues.error(span, message, help);
                }
                _ => {
                    first.insert(site, (at, span.start));
                }
            }
        }
    }
}

/// The file and the line of the first definition, where the second is not one that takes its place.
fn first_place(files: &[File], (first, byte): (usize, usize), second: usize) -> Option<String> {
    let is_own = |at: usize| {
        files
            .get(at)
            .is_some_and(|file| embedded_text(&file.path).is_none())
    };
    if first != second && !(is_own(first) && is_own(second)) {
        return None;
    }
    let file = files.get(first)?;
    let line = file.text.get(..byte)?.matches('\n').count() + 1;
    Some(format!("{}:{line}", file.path))
}

/// Whether an own file is one of rubrics or problems, be it that it lies where nothing is looked for.
#[must_use]
pub fn is_content(path: &str) -> bool {
    Content::of(path).is_some() || !is_of_others(path)
}

/// Whether a file is none of those that rubrics and problems are made of.
fn is_of_others(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_of_content = ["rubrics/", "problems/"]
        .iter()
        .any(|top| path.starts_with(top));
    !is_of_content
        || path.split('/').any(|part| part.starts_with('.'))
        || [mark::DESIGN, mark::REVIEW]
            .iter()
            .any(|mark| mark.stem(name).is_some())
        || BESIDE.contains(&name)
}

/// A warning of an own file that nothing reads, as it lies where nothing is looked for.
fn misplaced((path, text): &(&str, &str)) -> Option<(Source, Vec<Issue>)> {
    if is_of_others(path) || Content::of(path).is_some() {
        return None;
    }
    let mut issues = Issues::default();
    let (why, help) = if path.ends_with(YML) {
        ("files of rubrics end in `.yaml`", "rename it")
    } else {
        (
            "it lies in none of the folders of rubrics",
            "rules belong into `general/` or `problems/`, the rest into `concepts/`, `technologies/` and `reference/`",
        )
    };
    let message = format!("nothing is read of this file, for {why}");
    issues.warning(Span::new(0, 0), message, help.to_owned());
    let source = Source::new((*path).to_owned(), (*text).to_owned());
    Some((source, issues.into_sorted()))
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
        topics.add(rule.problem.as_deref(), topic_of(&rule.id));
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

/// The names that there are.
struct Known<'c> {
    catalog: &'c Catalog,
    rules: BTreeSet<&'c str>,
    figures: BTreeSet<&'c str>,
    /// What is defined and can't be read.
    broken: BTreeSet<UseSite>,
}

impl<'c> Known<'c> {
    fn of(catalog: &'c Catalog, broken: BTreeSet<UseSite>) -> Self {
        let of_problems = catalog.problems.iter().flat_map(|problem| &problem.figures);
        let figures = of_problems.chain(&catalog.knowledge.figures.general);
        Self {
            catalog,
            rules: catalog.rules.iter().map(|rule| rule.id.as_str()).collect(),
            figures: figures.map(|figure| figure.id.as_str()).collect(),
            broken,
        }
    }

    /// Complains of names that are defined nowhere.
    fn check_uses(&self, file: &mut File) {
        for (site, span) in std::mem::take(&mut file.names.uses) {
            // Nearly every name is known: what else there is, is listed only for the complaint.
            if self.has(&site) || self.broken.contains(&site) {
                continue;
            }
            let (what, name, known) = self.others(&site);
            let help = spelling::did_you_mean(name, &known)
                .unwrap_or_else(|| format!("name a {what} that there is, or add this one"));
            let message = format!("unknown {what} `{name}`");
            file.issues.error(span, message, help);
        }
        let problem = file.path.split('/').nth(1);
        let problem = problem.and_then(|slug| self.catalog.problem(slug));
        let figures = Figures::of(problem, &self.catalog.knowledge.figures.general);
        for (of, formula, span) in std::mem::take(&mut file.names.formulas) {
            figures.try_out((&of, &formula, span), &mut file.issues);
        }
    }

    fn has(&self, site: &UseSite) -> bool {
        let knowledge = &self.catalog.knowledge;
        match site {
            UseSite::Concept(name) => knowledge.concepts.0.contains_key(name),
            UseSite::Selector(name) => knowledge.selectors.contains_key(name),
            UseSite::Condition(name) => knowledge.conditions.contains_key(name),
            UseSite::Figure(name) => {
                self.figures.contains(name.as_str()) || self.of_tutorial().any(|it| it == name)
            }
            UseSite::Page(name) => self.pages().any(|page| page == name),
            UseSite::Rule(name) => self.rules.contains(name.as_str()),
        }
    }

    /// The figures of the tutorial, which is read where nobody else knows one.
    fn of_tutorial(&self) -> impl Iterator<Item = &str> {
        let tutorial = self.catalog.tutorial().into_iter();
        let figures = tutorial.flat_map(|tutorial| &tutorial.problem.figures);
        figures.map(|figure| figure.id.as_str())
    }

    /// What is used, by which name, and the names that there are.
    fn others<'s>(&'s self, site: &'s UseSite) -> (&'static str, &'s str, Vec<&'s str>) {
        let knowledge = &self.catalog.knowledge;
        match site {
            UseSite::Concept(name) => ("concept", name, names(&knowledge.concepts.0)),
            UseSite::Selector(name) => ("selector", name, names(&knowledge.selectors)),
            UseSite::Condition(name) => ("named condition", name, names(&knowledge.conditions)),
            UseSite::Figure(name) => {
                let mut known: BTreeSet<&str> = self.of_tutorial().collect();
                known.extend(&self.figures);
                ("figure", name, known.into_iter().collect())
            }
            UseSite::Page(name) => ("page of the reference", name, self.pages().collect()),
            UseSite::Rule(name) => ("rule", name, self.rules.iter().copied().collect()),
        }
    }

    fn pages(&self) -> impl Iterator<Item = &str> {
        self.catalog.pages.all().iter().map(|page| page.id.as_str())
    }
}

fn names<T>(of: &BTreeMap<String, T>) -> Vec<&str> {
    of.keys().map(String::as_str).collect()
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
