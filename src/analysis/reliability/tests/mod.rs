//! Structures to test with, and their reliability by going through all states.
//!
//! Knows the interface; knows no way to compute anything fast.

mod bounding;
mod cutting;
mod exact;
mod instances;
mod scale;

use super::{Gate, Structure};

/// Numbers that look random: splitmix64 (Steele, Lea & Flood 2014).
pub(super) struct Dice(pub u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() % end as u64).unwrap()
    }

    pub(super) fn chance(&mut self) -> f64 {
        f64::from(u32::try_from(self.roll() >> 40).unwrap()) / f64::from(1 << 24)
    }
}

/// Gates at random, that may ask for any other, so that there are cycles, gates without gates below and gates that are
/// not there.
pub(super) fn any_structure(dice: &mut Dice, variables: usize) -> Structure {
    let count = 1 + dice.below(3 * variables);
    let gates = (0..count).map(|_| {
        let width = [0, 1, 2, 2, 2, 3, 3, 4][dice.below(8)];
        let below =
            (0..width).map(|_| dice.below(count + variables) + usize::from(dice.below(60) == 0));
        let below = below.collect();
        if dice.below(2) == 0 {
            Gate::All(below)
        } else {
            Gate::Any(below)
        }
    });
    let mut gates: Vec<Gate> = gates.collect();
    gates.extend((0..variables).map(Gate::Up));
    Structure { gates, root: 0 }
}

/// Whether a way leads from the first node to the last, nodes being parts: gates 2n and 2n + 1 for node n.
pub(super) fn network(nodes: usize, edges: &[(usize, usize)]) -> Structure {
    let mut gates = Vec::new();
    let arrived = 3 * nodes; // always
    for node in 0..nodes {
        let next = edges.iter().filter(|(from, _)| *from == node);
        let mut next: Vec<usize> = next.map(|(_, to)| 3 * to).collect();
        if node + 1 == nodes {
            next = vec![arrived];
        }
        gates.push(Gate::All(vec![3 * node + 1, 3 * node + 2]));
        gates.push(Gate::Up(node));
        gates.push(Gate::Any(next));
    }
    gates.push(Gate::All(Vec::new()));
    Structure { gates, root: 0 }
}

/// Edges in both directions between neighbours of a grid.
pub(super) fn grid(width: usize, height: usize) -> Structure {
    let mut edges = Vec::new();
    for (row, column) in (0..height).flat_map(|row| (0..width).map(move |column| (row, column))) {
        let here = row * width + column;
        if column + 1 < width {
            edges.extend([(here, here + 1), (here + 1, here)]);
        }
        if row + 1 < height {
            edges.extend([(here, here + width), (here + width, here)]);
        }
    }
    network(width * height, &edges)
}

pub(super) fn any_network(dice: &mut Dice, nodes: usize) -> Structure {
    let density = 1 + dice.below(3);
    let edges: Vec<(usize, usize)> = (0..nodes * density)
        .map(|_| (dice.below(nodes), dice.below(nodes)))
        .collect();
    network(nodes, &edges)
}

/// How many variables: few mostly, at times up to 16.
pub(super) fn few(dice: &mut Dice, round: usize) -> usize {
    if round.is_multiple_of(50) {
        2 + dice.below(15)
    } else {
        2 + dice.below(6)
    }
}

/// The sum over all states in which the structure works, by the definition of the least fixed point.
pub(super) fn by_all_states(structure: &Structure, chances: &[f64]) -> f64 {
    (0..1_usize << chances.len())
        .filter(|state| works_by_definition(structure, &|part| state >> part & 1 == 1))
        .map(|state| {
            let chance = |(part, up): (usize, &f64)| {
                if state >> part & 1 == 1 {
                    *up
                } else {
                    1.0 - up
                }
            };
            chances.iter().enumerate().map(chance).product::<f64>()
        })
        .sum()
}

pub(super) fn works_by_definition(structure: &Structure, up: &dyn Fn(usize) -> bool) -> bool {
    let mut works = vec![false; structure.gates.len()];
    loop {
        let at = |gate: &usize| works.get(*gate) == Some(&true);
        let next: Vec<bool> = structure
            .gates
            .iter()
            .map(|gate| match gate {
                Gate::Up(variable) => up(*variable),
                Gate::All(below) => below.iter().all(at),
                Gate::Any(below) => below.iter().any(at),
            })
            .collect();
        if next == works {
            return works.get(structure.root) == Some(&true);
        }
        works = next;
    }
}

#[test]
fn forward_chaining_finds_what_the_definition_says() {
    let mut dice = Dice(7);
    for round in 0..2_000 {
        let structure = if round % 2 == 0 {
            any_structure(&mut dice, 6)
        } else {
            any_network(&mut dice, 6)
        };
        let state = dice.below(64);
        let up = |part: usize| state >> part & 1 == 1;
        assert_eq!(
            structure.works(&up),
            works_by_definition(&structure, &up),
            "{structure:?}"
        );
    }
}
