//! The marks that people begin lines with: those of items and of headings.
//!
//! Knows signs and numbers; knows no words.

/// The text of an item of a list: `- text`, `* text`, `1. text`, `2) text`.
pub(in crate::coach) fn item(line: &str) -> Option<&str> {
    let rest = match line.strip_prefix(['-', '*', '•']) {
        Some(rest) => rest,
        None => {
            let number = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let rest = line.get(number..).filter(|_| (1..=2).contains(&number))?;
            rest.strip_prefix(['.', ')'])?
        }
    };
    let text = rest.strip_prefix(' ')?.trim_start();
    (!text.is_empty()).then_some(text)
}

/// The most signs that a heading begins with.
const MOST_HASHES: usize = 6;

/// What encloses words that stand out.
const EMPHASIS: &[&str] = &["**", "__", "*", "_"];

/// The text of a heading as people mark one, `## Out of scope` or `**Out of scope:**`, without its signs and its number.
pub(in crate::coach) fn heading(line: &str) -> Option<&str> {
    let hashes = line.len() - line.trim_start_matches('#').len();
    let marked = line
        .get(hashes..)
        .filter(|rest| (1..=MOST_HASHES).contains(&hashes) && rest.starts_with(' '));
    let text = match marked {
        Some(text) => without_number(plain_heading(text)),
        None => plain_heading(line),
    };
    let strong = EMPHASIS
        .iter()
        .find_map(|sign| text.strip_prefix(sign)?.strip_suffix(sign));
    let text = strong.or_else(|| marked.map(|_| text))?;
    let text = without_number(plain_heading(text));
    (!text.is_empty()).then_some(text)
}

/// A heading without the number before it.
fn without_number(text: &str) -> &str {
    match text.split_once(' ') {
        Some((number, rest)) if is_numbering(number) => rest.trim_start(),
        _ => text,
    }
}

/// A heading without the colon behind it.
fn plain_heading(text: &str) -> &str {
    text.trim().trim_end_matches(':').trim_end()
}

/// Whether a word counts what it stands before: `1.`, `2)`, `1.2`.
fn is_numbering(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        && word.contains(['.', ')'])
        && word
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ')'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_lists_are_told_from_what_only_begins_so() {
        for (line, text) in [
            ("- group chat", Some("group chat")),
            ("1. group chat", Some("group chat")),
            ("2) group chat", Some("group chat")),
            ("• group chat", Some("group chat")),
            ("-> db", None),
            ("1.5 KB", None),
            ("100 M users", None),
            ("- ", None),
        ] {
            assert_eq!(item(line), text, "{line}");
        }
    }

    #[test]
    fn headings_are_known_by_their_signs() {
        for (line, text) in [
            ("## Out of scope", Some("Out of scope")),
            ("# 2. Out of scope:", Some("Out of scope")),
            ("### 1.2 **Out of scope**", Some("Out of scope")),
            ("**Out of scope:**", Some("Out of scope")),
            ("__Out of scope__:", Some("Out of scope")),
            ("## 99.9% available", Some("99.9% available")),
            ("Out of scope", None),
            ("#1 is latency", None),
            ("# ", None),
            ("**Upload**: files", None),
        ] {
            assert_eq!(heading(line), text, "{line}");
        }
    }
}
