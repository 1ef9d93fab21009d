//! Diagrams of other tools, read into designs: a table of notations, what they draw, and what a design makes of it.
//!
//! Knows how the formats are written and what people write on boxes; knows no technology by name and judges nothing.

mod bends;
mod c4;
mod compose;
mod cursor;
mod d2;
mod diagram;
mod dot;
mod drawio;
mod excalidraw;
mod fences;
mod geometry;
mod label;
mod likec4;
mod mermaid;
mod named;
mod plantuml;
mod scopes;
#[cfg(test)]
mod shown;
mod stand_ins;
mod statements;
mod structurizr;
mod translation;

pub use diagram::{Arrow, Diagram, End, Frame, Heads, Shape};
pub use label::Label;
pub use translation::{Remark, Translation, translate};

use crate::source::Issues;

/// A way in which other tools write diagrams.
pub struct Notation {
    /// The word after `--from`.
    pub name: &'static str,
    /// What it is, for help.
    pub doc: &'static str,
    /// How the names of its files end.
    pub ends: &'static [&'static str],
    /// Whether a text is of it.
    pub is_one: fn(&str) -> bool,
    /// Reads the diagrams of a text.
    pub read: fn(&str, &mut Issues) -> Vec<Diagram>,
}

/// Every notation; of those that a text could be, the first is meant.
pub const NOTATIONS: &[Notation] = &[
    Notation {
        name: "excalidraw",
        doc: "drawings of Excalidraw, also in notes of Obsidian",
        ends: &["excalidraw", "excalidraw.json"],
        is_one: excalidraw::is_one,
        read: excalidraw::read,
    },
    Notation {
        name: "dot",
        doc: "graphs of Graphviz",
        ends: &["dot", "gv"],
        is_one: dot::is_one,
        read: dot::read,
    },
    Notation {
        name: "mermaid",
        doc: "charts of Mermaid that show components, alone or in Markdown",
        ends: &["mmd", "mermaid", "md", "markdown"],
        is_one: mermaid::is_one,
        read: mermaid::read,
    },
    Notation {
        name: "compose",
        doc: "services of Docker Compose",
        ends: &["yaml", "yml"],
        is_one: compose::is_one,
        read: compose::read,
    },
    Notation {
        name: "drawio",
        doc: "drawings of draw.io, packed or not, alone or in an SVG",
        ends: &["drawio", "dio", "drawio.xml", "drawio.svg"],
        is_one: drawio::is_one,
        read: drawio::read,
    },
    Notation {
        name: "d2",
        doc: "boards of D2",
        ends: &["d2"],
        is_one: d2::is_one,
        read: d2::read,
    },
    Notation {
        name: "plantuml",
        doc: "component and deployment diagrams of PlantUML, with C4",
        ends: &["puml", "plantuml", "iuml", "pu"],
        is_one: plantuml::is_one,
        read: plantuml::read,
    },
    Notation {
        name: "structurizr",
        doc: "workspaces of Structurizr DSL",
        ends: &["dsl"],
        is_one: structurizr::is_one,
        read: structurizr::read,
    },
    Notation {
        name: "likec4",
        doc: "models of LikeC4, a file of them",
        ends: &["c4", "likec4", "like-c4"],
        is_one: likec4::is_one,
        read: likec4::read,
    },
];

/// The notation with a name.
#[must_use]
pub fn notation(name: &str) -> Option<&'static Notation> {
    NOTATIONS.iter().find(|notation| notation.name == name)
}

/// The notation that a text is written in.
#[must_use]
pub fn notation_by_text(text: &str) -> Option<&'static Notation> {
    let mut notations = NOTATIONS.iter();
    notations.find(|notation| (notation.is_one)(text))
}

/// The notation of a file: what its text is, or else what its name says.
#[must_use]
pub fn notation_of(path: &str, text: &str) -> Option<&'static Notation> {
    let path = path.to_lowercase();
    let ends_so = |end: &str| {
        path.strip_suffix(end)
            .is_some_and(|rest| rest.ends_with('.'))
    };
    let by_name = || {
        let mut notations = NOTATIONS.iter();
        notations.find(|notation| notation.ends.iter().any(|end| ends_so(end)))
    };
    notation_by_text(text).or_else(by_name)
}
