//! New findings into a review that a mentor wrote in: the text is changed where it has to be, and nowhere else.
//!
//! Knows spans and lines; what was found is given. Whatever the changed text is read as is held against what it should say,
//! and where they differ (a list in brackets, an alias) the review is written anew.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use super::{Decision, Found, Gone, LIMITS, Review, read, write};
use crate::notation::yaml::{self, Content, Fields, Node};
use crate::source::{Issues, Span};

/// A review with the findings of now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// Its text; the same as before where nothing is new.
    pub text: String,
    /// Findings that were added.
    pub new: usize,
    /// Decisions on what is not found any more.
    pub gone: usize,
    /// Findings that no word is given on.
    pub undecided: usize,
    /// Whether it was written anew, so that the mentor's own layout is lost, but no word.
    pub anew: bool,
}

/// What happens to an entry.
#[derive(Clone, Debug, PartialEq)]
enum Fate {
    Stays(Decision),
    Goes,
}

/// Merges findings into a review that was read from a text without errors. What is undecided follows what is found, what
/// is decided stays; what is decided and not found any more is marked as gone.
#[must_use]
pub fn merged(text: &str, review: &Review, now: &[Found], fingerprint: &str) -> Merged {
    let cause = match &review.fingerprint {
        Some(before) if before == fingerprint => Gone::Rules,
        _ => Gone::Design,
    };
    let found: BTreeMap<&str, &Found> = by_fingerprint(now).collect();
    let edits = Edits::of(text);
    let touched = edits.as_ref().map(|edits| edits.touched(review));
    let touched = touched.unwrap_or_default().into_iter();
    let fates = review
        .findings
        .iter()
        .zip(touched.chain(iter::repeat(true)));
    let fates: Vec<Fate> = fates
        .map(|(one, touched)| fate(one, touched, &found, cause))
        .collect();
    let known = review.findings.iter();
    let known: BTreeSet<&str> = known.map(|one| one.found.fingerprint.as_str()).collect();
    let mut listed = BTreeSet::new();
    let new = now.iter().filter(|found| {
        let is_known = known.contains(found.fingerprint.as_str());
        !is_known && listed.insert(&found.fingerprint)
    });
    let new: Vec<Decision> = new.cloned().map(Decision::undecided).collect();
    let stay = |fate: &Fate| match fate {
        Fate::Stays(decision) => Some(decision.clone()),
        Fate::Goes => None,
    };
    let kept = fates.iter().filter_map(stay);
    let wanted = Review {
        fingerprint: Some(fingerprint.to_owned()),
        findings: kept.chain(new.iter().cloned()).collect(),
        ..review.clone()
    };
    let changed = edits.and_then(|edits| edits.made(review, &fates, &new, fingerprint));
    let is_right = |changed: &String| {
        let (again, issues) = read(changed);
        issues.is_empty() && write(&again) == write(&wanted)
    };
    let changed = changed.filter(is_right);
    Merged {
        anew: changed.is_none(),
        text: changed.unwrap_or_else(|| write(&wanted)),
        new: new.len(),
        undecided: wanted.undecided(),
        gone: wanted
            .findings
            .iter()
            .filter(|it| it.gone.is_some())
            .count(),
    }
}

fn by_fingerprint(now: &[Found]) -> impl Iterator<Item = (&str, &Found)> {
    // The first of several alike is the one that is listed.
    now.iter()
        .rev()
        .map(|found| (found.fingerprint.as_str(), found))
}

/// What becomes of an entry, which the mentor touched or not.
fn fate(decision: &Decision, touched: bool, found: &BTreeMap<&str, &Found>, cause: Gone) -> Fate {
    let now = found.get(decision.found.fingerprint.as_str());
    let mut decision = decision.clone();
    match now {
        Some(now) => {
            decision.gone = None;
            if !decision.is_decided() {
                decision.found = (*now).clone();
            }
        }
        None if !touched => return Fate::Goes,
        None => {
            let before = decision.gone.filter(|_| cause == Gone::Rules);
            decision.gone = Some(before.unwrap_or(cause));
        }
    }
    Fate::Stays(decision)
}

/// Changes of a text.
struct Edits<'t> {
    text: &'t str,
    root: Node<'t>,
    list: Vec<(Span, String)>,
}

