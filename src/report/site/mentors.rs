//! What mentors say, on the page of a candidate and on that of the class.
//!
//! Knows what stands beside what the rules say; what a page looks like is the template's business.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Candidate;
use crate::assess::{Finding, Score, round};
use crate::drawing::{Mark, Marks};
use crate::model::Severity;
use crate::model::spelling::{counted, enumerated};
use crate::notation::review::{About, Decision, Verdict};
use crate::report::reviewed::by_fingerprint;
use crate::report::{Reviewed, decision_in_words, plain};

/// What mentors say of a design, beside what the rules say.
#[derive(Debug, Serialize)]
pub(super) struct MentorsView {
    names: Vec<String>,
    rows: Vec<RowView>,
    outdated: Vec<String>,
    added: Vec<SaidView>,
    comments: Vec<SaidView>,
    gone: Vec<GoneView>,
}

/// Something that the rules and each mentor say.
#[derive(Debug, Serialize)]
struct RowView {
    title: &'static str,
    rules: CellView,
    mentors: Vec<CellView>,
}

#[derive(Debug, Default, Serialize)]
struct CellView {
    text: String,
    band: Option<&'static str>,
    band_title: Option<&'static str>,
}

/// A finding of a mentor's, or a comment.
#[derive(Debug, Serialize)]
struct SaidView {
    key: String,
    mentor: String,
    severity: Option<&'static str>,
    step: Option<&'static str>,
    text: String,
    components: Vec<String>,
    components_list: String,
    absent: Option<String>,
    line: Option<usize>,
    sourced: bool,
    rule: Option<String>,
    placed: bool,
}

/// What was decided on a finding that is not there any more.
#[derive(Debug, Serialize)]
struct GoneView {
    mentor: String,
    rule: String,
    message: String,
    said: String,
    reason: String,
}

/// A mentor's word on a finding.
#[derive(Debug, Serialize)]
pub(super) struct WordView {
    mentor: String,
    verdict: &'static str,
    said: String,
    reason: String,
}

/// What a mentor says of a line.
#[derive(Debug, Serialize)]
pub(super) struct RemarkView {
    mentor: String,
    text: String,
}

/// What mentors say of a candidate, in the row of a class.
#[derive(Debug, Serialize)]
pub(super) struct WordsView {
    mark: String,
    mark_order: f64,
    with: String,
}

/// What mentors say of a design; none where nobody reviewed it.
pub(super) fn view(candidate: &Candidate<'_>, sourced: bool) -> Option<MentorsView> {
    let reviews = &candidate.checked.reviews;
    if reviews.is_empty() {
        return None;
    }
    let now = by_fingerprint(candidate.assessment);
    let outdated = reviews.iter().filter(|one| !one.is_current);
    let said = said(candidate, sourced);
    let (added, comments) = said.into_iter().partition(|one| one.severity.is_some());
    Some(MentorsView {
        names: reviews.iter().map(|one| one.mentor.clone()).collect(),
        rows: rows(&candidate.assessment.score, reviews),
        outdated: outdated.map(|one| one.mentor.clone()).collect(),
        added,
        comments,
        gone: reviews.iter().flat_map(|one| gone(one, &now)).collect(),
    })
}

fn rows(engine: &Score, reviews: &[Reviewed]) -> Vec<RowView> {
    let plain = |text: Option<String>| CellView {
        text: text.unwrap_or_default(),
        ..CellView::default()
    };
    let percent = |mark: Option<f64>| plain(mark.map(|mark| format!("{mark}%")));
    let score = |score: &Score| {
        let cap = score
            .cap
            .as_ref()
            .map(|cap| format!(", capped by {}", cap.reason()));
        CellView {
            text: format!("{}%{}", score.percent, cap.unwrap_or_default()),
            band: Some(score.band.word()),
            band_title: Some(score.band.title()),
        }
    };
    let mut rows = vec![
        RowView {
            title: "Mark",
            rules: percent(Some(engine.percent)),
            mentors: reviews
                .iter()
                .map(|one| percent(one.review.overall))
                .collect(),
        },
        RowView {
            title: "Score by the rules, with this word",
            rules: score(engine),
            mentors: reviews.iter().map(|one| score(&one.score)).collect(),
        },
    ];
    for step in &engine.steps {
        let mark = |one: &Reviewed| one.review.marks.get(&step.step).copied();
        if reviews.iter().any(|one| mark(one).is_some()) {
            rows.push(RowView {
                title: step.step.title(),
                rules: percent((step.possible > 0.0).then(|| step.percent())),
                mentors: reviews.iter().map(|one| percent(mark(one))).collect(),
            });
        }
    }
    let counts = |one: &Reviewed| {
        let complete = if one.review.complete {
            "; everything is said"
        } else {
            ""
        };
        plain(Some(format!("{}{complete}", one.counts())))
    };
    rows.push(RowView {
        title: "Findings",
        rules: plain(None),
        mentors: reviews.iter().map(counts).collect(),
    });
    rows
}

