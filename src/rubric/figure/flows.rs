//! Figures beside the rates of the flows that a design states.
//!
//! Knows by the problem which rate is that of which flow; knows no figure by name.

use super::FigureFact;
use super::expected::follow_alike;
use crate::model::Flow;
use crate::model::quantity::{Dimension, Quantity};
use crate::rubric::problem::Problem;
use crate::rubric::scene::Scene;

/// The rate of the one flow of the kind that the problem says a figure is of.
pub(super) fn flow_rate(scene: &Scene<'_>, id: &str) -> Option<Quantity> {
    let templates = &scene.problem?.flows;
    let template = templates
        .iter()
        .find(|template| template.rate.as_deref() == Some(id))?;
    let flows = &scene.subject.design.flows;
    let mut same_kind = flows
        .iter()
        .filter(|flow| flow.kind.is_some() && flow.kind == template.kind);
    let flow = same_kind.next().filter(|_| same_kind.next().is_none())?;
    let rate = flow.rate.as_ref()?.quantity;
    // Where a problem has one journey, it is no side way that happens to be of its kind, such as a rule that is changed.
    let mut rates = flows.iter().filter_map(|flow| flow.rate.as_ref());
    let is_busiest = rates.all(|other| other.quantity.value <= rate.value);
    (templates.len() > 1 || is_busiest).then_some(rate)
}

/// The slowest of the flows of a kind, and the rate of all of them together at their peaks.
struct Span {
    from: f64,
    to: f64,
}

impl FigureFact {
    /// How many times the value is beyond what the flows of its kind carry by their own rates: 1 where it is not, none where no
    /// such flow states one.
    pub(in crate::rubric) fn off_flows(&self, scene: &Scene<'_>) -> Option<Quantity> {
        if self.meant.dimension != Dimension::RATE || self.meant.value <= 0.0 {
            return None;
        }
        let span = self.span(scene)?;
        let value = self.meant.value;
        let off = (value / span.to).max(span.from / value).max(1.0);
        Some(Quantity::number(off))
    }

    /// The end of what the flows of its kind carry that is nearer.
    pub(super) fn nearest_flow(&self, scene: &Scene<'_>) -> Option<Quantity> {
        let span = self.span(scene)?;
        Some(Quantity::rate(self.meant.value.clamp(span.from, span.to)))
    }

    fn span(&self, scene: &Scene<'_>) -> Option<Span> {
        let problem = scene.problem?;
        let id = self.id.as_deref()?;
        let flows = of_kind(scene, problem, id);
        let rates = flows.iter().filter_map(|flow| {
            let rate = flow.rate.as_ref()?.quantity;
            Some((rate.value, flow.peak_rate().unwrap_or(rate).value))
        });
        let span = rates.fold(None, |span: Option<Span>, (rate, peak)| {
            let so_far = span.unwrap_or(Span {
                from: f64::INFINITY,
                to: 0.0,
            });
            Some(Span {
                from: so_far.from.min(rate),
                to: so_far.to + peak.max(rate),
            })
        });
        span.filter(|span| span.from > 0.0)
    }
}

/// The stated flows whose rate a figure is: those of the kind that the problem says, or all where it knows but one.
fn of_kind<'s>(scene: &Scene<'s>, problem: &Problem, id: &str) -> Vec<&'s Flow> {
    let speaks = |rate: &str| rate == id || follow_alike(scene, rate, id);
    let mut templates = problem.flows.iter();
    let Some(template) = templates.find(|one| one.rate.as_deref().is_some_and(speaks)) else {
        return Vec::new();
    };
    let all = scene.subject.design.flows.iter();
    let is_one = problem.flows.len() == 1;
    all.filter(|flow| is_one || (flow.kind.is_some() && flow.kind == template.kind))
        .collect()
}
