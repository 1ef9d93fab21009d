//! Replies as lines for a terminal: wrapped to its width, with colours, or with plain characters where it has no others.
//!
//! Knows layout; says nothing of its own. Colours are stripped on the way out where nobody sees them, and whatever a
//! candidate typed is shown with its control characters escaped.

use anstyle::{AnsiColor, Style};
use textwrap::core::display_width;

use crate::cli::charset;
use crate::coach::{Listing, Reply, Trouble};
use crate::report::{self, plain};

/// The colour of the prompt.
pub(super) const PROMPT: Style = AnsiColor::Blue.on_default().bold();

/// The colour of what matters less.
pub(super) const DIM: Style = Style::new().dimmed();

const BOLD: Style = Style::new().bold();
const SPEAKER: Style = AnsiColor::Cyan.on_default().bold();
const TAKEN: Style = AnsiColor::Green.on_default();
const WRONG: Style = AnsiColor::Red.on_default().bold();
const CURE: Style = AnsiColor::Yellow.on_default();

/// Longer lines are hard to read, however wide the terminal is.
const WIDEST: usize = 100;

/// A left column wider than this stands on a line of its own.
const WIDEST_COLUMN: usize = 26;

/// What the terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Page {
    /// Columns.
    pub width: usize,
    /// Characters beyond ASCII.
    pub unicode: bool,
    /// Somebody sees its lines, which are not to be broken within words then.
    pub is_seen: bool,
}

/// A text in a style.
pub(super) fn painted(text: &str, style: Style) -> String {
    format!("{style}{text}{style:#}")
}

impl Page {
    /// A reply as lines. `line` is what was typed; a complaint shows where it is wrong.
    pub fn rendered(&self, reply: &Reply, line: &str) -> String {
        let text = match reply {
            Reply::Heading(words) => format!("\n{}", self.marked(words, "", BOLD, Some(BOLD))),
            Reply::Says(words) => self.marked(words, "Interviewer: ", SPEAKER, None),
            Reply::Echo(words) => self.marked(words, "✓ ", TAKEN, None),
            Reply::Note(words) => self.marked(words, "", DIM, Some(DIM)),
            Reply::Trouble(trouble) => self.trouble(trouble, line),
            Reply::Picture(lines) => self.picture(&plain::lines(lines)),
            Reply::Listing(listing) => self.listing(listing),
            Reply::Save { .. } | Reply::Edit { .. } | Reply::Finished(_) | Reply::Quit => {
                String::new()
            }
        };
        self.fit(&text)
    }

    /// A text with what its terminal can't show in other characters.
    pub fn fit(&self, text: &str) -> String {
        if self.unicode {
            text.to_owned()
        } else {
            charset::ascii(text)
        }
    }

    fn width(&self) -> usize {
        self.width.clamp(20, WIDEST) - 1
    }

    /// Lines that stay as they are but for those that are too wide, set in by as much as there is room for.
    fn picture(&self, lines: &str) -> String {
        let lines = if self.is_seen {
            report::folded(lines, self.width)
        } else {
            lines.to_owned()
        };
        let widest = lines.lines().map(display_width).max().unwrap_or(0);
        let indent = " ".repeat(self.width.saturating_sub(widest).min(2));
        textwrap::indent(&format!("{lines}\n"), &indent)
    }

    /// A paragraph with a mark before its first line.
    fn marked(&self, words: &str, mark: &str, style: Style, body: Option<Style>) -> String {
        let indent = if mark.chars().count() > 4 {
            "  ".to_owned()
        } else {
            " ".repeat(2 + display_width(mark))
        };
        let lines = self.wrapped(&format!("{mark}{}", plain::line(words)), "  ", &indent);
        let mut text = String::new();
        for (at, line) in lines.iter().enumerate() {
            let head = format!("  {mark}");
            let shown = match (
                line.strip_prefix(&head)
                    .filter(|_| at == 0 && !mark.is_empty()),
                body,
            ) {
                (Some(rest), _) => format!("  {}{rest}", painted(mark, style)),
                (None, Some(body)) => painted(line, body),
                (None, None) => line.clone(),
            };
            text.push_str(&format!("{shown}\n"));
        }
        text
    }

