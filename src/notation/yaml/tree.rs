//! Events of the YAML parser to a tree of nodes with byte spans, within limits that hold for files from strangers.
//!
//! Knows the event parser (its only home); knows no schema.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, StrInput};

use super::subset;
use crate::source::{Issues, Span};

/// What a file may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file.
    pub bytes: usize,
    /// How deep lists and maps may nest.
    pub depth: usize,
    /// Values of a file, those of resolved aliases included.
    pub nodes: usize,
    /// Components of a design.
    pub components: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 1 << 20,
            depth: 64,
            nodes: 200_000,
            components: 10_000,
        }
    }
}

/// A value with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node<'t> {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub content: Content<'t>,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content<'t> {
    /// Nothing, or `null` or `~`.
    Null,
    /// A text, a number, a yes or no: all are kept as written.
    Scalar {
        /// The text after YAML's own escapes.
        text: Cow<'t, str>,
        /// Whether the text stands in the file just so, byte by byte.
        verbatim: bool,
    },
    /// A list.
    List(Vec<Node<'t>>),
    /// A map, in the file's order, without duplicates.
    Map(Vec<(Node<'t>, Node<'t>)>),
}

impl Node<'_> {
    /// The text of a scalar.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// What it is, for messages.
    #[must_use]
    pub const fn sort(&self) -> &'static str {
        match self.content {
            Content::Null => "nothing",
            Content::Scalar { .. } => "a text",
            Content::List(_) => "a list",
            Content::Map(_) => "a map",
        }
    }

    /// The entries of a map; none for anything else.
    #[must_use]
    pub fn entries(&self) -> &[(Self, Self)] {
        match &self.content {
            Content::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The span of a part of a scalar's text, exact where the text stands verbatim in the file.
    #[must_use]
    pub fn part(&self, range: &std::ops::Range<usize>) -> Span {
        match self.content {
            Content::Scalar { verbatim: true, .. } => self.span.within(range),
            _ => self.span,
        }
    }
}

/// Reads a text as one YAML document. Mistakes go to `issues`; the tree holds what could be read before the first
/// mistake of YAML itself, if that much is a value.
#[must_use]
pub fn parse<'t>(text: &'t str, limits: &Limits, issues: &mut Issues) -> Option<Node<'t>> {
    if text.len() > limits.bytes {
        let message = format!(
            "the file has {} bytes, more than the limit of {}",
            text.len(),
            limits.bytes
        );
        issues.error(
            Span::new(0, 0),
            message,
            "raise it with --max-bytes".to_owned(),
        );
        return None;
    }
    if let Some(at) = text.find('\0') {
        issues.error(
            Span::new(at, at + 1),
            "a NUL character",
            "this is no text file".to_owned(),
        );
        return None;
    }
    subset::scan(text, limits).or_else(|| parse_events(text, limits, issues))
}

/// The same of a text known to be right, without the entries of some keys where they can be passed over.
#[must_use]
pub fn parse_without<'t>(
    text: &'t str,
    limits: &Limits,
    unread: &[&str],
    issues: &mut Issues,
) -> Option<Node<'t>> {
    if unread.is_empty() {
        return parse(text, limits, issues);
    }
    subset::scan_without(text, limits, unread).or_else(|| parse(text, limits, issues))
}

/// The same by the event parser alone, which reads all of YAML.
#[must_use]
pub fn parse_events<'t>(text: &'t str, limits: &Limits, issues: &mut Issues) -> Option<Node<'t>> {
    Builder {
        text,
        limits,
        issues,
        parser: parser(text),
        nodes: 0,
        anchors: BTreeMap::new(),
        doubles: Vec::new(),
        breaks: OnceCell::new(),
    }
    .document()
}

/// A key that stands twice in a map, which the tree has the first value of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Double {
    /// The first entry, up to the one behind it.
    pub(super) first: Span,
    /// The value that the tree is without.
    pub(super) value: Span,
}

/// The keys of a text that stand twice in a map; none of a text that is no YAML.
pub(super) fn doubles(text: &str, limits: &Limits) -> Vec<Double> {
    let mut issues = Issues::default();
    let mut builder = Builder {
        text,
        limits,
        issues: &mut issues,
        parser: parser(text),
        nodes: 0,
        anchors: BTreeMap::new(),
        doubles: Vec::new(),
        breaks: OnceCell::new(),
    };
    let root = builder.document();
    root.map(|_| builder.doubles).unwrap_or_default()
}

fn parser(text: &str) -> Parser<'_, StrInput<'_>> {
    Parser::new_from_str_with_options(text, Options::default())
}

