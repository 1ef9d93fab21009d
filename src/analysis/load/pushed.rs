//! One request of a flow, pushed along its calls.
//!
//! Knows shares, calls, hits and misses, batches, and what is gone; knows no rates.

use super::utilisation::as_number;
use crate::analysis::flows::{FlowFacts, is_bypassed};
use crate::analysis::journey::{Call, Journey};
use crate::analysis::queueing;
use crate::analysis::scenario::{Count, Scenario};
use crate::model::kind::Delivery;
use crate::model::{Attribute, Quality};

/// Requests that one request of a flow causes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pushed {
    /// How many arrive at each visit.
    pub visits: Vec<f64>,
    /// How many each call makes, repeated attempts included.
    pub calls: Vec<f64>,
}

/// What one request of a flow causes along its calls.
///
/// A call carries what arrives at its caller, times its share, times its calls a request. Reads that a cache answers go no
/// further; what is called on a miss is called by the misses. Alternatives share what arrives, by their stated shares where
/// they state them and evenly otherwise; those that are gone leave theirs to the others. What is gone passes nothing on, but for
/// copies that requests pass by: all of them go to what lies behind. Callers that try again send every attempt to what surely
/// fails, so that attempts multiply through layers. What sums up messages or writes them in batches sends its stores fewer calls
/// than it gets messages, where it does not state how many.
#[must_use]
pub fn push(facts: &FlowFacts, flow: usize, scenario: &Scenario<'_>) -> Pushed {
    let journey = &facts.journey;
    let reads = !scenario.writes(flow, facts.flow.kind) || facts.flow.kind.is_none();
    let mut visits = start_shares(journey);
    let mut calls = vec![0.0; journey.calls.len()];
    let failing = failing(journey, scenario);
    let fails = |visit: usize| failing.get(visit) == Some(&true);
    for visit in &journey.order {
        let arriving = visits.get(*visit).copied().unwrap_or(0.0);
        let component = journey.component(*visit);
        if arriving <= 0.0 || (scenario.is_gone(component) && !is_passed_by(component, scenario)) {
            continue;
        }
        let first = journey.first_call(*visit);
        let own = journey.calls_of(*visit);
        let weights = weights(own, reads, scenario, journey);
        let missed = if reads {
            1.0 - scenario.hit_ratio(component).unwrap_or(0.0)
        } else {
            1.0
        };
        for (at, (call, weight)) in own.iter().zip(weights).enumerate() {
            if call.back {
                continue;
            }
            let passed = if call.asynchronous { 1.0 } else { missed };
            // Who is passed by is tried once for each request, and what lies behind it then is.
            let is_tried_again = fails(call.to) && !hands_past(call.to, journey, scenario);
            let repeats = repeats(call, is_tried_again, journey, scenario);
            let sent = arriving * passed * weight * repeats;
            let sent = sent.min(MOST_SENT);
            if let (Some(slot), Some(target)) = (calls.get_mut(first + at), visits.get_mut(call.to))
            {
                *slot = sent;
                *target += sent;
            }
        }
    }
    Pushed { visits, calls }
}

/// More requests than this are not caused by one: it keeps reports finite.
const MOST_SENT: f64 = 1e60;

/// The share of a flow's requests that begins at each visit.
fn start_shares(journey: &Journey) -> Vec<f64> {
    let mut visits = vec![0.0_f64; journey.visits.len()];
    for starts in &journey.arrivals {
        #[expect(clippy::cast_precision_loss, reason = "chains of a file are few")]
        let each = 1.0 / starts.len() as f64;
        for start in starts {
            if let Some(slot) = visits.get_mut(*start) {
                *slot = each.max(*slot);
            }
        }
    }
    visits
}

