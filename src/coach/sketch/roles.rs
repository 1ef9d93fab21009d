//! What a sentence names by its role: "the search service", "the api" where somebody calls it, "matching" where it does something.
//!
//! Knows words before names and behind them; knows not what is said of them.

use super::describing;
use super::names::{COMMA, attribute_of, number, only_one, word_before};
use crate::coach::session::Session;
use crate::model::Kind;
use crate::model::vocabulary::Meaning;
use crate::notation::arrows;
use crate::rubric::Describing;

/// What leads to two names.
const BETWEEN: &str = "between";

/// What leads to who does something to a part, and to what parts are split by.
const BY: &str = "by";

/// What is left of an arrow among words.
const DASH: &str = "-";

/// What joins two names, and so many words it may stand behind what leads to both.
const AND: &str = "and";
const REACH: usize = 6;

/// Whether a clause begins behind a word.
pub(super) fn begins_clause(describing: &Describing, word: &str) -> bool {
    word == COMMA || describing.clauses.has(word)
}

/// What goes by its role: "the search service", and "the api" where somebody calls it or it begins the sentence.
pub(super) fn name_by_role(
    session: &Session<'_>,
    words: &[&str],
    at: usize,
    part: &[&str],
) -> Option<(String, bool, Kind)> {
    let describing = describing(session);
    let vocabulary = session.vocabulary();
    let joined = part.join("-").to_lowercase();
    let meaning = vocabulary.classify(&joined)?;
    let kind = vocabulary.kind_of(meaning);
    let is_origin = vocabulary.kinds.info(kind).origin;
    let is_role = is_role(session, part);
    // Matching and presence are services, and not one the other.
    let family = |kind| vocabulary.family(kind);
    let is_computing = service(session).is_some_and(|service| family(service) == family(kind));
    let is_name = match part {
        [word] => stands_alone(describing, words, at, word, (is_origin, is_computing)),
        [first, .., last] => stands_with_others(session, words, at, (part, first, last), is_role),
        _ => false,
    };
    // "The app" may be what people hold in their hands.
    let is_any = |word: &&str| {
        let is_generic = describing.generic.has(word) && !describing.apps.has(word);
        is_generic || describing.any_service.has(word)
    };
    // "Users-db" is a name of its own.
    let is_own = part.iter().any(|word| word.contains(DASH));
    let is_short = part.len() == 1 && !is_own && (!is_computing || part.iter().all(is_any));
    let may_be_only = is_short || (is_role && !is_origin);
    let only = only_one(&session.state.design, meaning).filter(|_| may_be_only);
    is_name.then(|| match only {
        Some(id) => (id.to_owned(), true, kind),
        None => (joined, false, kind),
    })
}

/// The kind of what has no other word for it than that it serves.
pub(super) fn service(session: &Session<'_>) -> Option<Kind> {
    let vocabulary = session.vocabulary();
    let serves = describing(session).generic.first();
    let meaning = serves.and_then(|word| vocabulary.meaning(word))?;
    Some(vocabulary.kind_of(meaning))
}

/// Whether several words are what some kind is called: "api gw".
fn is_role(session: &Session<'_>, part: &[&str]) -> bool {
    let kinds = &session.vocabulary().kinds;
    let phrase = part.join(" ");
    let mut infos = kinds.all().map(|kind| kinds.info(kind));
    part.len() > 1 && infos.any(|info| info.names.contains(&phrase))
}

/// Whether a word says nothing but what something is called.
pub(super) fn says_nothing(describing: &Describing, word: &str) -> bool {
    let is_said_of_one = number(word).is_some() || attribute_of(word).is_some();
    let is_known = describing.articles.has(word) || describing.no_names.has(word);
    !is_known && !is_said_of_one && arrows::is_id(word)
}

/// Whether a role is a name by itself.
fn stands_alone(
    describing: &Describing,
    words: &[&str],
    at: usize,
    word: &str,
    (is_origin, is_computing): (bool, bool),
) -> bool {
    let before = word_before(describing, words, at);
    let has_article = before.is_some_and(|word| describing.articles.has(word));
    let lead = words.get(..at).unwrap_or_default().iter();
    let mut lead = lead
        .rev()
        .skip_while(|word| describing.adjectives.has(word));
    let leads = match lead.nth(usize::from(has_article)) {
        None => has_article || is_origin || does_something(describing, words, at, is_computing),
        Some(lead) => {
            let joins = is_origin && describing.clauses.has(lead);
            // A dash with an article behind it begins an item of a list, and is no arrow.
            let leads = is_leading(describing, lead) && (*lead != DASH || !has_article);
            let near = words.get(..at).unwrap_or_default().iter().rev();
            let is_second = *lead == AND && near.take(REACH).any(|word| *word == BETWEEN);
            let done = words.get(..at).unwrap_or_default().iter();
            let done = done.rev().nth(1 + usize::from(has_article));
            let is_called = done.is_some_and(|word| describing.called.has(word));
            let is_taken = done.is_some_and(|word| describing.taken.has(word));
            let are_taking = is_taken && is_computing && word.ends_with('s');
            let is_by = *lead == BY && (are_taking || has_article && (!is_origin || is_called));
            joins || leads || is_second || is_by || *lead == COMMA || number(lead).is_some()
        }
    };
    // "Writes to the cache, streams to the queue" names no streams.
    let is_verb = word.ends_with('s')
        && !has_article
        && words
            .get(at + 1)
            .is_some_and(|next| describing.behind_verbs.has(next))
        && at > 0
        && words.get(at - 1) == Some(&COMMA);
    leads && !is_verb && says_nothing(describing, word)
}

