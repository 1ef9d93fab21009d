//! Text from strangers inside of XML and HTML, where it can neither end an attribute nor begin an element.
//!
//! Knows characters; knows not whose text it is.

/// A text of a picture, for an element or for an attribute between quotes, in one line. What XML forbids, and what hides text
/// or turns its direction, is shown as a replacement character.
pub(super) fn escaped(text: &str) -> String {
    let shown = text.chars().map(|c| match c {
        '\n' | '\t' | '\r' => ' ',
        c if is_harmful(c) => '\u{fffd}',
        c => c,
    });
    entities(shown)
}

/// Characters with those that XML and HTML read as markup as entities.
#[must_use]
pub fn entities(text: impl Iterator<Item = char>) -> String {
    let mut shown = String::new();
    for c in text {
        match c {
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '&' => shown.push_str("&amp;"),
            '"' => shown.push_str("&quot;"),
            '\'' => shown.push_str("&#39;"),
            c => shown.push(c),
        }
    }
    shown
}

/// Control characters, those that reorder or hide text, and those that are no characters and that XML refuses.
#[must_use]
pub fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
        || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_stays_text() {
        assert_eq!(
            escaped("<a href=\"x\" b='y'>&\u{0}\u{202e}\n"),
            "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;\u{fffd}\u{fffd} "
        );
    }
}
