//! Where each flow runs: its components and connections, and what it can't do without.
//!
//! Knows routes and the graph; knows no rates.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::journey::{self, Journey};
use crate::graph::Graph;
use crate::model::{Attribute, Component, Design, Flow, Route, Vocabulary};

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
    /// What requests would pass by, were there anything else that its callers ask: the flow ends there, and needs it.
    pub last: BTreeSet<usize>,
    /// Synchronous calls one after the other on its longest way, from the first component that is no client on.
    pub hops: usize,
    /// Its calls, in order.
    pub journey: Journey,
    /// It was walked; false where the flows before it were too many and too long already.
    pub walked: bool,
}

impl FlowFacts {
    /// Two inferred flows are ways of the same requests from one start to several ends: what both lead through serves each
    /// request once.
    #[must_use]
    pub fn shares_requests(&self, other: &Self) -> bool {
        let (own, other_flow) = (&self.flow, &other.flow);
        let same_start = match (&own.route, &other_flow.route) {
            (Route::Between { from, .. }, Route::Between { from: other, .. }) => from == other,
            _ => false,
        };
        self.stated.is_none()
            && other.stated.is_none()
            && same_start
            && own.kind == other_flow.kind
            && own.rate == other_flow.rate
    }
}

/// What the routes of a design are read against.
pub(super) struct Ground<'d> {
    pub design: &'d Design,
    pub vocabulary: &'d Vocabulary,
    pub graph: &'d Graph,
    /// Connections by their ends, made at the first question.
    pub pairs: OnceLock<Vec<(usize, usize, usize)>>,
    /// Calls of the flows that were walked so far.
    walked: Cell<usize>,
}

/// When the flows of a design have more calls than this together, the rest of them is not walked.
const MOST_CALLS: usize = 2_000_000;

/// More steps than this are not taken in search of what a flow needs: beyond them fewer components are known as needed,
/// never more.
const MOST_STEPS: usize = 30_000_000;

impl<'d> Ground<'d> {
    pub fn new(design: &'d Design, vocabulary: &'d Vocabulary, graph: &'d Graph) -> Self {
        Self {
            design,
            vocabulary,
            graph,
            pairs: OnceLock::new(),
            walked: Cell::new(0),
        }
    }

    /// What follows from the route of a flow.
    pub fn facts(&self, flow: Flow, stated: Option<usize>) -> FlowFacts {
        let walked = self.walked.get() < MOST_CALLS;
        let (journey, undrawn) = if walked {
            journey::journey(self, &flow.route, flow.kind)
        } else {
            (Journey::default(), Vec::new())
        };
        let size = journey.calls.len() + self.graph.len() / 8;
        self.walked.set(self.walked.get() + size);
        let connections = journey.calls.iter().filter_map(|call| call.connection);
        let mut needed = match flow.route {
            Route::Between { from, to } if walked => self.dominators(from, to, &flow),
            _ => needed(&journey),
        };
        let last = self.last_stores(&journey);
        needed.retain(|component| !self.is_bypassed(*component) || last.contains(component));
        FlowFacts {
            stated,
            components: journey.visits.iter().copied().collect(),
            connections: connections.collect(),
            undrawn,
            needed,
            last,
            hops: self.hops(&journey),
            journey,
            flow,
            walked,
        }
    }

    fn dominators(&self, from: usize, to: usize, flow: &Flow) -> BTreeSet<usize> {
        let counts = |at: usize| {
            self.edge(at)
                .is_some_and(|edge| !edge.asynchronous && journey::fits(edge, flow.kind))
        };
        let all = self.graph.dominators(from, to, &counts);
        all.into_iter().collect()
    }

    /// Its failure lets requests through to what lies behind, unless the stated strategy needs it.
    pub(super) fn is_bypassed(&self, component: usize) -> bool {
        let found = self.design.components.get(component);
        found.is_some_and(|component| is_bypassed(component, self.vocabulary))
    }

    /// Copies that are no copies of anything: a caller that waits for them waits for nothing else that is there in their
    /// place, and they get what they hold from nowhere else.
    fn last_stores(&self, journey: &Journey) -> BTreeSet<usize> {
        let is_copy = |at: usize| {
            let component = self.design.components.get(at);
            component.is_some_and(|component| {
                let info = self.vocabulary.kinds.info(component.kind);
                info.holds_data && is_bypassed(component, self.vocabulary)
            })
        };
        let calls = journey
            .calls
            .iter()
            .filter(|call| call.is_needed() && !call.back);
        let ends = calls.map(|call| [call.from, call.to].map(|visit| journey.component(visit)));
        let ends = ends.filter(|[_, to]| is_copy(*to) && self.is_last(*to));
        let alone = ends.filter(|[from, _]| {
            let asked = self.graph.outgoing(*from).filter_map(|at| self.edge(at));
            let mut asked = asked.filter(|edge| !edge.asynchronous);
            asked.all(|edge| is_copy(edge.to))
        });
        alone.map(|[_, to]| to).collect()
    }

