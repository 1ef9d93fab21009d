//! Pairs of near-identical designs for other tools, for spreadsheets and as Markdown.
//!
//! Knows keys, cells and Markdown; what stands in them is that of the pages.

use serde::Serialize;

use super::{MOST_COMPONENTS, Pair, PhraseView, Similar, row};
use crate::assess::round;
use crate::report::site::{Candidate, csv};
use crate::report::{json, plain};

#[derive(Debug, Serialize)]
struct PairJson<'a> {
    problem: Option<&'a str>,
    first: SideJson<'a>,
    second: SideJson<'a>,
    drawing: f64,
    text: f64,
    components: Vec<SameJson<'a>>,
    phrases: Vec<PhraseView>,
    mistakes: Vec<MistakeJson<'a>>,
}

#[derive(Debug, Serialize)]
struct SideJson<'a> {
    candidate: &'a str,
    path: &'a str,
}

#[derive(Debug, Serialize)]
struct SameJson<'a> {
    first: &'a str,
    second: &'a str,
    stated: &'a [String],
    whole: bool,
    around: bool,
}

#[derive(Debug, Serialize)]
struct MistakeJson<'a> {
    rule: &'a str,
    message: &'a str,
}

/// All pairs for other tools.
pub(in crate::report::site) fn json(similar: &Similar<'_>) -> String {
    json::list(
        similar
            .pairs
            .iter()
            .map(|pair| json::text(&pair_json(pair))),
    )
}

fn pair_json<'a>(pair: &'a Pair<'_>) -> PairJson<'a> {
    let side = |one: &'a Candidate<'_>| SideJson {
        candidate: &one.name,
        path: &one.checked.source.name,
    };
    let same = pair.common.components.iter().take(MOST_COMPONENTS);
    PairJson {
        problem: pair.first.checked.head.problem.as_deref(),
        first: side(pair.first),
        second: side(pair.second),
        drawing: round(pair.likeness.drawing, 3),
        text: round(pair.likeness.text, 3),
        components: same
            .map(|same| SameJson {
                first: pair.first.design.id(same.first),
                second: pair.second.design.id(same.second),
                stated: &same.stated,
                whole: same.is_whole,
                around: same.is_around,
            })
            .collect(),
        phrases: pair.phrases(),
        mistakes: pair
            .mistakes
            .iter()
            .map(|finding| MistakeJson {
                rule: &finding.rule,
                message: &finding.message,
            })
            .collect(),
    }
}

/// All pairs as a table for spreadsheets.
pub(in crate::report::site) fn table(similar: &Similar<'_>) -> String {
    let head = [
        "first",
        "second",
        "problem",
        "drawing",
        "text",
        "components",
        "phrases",
        "mistakes",
    ];
    let mut text = csv::row(&head.map(str::to_owned));
    for pair in &similar.pairs {
        let row = row(pair);
        let counts = [
            pair.common.components.len(),
            pair.common.phrases.len(),
            pair.mistakes.len(),
        ];
        let mut cells = vec![
            row.first.name,
            row.second.name,
            row.problem,
            row.drawing,
            row.text,
        ];
        cells.extend(counts.map(|count| count.to_string()));
        text.push_str(&csv::row(&cells));
    }
    text
}

/// All pairs as Markdown, for the mentor alone: reviews for candidates say nothing of it.
pub(in crate::report::site) fn markdown(similar: &Similar<'_>) -> String {
    let said = plain::markdown;
    let mut text =
        "# Similar designs\n\nHints to look at both; they say nothing of how it came about.\n"
            .to_owned();
    if similar.pairs.is_empty() {
        text.push_str("\nNone were found.\n");
    }
    for pair in &similar.pairs {
        let row = row(pair);
        text.push_str(&format!(
            "\n## {} and {}\n\nDrawing {}, text {}: {}.\n\n",
            said(&row.first.name),
            said(&row.second.name),
            row.drawing,
            row.text,
            row.shares
        ));
        for phrase in pair.phrases() {
            text.push_str(&format!(
                "- line {} and line {}: {}\n",
                phrase.first.line,
                phrase.second.line,
                said(&phrase.first.text)
            ));
        }
    }
    text
}
