//! Which components a sentence names: by what is drawn, by what the catalog knows, by their role, and how many of each.
//!
//! Knows names and kinds; knows not what is said of them.

use super::agents::agent_at;
use super::describing;
use super::roles::name_by_role;
use crate::coach::prose;
use crate::coach::session::Session;
use crate::model::attribute::Bearer;
use crate::model::vocabulary::Meaning;
use crate::model::{Attribute, Design, Kind, Vocabulary};
use crate::notation::arrows;
use crate::rubric::Describing;

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

impl Named {
    /// Its name alone, where it was said with what it is: `edge` of `edge:cloudfront`.
    pub fn name(&self) -> &str {
        self.id.split(':').next().unwrap_or_default()
    }

    /// What it is made of, as far as its name says so.
    pub fn product(&self) -> &str {
        self.id.rsplit(':').next().unwrap_or_default()
    }

    /// Whether its name says by which product it is made.
    pub fn is_product(&self, vocabulary: &Vocabulary) -> bool {
        let word = self.product().replace('-', " ");
        vocabulary.technologies.named(&word).is_some()
    }
}

/// Stands in a word for the colon of `name:kind`, for colons part words.
const TYPED: char = '\u{e000}';

/// A text in which names that say what they are, such as `edge:cloudfront`, are words of their own.
pub(super) fn with_typed(session: &Session<'_>, text: &str) -> String {
    let vocabulary = session.vocabulary();
    let is_typed = |word: &str| {
        word.split_once(':').is_some_and(|(name, what)| {
            let what = what.trim_end_matches([',', '.', ';', ')', '!']);
            arrows::is_id(name) && vocabulary.meaning(&what.to_lowercase()).is_some()
        })
    };
    let words = text.split(' ').map(|word| {
        if is_typed(word) {
            word.replacen(':', &TYPED.to_string(), 1)
        } else {
            word.to_owned()
        }
    });
    words.collect::<Vec<String>>().join(" ")
}

/// The part that a word names together with what it is.
fn typed_at(session: &Session<'_>, words: &[&str], at: usize) -> Option<Named> {
    let (name, what) = words.get(at)?.split_once(TYPED)?;
    let vocabulary = session.vocabulary();
    let kind = vocabulary.kind_of(vocabulary.meaning(what)?);
    let drawn = drawn(&session.state.design, name);
    let is_drawn = drawn.is_some();
    let (id, kind) = drawn.unwrap_or_else(|| (format!("{name}:{what}"), kind));
    Some(Named {
        id,
        is_drawn,
        kind: Some(kind),
        count: word_before(describing(session), words, at).and_then(number),
        at: at..at + 1,
    })
}

/// Nobody describes a drawing in more words.
const MOST_SAID: usize = 100;

/// A name in a sentence has no more words than this.
const MOST_WORDS: usize = 3;

/// What stands in a list.
pub(super) const COMMA: &str = ",";

/// The component that several words name, as they are said: "the chat server", "postgres" for the one database.
pub(in crate::coach) fn component_called(session: &Session<'_>, text: &str) -> Option<String> {
    let talk = session.talk();
    let long = talk.written_out(text);
    let said = words(long.as_deref().unwrap_or(text))
        .skip_while(|word| talk.describing.articles.has(word));
    let words: Vec<&str> = said.filter(|word| *word != "please").collect();
    let name = name_at(session, &words, 0)?;
    (name.is_drawn && name.at.end == words.len()).then_some(name.id)
}

/// The arrow that a text names in words: "the arrow from the api to the store".
pub(in crate::coach) fn arrow_called(session: &Session<'_>, text: &str) -> Option<String> {
    let changing = &session.talk().changing;
    let text = text.to_lowercase();
    let words: Vec<&str> = words(&text).collect();
    if !words.iter().any(|word| changing.is_arrow(word)) {
        return None;
    }
    arrow_between(session, &text)
}

/// What follows the word for an arrow: `a -> b` of "the arrow a -> b".
pub(in crate::coach) fn without_arrow_word<'t>(session: &Session<'_>, text: &'t str) -> &'t str {
    let talk = session.talk();
    let mut rest = text;
    while let Some((first, behind)) = rest.split_once(' ')
        && (talk.describing.articles.has(first) || talk.changing.is_arrow(first))
    {
        rest = behind.trim_start();
    }
    rest
}

