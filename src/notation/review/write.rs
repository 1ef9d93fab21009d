//! A review to a text that a mentor fills in.
//!
//! Knows how entries are laid out; what they say is given.

use super::{About, Added, Comment, Decision, FORMAT, Found, Review};
use crate::model::{Severity, Step};
use crate::notation::mark;
use crate::notation::yaml::{self, Layout, Yaml};

const HEAD: &str = "\
# What a mentor says of a design, beside what the rules say. Made by `sysdrill grade DIR --review`, which adds new findings
# and keeps every word of yours. A verdict is undecided, accept, reject or change; docs/reviews.md shows the rest.
";

/// What an empty list is for.
const HINTS: [(&str, &str); 2] = [
    (
        "added",
        "# Findings of your own: {step: detailed, severity: minor, message: ..., component: db}",
    ),
    (
        "comments",
        "# Remarks that are no faults: {component: db, text: ...} or {line: 12, text: ...}",
    ),
];

/// Writes a review.
#[must_use]
pub fn write(review: &Review) -> String {
    let mut text = String::from(HEAD);
    let mut entry = |key: &str, value: &Yaml| text.push_str(&yaml::entry(key, value));
    entry(mark::REVIEW.key, &Yaml::bare(FORMAT));
    entry("design", &Yaml::text(&review.design.value));
    if let Some(fingerprint) = &review.fingerprint {
        entry("fingerprint", &Yaml::text(fingerprint));
    }
    if let Some(mentor) = &review.mentor {
        entry("mentor", &Yaml::text(&mentor.value));
    }
    text.push_str(
        "# Yes once everything is said: where nothing was found and you add nothing, you agree.\n",
    );
    text.push_str(&format!("complete: {}\n", yes_no(review.complete)));
    text.push_str(
        "# Marks in percent, as far as you give them: `overall: 70`, `marks: {scale: 55}`\n",
    );
    if let Some(overall) = review.overall {
        text.push_str(&yaml::entry("overall", &number(overall)));
    }
    let marks = review.marks.iter();
    let marks = marks.map(|(step, mark): (&Step, &f64)| (step.word(), number(*mark)));
    text.push_str(&yaml::entry("marks", &Yaml::map(Layout::Fitting, marks)));
    let added = review.added.iter().map(added).collect();
    let comments = review.comments.iter().map(comment).collect();
    for ((key, hint), entries) in HINTS.into_iter().zip([added, comments]) {
        let list = yaml::entry(key, &Yaml::List(Layout::Lines, entries));
        text.push_str(&format!("{hint}\n{list}"));
    }
    text.push_str(&findings(&review.findings));
    text
}

/// The entry of all findings.
pub(super) fn findings(findings: &[Decision]) -> String {
    if findings.is_empty() {
        return "findings: []\n".to_owned();
    }
    format!("findings:\n{}", items(findings, 2))
}

/// Items of the list of findings, each after an empty line, with their dashes at a column from 0.
pub(super) fn items(findings: &[Decision], column: usize) -> String {
    let mut text = String::new();
    for finding in findings {
        let list = Yaml::List(Layout::Lines, vec![decision(finding)]);
        let entry = yaml::entry("findings", &list);
        let lines = entry.lines().skip(1);
        text.push('\n');
        for line in lines {
            let inside = line.strip_prefix("  ").unwrap_or(line);
            if !inside.is_empty() {
                text.push_str(&" ".repeat(column));
                text.push_str(inside);
            }
            text.push('\n');
        }
    }
    text
}

/// A text as it stands in one piece on one line.
pub(super) fn scalar(value: &str) -> String {
    let entry = yaml::entry("k", &Yaml::text(value));
    entry.trim_start_matches("k: ").trim_end().to_owned()
}

fn decision(decision: &Decision) -> Yaml {
    let Found {
        rule,
        about,
        severity: found,
        says,
        fingerprint,
    } = &decision.found;
    let keys = [
        Some(("rule", Yaml::text(rule))),
        (!about.is_empty()).then(|| ("about", Yaml::texts(Layout::Fitting, about))),
        Some(("found", Yaml::text(found.word()))),
        (!says.is_empty()).then(|| ("says", Yaml::text(says))),
        Some(("fingerprint", Yaml::text(fingerprint))),
        decision.gone.map(|gone| ("gone", Yaml::text(gone.word()))),
        Some(("verdict", Yaml::text(decision.verdict.word()))),
        decision.severity.map(severity),
        decision.credit.map(|credit| ("credit", number(credit))),
        Some(("reason", Yaml::text(&decision.reason))),
    ];
    Yaml::map(Layout::Lines, keys.into_iter().flatten())
}

fn severity(severity: Severity) -> (&'static str, Yaml) {
    ("severity", Yaml::text(severity.word()))
}

fn added(added: &Added) -> Yaml {
    let keys = [
        Some(("step", Yaml::text(added.step.word()))),
        Some(severity(added.severity)),
        Some(("message", Yaml::text(&added.message))),
    ];
    let rule = added.rule.as_ref();
    let last = [
        rule.map(|rule| ("rule", Yaml::text(&rule.value))),
        added.weight.map(|weight| ("weight", number(weight))),
    ];
    let keys = keys.into_iter().chain(about(&added.about)).chain(last);
    Yaml::map(Layout::Lines, keys.flatten())
}

fn comment(comment: &Comment) -> Yaml {
    let text = Some(("text", Yaml::text(&comment.text)));
    let keys = about(&comment.about).into_iter().chain([text]);
    Yaml::map(Layout::Lines, keys.flatten())
}

fn about(about: &About) -> [Option<(&'static str, Yaml)>; 2] {
    let (component, line) = (about.component.as_ref(), about.line.as_ref());
    [
        component.map(|id| ("component", Yaml::text(&id.value))),
        line.map(|line| ("line", Yaml::bare(line.value.to_string()))),
    ]
}

fn number(number: f64) -> Yaml {
    Yaml::bare(number.to_string())
}

const fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}
