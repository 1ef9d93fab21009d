//! How a line can go on: commands, components, kinds, technologies, attributes and their values, figures.
//!
//! Knows where in a line the cursor stands; which words there are comes from the tables.

use super::commands::{self, COMMANDS, Completes, DESIGN, FLOW_KEYS, KINDS, VIEWS};
use super::session::Session;
use crate::model::attribute::Bearer;
use crate::model::{Attribute, Value};
use crate::notation::arrows;

/// Something whose lines can be completed while they are typed.
pub trait Completing {
    /// How the word at the cursor can go on: where the word starts, and what can stand there.
    fn complete(&self, line: &str, cursor: usize) -> (usize, Vec<String>);

    /// How the command goes on whose name and a space are typed.
    fn usage(&self, _line: &str) -> Option<&'static str> {
        None
    }

    /// How a text of one or several lines ends that is not whole yet; none where it is.
    fn waits_for(&self, _text: &str) -> Option<&'static str> {
        None
    }
}

/// Where the word at the cursor starts, and what can stand there.
pub(super) fn complete(session: &Session<'_>, line: &str, cursor: usize) -> (usize, Vec<String>) {
    let before = line.get(..cursor).unwrap_or(line);
    let start = word_start(before);
    let (head, word) = before.split_at(start);
    let mut found: Vec<String> = candidates(session, head, word)
        .into_iter()
        .filter(|candidate| candidate.to_lowercase().starts_with(&word.to_lowercase()))
        .collect();
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|candidate| seen.insert(candidate.clone()));
    (start, found)
}

/// How a command is written, once its name and a space are typed.
pub(super) fn usage(line: &str) -> Option<&'static str> {
    let (word, rest) = line.split_once(' ')?;
    let command = commands::named(word).filter(|command| command.name == word)?;
    let after = command.usage.strip_prefix(command.name)?.trim_start();
    rest.is_empty()
        .then_some(after)
        .filter(|after| !after.is_empty())
}

/// The byte at which the word at the end of a text starts.
fn word_start(before: &str) -> usize {
    let mut start = before.len();
    for (at, c) in before.char_indices().rev() {
        if !arrows::is_id_char(c) {
            break;
        }
        start = at;
    }
    start
}

fn candidates(session: &Session<'_>, head: &str, word: &str) -> Vec<String> {
    if session.pending.is_some() && head.trim().is_empty() {
        return kinds(session, word);
    }
    let trimmed = head.trim_start();
    if trimmed.is_empty() {
        return first_words(session);
    }
    let (name, rest) = trimmed
        .split_once(char::is_whitespace)
        .unwrap_or((trimmed, ""));
    let named = commands::named(name).filter(|_| head.len() > name.len());
    match named {
        Some(command) => after_command(session, command.completes, rest, word),
        None if trimmed.contains('=') => figures(session),
        None => in_a_drawing(session, trimmed, word),
    }
}

/// Commands of this step, then components, which begin drawings, then figures.
fn first_words(session: &Session<'_>) -> Vec<String> {
    let step = session.state.step;
    let proposed = commands::of_step(step).chain(commands::always());
    let commands = proposed.chain(COMMANDS).map(|command| {
        let space = if command.usage == command.name {
            ""
        } else {
            " "
        };
        format!("{}{space}", command.name)
    });
    commands
        .chain(components(session))
        .chain(figures(session))
        .collect()
}

fn after_command(
    session: &Session<'_>,
    completes: Completes,
    rest: &str,
    word: &str,
) -> Vec<String> {
    let owned = |words: &[&str]| {
        words
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<String>>()
    };
    match completes {
        Completes::Nothing => Vec::new(),
        Completes::Commands => COMMANDS
            .iter()
            .map(|command| command.name.to_owned())
            .chain([KINDS.to_owned()])
            .collect(),
        Completes::Views => {
            let views = VIEWS.iter().map(|(name, _)| (*name).to_owned());
            views
                .chain([DESIGN.to_owned()])
                .chain(components(session))
                .collect()
        }
        Completes::Attributes => attributes(session, rest, word),
        Completes::Kinds => kinds(session, word),
        Completes::Flow => flow(session, rest),
        Completes::Names => commands::names(&session.state.design),
        Completes::Figures => {
            if rest.contains('=') {
                figures(session)
            } else {
                expected_figures(session)
            }
        }
        Completes::Data => data(session, rest, &owned(&["key ", "store ", "fields "])),
        Completes::Topics => session
            .state
            .questions
            .iter()
            .filter(|question| question.is_open())
            .map(|question| format!("{}: ", question.topic))
            .collect(),
    }
}