/// The arrow between the two components that a text names.
pub(super) fn arrow_between(session: &Session<'_>, text: &str) -> Option<String> {
    let words: Vec<&str> = words(text).collect();
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

/// The words of a text, and its commas; names keep their hyphens.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_between = |c: char| c != TYPED && !arrows::is_id_char(c);
    let pieces = text.split_inclusive(',').flat_map(move |piece| {
        let comma = piece.ends_with(',').then_some(COMMA);
        piece.split(is_between).chain(comma)
    });
    let bare = pieces.map(|word| word.trim_matches('.'));
    bare.filter(|word| !word.is_empty()).take(MOST_SAID)
}

/// The components that words name, each once.
pub(super) fn named(session: &Session<'_>, words: &[&str]) -> Vec<Named> {
    let describing = describing(session);
    let mut all: Vec<Named> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some(name) = name_at(session, words, at) else {
            at += 1;
            continue;
        };
        at = name.at.end;
        let before = all.last().map_or(0, |other: &Named| other.at.end);
        if is_number_of(describing, words, before, &name)
            || is_part_of_name(describing, words, before, &name)
            || is_of_another(describing, words, before, &name)
        {
            continue;
        }
        // "A cache, redis" is one, named by what it is and what it is made of.
        let is_its_kind = |other: &Named| {
            let is_before = other.kind == name.kind && other.at.end == name.at.start;
            !other.is_drawn && is_before && name.is_product(session.vocabulary())
        };
        if all.last().is_some_and(is_its_kind) {
            all.pop();
        }
        if all.iter().all(|other| !is_again(other, &name)) {
            all.push(name);
        }
    }
    all
}

/// Whether a name is that of a component that was named before: "api gw", and "gw" where nothing is called so.
fn is_again(other: &Named, name: &Named) -> bool {
    let is_end = || {
        let rest = other.id.strip_suffix(name.id.as_str());
        rest.is_some_and(|rest| rest.ends_with('-'))
    };
    other.id == name.id || (!name.is_drawn && name.at.len() == 1 && is_end())
}

/// Whether a word belongs to the name before it: "config service" of what is called `config`.
fn is_part_of_name(describing: &Describing, words: &[&str], before: usize, name: &Named) -> bool {
    let word = words.get(name.at.start);
    let is_generic = name.at.len() == 1 && word.is_some_and(|word| describing.generic.has(word));
    before > 0 && before == name.at.start && is_generic
}

/// Whether a name is of something in a part that is named beside it: "sqs, one queue per channel", "the users table in postgres".
fn is_of_another(describing: &Describing, words: &[&str], before: usize, name: &Named) -> bool {
    let next = words.get(name.at.end);
    let last = words.get(name.at.end - 1);
    let is_each = before > 0 && name.count.is_some() && next == Some(&"per");
    let is_table = last.is_some_and(|word| describing.tables.has(word)) && next == Some(&"in");
    !name.is_drawn && (is_each || is_table)
}

/// Whether a name says how many there are of the one before: "kafka with 3 brokers".
fn is_number_of(describing: &Describing, words: &[&str], before: usize, name: &Named) -> bool {
    let is_counted = name.count.is_some() && name.at.len() == 1;
    let between = words.get(before..name.at.start).unwrap_or_default();
    let leads = |word: &&str| describing.holding.has(word) || number(word).is_some();
    let is_of_it = before > 0 && between.iter().all(leads);
    let word = words.get(name.at.start);
    is_counted && is_of_it && word.is_some_and(|word| describing.instances.has(word))
}

/// The last of some words that is no article.
pub(super) fn last_said<'w>(describing: &Describing, words: &[&'w str]) -> Option<&'w str> {
    let said = words.iter().rev();
    let mut said = said.skip_while(|word| describing.articles.has(word));
    said.next().copied()
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
        let again = among.iter().find(|wanted| wanted.id == name.id);
        let again = again.or_else(|| among.iter().find(|wanted| is_again(wanted, &name)));
        all.extend(again.map(|wanted| Named {
            id: wanted.id.clone(),
            ..name
        }));
    }
    all
}

