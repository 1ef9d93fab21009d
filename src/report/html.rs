//! The report as one page of HTML that needs nothing else: no script, no network, readable by day, by night and on paper.
//!
//! Knows what the templates see beside the JSON report; how it looks stands in the templates.

use serde::Serialize;

use super::json::{self, CountView};
use super::section::{is_wrong, section};
use super::{Checked, Reporter, Summary, templates};
use crate::assess::Finding;
use crate::model::Severity;

/// Keeps the sections: the table of all designs stands before them.
#[derive(Debug, Default)]
pub(super) struct Html {
    rows: Vec<Row>,
    sections: String,
}

impl Reporter for Html {
    fn design(&mut self, checked: &Checked, _: String) -> String {
        let number = self.rows.len() + 1;
        self.rows.push(row(checked, number));
        let section = section(checked, number);
        self.sections
            .push_str(&templates::markup("design.html.hbs", &section));
        String::new()
    }

    fn end(&mut self, summary: &Summary) -> String {
        let page = Whole {
            page_title: "Design check",
            summary: json::totals(summary),
            several: self.rows.len() > 1,
            rows: &self.rows,
            statistics: summary.statistics.as_ref().map(json::counts),
            sections: &self.sections,
        };
        templates::page("report.html.hbs", &page)
    }
}

#[derive(Debug, Serialize)]
struct Whole<'a> {
    page_title: &'static str,
    summary: json::TotalsView,
    several: bool,
    rows: &'a [Row],
    statistics: Option<Vec<CountView<'a>>>,
    sections: &'a str,
}

/// A design in the table of all.
#[derive(Debug, Serialize)]
struct Row {
    number: usize,
    name: String,
    readable: bool,
    author: Option<String>,
    problem: Option<String>,
    level: Option<&'static str>,
    percent: Option<f64>,
    band: Option<&'static str>,
    blockers: usize,
    majors: usize,
    minors: usize,
    failed: bool,
}

fn row(checked: &Checked, number: usize) -> Row {
    let head = &checked.head;
    let name = head.title.as_ref().unwrap_or(&checked.source.name).clone();
    let assessment = checked.assessment.as_ref();
    let count = |severity: Severity| {
        let findings = assessment.map_or(&[][..], |assessment| &assessment.findings);
        let counts = |finding: &&Finding| is_wrong(finding) && finding.severity == severity;
        findings.iter().filter(counts).count()
    };
    Row {
        number,
        name,
        readable: assessment.is_some(),
        author: head.author.clone(),
        problem: head.problem.clone(),
        level: assessment.map(|assessment| assessment.level.word()),
        percent: assessment.map(|assessment| assessment.score.percent),
        band: assessment.map(|assessment| assessment.score.band.word()),
        blockers: count(Severity::Blocker),
        majors: count(Severity::Major),
        minors: count(Severity::Minor),
        failed: checked.fails(),
    }
}
