//! All rules as a Markdown document: what `docs/rules.md` holds.
//!
//! Knows how the lists look; what the rules say is data.

use std::fmt::Write as _;

use super::plain;
use crate::rubric::Rule;

/// The rules in their order, a table for each topic under the problem that they are for.
#[must_use]
pub fn rules_markdown<'r>(rules: impl Iterator<Item = &'r Rule>) -> String {
    let mut text = String::new();
    let mut heading = None;
    for rule in rules {
        let place = (rule.problem.as_deref(), rule.topic.as_str());
        if heading != Some(place) {
            heading = Some(place);
            let (scope, topic) = (place.0.unwrap_or("every design"), place.1);
            let title = if scope == topic {
                scope.to_owned()
            } else {
                format!("{topic} ({scope})")
            };
            let _ = write!(
                text,
                "\n## {title}\n\n| rule | what is wrong | severity | step | why |\n| --- | --- | --- | --- | --- |\n"
            );
        }
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} | {} |",
            rule.id,
            plain::markdown(&rule.title),
            rule.severity,
            rule.step.title(),
            plain::markdown(&rule.why.split_whitespace().collect::<Vec<_>>().join(" ")),
        );
    }
    text
}
