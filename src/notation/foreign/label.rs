//! Labels of diagrams: what a reader sees, without the markup that tools put around it.
//!
//! Knows tags, entities, line breaks and emphasis; knows not what the words stand for.

/// What is written on a box or along an arrow, line by line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// The first line.
    pub name: String,
    /// The others.
    pub rest: Vec<String>,
}

/// Letters of a label that are kept; whoever writes more writes no label.
const MOST: usize = 4096;

/// Letters of a label that are looked at: tools put much markup around few words.
const MOST_WRITTEN: usize = 1 << 16;

/// Words of an icon at most that are one name.
const WORDS_OF_NAME: usize = 4;

impl Label {
    /// Reads a label as it is written: with tags, entities, and breaks in any spelling.
    #[must_use]
    pub fn of(written: &str) -> Self {
        let text = without_markup(cut(written, MOST_WRITTEN));
        Self::plain(cut(&text, MOST))
    }

    /// A label without markup.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        let lines = text.lines().map(shown).filter(|line| !line.is_empty());
        let mut lines = lines.collect::<Vec<String>>().into_iter();
        Self {
            name: lines.next().unwrap_or_default(),
            rest: lines.collect(),
        }
    }

    /// Whether nothing is written.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.name.is_empty()
    }

    /// The label of an icon as one name, where nothing but its width can have broken it.
    #[must_use]
    pub fn unbroken(self) -> Self {
        let line = self.line();
        let is_name =
            line.split_whitespace().count() <= WORDS_OF_NAME && !line.contains(['(', '[']);
        if is_name { Self::plain(&line) } else { self }
    }

    /// All lines as one.
    #[must_use]
    pub fn line(&self) -> String {
        let rest = self.rest.iter().map(String::as_str);
        let all: Vec<&str> = std::iter::once(self.name.as_str()).chain(rest).collect();
        all.join(" ")
    }
}

/// The beginning of a text, of so many bytes at most.
pub(super) fn cut(text: &str, most: usize) -> &str {
    let mut ends = (0..=most.min(text.len())).rev();
    let end = ends.find(|at| text.is_char_boundary(*at));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

/// A line as it is shown: without emphasis, pictures before and after the words, and spaces that stand in a row.
fn shown(line: &str) -> String {
    let line = line.replace("**", "").replace(['`', '\u{200b}'], "");
    let words = line.split_whitespace();
    let words: Vec<&str> = words.filter(|word| !is_icon(word)).collect();
    let line = words.join(" ");
    let is_of_name = |c: char| c.is_alphanumeric() || "()[]{}<>/+#$%&*.\"'?!_~=@\u{d7}".contains(c);
    line.trim_matches(|c| !is_of_name(c)).trim().to_owned()
}

/// Whether a word names a picture in the way of icon fonts, such as `fa:fa-user`.
fn is_icon(word: &str) -> bool {
    let Some((family, icon)) = word.split_once(':') else {
        return false;
    };
    let is_plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    family.len() <= 4
        && !family.is_empty()
        && is_plain(family)
        && is_plain(icon)
        && icon.starts_with(&format!("{family}-"))
}

/// A text without tags and entities; what breaks a line in it breaks the line.
fn without_markup(text: &str) -> String {
    let text = text
        .replace("\\n", "\n")
        .replace("\\l", "\n")
        .replace("\\r", "\n");
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['<', '&', '#']) {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let read = match from.as_bytes().first() {
            Some(b'<') => tag(from),
            _ => entity(from),
        };
        let (stands_for, length) = read.unwrap_or_else(|| (from.chars().take(1).collect(), 1));
        plain.push_str(&stands_for);
        rest = from.get(length..).unwrap_or_default();
    }
    plain.push_str(rest);
    plain
}

/// Tags after which, and before which, a new line begins.
const BREAKING: &[&str] = &[
    "br", "div", "p", "li", "ul", "ol", "tr", "td", "table", "h1", "h2", "h3", "h4", "hr",
];

