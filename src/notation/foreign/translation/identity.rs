//! What a box stands for: by its name, by what stands below or beside it, by its picture, by its outline.
//!
//! Knows the vocabulary of designs; knows no arrows.

use crate::model::vocabulary::Meaning;
use crate::model::{Kind, Outline, Tech, Vocabulary};
use crate::notation::foreign::diagram::Shape;

/// What a box stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Identity {
    /// Its name, without what is said of it beside that.
    pub name: String,
    pub kind: Kind,
    pub tech: Option<Tech>,
    /// The technology as written.
    pub tech_text: Option<String>,
    /// Technologies that it names as well and that could serve in place of it.
    pub others: Vec<Tech>,
    /// The kind has to be stated beside the technology.
    pub is_kind_stated: bool,
    pub copies: u64,
    /// What else is written on it.
    pub notes: Vec<String>,
    pub certainty: Certainty,
}

/// How sure it is what a box stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Certainty {
    /// Its words say it.
    Named,
    /// It has an outline that many such boxes have.
    Outlined,
    /// Nothing says it.
    Unknown,
}

/// Reads what is written on a box.
pub(super) fn identify(shape: &Shape, vocabulary: &Vocabulary) -> Identity {
    let (name, copies) = counted(&shape.label.name);
    let (name, aside) = parted(name);
    let rest = shape.label.rest.iter().map(|line| bare(line));
    let asides: Vec<&str> = aside.into_iter().chain(rest).collect();
    let stated = asides.iter().find_map(|aside| number_of_copies(aside));
    let meaning = said(shape, name, &asides, vocabulary);
    let outlined = || {
        shape
            .outline
            .and_then(|outline| outlined(outline, vocabulary))
    };
    let (kind, certainty) = match meaning {
        Some(meaning) => (vocabulary.kind_of(meaning), Certainty::Named),
        None => match outlined() {
            Some(kind) => (kind, Certainty::Outlined),
            None => (anything(vocabulary), Certainty::Unknown),
        },
    };
    let hint = shape.hint.as_deref();
    let beside = std::iter::once(name)
        .chain(asides.iter().copied())
        .chain(hint);
    let named = beside.flat_map(|text| vocabulary.technologies.named_in(text));
    let mut named = named.filter(|tech| vocabulary.can_serve_as(*tech, kind));
    let tech = match meaning {
        Some(Meaning::Tech(tech)) => Some(tech),
        _ => named.next(),
    };
    let others = named.filter(|other| Some(*other) != tech).collect();
    let usual = tech.map(|tech| vocabulary.technologies.info(tech).kind);
    let is_told = |aside: &&str| tech.is_some() && vocabulary.technologies.named(aside) == tech;
    let notes = asides.into_iter().filter(|aside| !is_told(aside));
    let notes = notes.map(str::to_owned).collect();
    Identity {
        name: name.to_owned(),
        kind,
        tech,
        tech_text: tech.map(|tech| vocabulary.technologies.info(tech).id.clone()),
        is_kind_stated: usual.is_some_and(|usual| usual != kind),
        copies: copies.max(shape.copies).max(stated.unwrap_or(1)),
        others,
        notes,
        certainty,
    }
}

/// What the words of a box mean: its name first, then what is said beside it, then its name in the file. Its picture or image
/// tells more than a name that it can't go with, or that is of a technology.
fn said(shape: &Shape, name: &str, asides: &[&str], vocabulary: &Vocabulary) -> Option<Meaning> {
    let hinted = shape
        .hint
        .as_deref()
        .and_then(|hint| meaning(hint, vocabulary));
    let words = std::iter::once(name).chain(asides.iter().copied());
    let mut meanings = words.filter_map(|words| meaning(words, vocabulary));
    match (meanings.next(), hinted) {
        (Some(Meaning::Kind(kind)), Some(Meaning::Tech(tech)))
            if !vocabulary.can_serve_as(tech, kind) =>
        {
            hinted
        }
        (Some(Meaning::Tech(_)), Some(Meaning::Tech(_))) => hinted,
        (Some(named), _) => Some(named),
        (None, Some(hinted)) => Some(hinted),
        (None, None) => meaning(&shape.name, vocabulary),
    }
}

/// What words mean; of several technologies with a slash between them the first.
fn meaning(words: &str, vocabulary: &Vocabulary) -> Option<Meaning> {
    let meaning = vocabulary.classify(words)?;
    let Meaning::Tech(tech) = meaning else {
        return Some(meaning);
    };
    let first = words.split('/').next().unwrap_or_default();
    let first = vocabulary.technologies.named_in(first).into_iter();
    let kind = vocabulary.technologies.info(tech).kind;
    let mut first = first.filter(|first| vocabulary.can_serve_as(*first, kind));
    Some(first.next().map_or(meaning, Meaning::Tech))
}

