//! Which components a sentence names: by what is drawn, by what the catalog knows, by their role, and how many of each.
//!
//! Knows names and kinds; knows not what is said of them.

use crate::coach::prose;
use crate::coach::session::Session;
use crate::model::attribute::Bearer;
use crate::model::vocabulary::Meaning;
use crate::model::{Attribute, Design, Kind};
use crate::notation::arrows;

/// A component in a sentence.
#[derive(Clone, Debug)]
pub(super) struct Named {
    /// Its id, or the one that it would get.
    pub id: String,
    /// It is drawn already.
    pub is_drawn: bool,
    /// What it is.
    pub kind: Option<Kind>,
    /// How many there are, where that is said.
    pub count: Option<u16>,
    /// The words of the sentence that name it.
    pub at: std::ops::Range<usize>,
}

/// Nobody describes a drawing in more words.
const MOST_SAID: usize = 100;

/// A name in a sentence has no more words than this.
const MOST_WORDS: usize = 3;

/// Words before a name of its own: "the search service".
const ARTICLES: &[&str] = &["the", "a", "an", "our", "my", "this", "another"];

/// Words that lead to who is called or who calls.
const LEADING: &[&str] = &["to", "from", "through", "via", "over", "behind"];

/// Words behind which somebody else is spoken of: "and fanout workers push to redis".
const JOINING: &[&str] = &["and", "then", "where", "while"];

/// What stands in a list.
pub(super) const COMMA: &str = ",";

/// Words that begin a sentence and no name.
const NO_NAMES: &[&str] = &[
    "use", "add", "put", "have", "need", "with", "then", "maybe", "so", "no", "and", "plus",
    "using", "via", "from", "to", "in", "not", "is", "are", "than", "of", "or", "when", "if", "by",
    "on", "at", "as", "be", "can", "will", "should", "would", "must",
];

/// The component that several words name, as they are said: "the chat server", "postgres" for the one database.
pub(in crate::coach) fn component_called(session: &Session<'_>, text: &str) -> Option<String> {
    let said = words(text).skip_while(|word| ARTICLES.contains(word));
    let words: Vec<&str> = said.filter(|word| *word != "please").collect();
    let name = name_at(session, &words, 0)?;
    (name.is_drawn && name.at.end == words.len()).then_some(name.id)
}

/// The arrow that a text names in words: "the arrow from the api to the store".
pub(in crate::coach) fn arrow_called(session: &Session<'_>, text: &str) -> Option<String> {
    let changing = &session.catalog.knowledge.language.talk.changing;
    let text = text.to_lowercase();
    let words: Vec<&str> = words(&text).collect();
    if !words.iter().any(|word| changing.is_arrow(word)) {
        return None;
    }
    let all = named(session, &words);
    let [one, other] = all.as_slice() else {
        return None;
    };
    let design = &session.state.design;
    let is_drawn = |from: &Named, to: &Named| {
        let ends = (design.component(&from.id), design.component(&to.id));
        let mut arrows = design.connections.iter();
        arrows.any(|arrow| (Some(arrow.from), Some(arrow.to)) == ends)
    };
    let mut pairs = [(one, other), (other, one)].into_iter();
    let (from, to) = pairs.find(|(from, to)| is_drawn(from, to))?;
    Some(format!("{} -> {}", from.id, to.id))
}

/// Words between a number or an article and a name that are none of it.
const ADJECTIVES: &[&str] = &[
    "stateless",
    "separate",
    "small",
    "simple",
    "single",
    "dedicated",
    "big",
    "large",
    "managed",
    "sharded",
    "replicated",
    "distributed",
    "new",
    "other",
    "more",
    "few",
    "several",
    "second",
    "central",
    "global",
    "regional",
    "shared",
    "own",
    "plain",
    "internal",
    "background",
    "asynchronous",
    "async",
];

/// The words of a text, and its commas; names keep their hyphens.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_between = |c: char| !arrows::is_id_char(c);
    let pieces = text.split_inclusive(',').flat_map(move |piece| {
        let comma = piece.ends_with(',').then_some(COMMA);
        piece.split(is_between).chain(comma)
    });
    let bare = pieces.map(|word| word.trim_matches('.'));
    bare.filter(|word| !word.is_empty()).take(MOST_SAID)
}

