//! Events of the YAML parser to a tree.
//!
//! Knows the event parser (its only home, with the cures of its mistakes); knows no scanner.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, StrInput};

use super::cure::{conflict, cure};
use super::{Content, Limits, NOT_YAML, Node, is_null, scalar};
use crate::source::{Issues, Span};

/// The same by the event parser alone, which reads all of YAML.
#[must_use]
pub fn parse_events<'t>(text: &'t str, limits: &Limits, issues: &mut Issues) -> Option<Node<'t>> {
    Builder::new(text, limits, issues).document()
}

/// A key that stands twice in a map, which the tree has the first value of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Double {
    /// The first entry, up to the one behind it.
    pub first: Span,
    /// The value that the tree is without.
    pub value: Span,
}

/// The keys of a text that stand twice in a map; none of a text that is no YAML.
pub fn doubles(text: &str, limits: &Limits) -> Vec<Double> {
    let mut issues = Issues::default();
    let mut builder = Builder::new(text, limits, &mut issues);
    let root = builder.document();
    root.map(|_| builder.doubles).unwrap_or_default()
}

/// What the parser says, with its quotes as all others are: it opens them by a backtick and closes them by an apostrophe.
fn quoted(said: &str) -> String {
    let opened = said.matches('`').count();
    match said.strip_suffix('\'') {
        Some(start) if opened % 2 == 1 => format!("{start}`"),
        _ => said.to_owned(),
    }
}

/// An error was noted; nothing more can be read.
struct Stop;

struct Builder<'t, 'i> {
    text: &'t str,
    limits: &'i Limits,
    issues: &'i mut Issues,
    parser: Parser<'t, StrInput<'t>>,
    nodes: usize,
    anchors: BTreeMap<usize, Node<'t>>,
    doubles: Vec<Double>,
    /// Where lines end, looked for when a line is first asked for.
    breaks: OnceCell<Vec<usize>>,
}

/// The keys of a map so far.
#[derive(Default)]
struct Keys {
    /// Where each of them stands first, and as which of all.
    seen: BTreeMap<String, (Span, usize)>,
    /// Where each entry begins, be it in the tree or not.
    starts: Vec<usize>,
}

type Step<'t> = (Event<'t>, Span);

impl<'t, 'i> Builder<'t, 'i> {
    fn new(text: &'t str, limits: &'i Limits, issues: &'i mut Issues) -> Self {
        Self {
            text,
            limits,
            issues,
            parser: Parser::new_from_str_with_options(text, Options::default()),
            nodes: 0,
            anchors: BTreeMap::new(),
            doubles: Vec::new(),
            breaks: OnceCell::new(),
        }
    }

