//! Cards of what a design has: components, flows and figures, with what is stated, assumed and computed of each.
//!
//! Knows designs and what the analyses say; computes nothing.

use super::card::Card;
use super::words;
use crate::analysis::{
    ComponentOverview, FlowOverview, LoadOverview, Overview, Ranged, TargetOverview,
};
use crate::catalog::Catalog;
use crate::model::attribute::Bearer;
use crate::model::spelling::enumerated;
use crate::model::{Attribute, Chain, Component, Design, Figure, Flow, Route, Value};
use crate::report;

/// A design as far as it can be read, with what is known of it.
#[derive(Clone, Copy)]
pub(super) struct Facts<'f> {
    pub design: &'f Design,
    pub catalog: &'f Catalog,
    /// What was computed; none while the text has mistakes.
    pub analysis: Option<&'f Overview>,
}

impl Facts<'_> {
    /// A component: what it is, what is stated, what is assumed, and what follows.
    pub fn component(&self, id: &str) -> Option<Card> {
        let at = self.design.component(id)?;
        let component = self.design.components.get(at)?;
        let vocabulary = &self.catalog.knowledge.vocabulary;
        let kind = &vocabulary.kinds.info(component.kind).title;
        let made = component.tech_text.as_ref();
        let sort = made.map_or(kind.clone(), |tech| format!("{tech}, {kind}"));
        let card = Card::new(component.title.as_deref().unwrap_or(id), &sort)
            .with_row("stated", stated(component))
            .with_row("flows", self.flows_over(at).join(", "))
            .with_row("called by", self.around(at, true))
            .with_row("calls", self.around(at, false));
        let card = self.computed(id, card);
        Some(self.assumed(component, card))
    }

    /// What the catalog says where the design says nothing.
    fn assumed(&self, component: &Component, card: Card) -> Card {
        let vocabulary = &self.catalog.knowledge.vocabulary;
        let usual = component
            .tech
            .map(|tech| words::properties(tech, self.catalog));
        let card = card.with_row("usually", usual.unwrap_or_default());
        words::usual_rows(card, |quality| {
            let attribute = Attribute::named(quality.word(), Bearer::Component);
            let is_stated = attribute.is_some_and(|name| component.attributes.get(name).is_some());
            let range = vocabulary.usual(component.kind, component.tech, quality);
            range.filter(|_| !is_stated)
        })
    }

    fn computed(&self, id: &str, card: Card) -> Card {
        let Some(analysis) = self.analysis else {
            return card;
        };
        let load = |load: Option<&LoadOverview>| {
            let components = load.into_iter().flat_map(|load| &load.components);
            let mut own = components.filter(|component| component.id == id);
            own.next().map(used).unwrap_or_default()
        };
        let points = analysis.single_points_of_failure.iter();
        let mut points = points.filter(|(component, _)| component == id);
        let stops = points.next().map(|(_, flows)| enumerated(flows));
        let queue = analysis.queues.iter().find(|queue| queue.id == id);
        let store = analysis.stores.iter().find(|store| store.id == id);
        card.with_row("load", load(analysis.load.first()))
            .with_row("at the peak", load(analysis.peak.as_ref()))
            .with_row("one machine less stops", stops.unwrap_or_default())
            .with_row("messages", queue.map(report::backlog).unwrap_or_default())
            .with_row("storage", store.map(report::growth).unwrap_or_default())
    }

    /// The components that call one, or that it calls.
    fn around(&self, at: usize, callers: bool) -> String {
        let connections = self.design.connections.iter();
        let others = connections.filter_map(|edge| {
            if callers {
                (edge.to == at).then_some(edge.from)
            } else {
                (edge.from == at).then_some(edge.to)
            }
        });
        let mut ids: Vec<&str> = Vec::new();
        for id in others.map(|other| self.design.id(other)) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids.join(", ")
    }

    fn flows_over(&self, at: usize) -> Vec<&str> {
        let is_over = |flow: &&Flow| match &flow.route {
            Route::Path(chains) | Route::Any(chains) => {
                let mut all = chains.iter().flat_map(Chain::components);
                all.any(|component| component == at)
            }
            Route::Between { from, to } => *from == at || *to == at,
            Route::From(from) => *from == at,
        };
        let flows = self.design.flows.iter().filter(is_over);
        flows.map(|flow| flow.id.as_str()).collect()
    }

    /// A flow: what is wanted of it and what it does.
    pub fn flow(&self, id: &str) -> Option<Card> {
        let flow = self.design.flows.iter().find(|flow| flow.id == id)?;
        let kind = flow.kind.map_or("a flow", |kind| match kind.word() {
            "read" => "a flow that reads",
            _ => "a flow that writes",
        });
        let card = Card::new(flow.title.as_deref().unwrap_or(id), kind);
        let analysis = self.analysis.iter().flat_map(|analysis| &analysis.flows);
        let mut computed = analysis.filter(|computed| computed.id == id);
        Some(match computed.next() {
            Some(computed) => flow_rows(card, computed),
            None => card,
        })
    }

    /// A figure: what it comes to.
    pub fn figure(&self, name: &str) -> Option<Card> {
        let requirements = &self.design.requirements;
        let assumed = requirements.assumptions.iter().find(|one| one.name == name);
        let estimated = self.design.estimates.iter().find(|one| one.name == name);
        let peak = estimated.and_then(|estimate| estimate.peak.as_ref());
        let figure = estimated
            .map(|estimate| &estimate.figure)
            .or_else(|| assumed.and_then(|assumption| assumption.figure.as_ref()))?;
        let known = self.catalog.knowledge.figures.general.iter();
        let mut known = known.filter(|known| known.id == name);
        let title = known.next().map_or("", |known| known.title.as_str());
        let card = Card::new(
            name,
            if estimated.is_some() {
                "an estimate"
            } else {
                "taken as given"
            },
        )
        .with_words(title)
        .with_row("comes to", shown(figure))
        .with_row("peak", peak.map(Figure::shown).unwrap_or_default());
        Some(card)
    }
}

