//! The macros of C4: persons, systems, containers and components, boundaries around them, relations between them. Mermaid and
//! PlantUML write them in the same way.
//!
//! Knows macros and what they draw; how lines are read is the notations' business.

mod calls;
#[cfg(test)]
mod tests;

pub(super) use calls::Call;

use super::diagram::{Heads, Shape};
use super::label::Label;
use super::named::{Board, Line};
use crate::model::Outline;
use crate::source::Span;

/// Macros of things, and whether they have a technology before their description.
const THINGS: &[(&str, bool)] = &[
    ("Person", false),
    ("System", false),
    ("Container", true),
    ("Component", true),
];

/// What the name of a thing ends with that keeps data or passes messages on.
const OUTLINED: &[(&str, Outline)] = &[("Db", Outline::Cylinder), ("Queue", Outline::Queue)];

/// What the name of a thing ends with that others run.
const OF_OTHERS: &str = "_Ext";

/// Macros of machines.
const NODES: &[&str] = &["Deployment_Node", "Node"];

/// Macros of relations: in one direction, with a number before the ends, and in both directions.
const RELATIONS: &[(&str, usize, bool)] = &[
    ("BiRel", 0, true),
    ("RelIndex", 1, false),
    ("Rel", 0, false),
];

/// What macros begin with that say how something looks or where it stands.
const LOOKS: &[&str] = &[
    "Lay_",
    "Layout",
    "Update",
    "Add",
    "Set",
    "Show",
    "Hide",
    "With",
    "Increment",
    "C4",
    "$",
];

/// Draws what a call stands for; false where it is no macro of C4.
pub(super) fn draw(call: &Call<'_>, span: Span, board: &mut Board) -> bool {
    relation(call, span, board)
        || frame(call, span, board)
        || thing(call, span, board)
        || is_look(call)
}

/// Whether a macro draws nothing: those in capitals set something as well.
fn is_look(call: &Call<'_>) -> bool {
    let is_setting = !call.name.contains(|c: char| c.is_ascii_lowercase());
    is_setting || LOOKS.iter().any(|look| call.name.starts_with(look))
}

fn relation(call: &Call<'_>, span: Span, board: &mut Board) -> bool {
    let found = RELATIONS.iter().find_map(|(name, first, is_both)| {
        let rest = call.name.strip_prefix(name)?;
        (rest.is_empty() || rest.starts_with('_')).then_some((rest, *first, *is_both))
    });
    let Some((rest, first, is_both)) = found else {
        return false;
    };
    let ends = call.get("from", first).zip(call.get("to", first + 1));
    let Some((from, to)) = ends else { return false };
    let (words, technology) = (call.get("label", first + 2), call.get("techn", first + 3));
    let tags = call.get("tags", usize::MAX);
    let is_back = rest.split('_').any(|word| word == "Back");
    board.join(Line {
        from: from.to_owned(),
        to: to.to_owned(),
        heads: Heads::of(is_back || is_both, !is_back || is_both),
        is_dashed: is_asynchronous([words, technology, tags].into_iter().flatten()),
        label: lines([words, technology]),
        span,
    });
    true
}

/// Whether what is said of a relation says that nobody waits.
fn is_asynchronous<'t>(said: impl Iterator<Item = &'t str>) -> bool {
    let words = said.flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    let says = |sort: &str| {
        words
            .iter()
            .any(|word| word == sort || word.starts_with(&format!("{sort}hronous")))
    };
    says("async") && !says("sync")
}

/// Texts as the lines of a label.
fn lines<'t>(texts: impl IntoIterator<Item = Option<&'t str>>) -> Label {
    let texts: Vec<&str> = texts.into_iter().flatten().collect();
    Label::of(&texts.join("\n"))
}

/// A boundary, or a machine with something on it; an empty machine is a thing.
fn frame(call: &Call<'_>, span: Span, board: &mut Board) -> bool {
    let is_node = NODES.iter().any(|node| {
        let rest = call.name.strip_prefix(node);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
    });
    let Some(name) = call
        .get("alias", 0)
        .filter(|_| is_node || call.name.ends_with("Boundary"))
    else {
        return false;
    };
    let title = call.get("label", 1).unwrap_or(name);
    if call.opens {
        board.open(name, Label::of(title), span);
        return true;
    }
    let mut shape = Shape::new(
        name.to_owned(),
        lines([Some(title), call.get("type", 2)]),
        span,
    );
    shape.about = call.get("descr", 3).map(sentence);
    board.add(shape);
    true
}

fn thing(call: &Call<'_>, span: Span, board: &mut Board) -> bool {
    let (base, is_of_others) = match call.name.strip_suffix(OF_OTHERS) {
        Some(base) => (base, true),
        None => (call.name, false),
    };
    let outlined = OUTLINED
        .iter()
        .find_map(|(end, outline)| Some((base.strip_suffix(end)?, *outline)));
    let (base, outline) = outlined.map_or((base, None), |(base, outline)| (base, Some(outline)));
    let known = THINGS.iter().find(|(known, _)| *known == base);
    let Some((name, (_, has_technology))) = call.get("alias", 0).zip(known) else {
        return false;
    };
    let title = call.get("label", 1).unwrap_or(name);
    if call.opens {
        board.open(name, Label::of(title), span);
        return true;
    }
    let technology = call.get("techn", if *has_technology { 2 } else { usize::MAX });
    let description = call.get("descr", if *has_technology { 3 } else { 2 });
    let mut shape = Shape::new(name.to_owned(), lines([Some(title), technology]), span);
    shape.about = description.map(sentence);
    shape.outline = outline.or((base == "Person").then_some(Outline::Person));
    shape.is_of_others = base == "System" && is_of_others;
    board.add(shape);
    true
}

/// A description in one line.
pub(super) fn sentence(written: &str) -> String {
    Label::of(written).line()
}