    fn document(&mut self) -> Option<Node<'t>> {
        let mut root = None;
        loop {
            let (event, span) = self.next().ok()?;
            match event {
                Event::StreamEnd => return root,
                Event::StreamStart | Event::DocumentStart(..) | Event::DocumentEnd => {}
                _ if root.is_some() => {
                    self.issues.error(
                        span,
                        "a second document",
                        "one file holds one document; remove the `---`".to_owned(),
                    );
                    return root;
                }
                event => root = Some(self.node(event, span, 0).ok()?),
            }
        }
    }

    fn next(&mut self) -> Result<Step<'t>, Stop> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, self.bytes(span))),
            Some(Err(error)) => {
                let at = error
                    .marker()
                    .byte_offset()
                    .unwrap_or(self.text.len())
                    .min(self.text.len());
                if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
                    self.too_deep(Span::new(at, at));
                    return Err(Stop);
                }
                if let Some(span) = conflict(self.text) {
                    let help = "keep what is right of both sides, and take out the lines `<<<<<<<`, `=======` and `>>>>>>>`";
                    let message = "a merge that was not finished: both sides stand here";
                    self.issues.error(span, message, help.to_owned());
                    return Err(Stop);
                }
                let end = self
                    .text
                    .get(at..)
                    .and_then(|rest| rest.chars().next())
                    .map_or(at, |c| at + c.len_utf8());
                self.issues.error(
                    Span::new(at, end),
                    format!("{NOT_YAML}: {}", quoted(&error.info())),
                    cure(error.kind(), self.text, at),
                );
                Err(Stop)
            }
            None => Ok((
                Event::StreamEnd,
                Span::new(self.text.len(), self.text.len()),
            )),
        }
    }

    fn bytes(&self, span: granit_parser::Span) -> Span {
        let range = span.byte_range().unwrap_or(0..0);
        Span::new(
            range.start.min(self.text.len()),
            range.end.min(self.text.len()),
        )
    }

    fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Result<Node<'t>, Stop> {
        self.count(1, span)?;
        if depth > self.limits.depth {
            self.too_deep(span);
            return Err(Stop);
        }
        let tag = event.tag().filter(|tag| tag.is_custom());
        let tag = tag.map(granit_parser::Tag::original);
        if let Some(tag) = &tag {
            self.refuse_tag(tag, span);
        }
        let anchor = event.anchor_id();
        let node = match event {
            Event::Scalar(text, ..) if tag.is_some() && text.is_empty() => Node {
                span,
                content: Content::Scalar {
                    text: tag.unwrap_or_default().into(),
                    verbatim: false,
                },
            },
            Event::Scalar(text, ScalarStyle::Plain, _, _) if is_null(&text) => Node {
                span,
                content: Content::Null,
            },
            Event::Scalar(text, ..) => scalar(self.text, text, span),
            Event::SequenceStart(..) => self.list(span, depth)?,
            Event::MappingStart(..) => self.map(span, depth)?,
            Event::Alias(id) => return self.alias(id, span),
            _ => Node {
                span,
                content: Content::Null,
            },
        };
        if let Some(id) = anchor.filter(|id| *id != 0) {
            self.anchors.insert(id, node.clone());
        }
        Ok(node)
    }

    /// A word with `!` before it is no part of the text behind it, which few who write one mean.
    fn refuse_tag(&mut self, tag: &str, behind: Span) {
        let before = self.text.get(..behind.end).unwrap_or_default();
        let start = before.rfind(tag).unwrap_or(behind.start);
        let help = "quote a text that begins with `!`".to_owned();
        let span = Span::new(start, start + tag.len());
        self.issues
            .error(span, format!("`{tag}` is a tag of YAML, and no text"), help);
    }

    fn too_deep(&mut self, span: Span) {
        let message = format!("nested more than {} deep", self.limits.depth);
        let help = if self.limits.raised {
            "raise it with --max-depth"
        } else {
            "nest less: give a name to what stands innermost, or put it beside the rest"
        };
        self.issues.error(span, message, help.to_owned());
    }

    fn count(&mut self, nodes: usize, span: Span) -> Result<(), Stop> {
        self.nodes += nodes;
        if self.nodes <= self.limits.nodes {
            return Ok(());
        }
        let message = format!(
            "more than {} values, counting what aliases repeat",
            self.limits.nodes
        );
        let help = if self.limits.raised {
            "split the file, or raise the limit with --max-nodes"
        } else {
            "split the file"
        };
        self.issues.error(span, message, help.to_owned());
        Err(Stop)
    }

    fn list(&mut self, start: Span, depth: usize) -> Result<Node<'t>, Stop> {
        let mut items = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                let last = items
                    .last()
                    .map_or(start.end, |item: &Node<'_>| item.span.end);
                return Ok(Node {
                    span: Span::new(start.start, span.end.min(end_of(span, last))),
                    content: Content::List(items),
                });
            }
            items.push(self.node(event, span, depth + 1)?);
        }
    }

    fn map(&mut self, start: Span, depth: usize) -> Result<Node<'t>, Stop> {
        let mut entries: Vec<(Node<'t>, Node<'t>)> = Vec::new();
        let mut merged: Vec<(Node<'t>, Node<'t>)> = Vec::new();
        let mut keys = Keys::default();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                let last = entries
                    .last()
                    .map_or(start.end, |(_, value)| value.span.end);
                merged.retain(|(key, _)| key.text().is_some_and(|key| keys.is_new(key)));
                entries.append(&mut merged);
                return Ok(Node {
                    span: Span::new(start.start, span.end.min(end_of(span, last))),
                    content: Content::Map(entries),
                });
            }
            keys.starts.push(span.start);
            let key = self.node(event, span, depth + 1)?;
            let (event, span) = self.next()?;
            let value = self.node(event, span, depth + 1)?;
            if self.is_merge(&key) {
                merged.extend(maps_in(value));
            } else if self.is_new(&key, &value, &mut keys) {
                entries.push((key, value));
            }
        }
    }

    /// Whether a key stands for the entries of its value. They are taken as meant, so that nothing else is missed for want of
    /// them; it is a mistake all the same.
    fn is_merge(&mut self, key: &Node<'t>) -> bool {
        let before = key.span.start.checked_sub(1);
        let before = before.and_then(|at| self.text.get(at..key.span.start));
        let is_one = key.text() == Some("<<") && !matches!(before, Some("\"" | "'"));
        if is_one {
            let help = "write the entries out: merge keys are not part of YAML 1.2".to_owned();
            self.issues
                .error(key.span, "merge keys are not supported", help);
        }
        is_one
    }

    /// The line of a byte, counted from one.
    fn line(&self, byte: usize) -> usize {
        let all = || memchr::memchr_iter(b'\n', self.text.as_bytes()).collect();
        let breaks = self.breaks.get_or_init(all);
        1 + breaks.partition_point(|at| *at < byte)
    }

    fn is_new(&mut self, key: &Node<'t>, value: &Node<'t>, keys: &mut Keys) -> bool {
        let Some(text) = key.text() else {
            self.issues
                .error(key.span, format!("{} can't be a key", key.sort()), None);
            return false;
        };
        let at = keys.starts.len() - 1;
        if let Some((first, at)) = keys.seen.get(text) {
            let line = self.line(first.start);
            let message = format!("duplicate key `{text}`, first on line {line}");
            self.issues
                .error(key.span, message, "keep one of the two".to_owned());
            if let [start, end, ..] = keys.starts.get(*at..).unwrap_or_default() {
                self.doubles.push(Double {
                    first: Span::new(*start, *end),
                    value: value.span,
                });
            }
            return false;
        }
        keys.seen.insert(text.to_owned(), (key.span, at));
        true
    }

    fn alias(&mut self, id: usize, span: Span) -> Result<Node<'t>, Stop> {
        let Some(node) = self.anchors.get(&id).cloned() else {
            self.issues.error(
                span,
                "an alias inside of what it stands for",
                "write the value out".to_owned(),
            );
            return Err(Stop);
        };
        self.count(size(&node), span)?;
        Ok(Node {
            span,
            ..at(node, span)
        })
    }
}

