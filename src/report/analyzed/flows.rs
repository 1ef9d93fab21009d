//! What each flow comes to, with its targets and what would turn them.
//!
//! Knows words and layout; computes nothing.

use super::{
    Analyzed, BAD, BAR, BOLD, GOOD, OPEN, Page, availability, cuts, duration, limit, met,
    per_second, percent, time,
};
use crate::analysis::reliability::downtime_a_year;
use crate::analysis::{FlowOverview, Ranged, TargetOverview, Truth};
use crate::report::human::bar;
use crate::report::plain;

impl Page {
    pub(super) fn flows(&mut self, shown: &Analyzed<'_>) {
        if shown.now.flows.is_empty() {
            self.line("");
            self.line("No flow is stated, and no way from a client to a store is drawn.");
            return;
        }
        for (at, flow) in shown.now.flows.iter().enumerate() {
            let after = shown.after.and_then(|(_, after)| after.flows.get(at));
            self.flow(flow, after);
        }
    }

    fn flow(&mut self, flow: &FlowOverview, after: Option<&FlowOverview>) {
        let rate = match (flow.rate, flow.peak) {
            (Some(rate), Some(peak)) => {
                format!("{}, {} at the peak", per_second(rate), per_second(peak))
            }
            (Some(rate), None) => per_second(rate),
            (None, _) => "rate not stated".to_owned(),
        };
        self.head(&format!("{} ({rate})", plain::line(&flow.id)));
        if let Some(after) = after {
            let text = self.standing(after);
            self.line(&format!("  {:<13} {text}", "then"));
        }
        let up = availability(flow);
        self.row("availability", &up, after.map(availability));
        if let Some(lost) = flow.availability.usual.map(downtime_a_year) {
            let was = format!("{} a year", duration(lost));
            let is = after
                .and_then(|after| after.availability.usual)
                .map(|up| format!("{} a year", duration(downtime_a_year(up))));
            self.row("  down", &was, is);
        }
        let then = |of: fn(&FlowOverview) -> Of<'_>| after.map(of);
        self.target(availability_of(flow), then(availability_of), percent);
        self.row(
            "p50",
            &time(flow, &flow.p50),
            after.map(|after| time(after, &after.p50)),
        );
        self.target(p50_of(flow), then(p50_of), duration);
        let p99 = with_bar(flow);
        self.row("p99", &p99, after.map(|after| time(after, &after.p99)));
        self.target(p99_of(flow), then(p99_of), duration);
        self.row("breaks at", &limit(flow), after.map(limit));
        let still = after.filter(|after| after.works != Some(Truth::No) || after.overloaded);
        self.row("stops with", &cuts(flow), still.map(cuts));
    }

    /// What a change leaves of a flow.
    fn standing(&self, after: &FlowOverview) -> String {
        match after.works {
            Some(Truth::Yes) => self.painted("works", GOOD),
            Some(Truth::No) if after.overloaded => self.painted("overloaded", BAD),
            Some(Truth::No) => self.painted("down", BAD),
            _ => self.painted("works or not, depending on what is not stated", OPEN),
        }
    }

    fn row(&mut self, name: &str, now: &str, after: Option<String>) {
        let text = match after {
            Some(after) if after == now => format!("  {name:<13} {now}  (the same)"),
            Some(after) => {
                let arrow = self.painted(&format!("->  {after}"), BOLD);
                format!("  {name:<13} {now}  {arrow}")
            }
            None => format!("  {name:<13} {now}"),
        };
        self.line(&text);
    }

    /// What becomes of a target, now and after a change.
    fn target(&mut self, (now, value): Of<'_>, after: Option<Of<'_>>, show: fn(f64) -> String) {
        let Some(target) = now else { return };
        let outcome = |target: &TargetOverview, value: &Ranged| {
            let style = match target.met {
                Truth::Yes => GOOD,
                Truth::No => BAD,
                Truth::NotStated => OPEN,
            };
            (met(target, value), style)
        };
        let (word, style) = outcome(target, value);
        let word_after = after.and_then(|(target, value)| Some(outcome(target?, value)));
        let mut text = format!(
            "    target {}: {}",
            show(target.target),
            self.painted(word, style)
        );
        if let Some((after, style)) = word_after.filter(|(after, _)| *after != word) {
            text.push_str(&format!("  ->  {}", self.painted(after, style)));
        }
        self.line(&text);
        for (input, value) in &target.flips {
            self.line(&format!(
                "      turns when {} is {value}",
                plain::line(input)
            ));
        }
    }
}

/// A target with what is held against it.
type Of<'f> = (Option<&'f TargetOverview>, &'f Ranged);

const fn availability_of(flow: &FlowOverview) -> Of<'_> {
    (flow.availability_target.as_ref(), &flow.availability)
}

const fn p50_of(flow: &FlowOverview) -> Of<'_> {
    (flow.p50_target.as_ref(), &flow.p50)
}

const fn p99_of(flow: &FlowOverview) -> Of<'_> {
    (flow.p99_target.as_ref(), &flow.p99)
}

/// The time at p99 with its part of the target as a bar.
fn with_bar(flow: &FlowOverview) -> String {
    let text = time(flow, &flow.p99);
    match (&flow.p99_target, flow.p99.usual) {
        (Some(target), Some(p99)) if target.target > 0.0 => {
            format!("{} {text}", bar(p99 / target.target, BAR))
        }
        _ => text,
    }
}
