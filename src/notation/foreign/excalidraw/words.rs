//! Texts on a canvas: what makes a label of one, and what is a note and no label.
//!
//! Knows lines and letters; knows no places.

use super::elements::{Drawing, Element};
use crate::notation::foreign::label::{Label, cut};

/// Letters of a text that are looked at.
const MOST: usize = 4096;
/// The label that texts make, the upper ones first.
pub(super) fn label(drawing: &Drawing, texts: &[usize]) -> Label {
    let mut elements: Vec<(usize, &Element)> = texts
        .iter()
        .filter_map(|at| Some((*at, drawing.get(*at)?)))
        .collect();
    elements.sort_by(|(_, one), (_, two)| {
        let (one, two) = (one.rect(), two.rect());
        (one.top.total_cmp(&two.top)).then(one.left.total_cmp(&two.left))
    });
    let mut label = Label::default();
    for (_, element) in elements {
        // A sign without letters is part of the picture.
        if !element.words().contains(char::is_alphanumeric) {
            continue;
        }
        let part = named(element.words());
        if label.is_empty() {
            label = part;
        } else if !part.is_empty() {
            label.rest.push(part.name);
            label.rest.extend(part.rest);
        }
    }
    label
}

/// A text as a label: lines that were broken because their box is narrow, which leaves a space at their end, are joined.
fn named(text: &str) -> Label {
    let text = cut(text, MOST).replace("[[", "").replace("]]", "");
    let mut joined = String::new();
    for line in text.lines() {
        let is_broken = joined.ends_with(' ') && line.starts_with(char::is_alphanumeric);
        if !joined.is_empty() && !is_broken {
            joined.push('\n');
        }
        joined.push_str(line);
    }
    Label::plain(&joined)
}

/// Whether a text is too short to be more than a label.
pub(super) fn is_short(text: &str) -> bool {
    let lines = text.trim().lines().count();
    text.contains(char::is_alphanumeric) && lines <= 3 && text.chars().take(81).count() <= 80
}

/// Whether a label is a note: requirements, estimates, the columns of a table.
pub(super) fn is_note(label: &Label) -> bool {
    let lines: Vec<&String> = label.rest.iter().chain([&label.name]).collect();
    let letters: usize = lines.iter().map(|line| line.chars().count()).sum();
    lines.len() > 5 || letters > 160
}

/// A text as one line, for those who read what belongs to nothing.
pub(super) fn remark(text: &str) -> String {
    let lines = cut(text, MOST).lines().map(str::trim);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_joined_over_its_lines() {
        for (written, expected) in [
            ("Rate \nLimiter", "Rate Limiter"),
            ("Postgres\nTag Data\nStore", "Postgres|Tag Data|Store"),
            ("Chat API\n(backend)", "Chat API|(backend)"),
            ("Resolver\n10.0.0.4", "Resolver|10.0.0.4"),
            (
                "User submitting \njobs by a form on the site",
                "User submitting jobs by a form on the site",
            ),
            (
                "Codespace\nVS Code + VPN\nPostgreSQL extension",
                "Codespace|VS Code + VPN|PostgreSQL extension",
            ),
            ("[[Feed service]]", "Feed service"),
            ("", ""),
        ] {
            let label = named(written);
            let lines: Vec<String> = [label.name].into_iter().chain(label.rest).collect();
            assert_eq!(lines.join("|"), expected, "{written:?}");
        }
    }

    #[test]
    fn long_texts_are_notes() {
        assert!(is_note(&named("a 1\nb 2\nc 3\nd 4\ne 5\nf 6")));
        assert!(is_note(&named(&"word ".repeat(40))));
        assert!(!is_note(&named("Users DB\nPostgreSQL\n3 nodes")));
        assert!(is_short("Users DB"));
        assert!(!is_short("<>"));
    }
}
