//! The attempts of a candidate beside each other: how the score moved, and what changed from one to the next.
//!
//! Knows candidates and comparisons; whose attempts they are was told before (`series`).

use std::collections::BTreeMap;

use serde::Serialize;

use super::class::{CellView, cell};
use super::series::Joined;
use super::{Candidate, plots};
use crate::assess::AssessmentDifference;
use crate::catalog::Catalog;
use crate::model::spelling::{counted, enumerated};
use crate::model::{Difference, Step};
use crate::report::difference::{self, Block, Comparison, more};
use crate::report::json;

/// Lines of a block of changes, at most.
const MOST_LINES: usize = 40;

/// The judged attempts of a candidate, at least two, with what changed from each to the next.
pub(super) struct Series<'a> {
    pub(super) attempts: Vec<&'a Candidate<'a>>,
    changes: Vec<Change<'a>>,
}

struct Change<'a> {
    before: &'a Candidate<'a>,
    after: &'a Candidate<'a>,
    design: Difference,
    verdict: AssessmentDifference<'a>,
}

/// All series of a class by the number of the candidate.
pub(super) type AllSeries<'a> = BTreeMap<usize, Series<'a>>;

/// Finds the series among the candidates.
pub(super) fn all<'a>(candidates: &'a [Candidate<'a>], catalog: &Catalog) -> AllSeries<'a> {
    let mut people: BTreeMap<usize, Vec<&Candidate<'_>>> = BTreeMap::new();
    for candidate in candidates {
        let attempts = people.entry(candidate.attempt.candidate).or_default();
        attempts.push(candidate);
    }
    people.retain(|_, attempts| attempts.len() > 1);
    let series = |(number, mut attempts): (usize, Vec<&'a Candidate<'a>>)| {
        attempts.sort_by_key(|candidate| candidate.attempt.number);
        let steps = attempts.iter().zip(attempts.iter().skip(1));
        let changes = steps.map(|(before, after)| Change::between(before, after, catalog));
        let changes = changes.collect();
        (number, Series { attempts, changes })
    };
    people.into_iter().map(series).collect()
}

impl<'a> Change<'a> {
    fn between(before: &'a Candidate<'a>, after: &'a Candidate<'a>, catalog: &Catalog) -> Self {
        let vocabulary = &catalog.knowledge.vocabulary;
        let design = Difference::between(&before.design, &after.design, vocabulary);
        let verdict = AssessmentDifference::between(before.assessment, after.assessment, &design);
        Self {
            before,
            after,
            design,
            verdict,
        }
    }

    const fn comparison(&self) -> Comparison<'_> {
        Comparison {
            before: self.before.checked,
            after: self.after.checked,
            design: &self.design,
            verdict: &self.verdict,
        }
    }
}

/// How the scores moved, for the row of a candidate.
#[derive(Debug, Serialize)]
pub(super) struct TrendView {
    count: usize,
    plot: String,
    change: String,
}

impl Series<'_> {
    /// How the scores moved from the first attempt to the last.
    pub(super) fn trend(&self) -> TrendView {
        let percents = self.percents();
        TrendView {
            count: percents.len(),
            plot: plots::sparkline(&percents),
            change: more_of(&percents),
        }
    }

    /// How much more the last attempt scored than the first, in percent.
    pub(super) fn gain(&self) -> f64 {
        let percents = self.percents();
        let first = percents.first().copied().unwrap_or(0.0);
        percents.last().copied().unwrap_or(0.0) - first
    }

    fn percents(&self) -> Vec<f64> {
        let attempts = self.attempts.iter();
        attempts.map(|one| one.assessment.score.percent).collect()
    }

    /// How much more an attempt scored than the one before, in percent; none for the first.
    pub(super) fn since_before(&self, candidate: &Candidate<'_>) -> Option<String> {
        let change = self.change_to(candidate)?;
        let percent = |one: &Candidate<'_>| one.assessment.score.percent;
        Some(more(percent(change.before), percent(change.after)))
    }

    fn change_to(&self, candidate: &Candidate<'_>) -> Option<&Change<'_>> {
        let changes = self.changes.iter();
        let mut changes = changes.filter(|change| change.after.stem == candidate.stem);
        changes.next()
    }

    fn is_last(&self, candidate: &Candidate<'_>) -> bool {
        let last = self.attempts.last();
        last.is_some_and(|last| last.stem == candidate.stem)
    }
}

/// The last of some numbers against the first.
fn more_of(percents: &[f64]) -> String {
    match percents {
        [first, .., last] => more(*first, *last),
        _ => String::new(),
    }
}

/// How the attempts of a class were put together, in a sentence; none where nobody has several.
pub(super) fn note(all: &AllSeries<'_>) -> Option<String> {
    let of = |joined: Joined| {
        let series = all.values();
        let attempts = series.filter_map(|series| series.attempts.first());
        attempts.filter(|one| one.attempt.joined == joined).count()
    };
    let told = [Joined::Author, Joined::FileName].map(|joined| (of(joined), joined.how()));
    let several = told.iter().all(|(count, _)| *count > 0);
    let told = told.iter().filter(|(count, _)| *count > 0);
    let told: Vec<String> = told
        .map(|(count, how)| {
            if several {
                format!("{count} {how}")
            } else {
                (*how).to_owned()
            }
        })
        .collect();
    let people = counted(all.len(), "candidate has", "candidates have");
    (!all.is_empty()).then(|| {
        format!(
            "{people} several attempts, put together {}. All stand here with the latest, and the figures above are of the latest alone.",
            enumerated(&told)
        )
    })
}

