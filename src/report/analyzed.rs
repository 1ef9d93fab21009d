//! What the analyses say, for people at a terminal: each flow with its targets, the load as bars, queues, stores, single
//! failures; with a change, before and after side by side.
//!
//! Knows words and layout; computes nothing.

mod words;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style as Ansi};

pub use words::{availability, backlog, cuts, growth, limit, per_second, time, used_in_words};
pub(super) use words::{duration, nines, percent};

use super::computed::all_assumed;
use super::frames::painted;
use super::human::bar;
use super::{Paint, plain};
use crate::analysis::explain::Working;
use crate::analysis::reliability::downtime_a_year;
use crate::analysis::{
    ComponentOverview, FlowOverview, LoadOverview, Overview, State, TargetOverview, Truth,
};
use crate::model::spelling::enumerated;

/// What is shown.
#[derive(Clone, Copy, Debug)]
pub struct Analyzed<'a> {
    /// The line at the top.
    pub title: &'a str,
    /// The design as it stands.
    pub now: &'a Overview,
    /// The changes in words, and the design after them.
    pub after: Option<(&'a str, &'a Overview)>,
    /// How figures came about, where that is asked for.
    pub workings: &'a [Working],
    /// With or without colours.
    pub paint: Paint,
}

const BOLD: Ansi = Ansi::new().bold();
const DIM: Ansi = Ansi::new().dimmed();
const GOOD: Ansi = AnsiColor::Green.on_default();
const BAD: Ansi = AnsiColor::Red.on_default();
const OPEN: Ansi = AnsiColor::Yellow.on_default();

/// Width of the small bars.
const BAR: usize = 10;

/// Rows of one table: more are counted.
const MOST_ROWS: usize = 60;

/// The whole text.
#[must_use]
pub fn analyzed(shown: &Analyzed<'_>) -> String {
    let mut page = Page {
        text: String::new(),
        paint: shown.paint,
    };
    page.line(&page.painted(&plain::line(shown.title), BOLD));
    if let Some((changes, _)) = shown.after {
        page.line(&format!("what if: {}", plain::line(changes)));
    }
    page.flows(shown);
    page.loads(shown);
    page.queues(shown);
    page.stores(shown.now);
    page.failures(shown.now);
    page.assumed(shown.now);
    page.notes(shown.now);
    page.workings(shown.workings);
    page.text
}

struct Page {
    text: String,
    paint: Paint,
}

impl Page {
    fn painted(&self, text: &str, style: Ansi) -> String {
        painted(text, style, self.paint)
    }

    fn line(&mut self, text: &str) {
        self.text.push_str(text.trim_end());
        self.text.push('\n');
    }

    fn head(&mut self, title: &str) {
        self.line("");
        let title = self.painted(title, BOLD);
        self.line(&title);
    }

