//! A text to a review, with every mistake where it stands.
//!
//! Knows keys and words; which findings, components and lines there are is asked elsewhere.

use std::collections::BTreeMap;

use super::{
    ADDED, About, Added, COMMENT, Comment, DECISION, Decision, FORMAT, Found, Gone, LIMITS, REVIEW,
    Review, Verdict,
};
use crate::model::{Severity, Step};
use crate::notation::baseline;
use crate::notation::config::Said;
use crate::notation::mark;
use crate::notation::yaml::{self, Content, Fields, Node, list_of, percent_of, text_of};
use crate::source::{Issue, Issues, Span};

/// The most that a finding may weigh; rules weigh a tenth of that.
const HEAVIEST: f64 = 50.0;

/// Reads a review; complains of everything that is none.
#[must_use]
pub fn read(text: &str) -> (Review, Vec<Issue>) {
    let (review, issues) = read_once(text);
    let issues = yaml::with_doubles(text, &LIMITS, issues, |text| read_once(text).1);
    (review, issues)
}

fn read_once(text: &str) -> (Review, Vec<Issue>) {
    let mut issues = Issues::default();
    let node = yaml::parse(text, &LIMITS, &mut issues);
    let mut review = Review::default();
    if let Some(node) = &node
        && let Some(fields) = Fields::of(node, "a review", &mut issues)
    {
        review = whole(&fields, &mut issues);
    } else if issues.is_empty() {
        let help = "`sysdrill grade DIR --review` writes one".to_owned();
        issues.error(Span::default(), "an empty file", help);
    }
    (review, issues.into_sorted())
}

fn whole(fields: &Fields<'_, '_>, issues: &mut Issues) -> Review {
    fields.known(REVIEW, issues);
    fields.format(mark::REVIEW.key, FORMAT, issues);
    let each = |key: &str, issues: &mut Issues| {
        let node = fields.get(key);
        node.filter(|node| node.content != Content::Null)
            .map_or(&[][..], |node| list_of(node, issues))
    };
    Review {
        design: design(fields, issues).unwrap_or_default(),
        fingerprint: fields
            .get("fingerprint")
            .and_then(|_| baseline::fingerprint(fields, issues)),
        mentor: filled(fields, "mentor", issues),
        complete: fields.yes_no("complete", issues).unwrap_or_default(),
        overall: present(fields, "overall").and_then(|node| percent_of(node, issues)),
        marks: marks(fields, issues),
        findings: (each("findings", issues).iter())
            .filter_map(|node| decision(node, issues))
            .collect(),
        added: (each("added", issues).iter())
            .filter_map(|node| added(node, issues))
            .collect(),
        comments: (each("comments", issues).iter())
            .filter_map(|node| comment(node, issues))
            .collect(),
    }
}

/// The name of the design, which lies in the same folder.
fn design(fields: &Fields<'_, '_>, issues: &mut Issues) -> Option<Said<String>> {
    let value = fields.required("design", issues)?;
    let span = fields.get("design")?.span;
    if value.trim().is_empty() || value.contains(['/', '\\']) {
        let help = "a file name alone: a review lies beside its design".to_owned();
        issues.error(span, format!("`{value}` is no file name"), help);
    }
    Some(Said { value, span })
}

/// The value of a key, unless nothing stands there yet.
fn present<'n, 't>(fields: &Fields<'n, 't>, key: &str) -> Option<&'n Node<'t>> {
    let node = fields.get(key)?;
    let is_empty = node.content == Content::Null || node.text().is_some_and(|it| it.trim() == "");
    (!is_empty).then_some(node)
}

/// The text of a key, unless nothing stands there yet.
fn filled(fields: &Fields<'_, '_>, key: &str, issues: &mut Issues) -> Option<Said<String>> {
    let node = present(fields, key)?;
    let value = text_of(node, issues)?.trim().to_owned();
    Some(Said {
        value,
        span: node.span,
    })
}

fn marks(fields: &Fields<'_, '_>, issues: &mut Issues) -> BTreeMap<Step, f64> {
    let mut marks = BTreeMap::new();
    let Some(node) = present(fields, "marks") else {
        return marks;
    };
    let Some(steps) = Fields::of(node, "`marks`", issues) else {
        return marks;
    };
    let words: Vec<&str> = Step::ALL.iter().map(|step| step.word()).collect();
    steps.only(&words, issues);
    for step in Step::ALL {
        let mark = present(&steps, step.word()).and_then(|node| percent_of(node, issues));
        marks.extend(mark.map(|mark| (*step, mark)));
    }
    marks
}

fn severity(fields: &Fields<'_, '_>, key: &str, issues: &mut Issues) -> Option<Severity> {
    let words: Vec<&str> = Severity::ALL.iter().map(|one| one.word()).collect();
    fields.word(key, &words, Severity::from_word, issues)
}

