//! How each figure came about: its formula, and what went into it, down to what is stated or assumed.
//!
//! Knows the formulas in words; computes nothing that the analyses don't.

use std::collections::BTreeSet;

use super::assumption;
use super::inputs::Inputs;
use super::load::{self, Load, Moment, Use};
use super::reliability::Gate;
use super::scenario::{Capacity, Count, Key, Leadership, Scenario, Stance};
use super::storage::Growth;
use super::study::Study;
use super::uptime::{Needs, enough_up};
use super::whatif::Zone;
use crate::model::quantity::Style;
use crate::model::{Attribute, FlowKind, Quantity, Surrounding};

/// A figure with its formula and the figures that went into it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Working {
    /// What it is, with its value: "utilisation of api: 32.5%".
    pub figure: String,
    /// The formula, where there is one.
    pub formula: String,
    /// What went into it.
    pub inputs: Vec<Working>,
}

impl Working {
    fn new(figure: impl Into<String>, formula: impl Into<String>, inputs: Vec<Self>) -> Self {
        Self {
            figure: figure.into(),
            formula: formula.into(),
            inputs,
        }
    }

    fn leaf(figure: impl Into<String>) -> Self {
        Self::new(figure, "", Vec::new())
    }
}

fn percent(share: f64) -> String {
    Style::Percent.show(Quantity::number(share))
}

fn rate(per_second: f64) -> String {
    Quantity::rate(per_second).to_string()
}

fn time(seconds: f64) -> String {
    Quantity::duration(seconds).to_string()
}

/// How the availability of a flow came about, with usual inputs.
#[must_use]
pub fn availability(flow: usize, study: &Study<'_>) -> Option<Working> {
    let needs = study.needs(flow)?;
    let facts = study.flows().get(flow)?;
    let scenario = study.scenario(Stance::Usual);
    let found = study
        .availability(flow)
        .usual
        .map_or_else(|| "unknown".to_owned(), percent);
    let mut inputs: Vec<Working> = needs
        .parts
        .iter()
        .map(|part| part_up(*part, facts.flow.kind, &scenario))
        .collect();
    inputs.push(domains(study));
    let how = if needs.is_exact() {
        "exact, by a decision diagram in which each component counts once"
    } else {
        "bounds by factoring, for the flow is too entangled for exact work"
    };
    Some(Working::new(
        format!("availability of {}: {found}", facts.flow.id),
        format!("P({}); {how}", expression(needs, study)),
        inputs,
    ))
}

/// What a flow needs as words: "lb and api and (a or b)"; shortened where it is long.
fn expression(needs: &Needs, study: &Study<'_>) -> String {
    const MOST: usize = 40;
    let mut steps = 0;
    let mut text = terms(needs, needs.structure.root, study, &mut steps, 0).join(" and ");
    if steps > MOST || text.is_empty() {
        text = format!("what {} components do together", needs.parts.len());
    }
    text
}

/// What all has to be there for a gate, each once.
fn terms(
    needs: &Needs,
    gate: usize,
    study: &Study<'_>,
    steps: &mut usize,
    depth: usize,
) -> Vec<String> {
    *steps += 1;
    if *steps > 100 || depth > 60 {
        return Vec::new();
    }
    match needs.structure.gates.get(gate) {
        Some(Gate::Up(component)) => vec![study.subject.design.id(*component).to_owned()],
        Some(Gate::All(gates)) => {
            let mut all = Vec::new();
            for term in gates
                .iter()
                .flat_map(|gate| terms(needs, *gate, study, steps, depth + 1))
            {
                if !all.contains(&term) {
                    all.push(term);
                }
            }
            all
        }
        Some(Gate::Any(gates)) => {
            let all: Vec<String> = gates
                .iter()
                .map(|gate| terms(needs, *gate, study, steps, depth + 1).join(" and "))
                .collect();
            vec![format!("({})", all.join(" or "))]
        }
        None => Vec::new(),
    }
}

fn domains(study: &Study<'_>) -> Working {
    let platform = study.subject.design.platform.as_ref();
    let zone = platform.and_then(|p| p.zone_availability.as_ref());
    let region = platform.and_then(|p| p.region_availability.as_ref());
    let shown = |figure: &crate::model::Figure| figure.shown();
    match (zone, region) {
        (None, None) => Working::leaf(
            "zones and regions: left out as common causes, for their availability is not stated",
        ),
        (zone, region) => Working::leaf(format!(
            "common causes: zone {}, region {} (stated)",
            zone.map_or_else(|| "left out".to_owned(), shown),
            region.map_or_else(|| "left out".to_owned(), shown)
        )),
    }
}

