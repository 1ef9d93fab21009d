//! What each flow comes to, with its targets and what would turn them.
//!
//! Knows words and layout; computes nothing.

use super::{
    Analyzed, BAD, BAR, BOLD, GOOD, OPEN, Page, availability, cuts, duration, limit, per_second,
    percent, time,
};
use crate::analysis::reliability::downtime_a_year;
use crate::analysis::{FlowOverview, TargetOverview, Truth};
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
        self.target(flow.availability_target.as_ref(), percent);
        self.row(
            "p50",
            &time(flow, &flow.p50),
            after.map(|after| time(after, &after.p50)),
        );
        self.target(flow.p50_target.as_ref(), duration);
        let p99 = with_bar(flow);
        self.row("p99", &p99, after.map(|after| time(after, &after.p99)));
        self.target(flow.p99_target.as_ref(), duration);
        self.row("breaks at", &limit(flow), after.map(limit));
        self.row("stops with", &cuts(flow), None);
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

    fn target(&mut self, target: Option<&TargetOverview>, show: fn(f64) -> String) {
        let Some(target) = target else { return };
        let (word, style) = match target.met {
            Truth::Yes => ("met", GOOD),
            Truth::No => ("missed", BAD),
            Truth::NotStated => ("depends on what is not stated", OPEN),
        };
        let word = self.painted(word, style);
        self.line(&format!("    target {}: {word}", show(target.target)));
        for (input, value) in &target.flips {
            self.line(&format!(
                "      turns when {} is {value}",
                plain::line(input)
            ));
        }
    }
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
