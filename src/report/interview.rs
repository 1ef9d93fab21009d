//! The report of an interview as a document to keep or to hand to a mentor: Markdown or a page of HTML.
//!
//! Knows templates; what is told is the coach's business.

use serde::Serialize;

use super::{Checked, templates};
use crate::assess::Assessment;

/// A part of the report: a title with rows of a short left column and a text.
pub type Part<'a> = (&'a str, &'a [(String, String)]);

/// The report as Markdown.
#[must_use]
pub fn interview_markdown(checked: &Checked, parts: &[Part<'_>]) -> String {
    templates::markdown("interview.md.hbs", &view(checked, parts))
}

/// The report as a page of HTML that needs nothing else.
#[must_use]
pub fn interview_html(checked: &Checked, parts: &[Part<'_>]) -> String {
    templates::page("interview.html.hbs", &view(checked, parts))
}

#[derive(Debug, Serialize)]
struct InterviewView<'a> {
    page_title: &'a str,
    level: &'static str,
    score: Option<ScoreView>,
    parts: Vec<PartView<'a>>,
}

#[derive(Debug, Serialize)]
struct ScoreView {
    percent: f64,
    band: &'static str,
    earned: f64,
    possible: f64,
    cap: Option<String>,
    steps: Vec<StepView>,
}

#[derive(Debug, Serialize)]
struct StepView {
    step: &'static str,
    earned: f64,
    possible: f64,
}

#[derive(Debug, Serialize)]
struct PartView<'a> {
    title: &'a str,
    rows: Vec<RowView<'a>>,
}

#[derive(Debug, Serialize)]
struct RowView<'a> {
    left: &'a str,
    text: &'a str,
}

fn view<'a>(checked: &'a Checked, parts: &[Part<'a>]) -> InterviewView<'a> {
    let assessment = checked.assessment.as_ref();
    let part = |(title, rows): &Part<'a>| PartView {
        title,
        rows: rows
            .iter()
            .map(|(left, text)| RowView { left, text })
            .collect(),
    };
    InterviewView {
        page_title: checked.head.title.as_deref().unwrap_or("Interview"),
        level: assessment.map_or("", |assessment| assessment.level.word()),
        score: assessment.map(score),
        parts: parts.iter().map(part).collect(),
    }
}

fn score(assessment: &Assessment) -> ScoreView {
    let score = &assessment.score;
    let steps = score.steps.iter().map(|step| StepView {
        step: step.step.title(),
        earned: step.earned,
        possible: step.possible,
    });
    ScoreView {
        percent: score.percent,
        band: score.band.title(),
        earned: score.earned,
        possible: score.possible,
        cap: score.cap.as_ref().map(crate::assess::Cap::reason),
        steps: steps.collect(),
    }
}
