//! The load of each component, at several factors of the stated rates.
//!
//! Knows what arrives and what is served; knows no flow.

use super::{ComponentOverview, LoadOverview, Ranged, ranged};
use crate::analysis::load::{self, Load, Moment, Use};
use crate::analysis::scenario::Stance;
use crate::analysis::study::Study;

/// The load of each component that something reaches, at each factor of the stated rates.
pub(super) fn loads(factors: &[f64], moment: Moment, study: &Study<'_>) -> Vec<LoadOverview> {
    let loads = study.loads(Stance::Usual);
    let arriving = match moment {
        Moment::Average => &loads.average,
        Moment::Peak => &loads.peak,
    };
    let reached = arriving
        .iter()
        .enumerate()
        .filter(|(_, load)| load.rate() > 0.0 || !load.open.is_empty())
        .filter(|(at, _)| !is_origin(*at, study));
    let reached: Vec<Reached<'_>> = reached
        .map(|(at, load)| {
            let (used, reckoning) = study.utilisation(at, moment);
            Reached {
                at,
                load,
                used,
                utilisation: ranged(&reckoning, study),
            }
        })
        .collect();
    let at = |factor: &f64| LoadOverview {
        factor: *factor * study.change.load_factor(),
        components: reached
            .iter()
            .map(|reached| component(reached, *factor, study))
            .collect(),
    };
    factors.iter().map(at).collect()
}

/// A component that something reaches, at the stated rates.
struct Reached<'l> {
    at: usize,
    load: &'l Load,
    used: Use,
    utilisation: Ranged,
}

fn is_origin(at: usize, study: &Study<'_>) -> bool {
    let component = study.subject.design.components.get(at);
    component.is_some_and(|c| study.subject.vocabulary.kinds.info(c.kind).origin)
}

fn component(reached: &Reached<'_>, factor: f64, study: &Study<'_>) -> ComponentOverview {
    let at = reached.at;
    let load = reached.load.times(factor);
    let times = |share: Option<f64>| share.map(|share| share * factor);
    let utilisation = Ranged {
        worst: times(reached.utilisation.worst),
        usual: times(reached.utilisation.usual),
        best: times(reached.utilisation.best),
        ..reached.utilisation.clone()
    };
    let share = utilisation.usual;
    let settled = share.map(|share| load::with_retries(&load, share));
    ComponentOverview {
        id: study.subject.design.id(at).to_owned(),
        rate: load.rate(),
        at_least: !load.open.is_empty(),
        utilisation,
        grows: reached.used == Use::Grows,
        gone: reached.used == Use::Gone,
        autoscaling: study.scales(at),
        with_retries: settled.filter(|settled| share.is_some_and(|share| *settled > share)),
        needs: load::wanted(at, &load, &study.scenario(Stance::Usual)),
    }
}
