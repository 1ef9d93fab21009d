//! Components: a word where it says everything, else a map.
//!
//! Knows the attribute table by its interface; knows no attribute, kind or technology by name.

use super::{Entry, filled, one_or_list, words};
use crate::model::vocabulary::Meaning;
use crate::model::{Attributes, Component, Design, Tech, Value, Vocabulary};
use crate::notation::yaml::{Layout, Yaml};

pub(super) fn components(design: &Design, vocabulary: &Vocabulary) -> Yaml {
    let entries = design
        .components
        .iter()
        .map(|component| (&component.id, value(component, vocabulary)));
    Yaml::map(Layout::Lines, entries)
}

fn value(component: &Component, vocabulary: &Vocabulary) -> Yaml {
    let mut entries = identity(component, vocabulary);
    let identified = entries.len();
    entries.extend(words("title", component.title.as_ref()));
    entries.extend(words("group", component.group.as_ref()));
    entries.extend(filled(
        "tags",
        Yaml::texts(Layout::Fitting, &component.tags),
    ));
    entries.extend(attributes(&component.attributes));
    entries.extend(words("notes", component.notes.as_ref()));
    match entries.as_slice() {
        [(key, word)] if identified == 1 && is_terse(key, word, component, vocabulary) => {
            word.clone()
        }
        _ => Yaml::map(Layout::Fitting, entries),
    }
}

/// The technology and the kind, as far as they are needed to read the component back.
fn identity(component: &Component, vocabulary: &Vocabulary) -> Vec<Entry> {
    let tech = tech_word(component, vocabulary);
    let usual = component
        .tech
        .map(|tech| vocabulary.technologies.info(tech).kind);
    let kind_needed = component.kind_stated || usual != Some(component.kind);
    let kind = || Yaml::text(&vocabulary.kinds.info(component.kind).id);
    let tech = tech.map(|word| ("tech", Yaml::text(word)));
    let kind = kind_needed.then(|| ("kind", kind()));
    tech.into_iter().chain(kind).collect()
}

/// The technology as it was written, or its id where that is no name of it.
fn tech_word<'a>(component: &'a Component, vocabulary: &'a Vocabulary) -> Option<&'a str> {
    let written = component.tech_text.as_deref();
    let named = |tech: Tech, word: &str| vocabulary.technologies.named(word) == Some(tech);
    match component.tech {
        Some(tech) => Some(
            written
                .filter(|word| named(tech, word))
                .unwrap_or(&vocabulary.technologies.info(tech).id),
        ),
        None => written,
    }
}

/// Whether a word alone is read as this component: names of technologies can be names of kinds too.
fn is_terse(key: &str, word: &Yaml, component: &Component, vocabulary: &Vocabulary) -> bool {
    let Yaml::Text(word) = word else { return false };
    match vocabulary.meaning(word) {
        Some(Meaning::Kind(kind)) => key == "kind" && kind == component.kind,
        Some(Meaning::Tech(tech)) => key == "tech" && Some(tech) == component.tech,
        None => false,
    }
}

/// Attributes in the table's order.
pub(super) fn attributes(attributes: &Attributes) -> impl Iterator<Item = Entry> {
    attributes
        .iter()
        .map(|(attribute, value)| (attribute.row().name, attribute_value(value)))
        .filter(|(_, value)| !value.is_empty())
}

/// The value of an attribute.
#[must_use]
pub fn attribute_value(value: &Value) -> Yaml {
    match value {
        Value::Count(number) => Yaml::bare(number.to_string()),
        Value::YesNo(yes) => Yaml::bare(yes.to_string()),
        Value::Figure(figure) => Yaml::bare(&figure.text),
        Value::Word(word) => Yaml::text(word),
        Value::Names(names) => match names.as_slice() {
            [name] if name.trim() != name => Yaml::texts(Layout::Fitting, names),
            _ => one_or_list(names),
        },
    }
}
