//! Kinds and technologies, read.
//!
//! Knows the keys of their files.

use std::collections::BTreeMap;

use super::usual::{quality_keys, usual};
use crate::model::kind::{Delivery, Forwarding, KindInfo};
use crate::model::technology::Technology;
use crate::model::{Kinds, Usual, Vocabulary, spelling};
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
    "remote",
    "usual",
    "shape",
];

/// The keys of a technology, beside those of its usual ranges.
const TECHNOLOGY_KEYS: &[&str] = &["id", "name", "kind", "also", "aliases", "properties"];

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
    let remote = yes("remote");
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
        remote,
        usual: usual_of_a_kind(&fields, issues),
        shape: fields
            .text("shape", issues)
            .unwrap_or_else(|| "box".to_owned()),
        lineage: Vec::new(),
    })
}

/// The ranges under the key `usual`.
fn usual_of_a_kind(fields: &Fields<'_, '_>, issues: &mut Issues) -> Usual {
    let node = fields.get("usual");
    let ranges = node.and_then(|node| Fields::of(node, "what is usual for a kind", issues));
    let Some(ranges) = ranges else {
        return Usual::default();
    };
    ranges.only(&quality_keys().collect::<Vec<_>>(), issues);
    usual(&ranges, issues)
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
    let keys = TECHNOLOGY_KEYS.iter().copied().chain(quality_keys());
    fields.only(&keys.collect::<Vec<_>>(), issues);
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
        usual: usual(&fields, issues),
    })
}
