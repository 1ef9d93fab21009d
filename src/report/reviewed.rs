//! What mentors say of a design beside what the rules say: for machines as it is, for people in words.
//!
//! Knows reviews and assessments; how a page or a table looks is others' business.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Checked;
use super::json::{self, ScoreView};
use crate::assess::{self, Assessment, Finding, Rulings, Score, Terms};
use crate::catalog::Catalog;
use crate::model::{Design, Severity, spelling};
use crate::notation::design;
use crate::notation::review::{About, Added, Comment, Decision, Gone, Review, Verdict};
use crate::notation::yaml::Limits;
use crate::source::{Gravity, Issue, Issues};

/// Entries of a review that are looked up at most: nearest spellings cost time, and files come from strangers.
const MOST_CHECKED: usize = 500;

/// What a mentor is called who gives no name.
const UNNAMED: &str = "the mentor";

/// A review with what it makes of the score.
#[derive(Clone, Debug)]
pub struct Reviewed {
    /// Who says so.
    pub mentor: String,
    /// What is said.
    pub review: Review,
    /// The score of the rules with the mentor's word.
    pub score: Score,
    /// Whether the design is as the review last saw it.
    pub is_current: bool,
    /// Warnings: what it speaks of and is not there.
    pub issues: Vec<Issue>,
}

impl Checked {
    /// The same with reviews, and whether each last saw the design as it is. A design that can't be judged has none.
    #[must_use]
    pub fn with_reviews(
        mut self,
        reviews: Vec<(Review, bool)>,
        catalog: &Catalog,
        terms: &Terms,
        limits: &Limits,
    ) -> Self {
        if self.assessment.is_none() || reviews.is_empty() {
            return self;
        }
        let vocabulary = &catalog.knowledge.vocabulary;
        let design = design::read(&self.source.text, vocabulary, limits).design;
        let reviewed = reviews.into_iter().map(|(review, is_current)| {
            let mentor = review.mentor.as_ref();
            let mentor = mentor.map_or_else(|| UNNAMED.to_owned(), |said| said.value.clone());
            let rulings = Rulings::of(&review, &mentor);
            let lines = self.source.text.lines().count();
            Reviewed {
                score: assess::score_with(&design, catalog, terms, rulings),
                issues: not_there(&review, &design, lines, catalog),
                mentor,
                review,
                is_current,
            }
        });
        self.reviews = reviewed.collect();
        self
    }
}

/// What is wrong with a review of a design with a text, as far as that can be read: it speaks of what is not there.
#[must_use]
pub fn of_review(review: &Review, text: &str, catalog: &Catalog, limits: &Limits) -> Vec<Issue> {
    let reading = design::read(text, &catalog.knowledge.vocabulary, limits);
    let is_error = |issue: &Issue| issue.gravity == Gravity::Error;
    if reading.issues.iter().any(is_error) {
        return Vec::new();
    }
    not_there(review, &reading.design, text.lines().count(), catalog)
}

/// Warnings for each component, line and rule that a review speaks of and that is not there. It may have been, so nothing
/// that is said of it is dropped.
fn not_there(review: &Review, design: &Design, lines: usize, catalog: &Catalog) -> Vec<Issue> {
    let mut issues = Issues::default();
    let ids: Vec<&str> = design.components.iter().map(|it| it.id.as_str()).collect();
    for (about, _) in review.remarks().take(MOST_CHECKED) {
        if let Some(id) = about.component.as_ref()
            && design.component(&id.value).is_none()
        {
            let message = format!("no component `{}` in the design", id.value);
            issues.warning(id.span, message, spelling::did_you_mean(&id.value, &ids));
        }
        if let Some(line) = about.line.as_ref().filter(|line| line.value > lines) {
            let message = format!("no line {} in the design", line.value);
            issues.warning(line.span, message, format!("it has {lines}"));
        }
    }
    let rules = review.added.iter().filter_map(|added| added.rule.as_ref());
    let unknown = rules.filter(|rule| catalog.rule(&rule.value).is_none());
    let known: Vec<&str> = catalog.rules.iter().map(|it| it.id.as_str()).collect();
    for rule in unknown.take(MOST_CHECKED) {
        let message = format!("no rule `{}`", rule.value);
        issues.warning(
            rule.span,
            message,
            spelling::did_you_mean(&rule.value, &known),
        );
    }
    issues.into_sorted()
}

impl Reviewed {
    /// The mentor's word on a finding, where it is given.
    #[must_use]
    pub fn word_on(&self, finding: &Finding) -> Option<&Decision> {
        let fingerprint = finding.fingerprint();
        let mut words = self.decided();
        words.find(|one| one.found.fingerprint == fingerprint)
    }

    /// Every word that is given on a finding.
    pub fn decided(&self) -> impl Iterator<Item = &Decision> {
        self.review.findings.iter().filter(|one| one.is_decided())
    }

    /// How many words there are of each sort: `3 accepted, 1 rejected and 2 undecided`.
    #[must_use]
    pub fn counts(&self) -> String {
        let verdicts = [
            (Verdict::Accept, "accepted"),
            (Verdict::Reject, "rejected"),
            (Verdict::Change, "changed"),
            (Verdict::Undecided, "undecided"),
        ];
        let findings = &self.review.findings;
        let of = |verdict| findings.iter().filter(|one| one.verdict == verdict).count();
        let verdicts = verdicts.map(|(verdict, word)| (of(verdict), word));
        let all = verdicts
            .into_iter()
            .chain([(self.review.added.len(), "added")]);
        let all: Vec<String> = all
            .filter(|(number, _)| *number > 0)
            .map(|(number, word)| format!("{number} {word}"))
            .collect();
        if all.is_empty() {
            return "nothing said of findings".to_owned();
        }
        spelling::enumerated(&all)
    }
}

