//! Text from strangers, made harmless: nothing that moves a cursor, hides a line or forges markup.
//!
//! Knows characters; knows not whose text it is.

use crate::drawing::markup::{entities, is_harmful};

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

/// Text in which runners of build jobs find no command: those of GitHub begin a line with `::`, or stand anywhere behind
/// `##[`; those of Azure Pipelines and TeamCity begin with `##vso[` and `##teamcity[`. The first character is replaced by
/// one that looks like it and is as wide, so that carets below stay where they are.
#[must_use]
pub fn without_commands(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start();
        let (indent, rest) = line.split_at(line.len() - rest.len());
        shown.push_str(indent);
        let rest = match rest.strip_prefix("::") {
            Some(rest) => {
                shown.push_str("\u{a789}:"); // MODIFIER LETTER COLON
                rest
            }
            None => rest,
        };
        for (at, c) in rest.char_indices() {
            let behind = rest.get(at..).and_then(|from| from.strip_prefix("##"));
            if behind.is_some_and(starts_command) {
                shown.push('\u{266f}'); // MUSIC SHARP SIGN
            } else {
                shown.push(c);
            }
        }
    }
    shown
}

/// Whether what follows `##` makes a command of it: a bracket, or a word that may have one.
fn starts_command(text: &str) -> bool {
    text.starts_with(|c: char| c == '[' || c.is_ascii_alphabetic())
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
        without_commands(&shown)
    }
}

/// The beginning of a text that has more letters than so many.
pub(super) fn shortened(text: &str, letters: usize) -> String {
    match text.char_indices().nth(letters) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Text that HTML and XML show as it is, between tags and in quoted attributes.
#[must_use]
pub fn markup(text: &str) -> String {
    entities(lines(text).chars())
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
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' | '@' | '$' => {
                shown.push('\\');
                shown.push(c);
            }
            c => shown.push(c),
        }
    }
    shown
}

/// Prose of which what stands between backticks is code, in HTML; all else of it is shown as it is.
#[must_use]
pub fn markup_prose(text: &str) -> String {
    prose(text, markup, |code| {
        format!("<code>{}</code>", markup(code))
    })
}

/// The same in Markdown, where nothing within a code span means anything but its end.
#[must_use]
pub fn markdown_prose(text: &str) -> String {
    prose(text, markdown, markdown_code)
}

/// A code span of Markdown. What would be markup if some reader took it for no code is shown as a text between backticks.
#[must_use]
pub fn markdown_code(text: &str) -> String {
    let code = line(text);
    if code.contains(['`', '<', '>', '&', '[', ']', '!', '|', '@', '\\']) {
        return markdown(&format!("`{text}`"));
    }
    format!("`{code}`")
}

/// A backtick without another one is but itself, and so are two with nothing between them.
fn prose(text: &str, plain: fn(&str) -> String, coded: impl Fn(&str) -> String) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('`') {
        let code = after.split_once('`');
        let Some((code, behind)) = code.filter(|(code, _)| !code.trim().is_empty()) else {
            let end = before.len() + 1;
            shown.push_str(&plain(rest.get(..end).unwrap_or(rest)));
            rest = after;
            continue;
        };
        shown.push_str(&plain(before));
        shown.push_str(&coded(code));
        rest = behind;
    }
    shown.push_str(&plain(rest));
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_backticks_is_code() {
        let text = "Write `a_b` or `<b>`, not ` *c*";
        assert_eq!(
            markup_prose(text),
            "Write <code>a_b</code> or <code>&lt;b&gt;</code>, not ` *c*"
        );
        assert_eq!(
            markdown_prose(text),
            "Write `a_b` or \\`&lt;b&gt;\\`, not \\` \\*c\\*"
        );
        assert_eq!(markdown_code("kill db_1"), "`kill db_1`");
        assert_eq!(markdown_code("kill a_b`c"), "\\`kill a\\_b\\`c\\`");
        assert_eq!(markup_prose("`<b>"), "`&lt;b&gt;");
        assert_eq!(markup_prose("a `` b"), "a `` b");
        assert_eq!(markdown_prose("\\`a`"), "\\\\`a`");
    }

    #[test]
    fn escapes_of_the_terminal_are_shown_not_obeyed() {
        assert_eq!(line("a\u{1b}[2Jb\nc"), "a\\u{1b}[2Jb c");
        assert_eq!(line("\u{202e}abc"), "\\u{202e}abc");
    }

    #[test]
    fn commands_of_runners_are_shown_not_obeyed() {
        assert_eq!(line("  ::error::x"), "  \u{a789}:error::x");
        assert_eq!(lines("a\n::error::x"), "a\n\u{a789}:error::x");
        assert_eq!(line("a ##[add-mask]b"), "a \u{266f}#[add-mask]b");
        assert_eq!(line("####vso[task]"), "##\u{266f}#vso[task]");
        assert_eq!(line("###[x]"), "#\u{266f}#[x]");
        for harmless in ["a::b", "## a comment", "C#", "#[x]"] {
            assert_eq!(line(harmless), harmless);
        }
    }

    #[test]
    fn markup_stays_text() {
        assert_eq!(
            markdown("<b>*x*</b> [a](b)"),
            "&lt;b&gt;\\*x\\*&lt;/b&gt; \\[a\\](b)"
        );
        assert_eq!(
            markup("<a href='x'>\"&\u{fffe}\n"),
            "&lt;a href=&#39;x&#39;&gt;&quot;&amp;\\u{fffe}\n"
        );
    }
}
