//! Reading maps: known keys, unknown keys with the nearest right spelling, and values of the right sort.
//!
//! Knows trees; which keys there are is the caller's business.

use super::tree::{Content, Node};
use crate::model::{spelling, value};
use crate::source::{Issues, Span};

/// The entries of a map under a name for messages.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'n, 't> {
    /// What the map describes, such as "a component".
    pub what: &'n str,
    /// Where the map stands.
    pub span: Span,
    entries: &'n [(Node<'t>, Node<'t>)],
}

impl<'n, 't> Fields<'n, 't> {
    /// The entries of a node, which has to be a map; complains of anything else.
    pub fn of(node: &'n Node<'t>, what: &'n str, issues: &mut Issues) -> Option<Self> {
        match &node.content {
            Content::Map(entries) => Some(Self {
                what,
                span: node.span,
                entries,
            }),
            _ => {
                let message = format!(
                    "{} where {what} should stand, a map of keys and values",
                    node.sort()
                );
                let help = match node.content {
                    Content::Null => "write `key: value` below, or remove the key",
                    _ => "write `key: value`, each on a line of its own",
                };
                issues.error(node.span, message, help.to_owned());
                None
            }
        }
    }

    /// Complains of every key that is not among the known ones.
    pub fn only(&self, known: &[&str], issues: &mut Issues) {
        self.only_those(|name| known.contains(&name), || known.to_vec(), issues);
    }

    /// The same where keys are known otherwise than by a list, which is made only for a complaint.
    pub fn only_those<'k>(
        &self,
        is_known: impl Fn(&str) -> bool,
        known: impl Fn() -> Vec<&'k str>,
        issues: &mut Issues,
    ) {
        let help = |name: &str| spelling::one_of(name, &known());
        self.only_with_help(is_known, help, issues);
    }

    /// The same with a help of the caller's.
    pub fn only_with_help(
        &self,
        is_known: impl Fn(&str) -> bool,
        help: impl Fn(&str) -> String,
        issues: &mut Issues,
    ) {
        for (index, (key, _)) in self.entries.iter().enumerate() {
            let name = key.text().unwrap_or_default();
            let unknown = |name: &str| !is_known(name);
            if unknown(name) && !self.cut_off(index.wrapping_sub(1), unknown) {
                let message = format!("unknown key `{name}` of {}", self.what);
                let help = self.uncut(index, unknown).unwrap_or_else(|| help(name));
                if let Some(meant) = spelling::proposed(&help) {
                    issues.meant(self.span, meant);
                }
                issues.error(key.span, message, help);
            }
        }
    }

    /// Whether an entry is no key, but what follows a comma in a text: between braces a comma ends a value.
    fn cut_off(&self, index: usize, unknown: impl Fn(&str) -> bool) -> bool {
        let braces = self
            .entries
            .first()
            .is_some_and(|(key, _)| key.span.start > self.span.start);
        let entry = self.entries.get(index).filter(|_| braces && index > 0);
        entry.is_some_and(|(key, value)| {
            let colon = value.content != Content::Null || value.span.start > key.span.end;
            !colon && key.text().is_some_and(unknown)
        })
    }

    /// How to write a text that a comma ended, where an unknown key is the first piece of its rest.
    fn uncut(&self, index: usize, unknown: impl Fn(&str) -> bool) -> Option<String> {
        let (key, begin) = self.entries.get(index.checked_sub(1)?)?;
        let rest = (index..).take_while(|at| self.cut_off(*at, &unknown));
        let rest = rest.filter_map(|at| self.entries.get(at)?.0.text());
        let pieces: Vec<&str> = std::iter::once(begin.text()?).chain(rest).collect();
        let text = pieces.join(", ").replace('"', "'");
        (pieces.len() > 1).then(|| {
            let key = key.text().unwrap_or_default();
            format!("a comma ends a text between braces: write `{key}: \"{text}\"`")
        })
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'n Node<'t>> {
        self.entries
            .iter()
            .find(|(key, _)| key.text() == Some(name))
            .map(|(_, value)| value)
    }

    /// The key itself, for its span.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&'n Node<'t>> {
        self.entries
            .iter()
            .map(|(key, _)| key)
            .find(|key| key.text() == Some(name))
    }

    /// All keys with their values.
    #[must_use]
    pub const fn entries(&self) -> &'n [(Node<'t>, Node<'t>)] {
        self.entries
    }

    /// The text of a key's value; complains when it is no text.
    pub fn text(&self, name: &str, issues: &mut Issues) -> Option<String> {
        text_of(self.get(name)?, issues).map(str::to_owned)
    }

    /// The text of a key that has to be there; complains when it is not.
    pub fn required(&self, name: &str, issues: &mut Issues) -> Option<String> {
        if self.get(name).is_none() {
            issues.missing(self.span, self.what, name);
        }
        self.text(name, issues)
    }

    /// Complains where a file is not of the one format that there is, which a key has to say.
    pub fn format(&self, name: &str, known: &str, issues: &mut Issues) {
        let stated = self.required(name, issues);
        if let (Some(stated), Some(node)) = (stated, self.get(name))
            && stated != known
        {
            let help = format!("this program reads format {known}");
            issues.error(node.span, format!("unknown format `{stated}`"), help);
        }
    }

    /// The yes or no of a key's value.
    pub fn yes_no(&self, name: &str, issues: &mut Issues) -> Option<bool> {
        flag(self.get(name)?, issues)
    }

    /// The value that a key's word stands for; complains of a word that is none of the known ones.
    pub fn word<T>(
        &self,
        name: &str,
        known: &[&str],
        from: impl Fn(&str) -> Option<T>,
        issues: &mut Issues,
    ) -> Option<T> {
        let node = self.get(name)?;
        let text = text_of(node, issues)?;
        let value = from(text);
        if value.is_none() {
            let help = spelling::did_you_mean(text, known);
            issues.error(node.span, format!("unknown {name} `{text}`"), help);
        }
        value
    }

    /// The texts of a key's value, which may be one text or a list.
    pub fn texts(&self, name: &str, issues: &mut Issues) -> Vec<String> {
        self.get(name)
            .map(|node| texts_of(node, issues))
            .unwrap_or_default()
    }

    /// The list under a key, empty when it is not there; complains when it is no list.
    pub fn list(&self, name: &str, issues: &mut Issues) -> &'n [Node<'t>] {
        self.get(name)
            .map(|node| list_of(node, issues))
            .unwrap_or_default()
    }
}

