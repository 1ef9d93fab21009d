//! Large structures end quickly, exactly or in bounds.
//!
//! Knows the interface; knows no clock: a test that hangs is the sign.

use super::super::{Diagram, Gate, Part, Place, Structure, bounds, minimal_cuts};
use super::{grid, network};

const NODES: usize = 200_000;
const UP: f64 = 0.999;

fn single_parts(count: usize) -> Vec<Part> {
    let place = |variable| Place {
        zone: Some(variable % 3),
        instances: 1,
    };
    (0..count)
        .map(|variable| Part {
            variable,
            up: vec![place(variable)],
            needed: 1,
        })
        .collect()
}

/// A chain of gates, each needing a part and the next gate, or one of the two.
fn chain(length: usize, next: impl Fn(usize, Vec<usize>) -> Gate) -> Structure {
    let mut gates: Vec<Gate> = (0..length)
        .map(|gate| next(gate, vec![length + gate, gate + 1]))
        .collect();
    gates.extend((0..length).map(Gate::Up));
    gates[length - 1] = Gate::All(vec![2 * length - 1]);
    Structure { gates, root: 0 }
}

#[test]
fn a_chain_of_thirty_thousand_gates_is_exact() {
    let series = chain(30_000, |_, below| Gate::All(below));
    let diagram = Diagram::of(&series, NODES).unwrap();
    assert!((diagram.probability(&|_| 0.999_99) - 0.999_99_f64.powi(30_000)).abs() < 1e-12);
    let (lower, upper) = bounds(&series, &|_| 0.999_99, 1_000);
    assert!((lower - 0.999_99_f64.powi(30_000)).abs() < 1e-10 && upper >= lower);
    minimal_cuts(&series, &single_parts(30_000), 3, 1_000);
}

#[test]
fn a_chain_of_gates_by_turns_is_exact() {
    let turns = chain(30_000, |gate, below| match gate % 2 {
        0 => Gate::All(below),
        _ => Gate::Any(below),
    });
    assert!(Diagram::of(&turns, NODES).unwrap().probability(&|_| UP) > 0.998);
    bounds(&turns, &|_| UP, 1_000);
    minimal_cuts(&turns, &single_parts(30_000), 3, 1_000);
}

#[test]
fn a_row_of_nodes_that_see_each_other_is_exact() {
    let row = grid(20_000, 1);
    let found = Diagram::of(&row, NODES).unwrap().probability(&|_| UP);
    assert!((found - UP.powi(20_000)).abs() < 1e-12);
    minimal_cuts(&row, &single_parts(20_000), 3, 1_000);
}

#[test]
fn a_complete_graph_of_two_hundred_nodes_ends() {
    let edges = (0..200).flat_map(|from| (0..200).map(move |to| (from, to)));
    let edges: Vec<(usize, usize)> = edges.filter(|(from, to)| from != to).collect();
    let complete = network(200, &edges);
    let (lower, upper) = bounds(&complete, &|_| UP, 20_000);
    assert!((lower - UP * UP).abs() < 1e-9 && upper - lower < 1e-9);
    if let Some(diagram) = Diagram::of(&complete, NODES) {
        assert!((diagram.probability(&|_| UP) - UP * UP).abs() < 1e-12);
    }
    minimal_cuts(&complete, &single_parts(200), 3, 1_000);
}

#[test]
fn a_ladder_of_two_hundred_rungs_is_exact() {
    let ladder = grid(200, 2);
    let exact = Diagram::of(&ladder, NODES).unwrap().probability(&|_| UP);
    let (lower, upper) = bounds(&ladder, &|_| UP, 20_000);
    assert!(
        lower <= exact + 1e-12 && exact <= upper + 1e-12,
        "{lower} {exact} {upper}"
    );
    let cuts = minimal_cuts(&ladder, &single_parts(400), 3, 1_000);
    assert!(cuts.complete || !cuts.minimal.is_empty());
}

#[test]
fn a_grid_of_ten_by_ten_ends_with_close_bounds() {
    let structure = grid(10, 10);
    let (lower, upper) = bounds(&structure, &|_| UP, 20_000);
    assert!(upper - lower < 1e-6, "{lower} to {upper}");
    if let Some(diagram) = Diagram::of(&structure, NODES) {
        let exact = diagram.probability(&|_| UP);
        assert!(
            lower <= exact + 1e-12 && exact <= upper + 1e-12,
            "{lower} {exact} {upper}"
        );
    }
    minimal_cuts(&structure, &single_parts(100), 3, 1_000);
}
