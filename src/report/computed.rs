//! What the analyses say, as keys of the JSON report. Keys may be added, never renamed or dropped.
//!
//! Knows the keys and how many digits mean something; computes nothing.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::analysis::{
    Assumed, BalanceOverview, ComponentOverview, FlowOverview, LoadOverview, Overview,
    QueueOverview, Ranged, Stance, StoreOverview, TargetOverview, Truth,
};
use crate::model::quantity;

/// The `analysis` block of a design.
#[derive(Debug, Serialize)]
pub(super) struct AnalysisView<'a> {
    flows_inferred: bool,
    zones_left_out: bool,
    quorums_without_needs: &'a [String],
    single_points_of_failure: Vec<PointView<'a>>,
    flows: Vec<FlowView<'a>>,
    load: Vec<LoadView<'a>>,
    peak: Option<LoadView<'a>>,
    queues: Vec<QueueView<'a>>,
    stores: Vec<StoreView<'a>>,
    failures: Vec<FailureView<'a>>,
    assumed: Vec<AssumedView<'a>>,
}

#[derive(Debug, Serialize)]
struct PointView<'a> {
    component: &'a str,
    flows: &'a [String],
}

#[derive(Debug, Serialize)]
struct FlowView<'a> {
    id: &'a str,
    works: &'static str,
    availability: Option<f64>,
    availability_bounds: [Option<f64>; 2],
    availability_exact: bool,
    availability_target: Option<TargetView<'a>>,
    downtime_s_per_year: Option<f64>,
    latency_p50_ms: Option<f64>,
    latency_p99_ms: Option<f64>,
    latency_p50_bounds_ms: [Option<f64>; 2],
    latency_p99_bounds_ms: [Option<f64>; 2],
    latency_p50_target: Option<TargetView<'a>>,
    latency_p99_target: Option<TargetView<'a>>,
    saturated: Option<&'a str>,
    breaks_at_load: Option<f64>,
    breaks_at_load_bounds: [Option<f64>; 2],
    bottleneck: Option<&'a str>,
    minimal_cuts: &'a [Vec<String>],
    minimal_cuts_complete: bool,
    importance: Vec<ImportanceView<'a>>,
    assumed: Vec<&'a str>,
    unknown: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct TargetView<'a> {
    target: f64,
    met: &'static str,
    flips: Vec<FlipView<'a>>,
}

#[derive(Debug, Serialize)]
struct FlipView<'a> {
    input: &'a str,
    at: &'a str,
}

#[derive(Debug, Serialize)]
struct ImportanceView<'a> {
    component: &'a str,
    birnbaum: f64,
}

#[derive(Debug, Serialize)]
struct LoadView<'a> {
    factor: f64,
    components: Vec<ComponentView<'a>>,
}

#[derive(Debug, Serialize)]
struct ComponentView<'a> {
    id: &'a str,
    rate_per_s: f64,
    rate_is_a_lower_bound: bool,
    utilisation: Option<f64>,
    utilisation_bounds: [Option<f64>; 2],
    utilisation_with_retries: Option<f64>,
    grows_with_load: bool,
    replicas_needed: Option<u64>,
    shards_needed: Option<u64>,
    unknown: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct QueueView<'a> {
    id: &'a str,
    readers: &'a [String],
    average: BalanceView,
    peak: BalanceView,
    messages_lost_after_s: Option<f64>,
    left_by_an_hour_of_peak: Option<f64>,
    drained_after_peak_s: Option<f64>,
    unknown: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
#[expect(clippy::struct_field_names, reason = "the keys name their unit")]
struct BalanceView {
    fed_per_s: Option<f64>,
    drained_per_s: Option<f64>,
    growth_per_s: Option<f64>,
    growth_bounds_per_s: [Option<f64>; 2],
}

#[derive(Debug, Serialize)]
struct StoreView<'a> {
    id: &'a str,
    writes_per_s: Option<f64>,
    entry_bytes: Option<f64>,
    bytes_per_day: Option<f64>,
    bytes_per_year: Option<f64>,
    copies: Option<f64>,
    copies_bounds: [Option<f64>; 2],
    bytes_kept: Option<f64>,
    node_full_after_s: Option<f64>,
    node_full_after_bounds_s: [Option<f64>; 2],
    unknown: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct FailureView<'a> {
    lost: &'a str,
    flows: Vec<FailedView<'a>>,
}

