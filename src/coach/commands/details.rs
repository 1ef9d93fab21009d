//! `data`, `api`, `decide`, `answer`: what is stored, what is served, what was decided and why, and free text.
//!
//! Knows the terse forms of these parts; what a good one is, is the rules' business.

use super::drawing::near_component;
use crate::coach::interviewer;
use crate::coach::line::Request;
use crate::coach::reply::Reply;
use crate::coach::session::Session;
use crate::coach::sheet;
use crate::model::{Design, Entity};
use crate::notation::design::{decision_from_text, endpoint_from_text};

/// `data NAME: key K, store S, fields A B`
pub(super) fn data(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    if request.rest.is_empty() {
        return super::views::listing(session, "data");
    }
    let Some((name, body)) = request
        .rest
        .split_once([':', '='])
        .filter(|(name, _)| is_word(name.trim()))
    else {
        let help = "write `data NAME: key K, store S, fields A B C`".to_owned();
        return vec![Reply::trouble("which table has which columns?", help)];
    };
    let words = Words::of(body);
    let design = &mut session.state.design;
    let store = match words.store.as_deref() {
        Some(id) => match design.component(id) {
            Some(at) => Some(at),
            None => {
                let help = near_component(id, design);
                return vec![Reply::trouble_at(
                    request.span_of(id),
                    format!("unknown component `{id}`"),
                    help,
                )];
            }
        },
        None => None,
    };
    let entity = put(design, name.trim(), words, store);
    vec![Reply::Echo(sheet::entity_in_words(&entity, design))]
}

/// Whether a text is one word, as the name of a table is.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.split_whitespace().count() == 1
}

/// What a line says of a table.
#[derive(Default)]
struct Words {
    store: Option<String>,
    key: Vec<String>,
    fields: Vec<String>,
}

impl Words {
    /// `key`, `store` and `fields` each begin a part; a part that was begun once is a column from then on.
    fn of(body: &str) -> Self {
        let mut all = Self::default();
        let mut begun: Vec<&str> = Vec::new();
        let mut part = "fields";
        let between = |c: char| c.is_whitespace() || "()[]{}=:".contains(c);
        let words = body.split([',', ';']).flat_map(|column| {
            let words = column.split(between).filter(|word| !word.is_empty());
            let words: Vec<&str> = words.collect();
            match words.as_slice() {
                // `id pk` says of a column what `key id` says; behind another column of the key, one may be called `key`.
                [name, "pk" | "PK" | "key" | "sk" | "SK"]
                | [
                    name,
                    "primary" | "partition" | "sort" | "clustering" | "hash" | "range",
                    "key",
                ] if part_begun_by(name)
                    .is_none_or(|part| part == "key" && !all.key.is_empty()) =>
                {
                    all.key.push((*name).to_owned());
                    Vec::new()
                }
                _ => words,
            }
        });
        for word in words.collect::<Vec<_>>() {
            match part_begun_by(word).filter(|part| !begun.contains(part)) {
                Some(next) => {
                    part = next;
                    begun.push(next);
                }
                None => all.add(&mut part, word),
            }
        }
        all
    }

    fn add(&mut self, part: &mut &str, word: &str) {
        // A column that is called `key` is quoted.
        let word = word.trim_matches('"');
        match *part {
            "key" => self.key.push(word.to_owned()),
            "store" => {
                self.store = Some(word.to_owned());
                *part = "fields";
            }
            _ => self.fields.push(word.to_owned()),
        }
    }
}

/// The part of a table that a word begins.
fn part_begun_by(word: &str) -> Option<&'static str> {
    match word {
        "key" | "keys" | "pk" => Some("key"),
        "store" | "in" => Some("store"),
        "fields" | "columns" | "field" => Some("fields"),
        _ => None,
    }
}

/// Adds a table, or states more of one; gives it back as it is now.
fn put(design: &mut Design, name: &str, words: Words, store: Option<usize>) -> Entity {
    let known = design.data.iter_mut().find(|entity| entity.name == name);
    let mut entity = known.as_deref().cloned().unwrap_or_default();
    name.clone_into(&mut entity.name);
    entity.store = store.or(entity.store);
    if !words.key.is_empty() {
        entity.key = words.key;
    }
    if !words.fields.is_empty() {
        entity.fields = words.fields;
    }
    match known {
        Some(slot) => slot.clone_from(&entity),
        None => design.data.push(entity.clone()),
    }
    entity
}

