//! The report as Markdown, by templates: the table of all designs, then a section for each.
//!
//! Knows the templates' names; what they see is the view of the JSON report.

use serde::Serialize;

use super::json::{self, CountView, TotalsView};
use super::section::section;
use super::table::Row;
use super::{Checked, Reporter, Summary, templates};

/// Keeps the sections: the table of all designs stands before them.
#[derive(Debug)]
pub(super) struct Markdown {
    is_quiet: bool,
    rows: Vec<Row>,
    sections: String,
}

impl Markdown {
    pub(super) const fn new(is_quiet: bool) -> Self {
        Self {
            is_quiet,
            rows: Vec::new(),
            sections: String::new(),
        }
    }
}

/// All of it.
#[derive(Debug, Serialize)]
struct Whole<'a> {
    several: bool,
    summary: TotalsView,
    rows: &'a [Row],
    sections: &'a str,
    statistics: Option<Vec<CountView<'a>>>,
}

impl Reporter for Markdown {
    fn design(&mut self, checked: &Checked, _: String) -> String {
        let number = self.rows.len() + 1;
        self.rows.push(Row::of(checked, number));
        if !(self.is_quiet && checked.is_well()) {
            let section = section(checked, number, self.is_quiet);
            self.sections.push('\n');
            self.sections
                .push_str(&templates::markdown("design.md.hbs", &section));
        }
        String::new()
    }

    fn end(&mut self, summary: &Summary) -> String {
        let whole = Whole {
            several: self.rows.len() != 1,
            summary: json::totals(summary),
            rows: &self.rows,
            sections: &self.sections,
            statistics: summary.statistics.as_ref().map(json::counts),
        };
        let report = templates::markdown("report.md.hbs", &whole);
        report.trim_start_matches('\n').to_owned()
    }
}
