//! A flow as calls between visits: what is needed, what are alternatives, what nobody waits for, in an order in which
//! callers come before callees. Load, latency and availability all walk this.
//!
//! Knows routes and connections; knows no rates and no times.

mod order;
mod starts;

use std::collections::{BTreeMap, BTreeSet};

use super::flows::Ground;
use crate::model::kind::{Delivery, Forwarding};
use crate::model::{Attribute, Chain, Connection, FlowKind, Route};

/// A flow as a graph of visits. A component is visited once, except where a flow has alternative chains: there once for
/// each chain.
#[derive(Clone, Debug, Default)]
pub struct Journey {
    /// The component of each visit.
    pub visits: Vec<usize>,
    /// The visits at which requests arrive: of each list one is enough, and its visits share the requests. All lists are
    /// part of the flow.
    pub arrivals: Vec<Vec<usize>>,
    /// The calls, in the order of their callers.
    pub calls: Vec<Call>,
    /// Visits, callers before callees. Calls that lead back are passed over.
    pub order: Vec<usize>,
    /// Where the calls of each visit begin.
    first_calls: Vec<usize>,
}

/// A call from one visit to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// The caller, a visit.
    pub from: usize,
    /// The callee, a visit.
    pub to: usize,
    /// The connection that draws it, where one does.
    pub connection: Option<usize>,
    /// Nobody waits for it: an asynchronous arrow, or what a carrier of messages hands on.
    pub asynchronous: bool,
    /// Its failure does not fail the flow.
    pub optional: bool,
    /// Calls of one caller with the same number are alternatives that share its requests.
    pub choice: Option<usize>,
    /// It leads back to where the request has been: a cycle, cut here.
    pub back: bool,
}

impl Call {
    /// The flow fails when what is called fails (or, among alternatives, when all of them do).
    #[must_use]
    pub const fn is_needed(&self) -> bool {
        !self.asynchronous && !self.optional
    }
}

impl Journey {
    /// All visits at which requests arrive.
    pub fn starts(&self) -> impl Iterator<Item = usize> + '_ {
        self.arrivals.iter().flatten().copied()
    }

    /// The calls that a visit makes.
    #[must_use]
    pub fn calls_of(&self, visit: usize) -> &[Call] {
        let start = self.first_calls.get(visit).copied().unwrap_or(0);
        let end = self.first_calls.get(visit + 1).copied().unwrap_or(start);
        self.calls.get(start..end).unwrap_or_default()
    }

    /// The position of the first call of a visit.
    #[must_use]
    pub fn first_call(&self, visit: usize) -> usize {
        self.first_calls.get(visit).copied().unwrap_or(0)
    }

    /// The component of a visit.
    #[must_use]
    pub fn component(&self, visit: usize) -> usize {
        self.visits.get(visit).copied().unwrap_or(usize::MAX)
    }

    /// The calls of a visit that count, those of one choice together, single ones alone.
    #[must_use]
    pub fn groups_of(
        &self,
        visit: usize,
        counts: impl Fn(&Call) -> bool,
    ) -> Vec<(Option<usize>, Vec<Call>)> {
        let mut groups: Vec<(Option<usize>, Vec<Call>)> = Vec::new();
        let mut known: BTreeMap<usize, usize> = BTreeMap::new();
        for call in self.calls_of(visit).iter().filter(|call| counts(call)) {
            let slot = call.choice.and_then(|choice| known.get(&choice).copied());
            match slot.and_then(|slot| groups.get_mut(slot)) {
                Some((_, calls)) => calls.push(*call),
                None => {
                    if let Some(choice) = call.choice {
                        known.insert(choice, groups.len());
                    }
                    groups.push((call.choice, vec![*call]));
                }
            }
        }
        groups
    }

    /// Sorts the calls by caller.
    fn index(&mut self) {
        self.calls.sort_by_key(|call| call.from);
        self.first_calls = vec![0; self.visits.len() + 1];
        for call in &self.calls {
            if let Some(slot) = self.first_calls.get_mut(call.from + 1) {
                *slot += 1;
            }
        }
        let mut sum = 0;
        for slot in &mut self.first_calls {
            sum += *slot;
            *slot = sum;
        }
    }
}

/// A journey while it is drawn up.
struct Draft<'g, 'd> {
    ground: &'g Ground<'d>,
    kind: Option<FlowKind>,
    journey: Journey,
    known: BTreeMap<usize, usize>,
    drawn: BTreeSet<(usize, usize)>,
    choices: usize,
    undrawn: BTreeSet<(usize, usize)>,
}

