//! Elements of PlantUML: `database "Links" as links <<cassandra>> #grey {`.
//!
//! Knows keywords; knows no arrow.

use super::arrows::name;
use super::words::label;
use crate::model::Outline;
use crate::notation::foreign::label::Label;

/// Keywords of elements, and what they look like where that tells something.
const KEYWORDS: &[(&str, Option<Outline>)] = &[
    ("actor", Some(Outline::Person)),
    ("person", Some(Outline::Person)),
    ("database", Some(Outline::Cylinder)),
    ("queue", Some(Outline::Queue)),
    ("agent", None),
    ("artifact", None),
    ("boundary", None),
    ("card", None),
    ("circle", None),
    ("cloud", None),
    ("collections", None),
    ("component", None),
    ("control", None),
    ("entity", None),
    ("file", None),
    ("folder", None),
    ("frame", None),
    ("hexagon", None),
    ("interface", None),
    ("label", None),
    ("node", None),
    ("package", None),
    ("port", None),
    ("portin", None),
    ("portout", None),
    ("process", None),
    ("rectangle", None),
    ("stack", None),
    ("storage", None),
    ("usecase", None),
];

/// An element as declared.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Element {
    /// What arrows call it.
    pub name: String,
    pub label: Label,
    pub hint: Option<String>,
    pub outline: Option<Outline>,
    /// A brace follows: others are declared in it.
    pub opens: bool,
    /// A bracket follows: what is written on it stands in the lines below.
    pub is_described: bool,
}

/// Reads a line as an element: after its keyword, or in the brackets of a component.
pub(super) fn element(line: &str) -> Option<Element> {
    let (outline, rest) = begun(line)?;
    let (first, mut rest) = bare(rest).or_else(|| name(rest))?;
    let (mut title, mut alias) = (first, None);
    let mut stereotype = None;
    loop {
        rest = rest.trim_start();
        if let Some(inner) = rest.strip_prefix("as ") {
            let inner = inner.trim_start();
            let (second, behind) = name(inner)?;
            if inner.starts_with('"') {
                (title, alias) = (second, Some(first));
            } else {
                alias = Some(second);
            }
            rest = behind;
        } else if let Some((inside, behind)) = rest
            .strip_prefix("<<")
            .and_then(|rest| rest.split_once(">>"))
        {
            stereotype = stereotype.or(Some(inside.trim()));
            rest = behind;
        } else if let Some(behind) = rest.strip_prefix(['#', '$']) {
            rest = behind
                .split_once(char::is_whitespace)
                .map_or("", |(_, behind)| behind);
        } else if let Some((_, behind)) = rest
            .strip_prefix("[[")
            .and_then(|rest| rest.split_once("]]"))
        {
            rest = behind;
        } else {
            break;
        }
    }
    let (opens, is_described) = (rest == "{", rest == "[");
    if !rest.is_empty() && !opens && !is_described {
        return None;
    }
    let (mut label, icon) = label(title);
    if icon.is_some() {
        label = label.unbroken();
    }
    let name = alias.unwrap_or(title);
    let stereotype = stereotype.filter(|said| tells(said, [name, &label.name]) && !opens);
    label.rest.extend(stereotype.map(str::to_owned));
    Some(Element {
        name: name.to_owned(),
        label,
        hint: icon,
        outline,
        opens,
        is_described,
    })
}

/// The outline of an element, and what follows its keyword.
fn begun(line: &str) -> Option<(Option<Outline>, &str)> {
    if line.starts_with(':') {
        return Some((Some(Outline::Person), line));
    }
    if line.starts_with(['[', '(']) {
        let rest = line.strip_prefix("()").map_or(line, str::trim_start);
        return Some((None, rest));
    }
    let (word, rest) = line.split_once(char::is_whitespace)?;
    let (_, outline) = KEYWORDS.iter().find(|(known, _)| *known == word)?;
    Some((*outline, rest.trim_start()))
}

/// A name that nothing encloses, which can have a dash in it.
fn bare(text: &str) -> Option<(&str, &str)> {
    if text.starts_with(['"', '[', '(', ':']) {
        return None;
    }
    let end = text
        .find(|c: char| c.is_whitespace() || c == '{')
        .unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// Whether a stereotype says what a thing is: tools write names and styles there too.
fn tells(stereotype: &str, names: [&str; 2]) -> bool {
    !names.contains(&stereotype)
        && !stereotype.contains(['.', '$', '(', '_'])
        && !stereotype.is_empty()
}
