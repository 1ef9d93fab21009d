//! What a box stands for: by its name, by what stands below or beside it, by its picture, by its outline.
//!
//! Knows the vocabulary of designs; knows no arrows.

use super::asides::{count, counted, parted, pieces};
use crate::model::vocabulary::Meaning;
use crate::model::{Attribute, Kind, Outline, Tech, Vocabulary};
use crate::notation::foreign::diagram::Shape;
use crate::notation::foreign::label::Label;

/// What a box stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Identity {
    /// Its name, without what is said of it beside that.
    pub name: String,
    pub kind: Kind,
    pub tech: Option<Tech>,
    /// Technologies that it names as well and that could serve in place of it.
    pub others: Vec<Tech>,
    /// What there is so many of.
    pub counts: Vec<(Attribute, u64)>,
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
    let (whole, lines) = unbroken(&shape.label, vocabulary);
    let (name, copies) = counted(&whole);
    let (name, aside) = parted(name);
    let lines = shape.label.rest.iter().skip(lines).map(String::as_str);
    let asides = pieces(aside.into_iter().chain(lines));
    let meaning = said(shape, name, &asides, vocabulary);
    let stated = asides
        .iter()
        .find_map(|aside| titled(counted(aside).0, vocabulary));
    let meant = stated.map(Meaning::Kind).or(meaning);
    let (kind, certainty) = kind_of(shape, meant, vocabulary);
    let named = named(shape, name, &asides, vocabulary);
    let mut named = named
        .into_iter()
        .filter(|tech| vocabulary.can_serve_as(*tech, kind));
    let mut exact = asides
        .iter()
        .filter_map(|aside| vocabulary.technologies.named(counted(aside).0))
        .filter(|tech| vocabulary.can_serve_as(*tech, kind));
    let tech = exact.next().or_else(|| match meaning {
        Some(Meaning::Tech(tech)) if vocabulary.can_serve_as(tech, kind) => Some(tech),
        _ => named.next(),
    });
    let others = named.filter(|other| Some(*other) != tech).collect();
    let mut identity = Identity {
        name: name.to_owned(),
        kind,
        tech,
        counts: Vec::new(),
        others,
        notes: Vec::new(),
        certainty,
    };
    let stated = copies
        .into_iter()
        .chain((shape.copies > 1).then_some(shape.copies));
    identity
        .counts
        .extend(stated.map(|copies| (Attribute::Replicas, copies)));
    for aside in asides {
        identity.note(aside, vocabulary);
    }
    identity.notes.extend(shape.about.clone());
    identity
}

/// Words of a sentence at its beginning that can name what a thing is made with.
const FIRST_WORDS: usize = 3;

/// The technologies that the words of a box name, each once: those of a sentence about it where there are no others.
fn named(shape: &Shape, name: &str, asides: &[&str], vocabulary: &Vocabulary) -> Vec<Tech> {
    let hint = shape.hint.as_deref();
    let beside = std::iter::once(name)
        .chain(asides.iter().copied())
        .chain(hint);
    let mut named = Vec::new();
    for tech in beside.flat_map(|text| vocabulary.technologies.named_in(text)) {
        if !named.contains(&tech) {
            named.push(tech);
        }
    }
    if named.is_empty() {
        named = named_about(shape, vocabulary);
    }
    named
}

/// The technologies that the sentence about a box begins with.
fn named_about(shape: &Shape, vocabulary: &Vocabulary) -> Vec<Tech> {
    let about = shape.about.as_deref().unwrap_or_default();
    let words: Vec<&str> = about.split_whitespace().take(FIRST_WORDS).collect();
    vocabulary.technologies.named_in(&words.join(" "))
}

impl Identity {
    /// Takes in what is said beside the name, unless it says again what is known.
    fn note(&mut self, aside: &str, vocabulary: &Vocabulary) {
        let (bare, copies) = counted(aside);
        let replicas = copies.map(|copies| (Attribute::Replicas, copies));
        let is_known = match vocabulary.meaning(bare) {
            Some(Meaning::Tech(tech)) => Some(tech) == self.tech,
            Some(Meaning::Kind(kind)) => kind == self.kind,
            None => vocabulary.kinds.info(self.kind).title == bare,
        };
        match count(aside).or(replicas.filter(|_| is_known)) {
            Some(count) => self.counts.push(count),
            None if is_known => {}
            None => self.notes.push(aside.to_owned()),
        }
    }
}

