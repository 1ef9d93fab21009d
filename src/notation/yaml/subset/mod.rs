//! A scanner for the YAML that nearly every file is written in, several times as fast as the event parser. It gives the
//! tree that the event parser would give, or nothing: whatever it does not know for sure, every mistake included, is left
//! to the event parser, so that this one never complains.
//!
//! The subset is one document of
//! - maps and lists by indentation, lists also as deep as their key, and maps on the line of their dash;
//! - maps and lists in brackets, over several lines where the line ends after a bracket or a comma;
//! - plain and quoted texts of one line, in double quotes with the escapes `\"`, `\\`, `\n` and `\t`;
//! - texts of several lines after `|`, `|-`, `>` and `>-`, folded ones without blank or further indented lines;
//! - comments on lines of their own and after values, outside of brackets.
//!
//! Not in it are anchors, aliases, tags, directives, `---`, tabs, carriage returns, keys that are no texts of one line,
//! values that are left out, and plain or quoted texts of several lines.
//!
//! Knows the subset; knows no schema and no complaint.

mod brackets;
mod scalars;

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::tree::{Content, Limits, Node};
use crate::model::spelling;
use crate::source::Span;

/// Nesting that the event parser takes too, whatever the limits say.
const DEEPEST: usize = 200;

/// Bytes of a key with its quotes, up to its colon; the event parser takes so many characters.
const LONGEST_KEY: usize = 1_000;

/// Entries of a map up to which a key is looked for among the others one by one.
const FEW: usize = 64;

/// The tree of a text, if all of it is in the subset and within the limits.
#[must_use]
pub fn scan<'t>(text: &'t str, limits: &Limits) -> Option<Node<'t>> {
    scan_without(text, limits, &[])
}

/// The same without the entries of some keys: those of maps by indentation are passed over, whatever their values are.
#[must_use]
pub(super) fn scan_without<'t>(
    text: &'t str,
    limits: &Limits,
    unread: &[&str],
) -> Option<Node<'t>> {
    if text.len() > limits.bytes || !is_common(text) {
        return None;
    }
    let mut scanner = Scanner {
        text,
        at: 0,
        column: None,
        deepest: limits.depth.min(DEEPEST),
        nodes_left: limits.nodes,
        unread,
        items: Vec::new(),
        entries: Vec::new(),
        prints: Vec::new(),
    };
    scanner.next_line()?;
    let node = scanner.block(scanner.column?, None, 0)?;
    scanner.column.is_none().then_some(node)
}

/// Whether there is no character that YAML forbids or treats in a way of its own.
fn is_common(text: &str) -> bool {
    let is_common_byte = |byte: u8| (byte >= b' ' || byte == b'\n') && byte != 0x7f;
    let is_common_char = |c: char| {
        !matches!(
            c,
            '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
    };
    text.bytes()
        .fold(true, |all, byte| all & is_common_byte(byte))
        && (text.is_ascii() || text.chars().all(is_common_char))
}

struct Scanner<'t, 'u> {
    text: &'t str,
    /// The next byte.
    at: usize,
    /// The column of the line that is next, whose first character is the next byte; nothing at the end of the text.
    column: Option<usize>,
    deepest: usize,
    nodes_left: usize,
    /// The keys whose entries are passed over.
    unread: &'u [&'u str],
    /// Items of the lists that are being read, those of the innermost last: each list takes its own when it is whole.
    items: Vec<Node<'t>>,
    /// Entries of the maps that are being read.
    entries: Vec<(Node<'t>, Node<'t>)>,
    /// What tells the keys of those entries from one another.
    prints: Vec<u64>,
}

