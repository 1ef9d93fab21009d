//! What expressions are worth.

use super::super::{Quantity, evaluate};
use super::{Estimates, close};

const MINUTE: f64 = 60.0;
const DAY: f64 = 86_400.0;
const MONTH: f64 = 30.0 * DAY;
const YEAR: f64 = 365.0 * DAY;

fn number(value: f64) -> Quantity {
    Quantity::number(value)
}

#[track_caller]
fn assert_worth(table: &[(&str, Quantity)]) {
    for (text, expected) in table {
        let figure = evaluate(text, &Estimates)
            .unwrap_or_else(|error| panic!("{text}: {} ({:?})", error.message, error.help));
        let found = figure.quantity;
        assert_eq!(found.dimension, expected.dimension, "{text}");
        assert!(
            close(found.value, expected.value, 1e-12),
            "{text}: {} is not {}",
            found.value,
            expected.value
        );
        assert_eq!(figure.text, text.trim());
    }
}

#[test]
fn numbers_are_worth_what_they_say() {
    assert_worth(&[
        ("1_000", number(1e3)),
        ("1,000,000", number(1e6)),
        ("10k", number(1e4)),
        ("10K", number(1e4)),
        ("100M", number(1e8)),
        ("100 M", number(1e8)),
        ("1.5B", number(1.5e9)),
        ("2T", number(2e12)),
        ("2 million", number(2e6)),
        ("1.5 billion people", number(1.5e9)),
        ("10 crore", number(1e8)),
        ("1e5", number(1e5)),
        ("1.5e-3", number(1.5e-3)),
        ("~100M", number(1e8)),
        ("≈ 7", number(7.0)),
        ("5%", number(0.05)),
        ("-5 %", number(-0.05)),
        ("3x", number(3.0)),
        ("100:1", number(100.0)),
        ("1:1k", number(0.001)),
        ("62^7", number(3_521_614_606_208.0)),
        ("2**-2", number(0.25)),
    ]);
}

#[test]
fn sizes_keep_decimal_and_binary_apart() {
    assert_worth(&[
        ("500 B", Quantity::size(500.0)),
        ("500 bytes", Quantity::size(500.0)),
        ("1.5B bytes", Quantity::size(1.5e9)),
        ("10k B", Quantity::size(1e4)),
        ("2 KB", Quantity::size(2_000.0)),
        ("2kB", Quantity::size(2_000.0)),
        ("4 GiB", Quantity::size(4_294_967_296.0)),
        ("2^20 bytes", Quantity::size(1_048_576.0)),
        ("8 bits", Quantity::size(1.0)),
        ("10 Gbit", Quantity::size(1.25e9)),
        ("1Gbps", Quantity::throughput(1.25e8)),
        ("10 MB/s", Quantity::throughput(1e7)),
        ("8 Kbit/s", Quantity::throughput(1_000.0)),
        ("3 KB * 100M", Quantity::size(3e11)),
    ]);
}

#[test]
fn durations_may_be_compound() {
    assert_worth(&[
        ("100ms", Quantity::duration(0.1)),
        ("250µs", Quantity::duration(2.5e-4)),
        ("24h", Quantity::duration(DAY)),
        ("24H", Quantity::duration(DAY)),
        ("5m", Quantity::duration(5.0 * MINUTE)),
        ("5 m", Quantity::duration(5.0 * MINUTE)),
        ("4m10s", Quantity::duration(250.0)),
        ("1h30m", Quantity::duration(90.0 * MINUTE)),
        ("1 day 12 hours", Quantity::duration(1.5 * DAY)),
        ("-1m30s", Quantity::duration(-90.0)),
        ("1 month", Quantity::duration(MONTH)),
        ("2 yrs", Quantity::duration(2.0 * YEAR)),
        ("(2 + 3) years", Quantity::duration(5.0 * YEAR)),
    ]);
}

