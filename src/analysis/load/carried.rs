//! Flows that carry on what others bring: a message is handed on by the part that took it in.
//!
//! Knows flows, where they begin and what arrives there; knows no capacity.

use super::pushed::Pushed;
use super::{Moment, rate};
use crate::analysis::flows::FlowFacts;
use crate::analysis::journey::Journey;
use crate::analysis::scenario::Scenario;
use crate::model::Attribute;

/// Two numbers this near to each other are one, rounded by a person.
const NEAR: f64 = 1.25;

/// Takes out of what flows cause that which others that they carry on cause already.
///
/// Who draws the delivery of messages as a flow of its own begins it at the part that takes them in. That part does not serve
/// them once more; and where the stated rate is that of the copies, the calls for each message are counted in it.
pub fn carry_on(flows: &[FlowFacts], pushed: &mut [Pushed], scenario: &Scenario<'_>) {
    let carried: Vec<(usize, usize, f64)> = flows
        .iter()
        .enumerate()
        .filter_map(|(at, facts)| {
            let start = hands_on(facts, scenario)?;
            let brought = brought_to(facts.journey.component(start), flows, pushed);
            (brought > 0.0).then_some((at, start, brought))
        })
        .collect();
    for (at, start, brought) in carried {
        let (Some(facts), Some(pushed)) = (flows.get(at), pushed.get_mut(at)) else {
            continue;
        };
        let copies = copies(&facts.journey, start, scenario);
        let stated = rate(facts, Moment::Average).unwrap_or(0.0);
        if copies > 1.0 && is_near(stated, brought * copies) {
            let all = pushed.visits.iter_mut().chain(&mut pushed.calls);
            all.for_each(|sent| *sent /= copies);
        }
        if let Some(own) = pushed.visits.get_mut(start) {
            *own = 0.0;
        }
    }
}

/// The one visit at which a flow begins, where nobody outside is waiting: all that it does is to hand messages on.
fn hands_on(facts: &FlowFacts, scenario: &Scenario<'_>) -> Option<usize> {
    let journey = &facts.journey;
    let mut starts = journey.starts();
    let start = starts.next().filter(|_| starts.next().is_none())?;
    let component = scenario.component(journey.component(start))?;
    let kind = scenario.vocabulary.kinds.info(component.kind);
    let calls = journey.calls_of(start);
    let hands_on = !calls.is_empty() && calls.iter().all(|call| call.asynchronous);
    (facts.stated.is_some() && !kind.origin && hands_on).then_some(start)
}

/// How many requests a second other flows bring to a component.
fn brought_to(component: usize, flows: &[FlowFacts], pushed: &[Pushed]) -> f64 {
    let brought = |(facts, pushed): (&FlowFacts, &Pushed)| {
        let journey = &facts.journey;
        let visits = journey.visits.iter().zip(&pushed.visits).enumerate();
        let here = visits.filter(|(visit, (at, _))| {
            **at == component && !journey.starts().any(|start| start == *visit)
        });
        let arriving: f64 = here.map(|(_, (_, arriving))| arriving).sum();
        rate(facts, Moment::Average).unwrap_or(0.0) * arriving
    };
    flows.iter().zip(pushed).map(brought).sum()
}

/// How many calls the start of a flow makes for each message, by the call that makes the most.
fn copies(journey: &Journey, start: usize, scenario: &Scenario<'_>) -> f64 {
    let calls = journey.calls_of(start).iter().filter_map(|call| {
        let attributes = &scenario.connection(call.connection)?.attributes;
        attributes.number(Attribute::Calls)
    });
    calls.fold(1.0, f64::max)
}

fn is_near(one: f64, other: f64) -> bool {
    one > 0.0 && other > 0.0 && one.max(other) / one.min(other) <= NEAR
}