/// How the probability that a component does its part came about.
fn part_up(at: usize, kind: Option<FlowKind>, scenario: &Scenario<'_>) -> Working {
    let id = scenario.design.id(at);
    let _ = scenario.take_used();
    let Some(each) = scenario.availability(at) else {
        let text = format!("{id}: unknown, because its availability is not stated");
        return Working::leaf(text);
    };
    let one = Working::new(
        format!("one instance of {id}: {}", percent(each)),
        "",
        basis(scenario),
    );
    if scenario.is_whole(at) {
        return Working::new(
            format!("{id}: {}", percent(each)),
            "a provider runs it: the availability of the service as a whole",
            vec![one],
        );
    }
    let (Count::Of(replicas), Count::Of(left)) = (scenario.replicas(at), scenario.left(at)) else {
        return one;
    };
    let mut inputs = vec![one];
    let needed = scenario.needed(at, replicas);
    let enough = format!("at least {needed} of {left} up, each {}", percent(each));
    let leadership = if replicas == 1 {
        Leadership::Shared
    } else {
        scenario.leadership(at, kind)
    };
    let up = enough_up(leadership, (needed, left), each, scenario);
    let formula = match leadership {
        _ if replicas == 1 => "a single instance".to_owned(),
        Leadership::Shared => enough,
        Leadership::Fixed if needed > 1 => {
            format!("writes need the leader itself, which nothing takes over from; {enough}")
        }
        Leadership::Fixed => "writes need the leader itself: nothing takes over".to_owned(),
        Leadership::Moves { seconds, .. } => {
            let repair = scenario.surrounding(Surrounding::RepairTime);
            let part = Quantity::number((seconds / repair).min(1.0));
            format!(
                "{enough}; a failover takes {} of a repair of {}: writes lose (1 - {}) x {part} more",
                time(seconds),
                time(repair),
                percent(each)
            )
        }
    };
    inputs.extend(basis(scenario));
    let placed = placed(at, replicas, scenario);
    Working::new(format!("{id}: {}{placed}", percent(up)), formula, inputs)
}

/// The zones that a component stands in, where they are known: ", in zone:1, zone:2".
fn placed(at: usize, replicas: u64, scenario: &Scenario<'_>) -> String {
    let spread = scenario.zones(at, replicas).into_iter().flatten();
    let zones: BTreeSet<Zone> = spread.map(|(zone, _)| zone).collect();
    let _ = scenario.take_used();
    if zones.is_empty() {
        return String::new();
    }
    let names: Vec<String> = zones.iter().map(ToString::to_string).collect();
    format!(", in {}", names.join(", "))
}

/// The assumed inputs that a scenario was asked for, as leaves.
fn basis(scenario: &Scenario<'_>) -> Vec<Working> {
    let used = scenario.take_used();
    used.into_iter().map(|key| assumed(key, scenario)).collect()
}

fn assumed(key: Key, scenario: &Scenario<'_>) -> Working {
    let (design, vocabulary) = (scenario.design, scenario.vocabulary);
    let (range, source) = assumption::basis(key, vocabulary, design);
    Working::leaf(format!(
        "assumed: {} {range} ({source})",
        assumption::name(key, design)
    ))
}

/// The leaves of what a result rests on.
#[must_use]
pub fn inputs(inputs: &Inputs, study: &Study<'_>) -> Vec<Working> {
    let scenario = study.scenario(Stance::Usual);
    let mut leaves: Vec<Working> = inputs
        .assumed
        .iter()
        .map(|key| assumed(*key, &scenario))
        .collect();
    let missing = inputs.missing.iter();
    leaves.extend(missing.map(|fact| Working::leaf(format!("not stated: {fact}"))));
    leaves
}

/// How the utilisation of a component came about, with usual inputs.
#[must_use]
pub fn utilisation(at: usize, study: &Study<'_>) -> Option<Working> {
    let design = study.subject.design;
    let id = design.id(at);
    let scenario = study.scenario(Stance::Usual);
    let loads = study.loads(Stance::Usual);
    let load = loads.average.get(at)?;
    let mut inputs = arrivals(at, study);
    let found = match study.use_of(at, Moment::Average, Stance::Usual) {
        Use::Share(share) => percent(share),
        Use::Grows => "grows with the load".to_owned(),
        Use::Gone => "gone".to_owned(),
        Use::Unknown => "unknown".to_owned(),
    };
    let formula = match scenario.capacity(at) {
        Capacity::EachServes(each) => {
            let stated = design
                .components
                .get(at)
                .is_some_and(|c| c.attributes.get(Attribute::Capacity).is_some());
            let word = if stated { " (stated)" } else { "" };
            inputs.push(Working::new(
                format!("capacity of one instance: {}{word}", rate(each)),
                "",
                basis(&scenario),
            ));
            shared_out(at, load, &scenario)
        }
        Capacity::Grows => "a provider's service without a stated limit".to_owned(),
        Capacity::Unknown => format!("unknown, because the capacity of {id} is not stated"),
    };
    inputs.extend(basis(&scenario));
    Some(Working::new(
        format!("utilisation of {id}: {found}"),
        formula,
        inputs,
    ))
}