    fn wrapped(&self, text: &str, first: &str, rest: &str) -> Vec<String> {
        // Names have hyphens, and are there to be typed.
        let options = textwrap::Options::new(self.width())
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .initial_indent(first)
            .subsequent_indent(rest);
        let text = unbroken(text);
        textwrap::wrap(&text, options)
            .iter()
            .map(|line| line.replace(NO_BREAK, " "))
            .collect()
    }

    fn trouble(&self, trouble: &Trouble, line: &str) -> String {
        let mut text = self.marked(&trouble.message, "error: ", WRONG, None);
        let line = trouble.line.as_deref().unwrap_or(line);
        if let Some(span) = &trouble.span {
            text.push_str(&self.caret(line, span));
        }
        if let Some(help) = &trouble.help {
            text.push_str(&self.marked(help, "help: ", CURE, None));
        }
        text
    }

    /// The part of a line around a fault, with carets below it.
    fn caret(&self, line: &str, span: &std::ops::Range<usize>) -> String {
        let part = |range: std::ops::Range<usize>| plain::line(line.get(range).unwrap_or_default());
        let end = span.end.min(line.len());
        let start = span.start.min(end);
        let (before, wrong, after) = (part(0..start), part(start..end), part(end..line.len()));
        let room = self.width().saturating_sub(8);
        let shown_before = last_columns(&before, room / 2);
        let shown_wrong = first_columns(&wrong, room / 2);
        let left = room.saturating_sub(display_width(&shown_before) + display_width(&shown_wrong));
        let shown_after = if shown_wrong == wrong {
            first_columns(&after, left)
        } else {
            String::new()
        };
        let carets = "^".repeat(display_width(&shown_wrong).max(1));
        let space = " ".repeat(display_width(&shown_before));
        format!(
            "    {shown_before}{shown_wrong}{shown_after}\n    {space}{}\n",
            painted(&carets, WRONG)
        )
    }

    fn listing(&self, listing: &Listing) -> String {
        let mut text = format!("  {}\n", painted(&plain::line(&listing.title), BOLD));
        let widths = listing
            .rows
            .iter()
            .map(|(left, _)| display_width(left))
            .filter(|width| *width <= WIDEST_COLUMN);
        let column = widths.max().unwrap_or(0);
        let indent = " ".repeat(4 + column + 2);
        for (left, right) in &listing.rows {
            let (left, right) = (plain::line(left), plain::line(right));
            let wide = display_width(&left) > column;
            if wide {
                text.push_str(&format!("    {}\n", painted(&left, BOLD)));
            }
            for (at, line) in self.wrapped(&right, &indent, &indent).iter().enumerate() {
                let space = column + 2
                    - if wide || at > 0 {
                        0
                    } else {
                        display_width(&left)
                    };
                let head = if wide || at > 0 {
                    String::new()
                } else {
                    painted(&left, BOLD)
                };
                text.push_str(&format!(
                    "    {head}{}{}\n",
                    " ".repeat(space),
                    line.trim_start()
                ));
            }
        }
        text
    }
}

/// A space at which no line is broken.
const NO_BREAK: char = '\u{a0}';

/// What stands in backticks and is longer than this may be broken all the same.
const LONGEST_UNBROKEN: usize = 40;

/// A text in which what stands in backticks is not broken: it is there to be typed.
fn unbroken(text: &str) -> String {
    let pieces: Vec<&str> = text.split('`').collect();
    let quoted = |at: usize| at % 2 == 1 && at + 1 < pieces.len();
    let piece = |(at, piece): (usize, &&str)| {
        if quoted(at) && piece.len() <= LONGEST_UNBROKEN {
            piece.replace(' ', "\u{a0}")
        } else {
            (*piece).to_owned()
        }
    };
    pieces
        .iter()
        .enumerate()
        .map(piece)
        .collect::<Vec<_>>()
        .join("`")
}

