//! Published examples come out, and what holds for every set of ratings holds.

use proptest::prelude::*;

use super::alpha::{alpha, icc, squared};
use super::kappa::{count, kappa, quadratic};
use super::*;

/// The pairs of a table of counts: one side by rows, the other by columns.
fn pairs<const K: usize>(table: [[usize; K]; K]) -> Vec<(usize, usize)> {
    let cells = table.iter().enumerate().flat_map(|(i, row)| {
        let cells = row.iter().enumerate();
        cells.flat_map(move |(j, number)| std::iter::repeat_n((i, j), *number))
    });
    cells.collect()
}

fn near(one: f64, other: f64, by: f64) -> bool {
    (one - other).abs() < by
}

fn same(one: usize, other: usize, _: usize) -> f64 {
    f64::from(u8::from(one == other))
}

fn linear(one: usize, other: usize, categories: usize) -> f64 {
    1.0 - count(one.abs_diff(other)) / count(categories - 1)
}

/// The weights of Cohen's example, whose disagreements weigh 1, 3 and 6.
fn of_cohen(one: usize, other: usize, _: usize) -> f64 {
    let disagreement = [[0.0, 1.0, 3.0], [1.0, 0.0, 6.0], [3.0, 6.0, 0.0]];
    1.0 - disagreement[one][other] / 6.0
}

#[test]
fn the_example_of_cohen_comes_out() {
    // Cohen (1968), table 1: 200 cases, kappa .492 and weighted kappa .348.
    let pairs = pairs([[88, 14, 18], [10, 40, 10], [2, 6, 12]]);
    assert!(near(kappa(&pairs, 3, same).unwrap().value, 0.492, 5e-4));
    assert!(near(kappa(&pairs, 3, of_cohen).unwrap().value, 0.348, 5e-4));
}

#[test]
fn standard_errors_are_those_of_the_statistics_package_vcd() {
    // Agresti (1990), table 2.10, as R's vcd has it: 0.1293 (0.0686) plain, 0.2374 (0.0783) with linear weights.
    let pairs = pairs([[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]]);
    for (weight, value, error) in [
        (same as fn(usize, usize, usize) -> f64, 0.1293, 0.0686),
        (linear, 0.2374, 0.0783),
    ] {
        let measured = kappa(&pairs, 4, weight).unwrap();
        assert!(near(measured.value, value, 5e-5), "{measured:?}");
        let stated = (measured.high - measured.low) / (2.0 * 1.959_964);
        assert!(near(stated, error, 5e-5), "{measured:?}");
    }
}

#[test]
fn quadratic_weights_are_those_of_the_statistics_package_irr() {
    // The first two raters of R's irr data set `anxiety`, on a scale from 1 to 6: 0.297.
    let one = [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3];
    let other = [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4];
    let pairs: Vec<_> = one.iter().zip(other).map(|(a, b)| (a - 1, b - 1)).collect();
    assert!(near(
        kappa(&pairs, 6, quadratic).unwrap().value,
        0.297,
        5e-4
    ));
}

#[test]
fn the_example_of_krippendorff_comes_out() {
    // Krippendorff (2011), example C: four observers, twelve units; .743 nominal, .849 interval.
    let unit = |text: &str| text.split(' ').map(|it| it.parse().unwrap()).collect();
    let units: Vec<Vec<f64>> = [
        "1 1 1", "2 2 3 2", "3 3 3 3", "3 3 3 3", "2 2 2 2", "1 2 3 4", "4 4 4 4", "1 1 2 1",
        "2 2 2 2", "5 5 5", "1 1", "3",
    ]
    .map(unit)
    .to_vec();
    let nominal = |one: f64, other: f64| f64::from(u8::from(!near(one, other, 1e-9)));
    assert!(near(alpha(&units, nominal).unwrap(), 0.743, 5e-4));
    assert!(near(alpha(&units, squared).unwrap(), 0.849, 5e-4));
}

#[test]
fn the_example_of_shrout_and_fleiss_comes_out() {
    // Shrout and Fleiss (1979), table 2: six targets, four judges; ICC(2,1) is .29.
    let rows = [
        [9.0, 2.0, 5.0, 8.0],
        [6.0, 1.0, 3.0, 2.0],
        [8.0, 4.0, 6.0, 8.0],
        [7.0, 1.0, 2.0, 6.0],
        [10.0, 5.0, 6.0, 9.0],
        [6.0, 2.0, 4.0, 7.0],
    ];
    let rows = rows.map(|row| row.to_vec());
    assert!(near(icc(&rows, 6).unwrap(), 0.29, 5e-3));
    assert_eq!(icc(&rows, FEWEST), Err(Unstated::Few));
}

