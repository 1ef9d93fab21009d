//! Where the requests of a flow arrive that is stated as chains, whatever the order of the chains.
//!
//! Knows which visits call which; knows kinds only as far as requests come from some.

use std::collections::{BTreeMap, BTreeSet};

use super::Draft;
use crate::graph::Graph;
use crate::model::Chain;

impl Draft<'_, '_> {
    /// Requests arrive where nothing of the flow calls, and where a chain begins that nothing else leads to. The alternatives
    /// that a chain begins with share them.
    pub(super) fn find_starts(&mut self, chains: &[Chain]) {
        let firsts = chains.iter().filter_map(|chain| chain.stages.first());
        let firsts = firsts.map(|stage| {
            let visits = stage
                .iter()
                .filter_map(|component| self.known.get(component));
            visits.copied().collect()
        });
        let firsts: Vec<BTreeSet<usize>> = firsts.collect();
        let mut starts = self.uncalled();
        let mut reached = vec![false; self.journey.visits.len()];
        self.flood(starts.iter().copied().collect(), &mut reached);
        let in_circle = self.circle_starts(&reached, &firsts.iter().flatten().copied().collect());
        starts.extend(in_circle);
        let begins = |start: usize| firsts.iter().filter(move |first| first.contains(&start));
        let mut arrivals = BTreeSet::new();
        for start in &starts {
            let alternatives = begins(*start).min_by_key(|first| first.len());
            let together = alternatives.into_iter().flatten().copied();
            let mut together: Vec<usize> = together.filter(|one| starts.contains(one)).collect();
            if together.is_empty() {
                together.push(*start);
            }
            arrivals.insert(together);
        }
        self.journey.arrivals = arrivals.into_iter().collect();
    }

    /// The visits that no other calls.
    fn uncalled(&self) -> BTreeSet<usize> {
        let calls = self.journey.calls.iter();
        let calls = calls.filter(|call| call.from != call.to);
        let called: BTreeSet<usize> = calls.map(|call| call.to).collect();
        let visits = 0..self.journey.visits.len();
        visits.filter(|visit| !called.contains(visit)).collect()
    }

    /// Where requests arrive in circles that nothing leads into: at the clients that begin a chain there; or else where a chain
    /// begins whose caller waits for nothing else, since answers are handed back; or else at one of the beginnings.
    fn circle_starts(&self, reached: &[bool], firsts: &BTreeSet<usize>) -> Vec<usize> {
        if reached.iter().all(|reached| *reached) {
            return Vec::new();
        }
        let calls = &self.journey.calls;
        let ends = calls.iter().map(|call| (call.from, call.to));
        let group = Graph::of(self.journey.visits.len(), ends).groups();
        let number = |visit: usize| group.get(visit).copied().unwrap_or_default();
        let entered = calls
            .iter()
            .filter(|call| number(call.from) != number(call.to));
        let entered: BTreeSet<usize> = entered.map(|call| number(call.to)).collect();
        let mut circles: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for visit in firsts
            .iter()
            .filter(|visit| reached.get(**visit) == Some(&false))
        {
            if !entered.contains(&number(*visit)) {
                circles.entry(number(*visit)).or_default().push(*visit);
            }
        }
        let is_origin = |visit: &usize| self.ground.is_origin(self.journey.component(*visit));
        let is_waited_for = |visit: &usize| {
            let mut calls = calls.iter().filter(|call| call.from != call.to);
            calls.any(|call| call.to == *visit && !call.asynchronous)
        };
        let starts = circles.into_values().flat_map(|begun| {
            let some = |is_one: &dyn Fn(&usize) -> bool| {
                let some: Vec<usize> = begun.iter().copied().filter(|at| is_one(at)).collect();
                Some(some).filter(|some| !some.is_empty())
            };
            let first = begun
                .iter()
                .copied()
                .min_by_key(|visit| self.ground.id(self.journey.component(*visit)));
            some(&is_origin)
                .or_else(|| some(&|visit| !is_waited_for(visit)))
                .unwrap_or_else(|| first.into_iter().collect())
        });
        starts.collect()
    }

    /// Marks what can be reached from some visits.
    fn flood(&self, mut from: Vec<usize>, reached: &mut [bool]) {
        while let Some(visit) = from.pop() {
            if let Some(slot @ false) = reached.get_mut(visit) {
                *slot = true;
                from.extend(self.journey.calls_of(visit).iter().map(|call| call.to));
            }
        }
    }
}
