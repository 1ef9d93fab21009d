//! What arrives at each component, as a table with bars, and what more of it would take.
//!
//! Knows words and layout; computes nothing.

use super::{
    Analyzed, BAR, DIM, MOST_ROWS, Page, column, per_second, percent, used_in_words, widest,
};
use crate::analysis::{ComponentOverview, LoadOverview, Overview};
use crate::report::human::bar;
use crate::report::plain;

impl Page {
    pub(super) fn loads(&mut self, shown: &Analyzed<'_>) {
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
        let ids: Vec<String> = once.components.iter().map(|c| plain::line(&c.id)).collect();
        let width = widest(ids.iter().map(String::as_str), 28);
        let rows = once.components.iter().take(MOST_ROWS);
        let used: Vec<String> = rows.map(used).collect();
        let room = 2 + widest(used.iter().map(String::as_str), usize::MAX).max(19);
        let head = format!(
            "  {:<width$} {:>11}  {:<room$}{}",
            "",
            "average",
            "utilisation",
            head_of(peak, after)
        );
        self.line(&self.painted(head.trim_end(), DIM));
        for ((component, id), now) in once.components.iter().zip(&ids).zip(&used) {
            let id = column(id, width);
            let rate = rate(component);
            let more = others(component, peak, after);
            let text = format!("  {id} {rate:>11}  {now:<room$}{more}");
            self.line(text.trim_end());
        }
        self.more(once.components.len());
        self.grown(shown.now);
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
}

/// What is used of a component, with a bar where that is known.
fn used(component: &ComponentOverview) -> String {
    if is_open(component) {
        return String::new();
    }
    let known = !component.gone && !component.grows;
    match component.utilisation.usual.filter(|_| known) {
        Some(share) => format!("{} {}", bar(share, BAR), used_in_words(component)),
        None => used_in_words(component),
    }
}

/// What arrives at a component, as far as it is stated.
fn rate(component: &ComponentOverview) -> String {
    if is_open(component) {
        return "not stated".to_owned();
    }
    let least = if component.at_least { ">" } else { "" };
    format!("{least}{}", per_second(component.rate))
}

/// Whether something arrives, and no rate of it is stated.
fn is_open(component: &ComponentOverview) -> bool {
    component.at_least && component.rate <= 0.0 && !component.gone
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
            |after| format!("{:>11}  {}", rate(&after), used(&after)),
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