/// Which visits surely fail: what is gone does, and what waits for such a call. Nothing fails where nothing is gone.
fn failing(journey: &Journey, scenario: &Scenario<'_>) -> Vec<bool> {
    let change = scenario.change;
    if change.killed.is_empty() && change.loses_none() {
        return Vec::new();
    }
    let mut failing = vec![false; journey.visits.len()];
    for visit in journey.order.iter().rev() {
        let waited: Vec<&Call> = journey
            .calls_of(*visit)
            .iter()
            .filter(|call| is_waited_for(call, journey, scenario))
            .collect();
        let fails = |call: &Call| failing.get(call.to) == Some(&true);
        // Of alternatives one is enough.
        let is_lost = |call: &&&Call| match call.choice {
            None => fails(call),
            Some(_) => {
                let mut others = waited.iter().filter(|other| other.choice == call.choice);
                others.all(|other| fails(other))
            }
        };
        let fails =
            scenario.is_gone(journey.component(*visit)) || waited.iter().any(|call| is_lost(&call));
        if let Some(slot) = failing.get_mut(*visit) {
            *slot = fails;
        }
    }
    failing
}

/// Whether requests go on to what lies behind a component that is gone: it keeps copies, and its strategy does not put it in the
/// way of every request.
fn is_passed_by(component: usize, scenario: &Scenario<'_>) -> bool {
    let vocabulary = scenario.vocabulary;
    scenario.component(component).is_some_and(|component| {
        let keeps = vocabulary.kinds.info(component.kind).holds_data;
        keeps && is_bypassed(component, vocabulary)
    })
}

/// Whether a visit is passed by, and something lies behind it.
fn hands_past(visit: usize, journey: &Journey, scenario: &Scenario<'_>) -> bool {
    let calls_on = !journey.calls_of(visit).is_empty();
    calls_on && is_passed_by(journey.component(visit), scenario)
}

/// Whether each request of the caller waits for a call, and fails with it.
fn is_waited_for(call: &Call, journey: &Journey, scenario: &Scenario<'_>) -> bool {
    let callee = scenario.component(journey.component(call.to));
    let is_bypassed = callee.is_some_and(|callee| is_bypassed(callee, scenario.vocabulary));
    let share = stated_share(call, true, scenario).filter(|_| call.choice.is_none());
    call.is_needed() && !call.back && !is_bypassed && share.is_none_or(|share| share >= 1.0)
}

/// Calls a request, and attempts a call: all of them where the callee surely fails.
fn repeats(call: &Call, fails: bool, journey: &Journey, scenario: &Scenario<'_>) -> f64 {
    let Some(connection) = scenario.connection(call.connection) else {
        return 1.0;
    };
    let attributes = &connection.attributes;
    let calls = attributes.number(Attribute::Calls);
    let calls = calls.unwrap_or_else(|| 1.0 / gathered(call, journey, scenario).max(1.0));
    let retries = attributes.count(Attribute::Retries).unwrap_or(0);
    calls * queueing::attempts(retries, if fails { 1.0 } else { 0.0 })
}

/// How many messages one call of a visit stands for: more than one where what gathers them is handed messages, and calls what
/// carries none on.
fn gathered(call: &Call, journey: &Journey, scenario: &Scenario<'_>) -> f64 {
    let carries = |visit: usize| {
        let component = scenario.component(journey.component(visit));
        let kinds = &scenario.vocabulary.kinds;
        component.is_some_and(|component| kinds.info(component.kind).delivery.is_some())
    };
    let caller = journey.component(call.from);
    let gathers = scenario.component(caller).is_some_and(|component| {
        let usual = &scenario.vocabulary;
        let of_kind = usual.usual(component.kind, component.tech, Quality::MessagesPerWrite);
        of_kind.is_some()
    });
    let is_fed = || {
        let mut calls = journey.calls.iter();
        calls.any(|fed| fed.to == call.from && carries(fed.from))
    };
    if !gathers || carries(call.to) || !is_fed() {
        return 1.0;
    }
    let found = scenario.quality(Quality::MessagesPerWrite, caller);
    found.unwrap_or(1.0)
}

/// The part of the requests of a visit that takes each of its calls, hits of the visit itself not counted.
#[must_use]
pub fn weights(
    calls: &[Call],
    reads: bool,
    scenario: &Scenario<'_>,
    journey: &Journey,
) -> Vec<f64> {
    let mut stated: Vec<Option<f64>> = calls
        .iter()
        .map(|call| stated_share(call, reads, scenario))
        .collect();
    let mut weights: Vec<f64> = stated.iter().map(|share| share.unwrap_or(1.0)).collect();
    let mut choices: Vec<usize> = calls.iter().filter_map(|call| call.choice).collect();
    choices.sort_unstable();
    choices.dedup();
    for choice in choices {
        let is_here = |at: &usize| {
            calls
                .get(*at)
                .is_some_and(|call| call.choice == Some(choice))
        };
        let all: Vec<usize> = (0..calls.len()).filter(is_here).collect();
        take_by_pace(&all, calls, &mut stated, (scenario, journey));
        share_out(&all, &stated, &mut weights, |at| {
            let to = calls.get(at).map(|call| journey.component(call.to));
            to.is_some_and(|to| scenario.is_gone(to))
        });
    }
    weights
}