/// The attempts of a candidate, as the page of one of them shows them.
#[derive(Debug, Serialize)]
pub(super) struct AttemptsView {
    lead: String,
    plot: String,
    latest: Option<String>,
    steps: Vec<&'static str>,
    rows: Vec<RowView>,
    changes: Vec<ChangeView>,
}

#[derive(Debug, Serialize)]
struct RowView {
    number: usize,
    file: String,
    here: bool,
    day: String,
    percent: String,
    change: String,
    band: &'static str,
    band_title: &'static str,
    steps: Vec<CellView>,
}

#[derive(Debug, Serialize)]
struct ChangeView {
    from: usize,
    to: usize,
    summary: String,
    blocks: Vec<BlockView>,
}

#[derive(Debug, Serialize)]
struct BlockView {
    title: String,
    lines: Vec<LineView>,
    more: usize,
    rest: Option<String>,
}

#[derive(Debug, Serialize)]
struct LineView {
    change: &'static str,
    name: String,
    detail: String,
}

/// The view of a series for the page of one of its attempts: the latest shows all that changed, an earlier one what led to it.
pub(super) fn view(series: &Series<'_>, candidate: &Candidate<'_>) -> AttemptsView {
    let is_last = series.is_last(candidate);
    let latest = series.attempts.last().filter(|_| !is_last);
    let changes = series.changes.iter();
    let shown = changes.filter(|change| is_last || change.after.stem == candidate.stem);
    AttemptsView {
        lead: lead(candidate),
        plot: plots::sparkline(&series.percents()),
        latest: latest.map(|latest| latest.page()),
        steps: Step::ALL.iter().map(|step| step.title()).collect(),
        rows: series
            .attempts
            .iter()
            .map(|one| row(series, one, candidate))
            .collect(),
        changes: shown.map(change_view).collect(),
    }
}

fn lead(candidate: &Candidate<'_>) -> String {
    let attempt = &candidate.attempt;
    let joined = attempt.joined.how();
    let order = if attempt.by_session {
        "in the order in which their sessions began"
    } else {
        "in the order of dates, numbers and names of their files"
    };
    format!(
        "This is attempt {} of {}. They were put together {joined}, {order}.",
        attempt.number, attempt.of
    )
}

fn row(series: &Series<'_>, one: &Candidate<'_>, here: &Candidate<'_>) -> RowView {
    let score = &one.assessment.score;
    RowView {
        number: one.attempt.number,
        file: one.page(),
        here: one.stem == here.stem,
        day: one.attempt.day.clone().unwrap_or_default(),
        percent: score.percent.to_string(),
        change: series.since_before(one).unwrap_or_default(),
        band: score.band.word(),
        band_title: score.band.title(),
        steps: score.steps.iter().map(cell).collect(),
    }
}

fn change_view(change: &Change<'_>) -> ChangeView {
    let comparison = change.comparison();
    ChangeView {
        from: change.before.attempt.number,
        to: change.after.attempt.number,
        summary: difference::summary(&comparison),
        blocks: comparison.blocks().into_iter().map(block).collect(),
    }
}

fn block(block: Block) -> BlockView {
    let more = block.lines.len().saturating_sub(MOST_LINES);
    let lines = block.lines.into_iter().take(MOST_LINES);
    let of_faults = block.of_faults;
    BlockView {
        title: block.title,
        lines: lines
            .map(|line| LineView {
                change: match line.change {
                    difference::Change::Added if of_faults => "new",
                    difference::Change::Removed if of_faults => "resolved",
                    change => change.word(),
                },
                name: line.name,
                detail: line.detail,
            })
            .collect(),
        more,
        rest: block.rest,
    }
}

/// What changed to an attempt as Markdown; nothing for a first.
pub(super) fn markdown(series: &Series<'_>, candidate: &Candidate<'_>) -> String {
    let change = series.change_to(candidate);
    let written = change.map(|change| difference::markdown(&change.comparison()));
    written.map_or_else(String::new, |text| format!("\n{text}"))
}

#[derive(Debug, Serialize)]
struct SeriesJson<'a> {
    candidate: &'a str,
    problem: Option<&'a str>,
    joined_by: &'static str,
    ordered_by: &'static str,
    designs: Vec<DesignJson<'a>>,
    changes: Vec<difference::View<'a>>,
}

#[derive(Debug, Serialize)]
struct DesignJson<'a> {
    path: &'a str,
    number: usize,
    day: Option<&'a str>,
    percent: f64,
    band: &'static str,
}

/// All series for other tools.
pub(super) fn json(all: &AllSeries<'_>) -> String {
    let series = all.values().filter_map(|series| {
        let last = series.attempts.last()?;
        let comparisons: Vec<Comparison<'_>> =
            series.changes.iter().map(Change::comparison).collect();
        Some(json::text(&SeriesJson {
            candidate: &last.name,
            problem: last.checked.head.problem.as_deref(),
            joined_by: last.attempt.joined.word(),
            ordered_by: if last.attempt.by_session {
                "session"
            } else {
                Joined::FileName.word()
            },
            designs: series.attempts.iter().map(|one| design(one)).collect(),
            changes: comparisons.iter().map(difference::view).collect(),
        }))
    });
    json::list(series)
}

fn design<'a>(one: &'a Candidate<'_>) -> DesignJson<'a> {
    DesignJson {
        path: &one.checked.source.name,
        number: one.attempt.number,
        day: one.attempt.day.as_deref(),
        percent: one.assessment.score.percent,
        band: one.assessment.score.band.word(),
    }
}
