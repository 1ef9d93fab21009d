//! What the page of all candidates shows.
//!
//! Knows how a class is summed up; what a page looks like is the template's business.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::attempts::{self, AllSeries, TrendView};
use super::mentors::{self, WordsView};
use super::similar::{self, Similar, SimilarView};
use super::{Candidate, plots};
use crate::assess::{Finding, Outcome, Score};
use crate::catalog::Band;
use crate::model::spelling::counted;
use crate::model::{Level, Severity, Step};
use crate::report::Checked;
use crate::source::Gravity;

/// Steps below this are pointed out, in percent.
const LOW: f64 = 50.0;

/// Rules that are shown at once.
const MOST_RULES: usize = 12;

/// Candidates that are named beside a rule, at most.
const MOST_NAMES: usize = 12;

#[derive(Debug, Serialize)]
pub(super) struct ClassView {
    page_title: &'static str,
    summary: String,
    count: usize,
    plots: PlotsView,
    bands: Vec<BandView>,
    problems: Vec<String>,
    levels: bool,
    attempts: Option<String>,
    mentors: Option<String>,
    steps: Vec<&'static str>,
    candidates: Vec<RowView>,
    missed: Vec<MissedView>,
    missed_less: Vec<MissedView>,
    fewer: usize,
    estimates: Vec<EstimateView>,
    similar: Option<SimilarView>,
    errors: Vec<ErrorView>,
}

#[derive(Debug, Serialize)]
struct PlotsView {
    scores: String,
    steps: String,
}

#[derive(Debug, Serialize)]
struct BandView {
    word: &'static str,
    title: &'static str,
    count: usize,
}

#[derive(Debug, Serialize)]
struct RowView {
    file: String,
    name: String,
    problem: String,
    level: &'static str,
    level_order: usize,
    /// Whether a rule applied.
    judged: bool,
    percent: String,
    band: &'static str,
    band_title: &'static str,
    band_order: usize,
    steps: Vec<CellView>,
    trend: Option<TrendView>,
    trend_order: f64,
    words: WordsView,
    grave: usize,
    top: String,
}

/// What a candidate got in a step.
#[derive(Debug, Serialize)]
pub(super) struct CellView {
    shown: String,
    order: f64,
    low: bool,
}

/// A candidate to link to.
#[derive(Clone, Debug, Serialize)]
pub(super) struct LinkView {
    pub(super) file: String,
    pub(super) name: String,
}

#[derive(Debug, Serialize)]
struct MissedView {
    rule: String,
    title: String,
    severity: &'static str,
    missed: usize,
    not_stated: usize,
    of: usize,
    by: Vec<LinkView>,
    more: usize,
}

#[derive(Debug, Serialize)]
struct EstimateView {
    rule: String,
    title: String,
    count: usize,
    of: usize,
    cases: Vec<CaseView>,
}

#[derive(Debug, Serialize)]
struct CaseView {
    file: String,
    name: String,
    message: String,
    seen: Vec<String>,
}

#[derive(Debug, Serialize)]
struct ErrorView {
    file: String,
    line: Option<usize>,
    column: usize,
    message: String,
    help: Option<String>,
}

/// A link to the page of a candidate.
pub(super) fn link(candidate: &Candidate<'_>) -> LinkView {
    LinkView {
        file: candidate.page(),
        name: candidate.name.clone(),
    }
}

