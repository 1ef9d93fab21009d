//! What a sentence about components would draw: an arrow, a `set`, an `add`, a `rename` or an `rm`.
//!
//! Knows what is changed, and which line changes it; draws nothing.

mod chain;
mod names;

pub(super) use names::component_called;

use chain::chain;
use names::{Named, attribute_of, named, number, words};

use super::session::Session;
use crate::model::Attribute;
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
        the chat server publishes to kafka and a worker reads from kafka and writes to cassandra | chat-server ~> kafka ~> worker -> cassandra
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
