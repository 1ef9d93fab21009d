//! Who calls whom where a sentence does not name them in that order: "through the gateway", "between the app and the store",
//! "is read by the api".
//!
//! Knows the words of ways and passives; knows no name.

use super::chain::{Joined, carries, is_origin};
use super::names::{self, COMMA, Named};
use super::{describing, roles};
use crate::coach::session::Session;
use crate::model::vocabulary::Meaning;
use crate::rubric::Describing;

/// The word before a way that says other things too: "spreads over six servers", "redis over memcached".
pub(super) const OVER: &str = "over";

/// What stands before both ends of a way.
const BETWEEN: &str = "between";

/// What says the same in two words.
const NEXT_TO: &[&str] = &["next", "to"];

/// How a part is joined that stands behind such words; none where the order of the names says it.
pub(super) fn joined(
    session: &Session<'_>,
    words: &[&str],
    (before, name): (&[&str], &Named),
    last: Option<&Named>,
    stages: usize,
) -> Option<Joined> {
    let describing = describing(session);
    let lead = lead(describing, before);
    let (word, rest) = lead.split_last()?;
    let turns = rest.contains(&COMMA) || describing.turning.has_any(rest);
    let goes_on = words.get(name.at.end) == Some(&"to");
    let is_through = describing.through.has(word) && (*word != OVER || rest.is_empty());
    if is_through && is_protocol(session, name) {
        return Some(Joined::Aside);
    }
    // "Gets requests from other teams through the gateway".
    let is_given = rest.contains(&"from") && describing.getting.has_any(rest);
    if is_through && (stages > 1 || is_given) && !turns && !goes_on {
        return Some(Joined::Before);
    }
    if *word == "from" && stages > 1 && !turns && rest.contains(&"with") {
        return Some(Joined::Anew);
    }
    // "The limiter sits in the gateway" is a part of it, and calls nobody there.
    if describing.inside.has(word) && is_place(session, name) {
        return Some(Joined::Aside);
    }
    let is_origin = is_origin(session, name);
    // Nobody calls a client: what comes from there was sent, and what is for it is brought there.
    if ["for", "of", "on", "about"].contains(word) && is_origin {
        return Some(Joined::Aside);
    }
    if *word == "from" && is_origin {
        return Some(Joined::Before);
    }
    if describing.beside.has(word) || lead.ends_with(NEXT_TO) {
        return Some(Joined::Before);
    }
    // "Searches are logged to kafka by the search service".
    if *word == "by" && rest.is_empty() && is_done_before(describing, words, last) {
        return Some(Joined::Before);
    }
    let is_message = last
        .and_then(|last| last.kind)
        .is_some_and(|kind| carries(session, kind));
    passive(describing, word, rest, is_message)
}

/// Whether something is done to what stands before a name: "events get written to".
fn is_done_before(describing: &Describing, words: &[&str], name: Option<&Named>) -> bool {
    let before = name
        .and_then(|name| words.get(..name.at.start))
        .unwrap_or_default();
    let clause = before
        .rsplit(|word| *word == COMMA)
        .next()
        .unwrap_or_default();
    let mut pairs = clause.windows(2);
    pairs.any(|pair| match pair {
        [be, verb] => {
            let is_done = verb.ends_with("ed") || describing.done.has(verb);
            describing.passive.has(be) && is_done
        }
        _ => false,
    })
}

/// Whether a name is what services are made of, and none of them: "over grpc".
pub(super) fn is_protocol(session: &Session<'_>, name: &Named) -> bool {
    let vocabulary = session.vocabulary();
    let is_tech = matches!(vocabulary.meaning(&name.id), Some(Meaning::Tech(_)));
    is_tech && !name.is_drawn && roles::service(session) == name.kind
}

/// Whether things are done in a part, rather than kept there or sent there.
fn is_place(session: &Session<'_>, name: &Named) -> bool {
    let kinds = &session.vocabulary().kinds;
    name.kind.is_some_and(|kind| {
        let info = kinds.info(kind);
        let keeps = info.holds_data || info.bypassed || info.delivery.is_some();
        !keeps && !info.origin && !info.remote
    })
}