fn components(session: &Session<'_>) -> Vec<String> {
    session
        .state
        .design
        .components
        .iter()
        .map(|component| component.id.clone())
        .collect()
}

/// Kinds and technologies, once something is typed of them.
fn kinds(session: &Session<'_>, word: &str) -> Vec<String> {
    let proposed = session.vocabulary().proposed(word);
    proposed.map(str::to_owned).collect()
}

/// After an arrow a component is named, known or new; after a colon its kind.
fn in_a_drawing(session: &Session<'_>, head: &str, word: &str) -> Vec<String> {
    if head.trim_end().ends_with(':') {
        return kinds(session, word);
    }
    let mut all = components(session);
    if arrows::has_arrow(head) && !word.is_empty() {
        all.extend(kinds(session, word));
    }
    all
}

/// `set api replicas=`: components and arrows, then keys, then values.
fn attributes(session: &Session<'_>, rest: &str, word: &str) -> Vec<String> {
    let trimmed = rest.trim_end();
    let is_link = arrows::has_arrow(rest);
    let bearer = if is_link {
        Bearer::Connection
    } else {
        Bearer::Component
    };
    if let Some(before) = trimmed.strip_suffix('=') {
        let key = before.get(word_start(before)..).unwrap_or_default();
        return values(session, key, bearer, word);
    }
    let at_target = trimmed.is_empty()
        || ["->", "~>", ",", "→"]
            .iter()
            .any(|arrow| trimmed.ends_with(arrow));
    if at_target {
        let flows = session
            .state
            .design
            .flows
            .iter()
            .map(|flow| flow.id.clone());
        return components(session).into_iter().chain(flows).collect();
    }
    let target = rest.split_whitespace().next().unwrap_or_default();
    if session
        .state
        .design
        .flows
        .iter()
        .any(|flow| flow.id == target)
    {
        return with_equals(FLOW_KEYS.iter().copied());
    }
    with_equals(commands::keys(bearer))
}

fn with_equals<'k>(keys: impl Iterator<Item = &'k str>) -> Vec<String> {
    keys.map(|key| format!("{key}=")).collect()
}

fn values(session: &Session<'_>, key: &str, bearer: Bearer, word: &str) -> Vec<String> {
    let Some(attribute) = Attribute::named(key, bearer) else {
        return if matches!(key, "kind" | "tech") {
            kinds(session, word)
        } else {
            Vec::new()
        };
    };
    let value = attribute.row().value;
    let mut all: Vec<String> = value
        .words()
        .iter()
        .map(|word| (*word).to_owned())
        .collect();
    if value.names_component() {
        all.extend(components(session));
    }
    if all.is_empty() {
        return said_before(session, attribute);
    }
    all
}

/// Values that other components have for an attribute.
fn said_before(session: &Session<'_>, attribute: Attribute) -> Vec<String> {
    let all = session
        .state
        .design
        .components
        .iter()
        .filter_map(|component| component.attributes.get(attribute));
    all.map(Value::shown)
        .filter(|text| !text.contains(' '))
        .collect()
}

/// `flow NAME = a -> b kind=`
fn flow(session: &Session<'_>, rest: &str) -> Vec<String> {
    let trimmed = rest.trim_end();
    if trimmed.ends_with("kind=") {
        return vec!["read".to_owned(), "write".to_owned()];
    }
    let after_name = rest.trim_start().contains(char::is_whitespace);
    let after_component = after_name
        && rest.ends_with(' ')
        && trimmed.ends_with(|c: char| arrows::is_id_char(c) && c != '>');
    let mut all = Vec::new();
    if trimmed.is_empty() {
        all.extend(
            session
                .state
                .design
                .flows
                .iter()
                .map(|flow| flow.id.clone()),
        );
    } else {
        all.extend(components(session));
    }
    if after_component {
        all.extend(with_equals(FLOW_KEYS.iter().copied()));
    }
    all
}

