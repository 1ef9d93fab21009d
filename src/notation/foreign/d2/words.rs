//! The letters of a D2 file: keys, links between them, texts in quotes, between bars and without either.
//!
//! Knows where a text ends; knows no entries.

use crate::notation::foreign::diagram::Heads;

/// One name of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub text: String,
    pub is_quoted: bool,
}

impl Key {
    /// The word, where it may be one that the notation has.
    pub fn word(&self) -> Option<&str> {
        (!self.is_quoted).then_some(self.text.as_str())
    }

    /// Whether it is a pattern for several names.
    pub fn is_pattern(&self) -> bool {
        !self.is_quoted && self.text.contains('*')
    }
}

/// A quote that has no end.
#[derive(Debug)]
pub(super) struct Mark;

/// The words that are left of a text.
pub(super) struct Words<'t> {
    text: &'t str,
    pub at: usize,
}

impl<'t> Words<'t> {
    pub fn new(text: &'t str) -> Self {
        let at = text.len() - text.trim_start_matches('\u{feff}').len();
        Self { text, at }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Where the letter at a place ends.
    pub fn end_of_letter(&self, at: usize) -> usize {
        let letter = self.text.get(at..).and_then(|rest| rest.chars().next());
        at + letter.map_or(0, char::len_utf8)
    }

    pub fn take(&mut self, sign: &str) -> bool {
        let is_next = self.rest().starts_with(sign);
        self.at += if is_next { sign.len() } else { 0 };
        is_next
    }

    /// Over spaces, and line ends behind a backslash.
    pub fn skip_spaces(&mut self) {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len();
            if !self.take("\\\n") && !self.take("\\\r\n") {
                return;
            }
        }
    }

    /// Over spaces, line ends, semicolons and comments; nothing where a comment does not end.
    pub fn skip_to_entry(&mut self) -> Option<()> {
        loop {
            let rest = self.rest();
            let is_between = |c: char| c.is_whitespace() || c == ';';
            self.at += rest.len() - rest.trim_start_matches(is_between).len();
            let rest = self.rest();
            if let Some(inner) = rest.strip_prefix("\"\"\"") {
                self.at += 3 + inner.find("\"\"\"")? + 3;
            } else if rest.starts_with('#') {
                self.skip_line();
            } else {
                return Some(());
            }
        }
    }

    pub fn skip_line(&mut self) {
        let rest = self.rest();
        self.at += rest.find('\n').unwrap_or(rest.len());
    }

    pub fn is_at_end_of_entry(&self) -> bool {
        matches!(self.peek(), None | Some('\n' | ';' | '}' | '#'))
    }

    /// What is left of a line or an entry.
    pub fn rest_of_line(&mut self) -> String {
        let rest = self.rest();
        // The braces of a name that stands for something belong to it.
        let end = if rest.starts_with("${") {
            rest.find('}').map(|end| end + 1)
        } else {
            rest.find(['\n', ';', '}'])
        };
        let text = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        self.at += text.len();
        text.trim().to_owned()
    }

