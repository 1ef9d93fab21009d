//! What the analyses say of a candidate's design, in words and bars.
//!
//! Knows which figures a mentor looks at; how a figure reads is the business of the report for people.

use serde::Serialize;

use crate::analysis::{
    ComponentOverview, FlowOverview, LoadOverview, Overview, Ranged, TargetOverview,
};
use crate::report::analyzed;
use crate::report::computed::truth;

/// Rows of a table, at most.
const MOST_ROWS: usize = 60;

/// Flows beside each other in the table of failures, at most.
const MOST_FLOWS: usize = 12;

#[derive(Debug, Serialize)]
pub(super) struct AnalysesView {
    inferred: bool,
    flows: Vec<FlowView>,
    at_peak: bool,
    load: Vec<LoadView>,
    stores: Vec<LineView>,
    queues: Vec<LineView>,
    flow_names: Vec<String>,
    failures: Vec<FailureView>,
}

#[derive(Debug, Serialize)]
struct FlowView {
    id: String,
    availability: String,
    availability_target: Option<TargetView>,
    p50: String,
    p50_target: Option<TargetView>,
    p99: String,
    p99_target: Option<TargetView>,
    breaks_at: String,
    stops_with: String,
}

#[derive(Debug, Serialize)]
struct TargetView {
    met: &'static str,
    shown: String,
}

#[derive(Debug, Serialize)]
struct LoadView {
    id: String,
    rate: String,
    has_bar: bool,
    bar: f64,
    used: String,
}

#[derive(Debug, Serialize)]
struct LineView {
    id: String,
    text: String,
}

#[derive(Debug, Serialize)]
struct FailureView {
    lost: String,
    states: Vec<&'static str>,
}

/// The view of what the analyses say.
pub(super) fn view(overview: &Overview) -> AnalysesView {
    let load = overview.peak.as_ref().or_else(|| overview.load.first());
    AnalysesView {
        inferred: overview.flows_inferred,
        flows: overview.flows.iter().take(MOST_ROWS).map(flow).collect(),
        at_peak: overview.peak.is_some(),
        load: load.map(loads).unwrap_or_default(),
        stores: overview
            .stores
            .iter()
            .take(MOST_ROWS)
            .map(|store| line(&store.id, analyzed::growth(store)))
            .collect(),
        queues: overview
            .queues
            .iter()
            .take(MOST_ROWS)
            .map(|queue| line(&queue.id, analyzed::backlog(queue)))
            .collect(),
        flow_names: overview
            .flows
            .iter()
            .take(MOST_FLOWS)
            .map(|flow| flow.id.clone())
            .collect(),
        failures: overview
            .failures
            .iter()
            .take(MOST_ROWS)
            .map(|failure| FailureView {
                lost: failure.lost.clone(),
                states: failure
                    .states
                    .iter()
                    .take(MOST_FLOWS)
                    .map(|state| state.word())
                    .collect(),
            })
            .collect(),
    }
}

fn line(id: &str, text: String) -> LineView {
    LineView {
        id: id.to_owned(),
        text,
    }
}

fn flow(flow: &FlowOverview) -> FlowView {
    let time = |ranged: &Ranged| analyzed::time(flow, ranged);
    FlowView {
        id: flow.id.clone(),
        availability: analyzed::availability(flow),
        availability_target: flow
            .availability_target
            .as_ref()
            .map(|of| target(of, &flow.availability, analyzed::percent)),
        p50: time(&flow.p50),
        p50_target: flow
            .p50_target
            .as_ref()
            .map(|of| target(of, &flow.p50, analyzed::duration)),
        p99: time(&flow.p99),
        p99_target: flow
            .p99_target
            .as_ref()
            .map(|of| target(of, &flow.p99, analyzed::duration)),
        breaks_at: analyzed::limit(flow),
        stops_with: analyzed::cuts(flow),
    }
}

fn target(target: &TargetOverview, now: &Ranged, show: fn(f64) -> String) -> TargetView {
    let words = analyzed::met(target, now);
    TargetView {
        met: truth(target.met),
        shown: format!("target {}: {words}", show(target.target)),
    }
}

fn loads(load: &LoadOverview) -> Vec<LoadView> {
    let rows = load.components.iter().take(MOST_ROWS);
    rows.map(|component| LoadView {
        id: component.id.clone(),
        rate: analyzed::per_second(component.rate),
        has_bar: component.utilisation.usual.is_some(),
        bar: bar(component),
        used: analyzed::used_in_words(component),
    })
    .collect()
}

/// What is used of a component, in percent, as far as a bar goes.
fn bar(component: &ComponentOverview) -> f64 {
    let share = component.utilisation.usual.unwrap_or(0.0);
    crate::assess::round((share * 100.0).clamp(0.0, 100.0), 1)
}
