//! What each single failure leaves of the flows, as a table.
//!
//! Knows words and layout; computes nothing.

use super::{BAD, DIM, GOOD, MOST_ROWS, OPEN, Page, column, widest};
use crate::analysis::{Overview, State};
use crate::report::plain;

impl Page {
    pub(super) fn failures(&mut self, title: &str, now: &Overview) {
        if now.failures.is_empty() {
            return;
        }
        self.head(title);
        let lost: Vec<String> = now.failures.iter().map(|f| plain::line(&f.lost)).collect();
        let width = widest(lost.iter().map(String::as_str), 32);
        let flows: Vec<String> = now
            .flows
            .iter()
            .take(6)
            .map(|flow| column(&plain::line(&flow.id), 16))
            .collect();
        let titles = format!("  {:<width$} {}", "", flows.join("  "));
        self.line(&self.painted(titles.trim_end(), DIM));
        for (failure, lost) in now.failures.iter().zip(&lost).take(MOST_ROWS) {
            let mut text = format!("  {} ", column(lost, width));
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
}
