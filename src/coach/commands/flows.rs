//! `flow`: which way a user's journey takes, how often, and its targets.
//!
//! Knows chains of components that are drawn; what a flow is worth is the analyses' business.

use super::fault::Fault;
use super::known;
use super::routes::{HELP, route, shifted};
use crate::coach::figures;
use crate::coach::line::Request;
use crate::coach::pairs::{self, Piece};
use crate::coach::reply::Reply;
use crate::coach::session::Session;
use crate::coach::sheet;
use crate::model::quantity::Dimension;
use crate::model::value::rewritten;
use crate::model::{Chain, Design, Figure, Flow, FlowKind, Route, spelling};
use crate::notation::arrows;
use crate::notation::design::evaluate_in;

/// What can be stated of a flow.
pub(in crate::coach) const KEYS: &[&str] = &[
    "kind",
    "rate",
    "peak",
    "latency",
    "p50",
    "availability",
    "title",
];

/// `flow NAME = PATH KEY=VALUE...`
pub(super) fn flow(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    if request.rest.is_empty() {
        return super::views::listing(session, "flows");
    }
    let mut design = session.state.design.clone();
    match state_flow(&mut design, request.rest) {
        Err(fault) => {
            let again = known::in_drawn_letters(session, request.rest).filter(|again| {
                let mut sketch = session.state.design.clone();
                state_flow(&mut sketch, again).is_ok()
            });
            match again {
                Some(again) => flow(session, Request::whole(&again)),
                None => vec![fault.reply(&request)],
            }
        }
        Ok(at) => {
            session.state.design = design;
            let design = &session.state.design;
            let Some(flow) = design.flows.get(at) else {
                return Vec::new();
            };
            let mut replies = vec![Reply::Echo(format!(
                "{} = {}",
                flow.id,
                sheet::flow_in_words(flow, design)
            ))];
            replies.extend(undrawn(flow, design));
            replies.extend(low_peak(flow));
            replies
        }
    }
}

fn state_flow(design: &mut Design, text: &str) -> Result<usize, Fault> {
    let (name, body) = name_and_body(text);
    if name.text.is_empty() || name.text.contains(char::is_whitespace) && body.is_none() {
        return Err(Fault::new(
            &name,
            "which flow takes which way?",
            HELP.to_owned(),
        ));
    }
    let known = design.flows.iter().position(|flow| flow.id == name.text);
    let split = body.map(|(body, offset)| (pairs::split(body), offset));
    let head = split
        .as_ref()
        .filter(|(split, _)| !split.head.text.is_empty());
    let route = match head {
        Some((split, offset)) => Some(route(design, &split.head, *offset)?),
        None => None,
    };
    let at = match (known, route) {
        (Some(at), route) => {
            if let (Some(flow), Some(route)) = (design.flows.get_mut(at), route) {
                flow.route = route;
            }
            at
        }
        (None, Some(route)) => {
            design.flows.push(Flow::new(name.text.to_owned(), route));
            design.flows.len() - 1
        }
        (None, None) => {
            return Err(Fault::new(
                &name,
                format!("`{}` takes no way yet", name.text),
                HELP.to_owned(),
            ));
        }
    };
    let figures = design.clone();
    for (key, value) in split
        .iter()
        .flat_map(|(split, offset)| split.pairs.iter().map(move |pair| (pair, offset)))
        .map(moved)
    {
        if let Some(flow) = design.flows.get_mut(at) {
            state(flow, &key, &value, &figures)?;
        }
    }
    Ok(at)
}

type Pair<'l> = (Piece<'l>, Piece<'l>);

fn moved<'l>(((key, value), offset): (&Pair<'l>, &usize)) -> Pair<'l> {
    (shifted(key, *offset), shifted(value, *offset))
}

/// `open = a -> b rate=5/s`, `open: a -> b`, `open rate=5/s`: the name, and the rest with where it begins.
fn name_and_body(text: &str) -> (Piece<'_>, Option<(&str, usize)>) {
    let word_end = text
        .find(|c: char| c.is_whitespace() || matches!(c, '=' | ':'))
        .unwrap_or(text.len());
    let after = text.get(word_end..).unwrap_or_default();
    let skipped = after.trim_start();
    let is_assigned = skipped.starts_with(['=', ':']);
    let first_is_key = is_assigned
        && KEYS.contains(&text.get(..word_end).unwrap_or_default())
        && !arrows::has_arrow(text);
    if !is_assigned || first_is_key {
        // No `=` after the name: what follows are keys.
        let words: Vec<&str> = text.splitn(2, char::is_whitespace).collect();
        let name = words.first().copied().unwrap_or_default();
        let body = words
            .get(1)
            .map(|body| (*body, text.len() - body.len()))
            .filter(|(body, _)| body.contains('='));
        let shown = if body.is_some() { name } else { text };
        return (
            Piece {
                text: shown,
                span: 0..shown.len(),
            },
            body,
        );
    }
    let body = skipped.get(1..).unwrap_or_default();
    let name = text.get(..word_end).unwrap_or_default();
    (
        Piece {
            text: name,
            span: 0..name.len(),
        },
        Some((body, text.len() - body.len())),
    )
}

