//! Ranges of inputs, and which of their ends is read.
//!
//! Knows which end makes things better; knows no component.

use super::Stance;
use crate::model::{Quality, Range, Surrounding};

/// Which end of a range is the better one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// The upper end.
    High,
    /// The lower end.
    Low,
}

/// Which end of a quality is the better one.
#[must_use]
pub const fn better(quality: Quality) -> Better {
    match quality {
        Quality::Latency | Quality::FailoverTime => Better::Low,
        Quality::Capacity
        | Quality::Availability
        | Quality::HitRatio
        | Quality::Storage
        | Quality::MessagesPerWrite => Better::High,
    }
}

/// Which end of a quality of the surroundings is the better one.
#[must_use]
pub const fn better_surrounding(what: Surrounding) -> Better {
    match what {
        // With a given availability, nodes that are repaired quickly fail often, and each failure costs a failover.
        Surrounding::RepairTime => Better::High,
        _ => Better::Low,
    }
}

/// An end of a range or its middle.
#[must_use]
pub fn read_range(range: &Range, better: Better, stance: Stance) -> f64 {
    let (from, to) = (range.from.quantity.value, range.to.quantity.value);
    match (stance, better) {
        (Stance::Usual, _) => middle(from, to),
        (Stance::Worst, Better::High) | (Stance::Best, Better::Low) => from,
        (Stance::Best, Better::High) | (Stance::Worst, Better::Low) => to,
    }
}

/// The middle on the scale on which people compare: nines for shares near 1, ratios for all else.
fn middle(from: f64, to: f64) -> f64 {
    if from > 0.5 && to < 1.0 {
        1.0 - ((1.0 - from) * (1.0 - to)).sqrt()
    } else if from > 0.0 && !(0.5..=1.0).contains(&to) {
        (from * to).sqrt()
    } else {
        f64::midpoint(from, to)
    }
}