impl<'t> Scanner<'t, '_> {
    /// The next byte; at the end of the text 0, which is in no text of the subset.
    fn peek(&self) -> u8 {
        self.byte(self.at)
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    fn skip_spaces(&mut self) {
        while self.peek() == b' ' {
            self.at += 1;
        }
    }

    /// From the start of a line on to the next line with content.
    fn next_line(&mut self) -> Option<()> {
        loop {
            let start = self.at;
            self.skip_spaces();
            match self.peek() {
                0 => {
                    self.column = None;
                    return Some(());
                }
                b'\n' => self.at += 1,
                b'#' => self.skip_comment(),
                b'%' | b'-' | b'.' if self.at == start && self.is_mark() => return None,
                _ => {
                    self.column = Some(self.at - start);
                    return Some(());
                }
            }
        }
    }

    /// Whether a directive or the mark of a document begins here, or may do so.
    fn is_mark(&self) -> bool {
        self.text.as_bytes().get(self.at..).is_some_and(|rest| {
            [b"%".as_slice(), b"---", b"..."]
                .iter()
                .any(|mark| rest.starts_with(mark))
        })
    }

    fn skip_comment(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| *byte == b'\n');
        self.at += length.map_or(rest.len(), |length| length + 1);
    }

    /// From the end of a value on to the next line with content: there may be a comment, and nothing else.
    fn end_line(&mut self) -> Option<()> {
        let start = self.at;
        self.skip_spaces();
        match self.peek() {
            0 => {}
            b'\n' => self.at += 1,
            b'#' if self.at > start => self.skip_comment(),
            _ => return None,
        }
        self.next_line()
    }

    /// Whether the line ends here, but for a comment.
    fn is_line_end(&self) -> bool {
        matches!(self.peek(), b'\n' | b'#' | 0)
    }

    /// Whether a dash of a list stands here.
    fn is_dash(&self) -> bool {
        self.peek() == b'-' && matches!(self.byte(self.at + 1), b' ' | b'\n' | 0)
    }

    /// Whether the colon after a key stands here.
    fn is_colon(&self) -> bool {
        self.peek() == b':' && matches!(self.byte(self.at + 1), b' ' | b'\n' | 0)
    }

    /// Counts a value, which is so deep.
    fn count(&mut self, depth: usize) -> Option<()> {
        self.nodes_left = self.nodes_left.checked_sub(1)?;
        (depth <= self.deepest).then_some(())
    }

    /// The value that begins here, first on its line or after a dash, in a column; lines in the column `around` or further
    /// left are no part of it. The line after it is next.
    fn block(&mut self, column: usize, around: Option<usize>, depth: usize) -> Option<Node<'t>> {
        if self.is_dash() {
            return self.list(column, around, depth);
        }
        if !self.is_text() {
            return self.inline(around, depth);
        }
        let start = self.at;
        let text = self.scalar(false)?;
        if self.is_key(start) {
            return self.map((start, text), column, depth);
        }
        self.count(depth)?;
        self.end_value(text, around)
    }

    /// A value on the line of its key, or in brackets or several lines where it may stand on a line of its own.
    fn inline(&mut self, around: Option<usize>, depth: usize) -> Option<Node<'t>> {
        if matches!(self.peek(), b'[' | b'{') {
            let node = self.in_brackets(depth)?;
            return self.end_value(node, around);
        }
        self.count(depth)?;
        if self.is_text() {
            let text = self.scalar(false)?;
            return self.end_value(text, around);
        }
        self.several_lines(around)
    }

    /// Whether no bracket and no mark of several lines stands here.
    fn is_text(&self) -> bool {
        !matches!(self.peek(), b'[' | b'{' | b'|' | b'>')
    }

    /// Goes on to the line after a value. One that is further right would belong to the value, or be a mistake.
    fn end_value(&mut self, node: Node<'t>, around: Option<usize>) -> Option<Node<'t>> {
        self.end_line()?;
        self.ends_before(around).then_some(node)
    }

    /// Whether the next line is no part of what stands in the column `around`.
    fn ends_before(&self, around: Option<usize>) -> bool {
        self.column
            .is_none_or(|column| around.is_some_and(|around| column <= around))
    }

    /// Whether a text that began so far back is a key, whose colon is then passed.
    fn is_key(&mut self, start: usize) -> bool {
        let end = self.at;
        self.skip_spaces();
        let is_key = self.is_colon() && self.at - start <= LONGEST_KEY;
        self.at = if is_key { self.at + 1 } else { end };
        is_key
    }

    /// A list whose dashes stand in a column. As deep as its key it begins with its first item, to the event parser; and
    /// elsewhere if that stands on a line of its own, which is not in the subset.
    fn list(&mut self, column: usize, around: Option<usize>, depth: usize) -> Option<Node<'t>> {
        self.count(depth)?;
        let mut start = self.at;
        let first = self.items.len();
        while (self.items.len() == first || self.column == Some(column)) && self.is_dash() {
            let dash = self.at;
            self.at += 1;
            self.skip_spaces();
            let as_deep = around == Some(column);
            let inner = if self.is_line_end() {
                if as_deep {
                    return None;
                }
                self.at = dash + 1;
                self.end_line()?;
                self.column.filter(|below| *below > column)?
            } else {
                column + (self.at - dash)
            };
            if self.items.len() == first && as_deep {
                start = self.at;
            }
            let item = self.block(inner, Some(column), depth + 1)?;
            self.items.push(item);
        }
        let items = self.items.split_off(first);
        let end = items.last()?.span.end;
        Some(Node {
            span: Span::new(start, end),
            content: Content::List(items),
        })
    }

    /// A map whose keys stand in a column, after its first key.
    fn map(
        &mut self,
        (start, first): (usize, Node<'t>),
        column: usize,
        depth: usize,
    ) -> Option<Node<'t>> {
        self.count(depth)?;
        let mut keys = self.no_keys();
        let mut key = first;
        loop {
            self.count(depth + 1)?;
            let end = if key.text().is_some_and(|key| self.unread.contains(&key)) {
                self.pass(column)?
            } else {
                let value = self.value(column, depth + 1)?;
                let end = value.span.end;
                self.add(&mut keys, key, value)?;
                end
            };
            if self.column != Some(column) {
                return Some(Node {
                    span: Span::new(start, end),
                    content: Content::Map(self.entries_of(&keys)),
                });
            }
            let start = self.at;
            key = self.is_text().then(|| self.scalar(false))??;
            if !self.is_key(start) {
                return None;
            }
        }
    }

    /// Goes on to the line after the value of a key that stands in a column, where it ends.
    fn pass(&mut self, column: usize) -> Option<usize> {
        loop {
            let rest = self.text.get(self.at..)?;
            self.at += rest.find('\n').map_or(rest.len(), |length| length + 1);
            let line = self.at;
            self.skip_spaces();
            let is_inside = self.at - line > column || matches!(self.peek(), b'\n' | b'#');
            let is_item = self.at - line == column && self.is_dash();
            if self.peek() == 0 || !(is_inside || is_item) {
                self.at = line;
                self.next_line()?;
                return Some(line);
            }
        }
    }

    /// The value after the colon of a key that stands in a column.
    fn value(&mut self, column: usize, depth: usize) -> Option<Node<'t>> {
        let colon = self.at;
        self.skip_spaces();
        if !self.is_line_end() {
            return self.inline(Some(column), depth);
        }
        self.at = colon;
        self.end_line()?;
        let below = self.column?;
        if below > column || (below == column && self.is_dash()) {
            self.block(below, Some(column), depth)
        } else {
            None
        }
    }
}