/// Whether a plain text says that there is nothing.
pub(super) fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// A text that comes from a span of the file, which is made narrower by a quote on each side where that is all the
/// difference.
pub(super) fn scalar<'t>(file: &str, text: Cow<'t, str>, span: Span) -> Node<'t> {
    let written = file.get(span.start..span.end).unwrap_or_default();
    let inner = Span::new(
        span.start + 1,
        span.end.saturating_sub(1).max(span.start + 1),
    );
    let (span, verbatim) = if written == text {
        (span, true)
    } else if file.get(inner.start..inner.end) == Some(text.as_ref()) {
        (inner, true)
    } else {
        (span, false)
    };
    Node {
        span,
        content: Content::Scalar { text, verbatim },
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

impl<'t> Builder<'t, '_> {
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
                let end = self
                    .text
                    .get(at..)
                    .and_then(|rest| rest.chars().next())
                    .map_or(at, |c| at + c.len_utf8());
                self.issues.error(
                    Span::new(at, end),
                    format!("not YAML: {}", error.info()),
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
        self.issues
            .error(span, message, "raise it with --max-depth".to_owned());
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
        self.issues.error(
            span,
            message,
            "split the file, or raise the limit with --max-nodes".to_owned(),
        );
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

/// What usually helps against a mistake of YAML itself, by its kind and by what stands there.
fn cure(kind: &ErrorKind, text: &str, at: usize) -> Option<String> {
    if let Some(cure) = known_cure(kind) {
        return Some(cure.to_owned());
    }
    let start = text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    let line = text.get(start..)?.lines().next()?;
    if line.starts_with('\t') || line.trim_start_matches(' ').starts_with('\t') {
        return Some("indent with spaces, not with tabs".to_owned());
    }
    if line.matches(": ").count() > 1 && !line.contains(['{', '"', '\'']) {
        return Some("quote a text that contains `: `".to_owned());
    }
    if line.contains(['"', '\'', '[', '{']) {
        return Some("look for a quote or bracket that is not closed".to_owned());
    }
    Some("look at the indentation here and on the line before".to_owned())
}

/// What helps against mistakes whose kind says enough.
const fn known_cure(kind: &ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::UnknownAnchor | ErrorKind::MissingAnchorOrAliasName => {
            "quote a text that begins with `*` or `&`; an alias stands for what has its anchor before it"
        }
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar => "indent with spaces, not with tabs",
        ErrorKind::UnknownQuotedScalarEscape | ErrorKind::InvalidQuotedScalarHexEscape => {
            "a backslash in double quotes is written twice, one in single quotes stands for itself"
        }
        ErrorKind::UnexpectedCharacter {
            character: '|' | '>',
        } => "within brackets, a text of several lines stands in quotes",
        ErrorKind::UnexpectedCharacter { .. } => {
            "quote a text that begins with a sign such as `@`, `%` or a backtick"
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<Node<'_>>, Vec<String>) {
        let mut issues = Issues::default();
        let node = parse(text, &Limits::default(), &mut issues);
        let messages = issues
            .into_sorted()
            .into_iter()
            .map(|issue| issue.message)
            .collect();
        (node, messages)
    }

    #[test]
    fn every_value_keeps_its_bytes() {
        let text = "é: 'x y'\nlist: [a, \"b\"]\n";
        let (node, issues) = read(text);
        assert!(issues.is_empty(), "{issues:?}");
        let node = node.expect("a map");
        let quoted = node
            .entries()
            .first()
            .map(|(_, value)| value.span)
            .expect("an entry");
        assert_eq!(text.get(quoted.start..quoted.end), Some("x y"));
    }

    #[test]
    fn duplicate_keys_are_named_with_the_line_of_the_first() {
        let (_, issues) = read("a: 1\nb: 2\na: 3\n");
        assert_eq!(issues, ["duplicate key `a`, first on line 1"]);
    }

    #[test]
    fn what_a_merge_key_stands_for_is_taken_as_meant() {
        let (node, issues) = read("a: &a {b: 1, c: 2}\nd: {<<: *a, c: 3}\ne: {<<: [*a, {f: 4}]}\n");
        let helpless = "merge keys are not supported";
        assert_eq!(issues, [helpless, helpless]);
        let node = node.expect("a map");
        let words = |at: usize| -> Vec<String> {
            let entries = node.entries().get(at).expect("an entry").1.entries();
            let text = |node: &Node<'_>| node.text().expect("a text").to_owned();
            let words = entries.iter();
            words.map(|(key, value)| text(key) + &text(value)).collect()
        };
        assert_eq!(words(1), ["c3", "b1"]);
        assert_eq!(words(2), ["b1", "c2", "f4"]);
    }

    #[test]
    fn an_alias_bomb_is_stopped_by_the_number_of_values() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for i in 1..12 {
            let refs = vec![format!("*a{}", i - 1); 10].join(", ");
            text.push_str(&format!("a{i}: &a{i} [{refs}]\n"));
        }
        let (_, issues) = read(&text);
        assert!(
            issues
                .iter()
                .any(|issue| issue.contains("values, counting what aliases repeat")),
            "{issues:?}"
        );
    }

    #[test]
    fn a_hundred_thousand_brackets_are_stopped_by_the_depth() {
        let (_, issues) = read(&"[".repeat(100_000));
        assert_eq!(issues.len(), 1, "{issues:?}");
    }

    #[test]
    fn an_alias_within_its_own_anchor_is_an_error() {
        let (_, issues) = read("a: &x [1, *x]\n");
        assert_eq!(issues.len(), 1, "{issues:?}");
    }

    #[test]
    fn what_is_no_yaml_has_its_cure() {
        for (text, cure) in [
            ("a:\n\tb: 1\n", "not with tabs"),
            ("a: b\n\tc: 1\n", "not with tabs"),
            ("a: *b\n", "begins with `*`"),
            ("a: *.example.com\n", "begins with `*`"),
            ("a: @b\n", "such as `@`"),
            ("a: {b: >\n  c}\n", "in quotes"),
            ("a: !b c\n", "begins with `!`"),
            ("a: [!b/c, d]\n", "begins with `!`"),
            ("a: \"c:\\d\"\n", "written twice"),
            ("a: b: c\n", "contains `: `"),
            ("a: [b\n", "not closed"),
            ("a: 1\n b: 2\n", "indentation"),
        ] {
            let mut issues = Issues::default();
            let _ = parse(text, &Limits::default(), &mut issues);
            let issues = issues.into_sorted();
            let help = issues.first().and_then(|issue| issue.help.as_deref());
            assert!(
                help.is_some_and(|help| help.contains(cure)),
                "{text}: {issues:?}"
            );
        }
    }
}
