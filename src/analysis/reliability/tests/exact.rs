//! Diagrams against textbook systems and against all states.
//!
//! Knows the interface; knows no nodes.

use super::super::{Diagram, Gate, Structure};
use super::{Dice, any_network, any_structure, by_all_states, few};

const NODES: usize = 200_000;

fn reliability(structure: &Structure, up: f64) -> f64 {
    Diagram::of(structure, NODES).unwrap().probability(&|_| up)
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-12
}

fn with_parts(parts: usize, mut gates: Vec<Gate>) -> Structure {
    let root = gates.len() + parts - 1;
    let mut all: Vec<Gate> = (0..parts).map(Gate::Up).collect();
    all.append(&mut gates);
    Structure { gates: all, root }
}

#[test]
fn parts_in_series_multiply() {
    let series = with_parts(3, vec![Gate::All(vec![0, 1, 2])]);
    assert!(near(reliability(&series, 0.9), 0.729));
}

#[test]
fn parts_in_parallel_fail_together() {
    let parallel = with_parts(3, vec![Gate::Any(vec![0, 1, 2])]);
    assert!(near(reliability(&parallel, 0.9), 0.999));
}

#[test]
fn two_of_three_is_the_textbook_figure() {
    let pairs = [[0, 1], [0, 2], [1, 2]].map(|pair| Gate::All(pair.to_vec()));
    let mut gates = pairs.to_vec();
    gates.push(Gate::Any(vec![3, 4, 5]));
    assert!(near(reliability(&with_parts(3, gates), 0.9), 0.972));
}

#[test]
fn the_bridge_is_the_textbook_figure() {
    let ways: [&[usize]; 4] = [&[0, 3], &[1, 4], &[0, 2, 4], &[1, 2, 3]];
    let mut gates: Vec<Gate> = ways.iter().map(|way| Gate::All(way.to_vec())).collect();
    gates.push(Gate::Any(vec![5, 6, 7, 8]));
    assert!(near(reliability(&with_parts(5, gates), 0.9), 0.97848));
}

#[test]
fn a_part_that_stands_in_two_branches_counts_once() {
    let gates = vec![
        Gate::All(vec![0, 1]),
        Gate::All(vec![0, 2]),
        Gate::All(vec![3, 4]),
    ];
    assert!(near(reliability(&with_parts(3, gates), 0.9), 0.729));
}

#[test]
fn what_needs_nothing_always_works_and_what_has_no_way_never() {
    for (gate, expected) in [
        (Gate::All(vec![]), 1.0),
        (Gate::Any(vec![]), 0.0),
        (Gate::Any(vec![0]), 0.0),
        (Gate::All(vec![0]), 0.0),
        (Gate::All(vec![7]), 0.0),
    ] {
        let structure = Structure {
            gates: vec![gate],
            root: 0,
        };
        assert!(
            near(reliability(&structure, 0.5), expected),
            "{structure:?}"
        );
    }
    assert!(near(reliability(&Structure::default(), 0.5), 0.0));
}

#[test]
fn a_budget_too_small_gives_nothing() {
    let series = with_parts(30, vec![Gate::All((0..30).collect())]);
    assert!(Diagram::of(&series, 29).is_none());
    assert!(Diagram::of(&series, 30).is_some());
}

/// Probability and importance are those by all states; the probability.
fn holds(structure: &Structure, chances: &[f64]) -> f64 {
    let up = |variable: usize| chances[variable];
    let diagram = Diagram::of(structure, NODES).unwrap();
    let expected = by_all_states(structure, chances);
    let found = diagram.probability(&up);
    assert!(
        near(found, expected),
        "{found} is not {expected}: {structure:?}"
    );
    let importance = diagram.importance(&up);
    for variable in 0..chances.len() {
        let at = |chance: f64| {
            diagram.probability(&|other| if other == variable { chance } else { up(other) })
        };
        let found = importance.get(&variable).copied().unwrap_or(0.0);
        assert!(
            near(found, at(1.0) - at(0.0)),
            "{variable} of {structure:?}"
        );
        let step = 1e-4;
        let slope = (at(up(variable) + step) - at(up(variable) - step)) / (2.0 * step);
        assert!((found - slope).abs() < 1e-9, "{variable} of {structure:?}");
    }
    expected
}

#[test]
fn a_thousand_graphs_of_gates_equal_the_sum_over_all_states() {
    let mut dice = Dice(1);
    let mut moved = 0;
    for round in 0..1_500 {
        let variables = few(&mut dice, round);
        let structure = any_structure(&mut dice, variables);
        let chances: Vec<f64> = (0..variables).map(|_| dice.chance()).collect();
        let found = holds(&structure, &chances);
        moved += usize::from(found > 0.0 && found < 1.0);
    }
    assert!(moved > 500, "only {moved} depend on any part");
}

#[test]
fn a_thousand_networks_equal_the_sum_over_all_states() {
    let mut dice = Dice(2);
    let mut moved = 0;
    for round in 0..1_500 {
        let nodes = few(&mut dice, round);
        let structure = any_network(&mut dice, nodes);
        let chances: Vec<f64> = (0..nodes).map(|_| dice.chance()).collect();
        moved += usize::from(holds(&structure, &chances) > 0.0);
    }
    assert!(moved > 500, "only {moved} have a way");
}