/// The formula of what the busiest instance gets.
fn shared_out(at: usize, load: &Load, scenario: &Scenario<'_>) -> String {
    let counted = |count: Count| match count {
        Count::Of(number) => number.to_string(),
        Count::Plenty => "as many as it takes".to_owned(),
    };
    let (copies, shards) = (scenario.left(at), scenario.shards(at));
    let replicas = counted(copies);
    let (writes, reads) = (rate(load.writes), rate(load.reads));
    let spread = match load::at_leader(at, load, scenario) {
        Some(leading) if leading > load.writes => {
            format!("(writes {writes} + reads {reads}, all at the leader)")
        }
        Some(_) => format!("(writes {writes} + reads {reads} / {replicas} replicas)"),
        None => format!("{} / {replicas} replicas", rate(load.rate())),
    };
    let split = if shards == Count::Of(1) {
        String::new()
    } else {
        format!(" / {} shards, the fullest of them", counted(shards))
    };
    format!("{spread}{split} / capacity of one instance")
}

/// Where the requests of a component come from.
fn arrivals(at: usize, study: &Study<'_>) -> Vec<Working> {
    let design = study.subject.design;
    let loads = study.loads(Stance::Usual);
    let mut all = Vec::new();
    for (facts, pushed) in study.flows().iter().zip(&loads.pushed) {
        let factor: f64 = facts
            .journey
            .visits
            .iter()
            .zip(&pushed.visits)
            .filter(|(component, _)| **component == at)
            .map(|(_, arriving)| arriving)
            .sum();
        if factor <= 0.0 {
            continue;
        }
        let Some(own) = load::rate(facts, Moment::Average) else {
            all.push(Working::leaf(format!(
                "{}: its rate is not stated",
                facts.flow.id
            )));
            continue;
        };
        let own = own * study.change.load_factor();
        let senders = facts.journey.calls.iter().zip(&pushed.calls);
        let senders = senders
            .filter(|(call, sent)| facts.journey.component(call.to) == at && **sent > 0.0)
            .map(|(call, sent)| {
                let from = design.id(facts.journey.component(call.from));
                Working::leaf(format!("from {from}: {}", rate(own * sent)))
            })
            .take(12)
            .collect();
        all.push(Working::new(
            format!("{}: {}", facts.flow.id, rate(own * factor)),
            format!(
                "{} x {} a request",
                rate(own),
                Style::Plain.show(Quantity::number(factor))
            ),
            senders,
        ));
    }
    all
}

/// How the time of a flow came about, with usual inputs.
#[must_use]
pub fn latency(flow: usize, study: &Study<'_>) -> Option<Working> {
    let facts = study.flows().get(flow)?;
    let reading = study.timing(flow, Stance::Usual)?;
    let Ok(timing) = &reading.timing else {
        return None;
    };
    let scenario = study.scenario(Stance::Usual);
    let mut stops = Vec::new();
    for (component, own) in facts.journey.visits.iter().zip(&timing.own) {
        if *own <= 0.0 {
            continue;
        }
        let id = study.subject.design.id(*component);
        let median = scenario.latency(*component).unwrap_or(0.0);
        let busy = study.use_of(*component, Moment::Average, Stance::Usual);
        let busy = busy.share();
        let busy = busy.map_or_else(String::new, |share| format!(", {} busy", percent(share)));
        stops.push(Working::new(
            format!("{id}: {} on average, waiting included", time(*own)),
            format!(
                "exponential with a median of {}{busy}; waiting by Erlang C",
                time(median)
            ),
            basis(&scenario),
        ));
    }
    stops.extend(inputs(&study.latency(flow).p99.inputs, study));
    Some(Working::new(
        format!(
            "latency of {}: p50 {}, p99 {}, mean {}",
            facts.flow.id,
            time(timing.p50),
            time(timing.p99),
            time(study.mean_time(flow, Stance::Usual)?)
        ),
        "percentiles of the distribution of the whole: calls at once by the slower, hits and misses mixed",
        stops,
    ))
}

/// How the growth of a store came about.
#[must_use]
pub fn growth(growth: &Growth, study: &Study<'_>) -> Working {
    let id = study.subject.design.id(growth.store);
    let size = |bytes: f64| Quantity::size(bytes).to_string();
    let found = growth
        .a_day
        .usual
        .map_or_else(|| "unknown".to_owned(), size);
    let mut inputs = vec![Working::leaf(format!(
        "writes: {}",
        growth
            .writes
            .usual
            .map_or_else(|| "unknown".to_owned(), rate)
    ))];
    match &growth.entry {
        Some(entry) => {
            let names: Vec<&str> = entry.names.iter().map(String::as_str).collect();
            let (least, most) = (size(entry.least), size(entry.most));
            let bytes = if least == most {
                least
            } else {
                format!("{least} to {most}")
            };
            let names = names.join(", ");
            inputs.push(Working::leaf(format!("{names}: {bytes} (stated)")));
        }
        None => inputs.push(Working::leaf("the size of an entry is not stated")),
    }
    inputs.extend(self::inputs(&growth.copies.inputs, study));
    Working::new(
        format!("growth of {id}: {found}/day"),
        "writes a second x bytes of an entry x 86,400",
        inputs,
    )
}
