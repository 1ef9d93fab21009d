//! Sets of losses that stop flows.
//!
//! Knows how large they are and of what; finds none itself.

use super::super::condition::Condition;
use super::super::noun::Noun;
use super::super::reader::RuleReader;
use super::super::scene::Scene;
use super::super::trace::Trace;
use crate::analysis::{Lost, Stance, Truth, lost_name};
use crate::notation::yaml::{Fields, Key, Node, Shape, text_of};

/// The keys of a question about what stops flows.
pub(super) const CUT: &[Key] = &[
    Key::new(
        "order",
        Shape::Text,
        "So many losses at most; 1 where left out.",
    ),
    Key::new("of", Shape::Word(LOSSES), "What is lost."),
];

const LOSSES: &[&str] = &["instance", "zone", "provider"];

/// `cut: {order: 1, of: zone}`: some set of at most so many losses stops the bound flow (or some flow).
pub(super) fn cut(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    let fields = Fields::of(node, "`cut`", reader.issues)?;
    fields.known(CUT, reader.issues);
    let order = fields
        .get("order")
        .map_or(Some(1), |node| order(node, reader));
    let of = match fields.get("of") {
        Some(node) => domain(node, reader).map(Some),
        None => Some(None),
    };
    let (order, of) = order.zip(of)?;
    Some(Condition::new(move |scene, trace| {
        let flows = match scene.bound.flow {
            Some(flow) => flow..flow + 1,
            None => 0..scene.subject.flows.len(),
        };
        flows.fold(Truth::No, |truth, flow| {
            truth.or(is_cut(flow, order, of, scene, trace))
        })
    }))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Instance,
    Zone,
    Provider,
}

fn domain(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Of> {
    match text_of(node, reader.issues)? {
        "instance" => Some(Of::Instance),
        "zone" => Some(Of::Zone),
        "provider" => Some(Of::Provider),
        other => {
            reader.unknown(node, "loss", other, LOSSES);
            None
        }
    }
}

fn order(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<usize> {
    let text = text_of(node, reader.issues)?;
    let order = text.parse().ok().filter(|order| (1..=3).contains(order));
    if order.is_none() {
        let help = "write 1, 2 or 3".to_owned();
        reader
            .issues
            .error(node.span, format!("`{text}` is no order of a cut"), help);
    }
    order
}

fn is_cut(
    flow: usize,
    order: usize,
    of: Option<Of>,
    scene: &Scene<'_>,
    trace: &mut Trace,
) -> Truth {
    let study = scene.study();
    let Some(cuts) = study.cuts(flow) else {
        return Truth::NotStated;
    };
    let worst = study.scenario(Stance::Worst);
    let fits = |lost: &Lost| {
        let kind = match lost {
            Lost::Zone(_) | Lost::Region(_) => Of::Zone,
            Lost::Instance(component, _) if worst.is_whole(*component) => Of::Provider,
            Lost::Instance(..) | Lost::Component(_) => Of::Instance,
        };
        of.map_or(kind != Of::Provider, |of| kind == of)
    };
    let small = cuts.minimal.iter().filter(|cut| cut.len() <= order);
    let mut found = small.filter(|cut| cut.iter().all(fits)).peekable();
    if found.peek().is_some() {
        for lost in found.flatten() {
            match lost {
                Lost::Instance(at, _) | Lost::Component(at) => {
                    trace.find(Noun::Component.place(scene, *at), || {
                        scene.subject.design.id(*at).to_owned()
                    });
                }
                Lost::Zone(_) | Lost::Region(_) => {
                    trace.see(|| format!("the loss of {} stops it", lost_name(*lost, &study)));
                }
            }
        }
        return Truth::Yes;
    }
    for (component, fact) in &cuts.open {
        trace.miss(|| format!("{fact} of {}", scene.subject.design.id(*component)));
    }
    if cuts.open.is_empty() && cuts.complete {
        Truth::No
    } else {
        Truth::NotStated
    }
}