fn shown(figure: &Figure) -> String {
    figure.quantity.to_string()
}

fn stated(component: &Component) -> String {
    let stated = component.attributes.iter();
    let stated: Vec<String> = stated
        .map(|(attribute, value)| format!("{} {}", attribute.row().name, Value::shown(value)))
        .collect();
    stated.join(", ")
}

fn used(component: &ComponentOverview) -> String {
    let least = if component.at_least { "at least " } else { "" };
    let rate = report::per_second(component.rate);
    let used = report::used_in_words(component);
    if component.gone || component.grows {
        return format!("{least}{rate}, {used}");
    }
    format!("{least}{rate}, used {used}")
}

fn flow_rows(card: Card, flow: &FlowOverview) -> Card {
    let rate = flow.rate.map(report::per_second).unwrap_or_default();
    let peak = flow.peak.map(report::per_second).unwrap_or_default();
    let target = |target: &Option<TargetOverview>, now: &Ranged| {
        let met = target.as_ref().map(|target| report::met(target, now));
        met.map(|word| format!("; target {word}"))
            .unwrap_or_default()
    };
    let availability = report::availability(flow);
    let (p50, p99) = (report::time(flow, &flow.p50), report::time(flow, &flow.p99));
    card.with_row("rate", rate)
        .with_row("at the peak", peak)
        .with_row(
            "availability",
            format!(
                "{availability}{}",
                target(&flow.availability_target, &flow.availability)
            ),
        )
        .with_row(
            "p50",
            format!("{p50}{}", target(&flow.p50_target, &flow.p50)),
        )
        .with_row(
            "p99",
            format!("{p99}{}", target(&flow.p99_target, &flow.p99)),
        )
        .with_row("breaks at", report::limit(flow))
        .with_row("stops with", report::cuts(flow))
}
