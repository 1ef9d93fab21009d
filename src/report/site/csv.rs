//! The class as a table for spreadsheets, by RFC 4180.
//!
//! Knows quoting, and that spreadsheets run what looks like a formula; knows no page.

use super::attempts::AllSeries;
use super::similar::{self, Similar};
use super::{Candidate, mentors};
use crate::model::{Severity, Step};
use crate::report::{Reviewed, plain};

/// A row for each design below a head, in the order of the class.
pub(super) fn table(
    candidates: &[Candidate<'_>],
    series: &AllSeries<'_>,
    similar: &Similar<'_>,
) -> String {
    let mut head: Vec<String> = ["candidate", "problem", "level", "percent", "band"]
        .map(str::to_owned)
        .to_vec();
    head.extend(Step::ALL.iter().map(|step| step.word().to_owned()));
    let severities = Severity::ALL.iter().rev();
    head.extend(severities.map(|severity| format!("{}s", severity.word())));
    head.extend(
        [
            "gravest",
            "attempt",
            "attempts",
            "day",
            "change",
            "similar_to",
        ]
        .map(str::to_owned),
    );
    head.extend(["mentors", "mark", "percent_with_word"].map(str::to_owned));
    let mut text = row(&head);
    for candidate in in_order(candidates) {
        let mut cells = cells(candidate);
        cells.extend(attempt(candidate, series));
        cells.push(similar::names(similar, candidate));
        cells.extend(words(&candidate.checked.reviews));
        text.push_str(&row(&cells));
    }
    text
}

fn cells(candidate: &Candidate<'_>) -> Vec<String> {
    let score = &candidate.assessment.score;
    let mut cells = vec![
        candidate.name.clone(),
        candidate.checked.head.problem.clone().unwrap_or_default(),
        candidate.assessment.level.word().to_owned(),
        score.percent.to_string(),
        score.band.word().to_owned(),
    ];
    cells.extend(score.steps.iter().map(|step| {
        if step.possible > 0.0 {
            step.percent().to_string()
        } else {
            String::new()
        }
    }));
    let open = || {
        let findings = candidate.assessment.findings.iter();
        findings.filter(|finding| finding.allowed.is_none())
    };
    for severity in Severity::ALL.iter().rev() {
        let count = open()
            .filter(|finding| finding.severity == *severity)
            .count();
        cells.push(count.to_string());
    }
    cells.push(
        open()
            .next()
            .map(|finding| finding.rule.clone())
            .unwrap_or_default(),
    );
    cells
}

/// Which attempt it is of how many, when it was made, and how much more it scored than the one before.
fn attempt(candidate: &Candidate<'_>, series: &AllSeries<'_>) -> [String; 4] {
    let attempt = &candidate.attempt;
    let own = series.get(&attempt.candidate);
    [
        attempt.number.to_string(),
        attempt.of.to_string(),
        attempt.day.clone().unwrap_or_default(),
        own.and_then(|series| series.since_before(candidate))
            .unwrap_or_default(),
    ]
}

/// Who reviewed it, with the mean of the marks, and of the scores with the mentors' word.
fn words(reviews: &[Reviewed]) -> [String; 3] {
    let names: Vec<&str> = reviews.iter().map(|one| one.mentor.as_str()).collect();
    let (mark, with) = mentors::in_the_mean(reviews);
    let shown = |mean: Option<f64>| mean.map_or_else(String::new, |mean| mean.to_string());
    [names.join("; "), shown(mark), shown(with)]
}

/// Candidates in the order of the class.
pub(super) fn in_order<'c>(candidates: &'c [Candidate<'c>]) -> Vec<&'c Candidate<'c>> {
    let mut in_order: Vec<&Candidate<'_>> = candidates.iter().collect();
    in_order.sort_by_key(|candidate| candidate.at);
    in_order
}

/// A row of cells.
pub(super) fn row(cells: &[String]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|cell| quoted(&plain::line(cell)))
        .collect();
    format!("{}\r\n", cells.join(","))
}

/// A cell that no spreadsheet runs: one that begins like a formula gets an apostrophe in front, as OWASP advises.
fn quoted(cell: &str) -> String {
    let runs =
        cell.trim_start().starts_with(['=', '+', '-', '@']) || cell.starts_with(['\t', '\r', '\n']);
    let is_number = cell.parse::<f64>().is_ok();
    let guard = if runs && !is_number { "'" } else { "" };
    if guard.is_empty() && !cell.contains(['"', ',', '\n', '\r']) {
        return cell.to_owned();
    }
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_runs_in_a_spreadsheet() {
        assert_eq!(quoted("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        for cell in ["+1+1", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", " =1"] {
            assert!(quoted(cell).starts_with("\"'"), "{cell}");
        }
        assert_eq!(quoted("-3.5"), "-3.5");
        assert_eq!(quoted("a, b"), "\"a, b\"");
        assert_eq!(quoted("plain"), "plain");
    }
}
