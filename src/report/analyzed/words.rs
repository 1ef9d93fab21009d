//! What the analyses say of one flow, component, queue or store, in words: at terminals and on pages alike.
//!
//! Knows units and words; knows no layout, and computes nothing.

use std::fmt::Write as _;

use super::super::plain;
use crate::analysis::{
    ComponentOverview, FlowOverview, QueueOverview, Ranged, StoreOverview, TargetOverview, Truth,
};
use crate::model::Quantity;
use crate::model::quantity::Style;
use crate::model::spelling::enumerated;

/// A rate, in requests a second.
#[must_use]
pub fn per_second(rate: f64) -> String {
    Quantity::rate(rate).to_string()
}

pub(in crate::report) fn duration(seconds: f64) -> String {
    Quantity::duration(seconds).to_string()
}

fn size(bytes: f64) -> String {
    Quantity::size(bytes).to_string()
}

pub(in crate::report) fn percent(share: f64) -> String {
    Style::Percent.show(Quantity::number(share))
}

/// The usual value and the range around it, where it is one.
fn span(ranged: &Ranged, show: fn(f64) -> String) -> String {
    let Some(usual) = ranged.usual else {
        return match (ranged.best, ranged.missing.first()) {
            (Some(best), Some(fact)) => {
                format!(
                    "unknown, because {} is not stated; {} at best",
                    plain::line(fact),
                    show(best)
                )
            }
            (_, Some(fact)) => format!("unknown, because {} is not stated", plain::line(fact)),
            (Some(best), None) => format!("{} at best", show(best)),
            (None, None) => "unknown".to_owned(),
        };
    };
    let usual = show(usual);
    match (ranged.ends(), ranged.best) {
        (Some((low, high)), _) if show(low) == show(high) => usual,
        (Some((low, high)), _) => format!("{usual}  (between {} and {})", show(low), show(high)),
        (None, Some(best)) => format!("{usual}  ({} at best)", show(best)),
        _ => usual,
    }
}

/// What became of a target, which may be missed by less than the digits show that stand beside it.
#[must_use]
pub fn met(target: &TargetOverview, now: &Ranged) -> &'static str {
    let digits = |value: f64| Quantity::number(value).to_string();
    let is_near = |usual: f64| digits(usual) == digits(target.target);
    match target.met {
        Truth::Yes => "met",
        Truth::No if now.usual.is_some_and(is_near) => "just missed",
        Truth::No => "missed",
        Truth::NotStated => "depends on what is not stated",
    }
}

/// The probability that a flow works, with its range.
#[must_use]
pub fn availability(flow: &FlowOverview) -> String {
    span(&flow.availability, nines)
}

/// What is gone for less than a third of a second a year is told no closer: no model knows that much.
const CLOSEST: f64 = 0.999_999_99;

/// A share in percent, with no more nines than mean something.
pub(in crate::report) fn nines(share: f64) -> String {
    if share > CLOSEST && share < 1.0 {
        return format!("over {}", percent(CLOSEST));
    }
    percent(share)
}

/// A time of a flow, with its range.
#[must_use]
pub fn time(flow: &FlowOverview, ranged: &Ranged) -> String {
    match &flow.saturated {
        _ if flow.works == Some(Truth::No) && !flow.overloaded => {
            "no answer: it is down".to_owned()
        }
        Some(component) => format!("saturated: {} can't keep up", plain::line(component)),
        None => span(ranged, duration),
    }
}

/// The factor of the load at which a flow breaks, and what gives way.
#[must_use]
pub fn limit(flow: &FlowOverview) -> String {
    let factor = |factor: f64| Style::Factor.show(Quantity::number(factor));
    match &flow.bottleneck {
        Some(component) => format!(
            "{} the stated load: {} is saturated first",
            span(&flow.breaks_at, factor),
            plain::line(component)
        ),
        None => "nothing on it has a known limit and load".to_owned(),
    }
}

/// The smallest sets of losses: "edge; zone:1; two of api".
#[must_use]
pub fn cuts(flow: &FlowOverview) -> String {
    const MOST: usize = 8;
    let shown: Vec<String> = flow
        .minimal_cuts
        .iter()
        .take(MOST)
        .map(|cut| losses(cut))
        .collect();
    let mut text = if shown.is_empty() {
        "no loss of up to three instances or zones that is stated to be possible".to_owned()
    } else {
        format!("the loss of {}", shown.join("; or "))
    };
    if flow.minimal_cuts.len() > MOST {
        let _ = write!(text, "; and {} more", flow.minimal_cuts.len() - MOST);
    }
    if !flow.cuts_open.is_empty() {
        let open: Vec<String> = flow
            .cuts_open
            .iter()
            .take(6)
            .map(|fact| plain::line(fact))
            .collect();
        let _ = write!(text, "; not stated: {}", enumerated(&open));
    }
    text
}

