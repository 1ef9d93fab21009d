//! One pass over a text: pieces as they come, and with what it ends.
//!
//! Knows dashes, colons, brackets, quotes and comments; never fails.

use super::{Piece, Role, Sort};
use crate::source::Span;

/// A key or a dash whose value goes on while lines stand behind its column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    pub column: usize,
    pub piece: usize,
    is_item: bool,
}

/// Open brackets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Flow {
    pub is_map: bool,
    /// What the brackets are the value of.
    pub above: Option<usize>,
    /// The key that a value is awaited of.
    pub key: Option<usize>,
}

/// What the text ended with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tail {
    /// A line of nothing but so many spaces.
    Blank(usize),
    /// A comment.
    Comment,
    /// Lines that stand as they are.
    Literal,
    /// The colon of a key, or a dash; and what may follow.
    Behind(usize, Role),
    /// A text or a key without its colon.
    Within(usize),
    /// Brackets, open or closed.
    Closed,
}

#[derive(Debug)]
pub(super) struct Scanner<'t> {
    text: &'t str,
    pub pieces: Vec<Piece>,
    pub blocks: Vec<Block>,
    pub flows: Vec<Flow>,
    /// The column behind which lines stand as they are.
    literal: Option<usize>,
    pub tail: Tail,
    /// What the text at the end of a line can be.
    pub role: Role,
}

impl<'t> Scanner<'t> {
    pub fn scan(text: &'t str) -> Self {
        let mut scanner = Self {
            text,
            pieces: Vec::new(),
            blocks: Vec::new(),
            flows: Vec::new(),
            literal: None,
            tail: Tail::Blank(0),
            role: Role::Either,
        };
        let mut start = 0;
        for line in text.split('\n') {
            let end = start + line.strip_suffix('\r').unwrap_or(line).len();
            scanner.line(start, end);
            start += line.len() + 1;
        }
        scanner
    }

