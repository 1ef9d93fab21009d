//! Writing YAML as a person would: plain words wherever every reader takes them for words, brackets while a collection
//! fits on its line, one entry a line where it does not.
//!
//! Knows what readers of YAML 1.1 and 1.2 make of a plain word; knows nothing of designs.

/// Columns that a line in brackets may fill.
pub const WIDTH: usize = 100;

/// Characters of a key up to which YAML allows it to stand before its colon; 1,024 with quotes and escapes.
const LONGEST_KEY: usize = 1_000;

/// Words that some reader takes for nothing, a flag, a merge or a default value.
const SPECIAL: &[&str] = &[
    "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "<<", "=",
];

/// A value to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Yaml {
    /// Words. What another reader would take for a number, a flag or a date is quoted.
    Text(String),
    /// A number, a figure, a flag or a date, which stands as it is wherever YAML allows it.
    Bare(String),
    /// A list.
    List(Layout, Vec<Self>),
    /// A map, in the order in which it is written.
    Map(Layout, Vec<(String, Self)>),
}

/// How a collection is laid out. An empty one is always `[]` or `{}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// In brackets while it fits on the line, else one entry a line.
    Fitting,
    /// One entry a line.
    Lines,
}

impl Yaml {
    /// Words.
    pub fn text(words: impl Into<String>) -> Self {
        Self::Text(words.into())
    }

    /// A number, a figure, a flag or a date.
    pub fn bare(words: impl Into<String>) -> Self {
        Self::Bare(words.into())
    }

    /// A list of words.
    pub fn texts(layout: Layout, words: &[String]) -> Self {
        Self::List(layout, words.iter().map(Self::text).collect())
    }

    /// A map.
    pub fn map<K: Into<String>>(
        layout: Layout,
        entries: impl IntoIterator<Item = (K, Self)>,
    ) -> Self {
        let entries = entries
            .into_iter()
            .map(|(key, value)| (key.into(), value))
            .collect();
        Self::Map(layout, entries)
    }

    /// A collection without entries.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        match self {
            Self::Text(_) | Self::Bare(_) => false,
            Self::List(_, items) => items.is_empty(),
            Self::Map(_, entries) => entries.is_empty(),
        }
    }
}

/// An entry of the outermost map, with the line break after it.
#[must_use]
pub fn entry(key: &str, value: &Yaml) -> String {
    let mut out = String::new();
    map_entry(&mut out, 0, key, value);
    out
}

/// A value as it stands in brackets, on one line; nothing where it needs lines of its own.
#[must_use]
pub fn in_brackets(value: &Yaml) -> Option<String> {
    flow(value)
}

fn map(out: &mut String, indent: usize, entries: &[(String, Yaml)]) {
    for (key, value) in entries {
        pad(out, indent);
        map_entry(out, indent, key, value);
    }
}

fn map_entry(out: &mut String, indent: usize, key: &str, value: &Yaml) {
    let key = text(key, false);
    if key.chars().count() > LONGEST_KEY {
        out.push_str("? ");
        out.push_str(&key);
        out.push('\n');
        pad(out, indent);
    } else {
        out.push_str(&key);
    }
    out.push(':');
    value_after_mark(out, indent, value);
}

fn list(out: &mut String, indent: usize, items: &[Yaml]) {
    for item in items {
        pad(out, indent);
        out.push('-');
        match item {
            Yaml::Map(_, entries) if one_line(item, room(out)).is_none() => {
                map(out, indent + 2, entries);
            }
            _ => value_after_mark(out, indent, item),
        }
    }
}

/// A value after a colon or a dash.
fn value_after_mark(out: &mut String, indent: usize, value: &Yaml) {
    if let Some(line) = one_line(value, room(out)) {
        out.push(' ');
        out.push_str(&line);
        out.push('\n');
        return;
    }
    match value {
        Yaml::Text(words) | Yaml::Bare(words) => literal(out, indent + 2, words),
        Yaml::List(_, items) => {
            out.push('\n');
            list(out, indent + 2, items);
        }
        Yaml::Map(_, entries) => {
            out.push('\n');
            map(out, indent + 2, entries);
        }
    }
}

/// A text of several lines that stand as they are.
fn literal(out: &mut String, indent: usize, words: &str) {
    let (mark, lines) = match words.strip_suffix('\n') {
        Some(lines) => (" |\n", lines),
        None => (" |-\n", words),
    };
    out.push_str(mark);
    for line in lines.split('\n') {
        if !line.is_empty() {
            pad(out, indent);
            out.push_str(line);
        }
        out.push('\n');
    }
}

/// Spaces up to a column.
fn pad(out: &mut String, indent: usize) {
    let missing = indent.saturating_sub(column(out));
    out.extend(std::iter::repeat_n(' ', missing));
}

fn column(out: &str) -> usize {
    out.rsplit('\n')
        .next()
        .map_or(0, |line| line.chars().count())
}

/// The columns that are left on the line after a space.
fn room(out: &str) -> usize {
    WIDTH.saturating_sub(column(out) + 1)
}