/// What a tag at the start of a text stands for, and how long it is.
fn tag(text: &str) -> Option<(String, usize)> {
    if let Some(comment) = text.strip_prefix("<!--") {
        let end = comment.find("-->")?;
        return Some((String::new(), end + "<!---->".len()));
    }
    let inner = text.strip_prefix('<')?;
    let name = inner.strip_prefix('/').unwrap_or(inner);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = inner.find(['>', '<']).filter(|end| {
        let found = inner.as_bytes().get(*end);
        found == Some(&b'>')
    })?;
    let name: String = name
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let breaks = BREAKING.contains(&name.to_ascii_lowercase().as_str());
    Some((if breaks { "\n" } else { "" }.to_owned(), end + 2))
}

/// Entities that labels have.
const ENTITIES: &[(&str, &str)] = &[
    ("quot", "\""),
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("nbsp", " "),
    ("apos", "'"),
    ("ndash", "-"),
    ("mdash", "-"),
    ("rarr", "→"),
    ("larr", "←"),
];

/// What an entity at the start of a text stands for, and how long it is: `&amp;`, `&#38;`, and the `#amp;` and `#38;` of Mermaid.
fn entity(text: &str) -> Option<(String, usize)> {
    let (inner, end) = text
        .get(1..)?
        .split_once(';')
        .map(|(inner, _)| (inner, inner.len() + 2))?;
    let name = inner.strip_prefix('#').unwrap_or(inner);
    let named = ENTITIES.iter().find(|(known, _)| *known == name);
    if let Some((_, stands_for)) = named {
        return Some(((*stands_for).to_owned(), end));
    }
    let hexadecimal = name.strip_prefix(['x', 'X']);
    let number = match hexadecimal {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => name.parse().ok()?,
    };
    let c = char::from_u32(number).filter(|c| !c.is_control())?;
    Some((c.to_string(), end))
}

/// A name of words that begin with capitals, or have bars between, as words: `APIGateway` is `API Gateway`.
pub(super) fn in_words(name: &str) -> String {
    let letters: Vec<char> = name
        .chars()
        .map(|c| if c == '_' { ' ' } else { c })
        .collect();
    let mut words = String::with_capacity(name.len());
    for (at, c) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let next_is_small = letters.get(at + 1).is_some_and(|next| next.is_lowercase());
        // "iOS" is one word.
        let is_prefix = before.is_some_and(|before| before.is_lowercase())
            && at
                .checked_sub(2)
                .and_then(|at| letters.get(at))
                .is_none_or(|start| !start.is_alphanumeric());
        let begins = before
            .is_some_and(|before| before.is_lowercase() || before.is_uppercase() && next_is_small);
        let begins = begins && !is_prefix;
        if c.is_uppercase() && begins {
            words.push(' ');
        }
        words.push(*c);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_what_a_reader_sees() {
        for (written, expected) in [
            ("Event Bus<br/>Kafka", "Event Bus|Kafka"),
            (r"Event Bus\nKafka", "Event Bus|Kafka"),
            ("<div><b>API</b></div><div>Go</div>", "API|Go"),
            ("Reads &amp; writes", "Reads & writes"),
            ("say #quot;hi#quot;", "say \"hi\""),
            ("#38; &#x26; #35;", "& & #"),
            ("a < b > c", "a < b > c"),
            ("<!--Start-->API<!-- b > c -->", "API"),
            ("a <!-- b", "a <!-- b"),
            ("fa:fa-user Rider", "Rider"),
            ("\u{1f4f1} Mobile App", "Mobile App"),
            ("**Cache** `hot`", "Cache hot"),
            ("- Load Balancer -", "Load Balancer"),
            ("C# & F#", "C# & F#"),
            ("Postgres<br/>\u{d7}3", "Postgres|\u{d7}3"),
            ("  \n ", ""),
            ("a &zzz; b #1; c", "a &zzz; b #1; c"),
        ] {
            let label = Label::of(written);
            let mut lines = vec![label.name];
            lines.extend(label.rest);
            assert_eq!(lines.join("|"), expected, "{written:?}");
        }
    }

    #[test]
    fn a_label_that_is_none_is_cut() {
        let long = "\u{e9}".repeat(3 * MOST);
        assert!(Label::of(&long).name.len() <= MOST);
        let marked = format!("{}API", "<span>".repeat(MOST));
        assert_eq!(Label::of(&marked).name, "API");
    }
}
