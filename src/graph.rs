//! A design as a graph, and the questions that a graph answers. The only home of petgraph.
//!
//! Knows nodes and edges by position; knows no kinds, no rules.

use petgraph::Direction;
use petgraph::algo::dominators;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{Bfs, Dfs, EdgeFiltered, EdgeRef, NodeFiltered, Reversed};

use crate::model::Design;

/// The connections of a design as edges between its components. Node and edge numbers are positions in the design.
#[derive(Debug)]
pub struct Graph {
    inner: DiGraph<(), ()>,
    /// For each component whether it has any connection to another.
    connected: Vec<bool>,
}

/// Which edges count, by position of the connection.
pub type Edges<'e> = &'e dyn Fn(usize) -> bool;

impl Graph {
    /// The graph of a design.
    #[must_use]
    pub fn new(design: &Design) -> Self {
        let edges = design.connections.iter();
        let edges = edges.map(|connection| (connection.from, connection.to));
        Self::of(design.components.len(), edges)
    }

    /// A graph of so many nodes with edges between them.
    #[must_use]
    pub fn of(nodes: usize, edges: impl Iterator<Item = (usize, usize)>) -> Self {
        let mut inner = DiGraph::with_capacity(nodes, edges.size_hint().0);
        for _ in 0..nodes {
            inner.add_node(());
        }
        let mut connected = vec![false; nodes];
        for (from, to) in edges {
            inner.add_edge(NodeIndex::new(from), NodeIndex::new(to), ());
            for end in [from, to].into_iter().filter(|_| from != to) {
                if let Some(connected) = connected.get_mut(end) {
                    *connected = true;
                }
            }
        }
        Self { inner, connected }
    }

