//! What is assumed: what it is called, its range, where that comes from, and how its values are shown.
//!
//! Knows the catalog's ranges; decides nothing.

use super::scenario::{Better, Key, Stance, better, read_range};
use crate::model::quantity::Style;
use crate::model::{Design, Quality, Quantity, Range, Vocabulary};

/// The two ends of an assumed input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ends {
    /// The end that makes things worse.
    pub worst: f64,
    /// The end that makes things better.
    pub best: f64,
    /// What is taken as usual, where it lies between the two.
    pub usual: Option<f64>,
    /// Only whole numbers make sense.
    pub is_whole: bool,
    shares: bool,
}

impl Ends {
    /// Halfway on the scale on which people compare: nines for shares near 1, ratios for all else that is positive.
    #[must_use]
    pub fn middle(&self, a: f64, b: f64) -> f64 {
        if self.is_whole {
            return f64::midpoint(a, b).floor();
        }
        if self.shares && a > 0.5 && b > 0.5 && a < 1.0 && b < 1.0 {
            return 1.0 - ((1.0 - a) * (1.0 - b)).sqrt();
        }
        if !self.shares && a > 0.0 && b > 0.0 {
            return (a * b).sqrt();
        }
        f64::midpoint(a, b)
    }

    /// What a difference to a value is compared with on that scale.
    #[must_use]
    pub fn grain(&self, value: f64) -> f64 {
        if self.shares {
            value.min(1.0 - value)
        } else {
            value.abs()
        }
    }
}

/// The range that an assumed input comes from, where the catalog has it.
#[must_use]
pub fn range<'v>(key: Key, vocabulary: &'v Vocabulary, design: &Design) -> Option<&'v Range> {
    match key {
        Key::Component(quality, at) => {
            let component = design.components.get(at)?;
            vocabulary.usual(component.kind, component.tech, quality)
        }
        Key::Surrounding(what) => Some(vocabulary.surroundings.range(what)),
        _ => None,
    }
}

/// The ends of an assumed input.
#[must_use]
pub fn ends(key: Key, vocabulary: &Vocabulary, design: &Design) -> Option<Ends> {
    let whole = |worst: f64, best: f64| {
        Some(Ends {
            worst,
            best,
            usual: None,
            is_whole: true,
            shares: false,
        })
    };
    match key {
        Key::Replicas(_) => whole(1.0, 1_000.0),
        Key::Shards(_) => whole(1.0, 10_000.0),
        Key::Zones(_) => whole(1.0, 3.0),
        Key::Failover(_) | Key::AtOnce(_) | Key::FlowKind(_) | Key::Leader(_) => whole(0.0, 1.0),
        Key::Component(..) | Key::Surrounding(_) => {
            let range = range(key, vocabulary, design)?;
            let better = match key {
                Key::Component(quality, _) => better(quality),
                Key::Surrounding(what) => super::scenario::better_surrounding(what),
                _ => Better::Low,
            };
            let best = if is_promise(key, vocabulary, design) {
                1.0
            } else {
                read_range(range, better, Stance::Best)
            };
            Some(Ends {
                worst: read_range(range, better, Stance::Worst),
                best,
                usual: Some(read_range(range, better, Stance::Usual)),
                is_whole: false,
                shares: is_share(key),
            })
        }
    }
}

/// What is known is what a provider promises, which it may surpass.
pub(super) fn is_promise(key: Key, vocabulary: &Vocabulary, design: &Design) -> bool {
    let Key::Component(Quality::Availability, at) = key else {
        return false;
    };
    let component = design.components.get(at);
    component.is_some_and(|component| super::scenario::is_provided(component, vocabulary))
}

const fn is_share(key: Key) -> bool {
    matches!(
        key,
        Key::Component(Quality::Availability | Quality::HitRatio, _)
    )
}

/// What an assumed input is called: "capacity of links".
#[must_use]
pub fn name(key: Key, design: &Design) -> String {
    let flow = |at: usize| {
        design
            .flows
            .get(at)
            .map_or("the flow", |flow| flow.id.as_str())
    };
    let (what, whose) = match key {
        Key::Component(quality, at) => (quality.title(), design.id(at)),
        Key::Surrounding(what) => return what.title().to_owned(),
        Key::Replicas(at) => ("replicas", design.id(at)),
        Key::Zones(at) => ("zones", design.id(at)),
        Key::Shards(at) => ("shards", design.id(at)),
        Key::Failover(at) => ("failover", design.id(at)),
        Key::AtOnce(at) => return format!("whether {} makes its calls at once", design.id(at)),
        Key::FlowKind(at) => ("kind", flow(at)),
        Key::Leader(at) => ("leader", design.id(at)),
    };
    [what, " of ", whose].concat()
}

/// A value of an assumed input, as people write it.
#[must_use]
pub fn shown(key: Key, value: f64) -> String {
    match key {
        Key::Failover(_) => word(value, "automatic", "none"),
        Key::AtOnce(_) => word(value, "at once", "one after the other"),
        Key::FlowKind(_) => word(value, "read", "write"),
        Key::Leader(_) => word(value, "none", "single"),
        Key::Replicas(_) | Key::Zones(_) | Key::Shards(_) => format!("{value}"),
        Key::Component(..) if is_share(key) => Style::Percent.show(Quantity::number(value)),
        Key::Component(quality, _) => quantity(value, quality.row().dimension),
        Key::Surrounding(what) => quantity(value, what.dimension()),
    }
}

fn word(value: f64, yes: &str, no: &str) -> String {
    if value >= 1.0 { yes } else { no }.to_owned()
}

fn quantity(value: f64, dimension: crate::model::quantity::Dimension) -> String {
    Quantity { value, dimension }.to_string()
}

/// The range of an assumed input in words, and where it is from.
#[must_use]
pub fn basis(key: Key, vocabulary: &Vocabulary, design: &Design) -> (String, String) {
    if let Some(range) = range(key, vocabulary, design) {
        let text = range.shown();
        if is_promise(key, vocabulary, design) {
            return (format!("{text} promised, or more"), range.source.clone());
        }
        return (text.to_owned(), range.source.clone());
    }
    let (text, source) = match key {
        Key::Replicas(_) => ("1, or as many as it takes", "the format's default is 1"),
        Key::Shards(_) => (
            "1, or as many as it takes",
            "a key to split by is stated and no number",
        ),
        Key::Zones(_) => ("1, or spread", "the format's default is 1"),
        Key::Failover(_) => (
            "none, or automatic",
            "neither stated nor known of the technology",
        ),
        Key::AtOnce(_) => ("one after the other, or at once", "a design does not say"),
        Key::FlowKind(_) => ("write, or read", "not stated"),
        Key::Leader(_) => (
            "single, or none",
            "neither stated nor known of the technology",
        ),
        Key::Component(..) | Key::Surrounding(_) => ("", ""),
    };
    (text.to_owned(), source.to_owned())
}
