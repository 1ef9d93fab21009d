//! What helps against mistakes of YAML itself.
//!
//! Knows the parser's mistakes by their kind; knows no tree.

use granit_parser::ErrorKind;

use crate::source::Span;

/// The first line that a merge left in a text where both sides had changed something.
pub(super) fn conflict(text: &str) -> Option<Span> {
    let mut start = 0;
    text.split_inclusive('\n').find_map(|line| {
        let at = start;
        start += line.len();
        let line = line.trim_end();
        is_of_conflict(line).then(|| Span::new(at, at + line.len()))
    })
}

/// Whether a line is one of those that git sets around and between what two sides say.
fn is_of_conflict(line: &str) -> bool {
    let is_side = |sign: &str| {
        line.strip_prefix(sign)
            .is_some_and(|rest| rest.starts_with(' '))
    };
    line == "======="
        || ["<<<<<<<", "|||||||", ">>>>>>>"]
            .iter()
            .any(|sign| is_side(sign))
}

/// What usually helps against a mistake of YAML itself, by its kind and by what stands there.
pub(super) fn cure(kind: &ErrorKind, text: &str, at: usize) -> Option<String> {
    let is_entry_or_text = matches!(kind, ErrorKind::ExpectedFlowMappingSeparator)
        && text.get(at..).is_some_and(|rest| rest.starts_with(": "));
    if is_entry_or_text {
        return Some(
            "quote a text that contains `: `, or set the comma that is missing before this entry"
                .to_owned(),
        );
    }
    if let Some(cure) = known_cure(kind) {
        return Some(cure.to_owned());
    }
    let start = text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    let line = text.get(start..)?.lines().next()?;
    if line.starts_with('\t') || line.trim_start_matches(' ').starts_with('\t') {
        return Some("indent with spaces, not with tabs".to_owned());
    }
    let entry = line.trim_start_matches(' ').strip_prefix('-');
    if entry.is_some_and(|rest| rest.starts_with(char::is_alphanumeric)) {
        return Some("begin an entry of a list with a dash and a space: `- `".to_owned());
    }
    if line.matches(": ").count() > 1 && !line.contains(['{', '"', '\'']) {
        return Some("quote a text that contains `: `".to_owned());
    }
    let before = text.get(..start)?.lines().next_back().unwrap_or_default();
    if is_open(line) || is_open(before) {
        return Some("look for a quote or bracket that is not closed".to_owned());
    }
    Some("look at the indentation here and on the line before".to_owned())
}

/// Whether a line leaves a quote or a bracket open, or closes one that it has not opened.
fn is_open(line: &str) -> bool {
    let count = |signs: &[char]| line.matches(signs).count();
    let is_odd = |quote: char| count(&[quote]) % 2 == 1;
    is_odd('"') || is_odd('\'') || count(&['[', '{']) != count(&[']', '}'])
}

/// What helps against mistakes whose kind says enough.
fn known_cure(kind: &ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::UnknownAnchor | ErrorKind::MissingAnchorOrAliasName => {
            "quote a text that begins with `*` or `&`; an alias stands for what has its anchor before it"
        }
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar => "indent with spaces, not with tabs",
        ErrorKind::UnknownQuotedScalarEscape | ErrorKind::InvalidQuotedScalarHexEscape => {
            "a backslash in double quotes is written twice, one in single quotes stands for itself"
        }
        ErrorKind::UnexpectedCharacter {
            character: '|' | '>',
        } => "within brackets, a text of several lines stands in quotes",
        ErrorKind::ExpectedBlockSequenceEntry => {
            "begin an entry of the list with `- `; nothing can be added to one that ends with a bracket"
        }
        ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => {
            "look for a comma that is missing between two entries, or for a bracket that is not closed"
        }
        ErrorKind::UnexpectedCharacter { character } if character.is_control() => {
            "remove the control character, which a terminal may have left there"
        }
        ErrorKind::UnexpectedCharacter { .. } => {
            "quote a text that begins with a sign such as `@`, `%` or a backtick"
        }
        _ => return None,
    })
}