/// The journey of a route, and the hops of its chains that no connection draws.
pub(super) fn journey(
    ground: &Ground<'_>,
    route: &Route,
    kind: Option<FlowKind>,
) -> (Journey, Vec<(usize, usize)>) {
    let mut draft = Draft {
        ground,
        kind,
        journey: Journey::default(),
        known: BTreeMap::new(),
        drawn: BTreeSet::new(),
        choices: 0,
        undrawn: BTreeSet::new(),
    };
    match route {
        Route::Path(chains) => draft.chains(chains),
        Route::Any(chains) => draft.alternatives(chains),
        Route::Between { from, to } => draft.between(*from, *to),
        Route::From(from) => draft.onward(*from),
    }
    draft.share_queues();
    draft.journey.index();
    if let Route::Path(chains) = route {
        draft.find_starts(chains);
    }
    draft.journey.settle();
    (draft.journey, draft.undrawn.into_iter().collect())
}

impl Draft<'_, '_> {
    fn visit(&mut self, component: usize) -> usize {
        let visits = &mut self.journey.visits;
        *self.known.entry(component).or_insert_with(|| {
            visits.push(component);
            visits.len() - 1
        })
    }

    fn new_choice(&mut self) -> usize {
        self.choices += 1;
        self.choices
    }

    fn chains(&mut self, chains: &[Chain]) {
        for chain in chains {
            for component in chain.components() {
                self.visit(component);
            }
            for (at, pair) in chain.stages.windows(2).enumerate() {
                let [callers, callees] = pair else { continue };
                let loose = chain.asynchronous.get(at).copied().unwrap_or(false);
                for from in callers {
                    let choice = (callees.len() > 1).then(|| self.new_choice());
                    for to in callees {
                        self.hop(*from, *to, loose, choice);
                    }
                }
            }
        }
    }

    fn hop(&mut self, from: usize, to: usize, loose: bool, choice: Option<usize>) {
        let way = Hop {
            kind: self.kind,
            loose,
        };
        let connection = self.ground.connection(from, to, way);
        if connection.is_none() {
            self.undrawn.insert((from, to));
        }
        let ends = (self.visit(from), self.visit(to));
        if self.drawn.insert(ends) {
            self.call(ends, connection, loose, choice);
        }
    }

    fn call(
        &mut self,
        (from, to): (usize, usize),
        connection: Option<usize>,
        loose: bool,
        choice: Option<usize>,
    ) {
        let edge = connection.and_then(|at| self.ground.edge(at));
        let caller = self.journey.component(from);
        let asynchronous = loose
            || edge.is_some_and(|edge| edge.asynchronous)
            || self.ground.delivery(caller).is_some();
        self.journey.calls.push(Call {
            from,
            to,
            connection,
            asynchronous,
            optional: edge.is_some_and(is_optional),
            choice,
            back: false,
        });
    }

    fn alternatives(&mut self, chains: &[Chain]) {
        let mut starts = Vec::new();
        for chain in chains {
            self.known.clear();
            self.drawn.clear();
            self.chains(std::slice::from_ref(chain));
            for first in chain.stages.first().into_iter().flatten() {
                starts.extend(self.known.get(first).copied());
            }
        }
        self.journey.arrivals = Some(starts)
            .filter(|all| !all.is_empty())
            .into_iter()
            .collect();
    }

    /// Every synchronous way from one end to the other; at each fork one way is enough. A way has to lead to the end, so that no
    /// connection of it can be left out.
    fn between(&mut self, from: usize, to: usize) {
        let ground = self.ground;
        let kind = self.kind;
        let counts = |at: usize| {
            ground
                .edge(at)
                .is_some_and(|edge| !edge.asynchronous && fits(edge, kind))
        };
        let ahead = ground.graph.reachable(&[from], &counts);
        let behind = ground.graph.reaching(&[to], &counts);
        let on_way = |at: usize| ahead.get(at) == Some(&true) && behind.get(at) == Some(&true);
        if on_way(from) {
            let start = self.visit(from);
            self.journey.arrivals = vec![vec![start]];
        }
        for (at, edge) in ground.design.connections.iter().enumerate() {
            if counts(at) && on_way(edge.from) && on_way(edge.to) && edge.from != to {
                let ends = (self.visit(edge.from), self.visit(edge.to));
                self.call(ends, Some(at), false, Some(ends.0));
                if let Some(call) = self.journey.calls.last_mut() {
                    call.optional = false;
                }
            }
        }
    }

    /// All connections from a component on; targets behind what spreads requests are alternatives.
    fn onward(&mut self, from: usize) {
        let ground = self.ground;
        let kind = self.kind;
        let counts = |at: usize| ground.edge(at).is_some_and(|edge| fits(edge, kind));
        let reached = ground.graph.reachable(&[from], &counts);
        let start = self.visit(from);
        self.journey.arrivals = vec![vec![start]];
        for (at, edge) in ground.design.connections.iter().enumerate() {
            if counts(at) && reached.get(edge.from) == Some(&true) {
                let ends = (self.visit(edge.from), self.visit(edge.to));
                let choice = (ground.spreads(edge.from) && !edge.asynchronous).then_some(ends.0);
                self.call(ends, Some(at), false, choice);
            }
        }
    }

