//! The arrows between the components of a sentence: who calls whom, by the words between them.
//!
//! Knows words that join; knows no name.

use super::Sketch;
use super::names::{self, COMMA, Named};
use super::{describing, roles, ways};
use crate::coach::session::Session;
use crate::model::{Design, Kind};
use crate::rubric::Describing;

/// Words by which somebody takes what was named before from there.
const FROM_THERE: &[&[&str]] = &[&["from", "where"], &["from", "there"], &["from", "which"]];

/// So many words from a name what is asked for stands.
const REACH: usize = 3;

/// The arrows between components in the order in which a sentence names them.
pub(super) fn chain(session: &Session<'_>, words: &[&str], named: &[Named]) -> Option<Sketch> {
    let Some(middle) = ways::middle(session, words, named) else {
        if ways::is_half(describing(session), words, named) {
            return None;
        }
        return as_sketch(session, &in_order(session, words, named)?);
    };
    let of_way = middle.way.iter().filter_map(|at| named.get(*at));
    let way: Vec<Vec<&Named>> = of_way.map(|name| vec![name]).collect();
    let others = named.iter().enumerate();
    let others = others.filter(|(at, _)| !middle.names.contains(at));
    let others: Vec<Named> = others.map(|(_, name)| name.clone()).collect();
    let mut chains = vec![way];
    chains.extend(in_order(session, words, &others)?);
    as_sketch(session, &chains)
}

/// The chains of components that a sentence names one behind the other.
fn in_order<'n>(
    session: &Session<'_>,
    words: &[&str],
    named: &'n [Named],
) -> Option<Vec<Vec<Vec<&'n Named>>>> {
    let describing = describing(session);
    let mut chains: Vec<Vec<Vec<&Named>>> = vec![Vec::new()];
    // Who is spoken of, and calls what is named next.
    let mut caller: Vec<&Named> = Vec::new();
    // What is named again by the way.
    let mut passed: Vec<usize> = Vec::new();
    // So many stages stood before the clause that goes on.
    let mut before = 0;
    for (at, name) in named.iter().enumerate() {
        let last = chains.last_mut()?;
        let count = last.len();
        let joined = joined(
            session,
            words,
            named,
            at,
            (&passed, count - before.min(count)),
        );
        match again(session, words, named, at, last) {
            Again::Goes => {
                before = count.saturating_sub(1);
                continue;
            }
            Again::Passes => {
                passed.push(at);
                continue;
            }
            Again::Begins => {
                before = 0;
                chains.push(vec![vec![name]]);
                continue;
            }
            Again::Not => {}
        }
        match last.last_mut() {
            _ if joined == Joined::Aside => passed.push(at),
            Some(stage) if joined == Joined::Beside => stage.push(name),
            Some(stage) if joined == Joined::Before => {
                caller.clone_from(stage);
                last.insert(count - 1, vec![name]);
            }
            Some(_) if joined == Joined::Anew && count > 1 => {
                before = 0;
                chains.push(vec![caller.clone(), vec![name]]);
            }
            Some(stage) => {
                caller.clone_from(stage);
                last.push(vec![name]);
            }
            None => last.push(vec![name]),
        }
    }
    chains.retain(|chain| chain.len() > 1);
    if !words.iter().any(|word| describing.reacting.begin(word)) {
        let all = chains.into_iter();
        chains = all.flat_map(|chain| turned(session, chain)).collect();
    }
    Some(chains)
}

