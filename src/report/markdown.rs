//! The report as Markdown, by a template.
//!
//! Knows the template's name; what the template sees is the JSON report.

use super::{Checked, Reporter, Summary, json, plain, templates};
use crate::source::Gravity;

/// Writes designs as sections.
#[derive(Debug, Default)]
pub(super) struct Markdown {
    any: bool,
}

impl Reporter for Markdown {
    fn design(&mut self, checked: &Checked) -> String {
        let mut text = if std::mem::replace(&mut self.any, true) {
            "\n".to_owned()
        } else {
            String::new()
        };
        match &checked.assessment {
            Some(assessment) => {
                let view = json::design(checked, assessment);
                text.push_str(&templates::markdown("report.md.hbs", &view));
            }
            None => text.push_str(&errors(checked)),
        }
        text
    }

    fn end(&mut self, summary: &Summary) -> String {
        if summary.designs + summary.errors < 2 {
            return String::new();
        }
        let (designs, failed, errors) = (summary.designs, summary.failed, summary.errors);
        format!(
            "\n---\n\n{designs} designs checked, {failed} below the bar, {errors} files could not be checked.\n"
        )
    }
}

/// A design that could not be judged.
fn errors(checked: &Checked) -> String {
    let mut text = format!(
        "## {}\n\nCould not be checked.\n\n",
        plain::markdown(&checked.source.name)
    );
    for issue in checked
        .issues
        .iter()
        .filter(|issue| issue.gravity == Gravity::Error)
    {
        let at = checked.region(issue.span).start;
        let help = issue
            .help
            .as_ref()
            .map(|help| format!(" ({})", plain::markdown(help)))
            .unwrap_or_default();
        text.push_str(&format!(
            "- line {}, column {}: {}{help}\n",
            at.line,
            at.column,
            plain::markdown(&issue.message)
        ));
    }
    text
}