    /// What stands before a sign in the same line; goes on behind it.
    pub fn up_to(&mut self, sign: char) -> Option<&'t str> {
        let rest = self.rest();
        let end = rest.find([sign, '\n'])?;
        let text = rest.get(..end)?;
        rest.get(end..)?.strip_prefix(sign)?;
        self.at += end + sign.len_utf8();
        Some(text)
    }

    /// A link, if it is next: `->`, `<-`, `<->`, `--`, of any length.
    pub fn link(&mut self) -> Option<Heads> {
        let (heads, length) = link(self.rest())?;
        self.at += length;
        Some(heads)
    }

    /// The next name of a path.
    pub fn key(&mut self) -> Option<Result<Key, Mark>> {
        if matches!(self.peek(), Some('"' | '\'')) {
            let text = self.quoted().ok_or(Mark);
            self.skip_spaces();
            return Some(text.map(|text| Key {
                text,
                is_quoted: true,
            }));
        }
        let mut open = 0_usize;
        let text = self.unquoted(|rest, c| {
            let is_closing = c == ')' && open == 0;
            match c {
                '(' => open += 1,
                ')' => open = open.saturating_sub(1),
                _ => {}
            }
            matches!(c, '.' | ':') || is_closing || link(rest).is_some()
        });
        let text = text.trim().to_owned();
        (!text.is_empty()).then_some(Ok(Key {
            text,
            is_quoted: false,
        }))
    }

    /// A text without quotes, to the end of its entry.
    pub fn plain(&mut self) -> String {
        self.unquoted(|_, _| false).trim().to_owned()
    }

    /// A text of a list.
    pub fn item(&mut self) -> String {
        self.unquoted(|_, c| c == ']').trim().to_owned()
    }

    /// Letters to the end of an entry, or to where something else ends them. A backslash takes the meaning of a letter, but the
    /// breaks of lines in labels are left to those who read labels.
    fn unquoted(&mut self, mut ends: impl FnMut(&str, char) -> bool) -> String {
        let mut text = String::new();
        let mut is_after_space = true;
        while let Some(c) = self.peek() {
            let rest = self.rest();
            if matches!(c, '\n' | ';' | '{' | '}') || c == '#' && is_after_space || ends(rest, c) {
                break;
            }
            let taken = match (c, rest.chars().nth(1)) {
                ('\\', Some('\n')) => "\\\n".len(),
                ('\\', Some(after)) => {
                    text.extend(matches!(after, 'n' | 't').then_some(c));
                    text.push(after);
                    c.len_utf8() + after.len_utf8()
                }
                ('$', Some('{')) => {
                    let end = rest.find(['}', '\n']).map_or(rest.len(), |end| end + 1);
                    let name = rest.get(..end).unwrap_or_default().trim_end();
                    text.push_str(name);
                    name.len()
                }
                _ => {
                    text.push(c);
                    c.len_utf8()
                }
            };
            is_after_space = c.is_whitespace();
            self.at += taken;
        }
        text
    }

    /// A text in quotes. In double ones a quote and a backslash may stand behind a backslash.
    pub fn quoted(&mut self) -> Option<String> {
        let mut text = String::new();
        let mut chars = self.rest().char_indices();
        let quote = chars.next()?.1;
        while let Some((at, c)) = chars.next() {
            match c {
                c if c == quote => {
                    self.at += at + c.len_utf8();
                    return Some(text);
                }
                '\\' if quote == '"' => match chars.next()?.1 {
                    same @ ('"' | '\\' | '$') => text.push(same),
                    '\n' => {}
                    other => text.extend(['\\', other]),
                },
                c => text.push(c),
            }
        }
        None
    }

    /// A text between bars, which may have further signs: ``|md ... |``, ``||md ... ||``, ``|`md ... `|``.
    pub fn block(&mut self) -> Option<String> {
        let rest = self.rest();
        let is_of_bar = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && c != '_';
        let length = rest.find(|c: char| !is_of_bar(c))?;
        let (opening, inner) = rest.split_at(length);
        let closing: String = opening.chars().rev().collect();
        let end = inner.find(&closing)?;
        let text = inner.get(..end)?;
        self.at += length + end + closing.len();
        // The language stands before the first space.
        let text = text.split_once(char::is_whitespace);
        Some(text.map(|(_, text)| text.to_owned()).unwrap_or_default())
    }
}

/// A link at the start of a text, and how long it is.
fn link(text: &str) -> Option<(Heads, usize)> {
    let start = usize::from(text.starts_with('<'));
    let line = text.get(start..)?;
    let line = line.len() - line.trim_start_matches('-').len();
    let end = usize::from(text.get(start + line..)?.starts_with('>'));
    let is_link = line >= 1 && line + start + end >= 2;
    is_link.then(|| (Heads::of(start == 1, end == 1), start + line + end))
}