/// How who does something is joined to what it is done to.
fn passive(describing: &Describing, word: &str, rest: &[&str], is_message: bool) -> Option<Joined> {
    let (verb, rest) = rest.split_last()?;
    let is_passive = describing.passive.has_any(rest);
    let is_done = verb.ends_with("ed") || describing.called.has(verb) || describing.done.has(verb);
    match word {
        "by" if is_done && is_message && describing.taken.has(verb) => Some(Joined::Behind),
        "by" if is_done && !describing.leaning.has(verb) => Some(Joined::Before),
        "from" if is_passive && !is_message && describing.called.has(verb) => Some(Joined::Before),
        _ => None,
    }
}

/// The words before a name, without its article and what says that it is the same.
fn lead<'s, 'w>(describing: &Describing, before: &'s [&'w str]) -> &'s [&'w str] {
    let is_of_name = |word: &&str| {
        describing.articles.has(word)
            || describing.adjectives.has(word)
            || names::number(word).is_some()
    };
    let end = before.iter().rposition(|word| !is_of_name(word));
    end.and_then(|end| before.get(..=end)).unwrap_or_default()
}

/// Whether a part is said to be between two of which only one is known: there is no telling what is meant.
pub(super) fn is_half(describing: &Describing, words: &[&str], named: &[Named]) -> bool {
    let spreads = |word: &&str| describing.spreading.begin(word);
    let end = |at: Option<usize>| {
        at.and_then(|at| named.get(at))
            .map_or(0, |name| name.at.end)
    };
    named.iter().enumerate().any(|(at, one)| {
        let before = words.get(end(at.checked_sub(1))..one.at.start);
        let before = before.unwrap_or_default();
        let joins = named
            .get(at + 1)
            .and_then(|other| words.get(one.at.end..other.at.start))
            .and_then(<[&str]>::split_first);
        let is_whole =
            joins.is_some_and(|(and, rest)| *and == "and" && lead(describing, rest).is_empty());
        lead(describing, before).last() == Some(&BETWEEN)
            && !before.iter().any(spreads)
            && !is_whole
    })
}

/// A part in the middle, by where it and both ends are among the names.
pub(super) struct Middle {
    /// Who calls, who is called by that, and who lies behind it.
    pub way: [usize; 3],
    /// The names that say so.
    pub names: std::ops::Range<usize>,
}

/// The part that a sentence puts in the middle of two others: "the lb sits between the clients and the api".
pub(super) fn middle(session: &Session<'_>, words: &[&str], named: &[Named]) -> Option<Middle> {
    let describing = describing(session);
    let between = |from: usize, to: usize| {
        let (before, behind) = (named.get(from)?, named.get(to)?);
        words.get(before.at.end..behind.at.start)
    };
    let is_whole = |words: &[&str]| !words.contains(&COMMA);
    (0..named.len()).find_map(|one| {
        let other = one + 1;
        let from = one.checked_sub(1).and_then(|before| named.get(before));
        let from = from.map_or(0, |before| before.at.end);
        let before = words.get(from..named.get(one)?.at.start)?;
        let spreads = |word: &&str| describing.spreading.begin(word);
        if lead(describing, before).last() != Some(&BETWEEN) || words.iter().any(spreads) {
            return None;
        }
        let joins = between(one, other)?;
        let (and, articles) = joins.split_first()?;
        if *and != "and" || !lead(describing, articles).is_empty() {
            return None;
        }
        let ahead = one.checked_sub(1).filter(|_| is_whole(before));
        let behind = || Some(other + 1).filter(|next| between(other, *next).is_some_and(is_whole));
        let middle = ahead.or_else(behind)?;
        let calls = |at: usize| named.get(at).is_some_and(|name| is_origin(session, name));
        let turned = calls(other) && !calls(one);
        let (first, last) = if turned { (other, one) } else { (one, other) };
        Some(Middle {
            way: [first, middle, last],
            names: middle.min(one)..middle.max(other) + 1,
        })
    })
}
