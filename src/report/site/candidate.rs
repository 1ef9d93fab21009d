//! What the page of a candidate shows.
//!
//! Knows findings, quotes and what is worth working on; what a page looks like is the template's business.

use serde::Serialize;

use super::analyses::{self, AnalysesView};
use super::attempts::{self, AttemptsView, Series};
use super::class::{LinkView, link};
use super::mentors::{self, MentorsView, RemarkView, WordView};
use super::nearest::{self, NearestView};
use super::similar::{self, Similar, SimilarView};
use super::{Candidate, SiteContext};
use crate::analysis::{Detail, Overview};
use crate::assess::{self, Finding, StepScore, round};
use crate::catalog::Catalog;
use crate::drawing::{self, Picture};
use crate::model::Place;
use crate::report::plain::shortened;
use crate::report::{components_of, key, marks};

/// The letters of a quoted line, at most, and the lines of a quote.
const LONGEST: usize = 240;
const MOST_LINES: usize = 3;

/// Rules that are pointed out as worth working on.
const MOST_WORK: usize = 5;

#[derive(Debug, Serialize)]
pub(super) struct CandidateView {
    page_title: String,
    name: String,
    title: Option<String>,
    problem: Option<String>,
    level: &'static str,
    /// Whether a rule applied.
    judged: bool,
    percent: String,
    band: &'static str,
    band_title: &'static str,
    earned: String,
    possible: String,
    hints: Option<String>,
    cap: Option<String>,
    previous: Option<LinkView>,
    next: Option<LinkView>,
    steps: Vec<StepView>,
    attempts: Option<AttemptsView>,
    work_on: Vec<WorkView>,
    picture: Option<String>,
    no_picture: String,
    findings: Vec<FindingView>,
    mentors: Option<MentorsView>,
    strengths: Vec<StrengthView>,
    analysis: AnalysesView,
    nearest: Option<NearestView>,
    similar: Option<SimilarView>,
    source: Vec<SourceView>,
    lines: usize,
    review: String,
}

#[derive(Debug, Serialize)]
struct StepView {
    title: &'static str,
    /// Whether any rule of it applied.
    judged: bool,
    percent: String,
    earned: String,
    possible: String,
}

#[derive(Debug, Serialize)]
struct WorkView {
    title: String,
    lost: f64,
    fix: String,
    reference: Option<String>,
    rejected_by: Option<String>,
}

#[derive(Debug, Serialize)]
struct FindingView {
    key: String,
    rule: String,
    severity: &'static str,
    title: String,
    message: String,
    components: Vec<String>,
    components_list: String,
    sourced: bool,
    quotes: Vec<LineView>,
    grounds: Vec<String>,
    seen: Vec<String>,
    missing: Vec<String>,
    why: String,
    fix: String,
    ask: String,
    reference: Option<String>,
    allowed: Option<String>,
    words: Vec<WordView>,
    rejected: bool,
}

#[derive(Debug, Serialize)]
struct StrengthView {
    message: String,
    step: &'static str,
}

/// A line of the design file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct LineView {
    line: usize,
    text: String,
}

/// A line of the design file with what mentors say of it.
#[derive(Debug, Serialize)]
struct SourceView {
    line: usize,
    text: String,
    remarks: Vec<RemarkView>,
}

/// Where a candidate stands.
pub(super) struct PlaceInClass<'c> {
    /// The position among all designs, of which the latest of each candidate come first.
    pub(super) at: usize,
    /// The latest of each candidate.
    pub(super) latest: &'c [Candidate<'c>],
    /// The attempts of the same candidate, where there are several.
    pub(super) own: Option<&'c Series<'c>>,
    /// The near-identical designs of the class.
    pub(super) similar: &'c Similar<'c>,
}

impl PlaceInClass<'_> {
    /// The candidates before and behind; none for an earlier attempt.
    fn neighbours(&self) -> [Option<LinkView>; 2] {
        if self.at >= self.latest.len() {
            return [None, None];
        }
        let before = self.at.checked_sub(1);
        [before, Some(self.at + 1)].map(|at| self.latest.get(at?).map(link))
    }
}

/// The view of a candidate.
pub(super) fn view(
    candidate: &Candidate<'_>,
    place: &PlaceInClass<'_>,
    context: &SiteContext<'_>,
) -> CandidateView {
    let [previous, next] = place.neighbours();
    let (head, assessment) = (&candidate.checked.head, candidate.assessment);
    let score = &assessment.score;
    let (picture, no_picture) = picture(candidate, context.catalog);
    let sourced = !context.anonymous;
    let findings = assessment.findings.iter().enumerate();
    CandidateView {
        page_title: candidate.name.clone(),
        name: candidate.name.clone(),
        title: head.title.clone().filter(|title| *title != candidate.name),
        problem: head.problem.clone(),
        level: assessment.level.word(),
        judged: score.is_judged(),
        percent: score.percent.to_string(),
        band: score.band.word(),
        band_title: score.band.title(),
        earned: points(score.earned),
        possible: points(score.possible),
        hints: (score.hints > 0.0).then(|| points(score.hints)),
        cap: score.cap.as_ref().map(crate::assess::Cap::reason),
        previous,
        next,
        steps: score.steps.iter().map(step).collect(),
        attempts: place.own.map(|series| attempts::view(series, candidate)),
        work_on: work_on(candidate),
        picture,
        no_picture,
        findings: findings
            .map(|(at, finding)| view_finding(candidate, at, finding, sourced))
            .collect(),
        mentors: mentors::view(candidate, sourced),
        strengths: assessment
            .strengths
            .iter()
            .map(|strength| StrengthView {
                message: strength.message.clone(),
                step: strength.step.title(),
            })
            .collect(),
        analysis: analyses::view(&overview(candidate, context.catalog)),
        nearest: nearest::view(candidate, context.references, context.catalog),
        similar: similar::list_of(place.similar, candidate),
        source: if sourced {
            source(candidate)
        } else {
            Vec::new()
        },
        lines: candidate.checked.source.text.lines().count(),
        review: format!("{}.md", candidate.stem),
    }
}

