//! Names that lean on themselves: selectors and conditions that would be asked without end, rules that take each other's place,
//! formulas in a circle.
//!
//! Knows names and what each is made of; reads no file.

use std::collections::{BTreeMap, BTreeSet};

use super::File;
use crate::catalog::Catalog;
use crate::model::quantity;
use crate::model::spelling::enumerated;
use crate::rubric::UseSite;
use crate::source::{Issues, Span};

/// Names that stand for names that stand for names, and so on: more of them behind each other are not followed.
const DEEPEST: usize = 16;

/// What goes by a name.
struct Entry {
    file: usize,
    at: Span,
    /// The names that it is made of, with the places where they are used.
    uses: Vec<(UseSite, Span)>,
}

type Entries = BTreeMap<UseSite, Entry>;

/// Names of which each uses the next and the last the first, with the places of these uses.
type Ring<'e> = Vec<(&'e UseSite, Span)>;

/// Complains of names that lean on themselves, and takes what they stand for out of the catalog, as to ask for it would have
/// no end. Gives back these names: to use one is no second mistake.
pub(super) fn complain_of_rings(files: &mut [File], catalog: &mut Catalog) -> BTreeSet<UseSite> {
    // What is built in was looked at before; a ring takes a file of one's own.
    if !files.iter().any(|file| file.strict) {
        return BTreeSet::new();
    }
    complain_of_formulas(files);
    let entries = entries(files);
    let mut search = Search::new(&entries);
    search.run();
    for ring in &search.rings {
        complain(ring, &entries, files);
    }
    for site in &search.deep {
        if let Some(entry) = entries.get(site) {
            let message = format!(
                "`{}` leans on more than {DEEPEST} names, one behind the other",
                site.name()
            );
            let help = "write out what some of them stand for".to_owned();
            tell(files, entry.file, (entry.at, message, help));
        }
    }
    let endless = search.endless.iter().chain(&search.deep);
    let endless: BTreeSet<UseSite> = endless.map(|site| (*site).clone()).collect();
    let knowledge = &mut catalog.knowledge;
    for site in &endless {
        match site {
            UseSite::Selector(noun, name) => {
                drop(knowledge.selectors.remove(&(*noun, name.clone())));
            }
            UseSite::Condition(name) => drop(knowledge.conditions.remove(name)),
            _ => {}
        }
    }
    endless
}

/// What every name is made of; what is defined anew later is no longer made of what it was.
fn entries(files: &[File]) -> Entries {
    let mut entries = Entries::new();
    for (file, File { names, .. }) in files.iter().enumerate() {
        for (site, at, uses) in &names.made {
            let uses = names.uses.get(uses.clone()).unwrap_or_default();
            let entry = Entry {
                file,
                at: *at,
                uses: uses.to_vec(),
            };
            entries.insert(site.clone(), entry);
        }
    }
    entries
}

/// The same of the formulas of a problem, which lean on each other alone.
fn complain_of_formulas(files: &mut [File]) {
    for at in 0..files.len() {
        let formulas = files.get(at).map(|file| file.names.formulas.iter());
        let entries: Entries = formulas
            .into_iter()
            .flatten()
            .map(|(of, text, span)| {
                let names = quantity::names_in(text).into_iter();
                let entry = Entry {
                    file: at,
                    at: *span,
                    uses: names.map(|name| (UseSite::Figure(name), *span)).collect(),
                };
                (UseSite::Figure(of.clone()), entry)
            })
            .collect();
        let mut search = Search::new(&entries);
        search.run();
        for ring in &search.rings {
            complain(ring, &entries, files);
        }
    }
}

/// A walk along all names, and what it met.
struct Search<'e> {
    entries: &'e Entries,
    /// How many names stand behind each other in what was walked to its end.
    heights: BTreeMap<&'e UseSite, usize>,
    rings: Vec<Ring<'e>>,
    /// The names of all rings, those that nothing was said of as well: they share a name with one that was told.
    endless: BTreeSet<&'e UseSite>,
    deep: Vec<&'e UseSite>,
}

impl<'e> Search<'e> {
    const fn new(entries: &'e Entries) -> Self {
        Self {
            entries,
            heights: BTreeMap::new(),
            rings: Vec::new(),
            endless: BTreeSet::new(),
            deep: Vec::new(),
        }
    }

    fn run(&mut self) {
        for site in self.entries.keys() {
            if !self.heights.contains_key(site) {
                self.walk(site);
            }
        }
    }

