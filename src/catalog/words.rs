//! Kinds and technologies, read.
//!
//! Knows the keys of their files.

use std::collections::BTreeMap;

use crate::model::kind::{Delivery, Forwarding, KindInfo};
use crate::model::quantity::Dimension;
use crate::model::technology::{Range, Technology};
use crate::model::{Figure, Kinds, Vocabulary, spelling};
use crate::notation::yaml::{Fields, Node, text_of};
use crate::source::Issues;

const KIND_KEYS: &[&str] = &[
    "id",
    "parent",
    "title",
    "group",
    "names",
    "spreads",
    "delivers",
    "provided",
    "origin",
    "holds_data",
    "bypassed",
    "stateful",
    "shape",
];

const TECHNOLOGY_KEYS: &[&str] = &[
    "id",
    "name",
    "kind",
    "also",
    "aliases",
    "properties",
    "capacity",
    "latency",
    "availability",
];

/// Reads the tree of kinds.
pub(super) fn kinds(node: &Node<'_>, kinds: &mut Kinds, issues: &mut Issues) {
    let Some(fields) = Fields::of(node, "the kinds", issues) else {
        return;
    };
    fields.only(&["kinds"], issues);
    for item in fields.list("kinds", issues) {
        if let Some(info) = kind(item, kinds, issues) {
            kinds.add(info);
        }
    }
}

fn kind(node: &Node<'_>, kinds: &Kinds, issues: &mut Issues) -> Option<KindInfo> {
    let fields = Fields::of(node, "a kind", issues)?;
    fields.only(KIND_KEYS, issues);
    let id = fields.required("id", issues)?;
    let parent = match fields.text("parent", issues) {
        Some(parent) => {
            let found = kinds.named(&parent);
            if found.is_none() {
                let span = fields.get("parent").map_or(fields.span, |node| node.span);
                issues.error(
                    span,
                    format!("unknown parent `{parent}`"),
                    "parents come before their children".to_owned(),
                );
            }
            Some(found?)
        }
        None => None,
    };
    let mut yes = |key: &str| fields.yes_no(key, issues).unwrap_or(false);
    let (group, spreads, provided, origin) =
        (yes("group"), yes("spreads"), yes("provided"), yes("origin"));
    let (holds_data, bypassed, stateful) = (yes("holds_data"), yes("bypassed"), yes("stateful"));
    let delivery = match fields.text("delivers", issues).as_deref() {
        Some("shared") => Some(Delivery::Shared),
        Some("each") => Some(Delivery::Each),
        _ => None,
    };
    Some(KindInfo {
        title: fields
            .text("title", issues)
            .unwrap_or_else(|| id.replace('_', " ")),
        id,
        parent,
        group,
        names: fields.texts("names", issues),
        forwarding: if spreads {
            Forwarding::Spreads
        } else {
            Forwarding::All
        },
        delivery,
        provided,
        origin,
        holds_data,
        bypassed,
        stateful,
        shape: fields
            .text("shape", issues)
            .unwrap_or_else(|| "box".to_owned()),
        lineage: Vec::new(),
    })
}

/// Reads a file of technologies.
pub(super) fn technologies(node: &Node<'_>, vocabulary: &mut Vocabulary, issues: &mut Issues) {
    let Some(fields) = Fields::of(node, "a file of technologies", issues) else {
        return;
    };
    fields.only(&["technologies"], issues);
    for item in fields.list("technologies", issues) {
        let Some(technology) = technology(item, &vocabulary.kinds, issues) else {
            continue;
        };
        let id = technology.id.clone();
        if let Err((name, other)) = vocabulary.technologies.add(technology) {
            let other = vocabulary.technologies.info(other).id.clone();
            let message = format!("`{name}` is a name of `{other}` already");
            issues.error(item.span, message, format!("give `{id}` another name"));
        }
    }
}

fn technology(node: &Node<'_>, kinds: &Kinds, issues: &mut Issues) -> Option<Technology> {
    let fields = Fields::of(node, "a technology", issues)?;
    fields.only(TECHNOLOGY_KEYS, issues);
    let id = fields.required("id", issues)?;
    let mut known = |word: &str, node: &Node<'_>| {
        let kind = kinds.named(word);
        if kind.is_none() {
            let help = spelling::did_you_mean(word, &kinds.component_ids());
            issues.error(node.span, format!("unknown kind `{word}`"), help);
        }
        kind
    };
    let kind_node = fields.get("kind")?;
    let kind = known(kind_node.text()?, kind_node)?;
    let also = fields
        .get("also")
        .map(crate::notation::yaml::one_or_many)
        .unwrap_or_default();
    let also = also
        .iter()
        .filter_map(|item| known(item.text()?, item))
        .collect();
    let mut properties = BTreeMap::new();
    for (key, value) in fields
        .get("properties")
        .map(Node::entries)
        .unwrap_or_default()
    {
        let name = key.text().unwrap_or_default().to_owned();
        properties.extend(text_of(value, issues).map(|text| (name, text.to_owned())));
    }
    Some(Technology {
        name: fields.text("name", issues).unwrap_or_else(|| id.clone()),
        id,
        kind,
        also,
        aliases: fields.texts("aliases", issues),
        properties,
        capacity: range(&fields, "capacity", Dimension::RATE, issues),
        latency: range(&fields, "latency", Dimension::DURATION, issues),
        availability: range(&fields, "availability", Dimension::NUMBER, issues),
    })
}

/// A usual value of one node: from, to, and where that is known from.
fn range(
    fields: &Fields<'_, '_>,
    key: &str,
    dimension: Dimension,
    issues: &mut Issues,
) -> Option<Range> {
    let node = fields.get(key)?;
    let range = Fields::of(node, "a range", issues)?;
    range.only(&["from", "to", "source"], issues);
    let mut end = |key: &str| {
        let text = range.required(key, issues)?;
        let figure = Figure::parse(&text)
            .ok()
            .filter(|figure| figure.quantity.dimension == dimension);
        if figure.is_none() {
            issues.error(
                node.span,
                format!("`{text}` is not {}", dimension.name()),
                None,
            );
        }
        figure
    };
    let (from, to) = (end("from")?, end("to")?);
    if from.quantity.value > to.quantity.value {
        issues.error(
            node.span,
            "a range from high to low",
            "swap the ends".to_owned(),
        );
    }
    Some(Range {
        from,
        to,
        source: range.required("source", issues)?,
    })
}
