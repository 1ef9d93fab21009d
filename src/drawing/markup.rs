//! Text from strangers inside of XML, where it can neither end an attribute nor begin an element.
//!
//! Knows characters; knows not whose text it is.

/// A text for an element or for an attribute between double quotes. What XML forbids, and what hides text or turns its
/// direction, is shown as a replacement character.
pub(super) fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '&' => shown.push_str("&amp;"),
            '"' => shown.push_str("&quot;"),
            '\'' => shown.push_str("&#39;"),
            '\n' | '\t' | '\r' => shown.push(' '),
            c if is_shown(c) => shown.push(c),
            _ => shown.push('\u{fffd}'),
        }
    }
    shown
}

/// Whether a character has a look of its own.
pub(super) fn is_shown(c: char) -> bool {
    let reorders_or_hides = matches!(
        c,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
    );
    !c.is_control() && !reorders_or_hides
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
