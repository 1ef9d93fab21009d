//! What people say: concepts, their wordings, and whether a mention is meant or denied.
//!
//! Knows clauses and negation, whose words are data; knows no concept by name.

use std::collections::BTreeMap;

use super::pattern::Pattern;

/// A concept with the ways people word it.
#[derive(Debug)]
pub struct Concept {
    /// The name in rules.
    pub id: String,
    /// The name for people.
    pub title: String,
    /// How it is worded.
    pub wordings: Pattern,
    /// What looks like it and is something else.
    pub not: Option<Pattern>,
    /// Phrases that mention it: its tests.
    pub hits: Vec<String>,
    /// Phrases that don't.
    pub misses: Vec<String>,
}

/// Concepts by id.
#[derive(Debug, Default)]
pub struct Concepts(pub BTreeMap<String, Concept>);

/// The words that deny, and where a clause ends.
#[derive(Debug)]
pub struct Language {
    /// What denies what follows it in the clause.
    pub before: Pattern,
    /// What denies what stands before it in the clause.
    pub after: Pattern,
    /// Phrases with a denying word that affirm.
    pub affirming: Pattern,
    /// Where one clause ends and another begins.
    pub clause_end: Pattern,
}

impl Default for Language {
    fn default() -> Self {
        Self {
            before: Pattern::new("$^"),
            after: Pattern::new("$^"),
            affirming: Pattern::new("$^"),
            clause_end: Pattern::new(r"[.;\n]"),
        }
    }
}

impl Language {
    /// Whether a text mentions a concept and means it.
    #[must_use]
    pub fn mentions(&self, concept: &Concept, text: &str) -> bool {
        if !concept.wordings.is_match(text) {
            return false;
        }
        self.clauses(text).any(|clause| self.mentions_in_clause(concept, clause))
    }

    fn clauses<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        let mut pieces = Vec::new();
        let mut start = 0;
        for end in self.clause_end.ranges(text) {
            pieces.push(text.get(start..end.start).unwrap_or_default());
            start = end.end;
        }
        pieces.push(text.get(start..).unwrap_or_default());
        pieces.into_iter()
    }

    fn mentions_in_clause(&self, concept: &Concept, clause: &str) -> bool {
        let elsewhere = concept.not.as_ref().map(|pattern| pattern.ranges(clause)).unwrap_or_default();
        let affirming = self.affirming.ranges(clause);
        let denies = |pattern: &Pattern| {
            let mut ranges = pattern.ranges(clause);
            ranges.retain(|range| !affirming.iter().any(|other| overlap(range, other)));
            ranges
        };
        let (before, after) = (denies(&self.before), denies(&self.after));
        concept.wordings.ranges(clause).iter().any(|mention| {
            !elsewhere.iter().any(|other| overlap(mention, other))
                && !before.iter().any(|denial| denial.end <= mention.start)
                && !after.iter().any(|denial| denial.start >= mention.end)
        })
    }
}

fn overlap(a: &std::ops::Range<usize>, b: &std::ops::Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language() -> Language {
        Language {
            before: Pattern::words(&["no".to_owned(), "without".to_owned(), "instead of".to_owned()]),
            after: Pattern::words(&["is not needed".to_owned()]),
            affirming: Pattern::words(&["no single point".to_owned()]),
            clause_end: Pattern::new(r"[.;,]| but "),
        }
    }

    fn cache() -> Concept {
        Concept {
            id: "cache".to_owned(),
            title: "cache".to_owned(),
            wordings: Pattern::words(&["caches?".to_owned()]),
            not: Some(Pattern::words(&["cache line".to_owned()])),
            hits: Vec::new(),
            misses: Vec::new(),
        }
    }

    #[test]
    fn a_mention_counts_unless_its_own_clause_denies_it() {
        for (text, expected) in [
            ("a cache in front", true),
            ("no cache here", false),
            ("no queue, a cache instead", true),
            ("a queue instead of a cache", false),
            ("a cache is not needed", false),
            ("no single point of failure with a cache", true),
            ("fits a cache line", false),
            ("without a queue but with a cache", true),
        ] {
            assert_eq!(language().mentions(&cache(), text), expected, "{text}");
        }
    }
}
