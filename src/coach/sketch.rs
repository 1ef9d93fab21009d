//! What a sentence about components would draw: an arrow, a `set`, an `add`, a `rename` or an `rm`.
//!
//! Knows names of components and of what they can be; draws nothing.

use super::prose;
use super::session::Session;
use crate::model::attribute::Bearer;
use crate::model::vocabulary::Meaning;
use crate::model::{Attribute, Design, Kind};
use crate::notation::arrows;

/// What a sentence about components means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sketch {
    /// The lines that say it.
    pub lines: Vec<String>,
    /// What it does.
    pub what: &'static str,
    /// Something is left to fill in.
    pub is_open: bool,
}

impl Sketch {
    fn new(line: String, what: &'static str) -> Self {
        Self {
            lines: vec![line],
            what,
            is_open: false,
        }
    }

    /// What is said of it.
    pub fn in_words(&self) -> String {
        let lines: Vec<String> = self.lines.iter().map(|line| format!("`{line}`")).collect();
        format!("{} {}.", lines.join(", "), self.what)
    }
}

/// A component in a sentence.
#[derive(Clone, Debug)]
struct Named {
    id: String,
    is_drawn: bool,
    kind: Option<Kind>,
    /// How many there are, where that is said.
    count: Option<u16>,
    at: std::ops::Range<usize>,
}

/// Nobody describes a drawing in more words.
const MOST_SAID: usize = 100;

/// A name in a sentence has no more words than this.
const MOST_WORDS: usize = 3;

/// Words before a name of its own: "the search service".
const ARTICLES: &[&str] = &["the", "a", "an", "our", "my", "this", "another"];

/// Words that lead to who is called or who calls.
const LEADING: &[&str] = &["to", "from", "through", "via", "over", "behind"];

/// What stands in a list.
const COMMA: &str = ",";

/// Words that begin a sentence and no name.
const NO_NAMES: &[&str] = &[
    "use", "add", "put", "have", "need", "with", "then", "maybe", "so", "no", "and", "plus",
    "using", "via", "from", "to", "in",
];

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

/// Words by which something is taken out.
const REMOVING: &[&str] = &["remove", "delete", "drop", "rid"];

/// Words by which nothing is drawn: what is the same, or to stay.
const NOT_DRAWN: &[&str] = &["same", "merge", "merged", "keep"];

/// The line that a sentence about components means.
pub(super) fn of(session: &Session<'_>, text: &str) -> Option<Sketch> {
    let words: Vec<&str> = words(text).collect();
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    let named = named(session, &words);
    if let Some(renamed) = renamed(&words, &named) {
        return Some(renamed);
    }
    if has(NOT_DRAWN) {
        return None;
    }
    match named.as_slice() {
        [one] if one.is_drawn && has(REMOVING) => {
            Some(Sketch::new(format!("rm {}", one.id), "takes it out"))
        }
        [one] if one.is_drawn => stated(&words, one),
        [one] => Some(Sketch::new(
            format!("add {}", one.id),
            "draws it, and so does an arrow that leads there",
        )),
        [_, _, ..] => chain(session, &words, &named),
        [] => None,
    }
}

/// The component that several words name, as they are said: "the chat server", "postgres" for the one database.
pub(super) fn component_called(session: &Session<'_>, text: &str) -> Option<String> {
    let said = words(text).skip_while(|word| ARTICLES.contains(word));
    let words: Vec<&str> = said.filter(|word| *word != "please").collect();
    let name = name_at(session, &words, 0)?;
    (name.is_drawn && name.at.end == words.len()).then_some(name.id)
}

/// The words of a text, and its commas; names keep their hyphens.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_between = |c: char| !arrows::is_id_char(c);
    let pieces = text.split_inclusive(',').flat_map(move |piece| {
        let comma = piece.ends_with(',').then_some(COMMA);
        piece.split(is_between).chain(comma)
    });
    let bare = pieces.map(|word| word.trim_matches('.'));
    bare.filter(|word| !word.is_empty()).take(MOST_SAID)
}

