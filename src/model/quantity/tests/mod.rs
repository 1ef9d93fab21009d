//! The language as a whole: what expressions are worth (`values`), what is said of those that are
//! worth nothing (`faults`), and what holds for any text (`properties`).

use super::{Quantity, Scope};

mod faults;
mod properties;
mod values;

/// A few names, one of them without a value.
struct Estimates;

impl Scope for Estimates {
    fn lookup(&self, name: &str) -> Option<Quantity> {
        Some(match name.to_lowercase().as_str() {
            "read_qps" => Quantity::rate(4_000.0),
            "users" => Quantity::number(1e8),
            "record_size" => Quantity::size(500.0),
            "hit_ratio" => Quantity::number(0.75),
            "nothing" => Quantity::number(0.0),
            "endless" => Quantity::number(f64::INFINITY),
            _ => return None,
        })
    }

    fn names(&self) -> Vec<String> {
        ["read_qps", "users", "record_size", "hit_ratio", "broken"]
            .map(str::to_owned)
            .to_vec()
    }
}

/// Whether two numbers differ by no more than a part of the larger.
fn close(one: f64, other: f64, tolerance: f64) -> bool {
    (one - other).abs() <= tolerance * one.abs().max(other.abs())
}