/// `api METHOD /path {request} -> STATUS {response}`
pub(super) fn api(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    if request.rest.is_empty() {
        return super::views::listing(session, "api");
    }
    let endpoint = endpoint_from_text(&request.rest.replace('→', "->"));
    let is_method = !endpoint.method.is_empty()
        && endpoint
            .method
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !is_method || endpoint.path.is_empty() {
        let help = "write `api METHOD /path {request} -> STATUS {response}`".to_owned();
        return vec![Reply::trouble("no method and path", help)];
    }
    let shown = sheet::endpoint_in_words(&endpoint);
    let all = &mut session.state.design.api;
    let same = all
        .iter()
        .position(|other| other.method == endpoint.method && other.path == endpoint.path);
    match same.and_then(|at| all.get_mut(at)) {
        Some(slot) => *slot = endpoint,
        None => all.push(endpoint),
    }
    vec![Reply::Echo(shown)]
}

/// `decide [TOPIC:] CHOICE [over OTHER] [because REASON]`
pub(super) fn decide(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    if request.rest.is_empty() {
        return super::views::listing(session, "decisions");
    }
    let decision = decision_from_text(request.rest);
    if decision.choice.is_empty() {
        let help = "write `decide CHOICE over OTHER because REASON`".to_owned();
        return vec![Reply::trouble("nothing was chosen", help)];
    }
    let mut replies = vec![Reply::Echo(format!(
        "decided: {}",
        sheet::decision_in_words(&decision)
    ))];
    if decision.because.is_none() {
        replies.push(Reply::Note(
            "Why? A reason makes it a decision: `... because ...`.".to_owned(),
        ));
    }
    let all = &mut session.state.design.decisions;
    let same = |other: &&mut crate::model::Decision| match (&other.topic, &decision.topic) {
        (None, None) => other.choice.eq_ignore_ascii_case(&decision.choice),
        (Some(one), Some(another)) => one.eq_ignore_ascii_case(another),
        _ => false,
    };
    match all.iter_mut().find(same) {
        Some(slot) => *slot = decision,
        None => all.push(decision),
    }
    replies
}

/// `answer [TOPIC:] TEXT`
pub(super) fn answer(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    if request.rest.is_empty() {
        return super::views::listing(session, "answers");
    }
    let topic = request
        .rest
        .split_once(':')
        .map(|(topic, text)| (topic.trim(), text.trim()));
    let open = interviewer::open_question(session).map(|question| question.topic.clone());
    match topic.filter(|(topic, text)| is_topic(topic) && !text.is_empty()) {
        Some((topic, text)) if open.as_deref() == Some(topic) => {
            interviewer::answered(session, text)
        }
        Some((topic, text)) => {
            interviewer::record(&mut session.state.design, topic, text);
            vec![Reply::Echo(format!("answer recorded under `{topic}`"))]
        }
        None if open.is_some() => interviewer::answered(session, request.rest),
        None => vec![Reply::trouble(
            "an answer to what?",
            "write `answer TOPIC: TEXT`".to_owned(),
        )],
    }
}

/// What stands before a colon is a topic when it is short.
fn is_topic(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (1..=6).contains(&words) && text.len() <= 80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_stated_before_its_columns_or_behind_one() {
        for (body, key, fields) in [
            ("key id, store db, fields owner state", "id", "owner state"),
            ("id pk, owner, state", "id", "owner state"),
            ("id (PK), owner, state", "id", "owner state"),
            ("chat_id primary key, body", "chat_id", "body"),
            ("bucket PK, key SK, size, etag", "bucket key", "size etag"),
            (
                "bucket partition key, at sort key, size",
                "bucket at",
                "size",
            ),
            ("key chat_id message_id", "chat_id message_id", ""),
            ("fields a b, key c", "c", "a b"),
            ("fields bucket \"key\" size", "", "bucket key size"),
            (
                "key bucket \"key\", fields \"store\"",
                "bucket key",
                "store",
            ),
        ] {
            let words = Words::of(body);
            let stated = (words.key.join(" "), words.fields.join(" "));
            assert_eq!(stated, (key.to_owned(), fields.to_owned()), "{body}");
        }
    }
}
