//! Exact reliability by a decision diagram: probability, importance.
//!
//! Knows structures and probabilities of parts that are independent; knows no failure domain.

use std::collections::BTreeMap;

use super::equations::Solution;
use super::groups::groups;
use super::nodes::{ALWAYS, Function, Node};
use super::reduction::reduced;
use super::structure::{Gate, Structure};

/// An ordered binary decision diagram of a structure (Bryant, *Graph-based algorithms for Boolean function
/// manipulation*, 1986), variables ordered by first visit in breadth-first order from the root. For fault trees: Rauzy,
/// *New algorithms for fault trees analysis* (1993).
#[derive(Clone, Debug)]
pub struct Diagram {
    /// Every node behind those that it leads to; the two constants first.
    nodes: Vec<Node>,
    root: Function,
    /// The variable of each level, as far as the level has one.
    variables: BTreeMap<usize, usize>,
}

impl Diagram {
    /// The diagram of a structure. None where it would take more than so many nodes on the way, or more work than they
    /// pay for.
    pub fn of(structure: &Structure, most_nodes: usize) -> Option<Self> {
        let gates = reduced(structure);
        let mut solution = Solution::new(&gates, most_nodes);
        for group in groups(&gates) {
            solution.solve(&group)?;
        }
        let root = solution.function(0)?;
        let (nodes, root) = solution.nodes.alone(root);
        Some(Self {
            nodes,
            root,
            variables: variables(&gates),
        })
    }

    /// The probability that the structure works where parts are independent and variable v is up with `up(v)`, from 0 to
    /// 1. Shannon's expansion, one step a node.
    pub fn probability(&self, up: &dyn Fn(usize) -> f64) -> f64 {
        let chances = self.chances(up);
        self.probabilities(&chances)
            .get(self.root)
            .copied()
            .unwrap_or(0.0)
    }

    /// How much the probability to work grows with that of each variable it depends on, dP/dp: P(works | v up) -
    /// P(works | v down) (Birnbaum, *On the importance of different components in a multicomponent system*, 1969). One
    /// pass forward and one backward.
    pub fn importance(&self, up: &dyn Fn(usize) -> f64) -> BTreeMap<usize, f64> {
        let chances = self.chances(up);
        let works = self.probabilities(&chances);
        let works = |function: Function| works.get(function).copied().unwrap_or(0.0);
        let mut reached = vec![0.0; self.nodes.len()];
        add(&mut reached, self.root, 1.0);
        let mut importance = BTreeMap::new();
        for (number, (node, chance)) in self.nodes.iter().zip(&chances).enumerate().rev() {
            let Some(&variable) = self.variables.get(&node.level) else {
                continue; // a constant
            };
            let here = reached.get(number).copied().unwrap_or(0.0);
            add(&mut reached, node.high, here * chance);
            add(&mut reached, node.low, here * (1.0 - chance));
            *importance.entry(variable).or_insert(0.0) +=
                here * (works(node.high) - works(node.low));
        }
        importance
    }

    /// For each node the probability that its variable is up.
    fn chances(&self, up: &dyn Fn(usize) -> f64) -> Vec<f64> {
        let chances: BTreeMap<usize, f64> = self
            .variables
            .iter()
            .map(|(level, variable)| (*level, up(*variable)))
            .collect();
        let chance = |node: &Node| chances.get(&node.level).copied().unwrap_or(0.0);
        self.nodes.iter().map(chance).collect()
    }

    /// For each node the probability that its function is true.
    fn probabilities(&self, chances: &[f64]) -> Vec<f64> {
        let mut works: Vec<f64> = Vec::with_capacity(self.nodes.len());
        for (number, (node, chance)) in self.nodes.iter().zip(chances).enumerate() {
            let of = |function: Function| works.get(function).copied().unwrap_or(0.0);
            works.push(if self.variables.contains_key(&node.level) {
                chance * of(node.high) + (1.0 - chance) * of(node.low)
            } else {
                f64::from(u8::from(number == ALWAYS))
            });
        }
        works
    }
}

fn add(sums: &mut [f64], at: usize, amount: f64) {
    if let Some(sum) = sums.get_mut(at) {
        *sum += amount;
    }
}

/// The variables by the numbers of their gates.
fn variables(gates: &[Gate]) -> BTreeMap<usize, usize> {
    let numbered = gates.iter().enumerate();
    let variable = numbered.filter_map(|(number, gate)| match gate {
        Gate::Up(variable) => Some((number, *variable)),
        _ => None,
    });
    variable.collect()
}