/// A decision in words, to follow the mentor's name: `rejects this`, `calls this minor, not major`.
#[must_use]
pub fn decision_in_words(decision: &Decision) -> String {
    let found = decision.found.severity.word();
    let credit = decision
        .credit
        .map(|credit| format!("gives {credit}% of its points back"));
    match decision.verdict {
        Verdict::Undecided => "has not decided".to_owned(),
        Verdict::Accept => format!("accepts this as {found}"),
        Verdict::Reject => "rejects this".to_owned(),
        Verdict::Change => {
            let severity = decision
                .severity
                .map(|severity| format!("calls this {severity}, not {found}"));
            let said: Vec<String> = severity.into_iter().chain(credit).collect();
            spelling::enumerated(&said)
        }
    }
}

/// What something is about, in words; nothing for the whole.
#[must_use]
pub fn about_in_words(about: &About) -> Option<String> {
    let component = about.id().map(str::to_owned);
    let line = about.number().map(|line| format!("line {line}"));
    let both: Vec<String> = component.into_iter().chain(line).collect();
    (!both.is_empty()).then(|| both.join(", "))
}

/// A review as the JSON report shows it; templates see the same.
#[derive(Debug, Serialize)]
pub(super) struct ReviewView<'a> {
    mentor: &'a str,
    complete: bool,
    current: bool,
    overall: Option<f64>,
    score: ScoreView<'a>,
    marks: Vec<MarkView>,
    summary: String,
    undecided: usize,
    findings: Vec<WordView<'a>>,
    added: Vec<AddedView<'a>>,
    comments: Vec<CommentView<'a>>,
}

#[derive(Debug, Serialize)]
struct MarkView {
    step: &'static str,
    title: &'static str,
    percent: f64,
    engine: Option<f64>,
}

#[derive(Debug, Serialize)]
struct WordView<'a> {
    rule: &'a str,
    subjects: &'a [String],
    fingerprint: &'a str,
    message: &'a str,
    verdict: &'static str,
    engine: Option<&'static str>,
    severity: Option<&'static str>,
    credit: Option<f64>,
    reason: &'a str,
    gone: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct AddedView<'a> {
    step: &'static str,
    severity: &'static str,
    message: &'a str,
    component: Option<&'a str>,
    line: Option<usize>,
    rule: Option<&'a str>,
    weight: Option<f64>,
}

#[derive(Debug, Serialize)]
struct CommentView<'a> {
    component: Option<&'a str>,
    line: Option<usize>,
    text: &'a str,
}

/// The findings of a design by what they are known by; the first of several alike.
pub(super) fn by_fingerprint(assessment: &Assessment) -> BTreeMap<String, &Finding> {
    let findings = assessment.findings.iter().rev();
    findings
        .map(|finding| (finding.fingerprint(), finding))
        .collect()
}

/// The reviews of a design.
pub(super) fn views<'a>(checked: &'a Checked, assessment: &'a Assessment) -> Vec<ReviewView<'a>> {
    if checked.reviews.is_empty() {
        return Vec::new();
    }
    let now = by_fingerprint(assessment);
    let reviews = checked.reviews.iter();
    let view = |reviewed| view(reviewed, assessment, &now);
    reviews.map(view).collect()
}

fn view<'a>(
    reviewed: &'a Reviewed,
    assessment: &'a Assessment,
    now: &BTreeMap<String, &'a Finding>,
) -> ReviewView<'a> {
    let review = &reviewed.review;
    ReviewView {
        mentor: &reviewed.mentor,
        complete: review.complete,
        current: reviewed.is_current,
        overall: review.overall,
        score: json::score(&reviewed.score),
        marks: marks(review, &assessment.score),
        summary: reviewed.counts(),
        undecided: review.undecided(),
        findings: reviewed
            .decided()
            .map(|one| word(one, now.get(&one.found.fingerprint).copied()))
            .collect(),
        added: review.added.iter().map(added).collect(),
        comments: review.comments.iter().map(comment).collect(),
    }
}

fn marks(review: &Review, score: &Score) -> Vec<MarkView> {
    let marks = review.marks.iter().map(|(step, percent)| MarkView {
        step: step.word(),
        title: step.title(),
        percent: *percent,
        engine: score.percent_of(*step),
    });
    marks.collect()
}

/// A word on a finding, which is there now or not.
fn word<'a>(decision: &'a Decision, now: Option<&'a Finding>) -> WordView<'a> {
    WordView {
        rule: &decision.found.rule,
        subjects: &decision.found.about,
        fingerprint: &decision.found.fingerprint,
        message: now.map_or(&decision.found.says, |finding| &finding.message),
        verdict: decision.verdict.word(),
        engine: now.map(|finding| finding.severity.word()),
        severity: decision.word().flatten().map(Severity::word),
        credit: decision.credit,
        reason: &decision.reason,
        gone: match now {
            Some(_) => None,
            None => decision.gone.map(Gone::word),
        },
    }
}

fn added(added: &Added) -> AddedView<'_> {
    let about = &added.about;
    AddedView {
        step: added.step.word(),
        severity: added.severity.word(),
        message: &added.message,
        component: about.id(),
        line: about.number(),
        rule: added.rule.as_ref().map(|rule| rule.value.as_str()),
        weight: added.weight,
    }
}

fn comment(comment: &Comment) -> CommentView<'_> {
    let about = &comment.about;
    CommentView {
        component: about.id(),
        line: about.number(),
        text: &comment.text,
    }
}
