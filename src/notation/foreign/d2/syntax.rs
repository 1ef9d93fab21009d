//! The entries of a D2 file as written: keys, connections, values and what stands between braces.
//!
//! Knows the grammar of entries; texts and links are read by their own file, and what keys mean is the board's business.

use super::words::{Key, Mark, Words};
use crate::notation::foreign::diagram::Heads;
use crate::source::{Issues, Span};

/// Braces in braces.
const DEEPEST: usize = 64;

/// Connections in a row; each has what is said of all.
const MOST_IN_ROW: usize = 256;

/// An entry of a map.
#[derive(Debug)]
pub(super) struct Entry {
    pub subject: Subject,
    pub value: Value,
    pub map: Option<Vec<Entry>>,
    pub span: Span,
}

/// What an entry is about.
#[derive(Debug)]
pub(super) enum Subject {
    /// `a.b`.
    Path(Vec<Key>),
    /// `a -> b <- c`, or `within.(a -> b)[0].tail`.
    Links(Links),
    /// `...@file` or `...${name}`: what stands elsewhere.
    Spread(String),
    /// `&key: value`: what a pattern matches.
    Filter,
}

/// Connections in a row.
#[derive(Debug, Default)]
pub(super) struct Links {
    pub within: Vec<Key>,
    pub ends: Vec<Vec<Key>>,
    pub heads: Vec<Heads>,
    /// Which of the connections between the same ends is meant, where they are there already.
    pub which: Option<Which>,
    /// What of them is said.
    pub tail: Vec<Key>,
}

/// Which of several connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    One(usize),
    All,
}

/// What stands behind a colon.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) enum Value {
    #[default]
    None,
    /// Words, quoted or not.
    Text(String),
    /// The removal of what the key names.
    Null,
    /// A text between bars, in some language.
    Block(String),
    /// Texts in brackets.
    List(Vec<String>),
    /// `@file`: what stands elsewhere.
    Import(String),
}

/// Reads a file; nothing where it has a mistake that all after it depends on.
pub(super) fn read(text: &str, issues: &mut Issues) -> Option<Vec<Entry>> {
    let mut reader = Reader {
        words: Words::new(text),
        issues,
    };
    reader.entries(None)
}

/// How a statement failed.
enum Failure {
    /// It is left out, and what follows is read.
    Unread,
    /// Nothing after it can be read; it is told.
    Broken,
}

struct Reader<'t, 'i> {
    words: Words<'t>,
    issues: &'i mut Issues,
}

impl Reader<'_, '_> {
    /// Entries to the end of the file, or of the braces that are opened at a place and so deep.
    fn entries(&mut self, within: Option<(usize, usize)>) -> Option<Vec<Entry>> {
        let mut all = Vec::new();
        loop {
            if self.words.skip_to_entry().is_none() {
                let start = self.words.at;
                self.broken(start, "a remark that does not end", "`\"\"\"` ends it");
                return None;
            }
            let start = self.words.at;
            let depth = within.map_or(0, |(_, depth)| depth);
            match (self.words.peek(), within) {
                (None, None) => return Some(all),
                (None, Some((opened, _))) => {
                    self.broken(opened, "`}` is missing", "every `{` has its `}`");
                    return None;
                }
                (Some('}'), Some(_)) => {
                    self.words.take("}");
                    return Some(all);
                }
                _ => {}
            }
            match self.entry(depth) {
                Ok(entry) => all.push(entry),
                Err(Failure::Broken) => return None,
                Err(Failure::Unread) => self.unread(start),
            }
        }
    }

    fn broken(&mut self, start: usize, message: &str, help: &str) {
        let span = Span::new(start, self.words.end_of_letter(start));
        self.issues.error(span, message, help.to_owned());
    }

    /// Tells that a line is not understood, and goes on behind it.
    fn unread(&mut self, start: usize) {
        self.words.skip_line();
        let end = self.words.at.max(self.words.end_of_letter(start));
        self.words.at = end;
        let help = "it is left out; boxes are written `name: label`, connections `a -> b: label`";
        let span = Span::new(start, end);
        let message = "a line that is not understood";
        self.issues.warning(span, message, help.to_owned());
    }

    fn entry(&mut self, depth: usize) -> Result<Entry, Failure> {
        let start = self.words.at;
        let subject = self.subject()?;
        let named = self.words.at;
        self.words.skip_spaces();
        let value = if self.words.take(":") {
            self.words.skip_spaces();
            self.value()?
        } else {
            Value::None
        };
        self.words.skip_spaces();
        let opened = self.words.at;
        let map = if self.words.take("{") {
            if depth >= DEEPEST {
                let message = format!("braces nest more than {DEEPEST} deep");
                self.broken(opened, &message, "nobody could see more");
                return Err(Failure::Broken);
            }
            let inner = self.entries(Some((opened, depth + 1)));
            Some(inner.ok_or(Failure::Broken)?)
        } else {
            None
        };
        self.words.skip_spaces();
        if !self.words.is_at_end_of_entry() {
            return Err(Failure::Unread);
        }
        Ok(Entry {
            subject,
            value,
            map,
            span: Span::new(start, named),
        })
    }

