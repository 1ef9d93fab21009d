//! Where each flow runs: its components and connections, and what it can't do without.
//!
//! Knows routes and the graph; knows no rates.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::Graph;
use crate::model::kind::Forwarding;
use crate::model::{
    Attribute, Chain, Component, Connection, Design, Flow, FlowKind, Route, Vocabulary,
};

/// A flow with what follows from its route.
#[derive(Clone, Debug)]
pub struct FlowFacts {
    /// The flow, as stated or inferred.
    pub flow: Flow,
    /// It was not stated; its position among the stated ones otherwise.
    pub stated: Option<usize>,
    /// The components on it.
    pub components: BTreeSet<usize>,
    /// The connections on it.
    pub connections: BTreeSet<usize>,
    /// Hops of its path that no connection draws.
    pub undrawn: Vec<(usize, usize)>,
    /// The components that every way of it needs.
    pub needed: BTreeSet<usize>,
    /// Synchronous calls one after the other on its longest way, from the first component that is no client on.
    pub hops: usize,
}

/// What the routes of a design are read against.
pub(super) struct Ground<'d> {
    pub design: &'d Design,
    pub vocabulary: &'d Vocabulary,
    pub graph: &'d Graph,
}

impl Ground<'_> {
    /// What follows from the route of a flow.
    pub fn facts(&self, flow: Flow, stated: Option<usize>) -> FlowFacts {
        let mut facts = FlowFacts {
            stated,
            components: BTreeSet::new(),
            connections: BTreeSet::new(),
            undrawn: Vec::new(),
            needed: BTreeSet::new(),
            hops: 0,
            flow,
        };
        let route = facts.flow.route.clone();
        match &route {
            Route::Path(chains) => {
                for chain in chains {
                    self.walk(chain, &mut facts);
                }
                facts.needed = self.needed_by_all(chains);
            }
            Route::Any(chains) => {
                for chain in chains {
                    self.walk(chain, &mut facts);
                }
                facts.needed = common(
                    chains
                        .iter()
                        .map(|chain| self.needed_by_all(std::slice::from_ref(chain))),
                );
            }
            Route::Between { from, to } => self.between(*from, *to, &mut facts),
            Route::From(from) => self.onward(*from, &mut facts),
        }
        facts
            .needed
            .retain(|component| !self.is_bypassed(*component));
        facts.hops = self.hops(&facts);
        facts
    }

    fn connection(&self, from: usize, to: usize) -> Option<usize> {
        self.graph
            .outgoing(from)
            .find(|at| self.edge(*at).is_some_and(|connection| connection.to == to))
    }

    fn edge(&self, at: usize) -> Option<&Connection> {
        self.design.connections.get(at)
    }

    /// Notes the components and connections of a chain.
    fn walk(&self, chain: &Chain, facts: &mut FlowFacts) {
        facts.components.extend(chain.components());
        for pair in chain.stages.windows(2) {
            let [callers, callees] = pair else { continue };
            for (from, to) in callers
                .iter()
                .flat_map(|from| callees.iter().map(move |to| (*from, *to)))
            {
                match self.connection(from, to) {
                    Some(at) => {
                        facts.connections.insert(at);
                    }
                    None => facts.undrawn.push((from, to)),
                }
            }
        }
    }

    /// What chains need that are all part of the journey: every stage with one component, up to the first arrow that
    /// nobody waits for. A chain that goes on from a component of another counts only where that component is needed.
    fn needed_by_all(&self, chains: &[Chain]) -> BTreeSet<usize> {
        let continued = |component: usize| {
            chains.iter().any(|chain| {
                chain
                    .stages
                    .iter()
                    .skip(1)
                    .any(|stage| stage.contains(&component))
            })
        };
        let begins =
            |chain: &Chain, needed: &BTreeSet<usize>| match chain.stages.first().map(Vec::as_slice)
            {
                Some([first]) => !continued(*first) || needed.contains(first),
                _ => true,
            };
        let mut needed = BTreeSet::new();
        loop {
            let before = needed.len();
            for chain in chains {
                if begins(chain, &needed) {
                    needed.extend(self.needed_by_chain(chain));
                }
            }
            if needed.len() == before {
                return needed;
            }
        }
    }

    fn needed_by_chain(&self, chain: &Chain) -> Vec<usize> {
        let loose = (0..chain.stages.len())
            .find(|at| self.is_loose(chain, *at))
            .unwrap_or(chain.stages.len());
        let stages = chain.stages.iter().take(loose + 1);
        stages
            .filter_map(|stage| {
                if let [only] = stage.as_slice() {
                    Some(*only)
                } else {
                    None
                }
            })
            .collect()
    }

    /// The arrow after a stage may fail without failing the journey.
    fn is_loose(&self, chain: &Chain, at: usize) -> bool {
        if chain.asynchronous.get(at).copied().unwrap_or(false) {
            return true;
        }
        let ends = chain.stages.get(at).zip(chain.stages.get(at + 1));
        let pair = ends.and_then(|(from, to)| from.first().zip(to.first()));
        let connection = pair
            .and_then(|(from, to)| self.connection(*from, *to))
            .and_then(|at| self.edge(at));
        connection.is_some_and(|connection| connection.asynchronous || is_optional(connection))
    }

    fn between(&self, from: usize, to: usize, facts: &mut FlowFacts) {
        let counts = |at: usize| {
            self.edge(at)
                .is_some_and(|edge| !edge.asynchronous && fits(edge, facts.flow.kind))
        };
        let ahead = self.graph.reachable(&[from], &counts);
        let behind = self.graph.reaching(&[to], &counts);
        let on_way = |component: usize| {
            ahead.get(component).copied().unwrap_or(false)
                && behind.get(component).copied().unwrap_or(false)
        };
        facts.components = (0..self.graph.len())
            .filter(|component| on_way(*component))
            .collect();
        let edges = self.design.connections.iter().enumerate();
        facts.connections = edges
            .filter(|(at, edge)| counts(*at) && on_way(edge.from) && on_way(edge.to))
            .map(|(at, _)| at)
            .collect();
        facts.needed = self
            .graph
            .dominators(from, to, &counts)
            .into_iter()
            .collect();
    }

    fn onward(&self, from: usize, facts: &mut FlowFacts) {
        let kind = facts.flow.kind;
        let counts = |at: usize| self.edge(at).is_some_and(|edge| fits(edge, kind));
        let reached = self.graph.reachable(&[from], &counts);
        let is_on = |component: usize| reached.get(component).copied().unwrap_or(false);
        facts.components = (0..self.graph.len())
            .filter(|component| is_on(*component))
            .collect();
        let edges = self.design.connections.iter().enumerate();
        facts.connections = edges
            .filter(|(at, edge)| counts(*at) && is_on(edge.from))
            .map(|(at, _)| at)
            .collect();
        facts.needed = self.needed_onward(from, kind);
    }

    /// What a journey needs that follows all calls from a component on: each callee, where callees are not alternatives;
    /// what all alternatives need, where they are. Callees are settled before their callers, cycles are cut.
    fn needed_onward(&self, from: usize, kind: Option<FlowKind>) -> BTreeSet<usize> {
        let mut needs: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for component in self.callees_first(from, kind) {
            let callees: Vec<usize> = self.needed_callees(component, kind).collect();
            let below = |callee: &usize| {
                needs
                    .get(callee)
                    .cloned()
                    .unwrap_or_else(|| BTreeSet::from([*callee]))
            };
            let mut own: BTreeSet<usize> = if self.spreads(component) && callees.len() > 1 {
                common(callees.iter().map(below))
            } else {
                callees.iter().flat_map(below).collect()
            };
            own.insert(component);
            needs.insert(component, own);
        }
        needs.remove(&from).unwrap_or_default()
    }

    fn needed_callees(
        &self,
        component: usize,
        kind: Option<FlowKind>,
    ) -> impl Iterator<Item = usize> {
        let needed =
            move |edge: &&Connection| !edge.asynchronous && !is_optional(edge) && fits(edge, kind);
        self.graph
            .outgoing(component)
            .filter_map(|at| self.edge(at))
            .filter(needed)
            .map(|edge| edge.to)
    }

    /// Components in an order in which callees come before callers, by depth-first search without recursion.
    fn callees_first(&self, from: usize, kind: Option<FlowKind>) -> Vec<usize> {
        let mut order = Vec::new();
        let mut seen = BTreeSet::from([from]);
        let mut stack = vec![(from, self.needed_callees(from, kind).collect::<Vec<_>>())];
        while let Some((component, waiting)) = stack.last_mut() {
            match waiting.pop() {
                Some(callee) if seen.insert(callee) => {
                    stack.push((callee, self.needed_callees(callee, kind).collect()));
                }
                Some(_) => {}
                None => {
                    order.push(*component);
                    stack.pop();
                }
            }
        }
        order
    }

    fn spreads(&self, component: usize) -> bool {
        let kind = self
            .design
            .components
            .get(component)
            .map(|component| component.kind);
        kind.is_some_and(|kind| self.vocabulary.kinds.info(kind).forwarding == Forwarding::Spreads)
    }

    /// Its failure lets requests through to what lies behind, unless the stated strategy needs it.
    fn is_bypassed(&self, component: usize) -> bool {
        let by_strategy =
            |component: &Component| match component.attributes.word(Attribute::Strategy) {
                Some("read_through" | "write_through" | "write_behind") => false,
                _ => self.vocabulary.kinds.info(component.kind).bypassed,
            };
        self.design
            .components
            .get(component)
            .is_some_and(by_strategy)
    }

    /// The longest chain of synchronous calls within the flow, cycles cut, calls of clients left out.
    fn hops(&self, facts: &FlowFacts) -> usize {
        let is_call = |at: &usize| {
            self.edge(*at).is_some_and(|edge| {
                let caller = self
                    .design
                    .components
                    .get(edge.from)
                    .map(|caller| caller.kind);
                !edge.asynchronous
                    && !caller.is_some_and(|kind| self.vocabulary.kinds.info(kind).origin)
            })
        };
        let calls: Vec<(usize, usize)> = facts
            .connections
            .iter()
            .filter(|at| is_call(at))
            .filter_map(|at| self.edge(*at).map(|edge| (edge.from, edge.to)))
            .collect();
        longest_way(&calls, self.graph.len())
    }
}

