//! The formulas against exact values and against a simulated queue.
//!
//! Knows the recursion of Kiefer and Wolfowitz; knows no formula of queueing.

use super::{Station, attempts, erlang_c, loss};

/// The mean time before service begins, over all requests, in seconds: `C / (capacity - rate)`.
fn mean_wait(station: &Station) -> Option<f64> {
    let (waits, wait) = station.wait()?;
    Some(if waits > 0.0 { waits * wait } else { 0.0 })
}

/// Random numbers by splitmix64 (Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, 2014).
pub(in crate::analysis) struct Chance(pub(in crate::analysis) u64);

impl Chance {
    /// Above 0, at most 1.
    pub(in crate::analysis) fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let bits = u32::try_from((mixed ^ (mixed >> 31)) >> 32).expect("32 bits");
        (f64::from(bits) + 1.0) / (f64::from(u32::MAX) + 1.0)
    }

    /// Exponential with this mean.
    pub(in crate::analysis) fn exponential(&mut self, mean: f64) -> f64 {
        -mean * self.share().ln()
    }
}

fn assert_close(found: f64, exact: f64, tolerance: f64) {
    assert!(
        (found - exact).abs() <= tolerance * exact.abs(),
        "{found} is not {exact}"
    );
}

#[test]
fn the_probability_of_waiting_is_the_exact_fraction() {
    let cases = [
        (1, 0.25, 0.25),
        (2, 1.0, 1.0 / 3.0),
        (5, 4.0, 128.0 / 231.0),
        (10, 8.0, 4_194_304.0 / 10_250_507.0),
    ];
    for (servers, offered, exact) in cases {
        assert_close(erlang_c(servers, offered).unwrap(), exact, 1e-12);
    }
}

/// The textbook recurrence on Erlang's B.
fn by_recurrence(servers: u32, offered: f64) -> f64 {
    let blocked = (1..=servers).fold(1.0, |b, n| offered * b / (f64::from(n) + offered * b));
    blocked / (1.0 - offered / f64::from(servers) * (1.0 - blocked))
}

#[test]
fn the_sum_from_its_end_is_the_recurrence() {
    for servers in [1_u32, 2, 3, 7, 50, 400, 3_000, 100_000] {
        for spare in [0.9, 0.5, 0.2, 0.05, 0.01, 1e-3, 1e-6] {
            let offered = f64::from(servers) * (1.0 - spare);
            let exact = by_recurrence(servers, offered);
            let found = erlang_c(u64::from(servers), offered).unwrap();
            let unseen = exact < 1e-290;
            assert!(
                unseen || (found / exact - 1.0).abs() < 1e-9,
                "{servers} {spare}"
            );
        }
    }
}

#[test]
fn no_one_waits_for_long_at_or_above_saturation_for_there_is_no_steady_state() {
    for (servers, offered) in [
        (0, 0.0),
        (1, 1.0),
        (3, 4.0),
        (u64::MAX, 1e300),
        (2, f64::NAN),
    ] {
        assert_eq!(erlang_c(servers, offered), None);
    }
    assert_eq!(erlang_c(4, 0.0), Some(0.0));
    assert_eq!(erlang_c(4, 1e-300), Some(0.0));
}

#[test]
fn more_load_waits_more_and_more_servers_wait_less() {
    let mut last = 0.0;
    for hundredths in 1..1000_u32 {
        let offered = f64::from(hundredths) / 100.0;
        let waits = erlang_c(10, offered).unwrap();
        assert!(waits > last && waits < 1.0);
        assert!(erlang_c(11, offered).unwrap() < waits);
        last = waits;
    }
}

#[test]
fn above_a_million_servers_the_probability_goes_on_smoothly() {
    let at = |servers: u64, distance: f64| {
        #[expect(clippy::cast_precision_loss, reason = "exact below 2^53")]
        let count = servers as f64;
        erlang_c(servers, count - distance * count.sqrt()).unwrap()
    };
    for (distance, left_out) in [
        (0.01, 1e-5),
        (0.1, 1e-4),
        (0.5, 1e-4),
        (1.0, 5e-4),
        (2.0, 3e-3),
        (4.0, 2.2e-2),
    ] {
        let joint = at(1_000_000, distance);
        assert_close(at(1_000_001, distance), joint, 1e-7);
        // It shrinks with the root of the number: from a quarter of a million to a million by as much as from there on.
        assert_close(at(250_000, distance), joint, left_out);
        assert_close(at(u64::MAX / 2, distance), joint, 1e-3);
    }
    assert_eq!(erlang_c(u64::MAX, 1e18), Some(0.0));
}

