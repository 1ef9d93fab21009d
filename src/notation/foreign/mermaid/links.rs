//! Arrows of a flowchart: `-->`, `-.->`, `==>`, `<-->`, `---`, with words in them or behind them.
//!
//! Knows one arrow; knows not what it joins.

use crate::notation::foreign::diagram::Heads;

/// An arrow as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Link<'t> {
    pub heads: Heads,
    pub is_dashed: bool,
    /// `~~~`: it moves boxes and joins nothing.
    pub is_hidden: bool,
    /// What is written along it.
    pub label: &'t str,
    /// How many bytes it takes.
    pub length: usize,
}

/// The arrow at the start of a text; none where there is none.
pub(super) fn link(text: &str) -> Option<Link<'_>> {
    let is_start = |c: char| matches!(c, '<' | 'o' | 'x');
    let start = text.strip_prefix(is_start).map_or(0, |_| 1);
    let body = text.get(start..)?;
    if body.starts_with("~~~") {
        let length = body.len() - body.trim_start_matches('~').len();
        return Some(Link {
            is_hidden: true,
            length: start + length,
            ..Link::default()
        });
    }
    let line = Line::of(body)?;
    let (label, end) = match line.words(body) {
        Some(words) => words,
        None => ("", line),
    };
    let is_at_end = end.has_head;
    let is_at_start = start > 0 && text.starts_with('<');
    let length = start + end.end;
    let (label, length) = match piped(text.get(length..)?) {
        Some((piped, more)) if label.is_empty() => (piped, length + more),
        _ => (label, length),
    };
    Some(Link {
        heads: Heads::of(is_at_start, is_at_end),
        is_dashed: end.is_dashed || line.is_dashed,
        is_hidden: false,
        label,
        length,
    })
}

/// A run of dashes, dots or equals signs, with a head where one follows.
#[derive(Clone, Copy, Debug)]
struct Line {
    /// How many of them there are.
    length: usize,
    is_dashed: bool,
    has_head: bool,
    /// Where it ends, its head included.
    end: usize,
}

impl Line {
    fn of(text: &str) -> Option<Self> {
        let is_of_line = |c: char| matches!(c, '-' | '.' | '=');
        let length = text.find(|c| !is_of_line(c)).unwrap_or(text.len());
        let run = text.get(..length)?;
        let is_line = run.starts_with("--") || run.starts_with("-.") || run.starts_with("==");
        let after = text.get(length..).unwrap_or_default();
        let has_head = after.starts_with('>') || ends_in_letter(after);
        is_line.then_some(Self {
            length,
            is_dashed: run.contains('.'),
            has_head,
            end: length + usize::from(has_head),
        })
    }

    /// The words of `-- words -->`, `-. words .->` and `== words ==>`, and the line behind them.
    fn words<'t>(&self, text: &'t str) -> Option<(&'t str, Self)> {
        if self.length != 2 || self.has_head {
            return None;
        }
        let line = text.get(self.length..)?.lines().next()?;
        let closing = match text.get(..2)? {
            "-." => ".-",
            "==" => "==",
            _ => "--",
        };
        let at = line.find(closing)?;
        // A dash after a dot closes as well, with or without more dots before it.
        let start = self.length + at;
        let mut end = Self::of_rest(text.get(start..)?)?;
        end.end += start;
        Some((line.get(..at)?.trim().trim_matches('"'), end))
    }

    /// The second half of a line with words: it may begin with a dot.
    fn of_rest(text: &str) -> Option<Self> {
        let dots = text.len() - text.trim_start_matches('.').len();
        if dots == 0 {
            return Self::of(text);
        }
        let rest = text.get(dots..)?;
        let dashes = rest.len() - rest.trim_start_matches('-').len();
        let after = rest.get(dashes..)?;
        let has_head = after.starts_with('>') || ends_in_letter(after);
        Some(Self {
            length: dots + dashes,
            is_dashed: true,
            has_head,
            end: dots + dashes + usize::from(has_head),
        })
    }
}

/// A circle or a cross as the head: no name begins with the letter.
fn ends_in_letter(after: &str) -> bool {
    let rest = after.strip_prefix(['o', 'x']);
    rest.is_some_and(|rest| rest.starts_with([' ', '|', '\t']))
}

/// The words between bars behind an arrow, and how long they are with all around them.
fn piped(text: &str) -> Option<(&str, usize)> {
    let inner = text.trim_start_matches([' ', '\t']);
    let before = text.len() - inner.len();
    let inner = inner.strip_prefix('|')?;
    let end = inner
        .find('|')
        .filter(|end| !inner.get(..*end).unwrap_or_default().contains('\n'))?;
    let label = inner.get(..end)?.trim().trim_matches('"');
    Some((label, before + end + 2))
}
