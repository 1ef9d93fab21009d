//! Arrows that draw: a line of the arrow form adds components and connections to a design.
//!
//! Knows what arrow words mean; knows no YAML and no prompt.

use std::collections::BTreeMap;

use super::arrows::{self, ArrowChain, ArrowError, ArrowNode, Word};
use crate::model::attribute::Bearer;
use crate::model::vocabulary::Meaning;
use crate::model::{Attribute, Attributes, Component, Connection, Design, Vocabulary, spelling};

/// What a line changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// Components that are new.
    pub added: Vec<usize>,
    /// Components that were there and got something new stated.
    pub changed: Vec<usize>,
    /// Connections that are new.
    pub connected: Vec<usize>,
    /// Names that say nothing of their kind. When there are any, nothing was drawn.
    pub unknown: Vec<Word>,
}

/// Draws a line. `told` says what names mean that don't say it themselves.
///
/// # Errors
/// When the line is no chain, or says something impossible of a component; nothing was drawn then.
pub fn draw(
    line: &str,
    told: &BTreeMap<String, Meaning>,
    design: &mut Design,
    vocabulary: &Vocabulary,
) -> Result<Drawn, ArrowError> {
    let chain = arrows::parse_chain(line)?;
    let nodes = || chain.stages.iter().flat_map(|stage| &stage.nodes);
    let unknown: Vec<Word> = nodes()
        .filter(|node| node.what.is_none() && design.component(&node.id.text).is_none())
        .filter(|node| !nodes().any(|other| other.id.text == node.id.text && other.what.is_some()))
        .filter(|node| meaning(&node.id.text, told, vocabulary).is_none())
        .map(|node| node.id.clone())
        .collect();
    if !unknown.is_empty() {
        return Ok(Drawn {
            unknown,
            ..Drawn::default()
        });
    }
    let mut sketch = design.clone();
    let mut drawn = Drawn::default();
    let mut told = told.clone();
    told.extend(leading(&chain, &told, design, vocabulary));
    for node in nodes() {
        place(node, &told, &mut sketch, vocabulary, &mut drawn)?;
    }
    for (pair, asynchronous) in chain.stages.windows(2).zip(&chain.asynchronous) {
        let [callers, callees] = pair else { continue };
        for caller in &callers.nodes {
            for callee in &callees.nodes {
                connect(
                    &mut sketch,
                    &caller.id,
                    &callee.id,
                    *asynchronous,
                    &mut drawn,
                );
            }
        }
    }
    *design = sketch;
    Ok(drawn)
}

/// What stands first in a chain and is new there, where its place says what it is.
fn leading(
    chain: &ArrowChain,
    told: &BTreeMap<String, Meaning>,
    design: &Design,
    vocabulary: &Vocabulary,
) -> BTreeMap<String, Meaning> {
    let ([first, second, ..], Some(false)) = (chain.stages.as_slice(), chain.asynchronous.first())
    else {
        return BTreeMap::new();
    };
    let kind = |node: &ArrowNode| {
        let known = design.component(&node.id.text);
        let known = known.and_then(|at| design.components.get(at));
        let stated = || match &node.what {
            Some(word) => vocabulary.classify(&word.text),
            None => meaning(&node.id.text, told, vocabulary),
        };
        let named = || stated().map(|meaning| vocabulary.kind_of(meaning));
        known.map(|component| component.kind).or_else(named)
    };
    let next: Option<Vec<_>> = second.nodes.iter().map(kind).collect();
    let next = next.unwrap_or_default();
    let is_new = |node: &&ArrowNode| {
        let id = &node.id.text;
        node.what.is_none() && !told.contains_key(id) && design.component(id).is_none()
    };
    let new = first.nodes.iter().filter(is_new);
    new.filter_map(|node| {
        let meaning = vocabulary.leading(&node.id.text, &next)?;
        Some((node.id.text.clone(), meaning))
    })
    .collect()
}

fn meaning(
    name: &str,
    told: &BTreeMap<String, Meaning>,
    vocabulary: &Vocabulary,
) -> Option<Meaning> {
    told.get(name)
        .copied()
        .or_else(|| vocabulary.classify(name))
}

