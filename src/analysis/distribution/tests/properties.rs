//! What holds for any tree of operations on any numbers.
//!
//! Knows what a distribution is; knows no answer.

use proptest::prelude::*;

use super::super::Grid;
use super::expression::expressions;

/// From a picosecond to a year, and the ends of what a float can be.
fn seconds() -> impl Strategy<Value = f64> + Clone {
    prop_oneof![
        8 => (-12.0..7.5).prop_map(|exponent: f64| 10.0_f64.powf(exponent)),
        4 => 1e-3..2.0,
        1 => prop_oneof![Just(0.0), Just(f64::INFINITY), Just(f64::MAX), Just(f64::MIN_POSITIVE)],
    ]
    .boxed_clone()
}

fn counts() -> impl Strategy<Value = u64> + Clone {
    prop_oneof![4 => 0_u64..5, 2 => 0_u64..10_000, 1 => any::<u64>(), 1 => Just(u64::MAX)]
        .boxed_clone()
}

/// A strategy that can be used in several places.
trait BoxedClone: Strategy + Sized + 'static {
    fn boxed_clone(self) -> BoxedStrategy<Self::Value> {
        self.boxed()
    }
}

impl<S: Strategy + 'static> BoxedClone for S {}

proptest! {
    #![proptest_config(crate::same_cases(400))]

    #[test]
    fn every_distribution_is_one(
        expression in expressions(seconds(), counts()),
        end in (-9.0..6.0).prop_map(|exponent: f64| 10.0_f64.powf(exponent)),
    ) {
        let found = expression.distribution(Grid::up_to(end));
        prop_assert!(found.mass.iter().all(|mass| (0.0..=1.0 + 1e-9).contains(mass)));
        prop_assert!((-0.0..=1.0 + 1e-9).contains(&found.beyond()));
        prop_assert!((found.total() - 1.0).abs() < 1e-9, "{}", found.total());
        prop_assert!((0.0..1.0).contains(&found.offset));
        prop_assert!((0.0..=end * 1.001).contains(&found.mean()), "{}", found.mean());
    }

    #[test]
    fn percentiles_rise_and_stay_on_the_grid(expression in expressions(seconds(), counts())) {
        let found = expression.distribution(Grid::up_to(1.0));
        let mut last = 0.0;
        for p in [0.0, 0.01, 0.3, 0.5, 0.9, 0.99, 0.999, 1.0] {
            match found.quantile(p) {
                Some(next) => {
                    prop_assert!((last..=1.001).contains(&next));
                    last = next;
                }
                None => prop_assert!(p > 1.0 - found.beyond() - 1e-9),
            }
        }
    }

    #[test]
    fn means_add_up_and_the_slower_takes_no_less(
        one in expressions(1e-3..0.05, 0_u64..4),
        other in expressions(1e-3..0.05, 0_u64..4),
    ) {
        let grid = Grid::up_to(60.0);
        let (one, other) = (one.distribution(grid), other.distribution(grid));
        prop_assert!((one.plus(&other).mean() - one.mean() - other.mean()).abs() < 1e-9);
        prop_assert!((one.times(3).mean() - 3.0 * one.mean()).abs() < 1e-9);
        let slower = one.slower(&other).mean();
        prop_assert!(slower + 1e-9 >= one.mean().max(other.mean()));
        prop_assert_eq!(one.slower(&other), other.slower(&one));
    }
}