    /// Walks on from a name; without recursion, as there may be as many names behind each other as a file holds.
    fn walk(&mut self, from: &'e UseSite) {
        let mut way: Vec<(&UseSite, usize)> = vec![(from, 0)];
        let mut open = BTreeSet::from([from]);
        while let Some((site, next)) = way.last_mut() {
            let uses = self.entries.get(*site).map(|entry| &entry.uses);
            let used = uses.and_then(|uses| uses.get(*next));
            *next += 1;
            let Some((used, _)) = used else {
                let site = *site;
                self.leave(site);
                open.remove(site);
                way.pop();
                continue;
            };
            let known = self.entries.get_key_value(used).map(|(used, _)| used);
            match known.filter(|used| !self.heights.contains_key(*used)) {
                Some(used) if open.insert(used) => way.push((used, 0)),
                Some(used) => {
                    let ring = way.iter().skip_while(|(site, _)| *site != used);
                    self.close(ring.copied());
                }
                None => {}
            }
        }
    }

    /// Notes how far what a name is made of reaches.
    fn leave(&mut self, site: &'e UseSite) {
        let uses = self.entries.get(site).map(|entry| entry.uses.as_slice());
        let uses = uses.unwrap_or_default().iter();
        let heights = uses.filter_map(|(used, _)| self.heights.get(used));
        let mut height = heights.max().map_or(0, |height| height + 1);
        if height > DEEPEST {
            self.deep.push(site);
            height = 0;
        }
        self.heights.insert(site, height);
    }

    /// Notes a ring of names, each with the number of the use behind the one that leads on.
    fn close(&mut self, names: impl Iterator<Item = (&'e UseSite, usize)>) {
        let leads_on = |(site, next): (&'e UseSite, usize)| {
            let uses = &self.entries.get(site)?.uses;
            let (_, span) = uses.get(next.checked_sub(1)?)?;
            Some((site, *span))
        };
        let ring: Ring<'e> = names.filter_map(leads_on).collect();
        let is_told = ring.iter().any(|(site, _)| self.endless.contains(site));
        self.endless.extend(ring.iter().map(|(site, _)| *site));
        if !is_told {
            self.rings.push(ring);
        }
    }
}

/// Complains of a ring at the first use in a file of one's own.
fn complain(ring: &Ring<'_>, entries: &Entries, files: &mut [File]) {
    let file_of = |site: &UseSite| entries.get(site).map_or(0, |entry| entry.file);
    let is_own = |site: &UseSite| files.get(file_of(site)).is_some_and(|file| file.strict);
    let own = (0..ring.len()).filter(|at| ring.get(*at).is_some_and(|(site, _)| is_own(site)));
    let place = |at: &usize| ring.get(*at).map(|(site, span)| (file_of(site), *span));
    let Some(first) = own.min_by_key(place) else {
        return;
    };
    let mut names = ring.iter().cycle().skip(first).take(ring.len());
    let Some((site, span)) = names.next() else {
        return;
    };
    let here = file_of(site);
    let others = names.map(|(other, span)| match files.get(file_of(other)) {
        Some(file) if file_of(other) != here => {
            format!("`{}` ({}:{})", other.name(), file.path, file.line(*span))
        }
        _ => format!("`{}`", other.name()),
    });
    let others: Vec<String> = others.collect();
    let (message, help) = words(site, &others);
    tell(files, here, (*span, message, help));
}

/// What is wrong with a name that leans on itself by way of others, and what to do.
fn words(site: &UseSite, others: &[String]) -> (String, String) {
    let name = site.name();
    let through = match others {
        [] => String::new(),
        others => format!(" by way of {}", enumerated(others)),
    };
    let of_one = if others.is_empty() {
        "it"
    } else {
        "one of them"
    };
    match site {
        UseSite::Rule(_) => (
            format!("the rule `{name}` takes the place of itself{through}, and is never asked"),
            "leave `replaces` to the rule that says more exactly what is wrong".to_owned(),
        ),
        UseSite::Figure(_) => (
            format!("the formula of `{name}` needs `{name}` itself{through}"),
            format!("work {of_one} out from figures that people assume"),
        ),
        _ => (
            format!("`{name}` uses itself{through}"),
            format!("say what {of_one} stands for without `use: {name}`"),
        ),
    }
}

fn tell(files: &mut [File], at: usize, (span, message, help): (Span, String, String)) {
    if let Some(file) = files.get_mut(at) {
        let issues: &mut Issues = &mut file.issues;
        issues.error(span, message, help);
    }
}
