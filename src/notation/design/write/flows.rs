//! Flows: the path alone where nothing else is stated, else a map.
//!
//! Knows the forms; knows not what a flow means.

use super::connections::arrow;
use super::{Entry, figure, stated, words};
use crate::model::{Chain, Design, Flow, Route};
use crate::notation::yaml::{Layout, Yaml};

pub(super) fn flows(design: &Design) -> Yaml {
    let entries = design
        .flows
        .iter()
        .map(|flow| (&flow.id, value(flow, design)));
    Yaml::map(Layout::Lines, entries)
}

fn value(flow: &Flow, design: &Design) -> Yaml {
    let mut entries: Vec<Entry> = words("title", flow.title.as_ref()).into_iter().collect();
    entries.extend(route(&flow.route, design));
    entries.extend(targets(flow));
    match entries.as_slice() {
        [("path", path @ Yaml::Text(_))] => path.clone(),
        _ => Yaml::map(Layout::Fitting, entries),
    }
}

fn route(route: &Route, design: &Design) -> Vec<Entry> {
    let id = |at: usize| Yaml::text(design.id(at));
    match route {
        Route::Path(chains) => match chains.as_slice() {
            [chain] => vec![("path", Yaml::text(arrows(chain, design)))],
            _ => vec![("path", list(chains, design))],
        },
        Route::Any(chains) => vec![("any", list(chains, design))],
        Route::Between { from, to } => vec![("from", id(*from)), ("to", id(*to))],
        Route::From(from) => vec![("from", id(*from))],
    }
}

fn list(chains: &[Chain], design: &Design) -> Yaml {
    let chains = chains.iter().map(|chain| Yaml::text(arrows(chain, design)));
    Yaml::List(Layout::Fitting, chains.collect())
}

/// `web -> lb ~> (a | b)`.
fn arrows(chain: &Chain, design: &Design) -> String {
    let mut text = String::new();
    let before = std::iter::once("").chain(chain.asynchronous.iter().map(|one| arrow(*one)));
    for (stage, arrow) in chain.stages.iter().zip(before) {
        let ids: Vec<&str> = stage.iter().map(|at| design.id(*at)).collect();
        text.push_str(arrow);
        match ids.as_slice() {
            [id] => text.push_str(id),
            _ => text.push_str(&format!("({})", ids.join(" | "))),
        }
    }
    text
}

fn targets(flow: &Flow) -> impl Iterator<Item = Entry> {
    [
        flow.kind.map(|kind| ("kind", Yaml::text(kind.word()))),
        figure("rate", flow.rate.as_ref()),
        figure("peak", flow.peak.as_ref()),
        latency(flow),
        figure("availability", flow.availability.as_ref()),
    ]
    .into_iter()
    .flatten()
}

/// The target at p99 alone, or both by name.
fn latency(flow: &Flow) -> Option<Entry> {
    match (&flow.latency_p50, &flow.latency) {
        (None, p99) => figure("latency", p99.as_ref()),
        (Some(p50), p99) => {
            let targets = stated([figure("p50", Some(p50)), figure("p99", p99.as_ref())]);
            Some(("latency", targets))
        }
    }
}
