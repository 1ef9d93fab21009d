//! k out of n against sums of whole numbers, and at extremes.
//!
//! Knows the interface and the two ways of tails; knows no structure.

use super::super::component::{Binomial, upper_normal_tail};
use super::super::{at_least, downtime_a_year};

/// The probability of each number of instances that are up, by Pascal's triangle.
fn all_terms(instances: u64, up: f64) -> Vec<f64> {
    let mut chances = vec![1.0];
    for _ in 0..instances {
        let mut next = vec![0.0; chances.len() + 1];
        for (count, chance) in chances.iter().enumerate() {
            next[count] += chance * (1.0 - up);
            next[count + 1] += chance * up;
        }
        chances = next;
    }
    chances
}

#[test]
fn k_of_n_equals_the_sum_of_all_terms() {
    for instances in [1, 2, 3, 5, 10, 15, 16, 17, 33, 60, 400] {
        for up in [0.0, 1e-9, 0.01, 0.3, 0.5, 0.77, 0.999, 1.0 - 1e-12, 1.0] {
            let terms = all_terms(instances, up);
            for needed in 0..=instances + 1 {
                let below = usize::try_from(needed).unwrap();
                let expected: f64 = terms.iter().skip(below).rev().sum();
                let found = at_least(needed, instances, up);
                assert!(
                    (found - expected).abs() <= 1e-12 * expected.max(0.05),
                    "{needed} of {instances} at {up}: {found} is not {expected}"
                );
            }
        }
    }
}

#[test]
fn small_probabilities_keep_their_digits() {
    // 1 of 2 and 2 of 3 by hand, where 1 - p is tiny.
    let close = |found: f64, expected: f64| (found / expected - 1.0).abs() < 1e-12;
    assert!(close(
        at_least(1, 1_000_000_000, 1e-15),
        9.999_995_000_001_667e-7
    ));
    assert!(close(at_least(2, 3, 1e-9), 3e-18 - 2e-27));
    assert!(close(at_least(3, 3, 1e-9), 1e-27));
}

#[test]
fn extreme_counts_come_out_at_once() {
    const MANY: u64 = 1_000_000_000_000_000;
    let half = at_least(MANY / 2, MANY, 0.5);
    let middle_term = (2.0 / (std::f64::consts::PI * 1e15)).sqrt();
    assert!((half - 0.5 - middle_term / 2.0).abs() < 1e-13, "{half}");
    assert!((at_least(1, MANY, 1e-15) - 0.632_120_558_828_557_8).abs() < 1e-12);
    // Poisson with mean 10: P(X >= 10).
    assert!((at_least(10, MANY, 1e-14) - 0.542_070_285_528_147_8).abs() < 1e-12);
    assert!((at_least(MANY - 9, MANY, 1.0 - 1e-14) - 0.457_929_714).abs() < 1e-2);
    assert!(at_least(MANY, MANY, 0.999) < 1e-300);
    assert!(at_least(MANY / 2, MANY, 0.999) > 1.0 - 1e-15);
    assert!((at_least(u64::MAX / 2, u64::MAX, 0.5) - 0.5).abs() < 1e-6);
    assert!(at_least(u64::MAX - 1, u64::MAX, 0.999) < 1e-300);
    assert!(at_least(2, u64::MAX, 1e-30) < 1e-20);
}

#[test]
fn the_approximate_tail_meets_the_exact_one() {
    for (n, up) in [(4e8, 0.5), (1e10, 0.01), (1e10, 0.98)] {
        let binomial = Binomial {
            n,
            up,
            down: 1.0 - up,
        };
        let spread = (n * up * (1.0 - up)).sqrt();
        for deviations in [
            -7.0, -3.0, -1.0, -0.06, -0.04, -0.001, 0.0, 0.001, 0.04, 0.06, 1.0, 3.0, 7.0,
        ] {
            let count = (n * up + deviations * spread).round();
            let (exact, approximate) = (binomial.tail(count), binomial.approximate_tail(count));
            assert!(
                (exact - approximate).abs() < 1e-8 * exact.max(1e-3),
                "{count} of {n} at {up}: {approximate} is not {exact}"
            );
        }
    }
}

#[test]
fn the_normal_tail_equals_published_figures() {
    for (x, expected) in [
        (0.0, 0.5),
        (1.0, 0.158_655_253_931_457_05),
        (2.0, 0.022_750_131_948_179_21),
        (3.5, 2.326_290_790_355_250_4e-4),
        (4.0, 3.167_124_183_311_992e-5),
        (10.0, 7.619_853_024_160_525e-24),
        (-2.0, 0.977_249_868_051_820_8),
    ] {
        let found = upper_normal_tail(x);
        assert!(
            (found / expected - 1.0).abs() < 1e-11,
            "{x}: {found} is not {expected}"
        );
    }
}

#[test]
fn three_nines_are_under_nine_hours_a_year() {
    assert!((downtime_a_year(0.999) - 31_536.0).abs() < 1e-6);
    assert!(downtime_a_year(1.0).abs() < 1e-12);
    assert!((downtime_a_year(0.0) - 31_536_000.0).abs() < 1e-6);
}
