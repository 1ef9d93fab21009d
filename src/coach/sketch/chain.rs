//! The arrows between the components of a sentence: who calls whom, by the words between them.
//!
//! Knows words that join; knows no name.

use super::Sketch;
use super::names::{COMMA, Named};
use crate::coach::session::Session;
use crate::model::{Design, Kind};

/// Words that may stand between two components of which neither calls the other.
const BETWEEN_ALIKE: &[&str] = &["and", "or", "the", "a", "an", "both", "also", COMMA];

/// Words by which the one that was named last goes on.
const GOING_ON: &[&str] = &["then", "it", "they", "which", "that", "this"];

/// Words by which messages are taken from what carries them.
const TAKING: &[&str] = &[
    "from",
    "consume",
    "consumes",
    "consuming",
    "subscribe",
    "subscribes",
    "listen",
    "listens",
    "poll",
    "polls",
];

/// The arrows between components in the order in which a sentence names them.
pub(super) fn chain(session: &Session<'_>, words: &[&str], named: &[Named]) -> Option<Sketch> {
    let mut chains: Vec<Vec<Vec<&Named>>> = vec![Vec::new()];
    // Who is spoken of, and calls what is named next.
    let mut caller: Vec<&Named> = Vec::new();
    for (at, name) in named.iter().enumerate() {
        let joined = joined(session, words, named, at);
        let last = chains.last_mut()?;
        let count = last.len();
        match last.last_mut() {
            Some(stage) if joined == Joined::Beside => stage.push(name),
            Some(stage) if joined == Joined::Before => {
                caller.clone_from(stage);
                last.insert(count - 1, vec![name]);
            }
            Some(_) if joined == Joined::Anew && count > 1 => {
                chains.push(vec![caller.clone(), vec![name]]);
            }
            Some(stage) => {
                caller.clone_from(stage);
                last.push(vec![name]);
            }
            None => last.push(vec![name]),
        }
    }
    let lines: Vec<String> = chains
        .iter()
        .map(|chain| in_arrows(session, chain))
        .collect();
    let is_new = chains
        .iter()
        .any(|chain| chain.len() > 1 && !is_drawn(&session.state.design, chain));
    let what = "draws it, from who calls to who is called";
    is_new.then_some(Sketch {
        lines,
        what,
        is_open: false,
    })
}

/// How a component is joined to the one that was named before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joined {
    /// It is called by that.
    Behind,
    /// Both are called, or both call.
    Beside,
    /// It calls that: "the api behind the gateway".
    Before,
    /// It is called by who calls that: "writes to the store and publishes to the queue".
    Anew,
}

fn joined(session: &Session<'_>, words: &[&str], named: &[Named], at: usize) -> Joined {
    let between = |at: usize| {
        let (before, behind) = (named.get(at)?, named.get(at + 1)?);
        words.get(before.at.end..behind.at.start)
    };
    let is_list =
        |words: &[&str]| !words.is_empty() && words.iter().all(|word| BETWEEN_ALIKE.contains(word));
    let before = at.checked_sub(1).and_then(between).unwrap_or_default();
    // "to kafka and a worker stores it in the db" begins anew with the worker.
    let goes_on = between(at).is_some_and(|behind| !is_list(behind));
    let says = |word: &str| before.contains(&word);
    // "a worker reads from kafka and writes to the db": who takes goes on, though what it takes from was named before.
    let taken = before.split(|word| *word == "and").next();
    let has_taken = taken.is_some_and(|words| words.iter().any(|word| TAKING.contains(word)));
    let ends = at.checked_sub(1).and_then(|from| named.get(from..=at));
    let mut kinds = ends.into_iter().flatten().filter_map(|name| name.kind);
    let takes = TAKING.iter().any(|word| says(word));
    if takes && kinds.any(|kind| carries(session, kind)) {
        return Joined::Before;
    }
    if is_list(before) && !goes_on {
        Joined::Beside
    } else if says("behind") && !GOING_ON.iter().any(|word| says(word)) {
        Joined::Before
    } else if says("and")
        && !has_taken
        && !GOING_ON.iter().any(|word| says(word))
        && !is_list(before)
    {
        Joined::Anew
    } else {
        Joined::Behind
    }
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