/// The components that words name, each once.
pub(super) fn named(session: &Session<'_>, words: &[&str]) -> Vec<Named> {
    let mut all: Vec<Named> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some(name) = name_at(session, words, at) else {
            at += 1;
            continue;
        };
        at = name.at.end;
        if all.iter().all(|other| other.id != name.id) {
            all.push(name);
        }
    }
    all
}

/// Whether a word stands before a name and is none of it.
pub(super) fn is_article(word: &str) -> bool {
    ARTICLES.contains(&word)
}

/// The components among these as often as words name them.
pub(super) fn mentions(session: &Session<'_>, words: &[&str], among: &[Named]) -> Vec<Named> {
    let mut all: Vec<Named> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some(name) = name_at(session, words, at) else {
            // "The client hits the lb, lb goes to the api": what was named is known without its article.
            let again = among
                .iter()
                .find(|name| words.get(at) == Some(&name.id.as_str()));
            all.extend(again.map(|name| Named {
                at: at..at + 1,
                ..name.clone()
            }));
            at += 1;
            continue;
        };
        at = name.at.end;
        if among.iter().any(|wanted| wanted.id == name.id) {
            all.push(name);
        }
    }
    all
}

/// The longest name that begins at a word.
fn name_at(session: &Session<'_>, words: &[&str], at: usize) -> Option<Named> {
    let lengths = (1..=MOST_WORDS).rev();
    lengths
        .filter_map(|length| words.get(at..at + length))
        .find_map(|part| {
            let known = known_name(session, part).filter(|_| !is_verb(words, at));
            let (id, is_drawn, kind) = known.or_else(|| name_by_role(session, words, at, part))?;
            let before = word_before(words, at);
            Some(Named {
                id,
                is_drawn,
                kind: Some(kind),
                count: before.and_then(number),
                at: at..at + part.len(),
            })
        })
}

/// The word before a name, adjectives apart: "six" of "six stateless api servers".
fn word_before<'w>(words: &[&'w str], at: usize) -> Option<&'w str> {
    let before = words.get(..at)?.iter().rev();
    let mut before = before.skip_while(|word| ADJECTIVES.contains(word));
    before.next().copied()
}

/// Whether a word is what is to be done: "cache the feeds in redis".
fn is_verb(words: &[&str], at: usize) -> bool {
    at == 0 && words.get(1).is_some_and(|next| ARTICLES.contains(next))
}

/// What is drawn under a name, or what the catalog knows by it: the id, whether it is drawn, and its kind.
fn known_name(session: &Session<'_>, part: &[&str]) -> Option<(String, bool, Kind)> {
    let design = &session.state.design;
    let joined = part.join("-").to_lowercase();
    if let Some((id, kind)) = drawn(design, &joined) {
        return Some((id, true, kind));
    }
    if let Some((id, kind)) = drawn_in_short(design, part) {
        return Some((id, true, kind));
    }
    if let Some((id, kind)) = drawn_at_length(session, part) {
        return Some((id, true, kind));
    }
    let vocabulary = session.vocabulary();
    let meaning = vocabulary.meaning(&part.join(" "))?;
    let kind = vocabulary.kind_of(meaning);
    Some(match only_one(design, meaning) {
        Some(id) => (id.to_owned(), true, kind),
        None => (joined, false, kind),
    })
}