/// What is added and commented on, each with a key of its own.
fn said(candidate: &Candidate<'_>, sourced: bool) -> Vec<SaidView> {
    let mut all = Vec::new();
    let lines = candidate.checked.source.text.lines().count();
    for reviewed in &candidate.checked.reviews {
        let new = |about: &About, text: &str| {
            let design = &candidate.design;
            let component = about.id().map(str::to_owned);
            let (components, absent) = match component {
                Some(id) if design.component(&id).is_some() => (vec![id], None),
                other => (Vec::new(), other),
            };
            let line = about.number();
            SaidView {
                key: String::new(),
                mentor: reviewed.mentor.clone(),
                severity: None,
                step: None,
                text: text.to_owned(),
                components_list: components.join(" "),
                components,
                absent,
                line,
                sourced: sourced && line.is_some_and(|line| line <= lines),
                rule: None,
                placed: about.component.is_some() || line.is_some(),
            }
        };
        all.extend(reviewed.review.added.iter().map(|added| SaidView {
            severity: Some(added.severity.word()),
            step: Some(added.step.title()),
            rule: added.rule.as_ref().map(|rule| rule.value.clone()),
            ..new(&added.about, &added.message)
        }));
        let comments = reviewed.review.comments.iter();
        all.extend(comments.map(|comment| new(&comment.about, &comment.text)));
    }
    for (at, one) in all.iter_mut().enumerate() {
        one.key = format!("mentor-{}", at + 1);
    }
    all
}

/// Marks what mentors say on the components that they say it of.
pub(super) fn mark(marks: &mut Marks, candidate: &Candidate<'_>) {
    for one in said(candidate, false) {
        let positions = one.components.iter();
        for at in positions.filter_map(|id| candidate.design.component(id)) {
            marks.components.entry(at).or_default().push(Mark {
                severity: one.severity.and_then(Severity::from_word),
                text: plain::line(&format!("{}: {}", one.mentor, one.text)),
                key: one.key.clone(),
            });
        }
    }
}

/// The words of mentors on a finding.
pub(super) fn words(reviews: &[Reviewed], finding: &Finding) -> Vec<WordView> {
    let words = reviews.iter().filter_map(|reviewed| {
        let decision = reviewed.word_on(finding)?;
        Some(WordView {
            mentor: reviewed.mentor.clone(),
            verdict: decision.verdict.word(),
            said: decision_in_words(decision),
            reason: decision.reason.clone(),
        })
    });
    words.collect()
}

/// Whether all who decided on a finding reject it.
pub(super) fn is_rejected(words: &[WordView]) -> bool {
    let rejects = |word: &WordView| word.verdict == Verdict::Reject.word();
    !words.is_empty() && words.iter().all(rejects)
}

/// Who rejects a finding, where all who decided on it do.
pub(super) fn rejected_by(words: &[WordView]) -> Option<String> {
    let names: Vec<&str> = words.iter().map(|word| word.mentor.as_str()).collect();
    is_rejected(words).then(|| enumerated(&names))
}

/// What mentors say of lines, by the line.
pub(super) fn remarks(reviews: &[Reviewed]) -> BTreeMap<usize, Vec<RemarkView>> {
    let mut remarks: BTreeMap<usize, Vec<RemarkView>> = BTreeMap::new();
    for reviewed in reviews {
        for (about, text) in reviewed.review.remarks() {
            let Some(line) = &about.line else {
                continue;
            };
            let here = remarks.entry(line.value).or_default();
            here.push(RemarkView {
                mentor: reviewed.mentor.clone(),
                text: text.to_owned(),
            });
        }
    }
    remarks
}

fn gone<'a>(
    reviewed: &'a Reviewed,
    now: &'a BTreeMap<String, &Finding>,
) -> impl Iterator<Item = GoneView> {
    let gone = reviewed
        .decided()
        .filter(|one| !now.contains_key(&one.found.fingerprint));
    gone.map(|decision: &Decision| GoneView {
        mentor: reviewed.mentor.clone(),
        rule: decision.found.rule.clone(),
        message: decision.found.says.clone(),
        said: decision_in_words(decision),
        reason: decision.reason.clone(),
    })
}

/// Who reviewed how many of a class; none where nobody reviewed anybody.
pub(super) fn note(candidates: &[Candidate<'_>]) -> Option<String> {
    let reviews = candidates.iter().flat_map(|one| &one.checked.reviews);
    let names: BTreeSet<&str> = reviews.map(|one| one.mentor.as_str()).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let reviewed = candidates
        .iter()
        .filter(|one| !one.checked.reviews.is_empty());
    let said = || {
        format!(
            "{} of {} have a review by {}. Score and band are those of the rules alone. Beside them stands the mentor's mark, and below \
             it what the rules come to with the mentor's word; the mean where there are several mentors.",
            reviewed.count(),
            counted(candidates.len(), "candidate", "candidates"),
            enumerated(&names)
        )
    };
    (!names.is_empty()).then(said)
}

/// The marks of a candidate's mentors and the score with their word, each as a mean.
pub(super) fn in_the_mean(reviews: &[Reviewed]) -> (Option<f64>, Option<f64>) {
    let mean = |all: Vec<f64>| {
        #[expect(clippy::cast_precision_loss, reason = "nobody has 2^52 mentors")]
        let number = all.len() as f64;
        (!all.is_empty()).then(|| round(all.iter().sum::<f64>() / number, 1))
    };
    let marks = reviews.iter().filter_map(|one| one.review.overall);
    let scores = reviews.iter().map(|one| one.score.percent);
    (mean(marks.collect()), mean(scores.collect()))
}

/// What mentors say of a candidate, in the row of a class.
pub(super) fn in_a_row(reviews: &[Reviewed]) -> WordsView {
    let shown = |mean: Option<f64>| mean.map_or_else(|| "-".to_owned(), |mean| format!("{mean}%"));
    let (mark, with) = in_the_mean(reviews);
    WordsView {
        mark: shown(mark),
        mark_order: mark.unwrap_or(-1.0),
        with: shown(with),
    }
}