/// The longest name that begins at a word.
fn name_at(session: &Session<'_>, words: &[&str], at: usize) -> Option<Named> {
    if let Some(typed) = typed_at(session, words, at) {
        return Some(typed);
    }
    let describing = describing(session);
    let lengths = (1..=MOST_WORDS).rev();
    let known = lengths
        .filter_map(|length| words.get(at..at + length))
        // What is left of an arrow is no part of a name.
        .filter(|part| part.iter().all(|word| word.contains(char::is_alphanumeric)))
        .find_map(|part| {
            // "A lb" is one, whatever product is spelt so.
            let has_article = part.len() > 1 && describing.articles.has(part.first()?);
            let is_verb = part.len() == 1 && is_verb(session, words, at);
            let known = drawn_before_what_it_is(session, words, at, part);
            let known = known.or_else(|| known_name(session, part));
            let is_sorted = says_of_what_sort(session, part);
            let known = known.filter(|(_, is_drawn, _)| *is_drawn || !is_sorted);
            let known = known.filter(|_| !has_article && !is_verb);
            let (id, is_drawn, kind) = known.or_else(|| name_by_role(session, words, at, part))?;
            let before = word_before(describing, words, at);
            Some(Named {
                id,
                is_drawn,
                kind: Some(kind),
                count: before.and_then(number),
                at: at..at + part.len(),
            })
        });
    known.or_else(|| agent_at(describing, words, at))
}

/// The word before a name, adjectives apart: "six" of "six stateless api servers".
pub(super) fn word_before<'w>(
    describing: &Describing,
    words: &[&'w str],
    at: usize,
) -> Option<&'w str> {
    let before = words.get(..at)?.iter().rev();
    let mut before = before.skip_while(|word| describing.adjectives.has(word));
    before.next().copied()
}

/// Whether a word is what is to be done, "cache the feeds in redis", or what somebody does: "the worker, which stores it".
fn is_verb(session: &Session<'_>, words: &[&str], at: usize) -> bool {
    let describing = describing(session);
    let has_article = |next: &&str| describing.articles.has(next);
    let is_order = at == 0 && words.get(1).is_some_and(has_article);
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    let is_doer = |word: &&str| {
        describing.subjects.has(word)
            || (!describing.is_done(word) && session.vocabulary().classify(word).is_some())
    };
    let does = |word: &&str| describing.is_done_by_one(word);
    is_order || (before.is_some_and(is_doer) && words.get(at).is_some_and(does))
}

