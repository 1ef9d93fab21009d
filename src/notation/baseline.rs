//! The file of findings that a team knows already: what `sysdrill check --write-baseline` writes and `--baseline` reads.
//!
//! Knows its keys; what a fingerprint is made of is the assessment's business.

use std::collections::BTreeMap;

use crate::notation::mark;
use crate::notation::yaml::{self, Fields, Key, Layout, Limits, Shape, Yaml, list_of, names};
use crate::source::{Issue, Issues};

/// The number of the format.
const FORMAT: &str = "1";

/// Findings by the path of their design, which starts from the folder of the file.
pub type Entries = BTreeMap<String, Vec<Entry>>;

/// A finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The rule.
    pub rule: String,
    /// What it was about.
    pub subjects: Vec<String>,
    /// What it is known by.
    pub fingerprint: String,
}

const BASELINE: &[Key] = &[
    Key::needed(mark::BASELINE.key, Shape::Text, "The number of the format."),
    Key::needed(
        "designs",
        Shape::Named(&Shape::List(&Shape::Map(ENTRY))),
        "The findings of each design.",
    ),
];

const ENTRY: &[Key] = &[
    Key::needed("rule", Shape::Text, "The rule, for people."),
    Key::new(
        "about",
        Shape::Many(&Shape::Text),
        "Its subjects, for people.",
    ),
    Key::needed("fingerprint", Shape::Text, "What it is known by."),
];

/// What a file may cost: many findings, hardly nested.
pub const LIMITS: Limits = Limits {
    bytes: 8 << 20,
    depth: 8,
    nodes: 1_000_000,
    components: 0,
    raised: false,
};

/// Reads a baseline; complains of everything that is not one.
#[must_use]
pub fn read(text: &str) -> (Entries, Vec<Issue>) {
    let (entries, issues) = read_once(text);
    let issues = yaml::with_doubles(text, &LIMITS, issues, |text| read_once(text).1);
    (entries, issues)
}

fn read_once(text: &str) -> (Entries, Vec<Issue>) {
    let mut issues = Issues::default();
    let node = yaml::parse(text, &LIMITS, &mut issues);
    let mut entries = Entries::new();
    if let Some(node) = &node
        && let Some(fields) = Fields::of(node, "a baseline", &mut issues)
    {
        fields.known(BASELINE, &mut issues);
        fields.format(mark::BASELINE.key, FORMAT, &mut issues);
        designs(&fields, &mut entries, &mut issues);
    } else if issues.is_empty() {
        let help = "`sysdrill check --write-baseline FILE` writes one".to_owned();
        issues.error(crate::source::Span::default(), "an empty file", help);
    }
    (entries, issues.into_sorted())
}

fn designs(fields: &Fields<'_, '_>, entries: &mut Entries, issues: &mut Issues) {
    let Some(node) = fields.get("designs") else {
        let help = "add `designs: {}`".to_owned();
        issues.error(fields.span, "a baseline without `designs`", help);
        return;
    };
    let Some(designs) = Fields::of(node, "`designs`, from paths to findings,", issues) else {
        return;
    };
    for (path, findings) in designs.entries() {
        let read = list_of(findings, issues).iter();
        let read: Vec<Entry> = read.filter_map(|node| entry(node, issues)).collect();
        let path = path.text().unwrap_or_default().to_owned();
        entries.insert(path, read);
    }
}

fn entry(node: &yaml::Node<'_>, issues: &mut Issues) -> Option<Entry> {
    let fields = Fields::of(node, "a known finding", issues)?;
    fields.only(&names(ENTRY), issues);
    let rule = fields.required("rule", issues);
    let fingerprint = fingerprint(&fields, issues);
    let subjects = fields.texts("about", issues);
    Some(Entry {
        rule: rule?,
        subjects,
        fingerprint: fingerprint?,
    })
}

