//! Guaranteed bounds of reliability where exact work is too much.
//!
//! Knows structures and probabilities of independent parts; knows no failure domain.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::rc::Rc;

use super::reduction::reduced;
use super::structure::{Gate, Structure, above};

/// How many gates and connections may be looked at in all: a second or so.
const MOST_WORK: usize = 20_000_000;

/// How many states may wait. Further ones stay undecided, which the bounds allow for.
const MOST_WAITING: usize = 1_000_000;

/// A lower and an upper bound of the probability that the structure works, parts being independent and variable v up with
/// `up(v)`. They meet, but for rounding, where the steps suffice.
///
/// Best-first factoring over partial states, the most probable first. A state in which the structure surely fails is taken
/// from the upper bound. In any other there is a most probable way to work; the state is divided by its parts v1 .. vk
/// into "v1 down", "v1 up, v2 down" and so on, and "all up", which surely works and adds to the lower bound (Dotson &
/// Gobien, *A new analysis technique for probabilistic graphs*, 1979). The steps are fewer than `most_steps` for huge
/// structures.
pub fn bounds(structure: &Structure, up: &dyn Fn(usize) -> f64, most_steps: usize) -> (f64, f64) {
    let gates = reduced(structure);
    let mut search = Search::new(&gates, up);
    let (mut works, mut fails) = (Sum::default(), Sum::default());
    let connections: usize = gates.iter().map(|gate| gate.below().len()).sum();
    let steps = most_steps.min(MOST_WORK / (gates.len() + connections));
    search.push(1.0, None);
    for _ in 0..steps.max(1) {
        let Some((chance, state)) = search.pop() else {
            break;
        };
        match search.cheapest_way(&search.costs_in(state.as_deref())) {
            None => fails.add(chance),
            Some(way) => works.add(search.divide(chance, state.as_ref(), way)),
        }
    }
    let lower = works.total().clamp(0.0, 1.0);
    (lower, (1.0 - fails.total()).clamp(lower, 1.0))
}

/// A partial state: of a way, the parts before a place are up and the one there is down; and what was decided before.
struct State {
    before: Option<Rc<State>>,
    way: Rc<[usize]>,
    place: usize,
}

type Waiting = (u64, Reverse<usize>);

struct Search<'g> {
    gates: &'g [Gate],
    above: Vec<Vec<usize>>,
    /// The probability of each gate that is a variable.
    chances: Vec<f64>,
    /// For each variable -ln of its probability; nothing for other gates.
    costs: Vec<f64>,
    waiting: BinaryHeap<Waiting>,
    states: Vec<Option<Rc<State>>>,
}

impl<'g> Search<'g> {
    fn new(gates: &'g [Gate], up: &dyn Fn(usize) -> f64) -> Self {
        let chance = |gate: &Gate| match gate {
            Gate::Up(variable) => up(*variable),
            _ => 1.0,
        };
        let chances: Vec<f64> = gates.iter().map(chance).collect();
        Self {
            gates,
            above: above(gates),
            costs: chances.iter().map(|chance| 0.0 - chance.ln()).collect(),
            chances,
            waiting: BinaryHeap::new(),
            states: Vec::new(),
        }
    }

    fn push(&mut self, chance: f64, state: Option<Rc<State>>) {
        if chance > 0.0 && self.waiting.len() < MOST_WAITING {
            // The bits of positive numbers are ordered as the numbers are; equal ones come as they were found.
            self.waiting
                .push((chance.to_bits(), Reverse(self.states.len())));
            self.states.push(state);
        }
    }

    /// The most probable state that waits.
    fn pop(&mut self) -> Option<(f64, Option<Rc<State>>)> {
        let (chance, Reverse(number)) = self.waiting.pop()?;
        let state = self.states.get_mut(number).and_then(Option::take);
        Some((f64::from_bits(chance), state))
    }

    /// Pushes the states in which a part of the way is down. The probability that all are up.
    fn divide(&mut self, chance: f64, before: Option<&Rc<State>>, way: Vec<usize>) -> f64 {
        let way: Rc<[usize]> = way.into();
        let mut left = chance;
        for (place, gate) in way.iter().enumerate() {
            let up = self.chances.get(*gate).copied().unwrap_or(0.0);
            let state = State {
                before: before.cloned(),
                way: Rc::clone(&way),
                place,
            };
            self.push(left * (1.0 - up), Some(Rc::new(state)));
            left *= up;
        }
        left
    }

