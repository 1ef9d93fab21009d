//! Mermaid flowcharts, alone in a file or fenced in Markdown.
//!
//! Knows where charts stand and what their first line says; how their lines are read is `chart`'s business.

mod chart;
mod links;
mod shapes;
#[cfg(test)]
mod tests;

use super::diagram::Diagram;
use super::fences::{Block, blocks};
use crate::source::{Issues, Span};

/// The words that a flowchart begins with.
const FLOWCHARTS: &[&str] = &["graph", "flowchart"];

/// The words that other charts of Mermaid begin with: none of them shows components and who calls whom.
const OTHERS: &[&str] = &[
    "sequenceDiagram",
    "classDiagram",
    "stateDiagram",
    "stateDiagram-v2",
    "erDiagram",
    "journey",
    "gantt",
    "pie",
    "mindmap",
    "timeline",
    "quadrantChart",
    "gitGraph",
    "requirementDiagram",
    "sankey-beta",
    "xychart-beta",
    "block-beta",
    "packet-beta",
    "kanban",
    "architecture-beta",
    "C4Context",
    "C4Container",
    "C4Component",
    "C4Dynamic",
    "C4Deployment",
    "zenuml",
];

/// Whether a text is a chart of Mermaid.
#[must_use]
pub fn is_one(text: &str) -> bool {
    beginning(text).is_some_and(|(word, _)| FLOWCHARTS.contains(&word) || OTHERS.contains(&word))
}

/// The flowcharts of a text. Charts of other sorts are told, where there is no flowchart beside them.
pub fn read(text: &str, issues: &mut Issues) -> Vec<Diagram> {
    let mut others = Vec::new();
    let mut charts = Vec::new();
    for block in blocks(text, &["mermaid", "mmd"], is_one) {
        let inside = text
            .get(block.span.start..block.span.end)
            .unwrap_or_default();
        match beginning(inside) {
            Some((word, at)) if FLOWCHARTS.contains(&word) => {
                charts.push(flowchart(text, &block, at + word.len(), issues));
            }
            Some((word, at)) => others.push((word, block.span.start + at)),
            None => {}
        }
    }
    if charts.is_empty() {
        for (word, at) in others {
            let message = format!("`{word}` is no flowchart");
            let help = "components and their calls are read from charts that begin with `flowchart` or `graph`";
            issues.error(Span::new(at, at + word.len()), message, help.to_owned());
        }
    }
    charts
}

/// The first word of a chart and where it stands, behind a head of settings and comments.
fn beginning(text: &str) -> Option<(&str, usize)> {
    let mut at = settings(text);
    for line in text.get(at..)?.split_inclusive('\n') {
        let trimmed = line.trim_start();
        if trimmed.trim_end().is_empty() || trimmed.starts_with("%%") {
            at += line.len();
            continue;
        }
        at += line.len() - trimmed.len();
        let end = trimmed.find(|c: char| c.is_whitespace() || c == ';');
        return Some((trimmed.get(..end.unwrap_or(trimmed.len()))?, at));
    }
    None
}

/// How long a head between lines of three dashes is, which may stand at the beginning.
fn settings(text: &str) -> usize {
    let start = text.len() - text.trim_start().len();
    let Some(inside) = text
        .get(start..)
        .and_then(|text| text.strip_prefix("---\n"))
    else {
        return 0;
    };
    let end = inside.find("\n---").map(|at| at + "\n---".len());
    end.map_or(0, |end| start + "---\n".len() + end)
}

/// What the head of settings calls the chart.
fn title(text: &str) -> Option<String> {
    let head = text.get(..settings(text))?;
    let mut titles = head.lines().filter_map(|line| line.strip_prefix("title:"));
    let title = titles.next()?.trim().trim_matches(['"', '\'']);
    (!title.is_empty()).then(|| title.to_owned())
}

/// Reads a flowchart from behind its first word.
fn flowchart(text: &str, block: &Block, from: usize, issues: &mut Issues) -> Diagram {
    let inside = text
        .get(block.span.start..block.span.end)
        .unwrap_or_default();
    let mut diagram = chart::read(inside, from, block.span.start, issues);
    diagram.title = title(inside).or_else(|| block.heading.clone());
    diagram.span = block.span;
    diagram
}