fn decision(node: &Node<'_>, issues: &mut Issues) -> Option<Decision> {
    let fields = Fields::of(node, "a word on a finding", issues)?;
    fields.known(DECISION, issues);
    let rule = fields.required("rule", issues);
    let fingerprint = baseline::fingerprint(&fields, issues);
    fields.required("found", issues);
    let found = severity(&fields, "found", issues);
    let verdicts: Vec<&str> = Verdict::ALL.iter().map(|one| one.word()).collect();
    let verdict = |word: &str| Verdict::ALL.iter().copied().find(|it| it.word() == word);
    let gone = |word: &str| Gone::ALL.iter().copied().find(|it| it.word() == word);
    let causes: Vec<&str> = Gone::ALL.iter().map(|one| one.word()).collect();
    let read = match present(&fields, "verdict") {
        Some(_) => fields.word("verdict", &verdicts, verdict, issues),
        None => Some(Verdict::Undecided),
    };
    if let Some(verdict) = read {
        is_whole(verdict, &fields, issues);
    }
    let severity = severity(&fields, "severity", issues);
    let credit = present(&fields, "credit").and_then(|node| percent_of(node, issues));
    let reason = filled(&fields, "reason", issues);
    let gone = fields.word("gone", &causes, gone, issues);
    let about = fields.texts("about", issues);
    let says = filled(&fields, "says", issues);
    Some(Decision {
        verdict: read.unwrap_or_default(),
        severity,
        credit,
        reason: reason.map_or_else(String::new, |said| said.value),
        gone,
        found: Found {
            about,
            says: says.map_or_else(String::new, |said| said.value),
            rule: rule?,
            severity: found?,
            fingerprint: fingerprint?,
        },
    })
}

/// Complains of a word that lacks something, or says two things.
fn is_whole(verdict: Verdict, fields: &Fields<'_, '_>, issues: &mut Issues) {
    let word = verdict.word();
    let at = |key: &str| fields.get(key).map_or(fields.span, |node| node.span);
    let mut changes = ["severity", "credit"].into_iter();
    let changed = changes.find(|key| present(fields, key).is_some());
    match (verdict, changed) {
        (Verdict::Change, None) => {
            let help = "add `severity: minor` or `credit: 50%`".to_owned();
            issues.error(at("verdict"), "a change that changes nothing", help);
        }
        (Verdict::Undecided | Verdict::Accept | Verdict::Reject, Some(key)) => {
            let help = "write `verdict: change`, or remove it".to_owned();
            issues.error(at(key), format!("a {key} with `verdict: {word}`"), help);
        }
        _ => {}
    }
    let needs_reason = matches!(verdict, Verdict::Reject | Verdict::Change);
    if needs_reason && present(fields, "reason").is_none() {
        let help = "add `reason: ...`: candidates read it, and rules are mended by it".to_owned();
        issues.error(at("verdict"), format!("`{word}` without a reason"), help);
    }
}

fn added(node: &Node<'_>, issues: &mut Issues) -> Option<Added> {
    let fields = Fields::of(node, "an added finding", issues)?;
    fields.known(ADDED, issues);
    let steps: Vec<&str> = Step::ALL.iter().map(|step| step.word()).collect();
    fields.required("step", issues);
    let step = fields.word("step", &steps, Step::from_word, issues);
    fields.required("severity", issues);
    let severity = severity(&fields, "severity", issues);
    let message = said(&fields, "message", issues);
    Some(Added {
        about: about(&fields, issues),
        rule: filled(&fields, "rule", issues),
        weight: present(&fields, "weight").and_then(|node| weight(node, issues)),
        step: step?,
        severity: severity?,
        message: message?,
    })
}

fn weight(node: &Node<'_>, issues: &mut Issues) -> Option<f64> {
    let text = text_of(node, issues)?;
    let weight = text.trim().parse::<f64>().ok();
    let weight = weight.filter(|weight| (0.0..=HEAVIEST).contains(weight));
    if weight.is_none() {
        let help = format!("a number from 0 to {HEAVIEST}");
        issues.error(node.span, format!("`{text}` is no weight"), help);
    }
    weight
}

fn comment(node: &Node<'_>, issues: &mut Issues) -> Option<Comment> {
    let fields = Fields::of(node, "a comment", issues)?;
    fields.known(COMMENT, issues);
    Some(Comment {
        about: about(&fields, issues),
        text: said(&fields, "text", issues)?,
    })
}

/// A text that has to be there and to say something.
fn said(fields: &Fields<'_, '_>, key: &str, issues: &mut Issues) -> Option<String> {
    let text = fields.required(key, issues)?.trim().to_owned();
    if text.is_empty() {
        let span = fields.get(key).map_or(fields.span, |node| node.span);
        let help = "write a word or remove the entry".to_owned();
        issues.error(span, "an empty text", help);
    }
    Some(text)
}

fn about(fields: &Fields<'_, '_>, issues: &mut Issues) -> About {
    About {
        component: filled(fields, "component", issues),
        line: present(fields, "line").and_then(|node| line(node, issues)),
    }
}

fn line(node: &Node<'_>, issues: &mut Issues) -> Option<Said<usize>> {
    let text = text_of(node, issues)?;
    let number = text.trim().parse::<usize>().ok();
    let number = number.filter(|number| *number > 0);
    if number.is_none() {
        let help = "the number of a line of the design file, from 1".to_owned();
        issues.error(node.span, format!("`{text}` is no line"), help);
    }
    number.map(|value| Said {
        value,
        span: node.span,
    })
}
