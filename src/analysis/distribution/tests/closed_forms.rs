//! Percentiles against distribution functions that can be written down.
//!
//! Knows the formulas of textbooks; knows nothing of points and steps but how far the grid reaches.

use super::super::super::queueing::Station;
use super::super::{Distribution, Grid};

/// What the percentiles may be wrong by, as a share.
const TOLERANCE: f64 = 0.005;
/// And in steps, where a percentile is so much smaller than the 99th that it is but a few of them.
const OF_A_STEP: f64 = 1.0 / 30.0;

/// Where the probability of more falls to `1 - p`, by halving.
fn exact_quantile(more: &impl Fn(f64) -> f64, p: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1e3);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if more(middle) > 1.0 - p {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// Holds the distributions that are built on grids of 4 to 8 times the 99th percentile, and on those with the same steps that
/// end soon after it, against the probability of more.
fn assert_agrees(build: impl Fn(Grid) -> Distribution, more: impl Fn(f64) -> f64) {
    assert_agrees_within(OF_A_STEP, build, more);
}

/// The same where percentiles may be wrong by more of a step.
fn assert_agrees_within(
    of_a_step: f64,
    build: impl Fn(Grid) -> Distribution,
    more: impl Fn(f64) -> f64,
) {
    let last = exact_quantile(&more, 0.99);
    let wide = [4.0, 5.3, 8.0].map(|reach| (1024, reach));
    let narrow = [1.03, 1.22, 1.72].map(|reach| (224, reach));
    for (cells, reach) in wide.into_iter().chain(narrow) {
        let found = build(Grid::of(cells, reach * last));
        for p in [0.5, 0.9, 0.99] {
            let exact = exact_quantile(&more, p);
            let found = found.quantile(p).unwrap();
            let step = reach * last / f64::from(cells);
            assert!(
                (found - exact).abs() < (TOLERANCE * exact).max(of_a_step * step),
                "p{p} on {cells} up to {reach}: {found}, not {exact}"
            );
        }
    }
}

/// The probability of more than `t` for the sum of `k` exponentials of mean 1.
fn erlang(k: u32, t: f64) -> f64 {
    let terms = (1..k).scan(1.0, |term, n| {
        *term *= t / f64::from(n);
        Some(*term)
    });
    (-t).exp() * (1.0 + terms.sum::<f64>())
}

#[test]
fn equal_exponentials_sum_up_to_erlang() {
    for k in [1_u32, 2, 3, 5, 20] {
        let one_by_one = |grid| {
            let zero = Distribution::at(grid, 0.0);
            (0..k).fold(zero, |sum, _| sum.plus_exponential(1.0))
        };
        let at_once = |grid| Distribution::exponential(grid, 1.0).times(u64::from(k));
        assert_agrees(one_by_one, |t| erlang(k, t));
        assert_agrees(at_once, |t| erlang(k, t));
    }
}

/// The probability of more than `t` for the sum of exponentials of different rates.
fn hypoexponential(rates: &[f64], t: f64) -> f64 {
    let others = |own: f64| {
        rates
            .iter()
            .filter(move |other| (**other - own).abs() > 1e-12)
    };
    let terms = rates.iter().map(|&own| {
        let weight: f64 = others(own).map(|other| other / (other - own)).product();
        weight * (-own * t).exp()
    });
    terms.sum()
}

#[test]
fn different_exponentials_sum_up_to_the_hypoexponential() {
    for rates in [
        [1.0, 2.0, 5.0].as_slice(),
        &[1.0, 1.2],
        &[1.0, 40.0],
        &[1.0, 700.0, 900.0, 1.5],
        &[3.0, 4.0, 5.0, 6.0, 7.0],
    ] {
        let one_by_one = |grid| {
            let zero = Distribution::at(grid, 0.0);
            rates
                .iter()
                .fold(zero, |sum, rate| sum.plus_exponential(1.0 / rate))
        };
        let transformed = |grid| {
            let parts = rates
                .iter()
                .map(|rate| Distribution::exponential(grid, 1.0 / rate));
            parts.reduce(|a, b| a.plus(&b)).unwrap()
        };
        assert_agrees(one_by_one, |t| hypoexponential(rates, t));
        assert_agrees(transformed, |t| hypoexponential(rates, t));
    }
}

#[test]
fn the_slowest_of_many_is_the_power_of_the_distribution_function() {
    for n in [1_i32, 2, 3, 10, 100, 1000] {
        let more = |t: f64| 1.0 - (1.0 - (-t).exp()).powi(n);
        let slowest =
            |grid| Distribution::exponential(grid, 1.0).slowest_of(u64::from(n.unsigned_abs()));
        assert_agrees(slowest, more);
    }
}

#[test]
fn one_in_a_hundred_leaves_makes_most_of_the_roots_slow() {
    let leaf = Distribution::exponential(Grid::up_to(40.0), 1.0);
    let slow = leaf.quantile(0.99).unwrap();
    let p = 0.99_f64.powi(100);
    let root = leaf.slowest_of(100).quantile(p).unwrap();
    assert!((root / slow - 1.0).abs() < TOLERANCE);
}

#[test]
fn the_slower_of_two_is_the_product_of_the_distribution_functions() {
    for mean in [0.1, 0.9, 3.0] {
        let more = |t: f64| 1.0 - (1.0 - (-t).exp()) * (1.0 - (-t / mean).exp());
        let slower = |grid| {
            let other = Distribution::exponential(grid, mean);
            Distribution::exponential(grid, 1.0).slower(&other)
        };
        assert_agrees(slower, more);
    }
    let floor = |t: f64| if t < 0.7 { 1.0 } else { (-t).exp() };
    let slower = |grid| {
        let other = Distribution::exponential(grid, 1.0);
        Distribution::at(grid, 0.7).slower(&other)
    };
    // A constant among what is continuous.
    assert_agrees_within(1.0, slower, floor);
}

#[test]
fn the_response_of_a_station_is_its_wait_and_its_service() {
    for (servers, rate) in [
        (1, 0.5),
        (2, 1.9),
        (5, 4.0),
        (10, 8.0),
        (40, 39.0),
        (50, 20.0),
    ] {
        let station = Station {
            servers,
            capacity: f64::from(u32::try_from(servers).unwrap()),
            rate,
        };
        let (waits, drain) = (station.waits().unwrap(), station.drain());
        let more = |t: f64| {
            let both = if (drain - 1.0).abs() < 1e-9 {
                erlang(2, t)
            } else {
                hypoexponential(&[1.0, drain], t)
            };
            (1.0 - waits) * (-t).exp() + waits * both
        };
        let service_first = |grid| {
            let service = Distribution::exponential(grid, 1.0);
            service.plus_wait(station.wait().unwrap())
        };
        assert_agrees(service_first, more);
        let wait_first = |grid| {
            let wait = Distribution::at(grid, 0.0).plus_wait(station.wait().unwrap());
            wait.plus_exponential(1.0)
        };
        assert_agrees(wait_first, more);
    }
}

#[test]
fn a_saturated_station_is_waited_for_without_end() {
    let station = Station {
        servers: 2,
        capacity: 10.0,
        rate: 10.0,
    };
    assert_eq!(station.wait(), None);
}

#[test]
fn hits_and_misses_are_mixed_and_not_averaged() {
    for (hits, miss) in [(0.5, 10.0), (0.9, 10.0), (0.98, 4.0), (0.8, 3.0)] {
        let more =
            |t: f64| hits * (-t).exp() + (1.0 - hits) * hypoexponential(&[1.0, 1.0 / miss], t);
        let mixture = |grid| {
            let hit = Distribution::exponential(grid, 1.0);
            let missed = hit.plus_exponential(miss);
            Distribution::mixed(grid, &[(hits * 7.0, &hit), ((1.0 - hits) * 7.0, &missed)])
        };
        assert_agrees(mixture, more);
    }
}

/// An exponential does not remember how long it has taken: given up and made again it is the same, until the caller
/// gives up.
#[test]
fn retries_of_what_has_no_memory_change_nothing_but_its_end() {
    for (timeout, retries) in [(2.0, 4), (1.37, 9), (0.5, 30), (7.0, 0), (3.0, u64::MAX)] {
        let once = |grid| Distribution::exponential(grid, 1.0);
        let again = |grid| once(grid).with_retries(timeout, retries).0;
        assert_agrees(again, |t| (-t).exp());
    }
    let once = Distribution::exponential(Grid::up_to(20.0), 1.0);
    for (timeout, retries) in [(1.0, 0_u32), (1.01, 2), (0.33, 7)] {
        let end = timeout * f64::from(retries + 1);
        let (time, gives_up) = once.clone().with_retries(timeout, u64::from(retries));
        assert!((gives_up / (-end).exp() - 1.0).abs() < TOLERANCE);
        assert!((time.quantile(1.0).unwrap() - end).abs() <= 20.0 / 1024.0);
        assert!((time.mean() / (1.0 - (-end).exp()) - 1.0).abs() < TOLERANCE);
    }
}

#[test]
fn a_call_that_always_answers_in_time_is_never_made_again() {
    let grid = Grid::up_to(1.0);
    let once = Distribution::at(grid, 0.1);
    for timeout in [0.1, 0.2, 3.0, f64::INFINITY] {
        assert_eq!(once.clone().with_retries(timeout, 5), (once.clone(), 0.0));
    }
    let (time, gives_up) = once.clone().with_retries(0.05, 3);
    assert!((time.mean() - 0.2).abs() < 1e-12 && gives_up >= 1.0);
}

#[test]
fn a_wait_without_end_is_given_up() {
    let grid = Grid::up_to(1.0);
    let lost = Distribution::at(grid, f64::INFINITY);
    assert!(lost.beyond() >= 1.0 && lost.quantile(0.01).is_none());
    let mostly = Distribution::mixed(
        grid,
        &[(0.75, &Distribution::at(grid, 0.01)), (0.25, &lost)],
    );
    let (time, gives_up) = mostly.with_retries(0.1, 2);
    assert!((gives_up - 0.25_f64.powi(3)).abs() < 1e-12);
    assert!((time.quantile(0.8).unwrap() - 0.11).abs() < 0.002);
    let mean = 0.75 * (0.01 + 0.25 * 0.11 + 0.0625 * 0.21) + 0.3 / 64.0;
    assert!((time.mean() - mean).abs() < 1e-12);
}