fn place(
    node: &ArrowNode,
    told: &BTreeMap<String, Meaning>,
    design: &mut Design,
    vocabulary: &Vocabulary,
    drawn: &mut Drawn,
) -> Result<(), ArrowError> {
    let id = &node.id.text;
    let known = design.component(id);
    let stated = match &node.what {
        Some(word) => Some((word_meaning(word, vocabulary)?, word.text.clone())),
        None => None,
    };
    let at = match known {
        Some(at) => at,
        None => {
            if !arrows::is_id(id) {
                return Err(error(
                    &node.id,
                    format!("`{id}` can't be a name"),
                    arrows::id_cure(id),
                ));
            }
            let (meaning, word) = match &stated {
                Some((meaning, word)) => (*meaning, word.clone()),
                None => (
                    meaning(id, told, vocabulary).ok_or_else(|| nameless(&node.id))?,
                    id.clone(),
                ),
            };
            design
                .components
                .push(component(id, meaning, &word, vocabulary));
            drawn.added.push(design.components.len() - 1);
            design.components.len() - 1
        }
    };
    let Some(slot) = design.components.get_mut(at) else {
        return Ok(());
    };
    let before = slot.clone();
    if let (Some(_), Some((meaning, word))) = (known, &stated) {
        redefine(slot, *meaning, word, vocabulary);
    }
    state(node, &mut slot.attributes)?;
    if *slot != before && !drawn.added.contains(&at) {
        drawn.changed.push(at);
    }
    Ok(())
}

/// A component of which nothing is known but what it is.
#[must_use]
pub fn component(id: &str, meaning: Meaning, word: &str, vocabulary: &Vocabulary) -> Component {
    let mut component = Component::new(id.to_owned(), vocabulary.kind_of(meaning));
    redefine(&mut component, meaning, word, vocabulary);
    component
}

/// Says anew what a component is; what else is stated of it stays.
pub fn redefine(component: &mut Component, meaning: Meaning, word: &str, vocabulary: &Vocabulary) {
    component.kind = vocabulary.kind_of(meaning);
    component.kind_stated = false;
    (component.tech, component.tech_text) = match meaning {
        Meaning::Kind(_) => (None, None),
        Meaning::Tech(tech) => {
            let known = vocabulary.technologies.named(word) == Some(tech);
            let name = if known {
                word.to_owned()
            } else {
                vocabulary.technologies.info(tech).id.clone()
            };
            (Some(tech), Some(name))
        }
    };
}

fn word_meaning(word: &Word, vocabulary: &Vocabulary) -> Result<Meaning, ArrowError> {
    vocabulary.classify(&word.text).ok_or_else(|| ArrowError {
        span: word.span.clone(),
        message: format!("unknown kind or technology `{}`", word.text),
        help: vocabulary.suggestion(&word.text),
    })
}

fn state(node: &ArrowNode, attributes: &mut Attributes) -> Result<(), ArrowError> {
    if let Some(word) = &node.replicas {
        let value = Attribute::Replicas.parse(&word.text);
        let value = value.map_err(|wrong| ArrowError {
            span: word.span.clone(),
            message: wrong.message,
            help: wrong.help,
        })?;
        attributes.set(Attribute::Replicas, value);
    }
    for (key, word) in &node.attributes {
        let Some(attribute) = Attribute::named(&key.text, Bearer::Component) else {
            let names: Vec<&str> = Attribute::of(Bearer::Component)
                .map(|attribute| attribute.row().name)
                .collect();
            return Err(ArrowError {
                span: key.span.clone(),
                message: format!("unknown attribute `{}`", key.text),
                help: spelling::did_you_mean(&key.text, &names),
            });
        };
        let value = attribute.parse(&word.text);
        let value = value.map_err(|wrong| ArrowError {
            span: word.span.clone(),
            message: wrong.message,
            help: wrong.help,
        })?;
        attributes.set(attribute, value);
    }
    Ok(())
}

fn connect(design: &mut Design, from: &Word, to: &Word, asynchronous: bool, drawn: &mut Drawn) {
    let (Some(caller), Some(callee)) = (design.component(&from.text), design.component(&to.text))
    else {
        return;
    };
    let same = |connection: &Connection| {
        (connection.from, connection.to, connection.asynchronous) == (caller, callee, asynchronous)
    };
    if !design.connections.iter().any(same) {
        let connection = Connection::new(caller, callee, asynchronous);
        design.connections.push(connection);
        drawn.connected.push(design.connections.len() - 1);
    }
}

fn nameless(word: &Word) -> ArrowError {
    error(
        word,
        format!("`{}` says nothing of its kind", word.text),
        "write `name:kind`, such as `links:cassandra`",
    )
}

fn error(word: &Word, message: String, help: &str) -> ArrowError {
    ArrowError {
        span: word.span.clone(),
        message,
        help: Some(help.to_owned()),
    }
}