/// One set of losses, the same ones counted.
fn losses(cut: &[String]) -> String {
    let mut counted: Vec<(String, usize)> = Vec::new();
    for lost in cut {
        let lost = plain::line(lost);
        match counted.iter_mut().find(|(other, _)| *other == lost) {
            Some((_, number)) => *number += 1,
            None => counted.push((lost, 1)),
        }
    }
    let parts: Vec<String> = counted
        .into_iter()
        .map(|(lost, number)| {
            if number == 1 {
                lost
            } else {
                format!("{number} of {lost}")
            }
        })
        .collect();
    parts.join(" and ")
}

/// What is used of a component.
#[must_use]
pub fn used_in_words(component: &ComponentOverview) -> String {
    if component.gone {
        return "gone".to_owned();
    }
    if component.grows {
        return "grows with the load".to_owned();
    }
    match component.utilisation.usual {
        Some(share) if share >= 1.0 => format!("{} saturated", percent(share)),
        Some(share) => percent(share),
        None => "unknown".to_owned(),
    }
}

/// What a carrier of messages takes and passes on, and what is left.
#[must_use]
pub fn backlog(queue: &QueueOverview) -> String {
    let growth = &queue.average.growth;
    let fed = queue.average.fed.usual;
    let Some(fed) = fed else {
        return "nothing with a stated rate arrives".to_owned();
    };
    let mut text = format!("fed {}", per_second(fed));
    if let Some(drained) = queue.average.drained.usual {
        let _ = write!(text, ", drained of up to {}", per_second(drained));
    }
    match growth.usual {
        Some(growth) if growth > 0.0 => {
            let _ = write!(text, ": grows by {} for ever", per_second(growth));
            if let Some(time) = queue.time_to_loss {
                let _ = write!(text, ", and loses messages after {}", duration(time));
            }
        }
        Some(_) if growth.worst.is_some_and(|worst| worst > 0.0) => {
            text.push_str(": keeps up, if what is assumed holds");
        }
        Some(_) => text.push_str(": keeps up"),
        None => {
            let missing: Vec<String> = growth
                .missing
                .iter()
                .map(|fact| plain::line(fact))
                .collect();
            let _ = write!(
                text,
                "; whether it keeps up is unknown: {} not stated",
                enumerated(&missing)
            );
        }
    }
    if let Some(left) = queue.left_by_peak {
        let left = Quantity::number(left);
        let _ = write!(text, "; an hour at the peak leaves {left} messages");
        if let Some(time) = queue.drained_after_peak {
            let _ = write!(text, ", drained {} later", duration(time));
        }
    }
    text
}

/// How a store grows.
#[must_use]
pub fn growth(store: &StoreOverview) -> String {
    let Some(a_day) = store.a_day.usual else {
        let fact = store
            .a_day
            .missing
            .first()
            .map_or("the size of an entry", String::as_str);
        return format!("unknown, because {} is not stated", plain::line(fact));
    };
    let mut text = format!("{}/day", size(a_day));
    let ends = store.a_day.ends();
    if let Some((least, most)) = ends.filter(|(least, most)| size(*least) != size(*most)) {
        let _ = write!(text, " ({} to {})", size(least), size(most));
    }
    let _ = write!(text, ", {}/year", size(a_day * 365.0));
    if let Some(copies) = store.copies.usual {
        let copies = Quantity::number((copies * 10.0).round() / 10.0);
        let _ = write!(text, ", times {copies} copies");
    }
    if let (Some(kept), Some(retention)) = (store.kept.usual, store.retention) {
        let _ = write!(text, ", {} kept over {}", size(kept), duration(retention));
    }
    match store.full_after.usual {
        Some(after) => {
            let _ = write!(text, "; a node is full after {}", duration(after));
            if let Some((soonest, latest)) = store.full_after.ends() {
                let _ = write!(text, " ({} to {})", duration(soonest), duration(latest));
            }
        }
        None => text.push_str("; no node fills up within what is kept or known"),
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_for_a_blink_of_a_year_is_told_no_closer() {
        assert_eq!(nines(0.999_999_999_999), "over 99.999999%");
        assert_eq!(nines(0.999_9), "99.99%");
        assert_eq!(nines(1.0), "100%");
    }

    #[test]
    fn what_is_missed_by_less_than_the_digits_show_is_just_missed() {
        for (usual, met_now, expected) in [
            (0.998_997, Truth::No, "just missed"),
            (0.998, Truth::No, "missed"),
            (0.999, Truth::Yes, "met"),
        ] {
            let target = TargetOverview {
                target: 0.999,
                met: met_now,
                flips: Vec::new(),
            };
            let now = Ranged {
                usual: Some(usual),
                ..Ranged::default()
            };
            assert_eq!(met(&target, &now), expected);
        }
    }
}