fn stated_share(call: &Call, reads: bool, scenario: &Scenario<'_>) -> Option<f64> {
    let attributes = &scenario.connection(call.connection)?.attributes;
    let share = attributes.number(Attribute::Share);
    let cache = attributes.word(Attribute::OnMiss);
    let missed = cache.filter(|_| reads).map(|cache| {
        let cache = scenario.design.component(cache);
        1.0 - cache.and_then(|at| scenario.hit_ratio(at)).unwrap_or(0.0)
    });
    match (share, missed) {
        (Some(share), Some(missed)) => Some(share * missed),
        (share, missed) => share.or(missed),
    }
}

/// Whoever is free takes the next message of a queue: readers that state no share get as much of the rest as they serve of it,
/// where all of them state that.
fn take_by_pace(
    all: &[usize],
    calls: &[Call],
    stated: &mut [Option<f64>],
    (scenario, journey): (&Scenario<'_>, &Journey),
) {
    let share = |at: &usize| stated.get(*at).copied().flatten();
    let rest = (1.0 - all.iter().filter_map(share).sum::<f64>()).max(0.0);
    let open: Vec<usize> = all
        .iter()
        .copied()
        .filter(|at| share(at).is_none())
        .collect();
    let pace = |at: &usize| stated_pace(calls.get(*at)?, scenario, journey);
    let Some(paces) = open.iter().map(pace).collect::<Option<Vec<f64>>>() else {
        return;
    };
    let sum: f64 = paces.iter().sum();
    if sum <= 0.0 {
        return;
    }
    for (at, pace) in open.into_iter().zip(paces) {
        if let Some(slot) = stated.get_mut(at) {
            *slot = Some(rest * pace / sum);
        }
    }
}

/// Messages a second that a reader of a queue serves, by what it states.
fn stated_pace(call: &Call, scenario: &Scenario<'_>, journey: &Journey) -> Option<f64> {
    let queue = scenario.component(journey.component(call.from))?;
    let delivery = scenario.vocabulary.kinds.info(queue.kind).delivery;
    delivery.filter(|delivery| *delivery == Delivery::Shared)?;
    let reader = journey.component(call.to);
    let attributes = &scenario.component(reader)?.attributes;
    let each = attributes.number(Attribute::Capacity)?;
    attributes.count(Attribute::Replicas)?;
    match scenario.left(reader) {
        Count::Of(left) => Some(each * as_number(left)),
        Count::Plenty => None,
    }
}

/// Shares among alternatives: stated ones as stated, the rest evenly among the others, all of it among those that stand.
fn share_out(
    all: &[usize],
    stated: &[Option<f64>],
    weights: &mut [f64],
    is_gone: impl Fn(usize) -> bool,
) {
    let share = |at: &usize| stated.get(*at).copied().flatten();
    let sum: f64 = all.iter().filter_map(share).sum();
    let open = all.iter().filter(|at| share(at).is_none()).count();
    #[expect(clippy::cast_precision_loss, reason = "alternatives of one caller")]
    let rest = (1.0 - sum).max(0.0) / open.max(1) as f64;
    let total = sum.max(1.0);
    let standing: Vec<usize> = all.iter().copied().filter(|at| !is_gone(*at)).collect();
    let before: f64 = all.iter().map(|at| share(at).unwrap_or(rest) / total).sum();
    let left: f64 = standing
        .iter()
        .map(|at| share(at).unwrap_or(rest) / total)
        .sum();
    for at in all {
        let own = share(at).unwrap_or(rest) / total;
        if let Some(slot) = weights.get_mut(*at) {
            *slot = match (standing.is_empty(), standing.contains(at)) {
                (true, _) => own,
                (false, true) if left > 0.0 => own * before / left,
                (false, _) => 0.0,
            };
        }
    }
}