/// `data NAME: key K, store S`
fn data(session: &Session<'_>, rest: &str, keys: &[String]) -> Vec<String> {
    if !rest.contains(':') {
        return session
            .state
            .design
            .data
            .iter()
            .map(|entity| format!("{}: ", entity.name))
            .collect();
    }
    if rest.trim_end().ends_with("store") {
        return components(session);
    }
    keys.to_vec()
}

/// The figures that the design has, for expressions.
fn figures(session: &Session<'_>) -> Vec<String> {
    let design = &session.state.design;
    let assumed = design
        .requirements
        .assumptions
        .iter()
        .map(|assumption| assumption.name.clone());
    assumed
        .chain(
            design
                .estimates
                .iter()
                .map(|estimate| estimate.name.clone()),
        )
        .collect()
}

/// Names that figures usually go by, for what is new.
fn expected_figures(session: &Session<'_>) -> Vec<String> {
    let general = session.catalog.knowledge.figures.general.iter();
    let own = session.problem.figures.iter();
    let names = own.chain(general).map(|figure| format!("{} = ", figure.id));
    figures(session).into_iter().chain(names).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::catalog::Catalog;
    use crate::coach::{Event, Line, Options};

    fn session<'c>(catalog: &'c Catalog, lines: &[&str]) -> Session<'c> {
        let problem = catalog
            .problems
            .first()
            .map(|problem| problem.id.clone())
            .unwrap_or_default();
        let (mut session, _) = Session::begin(
            catalog,
            Options {
                problem,
                ..Options::default()
            },
        )
        .expect("a session");
        for line in lines {
            let _ = session.turn(&Event {
                at: Duration::ZERO,
                line: Line::Text((*line).to_owned()),
            });
        }
        session
    }

    #[test]
    fn every_place_of_a_line_has_its_own_words() {
        let catalog = Catalog::embedded();
        let lines = [
            "web -> lb -> api -> db",
            "flow open = web -> lb -> api kind=read",
            "read_qps = 5/s",
        ];
        let session = session(catalog, &lines);
        for (line, start, expected) in [
            ("qual", 0, "quality "),
            ("und", 0, "undo"),
            ("web -> a", 7, "api"),
            ("web->a", 5, "api"),
            ("web -> foo:wor", 11, "worker"),
            ("set a", 4, "api"),
            ("set api repli", 8, "replicas="),
            ("set api strategy=wri", 17, "write_behind"),
            ("set api managed=", 16, "yes"),
            ("set web -> lb prot", 14, "protocol="),
            ("set api -> db on_miss=d", 22, "db"),
            ("set open rat", 9, "rate="),
            ("show req", 5, "requirements"),
            ("help fl", 5, "flow"),
            ("rm o", 3, "open"),
            ("flow open = web -> l", 19, "lb"),
            ("flow open = web -> lb ki", 22, "kind="),
            ("data user: k", 11, "key "),
            ("data user: store d", 17, "db"),
            ("storage = read_q", 10, "read_qps"),
        ] {
            let (from, found) = session.complete(line, line.len());
            assert!(
                from == start && found.iter().any(|word| word == expected),
                "{line}: {from} {found:?}"
            );
        }
    }

    #[test]
    fn a_question_for_a_kind_is_completed_with_kinds() {
        let catalog = Catalog::embedded();
        let session = session(catalog, &["web -> foo"]);
        assert!(session.complete("work", 4).1.contains(&"worker".to_owned()));
    }

    #[test]
    fn the_usage_of_a_command_is_shown_until_something_is_typed() {
        assert_eq!(usage("rename "), Some("OLD NEW"));
        assert_eq!(usage("rename api"), None);
        assert_eq!(usage("undo "), None);
        assert_eq!(usage("nonsense "), None);
    }
}
