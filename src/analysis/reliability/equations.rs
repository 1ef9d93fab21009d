//! Gates that ask for each other, solved as equations between functions: the least solution.
//!
//! Knows nodes of diagrams and the gates of one group; knows no probability.

use std::collections::{BTreeMap, BTreeSet};

use super::nodes::{ALWAYS, Function, Join, NEVER, Nodes};
use super::structure::{Gate, above};

/// What is known while gates are solved. The level of a variable is the number of its gate.
pub(super) struct Solution<'g> {
    /// Where the functions are.
    pub nodes: Nodes,
    gates: &'g [Gate],
    above: Vec<Vec<usize>>,
    /// What was found for each gate that is no variable; `NEVER` until then.
    functions: Vec<Function>,
}

/// A gate as what makes it work without its group, and what makes it work if another gate of its group does.
#[derive(Clone, Debug)]
struct Equation {
    alone: Function,
    shares: BTreeMap<usize, Function>,
}

impl<'g> Solution<'g> {
    /// Nothing known yet of the gates of a reduced structure.
    pub(super) fn new(gates: &'g [Gate], most_nodes: usize) -> Self {
        Self {
            nodes: Nodes::new(most_nodes),
            gates,
            above: above(gates),
            functions: vec![NEVER; gates.len()],
        }
    }

    /// The function of a gate, as far as it is known. None beyond the budget.
    pub(super) fn function(&mut self, gate: usize) -> Option<Function> {
        match self.gates.get(gate) {
            Some(Gate::Up(_)) => self.nodes.test(gate, NEVER, ALWAYS),
            _ => self.functions.get(gate).copied(),
        }
    }

    /// Solves one group, all that it asks for being solved. None beyond the budget.
    pub(super) fn solve(&mut self, group: &[usize]) -> Option<()> {
        match group {
            // A gate that asks for itself is read once with itself failing: for one gate that is the least solution.
            [gate] => self.refresh(*gate).map(|_| ()),
            _ if self.is_linear(group) => self.eliminate(group),
            _ => self.sweep(group),
        }
    }

    /// Computes a gate from what is known of those below. Whether that changed it.
    fn refresh(&mut self, number: usize) -> Option<bool> {
        let function = match self.gates.get(number)? {
            Gate::Up(_) => return Some(false),
            Gate::All(below) => self.joined(Join::And, below)?,
            Gate::Any(below) => self.joined(Join::Or, below)?,
        };
        let known = self.functions.get_mut(number)?;
        let changed = *known != function;
        *known = function;
        Some(changed)
    }

    /// The functions of gates, joined from the lowest level upwards, which takes a node for each in a row of variables.
    fn joined(&mut self, join: Join, below: &[usize]) -> Option<Function> {
        let mut operands: Vec<(usize, usize)> = below
            .iter()
            .map(|gate| (self.level(*gate), *gate))
            .collect();
        operands.sort_unstable_by(|one, other| other.cmp(one));
        let mut result = join.neutral();
        for (level, gate) in operands {
            let is_variable = level == gate;
            result = if is_variable && level < self.nodes.node(result).level {
                match join {
                    Join::And => self.nodes.test(level, NEVER, result)?,
                    Join::Or => self.nodes.test(level, result, ALWAYS)?,
                }
            } else {
                let operand = self.function(gate)?;
                self.nodes.join(join, operand, result)?
            };
        }
        Some(result)
    }

    fn level(&self, gate: usize) -> usize {
        match self.gates.get(gate) {
            Some(Gate::Up(_)) => gate,
            _ => {
                let function = self.functions.get(gate).copied().unwrap_or(NEVER);
                self.nodes.node(function).level
            }
        }
    }

    /// Repeats in both directions by turns until nothing changes (Kleene's least fixed point).
    fn sweep(&mut self, group: &[usize]) -> Option<()> {
        loop {
            let mut changed = false;
            for &gate in group.iter().rev().chain(group) {
                changed |= self.refresh(gate)?;
            }
            if !changed {
                return Some(());
            }
        }
    }

