//! What was practised, in words: scores over time, drills, what is missed again and again, what comes next.
//!
//! Knows listings; what was practised and what is due is counted elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::{Attempt, Drilled, Past};
use crate::catalog::Catalog;
use crate::coach::drill::Deck;
use crate::coach::reply::{Listing, Reply};
use crate::model::Step;
use crate::model::spelling::counted;

/// So many rules are named that were missed more than once.
const MOST_MISSED: usize = 5;

/// So many scores are shown of a row.
const MOST_SCORES: usize = 6;

/// A change by less than this is none.
const NOTABLE: f64 = 5.0;

impl Past {
    /// Everything as listings.
    #[must_use]
    pub fn told(&self, catalog: &Catalog, deck: &Deck<'_>, today: u32) -> Vec<Reply> {
        if self.attempts.is_empty() && self.reviews.is_empty() {
            let words = "Nothing was practised yet. `sysdrill practice` begins an interview, `sysdrill drill` asks small \
                         questions.";
            return vec![Reply::Note(words.to_owned())];
        }
        let parts = [
            ("Problems", self.by_problem(catalog)),
            ("Skills", self.by_step()),
            ("Drills", self.by_sort(deck, today)),
            ("Missed more than once", self.missed_again(catalog)),
            ("Next", self.next(catalog, deck, today)),
        ];
        let parts = parts.into_iter().filter(|(_, rows)| !rows.is_empty());
        let mut replies: Vec<Reply> = parts
            .map(|(title, rows)| Reply::Listing(Listing::new(title, rows)))
            .collect();
        replies.extend(self.days_in_a_row(today).map(Reply::Note));
        replies
    }

    /// Each problem with its scores over time.
    fn by_problem(&self, catalog: &Catalog) -> Vec<(String, String)> {
        let mut scores: BTreeMap<&str, Vec<&Attempt>> = BTreeMap::new();
        for attempt in &self.attempts {
            scores.entry(&attempt.problem).or_default().push(attempt);
        }
        let row = |(slug, attempts): (&str, Vec<&Attempt>)| {
            let title = catalog.problem(slug).map_or(slug, |problem| &problem.title);
            let percents: Vec<f64> = attempts.iter().map(|attempt| attempt.percent).collect();
            let last = attempts.last().and_then(|attempt| attempt.band);
            let band = last.map_or_else(String::new, |band| format!(", {}", band.title()));
            (title.to_owned(), format!("{}{band}", over_time(&percents)))
        };
        scores.into_iter().map(row).collect()
    }

    /// Each step with its scores over time, whatever the problem.
    fn by_step(&self) -> Vec<(String, String)> {
        let of = |step: &Step| {
            let scores = self.attempts.iter().flat_map(|attempt| &attempt.steps);
            let percents: Vec<f64> = scores
                .filter(|(other, _)| other == step)
                .map(|(_, percent)| *percent)
                .collect();
            (!percents.is_empty()).then(|| (step.title().to_owned(), over_time(&percents)))
        };
        Step::ALL.iter().filter_map(of).collect()
    }

    /// Each sort of drill in words.
    fn by_sort(&self, deck: &Deck<'_>, today: u32) -> Vec<(String, String)> {
        let row = |drilled: Drilled| {
            let words = if drilled.asked == 0 {
                format!(
                    "none of {} asked; {} due, as interviews have missed them",
                    drilled.all, drilled.due
                )
            } else {
                format!(
                    "{} of {} asked; {} of the last {} right; {} due",
                    drilled.asked, drilled.all, drilled.right, drilled.last, drilled.due
                )
            };
            (drilled.title.to_owned(), words)
        };
        self.drilled(deck, today).into_iter().map(row).collect()
    }