/// Whether a kind of flow takes a connection.
fn fits(connection: &Connection, kind: Option<FlowKind>) -> bool {
    !matches!(
        (connection.attributes.word(Attribute::Only), kind),
        (Some("reads"), Some(FlowKind::Write)) | (Some("writes"), Some(FlowKind::Read))
    )
}

fn is_optional(connection: &Connection) -> bool {
    connection.attributes.yes_no(Attribute::Optional) == Some(true)
}

/// What all sets have in common.
fn common(sets: impl Iterator<Item = BTreeSet<usize>>) -> BTreeSet<usize> {
    sets.reduce(|all, set| all.intersection(&set).copied().collect())
        .unwrap_or_default()
}

/// The number of edges on the longest way that visits each node once at most, by relaxation in rounds. Cycles stop it
/// after as many rounds as there are nodes on the way.
fn longest_way(edges: &[(usize, usize)], nodes: usize) -> usize {
    let mut indegree = vec![0_usize; nodes];
    for (_, to) in edges {
        if let Some(slot) = indegree.get_mut(*to) {
            *slot += 1;
        }
    }
    let mut depth = vec![0_usize; nodes];
    let mut ready: Vec<usize> = (0..nodes)
        .filter(|node| indegree.get(*node) == Some(&0))
        .collect();
    let mut onward: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (from, to) in edges {
        onward.entry(*from).or_default().push(*to);
    }
    while let Some(node) = ready.pop() {
        let here = depth.get(node).copied().unwrap_or(0);
        for to in onward.get(&node).into_iter().flatten() {
            if let (Some(slot), Some(waiting)) = (depth.get_mut(*to), indegree.get_mut(*to)) {
                *slot = (*slot).max(here + 1);
                *waiting -= 1;
                if *waiting == 0 {
                    ready.push(*to);
                }
            }
        }
    }
    depth.into_iter().max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_way_counts_edges_and_stops_at_cycles() {
        assert_eq!(longest_way(&[(0, 1), (1, 2), (0, 2)], 3), 2);
        assert_eq!(longest_way(&[(0, 1), (1, 0)], 2), 0);
    }
}