/// The value on one line: words always unless they are several lines, collections where there is room.
fn one_line(value: &Yaml, room: usize) -> Option<String> {
    match value {
        Yaml::Text(words) => (!is_literal(words)).then(|| text(words, false)),
        Yaml::Bare(words) => Some(bare(words, false)),
        Yaml::List(..) | Yaml::Map(..) => {
            flow(value).filter(|line| value.is_empty() || line.chars().count() <= room)
        }
    }
}

/// The value as it stands in brackets, unless it needs lines of its own.
fn flow(value: &Yaml) -> Option<String> {
    match value {
        Yaml::Text(words) => (!words.contains('\n')).then(|| text(words, true)),
        Yaml::Bare(words) => Some(bare(words, true)),
        Yaml::List(layout, items) if *layout == Layout::Fitting || items.is_empty() => {
            let items: Option<Vec<String>> = items.iter().map(flow).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        Yaml::Map(layout, entries) if *layout == Layout::Fitting || entries.is_empty() => {
            let pair = |(key, value): &(String, Yaml)| {
                Some(format!("{}: {}", text(key, true), flow(value)?))
            };
            let entries: Option<Vec<String>> = entries.iter().map(pair).collect();
            Some(format!("{{{}}}", entries?.join(", ")))
        }
        Yaml::List(..) | Yaml::Map(..) => None,
    }
}

/// Words, quoted where YAML or one of its readers would make something else of them.
fn text(words: &str, in_flow: bool) -> String {
    if is_plain(words, in_flow) && !is_special(words) && !is_number(words) && !is_time(words) {
        words.to_owned()
    } else {
        quoted(words)
    }
}

/// A number, a figure, a flag or a date. Only what readers would take for nothing, or for another number, is quoted.
fn bare(words: &str, in_flow: bool) -> String {
    let is_flag = matches!(words, "true" | "false");
    if is_plain(words, in_flow) && (is_flag || !is_special(words)) && !is_odd_number(words) {
        words.to_owned()
    } else {
        quoted(words)
    }
}

/// Whether YAML reads the text back as it is without quotes, on one line.
fn is_plain(words: &str, in_flow: bool) -> bool {
    !words.is_empty()
        && words.trim() == words
        && !words.contains(is_hidden)
        && !starts_as_syntax(words)
        && !words.contains(": ")
        && !words.ends_with(':')
        && !words.contains(" #")
        && !(in_flow && words.contains([',', '[', ']', '{', '}', '?']))
}

fn starts_as_syntax(words: &str) -> bool {
    let mut chars = words.chars();
    match (chars.next(), chars.next()) {
        (Some('-'), second) => !second.is_some_and(char::is_alphanumeric),
        (Some(first), _) => "?:,[]{}#&*!|>'\"%@`".contains(first) || words.starts_with("..."),
        (None, _) => false,
    }
}

/// Whether a character is none that YAML may contain, ends a line, or changes the order in which a line is shown.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_special(words: &str) -> bool {
    SPECIAL
        .iter()
        .any(|special| words.eq_ignore_ascii_case(special))
}

/// Whether some reader takes the words for a number: `12`, `1e3`, `1_000`, `1,000`, `1:30`, `1.2.3`, `0x1f`.
fn is_number(words: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let number = unsigned(words);
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let is_decimal = mantissa.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && mantissa
            .chars()
            .all(|c| c.is_ascii_digit() || "_.,:".contains(c))
        && digits(unsigned(exponent));
    is_decimal || is_odd_number(words)
}

/// Whether some reader takes the words for a number that they don't show: `0x1f`, `010`, `.inf`.
fn is_odd_number(words: &str) -> bool {
    let number = unsigned(words).to_ascii_lowercase();
    let rest_is = |prefix: &str, digits: fn(char) -> bool| {
        let rest = number.strip_prefix(prefix).unwrap_or_default();
        !rest.is_empty() && rest.chars().all(|c| c == '_' || digits(c))
    };
    rest_is("0x", |c| c.is_ascii_hexdigit())
        || ["0o", "0b", "0"]
            .into_iter()
            .any(|prefix| rest_is(prefix, |c| c.is_ascii_digit()))
        || matches!(number.as_str(), ".inf" | ".nan")
}

fn unsigned(number: &str) -> &str {
    number.strip_prefix(['+', '-']).unwrap_or(number)
}

/// Whether a reader of YAML 1.1 takes the words for a date, or a date and a time.
fn is_time(words: &str) -> bool {
    let date = words.split(['T', 't', ' ']).next().unwrap_or_default();
    let lengths: Vec<usize> = date.split('-').map(str::len).collect();
    matches!(lengths.as_slice(), [4, 1..=2, 1..=2])
        && words
            .chars()
            .all(|c| c.is_ascii_digit() || "-+:. TtZz".contains(c))
}

/// Whether the text can stand as lines of its own without quotes: no space at an edge, nothing hidden.
fn is_literal(words: &str) -> bool {
    let lines = words.strip_suffix('\n').unwrap_or(words);
    words.contains('\n')
        && !lines.is_empty()
        && lines.trim() == lines
        && lines
            .split('\n')
            .all(|line| line.trim_end() == line && !line.contains(is_hidden))
}

