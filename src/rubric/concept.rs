//! What people say: concepts, their wordings, and whether a mention is meant or denied.
//!
//! Knows clauses and negation, whose words are data; knows no concept by name.

use std::collections::BTreeMap;
use std::ops::Range;

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
    /// Whether a text mentions a concept and means it: nothing before the mention in its clause denies it, and nothing
    /// after it does. A mention may reach over the end of a clause; its clauses are then the ones that it touches.
    #[must_use]
    pub fn mentions(&self, concept: &Concept, text: &str) -> bool {
        let mentions = concept.wordings.ranges(text);
        if mentions.is_empty() {
            return false;
        }
        let elsewhere = concept.not.as_ref().map(|pattern| pattern.ranges(text)).unwrap_or_default();
        let ends = self.clause_end.ranges(text);
        mentions.iter().any(|mention| {
            !elsewhere.iter().any(|other| overlap(mention, other)) && !self.denies(mention, &ends, text)
        })
    }

    fn denies(&self, mention: &Range<usize>, clause_ends: &[Range<usize>], text: &str) -> bool {
        let start = clause_ends.iter().map(|end| end.end).filter(|end| *end <= mention.start).max().unwrap_or(0);
        let end = clause_ends.iter().map(|end| end.start).find(|end| *end >= mention.end).unwrap_or(text.len());
        let clause = text.get(start..end).unwrap_or_default();
        let mention = mention.start - start..mention.end - start;
        let affirming = self.affirming.ranges(clause);
        let meant = |denial: &Range<usize>| !affirming.iter().any(|other| overlap(denial, other));
        let before = self.before.ranges(clause);
        let after = self.after.ranges(clause);
        before.iter().any(|denial| denial.end <= mention.start && meant(denial))
            || after.iter().any(|denial| denial.start >= mention.start && denial.end > mention.end && meant(denial))
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
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