/// The fingerprint of an entry, which has to be there and to look like one.
pub(super) fn fingerprint(fields: &Fields<'_, '_>, issues: &mut Issues) -> Option<String> {
    let typed = fields.required("fingerprint", issues)?;
    let is_one = typed.len() == 32 && typed.chars().all(|c| c.is_ascii_hexdigit());
    if let (false, Some(node)) = (is_one, fields.get("fingerprint")) {
        let help = "32 hexadecimal digits, as the JSON report has them".to_owned();
        issues.error(node.span, "this is no fingerprint", help);
    }
    Some(typed)
}

/// Writes a baseline: designs by their paths, findings by rule and subject, so that two of them differ only where findings do.
#[must_use]
pub fn write(entries: &Entries) -> String {
    let mut text = String::from(
        "# Findings that are known and don't fail `sysdrill check`. Made by --write-baseline; --update-baseline takes out\n\
         # what is mended. An entry is matched by its fingerprint, which lasts while lines move; the rest is for readers.\n",
    );
    text.push_str(&yaml::entry(mark::BASELINE.key, &Yaml::bare(FORMAT)));
    let designs = entries.iter().filter(|(_, findings)| !findings.is_empty());
    let designs = designs.map(|(path, findings)| (path.clone(), listed(findings)));
    text.push_str(&yaml::entry("designs", &Yaml::map(Layout::Lines, designs)));
    text
}

fn listed(findings: &[Entry]) -> Yaml {
    let mut findings: Vec<&Entry> = findings.iter().collect();
    findings.sort();
    findings.dedup();
    let entry = |entry: &Entry| {
        let about = Yaml::texts(Layout::Fitting, &entry.subjects);
        let keys = [
            Some(("rule", Yaml::text(&entry.rule))),
            (!entry.subjects.is_empty()).then_some(("about", about)),
            Some(("fingerprint", Yaml::text(&entry.fingerprint))),
        ];
        Yaml::map(Layout::Lines, keys.into_iter().flatten())
    };
    Yaml::List(Layout::Lines, findings.into_iter().map(entry).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn some_entries() -> impl Strategy<Value = Entries> {
        let text = "\\PC{1,12}";
        let entry = (text, prop::collection::vec(text, 0..3), "[0-9a-f]{32}").prop_map(
            |(rule, subjects, fingerprint)| Entry {
                rule,
                subjects,
                fingerprint,
            },
        );
        prop::collection::btree_map(text, prop::collection::btree_set(entry, 1..4), 0..4).prop_map(
            |designs| {
                let listed = designs.into_iter();
                listed
                    .map(|(path, findings)| (path, findings.into_iter().collect()))
                    .collect()
            },
        )
    }

    proptest! {
        #![proptest_config(crate::same_cases(64))]

        #[test]
        fn what_was_written_is_read_back(entries in some_entries()) {
            let (read, issues) = read(&write(&entries));
            prop_assert!(issues.is_empty(), "{issues:?}");
            prop_assert_eq!(read, entries);
        }
    }

    #[test]
    fn what_is_no_baseline_is_said_with_its_place() {
        for (text, said) in [
            ("", "an empty file"),
            ("[]", "a list where a baseline should stand"),
            ("{sysdrill_baseline: 2, designs: {}}", "unknown format `2`"),
            ("sysdrill_baseline: 1", "a baseline without `designs`"),
            (
                "{sysdrill_baseline: 1, designs: {a: [{rule: r, fingerprint: 12}]}}",
                "this is no fingerprint",
            ),
            (
                "{sysdrill_baseline: 1, designs: {a: [{rule: r}]}}",
                "a known finding without `fingerprint`",
            ),
            (
                "{sysdrill_baseline: 1, designs: {a: [{about: {b: c}}]}}",
                "a map where a text",
            ),
            (
                "{sysdrill_baseline: 1, designs: {a: 3}}",
                "a text where a list",
            ),
        ] {
            let (_, issues) = read(text);
            assert!(
                issues.iter().any(|issue| issue.message.contains(said)),
                "{text}: {issues:?}"
            );
        }
    }
}