/// The view of a class.
pub(super) fn view(
    class: &[Checked],
    candidates: &[Candidate<'_>],
    series: &AllSeries<'_>,
    similar: &Similar<'_>,
) -> ClassView {
    let percents: Vec<f64> = candidates
        .iter()
        .map(|candidate| &candidate.assessment.score)
        .filter(|score| score.is_judged())
        .map(|score| score.percent)
        .collect();
    let mut missed = missed(candidates);
    let missed_less = missed.split_off(missed.len().min(MOST_RULES));
    ClassView {
        page_title: "A class of designs",
        summary: summary(&percents),
        count: candidates.len(),
        plots: PlotsView {
            scores: plots::histogram(&percents),
            steps: plots::boxes(&steps(candidates)),
        },
        bands: bands(candidates),
        problems: problems(candidates),
        levels: levels(candidates),
        attempts: attempts::note(series),
        mentors: mentors::note(candidates),
        steps: Step::ALL.iter().map(|step| step.title()).collect(),
        candidates: candidates.iter().map(|one| row(one, series)).collect(),
        missed,
        fewer: missed_less.len(),
        missed_less,
        estimates: estimates(candidates),
        similar: similar::list(similar),
        errors: class.iter().flat_map(errors).collect(),
    }
}

fn summary(percents: &[f64]) -> String {
    if percents.is_empty() {
        return "Nobody could be judged.".to_owned();
    }
    let [low, _, middle, _, high] = plots::five(percents.to_vec());
    let number = counted(percents.len(), "candidate", "candidates");
    format!("{number}: from {low:.1}% to {high:.1}%, the median {middle:.1}%.")
}

/// How each step lies among those whom it applies to.
fn steps(candidates: &[Candidate<'_>]) -> Vec<(Step, plots::Five)> {
    let of = |step: &Step| {
        let steps = candidates
            .iter()
            .flat_map(|one| &one.assessment.score.steps);
        let applies = steps.filter(|score| score.step == *step && score.possible > 0.0);
        let percents: Vec<f64> = applies.map(crate::assess::StepScore::percent).collect();
        (!percents.is_empty()).then(|| (*step, plots::five(percents)))
    };
    Step::ALL.iter().filter_map(of).collect()
}

fn bands(candidates: &[Candidate<'_>]) -> Vec<BandView> {
    let count = |band: Band| {
        let scores = candidates.iter().map(|one| &one.assessment.score);
        let of_band = |score: &&Score| score.is_judged() && score.band == band;
        scores.filter(of_band).count()
    };
    let view = |band: &Band| BandView {
        word: band.word(),
        title: band.title(),
        count: count(*band),
    };
    Band::ALL.iter().rev().map(view).collect()
}

/// The problems, where there are several.
fn problems(candidates: &[Candidate<'_>]) -> Vec<String> {
    let named = candidates
        .iter()
        .filter_map(|one| one.checked.head.problem.clone());
    let problems: BTreeSet<String> = named.collect();
    if problems.len() < 2 {
        return Vec::new();
    }
    problems.into_iter().collect()
}

/// Whether candidates are judged at different levels.
fn levels(candidates: &[Candidate<'_>]) -> bool {
    let levels: BTreeSet<Level> = candidates.iter().map(|one| one.assessment.level).collect();
    levels.len() > 1
}

/// What was not accepted.
fn open<'a>(candidate: &Candidate<'a>) -> impl Iterator<Item = &'a Finding> + use<'a> {
    let findings = candidate.assessment.findings.iter();
    findings.filter(|finding| finding.allowed.is_none())
}

/// What is shown of a step.
pub(super) fn cell(step: &crate::assess::StepScore) -> CellView {
    let applies = step.possible > 0.0;
    let percent = step.percent();
    CellView {
        shown: if applies {
            format!("{percent}%")
        } else {
            "-".to_owned()
        },
        order: if applies { percent } else { -1.0 },
        low: applies && percent < LOW,
    }
}

fn row(candidate: &Candidate<'_>, series: &AllSeries<'_>) -> RowView {
    let score = &candidate.assessment.score;
    let own = series.get(&candidate.attempt.candidate);
    let band_order = Band::ALL.iter().position(|band| *band == score.band);
    RowView {
        file: candidate.page(),
        name: candidate.name.clone(),
        problem: candidate.checked.head.problem.clone().unwrap_or_default(),
        level: candidate.assessment.level.word(),
        level_order: level_order(candidate.assessment.level),
        judged: score.is_judged(),
        percent: score.percent.to_string(),
        band: score.band.word(),
        band_title: score.band.title(),
        band_order: band_order.unwrap_or(0),
        steps: score.steps.iter().map(cell).collect(),
        trend: own.map(attempts::Series::trend),
        trend_order: own.map_or(0.0, attempts::Series::gain),
        words: mentors::in_a_row(&candidate.checked.reviews),
        grave: open(candidate)
            .filter(|finding| finding.severity >= Severity::Major)
            .count(),
        top: open(candidate)
            .next()
            .map(|finding| finding.title.clone())
            .unwrap_or_default(),
    }
}

/// What was found of the same rule, by the rule's id.
fn by_rule<'c, 'a>(
    candidates: &'c [Candidate<'a>],
) -> BTreeMap<&'a str, Vec<(&'c Candidate<'a>, &'a Finding)>> {
    let mut rules: BTreeMap<&str, Vec<(&Candidate<'_>, &Finding)>> = BTreeMap::new();
    for candidate in candidates {
        for finding in open(candidate) {
            let cases = rules.entry(&finding.rule).or_default();
            cases.push((candidate, finding));
        }
    }
    rules
}

/// The candidates of some cases, each once.
fn people<'c, 'a>(
    cases: &[(&'c Candidate<'a>, &'a Finding)],
    outcome: Outcome,
) -> Vec<&'c Candidate<'a>> {
    let fitting = cases
        .iter()
        .filter(|(_, finding)| finding.outcome == outcome);
    let mut people: Vec<&Candidate<'_>> = fitting.map(|(candidate, _)| *candidate).collect();
    people.dedup_by_key(|candidate| candidate.stem.clone());
    people
}

/// Rules that somebody missed, those that most missed first.
fn missed(candidates: &[Candidate<'_>]) -> Vec<MissedView> {
    let mut missed: Vec<MissedView> = by_rule(candidates)
        .into_iter()
        .filter_map(|(rule, cases)| {
            let people_missed = people(&cases, Outcome::Missed);
            let fault = cases
                .iter()
                .map(|(_, finding)| finding)
                .filter(|finding| finding.outcome == Outcome::Missed)
                .max_by_key(|finding| finding.severity)?;
            let named = people_missed.iter().take(MOST_NAMES);
            Some(MissedView {
                rule: rule.to_owned(),
                title: fault.title.clone(),
                severity: fault.severity.word(),
                missed: people_missed.len(),
                not_stated: people(&cases, Outcome::NotStated).len(),
                of: candidates.len(),
                by: named.map(|candidate| link(candidate)).collect(),
                more: people_missed.len().saturating_sub(MOST_NAMES),
            })
        })
        .collect();
    let gravity = |view: &MissedView| Severity::from_word(view.severity);
    missed.sort_by_key(|view| std::cmp::Reverse((view.missed, gravity(view), view.not_stated)));
    missed
}

/// Findings about estimates, rule by rule, with what was estimated.
fn estimates(candidates: &[Candidate<'_>]) -> Vec<EstimateView> {
    let wrong = |(_, finding): &(&Candidate<'_>, &Finding)| {
        finding.step == Step::Estimation && finding.outcome == Outcome::Missed
    };
    let mut estimates: Vec<EstimateView> = by_rule(candidates)
        .into_iter()
        .filter_map(|(rule, cases)| {
            let cases: Vec<_> = cases.into_iter().filter(wrong).collect();
            let (_, first) = cases.first()?;
            Some(EstimateView {
                rule: rule.to_owned(),
                title: first.title.clone(),
                count: people(&cases, Outcome::Missed).len(),
                of: candidates.len(),
                cases: cases
                    .iter()
                    .map(|(candidate, finding)| CaseView {
                        file: candidate.page(),
                        name: candidate.name.clone(),
                        message: finding.message.clone(),
                        seen: finding.seen.clone(),
                    })
                    .collect(),
            })
        })
        .collect();
    estimates.sort_by_key(|view| std::cmp::Reverse(view.count));
    estimates
}

fn errors(checked: &Checked) -> impl Iterator<Item = ErrorView> {
    let errors = checked
        .issues
        .iter()
        .filter(|issue| issue.gravity == Gravity::Error);
    errors.map(|issue| {
        let at = checked.region(issue.span).start;
        ErrorView {
            file: checked.source.name.clone(),
            line: (!checked.source.text.is_empty()).then_some(at.line),
            column: at.column,
            message: issue.message.clone(),
            help: issue.help.clone(),
        }
    })
}

/// The level as a number, to sort by.
fn level_order(level: Level) -> usize {
    let position = Level::ALL.iter().position(|other| *other == level);
    position.unwrap_or(0)
}
