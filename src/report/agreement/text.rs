//! Agreement for reading at a terminal.
//!
//! Knows columns; colours are escape codes that the command line strips where nobody sees them.

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use super::{Agreement, Table, sheet};
use crate::report::frames::painted;
use crate::report::{Paint, plain};

/// Spaces between columns.
const GAP: usize = 2;

/// What is told of an agreement, as text.
#[must_use]
pub fn text(agreement: &Agreement, paint: Paint) -> String {
    let sheet = sheet(agreement);
    let mut text = String::new();
    for line in &sheet.lead {
        text.push_str(&format!("{}\n", plain::line(line)));
    }
    for table in &sheet.tables {
        text.push_str(&format!("\n{}\n{}", bold(table.title, paint), rows(table)));
        for line in &table.below {
            text.push_str(&format!("  {}\n", plain::line(line)));
        }
    }
    if !sheet.disputes.is_empty() {
        text.push_str(&format!("\n{}\n", bold("What is disputed most", paint)));
    }
    for dispute in &sheet.disputes {
        let rule = plain::line(&dispute.rule);
        text.push_str(&format!("  {rule}: {}\n", dispute.number));
        for case in &dispute.cases {
            text.push_str(&format!("    {}\n", plain::line(case)));
        }
        if dispute.more > 0 {
            text.push_str(&format!("    and {} more\n", dispute.more));
        }
    }
    if sheet.more > 0 {
        text.push_str(&format!("  and {} rules more\n", sheet.more));
    }
    text
}

/// The rows of a table; figures stand at the right of their columns, words at the left.
fn rows(table: &Table) -> String {
    let head: Vec<String> = table.head.iter().map(|&word| word.to_owned()).collect();
    let all = std::iter::once(&head).chain(&table.rows);
    let all: Vec<Vec<String>> = all
        .map(|row| row.iter().map(|cell| plain::line(cell)).collect())
        .collect();
    let width = |at: usize| {
        let cells = all.iter().filter_map(|row| row.get(at));
        cells.map(|cell| cell.width()).max().unwrap_or(0)
    };
    let mut text = String::new();
    for row in &all {
        let mut line = String::new();
        for (at, cell) in row.iter().enumerate() {
            let space = " ".repeat(width(at).saturating_sub(cell.width()));
            let gap = " ".repeat(GAP);
            let is_figure = at > 0 && at + 1 < row.len();
            let cell = if is_figure {
                format!("{gap}{space}{cell}")
            } else {
                format!("{gap}{cell}{space}")
            };
            line.push_str(&cell);
        }
        text.push_str(&format!("{}\n", line.trim_end()));
    }
    text
}

fn bold(text: &str, paint: Paint) -> String {
    painted(text, Style::new().bold(), paint)
}