    /// Rules that several interviews missed.
    fn missed_again(&self, catalog: &Catalog) -> Vec<(String, String)> {
        let mut missed: BTreeMap<&str, usize> = BTreeMap::new();
        for attempt in &self.attempts {
            let rules: BTreeSet<&str> = attempt
                .missed
                .iter()
                .map(|(rule, _)| rule.as_str())
                .collect();
            for rule in rules {
                *missed.entry(rule).or_default() += 1;
            }
        }
        let mut often: Vec<(&str, usize)> =
            missed.into_iter().filter(|(_, times)| *times > 1).collect();
        often.sort_by_key(|(rule, times)| (std::cmp::Reverse(*times), *rule));
        let row = |(id, times): (&str, usize)| {
            let rule = catalog.rule(id)?;
            let page = rule
                .reference
                .as_ref()
                .map(|page| format!(" (`sysdrill ref {page}`)"));
            let words = format!("{}{}", rule.title, page.unwrap_or_default());
            Some((format!("{times} times"), words))
        };
        often
            .into_iter()
            .filter_map(row)
            .take(MOST_MISSED)
            .collect()
    }

    fn next(&self, catalog: &Catalog, deck: &Deck<'_>, today: u32) -> Vec<(String, String)> {
        let mut rows = Vec::new();
        if let Some(proposal) = self.proposal(catalog, today) {
            let words = format!("`sysdrill practice {}`: {}", proposal.problem, proposal.why);
            rows.push(("interview".to_owned(), words));
        }
        let words = match self.drills_due(deck, today) {
            0 => "nothing is due; `sysdrill drill` asks something new".to_owned(),
            due => format!("`sysdrill drill`: {} due", counted(due, "is", "are")),
        };
        rows.push(("drills".to_owned(), words));
        rows
    }

    /// Days in a row up to now, where there are several. A row that broke is not spoken of.
    fn days_in_a_row(&self, today: u32) -> Option<String> {
        let attempts = self.attempts.iter().map(|attempt| attempt.day);
        let days: BTreeSet<u32> = attempts
            .chain(self.reviews.iter().map(|review| review.day))
            .collect();
        let last = [today, today.saturating_sub(1)]
            .into_iter()
            .find(|day| days.contains(day))?;
        let row = (0..=last)
            .rev()
            .take_while(|day| days.contains(day))
            .count();
        (row > 1).then(|| format!("Practised on {row} days in a row."))
    }
}

/// Scores in words: the last ones, and where they are heading.
fn over_time(percents: &[f64]) -> String {
    let first = percents.len().saturating_sub(MOST_SCORES);
    let shown: Vec<String> = percents
        .iter()
        .skip(first)
        .map(|percent| format!("{percent:.0}%"))
        .collect();
    let before = if first > 0 { "... " } else { "" };
    let trend = match percents {
        [.., earlier, last] if last - earlier >= NOTABLE => " (up)",
        [.., earlier, last] if earlier - last >= NOTABLE => " (down)",
        _ => "",
    };
    format!("{before}{}{trend}", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coach::drill::{Grade, Review};

    #[test]
    fn days_in_a_row_are_counted_and_a_broken_row_is_not_spoken_of() {
        let past = |days: &[u32]| Past {
            reviews: days
                .iter()
                .map(|day| Review {
                    card: "c".to_owned(),
                    day: *day,
                    grade: Grade::Good,
                })
                .collect(),
            ..Past::default()
        };
        let row = |days: &[u32], today| past(days).days_in_a_row(today);
        assert_eq!(
            row(&[3, 4, 5], 5).as_deref(),
            Some("Practised on 3 days in a row.")
        );
        assert_eq!(
            row(&[3, 4], 5).as_deref(),
            Some("Practised on 2 days in a row.")
        );
        assert_eq!(row(&[3, 4], 6), None);
        assert_eq!(row(&[5], 5), None);
    }

    #[test]
    fn scores_say_where_they_are_heading() {
        assert_eq!(over_time(&[50.0, 61.2]), "50%, 61% (up)");
        assert_eq!(over_time(&[61.0, 50.0]), "61%, 50% (down)");
        assert_eq!(over_time(&[61.0, 63.0]), "61%, 63%");
    }
}
