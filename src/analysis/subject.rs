//! A design with its graph and the facts that follow: what rules ask.
//!
//! Knows what can be computed; knows no rule.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::flows::{FlowFacts, Ground};
use super::survival::{self, Domain};
use super::truth::Truth;
use crate::graph::Graph;
use crate::model::{Attribute, Design, Flow, FlowKind, Route, Vocabulary};

/// A design with everything that follows from it.
#[derive(Debug)]
pub struct Subject<'d> {
    /// What was stated.
    pub design: &'d Design,
    /// The words that it uses.
    pub vocabulary: &'d Vocabulary,
    /// Who calls whom.
    pub graph: Graph,
    /// The flows: the stated ones, or inferred ones where none are stated.
    pub flows: Vec<FlowFacts>,
    reachable: OnceLock<Vec<bool>>,
    apart: OnceLock<Vec<bool>>,
    dead_letters: OnceLock<Vec<bool>>,
    cycles: OnceLock<Vec<Vec<usize>>>,
}

impl<'d> Subject<'d> {
    /// The facts of a design. `inferred` are flows that hold where the design states none; without any, the ways from each
    /// client to each store stand in.
    #[must_use]
    pub fn new(design: &'d Design, vocabulary: &'d Vocabulary, inferred: Vec<Flow>) -> Self {
        let graph = Graph::new(design);
        let ground = Ground::new(design, vocabulary, &graph);
        let flows = if design.flows.is_empty() {
            let inferred = if inferred.is_empty() {
                ways_to_data(&ground)
            } else {
                inferred
            };
            inferred
                .into_iter()
                .map(|flow| ground.facts(flow, None))
                .collect()
        } else {
            let stated = design.flows.iter().cloned().enumerate();
            stated
                .map(|(at, flow)| ground.facts(flow, Some(at)))
                .collect()
        };
        Self {
            design,
            vocabulary,
            graph,
            flows,
            reachable: OnceLock::new(),
            apart: OnceLock::new(),
            dead_letters: OnceLock::new(),
            cycles: OnceLock::new(),
        }
    }

    /// Whether a component is where requests come from: a client, or what nothing calls where no client is drawn.
    fn sources(&self) -> Vec<usize> {
        sources(self.design, self.vocabulary, &self.graph)
    }

    /// Whether a component can be reached from where requests come from.
    #[must_use]
    pub fn is_reachable(&self, component: usize) -> bool {
        let reachable = self
            .reachable
            .get_or_init(|| self.graph.reachable(&self.sources(), &|_| true));
        reachable.get(component).copied().unwrap_or(false)
    }

    /// Whether nothing joins a component with what users do: it has no connection, or none of those that lead on from it, in
    /// whichever direction, comes to a client, where one is drawn, or to a system of somebody else's that calls in.
    #[must_use]
    pub fn is_apart(&self, component: usize) -> bool {
        let apart = self.apart.get_or_init(|| {
            let mut origins = clients(self.design, self.vocabulary, &self.graph);
            let has_clients = !origins.is_empty();
            let is_origin = |at: &usize| self.feeds(*at) || self.takes_dead_letters(*at);
            origins.extend((0..self.design.components.len()).filter(is_origin));
            let joined = self.graph.joined(&origins);
            let is_alone = |at: usize| !self.graph.is_connected(at);
            let all = joined.into_iter().enumerate();
            all.map(|(at, is_joined)| is_alone(at) || has_clients && !is_joined)
                .collect()
        });
        apart.get(component).copied().unwrap_or(true)
    }

    /// Whether a component is named by another as the place of its dead letters, which is as good as a line.
    #[must_use]
    pub fn takes_dead_letters(&self, component: usize) -> bool {
        let taking = self.dead_letters.get_or_init(|| {
            let all = || self.design.components.iter();
            let named = all().filter_map(|one| one.attributes.word(Attribute::DeadLetter));
            let named: BTreeSet<&str> = named.collect();
            all().map(|one| named.contains(one.id.as_str())).collect()
        });
        taking.get(component).copied().unwrap_or(false)
    }

    /// Whether a system of somebody else's calls in: it is called by nothing and calls what is drawn.
    fn feeds(&self, component: usize) -> bool {
        let kind = self.design.components.get(component).map(|one| one.kind);
        let info = kind.map(|kind| self.vocabulary.kinds.info(kind));
        let is_outside = info.is_some_and(|info| info.provided && info.remote);
        is_outside
            && self.graph.callers(component).is_empty()
            && !self.graph.callees(component).is_empty()
    }

