//! Kinds and technologies, read.
//!
//! Knows the keys of their files.

use std::collections::BTreeMap;

use super::load::LIMITS;
use super::usual::{quality_keys, usual};
use crate::model::kind::{Delivery, Forwarding, KindInfo};
use crate::model::technology::{Known, Technology, Traits};
use crate::model::{Kinds, Outline, Usual, Vocabulary, spelling};
use crate::notation::yaml::{self, Fields, Key, Node, Shape, Term, list_of, names, text_of};
use crate::source::{Issues, Span};

/// The keys of the file of kinds.
pub const KIND_FILE: &[Key] = &[Key::new(
    "kinds",
    Shape::List(&Shape::Map(KIND)),
    "The kinds of components, parents first.",
)];

const KIND: &[Key] = &[
    Key::needed("id", Shape::Text, "The name in design files."),
    Key::new(
        "parent",
        Shape::Of(Term::Kind),
        "The kind that it is one of.",
    ),
    Key::new("title", Shape::Text, "What people call it."),
    Key::new(
        "group",
        Shape::YesNo,
        "It is a family, which no component is of itself.",
    ),
    Key::new(
        "names",
        Shape::Many(&Shape::Text),
        "What else people write for it.",
    ),
    Key::new(
        "first",
        Shape::Many(&Shape::Text),
        "What people write for it where it comes first, before an edge.",
    ),
    Key::new(
        "spreads",
        Shape::YesNo,
        "A request goes on to one of its callees and not to all.",
    ),
    Key::new(
        "delivers",
        Shape::Word(&["shared", "each"]),
        "Whether its consumers share the messages or each get all.",
    ),
    Key::new("provided", Shape::YesNo, "Somebody else runs it."),
    Key::new("origin", Shape::YesNo, "Requests begin there."),
    Key::new(
        "holds_data",
        Shape::YesNo,
        "It stores what must not be lost.",
    ),
    Key::new(
        "bypassed",
        Shape::YesNo,
        "What it answers does not reach its callees.",
    ),
    Key::new("stateful", Shape::YesNo, "Which instance serves matters."),
    Key::new(
        "remote",
        Shape::YesNo,
        "It runs in other places than the rest.",
    ),
    Key::new(
        "usual",
        Shape::Of(Term::Usual),
        "What one node usually can do.",
    ),
    Key::new("shape", Shape::Word(Outline::WORDS), "How it is drawn."),
];

/// The keys of a file of technologies.
pub const TECHNOLOGY_FILE: &[Key] = &[Key::new(
    "technologies",
    Shape::List(&Shape::Of(Term::Technology)),
    "What components are made with.",
)];

/// The keys of a technology, beside those of its usual ranges.
pub const TECHNOLOGY: &[Key] = &[
    Key::needed("id", Shape::Text, "The name that is written."),
    Key::new("name", Shape::Text, "What its makers call it."),
    Key::needed("kind", Shape::Of(Term::Kind), "What it usually is."),
    Key::new(
        "also",
        Shape::Many(&Shape::Of(Term::Kind)),
        "The kinds that it can serve as.",
    ),
    Key::new(
        "aliases",
        Shape::Many(&Shape::Text),
        "What else people write for it.",
    ),
    Key::new(
        "properties",
        Shape::Named(&Shape::Text),
        "What rules ask of it.",
    ),
];

/// Reads the tree of kinds.
pub(super) fn kinds(node: &Node<'_>, kinds: &mut Kinds, issues: &mut Issues) {
    let Some(fields) = Fields::of(node, "the kinds", issues) else {
        return;
    };
    fields.known(KIND_FILE, issues);
    for item in fields.list("kinds", issues) {
        if let Some(info) = kind(item, kinds, issues) {
            kinds.add(info);
        }
    }
}

fn kind(node: &Node<'_>, kinds: &Kinds, issues: &mut Issues) -> Option<KindInfo> {
    let fields = Fields::of(node, "a kind", issues)?;
    fields.known(KIND, issues);
    let id = fields.required("id", issues);
    let parent = fields.get("parent").map(|node| {
        let parent = text_of(node, issues)?;
        let found = kinds.named(parent);
        if found.is_none() {
            let help = "parents come before their children".to_owned();
            issues.error(node.span, format!("unknown parent `{parent}`"), help);
        }
        found
    });
    let mut yes = |key: &str| fields.yes_no(key, issues).unwrap_or(false);
    let (group, spreads, provided, origin) =
        (yes("group"), yes("spreads"), yes("provided"), yes("origin"));
    let (holds_data, bypassed, stateful) = (yes("holds_data"), yes("bypassed"), yes("stateful"));
    let remote = yes("remote");
    let delivery = |word: &str| match word {
        "shared" => Some(Delivery::Shared),
        "each" => Some(Delivery::Each),
        _ => None,
    };
    let delivery = fields.word("delivers", &["shared", "each"], delivery, issues);
    let title = fields.text("title", issues);
    let names = fields.texts("names", issues);
    let first = fields.texts("first", issues);
    let usual = usual_of_a_kind(&fields, issues);
    let shape = outline(&fields, issues);
    let id = id?;
    Some(KindInfo {
        title: title.unwrap_or_else(|| id.replace('_', " ")),
        id,
        parent: match parent {
            Some(parent) => Some(parent?),
            None => None,
        },
        group,
        names,
        first,
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
        usual,
        shape,
        lineage: Vec::new(),
        words: Default::default(),
    })
}

