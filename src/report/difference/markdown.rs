//! Two designs beside each other as Markdown, for a comment on a merge.
//!
//! Knows Markdown; every text of a design is escaped.

use super::{Block, Comparison, more, points, summary};
use crate::report::plain;

/// What differs, as Markdown.
#[must_use]
pub fn markdown(comparison: &Comparison<'_>) -> String {
    let name = |name: &str| plain::markdown(name);
    let mut text = format!(
        "## {} → {}\n\n{}\n\n",
        name(&comparison.before.source.name),
        name(&comparison.after.source.name),
        summary(comparison)
    );
    text.push_str(&scores(comparison));
    if comparison.is_empty() {
        text.push_str("\nNothing differs.\n");
    }
    for block in comparison.blocks() {
        text.push_str(&written(&block));
    }
    text
}

fn scores(comparison: &Comparison<'_>) -> String {
    let (before, after) = (comparison.verdict.before, comparison.verdict.after);
    let mut text = "| | before | after | |\n| --- | ---: | ---: | ---: |\n".to_owned();
    let mut row = |title: &str, before: String, after: String, more: String| {
        text.push_str(&format!("| {title} | {before} | {after} | {more} |\n"));
    };
    let percent = (before.score.percent, after.score.percent);
    row(
        "**score**",
        format!("{}%", percent.0),
        format!("{}%", percent.1),
        more(percent.0, percent.1),
    );
    let band = |band: crate::catalog::Band| band.title().to_owned();
    row(
        "band",
        band(before.score.band),
        band(after.score.band),
        String::new(),
    );
    row(
        "level",
        before.level.word().to_owned(),
        after.level.word().to_owned(),
        String::new(),
    );
    for (before, after) in comparison.steps() {
        row(
            before.step.title(),
            points(before),
            points(after),
            more(before.earned, after.earned),
        );
    }
    text
}

fn written(block: &Block) -> String {
    let mut text = format!("\n### {}\n\n", block.title);
    for line in &block.lines {
        let word = line.change.word();
        let parts = [&line.name, &line.detail].map(|part| plain::markdown(part));
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        text.push_str(&format!("- {word} {}\n", parts.join(": ")));
    }
    if let Some(rest) = &block.rest {
        text.push_str(&format!("\n{rest}\n"));
    }
    text
}
