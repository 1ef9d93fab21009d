//! Calls of macros: `Container(api, "API", "Go", $tags="v1") {`.
//!
//! Knows how they are written; knows no macro.

/// A key, where one is written, and a value.
type Argument<'t> = (Option<&'t str>, &'t str);

/// A call as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::notation::foreign) struct Call<'t> {
    pub name: &'t str,
    arguments: Vec<Argument<'t>>,
    /// A brace follows: others are declared in it.
    pub opens: bool,
    /// How many bytes it takes, with what follows in its line.
    pub length: usize,
}

/// Lines of a call at most.
const MOST_LINES: usize = 20;

impl<'t> Call<'t> {
    /// The call at the start of a text.
    pub fn of(text: &'t str) -> Option<Self> {
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$');
        let name = text.split(|c| !is_of_name(c)).next()?;
        let after = text.get(name.len()..)?;
        let inner = after.trim_start_matches([' ', '\t']).strip_prefix('(')?;
        let (arguments, rest) = arguments(inner)?;
        let is_named = name.starts_with(|c: char| !c.is_ascii_digit());
        let (opens, rest) = opening(rest);
        is_named.then(|| Self {
            name,
            arguments,
            opens,
            length: text.len() - rest.len(),
        })
    }

    /// An argument by its key or else by its place among those without one, from 0.
    pub fn get(&self, key: &str, place: usize) -> Option<&'t str> {
        let mut keyed = self.arguments.iter();
        let keyed = keyed.find(|(other, _)| *other == Some(key));
        let mut placed = self.arguments.iter().filter(|(key, _)| key.is_none());
        let found = keyed.or_else(|| placed.nth(place));
        found
            .map(|(_, value)| *value)
            .filter(|value| !value.is_empty())
    }
}

/// The arguments up to the closing parenthesis, and what follows that.
fn arguments(inner: &str) -> Option<(Vec<Argument<'_>>, &str)> {
    let mut all = Vec::new();
    let (mut start, mut depth, mut is_quoted, mut lines) = (0, 0_usize, false, 1);
    for (at, c) in inner.char_indices() {
        match c {
            '\n' if lines == MOST_LINES => return None,
            '\n' => lines += 1,
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            ',' if depth == 0 => {
                all.push(argument(inner.get(start..at)?));
                start = at + 1;
            }
            ')' => {
                all.push(argument(inner.get(start..at)?));
                return Some((all, inner.get(at + 1..)?));
            }
            _ => {}
        }
    }
    None
}

/// An argument with its key, without its quotes.
fn argument(written: &str) -> Argument<'_> {
    let (key, value) = match written
        .trim()
        .strip_prefix('$')
        .map(|rest| rest.split_once('='))
    {
        Some(Some((key, value))) => (Some(key.trim()), value),
        _ => (None, written),
    };
    let value = value.trim();
    let bare = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    (key, bare.unwrap_or(value).trim())
}

/// Whether a brace opens behind a call, and what follows: colours and the like may stand before it, and a parenthesis too many.
fn opening(rest: &str) -> (bool, &str) {
    let end = rest.find('\n').unwrap_or(rest.len());
    let (line, below) = rest.split_at(end);
    let line = line.trim();
    if line.ends_with('{') {
        return (true, below);
    }
    if let Some(inside) = line.strip_prefix('{') {
        // Whatever stands in the same line is read as a line of its own.
        return (
            true,
            rest.get(rest.len() - below.len() - inside.len()..)
                .unwrap_or_default(),
        );
    }
    match below.trim_start().strip_prefix('{') {
        Some(inside) => (true, inside),
        None => (false, below),
    }
}