#[test]
fn rates_are_counted_a_second() {
    assert_worth(&[
        ("2000/s", Quantity::rate(2_000.0)),
        ("100M/day", Quantity::rate(1e8 / DAY)),
        ("5 per minute", Quantity::rate(5.0 / MINUTE)),
        ("10k rps", Quantity::rate(1e4)),
        ("30rpm", Quantity::rate(0.5)),
        ("39/s writes", Quantity::rate(39.0)),
        ("5 sign-ups/day", Quantity::rate(5.0 / DAY)),
        ("10 posts/active user/day", Quantity::rate(10.0 / DAY)),
        ("100 per 5 minutes per node", Quantity::rate(1.0 / 3.0)),
    ]);
}

#[test]
fn estimates_of_an_interview_come_out_right() {
    assert_worth(&[
        (
            "1B messages/day * 100 bytes in TB/year",
            Quantity::throughput(1e11 / DAY),
        ),
        (
            "1 billion/day * 100 bytes to TB/year",
            Quantity::throughput(1e11 / DAY),
        ),
        (
            "100M people * 10 requests/day to requests/s",
            Quantity::rate(1e9 / DAY),
        ),
        (
            "300 TB / 5 years to MB/s",
            Quantity::throughput(3e14 / (5.0 * YEAR)),
        ),
        ("10k rps * 2 KiB to Gbit/s", Quantity::throughput(2.048e7)),
        ("100M/month", Quantity::rate(1e8 / MONTH)),
        (
            "100M/month * 500 B * 5 years to TB",
            Quantity::size(5e10 / MONTH * 5.0 * YEAR),
        ),
        (
            "20% of (100M/month * 100 * 1 day * 500 B)",
            Quantity::size(0.2 * 5e12 / 30.0),
        ),
        ("2 KB/request * 1k requests", Quantity::size(2e6)),
        ("100M people × 10 ÷ 86400 s", Quantity::rate(1e9 / DAY)),
        ("10 x 30 B", Quantity::size(300.0)),
        ("2/3 of 9 GB", Quantity::size(6e9)),
        ("5 errors per million requests", number(5e-6)),
        ("100% - 99.9%", number(0.001)),
    ]);
}

#[test]
fn operators_bind_as_in_school() {
    assert_worth(&[
        ("2 + 3 * 4", number(14.0)),
        ("(2 + 3) * 4", number(20.0)),
        ("2 - 3 - 4", number(-5.0)),
        ("24 / 2 / 3", number(4.0)),
        ("24 / 2 * 3", number(36.0)),
        ("2 * -3", number(-6.0)),
        ("--3", number(3.0)),
        ("-2^2", number(-4.0)),
        ("20% of 50% of 10", number(1.0)),
    ]);
}

#[test]
fn a_divisor_keeps_its_own_unit() {
    assert_worth(&[
        (
            "300 TB / 5 years",
            Quantity::throughput(3e14 / (5.0 * YEAR)),
        ),
        ("100 GB / 125 MB/s", Quantity::duration(800.0)),
        ("1M requests / 10k/s", Quantity::duration(100.0)),
        ("1M / 10 / s", Quantity::rate(1e5)),
        ("12 TB / 3 / day", Quantity::throughput(4e12 / DAY)),
        ("36 TB / 500 B / month", Quantity::rate(7.2e10 / MONTH)),
        ("100 GB / (125 MB per s)", Quantity::duration(800.0)),
    ]);
}

#[test]
fn names_are_asked_of_the_scope() {
    assert_worth(&[
        ("read_qps * record_size", Quantity::throughput(2e6)),
        ("READ_QPS * (1 - hit_ratio)", Quantity::rate(1_000.0)),
        ("1 TB / record_size", number(2e9)),
        ("20% of users", number(2e7)),
        ("users x 10/day", Quantity::rate(1e9 / DAY)),
        ("3x read_qps", Quantity::rate(12_000.0)),
        ("1 GB per users", Quantity::size(10.0)),
        ("3x average", number(3.0)),
    ]);
}