/// States something of a flow. A rate may be worked out from the figures of the design; the file has its value.
pub(super) fn state(
    flow: &mut Flow,
    key: &Piece<'_>,
    value: &Piece<'_>,
    figures: &Design,
) -> Result<String, Fault> {
    let figure = |dimension, example| measured(value, dimension, example, figures);
    match key.text {
        "kind" => flow.kind = Some(kind(value)?),
        "title" => flow.title = Some(value.text.to_owned()),
        "rate" => flow.rate = Some(figure(Dimension::RATE, "3.9k/s")?),
        "peak" => {
            flow.peak = Some(
                figure(Dimension::NUMBER, "3x").or_else(|_| figure(Dimension::RATE, "12k/s"))?,
            );
        }
        "latency" | "p99" => flow.latency = Some(figure(Dimension::DURATION, "100ms")?),
        "p50" => flow.latency_p50 = Some(figure(Dimension::DURATION, "20ms")?),
        "availability" => {
            flow.availability = Some(share(value, figure(Dimension::NUMBER, "99.9%")?)?);
        }
        _ => return Err(unknown(key)),
    }
    Ok(format!("{} {}", key.text, value.text))
}

fn unknown(key: &Piece<'_>) -> Fault {
    let message = format!("unknown attribute `{}` of a flow", key.text);
    Fault::new(key, message, spelling::did_you_mean(key.text, KEYS))
}

/// Takes something of a flow back; false when it was not stated.
pub(super) fn take(flow: &mut Flow, key: &Piece<'_>) -> Result<bool, Fault> {
    Ok(match key.text {
        "kind" => flow.kind.take().is_some(),
        "title" => flow.title.take().is_some(),
        "rate" => flow.rate.take().is_some(),
        "peak" => flow.peak.take().is_some(),
        "latency" => flow.latency.take().is_some(),
        "p50" => flow.latency_p50.take().is_some(),
        "availability" => flow.availability.take().is_some(),
        _ => return Err(unknown(key)),
    })
}

fn kind(value: &Piece<'_>) -> Result<FlowKind, Fault> {
    match value.text {
        "read" | "reads" => Ok(FlowKind::Read),
        "write" | "writes" => Ok(FlowKind::Write),
        other => Err(Fault::new(
            value,
            format!("unknown kind of flow `{other}`"),
            "`read` or `write`".to_owned(),
        )),
    }
}

fn measured(
    value: &Piece<'_>,
    dimension: Dimension,
    example: &str,
    figures: &Design,
) -> Result<Figure, Fault> {
    let text = value.text;
    let named = || evaluate_in(text, figures).map(|figure| Figure::worked_out(figure.quantity));
    let figure = Figure::parse(text).or_else(|_| named()).map_err(|error| {
        let span =
            value.span.start + error.span.start..value.span.start + error.span.end.min(text.len());
        Fault::new(&Piece { text, span }, error.message, error.help)
    })?;
    let found = figure.quantity.dimension;
    if found != dimension || figure.quantity.value < 0.0 {
        let message = format!("`{text}` is {}, not {}", found.name(), dimension.name());
        return Err(Fault::new(value, message, rewritten(text, found, example)));
    }
    Ok(figure)
}

fn share(value: &Piece<'_>, figure: Figure) -> Result<Figure, Fault> {
    if figure.quantity.value > 1.0 {
        let help = "a percentage between 0% and 100%, such as `99.9%`".to_owned();
        return Err(Fault::new(
            value,
            format!("`{}` is impossible as a share", value.text),
            help,
        ));
    }
    Ok(figure)
}

/// A remark on a peak below the rate.
pub(super) fn low_peak(flow: &Flow) -> Option<Reply> {
    figures::low_peak(flow.peak.as_ref(), flow.rate.as_ref())
}

/// A remark on the hops of a flow that no arrow draws.
fn undrawn(flow: &Flow, design: &Design) -> Option<Reply> {
    let (Route::Path(chains) | Route::Any(chains)) = &flow.route else {
        return None;
    };
    let drawn = |from: &usize, to: &usize| {
        design
            .connections
            .iter()
            .any(|edge| (edge.from, edge.to) == (*from, *to))
    };
    let mut missing: Vec<String> = Vec::new();
    for pair in chains.iter().flat_map(|chain| chain.stages.windows(2)) {
        let [callers, callees] = pair else { continue };
        for from in callers {
            for to in callees.iter().filter(|to| !drawn(from, to)) {
                missing.push(format!("{} -> {}", design.id(*from), design.id(*to)));
            }
        }
    }
    missing.dedup();
    let aside = aside(design, chains).unwrap_or_default();
    (!missing.is_empty()).then(|| {
        let missing = spelling::listed(&missing);
        Reply::Note(format!("Not drawn yet: {missing}.{aside}"))
    })
}

/// What to write for a way that is drawn as a fork and told as a line: `api -> cache -> db`, where `api` asks both.
fn aside(design: &Design, chains: &[Chain]) -> Option<String> {
    let drawn = |from: usize, to: usize| {
        let mut edges = design.connections.iter();
        edges.any(|edge| (edge.from, edge.to) == (from, to))
    };
    let mut all = chains.iter().flat_map(|chain| chain.stages.windows(3));
    let (caller, first, second) = all.find_map(|stages| {
        let [caller, first, second] = stages else {
            return None;
        };
        let ([caller], [first], [second]) = (&caller[..], &first[..], &second[..]) else {
            return None;
        };
        let is_fork = drawn(*caller, *first) && drawn(*caller, *second) && !drawn(*first, *second);
        is_fork.then(|| (design.id(*caller), design.id(*first), design.id(*second)))
    })?;
    Some(format!(
        " Where `{caller}` asks both, write `... -> {caller} -> {first}; {caller} -> {second}`."
    ))
}
