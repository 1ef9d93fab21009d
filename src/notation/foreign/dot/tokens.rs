//! The words and signs of a graph, without comments.
//!
//! Knows letters; knows no statements.

use std::borrow::Cow;

use crate::source::Span;

/// A word or a sign with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub text: Cow<'t, str>,
    pub is_sign: bool,
    pub span: Span,
}

impl Token<'_> {
    /// The text of a word.
    pub fn word(&self) -> Option<&str> {
        (!self.is_sign).then_some(&*self.text)
    }

    pub fn is_sign(&self, sign: &str) -> bool {
        self.is_sign && self.text == sign
    }
}

/// What can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    pub span: Span,
    pub message: String,
}

const SIGNS: &[&str] = &["->", "--", "{", "}", "[", "]", ";", ",", "=", ":", "+"];

/// All tokens of a text; after a mistake nothing more.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Result<Token<'_>, Mistake>> {
    let mut at = 0;
    let mut is_broken = false;
    std::iter::from_fn(move || {
        at = past_comments(text, at);
        let rest = text
            .get(at..)
            .filter(|rest| !rest.is_empty() && !is_broken)?;
        match token(rest, at) {
            Some(token) => {
                at = token.span.end;
                Some(Ok(token))
            }
            None => {
                is_broken = true;
                let c = rest.chars().next().unwrap_or_default();
                let what = if matches!(c, '"' | '<') {
                    "a text that does not end"
                } else {
                    "a sign that graphs do not have"
                };
                let span = Span::new(at, at + c.len_utf8());
                Some(Err(Mistake {
                    span,
                    message: what.to_owned(),
                }))
            }
        }
    })
}

/// The first byte from one on that is neither space nor comment.
fn past_comments(text: &str, from: usize) -> usize {
    let mut at = from;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let trimmed = rest.trim_start();
        let is_line_start = at == 0
            || rest.len() > trimmed.len()
                && rest
                    .get(..rest.len() - trimmed.len())
                    .is_some_and(|space| space.contains('\n'));
        at += rest.len() - trimmed.len();
        let end = if trimmed.starts_with("//") || is_line_start && trimmed.starts_with('#') {
            trimmed.find('\n')
        } else if trimmed.starts_with("/*") {
            trimmed.find("*/").map(|end| end + 2)
        } else {
            return at;
        };
        at += end.unwrap_or(trimmed.len());
    }
}

fn token(rest: &str, at: usize) -> Option<Token<'_>> {
    let made = |text: Cow<'static, str>, length: usize, is_sign: bool| Token {
        text,
        is_sign,
        span: Span::new(at, at + length),
    };
    if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
        return Some(made(Cow::Borrowed(sign), sign.len(), true));
    }
    match rest.chars().next()? {
        '"' => quoted(rest).map(|(text, length)| made(Cow::Owned(text), length, false)),
        '<' => hypertext(rest).map(|(text, length)| made(Cow::Owned(text), length, false)),
        _ => {
            let is_part = |c: char| {
                c.is_alphanumeric() || matches!(c, '_' | '.') || !c.is_ascii() && !c.is_whitespace()
            };
            let minus = usize::from(rest.starts_with('-'));
            let length = rest
                .get(minus..)?
                .find(|c| !is_part(c))
                .map_or(rest.len(), |end| end + minus);
            let text = rest.get(..length).filter(|text| text.len() > minus)?;
            Some(Token {
                text: Cow::Borrowed(text),
                is_sign: false,
                span: Span::new(at, at + length),
            })
        }
    }
}

/// A text in quotes: of escapes only quotes, backslashes and line ends are undone, for labels have others.
fn quoted(rest: &str) -> Option<(String, usize)> {
    let mut text = String::new();
    let mut chars = rest.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((text, at + 1)),
            '\\' => match chars.next()?.1 {
                same @ ('"' | '\\') => text.push(same),
                '\n' => {}
                other => text.extend(['\\', other]),
            },
            c => text.push(c),
        }
    }
    None
}

/// A text in angles, in which angles are opened and closed.
fn hypertext(rest: &str) -> Option<(String, usize)> {
    let mut depth = 0_usize;
    for (at, c) in rest.char_indices() {
        match c {
            '<' => depth += 1,
            '>' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((rest.get(1..at)?.to_owned(), at + 1));
        }
    }
    None
}