    /// Consumers of a queue share its messages.
    fn share_queues(&mut self) {
        let mut calls = std::mem::take(&mut self.journey.calls);
        let visits = self.journey.visits.len();
        for call in calls.iter_mut().filter(|call| call.choice.is_none()) {
            let caller = self.journey.component(call.from);
            if self.ground.delivery(caller) == Some(Delivery::Shared) {
                call.choice = Some(visits + self.choices + call.from);
            }
        }
        self.journey.calls = calls;
    }
}

impl Ground<'_> {
    /// The connection from one component to another that a hop takes. Of several: what this kind of flow takes; what nobody
    /// waits for where the path says so; what is for this kind alone; what is waited for; and then by what else they state, for
    /// their order in the file never matters.
    fn connection(&self, from: usize, to: usize, hop: Hop) -> Option<usize> {
        let all = self.pairs();
        let first = all.partition_point(|pair| (pair.0, pair.1) < (from, to));
        let rest = all.get(first..).unwrap_or_default().iter();
        let of_pair = rest
            .take_while(|pair| (pair.0, pair.1) == (from, to))
            .map(|pair| pair.2);
        of_pair.min_by(|one, other| {
            let (one, other) = (self.edge(*one), self.edge(*other));
            let rank = |edge: Option<&Connection>| edge.map(|edge| hop.rank(edge));
            let known = rank(one).cmp(&rank(other));
            known.then_with(|| one.map(stated).cmp(&other.map(stated)))
        })
    }

    /// Every connection by its ends, sorted.
    fn pairs(&self) -> &[(usize, usize, usize)] {
        self.pairs.get_or_init(|| {
            let edges = self.design.connections.iter().enumerate();
            let mut pairs: Vec<_> = edges.map(|(at, edge)| (edge.from, edge.to, at)).collect();
            pairs.sort_unstable();
            pairs
        })
    }

    /// A connection by position.
    pub(super) fn edge(&self, at: usize) -> Option<&Connection> {
        self.design.connections.get(at)
    }

    /// Who gets the messages that a component carries, for those that carry messages.
    pub(super) fn delivery(&self, component: usize) -> Option<Delivery> {
        let found = self.design.components.get(component)?;
        self.vocabulary.kinds.info(found.kind).delivery
    }

    /// Whether requests come from a component.
    fn is_origin(&self, component: usize) -> bool {
        let found = self.design.components.get(component);
        found.is_some_and(|component| self.vocabulary.kinds.info(component.kind).origin)
    }

    fn id(&self, component: usize) -> Option<&str> {
        let found = self.design.components.get(component);
        found.map(|component| component.id.as_str())
    }

    fn spreads(&self, component: usize) -> bool {
        let found = self.design.components.get(component);
        found.is_some_and(|component| {
            self.vocabulary.kinds.info(component.kind).forwarding == Forwarding::Spreads
        })
    }
}

/// Whether a kind of flow takes a connection.
pub(super) fn fits(connection: &Connection, kind: Option<FlowKind>) -> bool {
    !matches!(
        (connection.attributes.word(Attribute::Only), kind),
        (Some("reads"), Some(FlowKind::Write)) | (Some("writes"), Some(FlowKind::Read))
    )
}

/// What is known of a hop of a path before its connection is.
#[derive(Clone, Copy)]
struct Hop {
    kind: Option<FlowKind>,
    /// The path says that nobody waits.
    loose: bool,
}

impl Hop {
    /// How badly a connection suits it, the weightiest first.
    fn rank(self, edge: &Connection) -> [bool; 4] {
        let only = edge.attributes.word(Attribute::Only);
        let is_own = match self.kind {
            Some(FlowKind::Read) => only == Some("reads"),
            Some(FlowKind::Write) => only == Some("writes"),
            None => only.is_none(),
        };
        [
            !fits(edge, self.kind),
            self.loose && !edge.asynchronous,
            !is_own,
            edge.asynchronous != self.loose,
        ]
    }
}

/// All that a connection states, in an order of its own.
fn stated(edge: &Connection) -> Vec<(Attribute, String)> {
    let all = edge.attributes.iter();
    all.map(|(name, value)| (name, format!("{value:?}")))
        .collect()
}

fn is_optional(connection: &Connection) -> bool {
    connection.attributes.yes_no(Attribute::Optional) == Some(true)
}