/// What is drawn under a name, or what the catalog knows by it: the id, whether it is drawn, and its kind.
fn known_name(session: &Session<'_>, part: &[&str]) -> Option<(String, bool, Kind)> {
    let design = &session.state.design;
    let joined = part.join("-").to_lowercase();
    if let Some((id, kind)) = drawn(design, &joined).or_else(|| drawn_in_haste(session, &joined)) {
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

/// An article, and a number in sums alone.
const A: &str = "a";

/// A number of instances, in digits or in a word.
pub(super) fn number(word: &str) -> Option<u16> {
    let in_words = prose::number_in_words(word).filter(|_| word != A);
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

/// What is drawn under a name that was written in haste, or the other way round: `ride-svc` of "the ride service",
/// `recommendation-service` of "the rec service".
fn drawn_in_haste(session: &Session<'_>, name: &str) -> Option<(String, Kind)> {
    let talk = session.talk();
    let components = &session.state.design.components;
    let is_it = |id: &str| {
        let long = talk.written_out(&id.replace(['-', '_'], " "));
        long.is_some_and(|long| long.replace(' ', "-").to_lowercase() == name)
    };
    let mut found = components.iter().filter(|component| is_it(&component.id));
    let long = found.next();
    let is_short = |id: &str| is_short_for(session, name, &id.to_lowercase().replace('_', "-"));
    let mut found = components
        .iter()
        .filter(|component| is_short(&component.id));
    let short = found.next().filter(|_| found.next().is_none());
    let component = long.or(short)?;
    Some((component.id.clone(), component.kind))
}

/// A word that begins another is short for it where so many letters are left, and so many left out.
const FEWEST_LETTERS: usize = 3;

/// Whether a name of several words is another with words cut short: "rec service", unless what is left means something.
fn is_short_for(session: &Session<'_>, name: &str, id: &str) -> bool {
    let is_cut = |(one, other): (&str, &str)| {
        let (short, long) = if one.len() < other.len() {
            (one, other)
        } else {
            (other, one)
        };
        let is_short = short.len() >= FEWEST_LETTERS
            && long.len() >= short.len() + FEWEST_LETTERS
            && long.starts_with(short);
        one == other || (is_short && session.vocabulary().classify(short).is_none())
    };
    let is_long = name.contains('-') && name.split('-').count() == id.split('-').count();
    is_long && name.split('-').zip(id.split('-')).all(is_cut)
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

/// Whether a name begins with a word that says of what sort it is, and is none of it: "sharded postgres".
fn says_of_what_sort(session: &Session<'_>, part: &[&str]) -> bool {
    let vocabulary = session.vocabulary();
    let Some((first, rest)) = part.split_first().filter(|(_, rest)| !rest.is_empty()) else {
        return false;
    };
    let (whole, rest) = (
        vocabulary.meaning(&part.join(" ")),
        vocabulary.meaning(&rest.join(" ")),
    );
    describing(session).adjectives.has(first) && whole == rest
}

/// What is drawn under a name with what it is behind it, where that is left out: `driver-app` of "the drivers", and where it does
/// something `matching-service` of "matching takes a lock".
fn drawn_before_what_it_is(
    session: &Session<'_>,
    words: &[&str],
    at: usize,
    part: &[&str],
) -> Option<(String, bool, Kind)> {
    let [word] = part else { return None };
    if drawn(&session.state.design, word).is_some() {
        return None;
    }
    let describing = describing(session);
    let singular = word.strip_suffix('s').unwrap_or(word);
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    let begins = before.is_none_or(|word| super::roles::begins_clause(describing, word));
    let verb = words.get(at + 1);
    let object = words.get(at + 2);
    let is_object = object.is_some_and(|object| describing.behind_verbs.has(object));
    let does = verb
        .is_some_and(|verb| describing.is_done_by_one(verb) || (verb.ends_with('s') && is_object));
    let is_named = |id: &str| {
        let id = id.to_lowercase().replace('_', "-");
        let (name, what) = id.rsplit_once('-').unwrap_or_default();
        (name == singular && describing.apps.has(what))
            || (name == *word && begins && does && describing.generic.has(what))
    };
    let mut components = session.state.design.components.iter();
    let component = components.find(|component| is_named(&component.id))?;
    Some((component.id.clone(), true, component.kind))
}

/// The component whose name stands before what it is: `chat`, a service, of "chat servers".
fn drawn_at_length(session: &Session<'_>, part: &[&str]) -> Option<(String, Kind)> {
    let (last, name) = part.split_last().filter(|(_, name)| !name.is_empty())?;
    let (id, kind) = drawn(&session.state.design, &name.join("-").to_lowercase())?;
    let vocabulary = session.vocabulary();
    // "Set links sql_db" and "set links redis" say what the links are.
    let is_product = matches!(vocabulary.meaning(last), Some(Meaning::Tech(_)));
    if describing(session).instances.has(last) {
        return Some((id, kind));
    }
    let is_plural = last.ends_with('s') && !is_product;
    let said = vocabulary.kind_of(vocabulary.classify(last).filter(|_| is_plural)?);
    (vocabulary.family(said) == vocabulary.family(kind)).then_some((id, kind))
}

/// The one component that is of a kind or a technology; none where there are several.
pub(in crate::coach) fn only_one(design: &Design, meaning: Meaning) -> Option<&str> {
    let mut found = design.components.iter().filter(|component| match meaning {
        Meaning::Kind(kind) => component.kind == kind,
        Meaning::Tech(tech) => component.tech == Some(tech),
    });
    let first = found.next()?;
    found.next().is_none().then_some(first.id.as_str())
}

/// The replication factor, as people write it.
const REPLICATION_FACTOR: &str = "rf";

/// The attribute of components that a word is, in the singular or the plural.
pub(super) fn attribute_of(word: &str) -> Option<&'static str> {
    let names = [word.to_owned(), format!("{word}s")];
    if word == REPLICATION_FACTOR {
        return Some(Attribute::Replicas.row().name);
    }
    let mut found = names
        .iter()
        .filter_map(|name| Attribute::called(name, Bearer::Component));
    found.next().map(|attribute| attribute.row().name)
}