#[derive(Debug, Serialize)]
struct FailedView<'a> {
    flow: &'a str,
    state: &'static str,
}

#[derive(Debug, Serialize)]
struct AssumedView<'a> {
    input: &'a str,
    range: &'a str,
    source: &'a str,
}

/// The view of what the analyses say.
pub(super) fn view(overview: &Overview) -> AnalysisView<'_> {
    AnalysisView {
        flows_inferred: overview.flows_inferred,
        zones_left_out: overview.zones_left_out,
        quorums_without_needs: &overview.quorums_without_needs,
        single_points_of_failure: overview
            .single_points_of_failure
            .iter()
            .map(|(component, flows)| PointView { component, flows })
            .collect(),
        flows: overview.flows.iter().map(flow).collect(),
        load: overview.load.iter().map(load).collect(),
        peak: overview.peak.as_ref().map(load),
        queues: overview.queues.iter().map(queue).collect(),
        stores: overview.stores.iter().map(store).collect(),
        failures: failures(overview),
        assumed: all_assumed(overview)
            .into_iter()
            .map(|assumed| AssumedView {
                input: &assumed.what,
                range: &assumed.range,
                source: &assumed.source,
            })
            .collect(),
    }
}

fn queue(queue: &QueueOverview) -> QueueView<'_> {
    QueueView {
        id: &queue.id,
        readers: &queue.readers,
        average: balance(&queue.average),
        peak: balance(&queue.peak),
        messages_lost_after_s: short(queue.time_to_loss),
        left_by_an_hour_of_peak: short(queue.left_by_peak),
        drained_after_peak_s: short(queue.drained_after_peak),
        unknown: texts(&queue.average.growth.missing),
    }
}

fn store(store: &StoreOverview) -> StoreView<'_> {
    let entry = store.entry.as_ref();
    StoreView {
        id: &store.id,
        writes_per_s: short(store.writes.usual),
        entry_bytes: short(entry.map(|entry| entry.bytes(Stance::Usual))),
        bytes_per_day: short(store.a_day.usual),
        bytes_per_year: short(store.a_day.usual.map(|a_day| a_day * 365.0)),
        copies: short(store.copies.usual),
        copies_bounds: bounds(&store.copies),
        bytes_kept: short(store.kept.usual),
        node_full_after_s: short(store.full_after.usual),
        node_full_after_bounds_s: bounds(&store.full_after),
        unknown: texts(&store.a_day.missing),
    }
}

fn failures(overview: &Overview) -> Vec<FailureView<'_>> {
    overview
        .failures
        .iter()
        .map(|failure| FailureView {
            lost: &failure.lost,
            flows: overview
                .flows
                .iter()
                .zip(&failure.states)
                .map(|(flow, state)| FailedView {
                    flow: &flow.id,
                    state: state.word(),
                })
                .collect(),
        })
        .collect()
}

/// Every assumed input of a report once.
pub(super) fn all_assumed(overview: &Overview) -> BTreeSet<&Assumed> {
    let flows = overview
        .flows
        .iter()
        .flat_map(|flow| [&flow.availability, &flow.p99, &flow.breaks_at].into_iter());
    // They are the same at every factor.
    let load = overview.load.first().into_iter();
    let load = load.flat_map(|load| &load.components);
    let load = load.map(|component| &component.utilisation);
    let queues = overview.queues.iter().map(|queue| &queue.average.growth);
    let stores = overview.stores.iter().map(|store| &store.full_after);
    let all = flows.chain(load).chain(queues).chain(stores);
    all.flat_map(|ranged| ranged.assumed.iter()).collect()
}