/// Whether an article stands before a name.
fn has_article_before(describing: &Describing, words: &[&str], at: usize) -> bool {
    word_before(describing, words, at).is_some_and(|word| describing.articles.has(word))
}

/// Whether several words with a role at their end are a name.
fn stands_with_others(
    session: &Session<'_>,
    words: &[&str],
    at: usize,
    (part, first, last): (&[&str], &str, &str),
    is_role: bool,
) -> bool {
    let describing = describing(session);
    let vocabulary = session.vocabulary();
    let is_kind = |word: &str| matches!(vocabulary.classify(word), Some(Meaning::Kind(_)));
    let is_pair = part.len() == 2;
    let is_generic = (describing.generic.has(last) || describing.any_service.has(last)) && is_pair;
    // "The gw auths via it" names the one and what it does.
    let next = words.get(at + part.len());
    let is_done =
        next.is_some_and(|next| !begins_clause(describing, next) && !describing.is_done(next));
    let is_clause = is_kind(first) && last.ends_with('s') && !is_generic;
    // "The api stores metadata" says what the api does, and "the news feeds service" is one.
    let mut inner = part.iter().skip(1).take(part.len().saturating_sub(2));
    let is_said =
        !describing.generic.has(last) && inner.any(|word| describing.is_done_by_one(word));
    let does = is_said && is_kind(first);
    // "Workers call providers" calls, and names none so; "feed cache" begins with a name.
    let may_call = at > 0 && describing.is_calling(first) && !describing.generic.has(last);
    let calls = may_call && !has_article_before(describing, words, at);
    if describing.adjectives.has(first)
        || calls
        || does
        || is_clause && (is_done || !has_article_before(describing, words, at))
    {
        return false;
    }
    let before = word_before(describing, words, at);
    let is_counted = before.is_some_and(|word| number(word).is_some());
    let begins = before.is_none_or(|word| begins_clause(describing, word));
    let is_led = before.is_some_and(|word| is_leading(describing, word));
    let is_added = before.is_some_and(|word| word == "add");
    let has_article = before.is_some_and(|word| describing.articles.has(word));
    let is_own = has_article || is_added || (begins && is_pair) || (is_led && is_generic);
    if is_role && (is_own || is_counted || is_led) {
        return true;
    }
    // "The user service" serves users, and is none.
    let is_of_origin = match vocabulary.meaning(first) {
        Some(Meaning::Kind(kind)) => is_generic && vocabulary.kinds.info(kind).origin,
        Some(Meaning::Tech(_)) => false,
        None => true,
    };
    let is_known = |word: &str| matches!(vocabulary.meaning(word), Some(Meaning::Kind(_)));
    let is_of_kind = match last.strip_suffix('s') {
        Some(singular) => is_known(last) || is_known(singular),
        None => is_kind(last),
    };
    // "The worker stores it" names a worker, and no stores.
    let is_of_kind = is_of_kind && !describing.is_done_by_one(last);
    let is_named = (is_own || is_counted) && (is_of_kind || is_generic);
    ((is_counted && is_pair) || is_named)
        && is_of_origin
        && part.iter().all(|word| says_nothing(describing, word))
}

/// Whether what begins a sentence does something: "matching looks up drivers", "app -> search service", of several that
/// compute "workers consume from it".
fn does_something(describing: &Describing, words: &[&str], at: usize, is_computing: bool) -> bool {
    let before = words.get(..at).unwrap_or_default();
    let are_several = is_computing && words.get(at).is_some_and(|word| word.ends_with('s'));
    let does = |verb: &&str| {
        describing.is_done_by_one(verb)
            || describing.is_calling(verb)
            || ["has", DASH].contains(verb)
            || (are_several && describing.is_done(verb))
    };
    before.iter().all(|word| describing.adjectives.has(word)) && words.get(at + 1).is_some_and(does)
}

/// Whether a word leads to a name.
fn is_leading(describing: &Describing, word: &str) -> bool {
    describing.leading.has(word) || describing.is_calling(word)
}