/// The text of a node; complains of anything else.
pub fn text_of<'n>(node: &'n Node<'_>, issues: &mut Issues) -> Option<&'n str> {
    match &node.content {
        Content::Scalar { text, .. } => Some(text),
        Content::Null => {
            issues.error(
                node.span,
                "nothing where a text is expected",
                "write a value or remove the key".to_owned(),
            );
            None
        }
        _ => {
            issues.error(
                node.span,
                format!("{} where a text is expected", node.sort()),
                brackets_help(node),
            );
            None
        }
    }
}

/// Texts in braces are maps to YAML, which surprises people who write `{code}`; those in brackets are lists.
fn brackets_help(node: &Node<'_>) -> String {
    let help = match node.content {
        Content::Map(_) => "quote a text that contains `{`, or `: `",
        _ => "write one text, quoted if it begins with `[` or `- `",
    };
    help.to_owned()
}

/// What was read of several, if all of it could be: each is looked at, whatever came of those before it.
pub fn all_of<T>(read: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
    let mut all = Some(Vec::with_capacity(read.size_hint().0));
    for one in read {
        match (one, &mut all) {
            (Some(one), Some(all)) => all.push(one),
            _ => all = None,
        }
    }
    all
}

/// The items of a list; complains of anything else.
pub fn list_of<'n, 't>(node: &'n Node<'t>, issues: &mut Issues) -> &'n [Node<'t>] {
    match &node.content {
        Content::List(items) => items,
        Content::Null => {
            issues.error(
                node.span,
                "nothing where a list is expected",
                "write `[]` or remove the key".to_owned(),
            );
            &[]
        }
        _ => {
            issues.error(
                node.span,
                format!("{} where a list is expected", node.sort()),
                "write `- ` before each item".to_owned(),
            );
            &[]
        }
    }
}

/// The items of a list, or the node itself where it stands alone.
#[must_use]
pub fn one_or_many<'n, 't>(node: &'n Node<'t>) -> &'n [Node<'t>] {
    match &node.content {
        Content::List(items) => items,
        _ => std::slice::from_ref(node),
    }
}

/// One text, or each text of a list.
pub fn texts_of(node: &Node<'_>, issues: &mut Issues) -> Vec<String> {
    one_or_many(node)
        .iter()
        .filter_map(|item| text_of(item, issues).map(str::to_owned))
        .collect()
}

/// A percentage from 0 to 100, with or without its sign; complains of anything else.
pub fn percent_of(node: &Node<'_>, issues: &mut Issues) -> Option<f64> {
    let text = text_of(node, issues)?;
    let number = text.trim_end_matches('%').trim().parse::<f64>().ok();
    let percent = number.filter(|percent| (0.0..=100.0).contains(percent));
    if percent.is_none() {
        let help = "a number from 0 to 100".to_owned();
        issues.error(node.span, format!("`{text}` is no percentage"), help);
    }
    percent
}

/// A yes or no; complains of anything else.
pub fn flag(node: &Node<'_>, issues: &mut Issues) -> Option<bool> {
    let text = text_of(node, issues)?;
    let yes = value::yes_no(text);
    if yes.is_none() {
        issues.error(
            node.span,
            format!("`{text}` is neither yes nor no"),
            "write `yes` or `no`".to_owned(),
        );
    }
    yes
}
