//! A design as a picture, in the formats that people look at and other tools go on with: a table of formats.
//!
//! Knows designs and what is marked on them; knows no rules, no points and no files.

mod dot;
mod geometry;
mod layout;
mod lettering;
pub mod markup;
mod mermaid;
mod outlines;
mod picture;
mod png;
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
    /// How the names of its files end.
    pub ends: &'static [&'static str],
    /// Draws.
    pub draw: Draw,
}

/// How a format draws.
pub enum Draw {
    /// Letters.
    Text(fn(&Picture<'_>) -> Result<String, NoPicture>),
    /// Bytes that are no text.
    Bytes(fn(&Picture<'_>) -> Result<Vec<u8>, NoPicture>),
}

/// Every format.
pub const DRAWINGS: &[Drawing] = &[
    Drawing {
        name: "text",
        ends: &["txt"],
        draw: Draw::Text(|picture| Ok(tree(picture))),
    },
    Drawing {
        name: "svg",
        ends: &["svg"],
        draw: Draw::Text(svg),
    },
    Drawing {
        name: "png",
        ends: &["png"],
        draw: Draw::Bytes(png::draw),
    },
    Drawing {
        name: "mermaid",
        ends: &["mmd", "mermaid"],
        draw: Draw::Text(|picture| Ok(mermaid::draw(picture))),
    },
    Drawing {
        name: "dot",
        ends: &["dot", "gv"],
        draw: Draw::Text(|picture| Ok(dot::draw(picture))),
    },
];

/// The format with a name.
#[must_use]
pub fn drawing(name: &str) -> Option<&'static Drawing> {
    DRAWINGS.iter().find(|drawing| drawing.name == name)
}

/// The format of files whose names end so.
#[must_use]
pub fn drawing_ending(end: &str) -> Option<&'static Drawing> {
    let end = end.to_lowercase();
    let mut drawings = DRAWINGS.iter();
    drawings.find(|drawing| drawing.ends.contains(&end.as_str()))
}

/// The picture as SVG.
///
/// # Errors
/// Where there is too much for a picture.
pub fn svg(picture: &Picture<'_>) -> Result<String, NoPicture> {
    svg::draw(picture)
}

/// The picture of text.
#[must_use]
pub fn tree(picture: &Picture<'_>) -> String {
    tree::draw(picture)
}
