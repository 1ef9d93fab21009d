//! The report of an interview as Markdown, to keep or to hand to a mentor.
//!
//! Knows listings and how Markdown is written; says nothing of its own.

use std::fmt::Write as _;

use super::reply::Finish;
use crate::report::plain::markdown as escaped;

/// The report of an interview as a Markdown document.
#[must_use]
pub fn markdown(finish: &Finish) -> String {
    let head = &finish.checked.head;
    let title = head.title.as_deref().unwrap_or("Interview");
    let mut text = format!("# {}\n", escaped(title));
    if let Some(assessment) = &finish.checked.assessment {
        let score = &assessment.score;
        let _ = write!(
            text,
            "\n{}: **{}%**, {} ({} of {} points)",
            assessment.level.word(),
            score.percent,
            score.band.title(),
            score.earned,
            score.possible
        );
        if let Some(cap) = &score.cap {
            let _ = write!(text, "; capped by {}", escaped(&cap.reason()));
        }
        text.push_str("\n\n| step | earned | possible |\n| --- | ---: | ---: |\n");
        for step in &score.steps {
            let (name, earned, possible) = (step.step.title(), step.earned, step.possible);
            let _ = writeln!(text, "| {name} | {earned} | {possible} |");
        }
    }
    // The terminal shows what matters most last; a document shows it first.
    for listing in finish.report.iter().rev() {
        let _ = write!(text, "\n## {}\n\n", escaped(&listing.title));
        for (left, right) in &listing.rows {
            let _ = writeln!(text, "- **{}**: {}", escaped(left), escaped(right));
        }
    }
    text
}