    fn rest(&self, at: usize, end: usize) -> &'t str {
        self.text.get(at..end).unwrap_or_default()
    }

    /// The first byte from one on that is no space.
    fn skip(&self, at: usize, end: usize) -> usize {
        let rest = self.rest(at, end);
        end - rest.trim_start_matches([' ', '\t']).len().min(end - at)
    }

    fn push(&mut self, above: Option<usize>, sort: Sort, span: Span) -> usize {
        self.pieces.push(Piece { above, sort, span });
        self.pieces.len() - 1
    }

    /// Whether what starts at a byte is a comment, or there is nothing; the tail is that then.
    fn is_over(&mut self, at: usize, end: usize) -> bool {
        let is_comment = self.rest(at, end).starts_with('#');
        if is_comment {
            self.tail = Tail::Comment;
        }
        is_comment || at >= end
    }

    fn line(&mut self, start: usize, end: usize) {
        let at = self.skip(start, end);
        let column = at - start;
        if let Some(least) = self.literal {
            if at >= end || column > least {
                self.tail = Tail::Literal;
                return;
            }
            self.literal = None;
        }
        self.tail = Tail::Blank(column);
        if !self.flows.is_empty() {
            let closes = self.rest(at, end).starts_with(['}', ']']);
            let around = self.blocks.last().map(|block| block.column);
            let goes_on = around.is_none_or(|around| column > around) || closes || at >= end;
            if goes_on {
                self.tail = Tail::Closed;
                self.flow(at, end);
                return;
            }
            // Nobody closed them, and here the text is outside.
            self.flows.clear();
        }
        if self.is_over(at, end) || matches!(self.rest(start, end), "---" | "...") {
            return;
        }
        self.block(start, at, end);
    }

    /// A line outside of brackets: dashes, then a key or a text.
    fn block(&mut self, start: usize, mut at: usize, end: usize) {
        while matches!(
            self.rest(at, end).as_bytes(),
            [b'-'] | [b'-', b' ' | b'\t', ..]
        ) {
            let column = at - start;
            self.leave(|block| block.column > column || (block.column == column && block.is_item));
            let span = Span::new(at, at + 1);
            let item = self.push(self.above(), Sort::Item, span);
            self.enter(column, item, true);
            at = self.skip(at + 1, end);
            self.tail = Tail::Behind(item, Role::Either);
            if self.is_over(at, end) {
                return;
            }
        }
        let column = at - start;
        self.leave(|block| block.column >= column);
        let Some((key, behind)) = self.key(at, end) else {
            self.value(self.above(), at, end, Role::Either);
            return;
        };
        let key = self.push(self.above(), Sort::Key, key);
        self.enter(column, key, false);
        self.tail = Tail::Behind(key, Role::Value);
        let at = self.skip(behind, end);
        if !self.is_over(at, end) {
            self.value(Some(key), at, end, Role::Value);
        }
    }

    fn above(&self) -> Option<usize> {
        self.blocks.last().map(|block| block.piece)
    }

    fn enter(&mut self, column: usize, piece: usize, is_item: bool) {
        self.blocks.push(Block {
            column,
            piece,
            is_item,
        });
    }

    fn leave(&mut self, is_left: impl Fn(&Block) -> bool) {
        while self.blocks.last().is_some_and(&is_left) {
            self.blocks.pop();
        }
    }

    /// The key that starts at a byte, and the byte after its colon.
    fn key(&self, at: usize, end: usize) -> Option<(Span, usize)> {
        let rest = self.rest(at, end);
        if rest.starts_with(['"', '\'']) {
            let (inner, behind) = self.quoted(at, end)?;
            let colon = self.skip(behind, end);
            return (self.is_colon(colon, end)).then_some((inner, colon + 1));
        }
        if rest.starts_with(['{', '[', '|', '>', '#', '%', '@', '`', ']', '}', ',']) {
            return None;
        }
        let mut previous = ' ';
        for (offset, c) in rest.char_indices() {
            if c == '#' && previous == ' ' {
                return None;
            }
            if c == ':' && self.is_colon(at + offset, end) {
                let name = rest.get(..offset).unwrap_or_default().trim_end();
                return Some((Span::new(at, at + name.len()), at + offset + 1));
            }
            previous = c;
        }
        None
    }

    /// Whether a colon at a byte ends a key.
    fn is_colon(&self, at: usize, end: usize) -> bool {
        matches!(
            self.rest(at, end).as_bytes(),
            [b':'] | [b':', b' ' | b'\t', ..]
        )
    }

    /// What stands between quotes, and the byte after them; nothing where they are open.
    fn quoted(&self, at: usize, end: usize) -> Option<(Span, usize)> {
        let rest = self.rest(at, end);
        let quote = rest.chars().next()?;
        let mut escaped = false;
        for (offset, c) in rest.char_indices().skip(1) {
            if escaped {
                escaped = false;
            } else if c == '\\' && quote == '"' {
                escaped = true;
            } else if c == quote {
                let inner = Span::new(at + 1, at + offset);
                return Some((inner, at + offset + 1));
            }
        }
        None
    }

    /// A value on the rest of a line.
    fn value(&mut self, above: Option<usize>, at: usize, end: usize, role: Role) {
        let rest = self.rest(at, end);
        match rest.chars().next() {
            Some('|' | '>') => {
                self.literal = Some(self.blocks.last().map_or(0, |block| block.column));
                self.tail = Tail::Literal;
            }
            Some('{' | '[') => {
                self.tail = Tail::Closed;
                self.open(above, at);
                self.flow(at + 1, end);
            }
            Some('"' | '\'') => {
                let open = Span::new(at + 1, end);
                let span = self.quoted(at, end);
                let text = self.push(above, Sort::Text, span.map_or(open, |(inner, _)| inner));
                self.tail = match span {
                    Some(_) => Tail::Closed,
                    None => Tail::Within(text),
                };
            }
            _ => {
                let comment = rest.find(" #");
                let words = rest
                    .get(..comment.unwrap_or(rest.len()))
                    .unwrap_or_default();
                let span = Span::new(at, at + words.trim_end().len());
                let text = self.push(above, Sort::Text, span);
                self.tail = match comment {
                    Some(_) => Tail::Comment,
                    None => Tail::Within(text),
                };
            }
        }
        self.role = role;
    }

    fn open(&mut self, above: Option<usize>, at: usize) {
        self.flows.push(Flow {
            is_map: self.rest(at, at + 1) == "{",
            above,
            key: None,
        });
    }

    /// A line, or the rest of one, between brackets.
    fn flow(&mut self, mut at: usize, end: usize) {
        loop {
            let gap = at;
            at = self.skip(at, end);
            if (at > gap || self.rest(at, end).is_empty()) && self.is_over(at, end) {
                return;
            }
            let Some(flow) = self.flows.last_mut() else {
                self.is_over(at, end);
                return;
            };
            match self.text.as_bytes().get(at) {
                Some(b'}' | b']') => {
                    self.flows.pop();
                }
                Some(b',') => flow.key = None,
                Some(b'{' | b'[') => {
                    let above = self.flow_above(at);
                    self.open(above, at);
                }
                _ => {
                    at = self.token(at, end);
                    continue;
                }
            }
            self.tail = Tail::Closed;
            at += 1;
        }
    }

    /// What a value between brackets stands below: a key, or an item that begins with it.
    fn flow_above(&mut self, at: usize) -> Option<usize> {
        let flow = self.flows.last().copied()?;
        match flow.key {
            Some(key) => Some(key),
            None if flow.is_map => flow.above,
            None => Some(self.push(flow.above, Sort::Item, Span::new(at, at))),
        }
    }

    /// A key or a text between brackets; the byte after it and its colon.
    fn token(&mut self, at: usize, end: usize) -> usize {
        let (span, behind) = self.word(at, end);
        let is_quoted = self.rest(at, end).starts_with(['"', '\'']);
        let Some(flow) = self.flows.last().copied() else {
            return end;
        };
        let colon = self.skip(behind, end);
        let is_key = flow.key.is_none() && self.is_flow_colon(colon, end, is_quoted);
        if flow.key.is_none() && (is_key || flow.is_map) {
            let above = self.flow_above(at);
            let key = self.push(above, Sort::Key, span);
            self.tail = Tail::Within(key);
            if is_key {
                self.tail = Tail::Closed;
                if let Some(flow) = self.flows.last_mut() {
                    flow.key = Some(key);
                }
                return colon + 1;
            }
            return behind;
        }
        let above = self.flow_above(at);
        let text = self.push(above, Sort::Text, span);
        self.tail = if is_quoted {
            Tail::Closed
        } else {
            Tail::Within(text)
        };
        behind
    }

    fn is_flow_colon(&self, at: usize, end: usize, is_quoted: bool) -> bool {
        match self.rest(at, end).as_bytes() {
            [b':'] | [b':', b' ' | b'\t' | b',' | b'[' | b']' | b'{' | b'}', ..] => true,
            [b':', ..] => is_quoted,
            _ => false,
        }
    }

    /// A word between brackets without its quotes, and the byte after it with them.
    fn word(&self, at: usize, end: usize) -> (Span, usize) {
        let rest = self.rest(at, end);
        if rest.starts_with(['"', '\'']) {
            let open = (Span::new(at + 1, end), end);
            return self.quoted(at, end).unwrap_or(open);
        }
        let mut length = rest.len();
        let mut previous = 'x';
        for (offset, c) in rest.char_indices() {
            let ends = matches!(c, ',' | '{' | '}' | '[' | ']')
                || (c == ':' && self.is_flow_colon(at + offset, end, false))
                || (c == '#' && previous == ' ');
            if ends && offset > 0 {
                length = offset;
                break;
            }
            previous = c;
        }
        let word = rest.get(..length).unwrap_or_default();
        (Span::new(at, at + word.trim_end().len()), at + length)
    }
}