/// The keys of a map while it is read.
struct Keys<'t> {
    /// Where its entries begin among those of all maps.
    start: usize,
    /// The keys, once they are many.
    many: BTreeSet<&'t str>,
}

impl<'t> Scanner<'t, '_> {
    /// The keys of a map that begins here.
    fn no_keys(&self) -> Keys<'t> {
        Keys {
            start: self.entries.len(),
            many: BTreeSet::new(),
        }
    }

    /// Adds an entry whose key is a text like no other before.
    fn add(&mut self, keys: &mut Keys<'t>, key: Node<'t>, value: Node<'t>) -> Option<()> {
        let text = borrowed(&key)?;
        let print = spelling::print(text);
        let prints = self.prints.get(keys.start..).unwrap_or_default();
        let mut others = self.entries.get(keys.start..).unwrap_or_default().iter();
        let is_new = if prints.len() < FEW {
            !prints.contains(&print) || others.all(|(other, _)| other.text() != Some(text))
        } else {
            if keys.many.is_empty() {
                keys.many = others.filter_map(|(other, _)| borrowed(other)).collect();
            }
            keys.many.insert(text)
        };
        if !is_new || text == "<<" {
            return None;
        }
        self.entries.push((key, value));
        self.prints.push(print);
        Some(())
    }

    /// The entries of a map that is whole.
    fn entries_of(&mut self, keys: &Keys<'t>) -> Vec<(Node<'t>, Node<'t>)> {
        self.prints.truncate(keys.start);
        self.entries.split_off(keys.start)
    }
}

/// The text of a key as it stands in the file.
fn borrowed<'t>(key: &Node<'t>) -> Option<&'t str> {
    match key.content {
        Content::Scalar {
            text: Cow::Borrowed(text),
            ..
        } => Some(text),
        _ => None,
    }
}
