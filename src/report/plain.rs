//! Text from strangers, made harmless: nothing that moves a cursor, hides a line or forges markup.
//!
//! Knows characters; knows not whose text it is.

/// Text in which control characters and characters that change the direction of writing are shown as escapes. Line breaks
/// become spaces.
#[must_use]
pub fn line(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c == '\n' || c == '\t' || c == '\r' {
                ' '
            } else {
                c
            }
        })
        .collect::<String>()
        .escaped()
}

/// As [`line()`], but line breaks stay.
#[must_use]
pub fn lines(text: &str) -> String {
    text.split('\n')
        .map(|piece| piece.trim_end_matches('\r').replace('\t', "    ").escaped())
        .collect::<Vec<_>>()
        .join("\n")
}

trait Escaped {
    fn escaped(&self) -> String;
}

impl Escaped for str {
    fn escaped(&self) -> String {
        let mut shown = String::with_capacity(self.len());
        for c in self.chars() {
            if is_harmful(c) {
                shown.extend(c.escape_unicode());
            } else {
                shown.push(c);
            }
        }
        shown
    }
}

/// Control characters, and those that reorder or hide text.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Text that Markdown shows as it is.
#[must_use]
pub fn markdown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in line(text).chars() {
        match c {
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '&' => shown.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' | '@' => {
                shown.push('\\');
                shown.push(c);
            }
            c => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_the_terminal_are_shown_not_obeyed() {
        assert_eq!(line("a\u{1b}[2Jb\nc"), "a\\u{1b}[2Jb c");
        assert_eq!(line("\u{202e}abc"), "\\u{202e}abc");
    }

    #[test]
    fn markup_stays_text() {
        assert_eq!(
            markdown("<b>*x*</b> [a](b)"),
            "&lt;b&gt;\\*x\\*&lt;/b&gt; \\[a\\](b)"
        );
    }
}
