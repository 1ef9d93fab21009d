//! The report of an interview as a document to keep or to hand to a mentor: Markdown or a page of HTML.
//!
//! Knows templates; what is told is the coach's business.

use std::ops::Range;

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

/// The report as a page of HTML that needs nothing else; the picture is an SVG of the design within a page.
#[must_use]
pub fn interview_html(checked: &Checked, parts: &[Part<'_>], picture: Option<&str>) -> String {
    let view = InterviewView {
        picture,
        ..view(checked, parts)
    };
    templates::page_with_picture("interview.html.hbs", &view)
}

#[derive(Debug, Serialize)]
struct InterviewView<'a> {
    page_title: &'a str,
    level: &'static str,
    score: Option<ScoreView>,
    picture: Option<&'a str>,
    parts: Vec<PartView<'a>>,
}

#[derive(Debug, Serialize)]
struct ScoreView {
    percent: f64,
    band: &'static str,
    band_word: &'static str,
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
    /// What stands on lines of its own below it, each with the words that lead to it.
    more: Vec<LeadView<'a>>,
    is_rest: bool,
}

#[derive(Debug, Serialize)]
struct LeadView<'a> {
    lead: &'static str,
    text: &'a str,
}

/// What begins so is what a row is read for; a page gives it a line of its own.
const LEADS: [&str; 3] = ["You said:", "What flips it:", "A good answer:"];

/// A row, its text parted where something begins that is read for itself.
fn row<'a>(left: &'a str, text: &'a str) -> RowView<'a> {
    let found = LEADS
        .iter()
        .filter_map(|lead| Some((text.find(lead)?, *lead)));
    let mut found: Vec<(usize, &str)> = found.collect();
    found.sort_unstable();
    let first = found.first().map_or(text.len(), |(at, _)| *at);
    let ends = found.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    let part = |range: Range<usize>| text.get(range).unwrap_or_default().trim();
    let more = found.iter().zip(ends).map(|((at, lead), end)| LeadView {
        lead,
        text: part(at + lead.len()..end),
    });
    RowView {
        left,
        text: part(0..first),
        more: more.collect(),
        is_rest: left == "...",
    }
}

fn view<'a>(checked: &'a Checked, parts: &[Part<'a>]) -> InterviewView<'a> {
    let assessment = checked.assessment.as_ref();
    let part = |(title, rows): &Part<'a>| PartView {
        title,
        rows: rows.iter().map(|(left, text)| row(left, text)).collect(),
    };
    InterviewView {
        page_title: checked.head.title.as_deref().unwrap_or("Interview"),
        level: assessment.map_or("", |assessment| assessment.level.word()),
        score: assessment.map(score),
        picture: None,
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
        band_word: score.band.word(),
        earned: score.earned,
        possible: score.possible,
        cap: score.cap.as_ref().map(crate::assess::Cap::reason),
        steps: steps.collect(),
    }
}
