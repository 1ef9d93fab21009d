//! Code frames: the line of a finding or a mistake with a caret below it. The only home of the library that draws them.
//!
//! Knows spans and texts; knows no rules.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Renderer, Snippet};

use super::plain;
use crate::model::Severity;
use crate::source::{Gravity, Issue, Source, Span};

/// With or without colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paint {
    /// Plain text.
    #[default]
    Plain,
    /// With colours for a terminal.
    Colour,
}

/// Text in a style, or plain.
pub(super) fn painted(text: &str, style: anstyle::Style, paint: Paint) -> String {
    match paint {
        Paint::Plain => text.to_owned(),
        Paint::Colour => format!("{style}{text}{style:#}"),
    }
}

/// A frame: a title, a place with a caret, and lines below.
#[derive(Debug)]
pub struct Frame<'f> {
    /// How grave it is.
    pub severity: Severity,
    /// What stands between brackets, such as the id of a rule.
    pub id: Option<&'f str>,
    /// The first line.
    pub title: &'f str,
    /// Where it is.
    pub span: Span,
    /// It is about the text as a whole: no line of it shows more than another.
    pub is_of_all: bool,
    /// Lines below: a word and a text each.
    pub below: Vec<(&'static str, String)>,
}

/// A frame without its text.
#[must_use]
pub fn frame(frame: &Frame<'_>, source: &Source, paint: Paint) -> String {
    let level = match frame.severity {
        Severity::Blocker | Severity::Major => Level::ERROR,
        Severity::Minor => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    draw(
        level.with_name(Some(frame.severity.word())),
        frame,
        source,
        paint,
    )
}

/// A mistake in a file as a frame.
#[must_use]
pub fn issue_frame(issue: &Issue, source: &Source, paint: Paint) -> String {
    let (level, severity) = match issue.gravity {
        Gravity::Error => (Level::ERROR, Severity::Major),
        Gravity::Warning => (Level::WARNING, Severity::Minor),
    };
    let below = issue
        .help
        .iter()
        .map(|help| ("help", help.clone()))
        .collect();
    draw(
        level,
        &Frame {
            severity,
            id: None,
            title: &issue.message,
            span: issue.span,
            is_of_all: false,
            below,
        },
        source,
        paint,
    )
}

fn draw(level: Level<'_>, frame: &Frame<'_>, source: &Source, paint: Paint) -> String {
    let title = level.primary_title(plain::line(frame.title));
    let title = match frame.id {
        Some(id) => title.id(id.to_owned()),
        None => title,
    };
    let mut group: Group<'_> = if source.text.is_empty() {
        let path = annotate_snippets::Origin::path(plain::line(&source.name));
        title.element(path)
    } else if frame.is_of_all {
        let place = source.position(frame.span.start);
        let path = annotate_snippets::Origin::path(plain::line(&source.name));
        title.element(path.line(place.line).char_column(place.column))
    } else {
        title.element(snippet(frame.span, source))
    };
    for (word, text) in &frame.below {
        let level = if *word == "help" {
            Level::HELP
        } else {
            Level::NOTE
        };
        group = group.element(Element::from(
            level.with_name(Some(*word)).message(plain::line(text)),
        ));
    }
    let renderer = match paint {
        Paint::Plain => Renderer::plain(),
        Paint::Colour => Renderer::styled(),
    };
    let mut drawn = renderer.decor_style(DecorStyle::Ascii).render(&[group]);
    drawn.push('\n');
    plain::without_commands(&drawn)
}

/// The line of a span; long spans are marked at their first line alone. No more than the line is given to who draws it, which
/// would look through the whole text for each of many frames.
fn snippet(span: Span, source: &Source) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    let text = source.text.as_str();
    let end = text
        .get(span.start..span.end)
        .and_then(|marked| marked.find('\n'))
        .map_or(span.end, |at| span.start + at);
    let (start, end) = (span.start.min(text.len()), end.min(text.len()));
    let before = text.get(..start).unwrap_or_default();
    let behind = text.get(end..).unwrap_or_default();
    let first = before.rfind('\n').map_or(0, |newline| newline + 1);
    let last = behind.find('\n').map_or(text.len(), |at| end + at + 1);
    let (whole, first, line) = match text.get(first..last) {
        Some(line) if !line.trim().is_empty() => (line, first, source.position(start).line),
        _ => (text, 0, 1),
    };
    Snippet::source(whole)
        .line_start(line)
        .path(plain::line(&source.name))
        .annotation(AnnotationKind::Primary.span(start - first..end - first))
}
