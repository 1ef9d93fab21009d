//! What is exact: constants, means, counts.
//!
//! Knows results that need no tolerance but for rounding; knows no distribution function.

use super::super::{Distribution, Grid};

fn grid() -> Grid {
    Grid::up_to(1.0)
}

fn assert_close(found: f64, exact: f64) {
    assert!((found - exact).abs() < 1e-12, "{found} is not {exact}");
}

fn assert_constant(distribution: &Distribution, seconds: f64) {
    assert_close(distribution.mean(), seconds);
    for p in [0.001, 0.5, 0.99, 1.0] {
        assert_close(distribution.quantile(p).unwrap(), seconds);
    }
}

#[test]
fn constants_stay_constants_in_every_sum() {
    let one = Distribution::at(grid(), 0.012_345);
    assert_constant(&one, 0.012_345);
    assert_constant(&one.delayed(0.1), 0.112_345);
    assert_constant(&one.plus(&one), 0.024_69);
    assert_constant(&one.times(17), 17.0 * 0.012_345);
    assert_constant(&one.slowest_of(1_000_000), 0.012_345);
    assert_constant(&one.slower(&one), 0.012_345);
    assert_constant(&Distribution::at(grid(), 0.0), 0.0);
}

#[test]
fn nothing_takes_no_time() {
    let one = Distribution::exponential(grid(), 0.1);
    assert_constant(&one.times(0), 0.0);
    assert_constant(&one.slowest_of(0), 0.0);
    assert_constant(&Distribution::mixed(grid(), &[]), 0.0);
    assert_constant(&Distribution::mixed(grid(), &[(f64::NAN, &one)]), 0.0);
    assert_constant(&Distribution::at(grid(), -1.0), 0.0);
}

#[test]
fn the_slower_of_two_constants_is_within_a_step() {
    let one = Distribution::at(grid(), 0.012_345);
    let other = Distribution::at(grid(), 0.2);
    let slower = one.slower(&other);
    assert_close(slower.mean(), 0.2);
    assert!((slower.quantile(0.99).unwrap() - 0.2).abs() < 1.0 / 1024.0);
}

#[test]
fn what_lies_beyond_the_grid_has_no_percentile() {
    let hit_or_lost = Distribution::mixed(
        grid(),
        &[
            (3.0, &Distribution::at(grid(), 0.1)),
            (1.0, &Distribution::at(grid(), 5.0)),
        ],
    );
    assert_close(hit_or_lost.beyond(), 0.25);
    assert_close(hit_or_lost.quantile(0.75).unwrap(), 0.1);
    assert_eq!(hit_or_lost.quantile(0.76), None);
    assert_close(hit_or_lost.mean(), 0.75 * 0.1 + 0.25);
    assert_close(hit_or_lost.times(2).beyond(), 1.0 - 0.75 * 0.75);
}

#[test]
fn an_exponential_much_shorter_than_a_step_counts_with_its_mean() {
    let step = 1.0 / 1024.0;
    let mut sum = Distribution::at(grid(), 0.1);
    let mut mean = 0.1;
    for parts in 1..200_u32 {
        let part = step * f64::from(parts) / 100.0;
        sum = sum.plus_exponential(part);
        mean += part;
        assert!((sum.mean() - mean).abs() < 1e-12, "{parts}");
    }
}

/// Mean and variance.
fn moments(distribution: &Distribution) -> (f64, f64) {
    let points = || distribution.mass.iter().zip((0_u16..).map(f64::from));
    let at = |point: f64| (point + distribution.offset) * distribution.grid.step;
    let mean: f64 = points().map(|(mass, n)| mass * at(n)).sum();
    let variance = points().map(|(mass, n)| mass * (at(n) - mean).powi(2));
    (mean, variance.sum())
}

#[test]
fn sums_keep_the_variance_too() {
    let step = 1.0 / 1024.0;
    for steps in [0.01, 0.1, 0.3, 0.49, 0.5, 0.51, 1.0, 3.0, 20.0] {
        let mean = step * steps;
        let one = Distribution::exponential(grid(), mean).delayed(0.3 * step);
        for (sum, n) in [(one.clone(), 1.0), (one.times(5), 5.0)] {
            let (found, variance) = moments(&sum);
            assert_close(found, n * (mean + 0.3 * step));
            // The transform's rounding counts with the square of its distance from the mean.
            assert!((variance / (n * mean * mean) - 1.0).abs() < 1e-9);
        }
    }
}
