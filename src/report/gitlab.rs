//! The report as GitLab reads it for Code Quality: what is wrong, in the widget and the changes of a merge request.
//!
//! Knows the keys and how our severities translate to them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::json::text;
use super::summary::SCORE;
use super::{Checked, Region, Reporter, Summary, paths, plain};
use crate::assess::{Finding, Outcome, fingerprint};
use crate::model::{Place, Severity};
use crate::source::{Gravity, Issue};

/// Writes entries as designs come.
#[derive(Debug, Default)]
pub(super) struct GitLab {
    any: bool,
}

#[derive(Debug, Serialize)]
struct Entry {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Debug, Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Debug, Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// The entries of a design, each in a line of its own.
pub(super) fn draft(checked: &Checked) -> String {
    let entries = entries(checked).into_iter();
    let lines: Vec<String> = entries
        .map(|entry| ["\n", &text(&entry)].concat())
        .collect();
    lines.join(",")
}

impl Reporter for GitLab {
    fn begin(&mut self, _: &crate::catalog::Catalog) -> String {
        "[".to_owned()
    }

    fn design(&mut self, _: &Checked, mut entries: String) -> String {
        if !entries.is_empty() && std::mem::replace(&mut self.any, true) {
            entries.insert(0, ',');
        }
        entries
    }

    fn end(&mut self, _: &Summary) -> String {
        "\n]\n".to_owned()
    }
}

fn entries(checked: &Checked) -> Vec<Entry> {
    let errors = checked.issues.iter();
    let errors = errors.filter(|issue| issue.gravity == Gravity::Error);
    let wrong = checked.assessment.iter();
    let wrong = wrong
        .flat_map(|assessment| &assessment.findings)
        .filter(|finding| finding.outcome == Outcome::Missed && finding.allowed.is_none());
    let mut entries: Vec<Entry> = errors
        .map(|issue| unreadable(checked, issue))
        .chain(low_score(checked))
        .chain(wrong.map(|finding| entry(checked, finding)))
        .collect();
    tell_apart(&mut entries);
    entries
}

/// Entries with the same fingerprint would be taken for one: those after the first are numbered.
fn tell_apart(entries: &mut [Entry]) {
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for entry in entries {
        let count = met.entry(entry.fingerprint.clone()).or_default();
        *count += 1;
        if *count > 1 {
            entry.fingerprint = fingerprint([entry.fingerprint.as_str(), &count.to_string()]);
        }
    }
}

fn entry(checked: &Checked, finding: &Finding) -> Entry {
    let location = location(checked, checked.region(checked.span(finding.place)));
    Entry {
        description: plain::line(&finding.message),
        check_name: finding.rule.clone(),
        fingerprint: fingerprint([location.path.as_str(), &finding.fingerprint()]),
        severity: match finding.severity {
            Severity::Blocker => "blocker",
            Severity::Major => "major",
            Severity::Minor => "minor",
            Severity::Note => "info",
        },
        location,
    }
}

/// A score that is too low. It stays the same entry while it rises and falls.
fn low_score(checked: &Checked) -> Option<Entry> {
    let location = location(checked, checked.region(checked.span(Place::Design)));
    Some(Entry {
        description: checked.low_score()?,
        check_name: SCORE.to_owned(),
        fingerprint: fingerprint([location.path.as_str(), SCORE]),
        severity: "major",
        location,
    })
}

/// A mistake for which a file could not be checked.
fn unreadable(checked: &Checked, issue: &Issue) -> Entry {
    let location = location(checked, checked.region(issue.span));
    Entry {
        description: plain::line(&issue.message),
        check_name: "unreadable".to_owned(),
        fingerprint: fingerprint([location.path.as_str(), "unreadable", &issue.message]),
        severity: "critical",
        location,
    }
}

fn location(checked: &Checked, at: Region) -> Location {
    Location {
        path: paths::in_repository(&checked.source.name),
        lines: Lines {
            begin: at.start.line,
            end: at.end.line,
        },
    }
}
