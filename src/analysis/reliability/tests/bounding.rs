//! Bounds against exact figures.
//!
//! Knows the interface; knows no search.

use super::super::{Diagram, bounds};
use super::{Dice, any_network, any_structure, by_all_states, grid};

#[test]
fn bounds_enclose_the_exact_figure_whatever_the_steps() {
    let mut dice = Dice(3);
    for round in 0..1_000 {
        let variables = 2 + dice.below(6);
        let structure = if round % 2 == 0 {
            any_structure(&mut dice, variables)
        } else {
            any_network(&mut dice, variables)
        };
        let chances: Vec<f64> = (0..variables).map(|_| dice.chance()).collect();
        let expected = by_all_states(&structure, &chances);
        for steps in [0, 1, 3, 10, 100_000] {
            let (lower, upper) = bounds(&structure, &|part| chances[part], steps);
            assert!(
                lower <= expected + 1e-12 && expected <= upper + 1e-12,
                "{expected} is not from {lower} to {upper}: {structure:?}"
            );
            assert!(steps < 100_000 || upper - lower < 1e-12, "{structure:?}");
        }
    }
}

#[test]
fn bounds_of_certain_parts_meet_at_once() {
    let structure = grid(3, 3);
    assert_eq!(bounds(&structure, &|_| 1.0, 1), (1.0, 1.0));
    assert_eq!(bounds(&structure, &|_| 0.0, 1), (0.0, 0.0));
}

#[test]
fn bounds_of_grids_of_three_nines_are_close() {
    for size in [2, 4, 6] {
        let structure = grid(size, size);
        let exact = Diagram::of(&structure, 200_000)
            .unwrap()
            .probability(&|_| 0.999);
        let (lower, upper) = bounds(&structure, &|_| 0.999, 20_000);
        assert!(
            lower <= exact + 1e-12 && exact <= upper + 1e-12,
            "{size}: {lower} {exact} {upper}"
        );
        assert!(upper - lower < 1e-6, "{size}: {lower} to {upper}");
    }
}