    /// How many components there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.inner.node_count()
    }

    /// No components at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The connections that start at a component.
    pub fn outgoing(&self, component: usize) -> impl Iterator<Item = usize> {
        self.edges(component, Direction::Outgoing)
    }

    fn edges(&self, component: usize, direction: Direction) -> impl Iterator<Item = usize> {
        let mut edges: Vec<usize> = self
            .inner
            .edges_directed(NodeIndex::new(component), direction)
            .map(|edge| edge.id().index())
            .collect();
        edges.sort_unstable();
        edges.into_iter()
    }

    /// The distinct components that a component calls, in their order.
    #[must_use]
    pub fn callees(&self, component: usize) -> Vec<usize> {
        self.neighbours(component, Direction::Outgoing)
    }

    /// The distinct components that call a component, in their order.
    #[must_use]
    pub fn callers(&self, component: usize) -> Vec<usize> {
        self.neighbours(component, Direction::Incoming)
    }

    fn neighbours(&self, component: usize, direction: Direction) -> Vec<usize> {
        let mut all: Vec<usize> = self
            .inner
            .neighbors_directed(NodeIndex::new(component), direction)
            .map(NodeIndex::index)
            .filter(|other| *other != component)
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Whether a component has any connection to another.
    #[must_use]
    pub fn is_connected(&self, component: usize) -> bool {
        self.connected.get(component) == Some(&true)
    }

    /// Which components can be reached from some, these included, along edges that count.
    #[must_use]
    pub fn reachable(&self, from: &[usize], edges: Edges<'_>) -> Vec<bool> {
        let filtered = EdgeFiltered::from_fn(&self.inner, |edge| edges(edge.id().index()));
        self.flood(from, &mut |dfs| dfs.next(&filtered))
    }

    /// Which components reach some, these included, along edges that count.
    #[must_use]
    pub fn reaching(&self, to: &[usize], edges: Edges<'_>) -> Vec<bool> {
        let filtered = EdgeFiltered::from_fn(&self.inner, |edge| edges(edge.id().index()));
        let reversed = Reversed(&filtered);
        self.flood(to, &mut |dfs| dfs.next(&reversed))
    }

    fn flood(
        &self,
        seeds: &[usize],
        step: &mut dyn FnMut(&mut Dfs<NodeIndex, fixedbitset::FixedBitSet>) -> Option<NodeIndex>,
    ) -> Vec<bool> {
        let mut seen = vec![false; self.len()];
        let mut dfs = Dfs::empty(&self.inner);
        for seed in seeds {
            dfs.move_to(NodeIndex::new(*seed));
            while let Some(node) = step(&mut dfs) {
                if let Some(slot) = seen.get_mut(node.index()) {
                    *slot = true;
                }
            }
        }
        seen
    }

    /// The least number of edges from one component to each, none where there is no way.
    #[must_use]
    pub fn distances(&self, from: usize, edges: Edges<'_>) -> Vec<Option<usize>> {
        let mut distance: Vec<Option<usize>> = vec![None; self.len()];
        if let Some(slot) = distance.get_mut(from) {
            *slot = Some(0);
        }
        let filtered = EdgeFiltered::from_fn(&self.inner, |edge| edges(edge.id().index()));
        let mut bfs = Bfs::new(&filtered, NodeIndex::new(from));
        while let Some(node) = bfs.next(&filtered) {
            let here = distance.get(node.index()).copied().flatten().unwrap_or(0);
            for edge in self
                .inner
                .edges(node)
                .filter(|edge| edges(edge.id().index()))
            {
                if let Some(slot @ None) = distance.get_mut(edge.target().index()) {
                    *slot = Some(here + 1);
                }
            }
        }
        distance
    }

    /// The least number of edges from the nearest of some nodes to each, none where there is no way.
    #[must_use]
    pub fn depths(&self, from: &[usize]) -> Vec<Option<usize>> {
        let mut depth: Vec<Option<usize>> = vec![None; self.len()];
        let mut layer = from.to_vec();
        let mut at = 0;
        while !layer.is_empty() {
            let mut next = Vec::new();
            for node in layer {
                if let Some(slot @ None) = depth.get_mut(node) {
                    *slot = Some(at);
                    let ahead = self.inner.neighbors(NodeIndex::new(node));
                    next.extend(ahead.map(NodeIndex::index));
                }
            }
            layer = next;
            at += 1;
        }
        depth
    }

    /// The number of the group of each node: nodes that reach each other are of one group.
    #[must_use]
    pub fn groups(&self) -> Vec<usize> {
        let mut group = vec![0; self.len()];
        for (number, nodes) in kosaraju_scc(&self.inner).into_iter().enumerate() {
            for node in nodes {
                if let Some(slot) = group.get_mut(node.index()) {
                    *slot = number;
                }
            }
        }
        group
    }

    /// The components that every way from one component to another passes, both ends included; none without a way.
    ///
    /// These are the dominators of `to` in the flow graph rooted at `from` (Cooper, Harvey, Kennedy: A Simple, Fast
    /// Dominance Algorithm, 2001).
    #[must_use]
    pub fn dominators(&self, from: usize, to: usize, edges: Edges<'_>) -> Vec<usize> {
        let filtered = EdgeFiltered::from_fn(&self.inner, |edge| edges(edge.id().index()));
        let tree = dominators::simple_fast(&filtered, NodeIndex::new(from));
        let chain = tree.dominators(NodeIndex::new(to));
        let mut all: Vec<usize> = chain
            .map(|nodes| nodes.map(NodeIndex::index).collect())
            .unwrap_or_default();
        all.sort_unstable();
        all
    }

    /// Which components a chain of connections joins with one of some, whichever way the connections go.
    #[must_use]
    pub fn joined(&self, with: &[usize]) -> Vec<bool> {
        let mut joined = vec![false; self.inner.node_count()];
        let mut open: Vec<usize> = with.to_vec();
        while let Some(at) = open.pop() {
            let Some(joined) = joined.get_mut(at).filter(|joined| !**joined) else {
                continue;
            };
            *joined = true;
            let near = self.inner.neighbors_undirected(NodeIndex::new(at));
            open.extend(near.map(NodeIndex::index));
        }
        joined
    }

    /// Groups of two or more components that reach each other, and components that call themselves.
    #[must_use]
    pub fn cycles(&self, edges: Edges<'_>) -> Vec<Vec<usize>> {
        let filtered = EdgeFiltered::from_fn(&self.inner, |edge| edges(edge.id().index()));
        let whole = NodeFiltered::from_fn(&filtered, |_| true);
        let calls_itself = |node: NodeIndex| {
            self.inner
                .edges_connecting(node, node)
                .any(|edge| edges(edge.id().index()))
        };
        let mut cycles: Vec<Vec<usize>> = kosaraju_scc(&whole)
            .into_iter()
            .filter(|group| {
                group.len() > 1 || group.first().is_some_and(|node| calls_itself(*node))
            })
            .map(|group| {
                let mut group: Vec<usize> = group.into_iter().map(NodeIndex::index).collect();
                group.sort_unstable();
                group
            })
            .collect();
        cycles.sort();
        cycles
    }
}
