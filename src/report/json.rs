//! The JSON report, version 1. Keys may be added, never renamed or dropped: other tools depend on them.
//!
//! Knows how the report is put together, design by design.

mod views;

use serde::Serialize;

pub(super) use views::{
    CountView, DesignView, ErrorView, FindingView, ScoreView, TotalsView, counts, design, error,
    finding, score, totals,
};

use super::computed::{self, AnalysisView};
use super::harmless::json_after;
use super::{Checked, Reporter, Summary};
use crate::analysis::Overview;
use crate::catalog::Catalog;
use crate::model::Design;
use crate::source::Gravity;

/// The version of the report.
pub const VERSION: u32 = 1;

/// Writes designs one by one; errors and the summary come after the last.
#[derive(Debug, Default)]
pub(super) struct Json {
    /// The last design so far, which is given out with what follows it: a comma, or the end of the list. So what is given
    /// out ends a line, which standard output likes better than having to look for the end of one.
    last: Option<String>,
    errors: Vec<String>,
    /// Keys that only some reports have, with their values as JSON.
    more: Vec<(&'static str, String)>,
}

impl Json {
    /// A report with further keys, their values given as JSON.
    pub(super) fn with(more: Vec<(&'static str, String)>) -> Self {
        Self {
            more,
            ..Self::default()
        }
    }
}

impl Reporter for Json {
    fn begin(&mut self, _: &Catalog) -> String {
        head()
    }

    fn design(&mut self, checked: &Checked, draft: String) -> String {
        for issue in checked
            .issues
            .iter()
            .filter(|issue| issue.gravity == Gravity::Error)
        {
            self.errors.push(text(&error(checked, issue)));
        }
        if draft.is_empty() {
            return String::new();
        }
        match self.last.replace(draft) {
            Some(before) => before + ",\n",
            None => "\n".to_owned(),
        }
    }

    fn end(&mut self, summary: &Summary) -> String {
        let errors = list(self.errors.drain(..));
        let designs = self.last.take().map(|last| last + "\n ");
        let designs = designs.unwrap_or_default();
        let statistics = summary.statistics.as_ref();
        let statistics = statistics
            .map(|statistics| format!(",\n \"statistics\": {}", text(&counts(statistics))));
        let more = self.more.iter();
        let more =
            more.flat_map(|(key, value)| [",\n ".to_owned(), text(key), format!(": {value}")]);
        let more: String = more.collect();
        format!(
            "{designs}],\n \"errors\": {errors},\n \"summary\": {}{}{more}}}\n",
            text(&totals(summary)),
            statistics.unwrap_or_default()
        )
    }
}

/// A design that was judged, in a line of its own.
pub(super) fn draft(checked: &Checked) -> String {
    let assessment = checked.assessment.as_ref();
    let text = |assessment| json_after("  ", &design(checked, assessment), ROOM);
    assessment.map(text).unwrap_or_default()
}

/// Bytes that hold most designs.
const ROOM: usize = 48 << 10;

/// Values as a list, each in a line of its own.
pub(super) fn list(values: impl Iterator<Item = String>) -> String {
    let values: Vec<String> = values.collect();
    if values.is_empty() {
        return "[]".to_owned();
    }
    format!("[\n  {}\n ]", values.join(",\n  "))
}

/// What wrote a report.
#[derive(Debug, Serialize)]
pub(super) struct ToolView {
    name: &'static str,
    version: &'static str,
}

/// This program.
pub(super) const fn tool() -> ToolView {
    ToolView {
        name: "sysdrill",
        version: env!("CARGO_PKG_VERSION"),
    }
}

fn head() -> String {
    let tool = text(&tool());
    format!("{{\"version\": {VERSION}, \"tool\": {tool},\n \"designs\": [")
}

/// A view as JSON in one line.
pub(super) fn text<T: Serialize + ?Sized>(value: &T) -> String {
    json_after("", value, 0)
}

/// A design that was analysed alone, without a score: a report with one design, and what a change makes of it beside it.
#[must_use]
pub fn analysis_json(
    path: &str,
    design: &Design,
    now: &Overview,
    after: Option<(&str, &Overview)>,
) -> String {
    let mut report = Json::default();
    let view = AnalysedView {
        path,
        problem: design.problem.as_deref(),
        title: design.title.as_deref(),
        author: design.author.as_deref(),
        analysis: computed::view(now),
        what_if: after.map(|(changes, after)| WhatIfView {
            changes,
            analysis: computed::view(after),
        }),
    };
    report.last = Some(json_after("\n  ", &view, 0));
    let summary = Summary {
        designs: 1,
        ..Summary::default()
    };
    head() + &report.end(&summary)
}

#[derive(Debug, Serialize)]
struct AnalysedView<'a> {
    path: &'a str,
    problem: Option<&'a str>,
    title: Option<&'a str>,
    author: Option<&'a str>,
    analysis: AnalysisView<'a>,
    what_if: Option<WhatIfView<'a>>,
}

#[derive(Debug, Serialize)]
struct WhatIfView<'a> {
    changes: &'a str,
    analysis: AnalysisView<'a>,
}
