//! The table of all designs of a report: how each did and what it fails by.
//!
//! Knows what a row holds; how it looks stands in the templates.

use serde::Serialize;

use super::Checked;
use super::section::is_wrong;
use crate::assess::Finding;
use crate::model::Severity;

/// A design in the table of all.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    /// The number of its section; none where it has none.
    number: Option<usize>,
    path: String,
    /// The path, where the name is another.
    file: Option<String>,
    name: String,
    readable: bool,
    judged: bool,
    author: Option<String>,
    problem: Option<String>,
    level: Option<&'static str>,
    percent: Option<f64>,
    band: Option<&'static str>,
    blockers: usize,
    majors: usize,
    minors: usize,
    failed_by: Vec<String>,
}

impl Row {
    /// The row of a design whose section has a number.
    pub(super) fn of(checked: &Checked, number: usize) -> Self {
        let head = &checked.head;
        let name = head.title.as_ref().unwrap_or(&checked.source.name).clone();
        let assessment = checked.assessment.as_ref();
        let count = |severity: Severity| {
            let findings = assessment.map_or(&[][..], |assessment| &assessment.findings);
            let counts = |finding: &&Finding| is_wrong(finding) && finding.severity == severity;
            findings.iter().filter(counts).count()
        };
        Self {
            number: Some(number),
            path: checked.source.name.clone(),
            file: Some(&checked.source.name)
                .filter(|path| **path != name)
                .cloned(),
            name,
            readable: assessment.is_some(),
            judged: assessment.is_some_and(|assessment| assessment.score.is_judged()),
            author: head.author.clone(),
            problem: head.problem.clone(),
            level: assessment.map(|assessment| assessment.level.word()),
            percent: assessment.map(|assessment| assessment.score.percent),
            band: assessment.map(|assessment| assessment.score.band.word()),
            blockers: count(Severity::Blocker),
            majors: count(Severity::Major),
            minors: count(Severity::Minor),
            failed_by: checked.objections(),
        }
    }

    /// The row of a design without a section.
    pub(super) fn alone(self) -> Self {
        Self {
            number: None,
            ..self
        }
    }
}
