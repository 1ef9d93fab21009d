//! Statements as Structurizr DSL and LikeC4 write them: words in a line, and statements between braces below them.
//!
//! Knows words, comments and braces; knows no keywords.

use crate::source::{Issues, Span};

/// Braces in braces.
const DEEPEST: usize = 64;

/// A line of words, with what stands between braces at its end.
#[derive(Debug)]
pub(super) struct Statement {
    pub words: Vec<Word>,
    pub body: Option<Vec<Statement>>,
    pub span: Span,
}

impl Statement {
    /// The first word in small letters.
    pub fn keyword(&self) -> String {
        let first = self.words.first().map(Word::lower);
        first.unwrap_or_default()
    }

    /// Whether it begins with a keyword.
    pub fn is(&self, keyword: &str) -> bool {
        self.keyword() == keyword
    }

    pub fn body(&self) -> &[Self] {
        self.body.as_deref().unwrap_or_default()
    }
}

/// A word or a text in quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub text: String,
    pub is_quoted: bool,
}

impl Word {
    /// In small letters, where it can be a keyword.
    pub fn lower(&self) -> String {
        if self.is_quoted {
            String::new()
        } else {
            self.text.to_lowercase()
        }
    }

    pub fn is(&self, sign: &str) -> bool {
        !self.is_quoted && self.text == sign
    }
}

/// In what notations differ.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dialect {
    /// What texts stand between.
    pub quotes: &'static [char],
    /// Texts go on over the ends of lines.
    pub has_long_texts: bool,
    /// What begins a comment that ends with its line.
    pub comments: &'static [&'static str],
}

/// Reads a file; nothing where it has a mistake that all after it depends on.
pub(super) fn read(text: &str, dialect: Dialect, issues: &mut Issues) -> Option<Vec<Statement>> {
    let mut reader = Reader {
        dialect,
        text,
        at: text.len() - text.trim_start_matches('\u{feff}').len(),
        issues,
    };
    reader.statements(None)
}

struct Reader<'t, 'i> {
    dialect: Dialect,
    text: &'t str,
    at: usize,
    issues: &'i mut Issues,
}

impl<'t> Reader<'t, '_> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn broken(&mut self, start: usize, message: impl Into<String>, help: &str) {
        let letter = self.text.get(start..).and_then(|rest| rest.chars().next());
        let end = start + letter.map_or(0, char::len_utf8);
        self.issues
            .error(Span::new(start, end), message, help.to_owned());
    }

    /// Over spaces, line ends and comments; nothing where a comment does not end.
    fn skip_to_statement(&mut self) -> Option<()> {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            let mut comments = self.dialect.comments.iter();
            if comments.any(|comment| trimmed.starts_with(comment)) {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if let Some(inner) = trimmed.strip_prefix("/*") {
                let Some(end) = inner.find("*/") else {
                    self.broken(self.at, "a comment that does not end", "`*/` ends it");
                    return None;
                };
                self.at += "/**/".len() + end;
            } else {
                return Some(());
            }
        }
    }

    /// Statements to the end of the file, or of the braces that are opened at a place and so deep.
    fn statements(&mut self, within: Option<(usize, usize)>) -> Option<Vec<Statement>> {
        let mut all = Vec::new();
        loop {
            self.skip_to_statement()?;
            match (self.rest().chars().next(), within) {
                (None, None) => return Some(all),
                (None, Some((opened, _))) => {
                    self.broken(opened, "`}` is missing", "every `{` has its `}`");
                    return None;
                }
                (Some('}'), within) => {
                    self.at += 1;
                    if within.is_some() {
                        return Some(all);
                    }
                    let help = "it is left out: nothing is open".to_owned();
                    let span = Span::new(self.at - 1, self.at);
                    self.issues.warning(span, "a `}` too many", help);
                }
                _ => all.push(self.statement(within.map_or(0, |(_, depth)| depth))?),
            }
        }
    }

    fn statement(&mut self, depth: usize) -> Option<Statement> {
        let start = self.at;
        let mut words = Vec::new();
        let mut end = start;
        let mut body = None;
        while self.skip_to_word() {
            let opened = self.at;
            if self.rest().starts_with('}') {
                break;
            }
            if self.rest().starts_with('{') {
                if depth >= DEEPEST {
                    let message = format!("braces nest more than {DEEPEST} deep");
                    self.broken(opened, message, "nobody could see more");
                    return None;
                }
                self.at += 1;
                body = Some(self.statements(Some((opened, depth + 1)))?);
                break;
            }
            words.push(self.word()?);
            end = self.at;
        }
        Some(Statement {
            words,
            body,
            span: Span::new(start, end),
        })
    }

    /// Over spaces in a line, and its end where a backslash stands before it; whether a word follows.
    fn skip_to_word(&mut self) -> bool {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
            self.at += rest.len() - trimmed.len();
            let goes_on = ["\\\n", "\\\r\n"];
            if let Some(end) = goes_on.iter().find(|end| trimmed.starts_with(**end)) {
                self.at += end.len();
                continue;
            }
            if trimmed.starts_with("//") {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            }
            return !matches!(self.rest().chars().next(), None | Some('\n'));
        }
    }

    fn word(&mut self) -> Option<Word> {
        let (start, rest) = (self.at, self.rest());
        let quotes = self.dialect.quotes;
        if let Some(quote) = rest.chars().next().filter(|first| quotes.contains(first)) {
            let text = self.quoted(quote);
            if text.is_none() {
                let help = "the quote at its end is missing";
                self.broken(start, "a text that does not end", help);
            }
            return text.map(|text| Word {
                text,
                is_quoted: true,
            });
        }
        let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let mut text = rest.get(..length).unwrap_or_default();
        // A brace may stand at the end of a word; those of a name that stands for something belong to it.
        if text.len() > 1 && !text.contains("${") {
            text = text.trim_end_matches(['{', '}']);
        }
        self.at += text.len();
        Some(Word {
            text: text.to_owned(),
            is_quoted: false,
        })
    }

    /// A text in quotes, or in three of them, where it has lines.
    fn quoted(&mut self, quote: char) -> Option<String> {
        let rest = self.rest();
        let three: String = std::iter::repeat_n(quote, 3).collect();
        if let Some(inner) = rest.strip_prefix(&three) {
            let end = inner.find(&three)?;
            self.at += end + 2 * three.len();
            return inner.get(..end).map(|text| text.trim().to_owned());
        }
        let mut text = String::new();
        let mut chars = rest.char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            match c {
                end if end == quote => {
                    self.at += at + c.len_utf8();
                    return Some(text);
                }
                // They go on behind a line only where a backslash says so.
                '\n' if !self.dialect.has_long_texts => return None,
                '\\' => match chars.next()?.1 {
                    '\n' => {}
                    escaped if escaped == quote => text.push(quote),
                    other => text.extend(['\\', other]),
                },
                c => text.push(c),
            }
        }
        None
    }
}