#[test]
fn what_cannot_be_told_is_not_stated() {
    let few = vec![(0, 0); FEWEST - 1];
    assert_eq!(kappa(&few, 5, quadratic), Err(Unstated::Few));
    let mut one_sided = vec![(3, 3); FEWEST];
    one_sided.push((3, 0));
    assert_eq!(kappa(&one_sided, 5, quadratic), Err(Unstated::OneSided));
    assert_eq!(
        alpha(&vec![vec![1.0, 1.0]; 12], squared),
        Err(Unstated::OneSided)
    );
    assert_eq!(alpha(&vec![vec![1.0]; 12], squared), Err(Unstated::Few));
    assert_eq!(
        icc(&vec![vec![1.0, 2.0]; 12], FEWEST),
        Err(Unstated::OneSided)
    );
}

fn some_pairs() -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0..5_usize, 0..5_usize), 10..60)
}

proptest! {
    #![proptest_config(crate::same_cases(128))]

    #[test]
    fn kappa_is_1_where_all_agree_and_no_more_anywhere(pairs in some_pairs()) {
        let agreed: Vec<_> = pairs.iter().map(|(one, _)| (*one, *one)).collect();
        if let Ok(full) = kappa(&agreed, 5, quadratic) {
            prop_assert!(near(full.value, 1.0, 1e-9) && near(full.low, 1.0, 1e-6));
        }
        if let Ok(some) = kappa(&pairs, 5, quadratic) {
            prop_assert!(some.value <= 1.0 + 1e-9 && some.low <= some.value && some.value <= some.high + 1e-9);
        }
    }

    #[test]
    fn neither_order_nor_sides_matter(pairs in some_pairs(), turn in 0..60_usize) {
        let mut turned = pairs.clone();
        turned.rotate_left(turn % pairs.len());
        let swapped: Vec<_> = turned.iter().map(|(one, other)| (*other, *one)).collect();
        let reversed: Vec<_> = turned.iter().map(|(one, other)| (4 - one, 4 - other)).collect();
        let of = |pairs: &[(usize, usize)]| kappa(pairs, 5, quadratic).map_or(9.0, |it| it.value);
        for other in [&turned, &swapped, &reversed] {
            prop_assert!(near(of(&pairs), of(other), 1e-9));
        }
    }

    /// Fleiss and Cohen (1973): what quadratic weights measure is a correlation that a shift of the mean lowers.
    #[test]
    fn quadratic_kappa_is_the_correlation_of_moments(pairs in some_pairs()) {
        let Ok(measured) = kappa(&pairs, 5, quadratic) else { return Ok(()); };
        let n = count(pairs.len());
        let mean = |of: fn(&(usize, usize)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
        let (x, y) = (mean(|pair| count(pair.0)), mean(|pair| count(pair.1)));
        let apart = mean(|pair| count(pair.0.abs_diff(pair.1).pow(2)));
        let spread = mean(|pair| count(pair.0.pow(2))) - x * x + mean(|pair| count(pair.1.pow(2))) - y * y;
        prop_assert!(near(measured.value, 1.0 - apart / (spread + (x - y).powi(2)), 1e-9));
    }

    #[test]
    fn alpha_knows_neither_order_nor_scale(units in prop::collection::vec(prop::collection::vec(0..5_u8, 1..5), 12..30)) {
        let as_numbers = |scale: f64, turn: usize| -> Vec<Vec<f64>> {
            units.iter().rev().map(|unit| {
                let mut unit: Vec<f64> = unit.iter().map(|one| scale * f64::from(*one) + 7.0).collect();
                let by = turn % unit.len();
                unit.rotate_left(by);
                unit
            }).collect()
        };
        let one = alpha(&as_numbers(1.0, 0), squared);
        let other = alpha(&as_numbers(3.0, 1), squared);
        match (one, other) {
            (Ok(one), Ok(other)) => prop_assert!(one <= 1.0 + 1e-9 && near(one, other, 1e-9)),
            (one, other) => prop_assert_eq!(one, other),
        }
        let agreed: Vec<Vec<f64>> = units.iter().map(|unit| vec![f64::from(unit[0]); 3]).collect();
        if let Ok(full) = alpha(&agreed, squared) {
            prop_assert!(near(full, 1.0, 1e-9));
        }
    }

    #[test]
    fn marks_agree_fully_where_they_are_the_same_and_less_where_they_are_shifted(
        marks in prop::collection::btree_set(0..100_u8, 12..30), shift in 1..30_u8,
    ) {
        let rows = |shift: u8| -> Vec<Vec<f64>> {
            marks.iter().map(|mark| vec![f64::from(*mark), f64::from(*mark) + f64::from(shift)]).collect()
        };
        prop_assert!(near(icc(&rows(0), FEWEST).unwrap(), 1.0, 1e-9));
        prop_assert!(icc(&rows(shift), FEWEST).unwrap() < 1.0);
    }
}