/// What goes by its role: "the search service", and "the api" where somebody calls it or it begins the sentence.
fn name_by_role(
    session: &Session<'_>,
    words: &[&str],
    at: usize,
    part: &[&str],
) -> Option<(String, bool, Kind)> {
    let vocabulary = session.vocabulary();
    let joined = part.join("-").to_lowercase();
    let meaning = vocabulary.classify(&joined)?;
    let kind = vocabulary.kind_of(meaning);
    let before = word_before(words, at);
    let has_article = before.is_some_and(|word| ARTICLES.contains(&word));
    let lead = at.checked_sub(1 + usize::from(has_article));
    let lead = lead.and_then(|at| words.get(at));
    let is_said_of_one = |word: &str| number(word).is_some() || attribute_of(word).is_some();
    let says_nothing = |word: &&str| {
        let is_other = ARTICLES.contains(word) || NO_NAMES.contains(word) || is_said_of_one(word);
        !is_other && arrows::is_id(word)
    };
    let is_name = match part {
        [word] => {
            let is_origin = vocabulary.kinds.info(kind).origin;
            let is_led = |lead: &&str| LEADING.contains(lead) || *lead == COMMA;
            says_nothing(word)
                && match lead {
                    None => has_article || is_origin,
                    Some(lead) => {
                        let joins = is_origin && JOINING.contains(lead);
                        joins || is_led(lead) || number(lead).is_some()
                    }
                }
        }
        [first, .., last] => {
            let is_kind = |word: &str| matches!(vocabulary.meaning(word), Some(Meaning::Kind(_)));
            let is_kind = is_kind(last) || last.strip_suffix('s').is_some_and(is_kind);
            let is_counted = before.is_some_and(|word| number(word).is_some());
            let begins = before.is_none_or(|word| word == COMMA || JOINING.contains(&word));
            let is_own = has_article || (begins && part.len() == 2);
            ((is_counted && part.len() == 2) || (is_own || is_counted) && is_kind)
                && part.iter().all(says_nothing)
                && vocabulary.meaning(first).is_none()
        }
        _ => false,
    };
    let only = only_one(&session.state.design, meaning).filter(|_| part.len() == 1);
    is_name.then(|| match only {
        Some(id) => (id.to_owned(), true, kind),
        None => (joined, false, kind),
    })
}

/// A number of instances, in digits or in a word.
pub(super) fn number(word: &str) -> Option<u16> {
    let in_words = prose::number_in_words(word).filter(|_| !ARTICLES.contains(&word));
    in_words.unwrap_or(word).trim_matches('x').parse().ok()
}

/// The component that goes by a name, in the singular or the plural, and its kind.
fn drawn(design: &Design, name: &str) -> Option<(String, Kind)> {
    let singular = name.strip_suffix('s').unwrap_or(name);
    let plural = format!("{name}s");
    let mut components = design.components.iter();
    let is_it = |id: &str| {
        let id = id.to_lowercase().replace('_', "-");
        id == name || id == singular || id == plural
    };
    let component = components.find(|component| is_it(&component.id))?;
    Some((component.id.clone(), component.kind))
}

/// The one component whose name ends with a word: `api-gateway` of "the gateway".
fn drawn_in_short(design: &Design, part: &[&str]) -> Option<(String, Kind)> {
    let [word] = part else {
        return None;
    };
    let singular = word.strip_suffix('s').unwrap_or(word);
    let ends = [format!("-{singular}"), format!("-{singular}s")];
    let is_it = |id: &str| {
        let id = id.to_lowercase().replace('_', "-");
        ends.iter().any(|end| id.ends_with(end))
    };
    let mut found = design
        .components
        .iter()
        .filter(|component| singular.len() > 2 && is_it(&component.id));
    let first = found.next()?;
    found
        .next()
        .is_none()
        .then(|| (first.id.clone(), first.kind))
}

/// The component whose name stands before what it is: `chat`, a service, of "chat servers".
fn drawn_at_length(session: &Session<'_>, part: &[&str]) -> Option<(String, Kind)> {
    let (last, name) = part.split_last().filter(|(_, name)| !name.is_empty())?;
    let (id, kind) = drawn(&session.state.design, &name.join("-").to_lowercase())?;
    let vocabulary = session.vocabulary();
    // "Set links sql_db" and "set links redis" say what the links are.
    let is_product = matches!(vocabulary.meaning(last), Some(Meaning::Tech(_)));
    let is_plural = last.ends_with('s') && !is_product;
    let said = vocabulary.kind_of(vocabulary.classify(last).filter(|_| is_plural)?);
    (vocabulary.family(said) == vocabulary.family(kind)).then_some((id, kind))
}

/// The one component that is of a kind or a technology; none where there are several.
fn only_one(design: &Design, meaning: Meaning) -> Option<&str> {
    let mut found = design.components.iter().filter(|component| match meaning {
        Meaning::Kind(kind) => component.kind == kind,
        Meaning::Tech(tech) => component.tech == Some(tech),
    });
    let first = found.next()?;
    found.next().is_none().then_some(first.id.as_str())
}

/// The attribute of components that a word is, in the singular or the plural.
pub(super) fn attribute_of(word: &str) -> Option<&'static str> {
    let names = [word.to_owned(), format!("{word}s")];
    let mut found = names
        .iter()
        .filter_map(|name| Attribute::called(name, Bearer::Component));
    found.next().map(|attribute| attribute.row().name)
}