/// A chain that begins with a store turned round: "the cache maps users to gateways, the api looks it up". A store calls no
/// service, the service calls it, and whatever else is named behind it.
fn turned<'n>(session: &Session<'_>, chain: Vec<Vec<&'n Named>>) -> Vec<Vec<Vec<&'n Named>>> {
    let vocabulary = session.vocabulary();
    let computing = roles::service(session).and_then(|service| vocabulary.family(service));
    let is_all = |stage: &[&Named], is_it: &dyn Fn(Kind) -> bool| {
        let mut kinds = stage.iter().map(|name| name.kind);
        kinds.all(|kind| kind.is_some_and(is_it))
    };
    let [store, service, rest @ ..] = chain.as_slice() else {
        return vec![chain];
    };
    let holds = is_all(store, &|kind| is_store(session, kind));
    // "The files lie in s3 with a cdn": what is asked first stands before it.
    let info = |kind: Kind| vocabulary.kinds.info(kind);
    let is_near = |kind: Kind| {
        let family = vocabulary.family(kind);
        info(kind).remote && family.is_some_and(|family| !info(family).remote)
    };
    let is_edge = |kind: Kind| info(kind).bypassed || is_near(kind);
    if holds && !is_all(store, &is_edge) && is_all(service, &is_edge) {
        let mut all = vec![vec![service.clone(), store.clone()]];
        all.extend((!rest.is_empty()).then(|| [std::slice::from_ref(service), rest].concat()));
        return all;
    }
    let computes = is_all(service, &|kind| vocabulary.family(kind) == computing);
    if !holds || !computes {
        return vec![chain];
    }
    let mut all = vec![vec![service.clone(), store.clone()]];
    if !rest.is_empty() {
        let others = std::iter::once(service.clone());
        all.push(others.chain(rest.iter().cloned()).collect());
    }
    all
}

/// The lines that draw chains; none where all of it is drawn.
fn as_sketch(session: &Session<'_>, chains: &[Vec<Vec<&Named>>]) -> Option<Sketch> {
    let lines: Vec<String> = chains
        .iter()
        .map(|chain| in_arrows(session, chain))
        .collect();
    let is_new = chains
        .iter()
        .any(|chain| !is_drawn(&session.state.design, chain));
    let what = "draws it, from who calls to who is called";
    is_new.then_some(Sketch {
        lines,
        what,
        is_open: false,
        is_stated: false,
    })
}

/// What the name of a component means that was named before, or that nobody calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Again {
    /// Nothing: it is new.
    Not,
    /// The sentence goes on from it.
    Goes,
    /// The sentence speaks of it by the way.
    Passes,
    /// A clause begins with it: "and the cdn pulls from the store".
    Begins,
}

fn again(
    session: &Session<'_>,
    words: &[&str],
    named: &[Named],
    at: usize,
    chain: &[Vec<&Named>],
) -> Again {
    let (Some(name), before) = (named.get(at), named.get(..at).unwrap_or_default()) else {
        return Again::Not;
    };
    let describing = describing(session);
    let is_known = before.iter().any(|other| other.id == name.id);
    let is_origin = is_origin(session, name);
    let from = before.last().map_or(0, |other| other.at.end);
    let between = words.get(from..name.at.start).unwrap_or_default();
    let lead = names::last_said(describing, between);
    let begins = lead.is_none_or(|word| roles::begins_clause(describing, word));
    let is_last = chain
        .last()
        .is_some_and(|stage| matches!(stage.as_slice(), [last] if last.id == name.id));
    let mut in_chain = chain.iter().flatten();
    let is_in_chain = in_chain.any(|other| other.id == name.id);
    let is_list = between.iter().all(|word| is_alike(describing, word));
    let callers = chain.first().filter(|_| chain.len() == 1);
    let is_beside =
        is_list && callers.is_some_and(|all| all.iter().all(|name| self::is_origin(session, name)));
    match (is_known, begins) {
        (true, _) if is_last => Again::Goes,
        (true, true) => Again::Begins,
        (true, false) if is_in_chain => Again::Passes,
        // Nobody calls a client: where one begins a clause, it calls.
        (false, true) if is_origin && !before.is_empty() && !between.is_empty() && !is_beside => {
            Again::Begins
        }
        (_, false) | (false, true) => Again::Not,
    }
}

/// How a component is joined to the one that was named before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joined {
    /// It is called by that.
    Behind,
    /// Both are called, or both call.
    Beside,
    /// It calls that: "the api behind the gateway".
    Before,
    /// It is no part of the chain: "over grpc", "for the nearest drivers".
    Aside,
    /// It is called by who calls that: "writes to the store and publishes to the queue".
    Anew,
}

