//! From arrows to calls: which way they go, and what an arrow at a frame stands for.
//!
//! Knows ends, heads and who keeps data; knows no labels.

use std::collections::BTreeMap;

use super::Remark;
use crate::model::attribute::Attribute;
use crate::model::{Connection, Design, Value, Vocabulary};
use crate::notation::foreign::diagram::{Arrow, Diagram, End, Heads};

/// Most calls that arrows at frames come to.
const MOST: usize = 50_000;

/// Adds the calls of all arrows to a design whose components stand at `places`.
pub(super) fn calls(
    diagram: &Diagram,
    places: &BTreeMap<usize, usize>,
    vocabulary: &Vocabulary,
    design: &mut Design,
    remarks: &mut Vec<Remark>,
) {
    let mut known: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for arrow in &diagram.arrows {
        let (from, to) = (ends(diagram, arrow, true), ends(diagram, arrow, false));
        remarks.extend(of_frame(diagram, arrow));
        for (from, to) in from
            .iter()
            .flat_map(|from| to.iter().map(move |to| (from, to)))
        {
            let (Some(from), Some(to)) = (places.get(from), places.get(to)) else {
                continue;
            };
            if design.connections.len() < MOST {
                add(
                    design,
                    &mut known,
                    directed(design, vocabulary, arrow.heads, (*from, *to)),
                    arrow,
                );
            }
        }
    }
    drop_answers(design, vocabulary);
}

/// The boxes that an end of an arrow stands for: of a frame those that nothing within it calls, or that call nothing within.
fn ends(diagram: &Diagram, arrow: &Arrow, is_start: bool) -> Vec<usize> {
    let (end, other) = if is_start {
        (arrow.from, arrow.to)
    } else {
        (arrow.to, arrow.from)
    };
    let frame = match end {
        End::Shape(at) => return vec![at],
        End::Frame(frame) => frame,
    };
    let inside: Vec<usize> = diagram.inside(frame).collect();
    // An arrow from a box to the frame around it would join the box with itself.
    let is_other = |at: &usize| other != End::Shape(*at);
    let is_edge = |at: &usize| {
        let mut arrows = diagram.arrows.iter();
        !arrows.any(|one| match (one.from, one.to) {
            (End::Shape(from), End::Shape(to)) if is_start => from == *at && inside.contains(&to),
            (End::Shape(from), End::Shape(to)) => to == *at && inside.contains(&from),
            _ => false,
        })
    };
    let edges: Vec<usize> = inside
        .iter()
        .copied()
        .filter(is_edge)
        .filter(is_other)
        .collect();
    if edges.is_empty() {
        return inside.iter().copied().filter(is_other).collect();
    }
    edges
}

/// What is said of an arrow that begins or ends at a frame.
fn of_frame(diagram: &Diagram, arrow: &Arrow) -> Option<Remark> {
    let frames = [arrow.from, arrow.to]
        .into_iter()
        .filter_map(|end| match end {
            End::Frame(frame) => diagram.frames.get(frame),
            End::Shape(_) => None,
        });
    let frame = frames.map(|frame| frame.label.line()).next()?;
    Some(Remark {
        span: arrow.span,
        text: format!(
            "an arrow at the frame `{frame}` is taken for arrows at the outer boxes in it"
        ),
    })
}

/// Caller and callee of an arrow. Where heads don't say it, whoever keeps data is called, and whoever requests come from
/// calls.
fn directed(
    design: &Design,
    vocabulary: &Vocabulary,
    heads: Heads,
    (from, to): (usize, usize),
) -> (usize, usize) {
    let turned = (to, from);
    match heads {
        Heads::End => (from, to),
        Heads::Start => turned,
        Heads::Both | Heads::Neither => {
            let is_called = |at| is_store(design, vocabulary, at);
            let is_caller = |at| is_origin(design, vocabulary, at);
            let turns = is_called(from) && !is_called(to) || is_caller(to) && !is_caller(from);
            if turns { turned } else { (from, to) }
        }
    }
}

fn add(
    design: &mut Design,
    known: &mut BTreeMap<(usize, usize), usize>,
    (from, to): (usize, usize),
    arrow: &Arrow,
) {
    let at = *known.entry((from, to)).or_insert_with(|| {
        let connection = Connection::new(from, to, arrow.is_dashed);
        design.connections.push(connection);
        design.connections.len() - 1
    });
    let Some(connection) = design.connections.get_mut(at) else {
        return;
    };
    // Somebody waits for one of the calls.
    connection.asynchronous &= arrow.is_dashed;
    let label = arrow.label.line();
    let said = connection
        .attributes
        .word(Attribute::Label)
        .map(str::to_owned);
    let both = match said {
        Some(said) if said.split(" / ").any(|part| part == label) || label.is_empty() => return,
        Some(said) => format!("{said} / {label}"),
        None if label.is_empty() => return,
        None => label,
    };
    connection
        .attributes
        .set(Attribute::Label, Value::Word(both));
}

/// Arrows that come back from who keeps data, beside those that go there, are answers and no calls.
fn drop_answers(design: &mut Design, vocabulary: &Vocabulary) {
    let pairs: Vec<(usize, usize)> = design
        .connections
        .iter()
        .map(|one| (one.from, one.to))
        .collect();
    let is_answer = |from: usize, to: usize| {
        is_store(design, vocabulary, from)
            && !is_store(design, vocabulary, to)
            && pairs.contains(&(to, from))
            || is_origin(design, vocabulary, to)
                && !is_origin(design, vocabulary, from)
                && pairs.contains(&(to, from))
    };
    let kept: Vec<Connection> = design
        .connections
        .iter()
        .filter(|one| !is_answer(one.from, one.to))
        .cloned()
        .collect();
    design.connections = kept;
}

fn is_store(design: &Design, vocabulary: &Vocabulary, at: usize) -> bool {
    let component = design.components.get(at);
    component.is_some_and(|component| vocabulary.kinds.info(component.kind).holds_data)
}

fn is_origin(design: &Design, vocabulary: &Vocabulary, at: usize) -> bool {
    let component = design.components.get(at);
    component.is_some_and(|component| vocabulary.kinds.info(component.kind).origin)
}
