//! What is usual around components: ways between places, repair and failover, uneven load.
//!
//! Knows the quantities; the ranges are data.

use super::quantity::{Dimension, Figure, Quantity, Style};
use super::usual::Range;

macro_rules! surroundings {
    ($($(#[$doc:meta])+ $name:ident $word:literal $title:literal $dimension:ident;)+) => {
        /// A quantity of what is around components.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Surrounding { $($(#[$doc])+ $name),+ }

        impl Surrounding {
            /// Every quantity.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The key in the catalog's file.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// The words for people.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title),+ }
            }

            /// What its values have to be.
            #[must_use]
            pub const fn dimension(self) -> Dimension {
                match self { $(Self::$name => Dimension::$dimension),+ }
            }
        }
    };
}

surroundings! {
    /// There and back between two zones of a region.
    ZoneRoundTrip "zone_round_trip" "round trip between zones" DURATION;
    /// There and back within a zone.
    InZoneRoundTrip "in_zone_round_trip" "round trip within a zone" DURATION;
    /// There and back between two regions.
    RegionRoundTrip "region_round_trip" "round trip between regions" DURATION;
    /// There and back between the system and what stands far from it by network, such as the edge of a CDN.
    WideRoundTrip "wide_round_trip" "round trip to what stands outside of the zones" DURATION;
    /// From the loss of a node until another has taken its place.
    RepairTime "repair_time" "time to repair a node" DURATION;
    /// From the loss of the leader until a person has promoted a replica.
    ManualFailoverTime "manual_failover_time" "time of a failover by hand" DURATION;
    /// From the loss of the leader until writes work again by themselves, where a technology says nothing.
    FailoverTime "failover_time" "time of an automatic failover" DURATION;
    /// Load of the fullest shard relative to the mean, under hash partitioning without hot keys.
    HotShard "hot_shard" "load of the fullest shard" NUMBER;
    /// Copies of all data in stores that spread it over their nodes.
    Copies "copies" "copies of the data" NUMBER;
}

/// What is usual around components where a design does not state it: each a range with its source.
#[derive(Clone, Debug, PartialEq)]
pub struct Surroundings(Vec<Range>);

impl Surroundings {
    /// Takes a range for each quantity, in the order of [`Surrounding::ALL`]; none where some are missing.
    #[must_use]
    pub fn new(ranges: Vec<Range>) -> Option<Self> {
        (ranges.len() == Surrounding::ALL.len()).then_some(Self(ranges))
    }

    /// The range of a quantity.
    ///
    /// # Panics
    /// Never: there is a range for each.
    #[must_use]
    pub fn range(&self, what: Surrounding) -> &Range {
        self.0
            .get(what as usize)
            .expect("a range for each quantity")
    }
}

/// Before a catalog is read: ways that take no time, and even load.
impl Default for Surroundings {
    fn default() -> Self {
        let nothing = |what: &Surrounding| {
            let value = if what.dimension() == Dimension::NUMBER {
                1.0
            } else {
                0.0
            };
            let quantity = Quantity {
                value,
                dimension: what.dimension(),
            };
            let figure = Figure {
                text: quantity.to_string(),
                quantity,
                style: Style::Plain,
            };
            Range::new(figure.clone(), figure, String::new())
        };
        Self(Surrounding::ALL.iter().map(nothing).collect())
    }
}
