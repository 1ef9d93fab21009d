//! Names across files: what is defined twice, and what is used and defined nowhere.
//!
//! Knows names and where they stand; reads no file.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::File;
use crate::catalog::formulas::Figures;
use crate::catalog::{Catalog, embedded_text};
use crate::model::spelling;
use crate::rubric::{Assumed, Problem, UseSite, identify};
use crate::source::{Issues, Span};

/// Complains of what is defined twice in one's own files, of which the first would be lost. To define anew what is built in is
/// to take its place.
pub(super) fn complain_of_doubles(files: &mut [File]) {
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
    let line = file.line(Span::new(byte, byte));
    Some(format!("{}:{line}", file.path))
}

/// The names that there are.
pub(super) struct Known<'c> {
    catalog: &'c Catalog,
    rules: BTreeSet<&'c str>,
    figures: BTreeSet<&'c str>,
    /// What is defined and can't be read.
    broken: BTreeSet<UseSite>,
}

impl<'c> Known<'c> {
    pub(super) fn of(catalog: &'c Catalog, broken: BTreeSet<UseSite>) -> Self {
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
    pub(super) fn check_uses(&self, file: &mut File) {
        for (site, span) in std::mem::take(&mut file.names.uses) {
            // Nearly every name is known: what else there is, is listed only for the complaint.
            if self.has(&site) || self.broken.contains(&site) {
                continue;
            }
            let (what, name, known) = self.others(&site);
            let near = spelling::did_you_mean(name, &known);
            let near = near.or_else(|| self.page_called(&site));
            let help = near.unwrap_or_else(|| match site {
                UseSite::Page(_) => {
                    "`sysdrill ref` lists the pages; or add this one to `reference/`".to_owned()
                }
                UseSite::Concept(_) => {
                    "`sysdrill rubric concepts WORDS` finds one; or add it to `concepts/`"
                        .to_owned()
                }
                _ => format!("name a {what} that there is, or add this one"),
            });
            let message = format!("unknown {what} `{name}`");
            file.issues.error(span, message, help);
        }
        let problem = problem_of(&file.path);
        let problem = problem.and_then(|slug| self.catalog.problem(slug));
        let figures = Figures::of(problem, &self.catalog.knowledge.figures.general);
        for (of, formula, span) in std::mem::take(&mut file.names.formulas) {
            figures.try_out((&of, &formula, span), &mut file.issues);
        }
        for (name, taken, span) in std::mem::take(&mut file.names.measured) {
            let of_it = identify(&name, &self.catalog.knowledge.figures, problem);
            if let Some(id) = of_it {
                figures.compare((&id, taken, span), &mut file.issues);
            }
        }
        for assumed in std::mem::take(&mut file.names.assumed) {
            self.check_assumed(&assumed, problem, &mut file.issues);
        }
    }

    /// Complains of an assumption whose name is nearly that of a figure, or whose value is none although the name is one's.
    fn check_assumed(&self, assumed: &Assumed, problem: Option<&Problem>, issues: &mut Issues) {
        let Assumed {
            name,
            of,
            value,
            is_figure,
        } = assumed;
        let general = &self.catalog.knowledge.figures;
        match identify(name, general, problem) {
            Some(id) if !is_figure => {
                let message = format!("no value of `{id}`, which sums are made with");
                let help = "write a number with its unit, such as `100M` or `500 B`".to_owned();
                issues.error(*value, message, help);
            }
            None if *is_figure => {
                let own = problem.iter().flat_map(|problem| &problem.figures);
                let ids = own.chain(&general.general).map(|figure| figure.id.as_str());
                if let Some(meant) = spelling::slip(name, ids) {
                    let message = format!("no figure is called `{name}`");
                    issues.error(*of, message, spelling::proposal(meant));
                }
            }
            _ => {}
        }
    }

    fn has(&self, site: &UseSite) -> bool {
        let knowledge = &self.catalog.knowledge;
        match site {
            UseSite::Concept(name) => knowledge.concepts.0.contains_key(name),
            UseSite::Selector(noun, name) => knowledge.selectors_of(*noun).any(|it| it == name),
            UseSite::Condition(name) => knowledge.conditions.contains_key(name),
            UseSite::Figure(name) => {
                self.figures.contains(name.as_str()) || self.of_tutorial().any(|it| it == name)
            }
            UseSite::Page(name) => self.pages().any(|page| page == name),
            UseSite::Rule(name) => self.rules.contains(name.as_str()),
            UseSite::Problem(name) => self.catalog.problem(name).is_some(),
        }
    }

    /// The figures of the tutorial, which is read where nobody else knows one.
    fn of_tutorial(&self) -> impl Iterator<Item = &str> {
        let tutorial = self.catalog.tutorial().into_iter();
        let figures = tutorial.flat_map(|tutorial| &tutorial.problem.figures);
        figures.map(|figure| figure.id.as_str())
    }

    /// What is used, by which name, and the names that there are.
    fn others<'s>(&'s self, site: &'s UseSite) -> (Cow<'static, str>, &'s str, Vec<&'s str>) {
        let knowledge = &self.catalog.knowledge;
        let (what, name, known) = match site {
            UseSite::Concept(name) => ("concept", name, names(&knowledge.concepts.0)),
            UseSite::Selector(noun, name) => {
                let what = format!("selector of {}", noun.several());
                let known = knowledge.selectors_of(*noun).collect();
                return (Cow::Owned(what), name.as_str(), known);
            }
            UseSite::Condition(name) => ("named condition", name, names(&knowledge.conditions)),
            UseSite::Figure(name) => {
                let mut known: BTreeSet<&str> = self.of_tutorial().collect();
                known.extend(&self.figures);
                ("figure", name, known.into_iter().collect())
            }
            UseSite::Page(name) => ("page of the reference", name, self.pages().collect()),
            UseSite::Rule(name) => ("rule", name, self.rules.iter().copied().collect()),
            UseSite::Problem(name) => {
                let all = self.catalog.problems.iter();
                ("problem", name, all.map(|it| it.id.as_str()).collect())
            }
        };
        (Cow::Borrowed(what), name.as_str(), known)
    }

    /// The one page that is called so in its topic, where no topic is named or another.
    fn page_called(&self, site: &UseSite) -> Option<String> {
        let UseSite::Page(name) = site else {
            return None;
        };
        let last = |page: &str| page.rsplit('/').next().unwrap_or_default().to_owned();
        let wanted = last(name);
        let mut called = self.pages().filter(|page| last(page) == wanted);
        let only = called.next().filter(|_| called.next().is_none())?;
        Some(spelling::proposal(only))
    }

    fn pages(&self) -> impl Iterator<Item = &str> {
        self.catalog.pages.all().iter().map(|page| page.id.as_str())
    }
}

/// The problem that a file is one of, or that its rules are for.
fn problem_of(path: &str) -> Option<&str> {
    let mut parts = path.split('/');
    match (parts.next()?, parts.next()?, parts.next()?) {
        ("problems", slug, _) => Some(slug),
        ("rubrics", "problems", file) => file.strip_suffix(".yaml"),
        _ => None,
    }
}

fn names<T>(of: &BTreeMap<String, T>) -> Vec<&str> {
    of.keys().map(String::as_str).collect()
}
