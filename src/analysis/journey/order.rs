//! The order in which a journey is walked, and the calls that are cut where it would never end.
//!
//! Knows visits and calls; knows no components.

use std::collections::VecDeque;

use super::{Call, Journey};
use crate::graph::Graph;

impl Journey {
    /// Finds the calls that lead back, and the order of the visits.
    pub(super) fn settle(&mut self) {
        if let Some(order) = self.sorted(|call| !call.back) {
            self.order = order;
            return;
        }
        self.cut_cycles();
        self.order = self.sorted(|call| !call.back).unwrap_or_default();
    }

    /// The visits, callers before callees by the calls that count (Kahn, Communications of the ACM 5, 1962); none where those
    /// lead round in a circle.
    fn sorted(&self, counts: impl Fn(&Call) -> bool) -> Option<Vec<usize>> {
        let mut waiting = vec![0_usize; self.visits.len()];
        for call in self.calls.iter().filter(|call| counts(call)) {
            if let Some(slot) = waiting.get_mut(call.to) {
                *slot += 1;
            }
        }
        let free = |(visit, waits): (usize, &usize)| (*waits == 0).then_some(visit);
        let mut order: Vec<usize> = waiting.iter().enumerate().filter_map(free).collect();
        let mut at = 0;
        while let Some(visit) = order.get(at).copied() {
            at += 1;
            for call in self.calls_of(visit).iter().filter(|call| counts(call)) {
                if let Some(slot) = waiting.get_mut(call.to) {
                    *slot -= 1;
                    if *slot == 0 {
                        order.push(call.to);
                    }
                }
            }
        }
        (order.len() == self.visits.len()).then_some(order)
    }

    /// Within a cycle only calls that lead further from the starts go on; so the outcome does not depend on any order of
    /// writing. What somebody waits for goes before what is handed on: a call is not cut because a message took a shorter way.
    fn cut_cycles(&mut self) {
        let level = self.levels();
        let is_waited =
            |call: &Call| !call.asynchronous && level.get(call.from) == level.get(call.to);
        let waited = self.calls.iter().filter(|call| is_waited(call));
        let graph = Graph::of(self.visits.len(), waited.map(ends));
        let handed = self
            .calls
            .iter()
            .filter(|call| call.asynchronous && level.get(call.to) > level.get(call.from));
        let entries: Vec<usize> = self.starts().chain(handed.map(|call| call.to)).collect();
        let (depth, group) = (graph.depths(&entries), graph.groups());
        for call in self.calls.iter_mut().filter(|call| is_waited(call)) {
            let same = group.get(call.from) == group.get(call.to);
            call.back = same && depth.get(call.to) <= depth.get(call.from);
        }
        let rank = self.ranks(|call| is_waited(call) && !call.back);
        let left = self.calls.iter().filter(|call| !call.back);
        let group = Graph::of(self.visits.len(), left.map(ends)).groups();
        let place = |visit: usize| (level.get(visit), rank.get(visit));
        for call in self.calls.iter_mut().filter(|call| !call.back) {
            let same = group.get(call.from) == group.get(call.to);
            call.back = same && place(call.to) <= place(call.from);
        }
    }

    /// How often a request was handed on before it gets to each visit, at least.
    fn levels(&self) -> Vec<usize> {
        let mut level = vec![usize::MAX; self.visits.len()];
        let mut open: VecDeque<(usize, usize)> = self.starts().map(|start| (start, 0)).collect();
        while let Some((visit, handed)) = open.pop_front() {
            let Some(known) = level.get_mut(visit).filter(|known| handed < **known) else {
                continue;
            };
            *known = handed;
            for call in self.calls_of(visit) {
                if call.asynchronous {
                    open.push_back((call.to, handed + 1));
                } else {
                    open.push_front((call.to, handed));
                }
            }
        }
        level
    }

    /// How many calls that count lie before each visit, at most; they lead round in no circle.
    fn ranks(&self, counts: impl Fn(&Call) -> bool) -> Vec<usize> {
        let mut rank = vec![0_usize; self.visits.len()];
        for visit in self.sorted(&counts).unwrap_or_default() {
            let next = rank.get(visit).map_or(0, |rank| rank + 1);
            for call in self.calls_of(visit).iter().filter(|call| counts(call)) {
                if let Some(slot) = rank.get_mut(call.to) {
                    *slot = next.max(*slot);
                }
            }
        }
        rank
    }
}

const fn ends(call: &Call) -> (usize, usize) {
    (call.from, call.to)
}