fn named(session: &Session<'_>, words: &[&str]) -> Vec<Named> {
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

/// The longest name that begins at a word.
fn name_at(session: &Session<'_>, words: &[&str], at: usize) -> Option<Named> {
    let lengths = (1..=MOST_WORDS).rev();
    lengths
        .filter_map(|length| words.get(at..at + length))
        .find_map(|part| {
            let known = known_name(session, part).filter(|_| !is_verb(words, at));
            let (id, is_drawn, kind) = known.or_else(|| name_by_role(session, words, at, part))?;
            let before = at.checked_sub(1).and_then(|before| words.get(before));
            Some(Named {
                id,
                is_drawn,
                kind: Some(kind),
                count: before.and_then(|word| number(word)),
                at: at..at + part.len(),
            })
        })
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
    let before = at.checked_sub(1).and_then(|at| words.get(at));
    let has_article = before.is_some_and(|word| ARTICLES.contains(word));
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
                    Some(lead) => is_led(lead) || number(lead).is_some(),
                }
        }
        [first, last] => {
            let is_kind = |word: &str| matches!(vocabulary.meaning(word), Some(Meaning::Kind(_)));
            let is_kind = is_kind(last) || last.strip_suffix('s').is_some_and(is_kind);
            let is_counted = before.is_some_and(|word| number(word).is_some());
            let is_own = has_article || before.is_none_or(|word| *word == COMMA);
            (is_counted || is_own && is_kind)
                && says_nothing(first)
                && says_nothing(last)
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
fn number(word: &str) -> Option<u16> {
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

/// The one component that is of a kind or a technology; none where there are several.
fn only_one(design: &Design, meaning: Meaning) -> Option<&str> {
    let mut found = design.components.iter().filter(|component| match meaning {
        Meaning::Kind(kind) => component.kind == kind,
        Meaning::Tech(tech) => component.tech == Some(tech),
    });
    let first = found.next()?;
    found.next().is_none().then_some(first.id.as_str())
}

/// "rename the lb to alb", wherever it stands in a sentence.
fn renamed(words: &[&str], named: &[Named]) -> Option<Sketch> {
    let verb = words.iter().position(|word| *word == "rename")?;
    let to = verb
        + words
            .get(verb..)?
            .iter()
            .position(|word| ["to", "as", "into"].contains(word))?;
    let mut known = named
        .iter()
        .filter(|name| name.is_drawn && name.at.end <= to);
    let old = known.next_back()?;
    let new = words.get(to + 1).filter(|word| arrows::is_id(word))?;
    Some(Sketch::new(
        format!("rename {} {new}", old.id),
        "gives it that name",
    ))
}

/// What a sentence states of one component: "redis has 3 replicas", "two zones for the api".
fn stated(words: &[&str], one: &Named) -> Option<Sketch> {
    let id = &one.id;
    let numbers = words.iter().enumerate();
    let numbers: Vec<(usize, u16)> = numbers
        .filter_map(|(at, word)| Some((at, number(word)?)))
        .collect();
    let of_attributes = numbers.iter().filter_map(|(at, number)| {
        let attribute = attribute_of(words.get(at + 1)?)?;
        Some(format!(" {attribute}={number}"))
    });
    let mut pairs: String = of_attributes.collect();
    let named = words.iter().find_map(|word| attribute_of(word));
    if let (Some((_, number)), true) = (numbers.first(), pairs.is_empty()) {
        let attribute = named.unwrap_or(Attribute::Replicas.row().name);
        pairs = format!(" {attribute}={number}");
    }
    let is_open = pairs.is_empty();
    if is_open {
        pairs = format!(" {}=...", named?);
    }
    Some(Sketch {
        lines: vec![format!("set {id}{pairs}")],
        what: "states that",
        is_open,
    })
}

/// The attribute of components that a word is, in the singular or the plural.
fn attribute_of(word: &str) -> Option<&'static str> {
    let names = [word.to_owned(), format!("{word}s")];
    let mut found = names
        .iter()
        .filter_map(|name| Attribute::called(name, Bearer::Component));
    found.next().map(|attribute| attribute.row().name)
}

/// The arrows between components in the order in which a sentence names them.
fn chain(session: &Session<'_>, words: &[&str], named: &[Named]) -> Option<Sketch> {
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
    let ends = at.checked_sub(1).and_then(|from| named.get(from..=at));
    let mut kinds = ends.into_iter().flatten().filter_map(|name| name.kind);
    let takes = TAKING.iter().any(|word| says(word));
    if takes && kinds.any(|kind| carries(session, kind)) {
        return Joined::Before;
    }
    if is_list(before) && !goes_on {
        Joined::Beside
    } else if says("behind") {
        Joined::Before
    } else if says("and") && !GOING_ON.iter().any(|word| says(word)) && !is_list(before) {
        Joined::Anew
    } else {
        Joined::Behind
    }
}

/// Whether messages go through components of a kind.
fn carries(session: &Session<'_>, kind: Kind) -> bool {
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::catalog::Catalog;
    use crate::coach::{Event, Line, Options, Reply};

    /// What sentences mean to somebody who has drawn these.
    const DRAWING: &str =
        "web -> lb -> chat-server x3 -> rules:postgres, redis; chat-server ~> kafka";
    const SAID: &str = "
        the chat server asks redis and memcached | chat-server -> redis, memcached
        chat servers write to kafka and a worker stores it in cassandra | chat-server ~> kafka ~> worker -> cassandra
        the chat server writes to cassandra and publishes an event to kafka | chat-server -> cassandra; chat-server ~> kafka
        the chat server asks memcached first and falls back to cassandra | chat-server -> memcached; chat-server -> cassandra
        kafka feeds the push workers, and they ask redis | kafka ~> push-workers -> redis
        I'd put a cdn in front of the load balancer | cdn -> lb
        the api gateway sits behind the load balancer | lb -> api-gateway
        two zones, 3 replicas for postgres | set rules zones=2 replicas=3
        scale the chat server to 6 | set chat-server replicas=6
        how many zones does redis have | set redis zones=...
        we can remove the load balancer | rm lb
        let us rename the load balancer to edge | rename lb edge
        use s3 for the pictures | add s3
        lb and redis are the same, merge them | nothing
        clients talk to a load balancer, which spreads over six api servers | web -> lb -> api-servers x6
        the api reads from memcached and falls back to cassandra | api -> memcached; api -> cassandra
        the app goes through the api to the search service | app -> api -> search-service
        cache the feeds in memcached | add memcached
        a worker writes the events to cassandra | worker -> cassandra
        push workers read from kafka and call fcm | kafka ~> push-workers; push-workers -> fcm
        a worker consumes rabbitmq and writes to cassandra | rabbitmq ~> worker; worker -> cassandra
        rabbitmq gets the events from the chat server | chat-server ~> rabbitmq
        that looks good | nothing
    ";

    /// A session in which something is drawn.
    fn drawn() -> Session<'static> {
        let options = Options {
            problem: "chat".to_owned(),
            ..Options::default()
        };
        let (mut session, _) = Session::begin(Catalog::embedded(), options).expect("a session");
        let _ = typed(&mut session, DRAWING);
        session
    }

    fn typed(session: &mut Session<'_>, line: &str) -> Vec<Reply> {
        session.turn(&Event {
            at: Duration::ZERO,
            line: Line::Text(line.to_owned()),
        })
    }

    #[test]
    fn sentences_about_components_are_the_lines_that_they_mean() {
        for (text, line) in SAID.lines().filter_map(|line| line.split_once(" | ")) {
            let mut session = drawn();
            let sketch = of(&session, text.trim());
            let lines = sketch.as_ref().map(|sketch| sketch.lines.join("; "));
            assert_eq!(lines.as_deref().unwrap_or("nothing"), line, "{text}");
            for line in sketch
                .iter()
                .filter(|it| !it.is_open)
                .flat_map(|it| &it.lines)
            {
                let replies = typed(&mut session, line);
                let fails = replies.iter().any(|it| matches!(it, Reply::Trouble(_)));
                assert!(!fails, "{line}: {replies:?}");
            }
        }
    }
}
