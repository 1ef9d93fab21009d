//! From arrows to calls: which way they go, and what an arrow at a frame stands for.
//!
//! Knows ends, heads and who keeps data; knows no labels.

use std::collections::{BTreeMap, BTreeSet};

use super::Remark;
use super::enclosure::Enclosure;
use crate::model::attribute::Attribute;
use crate::model::{Connection, Design, Value, Vocabulary, spelling};
use crate::notation::foreign::diagram::{Arrow, Diagram, End, Heads};

/// Calls that one arrow at a frame can stand for: of more it says nothing.
const MOST_OF_FRAMES: usize = 9;

/// Adds the calls of all arrows to a design whose components stand at `places`.
pub(super) fn calls(
    diagram: &Diagram,
    places: &BTreeMap<usize, usize>,
    vocabulary: &Vocabulary,
    design: &mut Design,
    remarks: &mut Vec<Remark>,
) {
    let mut known: BTreeMap<(usize, usize, bool), usize> = BTreeMap::new();
    let enclosure = Enclosure::of(diagram);
    // Where all are dashed, as some tools draw them, it says nothing.
    let says = diagram.arrows.iter().any(|arrow| !arrow.is_dashed) || diagram.arrows.len() < 3;
    if let Some(first) = diagram.arrows.first().filter(|_| !says) {
        remarks.push(Remark {
            span: first.span,
            text: "all arrows are dashed, which tells none from another: they are taken for calls that are waited for; \
                   write `~>` where nobody waits"
                .to_owned(),
        });
    }
    for arrow in &diagram.arrows {
        let (from, to) = (enclosure.ends(arrow, true), enclosure.ends(arrow, false));
        let are_few = from.len() * to.len() <= MOST_OF_FRAMES;
        remarks.extend(of_frame(diagram, arrow, are_few));
        let pairs = from
            .iter()
            .flat_map(|from| to.iter().map(move |to| (from, to)));
        for (from, to) in pairs.filter(|_| are_few) {
            if let (Some(from), Some(to)) = (places.get(from), places.get(to)) {
                let call = directed(design, vocabulary, arrow.heads, (*from, *to));
                add(design, &mut known, (call, arrow), says && arrow.is_dashed);
            }
        }
    }
    drop_answers(design, vocabulary);
}

/// What is said of an arrow that begins or ends at a frame.
fn of_frame(diagram: &Diagram, arrow: &Arrow, are_few: bool) -> Option<Remark> {
    let frames = [arrow.from, arrow.to].into_iter();
    let frames = frames.filter_map(|end| match end {
        End::Frame(frame) => diagram.frames.get(frame),
        End::Shape(_) => None,
    });
    let named = frames.map(|frame| match frame.label.line() {
        name if name.is_empty() => "a frame without a name".to_owned(),
        name => format!("the frame `{name}`"),
    });
    let frames: Vec<String> = named.collect();
    let made = if are_few {
        "is taken for arrows at the outer boxes in it"
    } else {
        "is left out: it does not say which of the many boxes in it call which"
    };
    (!frames.is_empty()).then(|| Remark {
        span: arrow.span,
        text: format!("an arrow at {} {made}", spelling::enumerated(&frames)),
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
    known: &mut BTreeMap<(usize, usize, bool), usize>,
    ((from, to), arrow): ((usize, usize), &Arrow),
    is_asynchronous: bool,
) {
    let at = *known.entry((from, to, is_asynchronous)).or_insert_with(|| {
        let connection = Connection::new(from, to, is_asynchronous);
        design.connections.push(connection);
        design.connections.len() - 1
    });
    let Some(connection) = design.connections.get_mut(at) else {
        return;
    };
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
    let pairs: BTreeSet<(usize, usize)> = design
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
