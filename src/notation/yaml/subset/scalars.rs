//! Texts of the subset: plain ones, quoted ones, and those of several lines.

use std::borrow::Cow;

use super::Scanner;
use crate::notation::yaml::tree::{Content, Node, is_null, scalar};
use crate::source::Span;

impl<'t> Scanner<'t, '_> {
    /// A text of one line, plain or quoted. What may follow it is for the caller to see.
    pub(super) fn scalar(&mut self, in_brackets: bool) -> Option<Node<'t>> {
        match self.peek() {
            b'"' => self.double_quoted(),
            b'\'' => self.single_quoted(),
            _ => self.plain(in_brackets),
        }
    }

    fn plain(&mut self, in_brackets: bool) -> Option<Node<'t>> {
        let start = self.at;
        if !starts_plainly(self.peek(), self.byte(start + 1)) {
            return None;
        }
        let mut at = start;
        loop {
            at += self.letters(at, in_brackets);
            match self.byte(at) {
                b'\n' | 0 => break,
                b',' | b'[' | b']' | b'{' | b'}' if in_brackets => break,
                b'#' if self.byte(at - 1) == b' ' => break,
                b':' if self.is_colon_at(at, in_brackets) => break,
                _ => at += 1,
            }
        }
        let text = self.text.get(start..at)?.trim_end_matches(' ');
        let end = start + text.len();
        self.at = end;
        let content = if is_null(text) {
            Content::Null
        } else {
            Content::Scalar {
                text: Cow::Borrowed(text),
                verbatim: true,
            }
        };
        Some(Node {
            span: Span::new(start, end),
            content,
        })
    }

    /// How many bytes from one on stand for nothing but themselves in a plain text. They are most of a text, and are passed
    /// over together.
    fn letters(&self, at: usize, in_brackets: bool) -> usize {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        let end = if in_brackets {
            rest.iter().position(|byte| !is_letter(*byte))
        } else {
            memchr::memchr3(b'\n', b':', b'#', rest)
        };
        end.unwrap_or(rest.len())
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Whether a colon ends a plain text: one before a space does; in brackets also one before a comma or a bracket.
    fn is_colon_at(&self, at: usize, in_brackets: bool) -> bool {
        match self.byte(at + 1) {
            b' ' | b'\n' | 0 => true,
            b',' | b'[' | b']' | b'{' | b'}' => in_brackets,
            _ => false,
        }
    }

    fn single_quoted(&mut self) -> Option<Node<'t>> {
        let start = self.at + 1;
        let mut at = start;
        let mut doubled = false;
        loop {
            let rest = self.text.as_bytes().get(at..)?;
            at += memchr::memchr2(b'\'', b'\n', rest)?;
            match (self.byte(at), self.byte(at + 1)) {
                (b'\'', b'\'') => {
                    doubled = true;
                    at += 2;
                }
                (b'\'', _) => break,
                _ => return None,
            }
        }
        let written = self.text.get(start..at)?;
        self.at = at + 1;
        Some(if doubled {
            self.changed(start, written.replace("''", "'"))
        } else {
            verbatim(start, written)
        })
    }

    fn double_quoted(&mut self) -> Option<Node<'t>> {
        let start = self.at + 1;
        let mut at = start;
        let mut escaped = false;
        loop {
            let rest = self.text.as_bytes().get(at..)?;
            at += memchr::memchr3(b'"', b'\\', b'\n', rest)?;
            match self.byte(at) {
                b'\\' => {
                    escaped = true;
                    at += 2;
                }
                b'"' => break,
                _ => return None,
            }
        }
        let written = self.text.get(start..at)?;
        self.at = at + 1;
        Some(if escaped {
            self.changed(start, unescaped(written)?)
        } else {
            verbatim(start, written)
        })
    }

    /// A quoted text that differs from what is written. Its span takes in the quotes.
    fn changed(&self, start: usize, text: String) -> Node<'t> {
        Node {
            span: Span::new(start - 1, self.at),
            content: Content::Scalar {
                text: Cow::Owned(text),
                verbatim: false,
            },
        }
    }

    /// A text of several lines that are indented further than the column `around`. The line after it is next.
    pub(super) fn several_lines(&mut self, around: Option<usize>) -> Option<Node<'t>> {
        let folded = self.peek() == b'>';
        self.at += 1;
        let stripped = self.peek() == b'-';
        self.at += usize::from(stripped);
        if self.peek() != b'\n' {
            return None;
        }
        self.at += 1;
        let indent = self.indentation();
        if indent == 0 || around.is_some_and(|around| indent <= around) {
            return None;
        }
        let start = self.at + indent;
        let mut text = self.lines(indent, folded)?;
        if !stripped {
            text.push('\n');
        }
        let end = self.at + self.indentation();
        self.next_line()?;
        let node = scalar(self.text, Cow::Owned(text), Span::new(start, end));
        self.ends_before(around).then_some(node)
    }

    /// Lines that are so far indented, and the blank ones after them.
    fn lines(&mut self, indent: usize, folded: bool) -> Option<String> {
        let mut text = String::new();
        loop {
            let line = self.rest().lines().next()?.get(indent..)?;
            let is_odd = line.starts_with(' ') && (folded || text.is_empty());
            if is_odd || line.is_empty() {
                return None;
            }
            text.push_str(line);
            self.at += indent + line.len();
            let breaks = self.breaks()?;
            if self.indentation() < indent {
                return Some(text);
            }
            match (folded, breaks) {
                (false, _) => text.extend(std::iter::repeat_n('\n', breaks)),
                (true, 1) => text.push(' '),
                (true, _) => return None,
            }
        }
    }

    /// The spaces at the start of a line, which is next.
    fn indentation(&self) -> usize {
        let spaces = self.rest().bytes().take_while(|byte| *byte == b' ');
        spaces.count()
    }

    /// From the end of a line on to the next one that is not empty; how many breaks lie between. A line of spaces alone is
    /// not in the subset.
    fn breaks(&mut self) -> Option<usize> {
        let breaks = self
            .rest()
            .bytes()
            .take_while(|byte| *byte == b'\n')
            .count();
        self.at += breaks;
        let spaces = self.indentation();
        let is_line_of_spaces = spaces > 0 && matches!(self.byte(self.at + spaces), b'\n' | 0);
        (!is_line_of_spaces).then_some(breaks)
    }
}

