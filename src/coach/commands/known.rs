//! Names in a drawing that mean what is drawn already: however they are capitalised, and a product that one part is made of.
//!
//! Knows what is drawn; draws nothing.

use std::ops::Range;

use crate::coach::session::Session;
use crate::coach::sketch;
use crate::model::Design;
use crate::model::vocabulary::Meaning;
use crate::notation::arrows::{self, ArrowNode};

/// A drawing with names as they are drawn, and the products that stood there for parts.
pub(super) struct Known {
    /// The line.
    pub line: String,
    /// What was said, and the part that it is.
    pub products: Vec<(String, String)>,
}

/// A chain in which the names of what is drawn stand as they are drawn; none where they do, or where it is no chain.
pub(super) fn as_drawn(session: &Session<'_>, line: &str) -> Option<Known> {
    let chain = arrows::parse_chain(line).ok()?;
    let design = &session.state.design;
    let nodes: Vec<&ArrowNode> = chain.stages.iter().flat_map(|stage| &stage.nodes).collect();
    let is_named = |id: &str| nodes.iter().any(|node| node.id.text == id);
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    let mut products = Vec::new();
    let new = nodes
        .iter()
        .filter(|node| design.component(&node.id.text).is_none());
    for node in new {
        let said = &node.id.text;
        if let Some(id) = spelt_otherwise(design, said) {
            found.push((node.id.span.clone(), id.to_owned()));
            continue;
        }
        // "Cassandra:sql_db" and `links -> cassandra` name something beside the links.
        let product = made_of(session, said).filter(|id| node.what.is_none() && !is_named(id));
        if let Some(id) = product {
            found.push((node.id.span.clone(), id.to_owned()));
            products.push((said.clone(), id.to_owned()));
        }
    }
    if found.is_empty() {
        return None;
    }
    products.dedup();
    let mut line = line.to_owned();
    for (span, id) in found.into_iter().rev() {
        line.replace_range(span, &id);
    }
    Some(Known { line, products })
}

/// A text in which what is drawn is spelt as it is drawn; none where it is, or nothing is named.
pub(super) fn in_drawn_letters(session: &Session<'_>, text: &str) -> Option<String> {
    let design = &session.state.design;
    let words = text.split_inclusive(|c: char| !arrows::is_id_char(c));
    let spelt = words.map(|word| {
        let name = word.trim_end_matches(|c: char| !arrows::is_id_char(c));
        let is_drawn = name.is_empty() || design.component(name).is_some();
        let other = (!is_drawn).then(|| spelt_otherwise(design, name)).flatten();
        other.map_or_else(|| word.to_owned(), |id| word.replacen(name, id, 1))
    });
    let spelt: String = spelt.collect();
    (spelt != text).then_some(spelt)
}

/// The part whose name differs in nothing but capitals and in how its words are joined.
fn spelt_otherwise<'d>(design: &'d Design, name: &str) -> Option<&'d str> {
    let plain = |name: &str| name.to_lowercase().replace('_', "-");
    let wanted = plain(name);
    let mut ids = design.components.iter().map(|part| part.id.as_str());
    ids.find(|id| plain(id) == wanted)
}

/// The one part that is made of a product.
fn made_of<'s>(session: &'s Session<'_>, name: &str) -> Option<&'s str> {
    let product = session.vocabulary().technologies.named(name)?;
    sketch::only_one(&session.state.design, Meaning::Tech(product))
}
