//! Contradictions between parts of a design.
//!
//! Knows decisions and components; which technologies there are is the catalog's business.

use super::super::condition::Condition;
use super::super::noun::Noun;
use super::super::reader::RuleReader;
use super::super::scene::Scene;
use super::super::trace::Trace;
use crate::analysis::Truth;
use crate::model::{Kind, Tech, Technologies, spelling};
use crate::notation::yaml::{Node, text_of};

/// What can contradict what.
pub(super) const WORDS: &[&str] = &["decided_not_drawn", "decided_and_missing"];

/// Reads `conflict: WORD`.
pub(super) fn read(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    let word = text_of(node, reader.issues)?;
    if !WORDS.contains(&word) {
        reader.issues.error(
            node.span,
            format!("unknown conflict `{word}`"),
            spelling::did_you_mean(word, WORDS),
        );
        return None;
    }
    if reader.bound != Some(Noun::Decision) {
        let help = "add `for_each: {decision: {}}`".to_owned();
        reader
            .issues
            .error(node.span, format!("`{word}` is asked of a decision"), help);
        return None;
    }
    Some(Condition::new(if word == "decided_and_missing" {
        decided_and_missing
    } else {
        decided_not_drawn
    }))
}

/// The decision chooses a technology that keeps or carries data, and no drawn component is of its kind or could be it.
fn decided_and_missing(scene: &Scene<'_>, trace: &mut Trace) -> Truth {
    let vocabulary = scene.subject.vocabulary;
    let kinds = &vocabulary.kinds;
    let design = scene.subject.design;
    let chosen = scene.bound_to(Noun::Decision).map(|at| scene.chosen(at));
    let drawn = |tech: Tech| {
        let kind = vocabulary.technologies.info(tech).kind;
        let mut all = design.components.iter().enumerate();
        all.any(|(at, component)| {
            let may_be = component.tech == Some(tech)
                || kinds.is_a(component.kind, kind)
                || kinds.is_a(kind, component.kind)
                || vocabulary.can_serve_as(tech, component.kind);
            may_be && is_used(scene, at)
        })
    };
    let keeps = |tech: Tech| {
        let info = kinds.info(vocabulary.technologies.info(tech).kind);
        info.holds_data || info.bypassed || info.delivery.is_some()
    };
    let mut missing = chosen.unwrap_or_default().to_vec();
    missing.retain(|tech| keeps(*tech) && !drawn(*tech));
    for tech in &missing {
        let name = &vocabulary.technologies.info(*tech).name;
        trace.see(|| format!("{name} is decided on, and nothing of its kind is drawn"));
    }
    Truth::from(!missing.is_empty() && !design.connections.is_empty())
}

/// Whether a component is joined with what users do, and asked if it is a cache.
fn is_used(scene: &Scene<'_>, at: usize) -> bool {
    let subject = scene.subject;
    let kind = subject.design.components.get(at).map(|one| one.kind);
    let is_cache = kind.is_some_and(|kind| subject.vocabulary.kinds.info(kind).bypassed);
    let is_asked = !is_cache || !subject.graph.callers(at).is_empty();
    is_asked && !subject.is_apart(at)
}

/// The decision chooses technologies, components of their kinds are drawn, each of them states another technology, and
/// none states a chosen one.
fn decided_not_drawn(scene: &Scene<'_>, trace: &mut Trace) -> Truth {
    let design = scene.subject.design;
    let chosen = scene.bound_to(Noun::Decision).map(|at| scene.chosen(at));
    let chosen = chosen.unwrap_or_default();
    let kinds: Vec<Kind> = chosen
        .iter()
        .map(|tech| scene.subject.vocabulary.technologies.info(*tech).kind)
        .collect();
    if chosen.is_empty() {
        return Truth::No;
    }
    let mut others = Vec::new();
    for (at, component) in design
        .components
        .iter()
        .enumerate()
        .filter(|(at, _)| !scene.subject.is_apart(*at))
    {
        let is_chosen = |drawn: Tech| {
            let mut chosen = chosen.iter();
            let technologies = &scene.subject.vocabulary.technologies;
            chosen.any(|chosen| {
                is_part(*chosen, drawn, technologies) || is_offered(*chosen, drawn, technologies)
            })
        };
        if component.tech.is_some_and(is_chosen) {
            return Truth::No;
        }
        if kinds.contains(&component.kind) {
            if component.tech.is_none() {
                return Truth::No;
            }
            others.push(at);
        }
    }
    for at in &others {
        trace.find(Noun::Component.place(scene, *at), || {
            design.id(*at).to_owned()
        });
    }
    Truth::from(!others.is_empty())
}

/// Whether one of the names of an offering names a technology: who runs `rds postgres` runs Postgres.
fn is_offered(tech: Tech, offering: Tech, technologies: &Technologies) -> bool {
    let words = |name: &str| -> Vec<String> {
        let words = name.split(|c: char| !c.is_alphanumeric());
        words.map(str::to_lowercase).collect()
    };
    let names = |tech: Tech| {
        let info = technologies.info(tech);
        let given = [info.id.as_str(), info.name.as_str()].into_iter();
        given
            .chain(info.aliases.iter().map(String::as_str))
            .map(words)
    };
    let own: Vec<Vec<String>> = names(tech).collect();
    names(offering).any(|name| {
        own.iter()
            .any(|own| name.windows(own.len()).any(|part| part == own.as_slice()))
    })
}

/// Whether a technology is another or one of its parts, as its name says: a product's streams are of the product.
fn is_part(part: Tech, whole: Tech, technologies: &Technologies) -> bool {
    let name = |tech: Tech| technologies.info(tech).name.as_str();
    let rest = name(part).strip_prefix(name(whole));
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}
