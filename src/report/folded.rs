//! Lines that are too wide for a terminal, folded between words.
//!
//! Knows which lines are to stay as they are: code with carets below it, and places in files.

use anstream::adapter::strip_str;
use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter};

/// Below so many columns nothing is folded: every line would be a word.
const NARROWEST: usize = 24;

/// A text whose lines fit so many columns where words allow it. What is folded goes on a little further to the right.
#[must_use]
pub fn folded(text: &str, columns: usize) -> String {
    let mut shown = String::with_capacity(text.len() + text.len() / 16);
    for line in text.split_inclusive('\n') {
        let (words, end) = line
            .strip_suffix('\n')
            .map_or((line, ""), |line| (line, "\n"));
        if columns < NARROWEST || display_width(words) <= columns {
            shown.push_str(line);
        } else {
            fold(words, columns, &mut shown);
            shown.push_str(end);
        }
    }
    shown
}

/// What a line of a tree begins with.
const TREE: &str = " │├└─>";

fn fold(line: &str, columns: usize, shown: &mut String) {
    let plain = strip_str(line).to_string();
    let words = plain.trim_start();
    if is_fixed(words) {
        shown.push_str(line);
        return;
    }
    let further = if words.starts_with("= ") { 4 } else { 2 };
    let lead = plain.chars().take_while(|c| TREE.contains(*c));
    let lead = lead.map(|c| if "│├".contains(c) { '│' } else { ' ' });
    let below: String = lead
        .chain(" ".repeat(further).chars())
        .take(columns / 2)
        .collect();
    let options = Options::new(columns)
        .subsequent_indent(&below)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    shown.push_str(&textwrap::fill(line, options));
}

/// Whether a line is one of a frame: code, what stands below it, or where it is from.
fn is_fixed(words: &str) -> bool {
    let behind = words.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    behind.starts_with('|') || words.starts_with("--> ") || words.starts_with("::: ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_on_below_and_frames_stay() {
        let text = "minor[a-rule]: one two three four five\n --> designs/a-path-that-is-long.design.yaml:1:1\n\
            12 | code: that is as wide as it is\n   | ^^^^\n   = why: because one two three four\n\nshort\n";
        let expected = "minor[a-rule]: one two three\n  four five\n --> designs/a-path-that-is-long.design.yaml:1:1\n\
            12 | code: that is as wide as it is\n   | ^^^^\n   = why: because one two\n       three four\n\nshort\n";
        assert_eq!(folded(text, 28), expected);
        assert_eq!(folded(text, 200), text);
        assert_eq!(folded(text, 3), text);
    }

    #[test]
    fn branches_of_a_tree_go_on_below() {
        let tree = "web\n├─> api one two three four\n│   └─> db one two three four\n";
        let expected =
            "web\n├─> api one two three\n│     four\n│   └─> db one two three\n│         four\n";
        assert_eq!(folded(tree, 25), expected);
    }

    #[test]
    fn colours_take_no_room_and_wide_letters_take_two() {
        let coloured = "\u{1b}[1m\u{1b}[91mmajor\u{1b}[0m\u{1b}[1m: one two three four\u{1b}[0m\n";
        assert_eq!(folded(coloured, 25), coloured);
        let wide = "客户端 客户端 客户端 客户端 客户端\n";
        assert_eq!(folded(wide, 34), wide);
        assert_eq!(folded(wide, 33), "客户端 客户端 客户端 客户端\n  客户端\n");
        let long = "a-word-that-is-longer-than-the-whole-terminal b\n";
        assert_eq!(
            folded(long, 30),
            "a-word-that-is-longer-than-the-whole-terminal\n  b\n"
        );
    }
}
