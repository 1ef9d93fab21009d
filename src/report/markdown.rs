//! The report as Markdown, by templates.
//!
//! Knows the templates' names; what they see is the view of the JSON report.

use serde::Serialize;

use super::json::{self, CountView, TotalsView};
use super::section::section;
use super::{Checked, Reporter, Summary, templates};

/// Writes designs as sections.
#[derive(Debug, Default)]
pub(super) struct Markdown {
    designs: usize,
}

/// What stands below the sections.
#[derive(Debug, Serialize)]
struct Totals<'a> {
    several: bool,
    summary: TotalsView,
    statistics: Option<Vec<CountView<'a>>>,
}

impl Reporter for Markdown {
    fn design(&mut self, checked: &Checked, _: String) -> String {
        self.designs += 1;
        let gap = if self.designs > 1 { "\n" } else { "" };
        let section = section(checked, self.designs);
        format!("{gap}{}", templates::markdown("design.md.hbs", &section))
    }

    fn end(&mut self, summary: &Summary) -> String {
        let totals = Totals {
            several: self.designs > 1,
            summary: json::totals(summary),
            statistics: summary.statistics.as_ref().map(json::counts),
        };
        templates::markdown("totals.md.hbs", &totals)
    }
}