    fn subject(&mut self) -> Result<Subject, Failure> {
        if self.words.take("...") {
            return Ok(Subject::Spread(self.words.rest_of_line()));
        }
        if self.words.take("&") || self.words.take("!&") {
            self.path()?;
            return Ok(Subject::Filter);
        }
        if self.words.peek() == Some('(') {
            return self.group(Vec::new());
        }
        let first = self.path()?;
        if self.words.peek() == Some('(') {
            return self.group(first);
        }
        let links = self.row(first)?;
        Ok(match links {
            Links { heads, ends, .. } if heads.is_empty() => {
                Subject::Path(ends.into_iter().next().unwrap_or_default())
            }
            links => Subject::Links(links),
        })
    }

    /// `a`, or `a -> b -> c`, from behind the first name.
    fn row(&mut self, first: Vec<Key>) -> Result<Links, Failure> {
        let mut links = Links {
            ends: vec![first],
            ..Links::default()
        };
        loop {
            self.words.skip_spaces();
            let start = self.words.at;
            let Some(heads) = self.words.link() else {
                return Ok(links);
            };
            if links.heads.len() >= MOST_IN_ROW {
                let message = format!("more than {MOST_IN_ROW} connections in a row");
                self.broken(start, &message, "write each in a line of its own");
                return Err(Failure::Broken);
            }
            self.words.skip_spaces();
            links.heads.push(heads);
            links.ends.push(self.path()?);
        }
    }

    /// `(a -> b)[0].style.stroke`.
    fn group(&mut self, within: Vec<Key>) -> Result<Subject, Failure> {
        self.words.take("(");
        self.words.skip_spaces();
        let first = self.path()?;
        let mut links = self.row(first)?;
        self.words.skip_spaces();
        if links.heads.is_empty() || !self.words.take(")") {
            return Err(Failure::Unread);
        }
        links.within = within;
        if self.words.take("[") {
            let which = self.words.up_to(']').ok_or(Failure::Unread)?;
            links.which = match which.trim() {
                "*" => Some(Which::All),
                number => Some(Which::One(number.parse().map_err(|_| Failure::Unread)?)),
            };
        }
        if self.words.take(".") {
            links.tail = self.path()?;
        }
        Ok(Subject::Links(links))
    }

    /// `a.b."c d"`; a dot before a bracket ends it.
    fn path(&mut self) -> Result<Vec<Key>, Failure> {
        let mut keys = Vec::new();
        loop {
            let start = self.words.at;
            match self.words.key() {
                Some(Ok(key)) => keys.push(key),
                Some(Err(Mark)) => {
                    self.broken(start, "a text that does not end", "its quote is missing");
                    return Err(Failure::Broken);
                }
                None => return Err(Failure::Unread),
            }
            if !self.words.take(".") || self.words.peek() == Some('(') {
                return Ok(keys);
            }
        }
    }

    fn value(&mut self) -> Result<Value, Failure> {
        let start = self.words.at;
        let unended = match self.words.peek() {
            Some('|') => match self.words.block() {
                Some(text) => return Ok(Value::Block(text)),
                None => "a text between bars that does not end",
            },
            Some('"' | '\'') => match self.words.quoted() {
                Some(text) => return Ok(Value::Text(text)),
                None => "a text that does not end",
            },
            Some('[') => match self.list() {
                Some(texts) => return Ok(Value::List(texts)),
                None => "a list that does not end",
            },
            Some('@') => return Ok(Value::Import(self.words.rest_of_line())),
            _ => {
                let text = self.words.plain();
                return Ok(match text.as_str() {
                    "" => Value::None,
                    "null" => Value::Null,
                    _ => Value::Text(text),
                });
            }
        };
        self.broken(start, unended, "it ends as it begins");
        Err(Failure::Broken)
    }

    /// `[a; "b c"]`.
    fn list(&mut self) -> Option<Vec<String>> {
        self.words.take("[");
        let mut texts = Vec::new();
        loop {
            self.words.skip_to_entry()?;
            if self.words.take("]") {
                return Some(texts);
            }
            let start = self.words.at;
            let text = match self.words.peek()? {
                '"' | '\'' => self.words.quoted()?,
                _ => self.words.item(),
            };
            texts.push(text);
            if self.words.at == start {
                return None;
            }
        }
    }
}
