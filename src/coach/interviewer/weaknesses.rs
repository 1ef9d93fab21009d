//! Questions about what the analyses say of this design: what is full first, what is slower than its target, what a single
//! machine carries.
//!
//! Knows numbers of an overview and how to ask about them; knows no rule.

use super::agenda::Question;
use crate::analysis::{FlowOverview, Overview, Truth};
use crate::model::quantity::Style;
use crate::model::spelling::enumerated;
use crate::model::{Quantity, Step};

/// What is full below this factor of the stated load is near enough to ask about.
const NEAR: f64 = 10.0;

/// A question for each kind of weakness that there is, the first flow of each.
pub(super) fn questions(overview: &Overview) -> Vec<Question> {
    let flows = || overview.flows.iter();
    let asks = [
        alone(overview),
        flows().find_map(full),
        flows().find_map(slow),
    ];
    asks.into_iter().flatten().map(question).collect()
}

fn question(ask: String) -> Question {
    Question::new("weak point", Step::Detailed, ask)
}

fn alone(overview: &Overview) -> Option<String> {
    let (component, flows) = overview.single_points_of_failure.first()?;
    Some(format!(
        "As it stands, one machine of `{component}` is enough to stop {}. What do you do about it, or why may it be so?",
        enumerated(flows)
    ))
}

fn full(flow: &FlowOverview) -> Option<String> {
    let component = flow.bottleneck.as_ref()?;
    let factor = flow.breaks_at.usual.filter(|factor| *factor < NEAR)?;
    let factor = Style::Factor.show(Quantity::number(factor));
    Some(format!(
        "On the journey `{}` the first to be full is `{component}`, at {factor} of the load that you state. What do you do then, and what is full next?",
        flow.id
    ))
}

fn slow(flow: &FlowOverview) -> Option<String> {
    let target = flow
        .p99_target
        .as_ref()
        .filter(|target| target.met == Truth::No)?;
    let (wanted, time) = (target.target, flow.p99.usual?);
    Some(format!(
        "`{}` is to take {} at p99, and I come to {}. Where does the time go, and what would you cut?",
        flow.id,
        Quantity::duration(wanted),
        Quantity::duration(time)
    ))
}
