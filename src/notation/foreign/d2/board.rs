//! The boxes and connections of a D2 file, put together from all that is said of each.
//!
//! Knows which box a path names; what is drawn of it is another's business.

use std::collections::BTreeMap;

use super::attributes::{
    Attributes, BOARDS, CLASSES, LABEL, VARS, begin, joined, note, note_class, note_vars,
};
use super::syntax::{Entry, Links, Subject, Value, Which};
use super::words::Key;
use crate::notation::foreign::diagram::Heads;
use crate::source::{Issues, Span};

/// Connections between the same two boxes that can be meant by their number, or all at once.
const MOST_BETWEEN: usize = 64;

/// Boxes in boxes.
const DEEPEST: usize = 32;

/// All that a file says.
#[derive(Debug, Default)]
pub(super) struct Board {
    /// What is said of the picture as a whole.
    pub attributes: Attributes,
    pub objects: Vec<Object>,
    pub links: Vec<Link>,
    pub classes: BTreeMap<String, Attributes>,
    vars: BTreeMap<String, String>,
    /// The objects by what they lie in and their name in small letters.
    names: BTreeMap<(Option<usize>, String), usize>,
    /// The links by their ends.
    joined: BTreeMap<(usize, usize), Vec<usize>>,
}

/// A box, with whatever lies in it.
#[derive(Debug, Default)]
pub(super) struct Object {
    pub name: String,
    pub within: Option<usize>,
    pub depth: usize,
    pub attributes: Attributes,
    pub is_removed: bool,
    pub span: Span,
}

/// A connection.
#[derive(Debug)]
pub(super) struct Link {
    pub from: usize,
    pub to: usize,
    pub heads: Heads,
    pub attributes: Attributes,
    pub is_removed: bool,
    pub span: Span,
}

/// Puts the entries of a file together.
pub(super) fn board(entries: &[Entry], issues: &mut Issues) -> Board {
    let mut board = Board::default();
    // What names stand for may be said behind where they stand.
    for entry in entries {
        let Subject::Path(path) = &entry.subject else {
            continue;
        };
        if let Some((first, below)) = path.split_first()
            && first.word() == Some(VARS)
        {
            let path = joined("", below);
            note_vars(&mut board.vars, &path, (&entry.value, entry.map.as_deref()));
        }
    }
    board.take_in(entries, None, issues);
    board
}

impl Board {
    fn take_in(&mut self, entries: &[Entry], within: Option<usize>, issues: &mut Issues) {
        for entry in entries {
            match &entry.subject {
                Subject::Filter => {}
                Subject::Spread(what) => left_out(entry, &format!("`...{what}`"), issues),
                Subject::Path(path) if path.iter().any(Key::is_pattern) => {
                    pattern(entry, begin(path), path, issues);
                }
                Subject::Links(links) if has_pattern(links) => {
                    if links.which.is_none() || links.tail.is_empty() && entry.map.is_none() {
                        left_out(entry, "a pattern", issues);
                    } else {
                        pattern(entry, 0, &links.tail, issues);
                    }
                }
                Subject::Path(path) => self.take_path(entry, path, within, issues),
                Subject::Links(links) => self.take_links(entry, links, within, issues),
            }
        }
    }

    fn take_path(
        &mut self,
        entry: &Entry,
        path: &[Key],
        within: Option<usize>,
        issues: &mut Issues,
    ) {
        let (names, tail) = path.split_at(begin(path));
        let object = self.object(names, within, entry.span, issues);
        let said = (&entry.value, entry.map.as_deref());
        if let Value::Import(file) = &entry.value {
            left_out(entry, &format!("`{file}`"), issues);
        }
        let Some((first, below)) = tail.split_first() else {
            let Some(at) = object else { return };
            if let Some(object) = self.objects.get_mut(at) {
                object.is_removed = entry.value == Value::Null;
                note(
                    &mut object.attributes,
                    LABEL,
                    (&entry.value, None),
                    &self.vars,
                );
            }
            return self.take_in(entry.map.as_deref().unwrap_or_default(), object, issues);
        };
        let word = first.text.to_ascii_lowercase();
        match word.as_str() {
            VARS => {}
            CLASSES => self.note_classes(below, said),
            _ if BOARDS.contains(&word.as_str()) => {
                let message = format!("`{word}` are left out: they are pictures of their own");
                issues.warning(entry.span, message, None);
            }
            _ => {
                let object = object.and_then(|at| self.objects.get_mut(at));
                let attributes = match object {
                    Some(object) => &mut object.attributes,
                    None => &mut self.attributes,
                };
                note(attributes, &joined("", tail), said, &self.vars);
            }
        }
    }

    /// `classes.name.shape: x`, or one with a map at any of these names.
    fn note_classes(&mut self, path: &[Key], said: (&Value, Option<&[Entry]>)) {
        if let Some((name, below)) = path.split_first() {
            let class = self.classes.entry(name.text.clone()).or_default();
            return note_class(class, below, said, &self.vars);
        }
        for entry in said.1.unwrap_or_default() {
            if let Subject::Path(path) = &entry.subject
                && let Some((name, below)) = path.split_first()
            {
                let said = (&entry.value, entry.map.as_deref());
                let class = self.classes.entry(name.text.clone()).or_default();
                note_class(class, below, said, &self.vars);
            }
        }
    }

