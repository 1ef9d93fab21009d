//! A design as a picture, in the formats that people look at and other tools go on with: a table of formats.
//!
//! Knows designs and what is marked on them; knows no rules, no points and no files.

mod dot;
mod geometry;
mod layout;
mod lettering;
mod markup;
mod mermaid;
mod outlines;
mod picture;
mod svg;
mod tree;
mod words;

pub use layout::NoPicture;
pub use picture::{Mark, Marks, Picture};
pub use svg::STYLE;
pub use words::{component_in_words, what};

/// A format of pictures.
pub struct Drawing {
    /// The word after `--format`.
    pub name: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// Draws.
    pub draw: fn(&Picture<'_>) -> Result<String, NoPicture>,
}

/// Every format.
pub const DRAWINGS: &[Drawing] = &[
    Drawing {
        name: "text",
        doc: "a tree for a terminal of 80 columns",
        draw: |picture| Ok(tree(picture)),
    },
    Drawing {
        name: "svg",
        doc: "a picture for pages and documents, dark or light as the reader likes",
        draw: svg::draw,
    },
    Drawing {
        name: "mermaid",
        doc: "for Markdown on code hosts",
        draw: |picture| Ok(mermaid::draw(picture)),
    },
    Drawing {
        name: "dot",
        doc: "for Graphviz",
        draw: |picture| Ok(dot::draw(picture)),
    },
];

/// The format with a name.
#[must_use]
pub fn drawing(name: &str) -> Option<&'static Drawing> {
    DRAWINGS.iter().find(|drawing| drawing.name == name)
}

/// The picture of text.
#[must_use]
pub fn tree(picture: &Picture<'_>) -> String {
    tree::draw(picture)
}
