//! What was computed for flows against their targets: availability and latency.
//!
//! Knows how a range of results becomes an answer; computes nothing itself.

use super::super::comparison::Comparison;
use super::super::condition::Condition;
use super::super::noun::Noun;
use super::super::reader::RuleReader;
use super::super::reckoned::{held, miss_all, shown, span};
use super::super::scene::Scene;
use super::super::trace::Trace;
use crate::analysis::{Question, Reckoning, Truth, Verdict, assumption};
use crate::model::ValueType;
use crate::model::quantity::Dimension;
use crate::notation::yaml::{Fields, Key, Node, Shape, Term};

/// The word for a target that is met.
const MET: &str = "met";

/// The keys of a question about computed latency.
pub(super) const LATENCY: &[Key] = &[
    Key::new(
        "p50",
        Shape::Of(Term::Comparison),
        "What half of the requests stay below.",
    ),
    Key::new(
        "p99",
        Shape::Of(Term::Comparison),
        "What 99 of 100 requests stay below.",
    ),
];

/// `availability: met`, or a comparison with the computed one.
pub(super) fn availability(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    if let Some(word) = node.text() {
        return is_met(word, node, reader, |scene, flow| {
            let target = &scene.subject.flows.get(flow)?.flow.availability;
            Some(Question::Availability(
                flow,
                target.as_ref()?.quantity.value,
            ))
        });
    }
    let comparison = Comparison::read_of(ValueType::Percent, "availability", node, reader)?;
    Some(Condition::new(move |scene, trace| {
        each_flow(scene, trace, |flow, trace| {
            let reckoning = scene.study().availability(flow);
            let what = || format!("computed availability of {}", Noun::Flow.name(scene, flow));
            held(
                &comparison,
                &reckoning,
                Dimension::NUMBER,
                scene,
                trace,
                &what,
            )
        })
    }))
}

/// `latency: met`, or comparisons with the computed `p50` and `p99`.
pub(super) fn latency(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    if let Some(word) = node.text() {
        return is_met(word, node, reader, |scene, flow| {
            let target = &scene.subject.flows.get(flow)?.flow.latency;
            Some(Question::P99(flow, target.as_ref()?.quantity.value))
        });
    }
    let fields = Fields::of(node, "`latency`", reader.issues)?;
    fields.known(LATENCY, reader.issues);
    let mut read = |key: &str| match fields.get(key) {
        Some(node) => Comparison::read_of(ValueType::Duration, key, node, reader).map(Some),
        None => Some(None),
    };
    let (p50, p99) = read("p50").zip(read("p99"))?;
    Some(Condition::new(move |scene, trace| {
        each_flow(scene, trace, |flow, trace| {
            let latency = scene.study().latency(flow);
            let wanted = [("p50", &p50, &latency.p50), ("p99", &p99, &latency.p99)];
            wanted
                .into_iter()
                .fold(Truth::Yes, |truth, (word, comparison, reckoning)| {
                    let Some(comparison) = comparison else {
                        return truth;
                    };
                    let what = || format!("computed {word} of {}", Noun::Flow.name(scene, flow));
                    truth.and(held(
                        comparison,
                        reckoning,
                        Dimension::DURATION,
                        scene,
                        trace,
                        &what,
                    ))
                })
        })
    }))
}

fn is_met(
    word: &str,
    node: &Node<'_>,
    reader: &mut RuleReader<'_>,
    question: fn(&Scene<'_>, usize) -> Option<Question>,
) -> Option<Condition> {
    if word != MET {
        reader.unknown(node, "word", word, &[MET]);
        return None;
    }
    Some(Condition::new(move |scene, trace| {
        each_flow(scene, trace, |flow, trace| match question(scene, flow) {
            Some(question) => answered(question, scene, trace),
            None => Truth::Yes,
        })
    }))
}

/// Asks of the bound flow, or of all flows, which have to hold together.
fn each_flow(
    scene: &Scene<'_>,
    trace: &mut Trace,
    mut ask: impl FnMut(usize, &mut Trace) -> Truth,
) -> Truth {
    let flows = match scene.bound.flow {
        Some(flow) => flow..flow + 1,
        None => 0..scene.subject.flows.len(),
    };
    let mut truth = Truth::Yes;
    for flow in flows {
        let answer = ask(flow, trace);
        if !answer.is_yes() && scene.bound.flow.is_none() {
            trace.find(Noun::Flow.place(scene, flow), || {
                Noun::Flow.name(scene, flow)
            });
        }
        truth = truth.and(answer);
    }
    truth
}

/// The answer to a question, with what was computed, and what would flip it where it depends on an assumption.
pub(super) fn answered(question: Question, scene: &Scene<'_>, trace: &mut Trace) -> Truth {
    let study = scene.study();
    let Verdict { truth, reckoning } = question.answer(&study);
    let (what, dimension, wanted, target) = match question {
        Question::Availability(_, target) => {
            ("availability", Dimension::NUMBER, "at least", target)
        }
        Question::P99(_, target) | Question::P50(_, target) => {
            ("latency", Dimension::DURATION, "at most", target)
        }
        Question::Carries(..) => ("utilisation", Dimension::NUMBER, "below", 1.0),
    };
    let whose = || match question {
        Question::Availability(flow, _) | Question::P99(flow, _) | Question::P50(flow, _) => {
            Noun::Flow.name(scene, flow)
        }
        Question::Carries(component, _) => scene.subject.design.id(component).to_owned(),
    };
    trace.see(|| {
        let (found, target) = (span(&reckoning, dimension), shown(target, dimension));
        // So near that the digits which are shown do not tell it from the target.
        let just = match question {
            _ if !truth.is_no() || found != target => "",
            Question::Availability(..) => "just under ",
            Question::P99(..) | Question::P50(..) => "just over ",
            Question::Carries(..) => "",
        };
        let whose = whose();
        format!("{what} of {whose} comes to {just}{found} (looked for {wanted} {target})")
    });
    if truth == Truth::NotStated && trace.is_on() {
        miss_flips(question, &reckoning, scene, trace);
    }
    truth
}

/// Names what would decide: facts without a basis, and assumed ones with the value at which the verdict turns.
fn miss_flips(question: Question, reckoning: &Reckoning, scene: &Scene<'_>, trace: &mut Trace) {
    let study = scene.study();
    let (design, vocabulary) = (scene.subject.design, scene.subject.vocabulary);
    for fact in &reckoning.inputs.missing {
        trace.miss(|| fact.clone());
    }
    let flips = question.flips(&study, reckoning);
    for flip in &flips {
        let (range, _) = assumption::basis(flip.key, vocabulary, design);
        let value = assumption::shown(flip.key, flip.value);
        trace.miss(|| {
            let name = assumption::name(flip.key, design);
            format!("{name} (assumed: {range}; the verdict turns at {value})")
        });
    }
    if flips.is_empty() && reckoning.inputs.missing.is_empty() {
        miss_all(&reckoning.inputs, scene, trace);
    }
}