/// Whether a byte stands for nothing but itself in a plain text between brackets.
fn is_letter(byte: u8) -> bool {
    LETTERS
        .get(usize::from(byte))
        .is_some_and(|is_letter| *is_letter)
}

/// Most bytes of a text are letters, and a table tells them from the others at once.
static LETTERS: [bool; 256] = letters();

#[expect(
    clippy::indexing_slicing,
    reason = "it runs while the program is built, which a panic would end"
)]
const fn letters() -> [bool; 256] {
    let mut letters = [true; 256];
    let mut odd: &[u8] = b"\n,[]{}#:";
    while let [byte, rest @ ..] = odd {
        letters[*byte as usize] = false;
        odd = rest;
    }
    letters
}

/// A quoted text as it is written.
fn verbatim(start: usize, written: &str) -> Node<'_> {
    Node {
        span: Span::new(start, start + written.len()),
        content: Content::Scalar {
            text: Cow::Borrowed(written),
            verbatim: true,
        },
    }
}

/// Whether a plain text can begin with a byte, given the one after it.
fn starts_plainly(first: u8, second: u8) -> bool {
    match first {
        b'-' => second.is_ascii_alphanumeric(),
        b'/' | b'.' | b'(' | b')' | b'$' | b'_' | b'~' | b'+' | b'^' | b'=' | b'<' | b';'
        | b'\\' => true,
        _ => first.is_ascii_alphanumeric() || !first.is_ascii(),
    }
}

fn unescaped(written: &str) -> Option<String> {
    let mut text = String::with_capacity(written.len());
    let mut chars = written.chars();
    while let Some(c) = chars.next() {
        text.push(match c {
            '\\' => match chars.next()? {
                'n' => '\n',
                't' => '\t',
                same @ ('"' | '\\') => same,
                _ => return None,
            },
            c => c,
        });
    }
    Some(text)
}