    fn flows(&mut self, shown: &Analyzed<'_>) {
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
            let text = self.standing(after.works);
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
    fn standing(&self, works: Option<Truth>) -> String {
        match works {
            Some(Truth::Yes) => self.painted("works", GOOD),
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

    fn loads(&mut self, shown: &Analyzed<'_>) {
        let Some(once) = shown
            .now
            .load
            .first()
            .filter(|load| !load.components.is_empty())
        else {
            return;
        };
        self.head("Load");
        let after = shown.after.and_then(|(_, after)| after.load.first());
        let peak = shown.now.peak.as_ref();
        let width = once
            .components
            .iter()
            .map(|c| plain::line(&c.id).chars().count())
            .max();
        let width = width.unwrap_or(0).clamp(8, 28);
        self.line(&self.painted(
            &format!(
                "  {:<width$} {:>11}  {:<21}{}",
                "",
                "average",
                "utilisation",
                head_of(peak, after)
            ),
            DIM,
        ));
        for component in once.components.iter().take(MOST_ROWS) {
            let id = shortened(&plain::line(&component.id), width);
            let least = if component.at_least { ">" } else { "" };
            let rate = format!("{least}{}", per_second(component.rate));
            let now = used(component);
            let more = others(component, peak, after);
            let text = format!("  {id:<width$} {rate:>11}  {now:<21}{more}");
            self.line(&text);
        }
        self.more(once.components.len());
        self.grown(shown.now);
    }

    fn more(&mut self, rows: usize) {
        if rows > MOST_ROWS {
            self.line(&format!("  and {} more", rows - MOST_ROWS));
        }
    }

    /// What ten and a hundred times the load would take.
    fn grown(&mut self, now: &Overview) {
        for load in now.load.iter().skip(1) {
            let over = |component: &&ComponentOverview| {
                !component.autoscaling
                    && component
                        .utilisation
                        .usual
                        .is_some_and(|share| share >= 1.0)
            };
            let full: Vec<String> = load
                .components
                .iter()
                .filter(over)
                .take(8)
                .map(needs)
                .collect();
            let text = if full.is_empty() {
                "nothing with a known limit is saturated".to_owned()
            } else {
                format!("saturated: {}", full.join("; "))
            };
            self.line(&format!("  at {}x {text}", load.factor));
        }
    }

    fn queues(&mut self, shown: &Analyzed<'_>) {
        if shown.now.queues.is_empty() {
            return;
        }
        self.head("Queues");
        for (at, queue) in shown.now.queues.iter().enumerate().take(MOST_ROWS) {
            let readers: Vec<String> = queue.readers.iter().map(|id| plain::line(id)).collect();
            let after = shown.after.and_then(|(_, after)| after.queues.get(at));
            let name = format!("{} to {}", plain::line(&queue.id), enumerated(&readers));
            self.line(&format!("  {name}"));
            self.line(&format!("    {}", backlog(queue)));
            if let Some(after) = after.filter(|after| backlog(after) != backlog(queue)) {
                let text = self.painted(&format!("->  {}", backlog(after)), BOLD);
                self.line(&format!("    {text}"));
            }
        }
        self.more(shown.now.queues.len());
    }

    fn stores(&mut self, now: &Overview) {
        if now.stores.is_empty() {
            return;
        }
        self.head("Storage");
        for store in now.stores.iter().take(MOST_ROWS) {
            self.line(&format!(
                "  {:<16} {}",
                plain::line(&store.id),
                growth(store)
            ));
        }
        self.more(now.stores.len());
    }

    fn failures(&mut self, now: &Overview) {
        if now.failures.is_empty() {
            return;
        }
        self.head("Single failures");
        let lost: Vec<String> = now.failures.iter().map(|f| plain::line(&f.lost)).collect();
        let width = lost
            .iter()
            .map(|text| text.chars().count())
            .max()
            .unwrap_or(0)
            .clamp(8, 32);
        let flows: Vec<String> = now
            .flows
            .iter()
            .take(6)
            .map(|flow| shortened(&plain::line(&flow.id), 16))
            .collect();
        let titles: String = flows.iter().fold(String::new(), |mut all, flow| {
            let _ = write!(all, "{flow:<18}");
            all
        });
        self.line(&self.painted(&format!("  {:<width$} {titles}", ""), DIM));
        for (failure, lost) in now.failures.iter().zip(&lost).take(MOST_ROWS) {
            let mut text = format!("  {:<width$} ", shortened(lost, width));
            for state in failure.states.iter().take(flows.len()) {
                let style = match state {
                    State::Up => GOOD,
                    State::Degraded | State::Unknown => OPEN,
                    State::Down => BAD,
                };
                text.push_str(&self.painted(&format!("{:<18}", state.word()), style));
            }
            self.line(&text);
        }
        self.more(now.failures.len());
        if now.flows.len() > flows.len() {
            self.line(&format!(
                "  and {} more flows",
                now.flows.len() - flows.len()
            ));
        }
        if !now.failures_complete {
            self.line("  Not every failure was gone through: the flows are too large.");
        }
    }

    fn assumed(&mut self, now: &Overview) {
        let assumed = all_assumed(now);
        if assumed.is_empty() {
            return;
        }
        self.head("Assumed, for it is not stated");
        for assumed in assumed.iter().take(MOST_ROWS) {
            self.line(&format!(
                "  {}: {}",
                plain::line(&assumed.what),
                assumed.range
            ));
            let source = self.painted(&format!("    {}", assumed.source), DIM);
            self.line(&source);
        }
        self.more(assumed.len());
    }

    fn notes(&mut self, now: &Overview) {
        let is_bounded = |flow: &FlowOverview| !flow.exact && flow.availability.usual.is_some();
        let listed = |names: &[String]| {
            let names: Vec<String> = names.iter().map(|name| plain::line(name)).collect();
            enumerated(&names)
        };
        let missing = missing(now);
        let notes = [
            now.flows_inferred
                .then(|| "Flows are not stated: the ways from clients to stores stand in.".to_owned()),
            now.zones_left_out.then(|| {
                "Zones and regions are left out as common causes of failure: `platform` does not state their availability."
                    .to_owned()
            }),
            (!now.quorums_without_needs.is_empty()).then(|| {
                let quorums = listed(&now.quorums_without_needs);
                format!("One instance of {quorums} counts as enough, though a quorum answers: `needs: majority` would count otherwise.")
            }),
            now.flows.iter().any(is_bounded).then(|| {
                "Where a flow is too entangled for exact work, its availability is given by guaranteed bounds.".to_owned()
            }),
            (!missing.is_empty()).then(|| format!("Not stated: {}.", listed(&missing))),
        ];
        let notes: Vec<String> = notes.into_iter().flatten().collect();
        if !notes.is_empty() {
            self.head("Notes");
            for note in notes {
                self.line(&format!("  {note}"));
            }
        }
    }

    fn workings(&mut self, workings: &[Working]) {
        if workings.is_empty() {
            return;
        }
        self.head("How the figures came about");
        for working in workings {
            self.working(working, 1);
        }
    }

    fn working(&mut self, working: &Working, depth: usize) {
        let indent = "  ".repeat(depth);
        self.line(&format!("{indent}{}", plain::line(&working.figure)));
        if !working.formula.is_empty() {
            let formula = self.painted(&format!("= {}", plain::line(&working.formula)), DIM);
            self.line(&format!("{indent}  {formula}"));
        }
        for input in &working.inputs {
            self.working(input, depth + 1);
        }
    }
}

/// The time at p99 with its part of the target as a bar.
/// The facts for want of which something could not be computed.
fn missing(now: &Overview) -> Vec<String> {
    let of_flows = now.flows.iter();
    let of_flows = of_flows.flat_map(|flow| [&flow.availability, &flow.p99, &flow.breaks_at]);
    let of_stores = now.stores.iter().map(|store| &store.a_day);
    let facts = of_flows.chain(of_stores).flat_map(|ranged| &ranged.missing);
    let facts: BTreeSet<&String> = facts.collect();
    facts.into_iter().cloned().collect()
}

fn with_bar(flow: &FlowOverview) -> String {
    let text = time(flow, &flow.p99);
    match (&flow.p99_target, flow.p99.usual) {
        (Some(target), Some(p99)) if target.target > 0.0 => {
            format!("{} {text}", bar(p99 / target.target, BAR))
        }
        _ => text,
    }
}

/// What is used of a component, with a bar where that is known.
fn used(component: &ComponentOverview) -> String {
    let known = !component.gone && !component.grows;
    match component.utilisation.usual.filter(|_| known) {
        Some(share) => format!("{} {}", bar(share, BAR), used_in_words(component)),
        None => used_in_words(component),
    }
}

fn head_of(peak: Option<&LoadOverview>, after: Option<&LoadOverview>) -> String {
    match (peak, after) {
        (_, Some(_)) => "after".to_owned(),
        (Some(_), None) => "at the peak".to_owned(),
        (None, None) => String::new(),
    }
}

fn others(
    component: &ComponentOverview,
    peak: Option<&LoadOverview>,
    after: Option<&LoadOverview>,
) -> String {
    let find = |load: &LoadOverview| {
        load.components
            .iter()
            .find(|c| c.id == component.id)
            .cloned()
    };
    if let Some(after) = after {
        return find(after).map_or_else(
            || "nothing arrives".to_owned(),
            |after| format!("{:>11}  {}", per_second(after.rate), used(&after)),
        );
    }
    let at_peak = peak.and_then(find).filter(|peak| !peak.grows);
    at_peak
        .and_then(|peak| peak.utilisation.usual)
        .map_or_else(String::new, percent)
}

fn needs(component: &ComponentOverview) -> String {
    let id = plain::line(&component.id);
    match component.needs {
        Some((replicas, 1)) => format!("{id} (needs {replicas} replicas)"),
        Some((replicas, shards)) => format!("{id} (needs {shards} shards of {replicas})"),
        None => id,
    }
}

fn shortened(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{kept}~")
}