fn quoted(words: &str) -> String {
    let mut out = String::from("\"");
    for c in words.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if is_hidden(c) => out.push_str(&escaped(c)),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

fn escaped(c: char) -> String {
    match u32::from(c) {
        code @ ..=0xff => format!("\\x{code:02x}"),
        code @ ..=0xffff => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_collection_stands_in_brackets_while_it_fits() {
        let short = Yaml::map(Layout::Fitting, [("tech", Yaml::text("redis"))]);
        assert_eq!(entry("cache", &short), "cache: {tech: redis}\n");
        let long = Yaml::map(Layout::Fitting, [("notes", Yaml::text("x".repeat(WIDTH)))]);
        assert_eq!(
            entry("cache", &long),
            format!("cache:\n  notes: {}\n", "x".repeat(WIDTH))
        );
    }

    #[test]
    fn a_line_in_brackets_fills_the_width_and_no_more() {
        let of = |length: usize| entry("k", &Yaml::texts(Layout::Fitting, &["x".repeat(length)]));
        assert_eq!(of(WIDTH - 5).lines().next().map(str::len), Some(WIDTH));
        assert_eq!(of(WIDTH - 4).lines().count(), 2);
    }

    #[test]
    fn an_empty_collection_stands_after_any_key() {
        let key = "k".repeat(WIDTH);
        let empty = Yaml::List(Layout::Lines, Vec::new());
        assert_eq!(entry(&key, &empty), format!("{key}: []\n"));
    }

    #[test]
    fn a_map_in_a_list_starts_on_the_line_of_its_dash() {
        let item = Yaml::map(
            Layout::Lines,
            [("a", Yaml::bare("1")), ("b", Yaml::bare("2"))],
        );
        let list = Yaml::List(Layout::Lines, vec![item]);
        assert_eq!(entry("list", &list), "list:\n  - a: 1\n    b: 2\n");
    }

    #[test]
    fn several_lines_stand_as_they_are() {
        let text = Yaml::map(Layout::Fitting, [("notes", Yaml::text("one:\n\n  two #"))]);
        assert_eq!(
            entry("api", &text),
            "api:\n  notes: |-\n    one:\n\n      two #\n"
        );
        assert_eq!(
            entry("notes", &Yaml::text("one\ntwo\n")),
            "notes: |\n  one\n  two\n"
        );
    }

    #[test]
    fn lines_with_spaces_at_their_ends_are_quoted() {
        for text in [
            "one \ntwo",
            " one\ntwo",
            "one\ntwo\n\n",
            "\n",
            "one\r\ntwo",
            "a\tb\nc",
        ] {
            assert!(
                entry("k", &Yaml::text(text)).starts_with("k: \""),
                "{text:?}"
            );
        }
    }

    #[test]
    fn figures_stand_plain() {
        for figure in [
            "3",
            "-5%",
            "3.9k/s",
            "100M/month",
            "24h",
            "3x",
            "100:1",
            "1_000",
            "500 B",
            "~5k",
            "1e3",
            "0.5",
            "0x",
            "20% of (a * b)",
            "2027-06-30",
            "2026-11-20T18:02:11Z",
            "true",
            "62^7",
        ] {
            assert_eq!(bare(figure, true), figure);
        }
    }

    #[test]
    fn figures_that_read_as_something_else_are_quoted() {
        for figure in [
            "010", "0x1f", ".inf", "", "null", "~", " 3", "- 5", "(1) # 2", "1,000",
        ] {
            assert_eq!(bare(figure, true), format!("\"{figure}\""));
        }
        assert_eq!(bare("1,000", false), "1,000");
    }

    #[test]
    fn prose_stands_plain() {
        for words in [
            "Redirects answer in under 100 ms",
            "GET /{code} -> 302",
            "it's fine",
            "a, b",
            "C#",
            "say \"hi\"",
            "http://example.com",
            "-5 degrees",
            "no login",
            "3 zones",
            "naïve 🚀 日本語",
            "web -> lb ~> (a | b)",
            "why?",
            "a:b",
            "2024 was fine",
        ] {
            assert_eq!(text(words, false), words);
        }
    }

    #[test]
    fn what_ends_a_value_in_brackets_is_quoted_there() {
        for words in ["a, b", "GET /{code}", "why?", "x[1]"] {
            assert_eq!(text(words, true), format!("\"{words}\""));
        }
    }

    #[test]
    fn hidden_characters_are_escaped() {
        assert_eq!(
            quoted("\0\u{7}\u{85}\u{feff}\u{202e}"),
            r#""\x00\x07\x85\ufeff\u202e""#
        );
        assert_eq!(escaped('\u{1f600}'), "\\U0001f600");
    }

    #[test]
    fn a_key_too_long_for_its_line_has_a_question_mark() {
        let text = entry(&"k".repeat(2_000), &Yaml::text("v"));
        assert!(text.starts_with("? kkk") && text.ends_with("k\n: v\n"));
    }
}
