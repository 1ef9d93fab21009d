//! Choices in sentences: what is taken, over what, and because of what.
//!
//! Knows how people choose and reject, whose words are data; knows nothing that can be chosen.

use super::super::pattern::{end_of_start, is_match};
use super::Talk;

/// Words before what is not chosen, for which a decision has "over".
const OVER: [&str; 2] = ["rather than", "instead of"];

/// What is rejected has no more words than this before it is called so.
const MOST_REJECTED: usize = 5;

/// Where a reason begins.
const BECAUSE: &str = " because ";

impl Talk {
    /// A choice without the words that say that it is one: "302 over 301, because ..." of "I'd go with 302 rather than 301,
    /// because ...". What was rejected first stands behind it, as it would have been said the other way round.
    #[must_use]
    pub fn decision(&self, line: &str) -> Option<String> {
        let typed = line.replace(['\'', '’'], "");
        let lower = typed.to_lowercase();
        if !is_match(self.deciding.as_ref(), &lower) && !is_match(self.preferring.as_ref(), &lower)
        {
            return None;
        }
        let opened = self.opened(&typed);
        let (rejected, rest) = match self.rejected_first(opened) {
            Some((rejected, rest)) => (rejected, self.opened(rest)),
            None => (None, opened),
        };
        // Where nothing is left of it, the choice is in these very words.
        let rest = if rest.split(' ').count() < 2 {
            &typed
        } else {
            rest
        };
        if begins_with_over(rest).is_some() {
            return Some(typed.clone());
        }
        let found = OVER.iter().find(|over| rest.contains(*over));
        let says_over = found.is_some() || rest.contains(" over ");
        let Some(rejected) = rejected.filter(|_| !says_over) else {
            let choice = found.map(|found| rest.replacen(found, "over", 1));
            return Some(choice.unwrap_or_else(|| rest.to_owned()));
        };
        let (choice, reason) = match rest.split_once(BECAUSE) {
            Some((choice, reason)) => (choice, format!("{BECAUSE}{reason}")),
            None => (rest.trim_end_matches('.'), String::new()),
        };
        let choice = choice.trim_end_matches([',', ' ']);
        Some(format!("{choice} over {rejected}{reason}"))
    }

    /// A line without the clause before the choice that only says what is not chosen: "we use pull" of "I disagree, fan-out on
    /// write is wrong here; we use pull".
    #[must_use]
    pub fn without_rejected<'t>(&self, line: &'t str) -> &'t str {
        let opened = self.opened(line);
        self.rejected_first(opened).map_or(line, |(_, rest)| rest)
    }

    /// A line without the words that say that something is chosen, and without what parts them from it.
    fn opened<'t>(&self, line: &'t str) -> &'t str {
        let mut rest = self.without_fillers(line);
        while let Some(behind) = self.behind_opening(rest) {
            rest = self.without_fillers(behind);
        }
        rest
    }

    fn behind_opening<'t>(&self, rest: &'t str) -> Option<&'t str> {
        if begins_with_over(rest).is_some() {
            return None;
        }
        let end = end_of_start(self.deciding.as_ref()?, rest)?;
        Some(
            rest.get(end..)?
                .trim_start_matches([',', ':', ';', '.', ' ']),
        )
    }

    /// What is rejected before something is chosen, where it has a name, and what follows.
    fn rejected_first<'t>(&self, text: &'t str) -> Option<(Option<&'t str>, &'t str)> {
        let (clause, rest) = text.split_once([',', ';', '.'])?;
        let rest = rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        if let Some(rejected) = begins_with_over(clause) {
            return Some((Some(rejected).filter(|it| is_name(it)), rest));
        }
        let ranges = self
            .rejecting
            .as_ref()?
            .ranges(&clause.to_ascii_lowercase());
        let range = ranges.into_iter().find(|range| range.end == clause.len())?;
        let rejected = clause.get(..range.start)?.trim();
        Some((Some(rejected).filter(|it| is_name(it)), rest))
    }
}

/// What follows where a text begins with what is not chosen.
fn begins_with_over(text: &str) -> Option<&str> {
    let mut begun = OVER.iter().filter_map(|over| {
        let (start, rest) = text.split_at_checked(over.len())?;
        start.eq_ignore_ascii_case(over).then(|| rest.trim())
    });
    begun.next()
}

/// Whether a text may name what is rejected.
fn is_name(text: &str) -> bool {
    (1..=MOST_REJECTED).contains(&text.split_whitespace().count())
}

#[cfg(test)]
mod tests {
    use super::super::super::pattern::Pattern;
    use super::*;

    fn talk() -> Talk {
        let words = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            Some(Pattern::words(texts))
        };
        Talk {
            fillers: vec!["so".to_owned()],
            deciding: words(&[
                "(we|id) (use|go with)",
                "i disagree",
                "thats not the only way",
                "rather than|instead of",
            ]),
            preferring: words(&["\\w+ is (better|cheaper) (than|because)"]),
            rejecting: words(&["is (wrong|overkill)( here)?"]),
            ..Talk::default()
        }
    }

    #[test]
    fn a_choice_is_what_is_taken_and_never_what_is_rejected() {
        for (line, choice) in [
            (
                "I'd go with 302 rather than 301, because clicks count",
                "302 over 301, because clicks count",
            ),
            (
                "Pull is cheaper because few read it",
                "Pull is cheaper because few read it",
            ),
            (
                "That's not the only way: instead of push, each client pulls every 30 seconds.",
                "each client pulls every 30 seconds over push",
            ),
            (
                "I disagree, fan-out on write is wrong here; we use pull because some have millions of followers",
                "pull over fan-out on write because some have millions of followers",
            ),
            (
                "so instead of kafka, we use a table because writes are few",
                "a table over kafka because writes are few",
            ),
            ("I disagree: push it is", "push it is"),
            (
                "Instead of push each client pulls",
                "Instead of push each client pulls",
            ),
        ] {
            assert_eq!(talk().decision(line).as_deref(), Some(choice), "{line}");
        }
        assert_eq!(talk().decision("the cache holds it"), None);
        assert_eq!(
            talk().without_rejected("I disagree, fan-out on write is wrong here; we use pull"),
            "we use pull"
        );
        let kept = "the store is wrong for a minute, then it is right";
        assert_eq!(talk().without_rejected(kept), kept);
    }
}
