//! Structure functions as graphs of gates, and whether one works in a given state.
//!
//! Knows AND and OR gates, cycles among them included; knows no probabilities.

/// Whether something works, as a monotone function of parts that are up or down: an AND/OR graph of gates.
///
/// Gates may form cycles. Then the least fixed point counts: a gate works only if that follows from parts that are up,
/// which is reachability where the gates of a node ask for the next nodes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Structure {
    /// The gates, named by their place in this list.
    pub gates: Vec<Gate>,
    /// The gate that tells whether the whole works. A number without a gate never works.
    pub root: usize,
}

/// One condition of a structure. Numbers are those of gates, but for `Up`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gate {
    /// A part is up; the number of its variable.
    Up(usize),
    /// All of these gates work; without any, always.
    All(Vec<usize>),
    /// At least one of these gates works; without any, never.
    Any(Vec<usize>),
}

impl Gate {
    /// The gates that this one asks for.
    pub(super) fn below(&self) -> &[usize] {
        match self {
            Self::Up(_) => &[],
            Self::All(below) | Self::Any(below) => below,
        }
    }
}

impl Structure {
    /// Whether the root works when exactly these parts are up. Linear in gates and their connections.
    ///
    /// Forward chaining with a counter for each gate (Dowling & Gallier, *Linear-time algorithms for testing the
    /// satisfiability of propositional Horn formulae*, 1984).
    pub fn works(&self, up: &dyn Fn(usize) -> bool) -> bool {
        let above = above(&self.gates);
        let mut missing: Vec<usize> = self.gates.iter().map(|gate| missing(gate, up)).collect();
        let mut ready: Vec<usize> = (0..self.gates.len())
            .filter(|gate| missing.get(*gate) == Some(&0))
            .collect();
        while let Some(gate) = ready.pop() {
            if gate == self.root {
                return true;
            }
            for &asking in above.get(gate).into_iter().flatten() {
                let Some(left) = missing.get_mut(asking).filter(|left| **left > 0) else {
                    continue;
                };
                *left -= 1;
                if *left == 0 {
                    ready.push(asking);
                }
            }
        }
        false
    }
}

/// How many gates below must work before a gate does; more than there are for one that never does.
fn missing(gate: &Gate, up: &dyn Fn(usize) -> bool) -> usize {
    match gate {
        Gate::Up(variable) => usize::from(!up(*variable)),
        Gate::All(below) => below.len(),
        Gate::Any(_) => 1,
    }
}

/// The gates that ask for each gate, once for each time they do.
pub(super) fn above(gates: &[Gate]) -> Vec<Vec<usize>> {
    let mut above = vec![Vec::new(); gates.len()];
    for (number, gate) in gates.iter().enumerate() {
        for &below in gate.below() {
            if let Some(asking) = above.get_mut(below) {
                asking.push(number);
            }
        }
    }
    above
}
