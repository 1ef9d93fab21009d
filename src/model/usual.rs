//! What is usual where a design states nothing: ranges, each with its source.
//!
//! Knows the quantities and their dimensions; which kinds and technologies have which ranges is data.

use std::sync::OnceLock;

use super::quantity::{Dimension, Figure};

/// A usual value, as a range with its source.
#[derive(Clone, Debug)]
pub struct Range {
    /// The lower end.
    pub from: Figure,
    /// The upper end.
    pub to: Figure,
    /// Where the range comes from.
    pub source: String,
    shown: OnceLock<String>,
}

/// Whether it was shown before makes no difference.
impl PartialEq for Range {
    fn eq(&self, other: &Self) -> bool {
        (&self.from, &self.to, &self.source) == (&other.from, &other.to, &other.source)
    }
}

impl Range {
    /// From one figure to another that is not lower.
    #[must_use]
    pub const fn new(from: Figure, to: Figure, source: String) -> Self {
        Self {
            from,
            to,
            source,
            shown: OnceLock::new(),
        }
    }

    /// The range for people: "5 ms to 50 ms".
    #[must_use]
    pub fn shown(&self) -> &str {
        self.shown.get_or_init(|| {
            let (from, to) = (self.from.shown(), self.to.shown());
            if from == to {
                from
            } else {
                format!("{from} to {to}")
            }
        })
    }
}

/// A quantity that the catalog knows usual ranges of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quality {
    /// Requests a second of one node.
    Capacity,
    /// Time of one request at p50, unloaded, without the calls it makes.
    Latency,
    /// Share of time that one node is up; of what a provider runs, that of the service as a whole, by its SLA.
    Availability,
    /// Share of requests that a cache or a CDN answers.
    HitRatio,
    /// Bytes that one node usually holds before its data should be split.
    Storage,
    /// From the loss of the leader until writes work again, with automatic failover.
    FailoverTime,
    /// Messages that one write to a store stands for, of what sums up or writes in batches.
    MessagesPerWrite,
}

/// What is known of a quality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QualityRow {
    /// The key in the catalog's files.
    pub word: &'static str,
    /// The words for people.
    pub title: &'static str,
    /// What its values have to be.
    pub dimension: Dimension,
    /// A share of a whole: never above one.
    pub share: bool,
    /// What a provider runs grows in it by itself, so that one node of the kind says nothing of it.
    pub grows: bool,
}

impl Quality {
    /// Every quality.
    pub const ALL: &'static [Self] = &[
        Self::Capacity,
        Self::Latency,
        Self::Availability,
        Self::HitRatio,
        Self::Storage,
        Self::FailoverTime,
        Self::MessagesPerWrite,
    ];

    /// The row of this quality.
    #[must_use]
    pub const fn row(self) -> QualityRow {
        match self {
            Self::Capacity => row("capacity", "capacity of one node", Dimension::RATE).growing(),
            Self::Latency => row("latency", "time of one request", Dimension::DURATION),
            Self::Availability => row("availability", "availability", Dimension::NUMBER).part(),
            Self::HitRatio => row("hit_ratio", "hit ratio", Dimension::NUMBER).part(),
            Self::Storage => row("storage", "data of one node", Dimension::SIZE).growing(),
            Self::FailoverTime => row("failover_time", "time to fail over", Dimension::DURATION),
            Self::MessagesPerWrite => row(
                "messages_per_write",
                "messages for one write",
                Dimension::NUMBER,
            ),
        }
    }

    /// The key in the catalog's files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        self.row().word
    }

    /// The words for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        self.row().title
    }
}

const fn row(word: &'static str, title: &'static str, dimension: Dimension) -> QualityRow {
    QualityRow {
        word,
        title,
        dimension,
        share: false,
        grows: false,
    }
}

impl QualityRow {
    const fn part(self) -> Self {
        Self {
            share: true,
            ..self
        }
    }

    const fn growing(self) -> Self {
        Self {
            grows: true,
            ..self
        }
    }
}

/// What is usual for one node, where a design does not state it: each a range with its source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Usual {
    /// Requests a second of one node.
    pub capacity: Option<Range>,
    /// Time of one request at p50, unloaded, without the calls it makes, in seconds.
    pub latency: Option<Range>,
    /// Share of time that one node is up; of what a provider runs, that of the service as a whole, by its SLA.
    pub availability: Option<Range>,
    /// Share of requests that a cache or a CDN answers.
    pub hit_ratio: Option<Range>,
    /// Bytes that one node usually holds before its data should be split.
    pub storage: Option<Range>,
    /// From the loss of the leader until writes work again with automatic failover, in seconds.
    pub failover_time: Option<Range>,
    /// Messages that one write to a store stands for, of what sums up or writes in batches.
    pub messages_per_write: Option<Range>,
}

impl Usual {
    /// The range of a quality.
    #[must_use]
    pub const fn get(&self, what: Quality) -> Option<&Range> {
        match what {
            Quality::Capacity => self.capacity.as_ref(),
            Quality::Latency => self.latency.as_ref(),
            Quality::Availability => self.availability.as_ref(),
            Quality::HitRatio => self.hit_ratio.as_ref(),
            Quality::Storage => self.storage.as_ref(),
            Quality::FailoverTime => self.failover_time.as_ref(),
            Quality::MessagesPerWrite => self.messages_per_write.as_ref(),
        }
    }

    /// Where the range of a quality is kept.
    pub const fn slot(&mut self, what: Quality) -> &mut Option<Range> {
        match what {
            Quality::Capacity => &mut self.capacity,
            Quality::Latency => &mut self.latency,
            Quality::Availability => &mut self.availability,
            Quality::HitRatio => &mut self.hit_ratio,
            Quality::Storage => &mut self.storage,
            Quality::FailoverTime => &mut self.failover_time,
            Quality::MessagesPerWrite => &mut self.messages_per_write,
        }
    }

    /// Takes from another what is missing here.
    pub fn inherit(&mut self, other: &Self) {
        for what in Quality::ALL {
            let slot = self.slot(*what);
            if slot.is_none() {
                *slot = other.get(*what).cloned();
            }
        }
    }
}