/// The word under the key `shape`; a box where nothing is said.
fn outline(fields: &Fields<'_, '_>, issues: &mut Issues) -> Outline {
    let Some(node) = fields.get("shape") else {
        return Outline::default();
    };
    let word = node.text().unwrap_or_default();
    Outline::from_word(word).unwrap_or_else(|| {
        let help = spelling::did_you_mean(word, Outline::WORDS);
        issues.error(node.span, format!("unknown shape `{word}`"), help);
        Outline::default()
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

/// The keys of what a technology is like, which of most is never asked for.
pub(super) fn traits() -> Vec<&'static str> {
    std::iter::once("properties")
        .chain(quality_keys())
        .collect()
}

/// Reads a file of technologies. Where its text is given, it is trusted, and what they are like is left in it until somebody
/// asks.
pub(super) fn technologies(
    node: &Node<'_>,
    vocabulary: &mut Vocabulary,
    late: Option<&'static str>,
    issues: &mut Issues,
) {
    let Some(fields) = Fields::of(node, "a file of technologies", issues) else {
        return;
    };
    fields.known(TECHNOLOGY_FILE, issues);
    let items = fields.list("technologies", issues).iter();
    if let Some(text) = late {
        let read = |item| technology(item, &vocabulary.kinds, lines_of(text, item.span), issues);
        vocabulary.technologies.add_all(items.filter_map(read));
        return;
    }
    for item in items {
        let Some(technology) = technology(item, &vocabulary.kinds, None, issues) else {
            continue;
        };
        if let Err((name, other)) = vocabulary.technologies.add(technology) {
            let other = vocabulary.technologies.info(other).id.clone();
            let message = format!("`{name}` is a name of `{other}` already");
            let id = Fields::of(item, "a technology", issues).and_then(|it| it.text("id", issues));
            let help = format!("give `{}` another name", id.unwrap_or_default());
            issues.error(item.span, message, help);
        }
    }
}

/// The lines of an item that stands on lines of its own.
fn lines_of(text: &'static str, item: Span) -> Option<&'static str> {
    let start = text.get(..item.start)?.rfind('\n').map_or(0, |at| at + 1);
    let before = text.get(start..item.start)?.trim();
    (before == "-").then(|| text.get(start..item.end))?
}

fn technology(
    node: &Node<'_>,
    kinds: &Kinds,
    late: Option<&'static str>,
    issues: &mut Issues,
) -> Option<Technology> {
    let fields = Fields::of(node, "a technology", issues)?;
    let keys = names(TECHNOLOGY).into_iter().chain(quality_keys());
    fields.only(&keys.collect::<Vec<_>>(), issues);
    let id = fields.required("id", issues);
    let kind = fields.required("kind", issues);
    let mut known = |word: &str, node: &Node<'_>| {
        let kind = kinds.named(word);
        if kind.is_none() {
            let help = spelling::did_you_mean(word, &kinds.component_ids());
            issues.error(node.span, format!("unknown kind `{word}`"), help);
        }
        kind
    };
    let kind = kind.zip(fields.get("kind"));
    let kind = kind.and_then(|(word, node)| known(&word, node));
    let also = fields
        .get("also")
        .map(crate::notation::yaml::one_or_many)
        .unwrap_or_default();
    let also = also
        .iter()
        .filter_map(|item| known(item.text()?, item))
        .collect();
    let traits = match late {
        Some(text) => Traits::late(text, read_late),
        None => Traits::from(known_of(&fields, issues)),
    };
    let name = fields.text("name", issues);
    let aliases = fields.texts("aliases", issues);
    let id = id?;
    Some(Technology {
        name: name.unwrap_or_else(|| id.clone()),
        id,
        kind: kind?,
        also,
        aliases,
        traits,
    })
}

/// What a technology is like.
fn known_of(fields: &Fields<'_, '_>, issues: &mut Issues) -> Known {
    let mut properties = BTreeMap::new();
    let stated = fields.get("properties");
    for (key, value) in stated.map(Node::entries).unwrap_or_default() {
        let name = key.text().unwrap_or_default().to_owned();
        properties.extend(text_of(value, issues).map(|text| (name, text.to_owned())));
    }
    Known {
        properties,
        usual: usual(fields, issues),
    }
}

/// What stands of it in the lines of an item.
fn read_late(lines: &str) -> Known {
    let mut issues = Issues::default();
    let list = yaml::parse(lines, &LIMITS, &mut issues);
    let item = list
        .as_ref()
        .and_then(|list| list_of(list, &mut issues).first());
    let fields = item.and_then(|item| Fields::of(item, "a technology", &mut issues));
    fields.map_or_else(Known::default, |fields| known_of(&fields, &mut issues))
}
