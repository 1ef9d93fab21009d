//! The report as workflow commands of GitHub Actions: what is wrong, beside the line in a pull request.
//!
//! Knows commands and their escapes. GitHub shows ten annotations of a kind for each step; the rest stands in the log.

use super::{Checked, Region, Reporter, Style, Summary, paths, plain};
use crate::assess::{Assessment, Finding, Outcome};
use crate::model::spelling::counted;
use crate::model::{Place, Severity};
use crate::source::{Gravity, Issue};

/// Annotations of a kind that are shown for a step.
const SHOWN: usize = 10;

/// Writes a command for each finding.
#[derive(Debug)]
pub(super) struct GitHub {
    style: Style,
    errors: usize,
    warnings: usize,
    notices: usize,
}

/// What an annotation looks like.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Error,
    Warning,
    Notice,
}

impl GitHub {
    pub(super) const fn new(style: Style) -> Self {
        Self {
            style,
            errors: 0,
            warnings: 0,
            notices: 0,
        }
    }

    /// A command: `::error file=a,line=1,...,title=t::said`.
    fn command(
        &mut self,
        kind: Kind,
        (checked, at): (&Checked, Region),
        title: &str,
        said: &str,
    ) -> String {
        let (word, count) = match kind {
            Kind::Error => ("error", &mut self.errors),
            Kind::Warning => ("warning", &mut self.warnings),
            Kind::Notice => ("notice", &mut self.notices),
        };
        *count += 1;
        format!(
            "::{word} file={},{},title={}::{}\n",
            property(&paths::in_repository(&checked.source.name)),
            lines(at),
            property(title),
            data(said)
        )
    }

    fn issue(&mut self, checked: &Checked, issue: &Issue) -> String {
        let kind = match issue.gravity {
            Gravity::Error => Kind::Error,
            Gravity::Warning => Kind::Warning,
        };
        let help = issue.help.as_ref();
        let help = help
            .map(|help| format!("\nhelp: {help}"))
            .unwrap_or_default();
        let said = format!("{}{help}", issue.message);
        self.command(
            kind,
            (checked, checked.region(issue.span)),
            "sysdrill",
            &said,
        )
    }

    fn finding(&mut self, checked: &Checked, finding: &Finding) -> String {
        let kind = match finding.severity {
            _ if checked.gate.stops(finding) => Kind::Error,
            Severity::Blocker | Severity::Major | Severity::Minor => Kind::Warning,
            Severity::Note => Kind::Notice,
        };
        let at = checked.region(checked.span(finding.place));
        let said = format!(
            "{}\nWhy: {}\nDo: {}",
            finding.message, finding.why, finding.fix
        );
        let title = format!("{} ({})", finding.rule, finding.severity);
        self.command(kind, (checked, at), &title, &said)
    }

    /// A score that is too low, which no finding would tell.
    fn score(&mut self, checked: &Checked) -> String {
        let told = checked.low_score().map(|said| {
            let at = checked.region(checked.span(Place::Design));
            self.command(Kind::Error, (checked, at), "sysdrill (score)", &said)
        });
        told.unwrap_or_default()
    }

    /// What is open in a design, in one notice: what it does not state.
    fn open(&mut self, checked: &Checked, assessment: &Assessment) -> String {
        let mut missing: Vec<&str> = assessment
            .findings
            .iter()
            .filter(|finding| finding.outcome == Outcome::NotStated && finding.allowed.is_none())
            .flat_map(|finding| &finding.missing)
            .map(String::as_str)
            .collect();
        missing.sort_unstable();
        missing.dedup();
        let inferred = checked.inferred();
        missing.extend(inferred.as_deref());
        if missing.is_empty() {
            return String::new();
        }
        let at = checked.region(checked.span(Place::Design));
        let said = format!("Not stated, and so not judged: {}", missing.join("; "));
        self.command(Kind::Notice, (checked, at), "sysdrill", &said)
    }
}

impl Reporter for GitHub {
    fn design(&mut self, checked: &Checked, _: String) -> String {
        let mut written = String::new();
        for issue in &checked.issues {
            written.push_str(&self.issue(checked, issue));
        }
        let Some(assessment) = &checked.assessment else {
            return written;
        };
        let quiet = self.style.quiet;
        written.push_str(&self.score(checked));
        for finding in assessment.findings.iter().filter(|finding| {
            finding.outcome == Outcome::Missed
                && finding.allowed.is_none()
                && !(quiet && finding.severity == Severity::Note)
        }) {
            written.push_str(&self.finding(checked, finding));
        }
        if !quiet {
            written.push_str(&self.open(checked, assessment));
        }
        written
    }

    fn end(&mut self, summary: &Summary) -> String {
        let mut said = format!(
            "{} checked, {} below the bar, {} could not be checked\n",
            counted(summary.designs, "design", "designs"),
            summary.failed,
            counted(summary.errors, "file", "files")
        );
        for (word, count) in [
            ("errors", self.errors),
            ("warnings", self.warnings),
            ("notices", self.notices),
        ] {
            if count > SHOWN {
                said.push_str(&format!(
                    "{count} {word}: {SHOWN} are shown beside the lines, all of them stand in this log\n"
                ));
            }
        }
        said
    }
}

/// Where an annotation stands. Columns end with the last character, and are left out where they are in several lines.
fn lines(at: Region) -> String {
    let (start, end) = (at.start, at.end);
    if start.line == end.line {
        let last = end.column.saturating_sub(1).max(start.column);
        format!(
            "line={},endLine={},col={},endColumn={last}",
            start.line, end.line, start.column
        )
    } else {
        // A region that ends before the first character of a line ends with the line before.
        let last = if end.column > 1 {
            end.line
        } else {
            end.line - 1
        };
        format!("line={},endLine={last}", start.line)
    }
}

/// Text after the second pair of colons.
fn data(said: &str) -> String {
    plain::lines(said)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property.
fn property(value: &str) -> String {
    data(value).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Position;

    #[test]
    fn nothing_in_a_text_ends_it_or_starts_a_command() {
        assert_eq!(data("a\nerror::b 100%"), "a%0Aerror::b 100%25");
        assert_eq!(property("a,line=1::b\r"), "a%2Cline=1%3A%3Ab");
    }

    #[test]
    fn columns_stand_for_one_line_alone() {
        let at = |line, column| Position { line, column };
        let region = |start, end| Region { start, end };
        assert_eq!(
            lines(region(at(2, 3), at(2, 9))),
            "line=2,endLine=2,col=3,endColumn=8"
        );
        assert_eq!(
            lines(region(at(2, 3), at(2, 3))),
            "line=2,endLine=2,col=3,endColumn=3"
        );
        assert_eq!(lines(region(at(2, 3), at(5, 4))), "line=2,endLine=5");
        assert_eq!(lines(region(at(2, 3), at(5, 1))), "line=2,endLine=4");
    }
}
