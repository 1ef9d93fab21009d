//! The report as one page of HTML that needs nothing else: no script, no network, readable by day, by night and on paper.
//!
//! Knows what the templates see beside the JSON report; how it looks stands in the templates.

use serde::Serialize;

use super::json::{self, CountView};
use super::section::section;
use super::table::Row;
use super::{Checked, Reporter, Summary, templates};

/// Keeps the sections: the table of all designs stands before them.
#[derive(Debug)]
pub(super) struct Html {
    is_quiet: bool,
    rows: Vec<Row>,
    sections: String,
}

impl Html {
    pub(super) const fn new(is_quiet: bool) -> Self {
        Self {
            is_quiet,
            rows: Vec::new(),
            sections: String::new(),
        }
    }
}

impl Reporter for Html {
    fn design(&mut self, checked: &Checked, _: String) -> String {
        let number = self.rows.len() + 1;
        let row = Row::of(checked, number);
        if self.is_quiet && checked.is_well() {
            self.rows.push(row.alone());
            return String::new();
        }
        self.rows.push(row);
        let section = section(checked, number, self.is_quiet);
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