    /// Groups of components that call each other in a circle and wait for each other.
    pub fn synchronous_cycles(&self) -> &[Vec<usize>] {
        let waits = |at: usize| {
            self.design
                .connections
                .get(at)
                .is_some_and(|edge| !edge.asynchronous)
        };
        self.cycles.get_or_init(|| self.graph.cycles(&waits))
    }

    /// A carrier of messages that nobody consumes.
    #[must_use]
    pub fn is_dead_end(&self, component: usize) -> bool {
        let kind = self
            .design
            .components
            .get(component)
            .map(|component| component.kind);
        let carries = kind.is_some_and(|kind| self.vocabulary.kinds.info(kind).delivery.is_some());
        carries && self.graph.is_connected(component) && self.graph.callees(component).is_empty()
    }

    /// Whether a component survives a loss; a flow that only reads needs no leader.
    #[must_use]
    pub fn survives(
        &self,
        component: usize,
        lost: Domain,
        flow: Option<usize>,
        missing: &mut Vec<&'static str>,
    ) -> Truth {
        let only_reads = flow
            .and_then(|at| self.flows.get(at))
            .is_some_and(|facts| facts.flow.kind == Some(FlowKind::Read));
        let found = self.design.components.get(component);
        found.map_or(Truth::No, |component| {
            survival::survives(component, self.vocabulary, lost, only_reads, missing)
        })
    }

    /// Whether the loss of one machine under a component stops a flow.
    #[must_use]
    pub fn is_single_point_of_failure(
        &self,
        component: usize,
        flow: usize,
        missing: &mut Vec<&'static str>,
    ) -> Truth {
        let needed = self
            .flows
            .get(flow)
            .is_some_and(|facts| facts.needed.contains(&component));
        if !needed {
            return Truth::No;
        }
        !self.survives(component, Domain::Machine, Some(flow), missing)
    }

    /// The components of a flow that stop it when one machine is lost, by position.
    #[must_use]
    pub fn single_points_of_failure(&self, flow: usize) -> BTreeSet<usize> {
        let needed = self
            .flows
            .get(flow)
            .map(|facts| facts.needed.clone())
            .unwrap_or_default();
        needed
            .into_iter()
            .filter(|component| {
                self.is_single_point_of_failure(*component, flow, &mut Vec::new())
                    .is_yes()
            })
            .collect()
    }
}

/// The connected components that requests come from.
fn clients(design: &Design, vocabulary: &Vocabulary, graph: &Graph) -> Vec<usize> {
    let outside = |at: &usize| {
        design
            .components
            .get(*at)
            .is_some_and(|component| vocabulary.kinds.info(component.kind).origin)
    };
    let all = 0..design.components.len();
    all.filter(outside)
        .filter(|at| graph.is_connected(*at))
        .collect()
}

fn sources(design: &Design, vocabulary: &Vocabulary, graph: &Graph) -> Vec<usize> {
    let all = 0..design.components.len();
    let clients = clients(design, vocabulary, graph);
    if !clients.is_empty() {
        return clients;
    }
    all.filter(|at| graph.is_connected(*at) && graph.callers(*at).is_empty())
        .collect()
}

/// Flows for a design that states none: every synchronous way from where requests come from to where data is kept.
fn ways_to_data(ground: &Ground<'_>) -> Vec<Flow> {
    let design = ground.design;
    let keeps = |at: &usize| {
        design.components.get(*at).is_some_and(|component| {
            let info = ground.vocabulary.kinds.info(component.kind);
            info.holds_data && !info.bypassed
        })
    };
    let waits = |at: usize| {
        design
            .connections
            .get(at)
            .is_some_and(|edge| !edge.asynchronous)
    };
    let stores: Vec<usize> = (0..design.components.len()).filter(keeps).collect();
    let mut flows = Vec::new();
    for from in sources(design, ground.vocabulary, ground.graph) {
        let reached = ground.graph.reachable(&[from], &waits);
        for to in stores
            .iter()
            .copied()
            .filter(|to| *to != from && reached.get(*to).copied().unwrap_or(false))
        {
            let id = format!("{} to {}", design.id(from), design.id(to));
            if flows.len() == MOST_INFERRED {
                return flows;
            }
            flows.push(Flow::new(id, Route::Between { from, to }));
        }
    }
    flows
}

/// More ways than this are not inferred: whoever draws so many has to say which of them are journeys.
const MOST_INFERRED: usize = 100;