/// Points with as many decimals as they have, two at most.
fn points(points: f64) -> String {
    round(points, 2).to_string()
}

fn step(step: &StepScore) -> StepView {
    StepView {
        title: step.step.title(),
        judged: step.possible > 0.0,
        percent: step.percent().to_string(),
        earned: points(step.earned),
        possible: points(step.possible),
    }
}

/// What the analyses say, single failures gone through.
fn overview(candidate: &Candidate<'_>, catalog: &Catalog) -> Overview {
    let level = Some(candidate.assessment.level);
    assess::ask(&candidate.design, catalog, level, |asked| {
        asked.overview(Detail::Full)
    })
}

/// The picture with its findings, or why there is none.
fn picture(candidate: &Candidate<'_>, catalog: &Catalog) -> (Option<String>, String) {
    let design = &candidate.design;
    if design.components.is_empty() {
        return (None, "Nothing is drawn.".to_owned());
    }
    let mut marks = marks(candidate.assessment, design);
    mentors::mark(&mut marks, candidate);
    let picture = Picture {
        marks,
        within_a_page: true,
        ..Picture::plain(design, &catalog.knowledge.vocabulary)
    };
    match drawing::svg(&picture) {
        Ok(svg) => (Some(svg), String::new()),
        Err(reason) => (None, format!("No picture: {reason}.")),
    }
}

/// The rules that cost most points, with what to do about each.
fn work_on(candidate: &Candidate<'_>) -> Vec<WorkView> {
    let mut work: Vec<WorkView> = Vec::new();
    for step in &candidate.assessment.score.steps {
        for rule in step.rules.iter().filter(|rule| rule.earned < rule.weight) {
            let findings = candidate.assessment.findings.iter();
            let mut of_rule =
                findings.filter(|finding| finding.rule == rule.rule && finding.allowed.is_none());
            let Some(finding) = of_rule.next() else {
                continue;
            };
            let words = mentors::words(&candidate.checked.reviews, finding);
            work.push(WorkView {
                rejected_by: mentors::rejected_by(&words),
                title: finding.title.clone(),
                lost: round(candidate.assessment.score.cost_of(&rule.rule), 1),
                fix: finding.fix.clone(),
                reference: finding.reference.clone(),
            });
        }
    }
    work.retain(|one| one.lost > 0.0);
    work.sort_by(|one, other| other.lost.total_cmp(&one.lost));
    work.truncate(MOST_WORK);
    work
}

fn view_finding(
    candidate: &Candidate<'_>,
    at: usize,
    finding: &Finding,
    sourced: bool,
) -> FindingView {
    let design = &candidate.design;
    let components = components_of(finding, design).into_iter();
    let components: Vec<String> = components.map(|at| design.id(at).to_owned()).collect();
    let words = mentors::words(&candidate.checked.reviews, finding);
    FindingView {
        rejected: mentors::is_rejected(&words),
        words,
        key: key(at),
        rule: finding.rule.clone(),
        severity: finding.severity.word(),
        title: finding.title.clone(),
        message: finding.message.clone(),
        components_list: components.join(" "),
        components,
        sourced,
        quotes: quotes(candidate, finding),
        grounds: finding.grounds.clone(),
        seen: finding.seen.clone(),
        missing: finding.missing.clone(),
        why: finding.why.clone(),
        fix: finding.fix.clone(),
        ask: finding.ask.clone(),
        reference: finding.reference.clone(),
        allowed: finding.allowed.as_ref().map(ToString::to_string),
    }
}

/// The lines that a finding is about, and those of what decided it, each once and in order. What is missing from a whole
/// design has no line.
fn quotes(candidate: &Candidate<'_>, finding: &Finding) -> Vec<LineView> {
    let checked = candidate.checked;
    let whole = checked.span(Place::Design);
    let evidence = finding.evidence.iter().map(|(place, _)| *place);
    let places = std::iter::once(finding.place).chain(evidence);
    let spans = places.map(|place| checked.span(place));
    let mut quotes: Vec<LineView> = Vec::new();
    for span in spans.filter(|span| *span != whole && span.start < span.end) {
        let first = checked.region(span).start.line;
        let start = checked.source.text.get(..span.start).unwrap_or_default();
        let start = start.rfind('\n').map_or(0, |at| at + 1);
        let lines = checked.source.text.get(start..span.end).unwrap_or_default();
        let rest = checked.source.text.get(span.end..).unwrap_or_default();
        let rest = rest.split('\n').next().unwrap_or_default();
        let text = format!("{lines}{rest}");
        quotes.extend(
            text.lines()
                .take(MOST_LINES)
                .enumerate()
                .map(|(at, text)| LineView {
                    line: first + at,
                    text: shortened(text.trim_end(), LONGEST),
                }),
        );
    }
    quotes.sort();
    quotes.dedup();
    quotes
}

fn source(candidate: &Candidate<'_>) -> Vec<SourceView> {
    let mut remarks = mentors::remarks(&candidate.checked.reviews);
    let lines = candidate.checked.source.text.lines().enumerate();
    lines
        .map(|(at, text)| SourceView {
            line: at + 1,
            text: text.to_owned(),
            remarks: remarks.remove(&(at + 1)).unwrap_or_default(),
        })
        .collect()
}