    /// Whether no gate needs two others of its group at once, as in a network where a way is a row of steps.
    fn is_linear(&self, group: &[usize]) -> bool {
        group.iter().all(|gate| match self.gates.get(*gate) {
            Some(Gate::All(below)) => parted(below, group).0.len() < 2,
            _ => true,
        })
    }

    /// Takes one gate after the other out of the equations of the rest, the farthest from the root first, so that no
    /// function speaks of more than what lies behind; then sets in what was found. A gate's share of itself is void:
    /// x = a or (b and x) has the least solution a (Backhouse & Carré, *Regular algebra applied to path-finding
    /// problems*, 1975).
    fn eliminate(&mut self, group: &[usize]) -> Option<()> {
        let mut open = BTreeMap::new();
        for &gate in group {
            open.insert(gate, self.equation(gate, group)?);
        }
        let mut users = users(&open);
        let mut solved = BTreeMap::new();
        while let Some((gate, mut equation)) = open.pop_last() {
            equation.shares.remove(&gate);
            for user in users.remove(&gate).into_iter().flatten() {
                let Some(using) = open.get_mut(&user) else {
                    continue;
                };
                self.set_in(using, gate, &equation)?;
                for &share in equation.shares.keys() {
                    users.entry(share).or_default().insert(user);
                }
            }
            solved.insert(gate, equation);
        }
        let asked = self.asked(&solved);
        for (gate, equation) in solved.iter().filter(|(gate, _)| asked.contains(gate)) {
            let function = self.value(equation)?;
            *self.functions.get_mut(*gate)? = function;
        }
        Some(())
    }

    fn equation(&mut self, gate: usize, group: &[usize]) -> Option<Equation> {
        let gates = self.gates;
        let (inner, alone, share) = match gates.get(gate)? {
            Gate::All(below) => {
                let (inner, outer) = parted(below, group);
                (inner, NEVER, self.joined(Join::And, &outer)?)
            }
            other => {
                let (inner, outer) = parted(other.below(), group);
                (inner, self.joined(Join::Or, &outer)?, ALWAYS)
            }
        };
        let shares = inner.into_iter().map(|other| (other, share)).collect();
        Some(Equation { alone, shares })
    }

    /// Replaces a gate in an equation by its own equation.
    fn set_in(&mut self, into: &mut Equation, gate: usize, equation: &Equation) -> Option<()> {
        let Some(share) = into.shares.remove(&gate) else {
            return Some(());
        };
        let alone = self.nodes.join(Join::And, share, equation.alone)?;
        into.alone = self.nodes.join(Join::Or, into.alone, alone)?;
        for (&other, &further) in &equation.shares {
            let added = self.nodes.join(Join::And, share, further)?;
            let known = into.shares.entry(other).or_insert(NEVER);
            *known = self.nodes.join(Join::Or, *known, added)?;
        }
        Some(())
    }

    /// The gates that others outside need, and those that these are found from, which stand before them.
    fn asked(&self, solved: &BTreeMap<usize, Equation>) -> BTreeSet<usize> {
        let mut asked = BTreeSet::new();
        for (gate, equation) in solved.iter().rev() {
            let mut above = self.above.get(*gate).into_iter().flatten();
            let is_entry = *gate == 0 || above.any(|asking| !solved.contains_key(asking));
            if is_entry || asked.contains(gate) {
                asked.insert(*gate);
                asked.extend(equation.shares.keys().copied());
            }
        }
        asked
    }

    fn value(&mut self, equation: &Equation) -> Option<Function> {
        let mut value = equation.alone;
        for (&gate, &share) in &equation.shares {
            let found = self.function(gate)?;
            let way = self.nodes.join(Join::And, share, found)?;
            value = self.nodes.join(Join::Or, value, way)?;
        }
        Some(value)
    }
}

/// The gates of a list inside and outside a group.
fn parted(below: &[usize], group: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let is_inside = |gate: &usize| group.binary_search(gate).is_ok();
    below.iter().copied().partition(is_inside)
}

/// Which equations each gate has a share in.
fn users(equations: &BTreeMap<usize, Equation>) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut users: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (gate, equation) in equations {
        for share in equation.shares.keys() {
            users.entry(*share).or_default().insert(*gate);
        }
    }
    users
}
