//! Agreement as Markdown, for a note to those who keep the rubric.
//!
//! Knows how tables are written there.

use super::{Agreement, Table, sheet};
use crate::report::plain;

/// What is told of an agreement, as Markdown.
#[must_use]
pub fn markdown(agreement: &Agreement) -> String {
    let sheet = sheet(agreement);
    let lead: Vec<String> = sheet
        .lead
        .iter()
        .map(|line| plain::markdown(line))
        .collect();
    let mut text = format!("## Rules and mentors\n\n{}\n", lead.join(" "));
    for table in &sheet.tables {
        text.push_str(&format!("\n### {}\n\n{}", table.title, rows(table)));
        for line in &table.below {
            text.push_str(&format!("\n{}\n", plain::markdown(line)));
        }
    }
    if !sheet.disputes.is_empty() {
        text.push_str("\n### What is disputed most\n\n");
    }
    for dispute in &sheet.disputes {
        let rule = plain::markdown(&dispute.rule);
        text.push_str(&format!("- **{rule}**: {}\n", dispute.number));
        for case in &dispute.cases {
            text.push_str(&format!("  - {}\n", plain::markdown(case)));
        }
        if dispute.more > 0 {
            text.push_str(&format!("  - and {} more\n", dispute.more));
        }
    }
    if sheet.more > 0 {
        text.push_str(&format!("- and {} rules more\n", sheet.more));
    }
    text
}

fn rows(table: &Table) -> String {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut text = row(table.head.iter().map(|&word| word.to_owned()).collect());
    let last = table.head.len() - 1;
    let rule = |(at, _): (usize, &&str)| if at == 0 || at == last { "---" } else { "---:" };
    let rules = table.head.iter().enumerate().map(rule);
    text.push_str(&row(rules.map(str::to_owned).collect()));
    for cells in &table.rows {
        text.push_str(&row(cells
            .iter()
            .map(|cell| plain::markdown(cell))
            .collect()));
    }
    text
}
