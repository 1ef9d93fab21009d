//! What the analyses say of a flow, with names in place of positions.
//!
//! Knows questions and their answers; knows nothing of load beyond the limit of the flow.

use super::{Detail, FlowOverview, Ranged, TargetOverview, ranged};
use crate::analysis::assumption;
use crate::analysis::scenario::Stance;
use crate::analysis::study::{Latency, Study};
use crate::analysis::truth::Truth;
use crate::analysis::uptime::{Lost, Needs};
use crate::analysis::verdict::{Question, Verdict};
use crate::model::Figure;

/// More sets of losses than this are not shown of a flow.
const MOST_CUTS: usize = 100;

fn target(question: Question, wanted: f64, study: &Study<'_>, detail: Detail) -> TargetOverview {
    let Verdict { truth, reckoning } = question.answer(study);
    let flips = match (truth, detail) {
        (Truth::NotStated, Detail::Full) => question.flips(study, &reckoning),
        _ => Vec::new(),
    };
    let design = study.subject.design;
    TargetOverview {
        target: wanted,
        met: truth,
        flips: flips
            .into_iter()
            .map(|flip| {
                let name = assumption::name(flip.key, design);
                (name, assumption::shown(flip.key, flip.value))
            })
            .collect(),
    }
}

/// What is said of a flow.
pub(super) fn flow(at: usize, study: &Study<'_>, detail: Detail) -> FlowOverview {
    let Some(facts) = study.flows().get(at) else {
        return FlowOverview::default();
    };
    let flow = &facts.flow;
    let value = |figure: &Option<Figure>| figure.as_ref().map(|f| f.quantity.value);
    let asked = |question: fn(usize, f64) -> Question, wanted: Option<f64>| {
        wanted.map(|wanted| target(question(at, wanted), wanted, study, detail))
    };
    let latency = study.latency(at);
    let (works, overloaded) = works(at, &latency, study);
    let p99 = ranged(&latency.p99, study);
    let limit = study.limit(at);
    let id = |component: usize| study.subject.design.id(component).to_owned();
    let cuts = study.cuts(at);
    FlowOverview {
        id: flow.id.clone(),
        rate: value(&flow.rate),
        peak: flow
            .peak
            .as_ref()
            .and(flow.peak_rate())
            .map(|peak| peak.value),
        works: Some(works),
        overloaded,
        availability: ranged(&study.availability(at), study),
        exact: study.needs(at).is_some_and(Needs::is_exact),
        availability_target: asked(Question::Availability, value(&flow.availability)),
        p50: Ranged {
            worst: latency.p50.worst,
            usual: latency.p50.usual,
            best: latency.p50.best,
            ..p99.clone()
        },
        p99,
        saturated: latency.saturated.get(1).copied().flatten().map(id),
        p50_target: asked(Question::P50, value(&flow.latency_p50)),
        p99_target: asked(Question::P99, value(&flow.latency)),
        breaks_at: ranged(&limit.factor, study),
        bottleneck: limit.bottleneck.map(id),
        minimal_cuts: cuts
            .map(|cuts| cut_names(&cuts.minimal, study))
            .unwrap_or_default(),
        cuts_complete: cuts.is_some_and(|cuts| cuts.complete && cuts.minimal.len() <= MOST_CUTS),
        cuts_open: cuts
            .into_iter()
            .flat_map(|cuts| &cuts.open)
            .map(|(component, fact)| format!("{fact} of {}", id(*component)))
            .collect(),
        importance: if detail == Detail::Full {
            importance(at, study)
        } else {
            Vec::new()
        },
    }
}

/// Whether a flow works with what a change leaves of it, and whether it does not because what is left can't keep up.
fn works(at: usize, latency: &Latency, study: &Study<'_>) -> (Truth, bool) {
    let stands = study.works(at);
    if stands != Truth::Yes {
        return (stands, false);
    }
    match latency.saturated {
        [_, _, Some(_)] => (Truth::No, true),
        [None, _, None] => (Truth::Yes, false),
        _ => (Truth::NotStated, false),
    }
}

fn importance(flow: usize, study: &Study<'_>) -> Vec<(String, f64)> {
    let Some(needs) = study.needs(flow) else {
        return Vec::new();
    };
    let all = needs
        .importance(&study.scenario(Stance::Usual))
        .unwrap_or_default();
    let mut all: Vec<(String, f64)> = all
        .into_iter()
        .map(|(component, share)| (study.subject.design.id(component).to_owned(), share))
        .collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all
}

fn cut_names(cuts: &[Vec<Lost>], study: &Study<'_>) -> Vec<Vec<String>> {
    let name = |lost: &Lost| match lost {
        Lost::Instance(component, None) | Lost::Component(component) => {
            study.subject.design.id(*component).to_owned()
        }
        Lost::Instance(component, Some(zone)) => {
            format!("{}@{zone}", study.subject.design.id(*component))
        }
        Lost::Zone(zone) => zone.to_string(),
        Lost::Region(region) => format!("region:{region}"),
    };
    let cuts = cuts.iter().take(MOST_CUTS);
    cuts.map(|cut| cut.iter().map(name).collect()).collect()
}
