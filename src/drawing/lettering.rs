//! How much room words take, and how long ones are broken.
//!
//! Knows letters. A picture is shown in whatever sans-serif font there is, so widths are those of a wide one.

use unicode_width::UnicodeWidthChar;

/// The width of a text in a font of a size, in the unit of the size.
pub(super) fn width(text: &str, size: f64, bold: bool) -> f64 {
    let ems: f64 = text.chars().map(letter).sum();
    ems * size * if bold { 1.1 } else { 1.0 }
}

/// The width of a letter in ems, after the widest fonts that are common.
fn letter(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' | '.' | ',' | ':' | ';' | '|' | '!' => 0.35,
        'f' | 'r' | 't' | 'I' | '(' | ')' | '[' | ']' | '-' | '/' | ' ' => 0.42,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '…' => 1.0,
        'A'..='Z' => 0.75,
        c if c.is_ascii() => 0.64,
        c => match c.width() {
            Some(0) | None => 0.0,
            Some(2) => 1.1,
            Some(_) => 0.72,
        },
    }
}

/// A text in lines of so many letters, and of so many lines at most; what is cut ends in an ellipsis.
pub(super) fn lines(text: &str, letters: usize, most: usize) -> Vec<String> {
    let options = textwrap::Options::new(letters)
        .word_splitter(textwrap::WordSplitter::HyphenSplitter)
        .break_words(true);
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut lines: Vec<String> = textwrap::wrap(&flat, options)
        .into_iter()
        .map(std::borrow::Cow::into_owned)
        .collect();
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = cut(last, letters);
        }
    }
    lines
}

/// A line with an ellipsis at its end, still of so many letters at most.
fn cut(line: &str, letters: usize) -> String {
    let mut kept = String::new();
    let mut taken = 1;
    for c in line.chars() {
        taken += c.width().unwrap_or(0);
        if taken > letters {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_broken_and_cut() {
        assert_eq!(lines("short", 10, 2), ["short"]);
        assert_eq!(
            lines("follower-list-service", 14, 2),
            ["follower-list-", "service"]
        );
        assert_eq!(lines("aaaaaaaaaaaa", 5, 2), ["aaaaa", "aaaa…"]);
        assert_eq!(lines("日本語日本語", 6, 1), ["日本…"]);
    }

    #[test]
    fn wide_letters_take_more_room() {
        assert!(width("mmm", 10.0, false) > width("iii", 10.0, false));
        assert!(width("日", 10.0, false) > width("a", 10.0, false));
        assert!(width("a", 10.0, true) > width("a", 10.0, false));
    }
}