/// The plainest kind that is drawn with an outline, where the outline is more than a box.
fn outlined(outline: Outline, vocabulary: &Vocabulary) -> Option<Kind> {
    let kinds = &vocabulary.kinds;
    let mut drawn = kinds.all().filter(|kind| {
        let info = kinds.info(*kind);
        !info.group && info.shape == outline && outline != Outline::Box
    });
    drawn.next()
}

/// The kind of what says nothing.
fn anything(vocabulary: &Vocabulary) -> Kind {
    let named = vocabulary.kinds.named(Vocabulary::ANYTHING);
    named
        .or_else(|| vocabulary.kinds.all().next())
        .unwrap_or(Kind(0))
}

/// A name without the number of copies: `API x3`, `API (x3)`, `3x API`.
fn counted(name: &str) -> (&str, u64) {
    let number = |text: &str| {
        text.parse::<u64>()
            .ok()
            .filter(|copies| (2..=10_000).contains(copies))
    };
    let last = name.rsplit_once(' ').and_then(|(before, last)| {
        let last = last.trim_matches(['(', ')']);
        let digits = last
            .strip_prefix(['x', '\u{d7}'])
            .or_else(|| last.strip_suffix(['x', '\u{d7}']))?;
        Some((before.trim_end(), number(digits)?))
    });
    let first = || {
        let (first, after) = name.split_once(' ')?;
        let digits = first.strip_suffix(['x', '\u{d7}'])?;
        Some((after.trim_start(), number(digits)?))
    };
    last.or_else(first).unwrap_or((name, 1))
}

/// Words for copies of something.
const COPIES: &[&str] = &[
    "node", "instance", "replica", "copy", "server", "machine", "broker", "pod",
];

/// How many copies a line beside a name says there are: `3 nodes`, `2 replicas, HA`.
fn number_of_copies(aside: &str) -> Option<u64> {
    let (number, what) = aside.split_once(' ')?;
    let what = what
        .split(|c: char| !c.is_alphabetic())
        .next()?
        .to_lowercase();
    let what = what.strip_suffix("ies").map_or_else(
        || what.trim_end_matches('s').to_owned(),
        |stem| format!("{stem}y"),
    );
    let number = number
        .parse()
        .ok()
        .filter(|copies| (2..=10_000).contains(copies));
    number.filter(|_| COPIES.contains(&what.as_str()))
}

/// A line without brackets around all of it.
fn bare(line: &str) -> &str {
    let inner = line
        .strip_prefix('(')
        .and_then(|line| line.strip_suffix(')'));
    let inner = inner.or_else(|| {
        line.strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'))
    });
    inner
        .filter(|inner| !inner.contains(['(', ')', '[', ']']))
        .unwrap_or(line)
        .trim()
}

/// A name, and what stands behind it in brackets.
fn parted(name: &str) -> (&str, Option<&str>) {
    let inner = name
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('));
    let inner = inner.or_else(|| {
        name.strip_suffix(']')
            .and_then(|rest| rest.rsplit_once('['))
    });
    match inner {
        Some((before, aside)) if !before.trim().is_empty() => {
            (before.trim_end(), Some(aside.trim()))
        }
        _ => (name, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_from_what_is_said_beside_it() {
        for (written, expected) in [
            ("API x3", ("API", 3, None)),
            ("Web (x12)", ("Web", 12, None)),
            ("3x Worker", ("Worker", 3, None)),
            ("Worker \u{d7}2", ("Worker", 2, None)),
            ("Cache (Redis)", ("Cache", 1, Some("Redis"))),
            ("Feed [Go] x4", ("Feed", 4, Some("Go"))),
            ("Level x0", ("Level x0", 1, None)),
            ("(all)", ("(all)", 1, None)),
            ("x3", ("x3", 1, None)),
        ] {
            let (name, copies) = counted(written);
            let (name, aside) = parted(name);
            assert_eq!((name, copies, aside), expected, "{written}");
        }
    }

    #[test]
    fn a_line_beside_a_name_can_say_how_many_there_are() {
        for (aside, expected) in [
            ("3 nodes", Some(3)),
            ("2 replicas, HA", Some(2)),
            ("2 copies", Some(2)),
            ("5 minutes", None),
            ("1 node", None),
            ("nodes 3", None),
        ] {
            assert_eq!(number_of_copies(aside), expected, "{aside}");
        }
        assert_eq!(bare("(reads)"), "reads");
        assert_eq!(bare("(a) and (b)"), "(a) and (b)");
    }
}