fn flow(flow: &FlowOverview) -> FlowView<'_> {
    let lost = |up: f64| crate::analysis::reliability::downtime_a_year(up);
    let mut unknown: BTreeSet<&str> = BTreeSet::new();
    let mut assumed: BTreeSet<&str> = BTreeSet::new();
    for ranged in [&flow.availability, &flow.p99, &flow.breaks_at] {
        unknown.extend(ranged.missing.iter().map(String::as_str));
        assumed.extend(ranged.assumed.iter().map(|assumed| assumed.what.as_str()));
    }
    FlowView {
        id: &flow.id,
        works: truth(flow.works.unwrap_or(Truth::NotStated)),
        availability: flow.availability.usual.map(nines),
        availability_bounds: [flow.availability.worst, flow.availability.best]
            .map(|up| up.map(nines)),
        availability_exact: flow.exact,
        availability_target: flow
            .availability_target
            .as_ref()
            .map(|target| view_target(target, 1.0)),
        downtime_s_per_year: short(flow.availability.usual.map(lost)),
        latency_p50_ms: short(flow.p50.usual.map(ms)),
        latency_p99_ms: short(flow.p99.usual.map(ms)),
        latency_p50_bounds_ms: [flow.p50.best, flow.p50.worst].map(|time| short(time.map(ms))),
        latency_p99_bounds_ms: [flow.p99.best, flow.p99.worst].map(|time| short(time.map(ms))),
        latency_p50_target: flow
            .p50_target
            .as_ref()
            .map(|target| view_target(target, 1e3)),
        latency_p99_target: flow
            .p99_target
            .as_ref()
            .map(|target| view_target(target, 1e3)),
        saturated: flow.saturated.as_deref(),
        breaks_at_load: short(flow.breaks_at.usual),
        breaks_at_load_bounds: bounds(&flow.breaks_at),
        bottleneck: flow.bottleneck.as_deref(),
        minimal_cuts: &flow.minimal_cuts,
        minimal_cuts_complete: flow.cuts_complete && flow.cuts_open.is_empty(),
        importance: flow
            .importance
            .iter()
            .map(|(component, share)| ImportanceView {
                component,
                birnbaum: significant(*share),
            })
            .collect(),
        assumed: assumed.into_iter().collect(),
        unknown: unknown.into_iter().collect(),
    }
}

fn view_target(target: &TargetOverview, unit: f64) -> TargetView<'_> {
    TargetView {
        target: nines(target.target * unit),
        met: truth(target.met),
        flips: target
            .flips
            .iter()
            .map(|(input, at)| FlipView { input, at })
            .collect(),
    }
}

pub(super) const fn truth(truth: Truth) -> &'static str {
    match truth {
        Truth::Yes => "yes",
        Truth::No => "no",
        Truth::NotStated => "not_stated",
    }
}

fn load(load: &LoadOverview) -> LoadView<'_> {
    LoadView {
        factor: load.factor,
        components: load.components.iter().map(component).collect(),
    }
}

fn component(component: &ComponentOverview) -> ComponentView<'_> {
    ComponentView {
        id: &component.id,
        rate_per_s: significant(component.rate),
        rate_is_a_lower_bound: component.at_least,
        utilisation: short(component.utilisation.usual),
        utilisation_bounds: [
            short(component.utilisation.best),
            short(component.utilisation.worst),
        ],
        utilisation_with_retries: short(component.with_retries),
        grows_with_load: component.grows || component.autoscaling,
        replicas_needed: component.needs.map(|(replicas, _)| replicas),
        shards_needed: component.needs.map(|(_, shards)| shards),
        unknown: texts(&component.utilisation.missing),
    }
}

fn balance(balance: &BalanceOverview) -> BalanceView {
    BalanceView {
        fed_per_s: short(balance.fed.usual),
        drained_per_s: short(balance.drained.usual),
        growth_per_s: short(balance.growth.usual),
        growth_bounds_per_s: [short(balance.growth.best), short(balance.growth.worst)],
    }
}

fn texts(all: &[String]) -> Vec<&str> {
    all.iter().map(String::as_str).collect()
}

fn bounds(ranged: &Ranged) -> [Option<f64>; 2] {
    match ranged.ends() {
        Some((low, high)) => [short(Some(low)), short(Some(high))],
        None => [short(ranged.worst), short(ranged.best)],
    }
}

fn ms(seconds: f64) -> f64 {
    seconds * 1e3
}

/// Six digits say all that a model can.
fn significant(value: f64) -> f64 {
    if !value.is_finite() {
        return 0.0;
    }
    quantity::significant(value, 6)
}

fn short(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite()).map(significant)
}

/// An availability keeps twelve digits: its nines are what it says.
fn nines(value: f64) -> f64 {
    (value * 1e12).round() / 1e12
}
