//! What is known of something, on a card: a title, a few words, and rows.
//!
//! Knows how a card is written as Markdown and as plain text; knows not what is on it.

use crate::report::plain;

/// A card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// What it is about.
    pub title: String,
    /// What that is, in a word or two.
    pub sort: String,
    /// What is said of it.
    pub words: Vec<String>,
    /// What is known of it: a label and words each.
    pub rows: Vec<(String, String)>,
    /// Lines that stand as they are.
    pub lines: String,
}

impl Card {
    /// A card of a title.
    pub(super) fn new(title: &str, sort: &str) -> Self {
        Self {
            title: title.to_owned(),
            sort: sort.to_owned(),
            ..Self::default()
        }
    }

    /// With words, where there are some.
    pub(super) fn with_words(mut self, words: &str) -> Self {
        if !words.trim().is_empty() {
            self.words.push(words.trim().to_owned());
        }
        self
    }

    /// With a row, where there is something to say.
    pub(super) fn with_row(mut self, label: &str, words: impl Into<String>) -> Self {
        let words = words.into();
        if !words.is_empty() {
            self.rows.push((label.to_owned(), words));
        }
        self
    }

    /// As Markdown, in which nothing on the card is markup.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut parts = vec![format!("**{}**", escaped(&self.title))];
        if let (Some(title), false) = (parts.first_mut(), self.sort.is_empty()) {
            title.push_str(&format!(" ({})", escaped(&self.sort)));
        }
        parts.extend(self.words.iter().map(|words| escaped(words)));
        let rows = self.rows.iter();
        let rows: Vec<String> = rows
            .map(|(label, words)| format!("- {label}: {}", escaped(words)))
            .collect();
        parts.extend((!rows.is_empty()).then(|| rows.join("\n")));
        parts.extend(self.fenced());
        parts.join("\n\n")
    }

    /// The lines between fences that are longer than any of their own.
    fn fenced(&self) -> Option<String> {
        let longest = self.lines.split(|c| c != '`').map(str::len).max();
        let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
        let lines = plain::lines(self.lines.trim_end());
        (!lines.is_empty()).then(|| format!("{fence}text\n{lines}\n{fence}"))
    }

    /// As text.
    #[must_use]
    pub fn text(&self) -> String {
        let sort = match self.sort.as_str() {
            "" => String::new(),
            sort => format!(" ({sort})"),
        };
        let mut parts = vec![plain::line(&format!("{}{sort}", self.title))];
        parts.extend(self.words.iter().map(|words| plain::line(words)));
        let rows = self.rows.iter();
        parts.extend(rows.map(|(label, words)| format!("{label}: {}", plain::line(words))));
        let lines = plain::lines(self.lines.trim_end());
        parts.extend((!lines.is_empty()).then_some(lines));
        parts.join("\n")
    }
}

/// Text that Markdown shows as it is. What stands between backticks is code, in which nothing is markup either.
fn escaped(text: &str) -> String {
    let pieces: Vec<&str> = text.split('`').collect();
    let code = || pieces.iter().skip(1).step_by(2);
    let has_code = pieces.len() % 2 == 1 && code().all(|code| !code.trim().is_empty());
    if !has_code {
        return escaped_words(text);
    }
    let pieces = pieces.iter().enumerate().map(|(at, piece)| match at % 2 {
        0 => escaped_words(piece),
        _ => format!("`{}`", plain::line(piece)),
    });
    pieces.collect()
}

/// Words without code. An underscore within a word is no markup, and some editors show its escape.
fn escaped_words(text: &str) -> String {
    let escaped = plain::markdown(text);
    let mut shown = String::with_capacity(escaped.len());
    let mut rest = escaped.as_str();
    while let Some((before, behind)) = rest.split_once("\\_") {
        shown.push_str(before);
        let is_within =
            shown.ends_with(char::is_alphanumeric) && behind.starts_with(char::is_alphanumeric);
        shown.push_str(if is_within { "_" } else { "\\_" });
        rest = behind;
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_on_a_card_is_markup() {
        let mut card = Card::new("*a* <b>", "`c`")
            .with_words("[x](command:y)\n# z")
            .with_words(" ")
            .with_words("draw `a -> b_c*`, not `")
            .with_words("draw `a -> b_c*`, `` and `x`")
            .with_words("draw `a -> b_c*`\nand `<x>`")
            .with_row("rate", "1_000 _x_ a__b \\_c")
            .with_row("none", "");
        card.lines = "```\n</code>\u{1b}[2J".to_owned();
        assert_eq!(
            card.markdown(),
            "**\\*a\\* &lt;b&gt;** (`c`)\n\n\\[x\\](command:y) \\# z\n\n\
            draw \\`a -&gt; b_c\\*\\`, not \\`\n\ndraw \\`a -&gt; b_c\\*\\`, \\`\\` and \\`x\\`\n\n\
            draw `a -> b_c*` and `<x>`\n\n- rate: 1_000 \\_x\\_ a\\_\\_b \\\\\\_c\n\n\
            ````text\n```\n</code>\\u{1b}[2J\n````"
        );
        let text = card.text();
        assert!(text.starts_with("*a* <b> (`c`)\n[x](command:y) # z\ndraw `a -> b_c*`, not `\n"));
        assert!(text.contains("\nrate: 1_000 _x_ a__b \\_c\n"));
    }
}