/// The kind whose title a text is: pictures that `sysdrill diagram` draws say it below the name.
fn titled(text: &str, vocabulary: &Vocabulary) -> Option<Kind> {
    let kinds = &vocabulary.kinds;
    let is_it = |kind: &Kind| kinds.info(*kind).title == text && !kinds.info(*kind).group;
    kinds.all().find(is_it)
}

/// The kind by words, or else by outline.
fn kind_of(shape: &Shape, meaning: Option<Meaning>, vocabulary: &Vocabulary) -> (Kind, Certainty) {
    let kind = meaning.map(|meaning| vocabulary.kind_of(meaning));
    // Nobody draws a person for a machine, whatever its name could mean.
    let is_person = shape.outline == Some(Outline::Person);
    let is_drawn_so = |kind: &Kind| vocabulary.kinds.info(*kind).shape == Outline::Person;
    if let Some(kind) = kind.filter(|kind| !is_person || is_drawn_so(kind)) {
        return (kind, Certainty::Named);
    }
    let outlined = shape
        .outline
        .and_then(|outline| outlined(outline, vocabulary));
    match outlined {
        Some(kind) => (kind, Certainty::Outlined),
        None => (anything(vocabulary), Certainty::Unknown),
    }
}

/// The name of a box, and how many further lines it takes: a name that means nothing goes on where the lines together are
/// the name of something, or where the next line is but the word for a role.
fn unbroken(label: &Label, vocabulary: &Vocabulary) -> (String, usize) {
    let mut whole = label.name.clone();
    if vocabulary.classify(&whole).is_none() {
        for (lines, line) in (1..).zip(label.rest.iter().take(2)) {
            whole = format!("{whole} {line}");
            // What a picture of ours says below the name is no part of it.
            if titled(counted(line).0, vocabulary).is_some() {
                break;
            }
            let is_role = matches!(vocabulary.meaning(line), Some(Meaning::Kind(_)));
            if is_role && lines == 1 || vocabulary.meaning(&whole).is_some() {
                return (whole, lines);
            }
        }
    }
    (label.name.clone(), 0)
}

/// Words for a system that others run.
const OF_OTHERS: &str = "external system";

/// What the words of a box mean: its name first, then what is said beside it, then its name in the file. Its picture or image
/// tells more than a name that it can't go with, or that is of a technology; and so does a technology that is said beside the
/// name of a kind of its family, as Cassandra is beside a database.
fn said(shape: &Shape, name: &str, asides: &[&str], vocabulary: &Vocabulary) -> Option<Meaning> {
    let hint = shape.hint.as_deref();
    let hinted = hint.and_then(|hint| meaning(hint, vocabulary));
    let named = meaning(name, vocabulary);
    let mut beside = asides.iter().filter_map(|words| meaning(words, vocabulary));
    let first = beside.next();
    let can_not = |kind, tech| !vocabulary.can_serve_as(tech, kind);
    let is_near = |kind, tech| {
        vocabulary.family(kind) == vocabulary.family(vocabulary.kind_of(Meaning::Tech(tech)))
    };
    let of_others = shape
        .is_of_others
        .then(|| meaning(OF_OTHERS, vocabulary))
        .flatten();
    let is_anything = |kind| kind == anything(vocabulary);
    match (named.or(first), hinted, first) {
        (Some(Meaning::Kind(kind)), _, _) if of_others.is_some() && is_anything(kind) => of_others,
        (Some(Meaning::Kind(kind)), Some(Meaning::Tech(tech)), _) if can_not(kind, tech) => hinted,
        (Some(Meaning::Tech(_)), Some(Meaning::Tech(_)), _) => hinted,
        (Some(Meaning::Kind(kind)), _, Some(Meaning::Tech(tech)))
            if can_not(kind, tech) && is_near(kind, tech) =>
        {
            first
        }
        (Some(said), _, _) => Some(said),
        (None, Some(hinted), _) => Some(hinted),
        (None, None, _) => {
            let about = named_about(shape, vocabulary).into_iter();
            let of_file = || meaning(&shape.name, vocabulary);
            of_others
                .or_else(|| about.map(Meaning::Tech).next())
                .or_else(of_file)
        }
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
