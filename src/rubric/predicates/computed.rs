//! What the analyses say: availability, latency, utilisation, limits of growth, cut sets, backlogs.
//!
//! Knows how a range of results becomes an answer; computes nothing itself.

use super::super::comparison::{COMPARISON, Comparison};
use super::super::condition::Condition;
use super::super::fitting::fit;
use super::super::noun::Noun;
use super::super::reader::RuleReader;
use super::super::reckoned::{held, miss_all, shown, span};
use super::super::scene::Scene;
use super::super::trace::Trace;
use crate::analysis::{Lost, Moment, Question, Reckoning, Truth, Verdict, assumption};
use crate::model::quantity::Dimension;
use crate::model::{Quantity, ValueType, spelling};
use crate::notation::yaml::{Fields, Key, Node, Shape, Term, text_of};

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

/// The key of a question about load.
pub(super) const AT: &[Key] = &[Key::new(
    "at",
    Shape::Word(MOMENTS),
    "At the average or at the peak.",
)];

const MOMENTS: &[&str] = &["average", "peak"];

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

/// The word for a backlog that only ever grows.
pub(super) const GROWS: &str = "grows";

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
        let help = spelling::did_you_mean(word, &[MET]);
        reader
            .issues
            .error(node.span, format!("unknown word `{word}`"), help);
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
fn answered(question: Question, scene: &Scene<'_>, trace: &mut Trace) -> Truth {
    let study = scene.study();
    let Verdict { truth, reckoning } = question.answer(&study);
    let (what, dimension, target) = match question {
        Question::Availability(_, target) => ("availability", Dimension::NUMBER, target),
        Question::P99(_, target) | Question::P50(_, target) => {
            ("latency", Dimension::DURATION, target)
        }
        Question::Carries(..) => ("utilisation", Dimension::NUMBER, 1.0),
    };
    let whose = || match question {
        Question::Availability(flow, _) | Question::P99(flow, _) | Question::P50(flow, _) => {
            Noun::Flow.name(scene, flow)
        }
        Question::Carries(component, _) => scene.subject.design.id(component).to_owned(),
    };
    trace.see(|| {
        format!(
            "{what} of {} comes to {} (looked for {})",
            whose(),
            span(&reckoning, dimension),
            shown(target, dimension)
        )
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

/// `utilisation: {at: peak, below: 100%}`: of the bound component, or of each one that the bound flow (or some flow)
/// reaches and that does not grow by itself.
pub(super) fn utilisation(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    let fields = Fields::of(node, "`utilisation`", reader.issues)?;
    fields.known(&[AT, COMPARISON].concat(), reader.issues);
    let moment = moment(&fields, reader);
    let comparison = Comparison::from_fields(&fields, reader);
    fit(ValueType::Number, "utilisation", node, reader);
    let moment = moment?;
    Some(Condition::new(move |scene, trace| {
        let study = scene.study();
        let mut truth = Truth::Yes;
        for component in components(scene) {
            if study.scales(component) {
                continue;
            }
            let (used, reckoning) = study.utilisation(component, moment);
            if used.share().is_none() && reckoning.inputs.missing.is_empty() {
                continue;
            }
            let mut part = trace.fork();
            let what = || format!("utilisation of {}", scene.subject.design.id(component));
            let answer = if is_below_one(&comparison) {
                answered(Question::Carries(component, moment), scene, &mut part)
            } else {
                held(
                    &comparison,
                    &reckoning,
                    Dimension::NUMBER,
                    scene,
                    &mut part,
                    &what,
                )
            };
            if answer < truth || (!answer.is_yes() && answer == truth) {
                trace.find(Noun::Component.place(scene, component), || {
                    scene.subject.design.id(component).to_owned()
                });
                trace.join(part);
            }
            truth = truth.and(answer);
        }
        truth
    }))
}

/// The comparison that asks whether a component carries its load.
fn is_below_one(comparison: &Comparison) -> bool {
    comparison.is_just_below(Quantity::number(1.0))
}

/// The component that is bound, or those of the bound flow, or of all flows.
fn components(scene: &Scene<'_>) -> Vec<usize> {
    if let Some(component) = scene.bound_to(Noun::Component) {
        return vec![component];
    }
    let flows = scene.subject.flows.iter().enumerate();
    let asked = flows.filter(|(at, _)| scene.bound.flow.is_none_or(|flow| flow == *at));
    let all: std::collections::BTreeSet<usize> = asked
        .flat_map(|(_, facts)| facts.components.iter().copied())
        .collect();
    all.into_iter().collect()
}

/// `at: average` or `at: peak`.
fn moment(fields: &Fields<'_, '_>, reader: &mut RuleReader<'_>) -> Option<Moment> {
    let Some(node) = fields.get("at") else {
        return Some(Moment::Average);
    };
    match text_of(node, reader.issues)? {
        "average" => Some(Moment::Average),
        "peak" => Some(Moment::Peak),
        other => {
            let help = spelling::did_you_mean(other, MOMENTS);
            reader
                .issues
                .error(node.span, format!("unknown moment `{other}`"), help);
            None
        }
    }
}

/// `saturates_at: {at_least: 3x}`: the factor of the stated rates at which the bound component, or the first one of the
/// bound flow (or of all flows), is saturated. What never saturates does so at no factor: it is above every bound.
pub(super) fn saturates_at(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    let comparison = Comparison::read_of(ValueType::Number, "saturates_at", node, reader)?;
    Some(Condition::new(move |scene, trace| {
        let study = scene.study();
        let all = components(scene);
        let limit = study.limit_of(&all);
        let mut reckoning = limit.factor;
        if reckoning.usual.is_none() && reckoning.inputs.missing.is_empty() {
            for value in [
                &mut reckoning.worst,
                &mut reckoning.usual,
                &mut reckoning.best,
            ] {
                *value = Some(f64::MAX);
            }
        }
        if let Some(at) = limit.bottleneck {
            trace.find(Noun::Component.place(scene, at), || {
                scene.subject.design.id(at).to_owned()
            });
        }
        let what = || "the factor of the load at which it saturates".to_owned();
        held(
            &comparison,
            &reckoning,
            Dimension::NUMBER,
            scene,
            trace,
            &what,
        )
    }))
}

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
            let help = spelling::did_you_mean(other, LOSSES);
            reader
                .issues
                .error(node.span, format!("unknown loss `{other}`"), help);
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
    let worst = study.scenario(crate::analysis::Stance::Worst);
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
                    trace.see(|| format!("the loss of {} stops it", study_name(*lost, scene)));
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

fn study_name(lost: Lost, scene: &Scene<'_>) -> String {
    crate::analysis::lost_name(lost, &scene.study())
}

/// `backlog: {at: peak}`: what the bound component carries (or some component) is fed faster than it is drained.
pub(super) fn backlog(node: &Node<'_>, reader: &mut RuleReader<'_>) -> Option<Condition> {
    let moment = if let Some(word) = node.text() {
        if word != GROWS {
            let help = spelling::did_you_mean(word, &[GROWS]);
            reader
                .issues
                .error(node.span, format!("unknown word `{word}`"), help);
            return None;
        }
        Moment::Average
    } else {
        let fields = Fields::of(node, "`backlog`", reader.issues)?;
        fields.known(AT, reader.issues);
        moment(&fields, reader)?
    };
    Some(Condition::new(move |scene, trace| {
        let study = scene.study();
        let bound = scene.bound_to(Noun::Component);
        let all = crate::analysis::backlogs(&study);
        let asked = all
            .iter()
            .filter(|one| bound.is_none_or(|at| at == one.queue));
        asked.fold(Truth::No, |truth, one| {
            let balance = match moment {
                Moment::Average => &one.average,
                Moment::Peak => &one.peak,
            };
            if balance.fed.best.is_none() && balance.growth.inputs.missing.is_empty() {
                return truth;
            }
            let answer = !balance.growth.meets(|growth| growth <= 0.0);
            trace.find(Noun::Component.place(scene, one.queue), || {
                scene.subject.design.id(one.queue).to_owned()
            });
            if !answer.is_no() {
                trace.see(|| {
                    format!(
                        "{} is fed {} and drained of {}",
                        scene.subject.design.id(one.queue),
                        span(&balance.fed, Dimension::RATE),
                        span(&balance.drained, Dimension::RATE)
                    )
                });
                if answer == Truth::NotStated {
                    miss_all(&balance.growth.inputs, scene, trace);
                }
            }
            truth.or(answer)
        })
    }))
}