#[test]
fn a_station_waits_by_its_formula() {
    let station = Station {
        servers: 2,
        capacity: 200.0,
        rate: 100.0,
    };
    assert_close(station.utilisation(), 0.5, 1e-15);
    assert_close(station.waits().unwrap(), 1.0 / 3.0, 1e-12);
    assert_close(station.drain(), 100.0, 1e-15);
    assert_close(mean_wait(&station).unwrap(), 1.0 / 300.0, 1e-12);
}

#[test]
fn an_idle_station_is_not_waited_for_and_a_dead_one_for_ever() {
    let station = |capacity, rate| Station {
        servers: 3,
        capacity,
        rate,
    };
    assert_eq!(mean_wait(&station(10.0, 0.0)), Some(0.0));
    assert_eq!(mean_wait(&station(0.0, 0.0)), Some(0.0));
    assert_eq!(mean_wait(&station(0.0, 1.0)), None);
    assert!(station(0.0, 1.0).utilisation().is_infinite());
    assert_eq!(station(10.0, 10.0).waits(), None);
}

#[test]
fn attempts_are_the_geometric_sum() {
    assert_close(attempts(0, 0.7), 1.0, 1e-15);
    assert_close(attempts(2, 0.5), 1.75, 1e-15);
    assert_close(attempts(3, 1.0), 4.0, 1e-15);
    assert_close(attempts(u64::MAX, 0.9), 10.0, 1e-12);
    assert_close(attempts(u64::MAX, 1.0), 2.0_f64.powi(64), 1e-12);
    for retries in 0..40_i32 {
        let exact = (1.0 - 0.3_f64.powi(retries + 1)) / 0.7;
        assert_close(
            attempts(u64::from(retries.unsigned_abs()), 0.3),
            exact,
            1e-14,
        );
    }
    assert!(attempts(u64::MAX, f64::NAN).is_finite());
}

#[test]
fn overload_loses_what_is_above_the_capacity() {
    assert_close(loss(4.0), 0.75, 1e-15);
    assert_close(loss(f64::INFINITY), 1.0, 1e-15);
    assert!(loss(1.0) <= 0.0 && loss(0.3) <= 0.0);
}

/// The share of arrivals that wait, and their mean wait over all, in one run: the residual work of each server, in order.
fn simulated(station: &Station, chance: &mut Chance) -> (f64, f64) {
    let servers = usize::try_from(station.servers).unwrap();
    let service = f64::from(u32::try_from(servers).unwrap()) / station.capacity;
    let mut work = vec![0.0_f64; servers];
    let (mut waited, mut wait) = (0.0, 0.0);
    let (warm_up, counted) = (4_000, 16_000);
    for arrival in 0..warm_up + counted {
        let gap = chance.exponential(1.0 / station.rate);
        for left in &mut work {
            *left = (*left - gap).max(0.0);
        }
        if arrival >= warm_up {
            waited += f64::from(work[0] > 0.0);
            wait += work[0];
        }
        let own = work.remove(0) + chance.exponential(service);
        let place = work.partition_point(|left| *left < own);
        work.insert(place, own);
    }
    (waited / f64::from(counted), wait / f64::from(counted))
}

/// The mean of independent runs, and half of its 99.9% confidence interval: Student's t with 29 degrees of freedom.
fn interval(runs: &[f64]) -> (f64, f64) {
    assert_eq!(runs.len(), 30);
    let mean = runs.iter().sum::<f64>() / 30.0;
    let variance = runs.iter().map(|run| (run - mean).powi(2)).sum::<f64>() / 29.0;
    (mean, 3.659 * (variance / 30.0).sqrt())
}

#[test]
fn a_simulated_queue_waits_as_often_and_as_long() {
    let mut chance = Chance(1917);
    for (servers, capacity, rate) in [
        (1, 100.0, 50.0),
        (1, 10.0, 8.0),
        (2, 50.0, 35.0),
        (5, 1000.0, 800.0),
        (12, 60.0, 53.0),
    ] {
        let station = Station {
            servers,
            capacity,
            rate,
        };
        let runs = (0..30).map(|_| simulated(&station, &mut chance));
        let (waited, wait): (Vec<f64>, Vec<f64>) = runs.unzip();
        for (runs, exact) in [
            (waited, station.waits().unwrap()),
            (wait, mean_wait(&station).unwrap()),
        ] {
            let (mean, half) = interval(&runs);
            assert!(
                (mean - exact).abs() < half,
                "{station:?}: {mean} ± {half}, not {exact}"
            );
            assert!(half < 0.15 * exact, "{station:?}: {half} tells nothing");
        }
    }
}