    /// Nothing is asked by it, and it states nothing of being a copy.
    fn is_last(&self, at: usize) -> bool {
        let component = self.design.components.get(at);
        let is_copy = component.is_some_and(|component| {
            let stated = |attribute| component.attributes.get(attribute).is_some();
            stated(Attribute::Strategy)
                || stated(Attribute::HitRatio)
                || stated(Attribute::Invalidation)
        });
        !is_copy && self.graph.outgoing(at).next().is_none()
    }

    /// The longest chain of synchronous calls within the flow, cycles cut, calls of clients left out.
    fn hops(&self, journey: &Journey) -> usize {
        let is_client = |visit: usize| {
            let found = self.design.components.get(journey.component(visit));
            found.is_some_and(|component| self.vocabulary.kinds.info(component.kind).origin)
        };
        let mut depth = vec![0_usize; journey.visits.len()];
        for visit in &journey.order {
            let here = depth.get(*visit).copied().unwrap_or(0);
            if is_client(*visit) {
                continue;
            }
            let calls = journey.calls_of(*visit).iter();
            for call in calls.filter(|call| !call.asynchronous && !call.back) {
                if let Some(slot) = depth.get_mut(call.to) {
                    *slot = (*slot).max(here + 1);
                }
            }
        }
        depth.into_iter().max().unwrap_or(0)
    }
}

/// Requests go on without it when it fails, unless its stated strategy puts it in the way of every request.
pub(super) fn is_bypassed(component: &Component, vocabulary: &Vocabulary) -> bool {
    match component.attributes.word(Attribute::Strategy) {
        Some("read_through" | "write_through" | "write_behind") => false,
        _ => vocabulary.kinds.info(component.kind).bypassed,
    }
}

/// The components that a journey can't do without: those of the visits that follow from its starts by needed calls, and
/// what all alternatives of a choice have in common.
fn needed(journey: &Journey) -> BTreeSet<usize> {
    let mut search = Search {
        journey,
        common: BTreeMap::new(),
        steps: 0,
    };
    for visit in journey.order.iter().rev() {
        for (choice, calls) in journey.groups_of(*visit, |call| call.is_needed() && !call.back) {
            if calls.len() > 1 {
                let targets: Vec<usize> = calls.iter().map(|call| call.to).collect();
                let shared = search.shared(&targets);
                search.common.insert((*visit, choice), shared);
            }
        }
    }
    let arrivals = journey.arrivals.iter();
    let needed = arrivals.flat_map(|starts| match starts.as_slice() {
        [only] => search.follow(&[*only]).into_iter().collect(),
        several => search.shared(several),
    });
    needed.collect()
}

struct Search<'j> {
    journey: &'j Journey,
    /// What the alternatives of a choice have in common.
    common: BTreeMap<(usize, Option<usize>), Vec<usize>>,
    steps: usize,
}

impl Search<'_> {
    /// What all of some visits need.
    fn shared(&mut self, visits: &[usize]) -> Vec<usize> {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for visit in visits {
            if self.steps > MOST_STEPS {
                return Vec::new();
            }
            for component in self.follow(&[*visit]) {
                *counts.entry(component).or_default() += 1;
            }
        }
        let by_all =
            |(component, count): (usize, usize)| (count == visits.len()).then_some(component);
        counts.into_iter().filter_map(by_all).collect()
    }

    /// What follows from some visits by needed calls.
    fn follow(&mut self, from: &[usize]) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut seen: BTreeSet<usize> = from.iter().copied().collect();
        let mut stack = from.to_vec();
        while let Some(visit) = stack.pop() {
            found.insert(self.journey.component(visit));
            let groups = self
                .journey
                .groups_of(visit, |call| call.is_needed() && !call.back);
            self.steps += 1 + groups.len();
            for (choice, calls) in groups {
                match calls.as_slice() {
                    [only] => {
                        if seen.insert(only.to) {
                            stack.push(only.to);
                        }
                    }
                    _ => found.extend(self.common.get(&(visit, choice)).into_iter().flatten()),
                }
            }
        }
        found
    }
}
