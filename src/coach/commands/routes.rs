//! Where a flow runs, as lines say it.
//!
//! Knows chains of components that are drawn; knows nothing else of flows.

use super::drawing::near_component;
use super::fault::Fault;
use crate::coach::pairs::{self, Piece};
use crate::model::{Chain, Design, Route};
use crate::notation::arrows;

/// What a flow is written like.
pub(super) const HELP: &str = "write `flow NAME = a -> b -> c kind=read rate=100/s`";

/// `a -> b; a -> c`, `any a -> b; a -> c`, `from a to b`, `from a`.
pub(super) fn route(design: &Design, head: &Piece<'_>, offset: usize) -> Result<Route, Fault> {
    let head = shifted(head, offset);
    let words = pairs::words(&head);
    let texts: Vec<&str> = words.iter().map(|word| word.text).collect();
    match texts.as_slice() {
        ["from", _] => end(design, words.get(1), &head).map(Route::From),
        ["from", _, "to", _] => {
            let (from, to) = (
                end(design, words.get(1), &head)?,
                end(design, words.get(3), &head)?,
            );
            Ok(Route::Between { from, to })
        }
        ["any", ..] => {
            let rest = head.text.get("any".len()..).unwrap_or_default();
            chains(design, rest, head.span.start + "any".len()).map(Route::Any)
        }
        _ => chains(design, head.text, head.span.start).map(Route::Path),
    }
}

fn end(design: &Design, word: Option<&Piece<'_>>, head: &Piece<'_>) -> Result<usize, Fault> {
    let word = word.unwrap_or(head);
    let unknown = || {
        Fault::new(
            word,
            format!("unknown component `{}`", word.text),
            near_component(word.text, design),
        )
    };
    design.component(word.text).ok_or_else(unknown)
}

fn chains(design: &Design, text: &str, offset: usize) -> Result<Vec<Chain>, Fault> {
    let mut chains = Vec::new();
    let mut start = 0;
    for part in text.split_inclusive(';') {
        let written = part.trim_end_matches(';');
        if !written.trim().is_empty() {
            chains.push(chain(design, written, offset + start)?);
        }
        start += part.len();
    }
    if chains.is_empty() {
        let nowhere = Piece {
            text,
            span: offset..offset + text.len(),
        };
        return Err(Fault::new(
            &nowhere,
            "a flow that runs nowhere",
            HELP.to_owned(),
        ));
    }
    Ok(chains)
}

fn chain(design: &Design, text: &str, offset: usize) -> Result<Chain, Fault> {
    let at = |span: &std::ops::Range<usize>| Piece {
        text,
        span: span.start + offset..span.end + offset,
    };
    let written = arrows::parse_chain(text)
        .map_err(|error| Fault::new(&at(&error.span), error.message, error.help))?;
    let mut chain = Chain {
        stages: Vec::new(),
        asynchronous: written.asynchronous.clone(),
    };
    for stage in &written.stages {
        let first = stage
            .nodes
            .first()
            .map_or(0..0, |node| node.id.span.clone());
        if stage.nodes.len() > 1 && !stage.alternatives {
            let help = "write `(a | b)` for alternatives, or one chain for each, with `;` between"
                .to_owned();
            return Err(Fault::new(&at(&first), "`,` in the path of a flow", help));
        }
        let mut components = Vec::new();
        for node in &stage.nodes {
            let id = &node.id.text;
            if !node.is_plain() {
                let help = format!("say what `{id}` is by `set {id} ...`");
                return Err(Fault::new(
                    &at(&node.id.span),
                    "paths name components, no more",
                    help,
                ));
            }
            let unknown = || {
                Fault::new(
                    &at(&node.id.span),
                    format!("unknown component `{id}`"),
                    near_component(id, design),
                )
            };
            components.push(design.component(id).ok_or_else(unknown)?);
        }
        chain.stages.push(components);
    }
    if chain.stages.len() < 2 {
        let whole = at(&(0..text.len()));
        return Err(Fault::new(
            &whole,
            "a way of one component",
            "an arrow joins two: `a -> b`".to_owned(),
        ));
    }
    Ok(chain)
}

/// A piece of a text that begins so many bytes into its line.
pub(super) fn shifted<'l>(piece: &Piece<'l>, offset: usize) -> Piece<'l> {
    Piece {
        text: piece.text,
        span: piece.span.start + offset..piece.span.end + offset,
    }
}
