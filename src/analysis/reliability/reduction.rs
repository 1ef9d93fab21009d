//! What of a structure its root depends on, with gates that only pass on taken out.
//!
//! Knows the shape of a structure; knows no state and no probability.

use std::collections::{BTreeMap, VecDeque};

use super::structure::{Gate, Structure};

/// The same structure function in few gates: numbered by first visit in breadth-first order from the root, which is gate
/// 0; each variable in one gate; no gate with a single gate below, no conjunction of one conjunction's own. Every gate
/// below exists and is named once.
pub(super) fn reduced(structure: &Structure) -> Vec<Gate> {
    let target = targets(&structure.gates);
    let mut walk = Walk {
        gates: &structure.gates,
        uses: uses(structure, &target),
        target,
        numbers: BTreeMap::new(),
        variables: BTreeMap::new(),
        waiting: VecDeque::new(),
    };
    walk.number(structure.root);
    let mut reduced = Vec::new();
    while let Some(gate) = walk.waiting.pop_front() {
        reduced.push(walk.rewritten(gate));
    }
    reduced
}

/// A gate that does not exist: it never works.
const NOWHERE: usize = usize::MAX;

struct Walk<'s> {
    gates: &'s [Gate],
    target: Vec<usize>,
    uses: Vec<usize>,
    numbers: BTreeMap<usize, usize>,
    variables: BTreeMap<usize, usize>,
    waiting: VecDeque<usize>,
}

impl Walk<'_> {
    /// The new number of a gate, given out at its first visit.
    fn number(&mut self, gate: usize) -> usize {
        let gate = end(&self.target, gate);
        let gate = match self.gates.get(gate) {
            Some(Gate::Up(variable)) => *self.variables.entry(*variable).or_insert(gate),
            Some(_) => gate,
            None => NOWHERE,
        };
        let next = self.numbers.len();
        *self.numbers.entry(gate).or_insert_with(|| {
            self.waiting.push_back(gate);
            next
        })
    }

    fn rewritten(&mut self, gate: usize) -> Gate {
        match self.gates.get(gate) {
            Some(Gate::Up(variable)) => Gate::Up(*variable),
            Some(Gate::All(_)) => Gate::All(self.below(gate)),
            Some(Gate::Any(_)) => Gate::Any(self.below(gate)),
            None => Gate::Any(Vec::new()),
        }
    }

    /// The gates below, with those of a gate of the same sort that nothing else asks for in its place.
    fn below(&mut self, gate: usize) -> Vec<usize> {
        let mut below = Vec::new();
        let mut open = self.ends_below(gate);
        while let Some(at) = open.pop() {
            if self.merges(gate, at) {
                open.extend(self.ends_below(at));
            } else {
                below.push(self.number(at));
            }
        }
        below.sort_unstable();
        below.dedup();
        below
    }

    /// What decides the gates below, the first one last.
    fn ends_below(&self, gate: usize) -> Vec<usize> {
        let below = self.gates.get(gate).map_or(&[][..], Gate::below);
        below
            .iter()
            .rev()
            .map(|next| end(&self.target, *next))
            .collect()
    }

    /// Whether a gate may stand in place of one below. One that nothing else asks for and that is not the root is in no
    /// cycle of such gates alone, for no way would lead into it; so merging ends.
    fn merges(&self, into: usize, gate: usize) -> bool {
        let same = matches!(
            (self.gates.get(into), self.gates.get(gate)),
            (Some(Gate::All(_)), Some(Gate::All(_))) | (Some(Gate::Any(_)), Some(Gate::Any(_)))
        );
        same && into != gate && self.uses.get(gate) == Some(&1)
    }
}

fn end(target: &[usize], gate: usize) -> usize {
    target.get(gate).copied().unwrap_or(NOWHERE)
}

/// For each gate the one that decides it: itself, or where a row of gates with a single gate below ends. A row that
/// ends in itself never works.
fn targets(gates: &[Gate]) -> Vec<usize> {
    let mut target: Vec<Option<usize>> = vec![None; gates.len()];
    for start in 0..gates.len() {
        let mut row = Vec::new();
        let mut at = start;
        let end = loop {
            match target.get_mut(at) {
                None => break NOWHERE,
                Some(Some(known)) => break *known,
                Some(open) => *open = Some(NOWHERE),
            }
            row.push(at);
            match gates.get(at).map(Gate::below) {
                Some([only]) => at = *only,
                _ => break at,
            }
        };
        for gate in row {
            if let Some(known) = target.get_mut(gate) {
                *known = Some(end);
            }
        }
    }
    let ends = target.into_iter().map(|end| end.unwrap_or(NOWHERE));
    ends.collect()
}

/// How often each gate is asked for, by gates that are not passed over; the root, from outside too.
fn uses(structure: &Structure, target: &[usize]) -> Vec<usize> {
    let mut uses = vec![0_usize; structure.gates.len()];
    let mut count = |gate: usize| {
        if let Some(uses) = uses.get_mut(end(target, gate)) {
            *uses += 1;
        }
    };
    count(structure.root);
    for (number, gate) in structure.gates.iter().enumerate() {
        if end(target, number) == number {
            gate.below().iter().copied().for_each(&mut count);
        }
    }
    uses
}
