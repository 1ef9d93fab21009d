//! Charts of Mermaid that show components and calls, alone in a file or fenced in Markdown.
//!
//! Knows where charts stand and what their first line says; how their lines are read is the business of each sort's own file.

mod architecture;
mod c4;
mod chart;
mod links;
mod shapes;
#[cfg(test)]
mod tests;

use super::cursor::Cursor;
use super::diagram::Diagram;
use super::fences::blocks;
use crate::source::{Issues, Span};

/// Reads a chart from behind its first word, given where it stands.
type Reader = fn(Cursor<'_>, Span, &mut Issues) -> Diagram;

/// The words that charts of components begin with.
const CHARTS: &[(&str, Reader)] = &[
    ("graph", chart::read),
    ("flowchart", chart::read),
    ("architecture-beta", architecture::read),
    ("architecture", architecture::read),
    ("C4Context", c4::read),
    ("C4Container", c4::read),
    ("C4Component", c4::read),
    ("C4Dynamic", c4::read),
    ("C4Deployment", c4::read),
];

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
    "zenuml",
];

/// Whether a text is a chart of Mermaid.
#[must_use]
pub fn is_one(text: &str) -> bool {
    beginning(text).is_some_and(|(word, _)| reader(word).is_some() || OTHERS.contains(&word))
}

/// What reads the charts that begin with a word.
fn reader(word: &str) -> Option<Reader> {
    let found = CHARTS.iter().find(|(known, _)| *known == word);
    found.map(|(_, reader)| *reader)
}

/// The charts of components of a text. Those of other sorts are told, where there is none beside them.
pub fn read(text: &str, issues: &mut Issues) -> Vec<Diagram> {
    let mut others = Vec::new();
    let mut charts = Vec::new();
    for block in blocks(text, &["mermaid", "mmd"], is_one) {
        let inside = text
            .get(block.span.start..block.span.end)
            .unwrap_or_default();
        let Some((word, at)) = beginning(inside) else {
            continue;
        };
        let Some(read) = reader(word) else {
            others.push((word, block.span.start + at));
            continue;
        };
        let mut cursor = Cursor::new(inside, block.span.start);
        cursor.at = at + word.len();
        let mut diagram = read(cursor, block.span, issues);
        let title = title(inside).or(diagram.title).or(block.heading);
        diagram.title = title;
        charts.push(diagram);
    }
    if charts.is_empty() {
        for (word, at) in others {
            let message = format!("`{word}` shows no components");
            let help = "components and their calls are read from charts that begin with `flowchart`, `graph`, `architecture-beta` or `C4`";
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
