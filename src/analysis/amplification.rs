//! How attempts multiply through layers that each try again.
//!
//! Knows journeys and the retries of their calls; knows no rates.

use super::Subject;
use super::flows::FlowFacts;
use super::journey::Journey;
use super::load;
use super::study::Study;
use crate::model::Attribute;

impl Study<'_> {
    /// How many attempts one request can become at a component when what it calls fails: the product of the attempts
    /// along the worst way to it (Beyer et al., Site Reliability Engineering, 2016, chapter 22).
    #[must_use]
    pub fn amplification(&self, component: usize) -> f64 {
        let of = |facts: &FlowFacts| amplification(&facts.journey, component, self.subject);
        let on_it = |facts: &&FlowFacts| facts.components.contains(&component);
        self.flows()
            .iter()
            .filter(on_it)
            .map(of)
            .fold(1.0, f64::max)
    }
}

fn amplification(journey: &Journey, component: usize, subject: &Subject<'_>) -> f64 {
    let mut attempts = vec![1.0_f64; journey.visits.len()];
    for visit in &journey.order {
        let here = attempts.get(*visit).copied().unwrap_or(1.0);
        for call in journey
            .calls_of(*visit)
            .iter()
            .filter(|call| !call.asynchronous && !call.back)
        {
            let connection = call
                .connection
                .and_then(|at| subject.design.connections.get(at));
            let retries = connection.and_then(|c| c.attributes.count(Attribute::Retries));
            let factor = load::as_number(retries.unwrap_or(0).min(1_000_000) + 1);
            if let Some(slot) = attempts.get_mut(call.to) {
                *slot = slot.max((here * factor).min(1e12));
            }
        }
    }
    let of_it = journey.visits.iter().zip(&attempts);
    let of_it = of_it
        .filter(|(at, _)| **at == component)
        .map(|(_, attempts)| *attempts);
    of_it.fold(1.0, f64::max)
}
