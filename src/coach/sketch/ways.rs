//! Who calls whom where a sentence does not name them in that order: "through the gateway", "between the app and the store",
//! "is read by the api".
//!
//! Knows the words of ways and passives; knows no name.

use super::chain::{Joined, carries, is_origin};
use super::names::{self, COMMA, Named};
use super::roles;
use crate::coach::session::Session;
use crate::model::vocabulary::Meaning;

/// Words by which a part is on the way to what was named before.
const THROUGH: &[&str] = &["via", "through", "over"];

/// The one of them that says other things too: "spreads over six servers".
const OVER: &str = "over";

/// Words by which a clause goes on with somebody else, or with something else to be done.
const TURNING: &[&str] = &[COMMA, "and", "then", "it", "they", "which", "that"];

/// What stands before both ends of a way.
const BETWEEN: &str = "between";

/// How verbs begin by which something falls upon several, and that put nothing in the middle.
const SPREADING: &[&str] = &["split", "spread", "balanc", "distribut", "divid", "shar"];

/// Words before what somebody does to a part.
const PASSIVE: &[&str] = &["is", "are", "be", "gets", "get", "was", "were", "being"];

/// What is done to a part that is called: "is read from the api"; what is filled from another calls that.
const CALLED: &[&str] = &[
    "read",
    "written",
    "called",
    "queried",
    "asked",
    "hit",
    "used",
    "accessed",
    "reached",
    "invoked",
    "triggered",
    "checked",
    "consulted",
    "polled",
    "pinged",
];

/// What is done to things, where that has no ending of its own.
const DONE: &[&str] = &["written", "sent", "put", "read", "kept", "held", "cut"];

/// Words by which a part stands at the side of who calls it.
const BESIDE: &[&str] = &["beside", "alongside"];
const NEXT_TO: &[&str] = &["next", "to"];

/// What who is called does with what comes to it.
const GETTING: &[&str] = &["get", "gets", "receive", "receives", "accept", "accepts"];

/// What is done to messages by who takes them.
const TAKEN: &[&str] = &["read", "consumed", "polled", "drained", "processed"];

/// What is not done by who is named behind it: it is leant on, or what something is split by.
const LEANING: &[&str] = &[
    "backed",
    "followed",
    "powered",
    "supported",
    "replaced",
    "headed",
    "sharded",
    "partitioned",
    "keyed",
    "indexed",
    "grouped",
    "sorted",
];

/// Whether a word is what is done to a part that is called.
pub(super) fn is_called(word: &str) -> bool {
    CALLED.contains(&word)
}

/// How a part is joined that stands behind such words; none where the order of the names says it.
pub(super) fn joined(
    session: &Session<'_>,
    words: &[&str],
    (before, name): (&[&str], &Named),
    last: Option<&Named>,
    stages: usize,
) -> Option<Joined> {
    let lead = lead(before);
    let (word, rest) = lead.split_last()?;
    let turns = rest.iter().any(|word| TURNING.contains(word));
    let goes_on = words.get(name.at.end) == Some(&"to");
    let is_through = THROUGH.contains(word) && (*word != OVER || rest.is_empty());
    if is_through && is_protocol(session, name) {
        return Some(Joined::Aside);
    }
    // "Gets requests from other teams through the gateway".
    let is_given = rest.contains(&"from") && rest.iter().any(|word| GETTING.contains(word));
    if is_through && (stages > 1 || is_given) && !turns && !goes_on {
        return Some(Joined::Before);
    }
    if *word == "from" && stages > 1 && !turns && rest.contains(&"with") {
        return Some(Joined::Anew);
    }
    let is_origin = is_origin(session, name);
    // Nobody calls a client: what comes from there was sent, and what is for it is brought there.
    if ["for", "of"].contains(word) && is_origin {
        return Some(Joined::Aside);
    }
    if *word == "from" && is_origin {
        return Some(Joined::Before);
    }
    if BESIDE.contains(word) || lead.ends_with(NEXT_TO) {
        return Some(Joined::Before);
    }
    // "Searches are logged to kafka by the search service".
    if *word == "by" && rest.is_empty() && is_done_before(words, last) {
        return Some(Joined::Before);
    }
    let is_message = last
        .and_then(|last| last.kind)
        .is_some_and(|kind| carries(session, kind));
    passive(word, rest, is_message)
}

/// Whether something is done to what stands before a name: "events get written to".
fn is_done_before(words: &[&str], name: Option<&Named>) -> bool {
    let before = name
        .and_then(|name| words.get(..name.at.start))
        .unwrap_or_default();
    let clause = before
        .rsplit(|word| *word == COMMA)
        .next()
        .unwrap_or_default();
    let mut pairs = clause.windows(2);
    pairs.any(|pair| match pair {
        [be, verb] => PASSIVE.contains(be) && (verb.ends_with("ed") || DONE.contains(verb)),
        _ => false,
    })
}

/// Whether a name is what services are made of, and none of them: "over grpc".
fn is_protocol(session: &Session<'_>, name: &Named) -> bool {
    let vocabulary = session.vocabulary();
    let is_tech = matches!(vocabulary.meaning(&name.id), Some(Meaning::Tech(_)));
    is_tech && !name.is_drawn && roles::service(session) == name.kind
}

/// How who does something is joined to what it is done to.
fn passive(word: &str, rest: &[&str], is_message: bool) -> Option<Joined> {
    let (verb, rest) = rest.split_last()?;
    let is_passive = rest.iter().any(|word| PASSIVE.contains(word));
    let is_done = verb.ends_with("ed") || CALLED.contains(verb) || DONE.contains(verb);
    match word {
        "by" if is_done && is_message && TAKEN.contains(verb) => Some(Joined::Behind),
        "by" if is_done && !LEANING.contains(verb) => Some(Joined::Before),
        "from" if is_passive && !is_message && CALLED.contains(verb) => Some(Joined::Before),
        _ => None,
    }
}

/// The words before a name, without its article and what says that it is the same.
fn lead<'s, 'w>(before: &'s [&'w str]) -> &'s [&'w str] {
    let is_of_name = |word: &&str| {
        names::is_article(word) || names::is_adjective(word) || names::number(word).is_some()
    };
    let end = before.iter().rposition(|word| !is_of_name(word));
    end.and_then(|end| before.get(..=end)).unwrap_or_default()
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
        let spreads = |word: &&str| SPREADING.iter().any(|stem| word.starts_with(stem));
        if lead(before).last() != Some(&BETWEEN) || words.iter().any(spreads) {
            return None;
        }
        let joins = between(one, other)?;
        let (and, articles) = joins.split_first()?;
        if *and != "and" || !lead(articles).is_empty() {
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
