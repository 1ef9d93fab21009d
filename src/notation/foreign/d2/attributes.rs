//! What is said of boxes and connections, as far as it tells more than how they look.
//!
//! Knows the words of D2 for attributes; knows no boxes.

use std::collections::BTreeMap;

use super::syntax::{Entry, Subject, Value};
use super::words::Key;
use crate::model::Outline;
use crate::notation::foreign::label::cut;
use crate::notation::foreign::stand_ins::filled;

/// Attributes by path, such as `style.opacity`.
pub(super) type Attributes = BTreeMap<&'static str, Vec<String>>;

pub(super) const LABEL: &str = "label";
/// A label that is a text of several lines; it is said beside that.
pub(super) const BLOCK: &str = "block";
pub(super) const SHAPE: &str = "shape";
pub(super) const ICON: &str = "icon";
pub(super) const NEAR: &str = "near";
pub(super) const CLASS: &str = "class";
pub(super) const OPACITY: &str = "style.opacity";
const DASHES: &str = "style.stroke-dash";
const MULTIPLE: &str = "style.multiple";

/// The attributes that are kept.
const KEPT: &[&str] = &[LABEL, SHAPE, ICON, NEAR, CLASS, OPACITY, DASHES, MULTIPLE];

/// Words that are no names of boxes.
const RESERVED: &[&str] = &[
    LABEL,
    SHAPE,
    ICON,
    NEAR,
    CLASS,
    "style",
    "link",
    "tooltip",
    "width",
    "height",
    "top",
    "left",
    "direction",
    "constraint",
    "grid-rows",
    "grid-columns",
    "grid-gap",
    "vertical-gap",
    "horizontal-gap",
    "source-arrowhead",
    "target-arrowhead",
    VARS,
    CLASSES,
    "layers",
    "scenarios",
    "steps",
];

pub(super) const VARS: &str = "vars";
pub(super) const CLASSES: &str = "classes";

/// Other boards of a file.
pub(super) const BOARDS: &[&str] = &["layers", "scenarios", "steps"];

/// Letters of a path.
const MOST: usize = 1024;

/// Letters of a text that may be said of many boxes at once.
const MOST_SHARED: usize = 256;

/// Where in a path what is said of the box before it begins.
pub(super) fn begin(path: &[Key]) -> usize {
    let is_reserved = |key: &Key| {
        let word = key.word().map(str::to_ascii_lowercase);
        word.is_some_and(|word| RESERVED.contains(&word.as_str()))
    };
    path.iter().position(is_reserved).unwrap_or(path.len())
}

/// Notes what is said at a path, and in the map there.
pub(super) fn note(
    attributes: &mut Attributes,
    path: &str,
    (value, map): (&Value, Option<&[Entry]>),
    vars: &BTreeMap<String, String>,
) {
    let texts = match value {
        Value::Text(text) | Value::Block(text) => vec![filled(text, vars)],
        Value::List(texts) => texts.iter().map(|text| filled(text, vars)).collect(),
        Value::None | Value::Null | Value::Import(_) => Vec::new(),
    };
    let kept = KEPT.iter().find(|kept| path.eq_ignore_ascii_case(kept));
    if let Some(kept) = kept.filter(|_| !texts.is_empty()) {
        if *kept == LABEL {
            let is_block = matches!(value, Value::Block(_));
            attributes.remove(BLOCK);
            attributes.extend(is_block.then(|| (BLOCK, Vec::new())));
        }
        attributes.insert(kept, texts);
    }
    for entry in map.unwrap_or_default() {
        let Subject::Path(inner) = &entry.subject else {
            continue;
        };
        let path = joined(path, inner);
        if path.len() <= MOST {
            note(
                attributes,
                &path,
                (&entry.value, entry.map.as_deref()),
                vars,
            );
        }
    }
}

/// Notes what is said of all boxes of a class.
pub(super) fn note_class(
    class: &mut Attributes,
    path: &[Key],
    said: (&Value, Option<&[Entry]>),
    vars: &BTreeMap<String, String>,
) {
    note(class, &joined("", path), said, vars);
    for text in class.values_mut().flatten() {
        *text = cut(text, MOST_SHARED).to_owned();
    }
}

/// A path, and names below it.
pub(super) fn joined(path: &str, names: &[Key]) -> String {
    let names = names.iter().map(|key| key.text.as_str());
    let before = Some(path).filter(|path| !path.is_empty());
    let all: Vec<&str> = before.into_iter().chain(names).collect();
    all.join(".")
}

/// Texts by the path of their name in `vars`.
pub(super) fn note_vars(
    vars: &mut BTreeMap<String, String>,
    path: &str,
    (value, map): (&Value, Option<&[Entry]>),
) {
    if let Value::Text(text) | Value::Block(text) = value {
        vars.insert(path.to_owned(), cut(text, MOST_SHARED).to_owned());
    }
    for entry in map.unwrap_or_default() {
        if let Subject::Path(inner) = &entry.subject {
            let path = joined(path, inner);
            if path.len() <= MOST {
                note_vars(vars, &path, (&entry.value, entry.map.as_deref()));
            }
        }
    }
}

/// The first text of an attribute: of the box itself, or of the classes that it has.
pub(super) fn said<'a>(
    attributes: &'a Attributes,
    classes: &'a BTreeMap<String, Attributes>,
    name: &str,
) -> Option<&'a str> {
    let first = |attributes: &'a Attributes| attributes.get(name)?.first().map(String::as_str);
    let named = attributes.get(CLASS).into_iter().flatten().rev();
    let mut classes = named.filter_map(|class| classes.get(class).and_then(first));
    first(attributes).or_else(|| classes.next())
}

pub(super) fn is_dashed(said: impl Fn(&'static str) -> Option<String>) -> bool {
    said(DASHES).is_some_and(|dashes| dashes.trim() != "0")
}

pub(super) fn is_invisible(said: impl Fn(&'static str) -> Option<String>) -> bool {
    said(OPACITY).is_some_and(|opacity| opacity.trim().parse() == Ok(0.0_f64))
}

/// How many boxes one upon the other are drawn.
pub(super) fn copies(said: impl Fn(&'static str) -> Option<String>) -> u64 {
    if said(MULTIPLE).is_some_and(|word| word == "true") {
        2
    } else {
        1
    }
}

/// Shapes whose names below them are columns or members and no boxes.
pub(super) const TABLES: &[&str] = &["sql_table", "class", "code"];

/// The outline of a shape, where it tells something.
pub(super) fn outline(shape: &str) -> Option<Outline> {
    match shape {
        "cylinder" | "stored_data" | "sql_table" => Some(Outline::Cylinder),
        "queue" => Some(Outline::Queue),
        "person" | "c4-person" => Some(Outline::Person),
        _ => None,
    }
}

/// Whether a place is one of the picture and not beside a box.
pub(super) fn is_of_picture(near: &str) -> bool {
    const PLACES: &[&str] = &["top-", "center-", "bottom-"];
    let ends = |start: &&str| {
        let end = near.strip_prefix(*start);
        end.is_some_and(|end| matches!(end, "left" | "center" | "right"))
    };
    PLACES.iter().any(ends)
}
