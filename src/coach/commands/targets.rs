//! Whose attributes a line is about: a component, arrows, a flow.
//!
//! Knows how lines name them; knows no attribute.

use super::drawing::near_component;
use super::fault::Fault;
use crate::coach::pairs::Piece;
use crate::model::Design;
use crate::notation::arrows;

/// Who bears attributes.
pub(super) enum Target {
    /// A component, by position.
    Component(usize),
    /// Arrows, by position.
    Connections(Vec<usize>),
    /// A flow, by position.
    Flow(usize),
}

/// How many words name the target: one, or a chain with its arrows.
pub(super) fn target_length(words: &[Piece<'_>]) -> usize {
    let begins = |word: &str| {
        arrows::has_arrow(word.get(..3).unwrap_or(word)) || word.starts_with([',', '→'])
    };
    let ends = |word: &str| word.ends_with(['>', ',', '→']);
    let goes_on = |pair: &[Piece<'_>]| {
        pair.first().is_some_and(|word| ends(word.text))
            || pair.get(1).is_some_and(|word| begins(word.text))
    };
    words
        .len()
        .min(1 + words.windows(2).take_while(|pair| goes_on(pair)).count())
}

/// What the words before the first key name.
pub(super) fn target(
    design: &Design,
    named: &[Piece<'_>],
    head: &Piece<'_>,
) -> Result<Target, Fault> {
    let (Some(first), Some(last)) = (named.first(), named.last()) else {
        let help = "write `set NAME key=value` or `set a -> b key=value`".to_owned();
        return Err(Fault::new(head, "whose attributes?", help));
    };
    if named.len() == 1 && !arrows::has_arrow(first.text) {
        if let Some(at) = design.component(first.text) {
            return Ok(Target::Component(at));
        }
        if let Some(at) = design.flows.iter().position(|flow| flow.id == first.text) {
            return Ok(Target::Flow(at));
        }
        return Err(Fault::new(
            first,
            format!("unknown component `{}`", first.text),
            near_component(first.text, design),
        ));
    }
    let length = last.span.end - first.span.start;
    let text = head
        .text
        .get(first.span.start - head.span.start..)
        .and_then(|text| text.get(..length))
        .unwrap_or_default();
    connections(design, text, first.span.start).map(Target::Connections)
}

/// The arrows of a chain, by position; `offset` is where the chain begins in its line.
pub(super) fn connections(design: &Design, text: &str, offset: usize) -> Result<Vec<usize>, Fault> {
    let moved = |span: &std::ops::Range<usize>| span.start + offset..span.end + offset;
    let chain = arrows::parse_chain(text).map_err(|error| Fault {
        span: moved(&error.span),
        message: error.message,
        help: error.help,
    })?;
    let mut found = Vec::new();
    for pair in chain.stages.windows(2) {
        let [callers, callees] = pair else { continue };
        for caller in &callers.nodes {
            for callee in &callees.nodes {
                let (from, to) = (&caller.id.text, &callee.id.text);
                let ends = (design.component(from), design.component(to));
                let between: Vec<usize> = design
                    .connections
                    .iter()
                    .enumerate()
                    .filter(|(_, edge)| (Some(edge.from), Some(edge.to)) == ends)
                    .map(|(at, _)| at)
                    .collect();
                if between.is_empty() {
                    let message = format!("no arrow from `{from}` to `{to}`");
                    let help = Some(format!("draw it: `{from} -> {to}`"));
                    return Err(Fault {
                        span: moved(&(caller.id.span.start..callee.id.span.end)),
                        message,
                        help,
                    });
                }
                found.extend(between);
            }
        }
    }
    Ok(found)
}
