//! `whatif`: what the analyses say of the design as it stands, and after something is killed, slowed or loaded.
//!
//! Knows what is typed and how results read in a line; computes nothing.

use super::known;
use crate::analysis::{Detail, FlowOverview, Overview, Ranged, Truth, WhatIf};
use crate::assess;
use crate::coach::line::Request;
use crate::coach::reply::Reply;
use crate::coach::session::Session;
use crate::model::Quantity;
use crate::model::quantity::Style;
use crate::model::spelling::enumerated;

/// `whatif [kill NAME] [load 10x] [slow NAME=+50ms] [cold]`.
pub(super) fn whatif(session: &mut Session<'_>, request: Request<'_>) -> Vec<Reply> {
    if session.options.exam {
        return vec![Reply::Says(
            "This is an exam: work it out, the answer comes at the end.".to_owned(),
        )];
    }
    let design = session.design();
    let spelt = known::in_drawn_letters(session, request.rest);
    let text = spelt.as_deref().unwrap_or(request.rest);
    let change = match WhatIf::parse(text, &design) {
        Ok(change) => change,
        Err(error) => return vec![Reply::trouble(error.message, error.help)],
    };
    assess::ask(&design, session.catalog, None, |asked| {
        let now = asked.overview(Detail::Brief);
        if now.flows.is_empty() {
            let help =
                "State a journey first: `flow open = web -> api -> db kind=read rate=100/s`.";
            return vec![Reply::Note(help.to_owned())];
        }
        if change.is_empty() {
            return vec![Reply::listing("As it stands", rows(&now, None))];
        }
        let works: Vec<Truth> = asked.study_of(&change, |study| {
            (0..study.flows().len())
                .map(|flow| study.works(flow))
                .collect()
        });
        let after = asked.overview_after(&change, Detail::Brief);
        let title = format!("What if: {}", request.rest.trim());
        vec![Reply::listing(title, rows(&after, Some((&now, &works))))]
    })
}

/// `kill db` and `load 10x` as the `whatif` that they are; none where a line is no such change.
pub(in crate::coach) fn ordered(session: &mut Session<'_>, line: &str) -> Option<Vec<Reply>> {
    let line = line.to_lowercase();
    let change = WhatIf::parse(&line, &session.state.design).ok();
    change
        .filter(|change| !change.is_empty())
        .map(|_| whatif(session, Request::whole(&line)))
}

/// A row a flow, then what is saturated at the stated load and beyond, then queues that grow.
fn rows(shown: &Overview, before: Option<(&Overview, &[Truth])>) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    for (at, flow) in shown.flows.iter().enumerate() {
        let state = match before.and_then(|(_, works)| works.get(at)) {
            Some(Truth::No) => "down".to_owned(),
            Some(Truth::NotStated) => {
                format!("works or not, by what is not stated; {}", in_short(flow))
            }
            _ => in_short(flow),
        };
        let was = before.and_then(|(now, _)| now.flows.get(at)).map(in_short);
        let text = match was {
            Some(was) if was != state => format!("{state} (before: {was})"),
            Some(_) => format!("{state} (as before)"),
            None => state,
        };
        rows.push((flow.id.clone(), text));
    }
    for load in &shown.load {
        let full: Vec<String> = load
            .components
            .iter()
            .filter(|component| {
                component
                    .utilisation
                    .usual
                    .is_some_and(|share| share >= 1.0)
            })
            .map(|component| component.id.clone())
            .collect();
        if !full.is_empty() {
            rows.push((
                format!("at {}x", load.factor),
                format!("saturated: {}", enumerated(&full)),
            ));
        }
    }
    for queue in &shown.queues {
        if let Some(growth) = queue.average.growth.usual.filter(|growth| *growth > 0.0) {
            let growth = Quantity::rate(growth);
            rows.push((
                queue.id.clone(),
                format!("grows by {growth} messages for ever"),
            ));
        }
    }
    rows
}

fn in_short(flow: &FlowOverview) -> String {
    let mut parts = Vec::new();
    parts.extend(
        range(&flow.availability, |up| {
            Style::Percent.show(Quantity::number(up))
        })
        .map(|up| format!("{up} available")),
    );
    match &flow.saturated {
        Some(component) => parts.push(format!("saturated at {component}")),
        None => parts.extend(
            range(&flow.p99, |time| Quantity::duration(time).to_string())
                .map(|time| format!("p99 {time}")),
        ),
    }
    if let (Some(component), Some(factor)) = (&flow.bottleneck, flow.breaks_at.usual) {
        let factor = Style::Factor.show(Quantity::number(factor));
        parts.push(format!("breaks at {factor} ({component})"));
    }
    if parts.is_empty() {
        return "nothing can be computed: no rates, capacities or availabilities".to_owned();
    }
    parts.join(", ")
}

fn range(ranged: &Ranged, show: impl Fn(f64) -> String) -> Option<String> {
    let usual = show(ranged.usual?);
    let ends = ranged.ends().map(|(low, high)| (show(low), show(high)));
    match ends.filter(|(low, high)| low != high) {
        Some((low, high)) => Some(format!("{usual} ({low} to {high})")),
        None => Some(usual),
    }
}