fn joined(
    session: &Session<'_>,
    words: &[&str],
    named: &[Named],
    at: usize,
    (passed, stages): (&[usize], usize),
) -> Joined {
    let describing = describing(session);
    let from_to = |from: usize, to: usize| {
        let (before, behind) = (named.get(from)?, named.get(to)?);
        words.get(before.at.end..behind.at.start)
    };
    let between = |at: usize| from_to(at, at + 1);
    let named_before = (0..at).rev().find(|at| !passed.contains(at));
    let is_list =
        |words: &[&str]| !words.is_empty() && words.iter().all(|word| is_alike(describing, word));
    let before = named_before.and_then(|before| from_to(before, at));
    let before = before.unwrap_or_default();
    let last = named_before.and_then(|at| named.get(at));
    if let Some(name) = named.get(at)
        && let Some(joined) = ways::joined(session, words, (before, name), last, stages)
    {
        return joined;
    }
    // "to kafka and a worker stores it in the db" begins anew with the worker.
    let goes_on = between(at).is_some_and(|behind| !is_list(behind));
    let says = |word: &str| before.contains(&word);
    let kind = named_before.and_then(|at| named.get(at)?.kind);
    let is_message = kind.is_some_and(|kind| carries(session, kind));
    // "a worker reads from kafka and writes to the db": who takes goes on, though what it takes from was named before.
    let taken = before.split(|word| *word == "and").next();
    let has_taken = taken.is_some_and(|words| describing.taking.has_any(words));
    let own = named.get(at).and_then(|name| name.kind);
    let may_take = is_message || own.is_some_and(|kind| carries(session, kind));
    // "Into kafka, from where a worker stores it": who takes it there stands behind it.
    if may_take && describing.taking.has_any(before) && !is_taken_there(before) {
        return Joined::Before;
    }
    let ends = named.get(at).map_or(0, |name| name.at.end);
    let behind = words.get(ends..).unwrap_or_default();
    // "The store with a cache in front": alone, or of what was named before.
    if is_in_front(behind) && between(at).is_none_or(|words| words.len() > 2) {
        return Joined::Before;
    }
    // "Kafka, workers consume", "to a queue, and a worker checks it": who takes from it stands behind it.
    let does = |word: &&str| describing.taking.has(word) || does_to_it(describing, behind);
    let takes_on = is_list(before) && behind.first().is_some_and(does);
    if is_message && (takes_on || is_asked_for(describing, words, named, (at, before))) {
        return Joined::Behind;
    }
    if is_asked_for(describing, words, named, (at, before)) {
        return Joined::Before;
    }
    let from_store = kind.is_some_and(|kind| is_store(session, kind));
    // "Rider app and driver app both talk to the api": clients do not call each other.
    let mut both = [last, named.get(at)].into_iter().flatten();
    let are_origins = last.is_some() && both.all(|name| is_origin(session, name));
    let is_own = from_store && own.is_some_and(|kind| is_store(session, kind));
    let is_own = is_own && is_for_its_own(before, behind);
    if (is_list(before) && (!goes_on || are_origins)) || is_own {
        Joined::Beside
    } else if from_store && stages > 1 && turns(before) {
        Joined::Anew
    } else if says("behind") && !describing.going_on.has_any(before) {
        Joined::Before
    } else if says("and") && !has_taken && !describing.going_on.has_any(before) && !is_list(before)
    {
        Joined::Anew
    } else {
        Joined::Behind
    }
}

/// Whether words say that what was named before is taken from there.
fn is_taken_there(before: &[&str]) -> bool {
    before.windows(2).any(|pair| FROM_THERE.contains(&pair))
}

/// Whether of two names each is said to be for something: "redis for locks and memcached for fares".
fn is_for_its_own(before: &[&str], behind: &[&str]) -> bool {
    let is_for = |words: &[&str]| words.first() == Some(&"for");
    is_for(before) && is_for(behind)
}

/// Whether what stands behind a name is what it does to something, whatever that is: "verifies the checksum".
fn does_to_it(describing: &Describing, behind: &[&str]) -> bool {
    let [verb, object, ..] = behind else {
        return false;
    };
    verb.ends_with('s') && !verb.ends_with("ss") && describing.behind_verbs.has(object)
}

/// Stores that are named each for something of its own, which call nobody: "redis for sessions and postgres for users".
pub(super) fn each_for_its_own(
    session: &Session<'_>,
    words: &[&str],
    named: &[Named],
) -> Option<Sketch> {
    let is_one = |name: &Named| {
        let stores = name.kind.is_some_and(|kind| is_store(session, kind));
        stores && words.get(name.at.end) == Some(&"for")
    };
    let new = named.iter().filter(|name| !name.is_drawn);
    let lines: Vec<String> = new.map(|name| format!("add {}", name.id)).collect();
    let are_all = named.iter().all(is_one) && !lines.is_empty();
    are_all.then_some(Sketch {
        lines,
        what: "draws it, and so does an arrow that leads there",
        is_open: false,
        is_stated: false,
    })
}

