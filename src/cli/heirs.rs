//! Designs that are gone, and the new ones that they plainly are under another name.
//!
//! Knows paths and what findings are known by; opens no file.

use std::collections::{BTreeMap, BTreeSet};

use crate::notation::baseline::{Entries, Entry};

/// The new name of each design that is gone and that one new design alone can be: one in which all is found that was known
/// of it. Of several, the one with the same name of the file is meant, for whole folders move. Where two could be, neither
/// is: what nobody knows must not pass for known.
pub fn heirs(gone: &Entries, came: &Entries) -> BTreeMap<String, String> {
    let came = Came::of(came);
    let mut heirs = moved(gone, &came);
    let taken: BTreeSet<&str> = heirs.values().map(String::as_str).collect();
    let mut claims: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (old, known) in gone.iter().filter(|(old, _)| !heirs.contains_key(*old)) {
        let free = came.with_all_of(known);
        let mut free = free.filter(|new| !taken.contains(new));
        if let (Some(new), None) = (free.next(), free.next()) {
            claims.entry(new).or_default().push(old);
        }
    }
    let renamed: Vec<(String, String)> = claims
        .into_iter()
        .filter_map(|(new, old)| match old.as_slice() {
            [old] => Some(((*old).to_owned(), new.to_owned())),
            _ => None,
        })
        .collect();
    heirs.extend(renamed);
    heirs
}

/// Those that kept the name of their file, which no other has among what is gone or among what came.
fn moved(gone: &Entries, came: &Came<'_>) -> BTreeMap<String, String> {
    let (old_names, new_names) = (by_file(gone.keys()), by_file(came.found.keys().copied()));
    let pairs = old_names.iter().filter_map(|(file, old)| {
        let (&[old], &[new]) = (old.as_slice(), new_names.get(file)?.as_slice()) else {
            return None;
        };
        let has_all = came.has_all(new, gone.get(old)?);
        has_all.then(|| (old.to_owned(), new.to_owned()))
    });
    pairs.collect()
}

/// Paths by the names of their files.
fn by_file<'p, P: AsRef<str> + ?Sized + 'p>(
    paths: impl Iterator<Item = &'p P>,
) -> BTreeMap<&'p str, Vec<&'p str>> {
    let mut files: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in paths.map(AsRef::as_ref) {
        let file = path.rsplit('/').next().unwrap_or(path);
        files.entry(file).or_default().push(path);
    }
    files
}

/// New designs, with what was found in each and what has each finding.
struct Came<'c> {
    found: BTreeMap<&'c str, BTreeSet<&'c str>>,
    with: BTreeMap<&'c str, Vec<&'c str>>,
}

impl<'c> Came<'c> {
    fn of(came: &'c Entries) -> Self {
        let mut with: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (path, entries) in came {
            let here = found.entry(path).or_default();
            for entry in entries {
                if here.insert(&entry.fingerprint) {
                    with.entry(&entry.fingerprint).or_default().push(path);
                }
            }
        }
        Self { found, with }
    }

    /// Whether all that was known is found in a design, and something was known.
    fn has_all(&self, path: &str, known: &[Entry]) -> bool {
        let found = self.found.get(path);
        let has =
            |entry: &Entry| found.is_some_and(|found| found.contains(entry.fingerprint.as_str()));
        !known.is_empty() && known.iter().all(has)
    }

    /// The designs in which all that was known is found, looked for among those that have what is rarest of it.
    fn with_all_of<'s>(&'s self, known: &'s [Entry]) -> impl Iterator<Item = &'c str> + 's {
        let having = |entry: &Entry| {
            let having = self.with.get(entry.fingerprint.as_str());
            having.map(Vec::as_slice).unwrap_or_default()
        };
        let rarest = known.iter().map(having).min_by_key(|having| having.len());
        let rarest = rarest.unwrap_or_default().iter().copied();
        rarest.filter(|path| self.has_all(path, known))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(designs: &[(&str, &str)]) -> Entries {
        let known = |prints: &str| {
            let entry = |print: char| Entry {
                fingerprint: print.to_string(),
                ..Entry::default()
            };
            prints.chars().map(entry).collect()
        };
        let designs = designs.iter();
        designs
            .map(|(path, prints)| ((*path).to_owned(), known(prints)))
            .collect()
    }

    fn told(gone: &[(&str, &str)], came: &[(&str, &str)]) -> Vec<String> {
        let heirs = heirs(&entries(gone), &entries(came));
        let heirs = heirs.iter();
        heirs.map(|(old, new)| format!("{old} is {new}")).collect()
    }

    #[test]
    fn a_design_is_followed_where_one_alone_has_all_that_was_known_of_it() {
        assert_eq!(told(&[("a", "xy")], &[("b", "xyz")]), ["a is b"]);
        assert_eq!(told(&[("a", "xy")], &[("b", "xz")]), [""; 0]);
        assert_eq!(told(&[("a", "x")], &[("b", "x"), ("c", "xy")]), [""; 0]);
        assert_eq!(told(&[("a", "x"), ("b", "x")], &[("c", "xy")]), [""; 0]);
        assert_eq!(told(&[("a", "")], &[("b", "x")]), [""; 0]);
        assert_eq!(
            told(&[("a", "x"), ("b", "y")], &[("c", "x"), ("d", "y")]),
            ["a is c", "b is d"]
        );
    }

    #[test]
    fn a_folder_that_moves_takes_its_designs_along() {
        let gone = [("old/a", "x"), ("old/b", "x"), ("old/c", "xy")];
        let came = [("new/a", "x"), ("new/b", "xy"), ("new/d", "xy")];
        let all = ["old/a is new/a", "old/b is new/b", "old/c is new/d"];
        assert_eq!(told(&gone, &came), all);
        // Two of a name: neither can be told from the other by it.
        assert_eq!(
            told(&[("old/a", "x")], &[("n/a", "x"), ("m/a", "x")]),
            [""; 0]
        );
    }
}
