//! The parts that are lists of words: interface, data model, decisions, answers, accepted findings, and the small maps
//! for platform and session.
//!
//! Knows the terse form of each entry and asks the reader's whether it says everything.

use std::collections::BTreeMap;

use super::{figure, filled, one_or_list, stated, words};
use crate::model::{
    Allowance, Answer, Decision, Design, Endpoint, Entity, Platform, Response, SessionRecord,
};
use crate::notation::design::{decision_from_text, endpoint_from_text};
use crate::notation::yaml::{Layout, WIDTH, Yaml};

/// Columns before an entry of a list.
const BEFORE: usize = "  - ".len();

pub(super) fn api(endpoints: &[Endpoint]) -> Yaml {
    Yaml::List(Layout::Lines, endpoints.iter().map(endpoint).collect())
}

fn endpoint(endpoint: &Endpoint) -> Yaml {
    let responses: Vec<String> = endpoint.responses.iter().map(response).collect();
    let responses = responses.join(" | ");
    let terse = terse_endpoint(endpoint, &responses);
    if endpoint_from_text(&terse) == *endpoint {
        return Yaml::Text(terse);
    }
    let part = |key, words: &String| filled_words(key, words);
    stated([
        Some(("method", Yaml::text(&endpoint.method))),
        part("path", &endpoint.path),
        part("request", &endpoint.request),
        part("response", &responses),
    ])
}

fn filled_words(key: &'static str, text: &String) -> Option<super::Entry> {
    words(key, Some(text).filter(|text| !text.is_empty()))
}

/// `POST /v1/urls {long_url} -> 201 {short_url}`.
fn terse_endpoint(endpoint: &Endpoint, responses: &str) -> String {
    let arrow = if responses.is_empty() { "" } else { "->" };
    let pieces = [
        &endpoint.method,
        &endpoint.path,
        &endpoint.request,
        arrow,
        responses,
    ];
    let pieces: Vec<&str> = pieces
        .into_iter()
        .filter(|piece| !piece.is_empty())
        .collect();
    pieces.join(" ")
}

/// `201 {short_url}`. A tab keeps a body that starts as a status does apart from it.
fn response(response: &Response) -> String {
    let body = &response.body;
    let is_like_status = |c: char| c.is_ascii_digit() || matches!(c, '/' | ',');
    match response.status {
        None => body.clone(),
        Some(status) if body.is_empty() => format!("{status:03}"),
        Some(status) if body.starts_with(is_like_status) => format!("{status:03}\t{body}"),
        Some(status) => format!("{status:03} {body}"),
    }
}

pub(super) fn data(design: &Design) -> Yaml {
    let entries = design
        .data
        .iter()
        .map(|entity| (&entity.name, table(entity, design)));
    Yaml::map(Layout::Lines, entries)
}

fn table(entity: &Entity, design: &Design) -> Yaml {
    let fields = Yaml::texts(Layout::Fitting, &entity.fields);
    if entity.store.is_none() && entity.key.is_empty() {
        return fields;
    }
    stated([
        entity.store.map(|at| ("store", Yaml::text(design.id(at)))),
        filled("key", one_or_list(&entity.key)),
        filled("fields", fields),
    ])
}

pub(super) fn decisions(decisions: &[Decision]) -> Yaml {
    Yaml::List(Layout::Lines, decisions.iter().map(decision).collect())
}

fn decision(decision: &Decision) -> Yaml {
    let terse = terse_decision(decision);
    let fits = BEFORE + terse.chars().count() <= WIDTH;
    if fits && decision.topic.is_none() && decision_from_text(&terse) == *decision {
        return Yaml::Text(terse);
    }
    stated([
        words("topic", decision.topic.as_ref()),
        Some(("choice", Yaml::text(&decision.choice))),
        words("over", decision.over.as_ref()),
        words("because", decision.because.as_ref()),
    ])
}

/// `302 over 301 because browsers cache a 301`.
fn terse_decision(decision: &Decision) -> String {
    let mut text = decision.choice.clone();
    for (word, said) in [("over", &decision.over), ("because", &decision.because)] {
        if let Some(said) = said {
            text.push_str(&format!(" {word} {said}"));
        }
    }
    text
}

/// Answers by topic; what was said to a topic at several times is joined at the first.
pub(super) fn answers(answers: &[Answer]) -> Yaml {
    let mut said: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for answer in answers {
        said.entry(&answer.topic).or_default().push(&answer.text);
    }
    let entries = answers.iter().filter_map(|answer| {
        let texts = said.remove(answer.topic.as_str())?;
        Some((&answer.topic, Yaml::text(texts.join("\n"))))
    });
    Yaml::map(Layout::Lines, entries)
}

pub(super) fn allow(allowances: &[Allowance]) -> Yaml {
    Yaml::List(Layout::Lines, allowances.iter().map(allowance).collect())
}

/// An accepted finding.
#[must_use]
pub fn allowance(allowance: &Allowance) -> Yaml {
    let until = allowance.until.as_ref();
    stated([
        Some(("rule", Yaml::text(&allowance.rule))),
        words("subject", allowance.subject.as_ref()),
        Some(("reason", Yaml::text(&allowance.reason))),
        words("owner", allowance.owner.as_ref()),
        until.map(|day| ("until", Yaml::bare(day))),
    ])
}

pub(super) fn platform(platform: &Platform) -> Yaml {
    stated([
        figure("zone_availability", platform.zone_availability.as_ref()),
        figure("region_availability", platform.region_availability.as_ref()),
        figure("zone_round_trip", platform.zone_round_trip.as_ref()),
        figure("region_round_trip", platform.region_round_trip.as_ref()),
    ])
}

pub(super) fn session(session: &SessionRecord) -> Yaml {
    let spent = session
        .spent
        .iter()
        .map(|(step, time)| (step.word(), Yaml::bare(&time.text)));
    let hints = (session.hints > 0).then(|| Yaml::bare(session.hints.to_string()));
    stated([
        session
            .started
            .as_ref()
            .map(|time| ("started", Yaml::bare(time))),
        filled("spent", Yaml::map(Layout::Fitting, spent)),
        hints.map(|hints| ("hints", hints)),
        filled("attacks", Yaml::texts(Layout::Fitting, &session.attacks)),
    ])
}
