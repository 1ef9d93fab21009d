//! Cut sets against all multisets of losses.
//!
//! Knows the interface; knows no families.

use std::collections::BTreeMap;

use super::super::{Gate, Loss, Part, Place, Structure, minimal_cuts};
use super::{Dice, any_network, any_structure, works_by_definition};

fn stops(structure: &Structure, parts: &[Part], lost: &[Loss]) -> bool {
    let is_up = |variable: usize| {
        let Some(part) = parts.iter().find(|part| part.variable == variable) else {
            return true;
        };
        let mut left: BTreeMap<Option<usize>, u64> = BTreeMap::new();
        for place in &part.up {
            *left.entry(place.zone).or_default() += place.instances;
        }
        for loss in lost {
            match *loss {
                Loss::Zone(zone) => drop(left.remove(&Some(zone))),
                Loss::Instance { variable: of, zone } if of == variable => {
                    left.entry(zone)
                        .and_modify(|count| *count = count.saturating_sub(1));
                }
                Loss::Instance { .. } => {}
            }
        }
        left.values().sum::<u64>() >= part.needed
    };
    !works_by_definition(structure, &is_up)
}

/// All multisets of so many losses.
fn multisets(losses: &[Loss], length: usize) -> Vec<Vec<Loss>> {
    if length == 0 {
        return vec![Vec::new()];
    }
    let shorter = multisets(losses, length - 1);
    let longer = shorter.iter().flat_map(|set| {
        let last = set.last().copied();
        let next = losses
            .iter()
            .filter(move |loss| last.is_none_or(|last| last <= **loss));
        next.map(|loss| set.iter().copied().chain([*loss]).collect())
    });
    longer.collect()
}

fn by_all_multisets(structure: &Structure, parts: &[Part], order: usize) -> Vec<Vec<Loss>> {
    let mut losses: Vec<Loss> = Vec::new();
    for part in parts {
        let variable = part.variable;
        for Place { zone, .. } in &part.up {
            losses.push(Loss::Instance {
                variable,
                zone: *zone,
            });
            losses.extend(zone.map(Loss::Zone));
        }
    }
    losses.sort_unstable();
    losses.dedup();
    let mut found: Vec<Vec<Loss>> = Vec::new();
    for set in (0..=order).flat_map(|length| multisets(&losses, length)) {
        let is_minimal = (0..set.len()).all(|place| {
            let mut fewer = set.clone();
            fewer.remove(place);
            !stops(structure, parts, &fewer)
        });
        if is_minimal && stops(structure, parts, &set) {
            found.push(set);
        }
    }
    found
}

fn any_part(dice: &mut Dice, variable: usize) -> Part {
    let places = (0..=dice.below(3)).map(|_| Place {
        zone: [None, Some(0), Some(1), Some(2)][dice.below(4)],
        instances: [0, 1, 1, 1, 2, 3][dice.below(6)],
    });
    let up: Vec<Place> = places.collect();
    let all: u64 = up.iter().map(|place| place.instances).sum();
    let needed = match dice.below(12) {
        0 => 0,
        1 => all + 1,
        2..6 => 1.min(all),
        _ => 1 + dice.below(usize::try_from(all).unwrap() + 1).min(2) as u64,
    };
    Part {
        variable,
        up,
        needed: needed.min(all + 1),
    }
}

#[test]
fn cuts_equal_those_among_all_multisets() {
    let mut dice = Dice(4);
    let mut lengths = [0_usize; 4];
    for round in 0..400 {
        let variables = 2 + dice.below(4);
        let structure = if round % 2 == 0 {
            any_network(&mut dice, variables)
        } else {
            any_structure(&mut dice, variables)
        };
        let parts: Vec<Part> = (0..variables - dice.below(2))
            .map(|variable| any_part(&mut dice, variable))
            .collect();
        let found = minimal_cuts(&structure, &parts, 3, 10_000);
        let expected = by_all_multisets(&structure, &parts, 3);
        assert!(found.complete);
        assert_eq!(found.minimal, expected, "{structure:?} {parts:?}");
        found.minimal.iter().for_each(|cut| lengths[cut.len()] += 1);
    }
    assert!(lengths.iter().all(|count| *count > 30), "{lengths:?}");
}

#[test]
fn a_cut_of_any_order_is_found() {
    let structure = Structure {
        gates: vec![Gate::Up(0)],
        root: 0,
    };
    let parts = [Part {
        variable: 0,
        up: vec![Place {
            zone: Some(4),
            instances: 6,
        }],
        needed: 2,
    }];
    let one = Loss::Instance {
        variable: 0,
        zone: Some(4),
    };
    let cuts = minimal_cuts(&structure, &parts, usize::MAX, 10);
    assert!(cuts.complete);
    assert_eq!(cuts.minimal, [vec![Loss::Zone(4)], vec![one; 5]]);
}

#[test]
fn cuts_that_are_not_all_are_still_minimal() {
    let mut dice = Dice(5);
    for _ in 0..300 {
        let variables = 4 + dice.below(3);
        let structure = any_network(&mut dice, variables);
        let parts: Vec<Part> = (0..variables)
            .map(|variable| any_part(&mut dice, variable))
            .collect();
        let found = minimal_cuts(&structure, &parts, 3, 2);
        let expected = by_all_multisets(&structure, &parts, 3);
        assert!(!found.complete || found.minimal == expected);
        assert!(
            found.minimal.iter().all(|cut| expected.contains(cut)),
            "{structure:?} {parts:?}"
        );
        let single = |cuts: &[Vec<Loss>]| cuts.iter().filter(|cut| cut.len() < 2).count();
        assert_eq!(
            single(&found.minimal),
            single(&expected),
            "no single point is left out"
        );
    }
}
