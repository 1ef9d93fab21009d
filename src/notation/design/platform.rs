//! What the platform gives: how long zones and regions are up, and how far apart they are.
//!
//! Knows keys and units.

use super::reader::Reader;
use crate::model::Platform;
use crate::model::quantity::Dimension;
use crate::notation::yaml::{Fields, Key, Node, Shape};

/// The keys of the platform.
pub(super) const PLATFORM: &[Key] = &[
    Key::new(
        "zone_availability",
        Shape::Text,
        "The share of time that a zone is up.",
    ),
    Key::new(
        "region_availability",
        Shape::Text,
        "The share of time that a region is up.",
    ),
    Key::new(
        "zone_round_trip",
        Shape::Text,
        "The time from zone to zone and back.",
    ),
    Key::new(
        "region_round_trip",
        Shape::Text,
        "The time from region to region and back.",
    ),
];

impl Reader<'_> {
    pub(super) fn platform(&mut self, node: &Node<'_>) {
        let Some(fields) = Fields::of(node, "the platform", &mut self.issues) else {
            return;
        };
        fields.known(PLATFORM, &mut self.issues);
        let platform = Platform {
            zone_availability: fields
                .get("zone_availability")
                .and_then(|node| self.share(node)),
            region_availability: fields
                .get("region_availability")
                .and_then(|node| self.share(node)),
            zone_round_trip: fields
                .get("zone_round_trip")
                .and_then(|node| self.figure_of(node, Dimension::DURATION, "1ms")),
            region_round_trip: fields
                .get("region_round_trip")
                .and_then(|node| self.figure_of(node, Dimension::DURATION, "70ms")),
        };
        self.design.platform = Some(platform);
    }
}