    /// What each variable costs in a state: nothing if it is up, infinitely much if it is down.
    fn costs_in(&self, mut state: Option<&State>) -> Vec<f64> {
        let mut costs = self.costs.clone();
        while let Some(decided) = state {
            for (place, gate) in decided.way.iter().enumerate().take(decided.place + 1) {
                if let Some(cost) = costs.get_mut(*gate) {
                    *cost = if place < decided.place {
                        0.0
                    } else {
                        f64::INFINITY
                    };
                }
            }
            state = decided.before.as_deref();
        }
        costs
    }

    /// The undecided variables of a cheapest way to make the root work, none if it works already (Knuth, *A
    /// generalization of Dijkstra's algorithm*, 1977). None if it can't work.
    fn cheapest_way(&self, costs: &[f64]) -> Option<Vec<usize>> {
        let mut ways = Ways::new(self.gates, costs);
        while let Some(Reverse((cost, gate))) = ways.open.pop() {
            if gate == 0 {
                return Some(self.undecided(costs, &ways.by));
            }
            for &asking in self.above.get(gate).into_iter().flatten() {
                ways.settle(asking, gate, f64::from_bits(cost));
            }
        }
        None
    }

    /// The variables at the ends of a way that costs something, in order of first visit from the root.
    fn undecided(&self, costs: &[f64], by: &[Option<usize>]) -> Vec<usize> {
        let mut seen = vec![false; self.gates.len()];
        let mut open = vec![0];
        let mut found = Vec::new();
        while let Some(number) = open.pop() {
            match seen.get_mut(number) {
                Some(mark) if !*mark => *mark = true,
                _ => continue,
            }
            match self.gates.get(number) {
                Some(Gate::All(below)) => open.extend(below.iter().rev()),
                Some(Gate::Any(_)) => open.extend(by.get(number).copied().flatten()),
                _ => found.push(number),
            }
        }
        found.retain(|gate| costs.get(*gate).is_some_and(|cost| *cost > 0.0));
        found
    }
}

/// The cheapest ways found so far.
struct Ways<'g> {
    gates: &'g [Gate],
    /// Gates that can work, the cheapest first. Costs are no less than zero: their bits are ordered as they are.
    open: BinaryHeap<Reverse<(u64, usize)>>,
    /// For each gate how many below it are missing, and what those found cost together.
    missing: Vec<(usize, f64)>,
    /// The gate that a gate of alternatives works by.
    by: Vec<Option<usize>>,
}

impl<'g> Ways<'g> {
    fn new(gates: &'g [Gate], costs: &[f64]) -> Self {
        let mut open = BinaryHeap::new();
        for (number, (gate, cost)) in gates.iter().zip(costs).enumerate() {
            match gate {
                Gate::Up(_) if *cost < f64::INFINITY => {
                    open.push(Reverse((cost.to_bits(), number)));
                }
                Gate::All(below) if below.is_empty() => open.push(Reverse((0, number))),
                _ => {}
            }
        }
        Self {
            gates,
            open,
            missing: gates.iter().map(|gate| (gate.below().len(), 0.0)).collect(),
            by: vec![None; gates.len()],
        }
    }

    /// Notes for a gate that one below it works at a cost. Alternatives come in order of their cost: the first counts.
    fn settle(&mut self, asking: usize, below: usize, cost: f64) {
        let (Some(gate), Some((missing, sum)), Some(by)) = (
            self.gates.get(asking),
            self.missing.get_mut(asking),
            self.by.get_mut(asking),
        ) else {
            return;
        };
        *missing -= 1;
        *sum += cost;
        let all = matches!(gate, Gate::All(_));
        if all && *missing == 0 {
            self.open.push(Reverse((sum.to_bits(), asking)));
        } else if !all && by.is_none() {
            *by = Some(below);
            self.open.push(Reverse((cost.to_bits(), asking)));
        }
    }
}

/// A sum that keeps what rounding takes (Neumaier 1974).
#[derive(Default)]
struct Sum {
    sum: f64,
    lost: f64,
}

impl Sum {
    fn add(&mut self, amount: f64) {
        let sum = self.sum + amount;
        self.lost += if self.sum >= amount {
            (self.sum - sum) + amount
        } else {
            (amount - sum) + self.sum
        };
        self.sum = sum;
    }

    fn total(&self) -> f64 {
        self.sum + self.lost
    }
}
