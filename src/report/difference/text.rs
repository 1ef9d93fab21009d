//! Two designs beside each other, for reading at a terminal.
//!
//! Knows layout; colours are escape codes that the command line strips where nobody sees them.

use anstyle::{AnsiColor, Style};

use super::{Block, Change, Comparison, Line, more, points, summary};
use crate::assess::Score;
use crate::report::frames::painted;
use crate::report::{Paint, plain};

/// What differs, as text.
#[must_use]
pub fn text(comparison: &Comparison<'_>, paint: Paint) -> String {
    let name = |name: &str| plain::line(name);
    let mut text = format!(
        "{} -> {}\n",
        name(&comparison.before.source.name),
        name(&comparison.after.source.name)
    );
    text.push_str(&score(comparison));
    if comparison.is_empty() {
        text.push_str("\nNothing differs.\n");
        return text;
    }
    for block in comparison.blocks() {
        text.push_str(&written(&block, paint));
    }
    text.push_str(&format!("\n{}\n", summary(comparison)));
    text
}

fn score(comparison: &Comparison<'_>) -> String {
    let (before, after) = (
        &comparison.verdict.before.score,
        &comparison.verdict.after.score,
    );
    let total = |score: &Score| format!("{}% {}", score.percent, score.band.title());
    let mut text = format!(
        "  {} -> {}  ({})\n",
        total(before),
        total(after),
        more(before.percent, after.percent)
    );
    let levels = (
        comparison.verdict.before.level,
        comparison.verdict.after.level,
    );
    if levels.0 != levels.1 {
        text.push_str(&format!("  judged as {} -> {}\n", levels.0, levels.1));
    }
    for (word, score) in [("before", before), ("after", after)] {
        if let Some(cap) = &score.cap {
            text.push_str(&format!("  {word}: capped by {}\n", cap.reason()));
        }
    }
    for (before, after) in comparison.steps() {
        text.push_str(&format!(
            "    {:<21} {} -> {}  ({})\n",
            before.step.title(),
            points(before),
            points(after),
            more(before.earned, after.earned)
        ));
    }
    text
}

fn written(block: &Block, paint: Paint) -> String {
    let mut text = format!("\n{}\n", painted(&block.title, Style::new().bold(), paint));
    for line in &block.lines {
        text.push_str(&format!("  {}\n", written_line(line, paint)));
    }
    if let Some(rest) = &block.rest {
        text.push_str(&format!("  ({rest})\n"));
    }
    text
}

fn written_line(line: &Line, paint: Paint) -> String {
    let colour = match line.change {
        Change::Added => AnsiColor::Green,
        Change::Removed => AnsiColor::Red,
        Change::Edited => AnsiColor::Yellow,
    };
    let sign = painted(&line.change.sign().to_string(), colour.on_default(), paint);
    format!("{sign} {}", plain::line(&line.text()))
}