    fn take_links(
        &mut self,
        entry: &Entry,
        links: &Links,
        within: Option<usize>,
        issues: &mut Issues,
    ) {
        let within = self.object(&links.within, within, entry.span, issues);
        let ends = links.ends.iter();
        let ends: Vec<Option<usize>> = ends
            .map(|path| {
                let names = path.get(..begin(path)).unwrap_or_default();
                self.object(names, within, entry.span, issues)
            })
            .collect();
        let pairs = ends.iter().zip(ends.iter().skip(1)).zip(&links.heads);
        for ((from, to), heads) in pairs {
            let (Some(from), Some(to)) = (*from, *to) else {
                left_out(entry, "a connection of the picture itself", issues);
                continue;
            };
            let meant = match links.which {
                None => vec![self.link(from, to, *heads, entry.span)],
                Some(which) => self.known(from, to, which),
            };
            if meant.is_empty() {
                let help = "connections between two boxes are counted from 0".to_owned();
                issues.warning(entry.span, "there is no such connection", help);
            }
            for at in meant {
                self.say(at, entry, &links.tail);
            }
        }
    }

    fn link(&mut self, from: usize, to: usize, heads: Heads, span: Span) -> usize {
        let at = self.links.len();
        self.links.push(Link {
            from,
            to,
            heads,
            attributes: Attributes::new(),
            is_removed: false,
            span,
        });
        let known = self.joined.entry((from, to)).or_default();
        if known.len() < MOST_BETWEEN {
            known.push(at);
        }
        at
    }

    fn known(&self, from: usize, to: usize, which: Which) -> Vec<usize> {
        let all = self.joined.get(&(from, to));
        let all = all.map(Vec::as_slice).unwrap_or_default();
        match which {
            Which::All => all.to_vec(),
            Which::One(number) => all.get(number).copied().into_iter().collect(),
        }
    }

    /// Notes what an entry says of a link.
    fn say(&mut self, at: usize, entry: &Entry, tail: &[Key]) {
        let Some(link) = self.links.get_mut(at) else {
            return;
        };
        let map = entry.map.as_deref();
        if tail.is_empty() {
            link.is_removed |= entry.value == Value::Null;
            note(
                &mut link.attributes,
                LABEL,
                (&entry.value, None),
                &self.vars,
            );
            note(&mut link.attributes, "", (&Value::None, map), &self.vars);
        } else {
            let path = joined("", tail);
            note(&mut link.attributes, &path, (&entry.value, map), &self.vars);
        }
    }

    /// The object of a path from within another, which is made where it is not there; nothing is the picture itself.
    fn object(
        &mut self,
        path: &[Key],
        within: Option<usize>,
        span: Span,
        issues: &mut Issues,
    ) -> Option<usize> {
        let mut at = within;
        for key in path {
            if key.word() == Some("_") {
                at = at.and_then(|at| self.objects.get(at)?.within);
                continue;
            }
            let depth = at
                .and_then(|at| self.objects.get(at))
                .map_or(0, |one| one.depth + 1);
            if depth >= DEEPEST {
                let message = format!("boxes nest more than {DEEPEST} deep");
                let help = "what lies deeper is left out".to_owned();
                issues.warning(span, message, help);
                return at;
            }
            at = Some(self.child(&key.text, at, depth, span));
        }
        at
    }

    fn child(&mut self, name: &str, within: Option<usize>, depth: usize, span: Span) -> usize {
        let made = self.objects.len();
        let at = *self
            .names
            .entry((within, name.to_lowercase()))
            .or_insert(made);
        if at == made {
            self.objects.push(Object {
                name: name.to_owned(),
                within,
                depth,
                span,
                ..Object::default()
            });
        }
        at
    }
}

fn has_pattern(links: &Links) -> bool {
    let ends = links.ends.iter().flatten();
    ends.chain(&links.within).any(Key::is_pattern)
}

/// Tells that a pattern is left out, unless it only says how things look.
fn pattern(entry: &Entry, begin: usize, path: &[Key], issues: &mut Issues) {
    let mut said = Attributes::new();
    let tail = path.get(begin..).unwrap_or_default();
    let of_it = (&entry.value, entry.map.as_deref());
    note(&mut said, &joined("", tail), of_it, &BTreeMap::new());
    let makes = tail.is_empty() && !matches!(entry.value, Value::None);
    if makes || !said.is_empty() {
        left_out(entry, "a pattern", issues);
    }
}

fn left_out(entry: &Entry, what: &str, issues: &mut Issues) {
    let reason = if what.starts_with('`') {
        "what it stands for is not in this text"
    } else {
        "write it for each box"
    };
    let message = format!("{what} is left out: {reason}");
    issues.warning(entry.span, message, None);
}
