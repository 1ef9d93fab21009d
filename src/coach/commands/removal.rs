//! `rm`: takes anything out that has a name, an arrow, or an entry of a list by its number.
//!
//! Knows what things are called; what else goes with them goes too, and is told.

use super::estimates::refusal;
use super::requirements::Shelf;
use super::targets::connections;
use crate::coach::figures;
use crate::coach::line::Request;
use crate::coach::reply::Reply;
use crate::coach::session::Session;
use crate::coach::sketch;
use crate::model::spelling::{self, enumerated};
use crate::model::{Attribute, Design, Value};
use crate::notation::arrows;

/// `rm NAME|A -> B|LIST NUMBER`
pub(super) fn rm(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    let called = sketch::component_called(session, request.rest);
    let called = called.filter(|_| request.rest.contains(' '));
    let text = called.as_deref().unwrap_or(request.rest);
    if let Some(arrow) = sketch::arrow_called(session, text) {
        let rest = arrow.as_str();
        return self::arrow(session, Request { rest, ..request });
    }
    if text.is_empty() {
        return vec![Reply::trouble(
            "nothing to take out",
            "write `rm NAME`, `rm a -> b` or `rm must 2`".to_owned(),
        )];
    }
    if arrows::has_arrow(text) {
        let rest = sketch::without_arrow_word(session, text);
        return arrow(session, Request { rest, ..request });
    }
    if let Some(replies) = entry(&mut session.state.design, text) {
        return replies;
    }
    let design = &mut session.state.design;
    if let Some(at) = design.component(text) {
        return vec![component(design, at, text)];
    }
    match figures::remove(design, text) {
        Ok(true) => return vec![gone(text)],
        Err(refused) => return vec![refusal(refused, &request)],
        Ok(false) => {}
    }
    if named(design, text) {
        return vec![gone(text)];
    }
    let names: Vec<String> = names(design);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let help = spelling::did_you_mean(text, &names);
    vec![Reply::trouble_at(
        request.span_of(text),
        format!("there is no `{text}`"),
        help,
    )]
}

fn gone(what: &str) -> Reply {
    Reply::Echo(format!("{what} is out; `undo` brings it back"))
}

/// Everything that `rm` can take out by a name.
pub(in crate::coach) fn names(design: &Design) -> Vec<String> {
    let components = design
        .components
        .iter()
        .map(|component| component.id.clone());
    let estimates = design
        .estimates
        .iter()
        .map(|estimate| estimate.name.clone());
    let assumptions = design
        .requirements
        .assumptions
        .iter()
        .map(|assumption| assumption.name.clone());
    let flows = design.flows.iter().map(|flow| flow.id.clone());
    let tables = design.data.iter().map(|entity| entity.name.clone());
    let topics = design.answers.iter().map(|answer| answer.topic.clone());
    let decisions = design
        .decisions
        .iter()
        .filter_map(|decision| decision.topic.clone());
    components
        .chain(estimates)
        .chain(assumptions)
        .chain(flows)
        .chain(tables)
        .chain(topics)
        .chain(decisions)
        .collect()
}

fn arrow(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    let design = &mut session.state.design;
    match connections(design, request.rest, 0) {
        Err(fault) => vec![fault.reply(&request)],
        Ok(found) => {
            let mut at = 0;
            design.connections.retain(|_| {
                at += 1;
                !found.contains(&(at - 1))
            });
            vec![gone(request.rest)]
        }
    }
}

/// Takes a component out, with everything that speaks of it.
fn component(design: &mut Design, at: usize, id: &str) -> Reply {
    let flows: Vec<String> = design.flows.iter().map(|flow| flow.id.clone()).collect();
    let arrows = design.connections.len();
    design.remove_component(at);
    for connection in &mut design.connections {
        if connection.attributes.word(Attribute::OnMiss) == Some(id) {
            connection.attributes.remove(Attribute::OnMiss);
        }
    }
    for component in &mut design.components {
        if component.attributes.get(Attribute::DeadLetter) == Some(&Value::Word(id.to_owned())) {
            component.attributes.remove(Attribute::DeadLetter);
        }
    }
    let lost = arrows - design.connections.len();
    let mut also: Vec<String> = Vec::new();
    if lost > 0 {
        also.push(spelling::counted(lost, "arrow", "arrows"));
    }
    let kept = |flow: &String| design.flows.iter().any(|other| other.id == *flow);
    also.extend(
        flows
            .iter()
            .filter(|flow| !kept(flow))
            .map(|flow| format!("flow {flow}")),
    );
    let with = if also.is_empty() {
        String::new()
    } else {
        format!(" with {}", enumerated(&also))
    };
    gone(&format!("{id}{with}"))
}

/// `must 2`: an entry of a list by its number.
fn entry(design: &mut Design, text: &str) -> Option<Vec<Reply>> {
    let (list, number) = text.split_once(char::is_whitespace)?;
    let number: usize = number.trim().parse().ok()?;
    let at = number.checked_sub(1)?;
    let (length, taken) = match list {
        "api" => take(&mut design.api, at),
        "decide" | "decision" | "decisions" => take(&mut design.decisions, at),
        _ => take(Shelf::named(list)?.list(&mut design.requirements), at),
    };
    if taken {
        return Some(vec![gone(text)]);
    }
    let help = format!(
        "`{list}` has {}",
        spelling::counted(length, "entry", "entries")
    );
    Some(vec![Reply::trouble(format!("there is no `{text}`"), help)])
}

/// Takes an entry out of a list, if it is there; gives back how many there were.
fn take<T>(list: &mut Vec<T>, at: usize) -> (usize, bool) {
    let length = list.len();
    if at < length {
        list.remove(at);
    }
    (length, at < length)
}

/// Takes out a flow, a table, an answer or a decision by its name; false when there is none.
fn named(design: &mut Design, name: &str) -> bool {
    let Design {
        flows,
        data,
        answers,
        decisions,
        ..
    } = design;
    let before = (flows.len(), data.len(), answers.len(), decisions.len());
    flows.retain(|flow| flow.id != name);
    if flows.len() == before.0 {
        data.retain(|entity| entity.name != name);
    }
    if (flows.len(), data.len()) == (before.0, before.1) {
        answers.retain(|answer| !answer.topic.eq_ignore_ascii_case(name));
    }
    if (flows.len(), data.len(), answers.len()) == (before.0, before.1, before.2) {
        decisions.retain(|decision| decision.topic.as_deref() != Some(name));
    }
    (flows.len(), data.len(), answers.len(), decisions.len()) != before
}