/// Whether a word may stand between two components of which neither calls the other.
fn is_alike(describing: &Describing, word: &str) -> bool {
    word == COMMA || describing.alike.has(word)
}

/// Whether a clause turns from a store, which calls nobody, to what else is called: "checks the cache, then goes to the db",
/// "writes to the db then drops it on the queue".
fn turns(before: &[&str]) -> bool {
    let says = |words: &[&str]| words.iter().any(|word| before.contains(word));
    says(&["then", "come", "comes", COMMA]) && !says(&["which", "that"])
}

/// Whether what stands behind a name puts it in front of what was named before.
fn is_in_front(behind: &[&str]) -> bool {
    let of = behind.get(3);
    behind.starts_with(&["in", "front"])
        && of.is_none_or(|word| ["it", "that", "them"].contains(word))
}

/// Whether a clause begins with a name and asks for what was named before, and nothing else: "rules sit in the db, the limiter
/// polls them".
fn is_asked_for(
    describing: &Describing,
    words: &[&str],
    named: &[Named],
    (at, before): (usize, &[&str]),
) -> bool {
    let begins = names::last_said(describing, before) == Some(COMMA);
    let Some(name) = named.get(at) else {
        return false;
    };
    let ends = named.get(at + 1).map_or(words.len(), |next| next.at.start);
    let clause = words.get(name.at.end..ends).unwrap_or_default();
    let is_alone = at + 1 == named.len() || clause.contains(&COMMA);
    let object = clause.iter().take(REACH);
    let mut object = object.take_while(|word| **word != COMMA).skip(1);
    begins && is_alone && object.any(|word| ["it", "them"].contains(word))
}

/// Whether a name is that of who uses the system.
pub(super) fn is_origin(session: &Session<'_>, name: &Named) -> bool {
    let kinds = &session.vocabulary().kinds;
    name.kind.is_some_and(|kind| kinds.info(kind).origin)
}

/// Whether components of a kind hold data and do nothing by themselves.
fn is_store(session: &Session<'_>, kind: Kind) -> bool {
    let info = session.vocabulary().kinds.info(kind);
    info.holds_data && info.delivery.is_none()
}

/// Whether messages go through components of a kind.
pub(super) fn carries(session: &Session<'_>, kind: Kind) -> bool {
    session.vocabulary().kinds.info(kind).delivery.is_some()
}

/// A chain as it is drawn; nobody waits for what carries messages.
fn in_arrows(session: &Session<'_>, stages: &[Vec<&Named>]) -> String {
    let is_message = |stage: &Vec<&Named>| {
        let mut kinds = stage.iter().filter_map(|name| name.kind);
        kinds.any(|kind| carries(session, kind))
    };
    let mut line = String::new();
    let mut waits = true;
    for (at, stage) in stages.iter().enumerate() {
        let arrow = if waits && !is_message(stage) {
            " -> "
        } else {
            " ~> "
        };
        line.push_str(if at == 0 { "" } else { arrow });
        let shown = |name: &&Named| match name.count.filter(|count| *count > 1 && !name.is_drawn) {
            Some(count) => format!("{} x{count}", name.id),
            None => name.id.clone(),
        };
        let names: Vec<String> = stage.iter().map(shown).collect();
        line.push_str(&names.join(", "));
        waits = !is_message(stage);
    }
    line
}

/// Whether all arrows of a chain are there already.
fn is_drawn(design: &Design, stages: &[Vec<&Named>]) -> bool {
    let place = |name: &Named| design.component(&name.id);
    let mut pairs = stages.windows(2).filter_map(|pair| match pair {
        [from, to] => Some((from, to)),
        _ => None,
    });
    pairs.all(|(from, to)| {
        from.iter().all(|from| {
            to.iter().all(|to| {
                let ends = (place(from), place(to));
                design
                    .connections
                    .iter()
                    .any(|edge| (Some(edge.from), Some(edge.to)) == ends)
            })
        })
    })
}