/// The end of a text, no wider than so many columns.
fn last_columns(text: &str, most: usize) -> String {
    if display_width(text) <= most {
        return text.to_owned();
    }
    let mut kept: Vec<char> = Vec::new();
    for c in text.chars().rev() {
        kept.push(c);
        if display_width(&kept.iter().collect::<String>()) + 3 > most {
            kept.pop();
            break;
        }
    }
    format!("...{}", kept.iter().rev().collect::<String>())
}

/// The beginning of a text, no wider than so many columns.
fn first_columns(text: &str, most: usize) -> String {
    if display_width(text) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if display_width(&kept) + 4 > most {
            break;
        }
        kept.push(c);
    }
    format!("{kept}...")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Page = Page {
        width: 40,
        unicode: false,
        is_seen: false,
    };

    #[test]
    fn a_drawing_breaks_no_word_where_somebody_sees_it() {
        let tree = "web\n└─> api (service x3, zones 3)\n    └─> links (sql database, replicas 16)";
        let page = Page {
            is_seen: true,
            unicode: true,
            ..PAGE
        };
        let shown = page.rendered(&Reply::Picture(tree.to_owned()), "");
        assert!(
            shown.contains("replicas\n") && shown.lines().all(|line| display_width(line) <= 40),
            "{shown}"
        );
        let kept = Page {
            is_seen: false,
            ..page
        };
        let kept = kept.rendered(&Reply::Picture(tree.to_owned()), "");
        assert!(kept.contains("links (sql database, replicas 16)"), "{kept}");
    }

    fn seen(reply: &Reply, line: &str) -> String {
        anstream::adapter::strip_str(&PAGE.rendered(reply, line)).to_string()
    }

    #[test]
    fn a_complaint_points_at_the_word() {
        let trouble = Trouble {
            message: "unknown component `lbb`".to_owned(),
            help: None,
            span: Some(4..7),
            line: None,
        };
        let text = seen(&Reply::Trouble(trouble), "set lbb replicas=2");
        assert_eq!(
            text,
            "  error: unknown component `lbb`\n    set lbb replicas=2\n        ^^^\n"
        );
    }

    #[test]
    fn long_lines_are_shown_around_the_fault() {
        let line = format!("{} wrong {}", "a".repeat(100), "b".repeat(100));
        let trouble = Trouble {
            message: "no".to_owned(),
            help: None,
            span: Some(101..106),
            line: None,
        };
        let text = seen(&Reply::Trouble(trouble), &line);
        assert!(
            text.contains("wrong") && text.lines().all(|line| line.len() <= 40),
            "{text}"
        );
    }

    #[test]
    fn paragraphs_and_rows_are_wrapped_below_their_beginning() {
        let words = "one two three four five six seven eight nine ten".to_owned();
        let text = seen(&Reply::Echo(words.clone()), "");
        assert_eq!(
            text,
            "  + one two three four five six seven\n    eight nine ten\n"
        );
        let listing = Listing {
            title: "t".to_owned(),
            rows: vec![("left".to_owned(), words)],
        };
        let text = seen(&Reply::Listing(listing), "");
        assert!(
            text.lines()
                .skip(2)
                .all(|line| line.starts_with("          ")),
            "{text}"
        );
    }

    #[test]
    fn a_picture_that_fills_the_width_is_not_set_in() {
        for (length, indent) in [(10, "  "), (39, " "), (40, "")] {
            let line = "a".repeat(length);
            let text = seen(&Reply::Picture(line.clone()), "");
            assert_eq!(
                text.lines().next(),
                Some(format!("{indent}{line}").as_str())
            );
        }
    }

    #[test]
    fn what_was_typed_moves_no_cursor() {
        let text = seen(&Reply::Echo("a\u{1b}[2Jb".to_owned()), "");
        assert!(!text.contains('\u{1b}'));
    }
}
