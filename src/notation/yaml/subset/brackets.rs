//! Lists and maps in brackets.

use super::Scanner;
use crate::notation::yaml::tree::{Content, Node};
use crate::source::Span;

impl<'t> Scanner<'t, '_> {
    /// A list or a map in brackets, whose opening one is next.
    pub(super) fn in_brackets(&mut self, depth: usize) -> Option<Node<'t>> {
        self.count(depth)?;
        let start = self.at;
        let is_map = self.peek() == b'{';
        self.at += 1;
        let content = if is_map {
            Content::Map(self.entries(depth + 1)?)
        } else {
            Content::List(self.items(depth + 1)?)
        };
        self.at += 1;
        Some(Node {
            span: Span::new(start, self.at),
            content,
        })
    }

    fn items(&mut self, depth: usize) -> Option<Vec<Node<'t>>> {
        let first = self.items.len();
        self.skip_breaks()?;
        while self.peek() != b']' {
            let item = self.bracketed(depth)?;
            self.items.push(item);
            self.separator(b']')?;
        }
        Some(self.items.split_off(first))
    }

    fn entries(&mut self, depth: usize) -> Option<Vec<(Node<'t>, Node<'t>)>> {
        let mut keys = self.no_keys();
        self.skip_breaks()?;
        while self.peek() != b'}' {
            let start = self.at;
            self.count(depth)?;
            let key = self.is_text().then(|| self.scalar(true))??;
            if !self.is_key(start) {
                return None;
            }
            self.skip_spaces();
            let value = self.bracketed(depth)?;
            self.add(&mut keys, key, value)?;
            self.separator(b'}')?;
        }
        Some(self.entries_of(&keys))
    }

    /// A value between brackets and commas.
    fn bracketed(&mut self, depth: usize) -> Option<Node<'t>> {
        match self.peek() {
            b'[' | b'{' => self.in_brackets(depth),
            b'|' | b'>' => None,
            _ => {
                self.count(depth)?;
                self.scalar(true)
            }
        }
    }

    /// After a value: a comma with another value after it, or the closing bracket, which stays next.
    fn separator(&mut self, close: u8) -> Option<()> {
        self.skip_breaks()?;
        if self.peek() == close {
            return Some(());
        }
        if self.peek() != b',' {
            return None;
        }
        self.at += 1;
        self.skip_breaks()?;
        (self.peek() != close).then_some(())
    }

    /// Over spaces and to further lines, which are indented.
    fn skip_breaks(&mut self) -> Option<()> {
        self.skip_spaces();
        while self.peek() == b'\n' {
            self.at += 1;
            let start = self.at;
            self.skip_spaces();
            if self.at == start && self.peek() != b'\n' {
                return None;
            }
        }
        Some(())
    }
}
