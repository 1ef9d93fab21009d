//! Random trees of operations, computed and rolled with dice.
//!
//! Knows confidence intervals; knows no distribution function.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use super::super::super::queueing::tests::Chance;
use super::super::Grid;
use super::expression::{Expression, expressions};

/// How many trees, and how often each is rolled.
const TREES: usize = 60;
const ROLLS: u32 = 40_000;
/// Half the width of a 99.9% interval, in standard deviations.
const SURE: f64 = 3.2905;

/// Durations in ascending order.
fn rolled(expression: &Expression, times: u32, dice: &mut Chance) -> Vec<f64> {
    let mut rolls: Vec<f64> = (0..times).map(|_| expression.rolled(dice)).collect();
    rolls.sort_by(f64::total_cmp);
    rolls
}

/// The interval for a percentile: it lies between two rolls whose ranks are binomial, whatever the distribution.
fn interval(rolls: &[f64], p: f64) -> (f64, f64) {
    let count = f64::from(u32::try_from(rolls.len()).unwrap());
    let (rank, deviation) = (p * count, (p * (1.0 - p) * count).sqrt());
    let at = |rank: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a rank"
        )]
        rolls[(rank as usize).min(rolls.len() - 1)]
    };
    (
        at((rank - SURE * deviation).max(0.0)),
        at(rank + SURE * deviation + 1.0),
    )
}

/// Whether a computed percentile can be told from the rolled ones, a step of the grid aside.
struct Comparison {
    agrees: bool,
    /// Whether one that is a tenth too long would agree too.
    forgives: bool,
    /// The width of the interval as a share of the percentile.
    width: f64,
}

fn compared(found: f64, (low, high): (f64, f64), step: f64) -> Comparison {
    let within = |found: f64| (low - step..=high + step).contains(&found);
    Comparison {
        agrees: within(found),
        forgives: within(1.1 * found + 1e-12),
        width: (high - low) / high,
    }
}

fn assert_mean(found: f64, rolls: &[f64], name: &Expression) {
    let count = f64::from(u32::try_from(rolls.len()).unwrap());
    let mean = rolls.iter().sum::<f64>() / count;
    let variance = rolls.iter().map(|roll| (roll - mean).powi(2)).sum::<f64>() / count;
    let half = SURE * (variance / count).sqrt();
    assert!(
        (found - mean).abs() <= half + 2e-3 * mean,
        "{name:?}: {found}, not {mean} ± {half}"
    );
    assert!(half < 0.1 * mean, "{name:?}: {half} tells nothing");
}

#[test]
fn what_is_computed_is_what_dice_show() {
    let mut runner = TestRunner::deterministic();
    let trees = expressions(1e-3..0.1, 1_u64..4);
    let mut dice = Chance(2013);
    let mut comparisons = Vec::new();
    for _ in 0..TREES {
        let expression = trees.new_tree(&mut runner).unwrap().current();
        let first = rolled(&expression, 1_000, &mut dice);
        let end = 6.0 * interval(&first, 0.98).1;
        let rolls = rolled(&expression, ROLLS, &mut dice);
        let found = expression.distribution(Grid::up_to(end));
        assert_mean(found.mean(), &rolls, &expression);
        for p in [0.5, 0.9, 0.99] {
            let quantile = found.quantile(p).unwrap();
            let interval = interval(&rolls, p);
            let comparison = compared(quantile, interval, end / 1024.0);
            assert!(
                comparison.agrees,
                "{expression:?} p{p}: {quantile}, not {interval:?}"
            );
            comparisons.push(comparison);
        }
    }
    // Few percentiles lie where the distribution is so thin that the dice say little.
    let share = |count: usize| 20 * count / comparisons.len();
    assert_eq!(
        share(comparisons.iter().filter(|one| one.width > 0.12).count()),
        0
    );
    assert_eq!(
        share(comparisons.iter().filter(|one| one.forgives).count()),
        0
    );
}