impl<'t> Edits<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let root = yaml::parse(text, &LIMITS, &mut Issues::default())?;
        Some(Self {
            text,
            root,
            list: Vec::new(),
        })
    }

    /// For each entry, whether it is other than it was first written.
    fn touched(&self, review: &Review) -> Vec<bool> {
        let root = fields(&self.root);
        let items = root.as_ref().map_or(&[][..], items);
        let is_touched = |(item, decision): (&Node<'_>, &Decision)| {
            let dash = self.dash(item)?;
            let written = self.text.get(self.line_start(dash)..self.end(item))?;
            let first = Decision::undecided(decision.found.clone());
            let first = write::items(&[first], self.column(dash));
            Some(written.replace("\r\n", "\n").trim() != first.trim())
        };
        let items = items.iter().zip(&review.findings);
        items.map(|one| is_touched(one).unwrap_or(true)).collect()
    }

    /// The text with all changes made.
    fn made(
        mut self,
        review: &Review,
        fates: &[Fate],
        new: &[Decision],
        fingerprint: &str,
    ) -> Option<String> {
        let root = self.root.clone();
        let fields = fields(&root)?;
        match fields.get("fingerprint") {
            Some(node) => self.replace(node, fingerprint),
            None => {
                let entry = format!("fingerprint: {fingerprint}\n");
                self.insert(self.next_line(fields.get("design")?.span.end), &entry);
            }
        }
        let items = items(&fields);
        for ((item, before), fate) in items.iter().zip(&review.findings).zip(fates) {
            self.change(item, before, fate)?;
        }
        if !new.is_empty() {
            self.append(&fields, items, new)?;
        }
        Some(self.applied())
    }

    /// Changes an entry so that it says what it should.
    fn change(&mut self, item: &Node<'t>, before: &Decision, fate: &Fate) -> Option<()> {
        let item_fields = fields(item)?;
        let Fate::Stays(after) = fate else {
            let dash = self.dash(item)?;
            let start = self.line_start(dash);
            let above = self.text.get(..start)?;
            let start = start - usize::from(above.ends_with("\n\n"));
            self.list
                .push((Span::new(start, self.end(item)), String::new()));
            return Some(());
        };
        if after.found.severity != before.found.severity {
            let word = after.found.severity.word();
            self.replace(item_fields.get("found")?, word);
        }
        if after.found.says != before.found.says {
            self.replace(item_fields.get("says")?, &write::scalar(&after.found.says));
        }
        match (after.gone, item_fields.get("gone")) {
            (Some(gone), Some(node)) => self.replace(node, gone.word()),
            (Some(gone), None) => {
                let column = self.column(item_fields.key("fingerprint")?.span.start);
                let at = self.next_line(item_fields.get("fingerprint")?.span.end);
                let entry = format!("{}gone: {}\n", " ".repeat(column), gone.word());
                self.insert(at, &entry);
            }
            (None, Some(node)) => {
                let start = self.line_start(item_fields.key("gone")?.span.start);
                let end = self.next_line(node.span.end);
                self.list.push((Span::new(start, end), String::new()));
            }
            (None, None) => {}
        }
        Some(())
    }

    /// Puts new entries behind the last one.
    fn append(
        &mut self,
        root: &Fields<'_, 't>,
        items: &[Node<'t>],
        new: &[Decision],
    ) -> Option<()> {
        if let Some(last) = items.last() {
            let column = self.column(self.dash(last)?);
            self.insert(self.end(last), &write::items(new, column));
            return Some(());
        }
        let whole = write::findings(new);
        match (root.key("findings"), root.get("findings")) {
            (Some(key), Some(node)) => {
                let end = self.next_line(node.span.end.max(key.span.end));
                self.list.push((Span::new(key.span.start, end), whole));
            }
            _ => self.insert(self.text.len(), &whole),
        }
        Some(())
    }

    /// Writes another word in place of a value, within its quotes if it has any.
    fn replace(&mut self, node: &Node<'t>, word: &str) {
        let span = yaml::outer(self.text, node);
        if self.text.get(span.start..span.end) != Some(word) {
            self.list.push((span, word.to_owned()));
        }
    }

    fn insert(&mut self, at: usize, lines: &str) {
        let before = self.text.get(..at).unwrap_or_default();
        let gap = if before.is_empty() || before.ends_with('\n') {
            ""
        } else {
            "\n"
        };
        self.list.push((Span::new(at, at), format!("{gap}{lines}")));
    }

    /// The dash before an item of a list; none in brackets.
    fn dash(&self, item: &Node<'_>) -> Option<usize> {
        let before = self.text.get(..item.span.start)?.trim_end();
        before.ends_with('-').then(|| before.len() - 1)
    }

    /// The start of the line after an item and after what is remarked inside of it.
    fn end(&self, item: &Node<'_>) -> usize {
        let mut end = yaml::line_end(self.text, item.span.end);
        let column = self.dash(item).map_or(0, |dash| self.column(dash));
        while let Some(line) = self
            .text
            .get(end..)
            .and_then(|rest| rest.split('\n').next())
        {
            let remark = line.trim_start();
            if !remark.starts_with('#') || line.len() - remark.len() <= column {
                break;
            }
            end = self.next_line(end);
        }
        end
    }

    fn line_start(&self, at: usize) -> usize {
        yaml::line_start(self.text, at)
    }

    /// The start of the next line, or the end of the text.
    fn next_line(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        rest.find('\n')
            .map_or(self.text.len(), |newline| at + newline + 1)
    }

    /// The column of a byte, from 0.
    fn column(&self, at: usize) -> usize {
        yaml::column(self.text, at)
    }

    fn applied(mut self) -> String {
        let newline = yaml::newline(self.text);
        self.list.sort_by_key(|(span, _)| span.start);
        let (mut text, mut from) = (String::new(), 0);
        for (span, words) in &self.list {
            // What overlaps another change is left out, and the whole is not what it should be then.
            let Some(kept) = self.text.get(from..span.start) else {
                continue;
            };
            text.push_str(kept);
            text.push_str(&words.replace('\n', newline));
            from = span.end;
        }
        text.push_str(self.text.get(from..).unwrap_or_default());
        text
    }
}

fn items<'n, 't>(root: &Fields<'n, 't>) -> &'n [Node<'t>] {
    match root.get("findings").map(|node| &node.content) {
        Some(Content::List(items)) => items,
        _ => &[],
    }
}

fn fields<'n, 't>(node: &'n Node<'t>) -> Option<Fields<'n, 't>> {
    Fields::of(node, "an entry", &mut Issues::default())
}
