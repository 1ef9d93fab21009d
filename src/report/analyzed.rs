//! What the analyses say, for people at a terminal: each flow with its targets, the load as bars, queues, stores, single
//! failures; with a change, before and after side by side.
//!
//! Knows the order of the sections and the short ones; computes nothing.

mod failures;
mod flows;
mod load;
mod words;

use std::collections::BTreeSet;

use anstyle::{AnsiColor, Style as Ansi};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

pub use words::{availability, backlog, cuts, growth, limit, met, per_second, time, used_in_words};
pub(super) use words::{duration, nines, percent};

use super::computed::all_assumed;
use super::frames::painted;
use super::{Paint, plain};
use crate::analysis::explain::Working;
use crate::analysis::{FlowOverview, Overview};
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
    match shown.after {
        None => page.failures("Single failures", shown.now),
        Some((_, after)) => page.failures("Single failures after the change", after),
    }
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

    fn more(&mut self, rows: usize) {
        if rows > MOST_ROWS {
            self.line(&format!("  and {} more", rows - MOST_ROWS));
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

/// The facts for want of which something could not be computed.
fn missing(now: &Overview) -> Vec<String> {
    let of_flows = now.flows.iter();
    let of_flows = of_flows.flat_map(|flow| [&flow.availability, &flow.p99, &flow.breaks_at]);
    let of_stores = now.stores.iter().map(|store| &store.a_day);
    let facts = of_flows.chain(of_stores).flat_map(|ranged| &ranged.missing);
    let facts: BTreeSet<&String> = facts.collect();
    facts.into_iter().cloned().collect()
}

fn shortened(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut room = width.saturating_sub(1);
    for c in text.chars() {
        let Some(left) = room.checked_sub(c.width().unwrap_or(0)) else {
            break;
        };
        room = left;
        kept.push(c);
    }
    format!("{kept}~")
}

/// A text as wide as its column: shortened, or filled up with spaces. Letters of some scripts take two columns.
fn column(text: &str, width: usize) -> String {
    let text = shortened(text, width);
    let room = " ".repeat(width.saturating_sub(text.width()));
    text + &room
}

/// How wide a column is that holds the widest of some texts, within bounds.
fn widest<'t>(texts: impl Iterator<Item = &'t str>, most: usize) -> usize {
    texts
        .map(UnicodeWidthStr::width)
        .max()
        .unwrap_or(0)
        .clamp(8, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_they_look() {
        assert_eq!(column("api", 6), "api   ");
        assert_eq!(column("客户端", 8), "客户端  ");
        assert_eq!(column("客户端的名字", 8), "客户端~ ");
        assert_eq!(column("a-long-name", 8), "a-long-~");
        assert_eq!(widest(["客户端的名字", "api"].into_iter(), 28), 12);
        assert_eq!(widest(["x"].into_iter(), 28), 8);
    }
}
