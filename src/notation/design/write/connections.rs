//! Connections: chains of arrows, as long as the next connection goes on where the last one ended.
//!
//! Knows arrows and their order; knows no attribute by name.

use super::components;
use crate::model::{Attributes, Connection, Design};
use crate::notation::yaml::{Layout, WIDTH, Yaml};

/// Columns before a chain: the indentation and the dash.
const BEFORE: usize = "  - ".len();

/// Connections that follow each other and have the same attributes.
struct Run<'d> {
    chain: String,
    end: usize,
    attributes: &'d Attributes,
}

pub(super) fn connections(design: &Design) -> Yaml {
    let mut runs: Vec<Run<'_>> = Vec::new();
    for connection in &design.connections {
        let last = runs.last_mut();
        if !last.is_some_and(|run| run.goes_on(connection, design)) {
            runs.push(Run::new(connection, design));
        }
    }
    Yaml::List(Layout::Lines, runs.into_iter().map(Run::written).collect())
}

impl<'d> Run<'d> {
    fn new(connection: &'d Connection, design: &Design) -> Self {
        let chain = format!("{}{}", design.id(connection.from), step(connection, design));
        Self {
            chain,
            end: connection.to,
            attributes: &connection.attributes,
        }
    }

    /// Takes a connection in, if it goes on from here and the line has room for it.
    fn goes_on(&mut self, connection: &Connection, design: &Design) -> bool {
        let step = step(connection, design);
        let fits = BEFORE + self.chain.chars().count() + step.chars().count() <= WIDTH;
        let goes_on =
            connection.from == self.end && connection.attributes == *self.attributes && fits;
        if goes_on {
            self.chain.push_str(&step);
            self.end = connection.to;
        }
        goes_on
    }

    fn written(self) -> Yaml {
        let attributes = Yaml::map(Layout::Fitting, components::attributes(self.attributes));
        if attributes.is_empty() {
            return Yaml::text(self.chain);
        }
        Yaml::map(Layout::Lines, [(self.chain, attributes)])
    }
}

fn step(connection: &Connection, design: &Design) -> String {
    format!(
        "{}{}",
        arrow(connection.asynchronous),
        design.id(connection.to)
    )
}

/// An arrow between two names.
pub(super) const fn arrow(asynchronous: bool) -> &'static str {
    if asynchronous { " ~> " } else { " -> " }
}
