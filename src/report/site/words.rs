//! Every word of every mentor as a table for spreadsheets, beside what the rules say.
//!
//! Knows what stands in which cell; quoting is the business of the table of candidates.

use std::collections::BTreeMap;

use super::{Candidate, csv};
use crate::assess::{Finding, Score};
use crate::model::Severity;
use crate::notation::review::{About, Decision};
use crate::report::reviewed::by_fingerprint;
use crate::report::{Reviewed, about_in_words};

/// A row for each word of a mentor's; none where there is not one.
pub(super) fn table(candidates: &[Candidate<'_>]) -> Option<String> {
    let head = [
        "candidate",
        "design",
        "mentor",
        "word",
        "rule",
        "about",
        "step",
        "rules",
        "mentor_says",
        "credit",
        "text",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for candidate in csv::in_order(candidates) {
        let now = by_fingerprint(candidate.assessment);
        for reviewed in &candidate.checked.reviews {
            let first = [
                &candidate.name,
                &candidate.checked.source.name,
                &reviewed.mentor,
            ];
            let rest = words_of(reviewed, &candidate.assessment.score, &now);
            rows.extend(rest.into_iter().map(|rest| {
                let first = first.iter().map(|cell| (*cell).clone());
                first.chain(rest).collect()
            }));
        }
    }
    (rows.len() > 1).then(|| rows.iter().map(|row| csv::row(row)).collect())
}

/// The cells of each word, behind those that say whose it is.
fn words_of(
    reviewed: &Reviewed,
    engine: &Score,
    now: &BTreeMap<String, &Finding>,
) -> Vec<[String; 8]> {
    let decided = reviewed.decided().map(|decision| {
        let now = now.get(&decision.found.fingerprint);
        decided(decision, now.copied())
    });
    let about = |about: &About| about_in_words(about).unwrap_or_default();
    let added = reviewed.review.added.iter().map(|added| {
        let rule = added.rule.as_ref().map(|rule| rule.value.clone());
        [
            "add".to_owned(),
            rule.unwrap_or_default(),
            about(&added.about),
            added.step.word().to_owned(),
            word(None),
            word(Some(added.severity)),
            String::new(),
            added.message.clone(),
        ]
    });
    let comments = reviewed.review.comments.iter().map(|comment| {
        let empty = String::new;
        [
            "comment".to_owned(),
            empty(),
            about(&comment.about),
            empty(),
            empty(),
            empty(),
            empty(),
            comment.text.clone(),
        ]
    });
    let marks = reviewed.review.marks.iter().map(|(step, mark)| {
        let rules = engine.percent_of(*step);
        let rules = rules.map_or_else(String::new, |percent| percent.to_string());
        marked(step.word(), rules, *mark)
    });
    let overall = reviewed.review.overall;
    let overall = overall.map(|mark| marked("", engine.percent.to_string(), mark));
    decided
        .chain(added)
        .chain(comments)
        .chain(overall)
        .chain(marks)
        .collect()
}

fn word(severity: Option<Severity>) -> String {
    severity.map_or("none", Severity::word).to_owned()
}

/// The cells of a decision on a finding, which is there now or not.
fn decided(decision: &Decision, now: Option<&Finding>) -> [String; 8] {
    let found = &decision.found;
    let credit = decision.credit.map(|credit| credit.to_string());
    [
        decision.verdict.word().to_owned(),
        found.rule.clone(),
        found.about.join(" "),
        now.map_or("", |finding| finding.step.word()).to_owned(),
        word(now.map(|finding| finding.severity)),
        word(decision.word().flatten()),
        credit.unwrap_or_default(),
        decision.reason.clone(),
    ]
}

/// The cells of a mark.
fn marked(step: &str, rules: String, mark: f64) -> [String; 8] {
    let empty = String::new;
    [
        "mark".to_owned(),
        empty(),
        empty(),
        step.to_owned(),
        rules,
        mark.to_string(),
        empty(),
        empty(),
    ]
}