impl Keys {
    fn is_new(&mut self, key: &str) -> bool {
        let place = (Span::default(), 0);
        self.seen.insert(key.to_owned(), place).is_none()
    }
}

/// The entries of a map, or of each map of a list.
fn maps_in(node: Node<'_>) -> Vec<(Node<'_>, Node<'_>)> {
    match node.content {
        Content::Map(entries) => entries,
        Content::List(items) => {
            let maps = items.into_iter().map(|item| item.content);
            let entries = maps.filter_map(|content| match content {
                Content::Map(entries) => Some(entries),
                _ => None,
            });
            entries.flatten().collect()
        }
        _ => Vec::new(),
    }
}

/// The end of a collection: where its last value ends, or where its closing bracket does.
fn end_of(end: Span, last: usize) -> usize {
    if end.end > end.start { end.end } else { last }
}

/// How many values a tree holds. Trees are never deeper than the limit, so recursion is bounded.
fn size(node: &Node<'_>) -> usize {
    match &node.content {
        Content::Null | Content::Scalar { .. } => 1,
        Content::List(items) => 1 + items.iter().map(size).sum::<usize>(),
        Content::Map(entries) => {
            1 + entries
                .iter()
                .map(|(key, value)| size(key) + size(value))
                .sum::<usize>()
        }
    }
}

/// A copy of a tree whose values all stand where the alias stands.
fn at(node: Node<'_>, span: Span) -> Node<'_> {
    let content = match node.content {
        Content::Scalar { text, .. } => Content::Scalar {
            text,
            verbatim: false,
        },
        Content::List(items) => {
            Content::List(items.into_iter().map(|item| at(item, span)).collect())
        }
        Content::Map(entries) => Content::Map(
            entries
                .into_iter()
                .map(|(key, value)| (at(key, span), at(value, span)))
                .collect(),
        ),
        Content::Null => Content::Null,
    };
    Node { span, content }
}
